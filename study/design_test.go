package study

import (
	"math"
	"testing"
)

// Read through Futures, a design's metrics are those of a run of it, to the
// last bit, whether they are of one hospital, of which only its part of the
// network is simulated, or of all.
func TestFuturesAreThoseOfARun(t *testing.T) {
	base, problems := Open("kri-erbil")
	if len(problems) > 0 {
		t.Fatal(problems)
	}
	more, problems := base.Vary("hospital.soran.buffer=60", "truck.erbil.count=5")
	if len(problems) > 0 {
		t.Fatal(problems)
	}
	designs := []*Subject{base, more}
	for _, metrics := range [][]string{
		{"hospital.soran.stockout", "hospital.soran.stockout_hours", "plant.lawzha.filled"},
		{"hospital.azadi.stockout_hours"},
		{"network.stockout_hours", "hospital.soran.stockout_hours"},
	} {
		f := NewFutures(designs, metrics)
		for r := range 3 {
			for d, s := range designs {
				got, err := f.Run(d, r)
				if err != nil {
					t.Fatal(err)
				}
				w := s.NewWorld()
				want := w.Run(s.Seed, r)
				at, err := places(w.Metrics(), metrics)
				if err != nil {
					t.Fatal(err)
				}
				for i, k := range at {
					if math.Float64bits(got[i]) != math.Float64bits(want[k]) {
						t.Errorf("design %d, replication %d: %s: got %v, want %v", d, r, metrics[i], got[i], want[k])
					}
				}
			}
		}
	}
}
