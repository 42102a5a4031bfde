package model

import (
	"fmt"
	"testing"

	"oxysim/sim"
	"oxysim/sim/rng"
)

// closedLoop is the loop of bench/o2_simpy.py: hospitals of 20 cylinders that
// lose six a day to Poisson demand, each with a truck of its own that leaves at
// ten empties, and plants of eight filling positions and one machine, one for
// so many hospitals. The loop itself has ten hospitals and one plant.
func closedLoop(hospitals, perPlant int) *Config {
	day := float64(sim.Day)
	c := &Config{Horizon: sim.Year, Types: []CylinderType{{Name: "J", Content: 6800 * Litre, Usable: 1}}}
	plants := (hospitals + perPlant - 1) / perPlant
	for p := range plants {
		c.Plants = append(c.Plants, Plant{
			Name: fmt.Sprintf("plant.%d", p), Power: Power{Grid: None}, Full: []int{4 * perPlant},
			Make: &Make{Machines: Machine{Count: 1, Crew: None, Calendar: true, Modes: []Failure{
				{Name: "any", After: rng.Exponential(30 * day), Lasts: rng.Exponential(2 * day)},
			}}},
			Fill: &Fill{Positions: (8*perPlant + 9) / 10, Time: rng.LogNormal(1200, 0.2), Content: rng.Constant(1)},
		})
	}
	time := rng.LogNormal(4*3600, 0.5)
	for h := range hospitals {
		name := fmt.Sprintf("hospital.%d", h)
		p, place := h/perPlant, plants+h
		c.Hospitals = append(c.Hospitals, Hospital{
			Name: name, Power: Power{Grid: None},
			Lines: []Line{{Full: 20, Supply: &Supply{Plant: p, Urgent: -1, Policy: Policy{Kind: OrderUpTo, Point: 10, UpTo: 20}}}},
			Cylinders: []CylinderDemand{{
				Name: name + ".cylinders", Storm: None, Mean: day / 6, Batch: rng.Constant(1), Unmet: Lost,
			}},
		})
		c.Links = append(c.Links, Link{
			Name: fmt.Sprint(h), From: p, To: place, Storm: None, Time: &time, DayVary: rng.Constant(1), TripVary: rng.Constant(1),
		})
		c.Trucks = append(c.Trucks, Truck{Name: fmt.Sprintf("truck.%d", h), Home: p, Serves: []int{h}, Room: 20, Stops: 1})
	}
	return c
}

// BenchmarkClosedLoop is a year of the loop that is raced against SimPy.
func BenchmarkClosedLoop(b *testing.B) { benchmarkLoop(b, closedLoop(10, 10)) }

// BenchmarkGrowth shows what an event costs in larger and larger networks.
func BenchmarkGrowth(b *testing.B) {
	for _, n := range []int{10, 100, 899} {
		b.Run(fmt.Sprintf("hospitals=%d", n), func(b *testing.B) { benchmarkLoop(b, closedLoop(n, 30)) })
	}
}

func benchmarkLoop(b *testing.B, cfg *Config) {
	w := New(cfg)
	events := 0
	for w.reset(1, 0); w.step(); {
		events++
	}
	b.ReportAllocs()
	for i := 0; b.Loop(); i++ {
		w.Run(1, i%8)
	}
	b.ReportMetric(float64(b.Elapsed().Nanoseconds())/float64(b.N)/float64(events), "ns/event")
}
