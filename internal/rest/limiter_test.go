package rest

import (
	"context"
	"errors"
	"fmt"
	"net/http"
	"sync"
	"sync/atomic"
	"testing"
	"testing/synctest"
	"time"

	"github.com/google/go-cmp/cmp"
)

// bucket is an API that answers perSecond requests a second, and as many at once.
type bucket struct {
	perSecond float64
	latency   time.Duration

	mu       sync.Mutex
	tokens   float64
	filled   time.Time
	requests int
	refused  int
	inFlight int
	most     int // requests at once
}

func (b *bucket) RoundTrip(*http.Request) (*http.Response, error) {
	b.mu.Lock()
	now := time.Now()
	b.tokens = min(b.tokens+now.Sub(b.filled).Seconds()*b.perSecond, b.perSecond)
	b.filled = now
	b.requests++
	b.inFlight++
	b.most = max(b.most, b.inFlight)
	refused := b.tokens < 1
	if refused {
		b.refused++
	} else {
		b.tokens--
	}
	b.mu.Unlock()

	time.Sleep(b.latency)
	b.mu.Lock()
	b.inFlight--
	b.mu.Unlock()
	if refused {
		return answer(http.StatusTooManyRequests, "", "Retry-After", "1"), nil
	}
	return answer(http.StatusOK, `{"name":"one"}`), nil
}

// readMany reads with so many workers and returns how long that took.
func readMany(t *testing.T, client *Client, workers, reads int) time.Duration {
	t.Helper()
	started := time.Now()
	todo := make(chan struct{}, reads)
	for range reads {
		todo <- struct{}{}
	}
	close(todo)
	var group sync.WaitGroup
	for range workers {
		group.Go(func() {
			for range todo {
				if _, err := get(t.Context(), client); err != nil {
					t.Error(err)
				}
			}
		})
	}
	group.Wait()
	return time.Since(started)
}

// TestALimitedAPIRefusesLittle has a thousand reads against fifty a second, in the bubble's time.
func TestALimitedAPIRefusesLittle(t *testing.T) {
	t.Parallel()
	latencies := []time.Duration{time.Millisecond, 50 * time.Millisecond, 200 * time.Millisecond}
	for _, latency := range latencies {
		for _, workers := range []int{10, 16, 64} {
			t.Run(fmt.Sprintf("%s, %d at once", latency, workers), func(t *testing.T) {
				t.Parallel()
				synctest.Test(t, func(t *testing.T) {
					api := &bucket{perSecond: 50, tokens: 50, latency: latency, filled: time.Now()}
					client, _ := newClient(t, "https://api.example.com", func(o *Options) {
						o.MaxConcurrentRequests = workers
						o.MaxRetries = 4
						o.Clock = systemClock{}
					})
					client.transport = api
					const reads = 1000
					took := readMany(t, client, workers, reads)
					t.Logf("%d requests, %d refused (%.1f %%), %s", api.requests, api.refused,
						100*float64(api.refused)/float64(api.requests), took)
					if api.refused == 0 && latency*50 < time.Duration(workers)*time.Second {
						t.Error("the limit was never reached")
					}
					if 20*api.refused > api.requests {
						t.Error("more than 5 % were refused")
					}
					if took > 30*time.Second {
						t.Error("19 s would be enough")
					}
					if api.most > workers {
						t.Errorf("%d requests at once", api.most)
					}
				})
			})
		}
	}
}

// TestRefusalsByChanceDoNotSlowDown has an API that refuses one request in fifty whatever the rate.
func TestRefusalsByChanceDoNotSlowDown(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		client, _ := newClient(t, "https://api.example.com", func(o *Options) {
			o.MaxConcurrentRequests = 10
			o.Clock = systemClock{}
		})
		var requests atomic.Int64
		client.transport = roundTripper(func(*http.Request) (*http.Response, error) {
			time.Sleep(10 * time.Millisecond)
			if requests.Add(1)%50 == 0 {
				return answer(http.StatusTooManyRequests, "", "Retry-After", "0.05"), nil
			}
			return answer(http.StatusOK, `{"name":"one"}`), nil
		})
		// Ten at once, ten milliseconds each, would take 5 s.
		if took := readMany(t, client, 10, 5000); took > 30*time.Second {
			t.Errorf("took %s", took)
		}
	})
}

