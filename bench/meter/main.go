// Command meter replaces a provider's binary. It runs the real provider, a file named "provider" in
// the same folder, and writes the provider's peak memory into the folder BENCH_PEAKS. It is a small
// program of its own, because on Linux a process inherits the peak of its parent.
package main

import (
	"context"
	"errors"
	"log"
	"os"
	"os/exec"
	"path/filepath"
	"runtime"
	"strconv"
	"syscall"
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
	// An empty file is an error for the benchmark: Terraform has killed the meter.
	peak := filepath.Join(os.Getenv("BENCH_PEAKS"), strconv.Itoa(os.Getpid()))
	if err := os.WriteFile(peak, nil, 0o600); err != nil {
		return 0, err
	}
	provider := exec.CommandContext(context.Background(),
		filepath.Join(filepath.Dir(own), "provider"), os.Args[1:]...)
	provider.Stdin, provider.Stdout, provider.Stderr = os.Stdin, os.Stdout, os.Stderr
	var exit *exec.ExitError
	if err := provider.Run(); err != nil && !errors.As(err, &exit) {
		return 0, err
	}
	usage, ok := provider.ProcessState.SysUsage().(*syscall.Rusage)
	if !ok {
		return 0, errors.New("the system doesn't report the peak memory of a process")
	}
	bytes := usage.Maxrss
	if runtime.GOOS != "darwin" {
		bytes <<= 10
	}
	text := strconv.FormatInt(bytes, 10)
	return provider.ProcessState.ExitCode(), os.WriteFile(peak, []byte(text), 0o600)
}
