package provider

import (
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/hashicorp/hcl/v2"
	"github.com/hashicorp/hcl/v2/hclwrite"

	"github.com/terraform-attachments/terraform-provider-attachments/internal/testing/mockapi"
)

// page is a page of the documentation, with what its tests need of it.
type page struct {
	name           string // the path in the repository
	configurations []*configuration
	files          map[string]string // what its configurations need besides, by path
	links          []string          // to other files of the repository
}

// configuration is a fenced block with the info string terraform. The comments directly before it
// say what is particular to it.
type configuration struct {
	page    *page
	line    int // where the fence is
	text    string
	outputs *string // what the page says that it puts out, if anything
	fmtOnly string  // why it isn't run, if so: <!-- fmt only: REASON -->
	fails   string  // summary of the error that it has: <!-- fails: SUMMARY -->
	warns   string  // summary of the warning that it has: <!-- warns: SUMMARY -->
	needs   string  // what an engine may lack: <!-- needs: ephemeral -->
}

func (c *configuration) String() string { return fmt.Sprintf("%s:%d", c.page.name, c.line) }

// errMarkdown is the error of what these tests would pass over.
var errMarkdown = errors.New("bad Markdown")

var (
	commentLine = regexp.MustCompile(`^<!-- (file|fmt only|fails|warns|needs): (.+) -->$`)
	fenceLine   = regexp.MustCompile("^(`{3,})([^`]*)$")
	strayFence  = regexp.MustCompile("^\\s*([-*>]\\s*)*(`{3,}|~{3,})")
	linkTarget  = regexp.MustCompile(`\]\(([^)#:\s]+)(#[^)\s]*)?\)`)
)

// parsePage reads a page of Markdown.
func parsePage(name, text string) (*page, error) {
	p := &page{name: name, files: map[string]string{}}
	lines := strings.Split(text, "\n")
	var last *configuration // while its outputs may follow
	comments := map[string]string{}
	for i := 0; i < len(lines); i++ {
		line := lines[i]
		problem := func(what string) error {
			return fmt.Errorf("%w: %s:%d: %s", errMarkdown, name, i+1, what)
		}
		fence := fenceLine.FindStringSubmatch(line)
		switch {
		case fence != nil:
		case strayFence.MatchString(line):
			return nil, problem("a fence with tildes or not at the beginning of its line")
		case strings.HasPrefix(line, "<!--"):
			comment := commentLine.FindStringSubmatch(line)
			if comment != nil {
				comments[comment[1]] = comment[2]
			} else if i+1 < len(lines) && fenceLine.MatchString(lines[i+1]) {
				return nil, problem("a comment before a fence that isn't one of those known")
			}
			continue
		default:
			if strings.TrimSpace(line) != "" && len(comments) > 0 {
				return nil, problem("no fence after a comment that is for one")
			}
			for _, link := range linkTarget.FindAllStringSubmatch(line, -1) {
				p.links = append(p.links, link[1])
			}
			continue
		}

		start := i
		for i++; i < len(lines) && lines[i] != fence[1]; i++ {
		}
		if i == len(lines) {
			return nil, problem("a fence that isn't closed")
		}
		c := &configuration{
			page:    p,
			line:    start + 1,
			text:    strings.Join(lines[start+1:i], "\n") + "\n",
			fmtOnly: comments["fmt only"],
			fails:   comments["fails"],
			warns:   comments["warns"],
			needs:   comments["needs"],
		}
		info, file := fence[2], comments["file"]
		comments = map[string]string{}
		switch {
		case file != "":
			if !filepath.IsLocal(file) || p.files[file] != "" {
				return nil, problem("a file that leads elsewhere, or a second one of that name")
			}
			p.files[file] = c.text
			continue
		case c.needs != "" && c.needs != "ephemeral":
			return nil, problem("something that isn't known to be needed")
		case info == "terraform":
			p.configurations = append(p.configurations, c)
			last = c
			continue
		case c.fmtOnly+c.fails+c.warns+c.needs != "":
			return nil, problem("a comment for configurations before something else")
		case info == "shell":
			continue // commands may stand between a configuration and what it puts out
		case info == "" || info == "hcl" || info == "tf":
			return nil, problem("a fence that should have the info string terraform or be a file")
		case info == "text" && strings.HasPrefix(c.text, "Outputs:\n"):
			if last == nil {
				return nil, problem("outputs that don't follow a configuration")
			}
			outputs := strings.TrimSpace(strings.TrimPrefix(c.text, "Outputs:\n"))
			last.outputs = &outputs
		}
		last = nil
	}
	if len(comments) > 0 {
		return nil, fmt.Errorf("%w: %s ends with a comment that is for a fence", errMarkdown, name)
	}
	return p, nil
}

// blocks returns the configuration's blocks; none where it isn't valid, of which an engine tells.
func (c *configuration) blocks() []*hclwrite.Block {
	file, diags := hclwrite.ParseConfig([]byte(c.text), c.String(), hcl.InitialPos)
	if diags.HasErrors() {
		return nil
	}
	return file.Body().Blocks()
}

// has tells whether the configuration has a block of one of these types.
func (c *configuration) has(types ...string) bool {
	return slices.ContainsFunc(c.blocks(), func(block *hclwrite.Block) bool {
		return slices.Contains(types, block.Type())
	})
}

