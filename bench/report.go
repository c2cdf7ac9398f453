package main

import (
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"runtime"
	"slices"
	"strings"
	"time"

	"gonum.org/v1/plot"
	"gonum.org/v1/plot/plotter"
	"gonum.org/v1/plot/plotutil"
	"gonum.org/v1/plot/vg"

	"github.com/terraform-attachments/terraform-provider-attachments/internal/testing/engine"
)

// round is what each plan took once.
type round map[plan]measurement

// row is a figure, and the limit that it should stay below.
type row struct {
	name  string
	limit float64
	value func(round) float64
}

// bench/README.md explains the limits.
var rows = []row{
	{`1000 blocks / stand-in for data "http", wall`, 0.4, wall(thousandBlocks, standInBlocks)},
	{`1000 IDs in one block / stand-in for data "http", wall`, 0.16, wall(thousandIDs, standInBlocks)},
	{"1000 blocks / framework no-op, wall", 0.8, wall(thousandBlocks, frameworkBlocks)},
	{"1000 blocks / framework no-op, CPU", 0.72, cpu(thousandBlocks, frameworkBlocks)},
	{`1000 blocks / stand-in for data "http", CPU`, 0.36, cpu(thousandBlocks, standInBlocks)},
	{"1000 IDs in one block / framework no-op, wall", 0.3, wall(thousandIDs, frameworkBlocks)},
	{"1000 IDs in one block / framework no-op, CPU", 0.2, cpu(thousandIDs, frameworkBlocks)},
	{"1000 blocks / raw no-op, 50 ms, parallelism 100, wall", 1.4, wall(slowBlocks, slowRawBlocks)},
	{"5000 blocks, peak memory of the provider in MB", 55, megabytes(manyMetered)},
	{"20,000 Wix attachments, peak memory of the provider in MB", 250, megabytes(longList)},
	{"100 rate-limited blocks, parallelism 100, requests a second", 4, func(r round) float64 {
		return float64(r[hundredLimited].late) / (3*time.Second - settling).Seconds()
	}},
}

func wall(a, b plan) func(round) float64 {
	return func(r round) float64 { return ratio(r[a].wall, r[b].wall) }
}

func cpu(a, b plan) func(round) float64 {
	return func(r round) float64 { return ratio(r[a].cpu, r[b].cpu) }
}

func megabytes(p plan) func(round) float64 {
	return func(r round) float64 { return float64(r[p].peakMemory) / 1e6 }
}

func ratio(a, b time.Duration) float64 { return float64(a) / float64(b) }

// report is the results of all rounds.
type report struct {
	terraform engine.Engine
	rounds    []round
}

// sorted returns a figure of each round, the lowest first.
func (r *report) sorted(value func(round) float64) []float64 {
	var values []float64
	for _, measured := range r.rounds {
		values = append(values, value(measured))
	}
	slices.Sort(values)
	return values
}

// median returns the mean of the two values in the middle if their number is even.
func median(sorted []float64) float64 {
	n := len(sorted)
	return (sorted[(n-1)/2] + sorted[n/2]) / 2
}

// table returns rows as Markdown.
func (r *report) table(rows []row) string {
	var b strings.Builder
	fmt.Fprintf(&b, "%s on %d cores (%s/%s). Rounds: %d.\n\n",
		r.terraform, runtime.NumCPU(), runtime.GOOS, runtime.GOARCH, len(r.rounds))
	b.WriteString("| Figure | Median | Lowest to highest | Limit | |\n|---|--:|--:|--:|---|\n")
	for _, row := range rows {
		values := r.sorted(row.value)
		verdict := "met"
		if median(values) > row.limit {
			verdict = "**missed**"
		}
		fmt.Fprintf(&b, "| %s | %.2f | %.2f to %.2f | %g | %s |\n", row.name, median(values),
			values[0], values[len(values)-1], row.limit, verdict)
	}
	return b.String()
}

// write writes results.md and plot.svg into a folder.
func (r *report) write(folder string) error {
	page := "# Results\n\n" + r.table(rows) +
		"\n![Wall and CPU time of a plan with 1000 reads, for each provider](plot.svg)\n"
	return errors.Join(
		os.WriteFile(filepath.Join(folder, "results.md"), []byte(page), 0o600),
		r.plot(filepath.Join(folder, "plot.svg")))
}

// plot draws what a plan with 1000 reads takes, a bar for each subject.
func (r *report) plot(file string) error {
	p := plot.New()
	p.Title.Text = fmt.Sprintf("A plan with 1000 reads, no latency, %s", r.terraform)
	p.X.Label.Text = "seconds (median)"
	for i, figure := range []struct {
		name string
		of   func(measurement) time.Duration
	}{
		{"CPU", func(m measurement) time.Duration { return m.cpu }},
		{"wall", func(m measurement) time.Duration { return m.wall }},
	} {
		var seconds plotter.Values
		for _, plan := range []plan{thousandIDs, thousandBlocks, frameworkBlocks, standInBlocks} {
			seconds = append(seconds, median(r.sorted(func(measured round) float64 {
				return figure.of(measured[plan]).Seconds()
			})))
		}
		bars, err := plotter.NewBarChart(seconds, vg.Points(12))
		if err != nil {
			return err
		}
		bars.Horizontal = true
		bars.Color = plotutil.Color(i)
		bars.LineStyle.Width = 0
		bars.Offset = vg.Points(float64(12*i - 6))
		p.Add(bars)
		p.Legend.Add(figure.name, bars)
	}
	p.NominalY("1000 IDs in one block", "1000 blocks", "framework no-op", `stand-in for data "http"`)
	return p.Save(20*vg.Centimeter, 9*vg.Centimeter, file)
}
