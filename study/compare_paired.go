package study

import (
	"math"

	"oxysim/model"
	"oxysim/sim/stats"
)

// Comparison is a metric of all designs.
type Comparison struct {
	Metric    model.Metric
	Estimates []Estimate   // by design
	Against   []Difference // of each but the base, from the base
}

// Difference is what a design has above the base, future by future.
type Difference struct {
	Mean     float64
	Interval stats.Interval // all designs' hold together with the confidence, for each metric by itself
	Method   string
	Shown    bool    // chance does not explain it
	Same     bool    // there was none in any future
	Less     Amount  // by how much less it is, as a part of the base's mean, with Fieller's interval; NaN if the base has none
	Ratio    float64 // variance of the difference if the futures were not the same, over what it is; NaN if nothing varies, +Inf if the difference does not
	Warnings []error
}

// Methods of intervals of differences.
const (
	tango       = "tango"  // of probabilities in the same futures, to show
	pairedTests = "paired" // of probabilities in the same futures, valid though one looked
	constant    = "equal"  // chance has no part in it
	share       = "share"  // of sums that hardly ever vary: in how many futures they may, at most, times the greatest seen
)

// pair is what is remembered of a metric of a design and of the base.
type pair struct {
	difference     stats.Tally
	less           stats.RatioTally // than the base, over the base
	only, baseOnly int              // of an indicator: futures in which the design alone has it, and in which the base alone does
}

func (p *pair) add(x, base float64) {
	p.difference.Add(x - base)
	p.less.Add(base-x, base)
	switch {
	case x > base:
		p.only++
	case x < base:
		p.baseOnly++
	}
}

// differenceOf returns what is known, at a confidence that is for this design alone.
func (p *pair) differenceOf(m model.Metric, x, base stats.Tally, by way) Difference {
	d := Difference{Mean: p.difference.Mean, Ratio: varianceRatio(p.difference, x, base)}
	n := p.difference.Count
	switch {
	case m.Indicator() && by.anytime:
		d.Interval, d.Method = stats.PairedSequence(p.only, p.baseOnly, n, 1-by.confidence), pairedTests
		d.Shown = !d.Interval.Contains(0)
	case m.Indicator():
		d.Interval, d.Method = stats.Tango(p.only, p.baseOnly, n, by.confidence), tango
		d.Shown = !d.Interval.Contains(0) && !stats.McNemar(p.only, p.baseOnly, by.confidence).Contains(0.5)
	default:
		d.Interval, d.Method = by.mean(p.difference, p.only+p.baseOnly)
		d.Shown = !d.Interval.Contains(0)
		d.Warnings = stats.MeanWarnings(p.difference)
	}
	d.Same = p.difference.SumSq == 0 && p.difference.Mean == 0
	d.Less = Amount{p.less.Ratio(), everywhere}
	if n > 1 && p.less.Below != 0 {
		d.Less.Interval = fieller(p.less, by.width(n))
	}
	return d
}

// mean returns an interval for the mean of values, of which so many are not 0,
// and its method. Values that are all equal do not tell how much they vary: they
// may yet be others in a future that was not met.
func (by way) mean(t stats.Tally, others int) (in stats.Interval, method string) {
	in, method = everywhere, student
	switch {
	case by.anytime && others < fewestOthers:
		method = anytime
	case by.anytime:
		in, method = stats.MeanSequence(t, 1-by.confidence, planned), anytime
	case t.SumSq > 0:
		in = stats.MeanT(t, by.confidence)
	}
	return in, method
}

// varianceRatio returns the variance that the difference would have in
// independent futures over the variance that it has.
func varianceRatio(difference, x, base stats.Tally) float64 {
	apart := x.SumSq + base.SumSq
	if apart == 0 {
		return math.NaN()
	}
	return apart / difference.SumSq
}

// comparison is what is remembered of a comparison's rows.
type comparison struct {
	*Compare
	n      int
	folds  []*Fold  // by design, of what is read
	pairs  [][]pair // by design, of what is compared
	chosen *chosen
	used   [][]float64 // by design, what money needs of each replication, one after the other
}

func newComparison(c *Compare) *comparison {
	t := &comparison{Compare: c, chosen: newChosen(c), used: make([][]float64, len(c.Designs))}
	for d, o := range c.Designs {
		all := o.Metrics()
		at, err := places(all, c.reads[d])
		if err != nil {
			panic("study: " + err.Error())
		}
		list := make([]model.Metric, len(at))
		for i, j := range at {
			list[i] = all[j]
		}
		t.folds = append(t.folds, NewFold(list, 0))
		t.pairs = append(t.pairs, make([]pair, len(c.shown)))
	}
	return t
}

// add adds the next replication.
func (t *comparison) add(row []float64) {
	t.n++
	for d, f := range t.folds {
		values := row[t.from[d] : t.from[d]+len(t.reads[d])]
		f.Add(values)
		for i := range t.pairs[d] {
			t.pairs[d][i].add(values[i], row[i]) // the base is the first in the row
		}
	}
	t.chosen.add(row)
	if t.money != nil {
		for d := range t.folds {
			t.used[d] = t.money.append(t.used[d], d, row[t.from[d]:])
		}
	}
}

// together returns how intervals are made of which so many hold together.
func (t *comparison) together(many int) way {
	return way{1 - (1-t.Confidence)/float64(max(1, many)), !t.Fixed}
}

// metrics returns what is compared.
func (t *comparison) metrics() (list []Comparison) {
	for i, m := range t.shown {
		c := Comparison{Metric: m}
		for d, f := range t.folds {
			c.Estimates = append(c.Estimates, f.estimate(i, t.together(1)))
			if d > 0 {
				c.Against = append(c.Against, t.pairs[d][i].differenceOf(m, f.of[i].Tally, t.folds[0].of[i].Tally, t.together(len(t.folds)-1)))
			}
		}
		list = append(list, c)
	}
	return list
}

// settled reports whether nothing more is to be learnt about which is best and
// about who meets the target.
func (t *comparison) settled() bool {
	if !t.chosen.settled() {
		return false
	}
	for d := range t.folds {
		if v := t.verdict(d); v.Verdict == Undecided && !v.Close {
			return false
		}
	}
	return true
}

// answer returns what is known.
func (t *comparison) answer() *CompareAnswer {
	a := &CompareAnswer{Compare: t.Compare, N: t.n, Metrics: t.metrics(), YearFactor: t.perYear()}
	a.Settled = !t.Fixed && t.n >= fewestCompared && t.settled()
	for d := range t.folds {
		a.Designs = append(a.Designs, t.verdict(d))
	}
	a.Best = t.chosen.choice()
	if t.money != nil {
		a.Money = t.money.answer(t, a)
	}
	a.Cheapest = cheapest(a)
	if t.n < fewestCompared {
		a.Warnings = append(a.Warnings, tooFewCompared(t.n))
	}
	return a
}
