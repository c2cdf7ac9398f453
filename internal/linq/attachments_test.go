package linq

import (
	"context"
	"errors"
	"fmt"
	"net/http"
	"strings"
	"sync"
	"sync/atomic"
	"testing"
	"testing/synctest"
	"time"

	"github.com/terraform-attachments/terraform-provider-attachments/internal/rest"
	"github.com/terraform-attachments/terraform-provider-attachments/internal/testing/mockapi"
)

// many returns a number of IDs, and adds all but every tenth to the mock.
func many(api *mockapi.Server, count int) (ids []string) {
	for i := range count {
		id := fmt.Sprintf("00000000-0000-4000-8000-%012d", i)
		if i%10 != 9 {
			api.PutLinq(`{"id":"` + id + `","download_url":"/u"}`)
		}
		ids = append(ids, id)
	}
	return ids
}

func newConcurrentMock(
	t *testing.T,
	concurrency int,
	wrap func(http.Handler) http.Handler,
) (*mockapi.Server, *Client) {
	t.Helper()
	api := mockapi.New(mockapi.Config{})
	return api, New(mockapi.DefaultLinqAPIKey, rest.Options{
		BaseURL: serve(t, wrap(api)), RequestTimeout: time.Minute, MaxConcurrentRequests: concurrency,
		Clock: patience{},
	})
}

func TestGetAttachmentsReadsEachOnceAndSideBySide(t *testing.T) {
	t.Parallel()
	var now, most atomic.Int64
	api, client := newConcurrentMock(t, 8, func(next http.Handler) http.Handler {
		return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
			if n := now.Add(1); n > most.Load() {
				most.Store(n)
			}
			time.Sleep(time.Millisecond)
			next.ServeHTTP(w, r)
			now.Add(-1)
		})
	})
	distinct := many(api, 90)
	ids := append(append([]string{}, distinct...), strings.ToUpper(distinct[0]), distinct[1])
	found, err := client.GetAttachments(t.Context(), ids, false)
	if err != nil {
		t.Fatal(err)
	}
	if n := len(api.Requests()); n != 90 || len(found) != 81 {
		t.Errorf("%d requests, %d found", n, len(found))
	}
	if got := found.Get(strings.ToUpper(distinct[0])); got == nil || got.ID != distinct[0] {
		t.Errorf("got %v", got)
	}
	if found.Get(distinct[9]) != nil {
		t.Error("found a missing attachment")
	}
	if most.Load() < 2 || most.Load() > 8 {
		t.Errorf("%d requests at once", most.Load())
	}
}

// TestAReadWithoutWaitingIsNotDelayed reads an attachment that another read waits for.
func TestAReadWithoutWaitingIsNotDelayed(t *testing.T) {
	t.Parallel()
	asked := make(chan struct{}, 2)
	_, client := newConcurrentMock(t, 8, func(next http.Handler) http.Handler {
		return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
			next.ServeHTTP(w, r)
			asked <- struct{}{}
		})
	})
	waits, stop := context.WithCancel(t.Context())
	ended := make(chan error, 1)
	go func() {
		_, err := client.GetAttachment(waits,
			Request{AttachmentID: mockapi.LinqPending, WaitUntilReady: true})
		ended <- err
	}()
	<-asked
	ctx, cancel := context.WithTimeout(t.Context(), time.Minute)
	defer cancel()
	got, err := client.GetAttachment(ctx, Request{AttachmentID: mockapi.LinqPending})
	if err != nil || *got.Status != "pending" {
		t.Errorf("got %v, %v", got, err)
	}
	stop()
	if err := <-ended; !errors.Is(err, context.Canceled) {
		t.Errorf("who waits: got %v", err)
	}
}

// TestGetAttachmentsStopsAtTheFirstError refuses all requests from the twentieth on.
func TestGetAttachmentsStopsAtTheFirstError(t *testing.T) {
	t.Parallel()
	var requests atomic.Int64
	api, client := newConcurrentMock(t, 4, func(next http.Handler) http.Handler {
		return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
			if requests.Add(1) >= 20 {
				mockapi.Status(http.StatusForbidden)(w, r)
				return
			}
			next.ServeHTTP(w, r)
		})
	})
	_, err := client.GetAttachments(t.Context(), many(api, 500), false)
	var failed AttachmentErrors
	if !errors.As(err, &failed) || !strings.HasPrefix(failed[0].AttachmentID, "00000000-") {
		t.Errorf("got %v", err)
	}
	// Requests that were in flight at the first refusal may still arrive.
	if n := requests.Load(); n > 250 {
		t.Errorf("%d requests", n)
	}
}

func TestGetAttachmentsTreatsNoOtherErrorAsMissing(t *testing.T) {
	t.Parallel()
	for _, body := range []string{
		"", `{"detail":"Not Found"}`, "<html>", `{"error":{"code":404,"status":"NOT_FOUND"}}`,
		`{"error":{"code":2007}}`,
	} {
		api, client := newConcurrentMock(t, 4, func(next http.Handler) http.Handler { return next })
		api.FailEvery(1, mockapi.Respond(http.StatusNotFound, body))
		if _, err := client.GetAttachments(t.Context(), many(api, 2), false); err == nil {
			t.Errorf("%q is taken for missing", body)
		}
	}
}

func TestAttachmentErrorsAreFiveAtMost(t *testing.T) {
	t.Parallel()
	var failed AttachmentErrors
	for i := range 10 {
		failed = failed.with(fmt.Sprint(i), rest.ErrNotFound)
		failed = failed.with("a consequence", context.Canceled)
	}
	if len(failed) != 5 || failed[4].AttachmentID != "4" || !errors.Is(failed, rest.ErrNotFound) {
		t.Errorf("got %v", failed)
	}
	if got := failed[:2].Error(); got != "not found\nnot found" {
		t.Errorf("got %q", got)
	}
	interrupted := AttachmentErrors(nil).with("1", context.Canceled)
	if len(interrupted) != 1 {
		t.Errorf("got %v", interrupted)
	}
}