// TestARefusalHoldsBackAllRequests has two readers: the second one isn't sent before the pause that
// the first one was told of is over.
func TestARefusalHoldsBackAllRequests(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		var sent []time.Duration
		started := time.Now()
		client, _ := newClient(t, "https://api.example.com", func(o *Options) {
			o.Clock = systemClock{}
		})
		client.transport = roundTripper(func(*http.Request) (*http.Response, error) {
			sent = append(sent, time.Since(started))
			if len(sent) == 1 {
				return answer(http.StatusServiceUnavailable, "", "Retry-After", "7"), nil
			}
			return answer(http.StatusOK, `{"name":"one"}`), nil
		})
		var group sync.WaitGroup
		for range 2 {
			group.Go(func() {
				if _, err := get(t.Context(), client); err != nil {
					t.Error(err)
				}
			})
			synctest.Wait()
		}
		group.Wait()
		// After the pause, ten requests a second to start with.
		want := []time.Duration{0, 7 * time.Second, 7100 * time.Millisecond}
		if diff := cmp.Diff(want, sent); diff != "" {
			t.Error(diff)
		}
	})
}

// TestAHeldRequestFailsAtOnceWhereThePauseIsTooLong has the second reader's time limit end before
// the pause that the first one was told of.
func TestAHeldRequestFailsAtOnceWhereThePauseIsTooLong(t *testing.T) {
	t.Parallel()
	api := serve(t, respond(429, "", "Retry-After", "60"))
	client, _ := newClient(t, api.URL)
	ctx, cancel := context.WithTimeout(t.Context(), 10*time.Second)
	defer cancel()
	for attempts := 1; attempts >= 0; attempts-- {
		_, err := get(ctx, client)
		var failed *Error
		var status *StatusError
		var wait *WaitError
		if !errors.As(err, &failed) || failed.Attempts != attempts ||
			!errors.As(err, &status) || status.StatusCode != 429 || !errors.As(err, &wait) {
			t.Errorf("got %v", err)
		}
	}
	if api.count() != 1 {
		t.Errorf("%d requests", api.count())
	}
}

// TestAPauseIsToldEvenWhereAllSlotsAreTaken has reads that wait in the pause, and one that can't.
func TestAPauseIsToldEvenWhereAllSlotsAreTaken(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		client, _ := newClient(t, "https://api.example.com", func(o *Options) {
			o.MaxConcurrentRequests = 2
			o.Clock = SystemClock
		})
		client.transport = inTurn(fixed(429, "", "Retry-After", "60"), fixed(200, `{"name":"one"}`))
		var group sync.WaitGroup
		for range 5 {
			group.Go(func() {
				if _, err := get(t.Context(), client); err != nil {
					t.Error(err)
				}
			})
			synctest.Wait()
		}
		ctx, cancel := context.WithTimeout(t.Context(), 10*time.Second)
		defer cancel()
		started := time.Now()
		_, err := get(ctx, client)
		var status *StatusError
		var wait *WaitError
		if !errors.As(err, &status) || !errors.As(err, &wait) || time.Since(started) != 0 {
			t.Errorf("got %v after %s", err, time.Since(started))
		}
		group.Wait()
	})
}

// TestPaceIsFoundAgain has an API that is in trouble once, and one whose readers were slow before
// they were many.
func TestPaceIsFoundAgain(t *testing.T) {
	t.Parallel()
	t.Run("one refusal at the beginning", func(t *testing.T) {
		t.Parallel()
		synctest.Test(t, func(t *testing.T) {
			client, _ := newClient(t, "https://api.example.com", func(o *Options) {
				o.MaxConcurrentRequests = 10
				o.Clock = SystemClock
			})
			good := func(*http.Request) *http.Response {
				time.Sleep(10 * time.Millisecond)
				return answer(http.StatusOK, `{"name":"one"}`)
			}
			client.transport = inTurn(fixed(503, "", "Retry-After", "1"), good)
			// Ten at once, ten milliseconds each, would take 5 s.
			if took := readMany(t, client, 10, 5000); took > 20*time.Second {
				t.Errorf("took %s", took)
			}
		})
	})
	t.Run("many answers long before", func(t *testing.T) {
		t.Parallel()
		synctest.Test(t, func(t *testing.T) {
			client, _ := newClient(t, "https://api.example.com", func(o *Options) {
				o.MaxConcurrentRequests = 10
				o.Clock = SystemClock
			})
			good := fixed(http.StatusOK, `{"name":"one"}`)
			client.transport = inTurn(good)
			readMany(t, client, 10, 100)
			time.Sleep(10 * time.Minute)
			client.transport = inTurn(fixed(429, "", "Retry-After", "1"), good)
			if took := readMany(t, client, 10, 1000); took > 20*time.Second {
				t.Errorf("took %s", took)
			}
		})
	})
	t.Run("a trickle before", func(t *testing.T) {
		t.Parallel()
		synctest.Test(t, func(t *testing.T) {
			api := &bucket{perSecond: 50, tokens: 50, latency: time.Millisecond, filled: time.Now()}
			client, _ := newClient(t, "https://api.example.com", func(o *Options) {
				o.MaxConcurrentRequests = 16
				o.MaxRetries = 4
				o.Clock = SystemClock
			})
			client.transport = api
			for range 60 {
				readMany(t, client, 1, 1)
				time.Sleep(time.Second)
			}
			took := readMany(t, client, 16, 1000)
			t.Logf("%d of %d refused, %s", api.refused, api.requests, took)
			if took > 45*time.Second || 20*api.refused > api.requests {
				t.Errorf("%d of %d refused, %s", api.refused, api.requests, took)
			}
		})
	})
}

