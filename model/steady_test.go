package model

import (
	"math"
	"testing"

	"oxysim/sim"
	"oxysim/sim/rng"
)

// asking returns a world in which a clinic with more cylinders than it needs is
// asked for some.
func asking(d CylinderDemand, horizon sim.Span) *Config {
	d.Name, d.Storm = "hospital.a.cylinders.x", max(d.Storm, None)
	cfg := one(horizon, jumbo(1), Hospital{Lines: []Line{{Full: 100_000}}, Cylinders: []CylinderDemand{d}})
	return cfg
}

// valueOf returns a metric of a replication.
func valueOf(t *testing.T, cfg *Config, name string, replication int) float64 {
	t.Helper()
	w := New(cfg)
	return w.Run(1, replication)[metricAt(t, w, name)]
}

// Steady requests come evenly: what has been asked for is never more than half
// a request from its mean, on whichever day one looks. The profile here doubles
// the rate of 10 a day on every other day, so that the mean is exact.
func TestSteadyRequestsKeepToTheirMean(t *testing.T) {
	const perDay = 10
	longest := 20
	if checked {
		longest = 6 // laws after every event take their time
	}
	for days := 1; days <= longest; days++ {
		profile := make([]float64, 20)
		want := 0.0
		for d := range profile {
			profile[d] = 1 + float64(d%2)
			if d < days {
				want += perDay * profile[d]
			}
		}
		d := CylinderDemand{Mean: float64(sim.Day) / perDay, Profile: profile, Storm: None, Steady: true, Batch: rng.Constant(1)}
		for r := range 2 {
			if got := valueOf(t, asking(d, sim.Span(days)*sim.Day), "network.demanded", r); math.Abs(got-want) > 0.5 {
				t.Errorf("%d days, replication %d: %v are asked for, want %v ± 0.5", days, r, got, want)
			}
		}
	}
}

// Sizes of steady requests add up to their mean, to the nearest cylinder:
// requests of 1.3 on average ask for 13 in ten.
func TestSteadyRequestsAskForWholeCylinders(t *testing.T) {
	size := rng.Uniform(0.6, 2)
	d := CylinderDemand{Mean: float64(sim.Day) / 10, Storm: None, Steady: true, Batch: size}
	for days := 1; days <= 10; days++ {
		got := valueOf(t, asking(d, sim.Span(days)*sim.Day), "network.demanded", 0)
		if want := 10 * size.Mean() * float64(days); math.Abs(got-want) > 0.5+1e-9 {
			t.Errorf("%d days: %v are asked for, want %v ± 0.5", days, got, want)
		}
	}
}

// The weather has no part in a steady demand but by its mean: on half of the
// days, which are wet, 30 are asked for instead of 10.
func TestSteadyDemandKnowsNoWeather(t *testing.T) {
	d := CylinderDemand{Mean: float64(sim.Day) / 10, Storm: 0, Factor: 3, Steady: true, Batch: rng.Constant(1)}
	cfg := asking(d, 40*sim.Day)
	cfg.Hospitals[0].Cylinders[0].Storm = 0
	cfg.Weathers = []Weather{{Name: "rain", Wet: []float64{0.5}}}
	for r := range 3 {
		if got := valueOf(t, cfg, "network.demanded", r); math.Abs(got-800) > 0.5 {
			t.Errorf("replication %d: %v are asked for in 40 days, want 800 ± 0.5", r, got)
		}
	}
}

// A steady ward has its mean number of patients, to one, from the first minute
// on, and each has the mean flow: 24 patients of 2 L/min are 48 L/min, for ten
// days 691.2 m³, of which one patient is 28.8 m³.
func TestSteadyWardKeepsItsCensus(t *testing.T) {
	cfg := one(10*sim.Day, nil, Hospital{
		Patients: []PatientDemand{{
			Name: "hospital.a.patients", Storm: None, Mean: 86400. / 6, Flow: rng.LogNormal(2000, 0.5), Stay: rng.Exponential(4 * 86400),
			Initial: 24, Steady: true,
		}},
		Sources: []Source{FromBulk},
		Bulk:    &Bulk{Tank: CubicMetre * 1e6, Stored: CubicMetre * 1e6},
	})
	w := New(cfg)
	w.Begin(1, 0)
	for w.step() {
		if n := w.wards[0].count; n < 23 || n > 25 {
			t.Fatalf("%v: %d patients, want 24 ± 1", w.now, n)
		}
		if x := &w.wards[0]; x.need != Flow(x.count)*2000 {
			t.Fatalf("%v: %d patients need %v, want 2 L/min each", w.now, x.count, x.need)
		}
	}
}

// What is steady in one place changes no chance elsewhere: the other hospital
// of a network has the same values to the last bit.
func TestSteadyDemandChangesNobodyElse(t *testing.T) {
	of := func(steady bool) *Config {
		h := func(name string, steady bool) Hospital {
			return Hospital{
				Name: name, Power: Power{Grid: None}, Lines: []Line{{Full: 40}},
				Cylinders: []CylinderDemand{{
					Name: name + ".cylinders.x", Mean: 86400. / 3, Storm: None, Batch: rng.Constant(1), Use: rng.Exponential(3600), Steady: steady,
				}},
			}
		}
		return &Config{Horizon: 30 * sim.Day, Types: jumbo(1), Hospitals: []Hospital{h("hospital.a", steady), h("hospital.b", false)}}
	}
	a, b := New(of(true)), New(of(false))
	x, y := a.Run(5, 3), b.Run(5, 3)
	same := 0
	for i, m := range a.Metrics() {
		if len(m.Name) > 11 && m.Name[:11] == "hospital.b." {
			if same++; x[i] != y[i] {
				t.Errorf("%s: %v beside a steady neighbour, %v beside another", m.Name, x[i], y[i])
			}
		}
	}
	if same == 0 {
		t.Error("nothing was compared")
	}
}
