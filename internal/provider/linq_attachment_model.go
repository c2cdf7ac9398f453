package provider

import (
	"github.com/hashicorp/terraform-plugin-framework-timeouts/datasource/timeouts"
	"github.com/hashicorp/terraform-plugin-framework/types"

	"github.com/terraform-attachments/terraform-provider-attachments/internal/linq"
)

type linqAttachmentModel struct {
	AttachmentID types.String   `tfsdk:"attachment_id"`
	Timeouts     timeouts.Value `tfsdk:"timeouts"`

	ID          types.String `tfsdk:"id"`
	Filename    types.String `tfsdk:"filename"`
	ContentType types.String `tfsdk:"content_type"`
	SizeBytes   types.Int64  `tfsdk:"size_bytes"`
	Status      types.String `tfsdk:"status"`
	DownloadURL types.String `tfsdk:"download_url"`
	CreatedAt   types.String `tfsdk:"created_at"`
}

func (m *linqAttachmentModel) fromAPI(attachment *linq.Attachment) {
	m.ID = text(&attachment.ID)
	m.Filename = text(attachment.Filename)
	m.ContentType = text(attachment.ContentType)
	m.SizeBytes = types.Int64PointerValue(attachment.SizeBytes)
	m.Status = text(attachment.Status)
	m.DownloadURL = text(attachment.DownloadURL)
	m.CreatedAt = text(attachment.CreatedAt)
}
