package report

import (
	"fmt"
	"slices"
	"strings"

	"oxysim/sim/stats"
	"oxysim/study"
)

// verdictWords say what a verdict is.
var verdictWords = map[study.Verdict]string{study.Met: "met", study.Missed: "missed", study.Undecided: "undecided"}

// verdictMarks are the signs of verdicts.
var verdictMarks = map[study.Verdict]string{study.Met: "✓", study.Missed: "✗", study.Undecided: "?"}

// perHospital reports whether the target is one for hospitals.
func perHospital(a *study.Answer) bool {
	return len(a.Judged) > 1 || strings.HasPrefix(a.Judged[0].Thing, "hospital.")
}

// htmlVerdict writes whether the target is met, for whom, and what was asked.
func htmlVerdict(p *htmlPage, r *Results) {
	a := r.Answer
	target := p.ref("asked.target", a.Target.String())
	sign := verdictMarks[a.Verdict]
	if !perHospital(a) {
		e := a.Judged[0].Estimate
		p.class("answer "+verdictWords[a.Verdict], p.say("%s The target, %s, is %s.", sign, target, verdictWords[a.Verdict]),
			p.say("The estimate is %s.", p.ref(htmlID(e.Metric.Name), Between(e.Mean, e.Interval, percentOf(e.Metric))+unitOf(e.Metric))))
		t := &htmlTable{id: "judged", caption: "What is held against the target", heads: []string{"metric", "verdict", "estimate\t", "interval that decides\t", "unit"}}
		for _, j := range a.Judged {
			f := percentOf(j.Estimate.Metric)
			t.row(htmlID(j.Estimate.Metric.Name), j.Estimate.Metric.Name, verdictMarks[j.Verdict], Number(j.Estimate.Mean*f, j.Estimate.Interval.HalfWidth()*f), Between(j.Estimate.Mean, j.Promise, f), strings.TrimSpace(unitOf(j.Estimate.Metric)))
		}
		p.table(t)
	} else {
		p.verdict(r, sign, target)
	}
	for _, x := range p.leads(r) {
		p.lead(x.word, x.sentences...)
	}
	if r.Compare != nil {
		p.table(briefTable(r))
	}
	p.figures(r, "verdict")
	if perHospital(a) {
		p.verdicts(r)
	}
	p.fold("What the words mean", func() { p.words(r) })
}

// lead is what is said of a question in short, after a word.
type lead struct {
	word      string
	sentences []htmlText
}

// leads say the answers in short. The workbook says the same.
func (p *htmlPage) leads(r *Results) []lead {
	list := []lead{{"Who", []htmlText{p.worst(r), p.network(r)}}}
	if r.Why != nil {
		list = append(list, lead{"Why", []htmlText{p.mostly(r.Why)}})
	}
	return append(list, lead{"What would help", p.help(r)}, lead{"How sure", []htmlText{p.rests(r), p.stays(r), p.odd(r)}})
}

// worst says who goes without oxygen for longest or, if nobody does, nothing.
func (p *htmlPage) worst(r *Results) htmlText {
	a := r.Answer
	list, _ := a.Hospitals()
	var worst *study.Estimate
	var thing string
	for _, j := range list {
		if e := a.Estimate(j.Thing + ".stockout_hours"); e != nil && (worst == nil || e.Mean > worst.Mean) {
			worst, thing = e, j.Thing
		}
	}
	if worst == nil || worst.Mean == 0 {
		return ""
	}
	row := htmlID(thing)
	s := p.say("Longest without oxygen is %s: %s hours of %s, on average.", p.ref(row, r.Subject.Label(thing)),
		p.ref(row, PlusMinus(worst.Mean, worst.Interval, 1)), p.ref("asked.horizon", Span(r.Subject.Config.Horizon)))
	switch close := asLong(r, thing); {
	case len(close) > 3:
		s += " " + p.say("Chance may explain that it comes first: several others may be without for as long.")
	case len(close) > 0:
		var names []string
		for _, x := range close {
			names = append(names, string(p.ref(htmlID(x), r.Subject.Label(x))))
		}
		s += " " + p.say("Chance may explain that it comes before %s.", htmlText(htmlList(names)))
	}
	return s
}

// asLong returns the other hospitals that are not shown to be without oxygen for less
// time than one that was chosen because it is so for longest: in the same futures,
// all intervals together.
func asLong(r *Results, thing string) (list []string) {
	at := func(thing string) int {
		return slices.IndexFunc(r.Answer.Estimates, func(e study.Estimate) bool { return e.Metric.Name == thing+".stockout_hours" })
	}
	all, _ := r.Answer.Hospitals()
	i := at(thing)
	for _, j := range all {
		k := at(j.Thing)
		if j.Thing == thing || k < 0 {
			continue
		}
		var t stats.Tally
		for _, row := range r.Values {
			t.Add(row[i] - row[k])
		}
		if in := stats.MeanT(t, 1-(1-r.Answer.Confidence)/float64(len(all)-1)); t.SumSq == 0 && t.Mean == 0 || in.Lo <= 0 {
			list = append(list, j.Thing)
		}
	}
	return list
}

