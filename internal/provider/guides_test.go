package provider

import (
	"errors"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"strconv"
	"strings"
	"testing"

	"github.com/terraform-attachments/terraform-provider-attachments/internal/testing/mockapi"
)

// plan returns the plan of the workspace, and whether there are changes in it.
func plan(t *testing.T, w *workspace) (output string, changes bool) {
	t.Helper()
	output, err := w.run(t, "plan", "-detailed-exitcode", "-input=false", "-no-color")
	var exit *exec.ExitError
	if errors.As(err, &exit) && exit.ExitCode() == 2 {
		return output, true
	}
	if err != nil {
		t.Fatalf("%v\n%s", err, output)
	}
	return output, false
}

// appliedExample is exampleWorkspace after an apply.
func appliedExample(t *testing.T, folder string, api *mock) *workspace {
	t.Helper()
	w := exampleWorkspace(t, folder, api)
	w.mustRun(t, "init", "-no-color")
	w.mustRun(t, "apply", "-auto-approve", "-no-color")
	return w
}

// replace replaces a string that main.tf must have.
func (w *workspace) replace(t *testing.T, from, to string) {
	t.Helper()
	text := readFile(t, filepath.Join(w.folder, "main.tf"))
	if !strings.Contains(text, from) {
		t.Fatalf("main.tf doesn't contain %s", from)
	}
	w.write(t, "main.tf", strings.ReplaceAll(text, from, to))
}

// TestAccAnotherAttachmentReplacesTheResource changes the attachment ID of applied examples.
func TestAccAnotherAttachmentReplacesTheResource(t *testing.T) {
	t.Parallel()
	for folder, test := range map[string]struct{ id, another, changes string }{
		"guides/urls-that-expire/during-apply": {
			mockapi.LinqSigned, mockapi.LinqPDF, "2 to add, 0 to change, 2 to destroy",
		},
		"guides/use-a-download-url/server": {
			mockapi.LinqPhoto, mockapi.LinqPDF, "1 to add, 1 to change, 1 to destroy",
		},
		"guides/use-a-download-url/kubernetes": {
			mockapi.WixPDF, mockapi.WixVideo, "2 to add, 0 to change, 2 to destroy",
		},
	} {
		t.Run(folder, func(t *testing.T) {
			t.Parallel()
			requireFeature(t, examples[folder].needs)
			w := appliedExample(t, folder, newMock(t))
			w.replace(t, test.id, test.another)
			if output := w.mustRun(t, "plan", "-no-color"); !strings.Contains(output, test.changes) {
				t.Errorf("want %s, got\n%s", test.changes, output)
			}
		})
	}
}

// TestAccPreventDestroyKeepsTheCopy has a file deleted that the recipe has copied.
func TestAccPreventDestroyKeepsTheCopy(t *testing.T) {
	t.Parallel()
	api := newMock(t)
	w := exampleWorkspace(t, "guides/many-attachments/for-each", api)
	w.replace(t, "  provisioner ", "  lifecycle {\n    prevent_destroy = true\n  }\n\n  provisioner ")
	w.mustRun(t, "init", "-no-color")
	w.mustRun(t, "apply", "-auto-approve", "-no-color")
	api.Delete(mockapi.LinqPhoto)
	output, err := w.run(t, "plan", "-no-color")
	if err == nil || !strings.Contains(output, "prevent_destroy") {
		t.Errorf("got %v\n%s", err, output)
	}
}

// TestAccReadsInAModuleWithDependsOn has an unrelated change postpone the read, so that what the
// provider returns is unknown, but not the arguments.
func TestAccReadsInAModuleWithDependsOn(t *testing.T) {
	t.Parallel()
	for attribute, want := range map[string]string{
		"attachment_id": "Plan: 0 to add, 1 to change, 0 to destroy.",
		"id":            "module.recipe.aws_instance.server will be replaced",
	} {
		t.Run(attribute, func(t *testing.T) {
			t.Parallel()
			w := exampleWorkspace(t, "guides/use-a-download-url/server", newMock(t))
			example := readFile(t, filepath.Join(w.folder, "main.tf"))
			if err := os.Mkdir(filepath.Join(w.folder, "recipe"), 0o750); err != nil {
				t.Fatal(err)
			}
			w.write(t, "recipe/main.tf", strings.ReplaceAll(example,
				"data.linq_attachment.photo.attachment_id", "data.linq_attachment.photo."+attribute))
			w.write(t, "main.tf", `module "recipe" {
  source     = "./recipe"
  depends_on = [terraform_data.unrelated]
}
`)
			w.write(t, "unrelated.tf", unrelated("1"))
			w.mustRun(t, "init", "-no-color")
			w.mustRun(t, "apply", "-auto-approve", "-no-color")
			w.write(t, "unrelated.tf", unrelated("2"))
			if output := w.mustRun(t, "plan", "-no-color"); !strings.Contains(output, want) {
				t.Errorf("want %s, got\n%s", want, output)
			}
		})
	}
}

