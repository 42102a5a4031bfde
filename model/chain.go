package model

import "oxysim/sim"

// Chain is a stockout and what it waited for. The way of the delivery that
// ended it is walked backwards: on the road, then in the queue of the plant,
// then until it was ordered. Of the waits that are met, the last ones are charged
// with the hours of the stockout; what they do not cover is charged to the time
// that a delivery takes in any case, because it was ordered too late for it.
type Chain struct {
	Hospital string // dotted
	From, To sim.Time
	Open     bool // it still lasted at the end of the run

	Plant   string   // that delivers, dotted; "" if none does
	Carrier string   // the truck that ended it, or is on its way to, dotted; "" if none is
	Ended   bool     // the delivery ended it
	Ordered sim.Time // since when it was to be had, or sim.Never
	Sent    sim.Time // when it left, or sim.Never

	Waits []Wait // that are charged, the last first; their charges add up to the stockout
}

// Wait is a wait of a delivery.
type Wait struct {
	Kind     Blocker
	Thing    string   // dotted name of what blocks, or ""
	Since    sim.Time // when the reason began: the grid went off, the machine failed, the road was closed
	From, To sim.Time // of the wait
	Charged  sim.Span
	Sent     bool // it was on its way already
}

// Blocker is what a delivery waits for.
type Blocker uint8

// Blockers.
const (
	calm   Blocker = iota // nothing is wanted
	coming                // all that is wanted is on its way

	ByReport // the count that tells of the need has not arrived
	ByReview // orders are placed at the next review
	ByVisit  // the next round brings it

	ByPowerCut   // the plant has no electricity
	ByMachineOut // no machine of the plant runs: one is broken
	ByStopped    // or in a planned stop
	ByRestarting // or not yet in specification
	ByPowerBack  // not yet in specification, after a power cut
	ByClosed     // outside the hours of filling
	ByNoEmpties  // nothing to fill
	ByGasShort   // the machines make too little
	ByBoosterMax // the booster compresses too little
	ByAllBusy    // all positions are busy
	ByBeingFull  // the cylinders are being filled or inspected
	ByQuota      // the vendor has sold what it sells today
	ByKept       // full cylinders are kept for others, or go to them first

	ByTrucksOut // all trucks are on trips
	ByAtRest    // the driver rests
	ByShift     // no truck that is at home may leave yet
	ByBroken    // the truck is being repaired
	ByDock      // no dock is free
	ByRoadShut  // the road is closed

	ByOnTheWay // loading, driving, unloading: what a delivery takes in any case
	ByConnect  // what has come is being connected
	ByLate     // nothing held the delivery up: it was ordered too late for the time it takes
	ByTankDry  // the bulk tank is empty, and no tanker has come
	ByPipeDry  // the plant makes too little for the pipe
	ByNothing  // nobody brings oxygen
	noFull     // the plant has no full cylinder: its own state says why
	noTruck    // no truck is at home: the truck's own state says why
	blockers
)

var blockerNames = [blockers]string{
	"calm", "coming", "report", "review", "visit", "power cut", "machine", "planned stop", "restart", "power back", "closed", "empties", "gas",
	"booster", "positions", "filling", "quota", "kept", "trucks", "rest", "shift", "breakdown", "dock", "road", "on the way", "connecting",
	"ordered late", "tank", "pipe", "nothing", "no full cylinder", "no truck",
}

func (b Blocker) String() string { return blockerNames[b] }

// ordinary reports whether a delivery takes it in any case.
func (b Blocker) ordinary() bool {
	return b == ByOnTheWay || b == coming || b == calm
}

// Explain makes a world say, in the runs that follow, what each stockout waited
// for, when it is over or the run is. Statistics are not what it goes by: those of
// the warm-up are told too. A nil function ends it.
func (w *World) Explain(tell func(Chain)) {
	w.explain = nil
	if tell != nil {
		w.explain = &explainer{w: w, tell: tell}
	}
}

// state is what something waits for.
type state struct {
	kind  Blocker
	thing int32    // index of what blocks, of the kind that it says
	since sim.Time // of the reason
}

// spell of a state: until the next begins.
type passage struct {
	from sim.Time
	state
}

// diary is what something has waited for, without gaps.
type diary []passage

