package plots

import (
	"context"
	"fmt"
	"math"
	"slices"
	"strconv"

	"oxysim/model"
	"oxysim/sim/stats"
	"oxysim/study"
)

// differences is by how much options differ from what is.
type differences struct {
	*study.CompareAnswer
	of study.Comparison
}

func askCompare(ctx context.Context, k *study.Work, w Wish) (Figure, error) {
	a, err := w.Compare.Answer(ctx, k)
	if err != nil {
		return nil, err
	}
	return NewCompare(a)
}

// NewCompare returns the figure of how options differ from what is.
func NewCompare(a *study.CompareAnswer) (Figure, error) {
	at := slices.IndexFunc(a.Metrics, func(m study.Comparison) bool { return m.Metric.Name == a.Compare.By })
	if at < 0 {
		return nil, &study.Unfit{Why: "the designs have no " + a.Compare.By}
	}
	return differences{a, a.Metrics[at]}, nil
}

func (f differences) base() *study.Option { return f.Compare.Designs[0] }
func (f differences) what() string        { return metricOf(f.base().Subject, f.of.Metric) }

// unitOfDifference is the unit of differences, which of shares are points.
func (f differences) unit() (unit string, factor float64) {
	if unit, factor = unitOf(f.of.Metric); factor == 100 {
		unit = "\u00a0pp"
	}
	return unit, factor
}

// Title says who is best, or that it is too close to call.
func (f differences) Title() string {
	best := f.Compare.Designs[f.Best.Best].Label
	if len(f.Best.TooClose) > 0 {
		names := []string{best}
		for _, d := range f.Best.TooClose {
			names = append(names, f.Compare.Designs[d].Label)
		}
		if len(names) > 3 {
			names = append(names[:2], fmt.Sprintf("%d others", len(names)-2))
		}
		return fmt.Sprintf("Too close to call by %s: %s", f.what(), list(names))
	}
	if f.Best.Best == 0 {
		return fmt.Sprintf("No option is better than what is, by %s", f.what())
	}
	d := f.of.Against[f.Best.Best-1]
	return fmt.Sprintf("%s is best by %s: %s", capitalised(best), f.what(), signed(f.of.Metric, d.Mean, d.Interval))
}

// Subtitle says what is shown.
func (f differences) Subtitle() string {
	e := f.of.Estimates[0]
	from := f.base().Label
	if from == "as it is" {
		from = "what is"
	}
	s := fmt.Sprintf("Paired differences from %s (%s), in the same futures; %s intervals that hold together.", from, quantityOf(f.of.Metric, e.Mean, e.Interval), confidence(f.Compare.Confidence))
	if slices.ContainsFunc(f.of.Against, func(d study.Difference) bool { return !d.Shown }) {
		s += " Grey and ~: chance may explain it."
	}
	if slices.ContainsFunc(f.of.Against, func(d study.Difference) bool { return math.IsInf(d.Interval.HalfWidth(), 0) }) {
		s += " A dot without a bar has too few futures for an interval."
	}
	return s
}

func (f differences) replications() string { return plural(f.N, "replication") }

// Data is the differences.
func (f differences) Data() [][]string {
	rows := [][]string{{"design", "label", "metric", "difference", "lo", "hi", "shown", "target", "extra_cost", "extra_cost_lo", "extra_cost_hi", "replications"}}
	for i, d := range f.of.Against {
		o := f.Compare.Designs[i+1]
		row := []string{o.Name, o.Label, f.Compare.By, exact(d.Mean), exact(d.Interval.Lo), exact(d.Interval.Hi), strconv.FormatBool(d.Shown), f.Designs[i+1].Verdict.String(), "", "", "", strconv.Itoa(f.N)}
		if f.Money != nil {
			x := f.Money.Designs[i+1].Extra
			row[8], row[9], row[10] = exact(x.Mean), exact(x.Interval.Lo), exact(x.Interval.Hi)
		}
		rows = append(rows, row)
	}
	return rows
}

// order returns the options, the best first.
func (f differences) order() []int {
	order := make([]int, len(f.of.Against))
	for i := range order {
		order[i] = i
	}
	sign := 1.0
	if f.of.Metric.Better == model.More {
		sign = -1
	}
	slices.SortStableFunc(order, func(a, b int) int {
		switch x, y := sign*f.of.Against[a].Mean, sign*f.of.Against[b].Mean; {
		case x < y:
			return -1
		case x > y:
			return 1
		}
		return 0
	})
	return order
}

// color returns the colour of a difference: better, worse or by chance.
func (f differences) color(d study.Difference) ink {
	switch {
	case !d.Shown:
		return pale
	case d.Mean < 0 == (f.of.Metric.Better == model.More):
		return vermillion
	}
	return blue
}

