package provider

import (
	"github.com/hashicorp/terraform-plugin-framework/datasource/schema"
)

const linqAttachmentDescription = "Reads the metadata and download URL of a file that was sent " +
	"or received in a Linq message."

func linqAttachmentAttributes() map[string]schema.Attribute {
	return map[string]schema.Attribute{
		"attachment_id": schema.StringAttribute{
			MarkdownDescription: "Id of the attachment to read (`attachmentId` in the API's path): a " +
				"UUID, in any case.",
			Required:   true,
			Validators: validate("Linq Attachment ID", checkGUID),
		},
		"wait_until_ready": schema.BoolAttribute{
			MarkdownDescription: "Whether to keep reading until there is a `download_url` and the " +
				"`status` isn't `pending`, for as long as the time limit allows; `false` by default. " +
				"The status `failed` is then an error. This is the provider's own: Linq isn't told.",
			Optional: true,
		},
		"id": schema.StringAttribute{
			MarkdownDescription: "Id of the attachment as Linq writes it (`id`), a UUID. Always " +
				"there; it doesn't change.",
			Computed: true,
		},
		"filename": schema.StringAttribute{
			MarkdownDescription: "Original name of the file (`filename`), such as `photo.jpg`. " +
				"Documented as always there; not known to change.",
			Computed: true,
		},
		"content_type": schema.StringAttribute{
			MarkdownDescription: "MIME type of the file (`content_type`), such as `image/jpeg`. One " +
				"that Linq adds is passed through. Documented as always there; not known to change.",
			Computed: true,
		},
		"size_bytes": schema.Int64Attribute{
			MarkdownDescription: "Size of the file in bytes (`size_bytes`). Documented as always " +
				"there; not known to change once the file is ready.",
			Computed: true,
		},
		"status": schema.StringAttribute{
			MarkdownDescription: "How far Linq is with the file (`status`): `pending`, `complete` or " +
				"`failed`; what Linq adds is passed through. It changes while the file isn't ready. " +
				"Linq has deprecated this field: null where the API no longer sends it.",
			Computed: true,
		},
		"download_url": schema.StringAttribute{
			MarkdownDescription: "URL to download the file from (`download_url`). Null while " +
				"there is none. In Linq's persistent tier, the default, it lasts until the " +
				"attachment is deleted. In the ephemeral tier it is signed, so that it changes " +
				"from read to read, expires after 15 minutes, and gives the file to whoever holds it.",
			Computed:  true,
			Sensitive: true,
		},
		"created_at": schema.StringAttribute{
			MarkdownDescription: "When the attachment was created (`created_at`): a time in RFC 3339, " +
				"exactly as Linq writes it, perhaps with fractions of a second or an offset. " +
				"Documented as always there; not known to change.",
			Computed: true,
		},
	}
}
