// Command bench compares plans with this provider to plans with providers that read nothing and
// with a stand-in for data "http". See README.md.
package main

import (
	"context"
	"flag"
	"fmt"
	"log"
	"os"
	"os/signal"
	"path/filepath"
	"runtime/debug"
	"slices"
	"syscall"
)

func main() {
	rounds := flag.Int("rounds", 1, "number of rounds; each figure is a median over the rounds")
	write := flag.Bool("write", false, "write bench/results.md and bench/plot.svg")
	flag.Parse()

	debug.SetGCPercent(1000) // the mock runs in this process and isn't measured
	for _, name := range []string{"GODEBUG", "GOGC", "GOMAXPROCS", "GOMEMLIMIT"} {
		_ = os.Unsetenv(name) // these would slow down or speed up Terraform and the providers
	}
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt, syscall.SIGTERM)
	err := bench(ctx, *rounds, *write)
	stop()
	if err != nil {
		log.Fatal(err)
	}
}

func bench(ctx context.Context, rounds int, write bool) error {
	lab, err := newLab(ctx)
	if err != nil {
		return err
	}
	results := report{terraform: lab.terraform}
	for i := range max(rounds, 1) {
		fmt.Fprintf(os.Stderr, "Round %d of %d\n", i+1, rounds)
		measured := round{}
		// Each round starts with another plan.
		first := i % len(plans)
		for _, plan := range slices.Concat(plans[first:], plans[:first]) {
			if measured[plan], err = lab.measure(ctx, plan); err != nil {
				return fmt.Errorf("%+v: %w", plan, err)
			}
		}
		results.rounds = append(results.rounds, measured)
	}
	fmt.Print(results.table(rows))
	if !write {
		return nil
	}
	return results.write(filepath.Join(lab.root, "bench"))
}
