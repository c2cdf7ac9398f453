// Package engine finds a Terraform or an OpenTofu, and runs it with this provider as a user would:
// as a binary, installed from a mirror. It is for tests and the demo, and no part of the provider.
package engine

import (
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"os/exec"
	"path/filepath"
	"runtime"
	"slices"
	"strings"
	"time"

	goversion "github.com/hashicorp/go-version"
)

// Hosts are the registries that the engines look for providers in by default.
const (
	TerraformHost = "registry.terraform.io"
	OpenTofuHost  = "registry.opentofu.org"
)

// Namespace is the owner of this provider in the registries.
const Namespace = "terraform-attachments"

// version is what the built provider is installed as. Engines pass over prereleases.
const version = "0.0.1"

// stopTimeout is how long an interrupted engine may take to stop its providers.
const stopTimeout = 30 * time.Second

// Engine is a Terraform or an OpenTofu.
type Engine struct {
	Path    string
	Version string // such as "1.11.4"
	Host    string // [TerraformHost] or [OpenTofuHost]
}

func (e Engine) String() string {
	name := "Terraform"
	if e.Host == OpenTofuHost {
		name = "OpenTofu"
	}
	return name + " " + e.Version
}

// AtLeast tells whether the engine has what came with these versions.
func (e Engine) AtLeast(terraform, openTofu string) bool {
	least := terraform
	if e.Host == OpenTofuHost {
		least = openTofu
	}
	own, err := goversion.NewVersion(e.Version)
	return err == nil && own.Core().GreaterThanOrEqual(goversion.Must(goversion.NewVersion(least)))
}

// Find returns the terraform of the PATH, else the tofu of the PATH, else an OpenTofu that it
// builds from its Go module, which takes some minutes the first time. It tells log about that.
func Find(ctx context.Context, log io.Writer) (Engine, error) {
	for _, name := range []string{"terraform", "tofu"} {
		if found, err := exec.LookPath(name); err == nil {
			return inspect(ctx, found)
		}
	}

	root, err := Root()
	if err != nil {
		return Engine{}, err
	}
	built := filepath.Join(root, "build", "engine", "tofu"+executableSuffix())
	fmt.Fprintln(log, "No terraform and no tofu on the PATH: building OpenTofu from its Go module. "+
		"The first time, this takes some minutes.")
	err = run(ctx, log, filepath.Join(root, "tools", "opentofu"),
		"go", "build", "-ldflags", "-X github.com/opentofu/opentofu/version.dev=no", "-o", built,
		"github.com/opentofu/opentofu/cmd/tofu")
	if err != nil {
		return Engine{}, fmt.Errorf("build OpenTofu: %w", err)
	}
	return inspect(ctx, built)
}

func inspect(ctx context.Context, path string) (Engine, error) {
	path, err := filepath.Abs(path)
	if err != nil {
		return Engine{}, err
	}
	command := exec.CommandContext(ctx, path, "version")
	command.Env = environment(os.DevNull, nil)
	output, err := command.Output()
	if err != nil {
		return Engine{}, fmt.Errorf("ask %s for its version: %w", path, err)
	}
	// The first line is such as "Terraform v1.11.4".
	line, _, _ := strings.Cut(string(output), "\n")
	name, version, _ := strings.Cut(strings.TrimSpace(line), " v")
	host, ok := map[string]string{"Terraform": TerraformHost, "OpenTofu": OpenTofuHost}[name]
	if !ok {
		return Engine{}, fmt.Errorf("%s is neither Terraform nor OpenTofu: it says %q", path, line)
	}
	return Engine{Path: path, Version: version, Host: host}, nil
}

// Root returns the folder of this module.
func Root() (string, error) {
	folder, err := os.Getwd()
	if err != nil {
		return "", err
	}
	for {
		if _, err := os.Stat(filepath.Join(folder, "GNUmakefile")); err == nil {
			return folder, nil
		}
		parent := filepath.Dir(folder)
		if parent == folder {
			return "", errors.New("the working directory isn't inside the provider's checkout")
		}
		folder = parent
	}
}

// Installation is an engine with this provider installed for it.
type Installation struct {
	Engine
	config string // the engine's CLI configuration
}

// Install builds the provider and puts it into a mirror below folder.
func (e Engine) Install(ctx context.Context, log io.Writer, folder string) (*Installation, error) {
	root, err := Root()
	if err != nil {
		return nil, err
	}
	installation, binary, err := e.Mirror(folder)
	if err != nil {
		return nil, err
	}
	err = run(ctx, log, root, "go", "build", "-ldflags", "-X main.version="+version, "-o", binary, ".")
	if err != nil {
		return nil, fmt.Errorf("build the provider: %w", err)
	}
	return installation, nil
}

// Mirror prepares a mirror below folder. The provider is installed when it stands there as binary.
func (e Engine) Mirror(folder string) (installation *Installation, binary string, err error) {
	folder, err = filepath.Abs(folder)
	if err != nil {
		return nil, "", err
	}
	mirror := filepath.Join(folder, "mirror")
	binary = filepath.Join(mirror, e.Host, Namespace, "attachments", version,
		runtime.GOOS+"_"+runtime.GOARCH,
		"terraform-provider-attachments_v"+version+executableSuffix())
	if err := os.MkdirAll(filepath.Dir(binary), 0o750); err != nil {
		return nil, "", err
	}

	config := filepath.Join(folder, "cli.tfrc")
	text := fmt.Sprintf("provider_installation {\n  filesystem_mirror {\n    path = %q\n  }\n}\n",
		filepath.ToSlash(mirror))
	if err := os.WriteFile(config, []byte(text), 0o600); err != nil {
		return nil, "", err
	}
	return &Installation{Engine: e, config: config}, binary, nil
}

// Command prepares a run of the engine in folder. It sees neither the user's own CLI configuration
// nor any variable that this provider or the engine would read, but those in env.
func (i *Installation) Command(
	ctx context.Context,
	folder string,
	env []string,
	arguments ...string,
) *exec.Cmd {
	command := exec.CommandContext(ctx, i.Path, arguments...)
	ownGroup(command)
	command.Cancel = func() error { return command.Process.Signal(os.Interrupt) }
	command.WaitDelay = stopTimeout
	command.Dir = folder
	command.Env = environment(i.config, env)
	return command
}

func environment(config string, added []string) []string {
	own := slices.DeleteFunc(os.Environ(), func(variable string) bool {
		for _, prefix := range []string{"TF_", "TOFU_", "WIX_", "LINQ_"} {
			if strings.HasPrefix(variable, prefix) {
				return true
			}
		}
		return false
	})
	return append(append(own,
		"TF_CLI_CONFIG_FILE="+config, "CHECKPOINT_DISABLE=1", "TF_IN_AUTOMATION=1"), added...)
}

func run(ctx context.Context, log io.Writer, folder string, name string, arguments ...string) error {
	command := exec.CommandContext(ctx, name, arguments...)
	command.Dir = folder
	command.Stdout = log
	command.Stderr = log
	return command.Run()
}

func executableSuffix() string {
	if runtime.GOOS == "windows" {
		return ".exe"
	}
	return ""
}
