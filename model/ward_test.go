package model

import (
	"math"
	"testing"

	"oxysim/sim"
	"oxysim/sim/rng"
)

// jumbo is a cylinder of 6.8 m³.
func jumbo(usable float64) []CylinderType {
	return []CylinderType{{Name: "J", Content: 6800 * Litre, Usable: usable}}
}

// litres is a flow in L/min.
func litres(x Flow) Flow { return 1000 * x }

func constant(d sim.Span) rng.Law { return rng.Constant(float64(d)) }

// steadily is a flow demand that never changes.
func steadily(f Flow) []FlowDemand {
	return []FlowDemand{{Name: "hospital.a.flow", Daily: []Flow{f}, Vary: rng.Constant(1), Storm: None}}
}

// present are patients who are there from the start and need the same.
func present(name string, n int, f Flow, stay sim.Span) PatientDemand {
	return PatientDemand{
		Name: "hospital.a.patients." + name, Storm: None, Initial: n,
		Flow: rng.Constant(float64(f)), Stay: constant(stay),
	}
}

// one returns a world with one hospital.
func one(horizon sim.Span, types []CylinderType, h Hospital) *Config {
	h.Name, h.Power = "hospital.a", Power{Grid: None}
	return &Config{Horizon: horizon, Types: types, Hospitals: []Hospital{h}}
}

// expectMetrics runs a world once and compares metrics with what they must be,
// to a part in a billion.
func expectMetrics(t *testing.T, cfg *Config, want map[string]float64) {
	t.Helper()
	w := New(cfg)
	values := w.Run(1, 0)
	for name, x := range want {
		if got := values[metricAt(t, w, name)]; math.Abs(got-x) > 1e-9*max(1, math.Abs(x)) {
			t.Errorf("%s: got %.12g, want %.12g", name, got, x)
		}
	}
	if broken := w.brokenLaw(); broken != "" {
		t.Error(broken)
	}
}

// A flow of 10 L/min (0.6 m³/h) empties a tank of 12 m³ in 20 h. A tanker that
// leaves at 18 h and takes 5 h ends 3 h without oxygen; of its 100 m³ 10 do not
// fit.
func TestBulkTankByHand(t *testing.T) {
	h := Hospital{
		Flow: steadily(litres(10)), Sources: []Source{FromBulk},
		Bulk: &Bulk{
			Tank: 90 * CubicMetre, Stored: 12 * CubicMetre,
			Tankers: []Tanker{{
				Name: "one", First: 18 * sim.Hour, Once: true,
				Load: rng.Constant(float64(100 * CubicMetre)), Late: constant(5 * sim.Hour),
			}},
		},
	}
	expectMetrics(t, one(48*sim.Hour, nil, h), map[string]float64{
		"hospital.a.stockouts":          1,
		"hospital.a.stockout_hours":     3,
		"hospital.a.stockout_first":     20. / 24,
		"hospital.a.need_m3":            28.8,
		"hospital.a.unmet_m3":           1.8,
		"hospital.a.from_bulk_m3":       27,
		"hospital.a.supplied_share":     27 / 28.8,
		"hospital.a.bulk_empty_share":   3. / 48,
		"hospital.a.bulk_received_m3":   90,
		"hospital.a.bulk_refused_m3":    10,
		"hospital.a.bulk_end":           90 - 0.6*25,
		"hospital.a.bulk_mean":          (12./2*20 + (90+75)/2.*25) / 48,
		"hospital.a.flow.hours_without": 3,
		"network.supplied_share_worst":  27 / 28.8,
		"network.gas_bought":            90,
	})
}

// A tank that is fed by a stream of 9 L/min, gives 10 and loses 1 falls by
// 2 L/min: 2.4 m³ last 20 h. Then the stream goes to the patients, and nothing
// boils off; on the second day it brings 14, of which 3 fill the tank.
func TestBulkStreamByHand(t *testing.T) {
	h := Hospital{
		Flow: steadily(litres(10)), Sources: []Source{FromBulk},
		Bulk: &Bulk{
			Tank: 2400 * Litre, Stored: 2400 * Litre, BoilOff: litres(1),
			Inflow: []Flow{litres(9), litres(14)},
		},
	}
	expectMetrics(t, one(48*sim.Hour, nil, h), map[string]float64{
		"hospital.a.stockout_hours":   4,
		"hospital.a.unmet_m3":         4 * 0.06,
		"hospital.a.bulk_empty_share": 4. / 48,
		// The second day's surplus of 3 L/min fills 2.4 m³ in 800 min; in the
		// remaining 640 min, it does not fit.
		"hospital.a.bulk_received_m3": 24*0.54 + 0.8*14 + 0.64*11,
		"hospital.a.bulk_refused_m3":  0.64 * 3,
		"hospital.a.bulk_end":         2.4,
		"network.gas_boiled":          20*0.06 + 24*0.06,
	})
}

