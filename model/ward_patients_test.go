package model

import (
	"maps"
	"math"
	"slices"
	"testing"

	"oxysim/sim"
	"oxysim/sim/rng"
)

// The shortcuts that spare a look at every patient change nothing: the outcome
// is the same when the sources are shared patient by patient at every event.
func TestShortcutsGiveTheSameOutcome(t *testing.T) {
	for seed := range uint64(200) {
		w := New(randomNetwork(seed))
		quick := slices.Clone(w.Run(7, int(seed)))
		w.reset(7, int(seed))
		for {
			for i := range w.wards {
				w.wards[i].unclear, w.wards[i].stale = true, true
			}
			if !w.step() {
				break
			}
		}
		w.now = w.end
		for i, slow := range w.outcome() {
			if math.Abs(slow-quick[i]) > 1e-12*math.Abs(slow) { // the mean of the tank is a sum of other parts
				t.Errorf("network %d: %s is %v, patient by patient %v", seed, w.metrics.list[i].Name, quick[i], slow)
			}
		}
	}
}

// patientsMet returns the flow of every patient who comes to the first group
// of a hospital, by number.
func patientsMet(cfg *Config) map[uint64]Flow {
	w := New(cfg)
	w.reset(1, 0)
	met := map[uint64]Flow{}
	for w.step() {
		for _, p := range w.wards[0].patients {
			if p.group == 0 {
				met[p.number] = p.flow
			}
		}
	}
	return met
}

// The same patients come, at the same times and with the same needs, whatever
// the hospital has, whoever else comes and whoever is there at the start.
func TestSamePatientsInEveryScenario(t *testing.T) {
	scenario := func(stored Gas, initial, others int) *Config {
		p := PatientDemand{
			Name: "hospital.a.patients.child", Storm: None, Mean: 7200, Initial: initial,
			Flow: rng.LogNormal(2000, 1), Stay: rng.LogNormal(2*86400, 1),
			Refers: true, Refer: constant(6 * sim.Hour),
		}
		h := Hospital{
			Patients: []PatientDemand{p}, Sources: []Source{FromBulk},
			Bulk: &Bulk{Tank: stored, Stored: stored},
		}
		for range others {
			q := p
			q.Name, q.Mean = "hospital.a.patients.adult", 9000
			h.Patients = append(h.Patients, q)
		}
		return one(20*sim.Day, nil, h)
	}
	base := patientsMet(scenario(1000*CubicMetre, 0, 0))
	if len(base) < 200 {
		t.Fatalf("got %d patients, want about 240", len(base))
	}
	for _, cfg := range []*Config{scenario(10*CubicMetre, 0, 0), scenario(1000*CubicMetre, 9, 0), scenario(50*CubicMetre, 0, 1)} {
		met := patientsMet(cfg)
		maps.DeleteFunc(met, func(k uint64, _ Flow) bool { return k >= fromStart })
		if !maps.Equal(base, met) {
			t.Errorf("got %d patients who are not the same as the %d of the base", len(met), len(base))
		}
	}
}

// Another hospital, with or without patients, changes nothing for a hospital
// that shares nothing with it.
func TestAnotherHospitalChangesNothing(t *testing.T) {
	for seed := range uint64(20) {
		cfg := randomNetwork(seed)
		cfg.Hospitals = cfg.Hospitals[:1]
		w := New(cfg)
		alone := slices.Clone(w.Run(3, 1))
		more := *cfg
		busy := randomHospital(newRand(seed), "hospital.busy", len(cfg.Types))
		busy.Sources = slices.DeleteFunc(busy.Sources, func(s Source) bool { return s == FromPipe })
		for i := range busy.Lines {
			busy.Lines[i].Supply = nil
		}
		more.Hospitals = append(slices.Clone(cfg.Hospitals), Hospital{Name: "hospital.idle", Power: Power{Grid: None}}, busy)
		w2 := New(&more)
		together := w2.Run(3, 1)
		for i, m := range w.Metrics() {
			if len(m.Name) < 11 || m.Name[:11] != "hospital.0." {
				continue
			}
			if got := together[metricAt(t, w2, m.Name)]; got != alone[i] {
				t.Errorf("network %d: %s is %v alone and %v beside others", seed, m.Name, alone[i], got)
			}
		}
	}
}

// Arrivals follow the profile and the weather: on the second of two days twice
// as many come, and on wet days three times as many.
func TestArrivalsFollowProfileAndWeather(t *testing.T) {
	profile := make([]float64, 400)
	for d := range profile {
		profile[d] = 1 + float64(d%2)
	}
	cfg := one(400*sim.Day, nil, Hospital{Patients: []PatientDemand{{
		Name: "hospital.a.patients", Mean: 3600, Profile: profile, Storm: 0, Factor: 3,
		Flow: rng.Constant(1000), Stay: constant(sim.Hour),
	}}})
	cfg.Weathers = []Weather{{Name: "rain", Wet: []float64{0.25}, Stay: 0.5}}
	w := New(cfg)
	came := metricAt(t, w, "hospital.a.patients")
	var perDay, wet sample
	for r := range replications(100) {
		perDay.add(w.Run(5, r)[came] / 400)
		n := 0.0
		for d, rain := range w.weather[0].wet[:400] {
			if rain {
				n += profile[d]
			}
		}
		wet.add(n / 400)
	}
	// 24 a day at multiplier 1; wet days were drawn, so that what is wanted is
	// taken from them: the mean multiplier is 1.5 + 2 × that of wet days.
	want := 24 * (1.5 + 2*wet.mean())
	if se := math.Sqrt(want / 400 / perDay.n); math.Abs(perDay.mean()-want) > 4*se {
		t.Errorf("got %.4g patients a day, want %.4g ± %.2g", perDay.mean(), want, se)
	}
}

