package main

import (
	"context"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
)

// copyCheckout makes a repository of the same commit in a new folder, with the files as they are in
// root, but those that git ignores.
func copyCheckout(ctx context.Context, to, root string) error {
	_, err := git(ctx, root, "clone", "--quiet", "--shared", "--no-checkout", root, to)
	if err != nil {
		return err
	}
	listed, err := git(ctx, root,
		"ls-files", "-z", "--cached", "--others", "--exclude-standard")
	if err != nil {
		return err
	}
	for name := range strings.SplitSeq(strings.TrimSuffix(listed, "\x00"), "\x00") {
		err := copyFile(filepath.Join(to, name), filepath.Join(root, name))
		if err != nil && !errors.Is(err, fs.ErrNotExist) { // one that was deleted
			return err
		}
	}
	return nil
}

func copyFile(to, from string) error {
	data, err := os.ReadFile(from)
	if err != nil {
		return err
	}
	if err := os.MkdirAll(filepath.Dir(to), 0o750); err != nil {
		return err
	}
	return os.WriteFile(to, data, 0o600)
}

func git(ctx context.Context, folder string, arguments ...string) (string, error) {
	command := exec.CommandContext(ctx, "git", arguments...)
	command.Dir = folder
	var failure strings.Builder
	command.Stderr = &failure
	output, err := command.Output()
	if err != nil {
		return "", fmt.Errorf("git %s: %w\n%s", arguments[0], err, failure.String())
	}
	return string(output), nil
}
