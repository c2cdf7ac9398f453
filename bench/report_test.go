package main

import (
	"strings"
	"testing"
)

func TestTableTakesMediansOfRatiosWithinARound(t *testing.T) {
	t.Parallel()
	r := &report{}
	for _, walls := range [][2]measurement{
		{{wall: 500}, {wall: 1000}},
		{{wall: 8000}, {wall: 10000}},
		{{wall: 70}, {wall: 100}},
	} {
		r.rounds = append(r.rounds,
			round{thousandBlocks: walls[0], frameworkBlocks: walls[1]})
	}
	table := r.table([]row{
		{"a figure", 0.75, wall(thousandBlocks, frameworkBlocks)},
		{"another figure", 0.65, wall(thousandBlocks, frameworkBlocks)},
	})
	for _, row := range []string{
		"| a figure | 0.70 | 0.50 to 0.80 | 0.75 | met |\n",
		"| another figure | 0.70 | 0.50 to 0.80 | 0.65 | **missed** |\n",
	} {
		if !strings.Contains(table, row) {
			t.Errorf("%s is missing in\n%s", row, table)
		}
	}
}

func TestMedianOfAnEvenNumber(t *testing.T) {
	t.Parallel()
	if got := median([]float64{1, 2, 3, 4}); got != 2.5 {
		t.Errorf("got %v, want 2.5", got)
	}
}
