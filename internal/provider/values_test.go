package provider

import (
	"math/big"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/hashicorp/terraform-plugin-go/tftypes"

	"github.com/terraform-attachments/terraform-provider-attachments/internal/testing/mockapi"
)

// plain converts a value to strings, integers, booleans, maps and lists; null becomes nil.
func plain(t *testing.T, value tftypes.Value) any {
	t.Helper()
	var err error
	var result any
	switch typ := value.Type(); {
	case value.IsNull():
	case typ.Is(tftypes.String):
		var text string
		err = value.As(&text)
		result = text
	case typ.Is(tftypes.Number):
		var number big.Float
		err = value.As(&number)
		result, _ = number.Int64()
	case typ.Is(tftypes.Bool):
		var yes bool
		err = value.As(&yes)
		result = yes
	case typ.Is(tftypes.List{}):
		var elements []tftypes.Value
		err = value.As(&elements)
		list := []any{}
		for _, element := range elements {
			list = append(list, plain(t, element))
		}
		result = list
	default:
		var attributes map[string]tftypes.Value
		err = value.As(&attributes)
		object := values{}
		for name, attribute := range attributes {
			object[name] = plain(t, attribute)
		}
		result = object
	}
	if err != nil {
		t.Fatal(err)
	}
	return result
}

// state returns a data source's attributes for the arguments, without nulls.
func state(t *testing.T, api *mock, typeName string, config values) values {
	t.Helper()
	result := read(t, api.env(), nil, typeName, config)
	if len(result.problems) > 0 {
		t.Fatalf("got %v", result.problems)
	}
	got := values{}
	for name, value := range result.state {
		if _, given := config[name]; given || name == "timeout" {
			continue
		}
		got[name] = plain(t, value)
	}
	return got
}

func TestFieldsThatLinqOmitsAreNull(t *testing.T) {
	t.Parallel()
	want := values{
		"id": mockapi.LinqNull, "filename": "contact.vcf", "content_type": "text/vcard",
		"size_bytes": int64(0), "status": nil, "download_url": nil,
		"created_at": "2026-06-01T12:00:03Z", "wait_until_ready": nil,
	}
	got := state(t, newMock(t), linqAttachment.typeName, values{"attachment_id": mockapi.LinqNull})
	if diff := cmp.Diff(want, got); diff != "" {
		t.Error(diff)
	}
}

// TestLinqAttachmentsValues has IDs in another case, of an attachment without a URL, of no
// attachment, and no IDs.
func TestLinqAttachmentsValues(t *testing.T) {
	t.Parallel()
	upper, missing := strings.ToUpper(mockapi.LinqPhoto), "0000000A-0000-4000-8000-00000000000b"
	for name, test := range map[string]struct {
		ids  []any
		want values
	}{
		"some": {[]any{missing, upper, mockapi.LinqNull, missing}, values{
			"attachments": values{
				upper: values{
					"id": mockapi.LinqPhoto, "filename": "photo.jpg", "content_type": "image/jpeg",
					"size_bytes": int64(1024000), "status": "complete",
					"created_at": "2024-01-15T10:30:00Z",
				},
				mockapi.LinqNull: values{
					"id": mockapi.LinqNull, "filename": "contact.vcf", "content_type": "text/vcard",
					"size_bytes": int64(0), "status": nil, "created_at": "2026-06-01T12:00:03Z",
				},
			},
			"download_urls": values{
				upper: "https://cdn.linqapp.com/attachments/" + mockapi.LinqPhoto + "/photo.jpg",
			},
			"ready_ids":        []any{upper},
			"missing_ids":      []any{missing},
			"wait_until_ready": nil,
		}},
		"none": {[]any{}, values{
			"attachments": values{}, "download_urls": values{}, "missing_ids": []any{},
			"ready_ids":        []any{},
			"wait_until_ready": nil,
		}},
	} {
		got := state(t, newMock(t), linqAttachments.typeName, values{"attachment_ids": test.ids})
		if diff := cmp.Diff(test.want, got); diff != "" {
			t.Errorf("%s: %s", name, diff)
		}
	}
}

func TestFieldsThatWixOmitsAreNull(t *testing.T) {
	t.Parallel()
	want := values{
		"id": mockapi.WixUnknown, "file_name": "mystery.bin",
		"mime_type": "application/octet-stream", "attachment_type": "UNKNOWN", "image": nil,
		"preview_image": nil, "document": nil, "download_url": nil,
		"download_url_expiration_date": nil, "site_id": nil, "wait_until_ready": nil,
	}
	got := state(t, newMock(t), wixContactAttachment.typeName, values{
		"contact_id": mockapi.WixContact, "attachment_id": mockapi.WixUnknown,
	})
	if diff := cmp.Diff(want, got); diff != "" {
		t.Error(diff)
	}
}

// TestWixContactAttachmentsValues has an image, a document, media without URLs, and no media.
func TestWixContactAttachmentsValues(t *testing.T) {
	t.Parallel()
	api := newMock(t)
	const contact = "00000000-0000-4000-8000-000000000001"
	for _, document := range []string{
		`{"id":"1","attachmentType":"IMAGE","image":{"id":"i","url":"https://x/1","height":2,` +
			`"width":3},"previewImage":{"url":"https://x/p"}}`,
		`{"id":"2","document":{"id":"d","url":"https://x/2",` +
			`"urlExpirationDate":"2046-07-01T00:00:00Z"},"previewImage":{"id":"p"}}`,
		`{"id":"3","image":{}}`,
		`{"id":"4","document":{}}`,
		`{"id":"5"}`,
	} {
		api.PutWix(contact, document)
	}
	element := func(id string, more values) values {
		result := values{
			"id": id, "file_name": nil, "mime_type": nil, "attachment_type": nil,
			"download_url_expiration_date": nil, "image": nil, "preview_image": nil, "document": nil,
		}
		for name, value := range more {
			result[name] = value
		}
		return result
	}
	img := func(id, height, width any) values {
		return values{
			"id": id, "height": height, "width": width, "alt_text": nil, "url_expiration_date": nil,
		}
	}
	want := values{
		"attachments": []any{
			element("1", values{
				"attachment_type": "IMAGE", "image": img("i", int64(2), int64(3)),
				"preview_image": img(nil, nil, nil),
			}),
			element("2", values{
				"document": values{
					"id": "d", "url_expiration_date": "2046-07-01T00:00:00Z",
				},
				"download_url_expiration_date": "2046-07-01T00:00:00Z",
				"preview_image":                img("p", nil, nil),
			}),
			element("3", values{"image": img(nil, nil, nil)}),
			element("4", values{"document": values{"id": nil, "url_expiration_date": nil}}),
			element("5", nil),
		},
		"download_urls": values{"1": "https://x/1", "2": "https://x/2"},
		"preview_urls":  values{"1": "https://x/p"},
		"ready_ids":     []any{"1", "2"},
		"site_id":       nil,
	}
	got := state(t, api, wixContactAttachments.typeName, values{"contact_id": contact})
	if diff := cmp.Diff(want, got); diff != "" {
		t.Error(diff)
	}
	got = state(t, api, wixContactAttachments.typeName,
		values{"contact_id": mockapi.WixEmptyContact})
	none := values{
		"attachments": []any{}, "download_urls": values{}, "preview_urls": values{}, "site_id": nil,
		"ready_ids": []any{},
	}
	if diff := cmp.Diff(none, got); diff != "" {
		t.Error(diff)
	}
}
