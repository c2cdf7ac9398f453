package linq

import (
	"errors"
	"fmt"
	"net/http"
	"net/http/httptest"
	"strings"
	"sync/atomic"
	"testing"
	"time"

	"github.com/terraform-attachments/terraform-provider-attachments/internal/mockapi"
	"github.com/terraform-attachments/terraform-provider-attachments/internal/rest"
)

// many returns so many ids, and has the mock know all but every tenth.
func many(api *mockapi.Server, count int) (ids []string) {
	for i := range count {
		id := fmt.Sprintf("00000000-0000-4000-8000-%012d", i)
		if i%10 != 9 {
			api.PutLinq(`{"id":"` + id + `","download_url":"u"}`)
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
	server := httptest.NewServer(wrap(api))
	t.Cleanup(server.Close)
	base, err := rest.ParseBaseURL(server.URL + mockapi.LinqPath)
	if err != nil {
		t.Fatal(err)
	}
	return api, New(mockapi.DefaultLinqAPIKey, rest.Options{
		BaseURL: base, RequestTimeout: time.Minute, MaxConcurrentRequests: concurrency,
	})
}

func TestGetSharedAttachmentsReadsEachOnceAndSideBySide(t *testing.T) {
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
	found, err := client.GetSharedAttachments(t.Context(), ids, false)
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
		t.Error("found one that isn't there")
	}
	if most.Load() < 2 || most.Load() > 8 {
		t.Errorf("%d requests at once", most.Load())
	}
}

func TestGetSharedAttachmentsStopsAtTheFirstError(t *testing.T) {
	t.Parallel()
	api, client := newConcurrentMock(t, 4, func(next http.Handler) http.Handler { return next })
	ids := many(api, 500)
	api.Fail(ids[20], mockapi.Status(http.StatusForbidden))
	_, err := client.GetSharedAttachments(t.Context(), ids, false)
	var failed AttachmentErrors
	if !errors.As(err, &failed) || len(failed) != 1 || failed[0].AttachmentID != ids[20] {
		t.Errorf("got %v", err)
	}
	if n := len(api.Requests()); n > 30 {
		t.Errorf("%d requests", n)
	}
}

func TestGetSharedAttachmentsTakesNoOtherAnswerForMissing(t *testing.T) {
	t.Parallel()
	for _, body := range []string{"", `{"detail":"Not Found"}`, "<html>"} {
		api, client := newConcurrentMock(t, 4, func(next http.Handler) http.Handler { return next })
		api.FailEvery(1, mockapi.Respond(http.StatusNotFound, body))
		if _, err := client.GetSharedAttachments(t.Context(), many(api, 2), false); err == nil {
			t.Errorf("%q is taken for missing", body)
		}
	}
}

func TestGetSharedAttachmentsKeepsFiveErrors(t *testing.T) {
	t.Parallel()
	arrived := make(chan struct{}, 10)
	release := make(chan struct{})
	api, client := newConcurrentMock(t, 10, func(http.Handler) http.Handler {
		return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
			arrived <- struct{}{}
			<-release
			mockapi.Status(http.StatusForbidden)(w, r)
		})
	})
	go func() {
		for range 10 {
			<-arrived
		}
		close(release)
	}()
	_, err := client.GetSharedAttachments(t.Context(), many(api, 10), false)
	var failed AttachmentErrors
	if !errors.As(err, &failed) || len(failed) < 1 || len(failed) > 5 {
		t.Errorf("got %v", err)
	}
	var status *rest.StatusError
	if !errors.As(err, &status) || status.StatusCode != http.StatusForbidden {
		t.Errorf("got %v", err)
	}
}
