package main

import (
	"errors"
	"io/fs"
	"os"
	"os/exec"
	"path/filepath"
	"testing"
)

// TestKey needs gpg, as make snapshot does.
func TestKey(t *testing.T) {
	t.Parallel()
	if _, err := exec.LookPath("gpg"); err != nil {
		t.Skip(err)
	}
	key, err := newKey(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	defer key.throwAway(t.Context())

	file := filepath.Join(t.TempDir(), "sums")
	write(t, file, "1")
	_, err = key.gpg(t.Context(), "--local-user", key.fingerprint,
		"--output", file+".sig", "--detach-sign", file)
	if err != nil {
		t.Fatal(err)
	}
	if err := key.verify(t.Context(), file); err != nil {
		t.Error(err)
	}
	write(t, file, "2")
	var failed *exec.ExitError
	if err := key.verify(t.Context(), file); !errors.As(err, &failed) {
		t.Errorf("a file that was changed: got %v", err)
	}

	key.throwAway(t.Context())
	if _, err := os.Stat(key.home); !errors.Is(err, fs.ErrNotExist) {
		t.Errorf("the keyring is still there: %v", err)
	}
}

func TestNewKeyNeedsGPG(t *testing.T) {
	t.Setenv("PATH", t.TempDir())
	if key, err := newKey(t.Context()); !errors.Is(err, exec.ErrNotFound) {
		t.Errorf("got %v, %v", key, err)
	}
}