// note notes the state from now on.
func (d *diary) note(now sim.Time, s state) {
	list := *d
	for n := len(list); n > 0; n = len(list) {
		last := &list[n-1]
		if last.state == s {
			*d = list
			return
		}
		if last.from < now {
			break
		}
		list = list[:n-1] // it lasted for no time
	}
	*d = append(list, passage{now, s})
}

// back calls see for each passage between two instants, the last first, until
// it returns false. What was before the first is as the first.
func (d diary) back(from, to sim.Time, see func(from, to sim.Time, s state) bool) {
	for k := len(d) - 1; k >= 0 && to > from; k-- {
		if d[k].from >= to {
			continue
		}
		begin := max(d[k].from, from)
		if k == 0 {
			begin = from
		}
		if !see(begin, to, d[k].state) {
			return
		}
		to = begin
	}
}

// conclude tells what a stockout of a hospital waited for.
func (x *explainer) conclude(h int, open bool) {
	w := x.w
	c := Chain{
		Hospital: w.cfg.Hospitals[h].Name, From: x.short[h], To: w.now, Open: open, Ordered: sim.Never, Sent: sim.Never,
	}
	left := c.To.Sub(c.From)
	if left <= 0 {
		return
	}
	charge := func(v Wait) {
		if n := min(left, v.Charged); n > 0 {
			v.Charged = n
			left -= n
			c.Waits = append(c.Waits, v)
		}
	}
	k := x.lineOf(h)
	if k == None {
		x.chargeGas(h, c.From, c.To, charge)
	} else {
		l := &w.lines[k]
		c.Plant = w.cfg.Plants[l.supply.Plant].Name
		x.walk(&c, int(k), charge)
		if left > 0 {
			from := c.From
			if c.Ordered < sim.Never {
				from = min(from, c.Ordered)
			}
			charge(Wait{Kind: ByLate, Thing: c.Hospital, Since: from, From: from, To: c.To, Charged: left})
		}
	}
	x.tell(c)
}

// lineOf returns the line that a stockout of a hospital hangs on: the one whose
// delivery has just come, or one that is short, or one whose gas its ward uses;
// None if the hospital has none that is supplied.
func (x *explainer) lineOf(h int) int32 {
	w := x.w
	best, rank := int32(None), 0
	for _, k := range w.hospitals[h].lines {
		if w.lines[k].supply == nil {
			continue
		}
		r := 1
		switch {
		case x.lines[k].came == min(w.now, x.connects[h]) && x.lines[k].came >= 0:
			r = 3
		case w.lines[k].short.on || w.lines[k].short.total > 0 && w.lines[k].zero.on:
			r = 2
		}
		if r > rank {
			best, rank = k, r
		}
	}
	return best
}

// walk walks back the way of the delivery that ended a stockout, or of the one
// that would have.
func (x *explainer) walk(c *Chain, k int, charge func(Wait)) {
	w := x.w
	seen := &x.lines[k]
	upTo := c.To
	if since := x.connects[w.lines[k].hospital]; since < c.To && !c.Open { // what came is connected
		upTo = since
		from := max(since, c.From)
		charge(Wait{Kind: ByConnect, Thing: c.Hospital, Since: since, From: from, To: c.To, Charged: c.To.Sub(from), Sent: true})
	}
	c.Ended = seen.came == upTo && !c.Open
	truck := seen.by
	if !c.Ended {
		truck = x.carrier(k)
	}
	if truck != None {
		c.Carrier, c.Sent = w.cfg.Trucks[truck].Name, x.trucks[truck].sent
		if c.Ended {
			c.Sent = seen.sent
		}
		x.trucks[truck].back(c.Sent, upTo, func(from, to sim.Time, s state) bool {
			if s.kind == noFull {
				x.chargePlant(int(s.thing), from, to, true, charge)
			} else if !s.kind.ordinary() {
				charge(x.wait(s, from, to, true))
			}
			return true
		})
		upTo = c.Sent
		c.Ordered = c.Sent
	} else if c.Ended && w.lines[k].couriers() {
		c.Sent, c.Ordered, upTo = seen.sent, seen.sent, seen.sent
	}
	seen.back(sim.Time(w.cfg.At), upTo, func(from, to sim.Time, s state) bool {
		switch {
		case s.kind.ordinary():
			return false
		case s.kind == noFull:
			x.chargePlant(int(s.thing), from, to, false, charge)
		case s.kind == noTruck:
			x.chargeTruck(k, truck, from, to, charge)
		default:
			charge(x.wait(s, from, to, false))
		}
		c.Ordered = from
		return true
	})
}

