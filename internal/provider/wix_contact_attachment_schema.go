package provider

import (
	"github.com/hashicorp/terraform-plugin-framework/datasource/schema"
)

const wixContactAttachmentText = "Reads the metadata and download URL of a file that is attached to " +
	"a contact of a Wix site."

func wixContactAttachmentAttributes() map[string]schema.Attribute {
	return map[string]schema.Attribute{
		"contact_id": schema.StringAttribute{
			MarkdownDescription: "Id (GUID) of the contact that the attachment belongs to.",
			Required:            true,
			Validators:          validate("Wix Contact ID", checkGUID),
		},
		"attachment_id": schema.StringAttribute{
			MarkdownDescription: "Id (GUID) of the attachment to read.",
			Required:            true,
			Validators:          validate("Wix Attachment ID", checkGUID),
		},
		"site_id": schema.StringAttribute{
			MarkdownDescription: "Id of the site that the contact belongs to; by default the " +
				"provider's `wix.site_id`.",
			Optional:   true,
			Validators: validate(wixSiteID.name, wixSiteID.check),
		},
		"id": schema.StringAttribute{
			MarkdownDescription: "Id of the attachment as Wix gives it (`id`).",
			Computed:            true,
		},
		"file_name": schema.StringAttribute{
			MarkdownDescription: "Name of the file (`fileName`).",
			Computed:            true,
		},
		"mime_type": schema.StringAttribute{
			MarkdownDescription: "MIME type of the file (`mimeType`).",
			Computed:            true,
		},
		"attachment_type": schema.StringAttribute{
			MarkdownDescription: "`IMAGE`, `OTHER` (a document or any file that is no image) or " +
				"`UNKNOWN` (`attachmentType`). A type that Wix adds is passed through.",
			Computed: true,
		},
		"image": wixImageAttribute(
			"The image, where the attachment is one; else null (`image`)."),
		"preview_image": wixImageAttribute(
			"A reduced version of the image, where there is one; else null (`previewImage`)."),
		"document": schema.SingleNestedAttribute{
			MarkdownDescription: "The file, where the attachment is no image; else null " +
				"(`document`).",
			Computed: true,
			Attributes: map[string]schema.Attribute{
				"id":                  wixMediaIDAttribute(),
				"url":                 wixURLAttribute("URL to download the file from (`url`)."),
				"url_expiration_date": wixExpirationAttribute("`url`"),
			},
		},
		"download_url": wixURLAttribute("URL to download the file from, be it an image " +
			"(`image.url`) or a document (`document.url`); null where there is neither."),
		"download_url_expiration_date": wixExpirationAttribute("`download_url`"),
	}
}

func wixImageAttribute(description string) schema.Attribute {
	return schema.SingleNestedAttribute{
		MarkdownDescription: description,
		Computed:            true,
		Attributes: map[string]schema.Attribute{
			"id":  wixMediaIDAttribute(),
			"url": wixURLAttribute("URL of the image (`url`)."),
			"height": schema.Int64Attribute{
				MarkdownDescription: "Original height in pixels (`height`); may be null.",
				Computed:            true,
			},
			"width": schema.Int64Attribute{
				MarkdownDescription: "Original width in pixels (`width`); may be null.",
				Computed:            true,
			},
			"alt_text": schema.StringAttribute{
				MarkdownDescription: "Text to show in place of the image (`altText`); may be null.",
				Computed:            true,
			},
			"url_expiration_date": wixExpirationAttribute("`url`"),
		},
	}
}

func wixMediaIDAttribute() schema.Attribute {
	return schema.StringAttribute{
		MarkdownDescription: "Id in Wix's media storage (`id`), such as `11062b_abc~mv2.png`.",
		Computed:            true,
	}
}

func wixURLAttribute(description string) schema.Attribute {
	return schema.StringAttribute{
		MarkdownDescription: description + " It may be signed: then it ends, and gives the file " +
			"to whoever holds it until then.",
		Computed:  true,
		Sensitive: true,
	}
}

func wixExpirationAttribute(url string) schema.Attribute {
	return schema.StringAttribute{
		MarkdownDescription: "When " + url + " ends, in RFC 3339 (`urlExpirationDate`); null where " +
			"Wix gives no date.",
		Computed: true,
	}
}
