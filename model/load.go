package model

// beginTrip makes a truck ready for a new trip, without stops yet.
func (w *World) beginTrip(t *truck) {
	t.stops, t.next = t.stops[:0], 0
	clear(t.load)
	t.trip = t.way.Sub(t.trips)
	t.trips++
	t.legs, t.handled, t.collects = 0, 0, false
	if w.now.Sub(t.parked) >= t.cfg.Rest {
		t.driven = 0
	}
}

// loadTrip sends a truck with up to n cylinders for a line and, while there is
// room, with what else is ordered by its hospital and, if the truck makes
// several stops, by hospitals near its way. It returns how many of the n go.
func (w *World) loadTrip(p, i, line, n int) int {
	t := &w.trucks[i]
	pl := &w.plants[p]
	w.beginTrip(t)
	if w.lines[line].urgent {
		t.tally.urgent++
	}
	n = w.addToTrip(p, t, line, n)
	for q := w.nearest(p, t); q != None; q = w.nearest(p, t) {
		other := int(pl.queue[q])
		served := w.tried[q]
		w.tried[q] = true
		want := w.granted(pl, &w.lines[other], w.wanted(other))
		if w.addToTrip(p, t, other, want) < want {
			w.tried[q] = served // the truck is full; another may bring the rest
		} else if w.wanted(other) > 0 {
			pl.starved = true // it had its share, and wants more
		}
	}
	w.send(i)
	return n
}

// nearest returns the index, in the queue of a plant, of the order nearest to
// the last stop of a trip that the truck can bring too, or None.
func (w *World) nearest(p int, t *truck) int {
	pl := &w.plants[p]
	last := t.stops[len(t.stops)-1].hospital
	best, least := None, noWay
	for q, k := range pl.queue {
		l := &w.lines[k]
		if l.hospital != last && (len(t.stops) >= t.cfg.Stops || !t.mayServe(l.hospital)) ||
			w.fetchedByItself(int(k)) || w.brings(t, l) || w.free(pl, l) == 0 ||
			w.roomFor(t, w.cfg.Types[l.typ].Full) == 0 || w.wanted(int(k)) == 0 {
			continue
		}
		at, to := len(w.cfg.Plants)+int(last), w.placeOf(l)
		if d := w.usually(at, to); d < least && w.passable(at, to) == w.now {
			best, least = q, d
		}
	}
	return best
}

// brings reports whether a truck has cylinders for a line aboard.
func (w *World) brings(t *truck, l *line) bool {
	for k, s := range t.stops {
		if s.hospital == l.hospital && t.loadAt(w, k)[l.typ] > 0 {
			return true
		}
	}
	return false
}

// addToTrip loads up to n cylinders for a line, as many as there is room for,
// and returns how many.
func (w *World) addToTrip(p int, t *truck, line, n int) int {
	l := &w.lines[line]
	n = min(n, w.roomFor(t, w.cfg.Types[l.typ].Full))
	if n <= 0 {
		return 0
	}
	from := w.plants[p].full + pileID(l.typ)
	w.leak(from, n)
	w.ledger.move(w.now, n, from, t.full+pileID(l.typ))
	w.shippedTo(l, p, n)
	l.tally.orders++
	l.tally.asked += int64(n)
	t.tally.carried += int64(n)
	k := len(t.stops) - 1
	if k < 0 || t.stops[k].hospital != l.hospital {
		t.stops = append(t.stops, stop{l.hospital})
		k++
	}
	t.loadAt(w, k)[l.typ] += int32(n)
	return n
}

// shippedTo books that n cylinders leave a plant for a line. What is on its way
// ends the urgency.
func (w *World) shippedTo(l *line, p, n int) {
	l.shipped += int32(n)
	l.lots = max(l.lots-int32(n), 0)
	l.urgent = false
	w.plants[p].tally.shipped += int64(n)
}

// send lets a truck begin its trip: it is loaded, and leaves.
func (w *World) send(i int) {
	w.trucks[i].tally.trips++
	if w.trace != nil {
		w.trace.sent(w.now, i)
	}
	w.atDock(i, loading)
}
