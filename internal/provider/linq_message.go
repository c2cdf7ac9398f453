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
	description: "Use this data source to find the attachments of a Linq message. To get their " +
		"URLs, pass their IDs to `linq_attachment` or `linq_attachments`.",
	attributes: linqMessageAttributes,
	fetch:      fetchLinqMessage,
}

// linqMessageAttributes leaves out text, participants, and URLs, because Terraform would store
// them, and the URLs expire after an hour.
func linqMessageAttributes() map[string]schema.Attribute {
	single := linqAttachmentAttributes()
	return map[string]schema.Attribute{
		"message_id": idAttribute("Linq Message ID", "Message ID, a UUID (case-insensitive)."),
		"id":         computedString("Message ID, a UUID."),
		"chat_id":    computedString("ID of the message's chat, a UUID."),
		"created_at": computedString("When the message was created, in RFC 3339 format."),
		"is_from_me": schema.BoolAttribute{
			MarkdownDescription: "Whether your account sent the message.",
			Computed:            true,
		},
		"attachments": schema.ListNestedAttribute{
			MarkdownDescription: "Attachments (parts of type `media`), in the message's order. Deleted " +
				"attachments and stickers are omitted.",
			Computed: true,
			NestedObject: schema.NestedAttributeObject{Attributes: map[string]schema.Attribute{
				"id":       single["id"],
				"filename": single["filename"],
				"mime_type": computedString("MIME type, such as `image/jpeg`. In `linq_attachment`, this " +
					"attribute is `content_type`."),
				"size_bytes": single["size_bytes"],
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
			"- whether Linq deleted the message: ephemeral messages are deleted after 60 minutes to "+
			"24 hours, depending on the account\n\n"+
			"If it was deleted, pass the attachment IDs to linq_attachments instead. %s",
			client.credential, destroyAnyway)
		c.addError(err, s)
		return
	}
	m.Message = message
	m.Attachments = append([]linq.MediaPart{}, message.MediaParts...)
}
