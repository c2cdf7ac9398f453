package provider

import (
	"regexp"
	"testing"

	"github.com/hashicorp/terraform-plugin-testing/config"
	"github.com/hashicorp/terraform-plugin-testing/helper/resource"
	"github.com/hashicorp/terraform-plugin-testing/knownvalue"
	"github.com/hashicorp/terraform-plugin-testing/statecheck"
	"github.com/hashicorp/terraform-plugin-testing/tfjsonpath"

	"github.com/terraform-attachments/terraform-provider-attachments/internal/testing/mockapi"
)

var wixAttributes = []string{
	"contact_id", "attachment_id", "site_id", "wait_until_ready", "timeout", "id", "file_name",
	"mime_type", "attachment_type", "image", "preview_image", "document", "download_url",
	"download_url_expiration_date",
}

func TestAccWixContactAttachmentReadsEveryField(t *testing.T) {
	t.Parallel()
	api := newMock(t)
	text := knownvalue.StringExact
	object := func(attributes map[string]knownvalue.Check, all ...string) knownvalue.Check {
		for _, name := range all {
			if _, ok := attributes[name]; !ok {
				attributes[name] = knownvalue.Null()
			}
		}
		return knownvalue.ObjectExact(attributes)
	}
	image := func(attributes map[string]knownvalue.Check) knownvalue.Check {
		return object(attributes, "id", "url", "height", "width", "alt_text", "url_expiration_date")
	}
	document := func(attributes map[string]knownvalue.Check) knownvalue.Check {
		return object(attributes, "id", "url", "url_expiration_date")
	}

	const media = "https://static.wixstatic.com/media/11062b_abc~mv2.png"
	signed := knownvalue.StringRegexp(regexp.MustCompile(
		`^https://download-files\.wixmp\.com/ugd/11062b_offer\.pdf\?token=[0-9a-f]{32}$`))
	kinds := map[string]struct {
		id   string
		want map[string]knownvalue.Check
	}{
		"image": {mockapi.WixImage, map[string]knownvalue.Check{
			"file_name":       text("a.png"),
			"mime_type":       text("image/png"),
			"attachment_type": text("IMAGE"),
			"image": image(map[string]knownvalue.Check{
				"id":                  text("11062b_abc~mv2.png"),
				"url":                 text(media),
				"height":              knownvalue.Int64Exact(1080),
				"width":               knownvalue.Int64Exact(1920),
				"alt_text":            text("A red bicycle"),
				"url_expiration_date": text("2024-05-01T10:00:00Z"),
			}),
			"preview_image": image(map[string]knownvalue.Check{
				"id":     text("11062b_abc~mv2.png"),
				"url":    text(media + "/v1/fit/w_178,h_100/file.png"),
				"height": knownvalue.Int64Exact(100),
				"width":  knownvalue.Int64Exact(178),
			}),
			"download_url":                 text(media),
			"download_url_expiration_date": text("2024-05-01T10:00:00Z"),
		}},
		"pdf": {mockapi.WixPDF, map[string]knownvalue.Check{
			"file_name":       text("offer.pdf"),
			"mime_type":       text("application/pdf"),
			"attachment_type": text("OTHER"),
			"document": document(map[string]knownvalue.Check{
				"id":                  text("11062b_offer.pdf"),
				"url":                 signed,
				"url_expiration_date": text("2046-07-01T00:00:00.000Z"),
			}),
			"download_url":                 signed,
			"download_url_expiration_date": text("2046-07-01T00:00:00.000Z"),
		}},
		"video": {mockapi.WixVideo, map[string]knownvalue.Check{
			"file_name":       text("tour.mp4"),
			"mime_type":       text("video/mp4"),
			"attachment_type": text("OTHER"),
			"document": document(map[string]knownvalue.Check{
				"id":  text("11062b_tour.mp4"),
				"url": text("https://video.wixstatic.com/video/11062b_tour.mp4"),
			}),
			"download_url": text("https://video.wixstatic.com/video/11062b_tour.mp4"),
		}},
		"no_url": {mockapi.WixNoURL, map[string]knownvalue.Check{
			"file_name":       text("fresh.jpg"),
			"mime_type":       text("image/jpeg"),
			"attachment_type": text("IMAGE"),
			"image":           image(map[string]knownvalue.Check{"id": text("11062b_fresh~mv2.jpg")}),
		}},
		"nulls": {mockapi.WixNull, map[string]knownvalue.Check{
			"file_name":       text("old.gif"),
			"mime_type":       text("image/gif"),
			"attachment_type": text("IMAGE"),
			"image":           image(map[string]knownvalue.Check{}),
		}},
		"unknown": {mockapi.WixUnknown, map[string]knownvalue.Check{
			"file_name":       text("mystery.bin"),
			"mime_type":       text("application/octet-stream"),
			"attachment_type": text("UNKNOWN"),
		}},
	}

	var checks []statecheck.StateCheck
	for name, kind := range kinds {
		kind.want["contact_id"] = text(mockapi.WixContact)
		kind.want["attachment_id"] = text(kind.id)
		kind.want["id"] = text(kind.id)
		checks = append(checks,
			expect("data.wix_contact_attachment."+name, wixAttributes, kind.want)...)
	}
	for _, path := range []tfjsonpath.Path{
		tfjsonpath.New("download_url"),
		tfjsonpath.New("image").AtMapKey("url"),
		tfjsonpath.New("preview_image").AtMapKey("url"),
	} {
		checks = append(checks,
			statecheck.ExpectSensitiveValue("data.wix_contact_attachment.image", path))
	}
	checks = append(checks, statecheck.ExpectSensitiveValue(
		"data.wix_contact_attachment.pdf", tfjsonpath.New("document").AtMapKey("url")))

	resource.UnitTest(t, resource.TestCase{
		ProtoV6ProviderFactories: serveProvider(api.env()),
		Steps: []resource.TestStep{{
			ConfigDirectory:   config.TestNameDirectory(),
			ConfigStateChecks: checks,
		}},
	})
}

func TestAccWixContactAttachmentUsesItsOwnSite(t *testing.T) {
	t.Parallel()
	env := newMock(t).env()
	env["WIX_SITE_ID"] = "another"
	resource.UnitTest(t, resource.TestCase{
		ProtoV6ProviderFactories: serveProvider(env),
		Steps: []resource.TestStep{{
			Config: under("wix", `
data "wix_contact_attachment" "a" {
  contact_id    = "`+mockapi.WixContact+`"
  attachment_id = "`+mockapi.WixImage+`"
  site_id       = "`+mockapi.DefaultWixSiteID+`"
}
`),
			ConfigStateChecks: []statecheck.StateCheck{statecheck.ExpectKnownValue(
				"data.wix_contact_attachment.a", tfjsonpath.New("site_id"),
				knownvalue.StringExact(mockapi.DefaultWixSiteID))},
		}},
	})
}
