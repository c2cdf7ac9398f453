package main

import (
	"bytes"
	"errors"
	"fmt"
	"net/http"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/terraform-attachments/terraform-provider-attachments/internal/testing/engine"
)

// agentVariable makes the test's own binary pass for an engine, with a provider that asks the mock
// under that name, or asks nothing where it is "nobody".
const agentVariable = "TEST_AGENT"

func TestMain(m *testing.M) {
	if agent := os.Getenv(agentVariable); agent != "" && len(os.Args) > 1 {
		if err := play(os.Args[1], agent); err != nil {
			fmt.Fprintln(os.Stderr, err)
			os.Exit(1)
		}
		return
	}
	os.Exit(m.Run())
}

// play does in the working directory what the engine's command is for.
func play(command, agent string) error {
	switch command {
	case "init":
		fmt.Println("Initialized")
		return os.WriteFile(".initialized", nil, 0o600)
	case "apply":
		if _, err := os.Stat(".initialized"); err != nil {
			return err
		}
		fmt.Println("Applied")
		if agent == "nobody" {
			return nil
		}
		//nolint:gosec,noctx // the test names the address, and ends the process
		request, err := http.NewRequest(http.MethodGet, os.Getenv("WIX_BASE_URL"), nil)
		if err != nil {
			return err
		}
		request.Header.Set("User-Agent", agent)
		response, err := http.DefaultClient.Do(request) //nolint:gosec // likewise
		if err != nil {
			return err
		}
		return response.Body.Close()
	case "output":
		fmt.Println(`{"files":{"sensitive":true,"type":"string","value":{"a.png":"https://x/1"}},` +
			`"linq_attachment":{"value":{"id":"2"}},"wix_contact_attachment":{"value":{"id":"1"}}}`)
		return nil
	}
	return errors.New("no such command: " + command)
}

func TestShowPrintsWhatThisVersionReadAlone(t *testing.T) {
	own, err := os.Executable()
	if err != nil {
		t.Fatal(err)
	}
	const agent = "Terraform/1.2.3 terraform-provider-attachments/0.1.0 (+https://x)"
	for name, test := range map[string]struct {
		agent string
		want  error
		ends  string // what is printed after the run of apply
	}{
		"this version": {agent, nil, "==> The requests came from " + agent + `
==> What was read (the mock's URLs are no secret, so they are shown)
wix_contact_attachment = {
  "id": "1"
}
linq_attachment = {
  "id": "2"
}
files = {
  "a.png": "https://x/1"
}
`},
		"another version": {
			"terraform-provider-attachments/0.1.00", errOtherVersion,
			"==> The requests came from terraform-provider-attachments/0.1.00\n",
		},
		"no request": {"nobody", errNotAsked, ""},
	} {
		t.Run(name, func(t *testing.T) {
			t.Setenv(agentVariable, test.agent)
			installed, err := engine.Engine{Path: own}.InstallFrom(filepath.Join(t.TempDir(), "m"))
			if err != nil {
				t.Fatal(err)
			}
			work := t.TempDir()
			var output bytes.Buffer
			if err := show(t.Context(), &output, installed, work); !errors.Is(err, test.want) {
				t.Fatalf("got %v", err)
			}
			mocked, rest, _ := strings.Cut(output.String(), "\n")
			if !strings.HasPrefix(mocked, "==> The APIs are mocked at http://127.0.0.1:") {
				t.Errorf("got %q", mocked)
			}
			if diff := cmp.Diff("==> Running init in "+work+"\nInitialized\n"+
				"==> Running apply in "+work+"\nApplied\n"+test.ends, rest); diff != "" {
				t.Error(diff)
			}
		})
	}
}

func TestShowStopsWhereTheEngineFails(t *testing.T) {
	own, err := os.Executable()
	if err != nil {
		t.Fatal(err)
	}
	t.Setenv(agentVariable, "any")
	installed, err := engine.Engine{Path: own}.InstallFrom(filepath.Join(t.TempDir(), "m"))
	if err != nil {
		t.Fatal(err)
	}
	work := t.TempDir()
	// A folder in place of init's file.
	if err := os.Mkdir(filepath.Join(work, ".initialized"), 0o700); err != nil {
		t.Fatal(err)
	}
	var output bytes.Buffer
	err = show(t.Context(), &output, installed, work)
	var failed *exec.ExitError
	if !errors.As(err, &failed) || !strings.HasPrefix(err.Error(), "init: ") {
		t.Errorf("got %v", err)
	}
	if strings.Contains(output.String(), "apply") {
		t.Errorf("it went on:\n%s", &output)
	}
}

func TestInstallTakesTheMirror(t *testing.T) {
	t.Parallel()
	folder := t.TempDir()
	mirror := filepath.Join(folder, "mirror")
	var output bytes.Buffer
	installed, err := install(t.Context(), &output, engine.Engine{Path: "tofu"}, mirror, "")
	if err != nil || installed.Path != "tofu" {
		t.Fatalf("got %v, %v", installed, err)
	}
	if got := output.String(); got != "==> Installing the provider from "+mirror+"\n" {
		t.Errorf("got %q", got)
	}
	text, err := os.ReadFile(filepath.Join(folder, "cli.tfrc"))
	if err != nil || !strings.Contains(string(text), filepath.ToSlash(mirror)) {
		t.Errorf("got %s, %v", text, err)
	}
}

func TestCopyConfiguration(t *testing.T) {
	t.Parallel()
	from, to := t.TempDir(), filepath.Join(t.TempDir(), "work")
	for name, text := range map[string]string{
		"main.tf": "# 1", "other.tf": "# 2", "terraform.tfstate": "{}", ".terraform.lock.hcl": "",
	} {
		if err := os.WriteFile(filepath.Join(from, name), []byte(text), 0o600); err != nil {
			t.Fatal(err)
		}
	}
	if err := copyConfiguration(to, from); err != nil {
		t.Fatal(err)
	}
	entries, err := os.ReadDir(to)
	if err != nil {
		t.Fatal(err)
	}
	got := map[string]string{}
	for _, entry := range entries {
		text, err := os.ReadFile(filepath.Join(to, entry.Name()))
		if err != nil {
			t.Fatal(err)
		}
		got[entry.Name()] = string(text)
	}
	want := map[string]string{"main.tf": "# 1", "other.tf": "# 2"}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Error(diff)
	}
}

func TestPrintValuesNeedsEachOutput(t *testing.T) {
	t.Parallel()
	var output bytes.Buffer
	err := printValues(&output, []byte(`{"wix_contact_attachment":{"value":1}}`))
	if err == nil || !strings.HasPrefix(err.Error(), "the output linq_attachment: ") {
		t.Errorf("got %v", err)
	}
}
