package rest

import (
	"context"
	"errors"
	"fmt"
	"sync"
	"testing"
	"testing/synctest"
	"time"

	"github.com/google/go-cmp/cmp"
)

// TestAHeldRequestReportsItsOwnAttempts has a reader that another reader's refusal keeps from its
// second attempt.
func TestAHeldRequestReportsItsOwnAttempts(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		api := inTurn(fixed(500, ""), fixed(429, "", "Retry-After", "60"))
		client, _ := newClientOf(t, api, inBubble(1))
		ctx, cancel := context.WithTimeout(t.Context(), 10*time.Second)
		defer cancel()
		var group sync.WaitGroup
		group.Go(func() {
			_, err := get(ctx, client)
			want := &Error{
				Attempts: 1, Stopped: &WaitError{59 * time.Second}, Err: &StatusError{StatusCode: 500},
			}
			if diff := cmp.Diff(error(want), err, cmp.Comparer(sameText)); diff != "" {
				t.Error(diff)
			}
		})
		synctest.Wait()
		if _, err := get(ctx, client); err == nil {
			t.Error("no error for the refused one")
		}
		group.Wait()
	})
}

// TestAPauseIsReportedEvenIfAllSlotsAreTaken has reads that wait for the end of the pause, and a
// read with too little time.
func TestAPauseIsReportedEvenIfAllSlotsAreTaken(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		client, _ := newClientOf(t, inTurn(fixed(429, "", "Retry-After", "60"), good), inBubble(2))
		var group sync.WaitGroup
		for range 5 {
			group.Go(func() {
				if _, err := get(t.Context(), client); err != nil {
					t.Error(err)
				}
			})
			synctest.Wait()
		}
		ctx, cancel := context.WithTimeout(t.Context(), 10*time.Second)
		defer cancel()
		started := time.Now()
		_, err := get(ctx, client)
		var status *StatusError
		var wait *WaitError
		if !errors.As(err, &status) || !errors.As(err, &wait) || time.Since(started) != 0 {
			t.Errorf("got %v after %s", err, time.Since(started))
		}
		group.Wait()
	})
}

// TestAnOldRefusalIsBlamedOnlyForItsOwnDelay has one slot, which another request holds after a
// refusal.
func TestAnOldRefusalIsBlamedOnlyForItsOwnDelay(t *testing.T) {
	t.Parallel()
	for name, test := range map[string]struct {
		turn time.Duration // when the other request's turn is
		want error
	}{
		"it gets a slow response": {0, ErrQueued},
		"it waits for its turn":   {time.Hour, refusal(1)},
	} {
		synctest.Test(t, func(t *testing.T) {
			l := newLimiter(SystemClock, 1)
			l.refusal, l.rate, l.growth, l.grown = refusal(1), minRate, rateGrowth, time.Now()
			l.next = time.Now().Add(test.turn)
			other, end := context.WithCancel(t.Context())
			go func() { _, _ = l.acquire(other) }()
			synctest.Wait()
			ctx, cancel := context.WithTimeout(t.Context(), time.Second)
			defer cancel()
			_, err := l.acquire(ctx)
			want := &Error{Stopped: context.DeadlineExceeded, Err: test.want}
			if diff := cmp.Diff(want, err, cmp.Comparer(sameText)); diff != "" {
				t.Errorf("%s: %s", name, diff)
			}
			end()
		})
	}
}

func sameText(a, b error) bool { return fmt.Sprint(a) == fmt.Sprint(b) }

// TestARefusedTurnGivesItsSlotBack has one slot, and a turn that is too late for the first request.
func TestARefusedTurnGivesItsSlotBack(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		l := newLimiter(SystemClock, 1)
		l.refusal, l.rate, l.growth, l.grown = refusal(1), minRate, rateGrowth, time.Now()
		l.next = time.Now().Add(time.Minute)
		ctx, cancel := context.WithTimeout(t.Context(), time.Second)
		defer cancel()
		if _, err := l.acquire(ctx); err == nil {
			t.Error("no error for the first")
		}
		ctx, cancel = context.WithTimeout(t.Context(), time.Hour)
		defer cancel()
		started := time.Now()
		if _, err := l.acquire(ctx); err != nil || time.Since(started) != time.Minute {
			t.Errorf("the second waited %s: %v", time.Since(started), err)
		}
	})
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
			client, _ := newClientOf(t, test.api, inBubble(1))
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
			started := time.Now()
			_, err := get(ctx, client)
			var failed *Error
			var status *StatusError
			if !errors.As(err, &failed) || failed.Attempts != 0 || time.Since(started) > test.limit {
				t.Fatalf("%s: got %v after %s", name, err, time.Since(started))
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
