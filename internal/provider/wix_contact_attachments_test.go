package provider

import (
	"fmt"
	"regexp"
	"testing"

	"github.com/hashicorp/terraform-plugin-testing/config"
	"github.com/hashicorp/terraform-plugin-testing/helper/resource"
	"github.com/hashicorp/terraform-plugin-testing/knownvalue"
	"github.com/hashicorp/terraform-plugin-testing/plancheck"
	"github.com/hashicorp/terraform-plugin-testing/statecheck"
	"github.com/hashicorp/terraform-plugin-testing/tfjsonpath"

	"github.com/terraform-attachments/terraform-provider-attachments/internal/testing/mockapi"
)

func TestAccWixContactAttachmentsReadsEveryField(t *testing.T) {
	t.Parallel()
	api := newMock(t)
	text, null := knownvalue.StringExact, knownvalue.Null()
	element := func(
		id, name, mimeType, kind string,
		image, preview, document, expires knownvalue.Check,
	) knownvalue.Check {
		return knownvalue.ObjectExact(map[string]knownvalue.Check{
			"id":                           text(id),
			"file_name":                    text(name),
			"mime_type":                    text(mimeType),
			"attachment_type":              text(kind),
			"image":                        image,
			"preview_image":                preview,
			"document":                     document,
			"download_url_expiration_date": expires,
		})
	}
	image := func(id, height, width, altText, expires knownvalue.Check) knownvalue.Check {
		return knownvalue.ObjectExact(map[string]knownvalue.Check{
			"id": id, "height": height, "width": width, "alt_text": altText,
			"url_expiration_date": expires,
		})
	}
	document := func(id, expires knownvalue.Check) knownvalue.Check {
		return knownvalue.ObjectExact(map[string]knownvalue.Check{
			"id": id, "url_expiration_date": expires,
		})
	}
	number := knownvalue.Int64Exact
	const (
		media   = "https://static.wixstatic.com/media/11062b_abc~mv2.png"
		address = "data.wix_contact_attachments.all"
	)
	offerExpires := text("2046-07-01T00:00:00.000Z")

	resource.UnitTest(t, resource.TestCase{
		ProtoV6ProviderFactories: serveProvider(api.env()),
		Steps: []resource.TestStep{{
			ConfigDirectory: config.TestNameDirectory(),
			ConfigStateChecks: []statecheck.StateCheck{
				statecheck.ExpectKnownValue(address, tfjsonpath.New("attachments"),
					knownvalue.ListExact([]knownvalue.Check{
						element(mockapi.WixImage, "a.png", "image/png", "IMAGE",
							image(text("11062b_abc~mv2.png"), number(1080), number(1920),
								text("A red bicycle"), text("2024-05-01T10:00:00Z")),
							image(text("11062b_abc~mv2.png"), number(100), number(178), null, null),
							null, text("2024-05-01T10:00:00Z")),
						element(mockapi.WixPDF, "offer.pdf", "application/pdf", "OTHER", null, null,
							document(text("11062b_offer.pdf"), offerExpires), offerExpires),
						element(mockapi.WixVideo, "tour.mp4", "video/mp4", "OTHER", null, null,
							document(text("11062b_tour.mp4"), null), null),
						element(mockapi.WixNoURL, "fresh.jpg", "image/jpeg", "IMAGE",
							image(text("11062b_fresh~mv2.jpg"), null, null, null, null), null, null, null),
						element(mockapi.WixNull, "old.gif", "image/gif", "IMAGE",
							image(null, null, null, null, null), null, null, null),
						element(mockapi.WixUnknown, "mystery.bin", "application/octet-stream", "UNKNOWN",
							null, null, null, null),
					})),
				statecheck.ExpectKnownValue(address, tfjsonpath.New("download_urls"),
					knownvalue.MapExact(map[string]knownvalue.Check{
						mockapi.WixImage: text(media),
						mockapi.WixPDF: knownvalue.StringRegexp(regexp.MustCompile(
							`^https://download-files\.wixmp\.com/ugd/11062b_offer\.pdf\?token=`)),
						mockapi.WixVideo: text("https://video.wixstatic.com/video/11062b_tour.mp4"),
					})),
				statecheck.ExpectKnownValue(address, tfjsonpath.New("preview_urls"),
					knownvalue.MapExact(map[string]knownvalue.Check{
						mockapi.WixImage: text(media + "/v1/fit/w_178,h_100/file.png"),
					})),
				statecheck.ExpectSensitiveValue(address, tfjsonpath.New("download_urls")),
				statecheck.ExpectSensitiveValue(address, tfjsonpath.New("preview_urls")),
				statecheck.ExpectKnownValue("data.wix_contact_attachments.none",
					tfjsonpath.New("attachments"), knownvalue.ListSizeExact(0)),
				statecheck.ExpectKnownValue("data.wix_contact_attachments.none",
					tfjsonpath.New("download_urls"), knownvalue.MapSizeExact(0)),
			},
		}},
	})
}

func TestAccWixContactAttachmentsOfAnUnknownContactAreReadAtApply(t *testing.T) {
	t.Parallel()
	resource.UnitTest(t, resource.TestCase{
		ProtoV6ProviderFactories: serveProvider(newMock(t).env()),
		Steps: []resource.TestStep{{
			ConfigDirectory: config.TestNameDirectory(),
			ConfigPlanChecks: resource.ConfigPlanChecks{PreApply: []plancheck.PlanCheck{
				plancheck.ExpectUnknownOutputValue("count"),
			}},
			ConfigStateChecks: []statecheck.StateCheck{
				statecheck.ExpectKnownOutputValue("count", knownvalue.Int64Exact(6)),
			},
		}},
	})
}

func TestWixContactAttachmentsTakesARequestForAHundred(t *testing.T) {
	t.Parallel()
	api := newMock(t)
	for i := range 450 {
		api.PutWix(mockapi.WixEmptyContact, fmt.Sprintf(`{"id":"00000000-0000-4000-8000-%012d"}`, i))
	}
	result := read(t, api.env(), nil, wixContactAttachments.typeName,
		values{"contact_id": mockapi.WixEmptyContact})
	if len(result.problems) > 0 {
		t.Fatal(result.problems)
	}
	t.Logf("450 attachments: %d requests", len(api.Requests()))
	if n := len(api.Requests()); n != 5 {
		t.Errorf("%d requests", n)
	}
}
