package main

import (
	"errors"
	"fmt"
	"io"
	"os"
	"os/exec"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/terraform-attachments/terraform-provider-attachments/internal/testing/engine"
)

// initVariable makes the test's own binary pass for an engine whose init does what it says.
const initVariable = "TEST_INIT"

func TestMain(m *testing.M) {
	outcome := os.Getenv(initVariable)
	if outcome == "" {
		os.Exit(m.Run())
	}
	switch command := strings.Join(os.Args[1:], " "); command {
	case "version":
		fmt.Println("Terraform v1.9.8\non any_machine")
	case "init -input=false -no-color":
		if outcome == "fails" {
			fmt.Fprintln(os.Stderr, "Error: no such provider")
			os.Exit(1)
		}
		_ = os.WriteFile("initialized", nil, 0o600)
	case "providers schema -json": // prints the configuration, where it was initialized
		if _, err := os.Stat("initialized"); err != nil {
			fmt.Fprintln(os.Stderr, err)
			os.Exit(1)
		}
		configuration, _ := os.ReadFile("main.tf")
		_, _ = os.Stdout.Write(configuration)
	default:
		fmt.Fprintln(os.Stderr, "no such command:", command)
		os.Exit(1)
	}
}

func TestReadSchemaInitializesFirst(t *testing.T) {
	own, err := os.Executable()
	if err != nil {
		t.Fatal(err)
	}
	found := engine.Engine{Path: own, Version: "1.11.4", Host: engine.TerraformHost}
	folder := t.TempDir() // the same for both, as make generate has it
	t.Setenv(initVariable, "succeeds")
	for range 2 {
		got, err := readSchema(t.Context(), io.Discard, found, folder)
		if err != nil {
			t.Fatal(err)
		}
		if diff := cmp.Diff(`terraform {
  required_providers {
    attachments = {
      source = "terraform-attachments/attachments"
    }
  }
}
`, string(got)); diff != "" {
			t.Error(diff)
		}
	}

	t.Setenv(initVariable, "fails")
	_, err = readSchema(t.Context(), io.Discard, found, folder)
	var failed *exec.ExitError
	if !errors.As(err, &failed) || err.Error() != "init: exit status 1\nError: no such provider\n" {
		t.Errorf("got %v", err)
	}
}

func TestGenerateRefusesEnginesWithoutEphemeralResources(t *testing.T) {
	own, err := os.Executable()
	if err != nil {
		t.Fatal(err)
	}
	t.Setenv(engine.Variable, own)
	t.Setenv(initVariable, "succeeds")
	if err := generate(t.Context(), io.Discard); !errors.Is(err, errOldEngine) {
		t.Errorf("got %v", err)
	}
}
