package provider

import (
	"github.com/hashicorp/terraform-plugin-framework/datasource/schema"
)

const linqAttachmentText = "Reads the metadata and download URL of a file that was sent or received " +
	"in a Linq message."

func linqAttachmentAttributes() map[string]schema.Attribute {
	return map[string]schema.Attribute{
		"attachment_id": schema.StringAttribute{
			MarkdownDescription: "Id (UUID) of the attachment to read.",
			Required:            true,
			Validators:          validate("Linq Attachment ID", checkGUID),
		},
		"wait_until_ready": schema.BoolAttribute{
			MarkdownDescription: "Whether to keep reading until there is a download URL and the " +
				"status isn't `pending`, for as long as the time limit allows; `false` by default. " +
				"The status `failed` is then an error.",
			Optional: true,
		},
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
	}
}
