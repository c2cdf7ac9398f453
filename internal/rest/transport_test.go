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
	"strings"
	"sync/atomic"
	"testing"
)

// serveTLS is serve over TLS, with the certificate that a client has to trust.
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

func TestDoSpeaksHTTP2(t *testing.T) {
	t.Parallel()
	api, roots := serveTLS(t, func(server *httptest.Server) { server.EnableHTTP2 = true })
	client, _ := newClient(t, api.URL, func(o *Options) { o.RootCAs = roots })
	if _, err := get(t.Context(), client); err != nil || api.requests[0].ProtoMajor != 2 {
		t.Errorf("got %v over %s", err, api.requests[0].Proto)
	}
}

func TestDoSpeaksNoTLSBelow12(t *testing.T) {
	t.Parallel()
	api, roots := serveTLS(t, func(server *httptest.Server) {
		//nolint:gosec // a server that speaks nothing newer is what the client has to refuse
		server.TLS = &tls.Config{MaxVersion: tls.VersionTLS11, MinVersion: tls.VersionTLS10}
	})
	client, clock := newClient(t, api.URL, func(o *Options) { o.RootCAs = roots })
	_, err := get(t.Context(), client)
	var transport *TransportError
	if !errors.As(err, &transport) || !errors.Is(err, ErrFinal) || len(clock.waits()) > 0 {
		t.Errorf("got %v", err)
	}
}

func TestDoDoesNotRetryWhereHTTPAnswersTLS(t *testing.T) {
	t.Parallel()
	api := serve(t, respond(200, `{"name":"one"}`))
	client, _ := newClient(t, strings.Replace(api.URL, "http:", "https:", 1))
	if _, err := get(t.Context(), client); !errors.Is(err, ErrFinal) {
		t.Errorf("got %v", err)
	}
}

func TestDoKeepsConnections(t *testing.T) {
	t.Parallel()
	var opened atomic.Int64
	api := &server{handlers: []http.HandlerFunc{
		respond(503, "later"), respond(200, `{"name":"one"}`),
	}}
	api.Server = httptest.NewUnstartedServer(api)
	api.Config.ConnState = func(_ net.Conn, state http.ConnState) {
		if state == http.StateNew {
			opened.Add(1)
		}
	}
	api.Start()
	t.Cleanup(api.Close)

	client, _ := newClient(t, api.URL)
	for range 20 {
		if _, err := get(t.Context(), client); err != nil {
			t.Fatal(err)
		}
	}
	if opened.Load() != 1 || api.count() != 21 {
		t.Errorf("%d connections for %d requests", opened.Load(), api.count())
	}
}
