package provider

import (
	"context"

	"github.com/hashicorp/terraform-plugin-framework-timeouts/datasource/timeouts"
	"github.com/hashicorp/terraform-plugin-framework/datasource"
	"github.com/hashicorp/terraform-plugin-framework/diag"

	"github.com/terraform-attachments/terraform-provider-attachments/internal/linq"
)

const linqAttachmentType = "linq_attachment"

func newLinqAttachmentDataSource() datasource.DataSource {
	return &dataSource[linqAttachmentDataSourceModel]{
		typeName:    linqAttachmentType,
		description: linqAttachmentDescription,
		attributes:  linqAttachmentAttributes,
		read:        (*linqAttachmentDataSourceModel).readData,
	}
}

type linqAttachmentDataSourceModel struct {
	linqAttachmentModel
	Timeouts timeouts.Value `tfsdk:"timeouts"`
}

func (m *linqAttachmentDataSourceModel) readData(
	ctx context.Context,
	diags *diag.Diagnostics,
	clients *clients,
) bool {
	return m.read(ctx, diags, clients, limit{"timeouts.read", m.Timeouts.Read},
		(*linq.Client).GetSharedAttachment)
}
