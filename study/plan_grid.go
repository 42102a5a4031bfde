package study

import (
	"context"
	"math"
	"slices"
	"strconv"

	"oxysim/sim/stats"
)

// gridValues is the number of values that are tried at first when more does not
// always help, and gridRounds how often the gap that is left is halved, at most.
const (
	gridValues  = 7
	gridRounds  = 12
	mostUnknown = 1 // values that cannot be told from the bound: after one more, no others are tried
	gridFirst   = 5 // times the fewest replications: how many the first round may take of a value, which may lie close to the bound by accident
)

// gridPoint is a value that is tried.
type gridPoint struct {
	step  int
	alpha float64 // allowed error of its interval
	n     int     // replications
	bad   []int   // of them, by judged metric
	in    stats.Interval
	is    Verdict
}

// grid answers the question without the assumption that more always helps, by
// anytime-valid intervals at some values: the least of them such that it and all
// greater ones that were tried are sufficient. Values grow geometrically at
// first; then one after the other is put in the middle of where the answer lies,
// until it cannot be told from the bound. Each round has its share of the
// allowed error, and each value of a round the same. A value that is decided is
// not simulated further.
func (p *Plan) grid(ctx context.Context, k *Work, a *PlanAnswer) error {
	a.Method, a.Verdict, a.Settled, a.Sufficient, a.Insufficient, a.Things = ValueGrid, Undecided, false, -1, -1, nil
	top := a.Scale.Top()
	var points []*gridPoint
	var steps []int
	base, _ := a.Scale.Base()
	for i := range gridValues { // away from the base
		f := float64(i+1) / gridValues
		steps = append(steps, base+int(math.Pow(float64(top-base+1), f))-1)
	}
	steps = append(steps, base, top)
	for round := 1; round <= gridRounds; round++ {
		slices.Sort(steps)
		steps = slices.Compact(steps)
		alpha := p.delta() * look(round) / float64(len(steps)*len(p.judged))
		var fresh []*gridPoint
		for _, s := range steps {
			if !slices.ContainsFunc(points, func(x *gridPoint) bool { return x.step == s }) {
				fresh = append(fresh, &gridPoint{step: s, alpha: alpha, bad: make([]int, len(p.judged)), in: stats.Interval{Lo: 0, Hi: 1}})
			}
		}
		if len(fresh) == 0 {
			break
		}
		if err := p.tryAll(ctx, k, a.Scale, fresh, round); err != nil {
			return err
		}
		points = append(points, fresh...)
		slices.SortFunc(points, func(x, y *gridPoint) int { return x.step - y.step })
		a.grade(points)
		if last := points[len(points)-1]; last.is == Undecided { // it comes first: without it, nothing is sufficient
			if err := p.tryAll(ctx, k, a.Scale, []*gridPoint{last}, round+1); err != nil {
				return err
			}
			a.grade(points)
		}
		if a.Settled = p.near(a); a.Settled || a.Sufficient < 0 {
			break
		}
		from, to, unknown := a.Sufficient, a.Insufficient, 0 // what cannot be told from the bound
		for _, x := range points {
			if x.is == Undecided && x.step > a.Insufficient && x.step < a.Sufficient {
				from, to = min(from, x.step), max(to, x.step)
				unknown++
			}
		}
		enough := p.enough(a.Scale, a.Sufficient)
		switch {
		case unknown == 0:
			steps = []int{a.Insufficient + (a.Sufficient-a.Insufficient)/2}
		case unknown <= mostUnknown && a.Sufficient-to > enough:
			steps = []int{to + (a.Sufficient-to)/2}
		case unknown <= mostUnknown && from-a.Insufficient > enough:
			steps = []int{a.Insufficient + (from-a.Insufficient)/2}
		default:
			steps = nil
		}
		if steps == nil {
			break
		}
	}
	a.Curve = a.Curve[:0]
	for _, x := range points {
		worst := slices.Max(x.bad)
		a.N = max(a.N, x.n)
		a.Curve = append(a.Curve, CurvePoint{
			Step: x.step, Estimate: float64(worst) / float64(x.n), Band: x.in,
			Exact: stats.ClopperPearson(worst, x.n, p.Confidence), Verdict: x.is, N: x.n,
		})
	}
	switch {
	case a.Sufficient >= 0:
		if err := p.proveGrid(ctx, k, a, points); err != nil {
			return err
		}
		p.regradeGrid(a)
	case a.Insufficient == top:
		a.Verdict = Missed
	}
	return nil
}

