package model

import (
	"fmt"
	"io"
	"math/rand/v2"
	"slices"
	"testing"

	"oxysim/sim"
	"oxysim/sim/rng"
)

// perHour returns the flow of so many m³ an hour, which is whole if the number
// divides by 3/50.
func perHour(m3 float64) Flow { return Flow(m3 * 1e6 / 60) }

// machineFor returns one machine that never fails.
func machineFor() Machine { return Machine{Count: 1, Crew: None} }

// eachEvent runs a world event by event up to an instant.
func (w *World) eachEvent(end sim.Time, after func()) {
	for {
		slot, at, ok := w.calendar.Next()
		if !ok || at >= end {
			w.now = end
			return
		}
		w.now = at
		who := w.slots.of[slot]
		w.happenings.add(at, who.kind, int(who.owner))
		w.happen(who.kind, int(who.owner))
		after()
	}
}

// station returns a Config of a plant with a filling station and empties of
// 6 m³, and piped hospitals that ask for nothing by themselves.
func station(m Make, f Fill, empties, piped int) *Config {
	c := &Config{
		Horizon: sim.Year,
		Types:   []CylinderType{{Name: "J", Content: 6 * CubicMetre, Usable: 1}},
		Plants:  []Plant{{Name: "plant.a", Power: Power{Grid: None}, Empty: []int{empties}, Make: &m, Fill: &f}},
	}
	for h := range piped {
		c.Hospitals = append(c.Hospitals, Hospital{
			Name: fmt.Sprintf("hospital.%d", h), Power: Power{Grid: None}, Pipe: &Pipe{Plant: 0},
		})
	}
	return c
}

// A fluid source that is on and off in turn, a tank, and a constant use: the
// tank is empty for a share of the time that is known exactly. The unit of gas
// is 1.44 m³, so that the flows are whole.
//
// Source: Anick, Mitra and Sondhi, Bell System Technical Journal 61 (1982).
func TestTankOfAnUnreliablePlant(t *testing.T) {
	const unit = 1440 * Litre
	day := float64(sim.Day)
	run := func(tank int, bend float64) (dry, empty sample) {
		c := station(Make{
			Machines: Machine{Count: 1, Crew: None, Calendar: true,
				Modes: []Failure{{After: rng.Exponential(20 * day), Lasts: rng.Exponential(2 * day * bend)}}},
			Flow: 15000, Tank: Gas(tank) * unit, Stored: Gas(tank) * unit,
		}, Fill{}, 0, 1)
		c.Plants[0].Fill = nil
		c.Horizon, c.WarmUp = 41*sim.Year, sim.Year
		w := New(c)
		const need = 10000
		piped := metricAt(t, w, "plant.a.piped_m3")
		level := piped
		if tank > 0 {
			level = metricAt(t, w, "plant.a.tank_empty_share")
		}
		for r := range replications(400) {
			w.reset(1, r)
			w.pipe(0, need)
			w.eachEvent(w.end, func() { w.pipe(0, need) })
			out := w.outcome()
			dry.add(1 - out[piped]/((10*unit).CubicMetres()*40*365))
			empty.add(out[level])
		}
		return dry, empty
	}
	for _, x := range []struct {
		tank  int
		empty float64
	}{{0, 0.090909}, {20, 0.035905}, {40, 0.015301}} {
		straight, empty := run(x.tank, 1)
		bent, bentEmpty := run(x.tank, 1.05)
		holds(t, fmt.Sprintf("tank of %d: share of the need not met", x.tank), x.empty, &straight, &bent)
		if x.tank > 0 {
			holds(t, fmt.Sprintf("tank of %d: share of time empty", x.tank), x.empty, &empty, &bentEmpty)
		}
	}
}

