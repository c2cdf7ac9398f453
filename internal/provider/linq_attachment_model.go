package provider

import (
	"context"

	"github.com/hashicorp/terraform-plugin-framework/diag"
	"github.com/hashicorp/terraform-plugin-framework/types"

	"github.com/terraform-attachments/terraform-provider-attachments/internal/linq"
)

// linqAttachmentModel is an attachment with the arguments that name it.
type linqAttachmentModel struct {
	AttachmentID   types.String `tfsdk:"attachment_id"`
	WaitUntilReady types.Bool   `tfsdk:"wait_until_ready"`

	linqAttachmentDetails
	DownloadURL types.String `tfsdk:"download_url"`
}

// linqAttachmentDetails is an attachment without its URL.
type linqAttachmentDetails struct {
	ID          types.String `tfsdk:"id"`
	Filename    types.String `tfsdk:"filename"`
	ContentType types.String `tfsdk:"content_type"`
	SizeBytes   types.Int64  `tfsdk:"size_bytes"`
	Status      types.String `tfsdk:"status"`
	CreatedAt   types.String `tfsdk:"created_at"`
}

func newLinqAttachmentDetails(attachment *linq.Attachment) linqAttachmentDetails {
	return linqAttachmentDetails{
		ID:          text(&attachment.ID),
		Filename:    text(attachment.Filename),
		ContentType: text(attachment.ContentType),
		SizeBytes:   types.Int64PointerValue(attachment.SizeBytes),
		Status:      text(attachment.Status),
		CreatedAt:   text(attachment.CreatedAt),
	}
}

// read fills in what get gives for the arguments. It returns false where it has reported an error.
func (m *linqAttachmentModel) read(
	ctx context.Context,
	diags *diag.Diagnostics,
	clients *clients,
	limit limit,
	get func(*linq.Client, context.Context, linq.Request) (*linq.Attachment, error),
) bool {
	request := linq.Request{
		AttachmentID:   m.AttachmentID.ValueString(),
		WaitUntilReady: m.WaitUntilReady.ValueBool(),
	}
	attachment, ok := fetch(ctx, diags, clients.linq, limit, linqAttachmentSubject(request),
		func(ctx context.Context, client *linq.Client) (*linq.Attachment, error) {
			return get(client, ctx, request)
		})
	if ok {
		m.linqAttachmentDetails = newLinqAttachmentDetails(attachment)
		m.DownloadURL = text(attachment.DownloadURL)
	}
	return ok
}

func linqAttachmentSubject(request linq.Request) subject {
	return subject{
		vendor: linqVendor,
		entity: "Linq Attachment",
		object: linqAttachmentObject(request.AttachmentID),
		waits:  request.WaitUntilReady,
	}
}

func linqAttachmentObject(id string) string { return "attachment " + id }
