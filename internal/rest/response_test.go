package rest

import (
	"errors"
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
