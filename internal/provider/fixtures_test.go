package provider

import (
	"io/fs"
	"os"
	"path/filepath"
	"strings"
	"testing"
)

// fixture is the folder that testdata/ has for the test, under its name, or a folder in that.
// Tests that run an engine by plugin-testing find theirs by config.TestNameDirectory; it takes the
// servers of a test from the step, not the case, where a folder has a provider block.
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

// TestAccFixtureFormat has the engine look at the format of all that is in testdata/.
func TestAccFixtureFormat(t *testing.T) {
	t.Parallel()
	w := &workspace{folder: "testdata"}
	if output, err := w.run(t, "fmt", "-check", "-diff", "-recursive", "-no-color"); err != nil {
		t.Errorf("%v\n%s", err, output)
	}
}

// TestEveryFixtureHasItsTest looks for folders that no test has any more, but not inside of them.
func TestEveryFixtureHasItsTest(t *testing.T) {
	t.Parallel()
	tests := testSources(t, "*_test.go")
	folders, err := filepath.Glob(filepath.Join("testdata", "Test*"))
	if err != nil || len(folders) == 0 {
		t.Fatal(err, folders)
	}
	for _, folder := range folders {
		name := filepath.Base(folder)
		if !strings.Contains(tests, testBegin(name)) {
			t.Errorf("there is no %s", name)
		}
	}
}

// testSources are the files with that pattern, one after the other.
func testSources(t *testing.T, pattern string) string {
	t.Helper()
	paths, err := filepath.Glob(pattern)
	if err != nil {
		t.Fatal(err)
	}
	var sources strings.Builder
	for _, path := range paths {
		sources.WriteString(readFile(t, path))
	}
	return sources.String()
}

// testBegin is how a test with that name begins.
func testBegin(name string) string { return "\nfunc " + name + "(t *testing.T) {" }
