package provider

import (
	"context"

	"github.com/hashicorp/terraform-plugin-framework/datasource/schema"
	"github.com/hashicorp/terraform-plugin-framework/types"

	"github.com/terraform-attachments/terraform-provider-attachments/internal/linq"
)

var linqMessage = entity[linqMessageModel]{
	typeName: "linq_message",
	description: "Use this to find the attachments of a Linq message. Their IDs are what " +
		"`linq_attachment` and `linq_attachments` need.",
	attributes: linqMessageAttributes,
	read:       readLinqMessage,
}

// linqMessageAttributes has no text, participants or URLs of the message: the state would contain
// them, and these URLs expire after an hour.
func linqMessageAttributes() map[string]schema.Attribute {
	return map[string]schema.Attribute{
		"message_id": schema.StringAttribute{
			MarkdownDescription: "Message ID (`messageId`), a case-insensitive UUID.",
			Required:            true,
			Validators:          validate("Linq Message ID", checkGUID),
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
			MarkdownDescription: "Attachments, in the order of the message: its parts of type `media` " +
				"that have an ID. Parts whose attachment was deleted have none.",
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
					MarkdownDescription: "MIME type (`mime_type`), such as `image/jpeg`. " +
						"`linq_attachment` has it as `content_type`.",
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
	timeouts
	ID          types.String            `tfsdk:"id"`
	ChatID      types.String            `tfsdk:"chat_id"`
	CreatedAt   types.String            `tfsdk:"created_at"`
	IsFromMe    types.Bool              `tfsdk:"is_from_me"`
	Attachments []linqMessageAttachment `tfsdk:"attachments"`
}

type linqMessageAttachment struct {
	ID        types.String `tfsdk:"id"`
	Filename  types.String `tfsdk:"filename"`
	MIMEType  types.String `tfsdk:"mime_type"`
	SizeBytes types.Int64  `tfsdk:"size_bytes"`
}

func readLinqMessage(ctx context.Context, r *reading, m *linqMessageModel) {
	account := r.clients.linq
	if r.addProblems(account.problems) {
		return
	}
	id := m.MessageID.ValueString()
	message, err := account.client.GetMessage(ctx, id)
	if err != nil {
		r.addError(err, linqMessageTarget(account, id))
		return
	}
	m.fromAPI(message)
}

func (m *linqMessageModel) fromAPI(message *linq.Message) {
	m.ID = text(&message.ID)
	m.ChatID = text(message.ChatID)
	m.CreatedAt = text(message.CreatedAt)
	m.IsFromMe = types.BoolPointerValue(message.IsFromMe)
	m.Attachments = []linqMessageAttachment{}
	for _, attachment := range message.Attachments {
		m.Attachments = append(m.Attachments, linqMessageAttachment{
			ID:        text(attachment.ID),
			Filename:  text(attachment.Filename),
			MIMEType:  text(attachment.MIMEType),
			SizeBytes: types.Int64PointerValue(attachment.SizeBytes),
		})
	}
}
