package main

import (
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"
)

func TestMedian(t *testing.T) {
	t.Parallel()
	for want, values := range map[float64][]float64{
		2:   {3, 1, 2},
		2.5: {4, 1, 2, 3},
		7:   {7},
	} {
		if got := median(values); got != want {
			t.Errorf("%v: got %v, want %v", values, got, want)
		}
	}
}

// TestTargets has three rounds in which a cell is missed on the median, and met in one of them.
func TestTargets(t *testing.T) {
	t.Parallel()
	single, noop := at(attachments, 1000), at(frameworkNoop, 1000)
	r := &report{runs: []run{single, noop}, binarySize: 18_600_000}
	for _, wall := range []time.Duration{500, 800, 700} {
		r.rounds = append(r.rounds, round{
			runs: map[run]measurement{
				single: {wall: wall, engineCPU: 300, providerCPU: 200},
				noop:   {wall: 1000, engineCPU: 500, providerCPU: 500},
			},
			starts: map[subject]time.Duration{attachments: 9, frameworkNoop: 10},
		})
	}
	page := r.markdown(false)
	for _, row := range []string{
		"| 1000 blocks / framework no-op, wall | 0.70 | 0.50 to 0.80 | 0.65 | **missed** |",
		"| 1000 blocks / framework no-op, CPU | 0.50 | 0.50 to 0.50 | 0.58 | met |",
		"| start to handshake / framework no-op | 0.90 | 0.90 to 0.90 | 1 | met |",
		"| binary, stripped, in MB | 18.6 |  | 20 | met |",
	} {
		if !strings.Contains(page, row) {
			t.Errorf("%s is missing in\n%s", row, page)
		}
	}
	if strings.Contains(page, "raw no-op") {
		t.Errorf("there is a row of what was not run:\n%s", page)
	}
}

func TestGrowth(t *testing.T) {
	t.Parallel()
	r := round{runs: map[run]measurement{
		at(attachments, 1):    {wall: 100},
		at(attachments, 1000): {wall: 1100},
		at(attachments, 5000): {wall: 7600},
	}}
	for _, row := range rows() {
		if strings.HasPrefix(row.cell, "a read among 5000 blocks") {
			if got := row.value(r); got != 1.5 {
				t.Errorf("got %v, want 1.5", got)
			}
			return
		}
	}
	t.Error("the cell is missing")
}

func TestReplace(t *testing.T) {
	t.Parallel()
	name := filepath.Join(t.TempDir(), "page.md")
	for text, want := range map[string]string{
		"a\n" + begin + "old\n" + end + "b\n": "a\n" + begin + "new\n" + end + "b\n",
		"a\n" + begin + "old\n":               "",
		"old\n":                               "",
	} {
		if err := os.WriteFile(name, []byte(text), 0o600); err != nil {
			t.Fatal(err)
		}
		err := replace(name, "new\n")
		got, readErr := os.ReadFile(name)
		if readErr != nil {
			t.Fatal(readErr)
		}
		if want == "" && (err == nil || string(got) != text) || want != "" && string(got) != want {
			t.Errorf("%q: got %q, %v", text, got, err)
		}
	}
}
