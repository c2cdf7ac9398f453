// Command snapshot builds this machine's part of a release twice, checks names, sums and signature,
// and that both builds are equal, and lays the zip out as a filesystem mirror in
// build/snapshot/mirror. It needs git and gpg, and signs with a key that it throws away.
package main

import (
	"context"
	"errors"
	"fmt"
	"log"
	"os"
	"os/exec"
	"os/signal"
	"path/filepath"
	"regexp"
	"runtime"
	"syscall"

	"github.com/terraform-attachments/terraform-provider-attachments/internal/testing/engine"
)

func main() {
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt, syscall.SIGTERM)
	err := snapshot(ctx)
	stop()
	if err != nil {
		log.Fatal(err)
	}
}

func snapshot(ctx context.Context) error {
	root, err := engine.Root()
	if err != nil {
		return err
	}
	folder := filepath.Join(root, "build", "snapshot")
	if err := os.RemoveAll(folder); err != nil {
		return err
	}
	if err := os.MkdirAll(folder, 0o750); err != nil {
		return err
	}
	config, err := writeConfig(root, folder, target())
	if err != nil {
		return err
	}

	key, err := newKey(ctx)
	if err != nil {
		return err
	}
	defer key.throwAway(ctx)

	fmt.Println("==> Building and signing a release of " + target())
	env := []string{"GNUPGHOME=" + key.home, "GPG_FINGERPRINT=" + key.fingerprint}
	if err := goreleaser(ctx, root, config, env, "publish"); err != nil {
		return err
	}
	fmt.Println("==> Checking names, sums and signature")
	built := release{folder: filepath.Join(root, "build", "dist"), version: engine.Version}
	zips, err := built.check(filepath.Join(root, "terraform-registry-manifest.json"))
	if err != nil {
		return err
	}
	if len(zips) != 1 {
		return fmt.Errorf("there should be one zip, not %q", zips)
	}
	if err := key.verify(ctx, filepath.Join(built.folder, built.sumsName())); err != nil {
		return err
	}

	fmt.Println("==> Building it again in another place, which must give the same zip")
	checkout := filepath.Join(folder, "checkout")
	if err := copyCheckout(ctx, checkout, root); err != nil {
		return err
	}
	if err := goreleaser(ctx, checkout, config, nil, "publish,sign"); err != nil {
		return err
	}
	again := filepath.Join(checkout, "build", "dist", zips[0])
	if err := equal(filepath.Join(built.folder, zips[0]), again); err != nil {
		return err
	}
	if err := os.RemoveAll(checkout); err != nil {
		return err
	}

	mirror := filepath.Join(folder, "mirror")
	for _, host := range []string{engine.TerraformHost, engine.OpenTofuHost} {
		place := filepath.Join(mirror, host, engine.Namespace, "attachments")
		if err := os.MkdirAll(place, 0o750); err != nil {
			return err
		}
		if err := copyFile(filepath.Join(place, zips[0]),
			filepath.Join(built.folder, zips[0])); err != nil {
			return err
		}
	}
	fmt.Println("==> " + zips[0] + " is in " + mirror)
	return nil
}

// target is this machine, as releases name it.
func target() string {
	return runtime.GOOS + "_" + runtime.GOARCH
}

var anyTarget = regexp.MustCompile(`(?m)^ +- (darwin|freebsd|linux|windows)_.*\n`)

var errNoTarget = errors.New("there are no releases for this machine")

// writeConfig leaves of the release's configuration only one target.
func writeConfig(root, folder, target string) (string, error) {
	text, err := os.ReadFile(filepath.Join(root, ".goreleaser.yml"))
	if err != nil {
		return "", err
	}
	own := regexp.MustCompile(`- ` + target + `(_\w+)?\n`)
	if !own.Match(text) {
		return "", fmt.Errorf("%w, %s", errNoTarget, target)
	}
	text = anyTarget.ReplaceAllFunc(text, func(line []byte) []byte {
		if own.Match(line) {
			return line
		}
		return nil
	})
	config := filepath.Join(folder, "goreleaser.yml")
	return config, os.WriteFile(config, text, 0o600)
}

// goreleaser releases what is in the checkout, into build/dist.
func goreleaser(ctx context.Context, checkout, config string, env []string, skip string) error {
	command := exec.CommandContext(ctx, "go", "tool", "-modfile=tools/go.mod",
		"goreleaser", "release", "--snapshot", "--clean", "--config", config, "--skip="+skip)
	command.Dir = checkout
	command.Env = append(os.Environ(), env...)
	command.Stdout = os.Stdout
	command.Stderr = os.Stderr
	if err := command.Run(); err != nil {
		return fmt.Errorf("goreleaser: %w", err)
	}
	return nil
}
