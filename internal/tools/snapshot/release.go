package main

import (
	"archive/zip"
	"crypto/sha256"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
)

const product = "terraform-provider-attachments"

// release is a folder with the files of one.
type release struct {
	folder  string
	version string
}

func (r release) sumsName() string {
	return product + "_" + r.version + "_SHA256SUMS"
}

var (
	errUnexpected = errors.New("not what the registries expect")
	errWrongSum   = errors.New("the sum is wrong")
	errNotEqual   = errors.New("the zips of two builds differ")
)

// check returns the names of the zips, all of which are as the registries want them: listed with
// their sums, as is the manifest, and each with the provider under its name for that version.
func (r release) check(manifest string) ([]string, error) {
	text, err := os.ReadFile(filepath.Join(r.folder, r.sumsName()))
	if err != nil {
		return nil, err
	}
	manifestName := product + "_" + r.version + "_manifest.json"
	zipName := regexp.MustCompile(
		"^" + regexp.QuoteMeta(product+"_"+r.version) + `_[a-z]+_(386|amd64|arm|arm64)\.zip$`)
	sums, zips := map[string]string{}, []string(nil)
	for line := range strings.Lines(string(text)) {
		sum, name, _ := strings.Cut(strings.TrimSuffix(line, "\n"), "  ")
		path := filepath.Join(r.folder, name)
		switch {
		case name == manifestName:
			path = manifest // it gets its name when it is uploaded
		case zipName.MatchString(name):
			zips = append(zips, name)
		default:
			return nil, fmt.Errorf("%s lists %q: %w", r.sumsName(), name, errUnexpected)
		}
		if err := checkSum(path, sum); err != nil {
			return nil, err
		}
		sums[name] = sum
	}
	if sums[manifestName] == "" {
		return nil, fmt.Errorf("%s has no %s: %w", r.sumsName(), manifestName, errUnexpected)
	}

	there, err := filepath.Glob(filepath.Join(r.folder, "*.zip"))
	if err != nil {
		return nil, err
	}
	if len(there) != len(zips) {
		return nil, fmt.Errorf("there are %q, listed are %q: %w", there, zips, errUnexpected)
	}
	for _, name := range zips {
		if err := r.checkZip(name); err != nil {
			return nil, err
		}
	}
	return zips, nil
}

func (r release) checkZip(name string) error {
	archive, err := zip.OpenReader(filepath.Join(r.folder, name))
	if err != nil {
		return fmt.Errorf("%s: %w", name, err)
	}
	defer archive.Close()
	binary := product + "_v" + r.version
	if strings.Contains(name, "_windows_") {
		binary += ".exe"
	}
	want := []string{
		"LICENSE -rw-r--r--",
		binary + " -rwxr-xr-x",
	}
	var got []string
	for _, file := range archive.File {
		got = append(got, file.Name+" "+file.Mode().String())
	}
	slices.Sort(got)
	if !slices.Equal(got, want) {
		return fmt.Errorf("%s contains %q: %w", name, got, errUnexpected)
	}
	return nil
}

func checkSum(path, want string) error {
	data, err := os.ReadFile(path)
	if err != nil {
		return err
	}
	if got := fmt.Sprintf("%x", sha256.Sum256(data)); got != want {
		return fmt.Errorf("%s: %w: it is %s, not %s", path, errWrongSum, got, want)
	}
	return nil
}

func equal(one, another string) error {
	data, err := os.ReadFile(one)
	if err != nil {
		return err
	}
	err = checkSum(another, fmt.Sprintf("%x", sha256.Sum256(data)))
	if errors.Is(err, errWrongSum) {
		return fmt.Errorf("%w: %w", errNotEqual, err)
	}
	return err
}
