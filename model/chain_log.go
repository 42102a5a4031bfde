package model

import "oxysim/sim"

// explainer keeps diaries of what everybody waits for, by looking after each
// event, so that what a stockout waited for can be found when it ends.
type explainer struct {
	w    *World
	tell func(Chain)

	lines    []lineDiary
	trucks   []truckDiary
	plants   []diary    // why no more cylinders are full; by plant
	gas      []diary    // why no more gas is made
	short    []sim.Time // since when each hospital is, or sim.Never
	dark     []sim.Time // since when each place is without electricity, or sim.Never
	grids    []sim.Time // since when each grid is off, or sim.Never
	broken   []sim.Time // since when each machine is out of service, or sim.Never
	closed   []sim.Time // since when each filling station is, or sim.Never
	handed   []handing  // of each parcel that is under way
	connects []sim.Time // since when what has come to each hospital is being connected, or sim.Never
	cut      []state    // by plant: why its machines last ceased to make gas
	rounds   []roundDiary
}

type lineDiary struct {
	diary
	shipped   int32
	delivered int32
	came      sim.Time // the last delivery
	by        int32    // the truck that brought it, or None
	sent      sim.Time // when that had left
}

type truckDiary struct {
	diary
	trips uint64
	sent  sim.Time // when the present trip began, or the last
	next  int32
	stops []stop
}

// handing is for whom and when a courier took a parcel.
type handing struct {
	line int32 // or None
	at   sim.Time
}

type roundDiary struct {
	due     int64
	skipped int64
	shut    sim.Time // since when the last tour is left out because its road was closed, or sim.Never
	link    int32
}

// begin begins the diaries of a replication.
func (x *explainer) begin() {
	w := x.w
	*x = explainer{w: w, tell: x.tell}
	x.lines, x.trucks = make([]lineDiary, len(w.lines)), make([]truckDiary, len(w.trucks))
	x.plants, x.gas = make([]diary, len(w.plants)), make([]diary, len(w.plants))
	x.handed, x.connects = make([]handing, len(w.parcels.all)), nevers(len(w.hospitals))
	for i := range x.handed {
		x.handed[i].line = None
	}
	x.short, x.dark = nevers(len(w.hospitals)), nevers(len(w.power))
	x.grids, x.broken, x.closed = nevers(len(w.grids)), nevers(len(w.machines)), nevers(len(w.plants))
	x.cut, x.rounds = make([]state, len(w.plants)), make([]roundDiary, len(w.rounds))
	for i := range x.lines {
		x.lines[i].came, x.lines[i].by = -1, None
	}
	for i := range x.rounds {
		x.rounds[i].shut = sim.Never
	}
	x.after()
}

func nevers(n int) []sim.Time {
	list := make([]sim.Time, n)
	for i := range list {
		list[i] = sim.Never
	}
	return list
}

// end tells of the stockouts that still last.
func (x *explainer) end() {
	for h, since := range x.short {
		if since < sim.Never {
			x.conclude(h, true)
		}
	}
}

// since notes when something began to be so, and when it ceased.
func since(at *sim.Time, now sim.Time, so bool) {
	if !so {
		*at = sim.Never
	} else if *at == sim.Never {
		*at = now
	}
}

// after looks at the world after an event.
func (x *explainer) after() {
	w := x.w
	for i := range w.grids {
		since(&x.grids[i], w.now, w.grids[i].off)
	}
	for i := range w.power {
		since(&x.dark[i], w.now, !w.power[i].on)
	}
	for i := range w.machines {
		duty := w.machines[i].duty
		since(&x.broken[i], w.now, duty != runs && duty != standsBy)
	}
	for i := range w.plants {
		x.lookAtPlant(i)
	}
	for i := range w.trucks {
		x.lookAtTruck(i)
	}
	for i := range w.rounds {
		x.lookAtRound(i)
	}
	for i := range w.lines {
		l, seen := &w.lines[i], &x.lines[i]
		if l.supply == nil {
			continue
		}
		if l.couriers() && (l.shipped != seen.shipped || l.delivered != seen.delivered) {
			x.lookAtParcels(i)
		}
		seen.shipped, seen.delivered = l.shipped, l.delivered
		seen.note(w.now, x.orderOf(i))
	}
	for h := range w.hospitals {
		switch on := w.hospitals[h].short.on; {
		case on && x.short[h] == sim.Never:
			x.short[h] = w.now
		case !on && x.short[h] < sim.Never:
			x.conclude(h, false)
			x.short[h] = sim.Never
		}
		since(&x.connects[h], w.now, w.connecting(h))
	}
}

