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

// quit takes an order out of the queue.
func (w *World) quit(p *plant, k int) {
	w.lines[p.queue[k]].settled()
	p.queue = append(p.queue[:k], p.queue[k+1:]...)
	w.tried = append(w.tried[:k], w.tried[k+1:]...)
}

// dropUnwanted takes out of the queue the orders of which nothing is wanted any
// more.
func (w *World) dropUnwanted(p *plant) {
	kept := p.queue[:0]
	for _, line := range p.queue {
		if w.wanted(int(line)) == 0 {
			w.lines[line].settled()
		} else {
			kept = append(kept, line)
		}
	}
	p.queue = kept
}

// settled notes that a line's order waits no longer.
func (l *line) settled() { l.asked, l.urgent = sim.Never, false }

// dispatched: what can be sent from a plant is sent: to those who fetch it,
// then by trucks to those who have ordered.
func (w *World) dispatched(i int) {
	p := &w.plants[i]
	w.cancel(dispatched, i)
	p.starved = false
	p.again = sim.Never
	if len(p.fetchers) > 0 {
		w.serveFetchers(i)
	}
	w.tried = w.tried[:0]
	for range p.queue {
		w.tried = append(w.tried, false)
	}
	for k := w.nextOrder(p, 0); k != None; k = w.nextOrder(p, k) {
		line := int(p.queue[k])
		w.tried[k] = true
		want := w.wanted(line)
		if want == 0 {
			continue
		}
		if !w.fetchedByItself(line) {
			w.sendTrucks(i, line, want)
		} else if w.sendToFetch(i, line) {
			w.quit(p, k)
		}
	}
	w.tried = w.tried[:0]
	w.dropUnwanted(p)
	if len(p.queue) == 0 && p.pending.len() > 0 {
		w.handOver(i) // what was kept for a fair share of those who no longer wait
	}
	if p.again < sim.Never {
		w.set(dispatched, i, p.again)
	}
}

// nextOrder returns the index of the order to try next, or None. If orders are
// tried as they came, all before the given index have been.
func (w *World) nextOrder(p *plant, from int) int {
	if !p.ranks {
		for from < len(w.tried) && w.tried[from] {
			from++
		}
		if from == len(w.tried) {
			return None
		}
		return from
	}
	best := None
	var first rank
	for k, tried := range w.tried {
		if tried {
			continue
		}
		if r := w.rankOf(p, &w.lines[p.queue[k]]); best == None || r.before(first) {
			best, first = k, r
		}
	}
	return best
}

// sendTrucks sends trucks with what a line of the queue has ordered, as far as
// there are trucks and full cylinders. What stops it says when to look again: a
// cylinder that is filled, if the plant is starved of them; the plant's again,
// when the road opens or a truck that is at home may leave; a truck that comes
// home, always.
func (w *World) sendTrucks(i, line, want int) {
	p := &w.plants[i]
	l := &w.lines[line]
	if w.free(p, l) == 0 {
		p.starved = true
		if w.stuck(p) {
			w.fetchEmpties(i, line)
		}
		return
	}
	if open := w.passable(i, w.placeOf(l)); open > w.now {
		p.again = min(p.again, open)
		return
	}
	for n := w.granted(p, l, want); n > 0; {
		t, ready := w.freeTruck(l)
		if t == None {
			p.again = min(p.again, ready)
			return
		}
		n -= w.loadTrip(i, t, line, n)
		want = w.wanted(line)
		n = min(n, want)
	}
	if want > 0 {
		p.starved = true
	}
}

// freeTruck returns a truck that is at home and may go for a line now, or None
// and when one that is at home may leave. An urgent order goes at any hour.
func (w *World) freeTruck(l *line) (truck int, ready sim.Time) {
	ready = sim.Never
	for _, i := range l.trucks {
		t := &w.trucks[i]
		if t.phase != parked || w.roomFor(t, w.cfg.Types[l.typ].Full) == 0 {
			continue
		}
		leaves := w.now
		if !l.urgent {
			leaves = t.mayLeave(w)
		}
		if leaves == w.now {
			return int(i), w.now
		}
		ready = min(ready, leaves)
	}
	return None, ready
}

// mayLeave returns the first instant from now on at which a truck may leave
// home.
func (t *truck) mayLeave(w *World) sim.Time {
	return t.cfg.Shift.opens(w.cfg.Start, t.cfg.Days, w.now)
}

// placeOf returns the place of a line's hospital.
func (w *World) placeOf(l *line) int { return len(w.cfg.Plants) + int(l.hospital) }
