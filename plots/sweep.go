package plots

import (
	"context"
	"fmt"
	"math"
	"strconv"

	"oxysim/study"
)

// sweep is a metric for all values of a lever, or of two.
type sweep struct{ *study.SweepAnswer }

func askSweep(ctx context.Context, k *study.Work, w Wish) (Figure, error) {
	a, err := w.Sweep.Answer(ctx, k)
	if err != nil {
		return nil, err
	}
	return NewSweep(a), nil
}

// NewSweep returns the figure of a sweep, of its first metric.
func NewSweep(a *study.SweepAnswer) Figure { return sweep{a} }

func (f sweep) what() string { return gaugeOf(f.Subject, f.Gauges[0]) }

// ends returns the points with the least and the greatest mean; of equals, the
// first.
func (f sweep) ends() (least, most int) {
	for i := range f.Points {
		if f.Points[i].Readings[0].Mean < f.Points[least].Readings[0].Mean {
			least = i
		}
		if f.Points[i].Readings[0].Mean > f.Points[most].Readings[0].Mean {
			most = i
		}
	}
	return least, most
}

// reading writes what is read of a point.
func (f sweep) reading(i int) string {
	x := f.Points[i].Readings[0]
	return quantityOf(f.Gauges[0].Kind, x.Mean, x.Interval)
}

// with writes the values of the levers at a point.
func (f sweep) with(i int) string {
	var words []string
	for a, at := range f.Points[i].At {
		l := f.Axes[a].Lever
		words = append(words, leverOf(f.Subject, l)+" "+text(l.Text(f.Axes[a].Values[at])))
	}
	return list(words)
}

// Title says where it is least and where it is greatest.
func (f sweep) Title() string {
	least, most := f.ends()
	if f.Points[least].Readings[0].Mean == f.Points[most].Readings[0].Mean {
		return fmt.Sprintf("%s is %s at every value", capitalised(f.what()), f.reading(least))
	}
	if len(f.Axes) == 1 {
		first, last := 0, len(f.Points)-1
		v := f.Axes[0].Values
		l := f.Axes[0].Lever
		return fmt.Sprintf("%s, by %s: %s at %s, %s at %s", capitalised(f.what()), leverOf(f.Subject, l), f.reading(first), text(l.Text(v[first])), f.reading(last), text(l.Text(v[last])))
	}
	return fmt.Sprintf("%s: %s with %s, %s with %s", capitalised(f.what()), f.reading(least), f.with(least), f.reading(most), f.with(most))
}

// Subtitle says what is shown.
func (f sweep) Subtitle() string {
	if len(f.Axes) == 2 {
		return fmt.Sprintf("%s, mean of the same futures for each pair of values.", capitalised(f.what()))
	}
	return fmt.Sprintf("%s, in the same futures; %s intervals, each by itself.", capitalised(f.what()), confidence(f.Confidence))
}

func (f sweep) replications() string { return plural(f.N, "replication") }

// Data is the points, of all metrics.
func (f sweep) Data() [][]string {
	var head []string
	for _, a := range f.Axes {
		head = append(head, a.Lever.Key)
	}
	rows := [][]string{append(head, "metric", "mean", "lo", "hi", "difference", "difference_lo", "difference_hi", "replications")}
	for _, p := range f.Points {
		for g, x := range p.Readings {
			var row []string
			for a, at := range p.At {
				row = append(row, exact(f.Axes[a].Values[at]))
			}
			d := p.Differences[g]
			rows = append(rows, append(row, f.Gauges[g].Name, exact(x.Mean), exact(x.Interval.Lo), exact(x.Interval.Hi), exact(d.Mean), exact(d.Interval.Lo), exact(d.Interval.Hi), strconv.Itoa(x.N)))
		}
	}
	return rows
}

