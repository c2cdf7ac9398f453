package rest

import (
	"crypto/tls"
	"crypto/x509"
	"errors"
	"io"
	"log"
	"net"
	"net/http"
	"net/http/httptest"
	"net/url"
	"strings"
	"sync"
	"sync/atomic"
	"testing"
	"time"
)

// serveTLS is serve with TLS. It returns the certificate for the client.
func serveTLS(t *testing.T, change func(*httptest.Server)) (*server, *x509.CertPool) {
	t.Helper()
	api := &server{handlers: []http.HandlerFunc{respond(200, `{"name":"one"}`)}}
	api.Server = httptest.NewUnstartedServer(api)
	api.Config.ErrorLog = log.New(io.Discard, "", 0) // handshakes that are meant to fail
	change(api.Server)
	api.StartTLS()
	t.Cleanup(api.Close)
	roots := x509.NewCertPool()
	roots.AddCert(api.Certificate())
	return api, roots
}

func TestDoTrustsRootCAs(t *testing.T) {
	t.Parallel()
	api, roots := serveTLS(t, func(*httptest.Server) {})
	client, _ := newClient(t, api.URL, func(o *Options) { o.RootCAs = roots })
	if _, err := get(t.Context(), client); err != nil {
		t.Errorf("with its certificate: %v", err)
	}

	client, _ = newClient(t, api.URL)
	_, err := get(t.Context(), client)
	var unknown x509.UnknownAuthorityError
	if !errors.As(err, &unknown) || !errors.Is(err, ErrFinal) {
		t.Errorf("without it: got %v", err)
	}
}

func TestDoSpeaksNoTLSBelow12(t *testing.T) {
	t.Parallel()
	api, roots := serveTLS(t, func(server *httptest.Server) {
		//nolint:gosec // the client must refuse a server that supports nothing newer
		server.TLS = &tls.Config{MaxVersion: tls.VersionTLS11, MinVersion: tls.VersionTLS10}
	})
	client, clock := newClient(t, api.URL, func(o *Options) { o.RootCAs = roots })
	_, err := get(t.Context(), client)
	var transport *TransportError
	if !errors.As(err, &transport) || !errors.Is(err, ErrFinal) || len(clock.waits()) > 0 {
		t.Errorf("got %v", err)
	}
}

func TestDoKeepsConnections(t *testing.T) {
	t.Parallel()
	api := &server{handlers: []http.HandlerFunc{
		respond(503, "later"), respond(200, `{"name":"one"}`),
	}}
	url, opened := countConnections(t, api)
	client, _ := newClient(t, url)
	for range 20 {
		if _, err := get(t.Context(), client); err != nil {
			t.Fatal(err)
		}
	}
	if opened.Load() != 1 || api.count() != 21 {
		t.Errorf("%d connections for %d requests", opened.Load(), api.count())
	}
}

// countConnections serves, and returns the URL and the number of connections.
func countConnections(t *testing.T, handler http.Handler) (string, *atomic.Int64) {
	t.Helper()
	opened := new(atomic.Int64)
	api := httptest.NewUnstartedServer(handler)
	api.Config.ConnState = func(_ net.Conn, state http.ConnState) {
		if state == http.StateNew {
			opened.Add(1)
		}
	}
	api.Start()
	t.Cleanup(api.Close)
	return api.URL, opened
}

// TestDoKeepsAsManyConnectionsAsThereAreRequests sends more requests at once than net/http keeps
// connections by default, which is 100, and as many again.
func TestDoKeepsAsManyConnectionsAsThereAreRequests(t *testing.T) {
	t.Parallel()
	const many = 128
	var together sync.WaitGroup
	url, opened := countConnections(t, http.HandlerFunc(func(w http.ResponseWriter, _ *http.Request) {
		together.Done()
		together.Wait()
		_, _ = io.WriteString(w, `{"name":"one"}`)
	}))
	client, _ := newClient(t, url, func(o *Options) { o.MaxConcurrentRequests = many })
	for range 2 {
		together.Add(many)
		var group sync.WaitGroup
		for range many {
			group.Go(func() {
				if _, err := get(t.Context(), client); err != nil {
					t.Error(err)
				}
			})
		}
		group.Wait()
	}
	if opened.Load() != many {
		t.Errorf("%d connections", opened.Load())
	}
}

// TestPingsEndBeforeTheAttempt compares settings: a ping that is sent and fails within one attempt
// makes net/http close a dead HTTP/2 connection.
func TestPingsEndBeforeTheAttempt(t *testing.T) {
	t.Parallel()
	for limit, want := range map[time.Duration]time.Duration{
		time.Second: time.Second / 2, 20 * time.Second: 10 * time.Second, time.Hour: 10 * time.Second,
	} {
		got := newTransport(Options{RequestTimeout: limit}).HTTP2
		if got == nil || got.SendPingTimeout != want || got.PingTimeout != want {
			t.Errorf("%s: got %+v", limit, got)
		}
	}
}

