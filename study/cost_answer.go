package study

import (
	"math"
	"slices"

	"oxysim/sim/stats"
)

// MoneyAnswer is what designs cost, in a year.
type MoneyAnswer struct {
	Currency string
	Date     string  // at which prices hold; "" if it is not known
	Discount float64 // per year, as a fraction
	Horizon  float64 // days of which a year was made
	Items    []Item  // what is used and paid for, by any design
	Effects  []Consequence
	Designs  []DesignMoney
	Ladder   []Rung
	Accept   *Acceptability // nil if nothing is averted that can be counted
	Method   string         // of intervals
	Warnings []error

	cost   [][]float64 // by design and replication
	prices []float64
	effect int // by which options are put in order
	m      *money
	t      *comparison
}

// Amount is a mean with its interval.
type Amount struct {
	Mean     float64
	Interval stats.Interval
}

// DesignMoney is what a design costs, in a year.
type DesignMoney struct {
	Parts    []Investment
	Annual   float64   // of capital and running
	Used     []float64 // by item, on average
	Total    Amount
	Extra    Amount         // above the base
	Priced   stats.Interval // what Extra's mean may be if every price may be anywhere in its range
	Averted  []Averted      // by effect, in comparison with the base
	Patient  Amount         // the total for each patient; NaN if none are counted
	Standing Standing       // on the frontier of cost against the metric by which the best is chosen
}

// Investment is what is bought for a design.
type Investment struct {
	Name             string
	Capital, Running float64
	Life             float64 // years
	Annual           float64 // both, in a year
}

// Averted is what an option averts of something in a year, and what that costs
// for one. Ratio is NaN, without an interval, if it is not known to avert any.
type Averted struct {
	Amount
	Known bool   // it is averted, and chance does not explain it
	Same  bool   // there was none in any future
	Ratio Amount // money for one; the interval has an infinite end if it may avert nothing
}

// Rung is a design in the order of what it averts, as far as it is worth its
// cost.
type Rung struct {
	Design    int
	From      int // the rung below; -1 of the first
	Cost      float64
	Averted   float64
	Ratio     Amount // what one more costs, above the rung below
	Dominated string // why it is no rung: "dominated" by one that averts more for less, or "extended" by a mixture of two others; ""
}

// worth is the place of an effect for which options are compared: the last that
// is counted and differs between designs, for DALYs come last.
func (m *money) worth(t *comparison) int {
	for e := len(m.effects) - 1; e >= 0; e-- {
		if m.effects[e].more {
			continue
		}
		for d := range m.done {
			if len(m.done[d][e]) == 0 {
				break
			}
			for r := range t.n {
				if d > 0 && t.used[d][r*m.size()+len(m.items)+e] != t.used[0][r*m.size()+len(m.items)+e] {
					return e
				}
			}
		}
	}
	return -1
}

// answer returns what is known of money.
func (m *money) answer(t *comparison, c *CompareAnswer) *MoneyAnswer {
	a := &MoneyAnswer{
		Currency: m.currency, Discount: m.file.Discount.Fraction(), Horizon: m.horizon, Items: slices.Clone(m.items), Effects: m.effects,
		Warnings: slices.Clone(m.notes), m: m, t: t, effect: m.worth(t),
	}
	if t.subject.File.Price == nil {
		a.Discount = t.subject.discount()
	}
	if m.file.Date != nil {
		a.Date = m.file.Date.String()
	}
	prices := make([]float64, len(m.prices))
	for i, p := range m.prices {
		prices[i] = p.x
	}
	a.prices = prices
	size := m.size()
	a.cost = make([][]float64, len(t.folds))
	for d := range t.folds {
		a.cost[d] = make([]float64, t.n)
		for r := range a.cost[d] {
			a.cost[d][r] = m.cost(d, t.used[d][r*size:], prices, a.Discount)
		}
	}
	_, a.Method = a.spent(1, 0, -1)
	for d := range t.folds {
		a.Designs = append(a.Designs, a.design(d, prices))
	}
	a.frontier()
	if a.effect >= 0 {
		a.ladder()
		a.Accept = a.acceptability()
	}
	return a
}

