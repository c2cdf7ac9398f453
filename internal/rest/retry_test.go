package rest

import (
	"context"
	"crypto/tls"
	"errors"
	"fmt"
	"io"
	"net"
	"net/http"
	"strconv"
	"syscall"
	"testing"
	"testing/synctest"
	"time"

	"github.com/google/go-cmp/cmp"
)

func TestDoRetriesTemporaryStatuses(t *testing.T) {
	t.Parallel()
	for status, retried := range map[int]bool{
		400: false, 401: false, 403: false, 404: false, 410: false, 422: false,
		428: false, 408: true, 409: true, 425: true,
		500: true, 501: false, 502: true, 503: true, 504: true, 520: true, 600: false, 999: false,
	} {
		t.Run(strconv.Itoa(status), func(t *testing.T) {
			t.Parallel()
			api := serve(t, respond(status, ""))
			client, clock := newClient(t, api.URL)
			_, err := get(t.Context(), client)
			var got *StatusError
			if !errors.As(err, &got) || got.StatusCode != status {
				t.Fatalf("got %v", err)
			}
			want, stopped, waits := 1, ErrFinal, []time.Duration(nil)
			if retried {
				want, stopped = 3, ErrRetriesExhausted
				waits = []time.Duration{time.Second, 2 * time.Second}
			}
			if api.count() != want || !errors.Is(err, stopped) {
				t.Errorf("%d requests, %v", api.count(), err)
			}
			if diff := cmp.Diff(waits, clock.waits()); diff != "" {
				t.Error(diff)
			}
			if errors.Is(err, ErrNotFound) != (status == 404 || status == 410) {
				t.Errorf("not found: %v", err)
			}
		})
	}
}

// TestTimeLimitsOfAttemptAndRead has 10 s for an attempt and 60 s for the read.
func TestTimeLimitsOfAttemptAndRead(t *testing.T) {
	t.Parallel()
	for name, test := range map[string]struct {
		api      roundTripper
		took     time.Duration
		attempts int
		want     []error // none for success
		status   int     // of the response in the error
	}{
		"a stalled attempt is retried": {
			api: inTurn(stall, good), took: 11 * time.Second,
		},
		"all attempts stall": {
			api: inTurn(stall), took: 33 * time.Second, attempts: 3,
			want: []error{ErrRequestTimeout, ErrRetriesExhausted},
		},
		"the read ends while an attempt stalls, and reports the response before": {
			api:  inTurn(fixed(http.StatusServiceUnavailable, "", "Retry-After", "55"), stall),
			took: time.Minute, attempts: 2, want: []error{context.DeadlineExceeded},
			status: http.StatusServiceUnavailable,
		},
		"a wait as long as the remaining time isn't started": {
			api:  inTurn(fixed(http.StatusServiceUnavailable, "", "Retry-After", "60")),
			took: 0, attempts: 1, want: []error{&WaitError{time.Minute}},
			status: http.StatusServiceUnavailable,
		},
		"a shorter one is": {
			api:  inTurn(fixed(http.StatusServiceUnavailable, "", "Retry-After", "59"), good),
			took: 59 * time.Second,
		},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			synctest.Test(t, func(t *testing.T) {
				client, _ := newClientOf(t, test.api, inBubble(1))
				ctx, cancel := context.WithTimeout(t.Context(), time.Minute)
				defer cancel()
				started := time.Now()
				_, err := get(ctx, client)
				if took := time.Since(started); took != test.took {
					t.Errorf("took %s, want %s", took, test.took)
				}
				if test.want == nil {
					if err != nil {
						t.Error(err)
					}
					return
				}
				var failed *Error
				if !errors.As(err, &failed) || failed.Attempts != test.attempts {
					t.Fatalf("got %v", err)
				}
				for _, want := range test.want {
					var wait, wanted *WaitError
					if !errors.Is(err, want) &&
						(!errors.As(err, &wait) || !errors.As(want, &wanted) || *wait != *wanted) {
						t.Errorf("got %v, which should be %v", err, want)
					}
				}
				var status *StatusError
				if errors.As(err, &status) != (test.status != 0) ||
					status != nil && status.StatusCode != test.status {
					t.Errorf("got %v, which should report %d", err, test.status)
				}
			})
		})
	}
}

