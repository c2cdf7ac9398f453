package provider

import (
	"bufio"
	"context"
	"fmt"
	"log"
	"os"
	"os/exec"
	"path/filepath"
	"runtime/debug"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/terraform-attachments/terraform-provider-attachments/internal/testing/engine"
	"github.com/terraform-attachments/terraform-provider-attachments/internal/testing/mockapi"
)

// Terraform starts the test binary instead of the provider, in one of these roles.
const (
	roleVariable = "ATTACHMENTS_TEST_ROLE"
	tuned        = "tuned"       // the provider as it is
	untuned      = "untuned"     // the same without silenceUnreadLogs
	remembering  = "remembering" // says how much memory the provider uses
	logging      = "logging"     // writes to the standard logger before, during and after serving

	logVariable = "ATTACHMENTS_TEST_LOG" // the file for the logs
)

func playRole(role string) {
	var err error
	logs, logged := os.LookupEnv(logVariable)
	switch {
	case logged:
		err = serveLogged(logs)
	case role == tuned:
		err = Serve("test", false)
	case role == untuned:
		err = serve("test")
	case role == remembering:
		tuneMemory()
		fmt.Println(debug.SetGCPercent(-1), debug.SetMemoryLimit(-1))
	case role == logging:
		err = serveLogging()
	}
	if err != nil {
		log.Fatal(err)
	}
}

// serveLogged serves in a second process, and keeps its logs.
func serveLogged(logs string) error {
	own, err := os.Executable()
	if err != nil {
		return err
	}
	file, err := os.OpenFile(logs, os.O_APPEND|os.O_CREATE|os.O_WRONLY, 0o600)
	if err != nil {
		return err
	}
	defer func() { _ = file.Close() }() // only the second process has written to it
	_ = os.Unsetenv(logVariable)
	provider := exec.CommandContext(context.Background(), own)
	provider.Stdin, provider.Stdout, provider.Stderr = os.Stdin, os.Stdout, file
	return provider.Run()
}

// TestAccLogsAreCompleteIfRequested compares the log with a provider's without silenceUnreadLogs,
// for each variable that Terraform or the SDK reads.
func TestAccLogsAreCompleteIfRequested(t *testing.T) {
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

func TestAccLogsAreSilentByDefault(t *testing.T) {
	t.Parallel()
	installation, folder := install(t)
	for _, setting := range []string{"TF_LOG=", "TF_LOG=off", "TF_LOG_SDK=OFF"} {
		if got := logLines(t, installation, folder, tuned, setting); got != 0 {
			t.Errorf("%s: %d lines", setting, got)
		}
	}
	if got := logLines(t, installation, folder, untuned, "TF_LOG="); got == 0 {
		t.Error("there would be no lines anyway: silenceUnreadLogs can go")
	}
}

// serveLogging serves until it is interrupted, and logs once more when it is sent a line.
func serveLogging() error {
	log.Print("before")
	go func() {
		_, _ = bufio.NewReader(os.Stdin).ReadString('\n')
		log.Print("meanwhile")
		fmt.Println("logged")
	}()
	err := Serve("test", true)
	log.Print("afterwards")
	return err
}

func TestMemorySettingsOfTheUserWin(t *testing.T) {
	t.Parallel()
	own, err := os.Executable()
	if err != nil {
		t.Fatal(err)
	}
	for settings, want := range map[[2]string]string{
		{"GOGC=", "GOMEMLIMIT="}:        "300 167772160",
		{"GOGC=50", "GOMEMLIMIT="}:      "50 167772160",
		{"GOGC=off", "GOMEMLIMIT=1MiB"}: "-1 1048576",
		{"GOGC=", "GOMEMLIMIT=1GiB"}:    "300 1073741824",
		{"GOGC=", "GOMEMLIMIT=off"}:     "300 9223372036854775807",
	} {
		command := exec.CommandContext(t.Context(), own)
		command.Env = append(os.Environ(), roleVariable+"="+remembering, settings[0], settings[1],
			"GORACE=atexit_sleep_ms=0")
		output, err := command.Output()
		if got := strings.TrimSpace(string(output)); err != nil || got != want {
			t.Errorf("%v: got %s, %v, want %s", settings, got, err, want)
		}
	}
}

// install installs the test binary for Terraform, and returns a folder with a configuration.
func install(t *testing.T) (*engine.Installation, string) {
	t.Helper()
	mirror := filepath.Join(t.TempDir(), "mirror")
	binary := testEngine.Binary(mirror)
	own, err := os.Executable()
	if err != nil {
		t.Fatal(err)
	}
	if err := os.MkdirAll(filepath.Dir(binary), 0o750); err != nil {
		t.Fatal(err)
	}
	text := readFile(t, own)
	if err := os.WriteFile(binary, []byte(text), 0o700); err != nil {
		t.Fatal(err)
	}
	installation, err := testEngine.InstallFrom(mirror)
	if err != nil {
		t.Fatal(err)
	}
	folder := t.TempDir()
	configuration := under("linq", fmt.Sprintf(`
data "linq_attachment" "photo" {
  attachment_id = %q
}
`, mockapi.LinqPhoto))
	err = os.WriteFile(filepath.Join(folder, "main.tf"), []byte(configuration), 0o600)
	if err != nil {
		t.Fatal(err)
	}
	output, err := installation.Command(t.Context(), folder, nil, "init").CombinedOutput()
	if err != nil {
		t.Fatalf("init: %v\n%s", err, output)
	}
	return installation, folder
}

// logLines plans, and returns how many lines about calls the provider has written.
func logLines(
	t *testing.T,
	installation *engine.Installation,
	folder, role, setting string,
) int {
	t.Helper()
	logs := filepath.Join(t.TempDir(), "log")
	environment := []string{
		"TF_LOG_PATH=" + filepath.Join(t.TempDir(), "engine.log"),
		roleVariable + "=" + role,
		logVariable + "=" + logs,
		"GORACE=atexit_sleep_ms=0", // Terraform doesn't wait for a second
		setting,
	}
	for name, value := range newMock(t).env() {
		environment = append(environment, name+"="+value)
	}
	output, err := installation.Command(t.Context(), folder, environment, "plan", "-lock=false").
		CombinedOutput()
	if err != nil {
		t.Fatalf("plan: %v\n%s", err, output)
	}
	return strings.Count(readFile(t, logs), `"tf_provider_addr"`)
}

// TestLogsAreOffUnlessRequested has one variable set at a time.
//
//nolint:paralleltest // it sets environment variables
func TestLogsAreOffUnlessRequested(t *testing.T) {
	own := []string{
		"TF_LOG_SDK", "TF_LOG_SDK_PROTO", "TF_LOG_SDK_FRAMEWORK", "TF_LOG_PROVIDER_ATTACHMENTS",
	}
	all := append([]string{"TF_LOG", "TF_LOG_CORE", "TF_LOG_PROVIDER"}, own...)
	for _, name := range append([]string{"ANY_OTHER"}, all...) {
		for level, asks := range map[string]bool{"": false, "off": false, "OFF": false, "warn": true} {
			for _, variable := range all {
				t.Setenv(variable, "")
			}
			t.Setenv(name, level)
			want := map[string]string{}
			for _, variable := range own {
				want[variable] = "off"
				if asks && name != "ANY_OTHER" {
					want[variable] = ""
					want[name] = level
				}
			}
			silenceUnreadLogs()
			got := map[string]string{}
			for variable := range want {
				got[variable] = os.Getenv(variable)
			}
			if diff := cmp.Diff(want, got); diff != "" {
				t.Errorf("%s=%s: %s", name, level, diff)
			}
		}
	}
}
