package study

import (
	"fmt"
	"maps"
	"math"
	"slices"
	"strings"

	"oxysim/model"
	"oxysim/scenarios"
	"oxysim/scenarios/quantity"
)

// Target is what a network should reach: bounds for the mean of a metric, of
// each hospital or of one thing.
type Target struct {
	Metric  string  // the last part of a hospital's metric, or a whole name
	AtMost  float64 // +Inf if there is no such bound
	AtLeast float64 // -Inf if there is none
	Default bool    // the scenario has none, and this one was taken
	judged  []int   // indices of the metrics that are held against it
	kind    model.Metric
}

// DefaultTarget is the target of a scenario that has none: a stockout in at
// most 5 % of all replications, in every hospital.
var DefaultTarget = Target{Metric: "stockout", AtMost: 0.05, AtLeast: math.Inf(-1), Default: true}

// NewTarget returns the target of a scenario, which is judged by some of its
// metrics.
func NewTarget(s *Subject, metrics []model.Metric) (Target, scenarios.Problems) {
	t := DefaultTarget
	bad := func(key, format string, args ...any) (Target, scenarios.Problems) {
		return Target{}, scenarios.Problems{s.Tree.Problem("target."+key, format, args...)}
	}
	if s.File != nil && s.File.Target != nil {
		f := s.File.Target
		t = Target{Metric: f.Metric, AtMost: math.Inf(1), AtLeast: math.Inf(-1)}
		if f.AtMost != nil {
			t.AtMost = f.AtMost.Float()
		}
		if f.AtLeast != nil {
			t.AtLeast = f.AtLeast.Float()
		}
		switch {
		case f.AtMost == nil && f.AtLeast == nil:
			return bad("at_most", "want at_most or at_least, such as 0.05")
		case t.AtLeast > t.AtMost:
			return bad("at_least", "want no more than at_most, which is %v, not %v", t.AtMost, t.AtLeast)
		}
	}
	if unknown := t.judge(s, metrics); unknown != "" {
		return bad("metric", "%s", unknown)
	}
	var problems scenarios.Problems
	for _, b := range []struct {
		key   string
		bound float64
	}{{"at_most", t.AtMost}, {"at_least", t.AtLeast}} {
		if t.Probability() && !math.IsInf(b.bound, 0) && (b.bound < 0 || b.bound > 1) {
			hint := ""
			if b.bound > 1 && b.bound <= 100 {
				hint = fmt.Sprintf(" (did you mean %g, which is %g %%?)", round(b.bound/100), b.bound)
			}
			_, of := bad(b.key, "want a probability from 0 to 1, not %v%s", b.bound, hint)
			problems = append(problems, of...)
		}
	}
	if len(problems) > 0 {
		return Target{}, problems
	}
	return t, nil
}

// CheckTarget returns what is wrong with the target of the subject. It builds a
// world.
func (s *Subject) CheckTarget() scenarios.Problems {
	_, problems := NewTarget(s, s.Metrics())
	return problems
}

// judge finds the metrics that the target is about. It returns what is wrong with
// the name, if there are none.
func (t *Target) judge(s *Subject, metrics []model.Metric) (unknown string) {
	known := map[string]bool{} // names that the metric can have
	var idle []int             // of hospitals that ask for nothing, which are not judged beside others
	for i, m := range metrics {
		thing, part := Thing(m.Name)
		known[m.Name] = true
		if m.Name == t.Metric {
			t.judged, t.kind = []int{i}, m
			break
		}
		if strings.HasPrefix(thing, "hospital.") {
			known[part] = true
			if part != t.Metric {
				continue
			}
			t.kind = m
			if s.asks(thing) {
				t.judged = append(t.judged, i)
			} else {
				idle = append(idle, i)
			}
		}
	}
	if len(t.judged) == 0 {
		t.judged = idle
	}
	if len(t.judged) > 0 {
		return ""
	}
	if guess := quantity.Guess(t.Metric, slices.Sorted(maps.Keys(known))); guess != "" {
		return fmt.Sprintf("no metric is called %q (did you mean %q?)", t.Metric, guess)
	}
	return fmt.Sprintf("no metric is called %q; want the last part of a hospital's, such as \"stockout\", or a whole name, such as \"network.stockout\"", t.Metric)
}

// asks reports whether a hospital, by its dotted name, asks for anything.
func (s *Subject) asks(thing string) bool {
	if s.File == nil {
		return true
	}
	h := s.File.Hospital[strings.TrimPrefix(thing, "hospital.")]
	return len(h.Cylinders)+len(h.Patients)+len(h.Flow) > 0
}

// Thing splits the name of a metric into the dotted name of the thing it is of
// and the rest: "hospital.rizgary" and "stockout".
func Thing(metric string) (thing, rest string) {
	parts := strings.SplitN(metric, ".", 3)
	if len(parts) < 3 {
		thing, rest, _ = strings.Cut(metric, ".")
		return thing, rest
	}
	return parts[0] + "." + parts[1], parts[2]
}

// Probability reports whether the target is one for probabilities.
func (t Target) Probability() bool { return t.kind.Indicator() }

// Unit returns the unit of the target's metric.
func (t Target) Unit() string { return t.kind.Unit }

// worse reports whether a mean is worse than another, as the target sees it.
func (t Target) worse(a, b float64) bool {
	if math.IsInf(t.AtMost, 1) {
		return a < b
	}
	return a > b
}

// Verdict says whether a target is met.
type Verdict int

// Verdicts.
const (
	Undecided Verdict = iota // the interval straddles a bound
	Met
	Missed
)

// String returns the verdict in a word.
func (v Verdict) String() string { return [...]string{"undecided", "met", "missed"}[v] }

// of returns the verdict on a mean that lies in an interval.
func (t Target) of(lo, hi float64) Verdict {
	switch {
	case lo > t.AtMost || hi < t.AtLeast:
		return Missed
	case hi <= t.AtMost && lo >= t.AtLeast:
		return Met
	}
	return Undecided
}

// String returns the target in words, such as "P(stockout) ≤ 5 %".
func (t Target) String() string {
	name, show := t.Metric, func(x float64) string { return strings.TrimSpace(fmt.Sprintf("%g %s", x, unitOf(t.kind.Unit))) }
	if t.Probability() {
		name = "P(" + t.Metric + ")"
		show = func(x float64) string { return fmt.Sprintf("%g %%", round(100*x)) }
	}
	switch {
	case math.IsInf(t.AtLeast, -1):
		return name + " ≤ " + show(t.AtMost)
	case math.IsInf(t.AtMost, 1):
		return name + " ≥ " + show(t.AtLeast)
	}
	return show(t.AtLeast) + " ≤ " + name + " ≤ " + show(t.AtMost)
}

// round takes away what multiplication by 100 adds to a decimal fraction.
func round(x float64) float64 { return math.Round(x*1e9) / 1e9 }

// unitOf returns a unit as it is written after a number.
func unitOf(unit string) string {
	if unit == "1" {
		return ""
	}
	return unit
}
