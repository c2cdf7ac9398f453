package rest

import (
	"io"
	"net/http"
	"testing"

	"github.com/google/go-cmp/cmp"
)

// TestDoSendsTheBodyWithEachAttempt has a first attempt that fails.
func TestDoSendsTheBodyWithEachAttempt(t *testing.T) {
	t.Parallel()
	var got []string
	note := func(next http.HandlerFunc) http.HandlerFunc {
		return func(w http.ResponseWriter, r *http.Request) {
			body, _ := io.ReadAll(r.Body)
			got = append(got, r.Method, r.Header.Get("Content-Type"), string(body))
			next(w, r)
		}
	}
	api := serve(t, note(respond(503, "")), note(respond(200, `{"name":"one"}`)))
	client, _ := newClient(t, api.URL)
	_, _, err := Do(t.Context(), client,
		Request{Method: http.MethodPost, Body: []byte(`{"a":1}`)}, (*thing).check)
	if err != nil {
		t.Fatal(err)
	}
	if _, err := get(t.Context(), client); err != nil {
		t.Fatal(err)
	}
	want := []string{
		"POST", "application/json", `{"a":1}`, "POST", "application/json", `{"a":1}`, "GET", "", "",
	}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Error(diff)
	}
}
