package provider

import (
	"io/fs"
	"os"
	"path/filepath"
	"strings"
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

// TestEveryFixtureHasItsTest finds folders in testdata/ without a test.
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

// testSources returns the files that match the pattern, concatenated.
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

// testBegin returns the first line of a test with that name.
func testBegin(name string) string { return "\nfunc " + name + "(t *testing.T) {" }
