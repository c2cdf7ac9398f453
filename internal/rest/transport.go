package rest

import (
	"cmp"
	"context"
	"crypto/tls"
	"errors"
	"fmt"
	"io"
	"net"
	"net/http"
	"net/url"
	"time"
)

// ProxyError is a proxy's refusal to connect to the API.
type ProxyError struct {
	StatusCode int
}

func (e *ProxyError) Error() string {
	return fmt.Sprintf("the proxy responded with %s", statusText(e.StatusCode))
}

// IsSOCKSRefusal reports whether a SOCKS proxy refused to connect to the API. The errors of
// net/http's SOCKS client have no type of their own.
func IsSOCKSRefusal(err error) bool {
	var operation *net.OpError
	if !errors.As(err, &operation) || operation.Op != "socks connect" {
		return false
	}
	var network net.Error
	return !errors.As(operation.Err, &network) && !errors.Is(operation.Err, io.EOF) &&
		!errors.Is(operation.Err, io.ErrUnexpectedEOF)
}

const (
	// maxHeaderSize is the maximum size of a response's header in bytes.
	maxHeaderSize = 1 << 18
	// maxPingTime is how long an HTTP/2 connection may be idle before a ping, and how long the ping
	// may take.
	maxPingTime = 10 * time.Second
	// maxDialTime is how long a connection may take, as in [http.DefaultTransport].
	maxDialTime = 30 * time.Second
	// dialDelay is the time after which the next address is tried as well, as in
	// [net.Dialer.FallbackDelay] (RFC 8305, section 5).
	dialDelay = 300 * time.Millisecond
)

// newTransport clones [http.DefaultTransport], and keeps as many idle connections as there are
// concurrent requests.
func newTransport(options Options) http.RoundTripper {
	transport := http.DefaultTransport.(*http.Transport).Clone()
	transport.MaxIdleConns = 0
	transport.MaxIdleConnsPerHost = max(options.MaxConcurrentRequests, 1)
	transport.MaxResponseHeaderBytes = maxHeaderSize
	transport.TLSClientConfig = &tls.Config{MinVersion: tls.VersionTLS12, RootCAs: options.RootCAs}
	if options.Proxy != nil {
		transport.Proxy = options.Proxy
	}
	dialer := &net.Dialer{Timeout: min(options.RequestTimeout, maxDialTime)}
	transport.DialContext = func(ctx context.Context, network, address string) (net.Conn, error) {
		return dial(ctx, dialer, net.DefaultResolver.LookupHost, network, address)
	}
	// A retry must not use a connection that was dead in the last attempt.
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

type connection struct {
	net.Conn
	err error
}

// dial tries the addresses of a name concurrently and returns the first connection. Each attempt
// starts dialDelay after the one before, or when one fails. A [net.Dialer] tries the addresses
// of a family in turn, each for at least 2 s, so that a dead one uses up a short RequestTimeout.
func dial(
	ctx context.Context,
	dialer *net.Dialer,
	lookup func(context.Context, string) ([]string, error),
	network, address string,
) (net.Conn, error) {
	ctx, cancel := context.WithTimeout(ctx, dialer.Timeout)
	defer cancel()
	host, port, err := net.SplitHostPort(address)
	if err != nil || net.ParseIP(host) != nil {
		return dialer.DialContext(ctx, network, address)
	}
	hosts, err := lookup(ctx, host)
	if err != nil {
		return nil, err
	}

	dialed := make(chan connection)
	next := time.NewTimer(0)
	defer next.Stop()
	var failed error
	for waiting := 0; len(hosts) > 0 || waiting > 0; {
		select {
		case <-next.C:
			if len(hosts) > 0 {
				target := net.JoinHostPort(hosts[0], port)
				go func() {
					conn, err := dialer.DialContext(ctx, network, target)
					select {
					case dialed <- connection{conn, err}:
					case <-ctx.Done():
						if err == nil {
							_ = conn.Close()
						}
					}
				}()
				hosts = hosts[1:]
				waiting++
				next.Reset(dialDelay)
			}
		case first := <-dialed:
			if first.err == nil {
				return first.Conn, nil
			}
			failed = cmp.Or(failed, first.err)
			waiting--
			next.Reset(0)
		case <-ctx.Done():
			return nil, cmp.Or(failed, fmt.Errorf("dial %s: %w", address, ctx.Err()))
		}
	}
	return nil, failed
}
