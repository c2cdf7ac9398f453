// Command demo builds the provider, and applies examples/demo with Terraform or OpenTofu and a mock
// of both APIs.
package main

import (
	"context"
	"errors"
	"fmt"
	"io"
	"log"
	"net/http/httptest"
	"os"
	"os/signal"
	"path/filepath"
	"strings"
	"syscall"
	"time"

	"github.com/terraform-attachments/terraform-provider-attachments/internal/testing/engine"
	"github.com/terraform-attachments/terraform-provider-attachments/internal/testing/mockapi"
)

func main() {
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt, syscall.SIGTERM)
	err := demo(ctx, os.Stdout)
	stop()
	if err != nil {
		log.Fatal(err)
	}
}

func demo(ctx context.Context, output io.Writer) error {
	root, err := engine.Root()
	if err != nil {
		return err
	}
	found, err := engine.Find(ctx, output)
	if err != nil {
		return err
	}
	_, _ = fmt.Fprintln(output, "Using", found)
	folder := filepath.Join(root, "build", "demo")
	work := filepath.Join(folder, "work")
	err = errors.Join(os.RemoveAll(folder), os.MkdirAll(work, 0o750))
	if err != nil {
		return err
	}
	configuration, err := os.ReadFile(filepath.Join(root, "examples", "demo", "main.tf"))
	if err != nil {
		return err
	}
	if err := os.WriteFile(filepath.Join(work, "main.tf"), configuration, 0o600); err != nil {
		return err
	}
	installed, err := found.Install(ctx, output, folder)
	if err != nil {
		return err
	}
	return apply(ctx, output, installed, work)
}

// apply applies the configuration in a folder, and requires that the next plan is empty. It prints
// the URLs, which aren't secret, because they come from the mock.
func apply(
	ctx context.Context,
	output io.Writer,
	installed *engine.Installation,
	folder string,
) error {
	mock := mockapi.New(mockapi.Config{})
	mock.ServeFiles(time.Hour)
	mock.SignURLs()
	api := httptest.NewServer(mock)
	defer api.Close()
	var env []string
	for name, value := range mockapi.Env(api.URL) {
		env = append(env, name+"="+value)
	}
	for _, arguments := range []string{
		"init -input=false -no-color",
		"apply -input=false -no-color -auto-approve",
		"output -no-color files",
		"plan -input=false -no-color -detailed-exitcode",
	} {
		_, _ = fmt.Fprintf(output, "==> %s %s\n", filepath.Base(installed.Path), arguments)
		command := installed.Command(ctx, folder, env, strings.Fields(arguments)...)
		command.Stdout, command.Stderr = output, output
		if err := command.Run(); err != nil {
			return fmt.Errorf("%s: %w", arguments, err)
		}
	}
	_, _ = fmt.Fprintln(output, "==> The demo succeeded: the provider read the download URLs of a "+
		"Linq attachment and a Wix contact's attachment, and new URLs changed nothing.")
	return nil
}