func TestAnInterruptEndsEveryWait(t *testing.T) {
	t.Parallel()
	for name, api := range map[string]roundTripper{
		"while it stalls":        inTurn(stall),
		"before another attempt": inTurn(fixed(http.StatusServiceUnavailable, "", "Retry-After", "50")),
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			synctest.Test(t, func(t *testing.T) {
				client, _ := newClientOf(t, api, inBubble(1))
				ctx, cancel := context.WithCancel(t.Context())
				time.AfterFunc(3*time.Second, cancel)
				started := time.Now()
				_, err := get(ctx, client)
				if !errors.Is(err, context.Canceled) || time.Since(started) != 3*time.Second {
					t.Errorf("got %v after %s", err, time.Since(started))
				}
			})
		})
	}
}

// TestAFinalResponseIsReportedEvenAsTheContextEnds gets the response and the interrupt at the same
// time.
func TestAFinalResponseIsReportedEvenAsTheContextEnds(t *testing.T) {
	t.Parallel()
	client, _ := newClient(t, "https://api.example.com")
	ctx, cancel := context.WithCancel(t.Context())
	client.transport = roundTripper(func(*http.Request) (*http.Response, error) {
		cancel()
		return newResponse(http.StatusNotFound, ""), nil
	})
	if _, err := get(ctx, client); !errors.Is(err, ErrNotFound) || !errors.Is(err, ErrFinal) {
		t.Errorf("got %v", err)
	}
}

func TestTemporaryTransportErrorsAreRetried(t *testing.T) {
	t.Parallel()
	for name, test := range map[string]struct {
		err  error
		want bool
	}{
		"refused":             {&net.OpError{Op: "dial", Err: syscall.ECONNREFUSED}, true},
		"reset":               {&net.OpError{Op: "read", Err: syscall.ECONNRESET}, true},
		"closed":              {io.ErrUnexpectedEOF, true},
		"name server down":    {&net.DNSError{IsTemporary: true}, true},
		"name server slow":    {&net.DNSError{IsTimeout: true}, true},
		"no such name":        {&net.DNSError{IsNotFound: true}, false},
		"attempt too slow":    {ErrRequestTimeout, true},
		"handshake":           {&HandshakeError{errors.New("negative serial number")}, false},
		"TLS alert":           {&net.OpError{Op: "remote error", Err: tls.AlertError(70)}, false},
		"SOCKS refuses":       {&net.OpError{Op: "socks connect", Err: errors.New("no")}, false},
		"SOCKS proxy is down": {&net.OpError{Op: "socks connect", Err: io.EOF}, true},
		"proxy refuses":       {&ProxyError{StatusCode: 407}, false},
		"proxy overloaded":    {&ProxyError{StatusCode: 503}, true},
	} {
		if got := retryable(&TransportError{err: fmt.Errorf("wrapped: %w", test.err)}); got != test.want {
			t.Errorf("%s: got %t", name, got)
		}
	}
	if retryable(&ResponseError{}) || retryable(&RedirectError{}) {
		t.Error("an unexpected response is retried")
	}
}

func TestBackoffDoublesUpToAMaximum(t *testing.T) {
	t.Parallel()
	for attempt, ceiling := range map[int]time.Duration{
		1: time.Second, 2: 2 * time.Second, 3: 4 * time.Second, 4: 8 * time.Second,
		5: 16 * time.Second, 6: 30 * time.Second, 20: 30 * time.Second,
	} {
		if got := backoff(attempt, 0); got != minBackoff {
			t.Errorf("attempt %d: at least %s", attempt, got)
		}
		if got := backoff(attempt, 1); got != ceiling {
			t.Errorf("attempt %d: at most %s, want %s", attempt, got, ceiling)
		}
	}
}
