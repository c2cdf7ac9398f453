package provider

import (
	"context"
	"fmt"

	"github.com/hashicorp/terraform-plugin-framework/datasource/schema"
	"github.com/hashicorp/terraform-plugin-framework/types"

	"github.com/terraform-attachments/terraform-provider-attachments/internal/linq"
)

var linqMessage = entity[linqMessageModel]{
	typeName: "linq_message",
	description: "Use this to find the attachments of a Linq message. To get their URLs, pass their " +
		"IDs to `linq_attachment` or `linq_attachments`.",
	attributes: linqMessageAttributes,
	fetch:      fetchLinqMessage,
}

// linqMessageAttributes leaves out text, participants, and URLs, because Terraform would store
// them, and the URLs expire after an hour.
func linqMessageAttributes() map[string]schema.Attribute {
	return map[string]schema.Attribute{
		"message_id": schema.StringAttribute{
			MarkdownDescription: "Message ID (`messageId`), a case-insensitive UUID.",
			Required:            true,
			Validators:          validateID("Linq Message ID"),
		},
		"id": schema.StringAttribute{
			MarkdownDescription: "Message ID as Linq writes it (`id`), a UUID.",
			Computed:            true,
		},
		"chat_id": schema.StringAttribute{
			MarkdownDescription: "ID of the message's chat (`chat_id`), a UUID.",
			Computed:            true,
		},
		"created_at": schema.StringAttribute{
			MarkdownDescription: "When the message was created (`created_at`), in RFC 3339 format as " +
				"Linq writes it.",
			Computed: true,
		},
		"is_from_me": schema.BoolAttribute{
			MarkdownDescription: "Whether your account sent the message (`is_from_me`).",
			Computed:            true,
		},
		"attachments": schema.ListNestedAttribute{
			MarkdownDescription: "Attachments (`parts` of type `media`), in the message's order. " +
				"Deleted attachments are omitted.",
			Computed: true,
			NestedObject: schema.NestedAttributeObject{Attributes: map[string]schema.Attribute{
				"id": schema.StringAttribute{
					MarkdownDescription: "Attachment ID (`id`), a UUID.",
					Computed:            true,
				},
				"filename": schema.StringAttribute{
					MarkdownDescription: "Original file name (`filename`), such as `photo.jpg`.",
					Computed:            true,
				},
				"mime_type": schema.StringAttribute{
					MarkdownDescription: "MIME type (`mime_type`), such as `image/jpeg`. In " +
						"`linq_attachment`, this attribute is `content_type`.",
					Computed: true,
				},
				"size_bytes": schema.Int64Attribute{
					MarkdownDescription: "File size in bytes (`size_bytes`).",
					Computed:            true,
				},
			}},
		},
	}
}

type linqMessageModel struct {
	MessageID types.String `tfsdk:"message_id"`
	timeoutModel
	*linq.Message
	Attachments []linq.MediaPart `tfsdk:"attachments"`
}

func fetchLinqMessage(ctx context.Context, c *call, m *linqMessageModel) {
	client := c.clients.linq
	if c.addProblems(client.problems) {
		return
	}
	id := m.MessageID.ValueString()
	message, err := client.GetMessage(ctx, id)
	if err != nil {
		s := client.subject("Linq Message", "message "+id)
		s.notFound = fmt.Sprintf("Check:\n"+
			"- the message ID (an attachment ID belongs in linq_attachment)\n"+
			"- the account of the %s: Linq also responds like this for messages of other accounts\n"+
			"- whether Linq deleted the message: it deletes ephemeral messages after 24 hours, or "+
			"sooner if the account is set so\n\n"+
			"If it was deleted, pass the attachment IDs to linq_attachments instead. %s",
			client.credential, destroyAnyway)
		c.addError(err, s)
		return
	}
	m.Message = message
	m.Attachments = append([]linq.MediaPart{}, message.MediaParts...)
}
