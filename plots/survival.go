package plots

import (
	"context"
	"fmt"
	"strconv"

	"oxysim/study"
)

// survival is the share of the replications without a stockout so far.
type survival struct{ *study.Survival }

func askSurvival(ctx context.Context, k *study.Work, w Wish) (Figure, error) {
	q := study.SurvivalQuestion{Subject: w.Subject, Hospital: w.Hospital, After: w.After, N: w.N}
	a, err := q.Answer(ctx, k)
	return survival{a}, err
}

// Title says how many get through, or by when half have not.
func (f survival) Title() string {
	first := &f.Curves[0]
	who := "a hospital"
	if f.Hospital != "" {
		who = first.Label
		if len(f.Curves) == 2 {
			who = f.Subject.Label(f.Hospital)
		}
	}
	last := &f.Curves[len(f.Curves)-1]
	if len(f.Curves) == 2 && f.After() {
		if now, day, ok := halves(last, first); ok && last.Left(f.Days)+first.Left(f.Days) == 0 {
			before := "before " + span(24*day)
			if span(24*now) == span(24*day) {
				before = "as before"
			}
			return fmt.Sprintf("With %s, no future passes without a stockout either; half have one within %s, %s", last.Label, span(24*now), before)
		}
		return fmt.Sprintf("With %s, %s of all futures pass without a stockout, before %s", last.Label, f.end(last), f.end(first))
	}
	if day, ok := first.Median(); ok {
		return fmt.Sprintf("In half of all futures %s runs out within %s", who, span(24*day))
	}
	return fmt.Sprintf("%s of all futures pass without a stockout in %s", f.end(first), days(f.Days))
}

// halves returns the days by which half of the futures of two curves have had a
// stockout.
func halves(a, b *study.SurvivalCurve) (ofA, ofB float64, ok bool) {
	ofA, okA := a.Median()
	ofB, okB := b.Median()
	return ofA, ofB, okA && okB
}

// After reports whether two designs are compared.
func (f survival) After() bool { return len(f.Curves) == 2 && f.Curves[0].Label == "as it is" }

// end writes the share that is left at the end.
func (f survival) end(c *study.SurvivalCurve) string {
	x, in := c.At(f.Days)
	if left := c.Left(f.Days); left == 0 || left == c.N {
		return plainNumber(100*x) + "\u00a0%"
	}
	return percentOf(x, in.HalfWidth())
}

// Subtitle says what is shown.
func (f survival) Subtitle() string {
	band := fmt.Sprintf("(Kaplan–Meier), with pointwise %s bands.", confidence(f.Confidence))
	switch {
	case f.Hospital != "":
		return fmt.Sprintf("Share of futures in which %s has had no stockout so far %s", f.Subject.Label(f.Hospital), band)
	case f.After() || len(f.Curves) == 1:
		return "Share of futures without a stockout anywhere so far " + band
	}
	return fmt.Sprintf("Share of futures without a stockout so far (Kaplan–Meier): anywhere, with a pointwise %s band, and at the hospitals that run out first.", confidence(f.Confidence))
}

// Data is the curves at each of their steps.
func (f survival) Data() [][]string {
	rows := [][]string{{"curve", "day", "at_risk", "without_stockout", "lo", "hi"}}
	for i := range f.Curves {
		c := &f.Curves[i]
		add := func(day float64) {
			x, in := c.At(day)
			rows = append(rows, []string{c.Label, exact(day), strconv.Itoa(c.Left(day)), exact(x), exact(in.Lo), exact(in.Hi)})
		}
		add(0)
		last := 0.0
		for _, d := range c.First {
			if d != last {
				add(d)
			}
			last = d
		}
		add(f.Days)
	}
	return rows
}

// curveColors are the colours of curves, in their order.
var curveColors = []ink{black, vermillion, blue, green}

func (f survival) colors() []ink {
	if f.After() {
		return []ink{grey, blue}
	}
	return curveColors
}

