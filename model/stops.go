package model

// unload hands full cylinders to a hospital, takes empties and drives on.
func (w *World) unload(i int) {
	t := &w.trucks[i]
	h := int(t.stops[t.next].hospital)
	w.handOut(t, h, t.loadAt(w, int(t.next)))
	t.tally.stops++
	t.next++
	w.drive(i)
}

// handOut gives a hospital its cylinders and takes empties for them.
func (w *World) handOut(t *truck, h int, load []int32) {
	for _, k := range w.hospitals[h].lines {
		l := &w.lines[k]
		n := int(load[l.typ])
		if n > 0 {
			w.bring(t, int(k), n)
		}
		w.pickUp(t, l, n)
		if n > 0 {
			w.received(int(k), n)
		}
		w.stockMoved(int(k))
	}
}

// bring takes n full cylinders of a line off a truck.
func (w *World) bring(t *truck, line, n int) {
	l := &w.lines[line]
	from := t.full + pileID(l.typ)
	w.leak(from, n)
	w.ledger.move(w.now, n, from, l.full)
}

// pickUp takes empties onto a truck: n for the n it has brought, or every one
// there is room for.
func (w *World) pickUp(t *truck, l *line, n int) {
	w.loseSome(l)
	if t.collects || l.supply != nil && l.supply.AllEmpties {
		n = w.ledger.count(l.empty)
	}
	n = min(n, w.ledger.count(l.empty), w.roomFor(t, w.cfg.Types[l.typ].Empty))
	if n > 0 {
		w.ledger.move(w.now, n, l.empty, t.empty+pileID(l.typ))
	}
}

// park: a truck is unloaded at home, and free.
func (w *World) park(i int) {
	t := &w.trucks[i]
	w.freeDock(t)
	w.turn(t, parked)
	t.parked = w.now
	w.cancel(truckMoved, i)
	if t.fetches(w) {
		w.bringHome(t)
	} else {
		w.takeOffAtPlant(t)
	}
	t.stops, t.next, t.fetch = t.stops[:0], 0, None
	w.truckFree(t)
}

// takeOffAtPlant puts what is on a truck where it belongs at its plant.
func (w *World) takeOffAtPlant(t *truck) {
	p := &w.plants[t.plant]
	full, empties := false, false
	for typ := range pileID(w.ledger.types) {
		if n := w.ledger.count(t.empty + typ); n > 0 {
			w.ledger.move(w.now, n, t.empty+typ, p.empty+typ)
			empties = true
		}
		if n := w.ledger.count(t.full + typ); n > 0 {
			w.leak(t.full+typ, n)
			w.ledger.move(w.now, n, t.full+typ, p.full+typ)
			full = true
		}
	}
	if full {
		w.fullCame(p, int(t.plant))
	}
	if empties {
		w.emptiesCame(int(t.plant))
	}
}

// truckFree is called when a truck is at home and free: who waits for one is
// looked at again.
func (w *World) truckFree(t *truck) {
	if !t.fetches(w) {
		p := int(t.plant)
		w.beginWaitingRounds(p)
		w.lookAgain(p)
		return
	}
	for _, k := range w.hospitals[t.cfg.Home-len(w.cfg.Plants)].lines {
		if s := w.lines[k].supply; s != nil {
			w.lookAgain(s.Plant)
		}
	}
}

// lookAgain lets a plant that has orders look at them at this instant.
func (w *World) lookAgain(p int) {
	if len(w.plants[p].queue) > 0 {
		w.set(dispatched, p, w.now)
	}
}
