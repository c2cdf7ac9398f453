package provider

import (
	"fmt"
	"maps"
	"net/http"
	"strings"
	"testing"

	"github.com/terraform-attachments/terraform-provider-attachments/internal/testing/mockapi"
)

var (
	readPhoto   = values{"attachment_id": mockapi.LinqPhoto}
	readMessage = values{"message_id": mockapi.LinqMessage}
	readImage   = values{"contact_id": mockapi.WixContact, "attachment_id": mockapi.WixImage}

	// readable has arguments that match a fixture, for a data source of each kind.
	readable = map[string]values{
		linqAttachment.typeName:       readPhoto,
		linqMessage.typeName:          readMessage,
		wixContactAttachment.typeName: readImage,
	}
)

// readableBlock returns the type and arguments that find something. The default is linq_attachment.
func readableBlock(typeName string) (string, values) {
	if typeName == "" {
		typeName = linqAttachment.typeName
	}
	return typeName, maps.Clone(readable[typeName])
}

// TestEveryAPIGivesAdvice requires advice for each status that an API explains.
func TestEveryAPIGivesAdvice(t *testing.T) {
	t.Parallel()
	apis := map[string]bool{"attachments": true}
	for typeName := range readable {
		api, _, _ := strings.Cut(typeName, "_")
		apis[api] = true
	}
	for name := range schemas(t) {
		if api, _, _ := strings.Cut(strings.TrimPrefix(name, "ephemeral "), "_"); !apis[api] {
			t.Errorf("readable has nothing of the API of %s", name)
		}
	}

	for typeName, block := range readable {
		for _, status := range []int{
			http.StatusUnauthorized, http.StatusForbidden, http.StatusNotFound,
		} {
			t.Run(fmt.Sprintf("%s/%d", typeName, status), func(t *testing.T) {
				t.Parallel()
				api := newMock(t)
				api.Fail("", mockapi.Error(status, "1", "no"))
				result := read(t, api.env(), nil, typeName, block)
				if len(result.problems) != 1 {
					t.Fatalf("got %v", result.problems)
				}
				paragraphs := strings.Split(result.problems[0].Detail, "\n\n")
				if last := len(paragraphs) - 1; last < 2 || !strings.HasSuffix(paragraphs[last-1], ".") {
					t.Errorf("what happened, what to do and the facts: got %q", paragraphs)
				}
			})
		}
	}
}
