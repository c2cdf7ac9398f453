package main

import (
	"bufio"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"net/http"
	"net/url"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"time"

	"github.com/terraform-attachments/terraform-provider-attachments/bench/traffic"
	"github.com/terraform-attachments/terraform-provider-attachments/bench/usage"
	"github.com/terraform-attachments/terraform-provider-attachments/internal/testing/engine"
	"github.com/terraform-attachments/terraform-provider-attachments/internal/testing/mockapi"
)

// measurement is what one run took.
type measurement struct {
	wall        time.Duration
	engineCPU   time.Duration
	providerCPU time.Duration
	providerRSS int64 // bytes, at its peak
	traffic.Traffic
}

func (m measurement) cpu() time.Duration { return m.engineCPU + m.providerCPU }

// installed is a subject that the engine finds.
type installed struct {
	installation *engine.Installation
	provider     string // its binary
	workspace    string
}

// lab is all that is needed to measure.
type lab struct {
	root, folder string
	installed    map[subject]installed
	mock         *exec.Cmd
	mockInput    io.Closer // the mock ends with it
	url          string    // of the mock
}

func newLab(
	ctx context.Context,
	found engine.Engine,
	root, folder string,
	subjects map[subject]source,
) (*lab, error) {
	l := &lab{root: root, folder: folder, installed: map[subject]installed{}}
	meter, mock := filepath.Join(folder, "meter"), filepath.Join(folder, "mock")
	for binary, source := range map[string]string{meter: "bench/meter", mock: "bench/mock"} {
		if err := l.build(ctx, source, binary); err != nil {
			return nil, err
		}
	}
	if err := l.startMock(ctx, mock); err != nil {
		return nil, err
	}
	for name, source := range subjects {
		if err := l.install(ctx, found, name, source, meter); err != nil {
			l.close()
			return nil, fmt.Errorf("%s: %w", name, err)
		}
	}
	return l, nil
}

// build makes a binary as a release has it.
func (l *lab) build(ctx context.Context, source, binary string) error {
	command := exec.CommandContext(ctx, "go", "build", "-trimpath", "-ldflags", "-s -w",
		"-o", binary, ".")
	command.Dir = filepath.Join(l.root, filepath.FromSlash(source))
	command.Env = append(os.Environ(), "CGO_ENABLED=0")
	command.Stderr = os.Stderr
	return command.Run()
}

// install has the engine find the meter, with the subject's provider beside it.
func (l *lab) install(
	ctx context.Context,
	found engine.Engine,
	name subject,
	source source,
	meter string,
) error {
	folder := filepath.Join(l.folder,
		strings.NewReplacer(" ", "-", ",", "", `"`, "").Replace(string(name)))
	workspace := filepath.Join(folder, "work")
	mirror := filepath.Join(folder, "mirror")
	binary := found.Binary(mirror)
	err := errors.Join(os.MkdirAll(workspace, 0o750), os.MkdirAll(filepath.Dir(binary), 0o750))
	if err != nil {
		return err
	}
	b := installed{
		provider:  filepath.Join(filepath.Dir(binary), "provider"),
		workspace: workspace,
	}
	if b.installation, err = found.InstallFrom(mirror); err != nil {
		return err
	}
	if source.binary != "" {
		err = copyFile(b.provider, source.binary)
	} else {
		err = l.build(ctx, source.folder, b.provider)
	}
	if err == nil {
		err = copyFile(binary, meter)
	}
	if err == nil {
		err = os.WriteFile(filepath.Join(workspace, "main.tf"), []byte(source.configuration), 0o600)
	}
	if err != nil {
		return err
	}
	l.installed[name] = b
	output, err := b.installation.Command(ctx, workspace, nil, "init", "-input=false", "-no-color").
		CombinedOutput()
	if err != nil {
		return fmt.Errorf("init: %w\n%s", err, output)
	}
	return nil
}

func copyFile(to, from string) error {
	data, err := os.ReadFile(from)
	if err != nil {
		return err
	}
	return os.WriteFile(to, data, 0o700)
}

