package study

import (
	"fmt"
	"math"
	"slices"

	"oxysim/sim/stats"
)

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
		y: y, sums: make([]float64, y.width()), shares: make([]stats.RatioTally, q), phi: make([]float64, q),
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
	all, none := f.y.ends(row)
	if f.y.Exact() {
		stats.Shapley(f.phi, row)
	} else {
		copy(f.phi, sampled{row, q}.phi())
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

// ends returns a metric of one replication with all causes and with none.
func (y *Why) ends(row []float64) (all, none float64) {
	if y.Exact() {
		return row[len(row)-1], row[0]
	}
	s := sampled{row, len(y.Causes)}
	return s.all(), s.none()
}

// whyPlanned is the number of replications near which the intervals of shares
// are tightest: each of them is as many simulations as there are designs.
const whyPlanned = 100

// share returns the share of a cause and an interval for it: Fieller's, by its
// longer side, so that it is infinite if the total may be 0. An interval that takes
// the total for known is far too narrow while the total hangs on few replications.
func (f *whyFold) share(c int) (of float64, in stats.Interval) {
	r := f.shares[c]
	of = r.Ratio()
	if of-of != 0 || r.Count < 2 {
		return of, everywhere
	}
	// The mean of phi - share × total is 0, and its spread is that of the share.
	rest := r.SqAbove - 2*of*r.Cross + of*of*r.SqBelow
	if rest <= 1e-12*(r.SqAbove+of*of*r.SqBelow) { // nothing but rounding: each replication has the same share
		if f.y.Precision > 0 && r.Count < whyFewest {
			return of, everywhere
		}
		return of, stats.Interval{Lo: of, Hi: of}
	}
	one := stats.Tally{Count: r.Count, SumSq: float64(r.Count-1) * float64(r.Count)} // of standard error 1
	width := stats.MeanT(one, f.y.Confidence).HalfWidth()
	if f.y.Precision > 0 {
		width = stats.MeanSequence(one, 1-f.y.Confidence, whyPlanned).HalfWidth()
	}
	in = fieller(r, width)
	half := max(of-in.Lo, in.Hi-of)
	return of, stats.Interval{Lo: of - half, Hi: of + half}
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
	all, none, amounts := f.y.shareOut(means)
	a.With.Mean, a.Without.Mean, a.Total.Mean = all, none, all-none
	return amounts
}

// shareOut returns the ends of a mean row of one metric, and the amounts of
// causes, which add up to their difference to the last bit.
func (y *Why) shareOut(means []float64) (all, none float64, amounts []float64) {
	all, none = y.ends(means)
	if y.Exact() {
		return all, none, stats.ShapleyShares(means)
	}
	return all, none, addingUp(sampled{means, len(y.Causes)}.phi(), all, none)
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
