package study

import (
	"cmp"
	"context"

	"oxysim/sim/stats"
)

// RiskQuestion asks how likely each hospital is to run out, and for how long it
// is without oxygen; as it is, and with a change.
type RiskQuestion struct {
	Subject *Subject
	After   *Design // nil for no change
	N       int
}

// Risk is its answer.
type Risk struct {
	Subject    *Subject
	After      string // what has changed, in words; "" if nothing
	N          int
	Confidence float64
	Limit      float64        // the largest probability that the target allows; NaN if the target is another
	Days       float64        // for which statistics are kept
	Hospitals  []RiskHospital // the worst first
}

// RiskHospital is what befalls one hospital.
type RiskHospital struct {
	Thing, Label  string
	Before, After RiskOf
}

// RiskOf is what befalls a hospital in a design.
type RiskOf struct {
	Stockout Probability    // of at least one stockout
	Hours    float64        // mean hours in stockout
	Between  stats.Interval // for that, Student's
}

// Answer simulates.
func (q *RiskQuestion) Answer(ctx context.Context, k *Work) (*Risk, error) {
	s := q.Subject
	things := s.users()
	designs, name := []*Subject{s}, "risk"
	a := &Risk{Subject: s, N: q.N, Confidence: s.File.Run.Confidence.Fraction(), Limit: s.Limit(), Days: s.kept()}
	if q.After != nil {
		designs, name = append(designs, q.After.Subject), "risk beside "+q.After.Name+" "+q.After.Digest
		a.After = q.After.Name
	}
	metrics := append(metricsOf(things, "stockout"), metricsOf(things, "stockout_hours")...)
	rows, err := gatherMetrics(ctx, k, name, designs, metrics, q.N)
	if err != nil {
		return nil, err
	}
	of := func(design, i int) RiskOf {
		at := design*len(metrics) + i
		var hours stats.Tally
		for _, r := range rows {
			hours.Add(r[at+len(things)])
		}
		between := stats.MeanT(hours, a.Confidence)
		between.Lo = max(between.Lo, 0)
		return RiskOf{newProbability(timesSeen(rows, at), q.N, len(things), a.Confidence), hours.Mean, between}
	}
	for i, thing := range things {
		h := RiskHospital{Thing: thing, Label: s.Label(thing), Before: of(0, i)}
		if q.After != nil {
			h.After = of(1, i)
		}
		a.Hospitals = append(a.Hospitals, h)
	}
	sortThings(a.Hospitals, func(x, y *RiskHospital) int {
		return cmp.Or(-cmp.Compare(x.Before.Stockout.Count, y.Before.Stockout.Count), -cmp.Compare(x.Before.Hours, y.Before.Hours))
	}, func(h *RiskHospital) string { return h.Thing })
	return a, nil
}

// Verdicts counts the hospitals by whether they keep to the limit.
func (a *Risk) Verdicts(after bool) map[Verdict]int {
	n := map[Verdict]int{}
	for i := range a.Hospitals {
		of := &a.Hospitals[i].Before
		if after {
			of = &a.Hospitals[i].After
		}
		n[of.Stockout.Against(a.Limit)]++
	}
	return n
}
