// Command docs writes docs/ from templates/, examples/ and the provider's schema, and validates it.
package main

import (
	"context"
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
		return fmt.Errorf("%s leaves ephemeral resources out of the schema: use Terraform 1.10, "+
			"OpenTofu 1.11, or later; make generate ENGINE=opentofu builds one", found)
	}
	folder := filepath.Join(root, "build", "docs")
	printed, err := printSchema(ctx, output, found, folder)
	if err != nil {
		return err
	}
	provider, err := parseSchema(printed, found.Host)
	if err != nil {
		return fmt.Errorf("the schema from %s: %w", found, err)
	}
	if err := provider.checkTemplates(os.DirFS(filepath.Join(root, "templates"))); err != nil {
		return err
	}
	for _, step := range []struct{ command, prefix string }{
		// For the names of pages and templates, generate removes the provider's name from the type,
		// and ignores types without that prefix.
		{"generate", providerName + "_"},
		{"validate", ""},
	} {
		text, err := provider.document(step.prefix)
		if err != nil {
			return err
		}
		file := filepath.Join(folder, step.command+".json")
		if err := os.WriteFile(file, text, 0o600); err != nil {
			return err
		}
		command := exec.CommandContext(ctx, "go", "tool", "-modfile=tools/go.mod", "tfplugindocs",
			step.command, "--provider-name", providerName, "--providers-schema", file)
		command.Dir = root
		if err := engine.Run(command); err != nil {
			return err
		}
	}
	return nil
}

// printSchema returns the output of "terraform providers schema -json".
func printSchema(
	ctx context.Context,
	output io.Writer,
	found engine.Engine,
	folder string,
) ([]byte, error) {
	installed, err := found.Install(ctx, output, folder)
	if err != nil {
		return nil, err
	}
	work := filepath.Join(folder, "work")
	configuration := fmt.Sprintf("terraform {\n  required_providers {\n    %s = {\n"+
		"      source = \"%s/%[1]s\"\n    }\n  }\n}\n", providerName, engine.Namespace)
	if err := installed.Init(ctx, work, configuration); err != nil {
		return nil, err
	}
	command := installed.Command(ctx, work, nil, "providers", "schema", "-json")
	command.Stderr = output
	return command.Output()
}
