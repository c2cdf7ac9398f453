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

func TestDoRejectsUnexpectedResponses(t *testing.T) {
	t.Parallel()
	for name, test := range map[string]struct {
		handler http.HandlerFunc
		want    ResponseError
	}{
		"empty": {
			respond(200, ""),
			ResponseError{Reason: "it is empty", StatusCode: 200},
		},
		"no content": {
			respond(204, " \n"),
			ResponseError{Reason: "it is empty", StatusCode: 204},
		},
		"no JSON": {
			respond(200, "oops", "X-Request-ID", "r1"),
			ResponseError{Reason: "it isn't JSON (byte 1)", StatusCode: 200, RequestID: "r1"},
		},
		"an HTML page": {
			respond(200, " <html>", "Content-Type", "application/json"),
			ResponseError{Reason: "it isn't JSON (byte 2)", StatusCode: 200, HTML: true},
		},
		"not the thing": {
			respond(200, `{}`),
			ResponseError{Reason: `it has no "name"`, StatusCode: 200},
		},
		"too long": {
			respond(200, `"`+strings.Repeat("x", MaxResponseSize)+`"`),
			ResponseError{Reason: "it exceeds 128 KiB", StatusCode: 200},
		},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			api := serve(t, test.handler)
			client, _ := newClient(t, api.URL)
			_, err := get(t.Context(), client)
			var got *ResponseError
			if !errors.As(err, &got) || !errors.Is(err, ErrFinal) {
				t.Fatalf("got %v", err)
			}
			if diff := cmp.Diff(test.want, *got, cmpopts.IgnoreUnexported(ResponseError{})); diff != "" {
				t.Error(diff)
			}
			if api.count() != 1 {
				t.Errorf("%d requests", api.count())
			}
		})
	}
}

// TestDoLimitsTheBody counts the bytes that are read of an endless body.
func TestDoLimitsTheBody(t *testing.T) {
	t.Parallel()
	for _, status := range []int{http.StatusOK, http.StatusBadRequest} {
		read := 0
		client, _ := newClientOf(t, roundTripper(func(*http.Request) (*http.Response, error) {
			response := newResponse(status, "")
			response.Body = io.NopCloser(readerFunc(func(p []byte) (int, error) {
				read += len(p)
				return len(p), nil
			}))
			return response, nil
		}))
		if _, err := get(t.Context(), client); err == nil || read > MaxResponseSize+1 {
			t.Errorf("%d: %d bytes were read, %v", status, read, err)
		}
	}
}

func TestDecode(t *testing.T) {
	t.Parallel()
	type media struct {
		URL   *string `json:"url"`
		Width *int64  `json:"width"`
	}
	type document struct {
		ID    string   `json:"id"`
		Image *media   `json:"image"`
		List  []*media `json:"list"`
	}
	width := func(n int64) document { return document{Image: &media{Width: &n}} }
	for _, test := range []struct {
		text string
		want any
	}{
		{`{"image":{"width":1920}}`, width(1920)},
		{`{"image":{"width":1920.0}}`, width(1920)},
		{`{"image":{"width":1.024E6}}`, width(1024000)},
		{`{"image":{"width":10240000e-1}}`, width(1024000)},
		{`{"image":{"width":-0}}`, width(0)},
		{`{"image":{"width":9223372036854775807}}`, width(1<<63 - 1)},
		{`{"image":{"width":9007199254740991.0}}`, width(1<<53 - 1)},
		{
			`{"image":{"width":9007199254740992.0}}`,
			`its field "image.width" is a number 9007199254740992.0`,
		},
		{`{"image":{"width":null}}`, document{Image: &media{}}},
		{`{"image":null,"other":{"width":6.5}}`, document{}},
		{`{"ID":"x","Image":{"width":1},"image":{}}`, document{Image: &media{}}},
		{`{"id":"a\u0000b"}`, document{ID: "a\x00b"}},
		{"{\"id\":\"\xff\"}", document{ID: "\ufffd"}},
		{`{"image":{"width":6.5}}`, `its field "image.width" is a number 6.5`},
		{
			`{"image":{"width":9223372036854775808}}`,
			`its field "image.width" is a number 9223372036854775808`,
		},
		{`{"image":{"width":1e999999999}}`, `its field "image.width" is a number 1e999999999`},
		{`{"image":{"width":"1"}}`, `its field "image.width" is a string`},
		{`{"list":[{},{"url":7}]}`, `its field "list.1.url" is a number`},
		{`{"image":[]}`, `its field "image" is a list`},
		{`{"id":{}}`, `its field "id" is an object`},
		{`{"id":true}`, `its field "id" is true`},
		{`{"id":"a","id":"b"}`, `it has the field "id" twice`},
		{`[]`, "it is a list"},
		{`7`, "it is a number"},
		{`{"id":"a"`, "it ends in the middle of its JSON"},
		{`{}{}`, "it isn't JSON (byte 3)"},
		{"\x1b]0;owned\x07{", "it isn't JSON (byte 1)"},
		{strings.Repeat("[", 100_000), "it is a list"},
		{`{"x":` + strings.Repeat("[", 100_000), "it isn't JSON (byte 10005)"},
	} {
		var got document
		err := decode([]byte(test.text), &got)
		if err != nil {
			reason, _, _ := strings.Cut(err.Error(), ": ")
			if diff := cmp.Diff(test.want, any(reason)); diff != "" {
				t.Errorf("%.40s: %s", test.text, diff)
			}
		} else if diff := cmp.Diff(test.want, any(got)); diff != "" {
			t.Errorf("%.40s: %s", test.text, diff)
		}
	}
}

