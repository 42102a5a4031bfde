package model

import (
	"testing"

	"oxysim/sim"
	"oxysim/sim/rng"
)

// A network all of whose cylinders are at the hospital at the start, with a
// plant that has none to hand out, is not stuck for ever: a truck fetches the
// empties, and from then on the loop turns.
func TestAPlantWithoutAFloatFetchesEmpties(t *testing.T) {
	one := rng.Constant(1)
	hour := rng.Constant(3600)
	c := &Config{
		Horizon: 20 * sim.Day,
		Types:   []CylinderType{{Name: "J", Content: 6800 * Litre, Usable: 1, Full: 78, Empty: 69}},
		Plants: []Plant{{Name: "plant.p", Power: Power{Grid: None}, Full: []int{0}, Empty: []int{0},
			Fill: &Fill{Positions: 2, Time: hour, Content: one}}},
		Hospitals: []Hospital{{Name: "hospital.h", Power: Power{Grid: None},
			Lines: []Line{{Full: 6, Supply: &Supply{Urgent: -1, Policy: Policy{Kind: OrderUpTo, Point: 3, UpTo: 6}}}},
			Cylinders: []CylinderDemand{{Name: "hospital.h.cylinders.w", Interval: rng.Constant(86400),
				Storm: None, Batch: one, Unmet: Waits}}}},
		Links:  []Link{{Name: "l", From: 0, To: 1, Time: &hour, Storm: None, DayVary: one, TripVary: one}},
		Trucks: []Truck{{Name: "truck.t", Home: 0, Room: 10, Stops: 1}},
	}
	w := New(c)
	values := w.Run(1, 0)
	// A cylinder a day is used; the third leaves three on hand, and the truck goes.
	for i, m := range w.Metrics() {
		switch {
		case m.Name == "hospital.h.stockout" && values[i] != 0:
			t.Error("the hospital runs out")
		case m.Name == "plant.p.filled" && values[i] < 14:
			t.Errorf("%v cylinders are filled, want most of the 20 that are used", values[i])
		}
	}
}
