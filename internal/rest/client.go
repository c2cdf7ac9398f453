// Package rest sends JSON requests to one HTTP API in the name of one account: authenticated,
// bounded in time and size, retried where that can help, and with errors that say what happened
// without ever showing a secret. It knows no API in particular and nothing of Terraform.
package rest

import (
	"bytes"
	"cmp"
	"context"
	"crypto/x509"
	"fmt"
	"io"
	"maps"
	"math/rand/v2"
	"net/http"
	"net/url"
	"strings"
	"time"
)

// Options are the settings of a [Client]. BaseURL, RequestTimeout and ReadError are required.
type Options struct {
	// BaseURL is what the path of every request is appended to; see [ParseBaseURL].
	BaseURL *url.URL
	// Credential authenticates the requests; nil where they go out without.
	Credential Credential
	// Secrets are the texts that no error may show, wherever they come from. What Credential returns
	// is one without being named here.
	Secrets []string
	// UserAgent is the value of that header.
	UserAgent string
	// RootCAs are the certificates that servers are verified against; nil means the system's.
	RootCAs *x509.CertPool
	// Proxy returns the proxy for a request; nil means the environment's.
	Proxy func(*http.Request) (*url.URL, error)
	// RequestTimeout bounds one attempt, from the first byte of the connection to the last byte
	// of the body.
	RequestTimeout time.Duration
	// MaxRetries is the number of attempts after the first one.
	MaxRetries int
	// MaxConcurrentRequests is the number of requests that are under way at once, at least 1.
	MaxConcurrentRequests int
	// RequestIDHeader is the response header with the id that the vendor's support asks for.
	RequestIDHeader string
	// ReadError completes an error from the vendor's own error document in body, which can be
	// anything. It may change what [StatusError.Kind] and [StatusError.Retryable] say by default.
	ReadError func(e *StatusError, header http.Header, body []byte)
	// OnAttempt, where set, is told of every attempt when it has ended.
	OnAttempt func(context.Context, Attempt)
	// Clock tells the time and waits; nil means the system's.
	Clock Clock
	// Random returns numbers in [0, 1) to spread the waits with; nil means [rand.Float64].
	Random func() float64
}

// Client sends requests to one API. It is safe for concurrent use and keeps one pool of
// connections.
type Client struct {
	options   Options
	base      string
	transport http.RoundTripper
	gate      *gate
	redact    *redactor
	timedOut  error // of an attempt
}

// New returns a client.
func New(options Options) *Client {
	if options.Clock == nil {
		options.Clock = SystemClock
	}
	if options.Random == nil {
		options.Random = rand.Float64
	}

	return &Client{
		options:   options,
		base:      strings.TrimRight(options.BaseURL.String(), "/"),
		transport: newTransport(options),
		gate:      newGate(options.Clock, options.MaxConcurrentRequests),
		redact:    newRedactor(options.Secrets),
		timedOut:  fmt.Errorf("%w of %s", ErrRequestTimeout, options.RequestTimeout),
	}
}

// Request is one request. It may be sent more than once.
type Request struct {
	// Method is GET where it is empty.
	Method string
	// Path are the unescaped elements that follow the base URL's path.
	Path []string
	// Query may be nil.
	Query url.Values
	// Header is sent besides the client's own; nil where there is nothing to add.
	Header http.Header
	// Body is JSON; nil where there is none.
	Body []byte
	// Pending, where set, tells of an error that it only means "not yet": the request is sent again,
	// with growing pauses, however often that takes, for as long as the context lasts.
	Pending func(error) bool
}

// Attempt is one attempt that has ended, for logs. No text of it, that of its error included, shows
// a secret.
type Attempt struct {
	Number   int
	URL      string // without its query
	Duration time.Duration
	Err      error         // nil on success
	Pending  bool          // whether Err only means "not yet"
	Wait     time.Duration // the pause before the next attempt; 0 where there is none
}

