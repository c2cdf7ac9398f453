package main

import (
	"io/fs"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
)

// mustGit runs git as somebody who has no configuration of their own.
func mustGit(t *testing.T, folder string, arguments ...string) string {
	t.Helper()
	output, err := git(t.Context(), folder, append([]string{
		"-c", "user.name=a", "-c", "user.email=a@example.com", "-c", "commit.gpgSign=false",
	}, arguments...)...)
	if err != nil {
		t.Fatal(err)
	}
	return output
}

func TestCopyCheckoutTakesAllButWhatIsIgnored(t *testing.T) {
	t.Parallel()
	root := t.TempDir()
	at := func(name string) string { return filepath.Join(root, name) }
	mustGit(t, root, "init", "--quiet")
	write(t, at(".gitignore"), "/build/\n")
	write(t, at("committed"), "1")
	write(t, at("changed"), "1")
	write(t, at("deleted"), "1")
	mustGit(t, root, "add", ".")
	mustGit(t, root, "commit", "--quiet", "--message", "Begin")
	write(t, at("changed"), "2")
	if err := os.Remove(at("deleted")); err != nil {
		t.Fatal(err)
	}
	for _, folder := range []string{"new folder", "build"} {
		if err := os.Mkdir(at(folder), 0o700); err != nil {
			t.Fatal(err)
		}
		write(t, at(filepath.Join(folder, "fïle")), "2")
	}

	to := filepath.Join(t.TempDir(), "copy")
	if err := copyCheckout(t.Context(), to, root); err != nil {
		t.Fatal(err)
	}
	got := map[string]string{}
	files := os.DirFS(to)
	err := fs.WalkDir(files, ".", func(name string, entry fs.DirEntry, err error) error {
		switch {
		case err != nil:
			return err
		case name == ".git":
			return fs.SkipDir
		case entry.IsDir():
			return nil
		}
		text, err := fs.ReadFile(files, name)
		got[name] = string(text)
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	if diff := cmp.Diff(map[string]string{
		".gitignore": "/build/\n", "committed": "1", "changed": "2", "new folder/fïle": "2",
	}, got); diff != "" {
		t.Error(diff)
	}
	head := []string{"rev-parse", "HEAD"}
	if diff := cmp.Diff(mustGit(t, root, head...), mustGit(t, to, head...)); diff != "" {
		t.Error(diff)
	}
}

func TestCopyCheckoutTellsWhatGitSays(t *testing.T) {
	t.Parallel()
	folder := t.TempDir()
	err := copyCheckout(t.Context(), filepath.Join(folder, "copy"), filepath.Join(folder, "none"))
	if err == nil || !strings.HasPrefix(err.Error(), "git clone: ") {
		t.Errorf("got %v", err)
	}
}
