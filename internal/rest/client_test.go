package rest

import (
	"context"
	"errors"
	"net/http"
	"net/url"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
)

func TestDoSendsTheRequest(t *testing.T) {
	t.Parallel()
	api := serve(t, respond(200, `{"name":"one","count":9007199254740993}`))
	client, clock := newClient(t, api.URL+"/base/")

	response, _, err := Do(t.Context(), client, Request{
		Path:   []string{"things", "a/b ?#%é"},
		Query:  url.Values{"limit": {"5"}},
		Header: http.Header{"Wix-Site-Id": {"site"}, "Authorization": {"another"}},
	}, (*thing).check)
	if err != nil {
		t.Fatal(err)
	}
	if want := (thing{"one", 9007199254740993}); *response != want {
		t.Errorf("got %v, want %v", response, want)
	}
	request := api.requests[0]
	got := []string{
		request.Method, request.RequestURI, request.Header.Get("Authorization"),
		request.Header.Get("Accept"), request.Header.Get("User-Agent"),
		request.Header.Get("wix-site-id"),
	}
	want := []string{
		"GET", "/base/things/a%2Fb%20%3F%23%25%C3%A9?limit=5", secret,
		"application/json", "test/1", "site",
	}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Error(diff)
	}
	if api.count() != 1 || len(clock.waits()) != 0 {
		t.Errorf("%d requests, waits %v", api.count(), clock.waits())
	}
}

func TestDoRefusesPathElementsThatLeadElsewhere(t *testing.T) {
	t.Parallel()
	api := serve(t, respond(200, `{}`))
	client, _ := newClient(t, api.URL)
	for _, element := range []string{"", ".", ".."} {
		for _, path := range [][]string{{element, "a"}, {"a", element}} {
			_, _, err := Do(t.Context(), client, Request{Path: path}, (*thing).check)
			if !errors.Is(err, ErrInvalidPathElement) {
				t.Errorf("%q: got %v", path, err)
			}
		}
	}
	if api.count() != 0 {
		t.Errorf("%d requests were sent", api.count())
	}
}

func TestDoFollowsNoRedirect(t *testing.T) {
	t.Parallel()
	elsewhere := serve(t, respond(200, `{"name":"other"}`))
	for _, status := range []int{301, 302, 303, 307, 308} {
		api := serve(t, respond(status, "", "Location", elsewhere.URL+"/x?sig="+secret))
		client, _ := newClient(t, api.URL)
		_, err := get(t.Context(), client)
		var redirect *RedirectError
		if !errors.As(err, &redirect) {
			t.Fatalf("%d: got %v", status, err)
		}
		want := RedirectError{StatusCode: status, Host: strings.TrimPrefix(elsewhere.URL, "http://")}
		if *redirect != want || api.count() != 1 {
			t.Errorf("%d: got %+v after %d requests", status, *redirect, api.count())
		}
	}
	if elsewhere.count() != 0 {
		t.Error("a redirect was followed")
	}
}

func TestDoReadsAndRedactsStatusErrors(t *testing.T) {
	t.Parallel()
	api := serve(t, respond(403, "<html>", "X-Request-ID", "r1 "+secret, "Content-Type", "text/html"))
	client, _ := newClient(t, api.URL, func(o *Options) {
		o.ReadError = func(e *StatusError, _ http.Header, body []byte) {
			e.Code = "C" + secret
			e.Message = "read " + string(body) + " with " + secret + "\x1b[31m\nat " +
				"https://cdn.example.com/file?X-Signature=abc#x"
			e.DocURL = "https://docs.example.com/c"
		}
	})
	_, err := get(t.Context(), client)
	var got *StatusError
	if !errors.As(err, &got) {
		t.Fatalf("got %v", err)
	}
	want := StatusError{
		StatusCode: 403,
		Code:       "C(redacted)",
		Message:    "read <html> with (redacted)\ufffd[31m at https://cdn.example.com/file?(redacted)",
		DocURL:     "https://docs.example.com/c",
		RequestID:  "r1 (redacted)",
		RetryAfter: -1,
		HTML:       true,
	}
	if diff := cmp.Diff(want, *got); diff != "" {
		t.Error(diff)
	}
}

// TestOnAttemptIsCalledForEachAttempt has an API that takes a second each time: it fails, isn't
// ready, and then works or fails for good.
func TestOnAttemptIsCalledForEachAttempt(t *testing.T) {
	t.Parallel()
	for last, wantErr := range map[int]error{200: nil, 400: &StatusError{StatusCode: 400}} {
		var got []Attempt
		client, clock := newClient(t, "https://api.example.com", func(o *Options) {
			o.OnAttempt = func(_ context.Context, a Attempt) { got = append(got, a) }
		})
		responses := inTurn(fixed(503, ""), fixed(404, ""), fixed(last, `{"name":"one"}`))
		client.transport = roundTripper(func(r *http.Request) (*http.Response, error) {
			_ = clock.Sleep(r.Context(), time.Second)
			return responses(r)
		})
		request := pending
		request.Query = url.Values{"token": {"x"}}
		_, _, _ = Do(t.Context(), client, request, (*thing).check)
		attempt := func(number int, err error, pending, retried bool, wait time.Duration) Attempt {
			return Attempt{
				number, "https://api.example.com/things/1", time.Second, err, pending, retried, wait,
			}
		}
		want := []Attempt{
			attempt(1, &StatusError{StatusCode: 503}, false, true, time.Second),
			attempt(2, &StatusError{StatusCode: 404}, true, true, 2*time.Second),
			attempt(3, wantErr, false, false, 0),
		}
		if diff := cmp.Diff(want, got, cmp.Comparer(sameText)); diff != "" {
			t.Errorf("%d: %s", last, diff)
		}
	}
}
