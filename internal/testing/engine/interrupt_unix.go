//go:build unix

package engine

import (
	"os"
	"os/exec"
	"syscall"
)

// interruptAtEnd interrupts the command when its context ends. Only the context interrupts the
// command, not the terminal, because Terraform gives up at once on a second interrupt.
func interruptAtEnd(command *exec.Cmd) {
	command.SysProcAttr = &syscall.SysProcAttr{Setpgid: true}
	command.Cancel = func() error { return command.Process.Signal(os.Interrupt) }
}
