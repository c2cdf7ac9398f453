package rest

import (
	"bytes"
	"cmp"
	"context"
	"errors"
	"fmt"
	"io"
	"net/http"
	"slices"
	"strings"
	"time"
)

var (
	// ErrNotFound is the [StatusError.Kind] of a 404 or 410 that isn't an HTML page.
	ErrNotFound = errors.New("not found")
	// ErrInvalidPathElement is the error for an ID that is empty, "." or "..", which would change the
	// path.
	ErrInvalidPathElement = errors.New("not a usable path element")
	// ErrRequestTimeout is the error of an attempt that took longer than [Options.RequestTimeout].
	ErrRequestTimeout = errors.New("the request took longer than its time limit")
	// ErrFinal is an [Error.Stopped]: another attempt would end in the same way.
	ErrFinal = errors.New("retrying can't help")
	// ErrRetriesExhausted is an [Error.Stopped]: [Options.MaxRetries] is reached.
	ErrRetriesExhausted = errors.New("no retries are left")
	// ErrTooLarge is the error of responses that exceed [MaxTotalSize] in total.
	ErrTooLarge = errors.New("the responses exceed 32 MiB in total")

	errNotFinal      = errors.New("the server responded with a status below 200")
	errInvalidStatus = errors.New("its status is neither a success nor an error")
)

// Error is the error of a request without a usable response. It wraps both Stopped and Err.
type Error struct {
	// Attempts is the number of requests that were sent.
	Attempts int
	// Stopped is why no further attempt was made: [ErrFinal], [ErrRetriesExhausted],
	// [context.Canceled], [context.DeadlineExceeded] or a [*WaitError].
	Stopped error
	// Err is the error of the last attempt that the context didn't interrupt: a [*StatusError],
	// [*RedirectError], [*ResponseError] or [*TransportError]. Without an attempt, it is [ErrQueued],
	// [ErrShared], or the [*StatusError] of another request whose rate limit delayed this request.
	Err error
}

func (e *Error) Error() string {
	return fmt.Sprintf("%s (attempt %d: %s)", e.Err, e.Attempts, e.Stopped)
}

// Unwrap returns both reasons.
func (e *Error) Unwrap() []error { return []error{e.Stopped, e.Err} }

// WaitError is an [Error.Stopped]: the wait before the next attempt would have outlasted the
// context's deadline.
type WaitError struct {
	Wait time.Duration
}

func (e *WaitError) Error() string {
	return fmt.Sprintf("a wait of %s would outlast the time limit", e.Wait)
}

// StatusError is a response with a status of 400 or above. Its strings are the server's, without
// secrets and control characters; each is "" if the server sent none.
type StatusError struct {
	StatusCode int
	Code       string // the vendor's own code
	Message    string
	DocURL     string
	RequestID  string
	// RetryAfter is the wait that the server asked for; negative if it asked for none.
	RetryAfter time.Duration
	// Retryable is whether another attempt can help.
	Retryable bool
	// HTML is whether the body looks like an HTML page, for example from a proxy.
	HTML bool
	// Kind is a sentinel such as [ErrNotFound], or nil.
	Kind error
}

func (e *StatusError) Error() string { return statusText(e.StatusCode) + e.reason() }

// reason returns what the server said, such as ", code 1003: no".
func (e *StatusError) reason() (text string) {
	if e.Code != "" {
		text += ", code " + e.Code
	}
	if e.Message != "" {
		text += ": " + e.Message
	}
	return text
}

// Unwrap returns the Kind.
func (e *StatusError) Unwrap() error { return e.Kind }

// RedirectError is a redirect. The client follows none, because the credential would be sent along.
type RedirectError struct {
	StatusCode int
	Host       string // of the target, with its port; "" if it names none
	RequestID  string
}

func (e *RedirectError) Error() string {
	return fmt.Sprintf("%s, a redirect to host %q", statusText(e.StatusCode), e.Host)
}

// ResponseError is a response with a status below 400 that isn't as documented.
type ResponseError struct {
	// Reason is a clause about the response, such as "it is empty".
	Reason     string
	err        error // its text may contain a secret, unlike Reason
	StatusCode int
	RequestID  string
	// HTML is whether the body looks like an HTML page.
	HTML bool
}

func (e *ResponseError) Error() string {
	return fmt.Sprintf("%s, an unexpected response: %s", statusText(e.StatusCode), e.Reason)
}

