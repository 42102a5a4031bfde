package plots

import (
	"math"

	"oxysim/sim/stats"
	"oxysim/study"
)

// shape is the shape of a mark. What colours tell apart, shapes do too.
type shape int

// Shapes.
const (
	noShape shape = iota
	round
	triangle
	diamond
	ring
)

// mark draws a mark with a white rim.
func (p *page) mark(s shape, c ink, x, y, radius float64) {
	if s == round || s == noShape {
		p.dot(c, x, y, radius)
		return
	}
	if s == ring {
		p.ring(c, white, point{x, y}, radius)
		return
	}
	at := func(r float64) []point {
		if s == diamond {
			return []point{{x, y - r}, {x + r, y}, {x, y + r}, {x - r, y}}
		}
		return []point{{x, y - r}, {x + 0.95*r, y + 0.7*r}, {x - 0.95*r, y + 0.7*r}}
	}
	p.area(white, at(1.25*radius+0.7*p.theme.line)...)
	p.area(c, at(1.25*radius)...)
}

// ring draws a disc that is hollow: of what it tells, less is known.
func (p *page) ring(c, inside ink, at point, radius float64) {
	const hollow = 0.55 // of the radius
	p.pen.disc(c, at, radius)
	p.pen.disc(inside, at, hollow*radius)
}

// verdictShapes are the shapes of verdicts.
var verdictShapes = map[study.Verdict]shape{study.Met: round, study.Undecided: triangle, study.Missed: diamond}

// whisker draws an interval along a line: across, or from top to bottom.
func (p *page) whisker(c ink, s scale, across bool, at float64, in stats.Interval) {
	if math.IsNaN(in.Lo) || math.IsNaN(in.Hi) {
		return
	}
	a, b := s.at(in.Lo), s.at(in.Hi)
	if across {
		p.line(c, p.theme.line, point{a, at}, point{b, at})
	} else {
		p.line(c, p.theme.line, point{at, a}, point{at, b})
	}
}

// stripesOf makes every other of some rows easier to follow.
func (p *page) stripesOf(n int, r rect, row float64) {
	for i := 1; i < n; i += 2 {
		p.block(tint(hairline, 0.45), rect{r.x0, r.y0 + row*float64(i), r.x1, r.y0 + row*float64(i+1)})
	}
}

// around returns a scale that has some numbers and 0 in it.
func around(from, to float64, numbers ...float64) scale {
	lo, hi := 0.0, 0.0
	for _, x := range numbers {
		if x-x == 0 {
			lo, hi = min(lo, x), max(hi, x)
		}
	}
	if lo == hi {
		hi = 1
	}
	pad := 0.03 * (hi - lo)
	if lo < 0 {
		lo -= pad
	}
	if hi > 0 {
		hi += pad
	}
	return scale{lo: lo, hi: hi, from: from, to: to}
}

// between returns a scale that has some positive numbers in it, logarithmic if
// they span decades.
func between(from, to float64, numbers ...float64) scale {
	lo, hi := math.Inf(1), 0.0
	zero := false
	for _, x := range numbers {
		zero = zero || x == 0
		if x > 0 {
			lo, hi = min(lo, x), max(hi, x)
		}
	}
	switch {
	case hi == 0:
		return scale{lo: 0, hi: 1, from: from, to: to}
	case !zero && hi > 12*lo:
		return scale{lo: lo / 1.15, hi: hi * 1.15, from: from, to: to, log: true}
	case zero || lo < 0.4*hi:
		return scale{lo: 0, hi: niceAbove(hi), from: from, to: to}
	}
	step := niceStep((hi - lo) / 5)
	if step == 0 || hi == lo {
		step = hi / 10
	}
	return scale{lo: step * (math.Ceil(lo/step+1e-9) - 1), hi: step * (math.Floor(hi/step-1e-9) + 1), from: from, to: to}
}

// risks returns the scale of shares, logarithmic if those that are not 0 span
// decades.
func risks(from, to float64, estimates []float64, most float64) scale {
	least := 1.0
	for _, x := range estimates {
		if x > 0 {
			least, most = min(least, x), max(most, x)
		}
	}
	if least < 0.06*most && least < 0.03 {
		return scale{lo: math.Pow(10, math.Floor(math.Log10(least*0.7))), hi: 1, from: from, to: to, log: true}
	}
	if most == 0 {
		most = 1
	}
	return scale{lo: 0, hi: min(1, niceAbove(most)), from: from, to: to}
}

// percents writes ticks as per cent.
func percents(ticks []tick) []tick {
	for i := range ticks {
		ticks[i].what = plainNumber(100*ticks[i].x) + "\u00a0%"
	}
	return ticks
}

// head prints what an axis is of.
func (p *page) head(x, y float64, s string) { p.text(x, y, s, p.strong(grey, 0)) }
