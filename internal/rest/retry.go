package rest

import (
	"context"
	"crypto/tls"
	"errors"
	"math"
	"net"
	"net/http"
	"strconv"
	"strings"
	"time"
)

// The bounds of a wait that the server didn't set.
const (
	minWait = 500 * time.Millisecond
	maxWait = 30 * time.Second
	// maxPendingWait is the longest between two looks at what isn't ready.
	maxPendingWait = 10 * time.Second
)

// maxRetryAfter is where waits that servers ask for are cut off. No read lasts that long.
const maxRetryAfter = 365 * 24 * time.Hour

// noRetryAfter is a [StatusError.RetryAfter] of a server that asked for no wait.
const noRetryAfter = -1

// Clock is the time as the client sees it.
type Clock interface {
	Now() time.Time
	// Sleep waits, and returns the context's error as soon as it is done.
	Sleep(ctx context.Context, d time.Duration) error
}

// SystemClock is the clock of a [Client] that is given none.
var SystemClock Clock = systemClock{}

type systemClock struct{}

func (systemClock) Now() time.Time { return time.Now() }

func (systemClock) Sleep(ctx context.Context, d time.Duration) error {
	timer := time.NewTimer(d)
	defer timer.Stop()
	select {
	case <-ctx.Done():
		return ctx.Err()
	case <-timer.C:
		return nil
	}
}

// retries is the state of one request from attempt to attempt.
type retries struct {
	client  *Client
	request Request

	attempts  int   // that were sent
	failures  int   // of them, since one was pending
	pending   int   // of them that were pending
	refreshed bool  // whether a refused credential was renewed
	last      error // how the last attempt ended that wasn't cut off by the context
}

// next returns how long to wait after an attempt ended with err, or why no other one is to be made.
func (r *retries) next(
	ctx context.Context,
	err error,
	authorization string,
) (time.Duration, error) {
	r.attempts++
	if r.last == nil || ctx.Err() == nil {
		r.last = err
	}
	count := &r.failures
	if r.request.pending(err) {
		count = &r.pending
		r.failures = 0
	}
	*count++

	renewed := r.client.judge(authorization, err)
	var status *StatusError
	isStatus := errors.As(err, &status)
	switch {
	case err == nil:
		return 0, nil
	case renewed && !r.refreshed:
		r.refreshed = true
		r.failures--
		return 0, ctx.Err()
	case !r.request.pending(err) && !retryable(err):
		return 0, ErrFinal
	case ctx.Err() != nil:
		return 0, ctx.Err()
	case r.failures > r.client.options.MaxRetries:
		return 0, ErrRetriesExhausted
	}

	wait := backoff(*count, r.client.options.Random())
	switch asked := isStatus && status.RetryAfter >= 0; {
	case r.request.pending(err) && asked:
		return max(wait, status.RetryAfter), nil // for there is no other limit
	case r.request.pending(err):
		return r.client.lastLook(ctx, min(wait, maxPendingWait)), nil
	case asked:
		return status.RetryAfter, nil
	}
	return wait, nil
}

// lastLook shortens a wait for what isn't ready that would outlast the deadline, so that there are
// looks at it until shortly before.
func (c *Client) lastLook(ctx context.Context, wait time.Duration) time.Duration {
	deadline, ok := ctx.Deadline()
	if left := deadline.Sub(c.options.Clock.Now()); ok && left > minWait {
		return min(wait, left/2)
	}
	return wait
}

// heldBack is the error of a request that the gate didn't let through.
func (r *retries) heldBack(ctx context.Context, refusal *StatusError, stopped error) error {
	switch {
	case r.last != nil:
	case refusal != nil:
		r.last = refusal
	default:
		r.last = r.client.transportError(ctx, stopped)
	}
	return &Error{Attempts: r.attempts, Stopped: stopped, Err: r.last}
}

// pause waits, unless that would outlast the context's deadline.
func pause(ctx context.Context, clock Clock, wait time.Duration) error {
	deadline, ok := ctx.Deadline()
	if ok && !clock.Now().Add(wait).Before(deadline) {
		return &WaitError{Wait: wait}
	}
	return clock.Sleep(ctx, wait)
}

// backoff spreads the wait evenly between minWait and a ceiling that doubles with each attempt,
// from 1 s to maxWait.
func backoff(attempt int, random float64) time.Duration {
	ceiling := maxWait
	if attempt < 6 {
		ceiling = time.Second << (attempt - 1)
	}
	return minWait + time.Duration(random*float64(ceiling-minWait))
}

func retryableStatus(code int) bool {
	switch code {
	case http.StatusRequestTimeout, http.StatusTooEarly, http.StatusTooManyRequests:
		return true
	case http.StatusNotImplemented:
		return false
	}
	return code >= 500
}

// retryable tells whether another attempt may end in another way. Where the connection failed, that
// is so but for a name that doesn't exist and what TLS refuses.
func retryable(err error) bool {
	var (
		status      *StatusError
		transport   *TransportError
		proxy       *ProxyError
		certificate *tls.CertificateVerificationError
		record      tls.RecordHeaderError
		dns         *net.DNSError
		operation   *net.OpError
	)
	switch {
	case errors.As(err, &status):
		return status.Retryable
	case !errors.As(err, &transport):
		return false
	case errors.As(err, &proxy):
		return retryableStatus(proxy.StatusCode)
	case errors.As(err, &certificate), errors.As(err, &record),
		errors.Is(err, http.ErrSchemeMismatch):
		return false
	case errors.As(err, &dns):
		return !dns.IsNotFound
	case errors.As(err, &operation):
		// These two are how crypto/tls calls an alert, such as that of an unknown version.
		return operation.Op != "remote error" && operation.Op != "local error"
	}
	return true
}

// retryAfter reads Retry-After-Ms, a number of milliseconds, else Retry-After, a number of seconds
// or an HTTP date (RFC 9110, section 10.2.3). It is noRetryAfter where there is neither or they
// can't be read; a moment that has passed is 0.
func retryAfter(header http.Header, now time.Time) time.Duration {
	if wait := duration(header.Get("Retry-After-Ms"), time.Millisecond); wait >= 0 {
		return wait
	}
	value := header.Get("Retry-After")
	if date, err := http.ParseTime(value); err == nil {
		return min(max(date.Sub(now), 0), maxRetryAfter)
	}
	return duration(value, time.Second)
}

// duration reads a number of units. It is noRetryAfter where text is no number.
func duration(text string, unit time.Duration) time.Duration {
	number, err := strconv.ParseFloat(strings.TrimSpace(text), 64)
	if err != nil || math.IsNaN(number) || math.IsInf(number, 0) {
		return noRetryAfter
	}
	return Seconds(number * unit.Seconds())
}

// Seconds is a wait that a server asked for: 0 where number is negative, and never longer than a
// year.
func Seconds(number float64) time.Duration {
	return time.Duration(min(max(number, 0)*float64(time.Second), float64(maxRetryAfter)))
}
