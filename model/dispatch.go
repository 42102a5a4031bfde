package model

import "oxysim/sim"

// join puts a line into the queue of its plant. Its truck-borne orders are
// settled when trucks are loaded, so that they fit the stock of that instant.
func (w *World) join(i int) {
	l := &w.lines[i]
	p := l.supply.Plant
	if l.asked == sim.Never {
		l.asked = w.now
		w.plants[p].queue = append(w.plants[p].queue, int32(i))
	}
	w.set(dispatched, p, w.now)
}

// dispatched: what can be sent from a plant is sent: to those who fetch it,
// then by trucks to those who have ordered.
func (w *World) dispatched(i int) {
	p := &w.plants[i]
	w.cancel(dispatched, i)
	p.starved = false
	w.serveFetchers(i)
	w.tried = w.tried[:0]
	for range p.queue {
		w.tried = append(w.tried, false)
	}
	p.again = sim.Never // when to look again for those who could not be served
	for {
		k := w.nextOrder(p)
		if k == None {
			break
		}
		line := int(p.queue[k])
		l := &w.lines[line]
		want := w.wanted(line)
		if want == 0 {
			w.quit(p, k)
			continue
		}
		w.tried[k] = true
		if w.fetchedByItself(line) {
			if w.sendToFetch(line) {
				w.quit(p, k)
			}
			continue
		}
		free := w.free(p, l)
		if free == 0 {
			p.starved = true
			continue
		}
		if open := w.passable(i, w.placeOf(l)); open > w.now {
			p.again = min(p.again, open)
			continue
		}
		t, ready := w.freeTruck(l)
		if t == None {
			p.again = min(p.again, ready)
			continue
		}
		w.load(i, t, line, w.fair(p, l, min(want, free)))
		if w.wanted(line) == 0 {
			w.quit(p, k)
		}
	}
	if p.again < sim.Never {
		w.set(dispatched, i, p.again)
	}
}

// nextOrder returns the index of the order to try next, or None.
func (w *World) nextOrder(p *plant) int {
	best := None
	for k := range p.queue {
		if w.tried[k] {
			continue
		}
		if best == None || w.before(p, &w.lines[p.queue[k]], &w.lines[p.queue[best]]) {
			best = k
		}
	}
	return best
}

// before reports whether one order is served before another that came first.
func (w *World) before(p *plant, a, b *line) bool {
	if a.urgent != b.urgent {
		return a.urgent
	}
	switch p.cfg.Share {
	case FairShare:
		return w.coverAt(a) < w.coverAt(b)
	case ByPriority:
		return w.hospitals[a.hospital].cfg.Priority < w.hospitals[b.hospital].cfg.Priority
	}
	return false
}

// coverAt returns the days of cover of a line, by its position, as the
// dispatcher knows it.
func (w *World) coverAt(l *line) float64 {
	use := w.hospitals[l.hospital].meanUse[l.typ]
	if use == 0 {
		return float64(sim.Never)
	}
	return float64(w.position(l)) / use
}

// free returns how many full cylinders of its type a plant may send to a line.
func (w *World) free(p *plant, l *line) int {
	n := w.ledger.count(p.full + pileID(l.typ))
	if !l.urgent && w.hospitals[l.hospital].cfg.Priority != 1 {
		n -= p.cfg.Reserve
	}
	return max(n, 0)
}

// fair returns how many of the n cylinders that a line could have it gets: all
// of them, or its share when sharing is fair and there are not enough for all.
func (w *World) fair(p *plant, l *line, n int) int {
	if p.cfg.Share != FairShare || l.urgent {
		return n
	}
	all := 0
	for _, k := range p.queue {
		if w.lines[k].typ == l.typ {
			all += w.wanted(int(k))
		}
	}
	full := w.free(p, l)
	if all <= full {
		return n
	}
	return max(1, min(n, w.wantedBy(l)*full/all))
}

// quit takes an order out of the queue.
func (w *World) quit(p *plant, k int) {
	l := &w.lines[p.queue[k]]
	l.asked, l.urgent = sim.Never, false
	p.queue = append(p.queue[:k], p.queue[k+1:]...)
	w.tried = append(w.tried[:k], w.tried[k+1:]...)
}

// placeOf returns the place of a line's hospital.
func (w *World) placeOf(l *line) int { return len(w.cfg.Plants) + int(l.hospital) }