// Two banks of two cylinders of 6.8 m³, of which 95 % can be drawn: at 10 L/min
// a bank feeds for 77,520 s. Eight cylinders are four banks, with three
// change-overs of 600 s.
func TestManifoldByHand(t *testing.T) {
	h := Hospital{
		Flow: steadily(litres(10)), Sources: []Source{FromManifold},
		Lines:    []Line{{Full: 8}},
		Manifold: &Manifold{Bank: 2, Connect: constant(sim.Hour), Change: constant(10 * sim.Minute)},
	}
	expectMetrics(t, one(10*sim.Day, jumbo(0.95), h), map[string]float64{
		"hospital.a.changing_hours":   1800. / 3600,
		"hospital.a.changing_m3":      0.3,
		"hospital.a.stockouts":        1,
		"hospital.a.stockout_first":   (4*77520 + 3*600) / 86400.,
		"hospital.a.stockout_hours":   (864000 - 4*77520 - 3*600) / 3600.,
		"hospital.a.from_manifold_m3": 8 * 6.8 * 0.95,
		"hospital.a.used":             8,
		"hospital.a.demanded":         8,
		"hospital.a.fill_rate":        1,
		"network.gas_breathed":        8 * 6.8 * 0.95,
	})

	// If it takes 30 h to replace a bank, the third bank, whose place the first
	// left at 77,520 s, can take over at 185,520 s, 29,880 s after the second was
	// exhausted; and the fourth at 263,640 s, when the third, which fed from
	// 186,120 s, is exhausted at the very second.
	h.Manifold = &Manifold{Bank: 2, Connect: constant(30 * sim.Hour), Change: constant(10 * sim.Minute)}
	expectMetrics(t, one(10*sim.Day, jumbo(0.95), h), map[string]float64{
		"hospital.a.stockouts":      1,
		"hospital.a.changing_hours": (600 + 29880 + 600 + 600) / 3600.,
		"hospital.a.stockout_hours": (864000 - 263640 - 600 - 77520) / 3600.,
	})

	// Five cylinders: the third bank is connected with the one there is. A
	// change-over without delay makes no gap.
	h.Manifold = &Manifold{Bank: 2}
	h.Lines = []Line{{Full: 5}}
	expectMetrics(t, one(10*sim.Day, jumbo(0.95), h), map[string]float64{
		"hospital.a.changing_hours": 0,
		"hospital.a.stockouts":      1,
		"hospital.a.stockout_first": 5 * 38760 / 86400.,
	})
}

// Two patients with 5 L/min each draw 90 % of 6.8 m³ in 73,440 s. Four
// cylinders last them 2 × 73,440 s and one connection of 15 minutes.
func TestBedsideByHand(t *testing.T) {
	h := Hospital{
		Patients: []PatientDemand{present("adult", 2, litres(5), 100*sim.Hour)},
		Sources:  []Source{FromBedside}, Lines: []Line{{Full: 4}},
		Bedside: &Bedside{Lines: []int{0}, Connect: constant(15 * sim.Minute)},
	}
	without := (360000 - 2*73440 - 900) / 3600.
	expectMetrics(t, one(5*sim.Day, jumbo(0.9), h), map[string]float64{
		"hospital.a.changing_hours":               0.25,
		"hospital.a.patient_hours_changing":       0.5,
		"hospital.a.stockouts":                    1,
		"hospital.a.stockout_hours":               without,
		"hospital.a.patient_hours_without":        2 * without,
		"hospital.a.unmet_m3":                     without * 0.6,
		"hospital.a.from_bedside_m3":              4 * 6.8 * 0.9,
		"hospital.a.used":                         4,
		"hospital.a.census":                       2 * 100. / 120,
		"hospital.a.census_max":                   2,
		"hospital.a.patients.adult.patients":      2,
		"hospital.a.patients.adult.hours_without": 2 * without,
		"hospital.a.demanded":                     6, // two in vain
		"hospital.a.left":                         2,
	})
}

