package provider

import (
	"bytes"
	"encoding/json"
	"io/fs"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/terraform-attachments/terraform-provider-attachments/internal/mockapi"
)

// workspace is a folder with a configuration, run by an engine that has the provider installed as
// its users have it.
type workspace struct {
	folder string
	env    []string
}

// newWorkspace copies the configuration from source.
func newWorkspace(t *testing.T, source fs.FS, env map[string]string) *workspace {
	t.Helper()
	w := &workspace{folder: t.TempDir()}
	if err := os.CopyFS(w.folder, source); err != nil {
		t.Fatal(err)
	}
	for name, value := range env {
		w.env = append(w.env, name+"="+value)
	}
	return w
}

func (w *workspace) write(t *testing.T, name, text string) {
	t.Helper()
	if err := os.WriteFile(filepath.Join(w.folder, name), []byte(text), 0o600); err != nil {
		t.Fatal(err)
	}
}

// run returns what the engine prints.
func (w *workspace) run(t *testing.T, arguments ...string) (string, error) {
	t.Helper()
	engine, err := installed()
	if err != nil {
		t.Fatal(err)
	}
	var output bytes.Buffer
	command := engine.Command(t.Context(), w.folder, w.env, arguments...)
	command.Stdout = &output
	command.Stderr = &output
	err = command.Run()
	return output.String(), err
}

func (w *workspace) mustRun(t *testing.T, arguments ...string) string {
	t.Helper()
	output, err := w.run(t, arguments...)
	if err != nil {
		t.Fatalf("%s: %v\n%s", strings.Join(arguments, " "), err, output)
	}
	return output
}

// outputs returns the values of the configuration's outputs.
func (w *workspace) outputs(t *testing.T) map[string]any {
	t.Helper()
	var decoded map[string]struct {
		Value any `json:"value"`
	}
	if err := json.Unmarshal([]byte(w.mustRun(t, "output", "-json")), &decoded); err != nil {
		t.Fatal(err)
	}
	values := map[string]any{}
	for name, output := range decoded {
		values[name] = output.Value
	}
	return values
}

// contains tells which files of the workspace contain the text.
func (w *workspace) contains(t *testing.T, text string) []string {
	t.Helper()
	var found []string
	err := filepath.WalkDir(w.folder, func(path string, entry fs.DirEntry, err error) error {
		if err != nil || !entry.Type().IsRegular() {
			return err
		}
		data, err := os.ReadFile(path)
		if bytes.Contains(data, []byte(text)) {
			found = append(found, path)
		}
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	return found
}

// TestAccExamples runs what examples/ shows, as it stands.
func TestAccExamples(t *testing.T) {
	t.Parallel()
	for name, want := range map[string]map[string]any{
		"provider": {
			"filename": "photo.jpg",
		},
		"data-sources/linq_attachment": {
			"size": 1024000.0,
		},
		"data-sources/wix_contact_attachment": {
			"expires": "2024-05-01T10:00:00Z",
		},
		"data-sources/linq_attachments": {
			"files":   []any{"photo.jpg", "Rechnung März 2026.pdf"},
			"missing": []any{"00000000-0000-4000-8000-000000000000"},
		},
		"data-sources/wix_contact_attachments": {
			"pdfs": []any{"offer.pdf"},
		},
		"accounts": {
			"files": []any{"photo.jpg", "Rechnung März 2026.pdf", "a.png", "offer.pdf"},
		},
		"ephemeral-resources/linq_attachment":        {},
		"ephemeral-resources/wix_contact_attachment": {},
		"demo": {
			"files": map[string]any{
				"a.png": "https://static.wixstatic.com/media/11062b_abc~mv2.png",
				"photo.jpg": "https://cdn.linqapp.com/attachments/" + mockapi.LinqPhoto +
					"/photo.jpg",
			},
		},
	} {
		if strings.HasPrefix(name, "ephemeral") &&
			!engineHas(t, "ephemeral resources", "1.10", "1.11") {
			continue
		}
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			folder := filepath.Join("..", "..", "examples", filepath.FromSlash(name))
			env := newMock(t).env()
			env["TF_VAR_second_linq_api_key"] = mockapi.DefaultLinqAPIKey
			env["TF_VAR_second_wix_app_secret"] = mockapi.DefaultWixAppSecret
			w := newWorkspace(t, os.DirFS(folder), env)
			if name == "provider" {
				// An engine starts no provider that has no blocks.
				w.write(t, "reads.tf", `
data "linq_attachment" "photo" {
  provider      = attachments
  attachment_id = "`+mockapi.LinqPhoto+`"
}

output "filename" {
  value = data.linq_attachment.photo.filename
}
`)
			}
			w.mustRun(t, "init", "-no-color")
			w.mustRun(t, "apply", "-auto-approve", "-no-color")
			got := w.outputs(t)
			for output, value := range want {
				if !jsonEqual(t, got[output], value) {
					t.Errorf("%s: got %v, want %v", output, got[output], value)
				}
			}
		})
	}
}

func jsonEqual(t *testing.T, a, b any) bool {
	t.Helper()
	first, err := json.Marshal(a)
	if err != nil {
		t.Fatal(err)
	}
	second, err := json.Marshal(b)
	if err != nil {
		t.Fatal(err)
	}
	return bytes.Equal(first, second)
}
