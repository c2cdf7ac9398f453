package rest

import (
	"context"
	"errors"
	"sync"
	"testing"
	"testing/synctest"
	"time"
)

// shelf is a Shared with a fetch that takes a second, in a bubble.
type shelf struct {
	*Shared[int]
	mu      sync.Mutex
	fetched int
	keep    time.Duration
	err     error
}

func (s *shelf) get(ctx context.Context, key string) (*int, error) {
	return s.Get(ctx, key, "", func(ctx context.Context) (*int, time.Duration, error) {
		s.mu.Lock()
		s.fetched++
		number := s.fetched
		s.mu.Unlock()
		select {
		case <-ctx.Done():
			return nil, 0, &Error{Attempts: 1, Stopped: ctx.Err(), Err: ErrNotFound}
		case <-time.After(time.Second):
		}
		if s.err != nil {
			return nil, 0, s.err
		}
		return &number, s.keep, nil
	})
}

func inBubble(t *testing.T, keep time.Duration, test func(*testing.T, *shelf)) {
	t.Helper()
	synctest.Test(t, func(t *testing.T) {
		test(t, &shelf{Shared: NewShared[int](nil), keep: keep})
	})
}

// all gets the key so many times at once and returns the answers that differ.
func (s *shelf) all(t *testing.T, times int, key string) map[int]bool {
	t.Helper()
	var mu sync.Mutex
	answers := map[int]bool{}
	var group sync.WaitGroup
	for range times {
		group.Go(func() {
			answer, err := s.get(t.Context(), key)
			mu.Lock()
			defer mu.Unlock()
			if err == nil {
				answers[*answer] = true
			} else if s.err == nil || !errors.Is(err, s.err) {
				t.Error(err)
			}
		})
	}
	group.Wait()
	return answers
}

func TestSharedFetchesOnceAndKeeps(t *testing.T) {
	t.Parallel()
	inBubble(t, 5*time.Second, func(t *testing.T, s *shelf) {
		if got := s.all(t, 100, "a"); len(got) != 1 || s.fetched != 1 {
			t.Errorf("%d fetches, %v", s.fetched, got)
		}
		time.Sleep(5*time.Second - 1)
		if got := s.all(t, 1, "a"); !got[1] || s.fetched != 1 {
			t.Errorf("before its end: %d fetches, %v", s.fetched, got)
		}
		time.Sleep(time.Nanosecond)
		if got := s.all(t, 1, "a"); !got[2] || s.fetched != 2 {
			t.Errorf("at its end: %d fetches, %v", s.fetched, got)
		}
	})
}

func TestSharedKeepsKeysApart(t *testing.T) {
	t.Parallel()
	inBubble(t, 5*time.Second, func(t *testing.T, s *shelf) {
		s.all(t, 2, "a")
		if got := s.all(t, 2, "b"); !got[2] || s.fetched != 2 {
			t.Errorf("%d fetches, %v", s.fetched, got)
		}
	})
}

func TestSharedDropsWhatIsOver(t *testing.T) {
	t.Parallel()
	inBubble(t, 5*time.Second, func(t *testing.T, s *shelf) {
		for _, key := range []string{"a", "b", "c", "a"} {
			s.all(t, 1, key)
			time.Sleep(3 * time.Second)
		}
		if len(s.kept) > 2 || len(s.order) > 2 {
			t.Errorf("%d are kept in %d places", len(s.kept), len(s.order))
		}
	})
}

func TestSharedGivesNobodyWhatMayNotBeKept(t *testing.T) {
	t.Parallel()
	inBubble(t, 0, func(t *testing.T, s *shelf) {
		if got := s.all(t, 10, "a"); len(got) != 10 || s.fetched != 10 {
			t.Errorf("%d fetches, %v", s.fetched, got)
		}
	})
}

