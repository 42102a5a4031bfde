package model

import (
	"fmt"

	"oxysim/sim"
)

// sightings are what a tracer has seen of a world, to find what has changed.
type sightings struct {
	trucks  []truckSeen
	lines   []lineSeen
	plants  []plantSeen
	grids   []bool   // off
	numbers []uint64 // of patients, by group
}

type truckSeen struct {
	phase phase
	at    int32
	until sim.Time // when it acts next
}

type lineSeen struct {
	waits bool  // in its plant's queue
	asked int64 // cylinders ordered
	owed  int32
	lost  int64
	left  int64
}

type plantSeen struct{ open, running bool }

func newSightings(w *World) sightings {
	var s sightings
	s.look(w)
	return s
}

// look notes what can be seen.
func (s *sightings) look(w *World) {
	s.trucks, s.lines, s.plants, s.grids, s.numbers = s.trucks[:0], s.lines[:0], s.plants[:0], s.grids[:0], s.numbers[:0]
	for i := range w.trucks {
		s.trucks = append(s.trucks, w.seeTruck(i))
	}
	for i := range w.lines {
		s.lines = append(s.lines, w.seeLine(i))
	}
	for i := range w.plants {
		s.plants = append(s.plants, plantSeen{w.plants[i].open, w.plants[i].running})
	}
	for i := range w.grids {
		s.grids = append(s.grids, w.grids[i].off)
	}
	for i := range w.groups {
		s.numbers = append(s.numbers, w.groups[i].number)
	}
}

func (w *World) seeTruck(i int) truckSeen {
	t := &w.trucks[i]
	return truckSeen{t.phase, t.at, w.calendar.At(int(w.slots.first[truckMoved]) + i)}
}

func (w *World) seeLine(i int) lineSeen {
	l := &w.lines[i]
	return lineSeen{l.asked != sim.Never, l.tally.asked, l.queue.n, l.tally.lost, l.tally.left}
}

// after tells what has changed since it was last looked.
func (t *tracer) after() {
	w := t.w
	for i, was := range t.seen.grids {
		if off := w.grids[i].off; off != was {
			t.line(w.now, "grid."+w.cfg.Grids[i].Name, onOff(!off, "comes back", "goes off"))
		}
	}
	for i, was := range t.seen.plants {
		p := &w.plants[i]
		if p.open != was.open {
			t.line(w.now, p.cfg.Name, onOff(p.open, "opens for filling", "closes: no fill begins"))
		}
		if p.running != was.running {
			t.line(w.now, p.cfg.Name, onOff(p.running, "can make gas again", "can make no gas: no fill begins"))
		}
	}
	for i, was := range t.seen.numbers {
		g := &w.groups[i]
		for range g.number - was {
			t.line(w.now, w.cfg.Hospitals[g.hospital].Name, fmt.Sprintf("a patient comes (%d now need %v)", w.wards[g.ward].count, w.wards[g.ward].need))
		}
	}
	for i, was := range t.seen.lines {
		t.changed(i, was)
	}
	for i, was := range t.seen.trucks {
		if is := w.seeTruck(i); is != was {
			t.went(i, was, is)
		}
	}
	t.seen.look(w)
}

func onOff(on bool, yes, no string) string {
	if on {
		return yes
	}
	return no
}

// changed tells what has changed for a line.
func (t *tracer) changed(i int, was lineSeen) {
	w := t.w
	l := &w.lines[i]
	is := w.seeLine(i)
	who := w.cfg.Hospitals[l.hospital].Name
	if n := is.lost - was.lost; n > 0 {
		t.line(w.now, who, fmt.Sprintf("turns %s away: none on hand", plural(int(n), "request")))
	}
	if n := is.left - was.left; n > 0 {
		t.line(w.now, who, plural(int(n), "request")+" given up after waiting")
	}
	if is.owed > was.owed {
		t.line(w.now, who, fmt.Sprintf("owes %s: none on hand", t.number(int(is.owed), int(l.typ))))
	}
	if l.supply == nil {
		return
	}
	from := w.cfg.Plants[l.supply.Plant].Name
	switch {
	case l.couriers() && is.asked > was.asked:
		t.with(w.now, who, from, fmt.Sprintf("orders %s from %s by courier", t.number(int(is.asked-was.asked), int(l.typ)), from))
	case is.waits && !was.waits:
		how := ""
		if l.urgent {
			how = ", urgently"
		}
		t.with(w.now, who, from, fmt.Sprintf("orders %s from %s%s (position %d)",
			t.number(w.wanted(i), int(l.typ)), from, how, w.position(l)))
	}
}

// went tells what a truck does now.
func (t *tracer) went(i int, was, is truckSeen) {
	w := t.w
	k := &w.trucks[i]
	place := w.placeName(int(is.at))
	what := ""
	switch is.phase {
	case parked:
		what = "is free at " + place
	case docking:
		what = "waits for a dock at " + place
	case loading:
		what = fmt.Sprintf("is being loaded until %v", is.until)
	case driving:
		switch to := w.placeName(w.target(k)); {
		case was.phase == held || was.phase == resting || was.phase == broken || was.at == is.at:
			what = fmt.Sprintf("goes on to %s, %v to drive", place, k.left)
		case to != place:
			what = fmt.Sprintf("sets out for %s by way of %s, %v away", to, place, k.left)
		default:
			what = fmt.Sprintf("sets out for %s, %v away", place, k.left)
		}
	case held, resting, broken:
		what = fmt.Sprintf("stands until %v", is.until)
	case unloading, emptying, handingIn:
		what = fmt.Sprintf("is being unloaded until %v", is.until)
	case collecting:
		what = "waits for full cylinders at " + place
	default:
		what = is.phase.String()
	}
	t.with(w.now, k.cfg.Name, place, what)
}
