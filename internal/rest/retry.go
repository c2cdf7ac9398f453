package rest

import (
	"context"
	"crypto/tls"
	"crypto/x509"
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
)

// Clock is the time as the client sees it.
type Clock interface {
	Now() time.Time
	// Sleep waits, and returns the context's error as soon as it is done.
	Sleep(ctx context.Context, d time.Duration) error
}

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

// next returns how long to wait after the given attempt failed with err, or why no other one is
// to be made.
func (c *Client) next(ctx context.Context, attempt int, err error) (time.Duration, error) {
	switch {
	case ctx.Err() != nil:
		return 0, ctx.Err()
	case !retryable(err):
		return 0, ErrFinal
	case attempt > c.options.MaxRetries:
		return 0, ErrRetriesExhausted
	}

	wait := backoff(attempt, c.options.Random())
	var status *StatusError
	if errors.As(err, &status) && status.RetryAfter >= 0 {
		wait = status.RetryAfter
	}
	deadline, ok := ctx.Deadline()
	if ok && !c.options.Clock.Now().Add(wait).Before(deadline) {
		return 0, &WaitError{Wait: wait}
	}
	return wait, nil
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

func retryable(err error) bool {
	var (
		status      *StatusError
		transport   *TransportError
		certificate *tls.CertificateVerificationError
		authority   x509.UnknownAuthorityError
		record      tls.RecordHeaderError
		dns         *net.DNSError
	)
	switch {
	case errors.As(err, &status):
		return status.Retryable
	case !errors.As(err, &transport):
		return false
	case errors.As(err, &certificate), errors.As(err, &authority), errors.As(err, &record):
		return false
	case errors.As(err, &dns):
		return !dns.IsNotFound
	}
	return true
}

// retryAfter reads the Retry-After header, a number of seconds or an HTTP date (RFC 9110, section
// 10.2.3). It is negative where there is none or it can't be read; a moment that has passed is 0.
func retryAfter(header http.Header, now time.Time) time.Duration {
	value := strings.TrimSpace(header.Get("Retry-After"))
	if seconds, err := strconv.ParseFloat(value, 64); err == nil {
		if math.IsNaN(seconds) {
			return -1
		}
		return time.Duration(min(max(seconds, 0), math.MaxInt32) * float64(time.Second))
	}
	if date, err := http.ParseTime(value); err == nil {
		return max(date.Sub(now), 0)
	}
	return -1
}
