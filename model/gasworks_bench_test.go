package model

import (
	"testing"

	"oxysim/sim"
	"oxysim/sim/rng"
)

// A year of a plant of 30 m³/h with ten positions and a tank, whose machine,
// booster and electricity fail, and which feeds a pipe: about 50 fills a day.
func BenchmarkGasworks(b *testing.B) {
	day := float64(sim.Day)
	run := func(b *testing.B, flow Flow) {
		g := Grid{Name: "g", Parent: None, Storm: None, Random: true, Up: rng.Exponential(1.5 * day), Down: rng.LogNormal(4*3600, 1.2)}
		m := Make{
			Machines: Machine{Count: 1, Crew: None, Restart: hours(0.5), Modes: []Failure{
				{Name: "minor", After: rng.Exponential(90 * day), Lasts: rng.LogNormal(2*day, 1)},
			}},
			Flow: flow, Tank: 10 * CubicMetre,
		}
		c := station(m, Fill{Positions: 10, Time: rng.LogNormal(5760, 0.1), Content: rng.Constant(1)}, 60, 1)
		c.Grids = []Grid{g}
		c.Plants[0].Power = Power{Grid: 0, Generator: &Generator{Start: 0.95, ChangeOver: hours(0.2), Fuel: 72 * sim.Hour, Refill: hours(24)}}
		c.Hospitals[0].Lines = []Line{{Full: 60, Supply: &Supply{
			Urgent: -1, Policy: Policy{Kind: OneForOne}, Courier: &Courier{Out: hours(6), Back: hours(6)},
		}}}
		c.Hospitals[0].Cylinders = []CylinderDemand{{
			Name: "hospital.0.cylinders", Mean: day / 50, Batch: rng.Constant(1), Storm: None, Use: hours(5), Unmet: Waits,
		}}
		w := New(c)
		filled := 0.0
		for i := 0; b.Loop(); i++ {
			out := w.Run(1, i)
			filled += out[0]
		}
		b.ReportMetric(float64(b.Elapsed().Nanoseconds())/float64(b.N)/(50*365), "ns/fill")
	}
	b.Run("limited", func(b *testing.B) { run(b, perHour(30)) })
	b.Run("unlimited", func(b *testing.B) { run(b, 0) })
}

// What a replication costs before anything happens in it.
func BenchmarkReset(b *testing.B) {
	day := float64(sim.Day)
	c := machinesOnly(Machine{Count: 1, Crew: None, Modes: []Failure{{After: rng.Exponential(30 * day), Lasts: rng.Exponential(5 * day)}}}, 0, 1)
	w := New(c)
	for b.Loop() {
		w.reset(1, 1)
	}
}
