package model

import "oxysim/sim"

// What follows says what something waits for now. It only looks.

// gasState says why a plant makes no gas, or no more than it does.
func (x *explainer) gasState(i int) state {
	w := x.w
	m := w.plants[i].cfg.Make
	if m == nil || m.Machines.Count == 0 || w.producing(i) > 0 {
		if x.dark[i] < sim.Never {
			return x.darkState(i)
		}
		return state{ByGasShort, int32(i), 0}
	}
	p := &w.pools[i]
	out, stopped := sim.Never, sim.Never
	for k := p.first; k < p.first+p.size; k++ {
		if at := x.broken[k]; at < sim.Never && w.machines[k].duty == maintained {
			stopped = min(stopped, at)
		} else {
			out = min(out, at)
		}
	}
	switch { // one that is broken would not run with power either
	case out < sim.Never:
		return state{ByMachineOut, int32(i), out}
	case stopped < sim.Never:
		return state{ByStopped, int32(i), stopped}
	case x.dark[i] < sim.Never:
		return x.darkState(i)
	}
	switch cut := x.cut[i]; cut.kind {
	case ByPowerCut:
		return state{ByPowerBack, cut.thing, cut.since}
	case ByMachineOut, ByStopped:
		return state{ByRestarting, int32(i), cut.since}
	}
	return state{ByRestarting, int32(i), 0}
}

// darkState says why a plant has no electricity: its grid, or its generator too.
func (x *explainer) darkState(i int) state {
	w := x.w
	s := state{ByPowerCut, int32(i), x.dark[i]}
	if g := w.power[i].cfg.Grid; g != None && x.grids[g] == x.dark[i] {
		s.thing = int32(len(w.power) + g)
	}
	return s
}

// fillState says why no more cylinders are full at a plant, whose gas is in a
// state.
func (x *explainer) fillState(i int, gas state) state {
	w := x.w
	p := &w.plants[i]
	waiting := w.empties(p)
	at := func(kind Blocker) state { return state{kind, int32(i), 0} }
	if p.cfg.Vendor != nil {
		if waiting > 0 {
			return at(ByQuota)
		}
		return at(ByNoEmpties)
	}
	if p.cfg.Fill == nil {
		return at(ByNoEmpties)
	}
	dry := gas.kind != ByGasShort && !p.running
	if waiting < p.least {
		busy := p.away.Len() > 0
		for _, k := range p.positions {
			busy = busy || w.positions[k].count > 0
		}
		switch {
		case busy && dry && p.limits:
			return gas
		case busy:
			return at(ByBeingFull)
		}
		return at(ByNoEmpties)
	}
	switch {
	case dry:
		return gas
	case !p.open:
		return state{ByClosed, int32(i), x.closed[i]}
	case p.limits && p.gas.short && p.gas.boosted:
		return at(ByBoosterMax)
	case p.limits && (p.gas.short || !p.running):
		if gas.kind != ByGasShort { // the tank still gives some
			return gas
		}
		return at(ByGasShort)
	}
	return at(ByAllBusy)
}

// truckState says what a truck waits for.
func (x *explainer) truckState(i int) state {
	w := x.w
	t := &w.trucks[i]
	switch t.phase {
	case docking:
		return state{ByDock, int32(i), t.since}
	case held:
		return state{ByRoadShut, t.link, t.since}
	case resting:
		return state{ByAtRest, int32(i), t.since}
	case broken:
		return state{ByBroken, int32(i), t.since}
	case collecting:
		return state{noFull, t.plant, 0}
	}
	return state{ByOnTheWay, int32(i), 0}
}