// TestAccURLInAShellScriptIsQuoted runs the server's user data with a URL that is a shell command.
func TestAccURLInAShellScriptIsQuoted(t *testing.T) {
	t.Parallel()
	const url = "https://x.example/a'b?c=$(echo d)&e=\"f"
	api := newMock(t)
	w := exampleWorkspace(t, "guides/use-a-download-url/server", api)
	api.PutLinq(`{"id":"` + mockapi.LinqPhoto + `","download_url":` + strconv.Quote(url) + `}`)
	w.write(t, "output.tf", "output \"script\" {\n  value     = aws_instance.server.user_data\n"+
		"  sensitive = true\n}\n")
	w.mustRun(t, "init", "-no-color")
	w.mustRun(t, "apply", "-auto-approve", "-no-color")
	script, _ := w.outputs(t)["script"].(string)
	command := exec.CommandContext(t.Context(), "sh")
	command.Stdin = strings.NewReader("curl() { printf '%s' \"$3\"; }\n" + script)
	got, err := command.CombinedOutput()
	if want := strings.Replace(url, "https://x.example", api.url+"/files/x.example", 1); err != nil ||
		string(got) != want {
		t.Errorf("want %s, got %v %s from\n%s", want, err, got, script)
	}
}

// TestAccSignedURLInTheTriggerReplacesTheResource does what the guide warns against.
func TestAccSignedURLInTheTriggerReplacesTheResource(t *testing.T) {
	t.Parallel()
	w := exampleWorkspace(t, "guides/urls-that-expire/during-apply", newMock(t))
	w.replace(t, "= terraform_data.passport.id",
		"= data.linq_attachment.passport.download_url")
	w.mustRun(t, "init", "-no-color")
	w.mustRun(t, "apply", "-auto-approve", "-no-color")
	output, _ := plan(t, w)
	if !strings.Contains(output, "terraform_data.copy must be replaced") {
		t.Errorf("got\n%s", output)
	}
}

// TestAccApplyOfASavedPlan counts the requests that applying a saved plan sends.
func TestAccApplyOfASavedPlan(t *testing.T) {
	t.Parallel()
	for folder, want := range map[string]int{ // requests during apply
		"guides/use-a-download-url/server":     0,
		"guides/urls-that-expire/during-apply": 1,
		"guides/urls-that-expire/store":        1,
		"ephemeral-resources/linq_attachment":  1,
	} {
		t.Run(folder, func(t *testing.T) {
			t.Parallel()
			requireFeature(t, examples[folder].needs)
			api := newMock(t)
			w := exampleWorkspace(t, folder, api)
			w.mustRun(t, "init", "-no-color")
			w.mustRun(t, "plan", "-out=saved.tfplan", "-no-color")
			planned := len(api.Requests())
			w.mustRun(t, "apply", "-no-color", "saved.tfplan")
			if got := len(api.Requests()) - planned; got != want {
				t.Errorf("%d requests during apply, want %d", got, want)
			}
		})
	}
}

// TestAccFailedCommandPrintsTheURL has Terraform show a URL that it masks otherwise.
func TestAccFailedCommandPrintsTheURL(t *testing.T) {
	t.Parallel()
	w := exampleWorkspace(t, "guides/urls-that-expire/during-apply", newMock(t))
	w.replace(t, `curl -fsSLo passport.png \"$URL\"`, `echo \"$URL\"; exit 1`)
	w.mustRun(t, "init", "-no-color")
	output, err := w.run(t, "apply", "-auto-approve", "-no-color")
	if err == nil || !strings.Contains(output, "X-Amz-Signature=") {
		t.Errorf("got %v\n%s", err, output)
	}
}

// TestAccFailedDownloadIsRepeatedWithANewURL applies a saved plan after a download that failed.
func TestAccFailedDownloadIsRepeatedWithANewURL(t *testing.T) {
	t.Parallel()
	for replace, want := range map[string]int{ // requests during apply
		"": 0, "-replace=terraform_data.passport": 1,
	} {
		api := newMock(t)
		w := exampleWorkspace(t, "guides/urls-that-expire/during-apply", api)
		w.mustRun(t, "init", "-no-color")
		w.replace(t, "curl -fsSLo", "exit 1; curl -fsSLo")
		if output, err := w.run(t, "apply", "-auto-approve", "-no-color"); err == nil {
			t.Fatalf("the download succeeded:\n%s", output)
		}
		w.replace(t, "exit 1; ", "")
		w.mustRun(t, strings.Fields("plan -out=saved.tfplan -no-color "+replace)...)
		planned := len(api.Requests())
		w.mustRun(t, "apply", "-no-color", "saved.tfplan")
		if got := len(api.Requests()) - planned; got != want {
			t.Errorf("%q: %d requests during apply, want %d", replace, got, want)
		}
	}
}

