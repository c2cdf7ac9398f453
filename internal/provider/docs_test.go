package provider

import (
	"fmt"
	"io/fs"
	"os"
	"path"
	"path/filepath"
	"regexp"
	"runtime"
	"slices"
	"strings"
	"testing"
	"testing/fstest"

	"github.com/google/go-cmp/cmp"

	"github.com/terraform-attachments/terraform-provider-attachments/internal/testing/mockapi"
)

// mostFmtOnly is how many configurations the documentation may show without their being run.
const mostFmtOnly = 4

// TestAccDocumentationFormat has the engine look at the format of all that the documentation shows.
func TestAccDocumentationFormat(t *testing.T) {
	t.Parallel()
	files, shown, fmtOnly := fstest.MapFS{}, 0, []string{}
	pages := readPages(t)
	for _, p := range pages {
		for name, text := range p.files {
			files[path.Join(p.name, name)] = &fstest.MapFile{Data: []byte(text)}
		}
		for _, c := range p.configurations {
			shown++
			files[fmt.Sprintf("%s/line%d.tf", p.name, c.line)] = &fstest.MapFile{Data: []byte(c.text)}
			if c.fmtOnly != "" {
				fmtOnly = append(fmtOnly, fmt.Sprintf("%s (%s)", c, c.fmtOnly))
			}
		}
	}
	w := newWorkspace(t, files, nil)
	if output, err := w.run(t, "fmt", "-check", "-diff", "-recursive", "-no-color"); err != nil {
		t.Errorf("%v\n%s", err, output)
	}
	if shown < 30 || len(fmtOnly) > mostFmtOnly {
		t.Errorf("there are %d configurations, and %d aren't run", shown, len(fmtOnly))
	}
	fmt.Fprintf(os.Stderr, "Documentation: %d configurations on %d pages, %d of them not run: %s.\n",
		shown, len(pages), len(fmtOnly), strings.Join(fmtOnly, ", "))
}

// TestDocumentationLinks looks for the files that pages link to. A registry shows docs/index.md
// under an address that has no slash at its end, so that its relative links would lead elsewhere.
func TestDocumentationLinks(t *testing.T) {
	t.Parallel()
	for _, p := range readPages(t) {
		for _, link := range p.links {
			target := filepath.FromSlash(path.Join("..", "..", path.Dir(p.name), link))
			if _, err := os.Stat(target); err != nil || p.name == "docs/index.md" {
				t.Errorf("%s: the link to %s leads nowhere", p.name, link)
			}
		}
	}
}

// TestEveryBlockIsListed looks for each type where the reader looks for what there is.
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
		text := readFile(t, filepath.Join("..", "..", filepath.FromSlash(file.name)))
		for name := range schemas(t) {
			entry := fmt.Sprintf(file.data, name)
			if twin, ok := strings.CutPrefix(name, "ephemeral "); ok {
				entry = fmt.Sprintf(file.ephemeral, twin)
			}
			if name != "attachments" && !strings.Contains(text, entry) {
				t.Errorf("%s has no %s", file.name, entry)
			}
		}
	}
}

// TestContributingNamesTests looks for the tests that the recipe sends its reader to.
func TestContributingNamesTests(t *testing.T) {
	t.Parallel()
	tests := testSources(t, filepath.Join("..", "*", "*_test.go"))
	text := readFile(t, filepath.Join("..", "..", "CONTRIBUTING.md"))
	names := regexp.MustCompile(`\bTest\w{4,}`).FindAllString(text, -1)
	for _, name := range names {
		if !strings.Contains(tests, testBegin(name)) {
			t.Errorf("there is no %s", name)
		}
	}
	if len(names) < 10 {
		t.Errorf("it names only %v", names)
	}
}

// TestAccDocumentation runs what the documentation shows, as it stands.
func TestAccDocumentation(t *testing.T) {
	t.Parallel()
	// With its folder and its lock file, others need no init of their own.
	initialized := newWorkspace(t, fstest.MapFS{
		"main.tf": {Data: []byte(under("attachments", ""))},
	}, nil)
	initialized.mustRun(t, "init", "-input=false", "-no-color")

	for _, p := range readPages(t) {
		for _, c := range p.configurations {
			if c.fmtOnly != "" {
				continue
			}
			t.Run(c.String(), func(t *testing.T) {
				t.Parallel()
				c.run(t, initialized)
			})
		}
	}
}

// documentationEnv is the environment of what the documentation shows: the mock, commands that
// stand for those of provisioners, and a value for each variable that has no default.
func documentationEnv(t *testing.T) map[string]string {
	t.Helper()
	commands, err := filepath.Abs(filepath.Join("testdata", "bin"))
	if err != nil {
		t.Fatal(err)
	}
	env := newMock(t).env()
	env["PATH"] = commands + string(os.PathListSeparator) + os.Getenv("PATH")
	for name, value := range map[string]string{
		"linq_api_key":          mockapi.DefaultLinqAPIKey,
		"second_linq_api_key":   mockapi.DefaultLinqAPIKey,
		"wix_api_key":           mockapi.DefaultWixAPIKey,
		"second_wix_app_secret": mockapi.DefaultWixAppSecret,
	} {
		env["TF_VAR_"+name] = value
	}
	return env
}

