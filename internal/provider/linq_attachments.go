package provider

import (
	"context"
	"errors"

	"github.com/hashicorp/terraform-plugin-framework-validators/listvalidator"
	"github.com/hashicorp/terraform-plugin-framework/datasource/schema"
	"github.com/hashicorp/terraform-plugin-framework/schema/validator"
	"github.com/hashicorp/terraform-plugin-framework/types"

	"github.com/terraform-attachments/terraform-provider-attachments/internal/linq"
	"github.com/terraform-attachments/terraform-provider-attachments/internal/rest"
)

var linqAttachments = entity[linqAttachmentsModel]{
	typeName: "linq_attachments",
	description: "Use this to get the download URLs and metadata of many files that were sent or " +
		"received in Linq messages.",
	attributes: linqAttachmentsAttributes,
	read:       readLinqAttachments,
}

// linqAttachmentsAttributes has a list of IDs, because the framework's work on a set is quadratic.
func linqAttachmentsAttributes() map[string]schema.Attribute {
	single := linqAttachmentAttributes()
	return map[string]schema.Attribute{
		"attachment_ids": schema.ListAttribute{
			MarkdownDescription: "Attachment IDs (`attachmentId`), case-insensitive UUIDs. Repeated " +
				"IDs are read once.",
			ElementType: types.StringType,
			Required:    true,
			Validators: []validator.List{
				listvalidator.NoNullValues(),
				listvalidator.ValueStringsAre(validate("Linq Attachment ID", checkUUID)...),
			},
		},
		"wait_until_ready": single["wait_until_ready"],
		"attachments": schema.MapNestedAttribute{
			MarkdownDescription: "Attachments that Linq found, by ID as given in `attachment_ids`. " +
				"Their URLs are in `download_urls`, so that you can use `for_each` with this map.",
			Computed:     true,
			NestedObject: schema.NestedAttributeObject{Attributes: withoutURLs(single)},
		},
		"download_urls": schema.MapAttribute{
			MarkdownDescription: "Download URLs (`download_url`) by the same IDs. Attachments without " +
				"a URL are omitted. See `download_url` of `linq_attachment`.",
			ElementType: types.StringType,
			Computed:    true,
			Sensitive:   true,
		},
		"ready_ids": schema.ListAttribute{
			MarkdownDescription: "IDs of the attachments that have a URL in `download_urls`, in the " +
				"order of `attachment_ids`, without repetitions.",
			ElementType: types.StringType,
			Computed:    true,
		},
		"missing_ids": schema.ListAttribute{
			MarkdownDescription: "IDs of attachments that Linq didn't find, or that belong to another " +
				"account, in the order of `attachment_ids`.",
			ElementType: types.StringType,
			Computed:    true,
		},
	}
}

// linqAttachmentsModel has maps by attachment ID as in AttachmentIDs.
type linqAttachmentsModel struct {
	AttachmentIDs  types.List `tfsdk:"attachment_ids"`
	WaitUntilReady types.Bool `tfsdk:"wait_until_ready"`
	timeLimit

	Attachments  map[string]linqAttachmentDetails `tfsdk:"attachments"`
	DownloadURLs map[string]types.String          `tfsdk:"download_urls"`
	ReadyIDs     []types.String                   `tfsdk:"ready_ids"`
	MissingIDs   []types.String                   `tfsdk:"missing_ids"`
}

func readLinqAttachments(ctx context.Context, r *reading, m *linqAttachmentsModel) {
	account := r.clients.linq
	if r.addProblems(account.problems) {
		return
	}
	var ids []string
	for _, id := range m.AttachmentIDs.Elements() {
		ids = append(ids, id.(types.String).ValueString())
	}
	wait := m.WaitUntilReady.ValueBool()
	found, err := account.client.GetAttachments(ctx, ids, wait)
	var failed linq.AttachmentErrors
	switch {
	case errors.Is(err, rest.ErrTooLarge):
		r.diagnostics.AddError("Unable to Read Linq Attachments",
			"Linq's responses for attachment_ids exceed 32 MiB in total.\n\n"+
				"Split attachment_ids between several data sources.")
		return
	case errors.As(err, &failed):
		for _, one := range failed {
			request := linq.Request{AttachmentID: one.AttachmentID, WaitUntilReady: wait}
			r.addError(one.Err, linqAttachmentTarget(account, request))
		}
		return
	}
	m.fromAPI(ids, found)
	if len(found) == 0 && len(ids) > 0 {
		r.diagnostics.AddWarning("All Linq Attachments Missing",
			"Linq found none of the attachments in attachment_ids.\n\nCheck which account the "+
				account.credentialSource+" belongs to: Linq also responds like this for another "+
				"account's attachments.")
	}
}

func (m *linqAttachmentsModel) fromAPI(ids []string, found linq.Attachments) {
	m.Attachments = map[string]linqAttachmentDetails{}
	m.DownloadURLs = map[string]types.String{}
	m.ReadyIDs = []types.String{}
	m.MissingIDs = []types.String{}
	seen := map[string]bool{}
	for _, id := range ids {
		if seen[id] {
			continue
		}
		seen[id] = true
		attachment := found.Get(id)
		if attachment == nil {
			m.MissingIDs = append(m.MissingIDs, types.StringValue(id))
			continue
		}
		m.Attachments[id] = newLinqAttachmentDetails(attachment)
		if attachment.DownloadURL != nil {
			m.DownloadURLs[id] = text(attachment.DownloadURL)
			m.ReadyIDs = append(m.ReadyIDs, types.StringValue(id))
		}
	}
}
