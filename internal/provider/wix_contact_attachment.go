package provider

import (
	"context"
	"errors"
	"fmt"

	"github.com/hashicorp/terraform-plugin-framework/datasource/schema"
	"github.com/hashicorp/terraform-plugin-framework/schema/validator"
	"github.com/hashicorp/terraform-plugin-framework/types"

	"github.com/terraform-attachments/terraform-provider-attachments/internal/wix"
)

var wixContactAttachment = entity[wixContactAttachmentModel]{
	typeName: "wix_contact_attachment",
	description: "Use this data source to get the download URL and metadata of a file that is " +
		"attached to a contact of a Wix site.",
	attributes: wixContactAttachmentAttributes,
	fetch:      fetchWixContactAttachment,
}

func wixContactAttachmentAttributes() map[string]schema.Attribute {
	return map[string]schema.Attribute{
		"contact_id":    idAttribute("Wix Contact ID", "Contact ID, a UUID (case-insensitive)."),
		"attachment_id": idAttribute("Wix Attachment ID", "Attachment ID, a UUID (case-insensitive)."),
		"site_id": schema.StringAttribute{
			MarkdownDescription: "ID of the site that the contact belongs to, a UUID. Conflicts with the " +
				"provider's `wix_app_id`, because an app's tokens are for one site. Defaults to the " +
				"provider's `wix_site_id`.",
			Optional: true,
			Validators: []validator.String{
				textValidator{name: wixSiteID.name, check: wixSiteID.check, isHidden: true},
			},
		},
		"wait_until_ready": waitAttribute("Wix returns no URL while it processes an image."),
		"id":               computedString("Attachment ID, a UUID."),
		"file_name":        computedString("File name, such as `offer.pdf`."),
		"mime_type":        computedString("MIME type, such as `application/pdf`."),
		"attachment_type": computedString("Attachment type: `IMAGE`, `OTHER` (a document or any other " +
			"file), `UNKNOWN`, or another value."),
		"image":         wixImageAttribute("Image. Null if the file isn't an image."),
		"preview_image": wixImageAttribute("Smaller version of the image."),
		"document": computedObject("Document or other file. Null if the file is an image.",
			map[string]schema.Attribute{
				"id":                  wixMediaIDAttribute(),
				"url":                 urlAttribute("Document URL. " + seeDownloadURL),
				"url_expiration_date": wixExpirationAttribute(),
			}),
		"download_url": urlAttribute("Download URL of the file: `image.url` or `document.url`, " +
			"whichever Wix returns. Null if there is none yet. The URL can be signed: then anyone who has " +
			"it can download the file, it changes on every read, and it expires."),
		"download_url_expiration_date": wixExpirationAttribute(),
	}
}

func wixImageAttribute(description string) schema.Attribute {
	return computedObject(description, map[string]schema.Attribute{
		"id":                  wixMediaIDAttribute(),
		"url":                 urlAttribute("Image URL. " + seeDownloadURL),
		"height":              computedInt("Height in pixels."),
		"width":               computedInt("Width in pixels."),
		"alt_text":            computedString("Alternative text."),
		"url_expiration_date": wixExpirationAttribute(),
	})
}

func wixMediaIDAttribute() schema.Attribute {
	return computedString("ID in Wix's media storage, such as `11062b_abc~mv2.png`.")
}

// seeDownloadURL ends the description of a nested URL.
const seeDownloadURL = "Can be signed: see `download_url`."

func wixExpirationAttribute() schema.Attribute {
	return computedString("When the URL expires, in RFC 3339 format. Null if the URL is null or " +
		"doesn't expire.")
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
		s.thing = contact
	}
	s.notFound = "Check:\n" +
		"- the contact ID and the attachment ID\n" +
		"- the site: Wix also responds like this for contacts of other sites\n" +
		"- whether the contact or the attachment was deleted\n\n" +
		"If either was deleted, remove this block. " + destroyAnyway
	s.explainOwn = func(err error) *explanation {
		if !errors.Is(err, wix.ErrNotReady) {
			return nil
		}
		return &explanation{
			summary: s.title + " Not Ready",
			what:    fmt.Sprintf("Wix hasn't returned a download URL for %s.", s.thing),
			advice:  raiseTimeout + " A file whose attachment_type is UNKNOWN might never get a URL.",
		}
	}
	return s
}
