package provider

import (
	"fmt"
	"io/fs"
	"os"
	"path"
	"path/filepath"
	"regexp"
	"strings"
	"testing"
)

// repository is the folder of the repository.
var repository = os.DirFS(filepath.Join("..", ".."))

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

// frontMatter matches front matter with a literal description, which is the submatch.
var frontMatter = regexp.MustCompile(
	`\A---\n(?:[a-z_]+: .*\n)+description: \|-\n((?:  .+\n)+)---\n`)

// TestPagesSuitRegistries requires a literal description of at most 300 bytes that says what a type
// is for, and a page of at most 500 KB. Registries and their assistants cut off longer ones.
func TestPagesSuitRegistries(t *testing.T) {
	t.Parallel()
	for _, p := range documentation(t) {
		if p.name == "README.md" {
			continue
		}
		if len(p.text) > 500_000 {
			t.Errorf("%s has %d bytes", p.name, len(p.text))
		}
		match := frontMatter.FindStringSubmatch(p.text)
		if match == nil {
			t.Errorf("%s has no literal description", p.name)
			continue
		}
		description := strings.Join(strings.Fields(match[1]), " ")
		if len(match[1]) > 300 || !strings.HasSuffix(description, ".") {
			t.Errorf("%s: %d bytes: %s", p.name, len(match[1]), description)
		}
		isGuide := path.Dir(p.name) == "docs/guides"
		if !isGuide && !strings.HasPrefix(description, "Use this ") {
			t.Errorf("%s doesn't say what it is for: %s", p.name, description)
		}
	}
}

// TestDataSourcesShowTheirEphemeralVersion requires the ephemeral example on the data source's
// page, because some registries have no pages for ephemeral resources.
func TestDataSourcesShowTheirEphemeralVersion(t *testing.T) {
	t.Parallel()
	for name := range schemas(t) {
		typeName, ok := strings.CutPrefix(name, "ephemeral ")
		if !ok {
			continue
		}
		example := readRepository(t, "examples/ephemeral-resources/"+typeName+"/ephemeral-resource.tf")
		if !strings.Contains(readRepository(t, "docs/data-sources/"+typeName+".md"), example) {
			t.Errorf("the page of %s doesn't have the example", typeName)
		}
	}
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
