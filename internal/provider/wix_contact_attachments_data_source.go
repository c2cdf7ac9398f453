package provider

import (
	"context"

	"github.com/hashicorp/terraform-plugin-framework-timeouts/datasource/timeouts"
	"github.com/hashicorp/terraform-plugin-framework/datasource"
	"github.com/hashicorp/terraform-plugin-framework/diag"
)

const wixContactAttachmentsType = "wix_contact_attachments"

func newWixContactAttachmentsDataSource() datasource.DataSource {
	return &dataSource[wixContactAttachmentsDataSourceModel]{
		typeName:    wixContactAttachmentsType,
		description: wixContactAttachmentsDescription,
		attributes:  wixContactAttachmentsAttributes,
		read:        (*wixContactAttachmentsDataSourceModel).readData,
	}
}

type wixContactAttachmentsDataSourceModel struct {
	wixContactAttachmentsModel
	Timeouts timeouts.Value `tfsdk:"timeouts"`
}

func (m *wixContactAttachmentsDataSourceModel) readData(
	ctx context.Context,
	diags *diag.Diagnostics,
	clients *clients,
) bool {
	return m.read(ctx, diags, clients, limit{"timeouts.read", m.Timeouts.Read})
}