// startMock starts the mock, which ends when its standard input does.
func (l *lab) startMock(ctx context.Context, binary string) error {
	l.mock = exec.CommandContext(ctx, binary)
	l.mock.Stderr = os.Stderr
	var err error
	if l.mockInput, err = l.mock.StdinPipe(); err != nil {
		return err
	}
	output, err := l.mock.StdoutPipe()
	if err != nil {
		return err
	}
	if err := l.mock.Start(); err != nil {
		return err
	}
	line, err := bufio.NewReader(output).ReadString('\n')
	if err != nil {
		return fmt.Errorf("start the mock: %w", err)
	}
	l.url = strings.TrimSpace(line)
	return nil
}

func (l *lab) close() {
	_ = l.mockInput.Close()
	_ = l.mock.Wait()
}

// measure plans once.
func (l *lab) measure(ctx context.Context, r run) (measurement, error) {
	query := url.Values{"latency": {r.latency.String()}}
	if err := l.ask(ctx, http.MethodPut, "?"+query.Encode(), nil); err != nil {
		return measurement{}, err
	}
	meter := filepath.Join(l.folder, "metered")
	if err := errors.Join(os.RemoveAll(meter), os.Mkdir(meter, 0o750)); err != nil {
		return measurement{}, err
	}

	env := []string{
		"BENCH_METER=" + meter,
		"TF_VAR_url=" + l.url,
		fmt.Sprintf("TF_VAR_n=%d", r.n),
		fmt.Sprintf("TF_VAR_concurrency=%d", r.concurrency),
	}
	for name, value := range mockapi.Env(l.url) {
		env = append(env, name+"="+value)
	}
	b := l.installed[r.subject]
	command := b.installation.Command(ctx, b.workspace, env,
		"plan", "-input=false", "-no-color", fmt.Sprintf("-parallelism=%d", r.parallelism))
	started := time.Now()
	output, err := command.CombinedOutput()
	m := measurement{wall: time.Since(started)}
	if err != nil {
		return measurement{}, fmt.Errorf("plan: %w\n%s", err, output)
	}
	if err := l.ask(ctx, http.MethodGet, "", &m.Traffic); err != nil {
		return measurement{}, err
	}
	if reads := r.reads(); reads >= 0 && m.Requests != reads {
		return measurement{}, fmt.Errorf("%d requests in place of %d", m.Requests, reads)
	}
	m.engineCPU = usage.Of(command.ProcessState).CPU // with all that follows
	return m, m.add(meter)
}

// add takes what the meter wrote about each process of the provider.
func (m *measurement) add(folder string) error {
	started, err := filepath.Glob(filepath.Join(folder, "*.started"))
	if err != nil {
		return err
	}
	files, err := filepath.Glob(filepath.Join(folder, "*.json"))
	if err != nil {
		return err
	}
	if len(files) == 0 || len(files) != len(started) {
		return fmt.Errorf("the provider was started %d times, and ended %d times",
			len(started), len(files))
	}
	for _, file := range files {
		data, err := os.ReadFile(file)
		if err != nil {
			return err
		}
		var used usage.Usage
		if err := json.Unmarshal(data, &used); err != nil {
			return err
		}
		m.engineCPU -= used.CPU
		m.providerCPU += used.CPU
		m.providerRSS = max(m.providerRSS, used.PeakRSS)
	}
	return nil
}

// ask calls the mock's own endpoint.
func (l *lab) ask(ctx context.Context, method, query string, answer *traffic.Traffic) error {
	request, err := http.NewRequestWithContext(ctx, method, l.url+"/bench"+query, nil)
	if err != nil {
		return err
	}
	response, err := http.DefaultClient.Do(request)
	if err != nil {
		return err
	}
	defer response.Body.Close()
	body, err := io.ReadAll(response.Body)
	if err == nil && response.StatusCode != http.StatusOK {
		err = fmt.Errorf("the mock answers %s: %s", response.Status, body)
	}
	if err != nil || answer == nil {
		return err
	}
	return json.Unmarshal(body, answer)
}
