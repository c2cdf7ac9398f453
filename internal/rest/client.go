// Package rest sends JSON requests to one HTTP API in the name of one account: authenticated,
// bounded in time and size, retried where that can help, and with errors that say what happened
// without ever showing a secret. It knows no API in particular and nothing of Terraform.
package rest

import (
	"context"
	"crypto/x509"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"maps"
	"math/rand/v2"
	"net/http"
	"net/url"
	"strings"
	"time"
)

// MaxBodySize is the number of bytes of an answer's body, after decompression, that are read.
// A documented answer has a few kilobytes.
const MaxBodySize = 1 << 20

// Options are the settings of a [Client]. BaseURL, RequestTimeout and ReadError are required.
type Options struct {
	// BaseURL is what the path of every request is appended to; see [ParseBaseURL].
	BaseURL *url.URL
	// Authorization is the value of that header.
	Authorization string
	// Secrets are the texts that no error may show, wherever they come from.
	Secrets []string
	// UserAgent is the value of that header.
	UserAgent string
	// RootCAs are the certificates that servers are verified against; nil means the system's.
	RootCAs *x509.CertPool
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
	redact    redactor
}

// New returns a client.
func New(options Options) *Client {
	if options.Clock == nil {
		options.Clock = systemClock{}
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
	}
}

// Request is one GET request.
type Request struct {
	// Path are the unescaped elements that follow the base URL's path.
	Path []string
	// Query may be nil.
	Query url.Values
	// Header is sent besides the client's own; nil where there is nothing to add.
	Header http.Header
}

// Attempt is one attempt that has ended, for logs. No text of it, that of its error included, shows a
// secret.
type Attempt struct {
	Number   int
	URL      string // without its query
	Duration time.Duration
	Err      error         // nil on success
	Wait     time.Duration // the pause before the next attempt; 0 where there is none
}

// Get sends the request until it is answered, and decodes the answer's JSON into answer. Then check
// says what keeps answer from being the documented thing; the text of its error ends a sentence
// that begins with the answer.
//
// Every error from an attempt is an [*Error]; an element of the path that can't be sent is an
// [ErrInvalidPathElement].
func (c *Client) Get(
	ctx context.Context,
	request Request,
	answer any,
	check func() error,
) error {
	target, err := c.url(request)
	if err != nil {
		return err
	}

	var last error
	for attempt := 1; ; attempt++ {
		started, refusal, err := c.gate.enter(ctx)
		if err != nil {
			switch {
			case last != nil:
			case refusal != nil:
				last = refusal
			default:
				last = c.transportError(ctx, err)
			}
			return &Error{Attempts: attempt - 1, Stopped: err, Err: last}
		}
		err = c.attempt(ctx, target, request.Header, answer, check)
		c.gate.leave(started, err)
		if last == nil || ctx.Err() == nil {
			last = err
		}

		wait, stopped := c.next(ctx, attempt, err)
		if c.options.OnAttempt != nil {
			shown, _, _ := strings.Cut(target, "?")
			c.options.OnAttempt(ctx, Attempt{
				Number:   attempt,
				URL:      shown,
				Duration: c.options.Clock.Now().Sub(started),
				Err:      err,
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
			return &Error{Attempts: attempt, Stopped: stopped, Err: last}
		}
	}
}

func (c *Client) url(request Request) (string, error) {
	var b strings.Builder
	b.WriteString(c.base)
	for _, element := range request.Path {
		if element == "" || element == "." || element == ".." {
			return "", fmt.Errorf("%w: %q", ErrInvalidPathElement, element)
		}
		b.WriteString("/" + url.PathEscape(element))
	}
	if len(request.Query) > 0 {
		b.WriteString("?" + request.Query.Encode())
	}
	return b.String(), nil
}

// attempt sends one request and reads its answer whole. Its errors are the types that [Error.Err]
// lists.
func (c *Client) attempt(
	ctx context.Context,
	target string,
	header http.Header,
	answer any,
	check func() error,
) error {
	ctx, cancel := context.WithTimeoutCause(ctx, c.options.RequestTimeout,
		fmt.Errorf("%w of %s", ErrRequestTimeout, c.options.RequestTimeout))
	defer cancel()

	request, err := http.NewRequestWithContext(ctx, http.MethodGet, target, nil)
	if err != nil {
		return c.transportError(ctx, err)
	}
	maps.Copy(request.Header, header)
	request.Header.Set("Accept", "application/json")
	request.Header.Set("Authorization", c.options.Authorization)
	request.Header.Set("User-Agent", c.options.UserAgent)

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
	return c.decode(response, body, answer, check)
}

func (c *Client) decode(
	response *http.Response,
	body []byte,
	answer any,
	check func() error,
) error {
	fail := func(reason string) error {
		return &AnswerError{
			Reason:     c.redact.clean(reason),
			StatusCode: response.StatusCode,
			RequestID:  c.requestID(response),
			WebPage:    isWebPage(response, body),
		}
	}
	if len(body) > MaxBodySize {
		return fail(fmt.Sprintf("its body has more than %d bytes", MaxBodySize))
	}
	if len(body) == 0 {
		return fail("its body is empty")
	}

	err := json.Unmarshal(body, answer)
	var mismatch *json.UnmarshalTypeError
	switch {
	case err == nil:
	case errors.As(err, &mismatch) && mismatch.Field != "":
		return fail(fmt.Sprintf("its field %q holds a %s", mismatch.Field, mismatch.Value))
	case errors.As(err, &mismatch):
		return fail(fmt.Sprintf("its body holds a JSON %s", mismatch.Value))
	default:
		return fail("its body is no JSON: " + err.Error())
	}

	if err := check(); err != nil {
		return fail(err.Error())
	}
	return nil
}

func (c *Client) requestID(response *http.Response) string {
	return c.redact.clean(response.Header.Get(c.options.RequestIDHeader))
}
