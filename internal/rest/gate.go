package rest

import (
	"context"
	"errors"
	"math"
	"net/http"
	"sync"
	"time"
)

// How a [gate] paces requests after the API has asked for a pause.
const (
	// maxRefused is the part of paced requests that may be refused before the rate is cut.
	maxRefused = 0.03
	// paceMargin is what is kept of a rate that led to a refusal, and paceCut what is kept where that
	// took less than settling.
	paceMargin = 0.9
	paceCut    = 0.5
	settling   = time.Second
	// paceGrowth is the factor by which the rate grows in a second.
	paceGrowth = 1.03
	// minPace and maxPace are rates in requests a second. Above the latter nothing is paced.
	minPace = 1.0
	maxPace = 1000.0
	// idle is how long there has to be no request for the rate to be measured anew.
	idle = time.Second
)

// gate lets requests through to one API: a limited number at once, none while the API has asked
// for a pause, and after such a pause at a rate a little below the one that the API has last kept
// up with, which then grows slowly. Without the pacing, all that had been held back would come at
// once, and most of it would be refused again.
type gate struct {
	clock Clock
	slots chan struct{}

	mu      sync.Mutex
	cause   *StatusError // the refusal that closed the gate last; nil where there was none yet
	opens   time.Time    // when the pause that it asked for ends
	since   time.Time    // when counting began
	allowed float64      // the requests begun since then that weren't refused
	refused float64      // and those that were
	first   time.Time    // when the first of these was
	last    time.Time    // when the last request ended
	pace    float64      // requests a second; 0 where they aren't paced
	pacedAt time.Time    // when pace was what it says
	next    time.Time    // when the next paced request may be sent
}

func newGate(clock Clock, slots int) *gate {
	return &gate{clock: clock, slots: make(chan struct{}, max(slots, 1))}
}

// enter waits until a request may be sent, and returns when that was; each success needs one call
// of leave. Its errors are that of the context, and a [*WaitError] where the wait would outlast the
// deadline. With an error comes the refusal that it waited for, or nil.
func (g *gate) enter(ctx context.Context) (time.Time, *StatusError, error) {
	if err := ctx.Err(); err != nil {
		return time.Time{}, nil, err
	}
	select {
	case g.slots <- struct{}{}:
	case <-ctx.Done():
		return time.Time{}, nil, ctx.Err()
	}
	for {
		wait, cause := g.reserve()
		if wait <= 0 {
			return g.clock.Now(), nil, nil
		}
		if err := pause(ctx, g.clock, wait); err != nil {
			<-g.slots
			return time.Time{}, cause, err
		}
	}
}

// reserve returns how long to wait before asking again, and what for. A wait of 0 is leave to send
// one request.
func (g *gate) reserve() (time.Duration, *StatusError) {
	g.mu.Lock()
	defer g.mu.Unlock()
	now := g.clock.Now()
	if wait := g.opens.Sub(now); wait > 0 {
		return wait, g.cause
	}
	switch {
	case g.refused > 0 && (g.pace == 0 || g.refused > maxRefused*(g.allowed+g.refused)):
		g.pace = max(minPace, g.slower())
		g.pacedAt, g.next = now, now
		g.count(now)
	case len(g.slots) == 1 && now.Sub(g.last) > idle:
		g.count(now)
	}
	if g.pace == 0 {
		return 0, nil
	}

	g.pace *= math.Pow(paceGrowth, now.Sub(g.pacedAt).Seconds())
	g.pacedAt = now
	if g.pace > maxPace {
		g.pace = 0
		return 0, nil
	}
	if wait := g.next.Sub(now); wait > 0 {
		return wait, g.cause
	}
	g.next = now.Add(time.Duration(float64(time.Second) / g.pace))
	return 0, nil
}

// leave ends a request that was sent at started and ended with err.
func (g *gate) leave(started time.Time, err error) {
	g.mu.Lock()
	defer g.mu.Unlock()
	<-g.slots
	g.last = g.clock.Now()
	// What was sent before the last pause says nothing about the rate since.
	current := !started.Before(g.since)

	var refusal *StatusError
	if !errors.As(err, &refusal) || !refusal.pauses() {
		if current {
			g.allowed++
		}
		return
	}
	if current {
		if g.refused == 0 {
			g.first = g.last
		}
		g.refused++
	}
	if opens := g.last.Add(refusal.RetryAfter); opens.After(g.opens) {
		g.opens, g.cause = opens, refusal
	}
}

// count begins to count anew.
func (g *gate) count(now time.Time) {
	g.since, g.allowed, g.refused = now, 0, 0
}

// slower returns the rate after one that was refused: of requests that weren't paced so far, a
// little less than what was answered, the pause included.
func (g *gate) slower() float64 {
	switch {
	case g.pace == 0:
		seconds := max(g.opens.Sub(g.since), time.Millisecond).Seconds()
		return paceMargin * g.allowed / seconds
	case g.first.Sub(g.since) < settling:
		return paceCut * g.pace
	}
	return paceMargin * g.pace
}

// pauses tells whether the server asks for a pause of all requests.
func (e *StatusError) pauses() bool {
	return e.RetryAfter >= 0 && (e.StatusCode == http.StatusTooManyRequests ||
		e.StatusCode == http.StatusServiceUnavailable)
}
