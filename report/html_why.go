package report

import (
	"fmt"
	"unicode"
	"unicode/utf8"

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
		p.paragraph(p.say("%s: %s as things are, and %s without any of the causes below.", htmlCapital(whyOf(a)), with, p.ref("why.without", PlusMinus(a.Without.Mean, a.Without.Interval, factor)+unit)),
			p.mostly(a))
	}
	t := &htmlTable{id: "why-total", caption: "What is shared out, in " + count(a.Replications, "future"), heads: []string{"", "mean\t", "interval\t"}, plain: true}
	t.heads[0] = whyOf(a)
	for _, x := range []struct {
		id, what string
		part     study.Part
	}{{"why.with", "as it is", a.With}, {"why.without", "without the causes", a.Without}, {"why.total", "what they do together", a.Total}} {
		t.row(x.id, x.what, Number(x.part.Mean*factor, x.part.Interval.HalfWidth()*factor), Between(x.part.Mean, x.part.Interval, factor))
	}
	p.table(t)
	if a.Total.Mean != 0 {
		var ids []string
		for _, s := range a.Shares {
			ids = append(ids, htmlID("cause", s.Cause.Name))
		}
		p.grid("why", "Shares of causes. A share is what a cause adds on average when causes come one by one in every order.", whyGrid(a, View{}), append(ids, "cause.together"), "± points", "±")
	}
	p.stories(r)
}

// mostly says which causes do most.
func (p *htmlPage) mostly(a *study.WhyAnswer) htmlText {
	var parts []string
	for _, s := range a.Shares {
		if s.Of < 0.1 || len(parts) == 3 {
			break
		}
		share := fixed(100*s.Of, 0) + " %"
		if h := within(s.Interval.HalfWidth()*100, 0); h != "" {
			share += " " + h
		}
		parts = append(parts, string(p.ref(htmlID("cause", s.Cause.Name), s.Cause.Label+" ("+share+")")))
	}
	if len(parts) == 0 {
		return ""
	}
	return p.say("Most of what the causes do comes from %s.", htmlText(htmlList(parts)))
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

// htmlCapital returns a text with a capital at its beginning.
func htmlCapital(s string) string {
	r, n := utf8.DecodeRuneInString(s)
	return string(unicode.ToUpper(r)) + s[n:]
}
