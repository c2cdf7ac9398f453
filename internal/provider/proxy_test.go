package provider

import (
	"context"
	"io"
	"net"
	"net/http"
	"net/http/httptest"
	"net/url"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/terraform-attachments/terraform-provider-attachments/internal/testing/mockapi"
)

const proxyDetail = " must be a URL such as http://proxy.example.com:3128. " +
	"Percent-encode special characters in its user and password: # becomes %23."

func TestParseProxy(t *testing.T) {
	t.Parallel()
	for text, want := range map[string]string{ //nolint:gosec // the passwords are made up
		"http://proxy:3128/":         "http://proxy:3128/",
		"HTTPS://proxy.example:3128": "https://proxy.example:3128",
		"socks5h://proxy":            "socks5h://proxy",
		"proxy":                      "http://proxy",
		"me:pw@proxy:3128":           "http://me:pw@proxy:3128",
		"[2001:db8::1]:3128":         "http://[2001:db8::1]:3128",
		"http://me:p%2Fw%23@proxy":   "http://me:p%2Fw%23@proxy",
	} {
		got, err := parseProxy(text)
		if err != nil || got.String() != want {
			t.Errorf("%q: got %v, %v", text, got, err)
		}
	}
	for _, text := range []string{
		"http://me:s3/cr3t@proxy:3128", "http://me:1?s3cr3t@proxy:3128", "me:1#s3cr3t@proxy",
		`"http://me:s3cr3t@proxy:3128"`, "http://me:s3%cr3t@proxy:3128", "http://me:s3 cr3t@proxy",
		"http://", "http://:3128", "//s3cr3t", "ftp://s3cr3t", "http://s3cr3t:port", "http://s3cr3t:0",
	} {
		if got, err := parseProxy(text); err == nil {
			t.Errorf("%q: got %s", text, got)
		}
	}
}

// TestAnUnreadableProxyIsReportedByTheReadsThatNeedIt has an API behind a proxy and an API on
// loopback.
func TestAnUnreadableProxyIsReportedByTheReadsThatNeedIt(t *testing.T) {
	t.Parallel()
	api := newMock(t)
	for _, variable := range []string{"HTTPS_PROXY", "https_proxy"} {
		env := with(with(api.env(), variable, "me:1#s3cr3t@proxy"), "WIX_BASE_URL", "https://api.example")
		want := []problem{{"Invalid Proxy", "The environment variable " + variable + proxyDetail, ""}}
		got := read(t, env, nil, wixContactAttachment.typeName, readImage).problems
		if diff := cmp.Diff(want, got); diff != "" {
			t.Errorf("%s: %s", variable, diff)
		}
		if got := read(t, env, nil, linqAttachment.typeName, readPhoto).problems; len(got) > 0 {
			t.Errorf("%s: got %v of the other API", variable, got)
		}
	}
}

// TestProxiesOfTheEnvironment has the variables that select a host's proxy.
func TestProxiesOfTheEnvironment(t *testing.T) {
	t.Parallel()
	const unreadable = "http://#"
	for name, test := range map[string]struct {
		env  map[string]string
		base string // https://api.example by default
		want string
	}{
		"none":     {},
		"one":      {env: map[string]string{"HTTPS_PROXY": "a:1"}, want: "http://a:1"},
		"of http":  {env: map[string]string{"HTTP_PROXY": unreadable, "ALL_PROXY": unreadable}},
		"excluded": {env: map[string]string{"HTTPS_PROXY": unreadable, "NO_PROXY": "x,.example"}},
		"excluded in lower case": {
			env: map[string]string{"https_proxy": unreadable, "no_proxy": "api.example:443"},
		},
		"both cases": {
			env:  map[string]string{"HTTPS_PROXY": "a", "https_proxy": "b"},
			want: "http://a",
		},
		"another excluded": {
			env:  map[string]string{"HTTPS_PROXY": "a", "NO_PROXY": "b.example"},
			want: "http://a",
		},
		"address excluded": {
			env:  map[string]string{"HTTPS_PROXY": unreadable, "NO_PROXY": "10.0.0.0/8"},
			base: "https://10.1.2.3",
		},
		"loopback": {
			env:  map[string]string{"HTTPS_PROXY": unreadable},
			base: "https://127.0.0.1",
		},
		"loopback in plaintext": {
			env:  map[string]string{"HTTP_PROXY": "http://a"},
			base: "http://LOCALHOST",
		},
	} {
		r := resolver{getenv: func(name string) string { return test.env[name] }}
		if test.base == "" {
			test.base = "https://api.example"
		}
		base, err := url.Parse(test.base)
		if err != nil {
			t.Fatal(err)
		}
		getProxy, v := r.getProxy(base)
		proxy, err := getProxy(&http.Request{URL: base})
		got := ""
		if proxy != nil {
			got = proxy.String()
		}
		if proxy != nil && test.env[v.source] != v.text {
			t.Errorf("%s: the source is %q", name, v.source)
		}
		if err != nil || got != test.want || len(r.problems) > 0 {
			t.Errorf("%s: got %q, %v, %v", name, got, err, r.problems)
		}
	}
}

// TestReadsGoThroughTheProxyOfTheEnvironment has the proxy, with a right and a wrong password, in
// the provider's environment, not in the process's.
func TestReadsGoThroughTheProxyOfTheEnvironment(t *testing.T) {
	t.Parallel()
	api := newTLSMock(t)
	tunnel := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		connect(t, w, r, strings.TrimPrefix(api.url, "https://"))
	}))
	t.Cleanup(tunnel.Close)
	env := api.env()
	env["https_proxy"] = "me:s3cr3t@" + strings.TrimPrefix(tunnel.URL, "http://")
	// The certificate of the mock is for this name too.
	env["LINQ_API_V3_BASE_URL"] = "https://example.com" + mockapi.LinqPath
	env["WIX_BASE_URL"] = "https://example.com"
	for typeName, block := range readable {
		config := values{"ca_cert_pem": api.certificate}
		if got := read(t, env, config, typeName, block).problems; len(got) > 0 {
			t.Errorf("%s: got %v", typeName, got)
		}
	}
	env["https_proxy"] = "me:s3cr3t-but-wrong@" + strings.TrimPrefix(tunnel.URL, "http://")
	const want = "the proxy responded with 407 Proxy Authentication Required."
	got := read(t, env, values{"ca_cert_pem": api.certificate}, linqAttachment.typeName, readPhoto)
	if len(got.problems) != 1 || !strings.Contains(got.problems[0].Detail, want) ||
		strings.Contains(got.problems[0].Detail, "s3cr3t") {
		t.Errorf("with a wrong password: got %v", got.problems)
	}
}

// connect is a proxy with one user. It connects every tunnel to target.
func connect(t *testing.T, w http.ResponseWriter, r *http.Request, target string) {
	t.Helper()
	const user = "Basic bWU6czNjcjN0" // me:s3cr3t
	if r.Method != http.MethodConnect || r.Header.Get("Proxy-Authorization") != user {
		w.WriteHeader(http.StatusProxyAuthRequired)
		return
	}
	var dialer net.Dialer
	api, err := dialer.DialContext(context.WithoutCancel(r.Context()), "tcp", target)
	if err != nil {
		w.WriteHeader(http.StatusBadGateway)
		return
	}
	defer api.Close()
	client, _, err := http.NewResponseController(w).Hijack()
	if err != nil {
		t.Error(err)
		return
	}
	defer client.Close()
	_, _ = io.WriteString(client, "HTTP/1.1 200 OK\r\n\r\n")
	go func() { _, _ = io.Copy(api, client) }()
	_, _ = io.Copy(client, api)
}
