package linq

import (
	"context"
	"errors"
	"net/http"
	"testing"
	"time"

	"github.com/terraform-attachments/terraform-provider-attachments/internal/rest"
	"github.com/terraform-attachments/terraform-provider-attachments/internal/testing/mockapi"
)

// waiting returns a client with a fake clock, which records the waits.
func waiting(t *testing.T, api *mockapi.Server) (*Client, *[]time.Duration) {
	t.Helper()
	clock := &waits{}
	return New(mockapi.DefaultLinqAPIKey, rest.Options{
		BaseURL: serve(t, api), RequestTimeout: time.Minute, MaxRetries: 1, Clock: clock,
		Random: func() float64 { return 1 },
	}), &clock.waits
}

type waits struct{ waits []time.Duration }

func (*waits) Now() time.Time { return time.Now() }

func (w *waits) Sleep(ctx context.Context, d time.Duration) error {
	w.waits = append(w.waits, d)
	return ctx.Err()
}

// as returns a fault with a status and a URL in JSON, which are omitted if they are "".
func as(status, url string) mockapi.Fault {
	body := `{"id":"` + mockapi.LinqPhoto + `"`
	if status != "" {
		body += `,"status":` + status
	}
	if url != "" {
		body += `,"download_url":` + url
	}
	return mockapi.Respond(http.StatusOK, body+"}")
}

var readyPhoto = Request{AttachmentID: mockapi.LinqPhoto, WaitUntilReady: true}

func TestGetAttachmentWaitsUntilReady(t *testing.T) {
	t.Parallel()
	notReady := mockapi.Error(http.StatusNotFound, "2007", "Attachment not ready")
	down := mockapi.Status(500)
	for name, test := range map[string]struct {
		faults   []mockapi.Fault // then it is ready
		requests int
		waits    int
		want     error
	}{
		"ready": {requests: 1},
		"more often than there are retries": {
			faults: []mockapi.Fault{
				notReady, notReady, as(`"pending"`, ""), as(`"pending"`, `""`), as("", ""),
				as("null", "null"), as(`"complete"`, ""), notReady,
			},
			requests: 9, waits: 8,
		},
		"no status, with a URL":    {faults: []mockapi.Fault{as("", `"/u"`)}, requests: 1},
		"a new status, with a URL": {faults: []mockapi.Fault{as(`"stored"`, `"/u"`)}, requests: 1},
		"pending, with a URL":      {faults: []mockapi.Fault{as(`"pending"`, `"/u"`)}, requests: 1},
		"PENDING, with a URL":      {faults: []mockapi.Fault{as(`"PENDING"`, `"/u"`)}, requests: 1},
		"failed, with a URL":       {faults: []mockapi.Fault{as(`"failed"`, `"/u"`)}, requests: 1},
		"failed": {
			faults:   []mockapi.Fault{notReady, as(`"failed"`, "")},
			requests: 2, waits: 1, want: ErrFailed,
		},
		"FAILED, with a blank URL": {
			faults:   []mockapi.Fault{as(`"FAILED"`, `""`)},
			requests: 1, want: ErrFailed,
		},
		"a fault between is one": {
			faults:   []mockapi.Fault{notReady, down, notReady, down},
			requests: 5, waits: 4,
		},
		"faults are limited": {
			faults:   []mockapi.Fault{notReady, down, down},
			requests: 3, waits: 2, want: rest.ErrRetriesExhausted,
		},
		"a refusal ends it": {
			faults:   []mockapi.Fault{notReady, mockapi.Status(401)},
			requests: 2, waits: 1, want: rest.ErrFinal,
		},
		"a missing attachment isn't waited for": {
			faults:   []mockapi.Fault{mockapi.Status(404)},
			requests: 1, want: rest.ErrNotFound,
		},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			api := mockapi.New(mockapi.Config{})
			client, waits := waiting(t, api)
			api.Fail("", test.faults...)
			attachment, err := client.GetAttachment(t.Context(), readyPhoto)
			if !errors.Is(err, test.want) || (err == nil) != (test.want == nil) {
				t.Errorf("got %v", err)
			}
			if err == nil && attachment.DownloadURL == nil {
				t.Errorf("got %+v", attachment)
			}
			if len(api.Requests()) != test.requests || len(*waits) != test.waits {
				t.Errorf("%d requests, waits %v", len(api.Requests()), *waits)
			}
		})
	}
}