// connecting reports whether cylinders are being connected at a hospital, or
// its banks change over.
func (w *World) connecting(h int) bool {
	i := w.hospitals[h].ward
	if i == None {
		return false
	}
	x := &w.wards[i]
	if m := &x.manifold; m.cfg != nil && m.state != feeding && (m.state == changingOver || m.banks[0].count+m.banks[1].count > 0) {
		return true
	}
	if x.personal {
		for k := x.head; k != None; k = x.patients[k].after {
			if x.patients[k].bed.connecting {
				return true
			}
		}
	}
	return false
}

// lookAtParcels notes when couriers take the parcels of a line, and which of them
// has come.
func (x *explainer) lookAtParcels(i int) {
	w := x.w
	l, seen := &w.lines[i], &x.lines[i]
	for id := range w.parcels.all {
		p, was := &w.parcels.all[id], &x.handed[id]
		full := int(p.line) == i && !p.back && w.ledger.count(w.ledger.at(FullInParcel, id, int(l.typ))) > 0
		switch {
		case full && was.line != p.line:
			*was = handing{p.line, w.now}
		case !full && was.line == int32(i):
			if seen.came < w.now {
				seen.sent = was.at
			}
			seen.came, seen.by, seen.sent = w.now, None, max(seen.sent, was.at)
			was.line = None
		}
	}
	if l.delivered > seen.delivered && seen.came < w.now { // it took no time
		seen.came, seen.by, seen.sent = w.now, None, w.now
	}
}

// lookAtTruck notes what a truck does, and where it has just been.
func (x *explainer) lookAtTruck(i int) {
	w := x.w
	t, seen := &w.trucks[i], &x.trucks[i]
	if seen.trips == t.trips && len(seen.stops) > 0 {
		upTo := t.next
		if t.phase == parked {
			upTo = int32(len(seen.stops))
		}
		for s := seen.next; s < upTo; s++ {
			x.visited(i, seen.stops[s].hospital)
		}
		if t.fetches(w) && t.phase == parked && len(t.stops) == 0 {
			x.visited(i, seen.stops[0].hospital)
		}
	}
	if seen.trips != t.trips {
		seen.trips, seen.sent = t.trips, w.now
	}
	seen.next = t.next
	seen.stops = append(seen.stops[:0], t.stops...)
	seen.note(w.now, x.truckState(i))
}

// visited notes that a truck has been at a hospital at this instant.
func (x *explainer) visited(i int, h int32) {
	for _, k := range x.w.hospitals[h].lines {
		if seen := &x.lines[k]; x.w.lines[k].supply != nil && x.w.lines[k].delivered > seen.delivered {
			seen.by, seen.sent, seen.came = int32(i), x.trucks[i].sent, x.w.now
		}
	}
}

// lookAtRound notes that a tour is left out because its road is closed: until it
// is due again, that is what it waits for.
func (x *explainer) lookAtRound(i int) {
	r, seen := &x.w.rounds[i], &x.rounds[i]
	switch {
	case r.skipped > seen.skipped:
		seen.shut, seen.link = x.w.now, x.shutOnTour(r.cfg)
	case r.due > seen.due:
		seen.shut = sim.Never
	}
	seen.due, seen.skipped = r.due, r.skipped
}

// lookAtPlant notes why a plant makes no more gas and fills no more cylinders.
func (x *explainer) lookAtPlant(i int) {
	since(&x.closed[i], x.w.now, !x.w.plants[i].open)
	g := x.gasState(i)
	switch g.kind {
	case ByPowerCut, ByMachineOut, ByStopped:
		x.cut[i] = g
	}
	x.gas[i].note(x.w.now, g)
	x.plants[i].note(x.w.now, x.fillState(i, g))
}
