// Package engine finds Terraform or OpenTofu, and runs it with this provider installed from a
// mirror. It is for tests and tools.
package engine

import (
	"context"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"os/exec"
	"path/filepath"
	"runtime"
	"slices"
	"strings"
	"time"

	goversion "github.com/hashicorp/go-version"
)

// The default registries of Terraform and OpenTofu.
const (
	TerraformHost = "registry.terraform.io"
	OpenTofuHost  = "registry.opentofu.org"
)

// Namespace is the owner of this provider in the registries.
const Namespace = "terraform-attachments"

// Version is the version of an unreleased provider. Terraform ignores prereleases in a mirror.
const Version = "0.1.0"

// stopTimeout is how long Terraform may take to stop its providers after an interrupt.
const stopTimeout = 30 * time.Second

// Engine is an installed Terraform or OpenTofu.
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

// AtLeast reports whether the engine's version is at least the one given for its kind. Prereleases
// count as the release.
func (e Engine) AtLeast(terraform, openTofu string) bool {
	least := terraform
	if e.Host == OpenTofuHost {
		least = openTofu
	}
	own, err := goversion.NewVersion(e.Version)
	return err == nil && own.Core().GreaterThanOrEqual(goversion.Must(goversion.NewVersion(least)))
}

// Variable is the environment variable that selects the engine; see [Find].
const Variable = "ATTACHMENTS_ENGINE"

// built has the engines that [Find] builds from their Go modules.
var built = map[string]struct{ module, source, ldflags string }{
	"terraform-1.5.7": {"terraform", "github.com/hashicorp/terraform", ""},
	"opentofu": {
		"opentofu", "github.com/opentofu/opentofu/cmd/tofu",
		"-X github.com/opentofu/opentofu/version.dev=no",
	},
}

// Find returns the engine that [Variable] selects: terraform-1.5.7 or opentofu, which Find builds
// from their Go modules, a command on the PATH, or a path relative to the repository. If the
// variable is empty, Find takes the first that exists of terraform and tofu on the PATH, else
// opentofu. The first build takes some minutes, and writes a line to log.
func Find(ctx context.Context, log io.Writer) (Engine, error) {
	name := os.Getenv(Variable)
	if name == "" {
		name = choose()
	}
	if _, ok := built[name]; ok {
		return build(ctx, log, name)
	}
	root, err := Root()
	if err != nil {
		return Engine{}, err
	}
	if filepath.Base(name) != name && !filepath.IsAbs(name) {
		name = filepath.Join(root, name)
	}
	found, err := exec.LookPath(name)
	if err != nil {
		return Engine{}, fmt.Errorf("%s=%s: %w", Variable, os.Getenv(Variable), err)
	}
	return inspect(ctx, found)
}

func choose() string {
	for _, name := range []string{"terraform", "tofu"} {
		if _, err := exec.LookPath(name); err == nil {
			return name
		}
	}
	return "opentofu"
}

func build(ctx context.Context, log io.Writer, name string) (Engine, error) {
	root, err := Root()
	if err != nil {
		return Engine{}, err
	}
	engine, path := built[name], filepath.Join(root, "build", "engine", name+executableSuffix())
	if _, err := os.Stat(path); errors.Is(err, fs.ErrNotExist) {
		_, _ = fmt.Fprintf(log, "Building %s from its Go module. This takes some minutes.\n", name)
	}
	err = run(ctx, log, filepath.Join(root, "tools", engine.module),
		"go", "build", "-ldflags", engine.ldflags, "-o", path, engine.source)
	if err != nil {
		return Engine{}, fmt.Errorf("build %s: %w", name, err)
	}
	return inspect(ctx, path)
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
		return Engine{}, fmt.Errorf("%s version: %w", path, err)
	}
	// The first line is such as "Terraform v1.11.4".
	line, _, _ := strings.Cut(string(output), "\n")
	name, version, _ := strings.Cut(strings.TrimSpace(line), " v")
	host, ok := map[string]string{"Terraform": TerraformHost, "OpenTofu": OpenTofuHost}[name]
	if !ok {
		return Engine{}, fmt.Errorf("%s is neither Terraform nor OpenTofu: it prints %q", path, line)
	}
	return Engine{Path: path, Version: version, Host: host}, nil
}

// Root returns the folder of the repository.
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
			return "", errors.New("the working directory isn't in the provider's repository")
		}
		folder = parent
	}
}

// Installation is an engine with this provider installed for it.
type Installation struct {
	Engine
	config string // the file with the CLI configuration
}

// Install builds the provider and installs it from a mirror in folder.
func (e Engine) Install(ctx context.Context, log io.Writer, folder string) (*Installation, error) {
	root, err := Root()
	if err != nil {
		return nil, err
	}
	mirror, err := filepath.Abs(filepath.Join(folder, "mirror"))
	if err != nil {
		return nil, err
	}
	err = run(ctx, log, root,
		"go", "build", "-ldflags", "-X main.version="+Version, "-o", e.Binary(mirror), ".")
	if err != nil {
		return nil, fmt.Errorf("build the provider: %w", err)
	}
	return e.InstallFrom(mirror)
}

// Binary returns the path of the provider's binary in a mirror.
func (e Engine) Binary(mirror string) string {
	return filepath.Join(mirror, e.Host, Namespace, "attachments", Version,
		runtime.GOOS+"_"+runtime.GOARCH,
		"terraform-provider-attachments_v"+Version+executableSuffix())
}

// InstallFrom installs the provider from a filesystem mirror. It writes the CLI configuration
// beside the mirror.
func (e Engine) InstallFrom(mirror string) (*Installation, error) {
	mirror, err := filepath.Abs(mirror)
	if err != nil {
		return nil, err
	}
	config := filepath.Join(filepath.Dir(mirror), "cli.tfrc")
	text := fmt.Sprintf("provider_installation {\n  filesystem_mirror {\n    path = %q\n  }\n}\n",
		filepath.ToSlash(mirror))
	if err := os.WriteFile(config, []byte(text), 0o600); err != nil {
		return nil, err
	}
	return &Installation{Engine: e, config: config}, nil
}

// Command returns a Terraform command to run in folder. It gets the variables in env, but none of
// the user's variables for Terraform and the provider, and not the user's CLI configuration. On
// Unix, the command is interrupted when ctx ends.
func (i *Installation) Command(
	ctx context.Context,
	folder string,
	env []string,
	arguments ...string,
) *exec.Cmd {
	command := exec.CommandContext(ctx, i.Path, arguments...)
	interruptAtEnd(command)
	command.WaitDelay = stopTimeout
	command.Dir = folder
	command.Env = environment(i.config, env)
	return command
}

// Init writes a configuration into folder, which it empties, and initializes it.
func (i *Installation) Init(ctx context.Context, folder, configuration string) error {
	err := errors.Join(
		os.RemoveAll(folder),
		os.Mkdir(folder, 0o750),
		os.WriteFile(filepath.Join(folder, "main.tf"), []byte(configuration), 0o600))
	if err != nil {
		return err
	}
	return Run(i.Command(ctx, folder, nil, "init", "-input=false", "-no-color"))
}

// Run runs a command. Its error has the command's output.
func Run(command *exec.Cmd) error {
	if output, err := command.CombinedOutput(); err != nil {
		return fmt.Errorf("%s: %w\n%s", command, err, output)
	}
	return nil
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

func run(ctx context.Context, log io.Writer, folder, name string, arguments ...string) error {
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
