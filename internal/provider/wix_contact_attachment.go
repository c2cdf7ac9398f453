package provider

import (
	"context"
	"errors"
	"fmt"

	"github.com/hashicorp/terraform-plugin-framework/datasource/schema"
	"github.com/hashicorp/terraform-plugin-framework/types"

	"github.com/terraform-attachments/terraform-provider-attachments/internal/wix"
)

var wixContactAttachment = entity[wixContactAttachmentModel]{
	typeName: "wix_contact_attachment",
	description: "Use this to get the download URL and metadata of a file that is attached to a " +
		"contact of a Wix site.",
	attributes: wixContactAttachmentAttributes,
	fetch:      fetchWixContactAttachment,
}

func wixContactAttachmentAttributes() map[string]schema.Attribute {
	return map[string]schema.Attribute{
		"contact_id": schema.StringAttribute{
			MarkdownDescription: "Contact ID, a case-insensitive UUID.",
			Required:            true,
			Validators:          validateID("Wix Contact ID"),
		},
		"attachment_id": schema.StringAttribute{
			MarkdownDescription: "Attachment ID, a case-insensitive UUID.",
			Required:            true,
			Validators:          validateID("Wix Attachment ID"),
		},
		"site_id": schema.StringAttribute{
			MarkdownDescription: "ID of the site that the contact belongs to, a UUID, sent in the " +
				"header `wix-site-id`. Conflicts with the provider's `wix_app_id`, because an app's " +
				"tokens are for one site. Defaults to the provider's `wix_site_id`.",
			Optional:   true,
			Validators: validate(wixSiteID.name, wixSiteID.check),
		},
		"wait_until_ready": schema.BoolAttribute{
			MarkdownDescription: "Whether to poll until there is a `download_url`, for as long as the " +
				"time limit allows. Wix returns no URL while it processes an image. Defaults to " +
				"`false`.",
			Optional: true,
		},
		"id": schema.StringAttribute{
			MarkdownDescription: "Attachment ID as Wix writes it, a UUID.",
			Computed:            true,
		},
		"file_name": schema.StringAttribute{
			MarkdownDescription: "File name (`fileName`), such as `offer.pdf`.",
			Computed:            true,
		},
		"mime_type": schema.StringAttribute{
			MarkdownDescription: "MIME type (`mimeType`), such as `application/pdf`.",
			Computed:            true,
		},
		"attachment_type": schema.StringAttribute{
			MarkdownDescription: "Attachment type (`attachmentType`): `IMAGE`, `OTHER` (a document or " +
				"any other file) or `UNKNOWN`. Values that Wix adds later are returned unchanged.",
			Computed: true,
		},
		"image": wixImageAttribute("Image (`image`). Null if the attachment isn't an image."),
		"preview_image": wixImageAttribute(
			"Smaller version of the image (`previewImage`). Null if Wix returns none."),
		"document": schema.SingleNestedAttribute{
			MarkdownDescription: "File that isn't an image (`document`). Null if Wix returns none.",
			Computed:            true,
			Attributes: map[string]schema.Attribute{
				"id":                  wixMediaIDAttribute(),
				"url":                 wixURLAttribute("Document URL (`url`). " + seeDownloadURL),
				"url_expiration_date": wixExpirationAttribute("`url`"),
			},
		},
		"download_url": wixURLAttribute("Download URL of the file: `image.url` or `document.url`, " +
			"whichever Wix returns. Null if there is none. The URL can be signed: then anyone who has " +
			"it can download the file, it changes on every read, and it expires."),
		"download_url_expiration_date": wixExpirationAttribute("`download_url`"),
	}
}

