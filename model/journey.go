package model

import (
	"slices"

	"oxysim/sim"
)

// Recount begins the statistics anew, now, as the end of a warm-up does: for a
// world that goes on from the middle of a replication.
func (w *World) Recount() { w.forget() }

// Journey is how a truck would go to a hospital if it were sent now.
type Journey struct {
	Truck   int
	Leaves  sim.Time // when it may leave home
	Arrives sim.Time // at its usual pace
	Room    int      // full cylinders of the type that it can take
}

// Journeys returns how trucks that are at home could bring cylinders of a type
// to a hospital, loaded at the plant that supplies it, or fetched by the
// hospital's own, the first to arrive first. Closures and checkpoints are left
// out; rests are not.
func (w *World) Journeys(hospital, typ int) (list []Journey) {
	for _, i := range w.hospitals[hospital].lines {
		l := &w.lines[i]
		if int(l.typ) != typ || l.supply == nil {
			continue
		}
		to, plant := w.placeOf(l), l.supply.Plant
		for _, k := range l.trucks {
			t := &w.trucks[k]
			if t.phase != parked || w.usually(plant, to) == noWay {
				continue
			}
			j := Journey{Truck: int(k), Leaves: t.mayLeave(w), Room: w.roomFor(t, w.cfg.Types[typ].Full)}
			way := w.usually(plant, to)
			if t.fetches(w) {
				way *= 2
			}
			takes := sim.Seconds(2*t.cfg.LoadFix.Mean()) + 2*sim.Span(j.Room)*t.cfg.LoadEach + way
			if d := t.cfg.Driving; d > 0 {
				takes += way / d * t.cfg.Rest
			}
			if j.Leaves == sim.Never || j.Room == 0 {
				continue
			}
			j.Arrives = j.Leaves.Add(takes)
			list = append(list, j)
		}
	}
	slices.SortStableFunc(list, func(a, b Journey) int { return int(a.Arrives - b.Arrives) })
	return list
}
