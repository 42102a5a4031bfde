package study

import (
	"testing"

	"oxysim/sim/stats"
)

// By hand: the cheap and risky, the middle, what is dearer and certainly
// riskier than the middle, what may be either, and the dear and safe.
func TestTheFrontierTellsCertifiedFromDominatedAndUndecided(t *testing.T) {
	at := func(cost, lo, hi float64) CostRisk {
		return CostRisk{stats.Interval{Lo: cost, Hi: cost}, stats.Interval{Lo: lo, Hi: hi}}
	}
	for _, c := range []struct {
		name    string
		designs []CostRisk
		want    []Standing
	}{
		{"one", []CostRisk{at(5, 0, 1)}, []Standing{Certified}},
		{"three classes", []CostRisk{at(0, 0.4, 0.5), at(10, 0.1, 0.2), at(11, 0.25, 0.3), at(12, 0.15, 0.25), at(20, 0, 0.05)},
			[]Standing{Certified, Certified, Dominated, Unsettled, Certified}},
		{"the same twice", []CostRisk{at(1, 0.1, 0.1), at(1, 0.1, 0.1)}, []Standing{Certified, Certified}},
		{"as safe and dearer", []CostRisk{at(1, 0.1, 0.1), at(2, 0.1, 0.1)}, []Standing{Certified, Dominated}},
		{"overlap at one cost", []CostRisk{at(1, 0.1, 0.3), at(1, 0.2, 0.4)}, []Standing{Unsettled, Unsettled}},
		{"costs that overlap", []CostRisk{{stats.Interval{Lo: 1, Hi: 3}, stats.Interval{Lo: 0.1, Hi: 0.2}}, {stats.Interval{Lo: 2, Hi: 4}, stats.Interval{Lo: 0.3, Hi: 0.4}}},
			[]Standing{Certified, Unsettled}},
	} {
		got := Frontier(c.designs)
		for i := range got {
			if got[i] != c.want[i] {
				t.Errorf("%s: design %d: got %v, want %v", c.name, i, got[i], c.want[i])
			}
		}
	}
}
