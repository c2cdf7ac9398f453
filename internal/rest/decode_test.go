package rest

import (
	"errors"
	"io"
	"net/http"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/google/go-cmp/cmp/cmpopts"
)

func TestDoRefusesAnswersOfNoUse(t *testing.T) {
	t.Parallel()
	for name, test := range map[string]struct {
		handler http.HandlerFunc
		want    AnswerError
	}{
		"empty": {
			respond(200, ""),
			AnswerError{Reason: "its body is empty", StatusCode: 200},
		},
		"no content": {
			respond(204, ""),
			AnswerError{Reason: "its body is empty", StatusCode: 204},
		},
		"no JSON": {
			respond(200, "oops", "X-Request-ID", "r1"),
			AnswerError{
				Reason:     "its body is no JSON: invalid character 'o' looking for beginning of value",
				StatusCode: 200, RequestID: "r1",
			},
		},
		"web page": {
			respond(200, " <html>", "Content-Type", "application/json"),
			AnswerError{
				Reason:     "its body is no JSON: invalid character '<' looking for beginning of value",
				StatusCode: 200, WebPage: true,
			},
		},
		"list": {
			respond(200, "[]"),
			AnswerError{Reason: "its body holds a JSON array", StatusCode: 200},
		},
		"wrong type": {
			respond(200, `{"name":"one","count":"2"}`),
			AnswerError{Reason: `its field "count" holds a string`, StatusCode: 200},
		},
		"not the thing": {
			respond(200, `{}`),
			AnswerError{Reason: `it has no "name"`, StatusCode: 200},
		},
		"too long": {
			respond(200, `"`+strings.Repeat("x", MaxBodySize)+`"`),
			AnswerError{Reason: "its body has more than 1048576 bytes", StatusCode: 200},
		},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			api := serve(t, test.handler)
			client, _ := newClient(t, api.URL)
			_, err := get(t.Context(), client)
			var got *AnswerError
			if !errors.As(err, &got) || !errors.Is(err, ErrFinal) {
				t.Fatalf("got %v", err)
			}
			if diff := cmp.Diff(test.want, *got, cmpopts.IgnoreUnexported(AnswerError{})); diff != "" {
				t.Error(diff)
			}
			if api.count() != 1 {
				t.Errorf("%d requests", api.count())
			}
		})
	}
}

// TestDoReadsAMegabyteAtMost counts what is read of a body without end.
func TestDoReadsAMegabyteAtMost(t *testing.T) {
	t.Parallel()
	for _, status := range []int{http.StatusOK, http.StatusBadRequest} {
		read := 0
		client, _ := newClient(t, "https://api.example.com")
		client.transport = roundTripper(func(*http.Request) (*http.Response, error) {
			response := answer(status, "")
			response.Body = io.NopCloser(readerFunc(func(p []byte) (int, error) {
				read += len(p)
				return len(p), nil
			}))
			return response, nil
		})
		if _, err := get(t.Context(), client); err == nil || read > MaxBodySize+1 {
			t.Errorf("%d: %d bytes were read, %v", status, read, err)
		}
	}
}
