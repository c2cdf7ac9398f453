//go:build unix

package engine

import (
	"os/exec"
	"syscall"
)

// ownGroup keeps the terminal's interrupt from the command, which is interrupted when its context
// ends: engines take a second interrupt for an order to give up at once.
func ownGroup(command *exec.Cmd) {
	command.SysProcAttr = &syscall.SysProcAttr{Setpgid: true}
}
