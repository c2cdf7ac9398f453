package main

import (
	"errors"
	"os/exec"
	"testing"
)

func TestNewKeyNeedsGPG(t *testing.T) {
	t.Setenv("PATH", t.TempDir())
	if key, err := newKey(t.Context()); !errors.Is(err, exec.ErrNotFound) {
		t.Errorf("got %v, %v", key, err)
	}
}
