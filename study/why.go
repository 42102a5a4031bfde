package study

import (
	"context"
	"fmt"
	"math"
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
}

// mostExact is the number of causes up to which every set of them is simulated.
// Of more, orders in which they come are drawn by lot.
const mostExact = 8

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

// Designs returns how many designs meet each future.
func (y *Why) Designs() int {
	q := len(y.Causes)
	if y.Exact() {
		return 1 << q
	}
	return 2 + 2*(q-1) + 2*q
}

// stage returns the work of the question.
func (y *Why) stage() Stage {
	var names []string
	for _, c := range y.Causes {
		names = append(names, c.Name)
	}
	st := Stage{Name: fmt.Sprintf("why %s %s", y.Metric.Name, strings.Join(names, ",")), Title: fmt.Sprintf("futures of %d designs", y.Designs()), N: y.N, Width: 1 << len(names)}
	if !y.Exact() {
		st.Width = sampledWidth(len(names))
	}
	return st
}

// Answer simulates as often as is needed.
func (y *Why) Answer(ctx context.Context, k *Work) (*WhyAnswer, error) {
	fold := newWhyFold(y)
	do := func(w *causeWorlds, replication int, row []float64) error {
		if y.Exact() {
			return w.every(replication, row)
		}
		return w.sample(replication, row)
	}
	err := simulate(ctx, k, y.stage(), func() *causeWorlds { return newCauseWorlds(y) }, do, func(_ int, row []float64) bool {
		fold.add(row)
		return !fold.precise()
	})
	if err != nil {
		return nil, err
	}
	a := fold.answer()
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
	Chains       *Chains // what single stockouts waited for; nil if nobody asked
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

// whyFold is what is remembered of replications.
type whyFold struct {
	y                     *Why
	n                     int
	sums                  []float64 // of rows
	shares                []stats.RatioTally
	phi                   []float64
	amounts, needs, sures []stats.Tally
	with, without, total  stats.Tally
}

func newWhyFold(y *Why) *whyFold {
	q := len(y.Causes)
	return &whyFold{
		y: y, sums: make([]float64, y.stage().Width), shares: make([]stats.RatioTally, q), phi: make([]float64, q),
		amounts: make([]stats.Tally, q), needs: make([]stats.Tally, q), sures: make([]stats.Tally, q),
	}
}

// add adds a replication.
func (f *whyFold) add(row []float64) {
	f.n++
	for i, x := range row {
		f.sums[i] += x
	}
	q := len(f.phi)
	var all, none float64
	if f.y.Exact() {
		all, none = row[len(row)-1], row[0]
		stats.Shapley(f.phi, row)
	} else {
		s := sampled{row, q}
		all, none = s.all(), s.none()
		copy(f.phi, s.phi())
	}
	f.with.Add(all)
	f.without.Add(none)
	f.total.Add(all - none)
	for c, phi := range f.phi {
		f.amounts[c].Add(phi)
		f.shares[c].Add(phi, all-none)
		if f.y.Exact() {
			f.needs[c].Add(stats.ShapleyNecessary(row, c))
			f.sures[c].Add(stats.ShapleySufficient(row, c))
		} else {
			s := sampled{row, q}
			f.needs[c].Add(s.needs()[c])
			f.sures[c].Add(s.sures()[c])
		}
	}
}

// whyPlanned is the number of replications near which the intervals of shares
// are tightest: each of them is as many simulations as there are designs.
const whyPlanned = 100

// share returns the share of a cause and an interval for it.
func (f *whyFold) share(c int) (of float64, in stats.Interval) {
	r := f.shares[c]
	of = r.Ratio()
	if of-of != 0 {
		return of, everywhere
	}
	if f.y.Precision == 0 {
		in, _ = r.Interval(f.y.Confidence)
		return of, in
	}
	// The mean of phi - share × total is 0, and its spread is that of the share.
	rest := r.SqAbove - 2*of*r.Cross + of*of*r.SqBelow
	t := stats.Tally{Count: r.Count, Mean: of, SumSq: max(rest, 0) / (r.Below * r.Below)}
	if rest <= 1e-12*(r.SqAbove+of*of*r.SqBelow) { // nothing but rounding: each replication has the same share
		if r.Count < whyFewest {
			return of, everywhere
		}
		return of, stats.Interval{Lo: of, Hi: of}
	}
	return of, stats.MeanSequence(t, 1-f.y.Confidence, whyPlanned)
}

// whyFewest is the number of replications before which no share is precise.
const whyFewest = 30

var everywhere = stats.Interval{Lo: math.Inf(-1), Hi: math.Inf(1)}

// precise reports whether every share is as precise as is wanted.
func (f *whyFold) precise() bool {
	if f.y.Precision == 0 || f.n < whyFewest {
		return false
	}
	if !(f.total.StdErr() <= whyVague*math.Abs(f.total.Mean)) && f.total.SumSq > 0 {
		return false
	}
	for c := range f.shares {
		if _, in := f.share(c); !(in.HalfWidth() <= f.y.Precision) {
			return false
		}
	}
	return true
}

// whyVague is the standard error of the total, as a part of it, above which
// shares of it are not said to be precise, however narrow their intervals; above
// half of it, there is a warning.
const whyVague = 0.2

// part returns a mean with its interval.
func (f *whyFold) part(t stats.Tally) Part {
	p := Part{Mean: t.Mean}
	switch {
	case t.Count > 0 && t.Min == t.Max:
		p.Interval = stats.Interval{Lo: t.Mean, Hi: t.Mean}
	case f.y.Precision > 0:
		p.Interval = stats.MeanSequence(t, 1-f.y.Confidence, whyPlanned)
	default:
		p.Interval = stats.MeanT(t, f.y.Confidence)
	}
	return p
}

// never returns a part whose mean is of numbers that are never negative: neither
// is it, if it is known at all.
func (p Part) never(t stats.Tally) Part {
	if t.Min >= 0 && !math.IsInf(p.Interval.Lo, -1) {
		p.Interval.Lo = max(p.Interval.Lo, 0)
	}
	return p
}

// answer returns what is known.
func (f *whyFold) answer() *WhyAnswer {
	a := &WhyAnswer{
		Why: f.y, Replications: f.n, With: f.part(f.with).never(f.with), Without: f.part(f.without).never(f.without), Total: f.part(f.total),
		Method: student, Reached: f.precise(),
	}
	if f.y.Precision > 0 {
		a.Method = anytime
	}
	amounts := f.exactAmounts(a)
	for c := range f.shares {
		s := Share{Cause: f.y.Causes[c], Amount: f.part(f.amounts[c]), Necessary: f.part(f.needs[c]), Sufficient: f.part(f.sures[c])}
		s.Amount.Mean = amounts[c]
		if _, s.Interval = f.share(c); a.Total.Mean == 0 {
			s.Of, s.Interval = math.NaN(), everywhere
		} else {
			s.Of = amounts[c] / a.Total.Mean
		}
		a.Shares = append(a.Shares, s)
	}
	slices.SortStableFunc(a.Shares, func(x, y Share) int {
		switch {
		case math.Abs(x.Amount.Mean) > math.Abs(y.Amount.Mean):
			return -1
		case math.Abs(x.Amount.Mean) < math.Abs(y.Amount.Mean):
			return 1
		}
		return 0
	})
	a.warn(f.total)
	return a
}

// exactAmounts returns the mean amounts, which add up to the total to the last
// bit, and sets the means of the total and its ends to agree with that.
func (f *whyFold) exactAmounts(a *WhyAnswer) []float64 {
	means := make([]float64, len(f.sums))
	for i, s := range f.sums {
		means[i] = s / float64(max(f.n, 1))
	}
	if f.y.Exact() {
		all, none := means[len(means)-1], means[0]
		a.With.Mean, a.Without.Mean, a.Total.Mean = all, none, all-none
		return stats.ShapleyShares(means)
	}
	s := sampled{means, len(f.phi)}
	a.With.Mean, a.Without.Mean, a.Total.Mean = s.all(), s.none(), s.all()-s.none()
	return addingUp(s.phi(), s.all(), s.none())
}

// addingUp returns amounts that are the given ones but for rounding, and add up
// to the difference of two values to the last bit. What is 0 stays 0.
func addingUp(phi []float64, all, none float64) []float64 {
	var acts []int
	for c, x := range phi {
		if x != 0 {
			acts = append(acts, c)
		}
	}
	sums := make([]float64, len(phi))
	if len(acts) == 0 {
		return sums
	}
	v := make([]float64, 1<<len(acts)) // a game of these amounts
	for set := range v {
		v[set] = none
		for i, c := range acts {
			if set>>i&1 == 1 {
				v[set] += phi[c]
			}
		}
	}
	v[len(v)-1] = all
	for i, x := range stats.ShapleyShares(v) {
		sums[acts[i]] = x
	}
	return sums
}

// warn says what the reader must be told.
func (a *WhyAnswer) warn(total stats.Tally) {
	if a.Precision > 0 && !a.Reached {
		a.Warnings = append(a.Warnings, fmt.Errorf("after %d replications not every share is known to %g points; want more with -n", a.Replications, 100*a.Precision))
	}
	if se := total.StdErr() / math.Abs(total.Mean); se > whyVague/2 && !math.IsInf(se, 1) {
		a.Warnings = append(a.Warnings, fmt.Errorf("one standard error of the total is %.0f %% of it: it hangs on few replications, and so do the intervals", 100*se))
	}
	for _, s := range a.Shares {
		if s.Of < 0 && s.Interval.Hi < 0 {
			a.Warnings = append(a.Warnings, fmt.Errorf("%s has a share below zero: with it there is less shortage than without it, as when it changes who is served first", s.Cause.Name))
		}
	}
}
