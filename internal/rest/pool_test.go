package rest

import (
	"context"
	"errors"
	"io"
	"net"
	"net/http"
	"net/http/httptest"
	"sync"
	"sync/atomic"
	"testing"
	"testing/synctest"
	"time"
)

// pipes is a listener whose connections are in memory, so that a fake clock can time them.
type pipes chan net.Conn

func (p pipes) Accept() (net.Conn, error) {
	conn, ok := <-p
	if !ok {
		return nil, net.ErrClosed
	}
	return conn, nil
}

func (p pipes) Close() error   { return nil }
func (p pipes) Addr() net.Addr { return &net.UnixAddr{Name: "pipe", Net: "unix"} }

func (p pipes) dial(context.Context, string, string) (net.Conn, error) {
	client, server := net.Pipe()
	p <- server
	return client, nil
}

// TestADeadPoolCostsOneAttempt has 16 kept-alive connections that go silent at once, before or
// after the header of a response. New ones work.
func TestADeadPoolCostsOneAttempt(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) { testDeadPool(t, func(http.ResponseWriter) {}) })
	synctest.Test(t, func(t *testing.T) {
		testDeadPool(t, func(w http.ResponseWriter) { _ = http.NewResponseController(w).Flush() })
	})
}

func testDeadPool(t *testing.T, respond func(http.ResponseWriter)) {
	t.Helper()
	const many = 16
	type isDead struct{}
	var together sync.WaitGroup
	together.Add(many)
	var firewall atomic.Bool
	var requests atomic.Int64
	api := &http.Server{
		ReadHeaderTimeout: time.Hour,
		ConnContext: func(ctx context.Context, _ net.Conn) context.Context {
			return context.WithValue(ctx, isDead{}, !firewall.Load())
		},
		Handler: http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
			if !firewall.Load() {
				together.Done()
				together.Wait()
			} else if requests.Add(1); r.Context().Value(isDead{}) == true {
				respond(w)
				<-r.Context().Done()
			}
			_, _ = io.WriteString(w, `{"name":"one"}`)
		}),
	}
	listener := make(pipes)
	go func() { _ = api.Serve(listener) }()
	client, _ := newClient(t, "http://localhost", func(o *Options) {
		o.Clock = SystemClock
		o.RequestTimeout = 30 * time.Second
		o.MaxRetries = 4
		o.MaxConcurrentRequests = many
	})
	transport := client.transport.(*http.Transport)
	transport.DialContext = listener.dial
	if took := readMany(t, client, many, many); took != 0 {
		t.Errorf("16 connections took %s", took)
	}

	firewall.Store(true)
	started := time.Now()
	_, err := get(t.Context(), client)
	t.Logf("%d attempts, %s", requests.Load(), time.Since(started))
	if err != nil || requests.Load() != 2 || time.Since(started) != 31*time.Second {
		t.Errorf("%d attempts in %s: %v", requests.Load(), time.Since(started), err)
	}
	transport.CloseIdleConnections()
	close(listener)
	_ = api.Close()
}

// TestAFailedRequestLeavesOthersAlone has a slow request beside a request that fails on a
// kept-alive connection.
func TestAFailedRequestLeavesOthersAlone(t *testing.T) {
	t.Parallel()
	for _, version := range []int{1, 2} {
		started, finish := make(chan struct{}), make(chan struct{})
		api, roots := serveTLS(t, func(server *httptest.Server) {
			server.EnableHTTP2 = version == 2
		})
		slow := func(w http.ResponseWriter, _ *http.Request) {
			close(started)
			<-finish
			_, _ = io.WriteString(w, `{"name":"slow"}`)
		}
		broken := func(w http.ResponseWriter, _ *http.Request) {
			w.Header().Set("Content-Length", "9")
			_ = http.NewResponseController(w).Flush()
			panic(http.ErrAbortHandler)
		}
		good := api.handlers[0]
		api.handlers = []http.HandlerFunc{good, slow, good, broken}
		client, _ := newClient(t, api.URL, func(o *Options) {
			o.RootCAs = roots
			o.MaxRetries = 0
			o.MaxConcurrentRequests = 2
		})
		if _, err := get(t.Context(), client); err != nil {
			t.Fatal(err)
		}
		var group sync.WaitGroup
		group.Go(func() {
			if got, err := get(t.Context(), client); err != nil || got.Name != "slow" {
				t.Errorf("HTTP/%d: the slow request: %v, %v", version, got, err)
			}
		})
		<-started
		if _, err := get(t.Context(), client); err != nil {
			t.Fatal(err)
		}
		if _, err := get(t.Context(), client); !errors.Is(err, ErrRetriesExhausted) {
			t.Errorf("HTTP/%d: the broken request: %v", version, err)
		}
		close(finish)
		group.Wait()
		if api.count() != 4 || api.requests[1].ProtoMajor != version {
			t.Errorf("%d requests of %s, want HTTP/%d", api.count(), api.requests[1].Proto, version)
		}
	}
}