// TestGetAttachmentsReturnsAllOrNothing is interrupted before and during the reads.
func TestGetAttachmentsReturnsAllOrNothing(t *testing.T) {
	t.Parallel()
	for _, last := range []int64{0, 1, 200} {
		ctx, cancel := context.WithCancel(t.Context())
		defer cancel()
		var requests atomic.Int64
		api, client := newConcurrentMock(t, 1, func(next http.Handler) http.Handler {
			return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
				if requests.Add(1) == last {
					cancel()
				}
				next.ServeHTTP(w, r)
			})
		})
		if last == 0 {
			cancel()
		}
		found, err := client.GetAttachments(ctx, many(api, 400), false)
		if found != nil || !errors.Is(err, context.Canceled) {
			t.Errorf("%d: %d found, %v", last, len(found), err)
		}
	}
}

// TestGetAttachmentsReadsWhatIsReadyBesideWhatIsNot has more files that aren't ready than
// concurrent requests.
func TestGetAttachmentsReadsWhatIsReadyBesideWhatIsNot(t *testing.T) {
	t.Parallel()
	ctx, cancel := context.WithCancel(t.Context())
	defer cancel()
	var mu sync.Mutex
	asked := map[string]bool{}
	api, client := newConcurrentMock(t, 2, func(next http.Handler) http.Handler {
		return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
			next.ServeHTTP(w, r)
			mu.Lock()
			defer mu.Unlock()
			if asked[r.URL.Path] = true; len(asked) == 9 {
				cancel()
			}
		})
	})
	ids := many(api, 9)
	for _, id := range ids[:4] {
		api.PutLinq(`{"id":"` + id + `","status":"pending"}`)
	}
	// It ends only when all have been requested.
	if _, err := client.GetAttachments(ctx, ids, true); !errors.Is(err, context.Canceled) {
		t.Errorf("got %v", err)
	}
}

// TestGetAttachmentsWaitsOnlyIfAsked has an attachment that becomes ready at the second request.
func TestGetAttachmentsWaitsOnlyIfAsked(t *testing.T) {
	t.Parallel()
	for _, wait := range []bool{true, false} {
		api := mockapi.New(mockapi.Config{})
		client, _ := waiting(t, api)
		api.Fail(mockapi.LinqPhoto, as(`"pending"`, ""))
		found, err := client.GetAttachments(t.Context(), []string{mockapi.LinqPhoto}, wait)
		if err != nil {
			t.Fatal(err)
		}
		requests, hasURL := len(api.Requests()), found.Get(mockapi.LinqPhoto).DownloadURL != nil
		if hasURL != wait || (requests == 2) != wait {
			t.Errorf("%t: a URL: %t, %d requests", wait, hasURL, requests)
		}
	}
}

// TestGetAttachmentsCountsEachSpelling has responses that are too large together, and eight
// spellings of each ID. Repeating a spelling adds nothing.
func TestGetAttachmentsCountsEachSpelling(t *testing.T) {
	t.Parallel()
	api, client := newConcurrentMock(t, 8, func(next http.Handler) http.Handler { return next })
	const largest, spellings = rest.MaxResponseSize, 8
	var once, all []string
	for i := range rest.MaxTotalSize/largest/spellings + 1 {
		id := fmt.Sprintf("abcd0000-0000-4000-8000-%012d", i)
		putLargest(api, id)
		for spelling := range spellings {
			once = append(once, id)
			all = append(all, strings.Map(func(c rune) rune {
				if c >= 'a' && spelling&(1<<(c-'a')) != 0 {
					return c - 'a' + 'A'
				}
				return c
			}, id))
		}
	}
	_, err := client.GetAttachments(t.Context(), all[spellings-1:], false)
	if !errors.Is(err, rest.ErrTooLarge) {
		t.Errorf("got %v", err)
	}
	for name, ids := range map[string][]string{"fewer": all[spellings:], "repeats": once} {
		if _, err := client.GetAttachments(t.Context(), ids, false); err != nil {
			t.Errorf("%s: %v", name, err)
		}
	}
}

// TestGetAttachmentsReturnsErrorsThatOccurTogether refuses twenty requests at the same time.
func TestGetAttachmentsReturnsErrorsThatOccurTogether(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		api, client := newSlowMock(t)
		api.Handler = http.HandlerFunc(mockapi.Status(http.StatusForbidden))
		_, err := client.GetAttachments(t.Context(), many(mockapi.New(mockapi.Config{}), 20), false)
		failed, _ := errors.AsType[AttachmentErrors](err)
		distinct := map[string]bool{}
		for _, one := range failed {
			distinct[one.AttachmentID] = errors.Is(one.Err, rest.ErrFinal)
		}
		if len(distinct) != maxErrors {
			t.Errorf("got %v", err)
		}
	})
}

// putLargest adds an attachment whose response has the maximum size.
func putLargest(api *mockapi.Server, id string) {
	body := fmt.Sprintf(`{"id":%q,"filename":"`, id)
	api.PutLinq(body + strings.Repeat("x", rest.MaxResponseSize-len(body)-2) + `"}`)
}

// patience is a clock whose waits end only with the context.
type patience struct{}

func (patience) Now() time.Time { return time.Now() }

func (patience) Sleep(ctx context.Context, _ time.Duration) error {
	<-ctx.Done()
	return ctx.Err()
}
