package model

// fetches reports whether a truck belongs to a hospital, which fetches its
// cylinders with it.
func (t *truck) fetches(w *World) bool { return t.cfg.Home >= len(w.cfg.Plants) }

// fetchedByItself reports whether the hospital of a line fetches its cylinders.
func (w *World) fetchedByItself(line int) bool {
	return w.lines[line].supply.Policy.Kind == Collect
}

// sendToFetch sends a hospital's own truck to its plant with the empties there
// are, and reports whether it could go. If not, it leaves in the plant's again
// when it may.
func (w *World) sendToFetch(p, line int) bool {
	l := &w.lines[line]
	pl := &w.plants[p]
	for _, i := range l.trucks {
		if t := &w.trucks[i]; t.fetch == int32(line) && t.next == 0 {
			return false // one is on its way there: what it will bring is not known yet
		}
	}
	if open := w.passable(w.placeOf(l), p); open > w.now {
		pl.again = min(pl.again, open)
		return false
	}
	i, ready := w.freeTruck(l)
	if i == None {
		pl.again = min(pl.again, ready)
		return false
	}
	t := &w.trucks[i]
	w.beginTrip(t)
	if l.urgent {
		t.tally.urgent++
	}
	t.plant, t.fetch = int32(p), int32(line)
	t.stops = append(t.stops, stop{l.hospital})
	for _, k := range w.hospitals[l.hospital].lines {
		m := &w.lines[k]
		w.loseSome(m)
		if n := min(w.ledger.count(m.empty), w.roomFor(t, w.cfg.Types[m.typ].Empty)); n > 0 {
			w.ledger.move(w.now, n, m.empty, t.empty+pileID(m.typ))
		}
	}
	w.send(i)
	return true
}

// collect: the empties of a hospital's truck are off; it waits for full
// cylinders.
func (w *World) collect(i int) {
	t := &w.trucks[i]
	p := int(t.plant)
	w.freeDock(t)
	w.turn(t, collecting)
	w.cancel(truckMoved, i)
	w.plants[p].fetchers = append(w.plants[p].fetchers, int32(i))
	w.takeOffAtPlant(t)
	w.set(dispatched, p, w.now)
}

// serveFetchers loads the hospitals' trucks that wait at a plant, in the order
// in which they came. One for whose order there is no cylinder goes on waiting.
func (w *World) serveFetchers(p int) {
	pl := &w.plants[p]
	kept := pl.fetchers[:0]
	for _, i := range pl.fetchers {
		t := &w.trucks[i]
		l := &w.lines[t.fetch]
		if w.wantedBy(l) > 0 && w.free(pl, l) == 0 {
			pl.starved = true
			kept = append(kept, i)
			continue
		}
		w.loadFetched(p, t, int(t.fetch))
		for _, k := range w.hospitals[l.hospital].lines { // and what else it lacks
			if s := w.lines[k].supply; k != t.fetch && s != nil && s.Plant == p && w.fetchedByItself(int(k)) {
				w.loadFetched(p, t, int(k))
			}
		}
		t.next++ // the way home
		w.atDock(int(i), loading)
	}
	pl.fetchers = kept
}

// loadFetched loads what a line of a hospital lacks onto its own truck.
func (w *World) loadFetched(p int, t *truck, line int) {
	l := &w.lines[line]
	w.addToTrip(p, t, line, min(w.wantedBy(l), w.free(&w.plants[p], l)))
}

// wantedBy returns how many cylinders a line lacks up to its level, whether or
// not it would order them now.
func (w *World) wantedBy(l *line) int {
	return max(l.supply.Policy.UpTo-w.position(l), 0)
}

// bringHome takes what a hospital's truck has fetched off it.
func (w *World) bringHome(t *truck) {
	h := t.cfg.Home - len(w.cfg.Plants)
	for _, k := range w.hospitals[h].lines {
		l := &w.lines[k]
		if n := w.ledger.count(t.full + pileID(l.typ)); n > 0 {
			w.bring(t, int(k), n)
			w.received(int(k), n)
		}
		w.stockMoved(int(k))
	}
}