func TestDoSkipsAByteOrderMark(t *testing.T) {
	t.Parallel()
	api := inTurn(fixed(200, "\ufeff"+`{"name":"one"}`), fixed(400, "\ufefftold"))
	client, _ := newClientOf(t, api, func(o *Options) {
		o.ReadError = func(e *StatusError, _ http.Header, body []byte) { e.Message = string(body) }
	})
	if got, err := get(t.Context(), client); err != nil || got.Name != "one" {
		t.Errorf("got %v, %v", got, err)
	}
	_, err := get(t.Context(), client)
	var status *StatusError
	if !errors.As(err, &status) || status.Message != "told" {
		t.Errorf("got %v", err)
	}
}

func TestURLsAreCheckedAndBlankOnesAreNil(t *testing.T) {
	t.Parallel()
	const (
		control = `its field "url" has a control character`
		broken  = `its field "url" isn't valid Unicode`
		unsafe  = `its field "url" isn't an http or https URL`
	)
	for text, want := range map[string]string{ // the error, or "" if the URL stays as it is
		"https://a.example/b c?d": "", "HTTP://a.example": "", "wix:image://v1/a": "",
		"https://\u4f8b.example/\u202e": "", "/relative": "", "/": "", "/?a=//b": "",
		"https://a.example/\\u0000": control, "https://a.example/\\n": control,
		"https://a.example/\x7f": control, "https://a.example/\\u0085": control,
		"https://a.example/\xff": broken, "https://a.example/\\ud83d": broken,
		"https://a.example/\xed\xa0\x80": broken, "https://a.example/\xc3": broken,
		"file:///etc/passwd": unsafe, "-K/tmp/x": unsafe, "ftp://a.example": unsafe,
		"//a.example/b": unsafe, `/\\a.example/b`: unsafe, "javascript:alert(1)": unsafe,
		"a.example/b": unsafe, "https:a": unsafe, "httpsx://a": unsafe, " https://a.example": unsafe,
	} {
		var got struct {
			URL *string `json:"url"`
		}
		if err := decode([]byte(`{"url":"`+text+`"}`), &got); err != nil {
			t.Fatalf("%q: %v", text, err)
		}
		err := CheckURL("url", &got.URL)
		if err == nil && (want != "" || *got.URL != text) || err != nil && err.Error() != want {
			t.Errorf("%q: got %v", text, err)
		}
	}
	for _, blank := range []*string{nil, new(""), new(" \t\n")} {
		if err := CheckURL("url", &blank); err != nil || blank != nil {
			t.Errorf("%v, %v", blank, err)
		}
	}
}

func TestTheSizeOfAResponseCountsWhatControlCharactersBecome(t *testing.T) {
	t.Parallel()
	for body, more := range map[string]int{
		`{"name":"é"}`: 0, "{\t\r\n\"name\":\"x\"}": 0,
		"{\"name\":\"\x7f\"}": 2, "{\"name\":\"\xff\"}": 2,
		"{\"name\":\"\u009b\"}": 1,
	} {
		client, _ := newClientOf(t, inTurn(fixed(200, body)))
		_, size, err := Do(t.Context(), client, Request{Path: []string{"1"}}, (*thing).check)
		if err != nil || size != len(body)+more {
			t.Errorf("%q: %d, %v", body, size, err)
		}
	}
}
