package provider

import (
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"
	"testing/fstest"

	"github.com/hashicorp/terraform-plugin-testing/helper/resource"
	"github.com/hashicorp/terraform-plugin-testing/plancheck"

	"github.com/terraform-attachments/terraform-provider-attachments/internal/testing/mockapi"
)

// guide returns the source of a guide.
func guide(t *testing.T, name string) string {
	t.Helper()
	return readFile(t, filepath.Join("..", "..", "templates", "guides", name+".md.tmpl"))
}

var shown = regexp.MustCompile("(?s)```terraform\n(.*?)```")

// shownIn returns the one configuration of a guide that has this text, complete with the
// required_providers of the guide's first one.
func shownIn(t *testing.T, name, has string) string {
	t.Helper()
	blocks := shown.FindAllStringSubmatch(guide(t, name), -1)
	var found []string
	for _, block := range blocks {
		if strings.Contains(block[1], has) {
			found = append(found, block[1])
		}
	}
	if len(found) != 1 {
		t.Fatalf("%d configurations of the guide %s have %q", len(found), name, has)
	}
	if !strings.Contains(found[0], "required_providers") {
		head, _, _ := strings.Cut(blocks[0][1], "\n}\n")
		return head + "\n}\n" + found[0]
	}
	return found[0]
}

const urlInTheTrigger = "triggers_replace = data.linq_attachment.passport.download_url"

// TestAccSignedURLsOfTheGuideReplaceNothing applies what the guide shows, and plans again, when the
// URL is another one.
func TestAccSignedURLsOfTheGuideReplaceNothing(t *testing.T) {
	t.Parallel()
	for name, test := range map[string]struct {
		has       string
		ephemeral bool
	}{
		"trigger on the id": {has: "triggers_replace = data.linq_attachment.passport.id"},
		"ignore changes":    {has: "ignore_changes"},
		"ephemeral":         {has: "ephemeral.linq_attachment.passport", ephemeral: true},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			if test.ephemeral {
				requireEngine(t, "ephemeral resources", "1.10", "1.11")
			}
			configuration := shownIn(t, "changing-urls", test.has)
			requireShell(t, configuration)
			api := newMock(t)
			resource.UnitTest(t, resource.TestCase{
				ProtoV6ProviderFactories: serveProvider(api.env()),
				Steps: []resource.TestStep{
					{Config: configuration},
					{
						Config: configuration,
						ConfigPlanChecks: resource.ConfigPlanChecks{
							PreApply: []plancheck.PlanCheck{plancheck.ExpectEmptyPlan()},
						},
					},
				},
			})
			for _, request := range api.Requests() {
				if !strings.HasSuffix(request.Path, mockapi.LinqSigned) {
					t.Errorf("%s was read, whose URL stays the same", request.Path)
				}
			}
		})
	}
}

// TestAccSignedURLInTheTriggerReplacesTheResource has what the guide calls wrong.
func TestAccSignedURLInTheTriggerReplacesTheResource(t *testing.T) {
	t.Parallel()
	resource.UnitTest(t, resource.TestCase{
		ProtoV6ProviderFactories: serveProvider(newMock(t).env()),
		Steps: []resource.TestStep{{
			Config: shownIn(t, "changing-urls", urlInTheTrigger),
			ConfigPlanChecks: resource.ConfigPlanChecks{
				PostApplyPostRefresh: []plancheck.PlanCheck{plancheck.ExpectResourceAction(
					"terraform_data.copy", plancheck.ResourceActionReplace)},
			},
			ExpectNonEmptyPlan: true,
		}},
	})
}

// TestAccApplyOfASavedPlanReadsEphemeralURLsAlone has the URL of a data source be from when the
// plan was made.
func TestAccApplyOfASavedPlanReadsEphemeralURLsAlone(t *testing.T) {
	t.Parallel()
	for name, test := range map[string]struct {
		has      string
		requests int // of the apply
	}{
		"data source": {has: "triggers_replace = data.linq_attachment.passport.id"},
		"ephemeral":   {has: "ephemeral.linq_attachment.passport", requests: 1},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			if test.requests > 0 {
				requireEngine(t, "ephemeral resources", "1.10", "1.11")
			}
			configuration := shownIn(t, "changing-urls", test.has)
			requireShell(t, configuration)
			api := newMock(t)
			w := newWorkspace(t, fstest.MapFS{"main.tf": {Data: []byte(configuration)}}, api.env())
			w.mustRun(t, "init")
			w.mustRun(t, "plan", "-out=saved.tfplan")
			planned := len(api.Requests())
			w.mustRun(t, "apply", "saved.tfplan")
			if got := len(api.Requests()) - planned; got != test.requests {
				t.Errorf("%d requests at apply, want %d", got, test.requests)
			}
		})
	}
}

// TestAccModuleIsTestedWithoutCredentials runs the tests of the module that the guide shows, which
// pass without a request, and then on a module that is wrong.
func TestAccModuleIsTestedWithoutCredentials(t *testing.T) {
	t.Parallel()
	requireEngine(t, "mock_provider", "1.7", "1.8")
	const right = "data.linq_attachment.photo.download_url"
	folder := os.DirFS(filepath.Join("..", "..", "examples", "testing"))
	api := newMock(t)
	w := newWorkspace(t, folder,
		map[string]string{"LINQ_API_V3_BASE_URL": api.url + mockapi.LinqPath})
	w.mustRun(t, "init")
	output := w.mustRun(t, "test", "-no-color")
	if !strings.Contains(output, "2 passed, 0 failed") {
		t.Errorf("got\n%s", output)
	}
	if requests := api.Requests(); len(requests) > 0 {
		t.Errorf("%v", requests)
	}

	module := readFile(t, filepath.Join(w.folder, "main.tf"))
	if !strings.Contains(module, right) {
		t.Fatalf("%s isn't in the module", right)
	}
	w.write(t, "main.tf", strings.ReplaceAll(module, right, `"https://another.example"`))
	output, err := w.run(t, "test", "-no-color")
	if err == nil || !strings.Contains(output, "1 passed, 1 failed") ||
		!strings.Contains(output, "The photo hasn't its URL.") {
		t.Errorf("a wrong module: %v\n%s", err, output)
	}
}
