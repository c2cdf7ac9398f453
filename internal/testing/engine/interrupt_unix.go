//go:build unix

package engine

import (
	"os/exec"
	"syscall"
)

// ownGroup keeps the terminal from interrupting the command, which is interrupted when its context
// ends. Terraform gives up at once on a second interrupt.
func ownGroup(command *exec.Cmd) {
	command.SysProcAttr = &syscall.SysProcAttr{Setpgid: true}
}
