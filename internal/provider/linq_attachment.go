package provider

import (
	"context"

	"github.com/hashicorp/terraform-plugin-framework/datasource/schema"
	"github.com/hashicorp/terraform-plugin-framework/types"

	"github.com/terraform-attachments/terraform-provider-attachments/internal/linq"
)

var linqAttachment = entity[linqAttachmentModel]{
	typeName: "linq_attachment",
	description: "Use this to get the download URL and metadata of a file that was sent or received " +
		"in a Linq message.",
	attributes: linqAttachmentAttributes,
	fetch:      fetchLinqAttachment,
}

func linqAttachmentAttributes() map[string]schema.Attribute {
	return map[string]schema.Attribute{
		"attachment_id": schema.StringAttribute{
			MarkdownDescription: "Attachment ID (`attachmentId`), a case-insensitive UUID.",
			Required:            true,
			Validators:          validateID("Linq Attachment ID"),
		},
		"wait_until_ready": schema.BoolAttribute{
			MarkdownDescription: "Whether to poll until there is a `download_url`, for as long as the " +
				"time limit allows. A `failed` attachment without a URL is then an error. Defaults to " +
				"`false`.",
			Optional: true,
		},
		"id": schema.StringAttribute{
			MarkdownDescription: "Attachment ID as Linq writes it (`id`), a UUID.",
			Computed:            true,
		},
		"filename": schema.StringAttribute{
			MarkdownDescription: "Original file name (`filename`), such as `photo.jpg`.",
			Computed:            true,
		},
		"content_type": schema.StringAttribute{
			MarkdownDescription: "MIME type (`content_type`), such as `image/jpeg`. Values that Linq " +
				"adds later are returned unchanged.",
			Computed: true,
		},
		"size_bytes": schema.Int64Attribute{
			MarkdownDescription: "File size in bytes (`size_bytes`).",
			Computed:            true,
		},
		"status": schema.StringAttribute{
			MarkdownDescription: "Processing status (`status`): `pending`, `complete` or `failed`. " +
				"Values that Linq adds later are returned unchanged. Null if Linq returns none: Linq " +
				"has deprecated this field, so check `download_url` instead.",
			Computed: true,
		},
		"download_url": schema.StringAttribute{
			MarkdownDescription: "Download URL (`download_url`). Null while Linq processes the file. In " +
				"Linq's persistent storage tier, the default, the URL works until the attachment is " +
				"deleted. In Linq's ephemeral storage tier, the URL is signed: anyone who has it can " +
				"download the file, it changes on every read, and it expires after 15 minutes.",
			Computed:  true,
			Sensitive: true,
		},
		"created_at": schema.StringAttribute{
			MarkdownDescription: "When the attachment was created (`created_at`), in RFC 3339 format " +
				"as Linq writes it.",
			Computed: true,
		},
	}
}

type linqAttachmentModel struct {
	AttachmentID   types.String `tfsdk:"attachment_id"`
	WaitUntilReady types.Bool   `tfsdk:"wait_until_ready"`
	timeoutModel
	*linq.Attachment
}

func fetchLinqAttachment(ctx context.Context, c *call, m *linqAttachmentModel) {
	client := c.clients.linq
	if c.addProblems(client.problems) {
		return
	}
	request := linq.Request{
		AttachmentID:   m.AttachmentID.ValueString(),
		WaitUntilReady: m.WaitUntilReady.ValueBool(),
		Fresh:          c.fresh,
	}
	attachment, err := client.GetAttachment(ctx, request)
	if err != nil {
		c.addError(err, client.attachmentSubject(request))
		return
	}
	m.Attachment = attachment
}
