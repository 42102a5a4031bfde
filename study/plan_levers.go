package study

import (
	"cmp"
	"context"
	"fmt"
	"math"
	"slices"
	"strconv"
	"strings"

	"oxysim/scenarios/quantity"
	"oxysim/sim/stats"
)

// CostPlan is which combinations of several levers meet a goal, and what each
// costs.
type CostPlan struct {
	Scales   []*Scale
	Yearly   []float64 // what one step of each lever costs more in a year
	Currency string
	Designs  []CostDesign // cheapest first
	Best     int          // the cheapest that was shown to meet the goal; -1 if none was
	Closer   []int        // cheaper ones of which it is not known
	Rows     bool         // one critical value for each future filled a row of designs
	Row      int          // the lever of the rows
	Rounds   int          // of ever closer values
	Gaps     []float64    // of each lever, the greatest distance from the best value to the next that was tried, in the lever's unit

	known []CostDesign // of earlier rounds
}

// CostDesign is a combination of levers.
type CostDesign struct {
	Steps    []int   // of each lever
	Cost     float64 // in a year, beyond that of the scenario as it is
	N, Bad   int     // replications, and bad ones of the worst thing
	Risk     stats.Interval
	Verdict  Verdict
	Implied  bool // insufficient because one with no less of anything is
	known    bool // from an earlier round
	Standing Standing

	bad []int // by judged metric
}

// Price is what one more unit of a number costs, as it was given beside the
// scenario.
type Price struct {
	Key      string
	Yearly   float64 // for one unit of the lever's, in a year
	Currency string
}

// NewPrice reads a price such as "hospital.*.buffer=233 USD": what one more unit
// costs once. It lasts for ten years, and is spread over them with the
// scenario's discount rate.
func NewPrice(s *Subject, text string) (Price, error) {
	key, amount, ok := strings.Cut(text, "=")
	if !ok {
		return Price{}, fmt.Errorf("want KEY=PRICE, such as \"hospital.*.buffer=233 USD\", not %q", text)
	}
	var m quantity.Money
	if err := m.UnmarshalText([]byte(strings.TrimSpace(amount))); err != nil {
		return Price{}, fmt.Errorf("%s: %w", key, err)
	}
	if m.Amount() < 0 {
		return Price{}, fmt.Errorf("%s: want a price of 0 or more, not %q", key, amount)
	}
	const life = 10 // years, as the default of price.unit
	return Price{strings.TrimSpace(key), Annuity(m.Amount(), s.discount(), life), m.Currency()}, nil
}

// yearly returns what one base unit of a lever's number costs in a year.
func (p *Plan) yearly(key string) (cost float64, currency string, err error) {
	for _, x := range p.Prices {
		if x.Key == key || matches(x.Key, key) {
			return x.Yearly, x.Currency, nil
		}
	}
	u, _, ok := p.Subject.UnitPrice(key)
	if !ok {
		return 0, "", fmt.Errorf("want what one more of %s costs: --cost %s=233USD, or [price.unit.%q] in the scenario", key, key, key)
	}
	per, err := p.Subject.unitSize(key, u)
	if u.Capital != nil {
		currency = u.Capital.Currency()
	} else if u.Running != nil {
		currency = u.Running.Currency()
	}
	return p.Subject.AnnualCost(u) / per, currency, err
}

// yearlyOf returns what one unit of a lever costs in a year: of a factor, as much
// as all its numbers are.
func (p *Plan) yearlyOf(l *Lever) (cost float64, currency string, err error) {
	if !l.Factor {
		return p.yearly(l.Key)
	}
	for i, key := range l.Keys {
		one, c, err := p.yearly(key)
		if err != nil {
			return 0, "", err
		}
		cost += float64(one * l.scalars[i].Base())
		currency = c
	}
	return cost, currency, nil
}

// How many values of a lever are combined, unless a resolution was asked for:
// of the one that has most, and of the others.
const (
	mostOfRow    = 16
	mostRows     = 6
	mostDesigns  = 5000
	mostCombined = 4 // levers
)