// By hand: 12 m³/h are made, and each fill of 6 m³ takes at least half an hour.
// Alone, a fill has its gas in time; two at once take an hour.
func TestStationWaitsForGasByHand(t *testing.T) {
	fill := Fill{Positions: 2, Time: hours(0.5), Content: rng.Constant(1)}
	tests := []struct {
		name string
		m    Make
		n    int
		full []float64 // hours at which cylinders are full
		bind Constraint
	}{
		{"alone in time", Make{Machines: machineFor(), Flow: perHour(12)}, 1, []float64{0.5}, Empties},
		{"two share the gas", Make{Machines: machineFor(), Flow: perHour(12)}, 2, []float64{1, 1}, Empties},
		{"no more than in time", Make{Machines: machineFor(), Flow: perHour(60)}, 2, []float64{0.5, 0.5}, Empties},
		{"the booster limits", Make{Machines: machineFor(), Flow: perHour(60), Booster: perHour(6)}, 3, []float64{2, 2, 3}, Booster},
		{"the tank helps", Make{Machines: machineFor(), Flow: perHour(12), Tank: 6 * CubicMetre, Stored: 6 * CubicMetre}, 2, []float64{0.5, 0.5}, Empties},
		{"the plant limits", Make{Machines: machineFor(), Flow: perHour(12)}, 3, []float64{1, 1, 1.5}, PlantFlow},
		{"the positions limit", Make{Machines: machineFor(), Flow: perHour(60)}, 3, []float64{0.5, 0.5, 1}, Positions},
	}
	for _, x := range tests {
		t.Run(x.name, func(t *testing.T) {
			w := New(station(x.m, fill, x.n, 0))
			w.reset(1, 1)
			var got []float64
			first := w.plants[0].binds
			w.eachEvent(sim.Time(sim.Day), func() {
				for len(got) < w.ledger.count(w.plants[0].full) {
					got = append(got, float64(w.now)/3600)
				}
			})
			if len(got) != len(x.full) {
				t.Fatalf("full at %v h, want %v", got, x.full)
			}
			for i := range got {
				if d := got[i] - x.full[i]; d < 0 || d > 2.0/3600 { // seconds are whole
					t.Errorf("full at %v h, want %v", got, x.full)
				}
			}
			if first != x.bind {
				t.Errorf("at first %v bind, want %v", first, x.bind)
			}
		})
	}
}

// Pipes come before the station, and the first hospital before the second;
// what is left over goes to the tank, and what it has no room for is not made.
func TestPipesComeFirst(t *testing.T) {
	c := station(Make{Machines: machineFor(), Flow: 12000, Tank: 600 * Litre}, Fill{Positions: 1, Time: hours(1), Content: rng.Constant(1)}, 1, 2)
	c.Hospitals[1].Pipe.Limit = 5000
	w := New(c)
	w.reset(1, 1)
	w.runUntil(1)
	if a, b := w.pipe(0, 6000), w.pipe(1, 9000); a != 6000 || b != 5000 {
		t.Errorf("pipes get %v and %v, want 6 and the 5 L/min it carries", a, b)
	}
	if got := w.plants[0].gas.station; got != 1000 {
		t.Errorf("the station gets %v, want the 1 L/min that is left", got)
	}
	if a := w.pipe(0, 10000); a != 10000 || w.pipes[1].grant != 2000 || w.plants[0].gas.station != 0 {
		t.Errorf("the first gets %v and leaves %v and %v; want 10, 2 and none", a, w.pipes[1].grant, w.plants[0].gas.station)
	}
	w.runUntil(sim.Time(sim.Hour) + 1)
	if got, want := w.pipedSoFar(0), Flow(10000).Over(sim.Hour); got != want {
		t.Errorf("the first pipe brought %v in an hour, want %v", got, want)
	}
	w.pipe(0, 0)
	w.pipe(1, 0)
	w.runUntil(sim.Time(sim.Day))
	g := &w.plants[0].gas
	if g.tank != 600*Litre || g.makes != 0 || !g.full {
		t.Errorf("in the end the tank holds %v and %v is made; want it full and none", g.tank, g.makes)
	}
}

// A plant whose gas is never short feeds its pipes while it runs, and tells
// the hospital when it does not.
func TestPipeOfAnUnlimitedPlant(t *testing.T) {
	c := station(Make{Machines: Machine{Count: 1, Crew: None, Modes: []Failure{{After: hours(10), Lasts: hours(5)}}}}, Fill{}, 0, 1)
	c.Plants[0].Fill = nil
	w := New(c)
	w.reset(1, 1)
	w.runUntil(1)
	for range 2 {
		if got := w.pipe(0, 7000); got != 7000 {
			t.Errorf("while it runs the pipe gets %v, want 7 L/min", got)
		}
		w.runUntil(w.now.Add(11 * sim.Hour))
		if got := w.pipe(0, 7000); got != 0 {
			t.Errorf("when it has failed the pipe gets %v, want none", got)
		}
		w.runUntil(w.now.Add(4 * sim.Hour))
	}
}

