package model

import (
	"oxysim/sim"
	"oxysim/sim/rng"
)

// leave begins the drive of a loaded truck.
func (w *World) leave(i int) {
	w.freeDock(&w.trucks[i])
	w.drive(i)
}

// target returns the place a truck drives to.
func (w *World) target(t *truck) int {
	switch {
	case int(t.next) == len(t.stops):
		return t.cfg.Home
	case t.fetches(w):
		return int(t.plant)
	}
	return len(w.cfg.Plants) + int(t.stops[t.next].hospital)
}

// drive takes a truck that is at a place onto the next link, or lets it arrive.
func (w *World) drive(i int) {
	t := &w.trucks[i]
	to := w.target(t)
	if int(t.at) == to {
		w.arrive(i)
		return
	}
	if w.restIfDue(i) {
		return
	}
	w.turn(t, t.phase) // if it was held up, that was before the link it would have taken
	t.link = int32(w.nextLink(int(t.at), to))
	if open := w.closedUntil(int(t.link), w.now); open > w.now {
		w.wait(i, open)
		return
	}
	w.enter(t)
	w.roll(i)
}

// enter takes a truck onto a link, and draws how long it will drive on it.
func (w *World) enter(t *truck) {
	l := &w.links[t.link]
	t.whole = w.travel(int(t.link), w.now, t.trip.Sub(t.legs))
	t.left = t.whole
	t.legs++
	t.at = int32(w.otherEnd(int(t.link), int(t.at)))
	t.tally.km += float64(l.cfg.Length)
	l.trips++
}

// roll lets a truck on a link drive until it is at the end or something stops
// it: a closure, its driver's hours, a breakdown.
func (w *World) roll(i int) {
	t := &w.trucks[i]
	if w.restIfDue(i) {
		return
	}
	d := t.left
	if limit := t.cfg.Driving; limit > 0 {
		d = min(d, limit-t.driven)
	}
	if t.cfg.Life > 0 {
		d = min(d, w.sound(t))
	}
	if l := int(t.link); len(w.links[l].closures) > 0 {
		if open := w.blockedUntil(l, w.now); open > w.now {
			w.wait(i, open)
			return
		}
		d = w.shuts(l, w.now, w.now.Add(d)).Sub(w.now)
	}
	t.rolls = d
	w.turn(t, driving)
	w.set(truckMoved, i, w.now.Add(d))
}

// rolled: a truck is at the end of its link, or something stops it.
func (w *World) rolled(i int) {
	t := &w.trucks[i]
	if t.link == None { // it has been under way since before the start
		w.drive(i)
		return
	}
	t.left -= t.rolls
	t.driven += t.rolls
	switch {
	case t.left == 0:
		t.toGo -= float64(w.links[t.link].cfg.Length)
		w.drive(i)
	case t.cfg.Life > 0 && w.sound(t) == 0:
		w.breakDown(i)
	default:
		w.roll(i)
	}
}

// goOn: a truck was held up, has rested or is repaired.
func (w *World) goOn(i int) {
	switch t := &w.trucks[i]; {
	case t.left > 0:
		w.roll(i)
	case t.link == None && w.idleAtHome(t): // it was out of service at the start
		w.park(i)
	default:
		w.drive(i)
	}
}

// wait holds a truck up until a link opens.
func (w *World) wait(i int, open sim.Time) {
	if w.trace != nil {
		w.trace.stops(w.now, i, "is held up: "+w.linkName(w.trucks[i].link)+" is closed")
	}
	w.turn(&w.trucks[i], held)
	w.set(truckMoved, i, open)
}

// restIfDue lets a driver rest who has driven as long as allowed, and reports
// whether that is so.
func (w *World) restIfDue(i int) bool {
	t := &w.trucks[i]
	if t.cfg.Driving == 0 || t.driven < t.cfg.Driving {
		return false
	}
	t.driven = 0
	if w.trace != nil {
		w.trace.stops(w.now, i, "rests")
	}
	w.turn(t, resting)
	w.set(truckMoved, i, w.now.Add(t.cfg.Rest))
	return true
}

// sound returns how long a truck can drive on its link before it breaks down.
func (w *World) sound(t *truck) sim.Span {
	length := float64(w.links[t.link].cfg.Length)
	if t.toGo >= length {
		return t.left
	}
	at := sim.Seconds(float64(t.whole) * (t.toGo / length))
	return max(at-(t.whole-t.left), 0)
}

// breakDown stops a truck on its link for a repair.
func (w *World) breakDown(i int) {
	t := &w.trucks[i]
	t.tally.breakdown++
	repair := sim.Seconds(t.cfg.Repair.Draw(&t.fails))
	t.toGo += t.drawLife()
	if w.trace != nil {
		w.trace.stops(w.now, i, "breaks down")
	}
	w.turn(t, broken)
	w.set(truckMoved, i, w.now.Add(repair))
}

// drawLife draws the km to the next breakdown.
func (t *truck) drawLife() float64 {
	if t.cfg.Life == 0 {
		return 0
	}
	life := rng.Exponential(t.cfg.Life)
	return life.Draw(&t.fails)
}

// arrive: a truck is where it drove to.
func (w *World) arrive(i int) {
	t := &w.trucks[i]
	switch {
	case int(t.next) == len(t.stops):
		w.atDock(i, emptying)
	case t.fetches(w):
		w.atDock(i, handingIn)
	default:
		w.handle(i, unloading)
	}
}