// orderOf says what stands between what a line wants and a truck that leaves
// with it.
func (x *explainer) orderOf(i int) state {
	w := x.w
	l := &w.lines[i]
	s := l.supply
	p := &w.plants[s.Plant]
	wanted := w.wanted(i)
	switch {
	case l.couriers():
		for _, o := range p.pending.waiting() {
			if int(o.line) != i {
				continue
			}
			if w.free(p, l) == 0 && w.ledger.count(p.full+pileID(l.typ)) == 0 {
				return state{noFull, int32(s.Plant), 0}
			}
			return state{ByKept, int32(s.Plant), 0}
		}
	case l.asked != sim.Never && wanted > 0:
		return x.queued(i)
	case s.Policy.Kind == NoOrders && w.wantedBy(l) > 0:
		if r := x.roundFor(i); r != None {
			return x.visit(r)
		}
	}
	if wanted > 0 && s.Policy.Every > 0 {
		return state{ByReview, l.hospital, 0}
	}
	if s.Report != nil && wanted == 0 {
		seen := l.seen
		l.seen = w.count(l)
		n := w.wanted(i)
		l.seen = seen
		if n > 0 {
			return state{ByReport, l.hospital, 0}
		}
	}
	if l.coming(w.sight(l)) > 0 {
		return state{coming, 0, 0}
	}
	return state{}
}

// queued says what an order in the queue of its plant waits for.
func (x *explainer) queued(i int) state {
	w := x.w
	l := &w.lines[i]
	p := &w.plants[l.supply.Plant]
	from, to := l.supply.Plant, w.placeOf(l)
	if w.fetchedByItself(i) {
		from, to = to, from
		for _, k := range l.trucks {
			if t := &w.trucks[k]; int(t.fetch) == i && t.phase != parked {
				return state{coming, 0, 0}
			}
		}
	} else if w.free(p, l) == 0 {
		if w.ledger.count(p.full+pileID(l.typ)) > 0 {
			return state{ByKept, int32(l.supply.Plant), 0}
		}
		return state{noFull, int32(l.supply.Plant), 0}
	}
	if w.passable(from, to) > w.now {
		return state{ByRoadShut, x.shutLink(from, to), 0}
	}
	truck, _ := w.freeTruck(l)
	if truck == None {
		for _, k := range l.trucks {
			if w.trucks[k].phase == parked {
				return state{ByShift, k, 0}
			}
		}
		return state{noTruck, int32(l.supply.Plant), 0}
	}
	return state{ByKept, int32(l.supply.Plant), 0}
}

// roundFor returns the round that brings a line its cylinders and is due next,
// or None.
func (x *explainer) roundFor(i int) int {
	w := x.w
	l := &w.lines[i]
	best := None
	for r := range w.rounds {
		c := w.rounds[r].cfg
		if c.Plant != l.supply.Plant {
			continue
		}
		for _, h := range c.Stops {
			if int32(h) == l.hospital && (best == None || w.rounds[r].next < w.rounds[best].next) {
				best = r
			}
		}
	}
	return best
}

// visit says what a round waits for.
func (x *explainer) visit(r int) state {
	w := x.w
	round := &w.rounds[r]
	switch {
	case x.rounds[r].shut < sim.Never:
		return state{ByRoadShut, x.rounds[r].link, x.rounds[r].shut}
	case !round.waits:
		return state{ByVisit, int32(r), 0}
	case w.tourOpens(round.cfg) > w.now:
		return state{ByRoadShut, x.shutOnTour(round.cfg), 0}
	}
	return state{noTruck, int32(round.cfg.Plant), 0}
}

// shutOnTour returns a link on a tour that is known to be closed.
func (x *explainer) shutOnTour(r *Round) int32 {
	w := x.w
	at := r.Plant
	for _, h := range r.Stops {
		to := len(w.cfg.Plants) + h
		if w.passable(at, to) > w.now {
			return x.shutLink(at, to)
		}
		at = to
	}
	return 0
}

// shutLink returns the first link on the usual way that is known to be closed,
// or the first at all.
func (x *explainer) shutLink(at, to int) int32 {
	w := x.w
	first := int32(0)
	for n := 0; at != to && n < w.roads.places; n++ {
		l := w.roads.hop[to*w.roads.places+at]
		if l == None {
			break
		}
		if n == 0 {
			first = l
		}
		if w.knownUntil(int(l)) > w.now {
			return l
		}
		at = w.otherEnd(int(l), at)
	}
	return first
}
