package rest

import (
	"context"
	"errors"
	"net/http"
	"sync"
	"sync/atomic"
	"testing"
	"testing/synctest"
	"time"

	"github.com/google/go-cmp/cmp"
)

// TestOnlyRefusalsStartPacing has a hundred readers, and a server that asks for no pause or for a
// pause of 0.
func TestOnlyRefusalsStartPacing(t *testing.T) {
	t.Parallel()
	for _, test := range []struct {
		status int
		header []string
		most   int // requests in the first second
	}{
		{429, []string{"Retry-After", "0"}, 16 + 10},
		{429, []string{"Retry-After-Ms", "0"}, 16 + 10},
		{429, []string{"Retry-After", "0.001"}, 16 + 10},
		{429, nil, 16 + 10},
		{503, []string{"Retry-After", "0.001"}, 16 + 10},
		// This isn't a rate limit, so each reader tries once, and again after at least half a second.
		{500, []string{"Retry-After", "0"}, 200},
		{503, []string{"Retry-After", "0"}, 200},
	} {
		synctest.Test(t, func(t *testing.T) {
			client, _ := newClient(t, "https://api.example.com", func(o *Options) {
				o.Clock = SystemClock
				o.MaxConcurrentRequests = 16
				o.MaxRetries = 4
				o.Random = func() float64 { return 0 }
			})
			var sent atomic.Int64
			client.transport = roundTripper(func(*http.Request) (*http.Response, error) {
				sent.Add(1)
				time.Sleep(time.Millisecond)
				return newResponse(test.status, "", test.header...), nil
			})
			ctx, cancel := context.WithTimeout(t.Context(), time.Second-1)
			defer cancel()
			var group sync.WaitGroup
			for range 100 {
				group.Go(func() { _, _ = get(ctx, client) })
			}
			group.Wait()
			if got := int(sent.Load()); got > test.most || got < 10 {
				t.Errorf("%d %v: %d requests in the first second", test.status, test.header, got)
			}
		})
	}
}

func refusal(seconds time.Duration) *StatusError {
	return &StatusError{
		StatusCode: http.StatusTooManyRequests, RetryAfter: seconds * time.Second,
	}
}

// TestARateThatRefusesIsCut has requests from before and after the last cut.
func TestARateThatRefusesIsCut(t *testing.T) {
	t.Parallel()
	clock := newFakeClock()
	l := newLimiter(clock, 1)
	release := func(sent time.Time, err error) float64 {
		l.slots <- struct{}{}
		l.release(sent, err)
		return l.rate
	}
	first := clock.Now()
	got := []float64{release(first, refusal(1))}
	_ = clock.Sleep(t.Context(), time.Second)
	got = append(got, release(first, refusal(1)), release(clock.Now(), refusal(1)),
		release(clock.Now(), refusal(1)))
	for range 99 {
		release(clock.Now().Add(1), nil)
	}
	got = append(got, release(clock.Now().Add(1), refusal(1)))
	for range 40 {
		_ = clock.Sleep(t.Context(), time.Second)
		release(clock.Now(), refusal(0))
	}
	got = append(got, l.rate)
	want := []float64{
		firstRate, firstRate, firstRate, firstRate * rateCut, firstRate * rateCut, minRate,
	}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Error(diff)
	}
}

// TestPacingEndsAboveAnyLimit has the rate grow.
func TestPacingEndsAboveAnyLimit(t *testing.T) {
	t.Parallel()
	clock := newFakeClock()
	l := newLimiter(clock, 1)
	l.rate, l.growth, l.grown = maxRate, rateGrowth, clock.Now()
	l.next, l.ended, l.refused = clock.Now().Add(time.Minute), 1000, 1
	if wait := l.turn(clock.Now()); wait != time.Minute || l.rate != maxRate {
		t.Errorf("at the highest: waits %s at %g", wait, l.rate)
	}
	_ = clock.Sleep(t.Context(), time.Second)
	if wait := l.turn(clock.Now()); wait != 0 || l.rate != 0 || l.ended+l.refused != 0 {
		t.Errorf("above: waits %s at %g, %g counted", wait, l.rate, l.ended+l.refused)
	}
}

// TestAShorterPauseDoesNotEndALongerOne has two refused requests in flight.
func TestAShorterPauseDoesNotEndALongerOne(t *testing.T) {
	t.Parallel()
	clock := newFakeClock()
	l := newLimiter(clock, 2)
	for _, seconds := range []time.Duration{60, 5} {
		l.slots <- struct{}{}
		l.release(clock.Now(), refusal(seconds))
	}
	if wait := l.pause(clock.Now()); wait != time.Minute {
		t.Errorf("paused for %s", wait)
	}
}

func TestOnlyA429OrA503WithAWaitIsARateLimit(t *testing.T) {
	t.Parallel()
	for _, test := range []struct {
		status     int
		retryAfter time.Duration
		want       bool
	}{
		{429, 0, true},
		{429, noRetryAfter, true},
		{429, time.Second, true},
		{503, time.Second, true},
		{503, 0, false},
		{503, noRetryAfter, false},
		{500, time.Second, false},
		{404, time.Second, false},
	} {
		e := &StatusError{StatusCode: test.status, RetryAfter: test.retryAfter}
		if got := e.isRateLimit(); got != test.want {
			t.Errorf("%d after %s: got %t", test.status, test.retryAfter, got)
		}
	}
}

// TestTimeThatRunsOutBeforeARequestIsSent runs out of time in each place that waits.
func TestTimeThatRunsOutBeforeARequestIsSent(t *testing.T) {
	t.Parallel()
	limited := fixed(429, "")
	for name, test := range map[string]struct {
		api   roundTripper
		limit time.Duration
		want  error // besides the context's or a WaitError
	}{
		"before it starts": {inTurn(stall), 0, ErrQueued},
		"for a slot":       {inTurn(stall), time.Second, ErrQueued},
		"being paced":      {inTurn(limited), 50 * time.Millisecond, &StatusError{}},
		"in a pause":       {inTurn(fixed(429, "", "Retry-After", "9")), time.Second, &StatusError{}},
	} {
		synctest.Test(t, func(t *testing.T) {
			client, _ := newClient(t, "https://api.example.com", func(o *Options) {
				o.Clock = SystemClock
				o.MaxConcurrentRequests = 1
			})
			client.transport = test.api
			other, end := context.WithTimeout(t.Context(), 2*time.Second)
			defer end()
			var group sync.WaitGroup
			defer group.Wait()
			group.Go(func() { _, _ = get(other, client) })
			synctest.Wait()
			if name == "being paced" {
				client.limiter.next = time.Now().Add(time.Second)
			}
			ctx, cancel := context.WithTimeout(t.Context(), test.limit)
			defer cancel()
			_, err := get(ctx, client)
			var failed *Error
			var status *StatusError
			if !errors.As(err, &failed) || failed.Attempts != 0 {
				t.Fatalf("%s: got %v", name, err)
			}
			if wantStatus := !errors.Is(test.want, ErrQueued); errors.As(err, &status) != wantStatus ||
				errors.Is(err, ErrQueued) == wantStatus {
				t.Errorf("%s: got %v", name, err)
			}
			var transport *TransportError
			if errors.As(err, &transport) {
				t.Errorf("%s: blames the network: %v", name, err)
			}
		})
	}
}
