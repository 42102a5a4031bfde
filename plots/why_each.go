package plots

import (
	"fmt"
	"math"
	"slices"
	"strconv"

	"oxysim/study"
)

// stacked is how much each cause does to each hospital.
type stacked struct {
	*study.WhyAnswer
	Hospitals []study.WhyHospital
}

// NewWhyEach returns the figure of the causes of a shortage, hospital by hospital,
// of an answer that has them.
func NewWhyEach(a *study.WhyAnswer) Figure { return stacked{a, a.Each.Hospitals} }

// part is the last part of the metric's name.
func (f stacked) part() string {
	_, part := study.Thing(f.Each.Metric.Name)
	return part
}

// most returns what causes do to all hospitals together, and the cause that does
// most.
func (f stacked) most() (cause int, of, all float64) {
	sums := make([]float64, len(f.Causes))
	for _, h := range f.Hospitals {
		for c, x := range h.Amounts {
			sums[c] += x
		}
	}
	for c, x := range sums {
		all += x
		if x > sums[cause] {
			cause = c
		}
	}
	return cause, sums[cause], all
}

// first counts the hospitals to which a cause does most, and those to which any
// does something.
func (f stacked) first(cause int) (n, all int) {
	for _, h := range f.Hospitals {
		if h.With.Mean == 0 && h.Total.Mean == 0 {
			continue
		}
		all++
		if h.Amounts[cause] == slices.Max(h.Amounts) {
			n++
		}
	}
	return n, all
}

// Title says which cause does most, and where: in the futures that were simulated,
// for there are no intervals of what a cause does to a hospital.
func (f stacked) Title() string {
	cause, _, all := f.most()
	n, of := f.first(cause)
	if all == 0 || of == 0 {
		return fmt.Sprintf("Thinking all causes away changes nothing of the hospitals' %s", spoken(f.part()))
	}
	if all < 0 {
		return fmt.Sprintf("Thinking all causes away leaves more, not less, of the hospitals' %s", spoken(f.part()))
	}
	h := "hospitals"
	if of == 1 {
		h = "hospital"
	}
	if len(f.Shares) > 0 && math.IsInf(f.Shares[0].Interval.HalfWidth(), 0) {
		return fmt.Sprintf("Too few futures to say what is behind the %s of hospitals; in these, %s comes first at %d of %d %s that have any", spoken(f.part()), f.Causes[cause].Label, n, of, h)
	}
	explained := ""
	left := 0.0
	for i := range f.Hospitals {
		left += rest(&f.Hospitals[i])
	}
	if left > math.Abs(all) { // the causes that were asked for are not what is behind most of it
		explained = " that these causes explain"
	}
	return fmt.Sprintf("In these %s, behind the %s of hospitals%s: %s, which comes first at %d of %d %s that have any", plural(f.Replications, "future"), spoken(f.part()), explained, f.Causes[cause].Label, n, of, h)
}

// Subtitle says what is shown.
func (f stacked) Subtitle() string {
	unit, _ := unitOf(f.Each.Metric)
	lot := ""
	if !f.Exact() {
		lot = " in orders drawn by lot"
	}
	s := fmt.Sprintf("Mean %s%s that are due to each cause, by Shapley%s, and what is left without them. At right, how much there is with the half-width of its %s interval; parts are means, and less certain: which comes first may be chance.",
		spoken(f.part()), map[bool]string{true: " in" + unit}[unit != ""], lot, confidence(f.Confidence))
	if slices.ContainsFunc(f.Hospitals, func(h study.WhyHospital) bool { return slices.Min(h.Amounts) < 0 }) {
		s += " What stands left of zero, a cause averts."
	}
	return s
}

func (f stacked) replications() string { return plural(f.Replications, "replication") }

// Data is the amounts.
func (f stacked) Data() [][]string {
	rows := [][]string{{"hospital", "label", "cause", "amount", "total", "as_it_is", "as_it_is_lo", "as_it_is_hi", "replications"}}
	for _, h := range f.Hospitals {
		for c, x := range h.Amounts {
			rows = append(rows, []string{h.Thing, h.Label, f.Causes[c].Name, exact(x), exact(h.Total.Mean), exact(h.With.Mean), exact(h.With.Interval.Lo), exact(h.With.Interval.Hi), strconv.Itoa(f.Replications)})
		}
	}
	return rows
}