// cheapest answers the question for several levers: the combination of least
// cost that meets the goal. Each has an anytime-valid interval, whose allowed
// error is its share of all; one is dropped when its interval is beyond the
// bound, and with it all that have no more of anything. Where more always helps,
// a critical value of one lever in each replication tells of all its values at
// once. Values are far apart at first; each round puts others about those of the
// cheapest that was shown to do, on futures of its own, with its share of the
// allowed error.
//
// Source: the elimination of Paulson, Annals of Mathematical Statistics 35
// (1964) 174, with the sequences of BernoulliSequence.
func (p *Plan) cheapest(ctx context.Context, k *Work, a *PlanAnswer) error {
	if p.Goal.Form != OfChance {
		return fmt.Errorf("several levers want a target that is a probability or a quantile, %s, not %s", examplesOfChances, p.Goal)
	}
	if len(p.Levers) > mostCombined {
		return fmt.Errorf("want at most %d levers, not %d", mostCombined, len(p.Levers))
	}
	a.Method = CheapestDesign
	c := &CostPlan{Best: -1}
	a.Cost = c
	values := make([][]int, len(p.Levers)) // steps of each that are combined
	row := 0                               // the lever with most values
	for i, t := range p.Levers {
		yearly, currency, err := p.yearlyOf(t.Lever)
		if err != nil {
			return err
		}
		if c.Currency != "" && currency != "" && c.Currency != currency {
			return fmt.Errorf("want prices in one currency, not %s and %s", c.Currency, currency)
		}
		c.Currency = cmp.Or(c.Currency, currency)
		s, err := p.scale(ctx, k, t)
		if err != nil {
			return err
		}
		c.Scales, c.Yearly = append(c.Scales, s), append(c.Yearly, yearly*s.Step)
		if s.Top() > c.Scales[row].Top() {
			row = i
		}
	}
	size := 1
	for i, s := range c.Scales {
		most := mostRows
		if i == row {
			most = mostOfRow
		}
		values[i] = p.combined(s, p.Levers[i], most)
		size *= len(values[i])
	}
	if size > mostDesigns {
		return fmt.Errorf("want at most %d combinations, not %d: give a coarser --resolution or a narrower --between", mostDesigns, size)
	}
	c.Row = row
	if err := p.refineCosts(ctx, k, a, values); err != nil {
		return err
	}
	c.stand()
	if c.Best < 0 {
		top := true
		for _, d := range c.Designs {
			top = top && d.Verdict == Missed
		}
		if a.Settled = top; top {
			a.Verdict = Missed
		}
		var settings []string
		for _, s := range c.Scales {
			settings = append(settings, s.Settings(s.Top())...)
		}
		return p.binding(ctx, k, a, settings)
	}
	a.Verdict, a.Settled = Met, len(c.Closer) == 0
	n := max(c.Designs[c.Best].N, 2*stats.ToleranceSize(1-p.Goal.Allowed, p.Confidence))
	bad, err := p.countBad(ctx, k, "proof", c.settings(c.Best), c.Rounds*p.Most, n)
	if err != nil {
		return err
	}
	x := Proof{Step: -1, First: c.Rounds * p.Most, N: n, Bad: slices.Max(bad)}
	x.Estimate, x.Interval = float64(x.Bad)/float64(n), oneSided(x.Bad, n, 1-p.delta()/float64(len(bad)))
	x.Verdict = p.verdictOn(x.Interval)
	a.Checks = append(a.Checks, x)
	if x.Verdict == Missed {
		a.Verdict = Undecided
	}
	return nil
}

// examplesOfChances is what to write, for messages.
const examplesOfChances = `such as "P(stockout) <= 5%" or "P95(stockout_hours) <= 10 h"`

// combined returns the steps of a scale that are combined: from that of the
// scenario up, all of them or, unless a resolution was asked for, so many.
func (p *Plan) combined(s *Scale, t *Turn, most int) (steps []int) {
	base := 0
	if math.IsNaN(t.From) {
		base, _ = s.Base()
	}
	if n := s.Top() - base + 1; t.Step > 0 || n <= most {
		most = n
	}
	for i := range most {
		steps = append(steps, base+int(math.Round(float64(i*(s.Top()-base))/float64(max(1, most-1)))))
	}
	return slices.Compact(steps)
}

