package provider

import (
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/terraform-attachments/terraform-provider-attachments/internal/testing/mockapi"
)

// TestPrintable has control characters, line breaks, and a character that only looks like one.
func TestPrintable(t *testing.T) {
	t.Parallel()
	const sent, shown = "a\x1b[31m\tb\r\nc\x7f\u0085\u202e", "a\ufffd[31m\tb\r\nc\ufffd\ufffd\u202e"
	if got := printable(sent); got != shown {
		t.Errorf("got %q, want %q", got, shown)
	}
}

// TestControlCharactersInIDsAreReplacedInKeys requires that ready_ids has the keys of the URLs.
func TestControlCharactersInIDsAreReplacedInKeys(t *testing.T) {
	t.Parallel()
	api := newMock(t)
	api.PutWix(mockapi.WixEmptyContact, `{"id":"a\u001b","image":{"url":"https://x/1"}}`)
	got := state(t, api, wixContactAttachments.typeName,
		values{"contact_id": mockapi.WixEmptyContact})
	want := map[string]any{"ids": []any{"a\ufffd"}, "urls": values{"a\ufffd": "https://x/1"}}
	if diff := cmp.Diff(want, map[string]any{
		"ids": got["ready_ids"], "urls": got["download_urls"],
	}); diff != "" {
		t.Error(diff)
	}
}
