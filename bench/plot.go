package main

import (
	"fmt"
	"slices"

	"gonum.org/v1/plot"
	"gonum.org/v1/plot/plotter"
	"gonum.org/v1/plot/plotutil"
	"gonum.org/v1/plot/vg"
)

// plot draws the time of a plan against the number of reads.
func (r *report) plot(name string) error {
	p := plot.New()
	p.Title.Text = fmt.Sprintf("A plan with %s, no latency", r.engine)
	p.X.Label.Text = "reads"
	p.Y.Label.Text = "seconds"
	p.X.Scale, p.Y.Scale = plot.LogScale{}, plot.LogScale{}
	p.X.Tick.Marker = ticks(1, 10, 100, 1000, 5000)
	p.Y.Tick.Marker = ticks(0.2, 0.5, 1, 2, 5, 10)
	p.Legend.Top, p.Legend.Left, p.Legend.Padding = true, true, vg.Points(3)
	p.Add(plotter.NewGrid())

	for i, s := range everybody(false) {
		var points plotter.XYs
		for _, n := range []int{1, 10, 100, 1000, 5000} {
			if run := at(s, n); slices.Contains(r.runs, run) {
				seconds := r.median(run, func(m measurement) float64 { return m.wall.Seconds() })
				points = append(points, plotter.XY{X: float64(n), Y: seconds})
			}
		}
		line, marks, err := plotter.NewLinePoints(points)
		if err != nil {
			return err
		}
		line.Color, line.Width = plotutil.Color(i), vg.Points(1.5)
		marks.Color, marks.Shape = plotutil.Color(i), plotutil.Shape(i)
		p.Add(line, marks)
		p.Legend.Add(string(s), line, marks)
	}
	p.Y.Min, p.Y.Max = 0.2, 10
	return p.Save(20*vg.Centimeter, 13*vg.Centimeter, name)
}

func ticks(values ...float64) plot.ConstantTicks {
	var all plot.ConstantTicks
	for _, value := range values {
		all = append(all, plot.Tick{Value: value, Label: fmt.Sprint(value)})
	}
	return all
}
