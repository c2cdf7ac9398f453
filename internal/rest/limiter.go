package rest

import (
	"context"
	"errors"
	"math"
	"net/http"
	"slices"
	"sync"
	"sync/atomic"
	"time"
)

// ErrQueued is an [Error.Err]: time ran out before the request could be sent.
var ErrQueued = errors.New("waiting for a turn to be sent")

// The rates of a [limiter], in requests a second.
const (
	firstRate = 10.0   // after the first refusal
	minRate   = 1.0    // that refusals can lead to
	maxRate   = 1000.0 // above which nothing is paced
	// The rate is multiplied by searchGrowth each second until a refusal shows that it is above the
	// API's limit. Then it is multiplied by rateCut, and by rateGrowth each second.
	searchGrowth = 1.5
	rateGrowth   = 1.03
	rateCut      = 0.6
	// toleratedRefusals is the share of requests since the last cut that may be refused, besides one,
	// without another cut.
	toleratedRefusals = 0.03
)

// limiter limits the requests to one API: their number at once and, after the API has refused
// requests because of their rate, their rate. It lets none through while the API asks for a pause.
// Without that rate, all requests that waited for the end of a pause would be sent at once, and
// refused again.
type limiter struct {
	clock Clock
	slots chan struct{}
	held  atomic.Int64 // requests with a slot that the pause or the rate delays

	mu      sync.Mutex
	refusal *StatusError // the last refusal that led to a pause or a rate, or nil
	opens   time.Time    // when the pause ends

	rate    float64   // requests a second; 0 if they aren't paced
	growth  float64   // of the rate, each second; 0 before the first refusal
	grown   time.Time // when the rate was last brought up to date
	next    time.Time // when the next paced request may be sent
	lastCut time.Time // of the rate
	ended   float64   // requests sent after lastCut that have ended
	refused float64   // how many of these were refused
}

func newLimiter(clock Clock, slots int) *limiter {
	return &limiter{clock: clock, slots: make(chan struct{}, max(slots, 1))}
}

// acquire waits until a request may be sent, and returns the time. After each success, call release
// once.
func (l *limiter) acquire(ctx context.Context) (time.Time, *Error) {
	// Wait for a pause without a slot, so that a request with less time fails at once.
	if err := l.wait(ctx, l.pause); err != nil {
		return time.Time{}, err
	}
	select {
	case l.slots <- struct{}{}:
	case <-ctx.Done():
		return time.Time{}, l.stop(ctx.Err(), l.held.Load() > 0)
	}
	l.held.Add(1)
	err := l.wait(ctx, l.turn)
	l.held.Add(-1)
	if err != nil {
		<-l.slots
		return time.Time{}, err
	}
	return l.clock.Now(), nil
}

// wait sleeps until remaining, which it calls with the lock held, returns 0.
func (l *limiter) wait(ctx context.Context, remaining func(time.Time) time.Duration) *Error {
	for {
		if err := ctx.Err(); err != nil {
			return l.stop(err, false)
		}
		l.mu.Lock()
		wait := remaining(l.clock.Now())
		l.mu.Unlock()
		if wait <= 0 {
			return nil
		}
		err := checkWait(ctx, l.clock, wait)
		if err == nil {
			err = l.clock.Sleep(ctx, wait)
		}
		if err != nil {
			return l.stop(err, true)
		}
	}
}

// stop returns the error of a request whose time ran out, and its cause: the last refusal if the
// pause or the rate delayed the request, or else the queue.
func (l *limiter) stop(err error, delayed bool) *Error {
	l.mu.Lock()
	defer l.mu.Unlock()
	if delayed && l.refusal != nil {
		return &Error{Stopped: err, Err: l.refusal}
	}
	return &Error{Stopped: err, Err: ErrQueued}
}

// pause returns the rest of the pause.
func (l *limiter) pause(now time.Time) time.Duration { return l.opens.Sub(now) }

// turn returns how long to wait before the next request, and takes the turn if that is 0.
func (l *limiter) turn(now time.Time) time.Duration {
	if wait := l.pause(now); wait > 0 {
		return wait
	}
	if l.rate == 0 {
		return 0
	}
	// A rate that no request has tried for a while doesn't grow.
	l.rate *= math.Pow(l.growth, min(now.Sub(l.grown).Seconds(), 1))
	l.grown = now
	if l.rate > maxRate {
		l.rate, l.lastCut, l.ended, l.refused = 0, now, 0, 0
		return 0
	}
	if wait := l.next.Sub(now); wait > 0 {
		return wait
	}
	l.next = now.Add(time.Duration(float64(time.Second) / l.rate))
	return 0
}

// release records that the request sent at that time ended with err.
func (l *limiter) release(sent time.Time, err error) {
	<-l.slots
	l.mu.Lock()
	defer l.mu.Unlock()
	refusal, refused := errors.AsType[*StatusError](err)
	refused = refused && refusal.StatusCode == http.StatusTooManyRequests
	now := l.clock.Now()
	if refused {
		l.refusal = refusal
		l.opens = latest(l.opens, now.Add(refusal.RetryAfter))
		l.grown = latest(l.grown, l.opens)
	}
	if !sent.After(l.lastCut) {
		return // it was sent at an earlier rate
	}
	l.ended++
	if refused {
		l.refused++
		if isFirst := l.growth == 0; isFirst || l.refused > 1+toleratedRefusals*l.ended {
			l.slowDown(now)
		}
	}
}

func (l *limiter) slowDown(now time.Time) {
	if l.rate == 0 {
		l.rate, l.growth = firstRate, searchGrowth
	} else {
		l.rate, l.growth = max(l.rate*rateCut, minRate), rateGrowth
	}
	l.grown = latest(l.opens, now)
	l.next = latest(l.next, l.grown)
	l.lastCut, l.ended, l.refused = now, 0, 0
}

func latest(times ...time.Time) time.Time { return slices.MaxFunc(times, time.Time.Compare) }
