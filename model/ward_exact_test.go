package model

import (
	"math"
	"testing"

	"oxysim/sim"
	"oxysim/sim/rng"
)

// tellsApart checks that a case with a bent parameter is apart from the exact
// value by more than chance, however few its replications were.
func tellsApart(t *testing.T, what string, exact float64, bent *sample) {
	t.Helper()
	if math.Abs(bent.mean()-exact) < 4*bent.standardError()+0.001*exact && !checked {
		t.Errorf("%s: %.6g ± %.2g with a parameter bent by 5 %% cannot be told from %.6g", what, bent.mean(), bent.standardError(), exact)
	}
}

// census returns the mean number of patients, and the shares of the time with
// more than 30 and 35, when so many come a day.
func census(perDay float64, stay rng.Law, n int) (mean, over30, over35 sample) {
	const day = 86400
	w := New(one(20*sim.Year+60*sim.Day, nil, Hospital{
		Patients: []PatientDemand{{
			Name: "hospital.a.patients", Storm: None, Mean: day / perDay, Flow: rng.Constant(1), Stay: stay,
		}},
		Sources: []Source{FromBulk},
		Bulk:    &Bulk{Tank: CubicMetre * 1e6, Stored: CubicMetre * 1e6},
	}))
	warm := sim.Time(60 * sim.Day)
	for r := range replications(n) {
		w.reset(7, r)
		var at [200]sim.Span // by number of patients
		for x := &w.wards[0]; ; {
			count, since := x.count, w.now
			if !w.step() {
				break
			}
			if w.now > warm {
				at[count] += w.now.Sub(max(since, warm))
			}
		}
		var all, sum, more30, more35 float64
		for k, d := range at {
			all += float64(d)
			sum += float64(k) * float64(d)
			if k > 30 {
				more30 += float64(d)
			}
			if k > 35 {
				more35 += float64(d)
			}
		}
		mean.add(sum / all)
		over30.add(more30 / all)
		over35.add(more35 / all)
	}
	return mean, over30, over35
}

// The number of patients is Poisson with mean admissions × mean stay, whatever
// the law of the stay (M/G/∞).
func TestCensusIsPoisson(t *testing.T) {
	const day = 86400
	bentMean, bent30, bent35 := census(6.3, rng.Exponential(4*day), 40)
	for _, c := range []struct {
		name string
		stay rng.Law
		n    int  // as many as bring the standard errors below 1 %
		tail bool // also of the rarest: with long stays, that takes long
	}{
		{"constant", rng.Constant(4 * day), 240, true},
		{"exponential", rng.Exponential(4 * day), 300, true},
		{"lognormal", rng.LogNormal(4*day, 2), 120, false}, // scv 4
	} {
		mean, over30, over35 := census(6, c.stay, c.n)
		holds(t, c.name+" stay, mean", 24, &mean, &bentMean)
		holds(t, c.name+" stay, more than 30", 0.0958484, &over30, &bent30)
		if c.tail {
			holds(t, c.name+" stay, more than 35", 0.013155, &over35, &bent35)
		}
	}
	tellsApart(t, "mean", 24, &bentMean)
	tellsApart(t, "more than 30", 0.0958484, &bent30)
	tellsApart(t, "more than 35", 0.013155, &bent35)
}

// A plant that fails, with a buffer tank, and a constant need: a two-state
// Markov-modulated fluid queue.
func TestUnreliablePlantWithBuffer(t *testing.T) {
	const days = 86400
	perDay := func(m3 float64) Flow { return Flow(m3*1e6/1440 + 0.5) }
	stock := func(b Gas, made, mtbf float64) (empty, outs, unmet sample) {
		w := New(&Config{
			Horizon: 250 * sim.Year, WarmUp: sim.Year,
			Plants: []Plant{{
				Name: "plant.a", Power: Power{Grid: None},
				Make: &Make{Flow: perDay(made), Tank: b, Stored: b, Machines: Machine{
					Count: 1, Crew: None, Calendar: true,
					Modes: []Failure{{Name: "any", After: rng.Exponential(mtbf * days), Lasts: rng.Exponential(2 * days)}},
				}},
			}},
			Hospitals: []Hospital{{
				Name: "hospital.a", Power: Power{Grid: None},
				Flow:    []FlowDemand{{Name: "hospital.a.flow", Storm: None, Daily: []Flow{perDay(10)}, Vary: rng.Constant(1)}},
				Sources: []Source{FromPipe}, Pipe: &Pipe{Plant: 0},
			}},
		})
		hours, count, lacks := metricAt(t, w, "hospital.a.stockout_hours"), metricAt(t, w, "hospital.a.stockouts"), metricAt(t, w, "hospital.a.unmet_m3")
		for r := range replications(60) {
			x := w.Run(27, r)
			years := 249.
			empty.add(x[hours] / (years * 8760))
			outs.add(x[count] / years)
			unmet.add(x[lacks] / years)
		}
		return empty, outs, unmet
	}
	for _, c := range []struct {
		tank               Gas
		empty, outs, unmet float64
	}{
		{0, 0.090909091, 16.590909, 331.81818},
		{20 * CubicMetre, 0.035905111, 6.5526828, 131.05366},
		{40 * CubicMetre, 0.015301236, 2.7924756, 55.849513},
	} {
		empty, outs, unmet := stock(c.tank, 15, 20)
		bentEmpty, bentOuts, bentUnmet := stock(c.tank, 15, 19)
		what := "tank of " + c.tank.String() + ": "
		holds(t, what+"share of the time empty", c.empty, &empty, &bentEmpty)
		holds(t, what+"stockouts per year", c.outs, &outs, &bentOuts)
		holds(t, what+"unmet per year", c.unmet, &unmet, &bentUnmet)
		tellsApart(t, what+"share of the time empty", c.empty, &bentEmpty)
		tellsApart(t, what+"stockouts per year", c.outs, &bentOuts)
		tellsApart(t, what+"unmet per year", c.unmet, &bentUnmet)
	}
}
