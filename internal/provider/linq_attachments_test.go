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

	"github.com/terraform-attachments/terraform-provider-attachments/internal/testing/mockapi"
)

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
