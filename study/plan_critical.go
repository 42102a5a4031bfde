package study

import (
	"context"
	"math"
	"slices"
	"strconv"

	"oxysim/sim/stats"
)

// spans are the critical steps of replications, for one judged metric: the least
// helpful step at which a replication is not bad is above lo and at most hi.
// Both are nodes of the search; lo is -1 and hi +Inf if there is none.
type spans struct{ lo, hi []float64 }

// criticals are the critical steps of replications, for each judged metric, as
// far as they matter: those near what decides are known exactly, the others
// between two nodes.
type criticals struct {
	scale *Scale
	also  []string // settings that are laid over the scenario too
	nodes []int    // steps that are tried, ascending; the last is the top
	start int      // node from which searches start
	first int      // number of the first replication
	of    []spans
}

// count returns for how many replications they are known.
func (c *criticals) count() int { return len(c.of[0].hi) }

// coarse is about how many nodes a search begins with, and finer how many are
// put at once between those that are left.
const (
	coarse = 12
	finer  = 7
)

// newCriticals returns critical steps of which none is known.
func (p *Plan) newCriticals(scale *Scale, also []string) *criticals {
	c := &criticals{scale: scale, also: also, of: make([]spans, len(p.judged))}
	top := scale.Top()
	base, _ := scale.Base()
	c.nodes = append(c.nodes, 0, base, top)
	for i := range coarse { // as a ratio, away from the base
		f := float64(i+1) / coarse
		c.nodes = append(c.nodes, base+int(math.Pow(float64(top-base+1), f))-1, base-int(math.Pow(float64(base+1), f))+1)
	}
	if top <= 2*coarse {
		for s := range top {
			c.nodes = append(c.nodes, s)
		}
	}
	slices.Sort(c.nodes)
	c.nodes = slices.Compact(c.nodes)
	c.start = slices.Index(c.nodes, base)
	return c
}

// refine puts nodes between two steps. It reports whether there was room.
func (c *criticals) refine(lo, hi int) bool {
	was := len(c.nodes)
	for i := range finer {
		if s := lo + int(math.Round(float64((i+1)*(hi-lo))/(finer+1))); s > lo && s < hi {
			c.nodes = append(c.nodes, s)
		}
	}
	slices.Sort(c.nodes)
	c.nodes = slices.Compact(c.nodes)
	return len(c.nodes) > was
}

// critical answers the question by the critical value of each replication: the
// least helpful step at which it is not bad. If a more helpful value never makes
// a good replication bad, the probability of a bad one at a step is that of a
// critical value beyond it, so that one sample is the whole curve, and a value
// is sufficient with a stated confidence if enough critical values are below it:
// an order statistic.
//
// Source: Wilks, Annals of Mathematical Statistics 12 (1941) 91.
func (p *Plan) critical(ctx context.Context, k *Work, a *PlanAnswer) error {
	a.Method = CriticalValues
	c := p.newCriticals(a.Scale, nil)
	fewest := p.fewest()
	a.Audit.Threshold = p.Goal.Allowed / 10
	var delta float64 // allowed probability of error of each claim, at the last look
	for at := 1; ; at++ {
		delta = p.delta() * look(at)
		if err := p.search(ctx, k, c, lookAt(fewest, at, p.Most)); err != nil {
			return err
		}
		if at == 1 {
			if err := p.audit(ctx, k, a, c, 0, fewestAudited); err != nil {
				return err
			}
			if a.Audit.Rate.Lo > a.Audit.Threshold {
				return p.grid(ctx, k, a)
			}
		}
		for p.judge(a, c, delta); !p.near(a); p.judge(a, c, delta) {
			hi := a.Sufficient
			if hi < 0 {
				hi = a.Scale.Top()
			}
			if !c.refine(a.Insufficient, hi) {
				break
			}
			if err := p.search(ctx, k, c, c.count()); err != nil {
				return err
			}
		}
		a.N = c.count()
		if a.Settled = p.near(a); a.Settled || a.N == p.Most {
			break
		}
		c.start = c.median()
	}
	if err := p.audit(ctx, k, a, c, fewestAudited, c.count()/20); err != nil {
		return err
	}
	if a.Audit.Rate.Lo > a.Audit.Threshold {
		return p.grid(ctx, k, a)
	}
	p.curve(a, c, delta)
	switch {
	case a.Sufficient < 0 && a.Insufficient == a.Scale.Top():
		a.Verdict = Missed
		return nil
	case a.Sufficient < 0:
		return nil
	}
	a.Verdict = Met
	if err := p.prove(ctx, k, a, c); err != nil {
		return err
	}
	p.regrade(a)
	return nil
}

