package study

import (
	"context"
	"fmt"
	"math"
	"regexp"
	"slices"
	"strconv"
)

// Scale is the values of a lever that are considered: a grid, whose steps are
// counted from 0, the least helpful, upwards.
type Scale struct {
	*Lever
	Step float64 // between values, in the lever's unit
	Less bool    // less of it helps: the steps go down
	low  int     // the least value, in steps from 0
	high int     // the greatest
	end  int     // the most helpful value that the scenario can have, within reach, in steps from 0
}

// Top returns the most helpful step.
func (c *Scale) Top() int { return c.high - c.low }

// Value returns the value at a step.
func (c *Scale) Value(step int) float64 {
	if c.Less {
		return c.at(c.high - step)
	}
	return c.at(c.low + step)
}

// at returns a multiple of the step, without what the multiplication adds to a
// decimal fraction.
func (c *Scale) at(n int) float64 {
	x := float64(n) * c.Step
	if x == 0 {
		return 0
	}
	digits := math.Pow(10, 12-math.Ceil(math.Log10(math.Abs(x))))
	return math.Round(x*digits) / digits
}

// Settings returns what to lay over the scenario at a step.
func (c *Scale) Settings(step int) []string { return c.Lever.Settings(c.Value(step)) }

// Text returns the value at a step as it is written in a file.
func (c *Scale) Text(step int) string { return c.Lever.Text(c.Value(step)) }

// Base returns the step that is nearest to the scenario's own value, and whether
// that is on the scale.
func (c *Scale) Base() (step int, ok bool) {
	n := int(math.Round(c.Lever.Base / c.Step))
	step = n - c.low
	if c.Less {
		step = c.high - n
	}
	ok = step >= 0 && step <= c.Top() && math.Abs(float64(n)*c.Step-c.Lever.Base) < 1e-6*c.Step
	return min(max(step, 0), c.Top()), ok
}

// double returns the step at which there is twice as much of what helps: twice
// the value, or half of it.
func (c *Scale) double(step int) int {
	if c.Less {
		return min(c.high-(c.high-step)/2, c.Top())
	}
	return min(2*(c.low+step)-c.low, c.Top())
}

// pilots is how many replications are tried to see which way a lever helps, and
// how far it may have to be turned.
const pilots = 16

// farthestTurn is by how much the value of a lever is multiplied, or divided, in
// search of one that suffices.
const farthestTurn = 64

// scale returns the values of a lever that are considered.
func (p *Plan) scale(ctx context.Context, k *Work, t *Turn) (*Scale, error) {
	c := &Scale{Lever: t.Lever, Step: t.Step}
	if c.Step == 0 {
		switch {
		case t.Whole:
			c.Step = 1
		case t.Base != 0:
			c.Step = niceStep(t.Lever)
		default:
			return nil, fmt.Errorf("%s is 0: want --resolution, how finely to look, and --between, within which values", t.Key)
		}
	}
	if t.Whole && c.Step != math.Trunc(c.Step) {
		return nil, fmt.Errorf("%s is a whole number: want a whole resolution, not %g", t.Key, c.Step)
	}
	base := int(math.Round(t.Base / c.Step))
	if !math.IsNaN(t.From) {
		c.low, c.high = int(math.Ceil(t.From/c.Step-1e-9)), int(math.Floor(t.To/c.Step+1e-9))
		if c.low >= c.high {
			return nil, fmt.Errorf("%s: want a range of more than one step of %s, not %s to %s", t.Key, t.Text(c.Step), t.Text(t.From), t.Text(t.To))
		}
		for _, n := range []int{c.low, c.high} {
			if _, err := p.designs.at(c.Lever.Settings(c.at(n))); err != nil {
				return nil, err
			}
		}
		if err := p.direct(ctx, k, c, c.low, c.high); err != nil {
			return nil, err
		}
		c.end = p.reach(c, base, c.far(base))
		return c, nil
	}
	// The least and the greatest value that the scenario can have, within reach.
	c.low = p.reach(c, base, min(0, base))
	c.high = p.reach(c, base, c.far(base))
	if c.low == c.high {
		return nil, fmt.Errorf("%s: the scenario can have no other value than %s", t.Key, t.Text(t.Base))
	}
	lo, hi := max(c.low, base/2), min(c.high, max(2*base, base+1))
	if err := p.direct(ctx, k, c, lo, hi); err != nil {
		return nil, err
	}
	c.end = c.high
	if c.Less {
		c.end = c.low
	}
	return c, p.narrow(ctx, k, c, base)
}

// far returns the value, in steps, up to which one that suffices is looked for.
func (c *Scale) far(base int) int {
	switch {
	case c.Less:
		return min(0, base)
	case base <= 0:
		return base + 10*farthestTurn
	}
	return max(base*farthestTurn, farthestTurn)
}

// Wider returns the ends of a scale that goes further in the helpful direction,
// as they are written; ok is false if it cannot.
func (c *Scale) Wider() (from, to string, ok bool) {
	if c.Less {
		from, to = c.Lever.Text(c.at(max(c.end, c.low/4))), c.Lever.Text(c.at(c.low))
		return from, to, c.end < c.low
	}
	return c.Lever.Text(c.at(c.high)), c.Lever.Text(c.at(min(c.end, 4*c.high))), c.end > c.high
}

// firstAmount is the first number of a text, and its unit if it has one.
var firstAmount = regexp.MustCompile(`([0-9][0-9.]*)(\s*[^0-9\s,()–]+)?`)

// roundTimes are steps in which times are turned.
var roundTimes = []string{"1 min", "2 min", "5 min", "10 min", "15 min", "30 min", "1 h", "2 h", "3 h", "6 h", "12 h", "1 d", "2 d", "5 d", "10 d"}

