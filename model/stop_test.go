package model

import (
	"slices"
	"testing"

	"oxysim/sim"
)

// A replication that is stopped at stockouts says of each hospital what the
// metric of the whole one says, with a warm-up and without: looking at it in the
// middle changes nothing.
func TestStopAtStockoutSaysWhatRunSays(t *testing.T) {
	for _, warmUp := range []sim.Span{0, 30 * sim.Day, 36 * sim.Hour} {
		cfg := closedLoop(10, 10)
		cfg.Horizon, cfg.WarmUp = 60*sim.Day, warmUp
		whole, stopped := New(cfg), New(cfg)
		var at, hospitals []int
		for i, m := range whole.Metrics() {
			for h := range cfg.Hospitals {
				if m.Name == cfg.Hospitals[h].Name+".stockout" {
					at, hospitals = append(at, i), append(hospitals, h)
				}
			}
		}
		some, none := 0, 0
		n := 40
		if checked {
			n = 8 // laws after every event take their time
		}
		for r := range n {
			values := whole.Run(1, r)
			had := make([]bool, len(hospitals))
			stopped.StopAtStockout(1, r, hospitals, false, had)
			for i, k := range at {
				if had[i] != (values[k] == 1) {
					t.Fatalf("warm-up %v, replication %d, hospital %d: got %v, want stockout %v", warmUp, r, hospitals[i], had[i], values[k])
				}
				if had[i] {
					some++
				} else {
					none++
				}
			}
			stopped.StopAtStockout(1, r, hospitals, true, had)
			if any := slices.Contains(had, true); any != slices.ContainsFunc(at, func(k int) bool { return values[k] == 1 }) {
				t.Fatalf("warm-up %v, replication %d: got a stockout somewhere: %v, want the other", warmUp, r, any)
			}
		}
		if some == 0 || none == 0 {
			t.Errorf("warm-up %v: want hospitals with and without a stockout, not %d and %d", warmUp, some, none)
		}
	}
}
