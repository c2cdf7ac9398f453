package main

import (
	"bytes"
	"errors"
	"fmt"
	"io"
	"log"
	"net/http/httptest"
	"os"
	"os/exec"
	"path/filepath"
	"testing"

	"github.com/terraform-attachments/terraform-provider-attachments/internal/engine"
	"github.com/terraform-attachments/terraform-provider-attachments/internal/mockapi"
)

// What this test binary is when an engine starts it.
const (
	roleVariable = "ATTACHMENTS_TEST_ROLE"
	logVariable  = "ATTACHMENTS_TEST_LOG"

	tuned   = "tuned"   // the provider as it is
	untuned = "untuned" // the same with all of its logs
)

func TestMain(m *testing.M) {
	role := os.Getenv(roleVariable)
	logs, served := os.LookupEnv(logVariable)
	switch {
	case served: // by an engine: have a second process serve, and keep its logs
		if err := serveLogged(logs); err != nil {
			log.Fatal(err)
		}
	case role == tuned:
		main()
	case role == untuned:
		if err := serve(); err != nil {
			log.Fatal(err)
		}
	default:
		os.Exit(m.Run())
	}
}

func serveLogged(logs string) error {
	own, err := os.Executable()
	if err != nil {
		return err
	}
	file, err := os.OpenFile(logs, os.O_APPEND|os.O_CREATE|os.O_WRONLY, 0o600)
	if err != nil {
		return err
	}
	defer file.Close()
	os.Unsetenv(logVariable)
	provider := exec.Command(own)
	provider.Stdin, provider.Stdout, provider.Stderr = os.Stdin, os.Stdout, file
	return provider.Run()
}

// TestLogsAreCompleteWhereAsked counts the lines that the provider writes with each variable that an
// engine or the SDK reads, and compares them with those of one that silences nothing.
func TestLogsAreCompleteWhereAsked(t *testing.T) {
	t.Parallel()
	installation, folder := install(t)
	for _, variable := range []string{
		"TF_LOG", "TF_LOG_CORE", "TF_LOG_PROVIDER", "TF_LOG_PROVIDER_ATTACHMENTS",
		"TF_LOG_SDK", "TF_LOG_SDK_PROTO", "TF_LOG_SDK_FRAMEWORK",
	} {
		t.Run(variable, func(t *testing.T) {
			t.Parallel()
			setting := variable + "=trace"
			want := logLines(t, installation, folder, untuned, setting)
			got := logLines(t, installation, folder, tuned, setting)
			if got != want || want == 0 {
				t.Errorf("%d lines in place of %d", got, want)
			}
		})
	}
}

func TestLogsAreSilentWhereNotAsked(t *testing.T) {
	t.Parallel()
	installation, folder := install(t)
	if got := logLines(t, installation, folder, tuned, "TF_LOG="); got != 0 {
		t.Errorf("%d lines", got)
	}
	if got := logLines(t, installation, folder, untuned, "TF_LOG="); got == 0 {
		t.Error("there would be no lines anyway: silenceUnreadLogs can go")
	}
}

// install has an engine find this test binary, and returns a folder with a configuration.
func install(t *testing.T) (*engine.Installation, string) {
	t.Helper()
	found, err := engine.Find(t.Context(), os.Stderr)
	if err != nil {
		t.Fatal(err)
	}
	installation, binary, err := found.Mirror(t.TempDir())
	if err != nil {
		t.Fatal(err)
	}
	if err := copyOwnBinary(binary); err != nil {
		t.Fatal(err)
	}
	folder := t.TempDir()
	configuration := fmt.Sprintf(`
terraform {
  required_providers {
    linq = {
      source = "terraform-attachments/attachments"
    }
  }
}

data "linq_attachment" "photo" {
  attachment_id = %q
}
`, mockapi.LinqPhoto)
	if err := os.WriteFile(filepath.Join(folder, "main.tf"), []byte(configuration), 0o600); err != nil {
		t.Fatal(err)
	}
	output, err := installation.Command(t.Context(), folder, nil, "init").CombinedOutput()
	if err != nil {
		t.Fatalf("init: %v\n%s", err, output)
	}
	return installation, folder
}

func copyOwnBinary(to string) error {
	name, err := os.Executable()
	if err != nil {
		return err
	}
	from, err := os.Open(name)
	if err != nil {
		return err
	}
	defer from.Close()
	file, err := os.OpenFile(to, os.O_CREATE|os.O_WRONLY, 0o700)
	if err != nil {
		return err
	}
	_, err = io.Copy(file, from)
	return errors.Join(err, file.Close())
}

// logLines plans, and returns how many lines about calls the provider has written.
func logLines(
	t *testing.T,
	installation *engine.Installation,
	folder, role, setting string,
) int {
	t.Helper()
	api := httptest.NewServer(mockapi.New(mockapi.Config{}))
	defer api.Close()
	logs := filepath.Join(t.TempDir(), "log")
	output, err := installation.Command(t.Context(), folder, []string{
		"LINQ_API_V3_BASE_URL=" + api.URL + mockapi.LinqPath,
		"LINQ_API_V3_API_KEY=" + mockapi.DefaultLinqAPIKey,
		"TF_LOG_PATH=" + filepath.Join(t.TempDir(), "engine.log"),
		roleVariable + "=" + role,
		logVariable + "=" + logs,
		"GORACE=atexit_sleep_ms=0", // engines don't wait for a second
		setting,
	}, "plan", "-lock=false").CombinedOutput()
	if err != nil {
		t.Fatalf("plan: %v\n%s", err, output)
	}
	text, err := os.ReadFile(logs)
	if err != nil {
		t.Fatal(err)
	}
	return bytes.Count(text, []byte(`"tf_provider_addr"`))
}