func (f survival) draw(p *page, top float64) float64 {
	left, right := p.margin, p.width-p.margin
	colors := f.colors()
	beside := p.strong(black, 0)
	most := 0.36 * (right - left)
	var names []string
	for i := range f.Curves {
		c := &f.Curves[i]
		value := " " + f.end(c)
		names = append(names, p.fit(c.Label, most-p.widthOf(value, beside), beside)+value)
	}
	height := 0.4 * (right - left)
	y := scale{lo: 0, hi: 1, from: top + 0.4*p.small + height, to: top + 0.4*p.small}
	ticks := []tick{{0, "0\u00a0%"}, {0.25, "25"}, {0.5, "50"}, {0.75, "75"}, {1, "100\u00a0%"}}
	r := rect{left + p.room(ticks), y.to, right - p.widest(beside, names...) - 0.8*p.small, y.from}
	p.beside(r, y, ticks)
	x := scale{lo: 0, hi: f.last(), from: r.x0, to: r.x1}
	var ends []float64
	var lines [][]point
	for i := range f.Curves {
		c := &f.Curves[i]
		var line, upper, lower []point
		step := func(day float64) {
			share, in := c.At(day)
			if n := len(line); n > 0 {
				line = append(line, point{x.at(day), line[n-1].y})
				upper = append(upper, point{x.at(day), upper[n-1].y})
				lower = append(lower, point{x.at(day), lower[n-1].y})
			}
			line = append(line, point{x.at(day), y.at(share)})
			upper = append(upper, point{x.at(day), y.at(in.Hi)})
			lower = append(lower, point{x.at(day), y.at(in.Lo)})
		}
		step(0)
		for _, d := range c.First {
			step(d)
		}
		step(f.last())
		band := append([]point(nil), upper...)
		for k := len(lower) - 1; k >= 0; k-- {
			band = append(band, lower[k])
		}
		if i == 0 || f.After() {
			p.area(tint(colors[i], 0.2), band...)
		}
		lines = append(lines, line)
		ends = append(ends, line[len(line)-1].y)
	}
	for i, line := range lines {
		p.line(colors[i], p.theme.line, line...)
	}
	order := byHeight(ends)
	sorted := make([]float64, len(ends))
	for k, i := range order {
		sorted[k] = ends[i]
	}
	for k, at := range spread(sorted, 1.3*p.small, r.y0, r.y1) {
		i := order[k]
		p.middle(r.x1+0.6*p.small, at, names[i], p.strong(colors[i], 0))
	}
	marks := x.ticks(int(r.width() / (3.6 * p.small)))
	bottom := p.under(r, x, marks, false, "days from the start")
	bottom += 0.5 * p.small
	bottom += 1.3 * p.small
	p.text(left, bottom, "futures without a stockout so far", p.label(0))
	for i := range f.Curves {
		bottom += 1.35 * p.small
		for _, t := range marks {
			p.text(x.at(t.x), bottom, strconv.Itoa(f.Curves[i].Left(t.x)), look{size: p.small, color: colors[i], align: 0.5})
		}
		// Rows are named: not everybody tells their colours apart.
		begin := r.x1 + p.widthOf(strconv.Itoa(f.Curves[i].N), p.label(0))/2 + 0.6*p.small
		p.text(begin, bottom, p.fit(f.Curves[i].Label, right-begin, p.label(0)), look{size: p.small, color: colors[i]})
	}
	return bottom + descent*p.small
}

// last returns the last day that is shown: the end, or soon after nobody is left
// on any curve.
func (f survival) last() float64 {
	last := 0.0
	for i := range f.Curves {
		c := &f.Curves[i]
		if len(c.First) < c.N {
			return f.Days
		}
		last = max(last, c.First[c.N-1])
	}
	return min(f.Days, niceAbove(1.05*last))
}

// byHeight returns the indices of heights from the top down.
func byHeight(y []float64) []int {
	order := make([]int, len(y))
	for i := range order {
		order[i] = i
	}
	for i := 1; i < len(order); i++ {
		for k := i; k > 0 && y[order[k]] < y[order[k-1]]; k-- {
			order[k], order[k-1] = order[k-1], order[k]
		}
	}
	return order
}