// Unwrap returns the cause.
func (e *ResponseError) Unwrap() error { return e.err }

// SizeError is the cause of a [ResponseError]: the body is too large.
type SizeError struct {
	Max int // bytes, in whole KiB
}

func (e *SizeError) Error() string {
	if e.Max%(1<<20) == 0 {
		return fmt.Sprintf("it exceeds %d MiB", e.Max>>20)
	}
	return fmt.Sprintf("it exceeds %d KiB", e.Max>>10)
}

// MissingError is the cause of a [ResponseError]: the response lacks the documented thing, so that
// it can be an error document.
type MissingError struct {
	Field string
}

func (e *MissingError) Error() string { return fmt.Sprintf("it has no %q", e.Field) }

// TransportError is an attempt without a complete response: the connection failed, or time ran out.
type TransportError struct {
	text string
	err  error // its text may contain a secret, unlike the field text
}

func (e *TransportError) Error() string { return e.text }

// Unwrap returns the cause.
func (e *TransportError) Unwrap() error { return e.err }

func (c *Client) transportError(ctx context.Context, err error) error {
	if cause := context.Cause(ctx); cause != nil {
		err = cause
	}
	text := c.redact.clean(err.Error())
	if errors.Is(err, io.EOF) || errors.Is(err, io.ErrUnexpectedEOF) {
		text = "the connection was closed before the response was complete"
	}
	return &TransportError{text: text, err: err}
}

func (c *Client) responseError(response *http.Response, body []byte, err error) *ResponseError {
	return &ResponseError{
		Reason:     c.redact.clean(err.Error()),
		err:        err,
		StatusCode: response.StatusCode,
		RequestID:  c.requestID(response),
		HTML:       isHTML(body),
	}
}

// checkError returns a [ResponseError]. If the response is an error document, its Reason says what
// the server said.
func (c *Client) checkError(response *http.Response, body []byte, err error) error {
	e := c.responseError(response, body, err)
	if _, isMissing := errors.AsType[*MissingError](err); !isMissing {
		return e
	}
	document := c.statusError(response, body)
	if reason := document.reason(); reason != "" {
		e.Reason, e.RequestID = "it reports an error"+reason, document.RequestID
	}
	return e
}

func (c *Client) redirectError(response *http.Response) error {
	e := &RedirectError{StatusCode: response.StatusCode, RequestID: c.requestID(response)}
	if target, err := response.Location(); err == nil {
		e.Host = c.redact.clean(target.Host)
	}
	return e
}

func (c *Client) statusError(response *http.Response, body []byte) *StatusError {
	e := &StatusError{
		StatusCode: response.StatusCode,
		RequestID:  response.Header.Get(c.options.RequestIDHeader),
		RetryAfter: retryAfter(response.Header, c.options.Clock.Now()),
		Retryable:  retryableStatus(response.StatusCode),
		HTML:       isHTML(body),
	}
	if isNotFound(e.StatusCode) && !e.HTML {
		e.Kind = ErrNotFound
	}
	c.options.ReadError(e, response.Header, body)
	code, message := readReason(body)
	e.Code, e.Message = cmp.Or(e.Code, code), cmp.Or(e.Message, message)
	for _, text := range []*string{&e.Code, &e.Message, &e.DocURL, &e.RequestID} {
		*text = c.redact.clean(*text)
	}
	return e
}

func isNotFound(code int) bool {
	return code == http.StatusNotFound || code == http.StatusGone
}

// isRedirect reports whether a status sends the client to a target, which 300 and 304 don't.
func isRedirect(code int) bool { return slices.Contains([]int{301, 302, 303, 307, 308}, code) }

// isHTML doesn't trust the Content-Type: some servers label JSON as HTML, or HTML as JSON.
func isHTML(body []byte) bool {
	const doctype = "<!doctype html"
	body = bytes.TrimSpace(body)
	start := strings.ToLower(string(body[:min(len(body), len(doctype))]))
	return start == doctype || strings.HasPrefix(start, "<html")
}

func statusText(code int) string {
	return strings.TrimSpace(fmt.Sprintf("%d %s", code, http.StatusText(code)))
}

func (c *Client) requestID(response *http.Response) string {
	return c.redact.clean(response.Header.Get(c.options.RequestIDHeader))
}
