package model

// What can be seen of a world in the middle of a replication, by the indices of
// the Config. To look changes no number.

// OnHand returns how many full cylinders, of all types, a hospital has.
func (w *World) OnHand(hospital int) (n int) {
	for _, k := range w.hospitals[hospital].lines {
		n += w.ledger.count(w.lines[k].full)
	}
	return n
}

// Bare reports whether a hospital has no full cylinder of a type that it keeps.
func (w *World) Bare(hospital int) bool {
	for _, k := range w.hospitals[hospital].lines {
		if w.lines[k].zero.on {
			return true
		}
	}
	return false
}

// Short reports whether a hospital is in a stockout: it needs more than it has.
func (w *World) Short(hospital int) bool { return w.hospitals[hospital].short.on }

// DaysOfCover returns for how many days what a hospital has on hand lasts at its
// mean use; ok is false if it is expected to use no cylinders.
func (w *World) DaysOfCover(hospital int) (days float64, ok bool) { return w.daysOfCover(hospital) }

// InStage returns how many cylinders, of all types, are in a stage of their life.
func (w *World) InStage(s Stage) (n int) {
	for p := w.ledger.base[s]; p < w.ledger.end(s); p++ {
		n += w.ledger.count(p)
	}
	return n
}

// Powered reports whether a plant has electricity.
func (w *World) Powered(plant int) bool { return w.powered(plant) }

// Machines returns how many of a plant's machines run, and how many should.
func (w *World) Machines(plant int) (run, should int) {
	p := &w.pools[plant]
	return int(p.running), p.needed()
}

// Binding returns what keeps a plant from filling more, and how many cylinders
// are being filled.
func (w *World) Binding(plant int) (c Constraint, filling int) {
	p := &w.plants[plant]
	for _, q := range p.positions {
		filling += int(w.positions[q].count)
	}
	return p.binds, filling
}

// Doing returns what a truck does, in a word such as "driving" or "held", and
// the index of the hospital it drives to or is unloaded at; None if it is at home or
// on its way there.
func (w *World) Doing(truck int) (what string, hospital int) {
	t := &w.trucks[truck]
	if t.phase == parked || int(t.next) >= len(t.stops) {
		return t.phase.String(), None
	}
	return t.phase.String(), int(t.stops[t.next].hospital)
}

// Closed reports whether a road is closed now, working hours apart.
func (w *World) Closed(link int) bool { return w.blockedUntil(link, w.now) > w.now }

// Way returns the roads of the usual way from one place to another, places being
// plants, then hospitals, then junctions; none if there is no way.
func (w *World) Way(from, to int) (links []int) {
	for at := from; at != to; {
		l := w.roads.hop[to*w.roads.places+at]
		if l == None {
			return nil
		}
		links = append(links, int(l))
		at = w.otherEnd(int(l), at)
	}
	return links
}

// HoursShort returns for how many hours a hospital has been in a stockout since
// the statistics began.
func (w *World) HoursShort(hospital int) float64 { return w.hospitals[hospital].short.hours(w.now) }
