package main

import (
	"errors"
	"fmt"
	"math"
	"os"
	"path/filepath"
	"runtime"
	"slices"
	"strings"
	"time"

	"github.com/terraform-attachments/terraform-provider-attachments/internal/testing/engine"
)

// round is what everything took once. Ratios are taken within one.
type round struct {
	runs   map[run]measurement
	starts map[subject]time.Duration // to the handshake
}

// row is a figure with the target that it is held against.
type row struct {
	cell   string
	needs  []run
	value  func(round) float64
	target float64
}

func rows() []row {
	var (
		noop    = at(frameworkNoop, 1000)
		raw     = at(rawNoop, 1000)
		http    = at(standIn, 1000)
		single  = at(attachments, 1000)
		many    = at(plural, 1000)
		one     = at(attachments, 1)
		noopOne = at(frameworkNoop, 1)
	)
	wall := func(a, b run) func(round) float64 {
		return func(r round) float64 { return ratio(r.runs[a].wall, r.runs[b].wall) }
	}
	cpu := func(a, b run) func(round) float64 {
		return func(r round) float64 { return ratio(r.runs[a].cpu(), r.runs[b].cpu()) }
	}
	// growth is the cost of a read among 5000 against one among 1000, less the plan of one.
	growth := func(s subject) func(round) float64 {
		return func(r round) float64 {
			fixed := r.runs[at(s, 1)].wall
			return ratio(r.runs[at(s, 5000)].wall-fixed, r.runs[at(s, 1000)].wall-fixed) / 5
		}
	}
	ideal := time.Duration(math.Ceil(float64(slowPlural.n)/float64(slowPlural.concurrency))) *
		slowPlural.latency
	return []row{
		{"1000 blocks / framework no-op, wall", []run{single, noop}, wall(single, noop), 0.65},
		{"1000 blocks / framework no-op, CPU", []run{single, noop}, cpu(single, noop), 0.58},
		{"1000 blocks / raw no-op, wall", []run{single, raw}, wall(single, raw), 1.5},
		{`1000 blocks / stand-in for data "http", wall`, []run{single, http}, wall(single, http), 0.33},
		{`1000 blocks / stand-in for data "http", CPU`, []run{single, http}, cpu(single, http), 0.25},
		{
			"1000 ids in one block / 1000 blocks of the framework no-op, wall",
			[]run{many, noop},
			wall(many, noop), 0.22,
		},
		{
			"1000 ids in one block / 1000 blocks of the framework no-op, CPU",
			[]run{many, noop},
			cpu(many, noop), 0.17,
		},
		{
			"1000 ids in one block, 200 ms, 64 at once / 16 × 0.2 s and its plan at 0 ms, wall",
			[]run{slowPlural, fastPlural},
			func(r round) float64 {
				return ratio(r.runs[slowPlural].wall, ideal+r.runs[fastPlural].wall)
			}, 1.05,
		},
		{
			"1000 blocks, 50 ms, parallelism 100 / 0.5 s, wall",
			[]run{slowSingular},
			func(r round) float64 { return ratio(r.runs[slowSingular].wall, time.Second/2) }, 2,
		},
		{
			"provider's peak memory, 5000 blocks / 10",
			[]run{at(attachments, 5000), at(attachments, 10)},
			func(r round) float64 {
				return float64(r.runs[at(attachments, 5000)].providerRSS) /
					float64(r.runs[at(attachments, 10)].providerRSS)
			}, 2.4,
		},
		{
			"a read among 5000 blocks / among 1000, less the plan of one, wall",
			[]run{at(attachments, 5000), single, one},
			growth(attachments), 1.3,
		},
		{
			"an id among 5000 in one block / among 1000, less the plan of one, wall",
			[]run{at(plural, 5000), many, at(plural, 1)},
			growth(plural), 1.3,
		},
		{
			"connections for 1000 blocks at parallelism 10",
			[]run{single},
			func(r round) float64 { return float64(r.runs[single].Connections) }, 10,
		},
		{"1 block / framework no-op, wall", []run{one, noopOne}, wall(one, noopOne), 1.05},
		{
			"start to handshake / framework no-op", nil,
			func(r round) float64 { return ratio(r.starts[attachments], r.starts[frameworkNoop]) }, 1,
		},
	}
}

func ratio(a, b time.Duration) float64 { return float64(a) / float64(b) }

// median returns the mean of the two in the middle where there is none.
func median[T time.Duration | float64](values []T) T {
	sorted := slices.Sorted(slices.Values(values))
	middle := len(sorted) / 2
	if len(sorted)%2 == 0 {
		return (sorted[middle-1] + sorted[middle]) / 2
	}
	return sorted[middle]
}

