package quantity

import (
	"fmt"
	"math"
	"slices"
	"strings"

	"oxysim/sim/rng"
)

// values returns the numbers of the arguments, in base units, and after them
// the probability of a quantile if there is one.
func (e *expr) values() []float64 {
	var v []float64
	p := 0.0
	for _, a := range e.args {
		v = append(v, a.x)
		if a.p != 0 {
			p = a.p
		}
	}
	if p != 0 {
		v = append(v, p)
	}
	return v
}

// build returns the law in base units, or what the law itself has against its
// arguments: its limits are those of arithmetic, wider than what was checked when they
// were read.
func (e *expr) build() (rng.Law, error) {
	switch e.name {
	case "":
		return rng.Constant(e.args[0].x), nil
	case "empirical":
		weights := make([]float64, len(e.args))
		for i, a := range e.args {
			if weights[i] = a.weight; a.weight == 0 {
				weights[i] = 1
			}
		}
		if err := rng.CheckEmpirical(e.values(), weights); err != nil {
			return rng.Law{}, fmt.Errorf("%s: %w", e.name, err)
		}
		return rng.Empirical(e.values(), weights), nil
	case "compound":
		count, err := e.args[0].sub.build()
		if err != nil {
			return rng.Law{}, inArgument(0, e.name, err)
		}
		size, err := e.args[1].sub.build()
		if err != nil {
			return rng.Law{}, inArgument(1, e.name, err)
		}
		if err := rng.CheckCompound(count, size); err != nil {
			return rng.Law{}, inArgument(0, e.name, err)
		}
		return rng.Compound(count, size), nil
	}
	if err := e.form.admit(e.values()); err != nil {
		return rng.Law{}, fmt.Errorf("%s: %w", e.name, err)
	}
	return e.form.build(e.values()), nil
}

// scale makes the mean of a law of a kind f times as large, as near as whole
// base units allow. Of a compound law the number is scaled, if it can be to any
// mean, and otherwise the size.
func (e *expr) scale(d *dimension, f float64) {
	if e.name == "compound" {
		if count := e.args[0].sub; count.divisible() {
			count.scale(&aCount, f)
		} else {
			e.args[1].sub.scale(d, f)
		}
		return
	}
	if e.form != nil {
		d = argDimension(d)
	}
	for i := range e.args {
		if a := &e.args[i]; !a.ratio {
			a.x, a.lo, a.hi = d.times(a.x, f), d.times(a.lo, f), d.times(a.hi, f)
		}
	}
}

// times returns f times x, in whole base units if the kind has no other. What
// was something does not become nothing.
func (d *dimension) times(x, f float64) float64 {
	y := x * f
	if !d.whole {
		return y
	}
	if y = math.Round(y); y == 0 && x > 0 {
		return 1
	}
	return y
}

// divisible reports whether a law of a number of things can have any mean.
func (e *expr) divisible() bool {
	if e.name == "compound" {
		return e.args[0].sub.divisible()
	}
	return e.form != nil && e.form.number
}

// uncertain returns the argument that has a range, or nil.
func (e *expr) uncertain() *arg {
	for i := range e.args {
		a := &e.args[i]
		if a.sub != nil {
			if found := a.sub.uncertain(); found != nil {
				return found
			}
		} else if a.ranged {
			return a
		}
	}
	return nil
}

// ranges returns the number of arguments that have a range.
func (e *expr) ranges() int {
	n := 0
	for _, a := range e.args {
		if a.sub != nil {
			n += a.sub.ranges()
		} else if a.ranged {
			n++
		}
	}
	return n
}

func (e *expr) clone() expr {
	c := *e
	c.args = slices.Clone(e.args)
	for i := range c.args {
		if sub := c.args[i].sub; sub != nil {
			s := sub.clone()
			c.args[i].sub = &s
		}
	}
	return c
}

// format writes the law of a kind in canonical spelling.
func (e *expr) format(d *dimension) string {
	switch {
	case len(e.args) == 0:
		return d.print(0)
	case e.name == "":
		return d.format(e.args[0].amount)
	}
	var b strings.Builder
	b.WriteString(e.name)
	b.WriteByte('(')
	for i, a := range e.args {
		if i > 0 {
			b.WriteString(", ")
		}
		if a.label != "" {
			b.WriteString(a.label)
			b.WriteByte(' ')
		}
		switch {
		case a.sub != nil:
			b.WriteString(a.sub.format(a.of))
		case a.ratio:
			b.WriteString(aRatio.format(a.amount))
		case e.name == "empirical":
			b.WriteString(d.format(a.amount))
		default:
			b.WriteString(argDimension(d).format(a.amount))
		}
		if a.weight != 0 {
			b.WriteString(": ")
			b.WriteString(plain(a.weight))
		}
	}
	b.WriteByte(')')
	return b.String()
}
