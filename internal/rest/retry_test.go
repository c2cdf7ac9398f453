package rest

import (
	"context"
	"crypto/tls"
	"crypto/x509"
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

func TestDoRetriesStatusesThatMayPass(t *testing.T) {
	t.Parallel()
	for status, retried := range map[int]bool{
		400: false, 401: false, 403: false, 404: false, 409: false, 410: false, 422: false,
		428: false, 408: true, 425: true,
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
			if errors.Is(err, ErrNotFound) != (status == 404) {
				t.Errorf("not found: %v", err)
			}
		})
	}
}

// TestTimeLimitsOfAttemptAndRead has 10 s for an attempt and 60 s for the read, in the bubble's
// time.
func TestTimeLimitsOfAttemptAndRead(t *testing.T) {
	t.Parallel()
	good := fixed(http.StatusOK, `{"name":"one"}`)
	for name, test := range map[string]struct {
		api      roundTripper
		took     time.Duration
		attempts int
		want     []error // none for success
		status   int     // of the answer that the error tells of
	}{
		"a stalled attempt is retried": {
			api: inTurn(stall, good), took: 11 * time.Second,
		},
		"all attempts stall": {
			api: inTurn(stall), took: 33 * time.Second, attempts: 3,
			want: []error{ErrRequestTimeout, ErrRetriesExhausted},
		},
		"the read ends while an attempt stalls, and tells of the answer before": {
			api:  inTurn(fixed(http.StatusServiceUnavailable, "", "Retry-After", "55"), stall),
			took: time.Minute, attempts: 2, want: []error{context.DeadlineExceeded},
			status: http.StatusServiceUnavailable,
		},
		"a wait as long as the time that is left isn't begun": {
			api:  inTurn(fixed(http.StatusServiceUnavailable, "", "Retry-After", "60")),
			took: 0, attempts: 1, want: []error{&WaitError{time.Minute}},
			status: http.StatusServiceUnavailable,
		},
		"a shorter one is": {
			api:  inTurn(fixed(http.StatusServiceUnavailable, "", "Retry-After", "59.9"), good),
			took: 59900 * time.Millisecond,
		},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			synctest.Test(t, func(t *testing.T) {
				client, _ := newClient(t, "https://api.example.com", func(o *Options) {
					o.Clock = systemClock{}
				})
				client.transport = test.api
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
					t.Errorf("got %v, which should tell of %d", err, test.status)
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
				client, _ := newClient(t, "https://api.example.com", func(o *Options) {
					o.Clock = systemClock{}
				})
				client.transport = api
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

// TestAFinalAnswerIsToldEvenAsTheContextEnds has the answer and the interrupt come together.
func TestAFinalAnswerIsToldEvenAsTheContextEnds(t *testing.T) {
	t.Parallel()
	client, _ := newClient(t, "https://api.example.com")
	ctx, cancel := context.WithCancel(t.Context())
	client.transport = roundTripper(func(*http.Request) (*http.Response, error) {
		cancel()
		return answer(http.StatusNotFound, ""), nil
	})
	if _, err := get(ctx, client); !errors.Is(err, ErrNotFound) || !errors.Is(err, ErrFinal) {
		t.Errorf("got %v", err)
	}
}

func TestTransportErrorsThatMayPassAreRetried(t *testing.T) {
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
		"certificate":         {&tls.CertificateVerificationError{Err: x509.HostnameError{}}, false},
		"no TLS":              {tls.RecordHeaderError{}, false},
		"HTTP in place of it": {http.ErrSchemeMismatch, false},
		"TLS alert":           {&net.OpError{Op: "remote error", Err: tls.AlertError(70)}, false},
		"proxy refuses":       {&ProxyError{StatusCode: 407}, false},
		"proxy overloaded":    {&ProxyError{StatusCode: 503}, true},
	} {
		if got := retryable(&TransportError{err: fmt.Errorf("wrapped: %w", test.err)}); got != test.want {
			t.Errorf("%s: got %t", name, got)
		}
	}
	if retryable(&ResponseError{}) || retryable(&RedirectError{}) {
		t.Error("an answer that is of no use is retried")
	}
}

// TestRetryAfterLengthensABackoff has servers that ask for more than the backoff, and for less or
// nothing.
func TestRetryAfterLengthensABackoff(t *testing.T) {
	t.Parallel()
	date := time.Date(2026, 5, 1, 12, 0, 0, 0, time.UTC)
	at := func(d time.Duration) string { return date.Add(d).Format(http.TimeFormat) }
	for name, test := range map[string]struct {
		header []string
		want   time.Duration
	}{
		"more":                       {[]string{"Retry-After", "7"}, 7 * time.Second},
		"fractions":                  {[]string{"Retry-After", "1.5"}, 1500 * time.Millisecond},
		"nothing":                    {nil, time.Second},
		"0":                          {[]string{"Retry-After", "0"}, time.Second},
		"negative":                   {[]string{"Retry-After", "-1"}, time.Second},
		"a millisecond":              {[]string{"Retry-After", "0.001"}, time.Second},
		"no milliseconds":            {[]string{"Retry-After-Ms", "0", "Retry-After", "9"}, time.Second},
		"milliseconds":               {[]string{"Retry-After-Ms", "1250"}, 1250 * time.Millisecond},
		"a date that has passed":     {[]string{"Retry-After", at(-time.Hour), "Date", at(0)}, time.Second},
		"a date by the server's own": {[]string{"Retry-After", at(5e9), "Date", at(0)}, 5 * time.Second},
		"a date now":                 {[]string{"Retry-After", at(0), "Date", at(0)}, time.Second},
	} {
		for _, status := range []int{429, 500, 502, 503} {
			client, clock := newClient(t, "https://api.example.com")
			client.transport = inTurn(fixed(status, "", test.header...), fixed(200, `{"name":"one"}`))
			if _, err := get(t.Context(), client); err != nil {
				t.Fatal(err)
			}
			waited := time.Duration(0)
			for _, wait := range clock.waits() {
				waited += wait
			}
			// A paced request may wait a little longer.
			if waited < test.want || waited > test.want+150*time.Millisecond {
				t.Errorf("%d, %s: waited %s, want %s", status, name, waited, test.want)
			}
		}
	}
}

// TestRateLimitedRequestsAreRetriedUntilTheDeadline has a limit of five minutes and a server that
// never says how long to wait.
func TestRateLimitedRequestsAreRetriedUntilTheDeadline(t *testing.T) {
	t.Parallel()
	for retries, want := range map[int]error{2: &WaitError{}, 0: ErrRetriesExhausted} {
		synctest.Test(t, func(t *testing.T) {
			client, _ := newClient(t, "https://api.example.com", func(o *Options) {
				o.Clock = SystemClock
				o.MaxRetries = retries
			})
			client.transport = inTurn(fixed(429, ""))
			ctx, cancel := context.WithTimeout(t.Context(), 5*time.Minute)
			defer cancel()
			started := time.Now()
			_, err := get(ctx, client)
			var failed *Error
			var wait *WaitError
			if !errors.As(err, &failed) {
				t.Fatal(err)
			}
			if retries == 0 && (!errors.Is(err, want) || failed.Attempts != 1) {
				t.Errorf("without retries: %v", err)
			}
			took := time.Since(started)
			if retries > 0 && (!errors.As(err, &wait) || took < 4*time.Minute || failed.Attempts < 8) {
				t.Errorf("got %v after %s", err, took)
			}
		})
	}
}

// TestRateLimitsDoNotCountAsRetries has more of them than retries, and then a failure more.
func TestRateLimitsDoNotCountAsRetries(t *testing.T) {
	t.Parallel()
	limited, down := fixed(429, ""), fixed(500, "")
	for name, test := range map[string]struct {
		api roundTripper
		err error
	}{
		"then it works": {inTurn(limited, limited, down, limited, down, limited,
			fixed(200, `{"name":"one"}`)), nil},
		"then it fails too often": {inTurn(limited, down, limited, down, down), ErrRetriesExhausted},
	} {
		client, _ := newClient(t, "https://api.example.com")
		client.transport = test.api
		if _, err := get(t.Context(), client); !errors.Is(err, test.err) {
			t.Errorf("%s: got %v", name, err)
		}
	}
}

func TestRetryAfterTakesSecondsAndDates(t *testing.T) {
	t.Parallel()
	now := time.Date(2026, 5, 1, 12, 0, 0, 0, time.UTC)
	for value, want := range map[string]time.Duration{
		"":                              -1,
		"soon":                          -1,
		"NaN":                           -1,
		"0":                             0,
		"-5":                            0,
		"45":                            45 * time.Second,
		" 2 ":                           2 * time.Second,
		"0.25":                          250 * time.Millisecond,
		"1e300":                         maxRetryAfter,
		"Inf":                           noRetryAfter,
		"Fri, 01 May 2026 12:00:30 GMT": 30 * time.Second,
		"Fri, 01 May 2026 11:00:00 GMT": 0,
	} {
		if got := retryAfter(http.Header{"Retry-After": {value}}, now); got != want {
			t.Errorf("%q: got %s, want %s", value, got, want)
		}
	}
}

// TestRetryAfterGoesByTheServersClock has a local clock that is an hour off.
func TestRetryAfterGoesByTheServersClock(t *testing.T) {
	t.Parallel()
	sent := time.Date(2026, 5, 1, 12, 0, 0, 0, time.UTC)
	header := http.Header{
		"Date":        {sent.Format(http.TimeFormat)},
		"Retry-After": {sent.Add(30 * time.Second).Format(http.TimeFormat)},
	}
	for _, skew := range []time.Duration{-time.Hour, 0, time.Hour} {
		if got := retryAfter(header, sent.Add(skew)); got != 30*time.Second {
			t.Errorf("%s ahead: %s", skew, got)
		}
	}
}

func TestRetryAfterMilliseconds(t *testing.T) {
	t.Parallel()
	for value, want := range map[string]time.Duration{
		"1500": 1500 * time.Millisecond, "0": 0, "soon": 7 * time.Second, "": 7 * time.Second,
	} {
		header := http.Header{"Retry-After-Ms": {value}, "Retry-After": {"7"}}
		if got := retryAfter(header, time.Now()); got != want {
			t.Errorf("%q: got %s, want %s", value, got, want)
		}
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

func TestSystemClockSleepEndsWithTheContext(t *testing.T) {
	t.Parallel()
	if err := (systemClock{}).Sleep(t.Context(), time.Millisecond); err != nil {
		t.Error(err)
	}
	ctx, cancel := context.WithCancel(t.Context())
	cancel()
	if err := (systemClock{}).Sleep(ctx, time.Hour); !errors.Is(err, context.Canceled) {
		t.Errorf("got %v", err)
	}
}
