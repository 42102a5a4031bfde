package model

import "oxysim/sim"

// round is a fixed tour.
type round struct {
	cfg     *Round
	next    sim.Time // when it is due next
	waits   bool     // it is due and has no truck, or its road is closed
	due     int64
	done    int64
	skipped int64
	owing   int64 // visits due that found patients waiting for cylinders
}

func (w *World) makeRounds() {
	for i := range w.cfg.Rounds {
		w.rounds = append(w.rounds, round{cfg: &w.cfg.Rounds[i]})
		if t := w.cfg.Rounds[i].Truck; t != None {
			w.trucks[t].reserved = true // it goes on rounds only
		}
	}
}

func (w *World) resetRounds() {
	for i := range w.rounds {
		w.rounds[i] = round{cfg: w.rounds[i].cfg}
	}
}

func (w *World) startRounds() {
	for i := range w.rounds {
		r := &w.rounds[i]
		r.next = w.nextRound(r.cfg, w.now-1)
		w.set(roundDue, i, r.next)
	}
}

func (w *World) forgetRounds() {
	for i := range w.rounds {
		r := &w.rounds[i]
		r.due, r.done, r.skipped, r.owing = 0, 0, 0, 0
	}
}

// nextRound returns when a round is due after instant t.
func (w *World) nextRound(r *Round, t sim.Time) sim.Time {
	if r.Every > 0 {
		if first := sim.Time(r.First); t < first {
			return first
		}
		return sim.Time(r.First).Add(sim.Span((t-sim.Time(r.First))/sim.Time(r.Every)+1) * r.Every)
	}
	for day := sim.Time(max(t, 0).Day()) * sim.Time(sim.Day); ; day = day.Add(sim.Day) {
		if at := day.Add(r.Time); at > t && w.cfg.Start.onDay(r.Days, at) {
			return at
		}
	}
}

// roundDue: a fixed tour is to begin, or one that waits looks again. If one
// still waits when the next is due, they become one.
func (w *World) roundDue(i int) {
	r := &w.rounds[i]
	if w.now >= r.next {
		r.next = w.nextRound(r.cfg, w.now)
		r.due++
		for _, h := range r.cfg.Stops {
			if w.owes(h) {
				r.owing++
				break
			}
		}
		if !r.waits && r.cfg.Skip && w.tourOpens(r.cfg) > w.now {
			r.skipped++
		} else {
			w.letWait(r, true)
		}
	}
	w.tryRound(i)
}

// letWait says whether a tour waits to begin.
func (w *World) letWait(r *round, waits bool) {
	p := &w.plants[r.cfg.Plant]
	switch {
	case waits && !r.waits:
		p.roundsWait++
	case r.waits && !waits:
		p.roundsWait--
	}
	r.waits = waits
}

// tryRound begins a tour that waits, if its road is open and it has a truck,
// and says when to look again.
func (w *World) tryRound(i int) {
	r := &w.rounds[i]
	again := sim.Never
	if r.waits {
		if again = w.tourOpens(r.cfg); again == w.now {
			var t int
			if t, again = w.roundTruck(r.cfg); t != None {
				w.letWait(r, false)
				r.done++
				w.beginRound(r.cfg, t)
				again = sim.Never
			}
		}
	}
	w.set(roundDue, i, min(r.next, again))
}

// beginWaitingRounds begins the tours of a plant that waited for a truck.
func (w *World) beginWaitingRounds(p int) {
	if w.plants[p].roundsWait == 0 {
		return
	}
	for i := range w.rounds {
		if r := &w.rounds[i]; r.waits && r.cfg.Plant == p {
			w.tryRound(i)
		}
	}
}

// tourOpens returns when no road of a tour is known to be closed: now, if none
// is.
func (w *World) tourOpens(r *Round) sim.Time {
	open, at := w.now, r.Plant
	for _, h := range r.Stops {
		to := len(w.cfg.Plants) + h
		open = max(open, w.passable(at, to))
		at = to
	}
	return open
}

// roundTruck returns a truck for a tour that may leave now, its own or any that
// serves all its stops, or None and when one that is at home may leave.
func (w *World) roundTruck(r *Round) (truck int, ready sim.Time) {
	ready = sim.Never
	for _, i := range w.plants[r.Plant].trucks {
		t := &w.trucks[i]
		if t.phase != parked || r.Truck != None && int(i) != r.Truck || r.Truck == None && (t.reserved || !t.servesAll(r)) {
			continue
		}
		leaves := t.mayLeave(w)
		if leaves == w.now {
			return int(i), w.now
		}
		ready = min(ready, leaves)
	}
	return None, ready
}

// servesAll reports whether a truck goes to all stops of a tour.
func (t *truck) servesAll(r *Round) bool {
	for _, h := range r.Stops {
		if !t.mayServe(int32(h)) {
			return false
		}
	}
	return true
}

// beginRound sends a truck on a tour, with what its stops lack. If sharing is
// fair, each stop gets its share of what there is, and there is room for.
func (w *World) beginRound(r *Round, truck int) {
	t := &w.trucks[truck]
	p := &w.plants[r.Plant]
	w.beginTrip(t)
	for s, h := range r.Stops {
		t.stops = append(t.stops, stop{int32(h)})
		for _, k := range w.hospitals[h].lines {
			l := &w.lines[k]
			if !w.roundBrings(r, l) {
				continue
			}
			want, free := w.wantedBy(l), w.free(p, l)
			if p.cfg.Share == FairShare {
				free = min(free, w.roomFor(t, w.cfg.Types[l.typ].Full))
				want = shareOf(want, w.wantedOnRound(r, s, l.typ), free)
			}
			w.addToTrip(r.Plant, t, int(k), min(want, free))
		}
	}
	w.send(truck)
}

// roundBrings reports whether a tour brings cylinders of a line.
func (w *World) roundBrings(r *Round, l *line) bool {
	return l.supply != nil && l.supply.Plant == r.Plant && !l.couriers()
}

// wantedOnRound returns how many cylinders of a type the stops of a tour lack,
// from a stop on.
func (w *World) wantedOnRound(r *Round, from int, typ int32) (n int) {
	for _, h := range r.Stops[from:] {
		for _, k := range w.hospitals[h].lines {
			if l := &w.lines[k]; l.typ == typ && w.roundBrings(r, l) {
				n += w.wantedBy(l)
			}
		}
	}
	return n
}

// owes reports whether anybody waits for a cylinder at a hospital.
func (w *World) owes(h int) bool {
	for _, k := range w.hospitals[h].lines {
		if w.lines[k].queue.n > 0 {
			return true
		}
	}
	return w.hospitals[h].needy > 0
}
