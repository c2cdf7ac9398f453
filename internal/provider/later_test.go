package provider

import (
	"cmp"
	"fmt"
	"maps"
	"path"
	"path/filepath"
	"regexp"
	"strings"
	"testing"

	gocmp "github.com/google/go-cmp/cmp"

	"github.com/terraform-attachments/terraform-provider-attachments/internal/testing/mockapi"
)

// later is what happens to an example that isn't a single success, if that differs from the others.
// In the others, a file that isn't ready is an error, new URLs change nothing, an unrelated change
// replaces nothing, and a deleted file is an error.
type later struct{ notReady, newURLs, unrelated, gone consequence }

// consequence is what Terraform prints, and a sentence of the documentation that says so, if what
// Terraform prints doesn't.
type consequence struct{ text, page, sentence string }

var (
	newOutput = consequence{
		text:     "Changes to Outputs:",
		page:     "guides/urls-that-expire",
		sentence: "In an output, the URL changes every plan.",
	}
	leftOut = consequence{
		text:     "Apply complete! Resources: 0 added",
		page:     "guides/files-not-ready",
		sentence: "`ready_ids` leaves out the files that aren't ready.",
	}
	unknownKeys = consequence{
		text:     "Invalid for_each argument",
		page:     "guides/many-attachments",
		sentence: "In a module with `depends_on`, `ready_ids` is unknown",
	}
	listedAsMissing = consequence{
		text:     "Changes to Outputs:",
		page:     "data-sources/linq_attachments",
		sentence: "A missing attachment isn't an error.",
	}
	droppedFromList = consequence{
		text:     "Changes to Outputs:",
		page:     "data-sources/wix_contact_attachments",
		sentence: "A deleted attachment drops out of the list.",
	}
	copyDestroyed = consequence{
		text:     "0 to add, 0 to change, 1 to destroy",
		page:     "guides/many-attachments",
		sentence: "Terraform destroys the copy of a file that is deleted at the vendor.",
	}
)

// runNotReady applies the example while no file is ready. The first wait, of half a second at
// least, outlasts the time limit. If a machine is so slow that a request outlasts it, too, the
// limit is raised.
func runNotReady(
	t *testing.T,
	w *workspace,
	api *mock,
	original map[string]string,
) (output string, err error) {
	t.Helper()
	api.ReadyAfter(1000)
	for _, limit := range []string{"490ms", "20s"} {
		w.rewrite(t, original, ownRead, func(block string) string {
			return timeout.ReplaceAllString(block, "") + "  timeout = \"" + limit + "\"\n"
		})
		output, err = w.run(t, "apply", "-auto-approve", "-input=false", "-no-color")
		if !slowRead.MatchString(output) {
			break
		}
	}
	return output, err
}

var slowRead = regexp.MustCompile(`timed\s+out|Time\s+ran\s+out`)