// A cylinder that was used for 10 h of its 20.4 h stands by, and is the next to
// be used; one in which less than a tenth is left is put away.
func TestPartUsedCylinderIsUsedNext(t *testing.T) {
	leavingAfter := func(stay sim.Span) *World {
		w := New(one(3*sim.Day, jumbo(0.9), Hospital{
			Patients: []PatientDemand{present("adult", 1, litres(5), stay)},
			Sources:  []Source{FromBedside}, Lines: []Line{{Full: 5}},
			Bedside: &Bedside{Lines: []int{0}},
		}))
		w.reset(1, 0)
		w.runUntil(sim.Time(20 * sim.Hour))
		return w
	}
	w := leavingAfter(10 * sim.Hour)
	x, l := &w.wards[0], &w.lines[0]
	if len(x.opened) != 1 || w.ledger.count(l.full) != 4 {
		t.Fatalf("got %d cylinders standing by and %d full, want 1 and 4", len(x.opened), w.ledger.count(l.full))
	}
	if got, want := w.usable(x.opened[0].cylinder), 3120*Litre; got != want {
		t.Errorf("got %v left, want %v", got, want)
	}
	x.newcomer = w.admit(x, 0, 1)
	w.attend(0)
	if len(x.opened) != 0 || w.ledger.count(l.full) != 4 || w.ledger.count(l.use) != 1 {
		t.Errorf("got %d standing by, %d full and %d in use, want 0, 4 and 1", len(x.opened), w.ledger.count(l.full), w.ledger.count(l.use))
	}

	w = leavingAfter(19 * sim.Hour)
	if n := w.ledger.count(w.lines[0].empty); n != 1 || len(w.wards[0].opened) != 0 {
		t.Errorf("got %d put away, want 1", n)
	}
}

// Of 20 L/min the two patients of the first group get their 8, the first of
// the second group gets half of its 8, the others nothing. These are referred
// after two hours.
func TestTriageByHand(t *testing.T) {
	second := present("second", 3, litres(8), 10*sim.Hour)
	second.Refers, second.Refer, second.Hazard = true, constant(2*sim.Hour), 0.01
	h := Hospital{
		Patients: []PatientDemand{present("first", 2, litres(8), 10*sim.Hour), second},
		Sources:  []Source{FromBulk},
		Bulk:     &Bulk{Tank: 1000 * CubicMetre, Stored: 1000 * CubicMetre, Limit: litres(20)},
	}
	expectMetrics(t, one(10*sim.Hour, nil, h), map[string]float64{
		"hospital.a.patients.first.unmet_m3":       0,
		"hospital.a.patients.second.unmet_m3":      2*1.2 + 8*0.24,
		"hospital.a.patients.second.hours_without": 2*2.5 + 8*0.5,
		"hospital.a.patients.second.referred":      2,
		"hospital.a.referred":                      2,
		"hospital.a.extra_deaths":                  0.09,
		"hospital.a.from_bulk_m3":                  12,
		"hospital.a.stockouts":                     1,
	})
}

// The first group's two patients share three concentrators of 5 L/min with the
// second group's first; its second has a need too great for one.
func TestConcentratorsByHand(t *testing.T) {
	h := Hospital{
		Patients: []PatientDemand{
			present("first", 2, litres(4), 10*sim.Hour), present("severe", 1, litres(8), 10*sim.Hour),
			present("third", 2, litres(5), 10*sim.Hour),
		},
		Sources: []Source{FromConcentrators, FromBedside}, Lines: []Line{{Full: 1}},
		Concentrators: &Concentrators{Machines: Machine{Count: 3, Crew: None}, Flow: litres(5), KW: 0.35},
		Bedside:       &Bedside{Lines: []int{0}},
	}
	// The cylinder of the severe patient lasts 6120 L / 8 L/min = 12.75 h.
	expectMetrics(t, one(10*sim.Hour, jumbo(0.9), h), map[string]float64{
		"hospital.a.from_concentrators_m3":   10 * 0.78,
		"hospital.a.from_bedside_m3":         10 * 0.48,
		"hospital.a.patients.first.unmet_m3": 0,
		"hospital.a.patients.third.unmet_m3": 10 * 0.3,
		"hospital.a.concentrators_used":      3,
		"hospital.a.concentrators_kwh":       10.5,
	})
	// A flow of 12 L/min takes three of them.
	h.Patients, h.Flow = nil, steadily(litres(12))
	expectMetrics(t, one(10*sim.Hour, jumbo(0.9), h), map[string]float64{
		"hospital.a.from_concentrators_m3": 10 * 0.72,
		"hospital.a.concentrators_used":    3,
	})
	h.Flow = steadily(litres(18))
	expectMetrics(t, one(10*sim.Hour, jumbo(0.9), h), map[string]float64{
		"hospital.a.from_concentrators_m3": 10 * 0.9,
		"hospital.a.from_bedside_m3":       10 * 0.18,
	})
}