// combine lists all combinations of steps, cheapest first.
func (p *Plan) combine(c *CostPlan, values [][]int) {
	at := make([]int, len(values))
	for {
		d := CostDesign{Steps: make([]int, len(values)), Risk: stats.Interval{Lo: 0, Hi: 1}, bad: make([]int, len(p.judged))}
		for i := range c.Scales {
			d.Steps[i] = values[i][at[i]]
			d.Cost += c.costOf(i, d.Steps[i])
		}
		c.Designs = append(c.Designs, d)
		i := 0
		for ; i < len(at); i++ {
			if at[i]++; at[i] < len(values[i]) {
				break
			}
			at[i] = 0
		}
		if i == len(at) {
			break
		}
	}
	slices.SortStableFunc(c.Designs, byCost)
}

func byCost(x, y CostDesign) int {
	return cmp.Or(cmp.Compare(x.Cost, y.Cost), slices.Compare(x.Steps, y.Steps))
}

// costOf returns what a step of a lever costs in a year, beyond the scenario's
// value: of what helps by being less, its price is that of one unit less, and
// nothing is earned by more of it.
func (c *CostPlan) costOf(lever, step int) float64 {
	s := c.Scales[lever]
	units := (s.Value(step) - s.Lever.Base) / s.Step
	if s.Less {
		return max(0, float64(-units*math.Abs(c.Yearly[lever])))
	}
	return float64(units * c.Yearly[lever])
}

// mostCostRounds is how often values are put closer to each other.
const mostCostRounds = 8

// refineCosts combines values, and closer ones about those of the cheapest that
// does, until they are as close as was wanted.
func (p *Plan) refineCosts(ctx context.Context, k *Work, a *PlanAnswer, values [][]int) error {
	c := a.Cost
	var was []int // the best of the rounds before
	for c.Rounds = 1; ; c.Rounds++ {
		c.Designs, c.Best = nil, -1
		p.combine(c, values)
		c.recall()
		if err := p.compareCosts(ctx, k, a, c.Row); err != nil {
			return err
		}
		best := c.Best
		var at []int
		if best >= 0 {
			at = slices.Clone(c.Designs[best].Steps)
		}
		c.keep()
		if best < 0 {
			return nil
		}
		var closer bool
		values, closer = p.closer(c, at)
		if stuck := slices.Equal(at, was) && len(c.Closer) > 0; !closer || stuck || c.Rounds == mostCostRounds {
			return nil // where cheaper ones are too close to call, closer ones would be too
		}
		was = at
	}
}

// recall takes over what earlier rounds have shown of designs, and drops those
// that cost more than one that was shown to do.
func (c *CostPlan) recall() {
	best := math.Inf(1)
	for _, d := range c.known {
		if d.Verdict == Met {
			best = min(best, d.Cost)
		}
	}
	c.Designs = slices.DeleteFunc(c.Designs, func(d CostDesign) bool { return d.Cost > best })
	for i := range c.Designs {
		for _, d := range c.known {
			if d.Verdict != Undecided && slices.Equal(d.Steps, c.Designs[i].Steps) {
				c.Designs[i] = d
				c.Designs[i].known = true
			}
		}
	}
}

// keep adds the designs of a round to those of earlier ones, and says which of
// all is the best.
func (c *CostPlan) keep() {
	for _, d := range c.Designs {
		at := slices.IndexFunc(c.known, func(x CostDesign) bool { return slices.Equal(x.Steps, d.Steps) })
		if at < 0 {
			c.known = append(c.known, d)
		} else if c.known[at].Verdict == Undecided {
			c.known[at] = d
		}
	}
	slices.SortStableFunc(c.known, byCost)
	c.Designs = slices.Clone(c.known)
	c.pick()
}

// closer returns values of each lever between those beside the best one: all
// there are, or as many as are combined. It reports whether any lever's are not
// yet as close as was wanted.
func (p *Plan) closer(c *CostPlan, best []int) (next [][]int, more bool) {
	c.Gaps = make([]float64, len(best))
	next = make([][]int, len(best))
	for i := range best {
		var v []int // all values that were tried
		for _, d := range c.known {
			v = append(v, d.Steps[i])
		}
		slices.Sort(v)
		v = slices.Compact(v)
		at := slices.Index(v, best[i])
		lo, hi := v[max(at-1, 0)], v[min(at+1, len(v)-1)]
		wide := max(best[i]-lo, hi-best[i])
		c.Gaps[i] = float64(wide) * c.Scales[i].Step
		enough := 1
		if p.Levers[i].Step == 0 {
			enough = max(1, int(0.05*math.Abs(c.Scales[i].Value(best[i]))/c.Scales[i].Step))
		}
		if wide <= enough {
			next[i] = []int{lo, best[i], hi}
		} else {
			more = true
			most := mostRows
			if i == c.Row {
				most = mostOfRow
			}
			most = min(most, hi-lo+1)
			for j := range most {
				next[i] = append(next[i], lo+int(math.Round(float64(j*(hi-lo))/float64(most-1))))
			}
			next[i] = append(next[i], best[i])
		}
		slices.Sort(next[i])
		next[i] = slices.Compact(next[i])
	}
	return next, more
}

