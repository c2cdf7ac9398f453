package provider

import (
	"context"
	"errors"
	"fmt"

	"github.com/hashicorp/terraform-plugin-framework/datasource/schema"
	"github.com/hashicorp/terraform-plugin-framework/types"

	"github.com/terraform-attachments/terraform-provider-attachments/internal/linq"
	"github.com/terraform-attachments/terraform-provider-attachments/internal/rest"
)

var linqAttachments = entity[linqAttachmentsModel]{
	typeName: "linq_attachments",
	description: "Use this data source to get the download URLs and metadata of many files in Linq " +
		"messages.",
	attributes: linqAttachmentsAttributes,
	fetch:      fetchLinqAttachments,
}

// linqAttachmentsAttributes has a list of IDs, because the framework's work on a set is quadratic.
func linqAttachmentsAttributes() map[string]schema.Attribute {
	single := linqAttachmentAttributes()
	return map[string]schema.Attribute{
		"attachment_ids": schema.ListAttribute{
			MarkdownDescription: "Attachment IDs, UUIDs (case-insensitive). Repeated IDs are read once.",
			ElementType:         types.StringType,
			Required:            true,
			Validators:          validateIDs("Linq Attachment ID"),
		},
		"wait_until_ready": single["wait_until_ready"],
		"attachments": schema.MapNestedAttribute{
			MarkdownDescription: "Attachments that Linq found, by ID as given in `attachment_ids`.",
			Computed:            true,
			NestedObject:        schema.NestedAttributeObject{Attributes: withoutURLs(single)},
		},
		"download_urls": urlsAttribute("Download URLs, by ID as given in `attachment_ids`. Attachments " +
			"without a URL are omitted. See `download_url` of `linq_attachment`."),
		"ready_ids": computedStrings("IDs of the attachments that have a URL in `download_urls`, in " +
			"the order of `attachment_ids`, without repetitions. Suitable for `for_each`."),
		"missing_ids": computedStrings("IDs of attachments that Linq didn't find, or that belong to " +
			"another account, in the order of `attachment_ids`."),
	}
}

// linqAttachmentsModel has maps by attachment ID as in AttachmentIDs.
type linqAttachmentsModel struct {
	AttachmentIDs  types.List `tfsdk:"attachment_ids"`
	WaitUntilReady types.Bool `tfsdk:"wait_until_ready"`
	timeoutModel

	Attachments  map[string]*linq.Attachment `tfsdk:"attachments"`
	DownloadURLs map[string]*string          `tfsdk:"download_urls"`
	ReadyIDs     []string                    `tfsdk:"ready_ids"`
	MissingIDs   []string                    `tfsdk:"missing_ids"`
}

func fetchLinqAttachments(ctx context.Context, c *call, m *linqAttachmentsModel) {
	client := c.clients.linq
	if c.addProblems(client.problems) {
		return
	}
	var ids []string
	for _, id := range m.AttachmentIDs.Elements() {
		ids = append(ids, id.(types.String).ValueString())
	}
	wait := m.WaitUntilReady.ValueBool()
	found, err := client.GetAttachments(ctx, ids, wait)
	var failed linq.AttachmentErrors
	switch {
	case errors.As(err, &failed):
		for _, one := range failed {
			request := linq.Request{AttachmentID: one.AttachmentID, WaitUntilReady: wait}
			c.addError(one.Err, client.attachmentSubject(request))
		}
		return
	case err != nil:
		s := client.subject("Linq Attachments", "the attachments in attachment_ids")
		s.explainOwn = explainLinqList
		c.addError(err, s)
		return
	}
	m.fromAPI(ids, found)
	if len(found) == 0 && len(ids) > 0 {
		c.diagnostics.AddWarning("All Linq Attachments Missing", fmt.Sprintf(
			"Linq found none of the attachments in attachment_ids.\n\nCheck the IDs (a message ID "+
				"belongs in linq_message), and which account the %s belongs to: Linq also responds like "+
				"this for another account's attachments.",
			client.credential))
	}
}

func explainLinqList(err error) *explanation {
	if !errors.Is(err, rest.ErrTooLarge) {
		return nil
	}
	return &explanation{
		what:   "Linq's responses for attachment_ids exceed 32 MiB in total.",
		advice: "Split attachment_ids between several data sources.",
	}
}

func (m *linqAttachmentsModel) fromAPI(ids []string, found linq.Attachments) {
	m.Attachments = map[string]*linq.Attachment{}
	m.DownloadURLs = map[string]*string{}
	m.ReadyIDs, m.MissingIDs = []string{}, []string{}
	seen := map[string]bool{}
	for _, id := range ids {
		if seen[id] {
			continue
		}
		seen[id] = true
		attachment := found.Get(id)
		if attachment == nil {
			m.MissingIDs = append(m.MissingIDs, id)
			continue
		}
		m.Attachments[id] = attachment
		if attachment.DownloadURL != nil {
			m.DownloadURLs[id] = attachment.DownloadURL
			m.ReadyIDs = append(m.ReadyIDs, id)
		}
	}
}
