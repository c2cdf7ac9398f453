package provider

import (
	"github.com/hashicorp/terraform-plugin-framework-validators/listvalidator"
	"github.com/hashicorp/terraform-plugin-framework/datasource/schema"
	"github.com/hashicorp/terraform-plugin-framework/schema/validator"
	"github.com/hashicorp/terraform-plugin-framework/types"
)

const linqAttachmentsDescription = "Reads the metadata and download URLs of many files that " +
	"were sent or received in Linq messages, by their ids and side by side."

// linqAttachmentsAttributes take the ids as a list: with a set, the framework's own work grows with
// the square of their number.
func linqAttachmentsAttributes() map[string]schema.Attribute {
	single := linqAttachmentAttributes()
	return map[string]schema.Attribute{
		"attachment_ids": schema.ListAttribute{
			MarkdownDescription: "Ids of the attachments to read (`attachmentId` in the API's path): " +
				"UUIDs, in any case. One that is given more than once is asked for once.",
			ElementType: types.StringType,
			Required:    true,
			Validators: []validator.List{
				listvalidator.NoNullValues(),
				listvalidator.ValueStringsAre(validate("Linq Attachment ID", checkGUID)...),
			},
		},
		"wait_until_ready": single["wait_until_ready"],
		"attachments": schema.MapNestedAttribute{
			MarkdownDescription: "The attachments that there are, by their ids as given in " +
				"`attachment_ids`. Never null. Their URLs stand apart in `download_urls`, so that " +
				"`for_each` may go over this map, and so that it doesn't change when URLs do.",
			Computed:     true,
			NestedObject: schema.NestedAttributeObject{Attributes: withoutURLs(single)},
		},
		"download_urls": schema.MapAttribute{
			MarkdownDescription: "URLs to download the files from (`download_url`), by the same ids; " +
				"only of those that have one. Never null. They may be signed and change from read to " +
				"read, as that of `linq_attachment`.",
			ElementType: types.StringType,
			Computed:    true,
			Sensitive:   true,
		},
		"missing_ids": schema.ListAttribute{
			MarkdownDescription: "Ids of the attachments that Linq doesn't have, or has for another " +
				"account, in the order of `attachment_ids`. Never null; it changes when attachments are " +
				"deleted.",
			ElementType: types.StringType,
			Computed:    true,
		},
	}
}
