package rest

import (
	"context"
	"encoding/base64"
	"errors"
	"fmt"
	"net/http"
	"net/url"
	"reflect"
	"strings"
	"sync"
	"testing"
	"unicode/utf8"
)

// TestCleanRedactsWhatLooksLikeASecret has rows whose values aren't known to be secret.
func TestCleanRedactsWhatLooksLikeASecret(t *testing.T) {
	t.Parallel()
	r := newRedactor([]string{"test", "another secret"})
	for text, want := range map[string]string{ //nolint:gosec // the passwords are made up
		// The queries of URLs and of paths, to the end of the word.
		"see https://x.io/a?X-Sig=1&b=2, then":      "see https://x.io/a?(redacted), then",
		"Get \"https://x.io/a?b=1\": EOF":           "Get \"https://x.io/a?(redacted)\": EOF",
		`{"url":"https://x.io/a?b=1"}`:              `{"url":"https://x.io/a?(redacted)"}`,
		"relative /a?s=1 too":                       "relative /a?(redacted) too",
		"without a path a?s=1 too":                  "without a path a?(redacted) too",
		"https://x.io/a;s=1?x too":                  "https://x.io/a;(redacted) too",
		"https://x.io/a#token=1 too":                "https://x.io/a#(redacted) too",
		"https://x.io/#/a?0paque too":               "https://x.io/#/a?(redacted) too",
		"https://x.io/a?b=\"c\"&d=e too":            "https://x.io/a?(redacted) too",
		`https://x.io/a?b={"c":1,"d":"e"}&f=g too`:  "https://x.io/a?(redacted) too",
		"https://x.io/a?b=1\n&s=2 too":              "https://x.io/a?(redacted) too",
		`https://x.io/a?b=1\n&s=2 too`:              "https://x.io/a?(redacted) too",
		"https://x.io/a?b=1 &s=2 too":               "https://x.io/a?(redacted) too",
		"https://x.io/a?b=1\n" + hexDigits + " too": "https://x.io/a?(redacted) too",
		"https://x.io/a?\u7b7e\u540d too":           "https://x.io/a?(redacted) too",

		// The same in encodings.
		"https%3A%2F%2Fx.io%2Fa%3FX-Sig%3D1 too":     "https://x.io/a?(redacted) too",
		"https%3a%2f%2fx.io%2fa%3fb%3dc%20d%22e too": "https://x.io/a?(redacted) too",
		"twice %252Fx.io%252Fa%253Fb%253Dc too":      "twice /x.io/a?(redacted) too",
		`https:\/\/x.io\/a?b=1\u0026s=2 too`:         `https:\/\/x.io\/a?(redacted) too`,
		`https:\/\/x.io\/a\u003fb\u003d1 too`:        "https://x.io/a?(redacted) too",
		"https://x.io/a?b=1&amp;s=2 too":             "https://x.io/a?(redacted) too",
		"https://x.io/a&#63;b&equals;2 too":          "https://x.io/a?(redacted) too",
		"h\u200bttps:/\u200b/x.io/a?\u200bb=1 too":   "h\ufffdttps:/\ufffd/x.io/a?(redacted) too",

		// Parameters without a URL.
		"X-Amz-Signature=abc&Expires=9 too":      "X-Amz-Signature=(redacted) too",
		"Expires=9&X-Amz-Credential=a/b&c=d too": "Expires=9&X-Amz-Credential=(redacted) too",
		"Policy=a&Signature=b&Key-Pair-Id=c too": "Policy=(redacted) too",
		"x-goog-signature\\u003dabc too":         "x-goog-signature=(redacted) too",
		"X-Amz-Sig\u200bnature=abc too":          "X-Amz-Signature=(redacted) too",
		"sv=1&sig=abc too":                       "sv=1&sig=(redacted) too",
		"api_key=abc, access_token=abc.":         "api_key=(redacted), access_token=(redacted).",
		"token = abc":                            "token = (redacted)",
		"signature=\nabc too":                    "signature= (redacted) too",
		"signature='a b' too":                    "signature=(redacted) too",
		`token="a b"&c=d too`:                    "token=(redacted) too",
		`{"token":"abc","c":1}`:                  `{"token":(redacted),"c":1}`,
		`{"password": "a \"b\" c", "d": 1}`:      `{"password": (redacted), "d": 1}`,
		`{\"secret\":\"abc\",\"c\":1}`:           `{"secret":(redacted),"c":1}`,
		"<Token>abc</Token> too":                 "<Token>(redacted)> too",

		// Headers.
		"Authorization: Bearer xyz":                "Authorization: Bearer (redacted)",
		`"Authorization":"Basic xyz", "b": 1`:      `"Authorization":"Basic (redacted)", "b": 1`,
		"proxy-authorization%3A%20Basic%20xyz too": "proxy-authorization:+Basic+(redacted) too",
		"Authorization: " + hexDigits + " too":     "Authorization: (redacted) too",
		"no Bearer abcdef123456 too":               "no Bearer (redacted) too",
		"no Basic dXNlcjpwYXNz too":                "no Basic (redacted) too",
		"X-Api-Key: 0123456789 too":                "X-Api-Key: (redacted) too",
		"password: hunter22.":                      "password: (redacted)",

		// User info.
		"proxy http://me:pw@proxy:3128 down":      "proxy http://(redacted)@proxy:3128 down",
		"proxy http://me:p/w@proxy:3128 down":     "proxy http://(redacted)@proxy:3128 down",
		"proxy http%3A%2F%2Fme%3Apw%40proxy down": "proxy http://(redacted)@proxy down",
	} {
		if got := r.clean(text); got != want {
			t.Errorf("%q: got %q, want %q", text, got, want)
		}
	}
}

