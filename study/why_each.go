package study

import (
	"cmp"
	"fmt"

	"oxysim/model"
	"oxysim/sim/stats"
)

// ForEach asks the same of each hospital that asks for anything, by the same
// simulations. It returns an error if hospitals have no such metric.
func (y *Why) ForEach() error {
	each := y.Subject.users()
	for _, m := range y.Subject.Metrics() {
		if m.Name == each[0]+"."+lastPart(y.Metric) {
			y.each, y.kind = each, m
			return nil
		}
	}
	return fmt.Errorf("hospitals have no metric %q", lastPart(y.Metric))
}

func lastPart(m model.Metric) string {
	_, part := Thing(m.Name)
	return part
}

// WhyEach says how much each cause does to each hospital, those with most first.
type WhyEach struct {
	Metric    model.Metric // of one of them
	Hospitals []WhyHospital
}

// WhyHospital is how much each cause does to one hospital.
type WhyHospital struct {
	Thing, Label string
	With, Total  Part      // as it is, and what the causes do together
	Amounts      []float64 // of each cause, in the order of the question; they add up to the total
}

// whyEach is what is remembered of replications, of each hospital.
type whyEach struct {
	y     *Why
	games []whyGame
}

type whyGame struct {
	n           int
	sums        []float64 // of rows
	with, total stats.Tally
}

func newWhyEach(y *Why) *whyEach {
	e := &whyEach{y: y, games: make([]whyGame, len(y.each))}
	for h := range e.games {
		e.games[h].sums = make([]float64, y.width())
	}
	return e
}

// add adds a replication.
func (e *whyEach) add(row []float64) {
	width := e.y.width()
	for h := range e.games {
		g, values := &e.games[h], row[h*width:(h+1)*width]
		g.n++
		for i, x := range values {
			g.sums[i] += x
		}
		all, none := e.y.ends(values)
		g.with.Add(all)
		g.total.Add(all - none)
	}
}

// answer returns what is known, or nil if nobody asked.
func (e *whyEach) answer() *WhyEach {
	if len(e.games) == 0 {
		return nil
	}
	a := &WhyEach{Metric: e.y.kind}
	f := &whyFold{y: e.y}
	for h := range e.games {
		g := &e.games[h]
		for i := range g.sums {
			g.sums[i] /= float64(max(g.n, 1))
		}
		x := WhyHospital{Thing: e.y.each[h], Label: e.y.Subject.Label(e.y.each[h]), With: f.part(g.with).never(g.with), Total: f.part(g.total)}
		_, _, x.Amounts = e.y.shareOut(g.sums)
		a.Hospitals = append(a.Hospitals, x)
	}
	sortThings(a.Hospitals, func(x, y *WhyHospital) int { return -cmp.Compare(x.With.Mean, y.With.Mean) }, func(h *WhyHospital) string { return h.Thing })
	return a
}
