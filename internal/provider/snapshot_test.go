//go:build snapshot

package provider

import (
	"errors"
	"fmt"
	"io/fs"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"runtime"
	"strings"
	"testing"

	"github.com/terraform-attachments/terraform-provider-attachments/internal/testing/engine"
)

const lockFile = ".terraform.lock.hcl"

// demoWorkspace has examples/demo and a CLI configuration.
func demoWorkspace(t *testing.T, api *mock, cliConfig string) *workspace {
	t.Helper()
	w := exampleWorkspace(t, "demo", api)
	w.write(t, "cli.tfrc", cliConfig)
	w.env = append(w.env, "TF_CLI_CONFIG_FILE="+filepath.Join(w.folder, "cli.tfrc"))
	return w
}

// cliConfig makes this registry Terraform's default. Without "direct", Terraform would prefer a
// provider in ~/.terraform.d/plugins.
func (r *registry) cliConfig() string {
	return fmt.Sprintf(`host %q {
  services = {
    "providers.v1" = "%s/v1/providers/"
  }
}
provider_installation {
  direct {}
}
`, testEngine.Host, r.url)
}

// applyVersion runs an apply, and requires that this version of the provider sends the requests.
func applyVersion(t *testing.T, w *workspace, api *mock, version string) {
	t.Helper()
	w.mustRun(t, "apply", "-auto-approve", "-no-color")
	requests := api.Requests()
	t.Logf("Applied with version %s", version)
	if len(requests) == 0 || !strings.Contains(requests[len(requests)-1].Header.Get("User-Agent"),
		" terraform-provider-attachments/"+version+" ") {
		t.Errorf("version %s didn't send the requests: %v", version, requests)
	}
}

// requireLock requires that the lock file has the version, the zh checksums of all packages, and
// the h1 checksums for that many platforms.
func requireLock(t *testing.T, w *workspace, want release, platforms int) {
	t.Helper()
	text := readFile(t, filepath.Join(w.folder, lockFile))
	t.Logf("The lock file must have version %s for %d platforms:\n%s", want.version, platforms, text)
	parts := []string{fmt.Sprintf("version = %q", want.version)}
	for _, p := range want.packages {
		parts = append(parts, fmt.Sprintf("%q", "zh:"+p.shasum))
	}
	for _, part := range parts {
		if !strings.Contains(text, part) {
			t.Errorf("the lock file doesn't have %s", part)
		}
	}
	if got := strings.Count(text, `"h1:`); got != platforms {
		t.Errorf("the lock file has %d h1 checksums, want %d", got, platforms)
	}
}

// TestAccSnapshotIsInstalledAndUpgraded installs the first release, and then offers the second.
func TestAccSnapshotIsInstalledAndUpgraded(t *testing.T) {
	t.Parallel()
	api, r := newMock(t), newRegistry(t)
	first, second := r.releases[0], r.releases[1]
	w := demoWorkspace(t, api, r.cliConfig())
	w.mustRun(t, "init", "-no-color")
	requireLock(t, w, first, 1)
	applyVersion(t, w, api, first.version)

	r.offer(2)
	if err := os.RemoveAll(filepath.Join(w.folder, ".terraform")); err != nil { // as in a clone
		t.Fatal(err)
	}
	w.mustRun(t, "init", "-no-color")
	requireLock(t, w, first, 1)
	w.mustRun(t, "init", "-upgrade", "-no-color")
	requireLock(t, w, second, 1)
	lock := []string{"providers", "lock", "-no-color"}
	for _, p := range second.packages {
		lock = append(lock, "-platform="+p.os+"_"+p.arch)
	}
	w.mustRun(t, lock...)
	requireLock(t, w, second, 2)
	applyVersion(t, w, api, second.version)
}

// TestAccSnapshotIsRefusedIfChanged changes what the registry serves after a successful init, and
// requires that Terraform refuses the release for that reason.
func TestAccSnapshotIsRefusedIfChanged(t *testing.T) {
	t.Parallel()
	prefix := newRegistry(t).releases[0].prefix
	const wrongSignature = "error checking signature: openpgp: invalid signature"
	for name, test := range map[string]struct {
		change func(*registry)
		want   string
	}{
		"a byte of the zip": {
			func(r *registry) {
				r.change(fmt.Sprintf("%s_%s_%s.zip", prefix, runtime.GOOS, runtime.GOARCH))
			},
			"archive has incorrect checksum",
		},
		"a byte of the checksums": {
			func(r *registry) { r.change(prefix + "_SHA256SUMS") }, wrongSignature,
		},
		"a byte of the signature": {
			func(r *registry) { r.change(prefix + "_SHA256SUMS.sig") }, wrongSignature,
		},
		"a byte of the public key": {
			func(r *registry) { r.change(r.key) }, "error decoding signing key",
		},
		"the public key": {
			func(r *registry) { r.files[r.key] = r.files["another-key"] },
			"authentication signature from unknown issuer",
		},
		"the protocols": {
			func(r *registry) { r.releases[0].protocols = []string{"7.0"} },
			"Incompatible provider version",
		},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			r := newRegistry(t)
			w := demoWorkspace(t, newMock(t), r.cliConfig())
			w.mustRun(t, "init", "-no-color")
			err := errors.Join(os.RemoveAll(filepath.Join(w.folder, ".terraform")),
				os.Remove(filepath.Join(w.folder, lockFile)))
			if err != nil {
				t.Fatal(err)
			}
			r.mu.Lock()
			test.change(r)
			r.mu.Unlock()
			output, err := w.run(t, "init", "-no-color")
			t.Logf("Changed %s. Terraform must refuse the release:\n%s", name, output)
			if err == nil || !says(output, test.want) {
				t.Errorf("got %v, want %s", err, test.want)
			}
			if _, err := os.Stat(filepath.Join(w.folder, lockFile)); !errors.Is(err, fs.ErrNotExist) {
				t.Errorf("there is a lock file: %v", err)
			}
		})
	}
}

// says reports whether Terraform's output contains the words, wherever the lines break.
func says(output, words string) bool {
	return regexp.MustCompile(wrapped(words)).MatchString(output)
}

// TestAccSnapshotReinstallNeedsANewLockFile does what README.md says about a checkout.
func TestAccSnapshotReinstallNeedsANewLockFile(t *testing.T) {
	t.Parallel()
	home := t.TempDir()
	install := func(goFlags string) {
		command := exec.CommandContext(t.Context(), "make", "-C", filepath.Join("..", ".."), "install",
			"PLUGINS="+filepath.Join(home, ".terraform.d", "plugins"), "VERSION="+engine.Version,
			"GOFLAGS="+os.Getenv("GOFLAGS")+goFlags)
		if output, err := command.CombinedOutput(); err != nil {
			t.Fatalf("%v\n%s", err, output)
		}
	}
	api := newMock(t)
	w := demoWorkspace(t, api, "")
	w.env = append(w.env, "HOME="+home)
	install("")
	w.mustRun(t, "init", "-no-color")
	install(" -tags=rebuilt") // no file has this tag, but the binary contains it
	output, err := w.run(t, "init", "-no-color")
	t.Logf("Rebuilt the provider. Terraform must refuse it:\n%s", output)
	if err == nil || !says(output, "doesn't match any of the checksums") {
		t.Errorf("got %v", err)
	}
	if err := os.Remove(filepath.Join(w.folder, lockFile)); err != nil {
		t.Fatal(err)
	}
	w.mustRun(t, "init", "-no-color")
	applyVersion(t, w, api, engine.Version)
}
