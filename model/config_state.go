package model

import "oxysim/sim"

// What follows is how a world may begin if not as usual: with everything whole,
// at home and idle. Instants count from the start of day 0, as [Config.At].

// Failed is something that has been down since before the start: a machine, or
// a grid.
type Failed struct {
	Mode  int      // in which a machine has failed, or None if that is not known
	For   sim.Span // how long it has been down at the start
	Until sim.Time // when it will be back; 0 if that is not known, and then it is drawn given For
}

// Coming is full cylinders on their way to a hospital.
type Coming struct {
	Count int
	At    sim.Time // of arrival
}

// Away is what a truck does at the start: it is on its way to hospitals, on its
// way home, or out of service at home.
type Away struct {
	Until  sim.Time // when it is at its first stop or, if it has none, at home or in service again
	Broken bool     // out of service; then there are no stops
	Stops  []Visit
	Fetch  int   // for a hospital's own truck on its way home, the line of the hospital for which it has fetched
	Full   []int // aboard for no stop, by type
	Empty  []int
}

// Visit is a stop of a truck that is under way at the start.
type Visit struct {
	Hospital int
	Load     []int // full cylinders for it, by type
}
