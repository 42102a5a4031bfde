package report

import (
	"fmt"
	"math"
	"slices"
	"strings"

	"oxysim/study"
)

// htmlOptions writes what would prevent stockouts: the options of the file, and
// how much of a buffer is enough.
func htmlOptions(p *htmlPage, r *Results) {
	htmlCompare(p, r)
	htmlPlan(p, r)
	p.figures(r, "options")
	if r.Compare != nil || r.Plan != nil {
		return
	}
	p.note("Nothing was asked about it here" + notAsked(r) + ". What may be asked, in this folder:")
	t := &htmlTable{id: "next", caption: "What to ask next", heads: []string{"command", "what for"}, plain: true}
	for _, x := range r.Answer.Next() {
		t.row("", x.Command, x.Why)
	}
	p.table(t)
}

// notAsked says why questions were not asked.
func notAsked(r *Results) string {
	var why []string
	for _, a := range r.Asked {
		if a.Not != "" && (a.Question == "compare" || a.Question == "plan") {
			why = append(why, a.Question+": "+a.Not)
		}
	}
	if len(why) == 0 {
		return ""
	}
	return " (" + strings.Join(why, "; ") + ")"
}

// designLabel returns what a design is called on the page.
func designLabel(a *study.CompareAnswer, d int) string {
	if o := a.Compare.Designs[d]; o.Label != "" {
		return o.Label
	}
	return a.Compare.Designs[d].Name
}

// designID returns the row of a design.
func designID(a *study.CompareAnswer, d int) string {
	return htmlID("option", a.Compare.Designs[d].Name)
}

// designs returns designs as a sentence has them.
func (p *htmlPage) designs(a *study.CompareAnswer, which []int) htmlText {
	var words []string
	for _, d := range which {
		words = append(words, string(p.ref(designID(a, d), designLabel(a, d))))
	}
	return htmlText(htmlList(words))
}

// htmlCompare writes how the options of the file do.
func htmlCompare(p *htmlPage, r *Results) {
	a := r.Compare
	if a == nil {
		return
	}
	p.heading("The options of the scenario")
	p.paragraph(p.best(a), p.cheapest(a), p.worth(a))
	cells, heads := optionCells(a)
	t := &htmlTable{
		id: "options", heads: heads,
		caption: fmt.Sprintf("Each option in the same %s as things as they are. ~ is what chance may explain, = the same in every future.", count(a.N, "future")),
	}
	for d := range a.Designs {
		t.row(designID(a, d), cells[d]...)
	}
	p.table(t)
	c := &htmlTable{id: "changes", caption: "What the options change", heads: []string{"option", "key", "as it is", "with the option"}}
	for d, o := range a.Compare.Designs[1:] {
		for _, x := range o.Changes {
			c.row("", designLabel(a, d+1), x.Key, x.Old, x.New)
		}
	}
	p.table(c)
	htmlCosts(p, r)
}

// best says which option is best.
func (p *htmlPage) best(a *study.CompareAnswer) htmlText {
	c := a.Best
	by := lastPart(a.Compare.By)
	known := p.ref("method.best", Plain(100*c.Confidence, 6)+" %")
	if len(c.TooClose) == 0 {
		return p.say("Best by %s is %s, with %s confidence.", by, p.designs(a, []int{c.Best}), known)
	}
	return p.say("Which is best by %s is too close to call: %s has the best mean, and %s not been shown to be worse.", by, p.designs(a, []int{c.Best}), htmlText(string(p.designs(a, c.TooClose))+" "+hasOrHave(len(c.TooClose))))
}

func hasOrHave(n int) string {
	if n == 1 {
		return "has"
	}
	return "have"
}

// cheapest says which option is the cheapest that meets the target.
func (p *htmlPage) cheapest(a *study.CompareAnswer) htmlText {
	c := a.Cheapest
	target := p.ref("asked.target", a.Compare.Target.String())
	switch {
	case c.Design < 0 && len(c.Open) == 0:
		return p.say("None of them meets the target %s.", target)
	case c.Design < 0 && len(c.Met) == 0:
		return p.say("Whether the target %s is met is too close to call by %s; the others miss it.", target, p.designs(a, c.Open))
	case !c.Priced:
		return p.say("The target %s is met by %s; what they cost is not known.", target, p.designs(a, c.Met))
	case len(c.Before) > 0:
		return p.say("The target %s is met by %s; whether it is the cheapest is too close to call, for %s may meet it too.", target, p.designs(a, []int{c.Design}), p.designs(a, c.Before))
	case len(c.AsCheap) > 0:
		return p.say("The target %s is met by %s; which of them is cheapest is too close to call.", target, p.designs(a, append([]int{c.Design}, c.AsCheap...)))
	}
	return p.say("The cheapest that meets the target %s is %s.", target, p.designs(a, []int{c.Design}))
}