func (f sweep) draw(p *page, top float64) float64 {
	if len(f.Axes) == 2 {
		return f.heat(p, top)
	}
	left, right := p.margin, p.width-p.margin
	unit, factor := unitOf(f.Gauges[0].Kind)
	a := &f.Axes[0]
	lo, hi := a.Values[0], a.Values[len(a.Values)-1]
	if keys := []key{{color: tint(pale, 0.6), what: "as it is: " + text(a.Lever.Text(a.Lever.Base)), line: true}}; a.Lever.Base >= lo && a.Lever.Base <= hi {
		top += p.legend(left, top, right-left, true, keys...)
	}
	top += 1.5 * p.small
	height := 0.42 * (right - left)
	most := 0.0
	for i := range f.Points {
		x := f.Points[i].Readings[0]
		most = max(most, factor*finite(x.Interval, x.Mean).Hi, factor*x.Mean)
	}
	y := scale{lo: 0, hi: niceAbove(most), from: top + height, to: top}
	if most == 0 {
		y.hi = 1
	}
	ticks := y.ticks(7)
	for i := range ticks {
		ticks[i].what += unit
	}
	r := rect{left + p.room(ticks), top, right - 0.5*p.small, top + height}
	p.beside(r, y, ticks)
	pad := 0.03 * max(hi-lo, 1e-9)
	x := scale{lo: lo - pad, hi: hi + pad, from: r.x0, to: r.x1}
	bottom := p.under(r, x, ticksOf(a.Lever, x, a.Values, int(r.width()/(4*p.small))), false, leverOf(f.Subject, a.Lever))
	var upper, lower, line []point
	for i := range f.Points {
		at := x.at(a.Values[f.Points[i].At[0]])
		m := f.Points[i].Readings[0]
		in := finite(m.Interval, m.Mean)
		upper, lower = append(upper, point{at, y.at(factor * in.Hi)}), append(lower, point{at, y.at(factor * in.Lo)})
		line = append(line, point{at, y.at(factor * m.Mean)})
	}
	for i := len(lower) - 1; i >= 0; i-- {
		upper = append(upper, lower[i])
	}
	p.area(tint(blue, 0.2), upper...)
	if b := a.Lever.Base; b >= lo && b <= hi {
		p.line(tint(pale, 0.6), p.theme.line, point{x.at(b), r.y0}, point{x.at(b), r.y1})
	}
	p.line(blue, p.theme.line, line...)
	if len(line) <= 60 {
		for _, q := range line {
			p.dot(blue, q.x, q.y, 1.4*p.theme.line)
		}
	}
	return bottom
}

// heat draws a map of two levers: the first down, the second across.
func (f sweep) heat(p *page, top float64) float64 {
	left, right := p.margin, p.width-p.margin
	down, across := &f.Axes[0], &f.Axes[1]
	unit, factor := unitOf(f.Gauges[0].Kind)
	l := p.label(1)
	var rows []string
	for _, v := range down.Values {
		rows = append(rows, text(down.Lever.Text(v)))
	}
	top += 1.3 * p.small
	p.head(left, top-0.3*p.small, p.fit("down: "+leverOf(f.Subject, down.Lever), right-left, p.strong(grey, 0)))
	top += 0.5 * p.small
	begin := left + p.widest(l, rows...) + 0.6*p.small
	height := min(2.2*p.small, max(1.0*p.small, 480/float64(len(rows))))
	r := rect{begin, top, right, top + height*float64(len(rows))}
	cell := r.width() / float64(len(across.Values))
	least, most := f.ends()
	lo, hi := f.Points[least].Readings[0].Mean, f.Points[most].Readings[0].Mean
	for i := range f.Points {
		x := f.Points[i].Readings[0]
		at := f.Points[i].At
		b := rect{r.x0 + cell*float64(at[1]), r.y0 + height*float64(at[0]), r.x0 + cell*float64(at[1]+1), r.y0 + height*float64(at[0]+1)}
		share := 0.0
		if hi > lo {
			share = (x.Mean - lo) / (hi - lo)
		}
		c := tint(blue, 0.06+0.94*share)
		p.block(c, b)
		value := look{size: p.small, color: black, align: 0.5, bold: f.Points[i].IsBase}
		if dark(c) {
			value.color = white
		}
		s := figure(factor*x.Mean, factor*x.Interval.HalfWidth())
		if p.widthOf(s, value) < cell-2 && height > 1.15*p.small {
			p.middle((b.x0+b.x1)/2, (b.y0+b.y1)/2, s, value)
		}
	}
	last := math.Inf(-1)
	for i, s := range rows {
		if y := r.y0 + height*(float64(i)+0.5); y-last > 1.1*p.small {
			p.middle(begin-0.6*p.small, y, s, l)
			last = y
		}
	}
	var ticks []tick
	for i, v := range across.Values {
		ticks = append(ticks, tick{float64(i) + 0.5, text(across.Lever.Text(v))})
	}
	bottom := p.under(r, scale{lo: 0, hi: float64(len(across.Values)), from: r.x0, to: r.x1}, ticks, false, p.fit(leverOf(f.Subject, across.Lever), r.width(), p.label(0.5)))
	bottom += 1.6 * p.small
	in := "In cells"
	if unit != "" {
		in += "," + unit
	}
	half, base := 0.0, false
	for i := range f.Points {
		base = base || f.Points[i].IsBase
		if h := factor * f.Points[i].Readings[0].Interval.HalfWidth(); !math.IsInf(h, 0) {
			half = max(half, h)
		}
	}
	if base {
		in += "; bold: as it is"
	}
	if half > 0 {
		in += fmt.Sprintf("; %s intervals, each by itself, are at most ±\u00a0%s%s", confidence(f.Confidence), figure(half, half), unit)
	}
	for _, line := range p.wrap(in, right-left, p.label(0)) {
		p.text(left, bottom-0.2*p.small, line, p.label(0))
		bottom += 1.3 * p.small
	}
	return bottom - 1.3*p.small + descent*p.small
}
