package provider

import (
	"context"
	"io"
	"net"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"

	"github.com/terraform-attachments/terraform-provider-attachments/internal/testing/mockapi"
)

// TestAccReadsGoThroughTheProxy has a proxy between the provider and Linq, with a password in its
// URL.
func TestAccReadsGoThroughTheProxy(t *testing.T) {
	t.Parallel()
	api := newTLSMock(t)
	tunnel := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		connect(t, w, r, strings.TrimPrefix(api.url, "https://"))
	}))
	t.Cleanup(tunnel.Close)
	address := strings.TrimPrefix(tunnel.URL, "http://")

	configuration := fixture(t)
	for name, test := range map[string]struct {
		proxy string
		want  string // "" if the read succeeds
	}{
		"lets through": {"http://me:s3cr3t@" + address, ""},
		"refuses": {
			"http://me:s3cr3t-but-wrong@" + address,
			"the proxy responded with 407 Proxy Authentication Required.",
		},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			env := api.env()
			env["TF_VAR_certificate"] = api.certificate
			env["HTTPS_PROXY"] = test.proxy
			// The certificate of the mock is for this name too.
			env["LINQ_API_V3_BASE_URL"] = "https://example.com" + mockapi.LinqPath
			w := newWorkspace(t, configuration, env)
			w.mustRun(t, "init")
			printed, err := w.run(t, "plan", "-no-color")
			if (err == nil) != (test.want == "") ||
				!strings.Contains(strings.Join(strings.Fields(printed), " "), test.want) {
				t.Errorf("got %v\n%s", err, printed)
			}
			if strings.Contains(printed, "s3cr3t") {
				t.Errorf("the password was printed:\n%s", printed)
			}
		})
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
