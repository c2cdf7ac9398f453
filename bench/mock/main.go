// Command mock serves the mock of the APIs on loopback, with a latency, until its standard input
// ends. It prints its URL, and tells at /bench what it was asked for.
package main

import (
	"context"
	"encoding/json"
	"fmt"
	"io"
	"log"
	"net"
	"net/http"
	"os"
	"runtime/debug"
	"sync"
	"sync/atomic"
	"time"

	"github.com/terraform-attachments/terraform-provider-attachments/bench/traffic"
	"github.com/terraform-attachments/terraform-provider-attachments/internal/testing/mockapi"
)

func main() {
	debug.SetGCPercent(1000) // it is not the mock that is measured
	if err := serve(context.Background()); err != nil {
		log.Fatal(err)
	}
}

// api is a mock that is made anew for every run, so that it doesn't grow.
type api struct {
	mu      sync.Mutex
	mock    *mockapi.Server
	latency time.Duration

	requests, connections atomic.Int64
}

type connection struct{ counted atomic.Bool }

type connectionKey struct{}

func serve(ctx context.Context) error {
	a := &api{}
	mux := http.NewServeMux()
	mux.HandleFunc("PUT /bench", a.reset)
	mux.HandleFunc("GET /bench", a.traffic)
	mux.HandleFunc("/", a.answer)
	server := &http.Server{
		Handler:           mux,
		ReadHeaderTimeout: time.Minute,
		ConnContext: func(ctx context.Context, _ net.Conn) context.Context {
			return context.WithValue(ctx, connectionKey{}, new(connection))
		},
	}
	var config net.ListenConfig
	listener, err := config.Listen(ctx, "tcp", "127.0.0.1:0")
	if err != nil {
		return err
	}
	fmt.Println("http://" + listener.Addr().String())
	go func() {
		_, _ = io.Copy(io.Discard, os.Stdin)
		_ = server.Close()
	}()
	if err := server.Serve(listener); err != http.ErrServerClosed {
		return err
	}
	return nil
}

func (a *api) reset(w http.ResponseWriter, r *http.Request) {
	latency, err := time.ParseDuration(r.FormValue("latency"))
	if err != nil {
		http.Error(w, err.Error(), http.StatusBadRequest)
		return
	}
	mock := mockapi.New(mockapi.Config{})
	for i := range traffic.MaxReads {
		mock.PutLinq(fmt.Sprintf(traffic.Document, fmt.Sprintf(traffic.ID, i)))
	}
	a.mu.Lock()
	a.mock, a.latency = mock, latency
	a.mu.Unlock()
	a.requests.Store(0)
	a.connections.Store(0)
}

func (a *api) traffic(w http.ResponseWriter, _ *http.Request) {
	_ = json.NewEncoder(w).Encode(traffic.Traffic{
		Requests:    a.requests.Load(),
		Connections: a.connections.Load(),
	})
}

func (a *api) answer(w http.ResponseWriter, r *http.Request) {
	a.requests.Add(1)
	if !r.Context().Value(connectionKey{}).(*connection).counted.Swap(true) {
		a.connections.Add(1)
	}
	a.mu.Lock()
	mock, latency := a.mock, a.latency
	a.mu.Unlock()
	time.Sleep(latency)
	mock.ServeHTTP(w, r)
}
