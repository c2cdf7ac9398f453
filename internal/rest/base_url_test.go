package rest

import (
	"errors"
	"testing"
)

func TestParseBaseURLAcceptsHTTPSAndLoopback(t *testing.T) {
	t.Parallel()
	for text, want := range map[string]string{
		"https://www.wixapis.com":              "https://www.wixapis.com",
		"https://api.linqapp.com/api/partner/": "https://api.linqapp.com/api/partner",
		"HTTPS://example.com:8443/a%2Fb//":     "https://example.com:8443/a%2Fb",
		"https://example.com/a%2F/":            "https://example.com/a%2F",
		"http://localhost:8080":                "http://localhost:8080",
		"http://LOCALHOST":                     "http://LOCALHOST",
		"http://127.1.2.3/x":                   "http://127.1.2.3/x",
		"http://[::1]:9":                       "http://[::1]:9",
	} {
		got, err := ParseBaseURL(text)
		if err != nil || got.String() != want {
			t.Errorf("%q: got %v, %v", text, got, err)
		}
	}
	for text, want := range map[string]error{
		"":                              ErrBaseURLSyntax,
		"www.wixapis.com":               ErrBaseURLSyntax,
		"/path":                         ErrBaseURLSyntax,
		"https://":                      ErrBaseURLSyntax,
		"https:///path":                 ErrBaseURLSyntax,
		"https://exa mple.com":          ErrBaseURLSyntax,
		" https://example.com":          ErrBaseURLSyntax,
		"https://example.com/v3 ":       ErrBaseURLSyntax,
		"https://example.com:port":      ErrBaseURLSyntax,
		"https://example.com/%zz":       ErrBaseURLSyntax,
		"http://example.com":            ErrBaseURLScheme,
		"http://localhost.example.com":  ErrBaseURLScheme,
		"http://127.0.0.1.example.com":  ErrBaseURLScheme,
		"http://10.0.0.1":               ErrBaseURLScheme,
		"http://[::1%25lo]":             ErrBaseURLScheme,
		"http://[::ffff:127.0.0.1]":     ErrBaseURLScheme,
		"ftp://example.com":             ErrBaseURLScheme,
		"ftp://localhost":               ErrBaseURLScheme,
		"https://user:pass@example.com": ErrBaseURLParts,
		"https://example.com?a=b":       ErrBaseURLParts,
		"https://example.com?":          ErrBaseURLParts,
		"https://example.com#":          ErrBaseURLParts,
	} {
		if _, err := ParseBaseURL(text); !errors.Is(err, want) {
			t.Errorf("%q: got %v, want %v", text, err, want)
		}
	}
}
