package provider

import (
	"github.com/hashicorp/terraform-plugin-framework-timeouts/datasource/timeouts"
	"github.com/hashicorp/terraform-plugin-framework/types"

	"github.com/terraform-attachments/terraform-provider-attachments/internal/wix"
)

type wixContactAttachmentModel struct {
	ContactID    types.String   `tfsdk:"contact_id"`
	AttachmentID types.String   `tfsdk:"attachment_id"`
	SiteID       types.String   `tfsdk:"site_id"`
	Timeouts     timeouts.Value `tfsdk:"timeouts"`

	ID                        types.String      `tfsdk:"id"`
	FileName                  types.String      `tfsdk:"file_name"`
	MimeType                  types.String      `tfsdk:"mime_type"`
	AttachmentType            types.String      `tfsdk:"attachment_type"`
	Image                     *wixImageModel    `tfsdk:"image"`
	PreviewImage              *wixImageModel    `tfsdk:"preview_image"`
	Document                  *wixDocumentModel `tfsdk:"document"`
	DownloadURL               types.String      `tfsdk:"download_url"`
	DownloadURLExpirationDate types.String      `tfsdk:"download_url_expiration_date"`
}

type wixImageModel struct {
	ID                types.String `tfsdk:"id"`
	URL               types.String `tfsdk:"url"`
	Height            types.Int64  `tfsdk:"height"`
	Width             types.Int64  `tfsdk:"width"`
	AltText           types.String `tfsdk:"alt_text"`
	URLExpirationDate types.String `tfsdk:"url_expiration_date"`
}

type wixDocumentModel struct {
	ID                types.String `tfsdk:"id"`
	URL               types.String `tfsdk:"url"`
	URLExpirationDate types.String `tfsdk:"url_expiration_date"`
}

func (m *wixContactAttachmentModel) fromAPI(attachment *wix.ContactAttachment) {
	url, expirationDate := attachment.Download()

	m.ID = text(&attachment.ID)
	m.FileName = text(attachment.FileName)
	m.MimeType = text(attachment.MimeType)
	m.AttachmentType = text(attachment.AttachmentType)
	m.Image = wixImageFromAPI(attachment.Image)
	m.PreviewImage = wixImageFromAPI(attachment.PreviewImage)
	m.Document = wixDocumentFromAPI(attachment.Document)
	m.DownloadURL = text(url)
	m.DownloadURLExpirationDate = text(expirationDate)
}

func wixImageFromAPI(image *wix.Image) *wixImageModel {
	if image == nil {
		return nil
	}
	return &wixImageModel{
		ID:                text(image.ID),
		URL:               text(image.URL),
		Height:            types.Int64PointerValue(image.Height),
		Width:             types.Int64PointerValue(image.Width),
		AltText:           text(image.AltText),
		URLExpirationDate: text(image.URLExpirationDate),
	}
}

func wixDocumentFromAPI(document *wix.Document) *wixDocumentModel {
	if document == nil {
		return nil
	}
	return &wixDocumentModel{
		ID:                text(document.ID),
		URL:               text(document.URL),
		URLExpirationDate: text(document.URLExpirationDate),
	}
}
