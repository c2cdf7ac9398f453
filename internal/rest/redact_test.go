package rest

import (
	"strings"
	"testing"
)

func TestClean(t *testing.T) {
	t.Parallel()
	r := newRedactor([]string{"abc/def+=", "abc/def+=123"})
	for text, want := range map[string]string{ //nolint:gosec // the password is made up
		"fine":                                      "fine",
		"encoded YWJjL2RlZis9.":                     "encoded (redacted).",
		"a abc/def+=123 b abc/def+=":                "a (redacted) b (redacted)",
		"abc%2Fdef%2B%3D abc%2Fdef+=":               "(redacted) (redacted)",
		"see https://x.example/a?X-Sig=1&b=2, then": "see https://x.example/a?(redacted) then",
		"relative /a?sig=1 too":                     "relative /a?(redacted) too",
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
	if got := newRedactor(nil).clean("fine"); got != "fine" {
		t.Errorf("without secrets: got %q", got)
	}
}