// rests says on what the numbers rest.
func (p *htmlPage) rests(r *Results) htmlText {
	prov := &r.Meaning.Provenance
	return p.say("Intervals hold what chance does, in %s; of the numbers that describe the network, %s have a source, %s are assumptions and %s defaults that nobody wrote, and if these are otherwise so is all of this.",
		p.ref("asked.replications", count(r.Answer.N, "possible future")), p.ref("provenance.sourced", fmt.Sprint(prov.Sourced)), p.ref("provenance.assumed", fmt.Sprint(total(prov.Assumptions))), p.ref("provenance.defaults", fmt.Sprint(total(prov.Defaults))))
}

// words says what is meant by the words of the page.
func (p *htmlPage) words(r *Results) {
	t := &htmlTable{id: "words", caption: "What the words mean", heads: []string{"word", "meaning"}, plain: true}
	for _, x := range [][2]string{
		{"future, replication", "one course that things may take: with its own breakdowns, power cuts, closed roads and patients, drawn by chance"},
		{"stockout", "a time in which somebody in a hospital needs oxygen and there is none"},
		{"P(stockout)", "the probability that a hospital has a stockout at least once in the time simulated"},
		{"interval", "where the number lies, as far as chance goes: with more futures it gets narrower"},
		{"hours without oxygen", "how long a hospital is in a stockout, on average; of the network, the sum over its hospitals"},
		{"cover", "for how many days the full cylinders on hand would last"},
		{"supplied", "the share of the oxygen needed that was given"},
		{"served at once", "of the cylinders that were asked for, the share that were on hand"},
		{"uptime", "the share of the time in which a machine makes oxygen that is pure enough: not while it is broken, has no power, or starts again"},
		{"filled/day", "cylinders filled on an average day"},
	} {
		t.row("", x[0], x[1])
	}
	p.table(t)
}

// lastPart returns what a metric counts, in words.
func lastPart(metric string) string {
	_, part := study.Thing(metric)
	return strings.ReplaceAll(part, "_", " ")
}

// judgedNames returns what the hospitals are called of which a verdict is.
func judgedNames(r *Results) map[study.Verdict][]string {
	names := map[study.Verdict][]string{}
	for _, j := range r.Answer.Judged {
		names[j.Verdict] = append(names[j.Verdict], r.Subject.Label(j.Thing))
	}
	return names
}

// verdict says how many hospitals miss the target.
func (p *htmlPage) verdict(r *Results, sign string, target htmlText) {
	a, names := r.Answer, judgedNames(r)
	n := func(v study.Verdict) htmlText { return p.ref("verdict."+verdictWords[v], fmt.Sprint(len(names[v]))) }
	all := p.ref("verdict.all", count(len(a.Judged), "hospital"))
	var s htmlText
	missed := "run out too often"
	if a.Target.Metric != "stockout" {
		missed = "miss it"
	}
	switch {
	case len(a.Judged) == 1:
		one := p.ref(htmlID(a.Judged[0].Thing), r.Subject.Label(a.Judged[0].Thing))
		s = p.say(map[study.Verdict]string{
			study.Met: "%s The target, %s, is met by %s.", study.Missed: "%s The target, %s, is missed by %s.", study.Undecided: "%s It is undecided whether the target, %s, is met by %s.",
		}[a.Verdict], sign, target, one)
	case a.Verdict == study.Met:
		s = p.say("%s The target, %s, is met by all of %s.", sign, target, all)
	case a.Verdict == study.Missed && len(names[study.Undecided]) > 0:
		s = p.say("%s The target, %s, is missed: of %s, %s %s, and of %s it is undecided.", sign, target, all, n(study.Missed), missed, n(study.Undecided))
	case a.Verdict == study.Missed:
		s = p.say("%s The target, %s, is missed: of %s, %s %s.", sign, target, all, n(study.Missed), missed)
	default:
		s = p.say("%s It is undecided whether the target, %s, is met: of %s, none surely misses it, and of %s it is not known.", sign, target, all, n(study.Undecided))
	}
	p.class("answer "+verdictWords[a.Verdict], s)
}

// verdicts writes how many hospitals miss the target, and which.
func (p *htmlPage) verdicts(r *Results) {
	names := judgedNames(r)
	t := &htmlTable{id: "verdicts", caption: "How many hospitals meet the target", heads: []string{"verdict", "hospitals\t", "which"}, plain: true}
	for _, v := range []study.Verdict{study.Missed, study.Undecided, study.Met} {
		t.row("verdict."+verdictWords[v], verdictMarks[v], fmt.Sprint(len(names[v])), htmlFew(names[v], 8))
	}
	t.row("verdict.all", "all", fmt.Sprint(len(r.Answer.Judged)), "")
	p.table(t)
}

// network says how long all hospitals together go without.
func (p *htmlPage) network(r *Results) htmlText {
	e := r.Answer.Estimate("network.stockout_hours")
	if e == nil || len(r.Subject.Config.Hospitals) < 2 {
		return ""
	}
	return p.say("Summed over %s that makes %s hours.", p.ref("asked.network", count(len(r.Subject.Config.Hospitals), "hospital")), p.ref(htmlID(e.Metric.Name), PlusMinus(e.Mean, e.Interval, 1)))
}
