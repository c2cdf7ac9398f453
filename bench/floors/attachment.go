package main

import (
	"context"

	"github.com/hashicorp/terraform-plugin-framework/datasource"
	"github.com/hashicorp/terraform-plugin-framework/datasource/schema"
	"github.com/hashicorp/terraform-plugin-framework/types"
)

// attachment is linq_attachment without a request.
type attachment struct{}

type attachmentModel struct {
	AttachmentID   types.String `tfsdk:"attachment_id"`
	WaitUntilReady types.Bool   `tfsdk:"wait_until_ready"`
	ID             types.String `tfsdk:"id"`
	Filename       types.String `tfsdk:"filename"`
	ContentType    types.String `tfsdk:"content_type"`
	SizeBytes      types.Int64  `tfsdk:"size_bytes"`
	Status         types.String `tfsdk:"status"`
	DownloadURL    types.String `tfsdk:"download_url"`
	CreatedAt      types.String `tfsdk:"created_at"`
	Timeout        types.String `tfsdk:"timeout"`
}

func (attachment) Metadata(
	_ context.Context, _ datasource.MetadataRequest, resp *datasource.MetadataResponse,
) {
	resp.TypeName = "linq_attachment"
}

func (attachment) Schema(
	_ context.Context, _ datasource.SchemaRequest, resp *datasource.SchemaResponse,
) {
	text := schema.StringAttribute{Computed: true}
	resp.Schema = schema.Schema{Attributes: map[string]schema.Attribute{
		"attachment_id":    schema.StringAttribute{Required: true},
		"wait_until_ready": schema.BoolAttribute{Optional: true},
		"id":               text,
		"filename":         text,
		"content_type":     text,
		"size_bytes":       schema.Int64Attribute{Computed: true},
		"status":           text,
		"download_url":     schema.StringAttribute{Computed: true, Sensitive: true},
		"created_at":       text,
		"timeout":          schema.StringAttribute{Optional: true},
	}}
}

func (attachment) Read(
	ctx context.Context, req datasource.ReadRequest, resp *datasource.ReadResponse,
) {
	var m attachmentModel
	resp.Diagnostics.Append(req.Config.Get(ctx, &m)...)
	if resp.Diagnostics.HasError() {
		return
	}
	m.ID = m.AttachmentID
	m.Filename = types.StringValue("photo.jpg")
	m.ContentType = types.StringValue("image/jpeg")
	m.SizeBytes = types.Int64Value(1024000)
	m.Status = types.StringValue("complete")
	m.DownloadURL = types.StringValue("https://cdn.linqapp.com/attachments/photo.jpg")
	m.CreatedAt = types.StringValue("2024-01-15T10:30:00Z")
	resp.Diagnostics.Append(resp.State.Set(ctx, &m)...)
}
