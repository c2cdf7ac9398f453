package rest

import (
	"fmt"
	"net/http"
	"sync"
	"sync/atomic"
	"testing"
	"testing/synctest"
	"time"

	"github.com/google/go-cmp/cmp"
)

// bucket is an API that allows perSecond requests a second, and as many at once.
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
		return newResponse(http.StatusTooManyRequests, "", "Retry-After", "1"), nil
	}
	return newResponse(http.StatusOK, `{"name":"one"}`), nil
}

// readMany reads with a number of workers and returns how long that took.
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

// TestALimitedAPIRefusesLittle has a thousand reads and an API that allows fifty a second.
func TestALimitedAPIRefusesLittle(t *testing.T) {
	t.Parallel()
	latencies := []time.Duration{time.Millisecond, 50 * time.Millisecond, 200 * time.Millisecond}
	for _, latency := range latencies {
		for _, workers := range []int{10, 16, 64} {
			t.Run(fmt.Sprintf("%s, %d at once", latency, workers), func(t *testing.T) {
				t.Parallel()
				synctest.Test(t, func(t *testing.T) {
					api := &bucket{perSecond: 50, tokens: 50, latency: latency, filled: time.Now()}
					client, _ := newClientOf(t, api, func(o *Options) {
						o.MaxConcurrentRequests = workers
						o.MaxRetries = 4
						o.Clock = systemClock{}
					})
					const reads = 1000
					took := readMany(t, client, workers, reads)
					t.Logf("%d requests, %d refused (%.1f %%), %s", api.requests, api.refused,
						100*float64(api.refused)/float64(api.requests), took)
					if api.refused == 0 && latency*50 < time.Duration(workers)*time.Second {
						t.Error("the limit was never reached")
					}
					tolerated := 0.05
					if workers == 64 {
						tolerated = 0.07 // because all of them can be refused before the first pause
					}
					if float64(api.refused) > tolerated*float64(api.requests) {
						t.Error("too many were refused")
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

// TestRefusalsByChanceDoNotSlowDown has an API that refuses one request in fifty at any rate.
func TestRefusalsByChanceDoNotSlowDown(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		client, _ := newClient(t, "https://api.example.com", inBubble(10))
		var requests atomic.Int64
		client.transport = roundTripper(func(*http.Request) (*http.Response, error) {
			time.Sleep(10 * time.Millisecond)
			if requests.Add(1)%50 == 0 {
				return newResponse(http.StatusTooManyRequests, ""), nil
			}
			return newResponse(http.StatusOK, `{"name":"one"}`), nil
		})
		// Ten at once, ten milliseconds each, would take 5 s.
		if took := readMany(t, client, 10, 5000); took > 30*time.Second {
			t.Errorf("took %s", took)
		}
	})
}

// TestARefusalHoldsBackAllRequests has two readers. The second sends nothing before the end of the
// pause that the first was asked for.
func TestARefusalHoldsBackAllRequests(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		var sent []time.Duration
		started := time.Now()
		client, _ := newClientOf(t, roundTripper(func(*http.Request) (*http.Response, error) {
			sent = append(sent, time.Since(started))
			if len(sent) == 1 {
				return newResponse(http.StatusTooManyRequests, "", "Retry-After", "7"), nil
			}
			return newResponse(http.StatusOK, `{"name":"one"}`), nil
		}), inBubble(1))
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

// TestPaceIsFoundAgain has an API that fails for a while, and an API whose readers are few at
// first.
func TestPaceIsFoundAgain(t *testing.T) {
	t.Parallel()
	t.Run("one refusal at the beginning", func(t *testing.T) {
		t.Parallel()
		synctest.Test(t, func(t *testing.T) {
			slow := func(r *http.Request) *http.Response {
				time.Sleep(10 * time.Millisecond)
				return good(r)
			}
			api := inTurn(fixed(429, "", "Retry-After", "1"), slow)
			client, _ := newClientOf(t, api, inBubble(10))
			// Ten at once, ten milliseconds each, would take 5 s.
			if took := readMany(t, client, 10, 5000); took > 20*time.Second {
				t.Errorf("took %s", took)
			}
		})
	})
	t.Run("many responses long before", func(t *testing.T) {
		t.Parallel()
		synctest.Test(t, func(t *testing.T) {
			client, _ := newClientOf(t, inTurn(good), inBubble(10))
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
			client, _ := newClientOf(t, api, func(o *Options) {
				o.MaxConcurrentRequests = 16
				o.MaxRetries = 4
				o.Clock = SystemClock
			})
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
