package provider

import (
	"testing"

	"github.com/terraform-attachments/terraform-provider-attachments/internal/testing/mockapi"
)

// TestBlockArgumentProblems has the diagnostics of arguments, before any request.
func TestBlockArgumentProblems(t *testing.T) {
	t.Parallel()
	checkRefusals(t, map[string]refusal{
		"linq attachment id that is a path": {
			block: values{"attachment_id": "../chats/abc"},
			want: []problem{
				invalidArgument("Linq Attachment ID", "attachment_id", uuidText+` It is "../chats/abc".`),
			},
		},
		"linq attachment ids of which one is too short": {
			typeName: linqAttachments.typeName,
			block:    values{"attachment_ids": []any{mockapi.LinqPhoto, "x"}},
			want: []problem{{
				"Invalid Linq Attachment ID", "attachment_ids[1]" + uuidText + ` It is "x".`,
				`AttributeName("attachment_ids").ElementKeyInt(1)`,
			}},
		},
		"linq attachment ids of which one is null, and one unknown": {
			typeName: linqAttachments.typeName,
			block:    values{"attachment_ids": []any{mockapi.LinqPhoto, nil, unknown{}}},
			want: []problem{{
				"Invalid Linq Attachment ID",
				"attachment_ids[1] is null. Remove it, for example with compact().",
				`AttributeName("attachment_ids").ElementKeyInt(1)`,
			}},
		},
		"linq message id that is empty": {
			typeName: linqMessage.typeName,
			block:    values{"message_id": ""},
			want: []problem{
				invalidArgument("Linq Message ID", "message_id", uuidText+` It is "".`),
			},
		},
		"wix ids and site that are empty or have more": {
			typeName: wixContactAttachment.typeName,
			block: values{
				"contact_id": "", "attachment_id": mockapi.WixImage + "\n", "site_id": "",
			},
			want: []problem{
				invalidArgument("Wix Attachment ID", "attachment_id",
					uuidText+` It is "`+mockapi.WixImage+`\n".`),
				invalidArgument("Wix Contact ID", "contact_id", uuidText+` It is "".`),
				invalid("Wix Site ID", "site_id", uuidText),
			},
		},
		"wix site with what can't be seen": {
			typeName: wixContactAttachment.typeName,
			block:    values{"site_id": mockapi.DefaultWixSiteID + "\u200b"},
			want:     []problem{invalid("Wix Site ID", "site_id", uuidText)},
		},
		"time limit of nothing": {
			block: values{"timeout": "0s"},
			want:  []problem{invalidArgument("Timeout", "timeout", " must be more than zero.")},
		},
	})
}
