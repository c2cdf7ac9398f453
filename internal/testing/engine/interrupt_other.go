//go:build !unix

package engine

import "os/exec"

// interruptAtEnd leaves the interrupt to the console: on Windows, Ctrl+C reaches the command, too,
// and Go can't interrupt another process (https://go.dev/issue/6720). A command that still runs
// after [stopTimeout] is killed.
func interruptAtEnd(command *exec.Cmd) {
	command.Cancel = func() error { return nil }
}
