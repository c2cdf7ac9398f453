package provider

import (
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/hashicorp/terraform-plugin-testing/config"
	"github.com/hashicorp/terraform-plugin-testing/helper/resource"
	"github.com/hashicorp/terraform-plugin-testing/knownvalue"
	"github.com/hashicorp/terraform-plugin-testing/statecheck"
	"github.com/hashicorp/terraform-plugin-testing/tfjsonpath"

	"github.com/terraform-attachments/terraform-provider-attachments/internal/testing/mockapi"
)

// TestAccLinqMessageLeadsToItsAttachments passes the IDs of a message to linq_attachments.
func TestAccLinqMessageLeadsToItsAttachments(t *testing.T) {
	t.Parallel()
	text := knownvalue.StringExact
	part := func(id, filename, mimeType string, size int64) knownvalue.Check {
		return knownvalue.ObjectExact(map[string]knownvalue.Check{
			"id":         text(id),
			"filename":   text(filename),
			"mime_type":  text(mimeType),
			"size_bytes": knownvalue.Int64Exact(size),
		})
	}
	checks := []statecheck.StateCheck{
		statecheck.ExpectKnownValue("data.linq_attachments.a", tfjsonpath.New("attachments"),
			knownvalue.MapPartial(map[string]knownvalue.Check{
				mockapi.LinqPhoto: knownvalue.NotNull(), mockapi.LinqPDF: knownvalue.NotNull(),
			})),
		statecheck.ExpectKnownValue("data.linq_attachments.a", tfjsonpath.New("missing_ids"),
			knownvalue.ListSizeExact(0)),
		statecheck.ExpectKnownValue("data.linq_attachments.none", tfjsonpath.New("attachments"),
			knownvalue.MapSizeExact(0)),
		statecheck.ExpectKnownValue("data.linq_message.m",
			tfjsonpath.New("timeout"), text("1m")),
	}
	for name, want := range map[string]map[string]knownvalue.Check{
		"m": {
			"message_id": text(strings.ToUpper(mockapi.LinqMessage)),
			"id":         text(mockapi.LinqMessage),
			"created_at": text("2024-01-15T10:30:05Z"),
			"is_from_me": knownvalue.Bool(false),
			"attachments": knownvalue.ListExact([]knownvalue.Check{
				part(mockapi.LinqPhoto, "photo.jpg", "image/jpeg", 1024000),
				part(mockapi.LinqPDF, "Rechnung März 2026.pdf", "application/pdf", 48213),
			}),
		},
		"text": {
			"message_id":  text(mockapi.LinqMessageText),
			"id":          text(mockapi.LinqMessageText),
			"created_at":  text("2024-01-15T10:31:00Z"),
			"is_from_me":  knownvalue.Bool(true),
			"attachments": knownvalue.ListSizeExact(0),
		},
		"nulls": {
			"message_id":  text(mockapi.LinqMessageNullParts),
			"id":          text(mockapi.LinqMessageNullParts),
			"created_at":  text("2024-01-15T10:32:00Z"),
			"is_from_me":  knownvalue.Bool(true),
			"attachments": knownvalue.ListSizeExact(0),
		},
		"odd": {
			"message_id": text(mockapi.LinqMessageOddParts),
			"id":         text(mockapi.LinqMessageOddParts),
			"created_at": text("2026-06-01T12:00:05Z"),
			"is_from_me": knownvalue.Bool(false),
			"attachments": knownvalue.ListExact([]knownvalue.Check{
				part(mockapi.LinqSigned, "passport.png", "image/png", 204800),
			}),
		},
	} {
		want["chat_id"] = text("94c6bf33-31d9-40e3-a0e9-f94250ecedb9")
		checks = append(checks, expect("data.linq_message."+name, []string{
			"message_id", "id", "chat_id", "created_at", "is_from_me", "attachments",
		}, want)...)
	}
	resource.UnitTest(t, resource.TestCase{
		ProtoV6ProviderFactories: serveProvider(newMock(t).env()),
		Steps: []resource.TestStep{{
			ConfigDirectory:   config.TestNameDirectory(),
			ConfigStateChecks: checks,
		}},
	})
}

// TestAccTextOfMessagesIsWrittenNowhere searches all files and output of a run with TF_LOG=TRACE
// for a message's text, its sender, and the URLs of its parts.
func TestAccTextOfMessagesIsWrittenNowhere(t *testing.T) {
	t.Parallel()
	private := []string{"Here are the photo", "2025550147", "X-Amz-", "cdn.linqapp.com"}
	api := newMock(t)
	for _, text := range private {
		if !strings.Contains(getMessage(t, api), text) {
			t.Fatalf("the message doesn't have %s", text)
		}
	}
	env := api.env()
	env["TF_LOG"] = "TRACE"
	expectNowhere(t, newWorkspace(t, fixture(t), env), private)
}

// getMessage returns the mock's response.
func getMessage(t *testing.T, api *mock) string {
	t.Helper()
	request := httptest.NewRequestWithContext(t.Context(), http.MethodGet,
		mockapi.LinqPath+"/v3/messages/"+mockapi.LinqMessage, nil)
	request.Header.Set("Authorization", "Bearer "+mockapi.DefaultLinqAPIKey)
	recorder := httptest.NewRecorder()
	api.ServeHTTP(recorder, request)
	return recorder.Body.String()
}

func TestFieldsThatALinqMessageOmitsAreNull(t *testing.T) {
	t.Parallel()
	api := newMock(t)
	api.Fail("", mockapi.Respond(200, `{"id":"`+mockapi.LinqMessage+`","created_at":"",
		"parts":[{"type":"media","id":"1"}]}`))
	want := values{
		"id": mockapi.LinqMessage, "chat_id": nil, "created_at": nil, "is_from_me": nil,
		"attachments": []any{values{"id": "1", "filename": nil, "mime_type": nil, "size_bytes": nil}},
	}
	got := state(t, api, linqMessage.typeName, readMessage)
	if diff := cmp.Diff(want, got); diff != "" {
		t.Error(diff)
	}
}
