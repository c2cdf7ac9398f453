package provider

import (
	"bytes"
	"encoding/json"
	"io/fs"
	"os"
	"path/filepath"
	"strings"
	"testing"
)

// workspace is a folder with a configuration, for Terraform with the installed provider. Their
// connection isn't encrypted, which is a third faster: each start would make new keys.
type workspace struct {
	folder string
	env    []string
}

// newWorkspace copies the configuration from source.
func newWorkspace(t *testing.T, source fs.FS, env map[string]string) *workspace {
	t.Helper()
	w := &workspace{folder: t.TempDir(), env: []string{"TF_DISABLE_PLUGIN_TLS=1"}}
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

// run returns the command's output.
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

// contains returns the files of the workspace that contain the text.
func (w *workspace) contains(t *testing.T, text string) []string {
	t.Helper()
	var found []string
	root := os.DirFS(w.folder)
	err := fs.WalkDir(root, ".", func(path string, entry fs.DirEntry, err error) error {
		if err != nil || !entry.Type().IsRegular() {
			return err
		}
		data, err := fs.ReadFile(root, path)
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

// requireEngine skips the test if Terraform or OpenTofu is older than these versions.
func requireEngine(t *testing.T, what, terraform, openTofu string) {
	t.Helper()
	if !testEngine.AtLeast(terraform, openTofu) {
		t.Skipf("%s has no %s", testEngine, what)
	}
}
