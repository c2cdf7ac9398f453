package main

import (
	"bufio"
	"context"
	"fmt"
	"os"
	"os/exec"
	"time"
)

// startsPerRound is how often a round starts a provider by itself.
const startsPerRound = 10

// cookie is how engines tell providers that it was one that started them: see terraform-plugin-go,
// tfprotov6/tf6server.
const cookie = "TF_PLUGIN_MAGIC_COOKIE=" +
	"d602bf8f470bc67ca7faa0386276bbdd4330efaf76d1a219cb4d6991ca9872b2"

// measureStarts returns how long the providers take from their start to the handshake, in turn.
func (l *lab) measureStarts(
	ctx context.Context,
	subjects ...subject,
) (map[subject]time.Duration, error) {
	all := map[subject][]time.Duration{}
	for range startsPerRound {
		for _, s := range subjects {
			took, err := start(ctx, l.installed[s].provider)
			if err != nil {
				return nil, fmt.Errorf("start %s: %w", s, err)
			}
			all[s] = append(all[s], took)
		}
	}
	medians := map[subject]time.Duration{}
	for s, took := range all {
		medians[s] = median(took)
	}
	return medians, nil
}

func start(ctx context.Context, binary string) (time.Duration, error) {
	provider := exec.CommandContext(ctx, binary)
	provider.Env = append(os.Environ(), cookie, "PLUGIN_PROTOCOL_VERSIONS=6")
	output, err := provider.StdoutPipe()
	if err != nil {
		return 0, err
	}
	started := time.Now()
	if err := provider.Start(); err != nil {
		return 0, err
	}
	_, err = bufio.NewReader(output).ReadString('\n')
	took := time.Since(started)
	_ = provider.Process.Kill()
	_ = provider.Wait()
	return took, err
}
