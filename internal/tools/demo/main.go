// Command demo runs examples/demo with a real engine against a mock of the APIs. It builds the
// provider, or has the engine install it from a mirror. All that it writes is below build in the
// checkout.
package main

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"flag"
	"fmt"
	"io"
	"log"
	"net/http/httptest"
	"os"
	"os/signal"
	"path/filepath"
	"strings"
	"syscall"

	"github.com/terraform-attachments/terraform-provider-attachments/internal/testing/engine"
	"github.com/terraform-attachments/terraform-provider-attachments/internal/testing/mockapi"
)

func main() {
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt, syscall.SIGTERM)
	mirror := flag.String("mirror", "", "install the provider from this filesystem mirror")
	flag.Parse()
	err := demo(ctx, os.Stdout, *mirror)
	stop()
	if err != nil {
		log.Fatal(err)
	}
}

func demo(ctx context.Context, output io.Writer, mirror string) error {
	found, err := engine.Find(ctx, output)
	if err != nil {
		return err
	}
	_, _ = fmt.Fprintf(output, "==> Using %s (%s)\n", found, found.Path)

	root, err := engine.Root()
	if err != nil {
		return err
	}
	folder := filepath.Join(root, "build", "demo")
	work := filepath.Join(folder, "work")
	if err := os.RemoveAll(work); err != nil {
		return err
	}
	if err := copyConfiguration(work, filepath.Join(root, "examples", "demo")); err != nil {
		return err
	}
	installed, err := install(ctx, output, found, mirror, folder)
	if err != nil {
		return err
	}
	return show(ctx, output, installed, work)
}

func install(
	ctx context.Context,
	output io.Writer,
	found engine.Engine,
	mirror, folder string,
) (*engine.Installation, error) {
	if mirror != "" {
		_, _ = fmt.Fprintln(output, "==> Installing the provider from "+mirror)
		return found.InstallFrom(mirror)
	}
	_, _ = fmt.Fprintln(output, "==> Building the provider")
	return found.Install(ctx, output, folder)
}

var (
	errNotAsked     = errors.New("nothing was asked of the mock")
	errOtherVersion = errors.New("the requests didn't come from version " + engine.Version +
		" of the provider")
)

// show applies the configuration in the folder work, and prints what came of it.
func show(
	ctx context.Context,
	output io.Writer,
	installed *engine.Installation,
	work string,
) error {
	mock := mockapi.New(mockapi.Config{})
	api := httptest.NewServer(mock)
	defer api.Close()
	_, _ = fmt.Fprintln(output, "==> The APIs are mocked at "+api.URL)
	var env []string
	for name, value := range mockapi.Env(api.URL) {
		env = append(env, name+"="+value)
	}

	for _, arguments := range [][]string{
		{"init", "-input=false", "-no-color"},
		{"apply", "-input=false", "-no-color", "-auto-approve"},
	} {
		_, _ = fmt.Fprintf(output, "==> Running %s in %s\n", arguments[0], work)
		command := installed.Command(ctx, work, env, arguments...)
		command.Stdout = output
		command.Stderr = output
		if err := command.Run(); err != nil {
			return fmt.Errorf("%s: %w", arguments[0], err)
		}
	}

	requests := mock.Requests()
	if len(requests) == 0 {
		return errNotAsked
	}
	agent := requests[0].Header.Get("User-Agent")
	_, _ = fmt.Fprintln(output, "==> The requests came from "+agent)
	if !strings.Contains(agent, " terraform-provider-attachments/"+engine.Version+" ") {
		return errOtherVersion
	}

	_, _ = fmt.Fprintln(output,
		"==> What was read (the mock's URLs are no secret, so they are shown)")
	document, err := installed.Command(ctx, work, env, "output", "-json").Output()
	if err != nil {
		return fmt.Errorf("output: %w", err)
	}
	return printValues(output, document)
}

// copyConfiguration leaves behind what an engine may have written next to the configuration.
func copyConfiguration(to, from string) error {
	files, err := filepath.Glob(filepath.Join(from, "*.tf"))
	if err != nil {
		return err
	}
	if err := os.MkdirAll(to, 0o750); err != nil {
		return err
	}
	for _, file := range files {
		text, err := os.ReadFile(file)
		if err != nil {
			return err
		}
		if err := os.WriteFile(filepath.Join(to, filepath.Base(file)), text, 0o600); err != nil {
			return err
		}
	}
	return nil
}

// printValues shows the values of "output -json" without the types around them.
func printValues(output io.Writer, document []byte) error {
	var outputs map[string]struct {
		Value json.RawMessage `json:"value"`
	}
	if err := json.Unmarshal(document, &outputs); err != nil {
		return err
	}
	for _, name := range []string{"wix_contact_attachment", "linq_attachment", "files"} {
		var indented bytes.Buffer
		if err := json.Indent(&indented, outputs[name].Value, "", "  "); err != nil {
			return fmt.Errorf("the output %s: %w", name, err)
		}
		_, _ = fmt.Fprintf(output, "%s = %s\n", name, &indented)
	}
	return nil
}
