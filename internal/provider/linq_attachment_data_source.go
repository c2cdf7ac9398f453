package provider

import (
	"context"

	"github.com/hashicorp/terraform-plugin-framework/datasource"
	"github.com/hashicorp/terraform-plugin-framework/datasource/schema"

	"github.com/terraform-attachments/terraform-provider-attachments/internal/linq"
)

const linqAttachmentType = "linq_attachment"

var (
	_ datasource.DataSource              = (*linqAttachmentDataSource)(nil)
	_ datasource.DataSourceWithConfigure = (*linqAttachmentDataSource)(nil)
)

type linqAttachmentDataSource struct {
	withClients
}

func newLinqAttachmentDataSource() datasource.DataSource { return &linqAttachmentDataSource{} }

func (d *linqAttachmentDataSource) Metadata(
	_ context.Context,
	_ datasource.MetadataRequest,
	resp *datasource.MetadataResponse,
) {
	resp.TypeName = linqAttachmentType
}

func (d *linqAttachmentDataSource) Schema(
	ctx context.Context,
	_ datasource.SchemaRequest,
	resp *datasource.SchemaResponse,
) {
	resp.Schema = schema.Schema{
		MarkdownDescription: "Reads the metadata and download URL of a file that was sent or " +
			"received in a Linq message.",
		Attributes: map[string]schema.Attribute{
			"attachment_id": schema.StringAttribute{
				MarkdownDescription: "Id (UUID) of the attachment to read.",
				Required:            true,
				Validators:          validate("Linq Attachment ID", checkGUID),
			},
			"timeouts": timeoutsAttribute(ctx),
			"id": schema.StringAttribute{
				MarkdownDescription: "Id of the attachment as Linq gives it (`id`).",
				Computed:            true,
			},
			"filename": schema.StringAttribute{
				MarkdownDescription: "Original name of the file (`filename`).",
				Computed:            true,
			},
			"content_type": schema.StringAttribute{
				MarkdownDescription: "MIME type of the file (`content_type`).",
				Computed:            true,
			},
			"size_bytes": schema.Int64Attribute{
				MarkdownDescription: "Size of the file in bytes (`size_bytes`).",
				Computed:            true,
			},
			"status": schema.StringAttribute{
				MarkdownDescription: "`pending`, `complete` or `failed` (`status`). Linq has " +
					"deprecated this field: it is null where the API no longer sends it.",
				Computed: true,
			},
			"download_url": schema.StringAttribute{
				MarkdownDescription: "URL to download the file from (`download_url`); null while " +
					"there is none. In Linq's ephemeral tier it is signed anew at every read, ends " +
					"after 15 minutes, and gives the file to whoever holds it.",
				Computed:  true,
				Sensitive: true,
			},
			"created_at": schema.StringAttribute{
				MarkdownDescription: "When the attachment was created, in RFC 3339 (`created_at`).",
				Computed:            true,
			},
		},
	}
}

func (d *linqAttachmentDataSource) Read(
	ctx context.Context,
	req datasource.ReadRequest,
	resp *datasource.ReadResponse,
) {
	var model linqAttachmentModel
	resp.Diagnostics.Append(req.Config.Get(ctx, &model)...)
	if resp.Diagnostics.HasError() {
		return
	}

	id := model.AttachmentID.ValueString()
	attachment := fetch(ctx, &resp.Diagnostics, d.clients.linq, model.Timeouts.Read,
		subject{vendor: linqVendor, entity: "Linq Attachment", object: "attachment " + id},
		func(ctx context.Context, client *linq.Client) (*linq.Attachment, error) {
			return client.GetAttachment(ctx, id)
		})
	if attachment == nil {
		return
	}
	model.fromAPI(attachment)
	resp.Diagnostics.Append(resp.State.Set(ctx, &model)...)
}
