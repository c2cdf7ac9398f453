package provider

import (
	"fmt"
	"io/fs"
	"path"
	"path/filepath"
	"runtime"
	"strings"
	"testing"
	"time"

	"github.com/terraform-attachments/terraform-provider-attachments/internal/testing/mockapi"
)

// exampleRun is how to run a folder of examples/, if it differs from the others.
type exampleRun struct {
	validateOnly bool // because it reads from the vendor's own host
	needs        feature
	tests        string // the result that "terraform test" prints; if empty, the example is applied
	outputs      string // what Terraform prints below "Outputs:"; not checked if empty
	later        later
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
	writeOnlyArguments = feature{"write-only arguments", "1.11", "1.11"}
)

// examples has the folders of examples/ that differ from the others.
var examples = map[string]exampleRun{
	"data-sources/linq_attachment": {
		outputs: "file = \"photo.jpg, 1024000 bytes\"\nurl = <sensitive>",
		later:   later{newURLs: newOutput},
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
		later: later{newURLs: newOutput, gone: listedAsMissing},
	},
	"data-sources/linq_message": {
		outputs: `names = {
  "550e8400-e29b-41d4-a716-446655440000" = "photo.jpg"
  "6f1b8a52-8d0e-4c07-9b52-3b1f0c6f2a10" = "Rechnung März 2026.pdf"
}
urls = <sensitive>`,
		later: later{newURLs: newOutput, gone: listedAsMissing},
	},
	"data-sources/wix_contact_attachment": {
		outputs: `file = "offer.pdf"
url = <sensitive>
url_expires = "2046-07-01T00:00:00.000Z"`,
		later: later{newURLs: newOutput},
	},
	"data-sources/wix_contact_attachments": {
		later: later{newURLs: newOutput, notReady: leftOut, gone: droppedFromList},
	},
	"ephemeral-resources/linq_attachment":                 {needs: ephemeralResources},
	"ephemeral-resources/linq_attachment/secrets-manager": {needs: writeOnlyArguments},
	"ephemeral-resources/wix_contact_attachment":          {needs: ephemeralResources},
	"guides/download-the-file/contact": {
		later: later{notReady: leftOut, unrelated: unknownKeys, gone: copyDestroyed},
	},
	"guides/files-not-ready/postcondition": {
		later: later{
			notReady: consequence{text: "Wix is still processing a PDF of the customer."},
			gone:     consequence{text: "No changes."},
		},
	},
	"guides/find-ids/by-name": {
		outputs: `offer_id = "4b0d7c52-3f19-4e8a-9d61-7a2c5e8f1b06"`,
		later:   later{gone: consequence{text: "The customer must have exactly one offer.pdf."}},
	},
	"guides/from-http/after":                   {later: later{newURLs: newOutput}},
	"guides/from-http/before":                  {validateOnly: true},
	"guides/keep-urls-out-of-state/encryption": {needs: encryption, later: later{newURLs: newOutput}},
	"guides/keep-urls-out-of-state/several":    {needs: ephemeralResources},
	"guides/many-attachments/for-each": {
		later: later{unrelated: unknownKeys, gone: copyDestroyed},
	},
	"guides/many-attachments/own-list": {
		later: later{gone: consequence{text: "Linq has no attachment " + mockapi.LinqPhoto + "."}},
	},
	"guides/multiple-accounts/aliases": {
		outputs: `files = [
  "invoice.pdf",
  "receipt.txt",
]`,
	},
	"guides/multiple-accounts/for-each": {
		needs: providerForEach,
		outputs: `files = {
  "north" = 6
  "south" = 0
}`,
		later: later{notReady: leftOut, gone: droppedFromList},
	},
	"guides/testing-modules/aliases":       {needs: mockProvider, tests: "1 passed, 0 failed"},
	"guides/testing-modules/module":        {needs: mockProvider, tests: "2 passed, 0 failed"},
	"guides/urls-that-expire/store":        {needs: storedValues},
	"guides/use-a-download-url/kubernetes": {needs: writeOnlyArguments},
	"guides/use-a-download-url/optional":   {later: later{newURLs: newOutput}},
	"provider": {
		outputs: "urls = <sensitive>",
		later:   later{newURLs: newOutput},
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
		t.Run(folder, func(t *testing.T) {
			t.Parallel()
			e := examples[folder]
			requireFeature(t, e.needs)
			api := newMock(t)
			api.SignURLs()
			w := exampleWorkspace(t, folder, api)
			w.mustRun(t, "init", "-no-color")
			switch {
			case e.validateOnly:
				w.mustRun(t, "validate", "-no-color")
			case e.tests != "":
				if output := w.mustRun(t, "test", "-no-color"); !strings.Contains(output, e.tests) {
					t.Errorf("want %s, got\n%s", e.tests, output)
				}
			default:
				runExample(t, w, api, e)
			}
		})
	}
}

// requireFeature skips the test if Terraform or OpenTofu lacks the feature.
func requireFeature(t *testing.T, f feature) {
	t.Helper()
	if f.name != "" {
		requireEngine(t, f.name, f.terraform, f.openTofu)
	}
}

// exampleWorkspace copies a folder of examples/ into a workspace with the mock's credentials and
// stubs of the other providers. Files are downloaded from the mock.
func exampleWorkspace(t *testing.T, folder string, api *mock) *workspace {
	t.Helper()
	source, err := fs.Sub(repository, path.Join("examples", folder))
	if err != nil {
		t.Fatal(err)
	}
	api.ServeFiles(time.Hour)
	env := api.env()
	env["no_proxy"] = "127.0.0.1" // curl, unlike Go, sends requests to loopback through a proxy
	env["TF_VAR_archive_linq_api_key"] = mockapi.SecondLinqAPIKey
	env["TF_VAR_passphrase"] = "correct horse battery"
	env["TF_VAR_app_secret"] = mockapi.DefaultWixAppSecret
	env["TF_VAR_photo_id"] = mockapi.LinqPhoto
	env["TF_VAR_linq_api_key"] = mockapi.DefaultLinqAPIKey
	env["TF_VAR_wix_api_key"] = mockapi.DefaultWixAPIKey
	env["TF_VAR_wix_access_token"] = mockapi.DefaultWixAccessToken
	env["TF_VAR_wix_app_secret"] = mockapi.DefaultWixAppSecret
	w := newWorkspace(t, source, env)
	if needsShell(t, w) {
		t.Skip("the command needs a Unix shell")
	}
	if len(w.contains(t, `"hashicorp/`)) > 0 {
		w.env = append(w.env, "TF_REATTACH_PROVIDERS="+serveStubs(t))
	}
	return w
}

// needsShell reports whether a command of the workspace needs a shell that the system lacks.
func needsShell(t *testing.T, w *workspace) bool {
	t.Helper()
	return runtime.GOOS == "windows" && len(w.contains(t, `provisioner "local-exec"`)) > 0
}