// tally returns the tally of a number of each replication.
func (a *MoneyAnswer) tally(of func(r int) float64) (t stats.Tally) {
	for r := range a.t.n {
		t.Add(of(r))
	}
	return t
}

// amount returns the mean of a number of each replication, with an interval of
// which so many hold together.
func (a *MoneyAnswer) amount(many int, of func(r int) float64) Amount {
	t, others := a.tally(of), 0
	for r := range a.t.n {
		if of(r) != 0 {
			others++
		}
	}
	in, _ := a.t.together(many).mean(t, others)
	return Amount{t.Mean, in}
}

// spent returns the mean of what a design costs, above another unless that is
// -1, with an interval of which so many hold together, and its method. What is
// bought is certain. What is used, if it never differs or in few futures only,
// is taken to differ by no more than the greatest use seen costs, in as many
// futures as there may be at most.
func (a *MoneyAnswer) spent(many, design, above int) (Amount, string) {
	with := func(d, r int) (sum float64) {
		if d < 0 {
			return 0
		}
		used := a.t.used[d][r*a.m.size():]
		for i := range a.m.items {
			sum += float64(used[i] * a.prices[i])
		}
		return sum
	}
	bought := a.m.fixed(design, a.prices, a.Discount)
	uses := a.uses(design)
	if above >= 0 {
		bought -= a.m.fixed(above, a.prices, a.Discount)
		uses = uses || a.uses(above)
	}
	var t stats.Tally
	others, first, most := 0, 0.0, 0.0
	for r := range a.t.n {
		x, y := with(design, r), with(above, r)
		if r == 0 && above < 0 {
			first = x
		}
		if x-y != first {
			others++
		}
		most = max(most, math.Abs(x), math.Abs(y))
		t.Add(x - y)
	}
	by := a.t.together(many)
	in, method := stats.Interval{}, constant
	switch {
	case !uses:
	case others > 0 && (!by.anytime || others >= fewestOthers):
		in, method = by.mean(t, others)
	case most == 0:
		in, method = everywhere, share
	default:
		often := stats.ClopperPearson(others, a.t.n, by.confidence).Hi
		if by.anytime {
			often = stats.BernoulliSequence(others, a.t.n, 1-by.confidence).Hi
		}
		in, method = stats.Interval{Lo: first - float64(often*most), Hi: first + float64(often*most)}, share
	}
	return Amount{bought + t.Mean, stats.Interval{Lo: bought + in.Lo, Hi: bought + in.Hi}}, method
}

// priced returns what a design costs above the base at the least and at most, on
// average, if every price may be anywhere in its range: costs are sums of prices, so
// that each is at that end of its own at which the sum is least or greatest.
func (a *MoneyAnswer) priced(d int, mean float64) stats.Interval {
	in := stats.Interval{Lo: mean, Hi: mean}
	size := a.m.size()
	used := make([]float64, len(a.m.items))
	for i := range used {
		used[i] = a.tally(func(r int) float64 { return a.t.used[d][r*size+i] - a.t.used[0][r*size+i] }).Mean
	}
	at := func(prices []float64) float64 {
		sum := a.m.fixed(d, prices, a.Discount) - a.m.fixed(0, prices, a.Discount)
		for i, x := range used {
			sum += float64(x * prices[i])
		}
		return sum
	}
	prices := slices.Clone(a.prices)
	here := at(prices)
	for i, p := range a.m.prices {
		prices[i] = p.lo
		low := at(prices) - here
		prices[i] = p.hi
		high := at(prices) - here
		prices[i] = p.x
		in.Lo += min(low, high)
		in.Hi += max(low, high)
	}
	return in
}

// uses reports whether a design may use anything that has a price.
func (a *MoneyAnswer) uses(design int) bool {
	for i, of := range a.m.read[design] {
		if len(of) > 0 && a.prices[i] != 0 {
			return true
		}
	}
	return false
}

