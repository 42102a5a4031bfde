package report

import (
	"fmt"
	"slices"
	"strings"

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
		p.class("answer "+verdictWords[a.Verdict], p.say("%s The target %s is %s.", sign, target, verdictWords[a.Verdict]),
			p.say("The estimate is %s.", p.ref(htmlID(e.Metric.Name), Between(e.Mean, e.Interval, percentOf(e.Metric))+unitOf(e.Metric))))
		t := &htmlTable{id: "judged", caption: "What is held against the target", heads: []string{"metric", "verdict", "estimate\t", "interval that decides\t", "unit"}}
		for _, j := range a.Judged {
			f := percentOf(j.Estimate.Metric)
			t.row(htmlID(j.Estimate.Metric.Name), j.Estimate.Metric.Name, verdictMarks[j.Verdict], Number(j.Estimate.Mean*f, j.Estimate.Interval.HalfWidth()*f), Between(j.Estimate.Mean, j.Promise, f), strings.TrimSpace(unitOf(j.Estimate.Metric)))
		}
		p.table(t)
	} else {
		p.verdicts(r, sign, target)
	}
	if worst, _ := a.Hospitals(); len(worst) > 0 {
		e := worst[0].Estimate
		if e.Mean > 0 && e.Metric.Indicator() {
			p.paragraph(p.say("Most at risk is %s: %s happens there in %s of all futures of %s.",
				p.ref(htmlID(worst[0].Thing), r.Subject.Label(worst[0].Thing)), lastPart(e.Metric.Name), p.ref(htmlID(worst[0].Thing), Between(e.Mean, e.Interval, 100)+" %"), p.ref("asked.horizon", Span(r.Subject.Config.Horizon))),
				p.network(r))
		}
	}
	p.figures(r, "verdict")
	p.asked(r)
}

// lastPart returns what a metric counts, in words.
func lastPart(metric string) string {
	_, part := study.Thing(metric)
	return strings.ReplaceAll(part, "_", " ")
}

// verdicts writes how many hospitals miss the target.
func (p *htmlPage) verdicts(r *Results, sign string, target htmlText) {
	a := r.Answer
	names := map[study.Verdict][]string{}
	for _, j := range a.Judged {
		names[j.Verdict] = append(names[j.Verdict], r.Subject.Label(j.Thing))
	}
	n := func(v study.Verdict) htmlText { return p.ref("verdict."+verdictWords[v], fmt.Sprint(len(names[v]))) }
	all := p.ref("verdict.all", count(len(a.Judged), "hospital"))
	var s htmlText
	switch {
	case len(a.Judged) == 1:
		one := p.ref(htmlID(a.Judged[0].Thing), r.Subject.Label(a.Judged[0].Thing))
		s = p.say(map[study.Verdict]string{
			study.Met: "%s The target is met by %s: %s.", study.Missed: "%s The target is missed by %s: %s.", study.Undecided: "%s It is undecided whether the target is met by %s: %s.",
		}[a.Verdict], sign, one, target)
	case a.Verdict == study.Met:
		s = p.say("%s The target is met by all of %s: %s.", sign, all, target)
	case a.Verdict == study.Missed && len(names[study.Undecided]) > 0:
		s = p.say("%s The target is missed: of %s, %s run out too often, and of %s it is undecided: %s.", sign, all, n(study.Missed), n(study.Undecided), target)
	case a.Verdict == study.Missed:
		s = p.say("%s The target is missed: of %s, %s run out too often: %s.", sign, all, n(study.Missed), target)
		if a.Target.Metric != "stockout" {
			s = p.say("%s The target is missed: of %s, %s miss it: %s.", sign, all, n(study.Missed), target)
		}
	default:
		s = p.say("%s It is undecided whether the target is met: of %s, none surely misses it, and of %s it is not known: %s.", sign, all, n(study.Undecided), target)
	}
	p.class("answer "+verdictWords[a.Verdict], s)
	t := &htmlTable{id: "verdicts", caption: "How many hospitals meet the target", heads: []string{"verdict", "hospitals\t", "which"}, plain: true}
	for _, v := range []study.Verdict{study.Missed, study.Undecided, study.Met} {
		t.row("verdict."+verdictWords[v], verdictMarks[v], fmt.Sprint(len(names[v])), htmlFew(names[v], 8))
	}
	t.row("verdict.all", "all", fmt.Sprint(len(a.Judged)), "")
	p.table(t)
}

