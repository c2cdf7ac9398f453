package engine

import (
	"errors"
	"io"
	"os"
	"path/filepath"
	"runtime"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
)

func TestAnEngineHasNameAndVersion(t *testing.T) {
	t.Parallel()
	got := []string{
		Engine{Version: "1.11.4", Host: TerraformHost}.String(),
		Engine{Version: "1.9.2", Host: OpenTofuHost}.String(),
	}
	if diff := cmp.Diff([]string{"Terraform 1.11.4", "OpenTofu 1.9.2"}, got); diff != "" {
		t.Error(diff)
	}
}

//nolint:paralleltest // it sets an environment variable
func TestTerraformIsChosenBeforeTofu(t *testing.T) {
	for _, test := range []struct {
		there []string
		want  string
	}{
		{[]string{"terraform", "tofu"}, "terraform"},
		{[]string{"tofu"}, "tofu"},
		{nil, "opentofu"},
	} {
		folder := t.TempDir()
		for _, name := range test.there {
			err := os.WriteFile(filepath.Join(folder, name+executableSuffix()), nil, 0o700)
			if err != nil {
				t.Fatal(err)
			}
		}
		t.Setenv("PATH", folder)
		if got := choose(); got != test.want {
			t.Errorf("of %q: got %s", test.there, got)
		}
	}
}

func TestFindTakesNothingElseForAnEngine(t *testing.T) {
	own, err := os.Executable()
	if err != nil {
		t.Fatal(err)
	}
	t.Setenv(Variable, own)
	t.Setenv(versionVariable, "Packer v1.14.1")
	if found, err := Find(t.Context(), io.Discard); !errors.Is(err, errNoEngine) {
		t.Errorf("got %+v, %v", found, err)
	}
	t.Setenv(versionVariable, "Terraform v1.12.0-rc1\nYour version of Terraform is out of date!")
	found, err := Find(t.Context(), io.Discard)
	if want := (Engine{own, "1.12.0-rc1", TerraformHost}); err != nil || found != want {
		t.Errorf("got %+v, %v", found, err)
	}
}

// TestCommandSeesNothingOfTheUsers sets variables that the engine or the provider would read.
func TestCommandSeesNothingOfTheUsers(t *testing.T) {
	for _, name := range []string{
		"TF_LOG", "TF_CLI_CONFIG_FILE", "TOFU_LOG", "WIX_API_KEY", "WIX_SITE_ID", "LINQ_API_KEY",
	} {
		t.Setenv(name, "of the user")
	}
	t.Setenv("CHECKPOINT_DISABLE", "")
	t.Setenv("ANY_OTHER", "1")
	folder := t.TempDir()
	installed, err := Engine{Path: "engine"}.InstallFrom(filepath.Join(folder, "mirror"))
	if err != nil {
		t.Fatal(err)
	}
	command := installed.Command(t.Context(), "work", []string{"WIX_API_KEY=own"}, "plan", "-json")
	seen := map[string]string{}
	for _, variable := range command.Env { // the last of a name wins
		name, value, _ := strings.Cut(variable, "=")
		if slices.ContainsFunc([]string{"TF_", "TOFU_", "WIX_", "LINQ_", "CHECK", "ANY_"},
			func(prefix string) bool { return strings.HasPrefix(name, prefix) }) {
			seen[name] = value
		}
	}
	config := filepath.Join(folder, "cli.tfrc")
	if diff := cmp.Diff(map[string]string{
		"TF_CLI_CONFIG_FILE": config, "CHECKPOINT_DISABLE": "1", "TF_IN_AUTOMATION": "1",
		"WIX_API_KEY": "own", "ANY_OTHER": "1",
	}, seen); diff != "" {
		t.Error(diff)
	}
	if diff := cmp.Diff([]string{"engine", "plan", "-json"}, command.Args); diff != "" {
		t.Error(diff)
	}
	if command.Dir != "work" || command.WaitDelay != stopTimeout {
		t.Errorf("in %s, with %s to stop", command.Dir, command.WaitDelay)
	}
	text, err := os.ReadFile(config)
	if err != nil {
		t.Fatal(err)
	}
	if diff := cmp.Diff("provider_installation {\n  filesystem_mirror {\n    path = \""+
		filepath.ToSlash(folder)+"/mirror\"\n  }\n}\n", string(text)); diff != "" {
		t.Error(diff)
	}
}

func TestBinaryIsWhereMirrorsHaveIt(t *testing.T) {
	t.Parallel()
	got := Engine{Host: OpenTofuHost}.Binary("mirror")
	want := filepath.Join("mirror", "registry.opentofu.org", "terraform-attachments", "attachments",
		"0.1.0", runtime.GOOS+"_"+runtime.GOARCH, "terraform-provider-attachments_v0.1.0"+
			executableSuffix())
	if got != want {
		t.Errorf("got %s, want %s", got, want)
	}
}