// happened returns how much of an effect there was in a replication.
func (a *MoneyAnswer) happened(design, effect, r int) float64 {
	return a.t.used[design][r*a.m.size()+len(a.m.items)+effect]
}

// design returns what is known of one.
func (a *MoneyAnswer) design(d int, prices []float64) DesignMoney {
	m, others := a.m, len(a.t.folds)-1
	x := DesignMoney{Annual: m.fixed(d, prices, a.Discount), Patient: Amount{math.NaN(), stats.Interval{}}}
	for _, p := range m.designs[d].parts {
		capital, running := p.at(prices)
		x.Parts = append(x.Parts, Investment{p.name, capital, running, p.life, Annuity(capital, a.Discount, p.life) + running})
	}
	for i := range m.items {
		x.Used = append(x.Used, a.tally(func(r int) float64 { return a.t.used[d][r*m.size()+i] }).Mean)
	}
	x.Total, _ = a.spent(1, d, -1)
	if d > 0 {
		x.Extra, _ = a.spent(others, d, 0)
		x.Priced = a.priced(d, x.Extra.Mean)
	}
	for e := range m.effects {
		averted := func(r int) float64 { return a.happened(0, e, r) - a.happened(d, e, r) }
		v := Averted{Amount: a.amount(others, averted), Ratio: Amount{math.NaN(), everywhere}}
		v.Known = v.Interval.Lo > 0 // averted, and not brought about
		v.Same = v.Mean == 0 && a.tally(averted).SumSq == 0
		if d > 0 && v.Known {
			v.Ratio = a.ratio(others, func(r int) float64 { return a.cost[d][r] - a.cost[0][r] }, averted)
		}
		x.Averted = append(x.Averted, v)
		if m.effects[e].more && len(m.done[d][e]) > 0 {
			x.Patient = a.ratio(1, func(r int) float64 { return a.cost[d][r] }, func(r int) float64 { return a.happened(d, e, r) })
		}
	}
	return x
}

// ratio returns a mean over another, in the same replications, with Fieller's
// interval, of which so many hold together. It is NaN if the second mean is 0,
// and its interval is infinite if that may be 0.
func (a *MoneyAnswer) ratio(many int, above, below func(r int) float64) Amount {
	var t stats.RatioTally
	for r := range a.t.n {
		t.Add(above(r), below(r))
	}
	x := Amount{t.Ratio(), everywhere}
	if t.SqBelow > 0 { // else it never varied: how much it may is not known
		x.Interval = fieller(t, a.t.together(many).width(t.Count))
	}
	return x
}

// fieller returns the ratios of means that differ from what was seen by no more
// than so many standard errors; all ratios if the mean below may be 0.
//
// Source: Fieller, Journal of the Royal Statistical Society B 16 (1954) 175: the
// ratios rho for which the mean of x - rho y is not shown to differ from 0.
func fieller(t stats.RatioTally, z float64) stats.Interval {
	n := float64(t.Count)
	if t.Count < 2 {
		return everywhere
	}
	scale := z * z / (n - 1) / n // of a variance, to the square of half an interval
	vx, vy, vxy := scale*t.SqAbove, scale*t.SqBelow, scale*t.Cross
	square := float64(t.Below*t.Below) - vy
	middle := float64(t.Above*t.Below) - vxy
	root := float64(middle*middle) - float64(square*(float64(t.Above*t.Above)-vx))
	if !(square > 0) {
		return everywhere
	}
	half := math.Sqrt(max(0, root))
	return stats.Interval{Lo: (middle - half) / square, Hi: (middle + half) / square}
}

// width returns the half-width of an interval for a mean of n values, in
// standard errors.
func (by way) width(n int) float64 {
	t := stats.Tally{Count: n, SumSq: float64(n-1) * float64(n)} // of standard error 1
	if by.anytime {
		return stats.MeanSequence(t, 1-by.confidence, planned).HalfWidth()
	}
	return stats.MeanT(t, by.confidence).HalfWidth()
}

