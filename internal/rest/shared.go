package rest

import (
	"context"
	"errors"
	"sync"
	"time"
)

// ShareTime is for how long an answer may be shared that has no end of its own: long enough for the
// blocks of one run that ask at about the same time, short enough for a read that comes after
// another step to see the present.
const ShareTime = 5 * time.Second

// Shared lets those who ask for the same thing have one answer: while it is being fetched, and for a
// time afterwards. It is safe for concurrent use.
type Shared[A any] struct {
	clock Clock

	mu    sync.Mutex
	calls map[string]*call[A] // under way
	kept  map[string]kept[A]
	order []string // the keys of kept, in the order of their arrival
}

type kept[A any] struct {
	answer *A
	until  time.Time
}

// call is a fetch that is under way.
type call[A any] struct {
	done    chan struct{}
	waiters int
	cancel  context.CancelFunc

	// What follows is set when done is closed.
	answer *A
	keep   time.Duration
	err    error
}

// NewShared returns an empty one. A nil clock is the system's.
func NewShared[A any](clock Clock) *Shared[A] {
	if clock == nil {
		clock = SystemClock
	}
	return &Shared[A]{clock: clock, calls: map[string]*call[A]{}, kept: map[string]kept[A]{}}
}

// Get returns the answer that is kept or under way for the key, else fetches one. Fetch returns for
// how long its answer may be kept; one that may not be at all isn't given to others either, who
// then fetch for themselves. An error is given to those who wait for it, and never kept.
//
// A fetch has the deadline of the one who began it, and ends when nobody waits for it any more. Who
// stops waiting ends its own wait alone.
func (s *Shared[A]) Get(
	ctx context.Context,
	key string,
	fetch func(context.Context) (*A, time.Duration, error),
) (*A, error) {
	s.mu.Lock()
	if entry, ok := s.kept[key]; ok && s.clock.Now().Before(entry.until) {
		s.mu.Unlock()
		return entry.answer, nil
	}
	c, joined := s.calls[key]
	if !joined {
		c = s.start(ctx, key, fetch)
	}
	c.waiters++
	s.mu.Unlock()

	select {
	case <-c.done:
	case <-ctx.Done():
		expired := errors.Is(ctx.Err(), context.DeadlineExceeded)
		if expired && !joined || s.leave(key, c) && !expired {
			<-c.done // at once, for the same reason, and its error tells more
			return c.answer, c.err
		}
		return nil, &Error{
			Stopped: ctx.Err(),
			Err:     &TransportError{text: ctx.Err().Error(), err: ctx.Err()},
		}
	}
	if joined && ctx.Err() == nil && !c.shareable() {
		answer, _, err := fetch(ctx)
		if err != nil && c.err != nil && ctx.Err() != nil {
			return nil, c.err // which had time to learn more
		}
		return answer, err
	}
	return c.answer, c.err
}

// shareable tells whether the outcome is one for those who joined: neither an answer that may not be
// kept, nor the end of somebody else's time limit.
func (c *call[A]) shareable() bool {
	var wait *WaitError
	if errors.Is(c.err, context.DeadlineExceeded) || errors.As(c.err, &wait) {
		return false
	}
	return c.err != nil || c.keep > 0
}

// start begins a fetch. It is called with the lock held.
func (s *Shared[A]) start(
	ctx context.Context,
	key string,
	fetch func(context.Context) (*A, time.Duration, error),
) *call[A] {
	own, cancel := context.WithCancel(context.WithoutCancel(ctx))
	if deadline, ok := ctx.Deadline(); ok {
		own, cancel = context.WithDeadline(context.WithoutCancel(ctx), deadline)
	}
	c := &call[A]{done: make(chan struct{}), cancel: cancel}
	s.calls[key] = c
	go func() {
		defer cancel()
		c.answer, c.keep, c.err = fetch(own)
		s.finish(key, c)
		close(c.done)
	}()
	return c
}

func (s *Shared[A]) finish(key string, c *call[A]) {
	s.mu.Lock()
	defer s.mu.Unlock()
	if s.calls[key] == c {
		delete(s.calls, key)
	}
	now := s.clock.Now()
	for len(s.order) > 0 && !now.Before(s.kept[s.order[0]].until) {
		delete(s.kept, s.order[0])
		s.order = s.order[1:]
	}
	if c.err == nil && c.keep > 0 {
		s.kept[key] = kept[A]{c.answer, now.Add(c.keep)}
		s.order = append(s.order, key)
	}
}

// leave ends one wait, and the fetch where that was the last one. It tells whether it was.
func (s *Shared[A]) leave(key string, c *call[A]) bool {
	s.mu.Lock()
	defer s.mu.Unlock()
	c.waiters--
	if c.waiters > 0 {
		return false
	}
	c.cancel()
	if s.calls[key] == c {
		delete(s.calls, key)
	}
	return true
}

// Forget drops what is kept for the key, where is tells that it is the answer meant.
func (s *Shared[A]) Forget(key string, is func(*A) bool) {
	s.mu.Lock()
	defer s.mu.Unlock()
	if entry, ok := s.kept[key]; ok && is(entry.answer) {
		delete(s.kept, key)
	}
}
