package rest

import (
	"errors"
	"io"
	"net/http"
	"strings"
	"testing"
)

func TestDoReadsABodyOfTheMaximumSize(t *testing.T) {
	t.Parallel()
	const before, after = `{"name":"`, `"}`
	name := strings.Repeat("x", MaxResponseSize-len(before)-len(after))
	client, _ := newClient(t, "https://api.example.com")
	client.transport = inTurn(fixed(http.StatusOK, before+name+after))
	if got, err := get(t.Context(), client); err != nil || got.Name != name {
		t.Errorf("got %v", err)
	}
}

// TestAnHTMLPageIsNotNotFound has a 404 from another server than the API's.
func TestAnHTMLPageIsNotNotFound(t *testing.T) {
	t.Parallel()
	for header, body := range map[string]string{"text/html; charset=utf-8": "", "text/plain": "<p>"} {
		client, _ := newClient(t, "https://api.example.com")
		client.transport = inTurn(fixed(http.StatusNotFound, body, "Content-Type", header))
		_, err := get(t.Context(), client)
		var status *StatusError
		if !errors.As(err, &status) || !status.HTML || errors.Is(err, ErrNotFound) {
			t.Errorf("%s: got %v", header, err)
		}
	}
}

// TestEveryBodyIsClosed has each kind of response.
func TestEveryBodyIsClosed(t *testing.T) {
	t.Parallel()
	for status, body := range map[int]string{
		101: "", 200: `{"name":"one"}`, 201: strings.Repeat("x", 2*MaxResponseSize), 302: "", 404: "{}",
	} {
		closed := 0
		client, _ := newClient(t, "https://api.example.com", func(o *Options) { o.MaxRetries = 0 })
		client.transport = inTurn(func(*http.Request) *http.Response {
			response := newResponse(status, body)
			response.Body = closer{response.Body, &closed}
			return response
		})
		_, _ = get(t.Context(), client)
		if closed != 1 {
			t.Errorf("%d: closed %d times", status, closed)
		}
	}
}

// closer counts how often the reader is closed.
type closer struct {
	io.Reader
	closed *int
}

func (c closer) Close() error {
	*c.closed++
	return nil
}