// proveGrid runs what is recommended on replications that had no part in choosing
// it. Where the search went depends on those that it judged by, so that they
// alone promise nothing: unless the fresh ones show it again, the next greater
// value that was tried takes its place, with half the allowed probability of
// error.
func (p *Plan) proveGrid(ctx context.Context, k *Work, a *PlanAnswer, points []*gridPoint) error {
	delta, first := p.delta(), p.Most
	for _, x := range points {
		if x.step < a.Sufficient {
			continue
		}
		if len(a.Checks) == mostProofs {
			break
		}
		delta /= 2
		n := max(a.N, 2*stats.ToleranceSize(1-p.Goal.Allowed, 1-delta/float64(len(p.judged))))
		proof, err := p.proof(ctx, k, a.Scale, x.step, first, n, delta)
		if err != nil {
			return err
		}
		a.Checks = append(a.Checks, proof)
		if proof.Verdict == Met {
			a.Sufficient, a.Verdict = x.step, Met
			return nil
		}
		first += n
	}
	a.Sufficient, a.Verdict, a.Settled = -1, Undecided, false
	return nil
}

// regradeGrid takes back what fresh replications did not show again.
func (p *Plan) regradeGrid(a *PlanAnswer) {
	for i := range a.Curve {
		if y := &a.Curve[i]; y.Verdict == Met && slices.ContainsFunc(a.Checks, func(x Proof) bool { return x.Step == y.Step && x.Verdict != Met }) {
			y.Verdict = Undecided
		}
	}
	a.Settled = a.Settled && p.near(a)
}

// grade says what is sufficient and insufficient by what is known of values.
func (a *PlanAnswer) grade(points []*gridPoint) {
	a.Sufficient, a.Insufficient = -1, -1
	for i := len(points) - 1; i >= 0 && points[i].is == Met; i-- {
		a.Sufficient = points[i].step
	}
	for _, x := range points {
		if x.is == Missed {
			a.Insufficient = x.step
		}
	}
}

// tryAll simulates values until each is decided, or has had the most
// replications.
func (p *Plan) tryAll(ctx context.Context, k *Work, c *Scale, points []*gridPoint, round int) error {
	fewest, most := p.fewest(), p.Most
	if round == 1 {
		most = min(most, gridFirst*fewest)
	}
	for at := 1; ; at++ {
		var open []*gridPoint
		for _, x := range points {
			if x.is == Undecided {
				open = append(open, x)
			}
		}
		n := lookAt(fewest, at, most)
		if !slices.ContainsFunc(open, func(x *gridPoint) bool { return x.n < most }) {
			return nil
		}
		for _, x := range open { // by itself, so that a worker keeps few worlds
			if n <= x.n {
				continue // it has had as many
			}
			if err := p.try(ctx, k, c, x, n); err != nil {
				return err
			}
		}
	}
}

// try simulates a value up to a number of replications, and judges it.
func (p *Plan) try(ctx context.Context, k *Work, c *Scale, x *gridPoint, end int) error {
	m := len(p.judged)
	wanted := slices.Repeat([]bool{true}, m)
	settings := c.Settings(x.step)
	st := Stage{
		Name: p.stage("try", strconv.Quote(joined(settings))), Title: "the same futures at each value", First: x.n, N: end - x.n, Width: m,
	}
	type trier struct {
		*probe
		bad []bool
	}
	err := simulate(ctx, k, st, func() trier { return trier{p.newProbe(), make([]bool, m)} },
		func(b trier, r int, row []float64) error {
			err := b.probe.bad(settings, r, wanted, b.bad)
			for j, bad := range b.bad {
				if row[j] = 0; bad {
					row[j] = 1
				}
			}
			return err
		},
		func(_ int, row []float64) bool {
			for j, bad := range row {
				x.bad[j] += int(bad)
			}
			return true
		})
	x.n = end
	x.in = stats.Interval{}
	for _, bad := range x.bad {
		in := stats.BernoulliSequence(bad, x.n, x.alpha)
		x.in.Lo, x.in.Hi = max(x.in.Lo, in.Lo), max(x.in.Hi, in.Hi)
	}
	x.is = p.verdictOn(x.in)
	return err
}
