package model

import "oxysim/sim"

// Begin makes the world as it is at the start of a replication. Then
// [World.RunTo] lets time pass.
func (w *World) Begin(seed uint64, replication int) {
	w.reset(seed, replication)
	if w.trace != nil {
		w.trace.after()
	}
}

// RunTo lets everything happen that happens before an instant, at most the
// horizon. What happens at the instant itself is still to come. It does nothing
// if the instant has passed.
func (w *World) RunTo(t sim.Time) {
	if t = min(t, w.end); t > w.now {
		w.runUntil(t)
	}
}

// Now returns the instant up to which everything has happened.
func (w *World) Now() sim.Time { return w.now }

// Horizon returns the end of a replication.
func (w *World) Horizon() sim.Time { return w.end }

// Begins returns the instant from which on statistics are kept, or will be: the
// start or, if there is a warm-up, the first midnight after it.
func (w *World) Begins() sim.Time {
	day := sim.Time(sim.Day)
	return max(sim.Time(w.cfg.At), (sim.Time(w.cfg.WarmUp)+day-1)/day*day)
}

// Outcome returns the values of the metrics as they stand now, in the order of
// [World.Metrics]. The slice is the world's own and is overwritten by the next.
// To look in the middle of a replication that is to go on bit for bit as if
// nobody had looked, look at a copy: it books what has flowed so far.
func (w *World) Outcome() []float64 { return w.outcome() }

// CopyFrom makes a world equal to another, in the middle of a replication: from
// here on both give the same, to the bit, and neither changes the other. It
// panics unless both were made from one Config. It allocates nothing once the
// queues of w have met the like. Who watches either world goes on watching that
// one.
func (w *World) CopyFrom(o *World) {
	if w.cfg != o.cfg {
		panic("model: want a world of the same Config to copy")
	}
	w.now, w.begin, w.end, w.nature, w.happenings = o.now, o.begin, o.end, o.nature, o.happenings
	w.calendar.CopyFrom(&o.calendar)
	typeOf := w.ledger.typeOf
	w.ledger.copyFrom(&o.ledger)
	w.ledger.typeOf = typeOf
	w.ledger.trace, w.ledger.recent = w.trace, &w.happenings
	w.asleep, w.sleeping = o.asleep, copied(w.sleeping, o.sleeping)
	copy(w.user, o.user)
	copy(w.tested, o.tested)
	copy(w.lostAt, o.lostAt)
	w.copyNature(o)
	w.copyPlants(o)
	w.copyHospitals(o)
	w.copyTrucks(o)
	if w.trace != nil {
		w.trace.seen = newSightings(w)
	}
}

// copied returns what is in a slice, in the room of another.
func copied[T any](room, from []T) []T { return append(room[:0], from...) }

// Below, a row becomes another as a whole; then it gets back the slices of its
// own, and into those that change goes what is in the other's. So a field of a
// row that holds no slice is never forgotten.

func (w *World) copyNature(o *World) {
	for i := range w.weather {
		x, y := &w.weather[i], &o.weather[i]
		own := *x
		*x = *y
		x.wet = copied(own.wet, y.wet)
	}
	for i := range w.grids {
		x, y := &w.grids[i], &o.grids[i]
		own := *x
		*x = *y
		x.children, x.places = own.children, own.places
		x.blocks.off, x.blocks.draw = copied(own.blocks.off, y.blocks.off), copied(own.blocks.draw, y.blocks.draw)
	}
	copy(w.power, o.power)
	copy(w.pools, o.pools)
	for i := range w.machines {
		x, y := &w.machines[i], &o.machines[i]
		own := *x
		*x = *y
		x.lives = copied(own.lives, y.lives)
	}
	for i := range w.crews {
		x, y := &w.crews[i], &o.crews[i]
		x.free, x.queue = y.free, copied(x.queue, y.queue)
	}
	for i := range w.links {
		x, y := &w.links[i], &o.links[i]
		own := *x
		*x = *y
		x.closures = own.closures
		for j := range x.closures {
			table := x.closures[j].pace.table
			x.closures[j] = y.closures[j]
			x.closures[j].pace.table = table
		}
	}
}

func (w *World) copyPlants(o *World) {
	for i := range w.plants {
		x, y := &w.plants[i], &o.plants[i]
		own := *x
		*x = *y
		x.positions, x.trucks, x.gas.pipes = own.positions, own.trucks, own.gas.pipes
		x.idle, x.queue = copied(own.idle, y.idle), copied(own.queue, y.queue)
		x.atDocks, x.fetchers = copied(own.atDocks, y.atDocks), copied(own.fetchers, y.fetchers)
		x.pending.orders = copied(own.pending.orders, y.pending.orders)
		x.away = own.away
		x.away.CopyFrom(&y.away)
	}
	copy(w.pipes, o.pipes)
	copy(w.positions, o.positions)
}

func (w *World) copyHospitals(o *World) {
	for i := range w.hospitals {
		x, y := &w.hospitals[i], &o.hospitals[i]
		own := *x
		*x = *y
		x.lines, x.demands, x.meanUse = own.lines, own.demands, own.meanUse
	}
	for i := range w.lines {
		x, y := &w.lines[i], &o.lines[i]
		own := *x
		*x = *y
		x.trucks = own.trucks
		x.queue.waiters, x.mail = copied(own.queue.waiters, y.queue.waiters), copied(own.mail, y.mail)
		x.uses, x.parcels, x.impatient = own.uses, own.parcels, own.impatient
		x.uses.CopyFrom(&y.uses)
		x.parcels.CopyFrom(&y.parcels)
		x.impatient.CopyFrom(&y.impatient)
	}
	for i := range w.demands {
		x, y := &w.demands[i], &o.demands[i]
		*x = *y
		x.gaps.Of(&x.gap)
	}
	w.parcels.all, w.parcels.free = copied(w.parcels.all, o.parcels.all), copied(w.parcels.free, o.parcels.free)
	copy(w.groups, o.groups)
	for i := range w.wards {
		x, y := &w.wards[i], &o.wards[i]
		own := *x
		*x = *y
		x.patients, x.opened = copied(own.patients, y.patients), copied(own.opened, y.opened)
		x.touched = copied(own.touched, y.touched)
		x.due = own.due
		x.due.CopyFrom(&y.due)
	}
	for i := range w.tankers {
		x, y := &w.tankers[i], &o.tankers[i]
		own := *x
		*x = *y
		x.road = own.road
		x.road.CopyFrom(&y.road)
	}
}

func (w *World) copyTrucks(o *World) {
	for i := range w.trucks {
		x, y := &w.trucks[i], &o.trucks[i]
		own := *x
		*x = *y
		x.serves = own.serves
		x.stops, x.load = copied(own.stops, y.stops), copied(own.load, y.load)
	}
	copy(w.rounds, o.rounds)
}
