package model

import (
	"testing"

	"oxysim/sim"
	"oxysim/sim/rng"
)

// hours returns the law of a constant number of hours.
func hours(h float64) rng.Law { return rng.Constant(h * 3600) }

// stretch is the hours up to one, and how many machines make gas in them.
type stretch struct {
	until     int
	producing int
}

// By hand: with constant laws the number of machines in specification is known
// at every hour.
func TestMachinesByHand(t *testing.T) {
	fails := func(after, lasts float64) Failure { return Failure{After: hours(after), Lasts: hours(lasts)} }
	tests := []struct {
		name string
		m    Machine
		off  Windows // no power
		want []stretch
	}{
		{"one machine fails and is repaired",
			Machine{Count: 1, Crew: None, Modes: []Failure{fails(10, 2)}}, nil,
			[]stretch{{10, 1}, {12, 0}, {22, 1}, {24, 0}, {34, 1}}},
		{"the clock runs while it restarts",
			Machine{Count: 1, Crew: None, Modes: []Failure{fails(10, 2)}, Restart: hours(3)}, nil,
			[]stretch{{10, 1}, {15, 0}, {22, 1}, {27, 0}, {34, 1}}},
		{"the other mode keeps its life",
			Machine{Count: 1, Crew: None, Modes: []Failure{fails(10, 1), fails(15, 2)}}, nil,
			[]stretch{{10, 1}, {11, 0}, {16, 1}, {18, 0}, {23, 1}, {24, 0}}},
		{"a part is waited for before the repair",
			Machine{Count: 1, Crew: None, Modes: []Failure{{After: hours(10), Lasts: hours(1), Spare: hours(4)}}}, nil,
			[]stretch{{10, 1}, {15, 0}, {25, 1}, {30, 0}}},
		{"a cold spare takes over and does not age before",
			Machine{Count: 1, Spares: 1, Crew: None, Modes: []Failure{fails(10, 15)}}, nil,
			[]stretch{{20, 1}, {25, 0}, {35, 1}, {45, 1}}},
		{"planned stops are staggered and spares stand in",
			Machine{Count: 2, Spares: 1, Crew: None, Maintenance: 30 * sim.Hour, Stop: hours(2)}, nil,
			[]stretch{{60, 2}}},
		{"planned stops without spares",
			Machine{Count: 2, Crew: None, Maintenance: 20 * sim.Hour, Stop: hours(2)}, nil,
			[]stretch{{10, 2}, {12, 1}, {20, 2}, {22, 1}, {30, 2}, {32, 1}, {40, 2}}},
		{"a planned stop during a repair is part of it",
			Machine{Count: 1, Crew: None, Modes: []Failure{fails(10, 15)}, Maintenance: 20 * sim.Hour, Stop: hours(2)}, nil,
			[]stretch{{10, 1}, {25, 0}, {35, 1}, {50, 0}}},
		{"without power the clock stands",
			Machine{Count: 1, Crew: None, Modes: []Failure{fails(10, 3)}}, Windows{{6 * sim.Hour, 12 * sim.Hour}},
			[]stretch{{6, 1}, {12, 0}, {16, 1}, {19, 0}, {29, 1}}},
		{"a clock by the calendar goes on",
			Machine{Count: 1, Crew: None, Calendar: true, Modes: []Failure{fails(10, 3)}}, Windows{{6 * sim.Hour, 12 * sim.Hour}},
			[]stretch{{6, 1}, {13, 0}, {23, 1}, {26, 0}, {30, 1}}},
		{"power that returns restarts",
			Machine{Count: 1, Crew: None, Restart: hours(1)}, Windows{{6 * sim.Hour, 12 * sim.Hour}},
			[]stretch{{6, 1}, {13, 0}, {30, 1}, {37, 0}}},
		{"power that returns during a repair does nothing",
			Machine{Count: 1, Crew: None, Modes: []Failure{fails(5, 4)}}, Windows{{6 * sim.Hour, 8 * sim.Hour}},
			[]stretch{{5, 1}, {9, 0}, {14, 1}}},
	}
	for _, x := range tests {
		t.Run(x.name, func(t *testing.T) {
			c := machinesOnly(x.m, 0, sim.Year)
			c.Grids = []Grid{{Name: "a", Parent: None, Storm: None, Shed: x.off}}
			c.Plants[0].Power.Grid = 0
			w := New(c)
			w.reset(1, 1)
			hour := 0
			for _, s := range x.want {
				for ; hour < s.until; hour++ {
					w.runUntil(sim.Time(hour)*3600 + 1800)
					if got := w.producing(0); got != s.producing {
						t.Fatalf("half an hour after hour %d: %d machines produce, want %d", hour, got, s.producing)
					}
				}
			}
		})
	}
}

