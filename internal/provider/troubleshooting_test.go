package provider

import (
	"maps"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/terraform-attachments/terraform-provider-attachments/internal/testing/engine"
)

// troubleshooting returns the entries of the guide: the provider's, and the engines'.
func troubleshooting(t *testing.T) (own, engines []string) {
	t.Helper()
	const entry = "### "
	text := guide(t, "troubleshooting")
	before, after, _ := strings.Cut(text, "\n## From the engine\n")
	headings := func(text string) []string {
		var found []string
		for line := range strings.Lines(text) {
			if summary, ok := strings.CutPrefix(line, entry); ok {
				found = append(found, strings.TrimSpace(summary))
			}
		}
		slices.Sort(found)
		return found
	}
	for _, section := range strings.Split(text, "\n## ") {
		last := section[strings.LastIndex(section, "\n#")+1:]
		if _, text, _ := strings.Cut(last, "\n"); strings.TrimSpace(text) == "" {
			t.Errorf("an entry without a text: %s", last)
		}
	}
	return headings(before), headings(after)
}

func TestTroubleshootingHasEverySummary(t *testing.T) {
	t.Parallel()
	own, _ := troubleshooting(t)
	if diff := cmp.Diff(summaries(), own); diff != "" {
		t.Errorf("the provider's summaries (-), and the entries of the guide (+):\n%s", diff)
	}
}

// TestAccTroubleshootingHasTheEnginesWords has the engines' own words for what the guide says.
func TestAccTroubleshootingHasTheEnginesWords(t *testing.T) {
	t.Parallel()
	tests := map[string]struct {
		configuration string // the folder in that of the test
		command       string
		host          string // of the engine that says so; "" for both
	}{
		"Failed to query available provider packages": {
			configuration: "no_provider_argument", command: "init",
		},
		"Duplicate required provider": {
			configuration: "two_local_names", command: "init",
		},
		"Invalid for_each argument": {
			configuration: "for_each_of_urls", command: "plan",
		},
		"Output refers to sensitive values": {
			configuration: "output_of_urls", command: "plan",
		},
		"Invalid use of ephemeral value": {
			configuration: "ephemeral_url_in_state", command: "plan", host: engine.TerraformHost,
		},
		"Ephemeral value used in non-ephemeral context": {
			configuration: "ephemeral_url_in_state", command: "plan", host: engine.OpenTofuHost,
		},
	}
	_, entries := troubleshooting(t)
	if diff := cmp.Diff(slices.Sorted(maps.Keys(tests)), entries); diff != "" {
		t.Errorf("what is tested (-), and the entries of the guide (+):\n%s", diff)
	}

	for summary, test := range tests {
		if test.host != "" && test.host != testEngine.Host {
			continue // the other engine's words
		}
		configuration := fixture(t, test.configuration)
		t.Run(summary, func(t *testing.T) {
			t.Parallel()
			if test.host != "" {
				requireEngine(t, "ephemeral resources", "1.10", "1.11")
			}
			w := newWorkspace(t, configuration, newMock(t).env())
			output, err := w.run(t, "init", "-no-color")
			if test.command != "init" {
				if err != nil {
					t.Fatalf("init: %v\n%s", err, output)
				}
				output, _ = w.run(t, test.command, "-no-color")
			}
			if !strings.Contains(output, ": "+summary+"\n") {
				t.Errorf("%s says\n%s", testEngine, output)
			}
		})
	}
}