// niceStep returns about 2 % of the base of a lever, as an amount that is round
// as it is written, in whatever unit.
func niceStep(l *Lever) float64 {
	step := math.Abs(l.Base) / 50
	text := l.Text(step)
	at := firstAmount.FindStringSubmatchIndex(text)
	if l.Factor || at == nil {
		return nice(step)
	}
	parse := func(amount string, end int) (float64, bool) {
		y, err := l.Parse(text[:at[0]] + amount + text[end:])
		return y, err == nil && y > 0
	}
	for _, t := range roundTimes {
		if y, ok := parse(t, at[1]); !ok {
			break
		} else if y >= 0.7*step {
			return y
		}
	}
	if x, err := strconv.ParseFloat(text[at[2]:at[3]], 64); err == nil && x > 0 {
		if y, ok := parse(strconv.FormatFloat(nice(x), 'f', -1, 64), at[3]); ok {
			return y
		}
	}
	return nice(step)
}

// nice returns 1, 2 or 5 times a power of ten, the nearest below.
func nice(x float64) float64 {
	unit := math.Pow(10, math.Floor(math.Log10(x)))
	for _, m := range []float64{5, 2} {
		if x >= m*unit {
			return m * unit
		}
	}
	return unit
}

// reach returns the value, in steps, that the scenario can have and that is
// farthest from one that it has, on the way to another: what lies between can be
// had too, as far as values at distances that double say.
func (p *Plan) reach(c *Scale, from, to int) int {
	can := func(n int) bool {
		_, err := p.designs.at(c.Lever.Settings(c.at(n)))
		return err == nil
	}
	good := from
	for stride := 1; good != to; stride *= 2 {
		next := min(from+stride, to)
		if to < from {
			next = max(from-stride, to)
		}
		if can(next) {
			good = next
			continue
		}
		for next-good > 1 || good-next > 1 {
			if middle := good + (next-good)/2; can(middle) {
				good = middle
			} else {
				next = middle
			}
		}
		return good
	}
	return good
}

// direct finds out whether more of a lever helps or less, by the judged metrics
// at two values, in steps.
func (p *Plan) direct(ctx context.Context, k *Work, c *Scale, lo, hi int) error {
	// An indicator says less than the number that it is about.
	names := slices.Clone(p.judged)
	signs := make([]float64, 0, 2*len(names)+1)
	sign := 1.
	if !p.Goal.less() {
		sign = -1
	}
	for range names {
		signs = append(signs, sign)
	}
	for _, name := range append(slices.Clone(p.judged), "network.stockout") {
		thing, _ := Thing(name)
		if _, err := places(p.metrics, []string{thing + ".stockout_hours"}); err == nil {
			names, signs = append(names, thing+".stockout_hours"), append(signs, 1)
		}
	}
	m := len(names)
	a, err := p.designs.at(c.Lever.Settings(c.at(lo)))
	if err != nil {
		return err
	}
	b, err := p.designs.at(c.Lever.Settings(c.at(hi)))
	if err != nil {
		return err
	}
	better := make([]float64, m) // the greater value than the less
	st := Stage{Name: p.stage("which way", c.Key, c.Lever.Text(c.at(lo)), c.Lever.Text(c.at(hi))), Title: "which way it helps", N: pilots, Width: m}
	err = simulate(ctx, k, st, func() *Futures { return NewFutures([]*Subject{a, b}, names) },
		func(f *Futures, r int, row []float64) error {
			x, err := f.Run(0, r)
			if err != nil {
				return err
			}
			copy(row, x)
			if x, err = f.Run(1, r); err != nil {
				return err
			}
			for i := range row {
				row[i] -= x[i]
			}
			return nil
		},
		func(_ int, row []float64) bool {
			for i, x := range row {
				better[i] += signs[i] * x
			}
			return true
		})
	for _, x := range better {
		if x != 0 {
			c.Less = x < 0
			break
		}
	}
	return err
}

// narrow takes away the helpful end of a scale that no pilot needs: it doubles
// from the base until none of them is bad, and once more.
func (p *Plan) narrow(ctx context.Context, k *Work, c *Scale, base int) error {
	if p.Goal.Form != OfChance {
		return p.narrowMean(ctx, k, c, base)
	}
	further := func(n int) int {
		if c.Less {
			return max(c.low, n/2)
		}
		return min(c.high, max(2*n, n+10))
	}
	end := func(n int) bool { return c.Less && n <= c.low || !c.Less && n >= c.high }
	wanted := make([]bool, len(p.judged))
	for j := range wanted {
		wanted[j] = true
	}
	for n := base; !end(n); {
		n = further(n)
		bad := false
		st := Stage{Name: p.stage("how far", c.Key, c.Lever.Text(c.at(n))), Title: "how far it may have to be turned", N: pilots, Width: 1}
		err := simulate(ctx, k, st, p.newProbe,
			func(b *probe, r int, row []float64) error {
				out := make([]bool, len(p.judged))
				if err := b.bad(c.Lever.Settings(c.at(n)), r, wanted, out); err != nil {
					return err
				}
				if row[0] = 0; slices.Contains(out, true) {
					row[0] = 1
				}
				return nil
			},
			func(_ int, row []float64) bool {
				bad = bad || row[0] > 0
				return !bad
			})
		if err != nil {
			return err
		}
		if !bad {
			c.limit(further(n))
			break
		}
	}
	return nil
}

// limit ends the scale at a value, in steps, on its helpful side.
func (c *Scale) limit(n int) {
	if c.Less {
		c.low = n
	} else {
		c.high = n
	}
}
