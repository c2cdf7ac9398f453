package provider

import (
	"maps"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/terraform-attachments/terraform-provider-attachments/internal/testing/mockapi"
)

// TestBlockArgumentProblems has the diagnostics of arguments, before any request.
func TestBlockArgumentProblems(t *testing.T) {
	t.Parallel()
	for name, test := range map[string]struct {
		typeName string // linq_attachment by default
		block    values
		want     []problem
	}{
		"linq attachment id that is a path": {
			block: values{"attachment_id": "../chats/abc"},
			want: []problem{{
				"Invalid Linq Attachment ID", "attachment_id must be a UUID: " +
					"8-4-4-4-12 hexadecimal digits, such as 550e8400-e29b-41d4-a716-446655440000. " +
					`It is "../chats/abc".`,
				`AttributeName("attachment_id")`,
			}},
		},
		"linq message id that is empty": {
			typeName: linqMessage.typeName,
			block:    values{"message_id": ""},
			want: []problem{{
				"Invalid Linq Message ID", "message_id must be a UUID: " +
					"8-4-4-4-12 hexadecimal digits, such as 550e8400-e29b-41d4-a716-446655440000. " +
					`It is "".`,
				`AttributeName("message_id")`,
			}},
		},
		"wix ids and site that are empty or have more": {
			typeName: wixContactAttachment.typeName,
			block: values{
				"contact_id": "", "attachment_id": mockapi.WixImage + "\n", "site_id": "",
			},
			want: []problem{
				{
					"Invalid Wix Attachment ID", "attachment_id must be a UUID: 8-4-4-4-12 hexadecimal " +
						"digits, such as 550e8400-e29b-41d4-a716-446655440000. It is \"" +
						mockapi.WixImage + "\\n\".",
					`AttributeName("attachment_id")`,
				},
				{
					"Invalid Wix Contact ID", "contact_id must be a UUID: 8-4-4-4-12 hexadecimal " +
						"digits, such as 550e8400-e29b-41d4-a716-446655440000. It is \"\".",
					`AttributeName("contact_id")`,
				},
				{"Invalid Wix Site ID", "site_id" + uuidText, ""},
			},
		},
		"wix site with what can't be seen": {
			typeName: wixContactAttachment.typeName,
			block:    values{"site_id": mockapi.DefaultWixSiteID + "\u200b"},
			want: []problem{{
				"Invalid Wix Site ID",
				"site_id" + uuidText,
				"",
			}},
		},
		"time limit of nothing": {
			block: values{"timeout": "0s"},
			want: []problem{{
				"Invalid Timeout", "timeout must be more than zero.",
				`AttributeName("timeout")`,
			}},
		},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			typeName, block := readableBlock(test.typeName)
			maps.Copy(block, test.block)
			result := read(t, nil, nil, typeName, block)
			if diff := cmp.Diff(test.want, result.problems, inAnyOrder); diff != "" {
				t.Error(diff)
			}
		})
	}
}