// near reports whether what is sufficient is known closely enough: no more than
// the resolution separates it from the first value that was not shown to be
// insufficient; or nothing is sufficient.
func (p *Plan) near(a *PlanAnswer) bool {
	if a.Insufficient == a.Scale.Top() {
		return true
	}
	return a.Sufficient >= 0 && a.Sufficient-(a.Insufficient+1) <= p.enough(a.Scale, a.Sufficient)
}

// enough returns how many steps may be left undecided below one that is
// sufficient: one if the resolution was asked for, or else as much as is 5 % of
// the value.
func (p *Plan) enough(c *Scale, step int) int {
	if p.Levers[0].Step > 0 {
		return 1
	}
	return max(1, int(0.05*math.Abs(c.Value(step))/c.Step))
}

// median returns the node at the median of the critical steps of the metric that
// needs most.
func (c *criticals) median() (node int) {
	for _, x := range c.of {
		sorted := slices.Sorted(slices.Values(x.hi))
		m := min(sorted[len(sorted)/2], float64(c.scale.Top()))
		node = max(node, slices.Index(c.nodes, int(m)))
	}
	return node
}

// judge says which steps are shown to be sufficient and insufficient, at an
// allowed probability of error for each of the two claims: for every judged
// metric in its share of it (Bonferroni).
func (p *Plan) judge(a *PlanAnswer, c *criticals, delta float64) {
	n := c.count()
	l, u, _ := stats.OrderStatistics(n, 1-p.Goal.Allowed, 1-2*delta/float64(len(c.of)))
	a.Things, a.Sufficient, a.Insufficient = a.Things[:0], -1, -1
	reached := true
	for j, x := range c.of {
		t := Needs{Metric: p.judged[j], Sufficient: -1, Insufficient: -1}
		if hi := slices.Sorted(slices.Values(x.hi)); u <= n && !math.IsInf(hi[u-1], 1) {
			t.Sufficient = int(hi[u-1])
		} else {
			reached = false
		}
		if lo := slices.Sorted(slices.Values(x.lo)); l > 0 {
			t.Insufficient = int(lo[l-1])
		}
		a.Things = append(a.Things, t)
		a.Sufficient = max(a.Sufficient, t.Sufficient)
		a.Insufficient = max(a.Insufficient, t.Insufficient)
	}
	if !reached {
		a.Sufficient = -1
	}
}

// search computes the critical steps of replications up to a number, from the
// first on: of those that are known, as far as new nodes ask for it.
func (p *Plan) search(ctx context.Context, k *Work, c *criticals, end int) error {
	m := len(c.of)
	known := make([]spans, m)
	copy(known, c.of)
	for j := range c.of {
		c.of[j] = spans{make([]float64, 0, end), make([]float64, 0, end)}
	}
	start := c.start
	st := Stage{
		Name: p.stage("critical values", c.name()), Title: "the value that each future needs", First: c.first, N: end, Width: 2 * m,
	}
	newSearch := func() *search {
		s := &search{
			probe: p.newProbe(), nodes: c.nodes, settings: make([][]string, len(c.nodes)),
			wanted: make([]bool, m), bad: make([]bool, m), lo: make([]int, m), hi: make([]int, m), stride: make([]int, m),
		}
		for i, step := range c.nodes {
			s.settings[i] = append(slices.Clone(c.also), c.scale.Settings(step)...)
		}
		return s
	}
	return simulate(ctx, k, st, newSearch,
		func(s *search, r int, row []float64) error { return s.run(r, r-c.first, start, known, row) },
		func(_ int, row []float64) bool {
			for j := range c.of {
				c.of[j].lo = append(c.of[j].lo, row[2*j])
				c.of[j].hi = append(c.of[j].hi, row[2*j+1])
			}
			return true
		})
}