// worth says what averting costs, by the option for which it is least.
func (p *htmlPage) worth(a *study.CompareAnswer) htmlText {
	if a.Money == nil {
		return ""
	}
	m := a.Money
	best, at := math.Inf(1), -1
	for d := 1; d < len(m.Designs); d++ {
		if x := m.Designs[d].Averted[0]; x.Known && x.Mean > 0 && x.Ratio.Mean < best {
			best, at = x.Ratio.Mean, d
		}
	}
	if at < 0 {
		return p.say("None of them is known to avert stockout-days.")
	}
	x := m.Designs[at]
	row := designID(a, at)
	if best < 0 {
		return p.say("For its cost, %s averts most: it averts %s stockout-days a year and saves money.", p.ref(row, designLabel(a, at)), p.ref(row, PlusMinus(x.Averted[0].Mean, x.Averted[0].Interval, 1)))
	}
	return p.say("For its cost, %s averts most: %s stockout-days a year, at %s for each.", p.ref(row, designLabel(a, at)), p.ref(row, PlusMinus(x.Averted[0].Mean, x.Averted[0].Interval, 1)), p.ref(row, Plain(best, 3)+" "+m.Currency))
}

// optionCells returns the table of options: a row for each design.
func optionCells(a *study.CompareAnswer) (rows [][]string, heads []string) {
	t := a.Compare.Target
	unit := "worst, " + t.Unit() + "\t"
	if t.Probability() {
		unit = "worst " + t.Metric + ", %\t"
	} else if t.Unit() == "1" {
		unit = "worst " + t.Metric + "\t"
	}
	heads = []string{"option", "target", unit, "where"}
	rows = make([][]string, len(a.Designs))
	for d, x := range a.Designs {
		worst := x.Worst(t)
		f := percentOf(worst.Estimate.Metric)
		rows[d] = []string{designLabel(a, d), verdictMarks[x.Verdict], Number(worst.Estimate.Mean*f, worst.Estimate.Interval.HalfWidth()*f), a.Compare.Designs[d].Subject.Label(worst.Thing)}
	}
	for i, m := range a.Metrics {
		other := slices.ContainsFunc(m.Against, func(x study.Difference) bool { return !x.Same })
		if i > 0 && (!other || m.Metric.Name != "network.stockout_hours" && m.Metric.Name != "network.patient_hours_without") {
			continue
		}
		f := percentOf(m.Metric)
		heads = append(heads, metricHead(study.Comparison{Metric: m.Metric})+"\t")
		for d := range a.Designs {
			if d == 0 {
				rows[d] = append(rows[d], PlusMinus(m.Estimates[0].Mean, m.Estimates[0].Interval, f))
				continue
			}
			rows[d] = append(rows[d], htmlAgainst(m.Against[d-1], f))
		}
	}
	if m := a.Money; m != nil {
		heads = append(heads, "all costs, "+m.Currency+"/year\t", "stockout-days averted a year\t", m.Currency+" for each\t")
		for d, x := range m.Designs {
			cost, averted, each := PlusMinus(x.Total.Mean, x.Total.Interval, 1), "", ""
			if d > 0 {
				cost = htmlDifference(x.Extra.Mean, x.Extra.Interval.Lo, x.Extra.Interval.Hi)
				averted, each = "~", nothing
				if v := x.Averted[0]; v.Known {
					averted = PlusMinus(v.Mean, v.Interval, 1)
					if !math.IsNaN(v.Ratio.Mean) {
						each = Plain(v.Ratio.Mean, 3)
					}
				}
			}
			rows[d] = append(rows[d], cost, averted, each)
		}
	}
	return rows, heads
}

// htmlAgainst writes what a design has above the first.
func htmlAgainst(x study.Difference, factor float64) string {
	switch {
	case x.Same:
		return "="
	case !x.Shown:
		return "~"
	}
	return htmlDifference(x.Mean*factor, x.Interval.Lo*factor, x.Interval.Hi*factor)
}

// htmlDifference writes a difference with its sign and what it may be.
func htmlDifference(mean, lo, hi float64) string {
	half := (hi - lo) / 2
	sign := ""
	if mean > 0 {
		sign = "+"
	}
	s := sign + Plain(mean, 4)
	if half > 0 && !math.IsInf(half, 1) {
		if lo <= 0 && hi >= 0 {
			return "~"
		}
		n := places(mean, half)
		s = sign + fixed(mean, n) + " ± " + fixed(half, n)
	}
	return strings.ReplaceAll(s, "-", "−")
}
