package wix

import (
	"errors"
	"net/http"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"github.com/terraform-attachments/terraform-provider-attachments/internal/rest"
	"github.com/terraform-attachments/terraform-provider-attachments/internal/testing/mockapi"
)

func TestGetContactAttachmentWaitsUntilThereIsAURL(t *testing.T) {
	t.Parallel()
	without := func(media string) mockapi.Fault {
		return mockapi.Respond(http.StatusOK,
			`{"attachment":{"id":"`+mockapi.WixImage+`"`+media+`}}`)
	}
	for name, test := range map[string]struct {
		faults []mockapi.Fault // then there is a URL
		waits  []time.Duration
		want   error
	}{
		"ready": {},
		"more often than there are retries": {
			faults: []mockapi.Fault{
				without(""), without(`,"image":null`), without(`,"image":{"url":""}`),
				without(`,"document":{"id":"d"},"previewImage":{"url":"https://x/p"}`),
			},
			waits: []time.Duration{time.Second, 2 * time.Second, 4 * time.Second, 8 * time.Second},
		},
		"a missing attachment isn't waited for": {
			faults: []mockapi.Fault{without(""), mockapi.Status(http.StatusNotFound)},
			waits:  []time.Duration{time.Second},
			want:   rest.ErrNotFound,
		},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			api, now := mockapi.New(mockapi.Config{}), &clock{}
			api.Fail("", test.faults...)
			client := New(Identity{Token: mockapi.DefaultWixAPIKey}, rest.Options{
				BaseURL: serve(t, api), RequestTimeout: time.Minute, Clock: now,
				Random: func() float64 { return 1 },
			})
			request := image
			request.WaitUntilReady = true
			attachment, err := client.GetContactAttachment(t.Context(), request)
			if !errors.Is(err, test.want) {
				t.Fatalf("got %v", err)
			}
			if err == nil && (attachment.Image == nil || attachment.Image.URL == nil) {
				t.Errorf("got %+v", attachment)
			}
			if diff := cmp.Diff(test.waits, now.waits); diff != "" {
				t.Error(diff)
			}
		})
	}
}
