//go:build snapshot

package provider

import (
	"archive/zip"
	"bytes"
	"debug/buildinfo"
	"encoding/json"
	"fmt"
	"io/fs"
	"os"
	"os/exec"
	"path/filepath"
	"runtime"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
)

// snapshotZip is the zip file of a release for one platform.
type snapshotZip struct {
	name   string // without .zip
	files  []string
	binary []byte
	info   *buildinfo.BuildInfo
}

// forEachZip runs a test for each zip of both releases.
func forEachZip(t *testing.T, run func(*testing.T, *registry, snapshotZip)) {
	t.Helper()
	r := newRegistry(t)
	for _, release := range r.releases {
		for _, p := range release.packages {
			t.Run(p.filename, func(t *testing.T) {
				t.Parallel()
				run(t, r, readZip(t, p.filename, r.files[p.filename], release.version))
			})
		}
	}
}

func readZip(t *testing.T, name string, content []byte, version string) snapshotZip {
	t.Helper()
	archive, err := zip.NewReader(bytes.NewReader(content), int64(len(content)))
	if err != nil {
		t.Fatal(err)
	}
	read := snapshotZip{name: strings.TrimSuffix(name, ".zip")}
	for _, file := range archive.File {
		read.files = append(read.files, file.Name)
	}
	read.binary, err = fs.ReadFile(archive, "terraform-provider-attachments_v"+version)
	if err != nil {
		t.Fatal(err)
	}
	read.info, err = buildinfo.Read(bytes.NewReader(read.binary))
	if err != nil {
		t.Fatal(err)
	}
	return read
}

func (z snapshotZip) setting(key string) string {
	for _, setting := range z.info.Settings {
		if setting.Key == key {
			return setting.Value
		}
	}
	return ""
}

func TestSnapshotRecordsItsVersionAndCommit(t *testing.T) {
	t.Parallel()
	forEachZip(t, func(t *testing.T, _ *registry, z snapshotZip) {
		if len(z.setting("vcs.revision")) != 40 || z.setting("vcs.modified") != "false" ||
			!strings.HasPrefix(z.info.Main.Version, "v") {
			t.Errorf("version %s, %v", z.info.Main.Version, z.info.Settings)
		}
	})
}

func TestSnapshotPrintsItsVersion(t *testing.T) {
	t.Parallel()
	forEachZip(t, func(t *testing.T, _ *registry, z snapshotZip) {
		prefix, platform, _ := strings.Cut(z.name, "_"+runtime.GOOS+"_")
		if platform != runtime.GOARCH {
			return // only this platform's runs here
		}
		path := filepath.Join(t.TempDir(), "provider")
		if err := os.WriteFile(path, z.binary, 0o700); err != nil {
			t.Fatal(err)
		}
		got, err := exec.CommandContext(t.Context(), path, "-version").Output()
		want := fmt.Sprintf("%s (commit %s, %s)\n",
			strings.Replace(prefix, "_", " ", 1), z.setting("vcs.revision"), z.info.GoVersion)
		if err != nil || string(got) != want {
			t.Errorf("got %q, %v, want %q", got, err, want)
		}
	})
}

// TestSnapshotHasTheLicensesOfItsModules finds each in a folder with the module's path, or below it
// if only some packages are linked.
func TestSnapshotHasTheLicensesOfItsModules(t *testing.T) {
	t.Parallel()
	forEachZip(t, func(t *testing.T, _ *registry, z snapshotZip) {
		for _, name := range []string{
			"LICENSE", "licenses/go/LICENSE", "licenses/google.golang.org/grpc/NOTICE.txt",
		} {
			if !slices.Contains(z.files, name) {
				t.Errorf("no %s", name)
			}
		}
		for _, module := range z.info.Deps {
			if !slices.ContainsFunc(z.files, func(name string) bool {
				return strings.HasPrefix(name, "licenses/"+module.Path+"/") &&
					strings.Contains(name, "/LICENSE")
			}) {
				t.Errorf("no license of %s", module.Path)
			}
		}
	})
}

func TestSnapshotHasAnSBOMOfItsModules(t *testing.T) {
	t.Parallel()
	forEachZip(t, func(t *testing.T, r *registry, z snapshotZip) {
		var sbom struct {
			Components []struct{ Name, Version string }
		}
		if err := json.Unmarshal(r.files[z.name+".cdx.json"], &sbom); err != nil {
			t.Fatal(err)
		}
		got := map[string]string{}
		for _, component := range sbom.Components {
			got[component.Name] = component.Version
		}
		want := map[string]string{"std": z.info.GoVersion}
		for _, module := range z.info.Deps {
			want[module.Path] = module.Version
		}
		if diff := cmp.Diff(want, got); diff != "" {
			t.Error(diff)
		}
	})
}
