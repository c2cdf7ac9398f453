package provider

import (
	"github.com/hashicorp/terraform-plugin-framework/datasource/schema"
	"github.com/hashicorp/terraform-plugin-framework/types"
)

const wixContactAttachmentsDescription = "Reads the metadata and download URLs of all files " +
	"that are attached to a contact of a Wix site."

func wixContactAttachmentsAttributes() map[string]schema.Attribute {
	single := wixContactAttachmentAttributes()
	return map[string]schema.Attribute{
		"contact_id": schema.StringAttribute{
			MarkdownDescription: "Id of the contact whose attachments are read (`contactId`): a GUID, " +
				"in any case.",
			Required:   true,
			Validators: validate("Wix Contact ID", checkGUID),
		},
		"site_id": single["site_id"],
		"attachments": schema.ListNestedAttribute{
			MarkdownDescription: "The attachments (`attachments`), in Wix's order. Never null: an " +
				"empty list where there is none. Their URLs stand apart in `download_urls` and " +
				"`preview_urls`, so that `for_each` may go over what is made of this list. It changes " +
				"when attachments are added or removed.",
			Computed:     true,
			NestedObject: schema.NestedAttributeObject{Attributes: withoutURLs(single)},
		},
		"download_urls": wixURLsAttribute(
			"URLs to download the files from (`image.url` or `document.url`), by the attachments' ids"),
		"preview_urls": wixURLsAttribute(
			"URLs of the reduced images (`previewImage.url`), by the attachments' ids"),
	}
}

func wixURLsAttribute(description string) schema.Attribute {
	return schema.MapAttribute{
		MarkdownDescription: description + "; only of those that have one. Never null. They may be " +
			"signed and change from read to read, as those of `wix_contact_attachment`.",
		ElementType: types.StringType,
		Computed:    true,
		Sensitive:   true,
	}
}
