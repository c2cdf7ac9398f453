package rest

import (
	"context"
	"errors"
	"sync"
	"time"
)

// ErrShared is an [Error.Err]: time ran out while another caller's identical request was in flight.
var ErrShared = errors.New("waiting for the response to an identical request")

// Sharing lets concurrent callers with the same key share one response. It doesn't keep responses.
// The zero value is ready to use, and safe for concurrent use.
//
// singleflight from x/sync doesn't distinguish the caller that started a call from those that
// joined it. When time runs out, the first must get the call's own error, and the others must not
// wait for it.
type Sharing[K comparable, A any] struct {
	mu    sync.Mutex
	calls map[K]*call[A]
}

type call[A any] struct {
	deadline time.Time // zero if there is none
	done     chan struct{}
	response A
	err      error
}

// Do calls fetch, or waits for the call in flight with the same key and returns its result. If that
// call ran out of time and this caller has time left, Do calls fetch.
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
				return joined.response, joined.err
			}
		case <-ctx.Done():
			var none A
			return none, &Error{Stopped: ctx.Err(), Err: ErrShared}
		}
	}
}

// start calls fetch for itself and for callers that join meanwhile. It is called with the lock
// held.
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
	started.response, started.err = fetch(ctx)
	return started.response, started.err
}

// endedEarly reports whether the call was interrupted, or its time ran out, while ctx goes on. A
// difference of up to minBackoff doesn't count: calls that started together end together.
func (c *call[A]) endedEarly(ctx context.Context) bool {
	failed, ok := errors.AsType[*Error](c.err)
	if ctx.Err() != nil || !ok {
		return false
	}
	_, waits := errors.AsType[*WaitError](failed.Stopped)
	if waits || errors.Is(failed.Stopped, context.DeadlineExceeded) {
		deadline, ok := ctx.Deadline()
		return !ok || deadline.Sub(c.deadline) > minBackoff
	}
	return errors.Is(failed.Stopped, context.Canceled)
}