// name says which steps are nodes, and what they mean.
func (c *criticals) name() string {
	s := c.scale.name() + " with " + strconv.Quote(joined(c.also)) + " at"
	for _, n := range c.nodes {
		s += " " + strconv.Itoa(n)
	}
	return s + " from " + strconv.Itoa(c.first)
}

// name says which values a scale has.
func (c *Scale) name() string {
	return c.Key + " " + c.Lever.Text(c.Value(0)) + " … " + c.Lever.Text(c.Value(c.Top())) + " by " + strconv.FormatFloat(c.Step, 'g', -1, 64)
}

func joined(list []string) (s string) {
	for _, x := range list {
		s += x + " "
	}
	return s
}

// search finds critical steps. It belongs to one goroutine.
type search struct {
	probe          *probe
	nodes          []int
	settings       [][]string // of each node
	wanted, bad    []bool
	lo, hi, stride []int // nodes, of each judged metric: bad at lo, good at hi; -1 and one above the last if not known
}

// run writes between which nodes the critical step of each judged metric lies,
// in a replication, the at-th of those that are searched. From where the search starts it goes away in steps that
// double, and then halves what is left. What is simulated for one metric tells
// of the others.
func (s *search) run(replication, at, start int, known []spans, row []float64) error {
	for j := range known {
		s.lo[j], s.hi[j], s.stride[j] = -1, len(s.nodes), 1
		if at < len(known[j].hi) {
			s.lo[j], _ = slices.BinarySearch(s.nodes, int(known[j].lo[at]))
			if known[j].lo[at] < 0 {
				s.lo[j] = -1
			}
			if hi := known[j].hi[at]; !math.IsInf(hi, 1) {
				s.hi[j], _ = slices.BinarySearch(s.nodes, int(hi))
			}
		}
	}
	for j := range known {
		for s.hi[j]-s.lo[j] > 1 {
			if err := s.ask(replication, s.next(j, start)); err != nil {
				return err
			}
		}
		row[2*j], row[2*j+1] = -1, math.Inf(1)
		if s.lo[j] >= 0 {
			row[2*j] = float64(s.nodes[s.lo[j]])
		}
		if s.hi[j] < len(s.nodes) {
			row[2*j+1] = float64(s.nodes[s.hi[j]])
		}
	}
	return nil
}

// next returns the node to try next for a metric.
func (s *search) next(j, start int) int {
	lo, hi, last := s.lo[j], s.hi[j], len(s.nodes)-1
	switch {
	case lo < 0 && hi > last:
		return start
	case hi > last:
		s.stride[j] *= 2
		return min(lo+s.stride[j]/2, last)
	case lo < 0:
		s.stride[j] *= 2
		return max(hi-s.stride[j]/2, 0)
	}
	return lo + (hi-lo)/2
}

// ask simulates a node, and remembers what it tells of every metric.
func (s *search) ask(replication, node int) error {
	for j := range s.wanted {
		s.wanted[j] = s.lo[j] < node && node < s.hi[j]
	}
	if err := s.probe.bad(s.settings[node], replication, s.wanted, s.bad); err != nil {
		return err
	}
	for j, wanted := range s.wanted {
		switch {
		case !wanted:
		case s.bad[j]:
			s.lo[j] = node
		default:
			s.hi[j] = node
		}
	}
	return nil
}
