package model

import "oxysim/sim"

// round is a fixed tour.
type round struct {
	cfg     *Round
	waits   bool // it is due and has no truck, or its road is closed
	due     int64
	done    int64
	skipped int64
	owing   int64 // visits due that found patients waiting for cylinders
}

func (w *World) makeRounds() {
	for i := range w.cfg.Rounds {
		w.rounds = append(w.rounds, round{cfg: &w.cfg.Rounds[i]})
	}
	for i := range w.trucks {
		p := &w.plants[w.trucks[i].plant]
		if !w.trucks[i].fetches(w) {
			p.trucks = append(p.trucks, int32(i))
		}
	}
	for i := range w.cfg.Rounds {
		if t := w.cfg.Rounds[i].Truck; t != None {
			w.trucks[t].reserved = true // it goes on rounds only
		}
	}
	w.assignTrucks()
}

func (w *World) resetRounds() {
	for i := range w.rounds {
		w.rounds[i] = round{cfg: w.rounds[i].cfg}
	}
}

func (w *World) startRounds() {
	for i := range w.rounds {
		w.set(roundDue, i, w.nextRound(w.rounds[i].cfg, -1))
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

// roundDue: a fixed tour is to begin.
func (w *World) roundDue(i int) {
	r := &w.rounds[i]
	w.set(roundDue, i, w.nextRound(r.cfg, w.now))
	r.due++
	for _, h := range r.cfg.Stops {
		if w.owes(h) {
			r.owing++
			break
		}
	}
	if r.cfg.Skip && w.passable(r.cfg.Plant, len(w.cfg.Plants)+r.cfg.Stops[0]) > w.now {
		r.skipped++
		return
	}
	if !w.beginRound(i) && !r.waits {
		r.waits = true
		w.plants[r.cfg.Plant].roundsWait++
	}
}

// owes reports whether anybody waits for a cylinder at a hospital.
func (w *World) owes(h int) bool {
	for _, k := range w.hospitals[h].lines {
		if w.lines[k].queue.len() > 0 {
			return true
		}
	}
	return w.hospitals[h].needy > 0
}

// beginRound sends a truck on a tour, and reports whether there was one.
func (w *World) beginRound(i int) bool {
	r := &w.rounds[i]
	t := w.roundTruck(r)
	if t == None {
		return false
	}
	p := r.cfg.Plant
	w.beginTrip(&w.trucks[t])
	w.trucks[t].round = int32(i)
	for _, h := range r.cfg.Stops {
		w.trucks[t].stops = append(w.trucks[t].stops, stop{int32(h)})
		for _, k := range w.hospitals[h].lines {
			l := &w.lines[k]
			if l.supply == nil || l.supply.Plant != p || l.couriers() {
				continue
			}
			n := w.fair(&w.plants[p], l, min(w.wantedBy(l), w.free(&w.plants[p], l)))
			w.addToTrip(p, &w.trucks[t], int(k), n)
		}
	}
	r.done++
	w.send(t)
	return true
}

// roundTruck returns the truck of a tour if it is at home, or any.
func (w *World) roundTruck(r *round) int {
	if t := r.cfg.Truck; t != None {
		if w.trucks[t].phase != parked {
			return None
		}
		return t
	}
	for _, t := range w.plants[r.cfg.Plant].trucks {
		if w.trucks[t].phase == parked && !w.trucks[t].reserved {
			return int(t)
		}
	}
	return None
}

// beginWaitingRounds begins the tours of a plant that waited for a truck.
func (w *World) beginWaitingRounds(p int) {
	for i := range w.rounds {
		r := &w.rounds[i]
		if r.waits && r.cfg.Plant == p && w.beginRound(i) {
			r.waits = false
			w.plants[p].roundsWait--
		}
	}
}
