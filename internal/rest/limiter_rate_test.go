package rest

import (
	"context"
	"net/http"
	"sync"
	"sync/atomic"
	"testing"
	"testing/synctest"
	"time"

	"github.com/google/go-cmp/cmp"
)

// TestOnlyRefusalsStartPacing has a hundred readers, and sixteen requests at once.
func TestOnlyRefusalsStartPacing(t *testing.T) {
	t.Parallel()
	const (
		paced = 16 + 10 // at most: those in flight, and then ten a second
		once  = 100     // each reader
		twice = 200     // each reader, and again after half a second
	)
	for _, test := range []struct {
		status int
		header []string
		want   int // requests in the first second
	}{
		{429, []string{"Retry-After", "0"}, paced},
		{429, nil, paced},
		{404, []string{"Retry-After", "9"}, once},
		{500, []string{"Retry-After", "0"}, twice},
		{503, []string{"Retry-After", "9"}, once},
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
			got := int(sent.Load())
			if got > test.want || got < test.want && test.want != paced || got < 16 {
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

// TestIdleTimeDoesNotRaiseTheRate has a rate that no request tries for an hour.
func TestIdleTimeDoesNotRaiseTheRate(t *testing.T) {
	t.Parallel()
	clock := newFakeClock()
	l := newLimiter(clock, 1)
	l.rate, l.growth, l.grown = firstRate, searchGrowth, clock.Now()
	_ = clock.Sleep(t.Context(), time.Hour)
	if wait := l.turn(clock.Now()); wait != 0 || l.rate != firstRate*searchGrowth {
		t.Errorf("waits %s at %g", wait, l.rate)
	}
}