// When no cylinder is left, a patient of the second group gives the one in use
// to the first group, whose patients never go without before theirs.
func TestBedsideTriage(t *testing.T) {
	h := Hospital{
		Patients: []PatientDemand{present("first", 1, litres(10), 60*sim.Hour), present("second", 2, litres(5), 60*sim.Hour)},
		Sources:  []Source{FromBedside}, Lines: []Line{{Full: 3}},
		Bedside: &Bedside{Lines: []int{0}},
	}
	// 6120 L at 10 L/min are 612 min. Then the last of the second group gives
	// its cylinder, half full, for 306 min; then the other gives a quarter of one.
	expectMetrics(t, one(2*sim.Day, jumbo(0.9), h), map[string]float64{
		"hospital.a.patients.first.hours_without":  48 - (612+306+153)/60.,
		"hospital.a.patients.second.hours_without": 2*48 - (612+306+612)/60.,
		"hospital.a.used":                          3,
		"hospital.a.stockout_first":                612. / 60 / 24,
	})
}

// Tankers leave every day from day 0 to day 5, and are three and a half days on
// the road, so that several are: six loads of 10 m³ come, the first at noon of
// day 3, when 12.6 m³ of the 15 m³ stored are gone.
func TestTankersByHand(t *testing.T) {
	h := Hospital{
		Flow: steadily(2500), Sources: []Source{FromBulk},
		Bulk: &Bulk{
			Tank: 24 * CubicMetre, Stored: 15 * CubicMetre,
			Tankers: []Tanker{{
				Name: "daily", Every: constant(sim.Day), Last: 5 * sim.Day,
				Load: rng.Constant(float64(10 * CubicMetre)), Late: constant(84 * sim.Hour),
			}},
		},
	}
	// 3.6 m³ a day: 2.4 at the first arrival makes 12.4, then 18.8; of the third
	// load 8.8 fit, and of each of the others 3.6.
	expectMetrics(t, one(10*sim.Day, nil, h), map[string]float64{
		"hospital.a.stockouts":        0,
		"hospital.a.bulk_received_m3": 10 + 10 + 8.8 + 3*3.6,
		"hospital.a.bulk_refused_m3":  1.2 + 3*6.4,
		"hospital.a.bulk_end":         24 - 1.5*3.6,
	})
	h.Bulk.Tankers[0].Fails = 1
	expectMetrics(t, one(10*sim.Day, nil, h), map[string]float64{
		"hospital.a.bulk_received_m3": 0,
		"hospital.a.stockout_first":   15 / 3.6,
		"hospital.a.unmet_m3":         36 - 15,
	})
}

// A flow follows its daily table, whose last day stands for those after it, and
// the weather.
func TestFlowOfTheDayByHand(t *testing.T) {
	flow := steadily(0)
	flow[0].Daily, flow[0].Storm, flow[0].Factor = []Flow{litres(10), litres(20)}, 0, 1.5
	cfg := one(4*sim.Day, nil, Hospital{Flow: flow})
	cfg.Weathers = []Weather{{Name: "rain", Wet: []float64{0, 0, 1}}}
	expectMetrics(t, cfg, map[string]float64{
		"hospital.a.need_m3":        1.44 * (10 + 20 + 30 + 30),
		"hospital.a.unmet_m3":       1.44 * 90,
		"hospital.a.stockout_hours": 96,
	})
}
