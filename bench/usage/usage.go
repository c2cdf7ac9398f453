// Package usage is what a process that has ended took.
package usage

import (
	"os"
	"runtime"
	"syscall"
	"time"
)

// Usage is what a process took, with its children that it waited for.
type Usage struct {
	CPU     time.Duration // user and system
	PeakRSS int64         // in bytes
}

// Of returns the usage of a process that has ended.
func Of(process *os.ProcessState) Usage {
	u := Usage{CPU: process.UserTime() + process.SystemTime()}
	if rusage, ok := process.SysUsage().(*syscall.Rusage); ok {
		u.PeakRSS = rusage.Maxrss
		if runtime.GOOS != "darwin" { // which counts in bytes
			u.PeakRSS *= 1024
		}
	}
	return u
}
