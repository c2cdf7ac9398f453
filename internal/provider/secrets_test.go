package provider

import (
	"archive/zip"
	"bytes"
	"io"
	"maps"
	"path/filepath"
	"strings"
	"testing"
	"testing/fstest"

	"github.com/terraform-attachments/terraform-provider-attachments/internal/mockapi"
)

const readsBothAPIs = `
data "linq_attachment" "photo" {
  provider      = attachments
  attachment_id = "` + mockapi.LinqPhoto + `"
}

data "wix_contact_attachment" "image" {
  provider      = attachments
  contact_id    = "` + mockapi.WixContact + `"
  attachment_id = "` + mockapi.WixImage + `"
}

resource "terraform_data" "urls" {
  input = [data.linq_attachment.photo.download_url, data.wix_contact_attachment.image.download_url]
}
`

// TestAccCredentialsAreWrittenNowhere searches every byte that a run leaves behind at TF_LOG=TRACE.
func TestAccCredentialsAreWrittenNowhere(t *testing.T) {
	t.Parallel()
	for name, test := range map[string]struct {
		configuration string
		env           func(m *mock) map[string]string
		least         [2]string // of Terraform and OpenTofu
	}{
		"from the environment": {
			configuration: under("attachments", readsBothAPIs),
			env:           (*mock).env,
			least:         [2]string{"1.5", "1.6"},
		},
		"from ephemeral variables": {
			configuration: under("attachments", `
variable "linq_api_key" {
  type      = string
  ephemeral = true
}

variable "wix_api_key" {
  type      = string
  ephemeral = true
}

provider "attachments" {
  linq = {
    api_key = var.linq_api_key
  }
  wix = {
    api_key = var.wix_api_key
  }
}
`+readsBothAPIs),
			env: func(m *mock) map[string]string {
				env := m.env()
				maps.DeleteFunc(env, func(name, _ string) bool {
					return strings.HasSuffix(name, "_API_KEY")
				})
				env["TF_VAR_linq_api_key"] = mockapi.DefaultLinqAPIKey
				env["TF_VAR_wix_api_key"] = mockapi.DefaultWixAPIKey
				return env
			},
			least: [2]string{"1.10", "1.11"},
		},
	} {
		if !testEngine.AtLeast(test.least[0], test.least[1]) {
			t.Logf("%s isn't for %s", name, testEngine)
			continue
		}
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			api := newMock(t)
			env := test.env(api)
			env["TF_LOG"] = "TRACE"
			w := newWorkspace(t,
				fstest.MapFS{"main.tf": {Data: []byte(test.configuration)}}, env)

			printed := w.mustRun(t, "init", "-no-color")
			printed += w.mustRun(t, "plan", "-no-color", "-out=saved.tfplan")
			plan := unzip(t, filepath.Join(w.folder, "saved.tfplan"))
			printed += w.mustRun(t, "show", "-json", "saved.tfplan")
			printed += w.mustRun(t, "apply", "-no-color", "saved.tfplan")
			printed += w.mustRun(t, "show", "-json")

			// The search is able to find what is there.
			if !strings.Contains(printed, "photo.jpg") || !strings.Contains(printed, "[TRACE]") ||
				!strings.Contains(plan, "photo.jpg") || len(w.contains(t, "photo.jpg")) == 0 {
				t.Fatal("the run left behind less than it should")
			}
			for _, secret := range []string{mockapi.DefaultLinqAPIKey, mockapi.DefaultWixAPIKey} {
				if strings.Contains(printed, secret) {
					t.Errorf("%s was printed", secret)
				}
				if strings.Contains(plan, secret) {
					t.Errorf("%s is in the plan", secret)
				}
				if files := w.contains(t, secret); len(files) > 0 {
					t.Errorf("%s is in %v", secret, files)
				}
			}
		})
	}
}

// unzip returns what is in a saved plan, all files in one.
func unzip(t *testing.T, path string) string {
	t.Helper()
	archive, err := zip.OpenReader(path)
	if err != nil {
		t.Fatal(err)
	}
	defer archive.Close()
	var content bytes.Buffer
	for _, entry := range archive.File {
		file, err := entry.Open()
		if err != nil {
			t.Fatal(err)
		}
		if _, err := io.Copy(&content, file); err != nil {
			t.Fatal(err)
		}
		file.Close()
	}
	return content.String()
}
