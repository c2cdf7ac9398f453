package provider

import (
	"maps"
	"testing"

	"github.com/hashicorp/terraform-plugin-testing/config"
	"github.com/hashicorp/terraform-plugin-testing/echoprovider"
	"github.com/hashicorp/terraform-plugin-testing/helper/resource"
	"github.com/hashicorp/terraform-plugin-testing/knownvalue"
	"github.com/hashicorp/terraform-plugin-testing/statecheck"
	"github.com/hashicorp/terraform-plugin-testing/tfjsonpath"

	"github.com/terraform-attachments/terraform-provider-attachments/internal/testing/mockapi"
)

func TestAccEphemeralLinqAttachmentReadsEveryField(t *testing.T) {
	t.Parallel()
	requireEngine(t, "ephemeral resources", "1.10", "1.11")
	want := map[string]knownvalue.Check{
		"attachment_id":    knownvalue.StringExact(mockapi.LinqVideo),
		"wait_until_ready": knownvalue.Null(),
		"timeout":          knownvalue.StringExact("1m"),
		"id":               knownvalue.StringExact(mockapi.LinqVideo),
		"filename":         knownvalue.StringExact("walkthrough.mov"),
		"content_type":     knownvalue.StringExact("video/quicktime"),
		"size_bytes":       knownvalue.Int64Exact(5368709120),
		"status":           knownvalue.StringExact("complete"),
		"download_url": knownvalue.StringExact("https://cdn.linqapp.com/attachments/" +
			mockapi.LinqVideo + "/walkthrough.mov"),
		"created_at": knownvalue.StringExact("2025-11-02T08:00:00.5Z"),
	}
	expectOpened(t, want)
}

func TestAccEphemeralWixContactAttachmentReadsEveryField(t *testing.T) {
	t.Parallel()
	requireEngine(t, "ephemeral resources", "1.10", "1.11")
	const url = "https://video.wixstatic.com/video/11062b_tour.mp4"
	want := map[string]knownvalue.Check{
		"contact_id":       knownvalue.StringExact(mockapi.WixContact),
		"attachment_id":    knownvalue.StringExact(mockapi.WixVideo),
		"site_id":          knownvalue.Null(),
		"wait_until_ready": knownvalue.Null(),
		"timeout":          knownvalue.Null(),
		"id":               knownvalue.StringExact(mockapi.WixVideo),
		"file_name":        knownvalue.StringExact("tour.mp4"),
		"mime_type":        knownvalue.StringExact("video/mp4"),
		"attachment_type":  knownvalue.StringExact("OTHER"),
		"image":            knownvalue.Null(),
		"preview_image":    knownvalue.Null(),
		"document": knownvalue.ObjectExact(map[string]knownvalue.Check{
			"id":                  knownvalue.StringExact("11062b_tour.mp4"),
			"url":                 knownvalue.StringExact(url),
			"url_expiration_date": knownvalue.Null(),
		}),
		"download_url":                 knownvalue.StringExact(url),
		"download_url_expiration_date": knownvalue.Null(),
	}
	expectOpened(t, want)
}

// expectOpened checks what the test's configuration opened, with the echo provider.
func expectOpened(t *testing.T, want map[string]knownvalue.Check) {
	t.Helper()
	servers := maps.Clone(serveProvider(newMock(t).env()))
	servers["echo"] = echoprovider.NewProviderServer()
	resource.UnitTest(t, resource.TestCase{
		Steps: []resource.TestStep{{
			ProtoV6ProviderFactories: servers,
			ConfigDirectory:          config.TestNameDirectory(),
			ConfigStateChecks: []statecheck.StateCheck{statecheck.ExpectKnownValue(
				"echo.it", tfjsonpath.New("data"), knownvalue.ObjectExact(want))},
		}},
	})
}