// carrier returns a truck that is on its way to the hospital of a line with
// cylinders for it, or None.
func (x *explainer) carrier(k int) int32 {
	w := x.w
	l := &w.lines[k]
	for i := range w.trucks {
		t := &w.trucks[i]
		if t.phase == parked {
			continue
		}
		if t.fetches(w) {
			if int(t.fetch) == k {
				return int32(i)
			}
			continue
		}
		for s := int(t.next); s < len(t.stops); s++ {
			if t.stops[s].hospital == l.hospital && t.loadAt(w, s)[l.typ] > 0 {
				return int32(i)
			}
		}
	}
	return None
}

// wait returns a wait for what a state says.
func (x *explainer) wait(s state, from, to sim.Time, sent bool) Wait {
	began := s.since
	if began == 0 {
		began = from
	}
	return Wait{Kind: s.kind, Thing: x.thing(s), Since: began, From: from, To: to, Charged: to.Sub(from), Sent: sent}
}

// thing returns the dotted name of what blocks.
func (x *explainer) thing(s state) string {
	w := x.w
	switch s.kind {
	case ByPowerCut, ByPowerBack:
		if s.thing >= int32(len(w.power)) {
			return "grid." + w.cfg.Grids[s.thing-int32(len(w.power))].Name
		}
		return w.placeName(int(s.thing))
	case ByMachineOut, ByStopped, ByRestarting, ByClosed, ByNoEmpties, ByGasShort, ByBoosterMax, ByAllBusy, ByBeingFull, ByQuota, ByKept, ByPipeDry, noFull:
		return w.cfg.Plants[s.thing].Name
	case ByAtRest, ByShift, ByBroken, ByDock, ByTrucksOut:
		return w.cfg.Trucks[s.thing].Name
	case ByRoadShut:
		return w.linkName(s.thing)
	case ByVisit:
		return "round." + w.cfg.Rounds[s.thing].Name
	case ByReport, ByReview, ByTankDry, ByNothing, ByConnect:
		return w.cfg.Hospitals[s.thing].Name
	}
	return ""
}

// chargePlant charges a wait for a full cylinder to what kept the plant from
// filling one.
func (x *explainer) chargePlant(p int, from, to sim.Time, sent bool, charge func(Wait)) {
	x.plants[p].back(from, to, func(from, to sim.Time, s state) bool {
		charge(x.wait(s, from, to, sent))
		return true
	})
}

// chargeTruck charges a wait for a truck to what the one that came in the end
// did; if none has, to one that could have.
func (x *explainer) chargeTruck(k int, truck int32, from, to sim.Time, charge func(Wait)) {
	if truck == None {
		if list := x.w.lines[k].trucks; len(list) > 0 {
			truck = list[0]
		} else if len(x.w.trucks) > 0 {
			truck = 0
		} else {
			charge(Wait{Kind: ByNothing, Thing: x.w.cfg.Hospitals[x.w.lines[k].hospital].Name, Since: from, From: from, To: to, Charged: to.Sub(from)})
			return
		}
	}
	x.trucks[truck].back(from, to, func(from, to sim.Time, s state) bool {
		if s.kind.ordinary() || s.kind == noFull {
			s = state{ByTrucksOut, truck, from}
		}
		charge(x.wait(s, from, to, false))
		return true
	})
}

// chargeGas charges the stockout of a hospital without cylinders to what its
// plant or its tank lacked.
func (x *explainer) chargeGas(h int, from, to sim.Time, charge func(Wait)) {
	c := &x.w.cfg.Hospitals[h]
	switch {
	case c.Pipe != nil:
		x.gas[c.Pipe.Plant].back(from, to, func(from, to sim.Time, s state) bool {
			charge(x.wait(s, from, to, false))
			return true
		})
	case c.Bulk != nil:
		charge(x.wait(state{ByTankDry, int32(h), from}, from, to, false))
	default:
		charge(x.wait(state{ByNothing, int32(h), from}, from, to, false))
	}
}
