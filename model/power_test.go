package model

import (
	"fmt"
	"math"
	"testing"

	"oxysim/sim"
	"oxysim/sim/rng"
)

// fed returns a Config of plants fed by the given grids, one each, and nothing
// else. Each plant has the generator.
func fed(grids []Grid, g *Generator, horizon sim.Span) *Config {
	c := &Config{Horizon: horizon, Grids: grids}
	for i := range grids {
		c.Plants = append(c.Plants, Plant{Name: fmt.Sprintf("plant.%d", i), Power: Power{Grid: i, Generator: g}})
	}
	return c
}

// steady returns a grid that never fails by chance.
func steady(name string) Grid { return Grid{Name: name, Parent: None, Storm: None} }

// Blocks of load-shedding give their mean hours a day, whether or not the
// blocks divide them.
func TestBlocksGiveTheirMeanHours(t *testing.T) {
	for _, x := range []struct {
		hours  float64
		length sim.Span
	}{{11, 3 * sim.Hour}, {13, sim.Hour}, {5, 8 * sim.Hour}, {24, 2 * sim.Hour}, {0, sim.Hour}} {
		run := func(hours float64) (off sample) {
			g := steady("a")
			g.Blocks = &Blocks{HoursOff: hours, Length: x.length}
			w := New(fed([]Grid{g}, nil, 30*sim.Day))
			k := metricAt(t, w, "plant.0.power_off_hours")
			for r := range replications(800) {
				off.add(w.Run(1, r)[k] / 30)
			}
			return off
		}
		off := run(x.hours)
		if wrong := off.disagrees(x.hours); wrong != "" {
			t.Errorf("%v h a day in blocks of %v: %s", x.hours, x.length, wrong)
		}
		if bent := run(x.hours * 0.95); x.hours > 0 && !checked && bent.disagrees(x.hours) == "" {
			t.Errorf("%v h a day in blocks of %v: a bend of 5 %% cannot be told", x.hours, x.length)
		}
	}
}

// More hours of load-shedding a day keep those there were.
func TestMoreSheddingKeepsTheBlocks(t *testing.T) {
	off := func(hours float64) []bool {
		g := steady("a")
		g.Blocks = &Blocks{HoursOff: hours, Length: 2 * sim.Hour}
		w := New(fed([]Grid{g}, nil, 30*sim.Day))
		w.reset(5, 0)
		var all []bool
		for day := range 30 {
			w.runUntil(sim.Time(day)*sim.Time(sim.Day) + 60)
			all = append(all, w.grids[0].blocks.off...)
		}
		return all
	}
	few, many := off(5), off(9)
	for i := range few {
		if few[i] && !many[i] {
			t.Fatalf("block %d is without power for 5 h a day but not for 9", i)
		}
	}
}

// Random outages take Down / (Up + Down) of the time.
func TestRandomOutagesAreAnAlternatingRenewal(t *testing.T) {
	run := func(bend float64) (off sample) {
		g := steady("a")
		g.Random, g.Up, g.Down = true, rng.Exponential(bend*36*3600), rng.LogNormal(4*3600, 1.2)
		w := New(fed([]Grid{g}, nil, sim.Year))
		k := metricAt(t, w, "plant.0.power_off_hours")
		for r := range replications(3000) {
			off.add(w.Run(2, r)[k] / 8760)
		}
		return off
	}
	straight, bent := run(1), run(1.05)
	holds(t, "share of time without power", 0.1, &straight, &bent)
}

// A profile and the weather multiply the rate of outages: short outages come
// at the mean of the multiplied rates.
func TestOutagesFollowProfileAndWeather(t *testing.T) {
	const perDay = 0.5
	g := steady("a")
	g.Random, g.Up, g.Down = true, rng.Exponential(float64(sim.Day)/perDay), rng.Constant(1)
	g.Profile = make([]float64, 100)
	for d := range g.Profile {
		g.Profile[d] = float64(d % 2) // every other day there is none
	}
	g.Storm, g.Factor = 0, 3
	c := fed([]Grid{g}, nil, 100*sim.Day)
	c.Weathers = []Weather{{Name: "rain", Wet: []float64{0.3}, Stay: 0.5}}
	w := New(c)
	k := metricAt(t, w, "plant.0.power_outages")
	var n sample
	for r := range replications(3000) {
		n.add(w.Run(3, r)[k])
	}
	if wrong := n.disagrees(50 * perDay * (0.7 + 3*0.3)); wrong != "" {
		t.Error(wrong)
	}
}

// A grid is off while any of its ancestors is, and a place sees no gap between
// an outage above and one below that meet.
func TestParentsShareTheirOutages(t *testing.T) {
	country, region, town := steady("country"), steady("region"), steady("town")
	country.Shed = Windows{{2 * sim.Hour, 4 * sim.Hour}}
	region.Parent, region.Shed = 0, Windows{{4 * sim.Hour, 5 * sim.Hour}}
	town.Parent, town.Shed = 1, Windows{{7 * sim.Hour, 8 * sim.Hour}}
	w := New(fed([]Grid{country, region, town}, nil, 10*sim.Day))
	out := w.Run(1, 1)
	for i, want := range []struct{ hours, outages float64 }{{20, 10}, {30, 10}, {40, 20}} {
		hours := out[metricAt(t, w, fmt.Sprintf("plant.%d.power_off_hours", i))]
		outages := out[metricAt(t, w, fmt.Sprintf("plant.%d.power_outages", i))]
		if hours != want.hours || outages != want.outages {
			t.Errorf("%s: %v h in %v outages, want %v h in %v", w.cfg.Grids[i].Name, hours, outages, want.hours, want.outages)
		}
	}
}

