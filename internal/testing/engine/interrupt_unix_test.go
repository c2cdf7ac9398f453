//go:build unix

package engine

import (
	"bufio"
	"context"
	"os"
	"path/filepath"
	"syscall"
	"testing"
)

// TestCommandIsInterrupted has a command that ends in order when it is interrupted, and that the
// terminal's own interrupt doesn't reach.
func TestCommandIsInterrupted(t *testing.T) {
	t.Parallel()
	own, err := os.Executable()
	if err != nil {
		t.Fatal(err)
	}
	installed, err := Engine{Path: own}.InstallFrom(filepath.Join(t.TempDir(), "mirror"))
	if err != nil {
		t.Fatal(err)
	}
	ctx, cancel := context.WithCancel(t.Context())
	defer cancel()
	command := installed.Command(ctx, t.TempDir(), nil, "apply")
	output, err := command.StdoutPipe()
	if err != nil {
		t.Fatal(err)
	}
	if err := command.Start(); err != nil {
		t.Fatal(err)
	}
	lines := bufio.NewScanner(output)
	if !lines.Scan() || lines.Text() != "applying" {
		t.Fatalf("got %q", lines.Text())
	}
	group, err := syscall.Getpgid(command.Process.Pid)
	if err != nil || group == syscall.Getpgrp() {
		t.Errorf("the group of the test's own process: %d, %v", group, err)
	}
	cancel()
	if !lines.Scan() || lines.Text() != "stopped" {
		t.Errorf("got %q", lines.Text())
	}
	_ = command.Wait()
}
