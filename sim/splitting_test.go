package sim_test

import (
	"math"
	"testing"

	"oxysim/sim"
	"oxysim/sim/rng"
)

// server is a single-server queue as plain data: its state is copied by one
// assignment and one CopyFrom.
type server struct {
	calendar sim.Calendar
	present  int
	gaps     rng.Stream
	needs    rng.Stream
}

func newServer() *server { return &server{calendar: sim.NewCalendar(slots)} }

// copyFrom makes s equal to another server, with chance of its own from here on.
func (s *server) copyFrom(o *server, chance rng.Source) {
	s.calendar.CopyFrom(&o.calendar)
	s.present = o.present
	s.gaps, s.needs = chance.Stream(rng.NameOf("gap")), chance.Stream(rng.NameOf("need"))
}

// until lets the queue run until it has so many customers or none, and reports
// whether it was the former.
func (s *server) until(many int, gap, need *rng.Law) bool {
	for s.present > 0 && s.present < many {
		slot, now, _ := s.calendar.Next()
		if slot == comes {
			s.present++
			s.calendar.Set(comes, now.Add(sim.Seconds(gap.Draw(&s.gaps))))
			continue
		}
		if s.present--; s.present > 0 {
			s.calendar.Set(leaves, now.Add(sim.Seconds(need.Draw(&s.needs))))
		}
	}
	return s.present > 0
}

// overflow estimates the probability that a queue that has one customer has 20
// before it has none, by splitting: from each level, of all the states in which
// the level was reached, as many runs as before are continued.
//
// Source: L'Ecuyer, Demers & Tuffin, "Rare events, splitting, and quasi-Monte
// Carlo", ACM TOMACS 17 (2007), fixed effort.
func overflow(seed uint64, rho float64) float64 {
	const runs, last = 2000, 20
	gap, need := rng.Exponential(1e6), rng.Exponential(1e6*rho)
	reached := make([]*server, runs)
	states := make([]*server, runs)
	for i := range states {
		states[i], reached[i] = newServer(), newServer()
	}
	chance := func(level, run int) rng.Source { return rng.New(seed, uint64(level*runs+run)) }
	p := 1.0
	entered := 0
	for level := 2; level <= last; level++ {
		hits := 0
		for i, s := range states {
			if level == 2 {
				first := chance(1, i)
				s.calendar.Clear()
				s.present, s.gaps, s.needs = 1, first.Stream(rng.NameOf("gap")), first.Stream(rng.NameOf("need"))
				s.calendar.Set(comes, sim.Time(sim.Seconds(gap.Draw(&s.gaps))))
				s.calendar.Set(leaves, sim.Time(sim.Seconds(need.Draw(&s.needs))))
			} else {
				s.copyFrom(reached[i%entered], chance(level, i))
			}
		}
		for _, s := range states {
			if s.until(level, &gap, &need) {
				reached[hits].copyFrom(s, chance(0, 0))
				hits++
			}
		}
		if p *= float64(hits) / runs; hits == 0 {
			return 0
		}
		entered = hits
	}
	return p
}

// The probability that an M/M/1 queue that has one customer has 20 before it is
// empty is (1-r)/(1-r^20) with r = 1/ρ: gambler's ruin (case V29). Twenty
// independent estimates agree with it at ρ = 0.5, where it is 9.5e-7, and not
// at ρ 5 % off, although no plain run would ever see it.
func TestSplittingFindsARareOverflow(t *testing.T) {
	const exact, seeds = 9.536752259e-07, 20
	for _, c := range []struct {
		rho    float64
		agrees bool
	}{{0.5, true}, {0.525, false}} {
		sum, squares := 0.0, 0.0
		for seed := range uint64(seeds) {
			p := overflow(seed+1, c.rho)
			sum += p
			squares += p * p
		}
		mean := sum / seeds
		se := math.Sqrt((squares/seeds - mean*mean) / (seeds - 1))
		if agrees := math.Abs(mean-exact) <= 4*se+0.001*exact; agrees != c.agrees {
			t.Errorf("ρ = %v: %.3g ± %.1g, exact at 0.5 %.3g; agrees %v", c.rho, mean, se, exact, agrees)
		}
	}
}
