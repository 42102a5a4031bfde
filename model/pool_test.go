package model

import (
	"fmt"
	"math"
	"testing"

	"oxysim/sim"
	"oxysim/sim/rng"
)

// machinesOnly returns a world with one plant that has machines and nothing else.
func machinesOnly(m Machine, crews int, horizon sim.Span) *Config {
	return &Config{
		Horizon: horizon,
		Crews:   []Crew{{Name: "workshop", Count: crews}},
		Plants:  []Plant{{Name: "plant.a", Power: Power{Grid: None}, Make: &Make{Machines: m}}},
	}
}

// metricAt returns where in the outcome of a world a metric is.
func metricAt(t *testing.T, w *World, name string) int {
	t.Helper()
	for i, m := range w.Metrics() {
		if m.Name == name {
			return i
		}
	}
	t.Fatalf("no metric %q", name)
	return 0
}

// sample is the mean of a number over replications.
type sample struct{ n, sum, squares float64 }

func (s *sample) add(x float64) {
	s.n++
	s.sum += x
	s.squares += x * x
}

func (s *sample) mean() float64 { return s.sum / s.n }

func (s *sample) standardError() float64 {
	return math.Sqrt(max(0, s.squares/s.n-s.mean()*s.mean()) / s.n)
}

// replications returns how many replications to run of n: where the laws are
// checked after every event, a few, and no verdict on their mean is possible.
func replications(n int) int {
	if checked {
		return n/100 + 1
	}
	return n
}

// disagrees says how a mean differs from its exact value by more than four
// standard errors and one part in a thousand, or nothing.
func (s *sample) disagrees(exact float64) string {
	se := s.standardError()
	switch {
	case checked:
		return ""
	case se > 0.01*exact:
		return fmt.Sprintf("standard error %.3g is above 1 %% of %.6g", se, exact)
	case math.Abs(s.mean()-exact) > 4*se+0.001*exact:
		return fmt.Sprintf("got %.6g ± %.2g, want %.6g", s.mean(), se, exact)
	}
	return ""
}

// holds checks the exact values of a case, and that the same case with a bent
// parameter fails every one of them.
func holds(t *testing.T, what string, exact float64, straight, bent *sample) {
	t.Helper()
	if wrong := straight.disagrees(exact); wrong != "" {
		t.Errorf("%s: %s", what, wrong)
	}
	if bent.disagrees(exact) == "" && !checked {
		t.Errorf("%s: %.6g ± %.2g with a parameter bent by 5 %% cannot be told from %.6g", what, bent.mean(), bent.standardError(), exact)
	}
}

// Five machines are needed, one stands by and one crew repairs: a finite-source
// birth-death process.
func TestMachineRepairWithColdSpare(t *testing.T) {
	run := func(mtbf, mttr float64) (working, all sample) {
		w := New(machinesOnly(Machine{
			Count: 5, Spares: 1, Crew: 0,
			Modes: []Failure{{After: rng.Exponential(mtbf * 3600), Lasts: rng.Exponential(mttr * 3600), Crew: true}},
		}, 1, 20*sim.Year))
		w.cfg.WarmUp = sim.Year
		producing, allOf := metricAt(t, w, "plant.a.machines_producing"), metricAt(t, w, "plant.a.machines_all")
		for r := range replications(1200) {
			out := w.Run(1, r)
			working.add(out[producing])
			all.add(out[allOf])
		}
		return working, all
	}
	working, all := run(2000, 168)
	bentWorking, bentAll := run(2000, 168*1.05)
	holds(t, "mean number working", 4.79033, &working, &bentWorking)
	holds(t, "share of time with all working", 0.848609, &all, &bentAll)
}

// One plant, up and down in turn: the long run depends on the means only, and
// for exponential laws the transient is known too.
func TestPlantAvailability(t *testing.T) {
	plant := func(up, down rng.Law, horizon, warmUp sim.Span) *World {
		c := machinesOnly(Machine{Count: 1, Crew: None, Modes: []Failure{{After: up, Lasts: down}}}, 0, horizon)
		c.WarmUp = warmUp
		return New(c)
	}
	day := float64(sim.Day)
	t.Run("long run", func(t *testing.T) {
		for _, l := range []struct {
			name            string
			up, down        rng.Law
			horizon, warmUp sim.Span
		}{
			{"exponential", rng.Exponential(30 * day), rng.Exponential(5 * day), 40 * sim.Year, 5 * sim.Year},
			{"weibull and lognormal", rng.Weibull(30*day, 2), rng.LogNormal(5*day, 2), 40 * sim.Year, 5 * sim.Year},
			{"constant", rng.Constant(30 * day), rng.Constant(5 * day), 100 * 35 * sim.Day, 0}, // whole cycles
		} {
			run := func(bend float64) (up sample) {
				w := plant(l.up.Scale(bend), l.down, l.horizon, l.warmUp)
				k := metricAt(t, w, "plant.a.uptime")
				for r := range replications(600) {
					up.add(w.Run(2, r)[k])
				}
				return up
			}
			straight, bent := run(1), run(1.05)
			holds(t, l.name, 0.857143, &straight, &bent)
		}
	})
	t.Run("a year", func(t *testing.T) {
		run := func(bend float64) (down, outages sample) {
			w := plant(rng.Exponential(30*day*bend), rng.Exponential(5*day), sim.Year, 0)
			up, failures := metricAt(t, w, "plant.a.uptime"), metricAt(t, w, "plant.a.failures")
			for r := range replications(20000) {
				out := w.Run(3, r)
				down.add(1 - out[up])
				outages.add(out[failures])
			}
			return down, outages
		}
		down, outages := run(1)
		bentDown, bentOutages := run(1.05)
		holds(t, "share of time down", 0.14118, &down, &bentDown)
		holds(t, "outages", 10.449, &outages, &bentOutages)
	})
	t.Run("transient", func(t *testing.T) {
		for _, at := range []struct {
			days sim.Span
			runs int
			up   float64
		}{{2, 400_000, 0.946727}, {10, 200_000, 0.870996}} {
			run := func(bend float64) (up sample) {
				w := plant(rng.Exponential(30*day/bend), rng.Exponential(5*day), at.days*sim.Day, 0)
				for r := range replications(at.runs) {
					w.Run(4, r)
					up.add(float64(w.producing(0)))
				}
				return up
			}
			straight, bent := run(1), run(1.05)
			holds(t, fmt.Sprintf("availability after %d d", at.days), at.up, &straight, &bent)
		}
	})
}
