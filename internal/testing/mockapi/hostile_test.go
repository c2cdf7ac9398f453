package mockapi

import (
	"io"
	"net/http"
	"net/http/httptest"
	"testing"
	"time"
)

func TestDripStopsWhenTheClientDisconnects(t *testing.T) {
	t.Parallel()
	server := httptest.NewServer(http.HandlerFunc(Drip(time.Millisecond)))
	defer server.Close()                  // waits until the fault ends
	response, err := http.Get(server.URL) //nolint:noctx // it ends when the body is closed
	if err != nil {
		t.Fatal(err)
	}
	defer response.Body.Close()
	body := make([]byte, 3)
	if _, err := io.ReadFull(response.Body, body); err != nil || string(body) != "   " {
		t.Errorf("got %q, %v", body, err)
	}
}
