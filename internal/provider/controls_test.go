package provider

import (
	"encoding/json"
	"net/http"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/terraform-attachments/terraform-provider-attachments/internal/testing/mockapi"
)

// TestControlCharactersAreReplaced has control characters in each string, except line breaks and
// tabs.
func TestControlCharactersAreReplaced(t *testing.T) {
	t.Parallel()
	const sent, shown = "a\x1b[31m\tb\r\nc\x7f\u0085\u202e", "a\ufffd[31m\tb\r\nc\ufffd\ufffd\u202e"
	const url = "https://a.example/\u202e"
	encode := func(document values) string {
		text, err := json.Marshal(document)
		if err != nil {
			t.Fatal(err)
		}
		return string(text)
	}
	api := newMock(t)
	api.PutLinq(encode(values{
		"id": mockapi.LinqPhoto, "filename": sent, "content_type": sent, "status": sent,
		"download_url": url, "created_at": sent,
	}))
	want := values{
		"id": mockapi.LinqPhoto, "filename": shown, "content_type": shown, "status": shown,
		"download_url": url, "created_at": shown, "size_bytes": nil, "wait_until_ready": nil,
	}
	got := state(t, api, linqAttachment.typeName, values{"attachment_id": mockapi.LinqPhoto})
	if diff := cmp.Diff(want, got); diff != "" {
		t.Error(diff)
	}

	api.Fail(mockapi.LinqMessage, mockapi.Respond(http.StatusOK, encode(values{
		"id": mockapi.LinqMessage, "chat_id": sent, "created_at": sent,
		"parts": []any{values{"type": "media", "id": sent, "filename": sent, "mime_type": sent}},
	})))
	want = values{
		"id": mockapi.LinqMessage, "chat_id": shown, "created_at": shown, "is_from_me": nil,
		"attachments": []any{values{
			"id": shown, "filename": shown, "mime_type": shown, "size_bytes": nil,
		}},
	}
	if diff := cmp.Diff(want, state(t, api, linqMessage.typeName, readMessage)); diff != "" {
		t.Error(diff)
	}

	media := values{"id": sent, "url": url, "altText": sent, "urlExpirationDate": sent}
	api.PutWix(mockapi.WixEmptyContact, encode(values{
		"id": mockapi.WixImage, "fileName": sent, "mimeType": sent, "attachmentType": sent,
		"image": media, "previewImage": media, "document": media,
	}))
	image := values{
		"id": shown, "url": url, "alt_text": shown, "url_expiration_date": shown, "height": nil,
		"width": nil,
	}
	want = values{
		"id": mockapi.WixImage, "file_name": shown, "mime_type": shown, "attachment_type": shown,
		"image": image, "preview_image": image,
		"document":     values{"id": shown, "url": url, "url_expiration_date": shown},
		"download_url": url, "download_url_expiration_date": shown, "site_id": nil,
		"wait_until_ready": nil,
	}
	got = state(t, api, wixContactAttachment.typeName, values{
		"contact_id": mockapi.WixEmptyContact, "attachment_id": mockapi.WixImage,
	})
	if diff := cmp.Diff(want, got); diff != "" {
		t.Error(diff)
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
