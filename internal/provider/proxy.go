package provider

import (
	"cmp"
	"errors"
	"net/http"
	"net/url"
	"slices"
	"strings"

	"golang.org/x/net/http/httpproxy"

	"github.com/terraform-attachments/terraform-provider-attachments/internal/rest"
)

// proxySetting is only in the environment. HTTP_PROXY isn't read, because http is allowed only for
// loopback hosts, which need no proxy.
var proxySetting = setting{
	name:      "Proxy",
	variables: []string{"HTTPS_PROXY", "https_proxy"},
	check:     checked(parseProxy),
}

var errProxy = errors.New("must be a URL such as http://proxy.example.com:3128. " +
	"Percent-encode special characters in its user and password: # becomes %23")

// getProxy returns the proxy from the environment for requests to base, with net/http's rules, and
// its setting. It reports a malformed variable, which net/http would ignore or take for another
// host.
func (r *resolver) getProxy(
	base *url.URL,
) (func(*http.Request) (*url.URL, error), settingValue) {
	config := httpproxy.Config{
		HTTPSProxy: "http://any",
		NoProxy:    cmp.Or(r.getenv("NO_PROXY"), r.getenv("no_proxy")),
	}
	if base == nil {
		return http.ProxyURL(nil), settingValue{}
	}
	if proxy, err := config.ProxyFunc()(base); proxy == nil || err != nil {
		return http.ProxyURL(nil), settingValue{}
	}
	v := r.get(proxySetting)
	if v.source == "" {
		return http.ProxyURL(nil), v
	}
	proxy, _ := parseProxy(v.text) // get has reported the error
	return http.ProxyURL(proxy), v
}

// parseProxy parses a proxy's URL or host. If a password has a slash, a question mark, or a number
// sign, [url.Parse] ends the host there.
func parseProxy(text string) (*url.URL, error) {
	if !strings.Contains(text, "://") {
		text = "http://" + text
	}
	proxy, err := url.Parse(text)
	if err != nil || proxy.Hostname() == "" || !rest.IsPort(proxy.Port()) ||
		!slices.Contains([]string{"http", "https", "socks5", "socks5h"}, proxy.Scheme) ||
		strings.Contains(proxy.Path+proxy.RawQuery+proxy.Fragment, "@") {
		return nil, errProxy
	}
	return proxy, nil
}
