//go:build soak

package provider

import (
	"fmt"
	"io/fs"
	"net/http"
	"net/http/httptest"
	"os"
	"path/filepath"
	"strconv"
	"sync/atomic"
	"testing"
	"time"

	"github.com/terraform-attachments/terraform-provider-attachments/internal/testing/mockapi"
)

// soak returns a workspace whose configuration reads a number of attachments.
func soak(t *testing.T, configuration fs.FS, api *mock, reads int) *workspace {
	t.Helper()
	env := api.env()
	env["TF_VAR_reads"] = strconv.Itoa(reads)
	return newWorkspace(t, configuration, env)
}

// apply returns how long it took.
func apply(t *testing.T, w *workspace, parallelism int) time.Duration {
	t.Helper()
	w.mustRun(t, "init", "-no-color")
	started := time.Now()
	w.mustRun(t, "apply", "-no-color", "-auto-approve", fmt.Sprintf("-parallelism=%d", parallelism))
	return time.Since(started)
}

// TestSoak has one response in five fail, in every way that is retried.
//
//nolint:paralleltest // it measures, with the machine to itself
func TestSoak(t *testing.T) {
	const reads, every = 3000, 5
	api := newMock(t)
	api.putMany(reads)
	api.FailEvery(every,
		mockapi.Drop, mockapi.Reset, mockapi.Truncate, mockapi.Garbage, mockapi.Stall, mockapi.Hang,
		mockapi.Drip(100*time.Millisecond), mockapi.HugeHeader,
		mockapi.Status(408), mockapi.Status(425), mockapi.Status(500), mockapi.Status(502),
		mockapi.Status(503), mockapi.Status(504), mockapi.Status(507), mockapi.Status(520),
		mockapi.Respond(101, ""),
		mockapi.Status(409),
		mockapi.Error(404, "2007", "Attachment not ready"),
		mockapi.Respond(500, "", "Retry-After", "0"),
		mockapi.Respond(502, "<html>Bad Gateway</html>", "Content-Type", "text/html"),
		mockapi.Respond(503, "", "Retry-After", "-1"),
		mockapi.Respond(200, "x", "Content-Encoding", "gzip"),
		mockapi.Status(503, "Retry-After", "1"),
		// These are rate limits. More than 3 % of them would slow all reads down.
		mockapi.Status(429), mockapi.Status(429, "Retry-After", time.Now().UTC().Format(http.TimeFormat)),
	)
	w := soak(t, fixture(t), api, reads)
	took := apply(t, w, 64)
	got := w.outputs(t)["read"]
	requests := len(api.Requests())
	t.Logf("%d reads: %v read, %d requests, %d of them failed, %d connections, %s", reads, got,
		requests, requests/every, api.connections.Load(), took.Round(time.Millisecond))
	if got != float64(reads) {
		t.Errorf("%v of %d were read", got, reads)
	}
}

// limited is a mock with a token bucket. It counts refused requests.
type limited struct {
	*mock
	requests, refused atomic.Int64
}

func newLimited(t *testing.T, reads, perSecond int) *limited {
	t.Helper()
	api := mockapi.New(mockapi.Config{})
	l := &limited{mock: &mock{Server: api}}
	l.putMany(reads)
	tokens := make(chan struct{}, perSecond)
	for range perSecond {
		tokens <- struct{}{}
	}
	ticker := time.NewTicker(time.Second / time.Duration(perSecond))
	t.Cleanup(ticker.Stop)
	go func() {
		for {
			select {
			case <-t.Context().Done():
				return
			case <-ticker.C:
			}
			select {
			case tokens <- struct{}{}:
			default:
			}
		}
	}()
	server := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		l.requests.Add(1)
		select {
		case <-tokens:
			api.ServeHTTP(w, r)
		default:
			l.refused.Add(1)
			mockapi.RateLimit(1)(w, r)
		}
	}))
	t.Cleanup(server.Close)
	l.url = server.URL
	return l
}

// TestSoakLimitedAPI allows fifty requests a second, and fifty at once.
//
//nolint:paralleltest // it measures, with the machine to itself
func TestSoakLimitedAPI(t *testing.T) {
	const reads, perSecond = 1000, 50
	for name, configuration := range map[string]fs.FS{
		"1000 blocks at parallelism 10": os.DirFS(filepath.Join("testdata", "TestSoak")),
		"one plural block at 16":        fixture(t),
	} {
		t.Run(name, func(t *testing.T) {
			api := newLimited(t, reads, perSecond)
			w := soak(t, configuration, api.mock, reads)
			took := apply(t, w, 10)
			got := w.outputs(t)["read"]
			share := 100 * float64(api.refused.Load()) / float64(api.requests.Load())
			t.Logf("%s: %v read, %d requests, %d refused (%.1f %%), %s", name, got,
				api.requests.Load(), api.refused.Load(), share, took.Round(time.Millisecond))
			if got != float64(reads) || share > 5 {
				t.Errorf("%v of %d were read, %.1f %% refused", got, reads, share)
			}
		})
	}
}
