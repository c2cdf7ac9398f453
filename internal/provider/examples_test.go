package provider

import (
	"fmt"
	"io/fs"
	"os"
	"path"
	"path/filepath"
	"runtime"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"github.com/terraform-attachments/terraform-provider-attachments/internal/testing/mockapi"
)

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

// never is a version that doesn't exist, for a feature that Terraform or OpenTofu lacks.
const never = "99"

var (
	ephemeralResources = feature{"ephemeral resources", "1.10", "1.11"}
	storedValues       = feature{"store of terraform_data", "1.16", never}
	encryption         = feature{"encryption", never, "1.8"}
	providerForEach    = feature{"for_each in a provider configuration", never, "1.9"}
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
	"data-sources/linq_message": {
		outputs: `files = {
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
	"guides/find-ids/wix": {
		outputs: `ids = {
  "1e7efe60-355a-11eb-b032-19d0ca8630af" = "a.png"
  "4b0d7c52-3f19-4e8a-9d61-7a2c5e8f1b06" = "offer.pdf"
  "7c3e9a10-58d4-4f27-b6c9-0e1d2f3a4b57" = "tour.mp4"
  "9a5f1d38-0c7b-4be2-8e43-6d9c2a7b5f18" = "fresh.jpg"
  "b2e64f07-d19c-4a35-9f80-3c5b7e1a6d29" = "old.gif"
  "d8c1a5e6-7b40-4d92-a3fe-58e0b6c4f73a" = "mystery.bin"
}`,
	},
	"guides/from-http/before":                  {unavailable: true},
	"guides/keep-urls-out-of-state/encryption": {needs: encryption},
	"guides/keep-urls-out-of-state/several":    {needs: ephemeralResources},
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
	"guides/multiple-accounts/for-each": {
		needs: providerForEach,
		outputs: `files = {
  "north" = 6
  "south" = 0
}`,
	},
	"guides/testing-modules/aliases":  {needs: mockProvider, tests: "1 passed, 0 failed"},
	"guides/testing-modules/module":   {needs: mockProvider, tests: "2 passed, 0 failed"},
	"guides/urls-that-expire/store":   {needs: storedValues},
	"guides/use-the-content/in-state": {unavailable: true},
	"guides/use-the-content/on-disk":  {unavailable: true},
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

// exampleWorkspace copies a folder of examples/ into a workspace with the mock's credentials and
// fakes of the AWS CLI and kubectl. Files are downloaded from the mock.
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
	api.ServeFiles(time.Hour)
	env := api.env()
	env["no_proxy"] = "127.0.0.1" // curl, unlike Go, sends requests to loopback through a proxy
	env["PATH"] = commands + string(os.PathListSeparator) + os.Getenv("PATH")
	env["TF_VAR_archive_linq_api_key"] = mockapi.DefaultLinqAPIKey
	env["TF_VAR_passphrase"] = "correct horse battery"
	env["TF_VAR_app_secret"] = mockapi.DefaultWixAppSecret
	w := newWorkspace(t, source, env)
	if runtime.GOOS == "windows" && len(w.contains(t, `provisioner "local-exec"`)) > 0 {
		t.Skip("the command needs a Unix shell")
	}
	return w
}
