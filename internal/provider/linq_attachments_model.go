package provider

import (
	"context"
	"errors"

	"github.com/hashicorp/terraform-plugin-framework/diag"
	"github.com/hashicorp/terraform-plugin-framework/types"

	"github.com/terraform-attachments/terraform-provider-attachments/internal/linq"
)

// linqAttachmentsModel is many attachments with the arguments that name them. The keys of its maps
// are the ids as they were given.
type linqAttachmentsModel struct {
	AttachmentIDs  types.List `tfsdk:"attachment_ids"`
	WaitUntilReady types.Bool `tfsdk:"wait_until_ready"`

	Attachments  map[string]linqAttachmentDetails `tfsdk:"attachments"`
	DownloadURLs map[string]types.String          `tfsdk:"download_urls"`
	MissingIDs   []types.String                   `tfsdk:"missing_ids"`
}

// read fills in what there is for the arguments. It returns false where it has reported an error.
func (m *linqAttachmentsModel) read(
	ctx context.Context,
	diags *diag.Diagnostics,
	clients *clients,
	limit limit,
) bool {
	var ids []string
	for _, id := range m.AttachmentIDs.Elements() {
		ids = append(ids, id.(types.String).ValueString())
	}
	wait := m.WaitUntilReady.ValueBool()
	subject := linqAttachmentSubject(linq.Request{WaitUntilReady: wait})
	subject.parts = linqAttachmentErrors
	found, ok := fetch(ctx, diags, clients.linq, limit, subject,
		func(ctx context.Context, client *linq.Client) (linq.Attachments, error) {
			return client.GetSharedAttachments(ctx, ids, wait)
		})
	if !ok {
		return false
	}

	m.fromAPI(ids, found)
	if len(found) == 0 && len(ids) > 0 {
		diags.AddWarning("All Linq Attachments Missing", "Linq has none of the attachments whose ids "+
			"were given.\n\nLook at the account that the token from "+clients.linq.credentialSource+
			" belongs to: Linq answers in the same way for the attachments of another account.")
	}
	return true
}

func (m *linqAttachmentsModel) fromAPI(ids []string, found linq.Attachments) {
	m.Attachments = map[string]linqAttachmentDetails{}
	m.DownloadURLs = map[string]types.String{}
	m.MissingIDs = []types.String{}
	missing := map[string]bool{}
	for _, id := range ids {
		attachment := found.Get(id)
		if attachment == nil {
			if !missing[id] {
				missing[id] = true
				m.MissingIDs = append(m.MissingIDs, types.StringValue(id))
			}
			continue
		}
		m.Attachments[id] = newLinqAttachmentDetails(attachment)
		if attachment.DownloadURL != nil {
			m.DownloadURLs[id] = text(attachment.DownloadURL)
		}
	}
}

// linqAttachmentErrors are those of one call for many attachments.
func linqAttachmentErrors(err error) []part {
	var several linq.AttachmentErrors
	errors.As(err, &several)
	var parts []part
	for _, one := range several {
		parts = append(parts, part{linqAttachmentObject(one.AttachmentID), one.Err})
	}
	return parts
}
