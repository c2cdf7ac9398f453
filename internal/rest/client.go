// Package rest sends JSON requests to an HTTP API with one account. Requests are authenticated,
// bounded in time and size, and retried if that can help. Errors say what happened and never show a
// secret. The package knows nothing about Terraform or a particular API.
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
	"unicode"
	"unicode/utf8"
)

// MaxResponseSize is the default of [Request.MaxResponseSize], in bytes. The documented responses
// have a few kilobytes.
const MaxResponseSize = 128 << 10

// MaxTotalSize is the maximum total size of what one caller returns, in bytes as [Do] counts them.
// It keeps the provider's memory below 250 MB.
const MaxTotalSize = 32 << 20

// Options are the settings of a [Client]. BaseURL, RequestTimeout and ReadError are required.
type Options struct {
	// BaseURL precedes the path of every request; see [ParseBaseURL].
	BaseURL *url.URL
	// Authorization is the value of that header; "" sends requests without it.
	Authorization string
	// Credential, if set, returns the value of that header instead.
	Credential Credential
	// Secrets are strings that no error may show, besides the values of that header.
	Secrets []string
	// UserAgent is the value of the User-Agent header.
	UserAgent string
	// Proxy returns the proxy for a request, as in [http.Transport]; nil means the environment's.
	Proxy func(*http.Request) (*url.URL, error)
	// RootCAs are the certificates that servers are verified against; nil means the system's.
	RootCAs *x509.CertPool
	// RequestTimeout bounds one attempt, from the connection to the last byte of the body.
	RequestTimeout time.Duration
	// MaxRetries is the maximum number of retries. Rate-limited requests don't count, but with 0
	// nothing is retried.
	MaxRetries int
	// MaxConcurrentRequests is the number of requests under way at once, at least 1.
	MaxConcurrentRequests int
	// RequestIDHeader is the response header with the ID for the vendor's support.
	RequestIDHeader string
	// ReadError completes an error from the API's error document. The body can be anything else.
	// ReadError may change [StatusError.Kind] and [StatusError.Retryable]. A message or code that it
	// doesn't find is read from the forms that are common to many servers.
	ReadError func(e *StatusError, header http.Header, body []byte)
	// Transport sends the requests; nil means that the client uses a connection pool of its own.
	Transport http.RoundTripper
	// OnAttempt, if set, is called after every attempt.
	OnAttempt func(context.Context, Attempt)
	// Clock returns the time and waits; nil means the system's.
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
	limiter   *limiter
	redact    *redactor
	timedOut  error // the cause of an attempt that times out
}

// New returns a client.
func New(options Options) *Client {
	options.Clock = cmp.Or(options.Clock, SystemClock)
	if options.Random == nil {
		options.Random = rand.Float64
	}
	if options.Transport == nil {
		options.Transport = newTransport(options)
	}

	return &Client{
		options:   options,
		base:      strings.TrimRight(options.BaseURL.String(), "/"),
		transport: options.Transport,
		limiter:   newLimiter(options.Clock, options.MaxConcurrentRequests),
		redact:    newRedactor(append(options.Secrets, options.Authorization)),
		timedOut:  fmt.Errorf("%w of %s", ErrRequestTimeout, options.RequestTimeout),
	}
}

// Request is one request. It may be sent more than once.
type Request struct {
	// Method is GET by default.
	Method string
	// Path are the unescaped elements that follow the base URL's path.
	Path []string
	// Query may be nil.
	Query url.Values
	// Header is sent in addition to the client's own, and may be nil.
	Header http.Header
	// Body is JSON, or nil.
	Body []byte
	// MaxResponseSize is the maximum size of a response's body in bytes, after decompression. It
	// defaults to the constant [MaxResponseSize].
	MaxResponseSize int
	// Pending, if set, reports whether an error only means "not yet". Then the request is repeated,
	// with growing pauses, until the context ends.
	Pending func(error) bool
}

// Attempt is one attempt at a request, for logs. None of its strings, nor its error's, shows a
// secret.
type Attempt struct {
	Number   int
	URL      string // without its query
	Duration time.Duration
	Err      error         // nil on success
	Pending  bool          // whether Err only means "not yet"
	Retried  bool          // whether another attempt follows
	Wait     time.Duration // before the next attempt
}