var warningLine = regexp.MustCompile(`Warning: (.+)`)

// run validates the configuration, and applies it where there is something to apply.
func (c *configuration) run(t *testing.T, initialized *workspace) {
	if c.needs == "ephemeral" || c.has("ephemeral") {
		requireEngine(t, "ephemeral resources", "1.10", "1.11")
	}
	all := c.text
	for _, text := range c.page.files {
		all += text
	}
	requireShell(t, all)

	applies := c.fails != "" || c.has("data", "ephemeral", "resource", "module")
	initializes := c.fails != "" || c.has("module")
	files := fstest.MapFS{"configuration.tf": {Data: []byte(c.complete())}}
	for name, text := range c.page.files {
		files[name] = &fstest.MapFile{Data: []byte(text)}
	}
	if !applies {
		files["uses.tf"] = &fstest.MapFile{Data: []byte(c.uses())}
	}
	env := documentationEnv(t)
	if !initializes {
		files[".terraform.lock.hcl"] = &fstest.MapFile{
			Data: []byte(readFile(t, filepath.Join(initialized.folder, ".terraform.lock.hcl"))),
		}
		env["TF_DATA_DIR"] = filepath.Join(initialized.folder, ".terraform")
	}
	w := newWorkspace(t, files, env)

	var output string
	var err error
	if initializes {
		output, err = w.run(t, "init", "-input=false", "-no-color")
	}
	if err == nil && applies {
		output, err = w.run(t, "apply", "-auto-approve", "-input=false", "-no-color")
	} else if err == nil {
		output, err = w.run(t, "validate", "-no-color")
	}
	c.check(t, output, err)
}

// requireShell skips the test where there is no shell for the commands of the configuration.
func requireShell(t *testing.T, configuration string) {
	t.Helper()
	if runtime.GOOS == "windows" && strings.Contains(configuration, `provisioner "local-exec"`) {
		t.Skip("the command is for a shell of Unix")
	}
}

// check looks at what came of a run.
func (c *configuration) check(t *testing.T, output string, err error) {
	t.Helper()
	if c.fails != "" {
		summary := regexp.MustCompile("Error: " + wrapped(c.fails) + `\s`)
		if err == nil || !summary.MatchString(output) {
			t.Errorf("got %v, want %q:\n%s", err, c.fails, output)
		}
		return
	}
	if err != nil {
		t.Fatalf("%v\n%s", err, output)
	}
	var warnings []string
	for _, warning := range warningLine.FindAllStringSubmatch(output, -1) {
		warnings = append(warnings, warning[1])
	}
	if got := strings.Join(slices.Compact(warnings), ", "); got != c.warns {
		t.Errorf("got the warnings %q, want %q:\n%s", got, c.warns, output)
	}
	if c.outputs != nil {
		_, got, _ := strings.Cut(output, "\nOutputs:\n")
		if diff := cmp.Diff(*c.outputs, strings.TrimSpace(got)); diff != "" {
			t.Errorf("the page shows other outputs: %s", diff)
		}
	}
}

// TestAccExamples runs those of examples/ that no page shows: what a page shows is run by
// TestAccDocumentation.
func TestAccExamples(t *testing.T) {
	t.Parallel()
	shown := map[string]bool{}
	for _, p := range readPages(t) {
		for _, text := range p.files {
			shown[strings.TrimSpace(text)] = true
		}
		for _, c := range p.configurations {
			shown[strings.TrimSpace(c.text)] = c.fmtOnly == ""
		}
	}
	wants := map[string]map[string]any{
		"demo/main.tf": {
			"files": map[string]any{
				"a.png": "https://static.wixstatic.com/media/11062b_abc~mv2.png",
				"photo.jpg": "https://cdn.linqapp.com/attachments/" + mockapi.LinqPhoto +
					"/photo.jpg",
			},
		},
	}
	examples := os.DirFS(filepath.Join("..", "..", "examples"))
	err := fs.WalkDir(examples, ".", func(file string, _ fs.DirEntry, err error) error {
		if err != nil || path.Ext(file) != ".tf" {
			return err
		}
		text, err := fs.ReadFile(examples, file)
		if err != nil {
			return err
		}
		want, ok := wants[file]
		if ok == shown[strings.TrimSpace(string(text))] {
			t.Errorf("%s must be on a page or among those that this test runs, and not on both", file)
		}
		if ok {
			t.Run(file, func(t *testing.T) {
				t.Parallel()
				runExample(t, examples, path.Dir(file), want)
			})
		}
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
}

func runExample(t *testing.T, examples fs.FS, folder string, want map[string]any) {
	source, err := fs.Sub(examples, folder)
	if err != nil {
		t.Fatal(err)
	}
	w := newWorkspace(t, source, documentationEnv(t))
	w.mustRun(t, "fmt", "-check", "-diff", "-no-color")
	w.mustRun(t, "init", "-no-color")
	w.mustRun(t, "apply", "-auto-approve", "-no-color")
	got := w.outputs(t)
	for output, value := range want {
		if diff := cmp.Diff(value, got[output]); diff != "" {
			t.Errorf("%s: %s", output, diff)
		}
	}
}