// settings returns what to lay over the scenario for a design.
func (c *CostPlan) settings(design int) (list []string) {
	for i, s := range c.Scales {
		list = append(list, s.Settings(c.Designs[design].Steps[i])...)
	}
	return list
}

// Settings returns what to lay over the scenario for a design.
func (c *CostPlan) Settings(design int) []string { return c.settings(design) }

// compareCosts simulates designs until the cheapest that meets the goal is
// known, or each has had the most replications.
func (p *Plan) compareCosts(ctx context.Context, k *Work, a *PlanAnswer, row int) error {
	c := a.Cost
	rows := p.rows(c, row)
	a.Audit.Threshold = p.Goal.Allowed / 10
	if c.Rounds == 1 {
		c.Rows = true
	}
	c.weigh(p)
	for at := 1; ; at++ {
		n := lookAt(p.fewest(), at, p.Most)
		for i := range rows {
			if r := &rows[i]; at == 1 && c.Rounds == 1 || c.wants(r.designs) {
				if err := p.lookAtRow(ctx, k, c, r, n); err != nil {
					return err
				}
				if c.Rows && !r.audited { // each row is audited
					if err := p.audit(ctx, k, a, r.needs, 0, fewestAudited); err != nil {
						return err
					}
					r.audited = true
				}
			}
		}
		if c.Rows && a.Audit.Rate.Lo > a.Audit.Threshold { // begin anew, each design by itself
			c.Rows = false
			for i := range c.Designs {
				if d := &c.Designs[i]; !d.known {
					d.N, d.Risk, d.Verdict, d.Implied = 0, stats.Interval{Lo: 0, Hi: 1}, Undecided, false
					clear(d.bad)
				}
			}
			for i := range c.known {
				if d := &c.known[i]; d.Implied {
					d.Verdict, d.Implied = Undecided, false
				}
			}
			c.weigh(p)
			for i := range rows {
				if err := p.lookAtRow(ctx, k, c, &rows[i], n); err != nil {
					return err
				}
			}
		}
		a.N = max(a.N, n)
		c.weigh(p)
		open := false
		for i := range rows {
			open = open || c.wants(rows[i].designs)
		}
		if !open || n == p.Most {
			return nil
		}
	}
}

// costRow is the designs that differ in one lever only.
type costRow struct {
	designs []int // by ascending step of the lever
	lever   int
	needs   *criticals
	audited bool
}

// rows returns the designs in rows of one lever.
func (p *Plan) rows(c *CostPlan, lever int) (rows []costRow) {
	of := map[string]int{}
	for i, d := range c.Designs {
		var also []string
		for j, s := range c.Scales {
			if j != lever {
				also = append(also, s.Settings(d.Steps[j])...)
			}
		}
		key := strings.Join(also, "\n")
		at, ok := of[key]
		if !ok {
			at = len(rows)
			of[key] = at
			rows = append(rows, costRow{
				lever: lever,
				needs: &criticals{scale: c.Scales[lever], also: also, first: (c.Rounds - 1) * p.Most, of: make([]spans, len(p.judged))},
			})
		}
		rows[at].designs = append(rows[at].designs, i)
	}
	for _, r := range rows {
		slices.SortFunc(r.designs, func(x, y int) int { return c.Designs[x].Steps[lever] - c.Designs[y].Steps[lever] })
		for _, i := range r.designs {
			r.needs.nodes = append(r.needs.nodes, c.Designs[i].Steps[lever])
		}
		r.needs.start = len(r.needs.nodes) / 2
	}
	return rows
}

// wants reports whether more must be known of any of some designs: whether it
// meets the goal, if nothing that is cheaper does.
func (c *CostPlan) wants(designs []int) bool {
	return slices.ContainsFunc(designs, c.open)
}

// open reports whether more must be known of a design.
func (c *CostPlan) open(i int) bool {
	return c.Designs[i].Verdict == Undecided && (c.Best < 0 || i < c.Best)
}

