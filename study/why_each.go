package study

import (
	"cmp"
	"context"
	"fmt"

	"oxysim/model"
	"oxysim/scenarios"
	"oxysim/sim/stats"
)

// WhyEach is why, of each hospital: every set of causes is simulated once, and
// of each hospital the total is shared out as Shapley does.
type WhyEach struct {
	Subject    *Subject
	Part       string // last part of the metric
	Causes     []scenarios.Cause
	N          int
	Confidence float64

	kind   model.Metric
	things []string
}

// NewWhyEach returns the question about a metric of all hospitals that ask for
// anything, of which it has the causes and the number of replications from a
// question about the network.
func NewWhyEach(y *Why) (*WhyEach, error) {
	_, part := Thing(y.Metric.Name)
	e := &WhyEach{Subject: y.Subject, Part: part, Causes: y.Causes, N: y.N, Confidence: y.Confidence, things: y.Subject.users()}
	if !y.Exact() {
		return nil, fmt.Errorf("want at most %d causes for each hospital by itself, not %d", mostExact, len(y.Causes))
	}
	for _, m := range y.Subject.Metrics() {
		if m.Name == e.things[0]+"."+part {
			e.kind = m
			return e, nil
		}
	}
	return nil, fmt.Errorf("hospitals have no metric %q", part)
}

// WhyEachAnswer says how much each cause does to each hospital.
type WhyEachAnswer struct {
	*WhyEach
	Metric    model.Metric // of one of them
	Hospitals []WhyHospital
}

// WhyHospital is how much each cause does to one hospital.
type WhyHospital struct {
	Thing, Label string
	With, Total  Part      // as it is, and what the causes do together
	Amounts      []float64 // of each cause; they add up to the total
}

// Answer simulates.
func (e *WhyEach) Answer(ctx context.Context, k *Work) (*WhyEachAnswer, error) {
	sets := 1 << len(e.Causes)
	name := "why each " + e.Part
	for _, c := range e.Causes {
		name += " " + c.Name
	}
	type folded struct {
		sums        []float64 // by set
		with, total stats.Tally
	}
	folds := make([]folded, len(e.things))
	for h := range folds {
		folds[h].sums = make([]float64, sets)
	}
	metrics := metricsOf(e.things, e.Part)
	st := Stage{Name: name, Title: "every set of causes", N: e.N, Width: sets * len(e.things)}
	n := 0
	err := simulate(ctx, k, st, func() *causeWorlds {
		return newCauseWorlds(&Why{Subject: e.Subject, Causes: e.Causes, Metric: e.kind})
	}, func(w *causeWorlds, replication int, row []float64) error {
		for set := range sets {
			values, at, err := w.values(set, replication, metrics)
			if err != nil {
				return err
			}
			for h, i := range at {
				row[set*len(at)+h] = values[i]
			}
		}
		return nil
	}, func(_ int, row []float64) bool {
		n++
		for h := range folds {
			f := &folds[h]
			for set := range sets {
				f.sums[set] += row[set*len(folds)+h]
			}
			all, none := row[(sets-1)*len(folds)+h], row[h]
			f.with.Add(all)
			f.total.Add(all - none)
		}
		return true
	})
	if err != nil {
		return nil, err
	}
	a := &WhyEachAnswer{WhyEach: e, Metric: e.kind}
	for h := range folds {
		f := &folds[h]
		for set := range f.sums {
			f.sums[set] /= float64(n)
		}
		x := WhyHospital{
			Thing: e.things[h], Label: e.Subject.Label(e.things[h]), Amounts: stats.ShapleyShares(f.sums),
			With: Part{f.with.Mean, stats.MeanT(f.with, e.Confidence)}.never(f.with), Total: Part{f.total.Mean, stats.MeanT(f.total, e.Confidence)},
		}
		a.Hospitals = append(a.Hospitals, x)
	}
	sortThings(a.Hospitals, func(x, y *WhyHospital) int { return -cmp.Compare(x.With.Mean, y.With.Mean) }, func(h *WhyHospital) string { return h.Thing })
	return a, nil
}
