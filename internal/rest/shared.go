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

// Shared lets those who ask for the same thing have one answer: while it is being fetched, and for
// a time afterwards. It is safe for concurrent use.
type Shared[A any] struct {
	clock Clock

	mu    sync.Mutex
	calls map[string]*call[A] // under way, by key and variant
	kept  map[string]kept[A]
	order []string // the keys of kept, in the order of their arrival
}

type kept[A any] struct {
	answer *A
	until  time.Time
}

// call is a fetch that is under way.
type call[A any] struct {
	done     chan struct{}
	waiters  int
	cancel   context.CancelFunc
	deadline time.Time // zero where there is none

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

// Get returns the answer that is kept for the key, or under way for the key and the variant, else
// fetches one. A variant is another way to get what is as good once it is there. Fetch returns for
// how long its answer may be kept; one that may not be at all isn't given to others either, who
// then fetch for themselves. An error is given to those who wait for it, and never kept.
//
// A fetch has the deadline of the one who began it, and ends when nobody waits for it any more. Who
// stops waiting ends its own wait alone, and where a fetch ends with the time of the one who began
// it, one of the others begins another.
func (s *Shared[A]) Get(
	ctx context.Context,
	key, variant string,
	fetch func(context.Context) (*A, time.Duration, error),
) (*A, error) {
	var told error // why a fetch of somebody else's ended
	for {
		if ctx.Err() != nil {
			return nil, waitEnded(ctx, told)
		}
		s.mu.Lock()
		if entry, ok := s.kept[key]; ok && s.clock.Now().Before(entry.until) {
			s.mu.Unlock()
			return entry.answer, nil
		}
		c, joined := s.calls[key+variant]
		if !joined {
			c = s.start(ctx, key, variant, fetch)
		}
		c.waiters++
		s.mu.Unlock()

		select {
		case <-c.done:
		case <-ctx.Done():
			expired := errors.Is(ctx.Err(), context.DeadlineExceeded)
			if expired && !joined || s.leave(key+variant, c) && !expired {
				<-c.done // at once, for the same reason, and its error tells more
				return c.answer, c.err
			}
			return nil, waitEnded(ctx, told)
		}
		switch {
		case !joined, c.err == nil && c.keep > 0, c.err != nil && !c.tooEarly(ctx):
			return c.answer, c.err
		case c.err == nil:
			answer, _, err := fetch(ctx)
			return answer, err
		}
		told = c.err
	}
}

// waitEnded is the error of a wait that ended with its context; told, where it isn't nil, says
// more.
func waitEnded(ctx context.Context, told error) error {
	if told != nil {
		return told
	}
	return &Error{
		Stopped: ctx.Err(),
		Err:     &TransportError{text: ctx.Err().Error(), err: ctx.Err()},
	}
}

// tooEarly tells whether the fetch ended with the time of the one who began it, while the context
// leaves notably more.
func (c *call[A]) tooEarly(ctx context.Context) bool {
	var failed *Error
	var wait *WaitError
	if !errors.As(c.err, &failed) ||
		!errors.Is(failed.Stopped, context.DeadlineExceeded) && !errors.As(failed.Stopped, &wait) {
		return false
	}
	deadline, ok := ctx.Deadline()
	return !ok || deadline.After(c.deadline.Add(minWait))
}

// start begins a fetch. It is called with the lock held.
func (s *Shared[A]) start(
	ctx context.Context,
	key, variant string,
	fetch func(context.Context) (*A, time.Duration, error),
) *call[A] {
	own, cancel := context.WithCancel(context.WithoutCancel(ctx))
	deadline, limited := ctx.Deadline()
	c := &call[A]{done: make(chan struct{}), cancel: cancel, deadline: deadline}
	s.calls[key+variant] = c
	go func() {
		defer cancel()
		if limited {
			var end context.CancelFunc
			own, end = context.WithDeadline(own, deadline)
			defer end()
		}
		c.answer, c.keep, c.err = fetch(own)
		s.finish(key, variant, c)
		close(c.done)
	}()
	return c
}

func (s *Shared[A]) finish(key, variant string, c *call[A]) {
	s.mu.Lock()
	defer s.mu.Unlock()
	if s.calls[key+variant] == c {
		delete(s.calls, key+variant)
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
func (s *Shared[A]) leave(id string, c *call[A]) bool {
	s.mu.Lock()
	defer s.mu.Unlock()
	c.waiters--
	if c.waiters > 0 {
		return false
	}
	c.cancel()
	if s.calls[id] == c {
		delete(s.calls, id)
	}
	return true
}

// Kept returns what is kept for the key, or nil.
func (s *Shared[A]) Kept(key string) *A {
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.kept[key].answer
}

// Forget drops what is kept for the key.
func (s *Shared[A]) Forget(key string) {
	s.mu.Lock()
	defer s.mu.Unlock()
	delete(s.kept, key)
}
