package quantity

import (
	"math"

	"oxysim/sim/rng"
)

// law is what the types of laws have in common. The zero law is always 0.
type law[K kind] struct {
	expr  expr
	built rng.Law
}

// UnmarshalText reads a plain value, which never varies, or a law such as
// "gamma(12h, cv 0.5)".
func (l *law[K]) UnmarshalText(text []byte) error {
	e, err := parseLaw(dim[K](), string(text))
	if err != nil {
		return err
	}
	built, err := e.build()
	if err != nil {
		return err
	}
	l.expr, l.built = e, built
	return nil
}

// Law returns the law in base units.
func (l law[K]) Law() rng.Law { return l.built }

// Constant returns the value in base units, and whether it never varies.
func (l law[K]) Constant() (float64, bool) {
	if l.expr.name != "" {
		return 0, false
	}
	return l.Base(), true
}

// String returns the law in canonical spelling.
func (l law[K]) String() string { return l.expr.format(dim[K]()) }

// Base returns, in the base unit, the argument that has a range, or else the
// mean.
func (l law[K]) Base() float64 {
	if a := l.expr.uncertain(); a != nil {
		return a.x
	}
	return l.built.Mean()
}

// Bounds returns the range of the argument that has one.
func (l law[K]) Bounds() (lo, hi float64, ok bool) {
	if a := l.expr.uncertain(); a != nil {
		return a.lo, a.hi, true
	}
	m := l.built.Mean()
	return m, m, false
}

// Write returns the text of the law with another value for the argument that
// has a range; if none has, the law stretched to another mean.
func (l law[K]) Write(base float64) string {
	e := l.expr.clone()
	if a := e.uncertain(); a != nil {
		a.amount = amount{x: base, lo: base, hi: base}
		return e.format(dim[K]())
	}
	mean := l.built.Mean()
	if mean == 0 || math.IsInf(base/mean, 0) {
		e = constant(base)
	} else {
		e.scale(dim[K](), base/mean)
	}
	return e.format(dim[K]())
}

// scaled returns the law stretched f times. It panics if f is not positive, or so
// large that nobody counts so far.
func (l law[K]) scaled(f float64) law[K] {
	if !(f > 0) || math.IsInf(f, 0) {
		panic("quantity: a law is scaled by a positive number")
	}
	e := l.expr.clone()
	e.scale(dim[K](), f)
	built, err := e.build()
	if err != nil {
		panic("quantity: " + err.Error()) // so large that it is no number
	}
	return law[K]{e, built}
}

func (l law[K]) Wanted() string     { return lawWanted(dim[K]()) }
func (l law[K]) Unquoted() bool     { return dim[K]().bare }
func (l law[K]) Pattern() string    { return lawPattern(dim[K]()) }
func (l law[K]) Examples() []string { return lawExamples(dim[K]()) }

// SpanLaw is the law of a length of time, in seconds: "36h",
// "lognormal(25m, cv 0.3)". A draw is to be rounded to the second.
type SpanLaw struct{ law[spanKind] }

// Scale returns the law of f times the time. It panics if f is not positive.
func (l SpanLaw) Scale(f float64) SpanLaw { return SpanLaw{l.scaled(f)} }

// CountLaw is the law of a number of things: 3, "poisson(3)",
// "empirical(1: 1/6, 2: 1/3, 3: 1/3, 4: 1/6)". A draw is to be rounded to a
// whole number, so that "uniform(1, 4)" has one in the middle of its range
// twice as often as 1 or 4.
type CountLaw struct{ law[countKind] }

// Scale returns the law with f times the mean: of "poisson(3)" by 2,
// "poisson(6)"; values are rounded to whole numbers. It panics if f is not
// positive.
func (l CountLaw) Scale(f float64) CountLaw { return CountLaw{l.scaled(f)} }

// FlowLaw is the law of a flow of gas, in mL/min: "10 L/min",
// "triangular(5 L/min, 10 L/min, 30 L/min)".
type FlowLaw struct{ law[flowKind] }

// Scale returns the law of f times the flow. It panics if f is not positive.
func (l FlowLaw) Scale(f float64) FlowLaw { return FlowLaw{l.scaled(f)} }

// VolumeLaw is the law of a volume of gas, in sixtieths of a millilitre.
type VolumeLaw struct{ law[volumeKind] }

// Scale returns the law of f times the volume. It panics if f is not positive.
func (l VolumeLaw) Scale(f float64) VolumeLaw { return VolumeLaw{l.scaled(f)} }

// NumberLaw is the law of a number without a unit, such as a factor.
type NumberLaw struct{ law[numberKind] }

// Scale returns the law of f times the number. It panics if f is not positive.
func (l NumberLaw) Scale(f float64) NumberLaw { return NumberLaw{l.scaled(f)} }
