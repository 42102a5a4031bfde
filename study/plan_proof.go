package study

import (
	"context"
	"math"
	"slices"
	"strconv"

	"oxysim/sim/stats"
)

// fewestAudited is how many replications are audited at least.
const fewestAudited = 20

// audit runs replications, from a number on up to another, again at values more
// helpful than the one that each needs, one and two steps on and at twice as
// much, and counts those that are bad there.
func (p *Plan) audit(ctx context.Context, k *Work, a *PlanAnswer, c *criticals, first, end int) error {
	if end = min(end, c.count()); end <= first {
		return nil
	}
	m := len(p.judged)
	wanted := slices.Repeat([]bool{true}, m)
	type auditor struct {
		*probe
		bad []bool
	}
	st := Stage{Name: p.stage("audit", c.name()), Title: "whether more always helps", First: c.first + first, N: end - first, Width: 2}
	err := simulate(ctx, k, st, func() auditor { return auditor{p.newProbe(), make([]bool, m)} },
		func(b auditor, r int, row []float64) error {
			row[0], row[1] = 0, 0 // whether it was run again, and was bad
			most := 0.
			for j := range c.of {
				most = max(most, c.of[j].hi[r-c.first])
			}
			if math.IsInf(most, 1) {
				return nil // there is no more helpful value
			}
			done := int(most)
			for _, step := range []int{done + 1, done + 2, c.scale.double(done)} {
				if step <= done || step > c.scale.Top() {
					continue
				}
				done = step
				if err := b.probe.bad(append(slices.Clone(c.also), c.scale.Settings(step)...), r, wanted, b.bad); err != nil {
					return err
				}
				row[0] = 1
				if slices.Contains(b.bad, true) {
					row[1] = 1
				}
			}
			return nil
		},
		func(_ int, row []float64) bool {
			a.Audit.N += int(row[0])
			a.Audit.Reversed += int(row[1])
			return true
		})
	a.Audit.Rate = stats.Interval{Lo: 0, Hi: 1}
	if a.Audit.N > 0 {
		a.Audit.Rate = oneSided(a.Audit.Reversed, a.Audit.N, p.Confidence)
	}
	return err
}

// oneSided returns both one-sided bounds of Clopper and Pearson.
func oneSided(bad, n int, confidence float64) stats.Interval {
	return stats.Interval{Lo: stats.ClopperPearsonLower(bad, n, confidence), Hi: stats.ClopperPearsonUpper(bad, n, confidence)}
}

// mostProofs is how often a value that was refuted is replaced by a greater one.
const mostProofs = 8

// prove runs what is recommended on replications that had no part in choosing
// it. If they refute it, or do not show it although the audit found reversals,
// the next is that of half the allowed probability of error: the halves of all
// sum to no more than the whole.
func (p *Plan) prove(ctx context.Context, k *Work, a *PlanAnswer, c *criticals) error {
	n := max(a.N, 2*stats.ToleranceSize(1-p.Goal.Allowed, p.Confidence))
	first := a.N
	delta := p.delta()
	for len(a.Checks) < mostProofs {
		delta /= 2
		proof, err := p.proof(ctx, k, a.Scale, a.Sufficient, first, n, delta)
		if err != nil {
			return err
		}
		a.Checks = append(a.Checks, proof)
		if proof.Verdict == Met || proof.Verdict == Undecided && a.Audit.Reversed == 0 {
			return nil
		}
		if a.Sufficient == a.Scale.Top() {
			break
		}
		first += n
		was, insufficient, things := a.Sufficient, a.Insufficient, slices.Clone(a.Things)
		p.judge(a, c, delta/2)
		a.Insufficient = insufficient // nothing was found against it
		for j := range things {
			a.Things[j].Insufficient = things[j].Insufficient
		}
		if a.Sufficient <= was {
			a.Sufficient = was + 1
		}
	}
	a.Sufficient, a.Verdict = -1, Undecided
	return nil
}

// proof runs one step on fresh replications.
func (p *Plan) proof(ctx context.Context, k *Work, c *Scale, step, first, n int, delta float64) (Proof, error) {
	count, err := p.countBad(ctx, k, "proof", c.Settings(step), first, n)
	if err != nil {
		return Proof{}, err
	}
	x := Proof{Step: step, First: first, N: n, Bad: slices.Max(count)}
	x.Estimate = float64(x.Bad) / float64(n)
	x.Interval = oneSided(x.Bad, n, 1-delta/float64(len(count)))
	x.Verdict = p.verdictOn(x.Interval)
	return x, nil
}

// verdictOn holds an interval for a probability of bad replications against the
// goal.
func (p *Plan) verdictOn(in stats.Interval) Verdict {
	switch {
	case in.Hi <= p.Goal.Allowed:
		return Met
	case in.Lo > p.Goal.Allowed:
		return Missed
	}
	return Undecided
}

// countBad counts the bad replications of a design, by judged metric.
func (p *Plan) countBad(ctx context.Context, k *Work, what string, settings []string, first, n int) ([]int, error) {
	m := len(p.judged)
	count := make([]int, m)
	wanted := slices.Repeat([]bool{true}, m)
	st := Stage{
		Name: p.stage(what, strconv.Quote(joined(settings)), strconv.Itoa(first)), Title: "what is recommended, in fresh futures",
		First: first, N: n, Width: m,
	}
	err := simulate(ctx, k, st, p.newProbe,
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
	return count, err
}

// curve tells the share of bad replications at the nodes of the critical steps,
// with a band at an allowed probability of error.
func (p *Plan) curve(a *PlanAnswer, c *criticals, delta float64) {
	n := c.count()
	half := stats.DKW(n, 1-delta/float64(len(c.of)))
	for _, s := range c.nodes {
		worst := 0
		for _, x := range c.of {
			beyond := 0
			for _, hi := range x.hi {
				if hi > float64(s) {
					beyond++
				}
			}
			worst = max(worst, beyond)
		}
		y := CurvePoint{Step: s, Estimate: float64(worst) / float64(n), N: n}
		y.Band = stats.Interval{Lo: max(0, y.Estimate-half), Hi: min(1, y.Estimate+half)}
		y.Exact = stats.ClopperPearson(worst, n, p.Confidence)
		a.Curve = append(a.Curve, y)
	}
	p.regrade(a)
}

// regrade says of each step of the curve what was shown of it: with means, of
// which it is not audited whether more always helps, only where it was tested.
func (p *Plan) regrade(a *PlanAnswer) {
	if a.Method == MeanSearch {
		for i := range a.Curve {
			a.Curve[i].Verdict = Undecided
			for _, x := range a.Checks {
				if x.Step == a.Curve[i].Step && x.Verdict != Undecided {
					a.Curve[i].Verdict = x.Verdict
				}
			}
		}
		return
	}
	for i := range a.Curve {
		y := &a.Curve[i]
		switch {
		case a.Sufficient >= 0 && y.Step >= a.Sufficient:
			y.Verdict = Met
		case y.Step <= a.Insufficient:
			y.Verdict = Missed
		default:
			y.Verdict = Undecided
		}
	}
}
