package model

import "oxysim/sim"

// fetches reports whether a truck belongs to a hospital, which fetches its
// cylinders with it.
func (t *truck) fetches(w *World) bool { return t.cfg.Home >= len(w.cfg.Plants) }

// fetchedByItself reports whether the hospital of a line fetches its cylinders.
func (w *World) fetchedByItself(line int) bool {
	return w.lines[line].supply.Policy.Kind == Collect
}

// sendToFetch sends a hospital's own truck to its plant with the empties there
// are, and reports whether it could go.
func (w *World) sendToFetch(line int) bool {
	l := &w.lines[line]
	i := w.ownTruck(l)
	if i == None {
		return false
	}
	t := &w.trucks[i]
	w.beginTrip(t)
	t.stops = append(t.stops, stop{l.hospital})
	t.fetch = int32(line)
	for _, k := range w.hospitals[l.hospital].lines {
		m := &w.lines[k]
		w.loseSome(m)
		if n := min(w.ledger.count(m.empty), t.cfg.Room-w.aboard(t)); n > 0 {
			w.ledger.move(w.now, n, m.empty, t.empty+pileID(m.typ))
		}
	}
	t.tally.trips++
	w.loadUp(i)
	return true
}

// ownTruck returns a truck of the hospital of a line that is at home and may
// leave, or None; then dispatch looks again when it may.
func (w *World) ownTruck(l *line) int {
	p := l.supply.Plant
	for i := range w.trucks {
		t := &w.trucks[i]
		if t.cfg.Home != w.placeOf(l) || t.phase != parked {
			continue
		}
		leaves := t.cfg.Shift.opens(w.cfg.Start, t.cfg.Days, w.now)
		if leaves == w.now || l.urgent {
			return i
		}
		w.fetchLater(p, leaves)
	}
	return None
}

// fetchLater makes a plant's dispatch look again at an instant.
func (w *World) fetchLater(p int, at sim.Time) {
	w.plants[p].again = min(w.plants[p].again, at)
}

// arriveToFetch: a hospital's truck is at the plant. Its empties are taken off.
func (w *World) arriveToFetch(i int) {
	t := &w.trucks[i]
	if !w.takeDock(i) {
		return
	}
	t.phase = fetchUnload
	if d := w.handling(t, w.aboard(t)); d > 0 {
		w.set(truckMoved, i, w.now.Add(d))
		return
	}
	w.handIn(i)
}

// handIn: the empties are off; the truck waits for full cylinders.
func (w *World) handIn(i int) {
	t := &w.trucks[i]
	w.freeDock(t)
	t.phase = fetching
	w.cancel(truckMoved, i)
	w.plants[t.plant].fetchers = append(w.plants[t.plant].fetchers, int32(i))
	w.takeOffAtPlant(t)
	w.set(dispatched, int(t.plant), w.now)
}

// serveFetchers loads the hospitals' trucks that wait at a plant, in the order
// in which they came.
func (w *World) serveFetchers(p int) {
	pl := &w.plants[p]
	kept := pl.fetchers[:0]
	for _, i := range pl.fetchers {
		t := &w.trucks[i]
		line := int(t.fetch)
		l := &w.lines[line]
		want := w.wantedBy(l)
		free := w.free(pl, l)
		if want > 0 && free == 0 {
			pl.starved = true
			kept = append(kept, i)
			continue
		}
		k := len(t.stops)
		w.addToTrip(p, t, line, min(want, free))
		t.stops = t.stops[:k]
		t.next++ // the way home
		w.loadUp(int(i))
	}
	pl.fetchers = kept
}

// wantedBy returns how many cylinders a line lacks up to its level, whether or
// not it would order them now.
func (w *World) wantedBy(l *line) int {
	return max(l.supply.Policy.UpTo-w.position(l), 0)
}

// bringHome takes what a hospital's truck has fetched off it.
func (w *World) bringHome(i int) {
	t := &w.trucks[i]
	h := t.cfg.Home - len(w.cfg.Plants)
	for _, k := range w.hospitals[h].lines {
		l := &w.lines[k]
		if n := w.ledger.count(t.full + pileID(l.typ)); n > 0 {
			w.leak(t.full+pileID(l.typ), n)
			w.ledger.move(w.now, n, t.full+pileID(l.typ), l.full)
			w.received(int(k), n)
		}
		w.stockMoved(int(k))
	}
}