// freeTruck returns a truck that is at home and may go to the hospital of a
// line now, or None and when one that is at home may leave.
func (w *World) freeTruck(l *line) (truck int, ready sim.Time) {
	ready = sim.Never
	for _, i := range l.trucks {
		t := &w.trucks[i]
		if t.phase != parked {
			continue
		}
		leaves := w.now
		if !l.urgent {
			leaves = t.cfg.Shift.opens(w.cfg.Start, t.cfg.Days, w.now)
		}
		if leaves == w.now {
			return int(i), w.now
		}
		ready = min(ready, leaves)
	}
	return None, ready
}

// load loads a truck with up to n cylinders for a line and, if it makes
// several stops, with what others in the queue want who are near its way.
func (w *World) load(p, i, line, n int) {
	t := &w.trucks[i]
	w.beginTrip(t)
	if w.lines[line].urgent {
		t.tally.urgent++
	}
	w.addToTrip(p, t, line, n)
	for len(t.stops) < t.cfg.Stops {
		other := w.nearest(p, t)
		if other == None {
			break
		}
		l := &w.lines[other]
		n := w.fair(&w.plants[p], l, min(w.wanted(other), w.free(&w.plants[p], l)))
		if !w.addToTrip(p, t, other, n) {
			break
		}
	}
	w.send(i)
}

// nearest returns the line in the queue nearest to the last stop of a trip that
// can be served too, or None.
func (w *World) nearest(p int, t *truck) int {
	best, least := None, noWay
	at := len(w.cfg.Plants) + int(t.stops[len(t.stops)-1].hospital)
	for _, k := range w.plants[p].queue {
		l := &w.lines[k]
		if t.serves != nil && !t.serves[l.hospital] || w.free(&w.plants[p], l) == 0 ||
			w.wanted(int(k)) == 0 || w.fetchedByItself(int(k)) {
			continue
		}
		to := w.placeOf(l)
		if d := w.usually(at, to); d < least && w.passable(at, to) == w.now {
			best, least = int(k), d
		}
	}
	return best
}

// beginTrip empties the list of stops.
func (w *World) beginTrip(t *truck) {
	t.stops, t.next, t.sent = t.stops[:0], 0, w.now
	clear(t.load)
	if w.now.Sub(t.parked) >= t.cfg.Rest {
		t.driven = 0
	}
}

// addToTrip loads up to n cylinders for a line, as many as there is room for,
// and reports whether there was room for any.
func (w *World) addToTrip(p int, t *truck, line, n int) bool {
	l := &w.lines[line]
	n = min(n, t.cfg.Room-w.aboard(t))
	if t.cfg.Payload > 0 {
		n = min(n, w.roomByWeight(t, int(l.typ)))
	}
	if n <= 0 {
		return false
	}
	full := w.plants[p].full + pileID(l.typ)
	w.leak(full, n)
	w.ledger.move(w.now, n, full, t.full+pileID(l.typ))
	l.shipped += int32(n)
	w.plants[p].tally.shipped += int64(n)
	l.tally.orders++
	l.tally.asked += int64(n)
	t.tally.carried += int64(n)
	k := len(t.stops) - 1
	if k < 0 || t.stops[k].hospital != l.hospital {
		t.stops = append(t.stops, stop{l.hospital})
		k++
	}
	t.loadAt(w, k)[l.typ] += int32(n)
	return true
}

// roomByWeight returns how many more full cylinders of a type a truck can carry.
func (w *World) roomByWeight(t *truck, typ int) int {
	left := t.cfg.Payload
	for k := range w.ledger.types {
		left -= Kg(w.ledger.count(t.full+pileID(k))) * w.cfg.Types[k].Full
		left -= Kg(w.ledger.count(t.empty+pileID(k))) * w.cfg.Types[k].Empty
	}
	return int(left / w.cfg.Types[typ].Full)
}

// send lets a loaded truck leave, after the time that loading takes.
func (w *World) send(i int) {
	t := &w.trucks[i]
	t.tally.trips++
	if w.trace != nil {
		w.trace.sent(w.now, i)
	}
	if !w.takeDock(i) {
		return
	}
	w.loadUp(i)
}

// loadUp takes the time that loading takes.
func (w *World) loadUp(i int) {
	t := &w.trucks[i]
	t.phase = loading
	if d := w.handling(t, w.aboard(t)); d > 0 {
		w.set(truckMoved, i, w.now.Add(d))
		return
	}
	w.leave(i)
}

// truckFree is called when a truck is at home and free.
func (w *World) truckFree(i int) {
	p := int(w.trucks[i].plant)
	if w.plants[p].roundsWait > 0 {
		w.beginWaitingRounds(p)
	}
	if len(w.plants[p].queue) > 0 {
		w.set(dispatched, p, w.now)
	}
}