func TestSharedGivesErrorsAndKeepsNone(t *testing.T) {
	t.Parallel()
	inBubble(t, 5*time.Second, func(t *testing.T, s *shelf) {
		s.err = ErrNotFound
		if s.all(t, 10, "a"); s.fetched != 1 {
			t.Errorf("%d fetches", s.fetched)
		}
		if s.all(t, 10, "a"); s.fetched != 2 {
			t.Errorf("%d fetches", s.fetched)
		}
	})
}

func TestSharedWaitersEndTheirOwnWaitAlone(t *testing.T) {
	t.Parallel()
	inBubble(t, 5*time.Second, func(t *testing.T, s *shelf) {
		first, cancel := context.WithCancel(t.Context())
		var group sync.WaitGroup
		group.Go(func() {
			if _, err := s.get(first, "a"); !errors.Is(err, context.Canceled) {
				t.Errorf("the first: %v", err)
			}
		})
		synctest.Wait()
		group.Go(func() {
			second, end := context.WithTimeout(t.Context(), time.Millisecond)
			defer end()
			if _, err := s.get(second, "a"); !errors.Is(err, context.DeadlineExceeded) {
				t.Errorf("the second: %v", err)
			}
		})
		group.Go(func() {
			if answer, err := s.get(t.Context(), "a"); err != nil || *answer != 1 {
				t.Errorf("the third: %v", err)
			}
		})
		synctest.Wait()
		cancel()
		group.Wait()
		if s.fetched != 1 {
			t.Errorf("%d fetches", s.fetched)
		}
	})
}

func TestSharedEndsAFetchThatNobodyWaitsFor(t *testing.T) {
	t.Parallel()
	inBubble(t, 5*time.Second, func(t *testing.T, s *shelf) {
		ctx, cancel := context.WithCancel(t.Context())
		time.AfterFunc(time.Millisecond, cancel)
		started := time.Now()
		_, err := s.get(ctx, "a")
		// What the fetch itself has to say comes along.
		if !errors.Is(err, context.Canceled) || !errors.Is(err, ErrNotFound) {
			t.Errorf("got %v", err)
		}
		if took := time.Since(started); took != time.Millisecond {
			t.Errorf("took %s", took)
		}
	})
}

// TestSharedFetchesAgainForOneWithMoreTime has one who begins with little time, and one who joins.
func TestSharedFetchesAgainForOneWithMoreTime(t *testing.T) {
	t.Parallel()
	inBubble(t, 5*time.Second, func(t *testing.T, s *shelf) {
		short, cancel := context.WithTimeout(t.Context(), time.Second/2)
		defer cancel()
		var group sync.WaitGroup
		group.Go(func() {
			_, err := s.get(short, "a")
			if !errors.Is(err, context.DeadlineExceeded) || !errors.Is(err, ErrNotFound) {
				t.Errorf("the first: %v", err)
			}
		})
		synctest.Wait()
		group.Go(func() {
			if answer, err := s.get(t.Context(), "a"); err != nil || *answer != 2 {
				t.Errorf("the second: %v", err)
			}
		})
		group.Wait()
	})
}

// TestSharedHasOneFetchAfterTheFirstOnesTime has many who join one with little time.
func TestSharedHasOneFetchAfterTheFirstOnesTime(t *testing.T) {
	t.Parallel()
	inBubble(t, 5*time.Second, func(t *testing.T, s *shelf) {
		short, cancel := context.WithTimeout(t.Context(), time.Second/2)
		defer cancel()
		go func() { _, _ = s.get(short, "a") }()
		synctest.Wait()
		if got := s.all(t, 50, "a"); len(got) != 1 || s.fetched != 2 {
			t.Errorf("%d fetches, %v", s.fetched, got)
		}
		if got := s.all(t, 1, "a"); !got[2] {
			t.Errorf("afterwards: %v", got)
		}
	})
}