// runExample applies the example, and takes it through what happens after the first day.
func runExample(t *testing.T, w *workspace, api *mock, e exampleRun) {
	t.Helper()
	original := w.configuration(t)

	output, err := runNotReady(t, w, api, original)
	e.later.notReady.check(t, "a file that isn't ready", output, err, " Not Ready")
	api.ReadyAfter(0)

	w.rewrite(t, original, nil, nil)
	w.write(t, "unrelated.tf", unrelated("1"))
	output = w.mustRun(t, "apply", "-auto-approve", "-input=false", "-no-color")
	if strings.Contains(output, "Warning: ") {
		t.Errorf("got a warning:\n%s", output)
	}
	_, outputs, _ := strings.Cut(output, "\nOutputs:\n")
	if diff := gocmp.Diff(e.outputs, strings.TrimSpace(outputs)); e.outputs != "" && diff != "" {
		t.Error(diff)
	}

	hasResource := len(w.contains(t, "\nresource ")) > 0
	hasOutput := len(w.contains(t, "\noutput ")) > 0
	if hasResource || hasOutput {
		output, err = w.run(t, "plan", "-no-color")
		e.later.newURLs.check(t, "new URLs", output, err, "No changes.")
		if strings.Contains(output, "Terraform will perform") {
			t.Errorf("new URLs change a resource:\n%s", output)
		}
	}

	if hasResource {
		// That is what depends_on of a module does to the reads in it.
		w.write(t, "unrelated.tf", unrelated("2"))
		root := maps.Clone(original)
		maps.DeleteFunc(root, func(name, _ string) bool { return path.Dir(name) != "." })
		w.rewrite(t, root, anyRead, func(block string) string {
			if strings.Contains(block, "depends_on") {
				return strings.Replace(block, "[", "[terraform_data.unrelated, ", 1)
			}
			return block + "  depends_on = [terraform_data.unrelated]\n"
		})
		output, err = w.run(t, "plan", "-no-color")
		e.later.unrelated.check(t, "an unrelated change", output, err, " 0 to destroy.")
	}

	for _, id := range []string{
		mockapi.LinqPhoto, mockapi.LinqSigned, mockapi.SecondLinqPDF, mockapi.WixPDF,
	} {
		api.Delete(id)
	}
	w.rewrite(t, original, nil, nil)
	w.write(t, "unrelated.tf", unrelated("1"))
	output, err = w.run(t, "plan", "-no-color")
	e.later.gone.check(t, "a deleted file", output, err, " Not Found")
}

// TestPagesSayWhatHappensLater requires the sentences about what Terraform can't do better.
func TestPagesSayWhatHappensLater(t *testing.T) {
	t.Parallel()
	for folder, e := range examples {
		for _, c := range []consequence{
			e.later.notReady, e.later.newURLs, e.later.unrelated, e.later.gone,
		} {
			if c.page == "" {
				continue
			}
			text := readRepository(t, "templates/"+c.page+".md.tmpl")
			if !strings.Contains(text, c.sentence) {
				t.Errorf("%s: %s doesn't say: %s", folder, c.page, c.sentence)
			}
		}
	}
}

// check requires that Terraform printed the consequence or, if there is none, what it prints for
// most examples.
func (c consequence) check(t *testing.T, state, output string, err error, most string) {
	t.Helper()
	want := cmp.Or(c.text, most)
	if !strings.Contains(strings.Join(strings.Fields(output), " "), want) {
		t.Errorf("%s: want %q, got %v\n%s", state, want, err, output)
	}
}

func unrelated(input string) string {
	return fmt.Sprintf("resource \"terraform_data\" \"unrelated\" {\n  input = %q\n}\n", input)
}

// These match a block and its body, which is the second submatch.
var (
	ownRead = regexp.MustCompile(`(?ms)^((?:data|ephemeral) "(?:linq|wix)_[^\n]*\{\n)(.*?)^\}\n`)
	anyRead = regexp.MustCompile(`(?ms)^((?:data|ephemeral|module) "[^\n]*\{\n)(.*?)^\}\n`)
)

var timeout = regexp.MustCompile(`(?m)^  timeout .*\n`)

// configuration returns the files of the configuration, by name.
func (w *workspace) configuration(t *testing.T) map[string]string {
	t.Helper()
	files := map[string]string{}
	for _, name := range w.contains(t, "{") {
		if path.Ext(name) == ".tf" {
			files[name] = readFile(t, filepath.Join(w.folder, filepath.FromSlash(name)))
		}
	}
	return files
}

// rewrite writes the files with a change of the bodies of blocks that match, if there is one.
func (w *workspace) rewrite(
	t *testing.T, files map[string]string, block *regexp.Regexp, change func(body string) string,
) {
	t.Helper()
	for name, text := range files {
		if block != nil {
			text = block.ReplaceAllStringFunc(text, func(match string) string {
				parts := block.FindStringSubmatch(match)
				return parts[1] + change(parts[2]) + "}\n"
			})
		}
		w.write(t, name, text)
	}
}