// TestAccInstallationIsRemoved removes one of two provider configurations with its data source.
func TestAccInstallationIsRemoved(t *testing.T) {
	t.Parallel()
	requireFeature(t, providerForEach)
	w := appliedExample(t, "guides/multiple-accounts/for-each", newMock(t))
	north, _, _ := strings.Cut(readFile(t, filepath.Join(w.folder, "terraform.tfvars")), "  south")
	w.write(t, "terraform.tfvars", north+"}\n")
	w.mustRun(t, "apply", "-auto-approve", "-no-color")
	if got := fmt.Sprint(w.outputs(t)["files"]); got != "map[north:6]" {
		t.Errorf("got %s", got)
	}
}

// TestAccStoredURLChangesWithItsVersion requires that the stored URL changes only with the version.
func TestAccStoredURLChangesWithItsVersion(t *testing.T) {
	t.Parallel()
	requireFeature(t, storedValues)
	w := appliedExample(t, "guides/urls-that-expire/store", newMock(t))
	first := w.outputs(t)["url"]
	if output, changes := plan(t, w); changes {
		t.Errorf("the second plan isn't empty:\n%s", output)
	}
	w.replace(t, "version   = 1", "version   = 2")
	w.mustRun(t, "apply", "-auto-approve", "-no-color")
	if second := w.outputs(t)["url"]; first == second || second == nil {
		t.Errorf("got %v, then %v", first, second)
	}
}

// TestAccEncryptedFilesHaveNoURL searches plan and state for the URL.
func TestAccEncryptedFilesHaveNoURL(t *testing.T) {
	t.Parallel()
	requireFeature(t, encryption)
	w := exampleWorkspace(t, "guides/keep-urls-out-of-state/encryption", newMock(t))
	w.mustRun(t, "init", "-no-color")
	w.mustRun(t, "plan", "-no-color", "-out=saved.tfplan")
	w.mustRun(t, "apply", "-no-color", "saved.tfplan")
	url := fmt.Sprint(w.outputs(t)["url"])
	if !strings.Contains(url, "X-Amz-Signature=") {
		t.Errorf("got %s", url)
	}
	for _, name := range []string{"saved.tfplan", "terraform.tfstate"} {
		text := readFile(t, filepath.Join(w.folder, name))
		if !strings.Contains(text, "encrypted_data") || strings.Contains(text, "passport.png") {
			t.Errorf("%s: %s", name, text)
		}
	}
}

// TestAccDestroyAfterTheFileIsGone needs -refresh=false.
func TestAccDestroyAfterTheFileIsGone(t *testing.T) {
	t.Parallel()
	w := appliedExample(t, "guides/use-a-download-url/server", newMock(t))
	w.replace(t, mockapi.LinqPhoto, "00000000-0000-4000-8000-000000000000")
	output, err := w.run(t, "destroy", "-auto-approve", "-no-color")
	if err == nil || !strings.Contains(output, "Error: Linq Attachment Not Found") {
		t.Errorf("got %v\n%s", err, output)
	}
	w.mustRun(t, "destroy", "-auto-approve", "-refresh=false", "-no-color")
}

// TestAccModuleIsTestedWithoutCredentials runs the tests of the guide's module, which pass without
// a request, and then on a module with a bug.
func TestAccModuleIsTestedWithoutCredentials(t *testing.T) {
	t.Parallel()
	requireFeature(t, mockProvider)
	api := newMock(t)
	w := exampleWorkspace(t, "guides/testing-modules/module", api)
	w.env = []string{"LINQ_API_V3_BASE_URL=" + api.url + mockapi.LinqPath}
	w.mustRun(t, "init", "-no-color")
	w.mustRun(t, "test", "-no-color")
	if requests := api.Requests(); len(requests) > 0 {
		t.Errorf("%v", requests)
	}

	w.replace(t, "data.linq_attachment.photo.download_url", `"https://another.example"`)
	output, err := w.run(t, "test", "-no-color")
	if err == nil || !strings.Contains(output, "1 passed, 1 failed") ||
		!strings.Contains(output, "A URL is missing.") {
		t.Errorf("a module with a bug: %v\n%s", err, output)
	}
}

// TestAccMocksLeaveAliasesAlone reads from the API with the credentials of the environment,
// although there is a mock_provider.
func TestAccMocksLeaveAliasesAlone(t *testing.T) {
	t.Parallel()
	requireFeature(t, mockProvider)
	api := newMock(t)
	w := exampleWorkspace(t, "guides/testing-modules/aliases", api)
	w.replace(t, "configuration_aliases = [linq.archive]\n    }\n  }\n}\n",
		"}\n  }\n}\n\nprovider \"linq\" {\n  alias = \"archive\"\n}\n")
	w.write(t, "tests/filename.tftest.hcl", `mock_provider "linq" {}

run "a" {}
`)
	w.mustRun(t, "init", "-no-color")
	w.mustRun(t, "test", "-no-color")
	if len(api.Requests()) == 0 {
		t.Error("the alias was mocked")
	}
}
