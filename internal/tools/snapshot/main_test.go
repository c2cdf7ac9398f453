package main

import (
	"errors"
	"os"
	"path/filepath"
	"testing"

	"github.com/google/go-cmp/cmp"
)

func TestWriteConfig(t *testing.T) {
	t.Parallel()
	root, folder := t.TempDir(), t.TempDir()
	write(t, filepath.Join(root, ".goreleaser.yml"), `builds:
  - binary: x
    targets:
      - darwin_arm64
      - freebsd_386
      - linux_amd64
      - linux_arm_6
      - linux_arm64
      - windows_amd64
archives:
  - formats: [zip]
`)
	got := map[string]string{}
	for _, target := range []string{"linux_amd64", "linux_arm", "windows_amd64"} {
		config, err := writeConfig(root, folder, target)
		if err != nil {
			t.Fatal(err)
		}
		text, err := os.ReadFile(config)
		if err != nil {
			t.Fatal(err)
		}
		got[target] = string(text)
	}
	const before, after = "builds:\n  - binary: x\n    targets:\n",
		"archives:\n  - formats: [zip]\n"
	if diff := cmp.Diff(map[string]string{
		"linux_amd64":   before + "      - linux_amd64\n" + after,
		"linux_arm":     before + "      - linux_arm_6\n" + after,
		"windows_amd64": before + "      - windows_amd64\n" + after,
	}, got); diff != "" {
		t.Error(diff)
	}
	if _, err := writeConfig(root, folder, "plan9_arm"); !errors.Is(err, errNoTarget) {
		t.Errorf("got %v", err)
	}
}
