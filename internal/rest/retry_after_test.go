package rest

import (
	"context"
	"errors"
	"net/http"
	"testing"
	"testing/synctest"
	"time"
)

// TestRetryAfterLengthensABackoff has servers that ask for a longer wait than the backoff, for a
// shorter one, and for none.
func TestRetryAfterLengthensABackoff(t *testing.T) {
	t.Parallel()
	date := time.Date(2026, 5, 1, 12, 0, 0, 0, time.UTC)
	at := func(d time.Duration) string { return date.Add(d).Format(http.TimeFormat) }
	for name, test := range map[string]struct {
		header []string
		want   time.Duration
	}{
		"more":        {[]string{"Retry-After", "7"}, 7 * time.Second},
		"nothing":     {nil, time.Second},
		"0":           {[]string{"Retry-After", "0"}, time.Second},
		"a past date": {[]string{"Retry-After", at(-time.Hour), "Date", at(0)}, time.Second},
		"a date":      {[]string{"Retry-After", at(5e9), "Date", at(0)}, 5 * time.Second},
		"a date now":  {[]string{"Retry-After", at(0), "Date", at(0)}, time.Second},
	} {
		for _, status := range []int{429, 500, 502, 503} {
			client, clock := newClientOf(t, inTurn(fixed(status, "", test.header...), good))
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
// doesn't ask for a wait.
func TestRateLimitedRequestsAreRetriedUntilTheDeadline(t *testing.T) {
	t.Parallel()
	for retries, want := range map[int]error{2: &WaitError{}, 0: ErrRetriesExhausted} {
		synctest.Test(t, func(t *testing.T) {
			client, _ := newClientOf(t, inTurn(fixed(429, "")), func(o *Options) {
				o.Clock = SystemClock
				o.MaxRetries = retries
			})
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

// TestRateLimitsDoNotCountAsRetries has more rate limits than retries, and then one failure too
// many.
func TestRateLimitsDoNotCountAsRetries(t *testing.T) {
	t.Parallel()
	limited, down := fixed(429, ""), fixed(500, "")
	for name, test := range map[string]struct {
		api roundTripper
		err error
	}{
		"then it works": {inTurn(limited, limited, down, limited, down, limited,
			good), nil},
		"then it fails too often": {inTurn(limited, down, limited, down, down), ErrRetriesExhausted},
	} {
		client, _ := newClientOf(t, test.api)
		if _, err := get(t.Context(), client); !errors.Is(err, test.err) {
			t.Errorf("%s: got %v", name, err)
		}
	}
}

func TestRetryAfterAcceptsSecondsAndDates(t *testing.T) {
	t.Parallel()
	now := time.Date(2026, 5, 1, 12, 0, 0, 0, time.UTC)
	for value, want := range map[string]time.Duration{
		"":                              noRetryAfter,
		"soon":                          noRetryAfter,
		"-5":                            noRetryAfter,
		"0.25":                          noRetryAfter,
		"0":                             0,
		"45":                            45 * time.Second,
		"99999999999999999999":          maxRetryAfter,
		"Fri, 01 May 2026 12:00:30 GMT": 30 * time.Second,
		"Fri, 01 May 2026 11:00:00 GMT": 0,
		"Fri, 31 Dec 9999 23:59:59 GMT": maxRetryAfter,
	} {
		if got := retryAfter(http.Header{"Retry-After": {value}}, now); got != want {
			t.Errorf("%q: got %s, want %s", value, got, want)
		}
	}
}
