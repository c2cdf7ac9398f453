// Command docs writes docs/ from templates/, examples/ and the provider's schema, and checks what
// it has written. It works below build/docs in the checkout.
package main

import (
	"context"
	"errors"
	"fmt"
	"io"
	"log"
	"os"
	"os/exec"
	"os/signal"
	"path/filepath"
	"syscall"

	"github.com/terraform-attachments/terraform-provider-attachments/internal/testing/engine"
)

func main() {
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt, syscall.SIGTERM)
	err := generate(ctx, os.Stderr)
	stop()
	if err != nil {
		log.Fatal(err)
	}
}

var errOldEngine = errors.New("leaves ephemeral resources out of a provider's schema: " +
	"it takes Terraform 1.10, OpenTofu 1.11 or later; ENGINE=opentofu builds one")

func generate(ctx context.Context, output io.Writer) error {
	root, err := engine.Root()
	if err != nil {
		return err
	}
	found, err := engine.Find(ctx, output)
	if err != nil {
		return err
	}
	if !found.AtLeast("1.10", "1.11") {
		return fmt.Errorf("%s %w", found, errOldEngine)
	}
	folder := filepath.Join(root, "build", "docs")
	document, err := readSchema(ctx, output, found, folder)
	if err != nil {
		return err
	}
	own, err := parseSchemas(document, found.Host)
	if err != nil {
		return fmt.Errorf("the schema from %s: %w", found, err)
	}
	if err := own.checkTemplates(os.DirFS(filepath.Join(root, "templates"))); err != nil {
		return err
	}
	for _, run := range []struct {
		command string
		schemas *schemaDocument
	}{
		{"generate", own.prefixed()},
		{"validate", own},
	} {
		file := filepath.Join(folder, run.command+".json")
		if err := run.schemas.write(file); err != nil {
			return err
		}
		command := exec.CommandContext(ctx, "go", "tool", "tfplugindocs", run.command,
			"--provider-dir", root, "--provider-name", providerName, "--providers-schema", file)
		command.Dir = filepath.Join(root, "tools")
		if text, err := command.CombinedOutput(); err != nil {
			return fmt.Errorf("tfplugindocs %s: %w\n%s", run.command, err, text)
		}
	}
	return nil
}

// readSchema returns what "providers schema -json" of the engine prints for this provider.
func readSchema(
	ctx context.Context,
	output io.Writer,
	found engine.Engine,
	folder string,
) ([]byte, error) {
	work := filepath.Join(folder, "work")
	if err := os.RemoveAll(work); err != nil {
		return nil, err
	}
	if err := os.MkdirAll(work, 0o750); err != nil {
		return nil, err
	}
	configuration := fmt.Sprintf("terraform {\n  required_providers {\n    %s = {\n"+
		"      source = \"%s/%[1]s\"\n    }\n  }\n}\n", providerName, engine.Namespace)
	err := os.WriteFile(filepath.Join(work, "main.tf"), []byte(configuration), 0o600)
	if err != nil {
		return nil, err
	}
	installed, err := found.Install(ctx, output, folder)
	if err != nil {
		return nil, err
	}
	init := installed.Command(ctx, work, nil, "init", "-input=false", "-no-color")
	if text, err := init.CombinedOutput(); err != nil {
		return nil, fmt.Errorf("init: %w\n%s", err, text)
	}
	schema := installed.Command(ctx, work, nil, "providers", "schema", "-json")
	schema.Stderr = output
	document, err := schema.Output()
	if err != nil {
		return nil, fmt.Errorf("providers schema: %w", err)
	}
	return document, nil
}
