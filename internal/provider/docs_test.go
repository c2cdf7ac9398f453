package provider

import (
	"fmt"
	"io/fs"
	"os"
	"path"
	"path/filepath"
	"regexp"
	"runtime"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/terraform-attachments/terraform-provider-attachments/internal/testing/mockapi"
)

// repository is the folder of the repository.
var repository = os.DirFS(filepath.Join("..", ".."))

// exampleRun is how to run a folder of examples/, if it differs from the others.
type exampleRun struct {
	// unavailable reports whether the example needs a provider that tests can't install, so that
	// only its format is checked.
	unavailable bool
	needs       feature
	outputs     string // what Terraform prints below "Outputs:"; not checked if empty
	tests       string // the result that "terraform test" prints; if empty, the example is applied
}

// feature is something that old versions of Terraform and OpenTofu lack.
type feature struct{ name, terraform, openTofu string }

var (
	ephemeralResources = feature{"ephemeral resources", "1.10", "1.11"}
	mockProvider       = feature{"mock_provider", "1.7", "1.8"}
)

// examples has the folders of examples/ that differ from the others.
var examples = map[string]exampleRun{
	"data-sources/linq_attachment": {
		outputs: "file = \"photo.jpg, 1024000 bytes\"\nurl = <sensitive>",
	},
	"data-sources/linq_attachments": {
		outputs: `missing = tolist([
  "00000000-0000-4000-8000-000000000000",
])
names = {
  "550e8400-e29b-41d4-a716-446655440000" = "photo.jpg"
  "6f1b8a52-8d0e-4c07-9b52-3b1f0c6f2a10" = "Rechnung März 2026.pdf"
}
urls = <sensitive>`,
	},
	"data-sources/wix_contact_attachment": {
		outputs: `file = "offer.pdf"
url = <sensitive>
url_expires = "2046-07-01T00:00:00.000Z"`,
	},
	"demo": {
		outputs: `files = <sensitive>
linq_attachment = <sensitive>
wix_contact_attachment = <sensitive>`,
	},
	"ephemeral-resources/linq_attachment":                          {needs: ephemeralResources},
	"ephemeral-resources/linq_attachment/secrets-manager":          {unavailable: true},
	"ephemeral-resources/wix_contact_attachment":                   {needs: ephemeralResources},
	"ephemeral-resources/wix_contact_attachment/kubernetes-secret": {unavailable: true},
	"guides/from-http/before":                                      {unavailable: true},
	"guides/keep-urls-out-of-state/several":                        {needs: ephemeralResources},
	"guides/many-attachments/for-each": {
		outputs: `copied = [
  "550e8400-e29b-41d4-a716-446655440000",
]
missing = tolist([
  "00000000-0000-4000-8000-000000000000",
])`,
	},
	"guides/multiple-accounts/aliases": {
		outputs: `files = [
  "Rechnung März 2026.pdf",
  "photo.jpg",
]`,
	},
	"guides/testing-modules/aliases": {needs: mockProvider, tests: "1 passed, 0 failed"},
	"guides/testing-modules/module":  {needs: mockProvider, tests: "2 passed, 0 failed"},
	"provider": {
		outputs: `files = [
  "photo.jpg",
  "offer.pdf",
]`,
	},
}