// TestABrokenBodyMattersOnlyIfTheStatusIsGood has a connection that fails after the header.
func TestABrokenBodyMattersOnlyIfTheStatusIsGood(t *testing.T) {
	t.Parallel()
	broken := func(status int, err error) roundTripper {
		return inTurn(func(*http.Request) *http.Response {
			response := newResponse(status, "")
			response.Body = io.NopCloser(readerFunc(func([]byte) (int, error) { return 0, err }))
			return response
		})
	}
	const closed = "the connection was closed before the response was complete"
	for name, test := range map[string]struct {
		api  roundTripper
		want string
	}{
		"closed":      {broken(200, io.ErrUnexpectedEOF), closed},
		"reset":       {broken(200, errors.New("reset")), "reset"},
		"an error":    {broken(403, io.ErrUnexpectedEOF), "403 Forbidden"},
		"a not found": {broken(404, io.ErrUnexpectedEOF), closed},
		"one gone":    {broken(410, io.ErrUnexpectedEOF), closed},
		"no header": {func(*http.Request) (*http.Response, error) {
			return nil, io.EOF
		}, closed},
	} {
		client, _ := newClientOf(t, test.api)
		_, err := get(t.Context(), client)
		var failed *Error
		if !errors.As(err, &failed) || failed.Err.Error() != test.want {
			t.Errorf("%s: got %v", name, err)
		}
	}
}

// TestDoReportsAProxyThatRefuses has a proxy that doesn't connect to the API.
func TestDoReportsAProxyThatRefuses(t *testing.T) {
	t.Parallel()
	for status, attempts := range map[int]int{407: 1, 502: 3} {
		proxy := serve(t, respond(status, ""))
		address, err := url.Parse(proxy.URL)
		if err != nil {
			t.Fatal(err)
		}
		client, _ := newClient(t, "https://api.example.com", func(o *Options) { o.MaxRetries = 2 })
		client.transport.(*http.Transport).Proxy = http.ProxyURL(address)
		_, err = get(t.Context(), client)
		var refused *ProxyError
		if !errors.As(err, &refused) || refused.StatusCode != status {
			t.Errorf("%d: got %v", status, err)
		}
		if proxy.count() != attempts {
			t.Errorf("%d: %d attempts", status, proxy.count())
		}
	}
}

func TestDoLimitsTheHeader(t *testing.T) {
	t.Parallel()
	api := serve(t, respond(200, `{"name":"one"}`, "X-Long", strings.Repeat("x", maxHeaderSize)))
	client, _ := newClient(t, api.URL, func(o *Options) { o.MaxRetries = 0 })
	var broken *TransportError
	if _, err := get(t.Context(), client); !errors.As(err, &broken) {
		t.Errorf("got %v", err)
	}
}

// rawServer accepts connections one by one and hands each to serve.
func rawServer(t *testing.T, serve func(net.Conn)) (address string, connections *atomic.Int64) {
	t.Helper()
	listener, err := new(net.ListenConfig).Listen(t.Context(), "tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = listener.Close() })
	connections = new(atomic.Int64)
	go func() {
		for {
			conn, err := listener.Accept()
			if err != nil {
				return
			}
			connections.Add(1)
			t.Cleanup(func() { _ = conn.Close() })
			go serve(conn)
		}
	}()
	return listener.Addr().String(), connections
}

// TestAStatusThatIsNotFinalEndsTheAttempt has servers that leave the connection open afterwards.
func TestAStatusThatIsNotFinalEndsTheAttempt(t *testing.T) {
	t.Parallel()
	for _, head := range []string{
		"101 Switching Protocols\r\nConnection: upgrade\r\nUpgrade: websocket",
		"101 Switching Protocols", "000 None", "099 Odd", "099 Odd\r\nContent-Length: 2\r\n\r\n{}",
	} {
		address, connections := rawServer(t, func(conn net.Conn) {
			_, _ = conn.Read(make([]byte, 4096))
			_, _ = io.WriteString(conn, "HTTP/1.1 "+head+"\r\n\r\n")
		})
		client, _ := newClient(t, "http://"+address)
		started := time.Now()
		_, err := get(t.Context(), client)
		var transport *TransportError
		if !errors.As(err, &transport) || !errors.Is(err, ErrRetriesExhausted) {
			t.Errorf("%q: got %v", head, err)
		}
		if connections.Load() != 3 || time.Since(started) > 5*time.Second {
			t.Errorf("%q: %d attempts in %s", head, connections.Load(), time.Since(started))
		}
	}
}

// TestAServerThatClosesEachNewConnection sends GOAWAY at once.
func TestAServerThatClosesEachNewConnection(t *testing.T) {
	t.Parallel()
	api, roots := serveTLS(t, func(*httptest.Server) {})
	config := api.TLS.Clone()
	config.NextProtos = []string{"h2"}
	address, connections := rawServer(t, func(conn net.Conn) {
		secure := tls.Server(conn, config)
		_, _ = secure.Read(make([]byte, 4096))
		_, _ = secure.Write([]byte{0, 0, 0, 4, 0, 0, 0, 0, 0})                         // SETTINGS
		_, _ = secure.Write([]byte{0, 0, 8, 7, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0}) // GOAWAY
		_, _ = io.Copy(io.Discard, secure)
	})
	client, _ := newClient(t, "https://"+address, func(o *Options) {
		o.RootCAs = roots
		o.MaxRetries = 0
	})
	_, err := get(t.Context(), client)
	if !errors.Is(err, errManyConnections) || connections.Load() > maxHandshakes+1 {
		t.Errorf("%d connections, %v", connections.Load(), err)
	}
}