func TestWaitingForASlotEndsWithTheContext(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		client, _ := newClient(t, "https://api.example.com")
		release := make(chan struct{})
		client.transport = roundTripper(func(*http.Request) (*http.Response, error) {
			<-release
			return answer(http.StatusOK, `{"name":"one"}`), nil
		})
		var group sync.WaitGroup
		group.Go(func() {
			if _, err := get(t.Context(), client); err != nil {
				t.Error(err)
			}
		})
		synctest.Wait()
		ctx, cancel := context.WithCancel(t.Context())
		cancel()
		_, err := get(ctx, client)
		var failed *Error
		if !errors.As(err, &failed) || failed.Attempts != 0 || !errors.Is(err, context.Canceled) {
			t.Errorf("got %v", err)
		}
		close(release)
		group.Wait()
	})
}

// TestNothingButRefusalsIsPacedFromTheStart has a hundred readers and a server that asks for no
// pause, or for one of nothing.
func TestNothingButRefusalsIsPacedFromTheStart(t *testing.T) {
	t.Parallel()
	for _, test := range []struct {
		status int
		header []string
		most   int // requests in the first second
	}{
		{429, []string{"Retry-After", "0"}, 16 + 10},
		{429, []string{"Retry-After-Ms", "0"}, 16 + 10},
		{429, []string{"Retry-After", "0.001"}, 16 + 10},
		{429, nil, 16 + 10},
		{503, []string{"Retry-After", "0.001"}, 16 + 10},
		// Not a rate limit, so each reader tries once, and once more after half a second or more.
		{500, []string{"Retry-After", "0"}, 200},
		{503, []string{"Retry-After", "0"}, 200},
	} {
		synctest.Test(t, func(t *testing.T) {
			client, _ := newClient(t, "https://api.example.com", func(o *Options) {
				o.Clock = SystemClock
				o.MaxConcurrentRequests = 16
				o.MaxRetries = 4
				o.Random = func() float64 { return 0 }
			})
			var sent atomic.Int64
			client.transport = roundTripper(func(*http.Request) (*http.Response, error) {
				sent.Add(1)
				time.Sleep(time.Millisecond)
				return answer(test.status, "", test.header...), nil
			})
			ctx, cancel := context.WithTimeout(t.Context(), time.Second-1)
			defer cancel()
			var group sync.WaitGroup
			for range 100 {
				group.Go(func() { _, _ = get(ctx, client) })
			}
			group.Wait()
			if got := int(sent.Load()); got > test.most || got < 10 {
				t.Errorf("%d %v: %d requests in the first second", test.status, test.header, got)
			}
		})
	}
}

func refusal(seconds time.Duration) *StatusError {
	return &StatusError{
		StatusCode: http.StatusTooManyRequests, RetryAfter: seconds * time.Second,
	}
}

// TestARateThatRefusesIsCut has a request that was sent before the last cut, and later ones.
func TestARateThatRefusesIsCut(t *testing.T) {
	t.Parallel()
	clock := newFakeClock()
	l := newLimiter(clock, 1)
	release := func(sent time.Time, err error) float64 {
		l.slots <- struct{}{}
		l.release(sent, err)
		return l.rate
	}
	first := clock.Now()
	got := []float64{release(first, refusal(1))}
	_ = clock.Sleep(t.Context(), time.Second)
	got = append(got, release(first, refusal(1)), release(clock.Now(), refusal(1)))
	for range 99 {
		release(clock.Now().Add(1), nil)
	}
	got = append(got, release(clock.Now().Add(1), refusal(1)))
	for range 40 {
		_ = clock.Sleep(t.Context(), time.Second)
		release(clock.Now(), refusal(0))
	}
	got = append(got, l.rate)
	want := []float64{firstRate, firstRate, firstRate * rateCut, firstRate * rateCut, minRate}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Error(diff)
	}
}

