package report

import (
	"fmt"
	"strings"

	"oxysim/study"
)

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
			how := ""
			if e := a.Estimate(thing + ".stockout_hours"); e != nil {
				how = " (" + PlusMinus(e.Mean, e.Interval, 1) + " h)"
			}
			names = append(names, p.ref(htmlID(thing), r.Subject.Label(thing)+how))
		}
		var words []string
		for _, n := range names {
			words = append(words, string(n))
		}
		if len(at) > len(names) {
			p.paragraph(p.say("The target is missed by %s of them, with most hours without oxygen %s.", p.ref("verdict.missed", fmt.Sprint(len(at))), htmlText(strings.Join(words, ", "))))
		} else {
			p.paragraph(p.say("The target is missed by %s.", htmlText(htmlList(words))))
		}
	}
	p.figures(r, "risk")
	p.heading("Hospitals")
	var ids []string
	for _, j := range list {
		ids = append(ids, htmlID(j.Thing))
	}
	p.grid("hospitals", "Hospitals, the worst first. Intervals are of each by itself; verdicts hold for all together.", hospitals(a, View{All: true, Page: true}), ids, "verdict")
	htmlWhy(p, r)
	p.heading("Plants and vendors")
	p.binding(r)
	var things []string
	for _, kind := range []string{"plant", "vendor"} {
		for _, thing := range a.Things(kind) {
			if a.Estimate(thing+".filled_per_day") != nil {
				things = append(things, htmlID(thing))
			}
		}
	}
	p.grid("plants", "What plants fill, and what keeps them from filling more", plants(a, View{}), things)
	p.fold("Trucks", func() { p.trucks(r) })
	p.fold("A closer look, in figures", func() { p.figures(r, "closer") })
	p.fold("The network as a whole, in numbers", func() { p.wholeNetwork(r) })
}

// wholeNetwork writes the metrics of the network. What is counted of patients is
// left out if the scenario has none: there, 0 would say that nobody went without.
func (p *htmlPage) wholeNetwork(r *Results) {
	a := r.Answer
	t := &htmlTable{id: "network", caption: "Metrics of the network; those of everything else are in " + summaryFile, heads: []string{"metric", "estimate\t", "interval\t", "unit", "meaning"}}
	for _, e := range a.Estimates {
		if strings.HasPrefix(e.Metric.Name, "network.") && (hasPatients(a, "network") || !strings.Contains(e.Metric.Name, "patient")) {
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
			if of == thing && strings.HasPrefix(metric, boundPrefix) && e.Mean > most {
				most, what = e.Mean, boundBy(metric)
			}
		}
		if what == "" || most < 0.2 {
			continue
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
		name, _ := truckLabel(r, thing)
		cells := []string{name}
		for _, c := range truckColumns {
			cell := ""
			if e := a.Estimate(thing + "." + c.metric); e != nil {
				cell = PlusMinus(e.Mean, e.Interval, c.factor)
			}
			cells = append(cells, cell)
		}
		t.row(htmlID(thing), cells...)
	}
	p.table(t)
}
