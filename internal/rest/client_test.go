package rest

import (
	"context"
	"crypto/tls"
	"crypto/x509"
	"errors"
	"fmt"
	"io"
	"log"
	"net"
	"net/http"
	"net/http/httptest"
	"net/url"
	"reflect"
	"strings"
	"sync/atomic"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"github.com/google/go-cmp/cmp/cmpopts"
)

func TestGetSendsTheRequest(t *testing.T) {
	t.Parallel()
	api := serve(t, respond(200, `{"name":"one","count":9007199254740993}`))
	client, clock := newClient(t, api.URL+"/base/")

	answer, err := Do(t.Context(), client, Request{
		Path:   []string{"things", "a/b ?#%é"},
		Query:  url.Values{"limit": {"5"}},
		Header: http.Header{"Wix-Site-Id": {"site"}, "Authorization": {"another"}},
	}, (*thing).check)
	if err != nil {
		t.Fatal(err)
	}
	if want := (thing{"one", 9007199254740993}); *answer != want {
		t.Errorf("got %v, want %v", answer, want)
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

func TestGetRefusesPathElements(t *testing.T) {
	t.Parallel()
	api := serve(t, respond(200, `{}`))
	client, _ := newClient(t, api.URL)
	for _, element := range []string{"", ".", ".."} {
		_, err := Do(t.Context(), client, Request{Path: []string{element}}, (*thing).check)
		if !errors.Is(err, ErrInvalidPathElement) {
			t.Errorf("%q: got %v", element, err)
		}
	}
	if api.count() != 0 {
		t.Errorf("%d requests were sent", api.count())
	}
}

func TestGetRefusesAnswers(t *testing.T) {
	t.Parallel()
	for name, test := range map[string]struct {
		handler http.HandlerFunc
		want    AnswerError
	}{
		"empty": {
			respond(200, ""),
			AnswerError{Reason: "its body is empty", StatusCode: 200},
		},
		"no content": {
			respond(204, ""),
			AnswerError{Reason: "its body is empty", StatusCode: 204},
		},
		"no JSON": {
			respond(200, "oops", "X-Request-ID", "r1"),
			AnswerError{
				Reason:     "its body is no JSON: invalid character 'o' looking for beginning of value",
				StatusCode: 200, RequestID: "r1",
			},
		},
		"web page": {
			respond(200, " <html>"),
			AnswerError{
				Reason:     "its body is no JSON: invalid character '<' looking for beginning of value",
				StatusCode: 200, WebPage: true,
			},
		},
		"list": {
			respond(200, "[]"),
			AnswerError{Reason: "its body holds a JSON array", StatusCode: 200},
		},
		"wrong type": {
			respond(200, `{"name":"one","count":"2"}`),
			AnswerError{Reason: `its field "count" holds a string`, StatusCode: 200},
		},
		"not the thing": {
			respond(200, `{}`),
			AnswerError{Reason: `it has no "name"`, StatusCode: 200},
		},
		"too long": {
			respond(200, `"`+strings.Repeat("x", MaxBodySize)+`"`),
			AnswerError{Reason: "its body has more than 1048576 bytes", StatusCode: 200},
		},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			api := serve(t, test.handler)
			client, _ := newClient(t, api.URL)
			_, err := get(t.Context(), client)
			var got *AnswerError
			if !errors.As(err, &got) || !errors.Is(err, ErrFinal) {
				t.Fatalf("got %v", err)
			}
			if diff := cmp.Diff(test.want, *got, cmpopts.IgnoreUnexported(AnswerError{})); diff != "" {
				t.Error(diff)
			}
			if api.count() != 1 {
				t.Errorf("%d requests", api.count())
			}
		})
	}
}