// One crew repairs the machines of three plants in the order in which they
// failed, and at one instant in the order of the machines.
func TestCrewRepairsInOrderOfFailure(t *testing.T) {
	tests := []struct {
		name  string
		lives [3]float64
		crews int
		back  [3]int // the hour at which each plant produces again
	}{
		{"in order of failure", [3]float64{12, 10, 11}, 1, [3]int{25, 15, 20}},
		{"at one instant", [3]float64{10, 10, 10}, 1, [3]int{15, 20, 25}},
		{"two crews", [3]float64{10, 10, 10}, 2, [3]int{15, 15, 20}},
	}
	for _, x := range tests {
		t.Run(x.name, func(t *testing.T) {
			c := &Config{Horizon: sim.Year, Crews: []Crew{{"workshop", x.crews}}}
			for i, name := range []string{"plant.a", "plant.b", "plant.c"} {
				m := Machine{Count: 1, Crew: 0, Modes: []Failure{{After: hours(x.lives[i]), Lasts: hours(5), Crew: true}}}
				c.Plants = append(c.Plants, Plant{Name: name, Power: Power{Grid: None}, Make: &Make{Machines: m}})
			}
			w := New(c)
			w.reset(1, 1)
			for hour := 10; hour < 26; hour++ {
				w.runUntil(sim.Time(hour)*3600 + 1800)
				for i := range x.back {
					up := float64(hour) < x.lives[i] || hour >= x.back[i] && float64(hour) < float64(x.back[i])+x.lives[i]
					if got := w.producing(i) == 1; got != up {
						t.Fatalf("hour %d: plant %d produces: %v, want %v", hour, i, got, up)
					}
				}
			}
		})
	}
}

// A failure that needs no crew does not wait for one.
func TestRepairWithoutCrewDoesNotWait(t *testing.T) {
	c := machinesOnly(Machine{Count: 2, Crew: 0, Modes: []Failure{{After: hours(10), Lasts: hours(5)}}}, 1, sim.Year)
	w := New(c)
	w.reset(1, 1)
	w.runUntil(sim.Time(14 * sim.Hour))
	if got := w.producing(0); got != 0 {
		t.Errorf("during the repairs %d machines produce, want none", got)
	}
	w.runUntil(sim.Time(16 * sim.Hour))
	if got := w.producing(0); got != 2 {
		t.Errorf("after them %d machines produce, want both", got)
	}
}

// A machine's failures do not depend on how many there are: what is random
// about it is drawn from its own streams.
func TestMoreMachinesDoNotChangeTheFirst(t *testing.T) {
	lives := func(count int) (first []sim.Span) {
		m := Machine{Count: count, Crew: None, Modes: []Failure{{Name: "minor", After: rng.Exponential(1e6), Lasts: rng.Exponential(1e5)}}}
		w := New(machinesOnly(m, 0, sim.Year))
		w.reset(7, 3)
		return []sim.Span{w.machines[0].lives[0].left, w.machines[1].lives[0].left}
	}
	two, five := lives(2), lives(5)
	for i := range two {
		if two[i] != five[i] {
			t.Errorf("machine %d: first life %v of two, %v of five", i, two[i], five[i])
		}
	}
}