// TestSharedHasNoSecondFetchWhereTheTimeIsTheSame has many whose time ends together.
func TestSharedHasNoSecondFetchWhereTheTimeIsTheSame(t *testing.T) {
	t.Parallel()
	inBubble(t, 5*time.Second, func(t *testing.T, s *shelf) {
		ctx, cancel := context.WithTimeout(t.Context(), time.Second/2)
		defer cancel()
		var group sync.WaitGroup
		for range 50 {
			group.Go(func() {
				if _, err := s.get(ctx, "a"); !errors.Is(err, context.DeadlineExceeded) {
					t.Error(err)
				}
			})
		}
		group.Wait()
		if s.fetched != 1 {
			t.Errorf("%d fetches", s.fetched)
		}
	})
}

// TestSharedHasASecondFetchForWhoHasNotablyMoreTime joins one who has half a second.
func TestSharedHasASecondFetchForWhoHasNotablyMoreTime(t *testing.T) {
	t.Parallel()
	for more, want := range map[time.Duration]int{minWait: 1, 10 * time.Second: 2} {
		inBubble(t, 5*time.Second, func(t *testing.T, s *shelf) {
			short, cancel := context.WithTimeout(t.Context(), time.Second/2)
			defer cancel()
			long, end := context.WithTimeout(t.Context(), time.Second/2+more)
			defer end()
			go func() { _, _ = s.get(short, "a") }()
			synctest.Wait()
			answer, err := s.get(long, "a")
			if s.fetched != want || (err == nil) != (want == 2) {
				t.Errorf("%s more: %d fetches, %v, %v", more, s.fetched, answer, err)
			}
		})
	}
}

// TestSharedTakesANetworkTimeoutForAnError has a fetch fail with what looks like a deadline.
func TestSharedTakesANetworkTimeoutForAnError(t *testing.T) {
	t.Parallel()
	inBubble(t, 5*time.Second, func(t *testing.T, s *shelf) {
		s.err = &Error{Stopped: ErrRetriesExhausted, Err: context.DeadlineExceeded}
		s.all(t, 20, "a")
		if s.fetched != 1 {
			t.Errorf("%d fetches", s.fetched)
		}
	})
}

func TestSharedBeginsNothingForAnEndedContext(t *testing.T) {
	t.Parallel()
	inBubble(t, 5*time.Second, func(t *testing.T, s *shelf) {
		ctx, cancel := context.WithCancel(t.Context())
		cancel()
		if _, err := s.get(ctx, "a"); !errors.Is(err, context.Canceled) || s.fetched != 0 {
			t.Errorf("%d fetches, %v", s.fetched, err)
		}
	})
}

func TestSharedVariantsShareWhatIsKept(t *testing.T) {
	t.Parallel()
	inBubble(t, 5*time.Second, func(t *testing.T, s *shelf) {
		get := func(variant string) int {
			answer, err := s.Get(t.Context(), "a", variant,
				func(context.Context) (*int, time.Duration, error) {
					s.fetched++
					number := s.fetched
					time.Sleep(time.Second)
					return &number, s.keep, nil
				})
			if err != nil {
				t.Error(err)
				return 0
			}
			return *answer
		}
		go get("x")
		synctest.Wait()
		if got := get("y"); got != 2 {
			t.Errorf("while another variant is under way: %d", got)
		}
		if get("x") != get("y") || s.fetched != 2 {
			t.Errorf("afterwards: %d fetches", s.fetched)
		}
	})
}

func TestSharedForgets(t *testing.T) {
	t.Parallel()
	inBubble(t, 5*time.Second, func(t *testing.T, s *shelf) {
		s.all(t, 1, "a")
		if got := s.Kept("a"); got == nil || *got != 1 {
			t.Errorf("kept %v", got)
		}
		s.Forget("a")
		if got := s.Kept("a"); got != nil {
			t.Errorf("kept %v", got)
		}
		if got := s.all(t, 1, "a"); !got[2] {
			t.Errorf("remembers: %v", got)
		}
	})
}
