package engine

import (
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
)

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
