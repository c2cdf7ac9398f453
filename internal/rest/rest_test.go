package rest

import (
	"context"
	"errors"
	"io"
	"net/http"
	"net/http/httptest"
	"slices"
	"strings"
	"sync"
	"sync/atomic"
	"testing"
	"time"
)

// fakeClock records waits instead of waiting.
type fakeClock struct {
	mu    sync.Mutex
	now   time.Time
	slept []time.Duration
}

func newFakeClock() *fakeClock { return &fakeClock{now: time.Now()} }

func (c *fakeClock) Now() time.Time {
	c.mu.Lock()
	defer c.mu.Unlock()
	return c.now
}

func (c *fakeClock) Sleep(ctx context.Context, d time.Duration) error {
	c.mu.Lock()
	defer c.mu.Unlock()
	c.slept = append(c.slept, d)
	c.now = c.now.Add(d)
	return ctx.Err()
}

func (c *fakeClock) waits() []time.Duration {
	c.mu.Lock()
	defer c.mu.Unlock()
	return slices.Clone(c.slept)
}

// server calls the handlers in turn, repeats the last one, and counts.
type server struct {
	*httptest.Server
	mu       sync.Mutex
	handlers []http.HandlerFunc
	requests []*http.Request
}

func serve(t *testing.T, handlers ...http.HandlerFunc) *server {
	t.Helper()
	s := &server{handlers: handlers}
	s.Server = httptest.NewServer(s)
	t.Cleanup(s.Close)
	return s
}

func (s *server) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	s.mu.Lock()
	s.requests = append(s.requests, r)
	handler := s.handlers[min(len(s.requests), len(s.handlers))-1]
	s.mu.Unlock()
	handler(w, r)
}

func (s *server) count() int {
	s.mu.Lock()
	defer s.mu.Unlock()
	return len(s.requests)
}

func respond(status int, body string, header ...string) http.HandlerFunc {
	return func(w http.ResponseWriter, _ *http.Request) {
		for i := 0; i < len(header); i += 2 {
			w.Header().Set(header[i], header[i+1])
		}
		w.WriteHeader(status)
		_, _ = w.Write([]byte(body))
	}
}

const secret = "s3cr3t/token+="

// newClient returns a client of the server with a fake clock and the longest of all waits.
func newClient(t *testing.T, url string, change ...func(*Options)) (*Client, *fakeClock) {
	t.Helper()
	base, err := ParseBaseURL(url)
	if err != nil {
		t.Fatal(err)
	}
	clock := newFakeClock()
	options := Options{
		BaseURL:         base,
		Authorization:   secret,
		Secrets:         []string{secret},
		UserAgent:       "test/1",
		RequestTimeout:  10 * time.Second,
		MaxRetries:      2,
		RequestIDHeader: "X-Request-ID",
		ReadError:       func(*StatusError, http.Header, []byte) {},
		Clock:           clock,
		Random:          func() float64 { return 1 },
	}
	for _, f := range change {
		f(&options)
	}
	return New(options), clock
}

// newClientOf is newClient with a transport instead of a server.
func newClientOf(
	t *testing.T,
	api http.RoundTripper,
	change ...func(*Options),
) (*Client, *fakeClock) {
	t.Helper()
	return newClient(t, "https://api.example.com",
		append(change, func(o *Options) { o.Transport = api })...)
}

// inBubble has a number of requests at once, and the system's clock, which synctest replaces.
func inBubble(requests int) func(*Options) {
	return func(o *Options) { o.MaxConcurrentRequests, o.Clock = requests, SystemClock }
}

// thing is a response.
type thing struct {
	Name  string `json:"name"`
	Count int64  `json:"count"`
}

func (a *thing) check() error {
	if a.Name == "" {
		return &MissingError{Field: "name"}
	}
	if a.Name == "bad" {
		return errors.New("it is bad")
	}
	return nil
}

func get(ctx context.Context, c *Client) (*thing, error) {
	got, _, err := Do(ctx, c, Request{Path: []string{"things", "1"}}, (*thing).check)
	return got, err
}

type roundTripper func(*http.Request) (*http.Response, error)

func (f roundTripper) RoundTrip(request *http.Request) (*http.Response, error) { return f(request) }

func newResponse(status int, body string, header ...string) *http.Response {
	response := &http.Response{
		StatusCode: status, Header: http.Header{},
		Body: io.NopCloser(strings.NewReader(body)),
	}
	for pair := range slices.Chunk(header, 2) {
		response.Header.Set(pair[0], pair[1])
	}
	return response
}

type responder func(*http.Request) *http.Response

// inTurn calls the functions in turn, and repeats the last one.
func inTurn(functions ...responder) roundTripper {
	var count atomic.Int64
	return func(request *http.Request) (*http.Response, error) {
		return functions[min(int(count.Add(1)), len(functions))-1](request), nil
	}
}

func fixed(status int, body string, header ...string) responder {
	return func(*http.Request) *http.Response { return newResponse(status, body, header...) }
}

var good = fixed(http.StatusOK, `{"name":"one"}`)

// stall returns a response whose body ends only with its request.
func stall(request *http.Request) *http.Response {
	response := newResponse(http.StatusOK, "")
	response.Body = io.NopCloser(readerFunc(func([]byte) (int, error) {
		<-request.Context().Done()
		return 0, request.Context().Err()
	}))
	return response
}

type readerFunc func([]byte) (int, error)

func (f readerFunc) Read(p []byte) (int, error) { return f(p) }
