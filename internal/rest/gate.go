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
	// paceGrowth is the factor by which the rate grows in a second, and paceSearch that where little
	// is known of what the API can do.
	paceGrowth = 1.03
	paceSearch = 2.0
	// fewAnswers is what tells little, and firstPace the rate to begin with then.
	fewAnswers = 20
	firstPace  = 10.0
	// minPace and maxPace are rates in requests a second. Above the latter nothing is paced.
	minPace = 1.0
	maxPace = 1000.0
)

// gate lets requests through to one API: a limited number at once, none while the API has asked
// for a pause, and after such a pause at a rate a little below the one that the API has last kept
// up with, which then grows slowly. Without the pacing, all that had been held back would come at
// once, and most of it would be refused again.
type gate struct {
	clock Clock
	slots chan struct{}

	mu    sync.Mutex
	cause *StatusError // the refusal that closed the gate last; nil where there was none yet
	opens time.Time    // when the pause that it asked for ends

	recent window // what was answered lately

	pace    float64   // requests a second; 0 where they aren't paced
	growth  float64   // the factor by which it grows in a second
	pacedAt time.Time // when pace was what it says
	next    time.Time // when the next paced request may be sent

	since   time.Time // when the pace was set or cut last
	allowed float64   // the requests begun since then that weren't refused
	refused float64   // and those that were
	first   time.Time // when the first of these was
}

func newGate(clock Clock, slots int) *gate {
	return &gate{clock: clock, slots: make(chan struct{}, max(slots, 1))}
}

// enter waits until a request may be sent, and returns when that was; each success needs one call
// of leave. Its errors are that of the context, and a [*WaitError] where the wait would outlast the
// deadline. With an error comes the refusal that it waited for, or nil.
func (g *gate) enter(ctx context.Context) (time.Time, *StatusError, error) {
	for {
		// A pause is waited for without a slot, so that whoever can't wait is told at once.
		wait, cause := g.closed()
		if err := ctx.Err(); err != nil {
			return time.Time{}, cause, err
		}
		if wait > 0 {
			if err := pause(ctx, g.clock, wait); err != nil {
				return time.Time{}, cause, err
			}
		}
		select {
		case g.slots <- struct{}{}:
		case <-ctx.Done():
			_, cause := g.closed()
			return time.Time{}, cause, ctx.Err()
		}
		entered, err := g.takeTurn(ctx)
		if entered && ctx.Err() == nil {
			return g.clock.Now(), nil, nil
		}
		<-g.slots
		if err != nil {
			return time.Time{}, nil, err
		}
	}
}

// closed returns how long the pause still is that the API has asked for, and in which answer.
func (g *gate) closed() (time.Duration, *StatusError) {
	g.mu.Lock()
	defer g.mu.Unlock()
	if wait := g.opens.Sub(g.clock.Now()); wait > 0 {
		return wait, g.cause
	}
	return 0, nil
}

// takeTurn waits for a paced request's turn. It is false where the gate has closed meanwhile.
func (g *gate) takeTurn(ctx context.Context) (bool, error) {
	for {
		wait, open := g.reserve()
		if !open || wait <= 0 {
			return open, nil
		}
		if err := pause(ctx, g.clock, wait); err != nil {
			return false, err
		}
	}
}

// reserve returns how long to wait before asking again; 0 is leave to send one request.
func (g *gate) reserve() (wait time.Duration, open bool) {
	g.mu.Lock()
	defer g.mu.Unlock()
	now := g.clock.Now()
	if now.Before(g.opens) {
		return 0, false
	}
	if g.refused > 0 && (g.pace == 0 || g.refused > maxRefused*(g.allowed+g.refused)) {
		g.slowDown(now)
	}
	if g.pace == 0 {
		return 0, true
	}

	g.pace *= math.Pow(g.growth, now.Sub(g.pacedAt).Seconds())
	g.pacedAt = now
	if g.pace > maxPace {
		g.pace = 0
		g.since, g.allowed, g.refused = now, 0, 0
		return 0, true
	}
	if wait := g.next.Sub(now); wait > 0 {
		return wait, true
	}
	g.next = now.Add(time.Duration(float64(time.Second) / g.pace))
	return 0, true
}

// slowDown sets the rate after one that was refused. Of requests that weren't paced so far it goes
// by what was answered lately, the pause included, for that is what the API can do.
func (g *gate) slowDown(now time.Time) {
	growth := paceGrowth
	switch {
	case g.pace == 0 && g.recent.answers(g.first) < fewAnswers:
		g.pace, growth = firstPace, paceSearch
	case g.pace == 0:
		seconds := g.opens.Sub(g.recent.before.start).Seconds()
		g.pace = paceMargin * g.recent.answers(g.first) / max(seconds, 0.001)
	case g.first.Sub(g.since) < settling:
		g.pace *= paceCut
	default:
		g.pace *= paceMargin
	}
	g.pace, g.growth = max(g.pace, minPace), growth
	g.pacedAt, g.next = now, now
	g.since, g.allowed, g.refused = now, 0, 0
}

// leave ends a request that was sent at started and ended with err.
func (g *gate) leave(started time.Time, err error) {
	g.mu.Lock()
	defer g.mu.Unlock()
	<-g.slots
	now := g.clock.Now()
	// What was sent before the last cut says nothing about the rate since.
	current := !started.Before(g.since)

	var refusal *StatusError
	if !errors.As(err, &refusal) || !refusal.pauses() {
		g.recent.add(now)
		if current {
			g.allowed++
		}
		return
	}
	if current {
		if g.refused == 0 {
			g.first = now
		}
		g.refused++
	}
	if opens := now.Add(refusal.RetryAfter); opens.After(g.opens) {
		g.opens, g.cause = opens, refusal
	}
}

// window counts the answers of the last one to two seconds.
type window struct {
	current, before struct {
		start time.Time
		count float64
	}
}

func (w *window) add(now time.Time) {
	if age := now.Sub(w.current.start); age > time.Second {
		w.before = w.current
		w.current.start, w.current.count = now, 0
		if age > 2*time.Second {
			w.before = w.current
		}
	}
	w.current.count++
}

// answers is their number before the moment now, since before.start.
func (w *window) answers(now time.Time) float64 {
	if now.Sub(w.current.start) > 2*time.Second {
		return 0
	}
	return w.before.count + w.current.count
}

// pauses tells whether the server asks for a pause of all requests.
func (e *StatusError) pauses() bool {
	return e.RetryAfter >= 0 && (e.StatusCode == http.StatusTooManyRequests ||
		e.StatusCode == http.StatusServiceUnavailable)
}