// requirements returns a terraform block that has the configuration's required_providers, and
// nothing else; "" where it has none.
func (c *configuration) requirements() string {
	for _, block := range c.blocks() {
		if block.Type() != "terraform" {
			continue
		}
		if required := block.Body().FirstMatchingBlock("required_providers", nil); required != nil {
			result := hclwrite.NewEmptyFile()
			result.Body().AppendNewBlock("terraform", nil).Body().AppendBlock(required)
			return string(hclwrite.Format(result.Bytes()))
		}
	}
	return ""
}

// uses returns a block for each of the configuration's providers: engines don't look at the
// settings of a provider that has none.
func (c *configuration) uses() string {
	uses := ""
	for i, block := range c.blocks() {
		if block.Type() != "provider" {
			continue
		}
		name := block.Labels()[0]
		if alias := block.Body().GetAttribute("alias"); alias != nil {
			name += "." + strings.Trim(string(alias.Expr().BuildTokens(nil).Bytes()), ` "`)
		}
		uses += fmt.Sprintf("data \"linq_attachment\" \"use%d\" {\n  provider      = %s\n"+
			"  attachment_id = %q\n}\n", i, name, mockapi.LinqPhoto)
	}
	return uses
}

// complete returns the configuration with the required_providers of its page where it has none of
// its own.
func (c *configuration) complete() string {
	if c.requirements() != "" {
		return c.text
	}
	for _, other := range c.page.configurations {
		if requirements := other.requirements(); requirements != "" && other.fmtOnly == "" {
			return requirements + "\n" + c.text
		}
	}
	return c.text
}

// readPages returns the pages of docs/, and those beside it that are in the same form.
func readPages(t *testing.T) []*page {
	t.Helper()
	root := os.DirFS(filepath.Join("..", ".."))
	names := []string{"README.md", "CONTRIBUTING.md", "SECURITY.md"}
	err := fs.WalkDir(root, "docs", func(path string, entry fs.DirEntry, err error) error {
		if err == nil && !entry.IsDir() && filepath.Ext(path) == ".md" {
			names = append(names, path)
		}
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	var pages []*page
	for _, name := range names {
		text, err := fs.ReadFile(root, name)
		if err != nil {
			t.Fatal(err)
		}
		p, err := parsePage(name, string(text))
		if err != nil {
			t.Fatal(err)
		}
		pages = append(pages, p)
	}
	return pages
}

func TestParsePage(t *testing.T) {
	t.Parallel()
	p, err := parsePage("a.md", strings.ReplaceAll(`# A [b](../b.md#c) [d](https://d.example)

<!-- a comment -->

~~~terraform
terraform {
  required_version = ">= 1.5"
  required_providers {
    linq = { source = "x/y" }
  }
}
~~~

~~~text
Outputs:

a = 1
~~~

<!-- file: x/main.tf -->
~~~terraform
# a module
~~~

<!-- needs: ephemeral -->
<!-- fails: Bad -->
~~~terraform
data "a" "b" {}
~~~

~~~text
Error: Bad
~~~

<!-- fmt only: no provider -->
~~~terraform
resource "c" "d" {}
~~~
`, "~~~", "```"))
	if err != nil {
		t.Fatal(err)
	}
	if diff := cmp.Diff([]string{"../b.md"}, p.links); diff != "" {
		t.Error(diff)
	}
	if diff := cmp.Diff(map[string]string{"x/main.tf": "# a module\n"}, p.files); diff != "" {
		t.Error(diff)
	}
	if len(p.configurations) != 3 {
		t.Fatalf("got %v", p.configurations)
	}
	first, second, third := p.configurations[0], p.configurations[1], p.configurations[2]
	if first.outputs == nil || *first.outputs != "a = 1" || first.line != 5 {
		t.Errorf("got %+v", first)
	}
	if second.outputs != nil || second.needs != "ephemeral" || second.fails != "Bad" {
		t.Errorf("got %+v", second)
	}
	if third.fmtOnly != "no provider" || third.needs+third.fails != "" {
		t.Errorf("got %+v", third)
	}
	const want = `terraform {
  required_providers {
    linq = { source = "x/y" }
  }
}

data "a" "b" {}
`
	if diff := cmp.Diff(want, second.complete()); diff != "" {
		t.Error(diff)
	}
	if diff := cmp.Diff(first.text, first.complete()); diff != "" {
		t.Error(diff)
	}
}

func TestParsePageErrors(t *testing.T) {
	t.Parallel()
	for name, text := range map[string]string{
		"tildes":             "~~~terraform\n~~~\n",
		"in a list":          "- ```terraform\n",
		"indented":           "   ```terraform\n",
		"not closed":         "```terraform\na\n",
		"no info string":     "```\na\n```\n",
		"other info string":  "```hcl\na\n```\n",
		"unknown comment":    "<!-- fmt: x -->\n```terraform\n```\n",
		"unknown need":       "<!-- needs: luck -->\n```terraform\n```\n",
		"comment for text":   "<!-- fails: x -->\n```text\n```\n",
		"comment, no fence":  "<!-- fails: x -->\nBut:\n```terraform\n```\n",
		"comment at the end": "<!-- fails: x -->\n",
		"file outside":       "<!-- file: ../a -->\n```yaml\n```\n",
		"file twice":         "<!-- file: a -->\n```yaml\n```\n<!-- file: a -->\n```yaml\n```\n",
		"outputs of nothing": "```text\nOutputs:\n\na = 1\n```\n",
	} {
		if _, err := parsePage("a.md", text); !errors.Is(err, errMarkdown) {
			t.Errorf("%s: got %v", name, err)
		}
	}
}
