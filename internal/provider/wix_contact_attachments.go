package provider

import (
	"context"
	"errors"
	"fmt"

	"github.com/hashicorp/terraform-plugin-framework/datasource/schema"
	"github.com/hashicorp/terraform-plugin-framework/types"

	"github.com/terraform-attachments/terraform-provider-attachments/internal/rest"
	"github.com/terraform-attachments/terraform-provider-attachments/internal/wix"
)

var wixContactAttachments = entity[wixContactAttachmentsModel]{
	typeName: "wix_contact_attachments",
	description: "Use this data source to get the download URLs and metadata of all files that are " +
		"attached to a contact of a Wix site.",
	attributes: wixContactAttachmentsAttributes,
	fetch:      fetchWixContactAttachments,
}

func wixContactAttachmentsAttributes() map[string]schema.Attribute {
	single := wixContactAttachmentAttributes()
	return map[string]schema.Attribute{
		"contact_id": single["contact_id"],
		"site_id":    single["site_id"],
		"attachments": schema.ListNestedAttribute{
			MarkdownDescription: "Attachments, in Wix's order. Empty if the contact has none.",
			Computed:            true,
			NestedObject:        schema.NestedAttributeObject{Attributes: withoutURLs(single)},
		},
		"download_urls": urlsAttribute("Download URLs by attachment ID. Attachments without a URL are " +
			"omitted. See `download_url` of `wix_contact_attachment`."),
		"preview_urls": urlsAttribute("URLs of preview images, by attachment ID. Attachments without a " +
			"preview URL are omitted."),
		"ready_ids": computedStrings("IDs of the attachments that have a URL in `download_urls`, in " +
			"the order of `attachments`. Suitable for `for_each`."),
	}
}

// wixContactAttachmentsModel has maps by attachment ID.
type wixContactAttachmentsModel struct {
	ContactID types.String `tfsdk:"contact_id"`
	SiteID    types.String `tfsdk:"site_id"`
	timeoutModel

	Attachments  []wixAttachmentModel `tfsdk:"attachments"`
	DownloadURLs map[string]*string   `tfsdk:"download_urls"`
	PreviewURLs  map[string]*string   `tfsdk:"preview_urls"`
	ReadyIDs     []string             `tfsdk:"ready_ids"`
}

func fetchWixContactAttachments(ctx context.Context, c *call, m *wixContactAttachmentsModel) {
	client := c.clients.wix
	site, problems := client.siteOf(m.SiteID)
	if c.addProblems(problems) {
		return
	}
	contactID := m.ContactID.ValueString()
	attachments, err := client.ListContactAttachments(ctx, site.text, contactID)
	if err != nil {
		s := client.subject("Wix Contact Attachments", "the attachments of contact "+contactID, site)
		if errors.Is(err, rest.ErrNotFound) {
			s.thing = "contact " + contactID
		}
		s.notFound = "Check:\n" +
			"- the contact ID\n" +
			"- the site: Wix also responds like this for contacts of other sites\n" +
			"- whether the contact was deleted\n\n" +
			"If it was deleted, remove this block. " + destroyAnyway
		s.explainOwn = func(err error) *explanation { return explainWixList(s.thing, err) }
		c.addError(err, s)
		return
	}
	m.fromAPI(attachments)
}

func explainWixList(name string, err error) *explanation {
	reason := err.Error()
	page, isLarge := errors.AsType[*rest.SizeError](err)
	if isLarge {
		reason = fmt.Sprintf("a page exceeds %d MiB", page.Max>>20)
	}
	switch {
	case errors.Is(err, wix.ErrListChanged):
		return &explanation{
			what:   fmt.Sprintf("The list of %s changed each time it was read.", name),
			advice: "Run Terraform again when nothing is being added or removed.",
		}
	case errors.Is(err, wix.ErrTooManyAttachments), errors.Is(err, wix.ErrTooManyPages),
		errors.Is(err, rest.ErrTooLarge), isLarge:
		return &explanation{
			what:   fmt.Sprintf("Wix's list of %s is too long: %s.", name, reason),
			advice: "Read the attachments that you need with wix_contact_attachment.",
		}
	}
	return nil
}

func (m *wixContactAttachmentsModel) fromAPI(attachments []*wix.ContactAttachment) {
	m.Attachments = make([]wixAttachmentModel, 0, len(attachments))
	m.DownloadURLs, m.PreviewURLs = map[string]*string{}, map[string]*string{}
	m.ReadyIDs = []string{}
	for _, attachment := range attachments {
		element := newWixAttachmentModel(attachment)
		m.Attachments = append(m.Attachments, element)
		if element.DownloadURL != nil {
			m.DownloadURLs[attachment.ID] = element.DownloadURL
			m.ReadyIDs = append(m.ReadyIDs, attachment.ID)
		}
		if preview := attachment.PreviewImage; preview != nil && preview.URL != nil {
			m.PreviewURLs[attachment.ID] = preview.URL
		}
	}
}
