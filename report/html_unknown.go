package report

import (
	"fmt"
	"math"

	"oxysim/model"
	"oxysim/sim/stats"
	"oxysim/study"
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
	label := func(d int) htmlText { return p.ref(unknownID(d), designLabel(r.Compare, d)) }
	share := func(d int) htmlText { return p.ref(unknownID(d), bestShare(a, d)+" %") }
	s := p.say("With all numbers that have a range drawn from it, %s times, %s is the best option in %s of them.", n, label(best), share(best))
	if most := a.Most(); a.Choices[most].Alone > a.Choices[best].Alone {
		s += " " + p.say("More often it is %s, in %s; so few draws need not tell them apart.", label(most), share(most))
	}
	if a.Even > 0 {
		s += " " + p.say("In %s several are equally good.", p.ref("unknown.even", fixed(100*a.Even, 0)+" %"))
	}
	if m := comparedBy(r.Compare); m != nil && m.Metric.Name == a.Gauge.Name {
		unit, f := unitOfMetric(a.Gauge.Kind)
		e := m.Estimates[0]
		s += " " + p.say("With numbers so drawn, the %s as things are come to %s on average, beside %s with numbers as they are written.", lastPart(a.Gauge.Name),
			p.ref(unknownID(0), unknownCell(a, 0)+unit), p.ref(designID(r.Compare, 0), PlusMinus(e.Mean, e.Interval, f)+unit))
	}
	if len(a.Rows) > 0 && !a.Rows[0].Nothing {
		x := a.Rows[0].Unknown
		s += " " + p.say("Worth most to know first is %s.", p.ref("unknown.first", x.Name))
	}
	return s
}

// bestShare writes in how many of the draws an option is better than all others, in
// per cent, and in how many it may be: draws are few.
func bestShare(a *study.InformationAnswer, d int) string {
	x := a.Choices[d].Alone
	in := stats.ClopperPearson(int(math.Round(x*float64(a.Points))), a.Points, a.Confidence)
	return fixed(100*x, 0) + " (" + fixed(100*in.Lo, 0) + " – " + fixed(100*in.Hi, 0) + ")"
}

// unknownCell writes what a metric is of an option, over what the numbers may be.
func unknownCell(a *study.InformationAnswer, d int) string {
	_, f := unitOfMetric(a.Gauge.Kind)
	if a.Gauge.Kind.Better == model.Less {
		f = -f // benefits are of less
	}
	mean, lo, hi := scaled(a.Choices[d].Benefit.Mean, a.Choices[d].Benefit.Interval, f)
	return PlusMinus(mean, stats.Interval{Lo: lo, Hi: hi}, 1)
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
		id: "unknown", heads: []string{"option", "better than all others, % of the times\t", lastPart(a.Gauge.Name) + "," + unit + "\t", "more than the best on average\t"},
		caption: fmt.Sprintf("Options over what is not known: %d numbers that have a range are drawn from it, %d times; each time all options meet the same %s, so that luck has a part in which is best; in brackets what else may be, as the draws are few", len(a.Unknowns), a.Points, count(a.N, "future")),
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
		t.row(unknownID(d), designLabel(r.Compare, d), bestShare(a, d), unknownCell(a, d), more)
	}
	if a.Even > 0 {
		t.row("unknown.even", "several of them, equally good", fixed(100*a.Even, 0), "", "")
	}
	p.table(t)
	w := &htmlTable{id: "unknown-what", caption: "What was drawn, and what deciding after it is known would be worth; a dash is what so few draws do not show to be worth anything", heads: []string{"number", "value and range", "worth knowing," + unit + "\t"}}
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
	p.fold("Which numbers were drawn, and whether any is worth knowing first", func() { p.table(w) })
}
