package provider

import (
	"context"
	"fmt"

	"github.com/hashicorp/terraform-plugin-framework/diag"
	"github.com/hashicorp/terraform-plugin-framework/types"

	"github.com/terraform-attachments/terraform-provider-attachments/internal/wix"
)

// wixContactAttachmentModel is an attachment with the arguments that name it.
type wixContactAttachmentModel struct {
	ContactID    types.String `tfsdk:"contact_id"`
	AttachmentID types.String `tfsdk:"attachment_id"`
	SiteID       types.String `tfsdk:"site_id"`

	wixAttachmentDetails
	Image        *wixImageModel    `tfsdk:"image"`
	PreviewImage *wixImageModel    `tfsdk:"preview_image"`
	Document     *wixDocumentModel `tfsdk:"document"`
	DownloadURL  types.String      `tfsdk:"download_url"`
}

// The details are what a model has besides URLs.
type (
	wixAttachmentDetails struct {
		ID                        types.String `tfsdk:"id"`
		FileName                  types.String `tfsdk:"file_name"`
		MimeType                  types.String `tfsdk:"mime_type"`
		AttachmentType            types.String `tfsdk:"attachment_type"`
		DownloadURLExpirationDate types.String `tfsdk:"download_url_expiration_date"`
	}
	wixImageDetails struct {
		ID                types.String `tfsdk:"id"`
		Height            types.Int64  `tfsdk:"height"`
		Width             types.Int64  `tfsdk:"width"`
		AltText           types.String `tfsdk:"alt_text"`
		URLExpirationDate types.String `tfsdk:"url_expiration_date"`
	}
	wixDocumentDetails struct {
		ID                types.String `tfsdk:"id"`
		URLExpirationDate types.String `tfsdk:"url_expiration_date"`
	}
)

type wixImageModel struct {
	wixImageDetails
	URL types.String `tfsdk:"url"`
}

type wixDocumentModel struct {
	wixDocumentDetails
	URL types.String `tfsdk:"url"`
}

func newWixAttachmentDetails(attachment *wix.ContactAttachment) wixAttachmentDetails {
	_, expirationDate := attachment.Download()
	return wixAttachmentDetails{
		ID:                        text(&attachment.ID),
		FileName:                  text(attachment.FileName),
		MimeType:                  text(attachment.MimeType),
		AttachmentType:            text(attachment.AttachmentType),
		DownloadURLExpirationDate: text(expirationDate),
	}
}

func newWixImageDetails(image *wix.Image) *wixImageDetails {
	if image == nil {
		return nil
	}
	return &wixImageDetails{
		ID:                text(image.ID),
		Height:            types.Int64PointerValue(image.Height),
		Width:             types.Int64PointerValue(image.Width),
		AltText:           text(image.AltText),
		URLExpirationDate: text(image.URLExpirationDate),
	}
}

func newWixImageModel(image *wix.Image) *wixImageModel {
	if image == nil {
		return nil
	}
	return &wixImageModel{wixImageDetails: *newWixImageDetails(image), URL: text(image.URL)}
}

func newWixDocumentDetails(document *wix.Document) *wixDocumentDetails {
	if document == nil {
		return nil
	}
	return &wixDocumentDetails{
		ID:                text(document.ID),
		URLExpirationDate: text(document.URLExpirationDate),
	}
}

func newWixDocumentModel(document *wix.Document) *wixDocumentModel {
	if document == nil {
		return nil
	}
	return &wixDocumentModel{
		wixDocumentDetails: *newWixDocumentDetails(document),
		URL:                text(document.URL),
	}
}

// read fills in what get gives for the arguments. It returns false where it has reported an error.
func (m *wixContactAttachmentModel) read(
	ctx context.Context,
	diags *diag.Diagnostics,
	clients *clients,
	limit limit,
	get func(*wix.Client, context.Context, wix.AttachmentID) (*wix.ContactAttachment, error),
) bool {
	site := clients.wix.siteOf(diags, m.SiteID)
	id := wix.AttachmentID{
		SiteID:       site.text,
		ContactID:    m.ContactID.ValueString(),
		AttachmentID: m.AttachmentID.ValueString(),
	}
	attachment, ok := fetch(ctx, diags, clients.wix.account, limit,
		subject{
			vendor:    wixVendor,
			entity:    "Wix Contact Attachment",
			object:    fmt.Sprintf("attachment %s of contact %s", id.AttachmentID, id.ContactID),
			forbidden: clients.wix.forbidden(site),
		},
		func(ctx context.Context, client *wix.Client) (*wix.ContactAttachment, error) {
			return get(client, ctx, id)
		})
	if ok {
		url, _ := attachment.Download()
		m.wixAttachmentDetails = newWixAttachmentDetails(attachment)
		m.Image = newWixImageModel(attachment.Image)
		m.PreviewImage = newWixImageModel(attachment.PreviewImage)
		m.Document = newWixDocumentModel(attachment.Document)
		m.DownloadURL = text(url)
	}
	return ok
}
