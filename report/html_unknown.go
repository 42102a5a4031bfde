package report

import (
	"fmt"
	"math"

	"oxysim/model"
	"oxysim/sim/stats"
)

// stays says whether the option that is best as things are written stays the best
// over what the numbers may be, and what decides it.
func (p *htmlPage) stays(r *Results) htmlText {
	a := r.Unknown
	if a == nil {
		return ""
	}
	best := r.Compare.Best.Best
	n := p.ref("unknown.vectors", fmt.Sprint(a.Points))
	share := p.ref(unknownID(best), fixed(100*a.Choices[best].Best, 0)+" %")
	s := p.say("With all numbers that have a range drawn from it, %s times, %s is the best option in %s of them.", n, p.ref(unknownID(best), designLabel(r.Compare, best)), share)
	if most := a.Most(); most != best {
		s += " " + p.say("Most often best is %s, in %s.", p.ref(unknownID(most), designLabel(r.Compare, most)), p.ref(unknownID(most), fixed(100*a.Choices[most].Best, 0)+" %"))
	}
	if len(a.Rows) > 0 && !a.Rows[0].Nothing {
		x := a.Rows[0].Unknown
		s += " " + p.say("What decides it most is %s.", p.ref("unknown.first", x.Name))
	}
	return s
}

// scaled returns a mean and the ends of its interval times a factor, which may be
// negative.
func scaled(mean float64, in stats.Interval, f float64) (x, lo, hi float64) {
	return mean * f, min(in.Lo*f, in.Hi*f), max(in.Lo*f, in.Hi*f)
}

func unknownID(d int) string { return htmlID("unknown", fmt.Sprint(d)) }

// unknown writes how options do over what the numbers may be.
func (p *htmlPage) unknown(r *Results) {
	a := r.Unknown
	if a == nil {
		return
	}
	p.heading("If the numbers are otherwise")
	p.paragraph(p.stays(r))
	unit, f := unitOfMetric(a.Gauge.Kind)
	if a.Gauge.Kind.Better == model.Less {
		f = -f // benefits are of less
	}
	t := &htmlTable{
		id: "unknown", heads: []string{"option", "best in, % of the times\t", lastPart(a.Gauge.Name) + "," + unit + "\t", "more than the best on average\t"},
		caption: fmt.Sprintf("Options over what is not known: %d numbers that have a range are drawn from it, %d times; each time all options meet the same %s, so that luck has a part in which is best", len(a.Unknowns), a.Points, count(a.N, "future")),
	}
	for d, c := range a.Choices {
		more := "~"
		switch {
		case d == a.Now:
			more = nothing
		case c.Behind.Same:
			more = "="
		case !c.Behind.Chance:
			more = htmlDifference(scaled(c.Behind.Mean, c.Behind.Interval, f))
		}
		mean, lo, hi := scaled(c.Benefit.Mean, c.Benefit.Interval, f)
		t.row(unknownID(d), designLabel(r.Compare, d), fixed(100*c.Best, 0), PlusMinus(mean, stats.Interval{Lo: lo, Hi: hi}, 1), more)
	}
	p.table(t)
	w := &htmlTable{id: "unknown-what", caption: "What was drawn, and what deciding after it is known would be worth; a dash is what is not shown to be worth anything", heads: []string{"number", "value and range", "worth knowing," + unit + "\t"}}
	w.row("unknown.vectors", "how often numbers were drawn", fmt.Sprint(a.Points), "")
	for i, x := range a.Rows {
		id := ""
		if i == 0 {
			id = "unknown.first"
		}
		worth := nothing
		if !x.Nothing {
			worth = PlusMinus(x.Value.Estimate, x.Value.Interval, math.Abs(f))
		}
		w.row(id, x.Unknown.Name, x.Unknown.Written, worth)
	}
	p.fold("Which numbers were drawn, and which are worth knowing first", func() { p.table(w) })
}
