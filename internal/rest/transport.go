package rest

import (
	"context"
	"crypto/tls"
	"fmt"
	"net/http"
	"net/url"
	"time"
)

// ProxyError is a proxy's refusal to connect to the API.
type ProxyError struct {
	StatusCode int
}

func (e *ProxyError) Error() string {
	return fmt.Sprintf("the proxy answered %s", statusText(e.StatusCode))
}

// maxHeaderSize is the number of bytes of an answer's header that are read.
const maxHeaderSize = 1 << 18

// maxPingTime is how long an HTTP/2 connection may be silent before it is asked for a sign of life,
// and how long that may take.
const maxPingTime = 10 * time.Second

// newTransport clones [http.DefaultTransport], with its timeouts for connections and its use of the
// environment's proxy, and keeps as many connections as there are requests at once.
func newTransport(options Options) http.RoundTripper {
	transport := http.DefaultTransport.(*http.Transport).Clone()
	transport.MaxIdleConns = 0
	transport.MaxIdleConnsPerHost = max(options.MaxConcurrentRequests, 1)
	transport.MaxResponseHeaderBytes = maxHeaderSize
	transport.TLSClientConfig = &tls.Config{MinVersion: tls.VersionTLS12, RootCAs: options.RootCAs}
	if options.Proxy != nil {
		transport.Proxy = options.Proxy
	}
	// A retry must not go out on a connection that the last attempt has found dead.
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
