package report

import (
	"fmt"
	"strings"

	"oxysim/study"
)

// enough says how much of a buffer is enough where it is worst, if that was asked.
func (p *htmlPage) enough(r *Results) htmlText {
	a := r.Plan
	if a == nil || a.Scale == nil {
		return ""
	}
	lever := a.Scale.Lever
	thing, _ := study.Thing(lever.Key)
	where := r.Subject.Label(thing)
	goal := p.ref("plan.goal", a.Goal.String())
	known := p.ref("plan.confidence", Plain(100*a.Confidence, 6)+" %")
	base := p.ref("plan.base", lever.Text(lever.Base))
	switch {
	case a.Sufficient >= 0:
		return p.say("There, at %s alone, a buffer of %s instead of %s is sufficient for %s, with %s confidence.", where, p.ref("plan.sufficient", amountOf(a.Scale, a.Sufficient)), base, goal, known)
	case a.Verdict == study.Missed:
		return p.say("No buffer at %s up to %s, instead of %s, is enough by itself for %s.", where, p.ref("plan.top", amountOf(a.Scale, a.Scale.Top())), base, goal)
	}
	return p.say("Whether a larger buffer at %s is enough for %s, up to %s instead of %s, was not settled in %s.",
		where, goal, p.ref("plan.top", amountOf(a.Scale, a.Scale.Top())), base, p.ref("plan.n", count(a.N, "replication")))
}

// htmlPlan writes how much of a buffer would be enough where it is worst.
func htmlPlan(p *htmlPage, r *Results) {
	a := r.Plan
	if a == nil || a.Scale == nil {
		return
	}
	lever := a.Scale.Lever
	p.heading("How much of a buffer would be enough where it is worst")
	p.paragraph(p.enough(r))
	t := &htmlTable{id: "plan", caption: "How much of " + lever.Key + " is enough", heads: []string{"what", "value"}, plain: true}
	t.row("plan.goal", "goal", a.Goal.String())
	t.row("plan.base", "as it is", lever.Text(lever.Base))
	t.row("plan.top", "looked at, up to", amountOf(a.Scale, a.Scale.Top()))
	for _, key := range a.Scale.Along() {
		t.row("", "turned with it by as much", key)
	}
	if a.Sufficient >= 0 {
		t.row("plan.sufficient", "shown to be sufficient", amountOf(a.Scale, a.Sufficient)+strings.TrimSuffix(turned(a.Scale, a.Sufficient), ","))
		if price, _, ok := r.Subject.UnitPrice(lever.Key); ok && price.Capital != nil && price.Per == "" {
			more := a.Scale.Value(a.Sufficient) - lever.Base
			t.row("", "more than now, and what that costs once", fmt.Sprintf("%s, %s %s", lever.Text(more), Plain(more*price.Capital.Amount(), 6), price.Capital.Currency()))
		}
	}
	if a.Insufficient >= 0 {
		t.row("plan.insufficient", "shown to be insufficient", amountOf(a.Scale, a.Insufficient)+strings.TrimSuffix(turned(a.Scale, a.Insufficient), ","))
	}
	t.row("plan.confidence", "confidence of each claim", Plain(100*a.Confidence, 6)+" %")
	t.row("plan.n", "replications", fmt.Sprint(a.N))
	p.table(t)
	if list, _ := r.Answer.Hospitals(); len(list) > 1 {
		p.note("The hospital was chosen as the worst, by futures that are among those here: that a value is insufficient is less sure than its confidence says; that one is sufficient is not.")
	}
	p.figures(r, "plan")
	c := &htmlTable{id: "plan-curve", caption: "Risk by value; the band holds at all values at once, and so is wider than what shows that one value is sufficient", heads: []string{"value\t", "estimate, %\t", "band, %\t"}}
	if a.Goal.Form == study.OfChance {
		for _, x := range a.Curve {
			c.row(htmlID("plan", "at", fmt.Sprint(x.Step)), a.Scale.Text(x.Step), Number(100*x.Estimate, 100*x.Band.HalfWidth()), Between(x.Estimate, x.Band, 100))
		}
	}
	p.fold("The risk, value by value", func() { p.table(c) })
	if len(a.Binding) > 0 {
		b := &htmlTable{id: "plan-binding", caption: "What holds the network back even then", heads: []string{"where", "what", "share of the time, %\t"}}
		for _, x := range a.Binding {
			b.row("", r.Subject.Label(x.Thing), boundBy(x.What), fixed(100*x.Share, 0))
		}
		p.table(b)
	}
}