// network says how long all hospitals together go without.
func (p *htmlPage) network(r *Results) htmlText {
	e := r.Answer.Estimate("network.stockout_hours")
	if e == nil {
		return ""
	}
	return p.say("All hospitals together are without oxygen for %s hours in such a time, on average.", p.ref(htmlID(e.Metric.Name), PlusMinus(e.Mean, e.Interval, 1)))
}

// asked writes what was asked.
func (p *htmlPage) asked(r *Results) {
	a, cfg := r.Answer, r.Subject.Config
	t := &htmlTable{id: "asked", caption: "What was asked", heads: []string{"", "", ""}, plain: true}
	p.heading("What was asked")
	target := a.Target.String()
	if a.Target.Default {
		target += " (a default: the scenario has no [target])"
	}
	for _, x := range [][3]string{
		{"target", "target", target},
		{"confidence", "confidence of each interval, and of all verdicts together", Plain(100*a.Confidence, 6) + " %"},
		{"replications", "replications", count(a.N, "possible future") + ", simulated independently"},
		{"horizon", "time in each", Span(cfg.Horizon)},
		{"warmup", "of which at its start not counted", Span(cfg.WarmUp)},
		{"network", "network", Contents(cfg)},
		{"seed", "seed of chance", fmt.Sprint(a.Origin.Seed)},
		{"scenario", "scenario", r.Subject.Name},
		{"digest", "digest of all that decides a number", a.Origin.Digest},
		{"program", "program", "oxysim " + strings.TrimSpace(r.Made.Program+" "+r.Made.Revision) + fmt.Sprintf(", behaviour %d of the model", a.Origin.Behaviour)},
		{"command", "command", r.Made.Command},
	} {
		if x[0] == "warmup" && cfg.WarmUp == 0 {
			continue
		}
		t.row("asked."+x[0], x[1], x[2])
	}
	t.heads = []string{"what", "value"}
	p.table(t)
}

// htmlRisk writes the hospitals, the plants, the network, and why.
func htmlRisk(p *htmlPage, r *Results) {
	a := r.Answer
	list, judged := a.Hospitals()
	var at []string // at risk
	for _, j := range list {
		if judged && j.Verdict == study.Missed {
			at = append(at, j.Thing)
		}
	}
	if len(at) > 0 && len(list) > 1 {
		var names []htmlText
		for _, thing := range at[:min(len(at), 6)] {
			j := list[slices.IndexFunc(list, func(x study.Judgement) bool { return x.Thing == thing })]
			f := percentOf(j.Estimate.Metric)
			names = append(names, p.ref(htmlID(thing), r.Subject.Label(thing)+" ("+Number(j.Estimate.Mean*f, j.Estimate.Interval.HalfWidth()*f)+unitOf(j.Estimate.Metric)+")"))
		}
		rest := htmlText("")
		if n := len(at) - len(names); n > 0 {
			rest = htmlText(" and ") + p.ref("verdict.missed", fmt.Sprintf("%d more", n))
		}
		var b strings.Builder
		for i, n := range names {
			if i > 0 {
				b.WriteString(", ")
			}
			b.WriteString(string(n))
		}
		p.paragraph(p.say("The target is missed by %s%s.", htmlText(b.String()), rest))
	}
	p.binding(r)
	p.figures(r, "risk")
	p.heading("Hospitals")
	var ids []string
	for _, j := range list {
		ids = append(ids, htmlID(j.Thing))
	}
	p.grid("hospitals", "Hospitals, the worst first. Intervals are of each by itself; verdicts hold for all together.", hospitals(a, View{All: true}), ids, "verdict", "hint")
	htmlWhy(p, r)
	p.figures(r, "why")
	p.heading("Plants and vendors")
	var things []string
	for _, kind := range []string{"plant", "vendor"} {
		for _, thing := range a.Things(kind) {
			if a.Estimate(thing+".filled_per_day") != nil {
				things = append(things, htmlID(thing))
			}
		}
	}
	p.grid("plants", "What plants fill, and what keeps them from filling more", plants(a, View{}), things)
	p.trucks(r)
	for _, f := range r.Figures {
		if f.Section == "closer" {
			p.heading("A closer look")
			break
		}
	}
	p.figures(r, "closer")
	p.heading("The network as a whole")
	t := &htmlTable{id: "network", caption: "Metrics of the network; those of everything else are in " + summaryFile, heads: []string{"metric", "estimate\t", "interval\t", "unit", "meaning"}}
	for _, e := range a.Estimates {
		if strings.HasPrefix(e.Metric.Name, "network.") {
			f := percentOf(e.Metric)
			t.row(htmlID(e.Metric.Name), e.Metric.Name, Number(e.Mean*f, e.Interval.HalfWidth()*f), Between(e.Mean, e.Interval, f), strings.TrimSpace(unitOf(e.Metric)), e.Metric.Meaning)
		}
	}
	p.table(t)
}