// frontier finds how designs stand, by the differences in the same futures: all
// of them hold together.
func (a *MoneyAnswer) frontier() {
	k := len(a.Designs)
	many := k * (k - 1) // two for each pair
	last := a.m.size() - 1
	sign := minus(a.t.by)
	standing := FrontierOf(k, func(i, l int) CostRisk {
		var p pair
		for r := range a.t.n {
			at := r*a.m.size() + last
			p.add(sign*a.t.used[i][at], sign*a.t.used[l][at])
		}
		risk := p.differenceOf(a.t.by, stats.Tally{}, stats.Tally{}, a.t.together(many)).Interval
		cost, _ := a.spent(many, i, l)
		return CostRisk{cost.Interval, risk}
	})
	for d := range a.Designs {
		a.Designs[d].Standing = standing[d]
	}
}

// order says which design is cheaper by its mean.
func (a *MoneyAnswer) order(i, l int) int {
	switch x, y := a.Designs[i].Total.Mean, a.Designs[l].Total.Mean; {
	case x < y:
		return -1
	case x > y:
		return 1
	}
	return 0
}

// dearer reports whether a design is known to be dearer than another: what is
// known so of all pairs holds together.
func (a *MoneyAnswer) dearer(i, than int) bool {
	k := len(a.Designs)
	x, _ := a.spent(k*(k-1)/2, i, than)
	return x.Interval.Lo > 0
}

// ladder puts designs into the order of their costs and leaves out those that
// avert no more than a cheaper one, or less than a mixture of two others: by
// their means, as is usual.
//
// Source: Drummond et al. (2015) ch. 4.
func (a *MoneyAnswer) ladder() {
	for d := range a.Designs {
		a.Ladder = append(a.Ladder, Rung{Design: d, From: -1, Cost: a.Designs[d].Total.Mean, Averted: a.Designs[d].Averted[a.effect].Mean, Ratio: Amount{math.NaN(), stats.Interval{}}})
	}
	slices.SortStableFunc(a.Ladder, func(x, y Rung) int {
		switch {
		case x.Cost < y.Cost || x.Cost == y.Cost && x.Averted > y.Averted:
			return -1
		case x.Cost > y.Cost || x.Averted < y.Averted:
			return 1
		}
		return 0
	})
	var up []int // places of rungs
	for i := range a.Ladder {
		x := &a.Ladder[i]
		if len(up) > 0 && x.Averted <= a.Ladder[up[len(up)-1]].Averted {
			x.Dominated = "dominated"
			continue
		}
		for len(up) > 1 {
			last, below := &a.Ladder[up[len(up)-1]], &a.Ladder[up[len(up)-2]]
			if slope(*last, *x) >= slope(*below, *last) {
				break
			}
			last.Dominated = "extended"
			up = up[:len(up)-1]
		}
		up = append(up, i)
	}
	for j, i := range up {
		if j == 0 {
			continue
		}
		x, below := &a.Ladder[i], a.Ladder[up[j-1]].Design
		d := x.Design
		x.From = below
		x.Ratio = a.ratio(1, func(r int) float64 { return a.cost[d][r] - a.cost[below][r] },
			func(r int) float64 { return a.happened(below, a.effect, r) - a.happened(d, a.effect, r) })
	}
}

// slope returns what one more averted costs from a rung to a higher one.
func slope(below, above Rung) float64 {
	return (above.Cost - below.Cost) / (above.Averted - below.Averted)
}

// Effect returns what the order and the acceptability are about; false if
// nothing differs.
func (a *MoneyAnswer) Effect() (Consequence, bool) {
	if a.effect < 0 {
		return Consequence{}, false
	}
	return a.Effects[a.effect], true
}

// Counted reports whether an effect is counted in all designs, and happened in
// any.
func (a *MoneyAnswer) Counted(effect int) bool {
	happened := false
	for d := range a.m.done {
		if len(a.m.done[d][effect]) == 0 {
			return false
		}
		for r := 0; r < a.t.n && !happened; r++ {
			happened = a.happened(d, effect, r) != 0
		}
	}
	return happened
}