func TestGetFollowsNoRedirect(t *testing.T) {
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

func TestGetReadsStatusErrors(t *testing.T) {
	t.Parallel()
	api := serve(t, respond(403, "<html>", "X-Request-ID", "r1 "+secret, "Content-Type", "text/html"))
	client, _ := newClient(t, api.URL, func(o *Options) {
		o.ReadError = func(e *StatusError, _ http.Header, body []byte) {
			e.Code = "C" + secret
			e.Message = "read " + string(body) + " with " + url.QueryEscape(secret) + "\x1b[31m\nat " +
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
		WebPage:    true,
	}
	if diff := cmp.Diff(want, *got); diff != "" {
		t.Error(diff)
	}
}

func TestGetTrustsRootCAs(t *testing.T) {
	t.Parallel()
	api := &server{handlers: []http.HandlerFunc{respond(200, `{"name":"one"}`)}}
	api.Server = httptest.NewTLSServer(api)
	t.Cleanup(api.Close)

	roots := x509.NewCertPool()
	roots.AddCert(api.Certificate())
	client, _ := newClient(t, api.URL, func(o *Options) { o.RootCAs = roots })
	if _, err := get(t.Context(), client); err != nil {
		t.Errorf("with its certificate: %v", err)
	}

	client, _ = newClient(t, api.URL)
	_, err := get(t.Context(), client)
	var unknown x509.UnknownAuthorityError
	if !errors.As(err, &unknown) || !errors.Is(err, ErrFinal) {
		t.Errorf("without it: got %v", err)
	}
}

func TestGetSpeaksHTTP2(t *testing.T) {
	t.Parallel()
	api := &server{handlers: []http.HandlerFunc{respond(200, `{"name":"one"}`)}}
	api.Server = httptest.NewUnstartedServer(api)
	api.EnableHTTP2 = true
	api.StartTLS()
	t.Cleanup(api.Close)
	roots := x509.NewCertPool()
	roots.AddCert(api.Certificate())
	client, _ := newClient(t, api.URL, func(o *Options) { o.RootCAs = roots })
	if _, err := get(t.Context(), client); err != nil || api.requests[0].ProtoMajor != 2 {
		t.Errorf("got %v over %s", err, api.requests[0].Proto)
	}
}

func TestGetSpeaksNoTLSBelow12(t *testing.T) {
	t.Parallel()
	api := &server{handlers: []http.HandlerFunc{respond(200, `{"name":"one"}`)}}
	api.Server = httptest.NewUnstartedServer(api)
	api.Config.ErrorLog = log.New(io.Discard, "", 0)
	//nolint:gosec // a server that speaks nothing newer is what the client has to refuse
	api.TLS = &tls.Config{MaxVersion: tls.VersionTLS11, MinVersion: tls.VersionTLS10}
	api.StartTLS()
	t.Cleanup(api.Close)
	roots := x509.NewCertPool()
	roots.AddCert(api.Certificate())
	client, clock := newClient(t, api.URL, func(o *Options) { o.RootCAs = roots })
	_, err := get(t.Context(), client)
	var transport *TransportError
	if !errors.As(err, &transport) || !errors.Is(err, ErrFinal) || len(clock.waits()) > 0 {
		t.Errorf("got %v", err)
	}
}

func TestGetSpeaksTLSToHTTPOnce(t *testing.T) {
	t.Parallel()
	api := serve(t, respond(200, `{"name":"one"}`))
	client, _ := newClient(t, strings.Replace(api.URL, "http:", "https:", 1))
	if _, err := get(t.Context(), client); !errors.Is(err, ErrFinal) {
		t.Errorf("got %v", err)
	}
}

// TestGetReadsLimitedBodies counts what is read of a body without end.
func TestGetReadsLimitedBodies(t *testing.T) {
	t.Parallel()
	for _, status := range []int{http.StatusOK, http.StatusBadRequest} {
		read := 0
		client, _ := newClient(t, "https://api.example.com")
		client.transport = roundTripper(func(*http.Request) (*http.Response, error) {
			response := answer(status, "")
			response.Body = io.NopCloser(readerFunc(func(p []byte) (int, error) {
				read += len(p)
				return len(p), nil
			}))
			return response, nil
		})
		if _, err := get(t.Context(), client); err == nil || read > MaxBodySize+1 {
			t.Errorf("%d: %d bytes were read, %v", status, read, err)
		}
	}
}

// TestNoErrorShowsTheSecret has the server send the credential back wherever it can.
func TestNoErrorShowsTheSecret(t *testing.T) {
	t.Parallel()
	echo := []string{"X-Request-ID", secret, "Location", "https://" + secret + ".example/" + secret}
	for name, api := range map[string]roundTripper{
		"status": inTurn(fixed(400, secret, echo...)),
		"redirect": inTurn(fixed(302, secret,
			"X-Request-ID", secret, "Location", "https://s3cr3t-token.example")),
		"no thing": inTurn(fixed(200, `{}`, echo...)),
		"no JSON":  inTurn(fixed(200, secret, echo...)),
		"transport": func(*http.Request) (*http.Response, error) {
			return nil, errors.New("no " + secret)
		},
	} {
		client, _ := newClient(t, "https://api.example.com", func(o *Options) {
			o.Secrets = append(o.Secrets, "s3cr3t-token")
			o.ReadError = func(e *StatusError, _ http.Header, body []byte) {
				e.Message, e.Code, e.DocURL = string(body), string(body), string(body)
			}
		})
		client.transport = api
		var shown string
		client.options.OnAttempt = func(_ context.Context, a Attempt) { shown += a.Err.Error() }
		_, err := Do(t.Context(), client, Request{}, func(*thing) error {
			return fmt.Errorf("it is %q, no %s", secret, secret)
		})
		shown += err.Error()
		for _, as := range []any{new(*StatusError), new(*RedirectError), new(*AnswerError)} {
			if errors.As(err, as) {
				shown += fmt.Sprintf("%+v", reflect.ValueOf(as).Elem().Elem())
			}
		}
		if strings.Contains(shown, "s3cr3t") || !strings.Contains(shown, "(redacted)") {
			t.Errorf("%s: %s", name, shown)
		}
	}
}

func TestGetKeepsConnections(t *testing.T) {
	t.Parallel()
	var opened atomic.Int64
	api := &server{handlers: []http.HandlerFunc{
		respond(503, "later"), respond(200, `{"name":"one"}`),
	}}
	api.Server = httptest.NewUnstartedServer(api)
	api.Config.ConnState = func(_ net.Conn, state http.ConnState) {
		if state == http.StateNew {
			opened.Add(1)
		}
	}
	api.Start()
	t.Cleanup(api.Close)

	client, _ := newClient(t, api.URL)
	for range 20 {
		if _, err := get(t.Context(), client); err != nil {
			t.Fatal(err)
		}
	}
	if opened.Load() != 1 || api.count() != 21 {
		t.Errorf("%d connections for %d requests", opened.Load(), api.count())
	}
}

func TestOnAttemptTellsOfEachAttempt(t *testing.T) {
	t.Parallel()
	api := serve(t, respond(503, ""), respond(200, `{"name":"one"}`))
	var told []Attempt
	client, _ := newClient(t, api.URL, func(o *Options) {
		o.OnAttempt = func(_ context.Context, a Attempt) { told = append(told, a) }
	})
	_, err := Do(t.Context(), client, Request{
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