// lookAtRow simulates a row up to a number of replications.
func (p *Plan) lookAtRow(ctx context.Context, k *Work, c *CostPlan, r *costRow, n int) error {
	if !c.Rows {
		for _, i := range r.designs {
			d := &c.Designs[i]
			if !c.open(i) || d.N >= n {
				continue
			}
			from := (c.Rounds - 1) * p.Most
			if err := p.addBad(ctx, k, c.settings(i), from, d.N, n, d.bad); err != nil {
				return err
			}
			d.N = n
		}
		return nil
	}
	if err := p.search(ctx, k, r.needs, n); err != nil {
		return err
	}
	for _, i := range r.designs {
		d := &c.Designs[i]
		if d.known {
			continue
		}
		d.N = n
		for j, x := range r.needs.of {
			d.bad[j] = 0
			for _, hi := range x.hi {
				if hi > float64(d.Steps[r.lever]) {
					d.bad[j]++
				}
			}
		}
	}
	return nil
}

// addBad counts the bad replications of a design, from a number on up to
// another, of those that begin at an origin, by judged metric.
func (p *Plan) addBad(ctx context.Context, k *Work, settings []string, origin, first, end int, count []int) error {
	m := len(count)
	wanted := slices.Repeat([]bool{true}, m)
	st := Stage{Name: p.stage("try", strconv.Quote(joined(settings)), "from "+strconv.Itoa(origin)), Title: "the same futures for each combination", First: origin + first, N: end - first, Width: m}
	return simulate(ctx, k, st, p.newProbe,
		func(b *probe, r int, row []float64) error {
			bad := make([]bool, m)
			err := b.bad(settings, r, wanted, bad)
			for j, x := range bad {
				if row[j] = 0; x {
					row[j] = 1
				}
			}
			return err
		},
		func(_ int, row []float64) bool {
			for j, x := range row {
				count[j] += int(x)
			}
			return true
		})
}

// weigh judges all designs, and finds the cheapest that meets the goal.
func (c *CostPlan) weigh(p *Plan) {
	alpha := p.delta() * look(c.Rounds) / float64(max(1, len(c.Designs))*len(p.judged))
	for i := range c.Designs {
		d := &c.Designs[i]
		if d.N == 0 || d.known {
			continue
		}
		d.Bad = slices.Max(d.bad)
		d.Risk = stats.Interval{}
		for _, bad := range d.bad {
			in := stats.BernoulliSequence(bad, d.N, alpha)
			d.Risk.Lo, d.Risk.Hi = max(d.Risk.Lo, in.Lo), max(d.Risk.Hi, in.Hi)
		}
		if d.Verdict == Undecided {
			d.Verdict = p.verdictOn(d.Risk)
		}
	}
	for i := range c.Designs { // what has no more of anything than one that is insufficient is so too
		if d := &c.Designs[i]; c.Rows && d.Verdict == Undecided {
			worse := func(x CostDesign) bool { return x.Verdict == Missed && noMore(d.Steps, x.Steps) }
			if slices.ContainsFunc(c.Designs, worse) || slices.ContainsFunc(c.known, worse) {
				d.Verdict, d.Implied = Missed, true
			}
		}
	}
	c.pick()
}

// pick finds the cheapest design that meets the goal, and the cheaper ones of
// which it is not known.
func (c *CostPlan) pick() {
	c.Best, c.Closer = slices.IndexFunc(c.Designs, func(d CostDesign) bool { return d.Verdict == Met }), nil
	for i := range c.Designs[:max(0, c.Best)] {
		if c.Designs[i].Verdict == Undecided {
			c.Closer = append(c.Closer, i)
		}
	}
}

// noMore reports whether one combination has no more of anything than another.
func noMore(x, y []int) bool {
	for i := range x {
		if x[i] > y[i] {
			return false
		}
	}
	return true
}

// stand says of each design that was simulated where it is on the frontier of
// cost against risk.
func (c *CostPlan) stand() {
	var list []CostRisk
	var at []int
	for i, d := range c.Designs {
		if d.N > 0 {
			list, at = append(list, CostRisk{stats.Interval{Lo: d.Cost, Hi: d.Cost}, d.Risk}), append(at, i)
		}
	}
	for i, x := range Frontier(list) {
		c.Designs[at[i]].Standing = x
	}
}
