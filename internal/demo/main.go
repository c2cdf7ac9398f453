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
	"log"
	"net/http/httptest"
	"os"
	"os/signal"
	"path/filepath"
	"strings"
	"syscall"

	"github.com/terraform-attachments/terraform-provider-attachments/internal/engine"
	"github.com/terraform-attachments/terraform-provider-attachments/internal/mockapi"
)

func main() {
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt, syscall.SIGTERM)
	mirror := flag.String("mirror", "", "install the provider from this filesystem mirror")
	flag.Parse()
	err := demo(ctx, *mirror)
	stop()
	if err != nil {
		log.Fatal(err)
	}
}

func demo(ctx context.Context, mirror string) error {
	found, err := engine.Find(ctx, os.Stdout)
	if err != nil {
		return err
	}
	fmt.Printf("==> Using %s (%s)\n", found, found.Path)

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

	installed, err := install(ctx, found, mirror, folder)
	if err != nil {
		return err
	}

	mock := mockapi.New(mockapi.Config{})
	api := httptest.NewServer(mock)
	defer api.Close()
	fmt.Println("==> The APIs are mocked at " + api.URL)
	var env []string
	for name, value := range mockapi.Env(api.URL) {
		env = append(env, name+"="+value)
	}

	for _, arguments := range [][]string{
		{"init", "-input=false", "-no-color"},
		{"apply", "-input=false", "-no-color", "-auto-approve"},
	} {
		fmt.Printf("==> Running %s in build/demo/work\n", arguments[0])
		command := installed.Command(ctx, work, env, arguments...)
		command.Stdout = os.Stdout
		command.Stderr = os.Stderr
		if err := command.Run(); err != nil {
			return fmt.Errorf("%s: %w", arguments[0], err)
		}
	}

	requests := mock.Requests()
	if len(requests) == 0 {
		return errors.New("nothing was asked of the mock")
	}
	agent := requests[0].Header.Get("User-Agent")
	fmt.Println("==> The requests came from " + agent)
	if !strings.Contains(agent, " terraform-provider-attachments/"+engine.Version+" ") {
		return errors.New("they didn't come from version " + engine.Version + " of the provider")
	}

	fmt.Println("==> What was read (the mock's URLs are no secret, so they are shown)")
	output, err := installed.Command(ctx, work, env, "output", "-json").Output()
	if err != nil {
		return fmt.Errorf("output: %w", err)
	}
	return printValues(output)
}

func install(
	ctx context.Context,
	found engine.Engine,
	mirror, folder string,
) (*engine.Installation, error) {
	if mirror != "" {
		fmt.Println("==> Installing the provider from " + mirror)
		return found.InstallFrom(mirror)
	}
	fmt.Println("==> Building the provider")
	return found.Install(ctx, os.Stdout, folder)
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
func printValues(output []byte) error {
	var outputs map[string]struct {
		Value json.RawMessage `json:"value"`
	}
	if err := json.Unmarshal(output, &outputs); err != nil {
		return err
	}
	for _, name := range []string{"wix_contact_attachment", "linq_attachment", "files"} {
		var indented bytes.Buffer
		if err := json.Indent(&indented, outputs[name].Value, "", "  "); err != nil {
			return fmt.Errorf("the output %s: %w", name, err)
		}
		fmt.Printf("%s = %s\n", name, &indented)
	}
	return nil
}
