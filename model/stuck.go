package model

// stuck reports whether a plant has no cylinder at all, not even one to fill,
// and no truck of its own under way. Nothing there will be full again unless
// somebody fetches empties.
func (w *World) stuck(p *plant) bool {
	if p.cfg.Fill == nil || w.empties(p) > 0 || len(p.idle) < len(p.positions) || p.away.Len() > 0 {
		return false
	}
	for t := range pileID(w.ledger.types) {
		if w.ledger.count(p.full+t) > 0 {
			return false
		}
	}
	for _, i := range p.trucks {
		if w.trucks[i].phase != parked {
			return false
		}
	}
	return true
}

// fetchEmpties sends a truck with nothing on it to the hospital of a line, to
// bring back all its empties. It is the way out of a plant that is stuck.
func (w *World) fetchEmpties(i, line int) {
	p := &w.plants[i]
	l := &w.lines[line]
	if w.ledger.count(l.empty) == 0 {
		return
	}
	if open := w.passable(i, w.placeOf(l)); open > w.now {
		p.again = min(p.again, open)
		return
	}
	k, ready := w.freeTruck(l)
	if k == None {
		p.again = min(p.again, ready)
		return
	}
	t := &w.trucks[k]
	w.beginTrip(t)
	t.collects = true
	t.stops = append(t.stops, stop{hospital: l.hospital})
	w.send(k)
}
