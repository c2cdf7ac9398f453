package rest

import (
	"context"
	"errors"
	"fmt"
	"net/http"
	"reflect"
	"strings"
	"testing"
)

func TestCleanRedactsSecretsAndControlCharacters(t *testing.T) {
	t.Parallel()
	r := newRedactor([]string{"abc/def+=", "abc/def+=123"})
	for text, want := range map[string]string{ //nolint:gosec // the password is made up
		"fine":                                      "fine",
		"encoded YWJjL2RlZis9.":                     "encoded (redacted).",
		"a abc/def+=123 b abc/def+=":                "a (redacted) b (redacted)",
		"abc%2Fdef%2B%3D abc%2Fdef+=":               "(redacted) (redacted)",
		"see https://x.example/a?X-Sig=1&b=2, then": "see https://x.example/a?(redacted) then",
		"relative /a?sig=1 too":                     "relative /a?(redacted) too",
		"see https://x.example/a#token=1 too":       "see https://x.example/a#(redacted) too",
		"is it? a=b":                                "is it? a=b",
		"proxy http://me:pw@proxy:3128 down":        "proxy http://(redacted)@proxy:3128 down",
		"\x1b]0;title\x07 \u202egpj.exe":            "\ufffd]0;title\ufffd \ufffdgpj.exe",
		"two\r\nlines\t\u0085x":                     "two lines x",
		"\xff\xfe":                                  "\ufffd\ufffd",
	} {
		if got := r.clean(text); got != want {
			t.Errorf("%q: got %q, want %q", text, got, want)
		}
	}
	if got := r.clean(strings.Repeat("é", maxText)); len(got) > maxText+len(" (cut)") {
		t.Errorf("%d bytes are left", len(got))
	}
	if got := newRedactor([]string{"bearer t0k3n"}).clean("no t0k3n"); got != "no (redacted)" {
		t.Errorf("with a scheme: got %q", got)
	}
	for _, form := range []string{
		"\"~?secret~?\" ", `"~?secret~?"`, `\"~?secret~?\" `,
		"%22~%3Fsecret~%3F%22+", "%22~%3Fsecret~%3F%22%20",
		"In4/c2VjcmV0fj8iIA==", "In4_c2VjcmV0fj8iIA==",
	} {
		got := newRedactor([]string{"\"~?secret~?\" "}).clean("<" + form + ">")
		if got != "<(redacted)>" {
			t.Errorf("%s: got %q", form, got)
		}
	}
	if got := newRedactor(nil).clean("fine"); got != "fine" {
		t.Errorf("without secrets: got %q", got)
	}
}

// TestNoErrorShowsTheSecret has the server send the credential back wherever it can.
func TestNoErrorShowsTheSecret(t *testing.T) {
	t.Parallel()
	echo := []string{"X-Request-ID", secret, "Location", "https://" + secret + ".example/" + secret}
	for name, api := range map[string]roundTripper{
		"status": inTurn(fixed(400, secret, echo...)),
		"redirect": inTurn(fixed(302, secret,
			"X-Request-ID", secret, "Location", "https://s3cr3t-token.example")),
		"no thing": inTurn(fixed(200, `{}`, echo...)),
		"no JSON":  inTurn(fixed(200, secret, echo...)),
		"transport": func(*http.Request) (*http.Response, error) {
			return nil, errors.New("no " + secret)
		},
	} {
		client, _ := newClient(t, "https://api.example.com", func(o *Options) {
			o.Secrets = append(o.Secrets, "s3cr3t-token")
			o.ReadError = func(e *StatusError, _ http.Header, body []byte) {
				e.Message, e.Code, e.DocURL = string(body), string(body), string(body)
			}
		})
		client.transport = api
		var shown string
		client.options.OnAttempt = func(_ context.Context, a Attempt) { shown += a.Err.Error() }
		_, _, err := Do(t.Context(), client, Request{}, func(*thing) error {
			return fmt.Errorf("it is %q, no %s", secret, secret)
		})
		shown += err.Error()
		for _, as := range []any{new(*StatusError), new(*RedirectError), new(*ResponseError)} {
			if errors.As(err, as) {
				shown += fmt.Sprintf("%+v", reflect.ValueOf(as).Elem().Elem())
			}
		}
		if strings.Contains(shown, "s3cr3t") || !strings.Contains(shown, "(redacted)") {
			t.Errorf("%s: %s", name, shown)
		}
	}
}