func (f differences) draw(p *page, top float64) float64 {
	left, right := p.margin, p.width-p.margin
	order := f.order()
	size, row := p.rows(len(order))
	if size == p.base {
		row *= 1.15
	}
	name, number := look{size: size, color: black, align: 1}, look{size: size, color: black, align: 1}
	unit, factor := f.unit()
	var labels, values, costs []string
	var ends, costEnds []float64
	seen := map[ink]bool{}
	for _, i := range order {
		d := f.of.Against[i]
		seen[f.color(d)] = true
		labels = append(labels, f.Compare.Designs[i+1].Label)
		v := signed(f.of.Metric, d.Mean, d.Interval)
		if !d.Shown {
			v = "~"
		}
		values = append(values, v)
		in := finite(d.Interval, d.Mean)
		ends = append(ends, factor*in.Lo, factor*in.Hi, factor*d.Mean)
		cost := ""
		if f.Money != nil {
			x := f.Money.Designs[i+1].Extra
			cost = money(x)
			in := finite(x.Interval, x.Mean)
			costEnds = append(costEnds, in.Lo, in.Hi, x.Mean)
		}
		costs = append(costs, cost)
	}
	var keys []key
	for _, k := range []key{{color: blue, what: "better"}, {color: vermillion, what: "worse"}, {color: pale, what: "~ chance may explain it"}} {
		if seen[k.color] {
			keys = append(keys, k)
		}
	}
	if len(keys) > 0 {
		top += p.legend(left, top, right-left, true, keys...) + 0.4*p.small
	}
	wide := min(p.widest(name, labels...), 0.36*(right-left))
	begin := left + wide + 0.7*p.base
	value, cost := p.widest(number, values...), p.widest(number, costs...)
	end := right
	split := right - value - 0.8*p.base
	if f.Money != nil {
		end = right - cost - 0.8*p.base
		split = begin + 0.56*(end-begin-value-2.6*p.base)
	}
	l := p.strong(grey, 0)
	head := p.wrap(p.fit(metricOf(f.base().Subject, f.of.Metric), right-left, l)+map[bool]string{true: "," + unit}[unit != ""], split+value-begin, l)
	second := []string{}
	if f.Money != nil {
		second = p.wrap(f.Money.Currency+" a year", right-split-value-2.6*p.base, l)
	}
	y := top + 1.25*p.small*float64(max(len(head), len(second))) + 0.5*p.small
	r := rect{begin, y, split, y + row*float64(len(order))}
	p.stripesOf(len(order), rect{left, r.y0, right, r.y1}, row)
	x := around(r.x0, r.x1, ends...)
	bottom := p.under(r, x, p.across(x), true, "")
	p.heads(r.x0, r.y0, head)
	p.line(pale, p.theme.line, point{x.at(0), r.y0}, point{x.at(0), r.y1})
	other, z := rect{}, scale{}
	if f.Money != nil {
		other = rect{split + value + 2.6*p.base, r.y0, end, r.y1}
		z = around(other.x0, other.x1, costEnds...)
		bottom = max(bottom, p.under(other, z, p.across(z), true, ""))
		p.heads(other.x0, other.y0, second)
		p.line(pale, p.theme.line, point{z.at(0), r.y0}, point{z.at(0), r.y1})
	}
	radius := min(1.7*p.theme.line, 0.25*row)
	for k, i := range order {
		d := f.of.Against[i]
		mid := r.y0 + row*(float64(k)+0.5)
		c := f.color(d)
		p.middle(begin-0.7*p.base, mid, p.fit(labels[k], wide, name), name)
		in := finite(d.Interval, d.Mean)
		p.whisker(c, x, true, mid, stats.Interval{Lo: factor * in.Lo, Hi: factor * in.Hi})
		p.pen.disc(c, point{x.at(factor * d.Mean), mid}, radius) // without a rim, which would hide a short bar
		p.middle(split+value+0.8*p.base, mid, values[k], look{size: size, color: map[bool]ink{true: black, false: pale}[d.Shown], align: 1})
		if f.Money != nil {
			m := f.Money.Designs[i+1].Extra
			p.whisker(grey, z, true, mid, finite(m.Interval, m.Mean))
			p.pen.disc(grey, point{z.at(m.Mean), mid}, radius)
			p.middle(right, mid, costs[k], number)
		}
	}
	return bottom
}

// heads prints lines above a part.
func (p *page) heads(x, y float64, lines []string) {
	for i, s := range lines {
		p.head(x, y-0.5*p.small-1.25*p.small*float64(len(lines)-1-i), s)
	}
}

// money writes a difference of costs.
func money(x study.Amount) string {
	s := figure(math.Abs(x.Mean), x.Interval.HalfWidth())
	switch {
	case x.Interval.Lo <= 0 && x.Interval.Hi >= 0 && x.Mean != 0:
		return "~"
	case x.Mean < 0:
		return "−" + s
	case x.Mean > 0:
		return "+" + s
	}
	return s
}
