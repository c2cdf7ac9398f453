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
	client, _ := newClientOf(t, inTurn(fixed(http.StatusOK, before+name+after)))
	if got, err := get(t.Context(), client); err != nil || got.Name != name {
		t.Errorf("got %v", err)
	}
}

// TestOnlyAnHTMLPageIsNotNotFound has bodies and labels of a 404.
func TestOnlyAnHTMLPageIsNotNotFound(t *testing.T) {
	t.Parallel()
	for body, html := range map[string]bool{
		"<html>": true, "<HTML lang=en>": true, " \r\n<!DOCTYPE html>": true, "<!doctype html ": true,
		"\ufeff<html>": true, "": false, `{"error":{}}`: false, "<p>": false, "html": false,
		`<?xml version="1.0"?><Error/>`: false, "<!doctype xml>": false, "<!doctype": false,
	} {
		for _, label := range []string{"text/html; charset=utf-8", "application/json", ""} {
			for _, code := range []int{http.StatusNotFound, http.StatusGone} {
				client, _ := newClientOf(t, inTurn(fixed(code, body, "Content-Type", label)))
				_, err := get(t.Context(), client)
				status, ok := errors.AsType[*StatusError](err)
				if !ok || status.HTML != html || errors.Is(err, ErrNotFound) == html {
					t.Errorf("%d %q: %q: got %v", code, label, body, err)
				}
			}
		}
	}
}

// TestJSONIsJSONWhateverItsLabel has a success that is labeled as a page.
func TestJSONIsJSONWhateverItsLabel(t *testing.T) {
	t.Parallel()
	client, _ := newClientOf(t, inTurn(fixed(200, `{"name":"one"}`, "Content-Type", "text/html")))
	if got, err := get(t.Context(), client); err != nil || got.Name != "one" {
		t.Errorf("got %v, %v", got, err)
	}
}

// TestOtherStatusesBelow400AreUnexpected has statuses that aren't redirects, with a target.
func TestOtherStatusesBelow400AreUnexpected(t *testing.T) {
	t.Parallel()
	for _, code := range []int{300, 304, 305, 306, 399} {
		client, _ := newClientOf(t, inTurn(fixed(code, "", "Location", "https://other.example")))
		_, err := get(t.Context(), client)
		got, ok := errors.AsType[*ResponseError](err)
		if !ok || got.StatusCode != code || !errors.Is(err, ErrFinal) || got.Reason !=
			"its status is neither a success nor an error" {
			t.Errorf("%d: got %v", code, err)
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
		client, _ := newClientOf(t, inTurn(func(*http.Request) *http.Response {
			response := newResponse(status, body)
			response.Body = closer{response.Body, &closed}
			return response
		}), func(o *Options) { o.MaxRetries = 0 })
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
