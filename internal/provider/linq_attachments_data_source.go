package provider

import (
	"context"

	"github.com/hashicorp/terraform-plugin-framework-timeouts/datasource/timeouts"
	"github.com/hashicorp/terraform-plugin-framework/datasource"
	"github.com/hashicorp/terraform-plugin-framework/diag"
)

const linqAttachmentsType = "linq_attachments"

func newLinqAttachmentsDataSource() datasource.DataSource {
	return &dataSource[linqAttachmentsDataSourceModel]{
		typeName:    linqAttachmentsType,
		description: linqAttachmentsDescription,
		attributes:  linqAttachmentsAttributes,
		read:        (*linqAttachmentsDataSourceModel).readData,
	}
}

type linqAttachmentsDataSourceModel struct {
	linqAttachmentsModel
	Timeouts timeouts.Value `tfsdk:"timeouts"`
}

func (m *linqAttachmentsDataSourceModel) readData(
	ctx context.Context,
	diags *diag.Diagnostics,
	clients *clients,
) bool {
	return m.read(ctx, diags, clients, limit{"timeouts.read", m.Timeouts.Read})
}
