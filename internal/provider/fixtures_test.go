package provider

import (
	"io/fs"
	"os"
	"path/filepath"
	"testing"
)

// fixture returns the test's folder in testdata/, or a folder in it. Tests with plugin-testing use
// config.TestNameDirectory instead. If a folder has a provider block, plugin-testing takes the
// provider servers from the test step, not from the test case.
func fixture(t *testing.T, within ...string) fs.FS {
	t.Helper()
	names := append([]string{"testdata", filepath.FromSlash(t.Name())}, within...)
	return os.DirFS(filepath.Join(names...))
}

func readFile(t *testing.T, path string) string {
	t.Helper()
	data, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	return string(data)
}

// TestAccFixtureFormat runs terraform fmt on testdata/.
func TestAccFixtureFormat(t *testing.T) {
	t.Parallel()
	w := &workspace{folder: "testdata"}
	if output, err := w.run(t, "fmt", "-check", "-diff", "-recursive", "-no-color"); err != nil {
		t.Errorf("%v\n%s", err, output)
	}
}
