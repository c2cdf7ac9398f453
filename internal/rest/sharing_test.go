package rest

import (
	"context"
	"errors"
	"sync"
	"testing"
	"testing/synctest"
	"time"
)

// sharedFetch is a Sharing with a fetch that takes a second, in a bubble, and returns its number.
type sharedFetch struct {
	Sharing[string, int]
	mu      sync.Mutex
	fetched int
	err     error
	group   sync.WaitGroup
}

func (s *sharedFetch) get(ctx context.Context, key string) (int, error) {
	return s.Do(ctx, key, func(ctx context.Context) (int, error) {
		s.mu.Lock()
		s.fetched++
		number := s.fetched
		s.mu.Unlock()
		select {
		case <-ctx.Done():
			return 0, &Error{Attempts: 1, Stopped: ctx.Err(), Err: ErrNotFound}
		case <-time.After(time.Second):
			return number, s.err
		}
	})
}

// background starts to get the key "a".
func (s *sharedFetch) background(ctx context.Context) {
	s.group.Go(func() { _, _ = s.get(ctx, "a") })
	synctest.Wait()
}

// all gets the key a number of times at once and returns the distinct results.
func (s *sharedFetch) all(t *testing.T, times int, key string) map[int]bool {
	t.Helper()
	var mu sync.Mutex
	results := map[int]bool{}
	var group sync.WaitGroup
	for range times {
		group.Go(func() {
			result, err := s.get(t.Context(), key)
			mu.Lock()
			defer mu.Unlock()
			if !errors.Is(err, s.err) {
				t.Error(err)
			}
			results[result] = true
		})
	}
	group.Wait()
	return results
}

func TestSharing(t *testing.T) {
	t.Parallel()
	broken := &Error{Stopped: ErrRetriesExhausted, Err: context.DeadlineExceeded}
	for name, test := range map[string]func(*testing.T, *sharedFetch){
		"shares what is under way and keeps nothing": func(t *testing.T, s *sharedFetch) {
			if got := s.all(t, 100, "a"); len(got) != 1 || s.fetched != 1 {
				t.Errorf("%d fetches, %v", s.fetched, got)
			}
			if got := s.all(t, 1, "a"); !got[2] || len(s.calls) != 0 {
				t.Errorf("afterwards: %v, %d calls", got, len(s.calls))
			}
		},
		"keeps keys apart": func(t *testing.T, s *sharedFetch) {
			s.background(t.Context())
			if got := s.all(t, 2, "b"); !got[2] || s.fetched != 2 {
				t.Errorf("%d fetches, %v", s.fetched, got)
			}
		},
		"shares errors, a network's timeout too": func(t *testing.T, s *sharedFetch) {
			s.err = broken
			s.all(t, 20, "a")
			if s.fetched != 1 {
				t.Errorf("%d fetches", s.fetched)
			}
		},
		"a caller that gives up ends its own wait only": func(t *testing.T, s *sharedFetch) {
			s.background(t.Context())
			ctx, cancel := context.WithTimeout(t.Context(), time.Millisecond)
			defer cancel()
			_, err := s.get(ctx, "a")
			if !errors.Is(err, context.DeadlineExceeded) || !errors.Is(err, ErrShared) {
				t.Errorf("got %v", err)
			}
			if got := s.all(t, 1, "a"); !got[1] {
				t.Errorf("the others: %v", got)
			}
		},
		"who started a fetch gets its error": func(t *testing.T, s *sharedFetch) {
			ctx, cancel := context.WithCancel(t.Context())
			time.AfterFunc(time.Millisecond, cancel)
			started := time.Now()
			_, err := s.get(ctx, "a")
			if !errors.Is(err, context.Canceled) || !errors.Is(err, ErrNotFound) ||
				time.Since(started) != time.Millisecond {
				t.Errorf("got %v after %s", err, time.Since(started))
			}
		},
		"an interrupted fetch is taken over, once": func(t *testing.T, s *sharedFetch) {
			ctx, cancel := context.WithCancel(t.Context())
			s.background(ctx)
			time.AfterFunc(time.Millisecond, cancel)
			if got := s.all(t, 50, "a"); len(got) != 1 || !got[2] {
				t.Errorf("got %v", got)
			}
		},
		"who has more time fetches again, once": func(t *testing.T, s *sharedFetch) {
			ctx, cancel := context.WithTimeout(t.Context(), time.Second/2)
			defer cancel()
			s.background(ctx)
			if got := s.all(t, 50, "a"); len(got) != 1 || !got[2] {
				t.Errorf("got %v", got)
			}
		},
		"a little more time doesn't": func(t *testing.T, s *sharedFetch) {
			short, cancel := context.WithTimeout(t.Context(), time.Second/2)
			defer cancel()
			long, end := context.WithTimeout(t.Context(), time.Second/2+minBackoff)
			defer end()
			s.background(short)
			if _, err := s.get(long, "a"); !errors.Is(err, ErrNotFound) || s.fetched != 1 {
				t.Errorf("got %v after %d fetches", err, s.fetched)
			}
		},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			synctest.Test(t, func(t *testing.T) {
				s := &sharedFetch{}
				test(t, s)
				s.group.Wait()
			})
		})
	}
}
