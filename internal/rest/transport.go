package rest

import (
	"context"
	"crypto/tls"
	"errors"
	"fmt"
	"io"
	"net"
	"net/http"
	"net/http/httptrace"
	"net/url"
	"sync/atomic"
	"time"
)

// ProxyError is a proxy's refusal to connect to the API.
type ProxyError struct {
	StatusCode int
}

func (e *ProxyError) Error() string {
	return fmt.Sprintf("the proxy responded with %s", statusText(e.StatusCode))
}

// HandshakeError is a TLS handshake that failed for a reason other than time or a lost connection,
// such as a malformed certificate. Most of these errors of crypto/tls have no type of their own.
type HandshakeError struct{ Err error }

func (e *HandshakeError) Error() string { return e.Err.Error() }

// Unwrap returns the reason.
func (e *HandshakeError) Unwrap() error { return e.Err }

// isAlert reports whether the error is a TLS alert, such as for a missing client certificate.
func isAlert(err error) bool {
	operation, ok := errors.AsType[*net.OpError](err)
	return ok && (operation.Op == "remote error" || operation.Op == "local error")
}

// isConnectionLost reports whether time ran out, or the other side closed the connection.
func isConnectionLost(err error) bool {
	_, isNetwork := errors.AsType[net.Error](err)
	return isNetwork && !isAlert(err) || errors.Is(err, context.Canceled) ||
		errors.Is(err, io.EOF) || errors.Is(err, io.ErrUnexpectedEOF)
}

// IsSOCKSRefusal reports whether a SOCKS proxy refused to connect to the API. The errors of
// net/http's SOCKS client have no type of their own.
func IsSOCKSRefusal(err error) bool {
	operation, ok := errors.AsType[*net.OpError](err)
	return ok && operation.Op == "socks connect" && !isConnectionLost(operation.Err)
}

const (
	// maxHeaderSize is the maximum size of a response's header in bytes.
	maxHeaderSize = 1 << 18
	// maxPingTime is how long an HTTP/2 connection may be idle before a ping, and how long the ping
	// may take.
	maxPingTime = 10 * time.Second
	// maxHandshakes is the maximum number of TLS handshakes in one attempt. Through an HTTPS proxy,
	// each connection takes two. If a server refuses each new HTTP/2 connection (GOAWAY), net/http
	// would open connections forever.
	maxHandshakes = 4
)

// newTransport clones [http.DefaultTransport], and keeps as many idle connections as there are
// concurrent requests.
func newTransport(options Options) *http.Transport {
	transport := http.DefaultTransport.(*http.Transport).Clone()
	transport.MaxIdleConns = 0
	transport.MaxIdleConnsPerHost = max(options.MaxConcurrentRequests, 1)
	transport.MaxResponseHeaderBytes = maxHeaderSize
	transport.TLSClientConfig = &tls.Config{MinVersion: tls.VersionTLS12, RootCAs: options.RootCAs}
	if options.Proxy != nil {
		transport.Proxy = options.Proxy
	}
	// A retry must not use an HTTP/2 connection that was dead in the last attempt.
	ping := min(options.RequestTimeout/2, maxPingTime)
	transport.HTTP2 = &http.HTTP2Config{SendPingTimeout: ping, PingTimeout: ping}
	transport.OnProxyConnectResponse = func(
		_ context.Context, _ *url.URL, _ *http.Request, response *http.Response,
	) error {
		if response.StatusCode != http.StatusOK {
			return &ProxyError{StatusCode: response.StatusCode}
		}
		return nil
	}
	return transport
}

var errManyConnections = errors.New("the server closed each new connection")

// connections observes the connections of one attempt.
type connections struct {
	handshakes atomic.Int32
	refused    atomic.Pointer[error] // of a handshake, unless the connection was lost
}

// trace returns a context that observes connections, and aborts an attempt that opens too many.
func (c *connections) trace(ctx context.Context, abort context.CancelCauseFunc) context.Context {
	return httptrace.WithClientTrace(ctx, &httptrace.ClientTrace{
		TLSHandshakeStart: func() {
			if c.handshakes.Add(1) > maxHandshakes {
				abort(errManyConnections)
			}
		},
		TLSHandshakeDone: func(_ tls.ConnectionState, err error) {
			if err != nil && !isConnectionLost(err) {
				c.refused.Store(&err)
			}
		},
	})
}

// wrap wraps the error of the request in a [HandshakeError] if a handshake is its cause.
func (c *connections) wrap(err error) error {
	if refused := c.refused.Load(); refused != nil && errors.Is(err, *refused) {
		return &HandshakeError{err}
	}
	return err
}