// More oxygen in the tank never leaves anybody without for longer, for what
// comes and what is needed stay the same: in every replication.
func TestMoreStoredNeverHurts(t *testing.T) {
	stored := func(g Gas) *World {
		return New(one(60*sim.Day, nil, Hospital{
			Patients: []PatientDemand{{
				Name: "hospital.a.patients", Storm: None, Mean: 20000,
				Flow: rng.LogNormal(5000, 1), Stay: rng.LogNormal(4*86400, 1),
			}},
			Sources: []Source{FromBulk},
			Bulk: &Bulk{Tank: 3000 * CubicMetre, Stored: g, BoilOff: 100, Tankers: []Tanker{{
				Name: "weekly", Every: constant(7 * sim.Day), Load: rng.Gamma(float64(700*CubicMetre), 0.4), Late: rng.Exponential(2e5), Fails: 0.1,
			}}},
		}))
	}
	less, more := stored(100*CubicMetre), stored(140*CubicMetre)
	unmet := metricAt(t, less, "hospital.a.unmet_m3")
	some := false
	for r := range replications(300) {
		a, b := less.Run(2, r)[unmet], more.Run(2, r)[unmet]
		if b > a {
			t.Fatalf("replication %d: %v m3 unmet with 100 m3 stored, %v with 140", r, a, b)
		}
		some = some || b < a
	}
	if !some && !checked {
		t.Error("more stored never helped")
	}
}

// What a planner expects a ward to take: 14.4 m³ a day less what comes before
// cylinders in the stack, in cylinders of which 6.46 m³ can be drawn.
func TestExpectedUseOfWards(t *testing.T) {
	minor := []Failure{{After: rng.Exponential(9e5), Lasts: rng.Exponential(1e5)}}
	h := Hospital{
		Flow: steadily(litres(10)), Lines: []Line{{}},
		Manifold:      &Manifold{Bank: 2},
		Bedside:       &Bedside{Lines: []int{0}},
		Concentrators: &Concentrators{Flow: litres(5), Machines: Machine{Count: 1, Crew: None, Modes: minor}},
		Pipe:          &Pipe{Plant: 0, Limit: litres(3)},
		Bulk: &Bulk{Tank: CubicMetre, Tankers: []Tanker{{
			Every: constant(sim.Day), Load: rng.Constant(float64(10 * CubicMetre)), Fails: 0.28,
		}}},
	}
	for _, c := range []struct {
		sources []Source
		flow    float64 // L/min
	}{
		{[]Source{FromManifold}, 10},
		{[]Source{FromConcentrators, FromManifold}, 10 - 5*0.9},
		{[]Source{FromPipe, FromConcentrators, FromBedside}, 10 - 3 - 5*0.9},
		{[]Source{FromBulk, FromManifold}, 5},
		{[]Source{FromConcentrators, FromBulk, FromPipe, FromBedside}, 0},
		{[]Source{FromManifold, FromBulk}, 10},
	} {
		h.Sources = c.sources
		cfg := one(sim.Day, jumbo(0.95), h)
		cfg.Plants = []Plant{{Name: "plant.a", Power: Power{Grid: None}}}
		w := New(cfg)
		if got, want := w.hospitals[0].meanUse[0], c.flow*1.44/6.46; math.Abs(got-want) > 1e-9 {
			t.Errorf("sources %v: got %.6g cylinders a day, want %.6g", c.sources, got, want)
		}
	}
}

// Concentrators stop with the power; meanwhile patients use cylinders.
func TestNoPowerNoConcentrators(t *testing.T) {
	h := Hospital{
		Patients: []PatientDemand{present("adult", 1, litres(4), 30*sim.Hour)},
		Sources:  []Source{FromConcentrators, FromBedside}, Lines: []Line{{Full: 2}},
		Concentrators: &Concentrators{Flow: litres(5), Machines: Machine{Count: 1, Crew: None}},
		Bedside:       &Bedside{Lines: []int{0}, Connect: constant(10 * sim.Minute)},
	}
	cfg := one(sim.Day, jumbo(0.9), h)
	cfg.Grids = []Grid{{Name: "grid.a", Parent: None, Storm: None, Shed: Windows{{6 * sim.Hour, 9 * sim.Hour}}}}
	cfg.Hospitals[0].Power = Power{Grid: 0}
	expectMetrics(t, cfg, map[string]float64{
		"hospital.a.from_bedside_m3":       0.24 * (3 - 1./6),
		"hospital.a.from_concentrators_m3": 0.24 * 21,
		"hospital.a.changing_m3":           0.04,
		"hospital.a.unmet_m3":              0,
		"hospital.a.stockouts":             0,
	})
}

// Nothing is allocated by a replication after the first.
func TestWardsDoNotAllocate(t *testing.T) {
	if checked {
		t.Skip("laws that are checked allocate")
	}
	for name, cfg := range map[string]*Config{
		"manifold": manifoldHospital(), "bulk": wardOfPatients(24, false), "bedside": wardOfPatients(24, true),
	} {
		w := New(cfg)
		w.Run(1, 0)
		r := 1
		if n := testing.AllocsPerRun(20, func() { w.Run(1, r); r++ }); n > 0 {
			t.Errorf("%s: got %v allocations a replication, want 0", name, n)
		}
	}
}
