package rest

import (
	"context"
	"errors"
	"net"
	"net/http"
	"strconv"
	"time"
)

// The bounds of a backoff.
const (
	minBackoff = 500 * time.Millisecond
	maxBackoff = 30 * time.Second
	// maxPendingWait is the longest wait between polls.
	maxPendingWait = 10 * time.Second
)

// maxRetryAfter caps the waits that servers ask for. It is longer than any read.
const maxRetryAfter = 365 * 24 * time.Hour

// noRetryAfter is the [StatusError.RetryAfter] of a server that asked for no wait.
const noRetryAfter = -1

// Clock is the client's source of time.
type Clock interface {
	Now() time.Time
	// Sleep waits, and returns the context's error as soon as it is done.
	Sleep(ctx context.Context, d time.Duration) error
}

// SystemClock is the default of [Options.Clock].
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

	attempts int   // that were sent
	failures int   // that count against MaxRetries, since the last pending one
	renewed  bool  // whether the request was sent again with a renewed credential
	last     error // of the last attempt that the context didn't cut off
}

// next returns how long to wait after an attempt ended with err, or why it was the last one.
func (r *retries) next(
	ctx context.Context,
	err error,
	authorization string,
) (wait time.Duration, stopped error) {
	r.attempts++
	if r.last == nil || ctx.Err() == nil {
		r.last = err
	}
	mayRenew := r.client.reportToCredential(authorization, err)
	status, isStatus := errors.AsType[*StatusError](err)
	pending := r.request.pending(err)
	switch {
	case err == nil:
		return 0, nil
	case mayRenew && !r.renewed:
		r.renewed = true
		return 0, ctx.Err()
	case !pending && !retryable(err):
		return 0, ErrFinal
	case ctx.Err() != nil:
		return 0, ctx.Err()
	case pending:
		r.failures = 0
	case isStatus && status.StatusCode == http.StatusTooManyRequests &&
		r.client.options.MaxRetries > 0:
	default:
		r.failures++
		if r.failures > r.client.options.MaxRetries {
			return 0, ErrRetriesExhausted
		}
	}

	wait = backoff(r.attempts, r.client.options.Random())
	if pending {
		wait = r.client.pendingWait(ctx, wait)
	}
	if isStatus {
		wait = max(wait, status.RetryAfter)
	}
	return wait, checkWait(ctx, r.client.options.Clock, wait)
}

// pendingWait shortens a wait, so that the last attempt is shortly before the deadline.
func (c *Client) pendingWait(ctx context.Context, wait time.Duration) time.Duration {
	wait = min(wait, maxPendingWait)
	deadline, ok := ctx.Deadline()
	if left := deadline.Sub(c.options.Clock.Now()); ok && left > minBackoff {
		return min(wait, left/2)
	}
	return wait
}

// checkWait returns a [*WaitError] for a wait that would outlast the context's deadline.
func checkWait(ctx context.Context, clock Clock, wait time.Duration) error {
	deadline, ok := ctx.Deadline()
	if ok && !clock.Now().Add(wait).Before(deadline) {
		return &WaitError{Wait: wait}
	}
	return nil
}

// backoff returns a random wait between minBackoff and a ceiling. The ceiling doubles with each
// attempt, from 1 s to maxBackoff.
func backoff(attempt int, random float64) time.Duration {
	ceiling := min(time.Second<<min(attempt-1, 5), maxBackoff)
	return minBackoff + time.Duration(random*float64(ceiling-minBackoff))
}

func retryableStatus(code int) bool {
	switch code {
	case http.StatusRequestTimeout, http.StatusConflict, http.StatusTooEarly,
		http.StatusTooManyRequests:
		return true
	case http.StatusNotImplemented:
		return false
	}
	return code >= 500 && code < 600
}

// retryable reports whether another attempt may succeed. Connection errors are retryable, unless
// the name doesn't exist, or TLS or a proxy refused the connection.
func retryable(err error) bool {
	var (
		status    *StatusError
		transport *TransportError
		handshake *HandshakeError
		proxy     *ProxyError
		dns       *net.DNSError
	)
	switch {
	case errors.As(err, &status):
		return status.Retryable
	case !errors.As(err, &transport), errors.As(err, &handshake), isAlert(err), IsSOCKSRefusal(err):
		return false
	case errors.As(err, &proxy):
		return retryableStatus(proxy.StatusCode)
	case errors.As(err, &dns):
		return !dns.IsNotFound
	}
	return true
}

// retryAfter parses Retry-After: seconds or an HTTP date (RFC 9110, section 10.2.3). A date is
// relative to the response's Date, if there is one. If the date is past, the wait is 0. Without a
// valid header, retryAfter returns noRetryAfter.
func retryAfter(header http.Header, now time.Time) time.Duration {
	value := header.Get("Retry-After")
	seconds, err := strconv.ParseUint(value, 10, 64)
	if err == nil || errors.Is(err, strconv.ErrRange) {
		return Seconds(float64(seconds))
	}
	moment, err := http.ParseTime(value)
	if err != nil {
		return noRetryAfter
	}
	if sent, err := http.ParseTime(header.Get("Date")); err == nil {
		now = sent
	}
	return min(max(moment.Sub(now), 0), maxRetryAfter)
}

// Seconds converts a server's number of seconds to a wait from 0 to maxRetryAfter.
func Seconds(number float64) time.Duration {
	return time.Duration(min(max(number, 0)*float64(time.Second), float64(maxRetryAfter)))
}
