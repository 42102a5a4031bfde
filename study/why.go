package study

import (
	"context"
	"fmt"
	"slices"
	"strings"

	"oxysim/model"
	"oxysim/scenarios"
	"oxysim/scenarios/quantity"
	"oxysim/sim/stats"
)

// Why is the question how much each of some causes does to a metric. Every set
// of causes is a design, in which the others are thought away; all designs meet
// the same futures, and of each replication the total is shared out among the
// causes as Shapley does.
type Why struct {
	Subject    *Subject
	Metric     model.Metric
	Causes     []scenarios.Cause
	N          int     // replications, at most
	Precision  float64 // half-width of every share, as a part of the total, with which to stop earlier; 0 for all N
	Confidence float64 // of every interval, in (0,1)
	Told       int     // replications of which stockouts are told; 0 for none

	each []string // hospitals of which each is shared out too, by the same simulations; nil for none
	kind model.Metric
}

// mostExact is the number of causes up to which every set of them is simulated.
// Of more, orders in which they come are drawn by lot: 28 designs a future instead
// of 256 for eight causes, and intervals that are hardly wider (decision 0014).
const mostExact = 5

// mostCauses is how many causes there may be.
const mostCauses = 16

// NewWhy returns the question about a metric: its whole name, or its last part
// and the hospital it is of, or else the network. Without names of causes, they
// are those that the scenario has.
func NewWhy(s *Subject, hospital, metric string, causes []string) (*Why, error) {
	y := &Why{Subject: s, N: 1000, Precision: 0.05, Told: 20, Confidence: s.File.Run.Confidence.Fraction()}
	if err := y.choose(causes); err != nil {
		return nil, err
	}
	bare, problems := s.Without(y.Causes...)
	if len(problems) > 0 {
		return nil, problems
	}
	if err := y.measure(hospital, metric, s.Metrics(), model.New(bare.Config).Metrics()); err != nil {
		return nil, err
	}
	return y, nil
}

// choose finds the causes.
func (y *Why) choose(names []string) error {
	if len(names) == 0 {
		for _, c := range scenarios.Causes() {
			has, problems := y.Subject.Has(c)
			if len(problems) > 0 {
				return problems
			}
			if has {
				y.Causes = append(y.Causes, c)
			}
		}
	}
	for _, name := range names {
		c, err := scenarios.FindCause(name)
		if err != nil {
			return err
		}
		if slices.ContainsFunc(y.Causes, func(o scenarios.Cause) bool { return o.Name == c.Name }) {
			return fmt.Errorf("the cause %q is there twice", name)
		}
		y.Causes = append(y.Causes, c)
	}
	if n := len(y.Causes); n == 0 {
		return fmt.Errorf("the scenario has none of the causes that can be thought away")
	} else if n > mostCauses {
		return fmt.Errorf("want at most %d causes, not %d", mostCauses, n)
	}
	return nil
}

// measure finds the metric, among those there are with and without causes.
func (y *Why) measure(hospital, metric string, with, without []model.Metric) error {
	thing := "network"
	if hospital != "" {
		if _, ok := y.Subject.File.Hospital[hospital]; !ok {
			return fmt.Errorf("there is no hospital %q%s", hospital, guessOf(hospital, y.Subject.Tree.Names("hospital")))
		}
		thing = "hospital." + hospital
	}
	var parts []string
	for _, m := range with {
		if m.Name == metric && hospital == "" || m.Name == thing+"."+metric {
			y.Metric = m
			if _, err := places(without, []string{m.Name}); err != nil {
				return fmt.Errorf("%s is of something that is thought away; want another metric, or other causes", m.Name)
			}
			return nil
		}
		if of, part := Thing(m.Name); of == thing {
			parts = append(parts, part)
		}
	}
	return fmt.Errorf("%s has no metric %q%s", thing, metric, guessOf(metric, parts))
}

// guessOf returns what may be meant, in brackets, or "".
func guessOf(name string, names []string) string {
	if guess := quantity.Guess(name, names); guess != "" {
		return fmt.Sprintf(" (did you mean %q?)", guess)
	}
	return ""
}

// Exact reports whether every set of the causes is simulated.
func (y *Why) Exact() bool { return len(y.Causes) <= mostExact }

// Designs returns how many designs meet each future: every set of the causes, or
// those that are met when they come in an order and in its reverse, and those with
// all but one and with one alone, some of which are the same.
func (y *Why) Designs() int {
	q := len(y.Causes)
	if y.Exact() {
		return 1 << q
	}
	return 2 + 2*(q-1) + 2*(q-2)
}

// stage returns the work of the question.
func (y *Why) stage() Stage {
	var names []string
	for _, c := range y.Causes {
		names = append(names, c.Name)
	}
	name := fmt.Sprintf("why %s %s", y.Metric.Name, strings.Join(names, ","))
	if !y.Exact() {
		name += " by lot"
	}
	if len(y.each) > 0 {
		name += " each"
	}
	return Stage{Name: name, Title: fmt.Sprintf("futures of %d designs", y.Designs()), N: y.N, Width: y.width() * (1 + len(y.each))}
}

// width returns how many numbers a row has of each metric.
func (y *Why) width() int {
	if y.Exact() {
		return 1 << len(y.Causes)
	}
	return sampledWidth(len(y.Causes))
}

// metrics are those that are shared out, the one that was asked for first.
func (y *Why) metrics() []string {
	return append([]string{y.Metric.Name}, metricsOf(y.each, lastPart(y.Metric))...)
}

// Answer simulates as often as is needed.
func (y *Why) Answer(ctx context.Context, k *Work) (*WhyAnswer, error) {
	fold, each := newWhyFold(y), newWhyEach(y)
	do := func(w *causeWorlds, replication int, row []float64) error {
		if y.Exact() {
			return w.every(replication, row)
		}
		return w.sample(replication, row)
	}
	designs := newCauseDesigns(y)
	err := simulate(ctx, k, y.stage(), func() *causeWorlds { return newCauseWorlds(designs) }, do, func(_ int, row []float64) bool {
		fold.add(row[:y.width()])
		each.add(row[y.width():])
		return !fold.precise()
	})
	if err != nil {
		return nil, err
	}
	a := fold.answer()
	a.Each = each.answer()
	if y.Told > 0 {
		hospital, _ := Thing(y.Metric.Name)
		if !strings.HasPrefix(hospital, "hospital.") {
			hospital = ""
		}
		a.Chains, err = Explain(ctx, y.Subject, hospital, 0, y.Told, storiesTold)
	}
	return a, err
}

// storiesTold is how many of the longest stockouts are told, and of the blockers
// with most hours a typical one.
const storiesTold = 3

// WhyAnswer says how much each cause does.
type WhyAnswer struct {
	*Why
	Replications int
	With         Part // the metric as it is
	Without      Part // with all causes thought away
	Total        Part // the difference: what the causes do together
	Shares       []Share
	Method       string // of the intervals of shares and parts
	Reached      bool   // the precision is reached
	Warnings     []error
	Each         *WhyEach // of each hospital; nil if nobody asked
	Chains       *Chains  // what single stockouts waited for; nil if nobody asked
}

// Part is a mean with its interval, in the metric's unit.
type Part struct {
	Mean     float64
	Interval stats.Interval
}

// Share is what one cause does.
type Share struct {
	Cause      scenarios.Cause
	Amount     Part    // in the metric's unit; amounts add up to the total to the last bit
	Of         float64 // the total: a fraction, which may be negative; NaN if there is no total
	Interval   stats.Interval
	Necessary  Part // what goes when this cause alone is thought away
	Sufficient Part // what is there when all others are
}
