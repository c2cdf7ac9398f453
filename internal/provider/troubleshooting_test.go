package provider

import (
	"maps"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/terraform-attachments/terraform-provider-attachments/internal/testing/engine"
)

// troubleshooting returns the first lines that the guide has entries for: those of the provider's
// diagnostics, and those of Terraform's own. An entry for several has a list of them.
func troubleshooting(t *testing.T) (own, foreign []string) {
	t.Helper()
	text := readRepository(t, "templates/guides/troubleshooting.md.tmpl")
	for _, section := range strings.Split(text, "\n## ") {
		last := section[strings.LastIndex(section, "\n#")+1:]
		if _, text, _ := strings.Cut(last, "\n"); strings.TrimSpace(text) == "" {
			t.Errorf("an entry without text: %s", last)
		}
	}
	firstLines := func(text string) []string {
		var found []string
		for _, entry := range strings.Split(text, "\n### ")[1:] {
			listed := listedLine.FindAllStringSubmatch(entry, -1)
			for _, line := range listed {
				found = append(found, line[1])
			}
			if heading, _, _ := strings.Cut(entry, "\n"); len(listed) == 0 {
				found = append(found, heading)
			}
		}
		slices.Sort(found)
		return found
	}
	before, after, _ := strings.Cut(text, "\n## Terraform errors\n")
	return firstLines(before), firstLines(after)
}

var listedLine = regexp.MustCompile("(?m)^- `([^`]+)`$")

func TestTroubleshootingHasEverySummary(t *testing.T) {
	t.Parallel()
	own, _ := troubleshooting(t)
	if diff := cmp.Diff(summaries(), own); diff != "" {
		t.Errorf("the provider's summaries (-), and the entries of the guide (+):\n%s", diff)
	}
}

// TestAccTroubleshootingHasTerraformErrors provokes the errors of Terraform and OpenTofu that the
// guide has entries for.
func TestAccTroubleshootingHasTerraformErrors(t *testing.T) {
	t.Parallel()
	type foreignError struct {
		folder  string // in the folder of the test
		command string
		host    string  // "" if Terraform and OpenTofu both report it
		needs   feature // without a name if every version reports it
		// reinstalled is whether the lock file has the checksum of another build.
		reinstalled bool
	}
	tests := map[string]foreignError{
		"Failed to query available provider packages": {folder: "no_provider_argument", command: "init"},
		"Duplicate required provider":                 {folder: "two_local_names", command: "init"},
		"Failed to install provider": {
			folder: "output_of_urls", command: "init", reinstalled: true,
		},
		"Required plugins are not installed": {
			folder: "output_of_urls", command: "plan", host: engine.TerraformHost, reinstalled: true,
		},
		"Failed to load plugin schemas": {
			folder: "output_of_urls", command: "plan", host: engine.OpenTofuHost, reinstalled: true,
		},
		"Invalid for_each argument":         {folder: "for_each_of_urls", command: "plan"},
		"Invalid index":                     {folder: "no_url", command: "plan"},
		"Output refers to sensitive values": {folder: "output_of_urls", command: "plan"},
		"Provider configuration not present": {
			folder: "alias_without_mock", command: "test", needs: mockProvider,
		},
		"Invalid function argument":                    {folder: "null_url", command: "plan"},
		"Missing Configuration for Required Attribute": {folder: "null_id", command: "plan"},
		"Unsupported attribute":                        {folder: "url_of_an_element", command: "plan"},
		"local-exec provisioner error": {
			folder: "expired_url", command: "apply -auto-approve",
		},
		"Ephemeral value not allowed": {
			folder: "ephemeral_url_in_output", command: "plan", host: engine.TerraformHost,
			needs: ephemeralResources,
		},
		"Output does not allow ephemeral value": {
			folder: "ephemeral_url_in_output", command: "plan", host: engine.OpenTofuHost,
			needs: ephemeralResources,
		},
		"Invalid use of ephemeral value": {
			folder: "ephemeral_url_in_state", command: "plan", host: engine.TerraformHost,
			needs: ephemeralResources,
		},
		"Ephemeral value used in non-ephemeral context": {
			folder: "ephemeral_url_in_state", command: "plan", host: engine.OpenTofuHost,
			needs: ephemeralResources,
		},
	}
	_, entries := troubleshooting(t)
	if diff := cmp.Diff(slices.Sorted(maps.Keys(tests)), entries); diff != "" {
		t.Errorf("what is tested (-), and the entries of the guide (+):\n%s", diff)
	}

	for summary, test := range tests {
		if test.host != "" && test.host != testEngine.Host {
			continue
		}
		configuration := fixture(t, test.folder)
		t.Run(summary, func(t *testing.T) {
			t.Parallel()
			requireFeature(t, test.needs)
			api := newMock(t)
			api.ServeFiles(0)
			env := api.env()
			env["no_proxy"] = "127.0.0.1"
			w := newWorkspace(t, configuration, env)
			if needsShell(t, w) {
				t.Skip("the command needs a Unix shell")
			}
			output, err := w.run(t, "init", "-no-color")
			if test.reinstalled {
				lock := readFile(t, filepath.Join(w.folder, ".terraform.lock.hcl"))
				w.write(t, ".terraform.lock.hcl", checksum.ReplaceAllString(lock,
					"h1:AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA="))
			}
			if test.command != "init" || test.reinstalled {
				if err != nil {
					t.Fatalf("init: %v\n%s", err, output)
				}
				output, _ = w.run(t, strings.Fields(test.command+" -no-color")...)
			}
			if !strings.Contains(output, ": "+summary+"\n") {
				t.Errorf("%s says\n%s", testEngine, output)
			}
		})
	}
}

var checksum = regexp.MustCompile(`h1:[^"]+`)
