package study

import (
	"context"
	"fmt"
	"math"
	"strconv"
	"strings"

	"oxysim/scenarios"
)

// MostDesigns is how many designs a sweep may have.
const MostDesigns = 10_000

// Axis is a lever and the values that it takes, from low to high.
type Axis struct {
	Lever  *Lever
	Values []float64
}

// ParseAxis reads what is to be varied: "hospital.rizgary.buffer=20:60:10", the
// lever and its first value, its last and the step, in the spelling of the key.
func ParseAxis(s *Subject, text string) (Axis, error) {
	var a Axis
	key, span, ok := cutKey(text)
	parts := strings.Split(span, ":")
	if !ok || len(parts) != 3 {
		return a, fmt.Errorf("want KEY=from:to:step such as \"hospital.NAME.buffer=20:60:10\", not %q", text)
	}
	l, err := NewLever(s, key)
	if err != nil {
		return a, err
	}
	var x [3]float64
	for i, what := range []string{"from", "to", "step"} {
		if x[i], err = l.Parse(strings.TrimSpace(parts[i])); err != nil {
			return a, fmt.Errorf("%s: %w", what, err)
		}
	}
	from, to, step := x[0], x[1], x[2]
	switch {
	case from > to:
		return a, fmt.Errorf("%s: want a range from low to high, not from %s to %s", key, parts[0], parts[1])
	case !(step > 0):
		return a, fmt.Errorf("%s: want a step above 0, not %s", key, parts[2])
	}
	a.Lever = l
	n := math.Floor((to-from)/step + 1e-9)
	if n+1 > MostDesigns {
		return a, fmt.Errorf("%s: want at most %d values, not %.0f", key, MostDesigns, n+1)
	}
	for i := range int(n) + 1 {
		a.Values = append(a.Values, tidyNumber(from+float64(float64(i)*step)))
	}
	return a, nil
}

// cutKey splits KEY=VALUE at the first "=" that is not in quotes.
func cutKey(text string) (key, value string, ok bool) {
	quoted := false
	for i, r := range text {
		switch {
		case r == '"':
			quoted = !quoted
		case r == '=' && !quoted:
			return strings.TrimSpace(text[:i]), text[i+1:], true
		}
	}
	return text, "", false
}

// tidyNumber takes away what adding decimal fractions leaves in the last digits.
func tidyNumber(x float64) float64 {
	y, _ := strconv.ParseFloat(strconv.FormatFloat(x, 'g', 12, 64), 64)
	return y
}

// Sweep asks what a metric is for all values of one lever, or of two, in the
// same futures.
type Sweep struct {
	Subject    *Subject
	Axes       []Axis // one or two
	Gauges     []Gauge
	N          int // replications of each design
	Confidence float64

	world func(*Subject) World // nil for the subject's own
}

// NewSweep returns a sweep. The error says what is wrong with it.
func NewSweep(s *Subject, axes []Axis, gauges []Gauge, n int) (*Sweep, error) {
	w := &Sweep{Subject: s, Axes: axes, Gauges: gauges, N: n, Confidence: s.File.Run.Confidence.Fraction()}
	switch {
	case len(axes) == 0 || len(axes) > 2:
		return nil, fmt.Errorf("want one or two keys to vary, not %d", len(axes))
	case w.Count() > MostDesigns:
		return nil, fmt.Errorf("want at most %d designs, not %d", MostDesigns, w.Count())
	}
	if len(axes) == 2 {
		for _, k := range axes[0].Lever.Keys {
			for _, l := range axes[1].Lever.Keys {
				if k == l {
					return nil, fmt.Errorf("%s is varied twice", k)
				}
			}
		}
	}
	return w, nil
}

// Count returns how many designs there are beside the scenario as it is.
func (w *Sweep) Count() int {
	n := 1
	for _, a := range w.Axes {
		n *= len(a.Values)
	}
	return n
}

// Place returns the places on the axes of the i-th design: the last axis runs
// fastest.
func (w *Sweep) Place(i int) []int {
	at := make([]int, len(w.Axes))
	for a := len(w.Axes) - 1; a >= 0; a-- {
		at[a] = i % len(w.Axes[a].Values)
		i /= len(w.Axes[a].Values)
	}
	return at
}

// settings of the i-th design.
func (w *Sweep) settings(i int) (list []string) {
	for a, at := range w.Place(i) {
		list = append(list, w.Axes[a].Lever.Settings(w.Axes[a].Values[at])...)
	}
	return list
}

// SweepAnswer is what a sweep tells.
type SweepAnswer struct {
	*Sweep
	Base   []Reading    // of each gauge, with the scenario as it is
	Points []SweepPoint // in the order of Place
}

// SweepPoint is a design of a sweep.
type SweepPoint struct {
	At          []int     // places on the axes
	Readings    []Reading // of each gauge
	Differences []Shift   // from the scenario as it is
	IsBase      bool      // it is the scenario as it is
}

// Answer simulates the sweep.
func (w *Sweep) Answer(ctx context.Context, k *Work) (*SweepAnswer, error) {
	a := &SweepAnswer{Sweep: w}
	// The ends are built first, so that what cannot be is refused at once.
	for _, i := range []int{0, w.Count() - 1} {
		if _, problems := w.Subject.Vary(w.settings(i)...); len(problems) > 0 {
			return nil, problems
		}
	}
	r := replay{
		name: "sweep of the base and " + w.axesName(), title: inBlocks, gauges: w.Gauges, seed: w.Subject.Seed, n: w.N, world: w.world,
		design: func(j int) (*Subject, scenarios.Problems) {
			if j == 0 {
				return w.Subject, nil
			}
			return w.Subject.Vary(w.settings(j - 1)...)
		},
	}
	var base [][]float64
	err := r.run(ctx, k, 0, w.Count()+1, func(j int, y [][]float64) {
		if j == 0 {
			base = y
			for g := range w.Gauges {
				a.Base = append(a.Base, w.Gauges[g].read(y[g], w.Confidence))
			}
			return
		}
		p := SweepPoint{At: w.Place(j - 1), IsBase: true}
		for i, at := range p.At {
			p.IsBase = p.IsBase && w.Axes[i].Values[at] == w.Axes[i].Lever.Base
		}
		for g := range w.Gauges {
			p.Readings = append(p.Readings, w.Gauges[g].read(y[g], w.Confidence))
			p.Differences = append(p.Differences, w.Gauges[g].compare(y[g], base[g], w.Confidence))
		}
		a.Points = append(a.Points, p)
	})
	if err != nil {
		return nil, err
	}
	return a, nil
}

// axesName says all that decides the designs.
func (w *Sweep) axesName() string {
	var list []string
	for _, a := range w.Axes {
		list = append(list, fmt.Sprintf("%s=%v", a.Lever.Key, a.Values))
	}
	return strings.Join(list, " × ")
}
