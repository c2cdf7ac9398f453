// Command meter stands where an engine expects a provider. It runs the real one, the file called
// "provider" beside it, and writes into the folder that BENCH_METER names that it has started it,
// and what that took.
package main

import (
	"context"
	"encoding/json"
	"errors"
	"log"
	"os"
	"os/exec"
	"os/signal"
	"path/filepath"
	"strconv"
	"syscall"

	"github.com/terraform-attachments/terraform-provider-attachments/bench/usage"
)

func main() {
	code, err := meter()
	if err != nil {
		log.Fatal(err)
	}
	os.Exit(code)
}

func meter() (int, error) {
	own, err := os.Executable()
	if err != nil {
		return 0, err
	}
	name := filepath.Join(os.Getenv("BENCH_METER"), strconv.Itoa(os.Getpid()))
	if err := os.WriteFile(name+".started", nil, 0o600); err != nil {
		return 0, err
	}
	signal.Ignore(syscall.SIGINT) // a provider outlives Ctrl-C, too
	provider := exec.CommandContext(context.Background(),
		filepath.Join(filepath.Dir(own), "provider"), os.Args[1:]...)
	provider.Stdin, provider.Stdout, provider.Stderr = os.Stdin, os.Stdout, os.Stderr
	err = provider.Run()
	if exit := new(exec.ExitError); err != nil && !errors.As(err, &exit) {
		return 0, err
	}

	data, err := json.Marshal(usage.Of(provider.ProcessState))
	if err != nil {
		return 0, err
	}
	return provider.ProcessState.ExitCode(), os.WriteFile(name+".json", data, 0o600)
}
