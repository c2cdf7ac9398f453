package provider

import (
	"regexp"
	"strings"
	"testing"

	"github.com/hashicorp/terraform-plugin-testing/config"
	"github.com/hashicorp/terraform-plugin-testing/helper/resource"
	"github.com/hashicorp/terraform-plugin-testing/knownvalue"
	"github.com/hashicorp/terraform-plugin-testing/plancheck"
	"github.com/hashicorp/terraform-plugin-testing/statecheck"
	"github.com/hashicorp/terraform-plugin-testing/tfjsonpath"

	"github.com/terraform-attachments/terraform-provider-attachments/internal/testing/mockapi"
)

// expect is a state check for every attribute of a data source. Attributes that aren't in want are
// null.
func expect(
	address string,
	all []string,
	want map[string]knownvalue.Check,
) []statecheck.StateCheck {
	var checks []statecheck.StateCheck
	for _, name := range all {
		check, ok := want[name]
		if !ok {
			check = knownvalue.Null()
		}
		checks = append(checks, statecheck.ExpectKnownValue(address, tfjsonpath.New(name), check))
	}
	return checks
}

var linqAttributes = []string{
	"attachment_id", "wait_until_ready", "timeout", "id", "filename", "content_type", "size_bytes",
	"status", "download_url", "created_at",
}

func TestAccLinqAttachmentReadsEveryField(t *testing.T) {
	t.Parallel()
	api := newMock(t)
	cdn := func(id, file string) knownvalue.Check {
		return knownvalue.StringExact("https://cdn.linqapp.com/attachments/" + id + "/" + file)
	}
	text := knownvalue.StringExact

	kinds := map[string]struct {
		id   string
		want map[string]knownvalue.Check
	}{
		"photo": {mockapi.LinqPhoto, map[string]knownvalue.Check{
			"filename":     text("photo.jpg"),
			"content_type": text("image/jpeg"),
			"size_bytes":   knownvalue.Int64Exact(1024000),
			"status":       text("complete"),
			"download_url": cdn(mockapi.LinqPhoto, "photo.jpg"),
			"created_at":   text("2024-01-15T10:30:00Z"),
		}},
		"pdf": {mockapi.LinqPDF, map[string]knownvalue.Check{
			"filename":     text("Rechnung März 2026.pdf"),
			"content_type": text("application/pdf"),
			"size_bytes":   knownvalue.Int64Exact(48213),
			"status":       text("complete"),
			"download_url": cdn(mockapi.LinqPDF, "Rechnung%20M%C3%A4rz%202026.pdf"),
			"created_at":   text("2026-03-31T23:59:59.123456+02:00"),
		}},
		"video": {mockapi.LinqVideo, map[string]knownvalue.Check{
			"filename":     text("walkthrough.mov"),
			"content_type": text("video/quicktime"),
			"size_bytes":   knownvalue.Int64Exact(5368709120),
			"status":       text("complete"),
			"download_url": cdn(mockapi.LinqVideo, "walkthrough.mov"),
			"created_at":   text("2025-11-02T08:00:00.5Z"),
		}},
		"no_status": {mockapi.LinqNoStatus, map[string]knownvalue.Check{
			"filename":     text("memo.m4a"),
			"content_type": text("audio/x-m4a"),
			"size_bytes":   knownvalue.Int64Exact(310422),
			"download_url": cdn(mockapi.LinqNoStatus, "memo.m4a"),
			"created_at":   text("2026-06-01T12:00:00Z"),
		}},
		"pending": {mockapi.LinqPending, map[string]knownvalue.Check{
			"filename":     text("scan.tiff"),
			"content_type": text("image/tiff"),
			"size_bytes":   knownvalue.Int64Exact(7340032),
			"status":       text("pending"),
			"created_at":   text("2026-06-01T12:00:01Z"),
		}},
		"failed": {mockapi.LinqFailed, map[string]knownvalue.Check{
			"filename":     text("broken.heic"),
			"content_type": text("image/heic"),
			"size_bytes":   knownvalue.Int64Exact(1),
			"status":       text("failed"),
			"created_at":   text("2026-06-01T12:00:02Z"),
		}},
		"nulls": {mockapi.LinqNull, map[string]knownvalue.Check{
			"filename":     text("contact.vcf"),
			"content_type": text("text/vcard"),
			"size_bytes":   knownvalue.Int64Exact(0),
			"created_at":   text("2026-06-01T12:00:03Z"),
		}},
		"signed": {mockapi.LinqSigned, map[string]knownvalue.Check{
			"filename":     text("passport.png"),
			"content_type": text("image/png"),
			"size_bytes":   knownvalue.Int64Exact(204800),
			"status":       text("complete"),
			"download_url": knownvalue.StringRegexp(regexp.MustCompile(`X-Amz-Signature=[0-9a-f]{32}$`)),
			"created_at":   text("2026-06-01T12:00:04Z"),
		}},
	}

	checks := []statecheck.StateCheck{statecheck.ExpectSensitiveValue(
		"data.linq_attachment.photo", tfjsonpath.New("download_url"))}
	for name, kind := range kinds {
		kind.want["attachment_id"] = text(kind.id)
		kind.want["id"] = text(kind.id)
		checks = append(checks,
			expect("data.linq_attachment."+name, linqAttributes, kind.want)...)
	}

	resource.UnitTest(t, resource.TestCase{
		ProtoV6ProviderFactories: serveProvider(api.env()),
		Steps: []resource.TestStep{{
			ConfigDirectory:   config.TestNameDirectory(),
			ConfigStateChecks: checks,
		}},
	})
}

func TestAccLinqAttachmentOfAnUnknownIDIsReadAtApply(t *testing.T) {
	t.Parallel()
	api := newMock(t)
	resource.UnitTest(t, resource.TestCase{
		ProtoV6ProviderFactories: serveProvider(api.env()),
		Steps: []resource.TestStep{{
			ConfigDirectory: config.TestNameDirectory(),
			ConfigPlanChecks: resource.ConfigPlanChecks{PreApply: []plancheck.PlanCheck{
				plancheck.ExpectUnknownOutputValue("url"),
			}},
			ConfigStateChecks: []statecheck.StateCheck{
				statecheck.ExpectKnownValue("data.linq_attachment.a", tfjsonpath.New("filename"),
					knownvalue.StringExact("photo.jpg")),
				statecheck.ExpectKnownValue("data.linq_attachment.a",
					tfjsonpath.New("timeout"), knownvalue.StringExact("1m")),
			},
		}},
	})
}

// TestAccWaitUntilReadyWaitsAndLogs reads an attachment that is ready at the third request, with
// TF_LOG_PROVIDER=INFO.
func TestAccWaitUntilReadyWaitsAndLogs(t *testing.T) {
	t.Parallel()
	api := newMock(t)
	api.Fail(mockapi.LinqPhoto, mockapi.Error(404, "2007", "Not ready"),
		mockapi.Respond(200, `{"id":"`+mockapi.LinqPhoto+`","status":"pending"}`))
	env := api.env()
	env["TF_LOG_PROVIDER"] = "INFO"
	w := newWorkspace(t, fixture(t), env)
	w.mustRun(t, "init")
	printed := w.mustRun(t, "apply", "-no-color", "-auto-approve")
	if got := w.outputs(t)["status"]; got != "complete" {
		t.Errorf("got %v", got)
	}
	if n := strings.Count(printed, "Not ready, retrying"); n != 2 {
		t.Errorf("logged %d times:\n%s", n, printed)
	}
	if n := len(api.Requests()); n != 3 {
		t.Errorf("%d requests", n)
	}
}
