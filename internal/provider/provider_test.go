package provider

import (
	"context"
	"encoding/pem"
	"flag"
	"fmt"
	"io"
	"log"
	"net"
	"net/http"
	"net/http/httptest"
	"os"
	"regexp"
	"strings"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"github.com/hashicorp/terraform-plugin-go/tfprotov6"
	"github.com/hashicorp/terraform-plugin-testing/helper/resource"

	"github.com/terraform-attachments/terraform-provider-attachments/internal/testing/engine"
	"github.com/terraform-attachments/terraform-provider-attachments/internal/testing/mockapi"
)

// testEngine is what the acceptance tests run.
var testEngine engine.Engine

func TestMain(m *testing.M) {
	if role := os.Getenv(roleVariable); role != "" {
		playRole(role)
		return
	}
	if os.Getenv(engine.Variable) == "none" {
		fmt.Fprintln(os.Stderr, "Acceptance tests don't run, because "+engine.Variable+" is none.")
		_ = flag.Set("test.skip", "^TestAcc")
		os.Exit(m.Run())
	}
	found, err := engine.Find(context.Background(), os.Stderr)
	if err != nil {
		fmt.Fprintln(os.Stderr, err)
		os.Exit(1)
	}
	testEngine = found
	fmt.Fprintf(os.Stderr, "Acceptance tests run on %s (%s).\n", found, found.Path)

	for _, variable := range os.Environ() {
		if name, _, _ := strings.Cut(variable, "="); strings.HasPrefix(name, "TF_") {
			_ = os.Unsetenv(name)
		}
	}
	for name, value := range map[string]string{
		"TF_ACC_TERRAFORM_PATH":     found.Path,
		"TF_ACC_PROVIDER_HOST":      found.Host,
		"TF_ACC_PROVIDER_NAMESPACE": engine.Namespace,
		"TF_CLI_CONFIG_FILE":        os.DevNull,
		"CHECKPOINT_DISABLE":        "1",

		// Terraform ends before garbage collection pays off. It was a quarter of the work.
		"GOGC":       "off",
		"GOMEMLIMIT": "1GiB",
	} {
		_ = os.Setenv(name, value)
	}
	folder, err := os.MkdirTemp("", "attachments")
	if err != nil {
		fmt.Fprintln(os.Stderr, err)
		os.Exit(1)
	}
	installed = sync.OnceValues(func() (*engine.Installation, error) {
		return found.Install(context.Background(), os.Stderr, folder)
	})
	code := m.Run()
	_ = os.RemoveAll(folder)
	os.Exit(code)
}

// installed returns Terraform with the provider's binary, which the first call builds.
var installed func() (*engine.Installation, error)

// mock is a mock of the APIs that belongs to one test.
type mock struct {
	*mockapi.Server
	url         string
	certificate string       // in PEM format, of a mock with TLS
	connections atomic.Int64 // that were opened
}

func newMock(t testing.TB) *mock {
	t.Helper()
	return serveMock(t, mockapi.Config{})
}

// serveMock returns a mock that accepts other credentials.
func serveMock(t testing.TB, config mockapi.Config) *mock {
	t.Helper()
	return startMock(t, config, (*httptest.Server).Start)
}

func newTLSMock(t *testing.T) *mock {
	t.Helper()
	return startMock(t, mockapi.Config{}, (*httptest.Server).StartTLS)
}

func startMock(t testing.TB, config mockapi.Config, start func(*httptest.Server)) *mock {
	t.Helper()
	m := &mock{Server: mockapi.New(config)}
	server := httptest.NewUnstartedServer(m)
	server.Config.ErrorLog = log.New(io.Discard, "", 0) // handshakes that are meant to fail
	server.Config.ConnState = func(_ net.Conn, state http.ConnState) {
		if state == http.StateNew {
			m.connections.Add(1)
		}
	}
	start(server)
	t.Cleanup(server.Close)
	m.url = server.URL
	if certificate := server.Certificate(); certificate != nil {
		m.certificate = string(pem.EncodeToMemory(
			&pem.Block{Type: "CERTIFICATE", Bytes: certificate.Raw}))
	}
	return m
}

// env is an environment with valid settings for all APIs.
func (m *mock) env() map[string]string {
	return mockapi.Env(m.url)
}

// putMany adds a number of attachments to the Linq account. Their IDs end in 0, 1, and so on.
func (m *mock) putMany(count int) {
	for i := range count {
		m.PutLinq(fmt.Sprintf(
			`{"id":"00000000-0000-4000-8000-%012d","filename":"%d.jpg","download_url":"https://x/%d"}`,
			i, i, i))
	}
}

// noWait is a clock that records waits, and that a wait puts forward instead of taking time.
type noWait struct {
	mu    sync.Mutex
	ahead time.Duration
	waits []time.Duration
}

func (c *noWait) Now() time.Time {
	c.mu.Lock()
	defer c.mu.Unlock()
	return time.Now().Add(c.ahead)
}

func (c *noWait) Sleep(ctx context.Context, wait time.Duration) error {
	c.mu.Lock()
	defer c.mu.Unlock()
	c.ahead += wait
	c.waits = append(c.waits, wait)
	return ctx.Err()
}

type factories = map[string]func() (tfprotov6.ProviderServer, error)

// serveProvider returns a provider that has only that environment.
func serveProvider(env map[string]string) factories {
	return factories{"attachments": func() (tfprotov6.ProviderServer, error) {
		return newTestServer(env, &noWait{}), nil
	}}
}

func newTestServer(env map[string]string, c *noWait) tfprotov6.ProviderServer {
	return newServer(&attachmentsProvider{version: "test", dependencies: dependencies{
		getenv: func(name string) string { return env[name] },
		clock:  c,
		random: func() float64 { return 1 },
	}})
}

// under returns a configuration with the local name for the provider.
func under(localName, configuration string) string {
	return fmt.Sprintf(`terraform {
  required_providers {
    %s = {
      source = "terraform-attachments/attachments"
    }
  }
}
%s`, localName, configuration)
}

// diagnostic matches a diagnostic as Terraform prints it: with its place between summary and
// detail, and with line breaks anywhere.
func diagnostic(summary, detail string) *regexp.Regexp {
	return regexp.MustCompile("Error: " + wrapped(summary) + `\s[\s\S]*?` + wrapped(detail))
}

// expectError requires that Terraform fails with that diagnostic.
func expectError(t *testing.T, env map[string]string, configuration, summary, detail string) {
	t.Helper()
	resource.UnitTest(t, resource.TestCase{
		ProtoV6ProviderFactories: serveProvider(env),
		Steps: []resource.TestStep{{
			Config:      configuration,
			ExpectError: diagnostic(summary, detail),
		}},
	})
}

func wrapped(text string) string {
	words := strings.Fields(text)
	for i, word := range words {
		words[i] = regexp.QuoteMeta(word)
	}
	return strings.Join(words, `\s+`)
}
