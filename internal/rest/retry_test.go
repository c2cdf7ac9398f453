package rest

import (
	"context"
	"errors"
	"net/http"
	"strconv"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
)

func TestGetRetriesStatuses(t *testing.T) {
	t.Parallel()
	for status, retried := range map[int]bool{
		400: false, 401: false, 403: false, 404: false, 409: false, 410: false, 422: false,
		428: false, 408: true, 425: true, 429: true,
		500: true, 501: false, 502: true, 503: true, 504: true, 520: true,
	} {
		t.Run(strconv.Itoa(status), func(t *testing.T) {
			t.Parallel()
			api := serve(t, respond(status, ""))
			client, clock := newClient(t, api.URL)
			_, err := get(t.Context(), client)
			var got *StatusError
			if !errors.As(err, &got) || got.StatusCode != status {
				t.Fatalf("got %v", err)
			}
			want, stopped, waits := 1, ErrFinal, []time.Duration(nil)
			if retried {
				want, stopped = 3, ErrRetriesExhausted
				waits = []time.Duration{time.Second, 2 * time.Second}
			}
			if api.count() != want || !errors.Is(err, stopped) {
				t.Errorf("%d requests, %v", api.count(), err)
			}
			if diff := cmp.Diff(waits, clock.waits()); diff != "" {
				t.Error(diff)
			}
			if errors.Is(err, ErrNotFound) != (status == 404) {
				t.Errorf("not found: %v", err)
			}
		})
	}
}

func TestGetSurvives(t *testing.T) {
	t.Parallel()
	for name, fault := range map[string]http.HandlerFunc{
		"a dropped connection": func(http.ResponseWriter, *http.Request) {
			panic(http.ErrAbortHandler)
		},
		"a body cut short": func(w http.ResponseWriter, _ *http.Request) {
			w.Header().Set("Content-Length", "100")
			_, _ = w.Write([]byte(`{"name":`))
			panic(http.ErrAbortHandler)
		},
		"a stalled body": func(w http.ResponseWriter, r *http.Request) {
			w.WriteHeader(200)
			w.(http.Flusher).Flush()
			<-r.Context().Done()
		},
		"a rate limit": respond(429, "", "Retry-After", "0"),
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			api := serve(t, fault, fault, respond(200, `{"name":"one"}`))
			client, _ := newClient(t, api.URL, func(o *Options) {
				o.RequestTimeout = 50 * time.Millisecond
			})
			if _, err := get(t.Context(), client); err != nil || api.count() != 3 {
				t.Errorf("%d requests, %v", api.count(), err)
			}
		})
	}
}

func TestGetTellsWhichTimeRanOut(t *testing.T) {
	t.Parallel()
	stall := func(_ http.ResponseWriter, r *http.Request) { <-r.Context().Done() }

	t.Run("of the attempt", func(t *testing.T) {
		t.Parallel()
		api := serve(t, stall)
		client, _ := newClient(t, api.URL, func(o *Options) { o.RequestTimeout = 10 * time.Millisecond })
		_, err := get(t.Context(), client)
		if !errors.Is(err, ErrRequestTimeout) || !errors.Is(err, ErrRetriesExhausted) {
			t.Errorf("got %v", err)
		}
	})
	t.Run("of the read", func(t *testing.T) {
		t.Parallel()
		api := serve(t, respond(503, ""), stall)
		client, _ := newClient(t, api.URL)
		ctx, cancel := context.WithTimeout(t.Context(), 5*time.Second)
		defer cancel()
		client.options.OnAttempt = func(context.Context, Attempt) {
			time.AfterFunc(20*time.Millisecond, cancel)
		}
		_, err := get(ctx, client)
		var status *StatusError
		if !errors.Is(err, context.Canceled) || !errors.As(err, &status) || status.StatusCode != 503 {
			t.Errorf("got %v, which should have the last answer", err)
		}
	})
}

func TestGetDoesNotBeginAWaitThatOutlastsTheDeadline(t *testing.T) {
	t.Parallel()
	api := serve(t, respond(429, "", "Retry-After", "120"))
	client, clock := newClient(t, api.URL)
	ctx, cancel := context.WithTimeout(t.Context(), time.Minute)
	defer cancel()
	_, err := get(ctx, client)
	var wait *WaitError
	var status *StatusError
	if !errors.As(err, &wait) || wait.Wait != 2*time.Minute || !errors.As(err, &status) {
		t.Errorf("got %v", err)
	}
	if api.count() != 1 || len(clock.waits()) != 0 {
		t.Errorf("%d requests, waits %v", api.count(), clock.waits())
	}
}

func TestGetHonoursRetryAfter(t *testing.T) {
	t.Parallel()
	api := serve(t, respond(429, "", "Retry-After", "7"), respond(503, "", "Retry-After", "1.5"),
		respond(200, `{"name":"one"}`))
	client, clock := newClient(t, api.URL)
	if _, err := get(t.Context(), client); err != nil {
		t.Fatal(err)
	}
	want := []time.Duration{7 * time.Second, 1500 * time.Millisecond}
	if diff := cmp.Diff(want, clock.waits()); diff != "" {
		t.Error(diff)
	}
}

func TestRetryAfter(t *testing.T) {
	t.Parallel()
	now := time.Date(2026, 5, 1, 12, 0, 0, 0, time.UTC)
	for value, want := range map[string]time.Duration{
		"":                              -1,
		"soon":                          -1,
		"NaN":                           -1,
		"0":                             0,
		"-5":                            0,
		"45":                            45 * time.Second,
		" 2 ":                           2 * time.Second,
		"0.25":                          250 * time.Millisecond,
		"1e300":                         (1<<31 - 1) * time.Second,
		"Inf":                           (1<<31 - 1) * time.Second,
		"Fri, 01 May 2026 12:00:30 GMT": 30 * time.Second,
		"Fri, 01 May 2026 11:00:00 GMT": 0,
	} {
		if got := retryAfter(http.Header{"Retry-After": {value}}, now); got != want {
			t.Errorf("%q: got %s, want %s", value, got, want)
		}
	}
}

func TestBackoff(t *testing.T) {
	t.Parallel()
	for attempt, ceiling := range map[int]time.Duration{
		1: time.Second, 2: 2 * time.Second, 3: 4 * time.Second, 4: 8 * time.Second,
		5: 16 * time.Second, 6: 30 * time.Second, 20: 30 * time.Second,
	} {
		if got := backoff(attempt, 0); got != minWait {
			t.Errorf("attempt %d: at least %s", attempt, got)
		}
		if got := backoff(attempt, 1); got != ceiling {
			t.Errorf("attempt %d: at most %s, want %s", attempt, got, ceiling)
		}
	}
}

func TestSystemClockSleepEndsWithTheContext(t *testing.T) {
	t.Parallel()
	if err := (systemClock{}).Sleep(t.Context(), time.Millisecond); err != nil {
		t.Error(err)
	}
	ctx, cancel := context.WithCancel(t.Context())
	cancel()
	if err := (systemClock{}).Sleep(ctx, time.Hour); !errors.Is(err, context.Canceled) {
		t.Errorf("got %v", err)
	}
}
