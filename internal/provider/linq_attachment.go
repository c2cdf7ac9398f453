package provider

import (
	"context"

	"github.com/hashicorp/terraform-plugin-framework/datasource/schema"
	"github.com/hashicorp/terraform-plugin-framework/types"

	"github.com/terraform-attachments/terraform-provider-attachments/internal/linq"
)

var linqAttachment = entity[linqAttachmentModel]{
	typeName: "linq_attachment",
	description: "Use this data source to get the download URL and metadata of a file in a Linq " +
		"message.",
	attributes: linqAttachmentAttributes,
	fetch:      fetchLinqAttachment,
}

func linqAttachmentAttributes() map[string]schema.Attribute {
	return map[string]schema.Attribute{
		"attachment_id": idAttribute("Linq Attachment ID", "Attachment ID, a UUID (case-insensitive)."),
		"wait_until_ready": waitAttribute(
			"A `failed` attachment without a URL is then an error."),
		"id":           computedString("Attachment ID, a UUID."),
		"filename":     computedString("Original file name, such as `photo.jpg`."),
		"content_type": computedString("MIME type, such as `image/jpeg`."),
		"size_bytes":   computedInt("File size in bytes."),
		"status": computedString("Processing status: `pending`, `complete`, `failed`, or another " +
			"value. Deprecated by Linq, which can omit the status. A file is ready when it has a URL."),
		"download_url": urlAttribute("Download URL. Null while Linq processes the file. In Linq's " +
			"persistent storage tier, the default, the URL works until the attachment is deleted. In " +
			"Linq's ephemeral storage tier, the URL is signed: anyone who has it can download the file, " +
			"it changes on every read, and it expires after 15 minutes."),
		"created_at": computedString("When the attachment was created, in RFC 3339 format."),
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
