package provider

import (
	"fmt"
	"net/http"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/hashicorp/terraform-plugin-testing/config"
	"github.com/hashicorp/terraform-plugin-testing/helper/resource"
	"github.com/hashicorp/terraform-plugin-testing/knownvalue"
	"github.com/hashicorp/terraform-plugin-testing/plancheck"
	"github.com/hashicorp/terraform-plugin-testing/statecheck"
	"github.com/hashicorp/terraform-plugin-testing/tfjsonpath"

	"github.com/terraform-attachments/terraform-provider-attachments/internal/testing/mockapi"
)

func TestAccLinqAttachmentsReadsSeveralAndNamesTheMissing(t *testing.T) {
	t.Parallel()
	api := newMock(t)
	upper := strings.ToUpper(mockapi.LinqPhoto)
	text := knownvalue.StringExact
	element := func(
		id, filename, contentType string,
		size int64,
		status knownvalue.Check,
		created string,
	) knownvalue.Check {
		return knownvalue.ObjectExact(map[string]knownvalue.Check{
			"id":           text(id),
			"filename":     text(filename),
			"content_type": text(contentType),
			"size_bytes":   knownvalue.Int64Exact(size),
			"status":       status,
			"created_at":   text(created),
		})
	}
	photo := element(mockapi.LinqPhoto, "photo.jpg", "image/jpeg", 1024000, text("complete"),
		"2024-01-15T10:30:00Z")
	photoURL := text("https://cdn.linqapp.com/attachments/" + mockapi.LinqPhoto + "/photo.jpg")
	const address = "data.linq_attachments.a"

	resource.UnitTest(t, resource.TestCase{
		ProtoV6ProviderFactories: serveProvider(api.env()),
		Steps: []resource.TestStep{{
			ConfigDirectory: config.TestNameDirectory(),
			ConfigStateChecks: []statecheck.StateCheck{
				statecheck.ExpectKnownValue(address, tfjsonpath.New("attachments"),
					knownvalue.MapExact(map[string]knownvalue.Check{
						upper:             photo,
						mockapi.LinqPhoto: photo,
						mockapi.LinqNull: element(mockapi.LinqNull, "contact.vcf", "text/vcard", 0,
							knownvalue.Null(), "2026-06-01T12:00:03Z"),
					})),
				statecheck.ExpectKnownValue(address, tfjsonpath.New("download_urls"),
					knownvalue.MapExact(map[string]knownvalue.Check{
						upper: photoURL, mockapi.LinqPhoto: photoURL,
					})),
				statecheck.ExpectSensitiveValue(address, tfjsonpath.New("download_urls")),
				statecheck.ExpectKnownValue(address, tfjsonpath.New("missing_ids"),
					knownvalue.ListExact([]knownvalue.Check{
						text(mockapi.WixImage), text(mockapi.WixPDF),
					})),
				statecheck.ExpectKnownValue(address, tfjsonpath.New("wait_until_ready"),
					knownvalue.Null()),
				statecheck.ExpectKnownValue("data.linq_attachments.none",
					tfjsonpath.New("attachments"), knownvalue.MapSizeExact(0)),
				statecheck.ExpectKnownValue("data.linq_attachments.none",
					tfjsonpath.New("missing_ids"), knownvalue.ListSizeExact(0)),
			},
		}},
	})
}

func TestAccLinqAttachmentsOfUnknownIDsAreReadAtApply(t *testing.T) {
	t.Parallel()
	api := newMock(t)
	resource.UnitTest(t, resource.TestCase{
		ProtoV6ProviderFactories: serveProvider(api.env()),
		Steps: []resource.TestStep{{
			ConfigDirectory: config.TestNameDirectory(),
			ConfigPlanChecks: resource.ConfigPlanChecks{PreApply: []plancheck.PlanCheck{
				plancheck.ExpectUnknownOutputValue("count"),
			}},
			ConfigStateChecks: []statecheck.StateCheck{
				statecheck.ExpectKnownOutputValue("count", knownvalue.Int64Exact(2)),
			},
		}},
	})
}

func TestLinqAttachmentsWarnsIfAllAreMissing(t *testing.T) {
	t.Parallel()
	api := newMock(t)
	result := read(t, api.env(), nil, linqAttachments.typeName,
		values{"attachment_ids": []any{mockapi.WixImage, mockapi.WixPDF}})
	want := []problem{{
		"All Linq Attachments Missing",
		"Linq found none of the attachments in attachment_ids.\n\nCheck the IDs (a message ID " +
			"belongs in linq_message), and which account the API key " +
			"from LINQ_API_V3_API_KEY belongs to: Linq also responds like this for another account's " +
			"attachments.",
		"",
	}}
	if diff := cmp.Diff(want, result.problems); diff != "" {
		t.Error(diff)
	}
}

// TestLinqAttachmentsReadsEachIDOnceOverFewConnections has 900 distinct IDs.
func TestLinqAttachmentsReadsEachIDOnceOverFewConnections(t *testing.T) {
	t.Parallel()
	api := newMock(t)
	api.putMany(900)
	var ids []any
	for i := range 900 {
		ids = append(ids, fmt.Sprintf("00000000-0000-4000-8000-%012d", i))
	}
	ids = append(ids, ids[:100]...)
	result := read(t, api.env(), nil, linqAttachments.typeName, values{"attachment_ids": ids})
	if len(result.problems) > 0 {
		t.Fatal(result.problems)
	}
	n := len(api.Requests())
	t.Logf("%d ids, 900 of them distinct: %d requests over %d connections",
		len(ids), n, api.connections.Load())
	// Go's transport may open a connection that it doesn't need, because another one becomes free.
	if n != 900 || api.connections.Load() > 2*16 {
		t.Errorf("%d requests over %d connections", n, api.connections.Load())
	}
}

// TestLinqAttachmentsReportsAtMostFiveFailures has sixteen reads refused at once.
func TestLinqAttachmentsReportsAtMostFiveFailures(t *testing.T) {
	t.Parallel()
	api := newMock(t)
	api.FailEvery(1, mockapi.Status(http.StatusForbidden))
	var ids []any
	for i := range 100 {
		ids = append(ids, fmt.Sprintf("00000000-0000-4000-8000-%012d", i))
	}
	result := read(t, api.env(), nil, linqAttachments.typeName, values{"attachment_ids": ids})
	if n := len(result.problems); n < 1 || n > 5 {
		t.Errorf("%d problems", n)
	}
	for _, p := range result.problems {
		if !strings.HasPrefix(p.Detail, "Linq denied access to attachment 00000000-") {
			t.Errorf("it names no id: %v", p)
		}
	}
}