// Without power the booster stands still though the tank has gas.
func TestNoFillWithoutPower(t *testing.T) {
	c := station(Make{Machines: machineFor(), Flow: perHour(12), Tank: 60 * CubicMetre, Stored: 60 * CubicMetre},
		Fill{Positions: 1, Time: hours(1), Content: rng.Constant(1)}, 5, 1)
	c.Grids = []Grid{{Name: "g", Parent: None, Storm: None, Shed: Windows{{sim.Hour / 2, 3 * sim.Hour}}}}
	c.Plants[0].Power.Grid = 0
	w := New(c)
	w.reset(1, 1)
	w.runUntil(sim.Time(2 * sim.Hour))
	if got := w.ledger.count(w.plants[0].full); got != 0 {
		t.Errorf("%d cylinders are full during the outage, want none", got)
	}
	if got := w.plants[0].binds; got != PowerCut {
		t.Errorf("%v binds, want power", got)
	}
	if got := w.pipe(0, 5000); got != 5000 {
		t.Errorf("the pipe gets %v from the tank, want 5 L/min", got)
	}
	w.runUntil(sim.Time(3*sim.Hour) + 2) // the late fill takes what it lacks at once from the tank
	if got := w.ledger.count(w.plants[0].full); got != 1 {
		t.Errorf("%d cylinders are full after the outage, want 1", got)
	}
}

// A day's derating holds from midnight to midnight.
func TestDerateChangesWithTheDay(t *testing.T) {
	m := Make{Machines: Machine{Count: 2, Crew: None}, Flow: 10000, Derate: []float64{1, 0.5, 0}}
	w := New(station(m, Fill{}, 0, 1))
	w.reset(1, 1)
	w.runUntil(1)
	w.pipe(0, 30000)
	for day, want := range []Flow{20000, 10000, 0, 0} {
		w.runUntil(sim.Time(day)*sim.Time(sim.Day) + 60)
		if got := w.pipes[0].grant; got != want {
			t.Errorf("on day %d the pipe gets %v, want %v", day, got, want)
		}
	}
}

// loop returns a Config in which cylinders go round between a plant and a
// hospital, with what chance decides drawn from r.
func loop(r *rand.Rand) *Config {
	few := func(n int) int { return 1 + r.IntN(n) }
	some := func() bool { return r.IntN(2) == 0 }
	span := func(h float64) rng.Law { return rng.Exponential(h * 3600 * (0.2 + r.Float64())) }
	m := Make{
		Machines: Machine{Count: few(3), Spares: r.IntN(2), Crew: r.IntN(2) - 1, Calendar: some(), Modes: []Failure{
			{Name: "minor", After: span(200), Lasts: span(20), Crew: some()},
			{Name: "major", After: span(900), Lasts: span(40), Spare: span(50), Crew: true},
		}, Maintenance: sim.Span(r.IntN(3)) * 300 * sim.Hour, Stop: span(3)},
		Flow:   Flow(few(30_000)),
		Tank:   Gas(r.IntN(3)) * Gas(few(2000)) * 1001 * Millilitre,
		Stored: Gas(few(2000)) * 997 * Millilitre,
		KWh:    1.2, BoostKWh: 0.25,
	}
	if some() {
		m.Machines.Restart = rng.Uniform(0, 3600)
	}
	if some() {
		m.Booster = Flow(few(40_000))
	}
	if some() {
		m.Derate = []float64{1, 0.9, 0.73, 0.5}
	}
	f := Fill{Positions: few(6), Time: rng.LogNormal(5000, 0.3), Content: rng.Uniform(0.85, 1), Reject: 0.1, Vent: some()}
	if some() {
		f.Batch = few(f.Positions)
	}
	if some() {
		f.Inspect = span(1)
	}
	if some() {
		f.Hours = Windows{{6 * sim.Hour, 18 * sim.Hour}}
	}
	grids := []Grid{
		{Name: "region", Parent: None, Storm: None, Random: true, Up: span(80), Down: span(6)},
		{Name: "town", Parent: 0, Storm: None, Blocks: &Blocks{HoursOff: 7, Length: 2 * sim.Hour}},
	}
	power := Power{Grid: r.IntN(2)}
	if some() {
		power.Generator = &Generator{Start: 0.8, ChangeOver: span(0.3), Fuel: 5 * sim.Hour, Refill: span(6), LitresHour: 20}
	}
	c := &Config{
		Horizon: 60 * sim.Day, WarmUp: 10 * sim.Day, Grids: grids, Crews: []Crew{{"workshop", 1}},
		Types: []CylinderType{
			{Name: "J", Content: 6800 * Litre, Usable: 0.9, TestEvery: 300 * sim.Day, TestTakes: span(60), TestReject: 0.1},
			{Name: "F", Content: 1360 * Litre, Usable: 0.95},
		},
		Plants: []Plant{{Name: "plant.a", Power: power, Empty: []int{few(8), few(8)}, Full: []int{2, 2}, Make: &m, Fill: &f}},
	}
	for h := range 2 {
		name := fmt.Sprintf("hospital.%d", h)
		c.Hospitals = append(c.Hospitals, Hospital{
			Name: name, Power: Power{Grid: None}, Pipe: &Pipe{Plant: 0, Limit: Flow(r.IntN(2) * 20_000)},
			Lines: []Line{{Type: h, Full: 5, Supply: &Supply{
				Plant: 0, Urgent: -1, Policy: Policy{Kind: OneForOne}, Courier: &Courier{Out: span(8), Back: span(8)},
			}}},
			Cylinders: []CylinderDemand{{
				Name: name + ".cylinders", Mean: 3e4, Batch: rng.Constant(1), Storm: None, Use: span(20), Unmet: Waits,
			}},
		})
	}
	return c
}