// causeColors are the colours of causes, the one that does most first.
var causeColors = []ink{vermillion, blue, orange, sky, green, purple, yellow, grey}

// restColor is the colour of what no cause does.
var restColor = rgb(0xc8ced6)

// rest returns what is left of a hospital's shortage without all causes.
func rest(h *study.WhyHospital) float64 { return max(0, h.With.Mean-h.Total.Mean) }

// rests reports whether anything is left that can be seen.
func (f stacked) rests() bool {
	return slices.ContainsFunc(f.Hospitals, func(h study.WhyHospital) bool { return rest(&h) > 0.005*h.With.Mean })
}

// order returns the causes, the one that does most first.
func (f stacked) order() []int {
	sums := make([]float64, len(f.Causes))
	order := make([]int, len(f.Causes))
	for i := range order {
		order[i] = i
	}
	for _, h := range f.Hospitals {
		for c, x := range h.Amounts {
			sums[c] += x
		}
	}
	slices.SortStableFunc(order, func(a, b int) int {
		switch {
		case sums[a] > sums[b]:
			return -1
		case sums[a] < sums[b]:
			return 1
		}
		return 0
	})
	return order
}

func (f stacked) draw(p *page, top float64) float64 {
	left, right := p.margin, p.width-p.margin
	order := f.order()
	var keys []key
	for i, c := range order {
		keys = append(keys, key{color: causeColors[i%len(causeColors)], what: f.Causes[c].Label})
	}
	if f.rests() {
		keys = append(keys, key{color: restColor, what: "left without these causes"})
	}
	top += p.legend(left, top, right-left, true, keys...) + 0.8*p.small
	size, row := p.rows(len(f.Hospitals))
	name, number := look{size: size, color: black, align: 1}, look{size: size, color: black, align: 1}
	var labels, values []string
	var ends []float64
	unit, factor := unitOf(f.Each.Metric)
	for _, h := range f.Hospitals {
		labels = append(labels, h.Label)
		v := figure(factor*h.With.Mean, factor*h.With.Interval.HalfWidth())
		if half := factor * h.With.Interval.HalfWidth(); half > 0 && !math.IsInf(half, 0) {
			v += "\u00a0±\u00a0" + figure(half, half)
		}
		values = append(values, v+unit)
		up, down := 0.0, 0.0
		for _, x := range h.Amounts {
			if x > 0 {
				up += x
			} else {
				down += x
			}
		}
		ends = append(ends, factor*(up+rest(&h)), factor*down)
	}
	wide := min(p.widest(name, labels...), 0.32*(right-left))
	begin := left + wide + 0.7*p.base
	r := rect{begin, top, right - p.widest(number, values...) - p.base, top + row*float64(len(f.Hospitals))}
	x := around(r.x0, r.x1, ends...)
	p.stripesOf(len(f.Hospitals), rect{left, r.y0, right, r.y1}, row)
	bottom := p.under(r, x, x.ticks(int(r.width()/(3.6*p.small))), true, spoken(f.part())+map[bool]string{true: "," + unit}[unit != ""])
	for i, h := range f.Hospitals {
		mid := r.y0 + row*(float64(i)+0.5)
		p.middle(begin-0.7*p.base, mid, p.fit(h.Label, wide, name), name)
		p.middle(right, mid, values[i], number)
		up, down := 0.0, 0.0
		for k, c := range order {
			a := factor * h.Amounts[c]
			from := up
			if a < 0 {
				from = down
			}
			if w := math.Abs(x.at(from+a) - x.at(from)); w > 0.05 {
				p.block(causeColors[k%len(causeColors)], rect{min(x.at(from), x.at(from+a)), mid - 0.34*row, max(x.at(from), x.at(from+a)), mid + 0.34*row})
			}
			if a < 0 {
				down += a
			} else {
				up += a
			}
		}
		if from, to := x.at(up), x.at(up+factor*rest(&h)); to-from > 0.05 {
			p.block(restColor, rect{from, mid - 0.34*row, to, mid + 0.34*row})
		}
	}
	p.line(pale, p.theme.line, point{x.at(0), r.y0}, point{x.at(0), r.y1})
	return bottom
}
