package main

import (
	"archive/zip"
	"bytes"
	"crypto/sha256"
	"errors"
	"fmt"
	"io/fs"
	"maps"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
)

const zipName = product + "_1.2.3_linux_arm64.zip"

// provider is a zip with these files, by their modes.
func provider(t *testing.T, files map[string]fs.FileMode) string {
	t.Helper()
	var buffer bytes.Buffer
	archive := zip.NewWriter(&buffer)
	for name, mode := range files {
		header := &zip.FileHeader{Name: name}
		header.SetMode(mode)
		if _, err := archive.CreateHeader(header); err != nil {
			t.Fatal(err)
		}
	}
	if err := archive.Close(); err != nil {
		t.Fatal(err)
	}
	return buffer.String()
}

func TestCheckTakesACompleteReleaseAlone(t *testing.T) {
	t.Parallel()
	good := provider(t, map[string]fs.FileMode{"LICENSE": 0o644, product + "_v1.2.3": 0o755})
	const manifest = "{}"
	complete := map[string]string{zipName: good, product + "_1.2.3_manifest.json": manifest}
	for name, test := range map[string]struct {
		listed map[string]string // contents by names
		there  map[string]string
		want   error
	}{
		"complete":           {complete, map[string]string{zipName: good}, nil},
		"a zip that changed": {complete, map[string]string{zipName: good + "x"}, errWrongSum},
		"no zip":             {complete, nil, fs.ErrNotExist},
		"a zip that isn't listed": {
			complete, map[string]string{zipName: good, "other.zip": good}, errUnexpected,
		},
		"no manifest": {
			map[string]string{zipName: good}, map[string]string{zipName: good}, errUnexpected,
		},
		"a manifest that changed": {
			map[string]string{zipName: good, product + "_1.2.3_manifest.json": "{ }"},
			map[string]string{zipName: good},
			errWrongSum,
		},
		"another version": {
			map[string]string{product + "_1.2.4_linux_arm64.zip": good}, nil, errUnexpected,
		},
		"a zip that contains something else": {
			map[string]string{zipName: "x", product + "_1.2.3_manifest.json": manifest},
			map[string]string{zipName: "x"},
			zip.ErrFormat,
		},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			checkRelease(t, test.listed, test.there, test.want)
		})
	}
	for name, files := range map[string]map[string]fs.FileMode{
		"not executable": {"LICENSE": 0o644, product + "_v1.2.3": 0o644},
		"other version":  {"LICENSE": 0o644, product + "_v1.2.4": 0o755},
		"of Windows":     {"LICENSE": 0o644, product + "_v1.2.3.exe": 0o755},
		"no license":     {product + "_v1.2.3": 0o755},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			content := provider(t, files)
			checkRelease(t,
				map[string]string{zipName: content, product + "_1.2.3_manifest.json": manifest},
				map[string]string{zipName: content}, errUnexpected)
		})
	}
}

func checkRelease(t *testing.T, listed, there map[string]string, want error) {
	t.Helper()
	folder := t.TempDir()
	var sums strings.Builder
	for _, name := range slices.Sorted(maps.Keys(listed)) {
		fmt.Fprintf(&sums, "%x  %s\n", sha256.Sum256([]byte(listed[name])), name)
	}
	write(t, filepath.Join(folder, product+"_1.2.3_SHA256SUMS"), sums.String())
	for name, content := range there {
		write(t, filepath.Join(folder, name), content)
	}
	manifest := filepath.Join(t.TempDir(), "manifest.json")
	write(t, manifest, "{}")

	zips, err := release{folder, "1.2.3"}.check(manifest)
	if !errors.Is(err, want) {
		t.Fatalf("got %v, want %v", err, want)
	}
	if err == nil && !slices.Equal(zips, []string{zipName}) {
		t.Errorf("got %q", zips)
	}
}

func TestEqualComparesContents(t *testing.T) {
	t.Parallel()
	folder := t.TempDir()
	one, another := filepath.Join(folder, "one"), filepath.Join(folder, "another")
	write(t, one, "x")
	write(t, another, "x")
	if err := equal(one, another); err != nil {
		t.Error(err)
	}
	write(t, another, "y")
	if err := equal(one, another); !errors.Is(err, errNotEqual) {
		t.Errorf("got %v", err)
	}
}

func write(t *testing.T, path, content string) {
	t.Helper()
	if err := os.WriteFile(path, []byte(content), 0o600); err != nil {
		t.Fatal(err)
	}
}
