// Command bench measures the provider with a real engine against providers that do nothing and one
// that does what people do today. See README.md.
package main

import (
	"context"
	"errors"
	"flag"
	"fmt"
	"log"
	"os"
	"os/signal"
	"path/filepath"
	"slices"
	"strings"
	"syscall"

	"github.com/terraform-attachments/terraform-provider-attachments/internal/testing/engine"
)

func main() {
	quick := flag.Bool("quick", false, "run the key cells alone, and write no results")
	rounds := flag.Int("rounds", 15, "how often everything is run; figures are medians over these")
	peer := flag.String("peer", "", "a provider's binary, to be measured beside the others")
	peerConfig := flag.String("peer-config", "", "its configuration, a .tf file; by default one that "+
		`reads with data "http"`)
	flag.Parse()

	// What tunes or slows all Go programs, or has providers log, is no part of the measurement.
	for _, variable := range os.Environ() {
		name, _, _ := strings.Cut(variable, "=")
		if strings.HasPrefix(name, "TF_LOG") || slices.Contains(tuning, name) {
			_ = os.Unsetenv(name)
		}
	}
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt, syscall.SIGTERM)
	err := bench(ctx, *quick, *rounds, *peer, *peerConfig)
	stop()
	if err != nil {
		log.Fatal(err)
	}
}

var tuning = []string{"GODEBUG", "GOGC", "GOMAXPROCS", "GOMEMLIMIT"}

func bench(ctx context.Context, quick bool, rounds int, peer, peerConfig string) error {
	if rounds < 1 || peerConfig != "" && peer == "" {
		return errors.New("it takes at least one round, and a peer to have a configuration for it")
	}
	found, err := engine.Find(ctx, os.Stderr)
	if err != nil {
		return err
	}
	root, err := engine.Root()
	if err != nil {
		return err
	}
	folder := filepath.Join(root, "build", "bench")
	if err := os.RemoveAll(folder); err != nil {
		return err
	}
	subjects, err := subjects(peer, peerConfig)
	if err != nil {
		return err
	}
	lab, err := newLab(ctx, found, root, folder, subjects)
	if err != nil {
		return err
	}
	defer lab.close()

	runs := allRuns(peer != "")
	if quick {
		runs = keyRuns(peer != "")
	}
	var results []round
	for i := range rounds {
		fmt.Fprintf(os.Stderr, "Round %d of %d\n", i+1, rounds)
		r := round{runs: map[run]measurement{}}
		first := i * len(runs) / rounds // so that none always follows the same other
		for _, run := range slices.Concat(runs[first:], runs[:first]) {
			if r.runs[run], err = lab.measure(ctx, run); err != nil {
				return fmt.Errorf("%s: %w", run, err)
			}
		}
		if r.starts, err = lab.measureStarts(ctx, attachments, frameworkNoop); err != nil {
			return err
		}
		results = append(results, r)
	}

	report, err := newReport(found, lab, runs, results)
	if err != nil {
		return err
	}
	fmt.Println(report.markdown(true))
	if quick {
		return nil
	}
	return report.write(root)
}
