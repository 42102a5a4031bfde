package report

import (
	"fmt"

	"oxysim/study"
)

// htmlPlan writes how much of a buffer would be enough where it is worst.
func htmlPlan(p *htmlPage, r *Results) {
	a := r.Plan
	if a == nil || a.Scale == nil {
		return
	}
	lever := a.Scale.Lever
	p.heading("How much would be enough")
	goal := p.ref("plan.goal", a.Goal.String())
	known := p.ref("plan.confidence", Plain(100*a.Confidence, 6)+" %")
	switch {
	case a.Sufficient >= 0:
		p.paragraph(p.say("For %s, %s of %s is sufficient, with %s confidence; it is %s.", goal, lever.Key, p.ref("plan.sufficient", a.Scale.Text(a.Sufficient)), known, p.ref("plan.base", lever.Text(lever.Base))))
	case a.Verdict == study.Missed:
		p.paragraph(p.say("No value of %s reaches %s: even %s was shown to be insufficient.", lever.Key, goal, p.ref("plan.insufficient", a.Scale.Text(a.Insufficient))))
	default:
		p.paragraph(p.say("Whether %s can reach %s was not settled in %s.", lever.Key, goal, p.ref("plan.n", count(a.N, "replication"))))
	}
	t := &htmlTable{id: "plan", caption: "How much of " + lever.Key + " is enough", heads: []string{"what", "value"}, plain: true}
	t.row("plan.goal", "goal", a.Goal.String())
	t.row("plan.base", "as it is", lever.Text(lever.Base))
	if a.Sufficient >= 0 {
		t.row("plan.sufficient", "shown to be sufficient", a.Scale.Text(a.Sufficient))
	}
	if a.Insufficient >= 0 {
		t.row("plan.insufficient", "shown to be insufficient", a.Scale.Text(a.Insufficient))
	}
	t.row("plan.confidence", "confidence of each claim", Plain(100*a.Confidence, 6)+" %")
	t.row("plan.n", "replications", fmt.Sprint(a.N))
	p.table(t)
	c := &htmlTable{id: "plan-curve", caption: "Risk by value; the band holds at all values at once", heads: []string{"value\t", "estimate, %\t", "band, %\t"}}
	if a.Goal.Form == study.OfChance {
		for _, x := range a.Curve {
			c.row(htmlID("plan", "at", fmt.Sprint(x.Step)), a.Scale.Text(x.Step), Number(100*x.Estimate, 100*x.Band.HalfWidth()), Between(x.Estimate, x.Band, 100))
		}
	}
	p.table(c)
	if len(a.Binding) > 0 {
		b := &htmlTable{id: "plan-binding", caption: "What holds the network back even then", heads: []string{"where", "what", "share of the time, %\t"}}
		for _, x := range a.Binding {
			b.row("", x.Thing, x.What, fixed(100*x.Share, 0))
		}
		p.table(b)
	}
}
