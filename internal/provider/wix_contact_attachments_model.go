package provider

import (
	"context"

	"github.com/hashicorp/terraform-plugin-framework/diag"
	"github.com/hashicorp/terraform-plugin-framework/types"

	"github.com/terraform-attachments/terraform-provider-attachments/internal/wix"
)

// wixContactAttachmentsModel is all attachments of a contact with the arguments that name it. The
// keys of its maps are the attachments' ids.
type wixContactAttachmentsModel struct {
	ContactID types.String `tfsdk:"contact_id"`
	SiteID    types.String `tfsdk:"site_id"`

	Attachments  []wixAttachmentElement  `tfsdk:"attachments"`
	DownloadURLs map[string]types.String `tfsdk:"download_urls"`
	PreviewURLs  map[string]types.String `tfsdk:"preview_urls"`
}

// wixAttachmentElement is an attachment without its URLs.
type wixAttachmentElement struct {
	wixAttachmentDetails
	Image        *wixImageDetails    `tfsdk:"image"`
	PreviewImage *wixImageDetails    `tfsdk:"preview_image"`
	Document     *wixDocumentDetails `tfsdk:"document"`
}

// read fills in what there is for the arguments. It returns false where it has reported an error.
func (m *wixContactAttachmentsModel) read(
	ctx context.Context,
	diags *diag.Diagnostics,
	clients *clients,
	limit limit,
) bool {
	site, contactID := clients.wix.siteOf(diags, m.SiteID), m.ContactID.ValueString()
	attachments, ok := fetch(ctx, diags, clients.wix.account, limit,
		subject{
			vendor:    wixVendor,
			entity:    "Wix Contact Attachments",
			object:    "attachments of contact " + contactID,
			missing:   "contact " + contactID,
			forbidden: clients.wix.forbidden(site),
		},
		func(ctx context.Context, client *wix.Client) ([]*wix.ContactAttachment, error) {
			return client.ListContactAttachments(ctx, site.text, contactID)
		})
	if ok {
		m.fromAPI(attachments)
	}
	return ok
}

func (m *wixContactAttachmentsModel) fromAPI(attachments []*wix.ContactAttachment) {
	m.Attachments = make([]wixAttachmentElement, 0, len(attachments))
	m.DownloadURLs = map[string]types.String{}
	m.PreviewURLs = map[string]types.String{}
	for _, attachment := range attachments {
		element := wixAttachmentElement{
			wixAttachmentDetails: newWixAttachmentDetails(attachment),
			Image:                newWixImageDetails(attachment.Image),
			PreviewImage:         newWixImageDetails(attachment.PreviewImage),
			Document:             newWixDocumentDetails(attachment.Document),
		}
		m.Attachments = append(m.Attachments, element)
		id := element.ID.ValueString()
		if url, _ := attachment.Download(); url != nil {
			m.DownloadURLs[id] = text(url)
		}
		if preview := attachment.PreviewImage; preview != nil && preview.URL != nil {
			m.PreviewURLs[id] = text(preview.URL)
		}
	}
}
