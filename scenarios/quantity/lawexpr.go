package quantity

import (
	"fmt"
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

// build returns the law in base units. The arguments have been checked where
// they were read; should the law refuse them all the same, that is an error.
func (e *expr) build() (l rng.Law, err error) {
	defer func() {
		if r := recover(); r != nil {
			err = fmt.Errorf("%s: %v", e.name, r)
		}
	}()
	switch {
	case e.name == "":
		return rng.Constant(e.args[0].x), nil
	case e.name == "empirical":
		weights := make([]float64, len(e.args))
		for i, a := range e.args {
			if weights[i] = a.weight; a.weight == 0 {
				weights[i] = 1
			}
		}
		return rng.Empirical(e.values(), weights), nil
	case e.name == "compound":
		count, err := e.args[0].sub.build()
		if err != nil {
			return count, err
		}
		size, err := e.args[1].sub.build()
		if err != nil {
			return size, err
		}
		return rng.Compound(count, size), nil
	}
	return e.form.build(e.values()), nil
}

// scale makes the mean f times as large. Of a compound law the number is
// scaled, not the size.
func (e *expr) scale(f float64) {
	if e.name == "compound" {
		e.args[0].sub.scale(f)
		return
	}
	for i := range e.args {
		if a := &e.args[i]; !a.ratio {
			a.x, a.lo, a.hi = a.x*f, a.lo*f, a.hi*f
		}
	}
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