func wixImageAttribute(description string) schema.Attribute {
	return schema.SingleNestedAttribute{
		MarkdownDescription: description,
		Computed:            true,
		Attributes: map[string]schema.Attribute{
			"id":  wixMediaIDAttribute(),
			"url": wixURLAttribute("Image URL (`url`). " + seeDownloadURL),
			"height": schema.Int64Attribute{
				MarkdownDescription: "Height in pixels (`height`). Null if Wix returns none.",
				Computed:            true,
			},
			"width": schema.Int64Attribute{
				MarkdownDescription: "Width in pixels (`width`). Null if Wix returns none.",
				Computed:            true,
			},
			"alt_text": schema.StringAttribute{
				MarkdownDescription: "Alternative text (`altText`). Null if Wix returns none.",
				Computed:            true,
			},
			"url_expiration_date": wixExpirationAttribute("`url`"),
		},
	}
}

func wixMediaIDAttribute() schema.Attribute {
	return schema.StringAttribute{
		MarkdownDescription: "ID in Wix's media storage (`id`), such as `11062b_abc~mv2.png`. Null if " +
			"Wix returns none.",
		Computed: true,
	}
}

// seeDownloadURL ends the description of a nested URL.
const seeDownloadURL = "Null if there is none. Can be signed: see `download_url`."

func wixURLAttribute(description string) schema.Attribute {
	return schema.StringAttribute{
		MarkdownDescription: description,
		Computed:            true,
		Sensitive:           true,
	}
}

func wixExpirationAttribute(url string) schema.Attribute {
	return schema.StringAttribute{
		MarkdownDescription: "When " + url + " expires (`urlExpirationDate`), in RFC 3339 format as " +
			"Wix writes it. Null if the URL doesn't expire.",
		Computed: true,
	}
}

type wixContactAttachmentModel struct {
	ContactID      types.String `tfsdk:"contact_id"`
	AttachmentID   types.String `tfsdk:"attachment_id"`
	SiteID         types.String `tfsdk:"site_id"`
	WaitUntilReady types.Bool   `tfsdk:"wait_until_ready"`
	timeoutModel

	wixAttachmentModel
}

// wixAttachmentModel is a file with its URL, whether it is an image or a document.
type wixAttachmentModel struct {
	*wix.ContactAttachment
	DownloadURL               *string `tfsdk:"download_url"`
	DownloadURLExpirationDate *string `tfsdk:"download_url_expiration_date"`
}

func newWixAttachmentModel(attachment *wix.ContactAttachment) wixAttachmentModel {
	url, expirationDate := attachment.Download()
	return wixAttachmentModel{attachment, url, expirationDate}
}

func fetchWixContactAttachment(ctx context.Context, c *call, m *wixContactAttachmentModel) {
	client := c.clients.wix
	site, problems := client.siteOf(m.SiteID)
	if c.addProblems(problems) {
		return
	}
	request := wix.Request{
		SiteID:         site.text,
		ContactID:      m.ContactID.ValueString(),
		AttachmentID:   m.AttachmentID.ValueString(),
		WaitUntilReady: m.WaitUntilReady.ValueBool(),
		Fresh:          c.fresh,
	}
	attachment, err := client.GetContactAttachment(ctx, request)
	if err != nil {
		c.addError(err, client.attachmentSubject(err, request, site))
		return
	}
	m.wixAttachmentModel = newWixAttachmentModel(attachment)
}

func (c wixClient) attachmentSubject(err error, request wix.Request, site settingValue) subject {
	contact := "contact " + request.ContactID
	s := c.subject("Wix Contact Attachment", "attachment "+request.AttachmentID+" of "+contact, site)
	if errors.Is(err, wix.ErrContactNotFound) {
		s.name = contact
	}
	s.notFound = "Check:\n" +
		"- the contact ID and the attachment ID\n" +
		"- the site: Wix also responds like this for contacts of other sites\n" +
		"- whether the contact or the attachment was deleted\n\n" +
		"If it was deleted, remove this block. " + destroyAnyway
	s.explainOwn = func(err error) *explanation {
		if !errors.Is(err, wix.ErrNotReady) {
			return nil
		}
		return &explanation{
			summary: s.title + " Not Ready",
			what:    fmt.Sprintf("Wix hasn't returned a download URL for %s.", s.name),
		}
	}
	return s
}