// A generator starts with its probability, once per outage, and feeds after
// the change-over.
func TestGeneratorStarts(t *testing.T) {
	run := func(start float64) (ran, off sample) {
		g := steady("a")
		g.Shed = Windows{{6 * sim.Hour, 9 * sim.Hour}}
		w := New(fed([]Grid{g}, &Generator{Start: start, ChangeOver: rng.Uniform(0, 3600), LitresHour: 10}, 100*sim.Day))
		hours, diesel := metricAt(t, w, "plant.0.generator_hours"), metricAt(t, w, "plant.0.diesel")
		dark, outages := metricAt(t, w, "plant.0.power_off_hours"), metricAt(t, w, "plant.0.power_outages")
		for r := range replications(500) {
			out := w.Run(4, r)
			ran.add(out[hours] / 100)
			off.add(out[dark] / 100)
			if out[diesel] != 10*out[hours] || out[outages] != 100 {
				t.Fatalf("%v L of diesel in %v h, %v outages; want 10 L/h, 100 outages", out[diesel], out[hours], out[outages])
			}
		}
		return ran, off
	}
	ran, off := run(0.8)
	bentRan, bentOff := run(0.8 * 0.95)
	holds(t, "hours the generator runs a day", 0.8*2.5, &ran, &bentRan)
	holds(t, "hours without power a day", 3-0.8*2.5, &off, &bentOff)
}

// By hand: a tank of 10 h, refilled 7 h after it is half empty, in an outage
// that never ends.
func TestGeneratorFuelByHand(t *testing.T) {
	g := steady("a")
	g.Random, g.Up, g.Down = true, hours(1), hours(1e6)
	gen := &Generator{Start: 1, ChangeOver: hours(0.5), Fuel: 10 * sim.Hour, Refill: hours(7), LitresHour: 2}
	w := New(fed([]Grid{g}, gen, 48*sim.Hour))
	w.reset(1, 1)
	// Power till 1, from 1:30 on; order at 6:30, empty at 11:30, full at 13:30.
	// Order at 18:30, empty at 23:30, full at 25:30; and so on every 12 h.
	edges := []float64{1, 1.5, 11.5, 13.5, 23.5, 25.5, 35.5, 37.5, 47.5}
	on := true
	for _, e := range edges {
		w.runUntil(sim.Time(e * 3600))
		if w.powered(0) != on {
			t.Fatalf("before %v h: power %v, want %v", e, w.powered(0), on)
		}
		on = !on
		w.runUntil(sim.Time(e*3600) + 1)
		if w.powered(0) != on {
			t.Fatalf("from %v h on: power %v, want %v", e, w.powered(0), on)
		}
	}
	out := w.Run(1, 1)
	if got := out[metricAt(t, w, "plant.0.generator_hours")]; got != 40 {
		t.Errorf("generator ran for %v h, want 40", got)
	}
	if got := out[metricAt(t, w, "plant.0.power_off_hours")]; got != 7 {
		t.Errorf("%v h without power, want 7", got)
	}
}

// A grid that returns spares the fuel; the generator that ran dry starts again
// in the next outage only when fuel has come.
func TestGridReturnsBeforeFuel(t *testing.T) {
	g := steady("a")
	g.Shed = Windows{{2 * sim.Hour, 8 * sim.Hour}, {10 * sim.Hour, 14 * sim.Hour}}
	gen := &Generator{Start: 1, Fuel: 4 * sim.Hour, Refill: hours(8)}
	w := New(fed([]Grid{g}, gen, sim.Day))
	out := w.Run(1, 1)
	// It runs 2–6 h and orders at 4 h; fuel comes at 12 h, and it runs until 14 h.
	if got := out[metricAt(t, w, "plant.0.generator_hours")]; got != 6 {
		t.Errorf("generator ran for %v h, want 6", got)
	}
	if got := out[metricAt(t, w, "plant.0.power_off_hours")]; got != 4 {
		t.Errorf("%v h without power, want 4", got)
	}
}

// A place without a grid lives from its generator.
func TestGeneratorWithoutGrid(t *testing.T) {
	c := fed([]Grid{steady("a")}, &Generator{Start: 0, Fuel: 10 * sim.Hour, Refill: hours(5)}, 10*sim.Day)
	c.Plants[0].Power.Grid = None
	w := New(c)
	out := w.Run(1, 1)
	if got := out[metricAt(t, w, "plant.0.power_off_hours")]; got != 0 {
		t.Errorf("%v h without power, want none: fuel comes as the tank runs dry", got)
	}
	if got := out[metricAt(t, w, "plant.0.generator_hours")]; got != 240 {
		t.Errorf("generator ran for %v h, want 240", got)
	}
}

// Outages belong to the grid: a generator, or a second place, changes none.
func TestOutagesBelongToTheGrid(t *testing.T) {
	off := func(gen *Generator, places int) float64 {
		g := steady("a")
		g.Random, g.Up, g.Down = true, rng.Exponential(1e5), rng.Exponential(1e4)
		c := fed([]Grid{g}, gen, sim.Year)
		for range places {
			c.Plants = append(c.Plants, Plant{Name: fmt.Sprintf("plant.%d", len(c.Plants)), Power: Power{Grid: 0}})
		}
		w := New(c)
		return w.Run(9, 9)[metricAt(t, w, "plant.0.grid_off_hours")]
	}
	a, b := off(nil, 0), off(&Generator{Start: 0.5}, 3)
	if a != b || math.IsNaN(a) || a == 0 {
		t.Errorf("the grid was off for %v h alone and %v h with a generator and more places", a, b)
	}
}
