//go:build snapshot

package provider

import (
	"crypto/sha256"
	"encoding/json"
	"fmt"
	"io/fs"
	"net/http"
	"net/http/httptest"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"sync"
	"testing"

	"github.com/terraform-attachments/terraform-provider-attachments/internal/testing/engine"
)

// release is a version of the provider, as its files describe it.
type release struct {
	prefix    string // of the names of its files
	version   string
	protocols []string
	packages  []providerPackage
}

// providerPackage is the zip file for a platform.
type providerPackage struct{ os, arch, filename, shasum string }

// registry serves releases in the provider registry protocol. Everything that it says comes from
// the files of the releases, which "make snapshot" builds.
type registry struct {
	url      string
	releases []release         // sorted by version
	files    map[string][]byte // of all releases, by name
	key      string            // the name of the public key's file, which is named after its ID

	mu      sync.Mutex
	offered int // the number of releases to serve
}

// newRegistry returns a registry that serves the first release.
func newRegistry(t *testing.T) *registry {
	t.Helper()
	r := &registry{files: map[string][]byte{}, offered: 1}
	folder := os.DirFS(filepath.Join("..", "..", "build", "releases"))
	names, err := fs.Glob(folder, "*")
	if err != nil || len(names) == 0 {
		t.Fatal("build/releases has no files: run make snapshot")
	}
	for _, name := range names {
		r.files[name], err = fs.ReadFile(folder, name)
		if err != nil {
			t.Fatal(err)
		}
	}
	for _, name := range names {
		if strings.HasSuffix(name, ".asc") {
			r.key = name
		}
		if prefix, ok := strings.CutSuffix(name, "_SHA256SUMS"); ok {
			r.releases = append(r.releases, r.readRelease(t, prefix))
		}
	}
	if len(r.releases) != 2 || r.key == "" {
		t.Fatalf("build/releases has %d releases, and the key %q", len(r.releases), r.key)
	}
	mux := http.NewServeMux()
	const provider = "GET /v1/providers/" + engine.Namespace + "/attachments/"
	mux.HandleFunc(provider+"versions", r.versions)
	mux.HandleFunc(provider+"{version}/download/{os}/{arch}", r.download)
	mux.HandleFunc("GET /files/{name}", r.file)
	server := httptest.NewServer(mux)
	t.Cleanup(server.Close)
	r.url = server.URL
	return r
}

// readRelease reads the files that the release's SHA256SUMS lists.
func (r *registry) readRelease(t *testing.T, prefix string) release {
	t.Helper()
	_, version, _ := strings.Cut(prefix, "_")
	found := release{prefix: prefix, version: version}
	for line := range strings.Lines(string(r.files[prefix+"_SHA256SUMS"])) {
		shasum, name, _ := strings.Cut(strings.TrimSpace(line), "  ")
		if got := fmt.Sprintf("%x", sha256.Sum256(r.files[name])); got != shasum {
			t.Fatalf("%s: the checksum is %s, not %s", name, got, shasum)
		}
		platform, isZip := strings.CutSuffix(strings.TrimPrefix(name, prefix+"_"), ".zip")
		if isZip {
			os, arch, _ := strings.Cut(platform, "_")
			found.packages = append(found.packages, providerPackage{os, arch, name, shasum})
			continue
		}
		if !strings.HasSuffix(name, "_manifest.json") {
			continue
		}
		var manifest struct {
			Metadata struct {
				Protocols []string `json:"protocol_versions"`
			} `json:"metadata"`
		}
		if err := json.Unmarshal(r.files[name], &manifest); err != nil {
			t.Fatalf("%s: %v", name, err)
		}
		found.protocols = manifest.Metadata.Protocols
	}
	if !slices.Equal(found.protocols, []string{"6.0"}) {
		t.Fatalf("%s: the manifest has the protocols %v", prefix, found.protocols)
	}
	return found
}

// offer makes the registry serve that many releases.
func (r *registry) offer(releases int) {
	r.mu.Lock()
	defer r.mu.Unlock()
	r.offered = releases
}

func (r *registry) versions(w http.ResponseWriter, _ *http.Request) {
	r.mu.Lock()
	defer r.mu.Unlock()
	var versions []object
	for _, release := range r.releases[:r.offered] {
		var platforms []object
		for _, p := range release.packages {
			platforms = append(platforms, object{"os": p.os, "arch": p.arch})
		}
		versions = append(versions, object{
			"version": release.version, "protocols": release.protocols, "platforms": platforms,
		})
	}
	_ = json.NewEncoder(w).Encode(object{"versions": versions})
}

type object map[string]any

func (r *registry) download(w http.ResponseWriter, request *http.Request) {
	r.mu.Lock()
	defer r.mu.Unlock()
	for _, release := range r.releases[:r.offered] {
		for _, p := range release.packages {
			if release.version != request.PathValue("version") ||
				p.os != request.PathValue("os") || p.arch != request.PathValue("arch") {
				continue
			}
			_ = json.NewEncoder(w).Encode(object{
				"protocols":             release.protocols,
				"os":                    p.os,
				"arch":                  p.arch,
				"filename":              p.filename,
				"shasum":                p.shasum,
				"download_url":          "/files/" + p.filename,
				"shasums_url":           "/files/" + release.prefix + "_SHA256SUMS",
				"shasums_signature_url": "/files/" + release.prefix + "_SHA256SUMS.sig",
				"signing_keys": object{"gpg_public_keys": []object{{
					"key_id":      strings.TrimSuffix(r.key, ".asc"),
					"ascii_armor": string(r.files[r.key]),
				}}},
			})
			return
		}
	}
	http.NotFound(w, request)
}

func (r *registry) file(w http.ResponseWriter, request *http.Request) {
	r.mu.Lock()
	defer r.mu.Unlock()
	_, _ = w.Write(r.files[request.PathValue("name")])
}

// change replaces one byte of a file with a letter that is valid in base64 and in hexadecimal. In
// SHA256SUMS, the byte is in the manifest's checksum. Terraform doesn't use that checksum, so only
// the signature can reveal the change.
func (r *registry) change(name string) {
	content := r.files[name]
	at := len(content) * 7 / 8
	if content[at] == 'a' {
		content[at] = 'b'
	} else {
		content[at] = 'a'
	}
}
