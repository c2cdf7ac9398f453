//go:build unix

package provider

import (
	"bufio"
	"bytes"
	"context"
	"io"
	"os"
	"os/exec"
	"strings"
	"testing"
	"time"

	"github.com/terraform-attachments/terraform-provider-attachments/internal/testing/mockapi"
)

// TestAccInterruptEndsARead interrupts a plan while the API doesn't respond, and while a retry
// waits. Neither would end by itself within minutes. Interrupting takes milliseconds. If it takes a
// second because the machine is busy, the test retries.
func TestAccInterruptEndsARead(t *testing.T) {
	t.Parallel()
	configuration := fixture(t)
	for name, fault := range map[string]mockapi.Fault{
		"no response": mockapi.Hang,
		"a wait":      mockapi.RateLimit(200),
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			api := newMock(t)
			api.FailEvery(1, fault)
			w := newWorkspace(t, configuration, api.env())
			w.mustRun(t, "init")

			took := time.Hour
			for range 3 {
				if took = interrupt(t, w, api); took < time.Second {
					break
				}
			}
			if took > time.Second {
				t.Errorf("ended after %s", took)
			}
		})
	}
}

// interrupt interrupts a plan after the first request, and returns how long it took to end.
func interrupt(t *testing.T, w *workspace, api *mock) time.Duration {
	t.Helper()
	engine, err := installed()
	if err != nil {
		t.Fatal(err)
	}
	var printed bytes.Buffer
	command := engine.Command(t.Context(), w.folder, w.env, "plan", "-no-color")
	command.Stdout, command.Stderr = &printed, &printed
	before := len(api.Requests())
	if err := command.Start(); err != nil {
		t.Fatal(err)
	}
	for began := time.Now(); len(api.Requests()) == before; time.Sleep(time.Millisecond) {
		if time.Since(began) > time.Minute {
			t.Fatal("nothing was read")
		}
	}
	interrupted := time.Now()
	if err := command.Process.Signal(os.Interrupt); err != nil {
		t.Fatal(err)
	}
	_ = command.Wait()
	took := time.Since(interrupted)
	if !strings.Contains(printed.String(), "interrupted while reading attachment") {
		t.Errorf("after %s:\n%s", took, &printed)
	}
	return took
}

// TestTheStandardLoggerIsSilentWhileServing serves in debug mode, until it is interrupted.
func TestTheStandardLoggerIsSilentWhileServing(t *testing.T) {
	t.Parallel()
	own, err := os.Executable()
	if err != nil {
		t.Fatal(err)
	}
	ctx, cancel := context.WithTimeout(t.Context(), time.Minute)
	defer cancel()
	var logged bytes.Buffer
	command := exec.CommandContext(ctx, own)
	command.Env = append(os.Environ(), roleVariable+"="+logging)
	command.Stderr = &logged
	input, err := command.StdinPipe()
	if err != nil {
		t.Fatal(err)
	}
	output, err := command.StdoutPipe()
	if err != nil {
		t.Fatal(err)
	}
	if err := command.Start(); err != nil {
		t.Fatal(err)
	}
	for lines := bufio.NewScanner(output); lines.Scan(); {
		switch {
		case strings.Contains(lines.Text(), "TF_REATTACH_PROVIDERS="): // it serves
			_, err = io.WriteString(input, "\n")
		case lines.Text() == "logged":
			err = command.Process.Signal(os.Interrupt)
		}
		if err != nil {
			t.Fatal(err)
		}
	}
	if err := command.Wait(); err != nil {
		t.Error(err)
	}
	for text, want := range map[string]bool{"before": true, "meanwhile": false, "afterwards": true} {
		if strings.Contains(logged.String(), text) != want {
			t.Errorf("%q is in the log: %t\n%s", text, !want, &logged)
		}
	}
}
