package provider

import (
	"strings"
	"testing"

	"github.com/terraform-attachments/terraform-provider-attachments/internal/testing/mockapi"
)

// TestWixContactAttachmentsWithoutAContact has an unknown contact and an invalid ID.
func TestWixContactAttachmentsWithoutAContact(t *testing.T) {
	t.Parallel()
	for id, want := range map[string]problem{
		mockapi.WixImage: {
			"Wix Contact Attachments Not Found", "Wix didn't find contact " + mockapi.WixImage + ".\n\n", "",
		},
		"x": {
			"Invalid Wix Contact ID", "contact_id must be a UUID",
			`AttributeName("contact_id")`,
		},
	} {
		result := read(t, newMock(t).env(), nil, wixContactAttachments.typeName, values{"contact_id": id})
		if len(result.problems) != 1 || result.problems[0].Summary != want.Summary ||
			!strings.HasPrefix(result.problems[0].Detail, want.Detail) ||
			result.problems[0].Path != want.Path {
			t.Errorf("%s: got %v", id, result.problems)
		}
	}
}
