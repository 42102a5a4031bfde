package study

import (
	"fmt"
	"maps"
	"slices"
	"strings"

	"oxysim/model"
	"oxysim/scenarios/quantity"
	"oxysim/sim/stats"
)

// Gauge is what is read off a replication: a metric, or the mean of one over
// the hospitals that have it.
type Gauge struct {
	Name  string       // of the metric, or its last part
	Kind  model.Metric // of the metric, or of the hospitals' metrics
	Names []string     // of the metrics of which it is the mean
}

// NewGauge returns the gauge of a name: a whole one such as
// "network.stockout_hours", or the last part of a hospital's metric, such as
// "stockout_hours". The empty name is that of the metric of the scenario's
// target.
func NewGauge(s *Subject, metrics []model.Metric, name string) (Gauge, error) {
	if name == "" {
		t, problems := NewTarget(s, metrics)
		if len(problems) > 0 {
			return Gauge{}, problems
		}
		name = t.Metric
	}
	g := Gauge{Name: name}
	known := map[string]bool{}
	var idle []string
	for _, m := range metrics {
		thing, part := Thing(m.Name)
		known[m.Name] = true
		if m.Name == name {
			return Gauge{Name: name, Kind: m, Names: []string{name}}, nil
		}
		if !strings.HasPrefix(thing, "hospital.") {
			continue
		}
		known[part] = true
		if part != name {
			continue
		}
		g.Kind = m
		if s.asks(thing) {
			g.Names = append(g.Names, m.Name)
		} else {
			idle = append(idle, m.Name)
		}
	}
	if len(g.Names) == 0 {
		g.Names = idle
	}
	if len(g.Names) > 0 {
		return g, nil
	}
	if guess := quantity.Guess(name, slices.Sorted(maps.Keys(known))); guess != "" {
		return g, fmt.Errorf("no metric is called %q (did you mean %q?)", name, guess)
	}
	return g, fmt.Errorf("no metric is called %q; want the last part of a hospital's, such as \"stockout\", or a whole name, such as \"network.stockout_hours\"", name)
}

// NewGauges returns the gauges of names, or that of the target if there are
// none.
func NewGauges(s *Subject, names ...string) (list []Gauge, err error) {
	if len(names) == 0 {
		names = []string{""}
	}
	metrics := s.Metrics()
	for _, name := range names {
		g, err := NewGauge(s, metrics, name)
		if err != nil {
			return nil, err
		}
		list = append(list, g)
	}
	return list, nil
}

// Event reports whether each replication gives 0 or 1.
func (g Gauge) Event() bool { return len(g.Names) == 1 && g.Kind.Indicator() }

// String returns the name of the metric, and over how many hospitals it is the
// mean.
func (g Gauge) String() string {
	name := g.Name
	if g.Kind.Indicator() {
		name = "P(" + name + ")"
	}
	if len(g.Names) > 1 {
		name += fmt.Sprintf(", mean of %d hospitals", len(g.Names))
	}
	return name
}

// mean returns the gauge's value, of metrics at some places of what a world
// returns.
func (g *Gauge) mean(values []float64, at []int) float64 {
	sum := 0.0
	for _, i := range at {
		sum += values[i]
	}
	return sum / float64(len(at))
}

// Reading is what replications tell about a gauge.
type Reading struct {
	Mean     float64
	Interval stats.Interval
	Method   string
	N        int
}

// read returns the mean of some values with its interval.
func (g *Gauge) read(y []float64, confidence float64) Reading {
	var t stats.Tally
	for _, x := range y {
		t.Add(x)
	}
	r := Reading{Mean: t.Mean, N: len(y), Method: student}
	if g.Event() {
		hits := 0
		for _, x := range y {
			if x == 1 {
				hits++
			}
		}
		r.Mean, r.Method, r.Interval = float64(hits)/float64(max(1, len(y))), wilson, stats.Wilson(hits, len(y), confidence)
		return r
	}
	r.Interval = stats.MeanT(t, confidence)
	if t.Min >= 0 && r.Interval.Lo < 0 && len(y) > 1 {
		r.Interval.Lo = 0
	}
	if g.Kind.Indicator() && r.Interval.Hi > 1 && len(y) > 1 {
		r.Interval.Hi = 1
	}
	return r
}

// Shift is what replications tell about how a design differs from another
// in the same futures.
type Shift struct {
	Reading
	Same   bool // they did not differ in any replication
	Chance bool // their difference may be chance: the interval has 0 in it
}

// compare returns the difference of two designs in the same futures, y less
// base.
func (g *Gauge) compare(y, base []float64, confidence float64) Shift {
	d := Shift{Same: true, Reading: Reading{N: len(y), Method: student}}
	var t stats.Tally
	more, less := 0, 0
	for i := range y {
		x := y[i] - base[i]
		t.Add(x)
		if x > 0 {
			more++
		} else if x < 0 {
			less++
		}
	}
	d.Same = more+less == 0
	d.Mean, d.Interval = t.Mean, stats.MeanT(t, confidence)
	if g.Event() {
		d.Mean, d.Method, d.Interval = float64(more-less)/float64(max(1, len(y))), tango, stats.Tango(more, less, len(y), confidence)
	}
	d.Chance = d.Interval.Contains(0)
	return d
}
