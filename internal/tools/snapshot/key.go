package main

import (
	"context"
	"fmt"
	"os"
	"os/exec"
	"strings"
)

// key is a signing key in a keyring of its own.
type key struct {
	home        string // the keyring's folder
	fingerprint string
}

// newKey makes a key of the kind that the registries accept.
func newKey(ctx context.Context) (*key, error) {
	if _, err := exec.LookPath("gpg"); err != nil {
		return nil, fmt.Errorf("gpg, which signs releases, is missing: install GnuPG "+
			"(Debian and Ubuntu: apt-get install gnupg; macOS: brew install gnupg): %w", err)
	}
	// Not below build: the agent's socket stands in it, whose path is limited to about 100 bytes.
	home, err := os.MkdirTemp("", "gpg")
	if err != nil {
		return nil, err
	}
	k := &key{home: home}
	if _, err := k.gpg(ctx, "--passphrase", "", "--quick-generate-key",
		"snapshot of terraform-provider-attachments", "rsa3072", "sign", "1d"); err != nil {
		k.throwAway(ctx)
		return nil, err
	}
	listed, err := k.gpg(ctx, "--with-colons", "--list-keys")
	if err != nil {
		k.throwAway(ctx)
		return nil, err
	}
	for line := range strings.Lines(listed) {
		if fields := strings.Split(line, ":"); fields[0] == "fpr" {
			k.fingerprint = fields[9]
		}
	}
	return k, nil
}

// verify checks the signature that stands next to the file in a ".sig".
func (k *key) verify(ctx context.Context, file string) error {
	_, err := k.gpg(ctx, "--verify", file+".sig", file)
	return err
}

func (k *key) gpg(ctx context.Context, arguments ...string) (string, error) {
	command := exec.CommandContext(ctx, "gpg", append([]string{"--batch", "--quiet"}, arguments...)...)
	command.Env = append(os.Environ(), "GNUPGHOME="+k.home)
	var failure strings.Builder
	command.Stderr = &failure
	output, err := command.Output()
	if err != nil {
		return "", fmt.Errorf("gpg %s: %w\n%s", strings.Join(arguments, " "), err, failure.String())
	}
	return string(output), nil
}

// throwAway ends the keyring's agent too, even where ctx has ended.
func (k *key) throwAway(ctx context.Context) {
	command := exec.CommandContext(context.WithoutCancel(ctx), "gpgconf", "--kill", "all")
	command.Env = append(os.Environ(), "GNUPGHOME="+k.home)
	_ = command.Run()
	_ = os.RemoveAll(k.home)
}
