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

// TestLinqAttachmentsValues has IDs that are repeated, in another case, of an attachment without a
// URL, and of no attachment, and it has no IDs.
func TestLinqAttachmentsValues(t *testing.T) {
	t.Parallel()
	upper, missing := strings.ToUpper(mockapi.LinqPhoto), "0000000A-0000-4000-8000-00000000000b"
	ids := []any{missing, upper, mockapi.LinqNull, mockapi.LinqPhoto, upper, missing}
	photo := values{
		"id": mockapi.LinqPhoto, "filename": "photo.jpg", "content_type": "image/jpeg",
		"size_bytes": int64(1024000), "status": "complete", "created_at": "2024-01-15T10:30:00Z",
	}
	const url = "https://cdn.linqapp.com/attachments/" + mockapi.LinqPhoto + "/photo.jpg"
	for name, test := range map[string]struct {
		ids  []any
		want values
	}{
		"some": {ids, values{
			"attachments": values{
				upper: photo, mockapi.LinqPhoto: photo,
				mockapi.LinqNull: values{
					"id": mockapi.LinqNull, "filename": "contact.vcf", "content_type": "text/vcard",
					"size_bytes": int64(0), "status": nil, "created_at": "2026-06-01T12:00:03Z",
				},
			},
			"download_urls":    values{upper: url, mockapi.LinqPhoto: url},
			"ready_ids":        []any{upper, mockapi.LinqPhoto},
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

// TestWixContactAttachmentsValues has an image, a document, media without URLs, and no media.
func TestWixContactAttachmentsValues(t *testing.T) {
	t.Parallel()
	api := newMock(t)
	const contact = "00000000-0000-4000-8000-000000000001"
	for _, document := range []string{
		`{"id":"1","fileName":"f","mimeType":"image/png","attachmentType":"IMAGE","image":{"id":"i",` +
			`"url":"https://x/1","height":2,"width":3,"altText":"A red bicycle",` +
			`"urlExpirationDate":"2024-05-01T10:00:00Z"},"previewImage":{"url":"https://x/p"}}`,
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
	emptyImage := values{
		"id": nil, "height": nil, "width": nil, "alt_text": nil, "url_expiration_date": nil,
	}
	want := values{
		"attachments": []any{
			element("1", values{
				"file_name": "f", "mime_type": "image/png", "attachment_type": "IMAGE",
				"image": values{
					"id": "i", "height": int64(2), "width": int64(3), "alt_text": "A red bicycle",
					"url_expiration_date": "2024-05-01T10:00:00Z",
				},
				"download_url_expiration_date": "2024-05-01T10:00:00Z",
				"preview_image":                emptyImage,
			}),
			element("2", values{
				"document": values{
					"id": "d", "url_expiration_date": "2046-07-01T00:00:00Z",
				},
				"download_url_expiration_date": "2046-07-01T00:00:00Z",
				"preview_image":                with[any](emptyImage, "id", "p"),
			}),
			element("3", values{"image": emptyImage}),
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
