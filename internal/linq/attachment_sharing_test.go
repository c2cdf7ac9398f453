package linq

import (
	"errors"
	"strings"
	"sync"
	"testing"
	"testing/synctest"
	"time"

	"github.com/terraform-attachments/terraform-provider-attachments/internal/rest"
	"github.com/terraform-attachments/terraform-provider-attachments/internal/testing/mockapi"
)

// newSlowMock returns a mock that takes a second to respond, and a client for it.
func newSlowMock(t *testing.T) (*mockapi.SlowTransport, *Client) {
	t.Helper()
	api := &mockapi.SlowTransport{Handler: mockapi.New(mockapi.Config{})}
	base, err := rest.ParseBaseURL("https://mock.example" + mockapi.LinqPath)
	if err != nil {
		t.Fatal(err)
	}
	return api, New(mockapi.DefaultLinqAPIKey, rest.Options{
		BaseURL: base, RequestTimeout: time.Minute, MaxConcurrentRequests: 20, Transport: api,
	})
}

// TestGetAttachmentSharesRequestsInFlight reads twenty times at once, whether ready or not, and
// then again.
func TestGetAttachmentSharesRequestsInFlight(t *testing.T) {
	t.Parallel()
	const missing = "00000000-0000-4000-8000-000000000000"
	for _, test := range []struct {
		request Request
		want    int64
	}{
		{Request{AttachmentID: mockapi.LinqSigned}, 1},
		{Request{AttachmentID: mockapi.LinqNoStatus, WaitUntilReady: true}, 1},
		{Request{AttachmentID: mockapi.LinqPending}, 1},
		{Request{AttachmentID: mockapi.LinqNull}, 1},
		{Request{AttachmentID: missing}, 1},
		{Request{AttachmentID: mockapi.LinqPhoto, Fresh: true}, 20},
	} {
		synctest.Test(t, func(t *testing.T) {
			api, client := newSlowMock(t)
			get := func(request Request) {
				_, err := client.GetAttachment(t.Context(), request)
				if errors.Is(err, rest.ErrNotFound) != (request.AttachmentID == missing) {
					t.Error(err)
				}
			}
			var group sync.WaitGroup
			for i := range 20 {
				request := test.request
				if i%2 == 0 {
					request.AttachmentID = strings.ToUpper(request.AttachmentID)
				}
				group.Go(func() { get(request) })
			}
			group.Wait()
			get(test.request)
			if n := api.Requests.Load(); n != test.want+1 {
				t.Errorf("%+v: %d requests", test.request, n)
			}
		})
	}
}