// report is what came of all rounds.
type report struct {
	engine     engine.Engine
	runs       []run
	rounds     []round
	binarySize int64
}

func newReport(found engine.Engine, l *lab, runs []run, rounds []round) (*report, error) {
	info, err := os.Stat(l.installed[attachments].provider)
	if err != nil {
		return nil, err
	}
	return &report{engine: found, runs: runs, rounds: rounds, binarySize: info.Size()}, nil
}

// markdown is the rows, and below them what they are made of where all is asked for.
func (r *report) markdown(all bool) string {
	var b strings.Builder
	fmt.Fprintf(&b, "%s on %d cores (%s/%s); medians over %d rounds, ratios taken within a round.\n\n",
		r.engine, runtime.NumCPU(), runtime.GOOS, runtime.GOARCH, len(r.rounds))
	r.writeTargets(&b)
	if all {
		b.WriteString("\n")
		r.writeFigures(&b)
	}
	return b.String()
}

func (r *report) writeTargets(b *strings.Builder) {
	b.WriteString("| Cell | Measured | Lowest to highest | Target | |\n|---|--:|--:|--:|---|\n")
	write := func(cell, measured, span string, target float64, met bool) {
		verdict := "met"
		if !met {
			verdict = "**missed**"
		}
		fmt.Fprintf(b, "| %s | %s | %s | %g | %s |\n", cell, measured, span, target, verdict)
	}
	for _, row := range rows() {
		left := func(run run) bool { return !slices.Contains(r.runs, run) }
		if slices.ContainsFunc(row.needs, left) {
			continue
		}
		var values []float64
		for _, round := range r.rounds {
			values = append(values, row.value(round))
		}
		m := median(values)
		write(row.cell, fmt.Sprintf("%.2f", m),
			fmt.Sprintf("%.2f to %.2f", slices.Min(values), slices.Max(values)), row.target,
			m <= row.target)
	}
	size := float64(r.binarySize) / 1e6
	write("binary, stripped, in MB", fmt.Sprintf("%.1f", size), "", 20, size <= 20)
}

func (r *report) writeFigures(b *strings.Builder) {
	b.WriteString("| Provider | Reads | Latency | Parallelism | At once | Wall | " +
		"CPU of the engine | of the provider | Its peak memory | Requests | Connections |\n" +
		"|---|--:|--:|--:|--:|--:|--:|--:|--:|--:|--:|\n")
	for _, run := range r.runs {
		seconds := func(of func(measurement) time.Duration) string {
			return fmt.Sprintf("%.3f s", r.median(run, func(m measurement) float64 {
				return of(m).Seconds()
			}))
		}
		count := func(of func(measurement) int64) int64 {
			return int64(r.median(run, func(m measurement) float64 { return float64(of(m)) }))
		}
		fmt.Fprintf(b, "| %s | %d | %s | %d | %d | %s | %s | %s | %d MB | %d | %d |\n",
			run.subject, run.n, run.latency, run.parallelism, run.concurrency,
			seconds(func(m measurement) time.Duration { return m.wall }),
			seconds(func(m measurement) time.Duration { return m.engineCPU }),
			seconds(func(m measurement) time.Duration { return m.providerCPU }),
			count(func(m measurement) int64 { return m.providerRSS })/1e6,
			count(func(m measurement) int64 { return m.Requests }),
			count(func(m measurement) int64 { return m.Connections }))
	}
}

func (r *report) median(run run, of func(measurement) float64) float64 {
	var values []float64
	for _, round := range r.rounds {
		values = append(values, of(round.runs[run]))
	}
	return median(values)
}

// begin and end are what a page has around the results.
const (
	begin = "<!-- bench: begin -->\n"
	end   = "<!-- bench: end -->\n"
)

// write puts the results into the pages that show them, and draws the plot.
func (r *report) write(root string) error {
	err := r.plot(filepath.Join(root, "bench", "plot.svg"))
	if err != nil {
		return err
	}
	return errors.Join(
		replace(filepath.Join(root, "bench", "README.md"), r.markdown(true)),
		replace(filepath.Join(root, "README.md"), r.markdown(false)),
	)
}

func replace(name, text string) error {
	page, err := os.ReadFile(name)
	if err != nil {
		return err
	}
	before, rest, ok := strings.Cut(string(page), begin)
	_, after, also := strings.Cut(rest, end)
	if !ok || !also {
		return fmt.Errorf("%s has no place for the results: %q to %q", name, begin, end)
	}
	return os.WriteFile(name, []byte(before+begin+text+end+after), 0o600)
}
