package provider

import (
	"github.com/hashicorp/terraform-plugin-framework/datasource/schema"
)

const wixContactAttachmentDescription = "Reads the metadata and download URL of a file that is " +
	"attached to a contact of a Wix site."

func wixContactAttachmentAttributes() map[string]schema.Attribute {
	return map[string]schema.Attribute{
		"contact_id": schema.StringAttribute{
			MarkdownDescription: "Id of the contact that the attachment belongs to (`contactId`): a " +
				"GUID, in any case.",
			Required:   true,
			Validators: validate("Wix Contact ID", checkGUID),
		},
		"attachment_id": schema.StringAttribute{
			MarkdownDescription: "Id of the attachment to read (`attachmentId`): a GUID, in any case.",
			Required:            true,
			Validators:          validate("Wix Attachment ID", checkGUID),
		},
		"site_id": schema.StringAttribute{
			MarkdownDescription: "Id of the site that the contact belongs to, a GUID, sent as the " +
				"header `wix-site-id`; by default the provider's `wix.site_id`. Not together with " +
				"`wix.app` of the provider, whose tokens are for one site.",
			Optional:   true,
			Validators: validate(wixSiteID.name, wixSiteID.check),
		},
		"id": schema.StringAttribute{
			MarkdownDescription: "Id of the attachment as Wix writes it (`id`), a GUID. Always " +
				"there; it doesn't change.",
			Computed: true,
		},
		"file_name": schema.StringAttribute{
			MarkdownDescription: "Name of the file (`fileName`), such as `offer.pdf`. Documented as " +
				"always there; not known to change.",
			Computed: true,
		},
		"mime_type": schema.StringAttribute{
			MarkdownDescription: "MIME type of the file (`mimeType`), such as `application/pdf`. " +
				"Documented as always there; not known to change.",
			Computed: true,
		},
		"attachment_type": schema.StringAttribute{
			MarkdownDescription: "Kind of attachment (`attachmentType`): `IMAGE`, `OTHER` (a document " +
				"or any file that is no image) or `UNKNOWN`. A kind that Wix adds is passed through. " +
				"Documented as always there; not known to change.",
			Computed: true,
		},
		"image": wixImageAttribute(
			"The image (`image`). Null where the attachment isn't one; it changes with its URL."),
		"preview_image": wixImageAttribute(
			"A reduced version of the image (`previewImage`). Null where there is none, as for all " +
				"that is no image; it changes with its URL."),
		"document": schema.SingleNestedAttribute{
			MarkdownDescription: "The file, where the attachment is no image (`document`). Null where " +
				"it is one; it changes with its URL.",
			Computed: true,
			Attributes: map[string]schema.Attribute{
				"id": wixMediaIDAttribute(),
				"url": wixURLAttribute(
					"URL to download the file from (`url`). Null where there is none."),
				"url_expiration_date": wixExpirationAttribute("the URL"),
			},
		},
		"download_url": wixURLAttribute("URL to download the file from, be it an image " +
			"(`image.url`) or a document (`document.url`). Null where there is neither."),
		"download_url_expiration_date": wixExpirationAttribute("the URL to download from"),
	}
}

func wixImageAttribute(description string) schema.Attribute {
	return schema.SingleNestedAttribute{
		MarkdownDescription: description,
		Computed:            true,
		Attributes: map[string]schema.Attribute{
			"id":  wixMediaIDAttribute(),
			"url": wixURLAttribute("URL of the image (`url`). Null where there is none."),
			"height": schema.Int64Attribute{
				MarkdownDescription: "Original height in pixels (`height`). Null where Wix doesn't give " +
					"it; not known to change.",
				Computed: true,
			},
			"width": schema.Int64Attribute{
				MarkdownDescription: "Original width in pixels (`width`). Null where Wix doesn't give " +
					"it; not known to change.",
				Computed: true,
			},
			"alt_text": schema.StringAttribute{
				MarkdownDescription: "Text to show in place of the image (`altText`). Null where there " +
					"is none; not known to change.",
				Computed: true,
			},
			"url_expiration_date": wixExpirationAttribute("the URL"),
		},
	}
}

func wixMediaIDAttribute() schema.Attribute {
	return schema.StringAttribute{
		MarkdownDescription: "Id in Wix's media storage (`id`), such as `11062b_abc~mv2.png`; no " +
			"GUID. Null where Wix doesn't give it; not known to change.",
		Computed: true,
	}
}

func wixURLAttribute(description string) schema.Attribute {
	return schema.StringAttribute{
		MarkdownDescription: description + " It may be signed: then it changes from read to " +
			"read, ends, and gives the file to whoever holds it until then.",
		Computed:  true,
		Sensitive: true,
	}
}

func wixExpirationAttribute(url string) schema.Attribute {
	return schema.StringAttribute{
		MarkdownDescription: "When " + url + " ends (`urlExpirationDate`): a time in RFC 3339, " +
			"exactly as Wix writes it. Null where Wix gives none, as for a URL that doesn't end. It " +
			"changes with the URL.",
		Computed: true,
	}
}