// Do sends the request until it is answered, and decodes the answer's JSON. Then check says what
// keeps it from being the documented thing; the text of its error ends a sentence that begins with
// the answer.
//
// Errors are an [*Error], or a [*CredentialError], or [ErrInvalidPathElement] for an element of the
// path that can't be sent.
func Do[A any](
	ctx context.Context,
	c *Client,
	request Request,
	check func(*A) error,
) (*A, error) {
	var answer *A
	err := c.do(ctx, request, func(response *http.Response, body []byte) error {
		answer = new(A)
		return c.decode(response, body, answer, func() error { return check(answer) })
	})
	if err != nil {
		return nil, err
	}
	return answer, nil
}

type decoder func(*http.Response, []byte) error

func (c *Client) do(ctx context.Context, request Request, decode decoder) error {
	target, err := c.url(request)
	if err != nil {
		return err
	}
	retries := retries{client: c, request: request}
	for {
		authorization, err := c.authorization(ctx)
		if err != nil {
			return err
		}
		started, refusal, err := c.gate.enter(ctx)
		if err != nil {
			return retries.heldBack(ctx, refusal, err)
		}
		err = c.attempt(ctx, target, request, authorization, decode)
		c.gate.leave(started, err)

		wait, stopped := retries.next(ctx, err, authorization)
		if c.options.OnAttempt != nil {
			c.options.OnAttempt(ctx, Attempt{
				Number:   retries.attempts,
				URL:      c.base + request.path(),
				Duration: c.options.Clock.Now().Sub(started),
				Err:      err,
				Pending:  request.pending(err),
				Wait:     wait,
			})
		}
		if err == nil {
			return nil
		}
		if stopped == nil {
			stopped = pause(ctx, c.options.Clock, wait)
		}
		if stopped != nil {
			return &Error{Attempts: retries.attempts, Stopped: stopped, Err: retries.last}
		}
	}
}

func (c *Client) url(request Request) (string, error) {
	for _, element := range request.Path {
		if element == "" || element == "." || element == ".." {
			return "", fmt.Errorf("%w: %q", ErrInvalidPathElement, element)
		}
	}
	target := c.base + request.path()
	if len(request.Query) > 0 {
		target += "?" + request.Query.Encode()
	}
	return target, nil
}

func (r Request) path() string {
	var b strings.Builder
	for _, element := range r.Path {
		b.WriteString("/" + url.PathEscape(element))
	}
	return b.String()
}

func (r Request) pending(err error) bool {
	return err != nil && r.Pending != nil && r.Pending(err)
}

// attempt sends the request once and reads its answer whole. Its errors are the types that
// [Error.Err] lists.
func (c *Client) attempt(
	ctx context.Context,
	target string,
	r Request,
	authorization string,
	decode decoder,
) error {
	ctx, cancel := context.WithTimeoutCause(ctx, c.options.RequestTimeout, c.timedOut)
	defer cancel()

	request, err := http.NewRequestWithContext(
		ctx, cmp.Or(r.Method, http.MethodGet), target, bytes.NewReader(r.Body))
	if err != nil {
		return c.transportError(ctx, err)
	}
	maps.Copy(request.Header, r.Header)
	request.Header.Set("Accept", "application/json")
	request.Header.Set("User-Agent", c.options.UserAgent)
	if len(r.Body) > 0 {
		request.Header.Set("Content-Type", "application/json")
	}
	if authorization != "" {
		request.Header.Set("Authorization", authorization)
	}

	// An http.Client would read the target of a redirect, and fail on one that it can't read.
	response, err := c.transport.RoundTrip(request)
	if err != nil {
		return c.transportError(ctx, err)
	}
	defer response.Body.Close()
	body, err := io.ReadAll(io.LimitReader(response.Body, MaxBodySize+1))

	switch {
	case response.StatusCode >= 400:
		return c.statusError(response, body) // as far as it could be read
	case response.StatusCode >= 300:
		return c.redirectError(response)
	case err != nil:
		return c.transportError(ctx, err)
	}
	return decode(response, body)
}