// Every cylinder and every unit of gas is somewhere after every event, in
// gasworks of all kinds whose pipes are turned up and down at random.
func TestGasIsConserved(t *testing.T) {
	for k := range uint64(60) {
		r := rand.New(rand.NewPCG(k, 1))
		w := New(loop(r))
		w.reset(k, 0)
		w.eachEvent(w.end, func() {
			if r.IntN(20) == 0 {
				w.pipe(r.IntN(2), Flow(r.IntN(30_000)))
			}
			if broken := w.brokenLaw(); broken != "" {
				t.Fatalf("network %d: %v: %s%v", k, w.now, broken, &w.happenings)
			}
		})
		w.outcome()
		if broken := w.brokenLaw(); broken != "" {
			t.Fatalf("network %d: in the end: %s", k, broken)
		}
	}
}

// A replication depends on its seed and number only, and not on those before.
func TestGasworksStartAnew(t *testing.T) {
	for k := range uint64(20) {
		c := loop(rand.New(rand.NewPCG(k, 2)))
		w := New(c)
		first := slices.Clone(w.Run(1, 5))
		w.Run(1, 6)
		if again := w.Run(1, 5); !slices.Equal(first, again) {
			t.Errorf("network %d: replication 5 gives other numbers the second time", k)
		}
		if other := New(c).Run(1, 5); !slices.Equal(first, other) {
			t.Errorf("network %d: replication 5 gives other numbers in a new world", k)
		}
	}
}

// After the first replications, none allocates.
func TestGasworksDoNotAllocate(t *testing.T) {
	for k := range uint64(5) {
		w := New(loop(rand.New(rand.NewPCG(k, 3))))
		for r := range 20 {
			w.Run(1, r)
		}
		r := 0
		if n := testing.AllocsPerRun(10, func() { w.Run(1, r); r++ }); n > 0 && !checked {
			t.Errorf("network %d: %v allocations in a replication, want none", k, n)
		}
	}
}

// Gas that is plenty is as gas that is never short: every fill takes its time.
func TestPlentyIsNeverShort(t *testing.T) {
	for k := range uint64(20) {
		run := func(flow Flow) map[string]float64 {
			c := loop(rand.New(rand.NewPCG(k, 4)))
			m := c.Plants[0].Make
			m.Flow, m.Booster, m.Tank, m.Derate = flow, 0, 0, nil
			m.Machines = machineFor()
			c.Plants[0].Power = Power{Grid: None}
			w := New(c)
			out := map[string]float64{}
			for i, x := range w.Run(1, int(k)) {
				out[w.Metrics()[i].Name] = x
			}
			return out
		}
		limited, unlimited := run(1e9), run(0)
		for name, want := range unlimited {
			switch name {
			case "plant.a.made_m3", "plant.a.kwh", "network.gas_made":
				continue // gas is made when a fill draws it, or when it ends
			}
			if got := limited[name]; got != want {
				t.Errorf("network %d: %s is %v when gas is plenty, %v when it is never short", k, name, got, want)
			}
		}
	}
}

// Tracing a world that fails in all ways does not change it.
func TestTraceChangesNothing(t *testing.T) {
	w := New(loop(rand.New(rand.NewPCG(1, 5))))
	plain := slices.Clone(w.Run(1, 1))
	w.Trace(io.Discard)
	if traced := w.Run(1, 1); !slices.Equal(plain, traced) {
		t.Error("a traced replication gives other numbers")
	}
}
