package rest

import (
	"errors"
	"net/netip"
	"net/url"
	"strconv"
	"strings"
)

// The errors of [ParseBaseURL]. They follow the setting's name in a sentence, and never show the
// URL, which may contain a password.
var (
	ErrBaseURLSyntax = errors.New("must be an absolute URL such as https://api.example.com")
	ErrBaseURLScheme = errors.New("must begin with https://, because http:// sends the credentials " +
		"in plaintext. http:// is only for the loopback hosts localhost, 127.0.0.0/8, and [::1]")
	ErrBaseURLParts = errors.New("must have no user info, query, or fragment")
)

// ParseBaseURL parses a base URL, without its trailing slashes.
func ParseBaseURL(text string) (*url.URL, error) {
	base, err := url.Parse(strings.TrimRight(text, "/"))
	if err != nil || base.Hostname() == "" || !IsPort(base.Port()) || strings.TrimSpace(text) != text {
		return nil, ErrBaseURLSyntax
	}
	// net/url accepts zones of IPv6 addresses that it can't parse again.
	if again, err := url.Parse(base.String()); err != nil || again.Host != base.Host {
		return nil, ErrBaseURLSyntax
	}
	if base.User != nil || base.RawQuery != "" || base.ForceQuery || strings.Contains(text, "#") {
		return nil, ErrBaseURLParts
	}
	if base.Scheme != "https" && (base.Scheme != "http" || !isLoopback(base.Hostname())) {
		return nil, ErrBaseURLScheme
	}
	return base, nil
}

// IsPort reports whether the port of a URL is empty or from 1 to 65535.
func IsPort(port string) bool {
	number, err := strconv.ParseUint(port, 10, 16)
	return port == "" || err == nil && number > 0
}

// isLoopback doesn't resolve the host: a name that resolves to loopback now may resolve to another
// address later.
func isLoopback(host string) bool {
	if strings.EqualFold(host, "localhost") {
		return true
	}
	address, err := netip.ParseAddr(host)
	return err == nil && address.IsLoopback() && !address.Is4In6() && address.Zone() == ""
}