// exampleFolders returns the folders of examples/ that Terraform runs in: all that have a
// configuration, except the modules that another configuration calls.
func exampleFolders(t *testing.T) []string {
	t.Helper()
	files, err := fs.Sub(repository, "examples")
	if err != nil {
		t.Fatal(err)
	}
	folders := map[string]string{} // the configuration in each folder
	err = fs.WalkDir(files, ".", func(file string, _ fs.DirEntry, err error) error {
		if err != nil || path.Ext(file) != ".tf" {
			return err
		}
		text, err := fs.ReadFile(files, file)
		folders[path.Dir(file)] += string(text)
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	var found []string
	for folder := range folders {
		if !strings.Contains(folders[path.Dir(folder)], fmt.Sprintf("%q", "./"+path.Base(folder))) {
			found = append(found, folder)
		}
	}
	for folder := range examples {
		if _, ok := folders[folder]; !ok {
			t.Errorf("examples/%s doesn't exist", folder)
		}
	}
	return found
}

func TestAccDocumentationFormat(t *testing.T) {
	t.Parallel()
	w := &workspace{folder: filepath.Join("..", "..", "examples")}
	if output, err := w.run(t, "fmt", "-check", "-diff", "-recursive", "-no-color"); err != nil {
		t.Errorf("%v\n%s", err, output)
	}
}

// TestAccDocumentation runs each of the examples against the mock.
func TestAccDocumentation(t *testing.T) {
	t.Parallel()
	for _, folder := range exampleFolders(t) {
		if examples[folder].unavailable {
			continue
		}
		t.Run(folder, func(t *testing.T) {
			t.Parallel()
			runExample(t, folder, examples[folder])
		})
	}
}

func runExample(t *testing.T, folder string, e exampleRun) {
	if e.needs.name != "" {
		requireEngine(t, e.needs.name, e.needs.terraform, e.needs.openTofu)
	}
	w := exampleWorkspace(t, folder, newMock(t))
	w.mustRun(t, "init", "-input=false", "-no-color")
	if e.tests != "" {
		if output := w.mustRun(t, "test", "-no-color"); !strings.Contains(output, e.tests) {
			t.Errorf("want %s, got\n%s", e.tests, output)
		}
		return
	}
	output := w.mustRun(t, "apply", "-auto-approve", "-input=false", "-no-color")
	if strings.Contains(output, "Warning: ") {
		t.Errorf("got a warning:\n%s", output)
	}
	_, outputs, _ := strings.Cut(output, "\nOutputs:\n")
	if diff := cmp.Diff(e.outputs, strings.TrimSpace(outputs)); e.outputs != "" && diff != "" {
		t.Error(diff)
	}
}

// exampleWorkspace copies a folder of examples/. Terraform finds there the mock's credentials and
// fakes of the AWS CLI and kubectl, and downloads files from the mock.
func exampleWorkspace(t *testing.T, folder string, api *mock) *workspace {
	t.Helper()
	source, err := fs.Sub(repository, path.Join("examples", folder))
	if err != nil {
		t.Fatal(err)
	}
	commands, err := filepath.Abs(filepath.Join("testdata", "bin"))
	if err != nil {
		t.Fatal(err)
	}
	api.ServeFiles()
	env := api.env()
	env["no_proxy"] = "127.0.0.1" // curl, unlike Go, sends requests to loopback through a proxy
	env["PATH"] = commands + string(os.PathListSeparator) + os.Getenv("PATH")
	env["TF_VAR_archive_linq_api_key"] = mockapi.DefaultLinqAPIKey
	w := newWorkspace(t, source, env)
	if runtime.GOOS == "windows" && len(w.contains(t, `provisioner "local-exec"`)) > 0 {
		t.Skip("the command needs a Unix shell")
	}
	return w
}

// page is a page of the documentation.
type page struct{ name, text string }

// documentation returns the pages of docs/, and README.md.
func documentation(t *testing.T) []page {
	t.Helper()
	names := []string{"README.md"}
	for _, pattern := range []string{"docs/*.md", "docs/*/*.md"} {
		found, err := fs.Glob(repository, pattern)
		if err != nil || len(found) == 0 {
			t.Fatal(err, pattern)
		}
		names = append(names, found...)
	}
	var pages []page
	for _, name := range names {
		pages = append(pages, page{name, readRepository(t, name)})
	}
	return pages
}

func readRepository(t *testing.T, name string) string {
	t.Helper()
	return readFile(t, filepath.Join("..", "..", filepath.FromSlash(name)))
}

var fence = regexp.MustCompile("(?ms)^```(\\w+)\n(.*?)^```$")

// TestDocumentationShowsExamples requires that each configuration on a page is a file of examples/,
// and that outputs are those of an example: TestAccDocumentation runs them.
func TestDocumentationShowsExamples(t *testing.T) {
	t.Parallel()
	known := map[string]bool{}
	err := fs.WalkDir(repository, "examples", func(file string, entry fs.DirEntry, err error) error {
		if err == nil && !entry.IsDir() {
			known[strings.TrimSpace(readRepository(t, file))] = true
		}
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	for _, e := range examples {
		known["Outputs:\n\n"+e.outputs] = true
	}
	shown := 0
	for _, p := range documentation(t) {
		for _, block := range fence.FindAllStringSubmatch(p.text, -1) {
			language, text := block[1], strings.TrimSpace(block[2])
			if language == "shell" || language == "mermaid" {
				continue
			}
			shown++
			if !known[text] {
				t.Errorf("%s: this isn't a file of examples/ or the outputs of one:\n%s", p.name, text)
			}
		}
		if strings.Count(p.text, "```") != 2*len(fence.FindAllString(p.text, -1)) {
			t.Errorf("%s: there is a fence without a language, or within a line", p.name)
		}
	}
	if shown < 20 {
		t.Errorf("there are only %d configurations and outputs", shown)
	}
}

var (
	link        = regexp.MustCompile(`\]\(([^):\s#]*)(#[^)\s]*)?\)`)
	heading     = regexp.MustCompile(`(?m)^#+ (.+)$`)
	notInAnchor = regexp.MustCompile(`[^\w\- ]`)
)

// TestDocumentationLinks requires that linked pages and headings exist. Relative links in
// docs/index.md break, because a registry serves it at a URL without a trailing slash.
func TestDocumentationLinks(t *testing.T) {
	t.Parallel()
	for _, p := range documentation(t) {
		for _, match := range link.FindAllStringSubmatch(p.text, -1) {
			target, anchor := p.name, match[2]
			if match[1] != "" {
				target = path.Join(path.Dir(p.name), match[1])
			}
			if _, err := fs.Stat(repository, target); err != nil {
				t.Errorf("%s: the link to %s is broken", p.name, match[1])
				continue
			}
			if match[1] != "" && p.name == "docs/index.md" {
				t.Errorf("%s: the relative link to %s breaks in a registry", p.name, match[1])
			}
			if anchor != "" && !strings.HasPrefix(anchor, "#nestedatt--") &&
				!anchors(readRepository(t, target))[anchor] {
				t.Errorf("%s: %s has no heading for %s", p.name, target, anchor)
			}
		}
	}
}

// anchors returns the anchors of the headings of a page.
func anchors(text string) map[string]bool {
	found := map[string]bool{}
	for _, match := range heading.FindAllStringSubmatch(text, -1) {
		plain := notInAnchor.ReplaceAllString(strings.ToLower(match[1]), "")
		found["#"+strings.ReplaceAll(plain, " ", "-")] = true
	}
	return found
}

// TestEveryBlockIsListed requires that each type is on the pages that list all types.
func TestEveryBlockIsListed(t *testing.T) {
	t.Parallel()
	for _, file := range []struct{ name, data, ephemeral string }{
		{
			"README.md", "[`data %q`](docs/data-sources/%[1]s.md)",
			"[`ephemeral %q`](docs/ephemeral-resources/%[1]s.md)",
		},
		{"templates/index.md.tmpl", "`data %q`", "`ephemeral %q`"},
		{"CHANGELOG.md", "* **New Data Source:** `%s`", "* **New Ephemeral Resource:** `%s`"},
	} {
		text := readRepository(t, file.name)
		for name := range schemas(t) {
			entry := fmt.Sprintf(file.data, name)
			if ephemeral, ok := strings.CutPrefix(name, "ephemeral "); ok {
				entry = fmt.Sprintf(file.ephemeral, ephemeral)
			}
			if name != "attachments" && !strings.Contains(text, entry) {
				t.Errorf("%s doesn't list %s", file.name, entry)
			}
		}
	}
}

// TestContributingNamesTests requires that the tests in CONTRIBUTING.md exist.
func TestContributingNamesTests(t *testing.T) {
	t.Parallel()
	tests := testSources(t, filepath.Join("..", "*", "*_test.go")) +
		testSources(t, filepath.Join("..", "*", "*", "*_test.go"))
	names := regexp.MustCompile(`\bTest\w{4,}`).FindAllString(readRepository(t, "CONTRIBUTING.md"), -1)
	for _, name := range names {
		if !strings.Contains(tests, testBegin(name)) {
			t.Errorf("there is no %s", name)
		}
	}
	if len(names) == 0 {
		t.Error("it names no test")
	}
}
