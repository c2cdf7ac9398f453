package main

import (
	"context"
	"errors"
	"fmt"
	"net/http"
	"net/http/httptest"
	"os"
	"os/exec"
	"path/filepath"
	"strconv"
	"strings"
	"sync"
	"time"

	"github.com/terraform-attachments/terraform-provider-attachments/internal/testing/engine"
	"github.com/terraform-attachments/terraform-provider-attachments/internal/testing/mockapi"
)

// lab is Terraform with every subject installed.
type lab struct {
	terraform engine.Engine
	root      string // of the repository
	installed map[subject]*engine.Installation
}

func newLab(ctx context.Context) (*lab, error) {
	found, err := engine.Find(ctx, os.Stderr)
	if err != nil {
		return nil, err
	}
	root, err := engine.Root()
	if err != nil {
		return nil, err
	}
	l := &lab{terraform: found, root: root, installed: map[subject]*engine.Installation{}}
	if err := os.RemoveAll(l.folder("")); err != nil {
		return nil, err
	}
	for name, source := range sources {
		if err := l.install(ctx, name, source); err != nil {
			return nil, fmt.Errorf("install %s: %w", name, err)
		}
	}
	return l, nil
}

func (l *lab) folder(name subject, elements ...string) string {
	return filepath.Join(append([]string{l.root, "build", "bench", string(name)}, elements...)...)
}

// install builds the subject's provider into a mirror and initializes its workspace.
func (l *lab) install(ctx context.Context, name subject, from source) error {
	binary := l.terraform.Binary(l.folder(name, "mirror"))
	if from.metered {
		if err := l.build(ctx, binary, "bench/meter", ""); err != nil {
			return err
		}
		binary = filepath.Join(filepath.Dir(binary), "provider")
	}
	if err := l.build(ctx, binary, from.folder, from.ldflags); err != nil {
		return err
	}
	installed, err := l.terraform.InstallFrom(l.folder(name, "mirror"))
	if err != nil {
		return err
	}
	l.installed[name] = installed
	return installed.Init(ctx, l.folder(name, "work"), header+from.config)
}

// build builds a provider with the flags of a release.
func (l *lab) build(ctx context.Context, binary, folder, ldflags string) error {
	command := exec.CommandContext(ctx, "go", "build", "-trimpath", "-ldflags", "-s -w"+ldflags,
		"-o", binary, ".")
	command.Dir = filepath.Join(l.root, filepath.FromSlash(folder))
	command.Env = append(os.Environ(), "CGO_ENABLED=0")
	return engine.Run(command)
}

// measurement is what one plan took.
type measurement struct {
	wall, cpu  time.Duration
	peakMemory int // of the provider in bytes, if its source is metered
	late       int // the number of requests after settling, counted from the first request
}

// settling is how long Terraform needs to start reading all blocks. Only later requests show the
// provider's pauses and pacing.
const settling = 300 * time.Millisecond

func (l *lab) measure(ctx context.Context, p plan) (measurement, error) {
	mock := newMock(p)
	var first time.Time
	var mu sync.Mutex
	var m measurement
	server := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		mu.Lock()
		if first.IsZero() {
			first = time.Now()
		}
		if time.Since(first) > settling {
			m.late++
		}
		mu.Unlock()
		time.Sleep(p.latency)
		mock.ServeHTTP(w, r)
	}))
	defer server.Close()
	peaks := l.folder(p.subject, "peaks")
	if err := errors.Join(os.RemoveAll(peaks), os.Mkdir(peaks, 0o750)); err != nil {
		return measurement{}, err
	}
	env := []string{
		"BENCH_PEAKS=" + peaks,
		"TF_VAR_n=" + strconv.Itoa(p.n),
		"TF_VAR_url=" + server.URL,
	}
	for name, value := range mockapi.Env(server.URL) {
		env = append(env, name+"="+value)
	}
	command := l.installed[p.subject].Command(ctx, l.folder(p.subject, "work"), env,
		"plan", "-input=false", "-no-color", fmt.Sprintf("-parallelism=%d", p.parallelism))
	started := time.Now()
	err := engine.Run(command)
	m.wall = time.Since(started)
	if p.subject == limited {
		n := strings.Count(fmt.Sprint(err), "Error: Unable to Read Linq Attachment")
		if n != p.n {
			return m, fmt.Errorf("%d blocks failed, want %d: %w", n, p.n, err)
		}
		return m, nil
	}
	if err != nil {
		return m, err
	}
	if got := len(mock.Requests()); got != p.requests() {
		return m, fmt.Errorf("%d requests instead of %d", got, p.requests())
	}
	// Terraform waits for its providers, so this includes their time.
	m.cpu = command.ProcessState.UserTime() + command.ProcessState.SystemTime()
	if sources[p.subject].metered {
		m.peakMemory, err = readPeak(peaks)
	}
	return m, err
}

// readPeak returns the greatest number among the files of a folder, one for each provider process.
func readPeak(folder string) (int, error) {
	files, err := filepath.Glob(filepath.Join(folder, "*"))
	if err != nil {
		return 0, err
	}
	peak := 0
	for _, file := range files {
		text, err := os.ReadFile(file)
		if err != nil {
			return 0, err
		}
		number, err := strconv.Atoi(string(text))
		if err != nil {
			return 0, fmt.Errorf("a provider didn't exit in order: %w", err)
		}
		peak = max(peak, number)
	}
	return peak, nil
}

// newMock returns the APIs with as many attachments as the plan reads.
func newMock(p plan) *mockapi.Server {
	mock := mockapi.New(mockapi.Config{})
	for i := range p.n {
		id := fmt.Sprintf(attachmentID, i)
		if p.subject == list {
			mock.PutWix(mockapi.WixEmptyContact, fmt.Sprintf(image, id))
		} else {
			mock.PutLinq(fmt.Sprintf(document, id))
		}
	}
	if p.subject == limited {
		mock.FailEvery(1, mockapi.RateLimit(0))
	}
	return mock
}