// TestPacingEndsAboveAnyLimit has the rate grow.
func TestPacingEndsAboveAnyLimit(t *testing.T) {
	t.Parallel()
	clock := newFakeClock()
	l := newLimiter(clock, 1)
	l.rate, l.growth, l.grown = maxRate, rateGrowth, clock.Now()
	l.next, l.sent, l.refused = clock.Now().Add(time.Minute), 1000, 1
	if wait := l.turn(clock.Now()); wait != time.Minute || l.rate != maxRate {
		t.Errorf("at the highest: waits %s at %g", wait, l.rate)
	}
	_ = clock.Sleep(t.Context(), time.Second)
	if wait := l.turn(clock.Now()); wait != 0 || l.rate != 0 || l.sent+l.refused != 0 {
		t.Errorf("above: waits %s at %g, %g counted", wait, l.rate, l.sent+l.refused)
	}
}

// TestAShorterPauseDoesNotEndALongerOne has two requests under way that are both refused.
func TestAShorterPauseDoesNotEndALongerOne(t *testing.T) {
	t.Parallel()
	clock := newFakeClock()
	l := newLimiter(clock, 2)
	for _, seconds := range []time.Duration{60, 5} {
		l.slots <- struct{}{}
		l.release(clock.Now(), refusal(seconds))
	}
	if wait := l.pause(clock.Now()); wait != time.Minute {
		t.Errorf("paused for %s", wait)
	}
}

func TestOnlyA429OrA503WithAWaitIsARateLimit(t *testing.T) {
	t.Parallel()
	for _, test := range []struct {
		status     int
		retryAfter time.Duration
		want       bool
	}{
		{429, 0, true},
		{429, noRetryAfter, true},
		{429, time.Second, true},
		{503, time.Second, true},
		{503, 0, false},
		{503, noRetryAfter, false},
		{500, time.Second, false},
		{404, time.Second, false},
	} {
		e := &StatusError{StatusCode: test.status, RetryAfter: test.retryAfter}
		if got := e.isRateLimit(); got != test.want {
			t.Errorf("%d after %s: got %t", test.status, test.retryAfter, got)
		}
	}
}

// TestTimeThatRunsOutBeforeARequestIsSent has the time of a read run out in each place where it
// waits.
func TestTimeThatRunsOutBeforeARequestIsSent(t *testing.T) {
	t.Parallel()
	limited := fixed(429, "")
	for name, test := range map[string]struct {
		api   roundTripper
		limit time.Duration
		want  error // besides the context's or a WaitError
	}{
		"before it starts": {inTurn(stall), 0, ErrQueued},
		"for a slot":       {inTurn(stall), time.Second, ErrQueued},
		"being paced":      {inTurn(limited), 50 * time.Millisecond, &StatusError{}},
		"in a pause":       {inTurn(fixed(429, "", "Retry-After", "9")), time.Second, &StatusError{}},
	} {
		synctest.Test(t, func(t *testing.T) {
			client, _ := newClient(t, "https://api.example.com", func(o *Options) {
				o.Clock = SystemClock
				o.MaxConcurrentRequests = 1
			})
			client.transport = test.api
			other, end := context.WithTimeout(t.Context(), 2*time.Second)
			defer end()
			var group sync.WaitGroup
			defer group.Wait()
			group.Go(func() { _, _ = get(other, client) })
			synctest.Wait()
			if name == "being paced" {
				client.limiter.next = time.Now().Add(time.Second)
			}
			ctx, cancel := context.WithTimeout(t.Context(), test.limit)
			defer cancel()
			_, err := get(ctx, client)
			var failed *Error
			var status *StatusError
			if !errors.As(err, &failed) || failed.Attempts != 0 {
				t.Fatalf("%s: got %v", name, err)
			}
			if wantStatus := !errors.Is(test.want, ErrQueued); errors.As(err, &status) != wantStatus ||
				errors.Is(err, ErrQueued) == wantStatus {
				t.Errorf("%s: got %v", name, err)
			}
			var transport *TransportError
			if errors.As(err, &transport) {
				t.Errorf("%s: blames the network: %v", name, err)
			}
		})
	}
}
