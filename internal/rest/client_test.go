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
		_, _, err := Do(t.Context(), client, Request{Path: []string{element}}, (*thing).check)
		if !errors.Is(err, ErrInvalidPathElement) {
			t.Errorf("%q: got %v", element, err)
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

func TestOnAttemptIsCalledForEachAttempt(t *testing.T) {
	t.Parallel()
	api := serve(t, respond(503, ""), respond(200, `{"name":"one"}`))
	var told []Attempt
	client, _ := newClient(t, api.URL, func(o *Options) {
		o.OnAttempt = func(_ context.Context, a Attempt) { told = append(told, a) }
	})
	_, _, err := Do(t.Context(), client, Request{
		Path: []string{"things"}, Query: url.Values{"token": {"x"}},
	}, (*thing).check)
	if err != nil {
		t.Fatal(err)
	}
	if len(told) != 2 || told[0].Err == nil || told[0].Wait != time.Second || told[1].Err != nil {
		t.Errorf("got %+v", told)
	}
	if told[1].URL != api.URL+"/things" || told[1].Number != 2 {
		t.Errorf("got %+v", told[1])
	}
}
