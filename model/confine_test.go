package model

import (
	"math"
	"strings"
	"testing"
)

// A part of a network that shares nothing with the rest goes on alike, to the
// last bit, whether or not the rest is simulated: what chance does to a thing is
// drawn by its name.
func TestWhatIsLeftOutChangesNothing(t *testing.T) {
	confined := 0
	for seed := range uint64(120) {
		cfg := anyNetwork(seed)
		whole := New(cfg)
		want := append([]float64(nil), whole.Run(seed, 3)...)
		for h := range cfg.Hospitals {
			part := New(cfg)
			if !part.Confine(cfg.Hospitals[h].Name) {
				continue
			}
			confined++
			got := part.Run(seed, 3)
			for i, m := range part.Metrics() {
				if strings.HasPrefix(m.Name, cfg.Hospitals[h].Name+".") && math.Float64bits(got[i]) != math.Float64bits(want[i]) {
					t.Errorf("anyNetwork(%d): %s: got %v, want %v", seed, m.Name, got[i], want[i])
				}
			}
			part.Confine()
			for i, x := range part.Run(seed, 3) {
				if math.Float64bits(x) != math.Float64bits(want[i]) {
					t.Errorf("anyNetwork(%d), no longer confined: %s: got %v, want %v", seed, part.Metrics()[i].Name, x, want[i])
				}
			}
		}
	}
	if confined < 40 {
		t.Errorf("only %d hospitals could be simulated by themselves", confined)
	}
}
