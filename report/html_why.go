package report

import (
	"cmp"
	"fmt"
	"math"
	"slices"

	"oxysim/sim"
	"oxysim/study"
)

// htmlWhy writes how much each cause does, and what single stockouts waited for.
func htmlWhy(p *htmlPage, r *Results) {
	a := r.Why
	if a == nil {
		return
	}
	p.heading("Why")
	unit, factor := whyUnit(a)
	with := p.ref("why.with", PlusMinus(a.With.Mean, a.With.Interval, factor)+unit)
	if a.Total.Mean == 0 {
		p.paragraph(p.say("There is nothing to explain: thinking all causes away changes nothing of %s, which is %s.", whyOf(a), with))
	} else {
		p.paragraph(p.mostly(a), p.mended(a))
	}
	t := &htmlTable{id: "why-total", caption: "What is shared out", heads: []string{"", "mean\t", "interval\t"}, plain: true}
	t.heads[0] = whyOf(a)
	for _, x := range []struct {
		id, what string
		part     study.Part
	}{{"why.with", "as it is", a.With}, {"why.without", "without the causes", a.Without}, {"why.total", "what they do together", a.Total}} {
		t.row(x.id, x.what, PlusMinus(x.part.Mean, x.part.Interval, factor), Between(x.part.Mean, x.part.Interval, factor))
	}
	t.row("why.futures", "in", count(a.Replications, "future"), "")
	p.table(t)
	if a.Total.Mean != 0 {
		var ids []string
		for _, s := range a.Shares {
			ids = append(ids, htmlID("cause", s.Cause.Name))
		}
		p.grid("why", "Causes. Share: what a cause adds when causes come one by one, on average over all orders; shares add up. Necessary: what would go if this cause alone were gone. Sufficient: what there would be if it alone were there.",
			whyGrid(a, View{}), append(ids, "cause.together"), "± points", "±")
	}
	m := &htmlTable{id: "mended", caption: "What would go if one cause alone were gone", heads: []string{"cause", "less," + unit + "\t", "what that would be"}}
	for _, s := range a.Shares {
		m.row(htmlID("mended", s.Cause.Name), s.Cause.Full(), PlusMinus(s.Necessary.Mean, s.Necessary.Interval, factor), s.Cause.Absent)
	}
	p.table(m)
	p.figures(r, "why")
	p.fold("Single stockouts, and what they waited for", func() {
		p.stories(r)
		p.figures(r, "stories")
	})
}

// mostly says which causes do most, of what they do together: if they are shown to
// do anything.
func (p *htmlPage) mostly(a *study.WhyAnswer) htmlText {
	unit, factor := whyUnit(a)
	with := p.ref("why.with", PlusMinus(a.With.Mean, a.With.Interval, factor)+unit)
	in := p.ref("why.futures", count(a.Replications, "future"))
	if a.Total.Interval.Lo <= 0 {
		return p.say("The causes that can be thought away are not shown to make any of the %s (%s); in %s.", whyOf(a), with, in)
	}
	var parts []string
	together, settled := 0.0, true
	for _, s := range a.Shares {
		if !(s.Of >= 0.1) || len(parts) == 3 || s.Interval.Lo <= 0 && !math.IsInf(s.Interval.Lo, -1) {
			continue // one that averts may come before, and one of which chance may explain all
		}
		together += s.Of
		settled = settled && !math.IsInf(s.Interval.HalfWidth(), 0)
		share := fixed(100*s.Of, 0) + " %"
		if h := within(s.Interval.HalfWidth()*100, 0); h != "" && settled {
			share += " " + h
		}
		parts = append(parts, string(p.ref(htmlID("cause", s.Cause.Name), s.Cause.Label+" ("+share+")")))
	}
	if len(parts) == 0 {
		return ""
	}
	most := "most of that"
	if together < 0.5 {
		most = "the largest parts of that"
	}
	few := ""
	if !settled {
		few = ", too few to say how much of it each makes"
	}
	made := p.ref("why.total", PlusMinus(a.Total.Mean, a.Total.Interval, factor)+unit)
	if a.Without.Mean == 0 {
		made = "all"
	}
	return p.say("Of the %s (%s), the causes that can be thought away make %s, and %s %s; in %s%s.", whyOf(a), with, made, most, htmlText(htmlList(parts)), in, few)
}

// mended says what would go if one cause alone were gone, which is not its share.
func (p *htmlPage) mended(a *study.WhyAnswer) htmlText {
	unit, factor := whyUnit(a)
	most := slices.MaxFunc(a.Shares, func(x, y study.Share) int { return cmp.Compare(x.Necessary.Mean, y.Necessary.Mean) })
	if most.Necessary.Mean <= 0 {
		return ""
	}
	row := htmlID("mended", most.Cause.Name)
	if most.Necessary.Interval.Contains(0) {
		return p.say("A share is not what mending brings: causes need each other. Of none is it known what would go if it alone were gone.")
	}
	return p.say("A share is not what mending brings: causes need each other. If one alone were gone, %s would take along most: %s.", p.ref(row, most.Cause.Label), p.ref(row, PlusMinus(most.Necessary.Mean, most.Necessary.Interval, factor)+unit))
}

// stories writes what single stockouts waited for.
func (p *htmlPage) stories(r *Results) {
	c := r.Why.Chains
	if c == nil || c.Stockouts == 0 {
		return
	}
	t := &htmlTable{
		id: "stories", caption: fmt.Sprintf("Single stockouts of the first %s, and what the deliveries that ended them had waited for", count(c.N, "replication")),
		heads: []string{"hospital", "replication\t", "day\t", "hours\t", "what happened"},
	}
	seen := map[string]bool{}
	for _, s := range append(append([]study.Story{}, c.Longest...), c.Typical...) {
		id := htmlID("story", fmt.Sprint(s.Replication), s.Hospital, fmt.Sprint(int64(s.From)))
		if seen[id] {
			continue
		}
		seen[id] = true
		hours := s.To.Sub(s.From)
		t.row(id, r.Subject.Label(s.Hospital), fmt.Sprint(s.Replication), fmt.Sprint(int64(s.From)/int64(sim.Day)), fixed(hours.Hours(), 0), s.Sentence)
	}
	p.table(t)
	b := &htmlTable{id: "blockers", caption: "What deliveries waited for, of all stockouts of these replications", heads: []string{"what", "hours in a replication\t", "share, %\t"}}
	for i, x := range c.Blockers {
		b.row(htmlID("blocker", fmt.Sprint(i)), x.Label, Plain(x.Hours.Mean, 3), fixed(100*x.Share, 0))
	}
	p.table(b)
	p.note("A delivery waits for one thing at a time; this says what held it up, not what would happen without it.")
}
