package rest

import (
	"net/http"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
)

func refusal(seconds time.Duration) *StatusError {
	return &StatusError{
		StatusCode: http.StatusTooManyRequests, RetryAfter: seconds * time.Second,
	}
}

// TestSlowDownGoesByTheLastAnswers has a refusal that came a moment ago.
func TestSlowDownGoesByTheLastAnswers(t *testing.T) {
	t.Parallel()
	now := time.Date(2026, 5, 1, 12, 0, 0, 0, time.UTC)
	ago := func(d time.Duration) time.Time { return now.Add(-d) }
	hundred := window{}
	hundred.before.start, hundred.before.count = ago(3*time.Second), 60
	hundred.current.start, hundred.current.count = ago(2*time.Second), 40
	few := hundred
	few.current.count, few.before.count = 10, 9
	long := hundred
	long.current.start = ago(4 * time.Second)

	for name, test := range map[string]struct {
		gate         *gate
		pace, growth float64
	}{
		"soon after it was set": {
			&gate{pace: 100, since: ago(3 * time.Second), first: ago(2001 * time.Millisecond)},
			50, paceGrowth,
		},
		"later": {
			&gate{pace: 100, since: ago(3 * time.Second), first: ago(2 * time.Second)},
			90, paceGrowth,
		},
		"at a low rate": {
			&gate{pace: 1.5, since: ago(2 * time.Second), first: ago(1.5e9)},
			1, paceGrowth,
		},
		// 100 answers in the three seconds from the first of them to the end of the pause.
		"not paced": {
			&gate{recent: hundred, first: ago(time.Second), opens: now},
			30, paceGrowth,
		},
		"not paced, few answers": {
			&gate{recent: few, first: ago(time.Second), opens: now},
			10, paceSearch,
		},
		"not paced, long before": {
			&gate{recent: long, first: ago(time.Second), opens: now},
			10, paceSearch,
		},
	} {
		g := test.gate
		g.allowed, g.refused = 5, 1
		g.slowDown(now)
		got := []float64{g.pace, g.growth, g.allowed, g.refused}
		if diff := cmp.Diff([]float64{test.pace, test.growth, 0, 0}, got); diff != "" {
			t.Errorf("%s: %s", name, diff)
		}
		if g.since != now || g.pacedAt != now || g.next != now {
			t.Errorf("%s: since %s, paced at %s, next at %s", name, g.since, g.pacedAt, g.next)
		}
	}
}

// TestPaceEndsWhereItIsHigherThanAnyLimit has the rate grow over the highest one.
func TestPaceEndsWhereItIsHigherThanAnyLimit(t *testing.T) {
	t.Parallel()
	clock := newFakeClock()
	g := newGate(clock, 1)
	g.pace, g.growth, g.pacedAt = maxPace, paceGrowth, clock.Now()
	g.next, g.allowed, g.refused = clock.Now().Add(time.Minute), 1000, 1
	if wait, open := g.reserve(); wait != time.Minute || !open || g.pace != maxPace {
		t.Errorf("at the highest: waits %s, open %t, at %g", wait, open, g.pace)
	}
	_ = clock.Sleep(t.Context(), time.Second)
	if wait, open := g.reserve(); wait != 0 || !open || g.pace != 0 || g.allowed+g.refused != 0 {
		t.Errorf("above: waits %s, open %t, at %g, %g counted", wait, open, g.pace,
			g.allowed+g.refused)
	}
}

// TestOnlyWhatWasSentSinceTheCutCounts has answers to requests of before it.
func TestOnlyWhatWasSentSinceTheCutCounts(t *testing.T) {
	t.Parallel()
	clock := newFakeClock()
	g := newGate(clock, 4)
	before := clock.Now().Add(-1)
	g.since = clock.Now()
	for range 4 {
		g.slots <- struct{}{}
	}
	g.leave(before, refusal(1))
	g.leave(before, nil)
	if g.refused != 0 || g.allowed != 0 {
		t.Errorf("of before: %g refused, %g allowed", g.refused, g.allowed)
	}
	g.leave(g.since, refusal(1))
	g.leave(g.since, nil)
	if g.refused != 1 || g.allowed != 1 || g.first != clock.Now() {
		t.Errorf("since then: %g refused, the first at %s, %g allowed", g.refused, g.first, g.allowed)
	}
}

// TestAShorterPauseDoesNotEndALongerOne has two requests under way that are both refused.
func TestAShorterPauseDoesNotEndALongerOne(t *testing.T) {
	t.Parallel()
	clock := newFakeClock()
	g := newGate(clock, 2)
	for range 2 {
		g.slots <- struct{}{}
	}
	long := refusal(60)
	g.leave(clock.Now(), long)
	g.leave(clock.Now(), refusal(5))
	if wait, cause := g.closed(); wait != time.Minute || cause != long {
		t.Errorf("closed for %s by %v", wait, cause)
	}
}

func TestOnlyA429OrA503WithAWaitPausesAll(t *testing.T) {
	t.Parallel()
	for _, test := range []struct {
		status     int
		retryAfter time.Duration
		want       bool
	}{
		{429, 0, true},
		{429, time.Second, true},
		{503, 0, true},
		{429, noRetryAfter, false},
		{503, noRetryAfter, false},
		{500, time.Second, false},
		{404, time.Second, false},
	} {
		e := &StatusError{StatusCode: test.status, RetryAfter: test.retryAfter}
		if got := e.pauses(); got != test.want {
			t.Errorf("%d after %s: got %t", test.status, test.retryAfter, got)
		}
	}
}
