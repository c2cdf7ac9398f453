package rest

import (
	"context"
	"errors"
	"fmt"
	"net/http"
	"reflect"
	"strings"
	"sync"
	"testing"
	"unicode/utf8"
)

func TestCleanRedactsURLsAndParameters(t *testing.T) {
	t.Parallel()
	r := newRedactor([]string{"another secret"})
	for text, want := range map[string]string{ //nolint:gosec // the passwords are made up
		"see https://x.io/a?X-Sig=1&b=2 too": "see https://x.io/a?(redacted) too",
		`Get "https://x.io/a?b=1": EOF`:      `Get "https://x.io/a?(redacted)": EOF`,
		`{"url":"https://x.io/a?b=1"}`:       `{"url":"https://x.io/a?(redacted)"}`,
		"wss://x.io?b=1":                     "wss://x.io?(redacted)",
		"proxy http://me:pw@proxy:3128 down": "proxy http://(redacted)@proxy:3128 down",
		"http://me:p@w@proxy/?a":             "http://(redacted)@proxy/?(redacted)",

		"/a?X-Amz-Signature=abc&Expires=9 too": "/a?X-Amz-Signature=(redacted)&Expires=9 too",
		"sv=1&sig=abc, too":                    "sv=1&sig=(redacted), too",
		"api_key=abc access_token='abc'":       "api_key=(redacted) access_token='(redacted)'",
		`X-Amz-Credential=a/b PASSWORD="a;b"`:  `X-Amz-Credential=(redacted) PASSWORD="(redacted);b"`,

		// The same in encodings.
		"https%3A%2F%2Fx.io%2Fa%3FX-Sig%3D1":        withheld,
		"twice https%253A%252F%252Fx.io%252F%253Fb": withheld,
		`https:\/\/x.io\/a?b=1`:                     withheld,
		`https://x.io/a\u003fb\u003d1`:              withheld,
		"https://x.io/a&#63;b&equals;2":             withheld,
		"http%3A%2F%2Fme%3Apw%40proxy":              withheld,
		`x-goog-signature\u003dabc`:                 withheld,
	} {
		if got := r.clean(text); got != want {
			t.Errorf("%q: got %q, want %q", text, got, want)
		}
	}
}

func TestCleanKeepsWhatIsNoSecret(t *testing.T) {
	t.Parallel()
	r := newRedactor([]string{"test", "token", "", "1234567", "~!@#$%^&*a"})
	for _, text := range []string{
		"", "fine", "the latest test of tokens", "12345678", "is it? a=b", "match /^[a-z]?$/",
		"signature: RS256 required", "HMAC: sha256 mismatch", "Basic plan2024 does not include this",
		"sign= missing", "token=", `no "token=" in it`, "invalid token: expired", `{"token":"abc"}`,
		"design=1 assignment=2 max_tokens=3 monkey=4", "sort_key=asc partition-key=3",
		"status=400 code=1005", "Policy=a",
		"attachment_id=550e8400-e29b-41d4-a716-446655440000", "text/html;charset=utf-8", "AT&T; a && b",
		"Authorization: Bearer xyz", `Bearer realm="x", error="invalid_token"`, "/a?b=1", "me@x.io",
		"https://x.io/a?", "https://unpkg.example/a@18", "http://[::1]:80/a@b", "https://x.io/#a=1",
		"100% of it, 5%de", `C:\new\table`, "a &amp; b &lt; c", `\u0041 %41`, "50 %2 &#x; \\",
		"\U0001f469\u200d\U0001f467 \u2764\ufe0f", "\u0645\u06cc\u200c\u062e\u0648", "na\u00efve e\u0301",
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
		"\x1b]0;title\x07 \u202egpj.exe":                "\ufffd]0;title\ufffd \ufffdgpj.exe",
		"\ufeffa\u00adb\u200bc\x7f\u0080":               "\ufffda\ufffdb\ufffdc\ufffd\ufffd",
		" two\r\nlines\t\u0085x\u00a0 ":                 "two lines x",
		"\xff\xfe\xe2\x80":                              "\ufffd",
		"x" + strings.Repeat(" \n", maxText) + secret:   "x (redacted)",
		"x" + strings.Repeat(" \n", maxSource):          "x (cut)",
		"x" + strings.Repeat(" ", maxSource-6) + secret: "x (cut)",
		strings.Repeat("x", maxText+1):                  " (cut)",
	} {
		if got := newRedactor([]string{secret}).clean(text); got != want {
			t.Errorf("%q: got %q, want %q", text, got, want)
		}
	}
}

// TestCleanKnowsPartsAndSchemes has a long secret that is cut off, and a secret without its scheme.
func TestCleanKnowsPartsAndSchemes(t *testing.T) {
	t.Parallel()
	long := "0paque-" + strings.Repeat("t0ken", 40) + "-end"
	r := newRedactor([]string{"t0ken0paque", "t0ken0paque/2", long, "bearer an0ther-token"})
	for text, want := range map[string]string{
		long:                   redacted,
		"t0ken0paque/2":        redacted, // which has another secret in it
		long[:40]:              withheld,
		long[len(long)-40:]:    withheld,
		long[:30]:              long[:30],
		"an0ther-token":        redacted,
		"Bearer an0ther-token": "Bearer " + redacted,
		"an0ther%2dtoken":      withheld,
	} {
		if got := r.clean("no " + text + " now"); got != "no "+want+" now" && got != want {
			t.Errorf("%q: got %q", text, got)
		}
	}
}

// TestCleanCutsNoSecretInTwo has secrets that go over each bound. Besides them, the text has only
// letters of another script.
func TestCleanCutsNoSecretInTwo(t *testing.T) {
	t.Parallel()
	for _, secret := range []string{secret, strings.Repeat("0paque-token", 800)} {
		r := newRedactor([]string{secret})
		encoded := fmt.Sprintf("%%%x%s", secret[0], secret[1:])
		for _, form := range []string{secret, encoded, strings.ToUpper(secret)} {
			for _, bound := range []int{maxText, maxSource} {
				for before := bound - len(secret) - 2; before < bound+2; before += 1 + len(secret)/12 {
					text := strings.Repeat("é ", max(0, before/3)) + form + strings.Repeat(" é", maxText)
					got := r.clean(text)
					shown := strings.NewReplacer(withheld, "", redacted, "", " (cut)", "").Replace(got)
					if squeeze(shown) != "" || !utf8.ValidString(got) || len(got) > maxText+len(" (cut)") {
						t.Fatalf("%.20s... after %d bytes: got %q", form, before, got)
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
				token := fmt.Sprintf("0paque-token-%d-%d-", i, n)
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
		client, _ := newClientOf(t, api, func(o *Options) {
			o.Secrets = append(o.Secrets, "s3cr3t-token")
			o.ReadError = func(e *StatusError, _ http.Header, body []byte) {
				e.Message, e.Code, e.DocURL = string(body), string(body), string(body)
			}
		})
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
