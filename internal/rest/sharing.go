package rest

import (
	"context"
	"errors"
	"sync"
	"time"
)

// ErrShared is an [Error.Err]: time ran out while an identical request of another caller was under
// way.
var ErrShared = errors.New("waiting for the response to an identical request")

// Sharing lets callers that ask for the same thing at the same time share one response. Nothing is
// kept once it is there. The zero value is ready to use, and safe for concurrent use.
//
// Singleflight of x/sync can't tell who started a call from who joined it: the former has to get
// the call's own error when its time runs out, and the latter must not wait for that.
type Sharing[K comparable, A any] struct {
	mu    sync.Mutex
	calls map[K]*call[A]
}

type call[A any] struct {
	deadline time.Time // zero if there is none
	done     chan struct{}
	answer   A
	err      error
}

// Do calls fetch, or waits for the call with the same key that is under way and returns what that
// returns. A caller that has time left when another's ran out calls fetch itself.
func (s *Sharing[K, A]) Do(
	ctx context.Context,
	key K,
	fetch func(context.Context) (A, error),
) (A, error) {
	for {
		s.mu.Lock()
		joined, ok := s.calls[key]
		if !ok {
			return s.start(ctx, key, fetch)
		}
		s.mu.Unlock()
		select {
		case <-joined.done:
			if !joined.endedEarly(ctx) {
				return joined.answer, joined.err
			}
		case <-ctx.Done():
			var none A
			return none, &Error{Stopped: ctx.Err(), Err: ErrShared}
		}
	}
}

// start calls fetch for all who ask for the key meanwhile. It is called with the lock held.
func (s *Sharing[K, A]) start(
	ctx context.Context,
	key K,
	fetch func(context.Context) (A, error),
) (A, error) {
	started := &call[A]{done: make(chan struct{})}
	started.deadline, _ = ctx.Deadline()
	if s.calls == nil {
		s.calls = map[K]*call[A]{}
	}
	s.calls[key] = started
	s.mu.Unlock()

	defer func() {
		s.mu.Lock()
		delete(s.calls, key)
		s.mu.Unlock()
		close(started.done)
	}()
	started.answer, started.err = fetch(ctx)
	return started.answer, started.err
}

// endedEarly reports whether the call was interrupted, or its time ran out, while ctx goes on. A
// little more time is no reason to fetch again: calls that started together end together.
func (c *call[A]) endedEarly(ctx context.Context) bool {
	var failed *Error
	if ctx.Err() != nil || !errors.As(c.err, &failed) {
		return false
	}
	var wait *WaitError
	if errors.Is(failed.Stopped, context.DeadlineExceeded) || errors.As(failed.Stopped, &wait) {
		deadline, ok := ctx.Deadline()
		return !ok || deadline.Sub(c.deadline) > minBackoff
	}
	return errors.Is(failed.Stopped, context.Canceled)
}
