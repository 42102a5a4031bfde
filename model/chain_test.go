package model

import (
	"slices"
	"testing"

	"oxysim/sim"
)

// In networks of every kind: what a stockout waited for adds up to the second,
// every stockout has its chain, and looking for it changes nothing.
func TestEveryStockoutHasItsChain(t *testing.T) {
	stockouts, kinds := 0, map[Blocker]int{}
	for seed := range networks(150) {
		cfg := anyNetwork(seed)
		plain, told := New(cfg), New(cfg)
		total := make([]sim.Span, len(cfg.Hospitals))
		told.Explain(func(c Chain) {
			stockouts++
			if c.To <= c.From {
				t.Errorf("anyNetwork(%d): a stockout of %s from %v to %v", seed, c.Hospital, c.From, c.To)
			}
			sum := sim.Span(0)
			for _, x := range c.Waits {
				kinds[x.Kind]++
				sum += x.Charged
				if x.Charged <= 0 || x.Kind == calm || x.Kind >= noFull || x.Since > c.To || x.From > x.To || x.Charged > x.To.Sub(x.From) {
					t.Errorf("anyNetwork(%d), seed 7: %s from %v: charges %+v", seed, c.Hospital, c.From, x)
				}
			}
			if sum != c.To.Sub(c.From) {
				t.Errorf("anyNetwork(%d), seed 7: %s from %v to %v waited for %v", seed, c.Hospital, c.From, c.To, sum)
			}
			for h := range cfg.Hospitals {
				if cfg.Hospitals[h].Name == c.Hospital {
					total[h] += c.To.Sub(c.From)
				}
			}
		})
		x, y := slices.Clone(told.Run(7, int(seed))), plain.Run(7, int(seed))
		if !slices.Equal(x, y) {
			t.Fatalf("anyNetwork(%d), seed 7: other values when stockouts are explained", seed)
		}
		if cfg.WarmUp > 0 {
			continue // the hours of the warm-up are forgotten, its chains are not
		}
		for h := range cfg.Hospitals {
			if want, _ := plain.hospitals[h].short.until(plain.end); want != total[h] {
				t.Errorf("anyNetwork(%d), seed 7: chains of %s last %v, its stockouts %v", seed, cfg.Hospitals[h].Name, total[h], want)
			}
		}
	}
	if few := checked || testing.Short(); !few && (stockouts < 1000 || len(kinds) < 15) {
		t.Errorf("%d stockouts of kinds %v: too few for the test to mean anything", stockouts, kinds)
	}
}