const hexDigits = "0123456789abcdef0123456789abcdef"

func TestCleanKeepsWhatIsNoSecret(t *testing.T) {
	t.Parallel()
	r := newRedactor([]string{"test", "token", "", "1234567"})
	for _, text := range []string{
		"", "fine", "the latest test of tokens", "12345678", "correct horse",
		"is it? a=b", "is it?", "(yes/no?)", "what?no", "and/or?", "match /^[a-z]?$/", "https://x.io/a?",
		"status=400 code=1005", "attachment_id=550e8400-e29b-41d4-a716-446655440000", "a#b", "#12",
		"design=1 assignment=2 max_tokens=3 monkey=4", "text/html;charset=utf-8", "R&D, AT&T; a && b",
		"invalid token: expired", "the token is missing", `no "token=" in it`, "token=",
		"the password must be changed", "unexpected token 'x'", `"token", "secret"`,
		"Basic authentication", "Bearer authorization failed", `Bearer realm="x", error="invalid_token"`,
		"Authorization: required", "authorization is missing",
		"https://unpkg.example/a@18", "https://h:8080/@a/b", "http://[::1]:80/a@b", "me@x.io",
		"secret, password", "100% of it, 5%de", `C:\new\table`, "a &amp; b &lt; c", `\u0041 %41`,
		"50 %2 &#x; \\", "+1 (555) 0100",
		"\U0001f469\u200d\U0001f469\u200d\U0001f467 \u2764\ufe0f",
		"\u0645\u06cc\u200c\u062e\u0648\u0627\u0647\u0645", "na\u00efve e\u0301",
		"\u7b7e\u540d\uff1f\u597d",
		strings.Repeat("x", maxText),
	} {
		if got := r.clean(text); got != text {
			t.Errorf("%q: got %q", text, got)
		}
	}
}

func TestCleanShowsOneLineOfPrintableText(t *testing.T) {
	t.Parallel()
	for text, want := range map[string]string{
		"\x1b]0;title\x07 \u202egpj.exe":                       "\ufffd]0;title\ufffd \ufffdgpj.exe",
		"\u2066a\u2069 \u202ab\u202c":                          "\ufffda\ufffd \ufffdb\ufffd",
		"\ufeffa\u00adb\u200bc\x7f\u0080":                      "\ufffda\ufffdb\ufffdc\ufffd\ufffd",
		" two\r\nlines\t\u0085x\u00a0 ":                        "two lines x",
		"x" + strings.Repeat(" \n", maxText) + "x":             "x x",
		"x" + strings.Repeat(" \n", maxText) + secret + secret: "x (redacted)(redacted)",
		"x" + strings.Repeat(" \n", maxSource):                 "x (cut)",
		"\xff\xfe\xe2\x80":                                     "\ufffd",
	} {
		if got := newRedactor([]string{secret}).clean(text); got != want {
			t.Errorf("%q: got %q, want %q", text, got, want)
		}
	}
}

func TestCleanKnowsMoreThanTheWholeSecret(t *testing.T) {
	t.Parallel()
	r := newRedactor([]string{strings.Repeat("0paque-token", 20), "bearer an0ther-token"})
	for _, text := range []string{
		strings.Repeat("0paque%2dtoken", 8), "an0ther-token", "BEARER AN0THER-TOKEN", "an0ther%2dtoken",
	} {
		if got := r.clean("no " + text + " now"); got != "no (redacted) now" {
			t.Errorf("%q: got %q", text, got)
		}
	}
}

// TestCleanCutsNoSecretInTwo has secrets that go over each bound: the rest must not show either.
func TestCleanCutsNoSecretInTwo(t *testing.T) {
	t.Parallel()
	more := strings.Repeat(" and more", maxText)
	for _, test := range []struct{ secret, form string }{
		{secret, secret},
		{secret, url.QueryEscape(secret)},
		{secret, encodeWith(base64.StdEncoding, "m")(secret)},
		{strings.Repeat(secret, 800), strings.Repeat(secret, 800)},
		{
			strings.Repeat(secret, 200),
			strings.Repeat("%2573%2533%2563r3t%252ftoken%252b%253d&#x0000000000;", 200),
		},
	} {
		r := newRedactor([]string{test.secret})
		for _, filler := range []string{"\u00e9", " "} {
			for _, bound := range []int{maxText, maxSource / 2, maxSource} {
				for before := bound - 20; before < bound; before += 12 {
					got := r.clean("x" + strings.Repeat(filler, before/len(filler)) + test.form + more)
					shown := strings.TrimLeft(strings.TrimSuffix(got, " (cut)"), "x \u00e9")
					shown = strings.TrimPrefix(shown, "bX") // of base64
					if !strings.HasPrefix("(redacted)"+more, shown) {
						t.Fatalf("%.20s... after %d bytes: got %q", test.form, before, shown)
					}
					if !utf8.ValidString(got) || len(got) > maxText+len(" (cut)") {
						t.Fatalf("%.20s... after %d bytes: %q is left", test.form, before, got)
					}
				}
			}
		}
	}
}

func TestRedactorMayBeUsedConcurrently(t *testing.T) {
	t.Parallel()
	r := newRedactor(nil)
	var group sync.WaitGroup
	for i := range 8 {
		group.Go(func() {
			for n := range 20 {
				token := fmt.Sprintf("0paque-token-%d-%d", i, n)
				r.add(token)
				if got := r.clean("no " + token + "."); got != "no (redacted)." {
					t.Errorf("got %q", got)
				}
			}
		})
	}
	group.Wait()
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
