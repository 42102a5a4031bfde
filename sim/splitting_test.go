package sim_test

import (
	"math"
	"slices"
	"testing"

	"oxysim/sim"
	"oxysim/sim/rng"
)

// server is a single-server queue as plain data: its state is copied by one
// assignment and one CopyFrom.
type server struct {
	calendar sim.Calendar
	present  int
	chance   rng.Source
	gaps     rng.Stream
	needs    rng.Stream
}

func newServer() *server { return &server{calendar: sim.NewCalendar(slots)} }

// draws takes the streams of a source.
func (s *server) draws(chance rng.Source) {
	s.chance, s.gaps, s.needs = chance, chance.Stream(rng.NameOf("gap")), chance.Stream(rng.NameOf("need"))
}

// copyFrom makes s equal to another server.
func (s *server) copyFrom(o *server) {
	calendar := s.calendar
	calendar.CopyFrom(&o.calendar)
	*s = *o
	s.calendar = calendar
}

// begin begins a busy time of the server with one customer.
func (s *server) begin(chance rng.Source, gap, need *rng.Law) {
	s.draws(chance)
	s.calendar.Clear()
	s.present = 1
	s.calendar.Set(comes, sim.Time(sim.Seconds(gap.Draw(&s.gaps))))
	s.calendar.Set(leaves, sim.Time(sim.Seconds(need.Draw(&s.needs))))
}

// until lets the queue run until it has so many customers or none, and returns
// how many it had at most.
func (s *server) until(many float64, gap, need *rng.Law) float64 {
	most := s.present
	for s.present > 0 && float64(s.present) < many {
		slot, now, _ := s.calendar.Next()
		if slot == comes {
			s.present++
			s.calendar.Set(comes, now.Add(sim.Seconds(gap.Draw(&s.gaps))))
		} else if s.present--; s.present > 0 {
			s.calendar.Set(leaves, now.Add(sim.Seconds(need.Draw(&s.needs))))
		}
		most = max(most, s.present)
	}
	return float64(most)
}

// busy returns the splitting of busy times of a queue of load rho, the
// replication-th under a seed.
func busy(seed, replication uint64, rho float64, runs int) *sim.Splitting[*server] {
	gap, need := rng.Exponential(1e6), rng.Exponential(1e6*rho)
	nature := rng.New(seed, replication)
	return &sim.Splitting[*server]{
		New:      newServer,
		Copy:     func(into, from *server) { into.copyFrom(from) },
		Begin:    func(s *server, run int) { s.begin(nature.Salt(uint64(run)), &gap, &need) },
		Diverge:  func(s *server, salt uint64) { s.draws(s.chance.Salt(salt)) },
		Approach: func(s *server, level float64) float64 { return s.until(level, &gap, &need) },
		Pick: func(salt uint64, n int) int {
			return int(nature.Stream(rng.NameOf("pick")).Float64At(salt) * float64(n))
		},
		Runs: runs,
	}
}

// overflow returns the mean and the standard error of independent estimates of
// the probability that a queue that has one customer has 20 before it has none.
func overflow(seed uint64, rho float64, runs, estimates int) (mean, se float64) {
	const last = 20
	levels, _ := busy(seed, 0, rho, runs).Pilot(last)
	sum, squares := 0.0, 0.0
	for r := range uint64(estimates) {
		_, p := busy(seed, r+1, rho, runs).Run(levels)
		sum += p
		squares += p * p
	}
	n := float64(estimates)
	mean = sum / n
	return mean, math.Sqrt((squares/n - mean*mean) / (n - 1))
}

// The probability that an M/M/1 queue that has one customer has 20 before it is
// empty is (1-r)/(1-r^20) with r = 1/ρ: gambler's ruin (case V29). At ρ = 0.5 it
// is 9.5e-7, which no plain run would ever see. Of 20 studies of ten estimates,
// each with levels of its own pilot, the 95 % interval of Student's t holds it in
// at least 16, which it would not by chance in 3 of 1000 if it held it in 95 %;
// at ρ 5 % off it does not, nor does the mean of all.
func TestSplittingFindsARareOverflow(t *testing.T) {
	const exact, seeds, estimates, quantile = 9.536752259e-07, 20, 10, 2.262157 // of Student's t with 9 degrees
	for _, c := range []struct {
		rho    float64
		agrees bool
	}{{0.5, true}, {0.525, false}} {
		held, sum, variance := 0, 0.0, 0.0
		for seed := range uint64(seeds) {
			mean, se := overflow(seed+1, c.rho, 500, estimates)
			if math.Abs(mean-exact) <= quantile*se {
				held++
			}
			sum += mean / seeds
			variance += se * se / seeds / seeds
		}
		if agrees := held >= 16; agrees != c.agrees {
			t.Errorf("ρ = %v: %d of %d intervals hold %.3g; agrees %v", c.rho, held, seeds, exact, agrees)
		}
		if agrees := math.Abs(sum-exact) <= 4*math.Sqrt(variance); agrees != c.agrees {
			t.Errorf("ρ = %v: %.3g ± %.1g, exact at 0.5 %.3g; agrees %v", c.rho, sum, math.Sqrt(variance), exact, agrees)
		}
	}
}

// Levels that a few runs found on the way, of which some make no sense, give an
// unbiased estimate too; only a less certain one.
func TestAnyLevelsAreRight(t *testing.T) {
	const rho, estimates = 0.5, 400
	exact := (1 - 1/rho) / (1 - math.Pow(1/rho, 6))
	for _, levels := range [][]float64{{6}, {2, 3, 4, 5, 6}, {0, 1, 1, 5.5, 6}} {
		sum, squares := 0.0, 0.0
		for r := range uint64(estimates) {
			_, p := busy(9, r, rho, 30).Run(levels)
			sum += p / estimates
			squares += p * p / estimates
		}
		// 5σ: fails by chance once in 1.7 million.
		if se := math.Sqrt((squares - sum*sum) / estimates); math.Abs(sum-exact) > 5*se {
			t.Errorf("levels %v: %.5f ± %.5f, want %.5f", levels, sum, se, exact)
		}
	}
}

// A pilot finds levels of which each is reached by some, and the same every
// time; steps from which nothing comes end the run.
func TestPilotFindsLevels(t *testing.T) {
	levels, steps := busy(1, 0, 0.5, 500).Pilot(20)
	again, _ := busy(1, 0, 0.5, 500).Pilot(20)
	if !slices.Equal(levels, again) {
		t.Errorf("two pilots find %v and %v", levels, again)
	}
	if !slices.IsSorted(levels) || levels[len(levels)-1] != 20 {
		t.Errorf("levels %v; want them to rise to 20", levels)
	}
	for i, s := range steps {
		if share := float64(s.Reached) / 500; share < 0.05 || share > 0.5 {
			t.Errorf("step %d, to %v, is made by a share of %v; want about 0.2", i, s.Level, share)
		}
		if s.Ancestors < 1 || s.Ancestors > s.Reached {
			t.Errorf("step %d: %d runs from %d ancestors", i, s.Reached, s.Ancestors)
		}
	}
	steps, p := busy(1, 0, 0.5, 5).Run([]float64{100, 200})
	if p != 0 || len(steps) != 1 || steps[0].Reached != 0 {
		t.Errorf("out of reach: %v, %+v", p, steps)
	}
	levels, _ = busy(1, 0, 0.5, 5).Pilot(1)
	if !slices.Equal(levels, []float64{1}) {
		t.Errorf("what has happened at the start needs levels %v, want only the last", levels)
	}
}
