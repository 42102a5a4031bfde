package model

import "oxysim/sim"

// Confine lets happen, in all replications from the next on, only what can
// concern some things, by their dotted names: a hospital, plant, vendor or
// truck. Those that can are the ones with which they share a plant, a truck, a
// crew or a round, directly or by way of others. For them nothing changes, to
// the last bit, since what chance does to a thing is drawn by its name; the
// metrics of all others, and of the network, then mean nothing. Confine reports
// whether anything is left out. Without names, everything happens again.
func (w *World) Confine(things ...string) bool {
	w.asleep, w.sleeping = nil, w.sleeping[:0]
	if len(things) == 0 {
		return false
	}
	parts := w.parts()
	wanted := map[int]bool{}
	for _, thing := range things {
		place := w.placeNamed(thing)
		if place == None {
			return false // of everything, such as a road
		}
		wanted[parts.of(place)] = true
	}
	asleep := make([]bool, len(w.cfg.Plants)+len(w.cfg.Hospitals))
	some := false
	for place := range asleep {
		asleep[place] = !wanted[parts.of(place)]
		some = some || asleep[place]
	}
	if !some {
		return false
	}
	w.asleep = asleep
	for slot, who := range w.slots.of {
		if place := w.placeOfOwner(who.kind, int(who.owner)); place != None && asleep[place] {
			w.sleeping = append(w.sleeping, int32(slot))
		}
	}
	return true
}

// sleep leaves nothing pending for those who are asleep.
func (w *World) sleep() {
	for _, slot := range w.sleeping {
		w.calendar.Set(int(slot), sim.Never)
	}
}

// awake reports whether what happens at a place is simulated.
func (w *World) awake(place int) bool { return w.asleep == nil || !w.asleep[place] }

// placeNamed returns the plant or hospital of a dotted name, or that of a truck
// of the name, or None.
func (w *World) placeNamed(thing string) int {
	for p := range w.cfg.Plants {
		if w.cfg.Plants[p].Name == thing {
			return p
		}
	}
	for h := range w.cfg.Hospitals {
		if w.cfg.Hospitals[h].Name == thing {
			return len(w.cfg.Plants) + h
		}
	}
	for t := range w.cfg.Trucks {
		if w.cfg.Trucks[t].Name == thing {
			return w.cfg.Trucks[t].Home
		}
	}
	return None
}

// parts are plants and hospitals, each with the root of its part of the network.
type parts []int

// of returns the root of the part that a place belongs to.
func (p parts) of(place int) int {
	for p[place] != place {
		p[place] = p[p[place]]
		place = p[place]
	}
	return place
}

// join makes two places belong to one part.
func (p parts) join(a, b int) { p[p.of(a)] = p.of(b) }

// parts divides the network into parts that cannot concern each other.
func (w *World) parts() parts {
	cfg := w.cfg
	plants := len(cfg.Plants)
	p := make(parts, plants+len(cfg.Hospitals))
	for i := range p {
		p[i] = i
	}
	crew := make([]int, len(cfg.Crews)) // a place that has it repair, or None
	for i := range crew {
		crew[i] = None
	}
	employ := func(m *Machine, place int) {
		switch {
		case m.Crew == None:
		case crew[m.Crew] == None:
			crew[m.Crew] = place
		default:
			p.join(crew[m.Crew], place)
		}
	}
	for i := range cfg.Plants {
		if m := cfg.Plants[i].Make; m != nil {
			employ(&m.Machines, i)
		}
	}
	for h := range cfg.Hospitals {
		x := &cfg.Hospitals[h]
		for i := range x.Lines {
			if s := x.Lines[i].Supply; s != nil {
				p.join(plants+h, s.Plant)
			}
		}
		if x.Pipe != nil {
			p.join(plants+h, x.Pipe.Plant)
		}
		if x.Concentrators != nil {
			employ(&x.Concentrators.Machines, plants+h)
		}
	}
	for i := range cfg.Rounds {
		for _, h := range cfg.Rounds[i].Stops {
			p.join(cfg.Rounds[i].Plant, plants+h)
		}
		if t := cfg.Rounds[i].Truck; t != None {
			p.join(cfg.Rounds[i].Plant, cfg.Trucks[t].Home)
		}
	}
	for i := range w.trucks {
		p.join(int(w.trucks[i].plant), cfg.Trucks[i].Home)
	}
	return p
}

// placeOfOwner returns the plant or hospital at which the owner of a slot acts,
// or None for one that is nobody's alone, such as the weather.
func (w *World) placeOfOwner(kind event, owner int) int {
	plants := len(w.cfg.Plants)
	switch kind {
	case powerTurned:
		return owner // of plants, then of hospitals
	case machineTurned:
		return int(w.machines[owner].pool) // of plants, then of hospitals
	case tankerMoved:
		return plants + int(w.wards[w.tankers[owner].ward].hospital)
	case stationTurned, released, gasTurned, dispatched:
		return owner
	case filled:
		return int(w.positions[owner].plant)
	case parcelCame, reported, cylinderEmptied, reviewed:
		return plants + int(w.lines[owner].hospital)
	case truckMoved:
		return int(w.trucks[owner].plant)
	case demanded:
		return plants + int(w.demands[owner].hospital)
	case patientCame:
		return plants + int(w.groups[owner].hospital)
	case wardTurned:
		return plants + int(w.wards[owner].hospital)
	case roundDue:
		return w.cfg.Rounds[owner].Plant
	}
	return None
}
