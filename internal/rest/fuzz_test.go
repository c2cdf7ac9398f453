package rest

import (
	"net/http"
	"net/url"
	"strings"
	"testing"
	"time"
	"unicode/utf8"
)

// FuzzRetryAfter requires that no header leads to a negative wait, except noRetryAfter, or an
// endless wait.
func FuzzRetryAfter(f *testing.F) {
	for _, seed := range []string{
		"", "0", "45", "-5", "1.5", "99999999999999999999", " 2 ", "soon",
		"Fri, 01 May 2026 12:00:30 GMT", "Fri May  1 12:00:30 2026", "Fri, 31 Dec 9999 23:59:59 GMT",
	} {
		f.Add(seed)
	}
	now := time.Date(2026, 5, 1, 12, 0, 0, 0, time.UTC)
	f.Fuzz(func(t *testing.T, value string) {
		header := http.Header{"Retry-After": {value}}
		if wait := retryAfter(header, now); wait < 0 && wait != noRetryAfter || wait > maxRetryAfter {
			t.Errorf("%q: %s", value, wait)
		}
	})
}

// FuzzParseBaseURL requires that an accepted URL is https or loopback, has no part after its path,
// parses to the same URL again, and leads to its own host.
func FuzzParseBaseURL(f *testing.F) {
	for _, seed := range []string{
		"https://www.wixapis.com", "http://localhost:1/x/", "http://[::1]", "http://127.0.0.1.evil",
		"https://a@b", "https://a?b", "https://a#b", "https://a/%2e%2e/", "https:a", "//a", "http://①",
		"https://[fe80::1%25en0]:8", "https://[::%25\xde]", "https://a\\@b", "https://a:99999",
	} {
		f.Add(seed)
	}
	f.Fuzz(func(t *testing.T, text string) {
		base, err := ParseBaseURL(text)
		if err != nil {
			return
		}
		if base.User != nil || base.RawQuery != "" || base.Fragment != "" || base.Opaque != "" {
			t.Errorf("%q: has more than a path: %#v", text, base)
		}
		if base.Scheme != "https" && (base.Scheme != "http" || !isLoopback(base.Hostname())) {
			t.Errorf("%q: is neither https nor loopback", text)
		}
		again, err := ParseBaseURL(base.String())
		if err != nil || again.String() != base.String() {
			t.Errorf("%q: %q, then %v, %v", text, base, again, err)
		}
		target, err := url.Parse(base.String() + "/v3/attachments/1")
		if err != nil || target.Host != base.Host ||
			!strings.HasSuffix(target.Path, "/v3/attachments/1") {
			t.Errorf("%q: leads to %v, %v", text, target, err)
		}
	})
}

// FuzzClean requires that the result is short and has no secret or control character.
func FuzzClean(f *testing.F) {
	for _, seed := range []string{
		"", secret, "a?b=" + secret, url.QueryEscape(secret), "\x1b[2J", "\xff", "://me:pw@x",
		strings.Repeat("é", maxText), "?a=?b=?c",
	} {
		f.Add(seed)
	}
	r := newRedactor([]string{secret})
	f.Fuzz(func(t *testing.T, text string) {
		got := r.clean(text)
		if strings.Contains(got, secret) {
			t.Errorf("%q: shows the secret: %q", text, got)
		}
		if !utf8.ValidString(got) || strings.ContainsFunc(got, func(c rune) bool { return c < ' ' }) {
			t.Errorf("%q: isn't fit for a terminal: %q", text, got)
		}
		if len(got) > 2*maxText {
			t.Errorf("%d bytes of %d are left", len(got), len(text))
		}
	})
}
