package rest

import (
	"context"
	"errors"
	"net/http"
	"testing"
	"testing/synctest"
	"time"

	"github.com/google/go-cmp/cmp"
)

// pending is a request for which a 404 means "not yet".
var pending = Request{
	Path:    []string{"things", "1"},
	Pending: func(err error) bool { return errors.Is(err, ErrNotFound) },
}

// TestPendingWaitsAtLeastAsLongAsRequested has a server that asks for a shorter pause than the
// client's own, and for a longer one.
func TestPendingWaitsAtLeastAsLongAsRequested(t *testing.T) {
	t.Parallel()
	api := serve(t, respond(404, "", "Retry-After", "0"), respond(404, "", "Retry-After", "1"),
		respond(404, "", "Retry-After", "60"), respond(200, `{"name":"one"}`))
	client, clock := newClient(t, api.URL)
	if _, _, err := Do(t.Context(), client, pending, (*thing).check); err != nil {
		t.Fatal(err)
	}
	want := []time.Duration{time.Second, 2 * time.Second, time.Minute}
	if diff := cmp.Diff(want, clock.waits()); diff != "" {
		t.Error(diff)
	}
}

// TestPendingIsPolledUntilShortlyBeforeTheDeadline has a limit of a minute. No pause takes more
// than ten seconds or half of the remaining time.
func TestPendingIsPolledUntilShortlyBeforeTheDeadline(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		client, _ := newClient(t, "https://api.example.com", inBubble(1))
		started := time.Now()
		var looks []time.Duration
		client.transport = roundTripper(func(*http.Request) (*http.Response, error) {
			looks = append(looks, time.Since(started))
			return newResponse(http.StatusNotFound, ""), nil
		})
		ctx, cancel := context.WithTimeout(t.Context(), time.Minute)
		defer cancel()
		_, _, err := Do(ctx, client, pending, (*thing).check)
		var wait *WaitError
		if !errors.As(err, &wait) || !errors.Is(err, ErrNotFound) {
			t.Errorf("got %v", err)
		}
		want := []time.Duration{
			0, 1e9, 3e9, 7e9, 15e9, 25e9, 35e9, 45e9, 52.5e9, 56.25e9, 58.125e9, 59.0625e9, 59.53125e9,
		}
		if diff := cmp.Diff(want, looks); diff != "" {
			t.Error(diff)
		}
	})
}