// binding says what holds the plants back.
func (p *htmlPage) binding(r *Results) {
	a := r.Answer
	var list []htmlText
	for _, thing := range a.Things("plant") {
		most, what := 0.0, ""
		for _, e := range a.Estimates {
			of, metric := study.Thing(e.Metric.Name)
			if name, ok := strings.CutPrefix(metric, "bound_"); of == thing && ok && e.Mean > most {
				most, what = e.Mean, name
			}
		}
		if what == "" || most < 0.2 {
			continue
		}
		if word := bindings[what]; word != "" {
			what = word
		}
		id := htmlID(thing)
		list = append(list, p.say("What held filling back most at %s was: %s, %s of the time.", p.ref(id, r.Subject.Label(thing)), what, p.ref(id, fixed(100*most, 0)+" %")))
	}
	p.paragraph(list...)
}

// truckColumns are the metrics of trucks that are shown.
var truckColumns = []struct {
	metric, head string
	factor       float64
}{
	{"trips", "trips", 1}, {"urgent_trips", "urgent trips", 1}, {"load", "cylinders on a trip", 1}, {"km", "km", 1}, {"driving_hours", "driving, h", 1},
	{"held_hours", "held up by closed roads, h", 1}, {"away_share", "away, % of the time", 100}, {"breakdowns", "breakdowns", 1},
}

// trucksOf returns the dotted names of the trucks: of several of one name, each
// has a number.
func trucksOf(a *study.Answer) (list []string) {
	for _, e := range a.Estimates {
		if truck, ok := strings.CutSuffix(e.Metric.Name, "."+truckColumns[0].metric); ok && strings.HasPrefix(truck, "truck.") {
			list = append(list, truck)
		}
	}
	return list
}

// trucks writes what trucks did.
func (p *htmlPage) trucks(r *Results) {
	a := r.Answer
	t := &htmlTable{id: "trucks", caption: "Trucks, in a replication on average", heads: []string{"truck"}}
	for _, c := range truckColumns {
		t.heads = append(t.heads, c.head+"\t")
	}
	for _, thing := range trucksOf(a) {
		cells := []string{strings.TrimPrefix(thing, "truck.")}
		for _, c := range truckColumns {
			cell := ""
			if e := a.Estimate(thing + "." + c.metric); e != nil {
				cell = PlusMinus(e.Mean, e.Interval, c.factor)
			}
			cells = append(cells, cell)
		}
		t.row(htmlID(thing), cells...)
	}
	if len(t.rows) > 0 {
		p.heading("Trucks")
	}
	p.table(t)
}