// Do sends the request until there is a usable response. It returns the decoded JSON and its size
// in bytes, in which a control character counts as three, the size of its replacement U+FFFD. Check
// returns an error if the response isn't as documented. The user sees that error after "unexpected
// response:".
//
// Errors are an [*Error], a [*CredentialError], or [ErrInvalidPathElement].
func Do[A any](
	ctx context.Context,
	c *Client,
	request Request,
	check func(*A) error,
) (result *A, size int, err error) {
	err = c.do(ctx, request, func(response *http.Response, body []byte) error {
		result, size = new(A), sizeOf(body)
		if err := decode(body, result); err != nil {
			return c.responseError(response, body, err)
		}
		if err := check(result); err != nil {
			return c.checkError(response, body, err)
		}
		return nil
	})
	if err != nil {
		return nil, 0, err
	}
	return result, size, nil
}

func sizeOf(body []byte) (size int) {
	for _, c := range string(body) {
		if unicode.IsControl(c) && c != '\t' && c != '\n' && c != '\r' {
			c = unicode.ReplacementChar
		}
		size += utf8.RuneLen(c)
	}
	return size
}

type reader func(*http.Response, []byte) error

func (c *Client) do(ctx context.Context, request Request, read reader) error {
	target, err := c.url(request)
	if err != nil {
		return err
	}
	r := retries{client: c, request: request}
	for {
		authorization, err := c.authorization(ctx)
		if err != nil {
			return err
		}
		sent, held := c.limiter.acquire(ctx)
		if held != nil {
			held.Attempts, held.Err = r.attempts, cmp.Or(r.last, held.Err)
			return held
		}
		err = c.attempt(ctx, target, request, authorization, read)
		c.limiter.release(sent, err)

		wait, stopped := r.next(ctx, err, authorization)
		if c.options.OnAttempt != nil {
			c.options.OnAttempt(ctx, Attempt{
				Number:   r.attempts,
				URL:      c.base + request.path(),
				Duration: c.options.Clock.Now().Sub(sent),
				Err:      err,
				Pending:  request.pending(err),
				Retried:  err != nil && stopped == nil,
				Wait:     wait,
			})
		}
		if err == nil {
			return nil
		}
		if stopped == nil {
			stopped = c.options.Clock.Sleep(ctx, wait)
		}
		if stopped != nil {
			return &Error{Attempts: r.attempts, Stopped: stopped, Err: r.last}
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

// attempt sends the request once and reads the response. [Error.Err] lists its errors.
func (c *Client) attempt(
	ctx context.Context,
	target string,
	r Request,
	authorization string,
	read reader,
) error {
	ctx, cancel := context.WithTimeoutCause(ctx, c.options.RequestTimeout, c.timedOut)
	defer cancel()
	ctx, abort := context.WithCancelCause(ctx)
	defer abort(nil)
	var used connections
	ctx = used.trace(ctx, abort)

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

	maxSize := cmp.Or(r.MaxResponseSize, MaxResponseSize)
	response, body, err := c.exchange(request, maxSize) //nolint:bodyclose // exchange closes it
	if err != nil {
		// Idle connections may be dead, too. This doesn't interrupt requests in flight.
		(&http.Client{Transport: c.transport}).CloseIdleConnections()
	}
	isLarge := len(body) > maxSize
	body = bytes.TrimPrefix(body, []byte(byteOrderMark))

	switch {
	case response == nil:
		return c.transportError(ctx, used.wrap(err))
	case isNotFound(response.StatusCode) && err != nil:
		return c.transportError(ctx, err) // the code in the body says whether to retry
	case response.StatusCode >= http.StatusBadRequest:
		return c.statusError(response, body) // as far as it could be read
	case isRedirect(response.StatusCode):
		return c.redirectError(response)
	case response.StatusCode >= http.StatusMultipleChoices:
		return c.responseError(response, body, errInvalidStatus)
	case err != nil:
		return c.transportError(ctx, err)
	case isLarge:
		return c.responseError(response, body, &SizeError{Max: maxSize})
	}
	return read(response, body)
}

// exchange sends the request, and reads the body up to one byte more than maxSize. If the body
// can't be read, it returns the response with the error.
func (c *Client) exchange(request *http.Request, maxSize int) (*http.Response, []byte, error) {
	// An http.Client would parse a redirect's target first, and fail if it is malformed.
	response, err := c.transport.RoundTrip(request)
	if err != nil {
		return nil, nil, err
	}
	defer response.Body.Close()
	if response.StatusCode < http.StatusOK {
		// After a 101, the body is the connection itself, which the end of the context doesn't close.
		return nil, nil, fmt.Errorf("%w: %s", errNotFinal, statusText(response.StatusCode))
	}
	body, err := io.ReadAll(io.LimitReader(response.Body, int64(maxSize)+1))
	return response, body, err
}
