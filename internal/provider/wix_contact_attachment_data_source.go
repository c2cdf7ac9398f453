package provider

import (
	"context"

	"github.com/hashicorp/terraform-plugin-framework-timeouts/datasource/timeouts"
	"github.com/hashicorp/terraform-plugin-framework/datasource"
	"github.com/hashicorp/terraform-plugin-framework/diag"

	"github.com/terraform-attachments/terraform-provider-attachments/internal/wix"
)

const wixContactAttachmentType = "wix_contact_attachment"

func newWixContactAttachmentDataSource() datasource.DataSource {
	return &dataSource[wixContactAttachmentDataSourceModel]{
		typeName:    wixContactAttachmentType,
		description: wixContactAttachmentDescription,
		attributes:  wixContactAttachmentAttributes,
		read:        (*wixContactAttachmentDataSourceModel).readData,
	}
}

type wixContactAttachmentDataSourceModel struct {
	wixContactAttachmentModel
	Timeouts timeouts.Value `tfsdk:"timeouts"`
}

func (m *wixContactAttachmentDataSourceModel) readData(
	ctx context.Context,
	diags *diag.Diagnostics,
	clients *clients,
) bool {
	return m.read(ctx, diags, clients, limit{"timeouts.read", m.Timeouts.Read},
		(*wix.Client).GetSharedContactAttachment)
}
