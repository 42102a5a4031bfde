package model

import "oxysim/sim"

// allot gives the sources of a ward, in their order, to its patients, in
// triage order: each gets all that is needed or as much as there is. Nothing
// else decides who has what, but for bedside cylinders, which are somebody's.
func (w *World) allot(x *ward) {
	if !w.allotAll(x) {
		w.triage(x)
	}
}

// allotAll reports whether there is enough for everybody, and shares it then,
// without looking at any patient but one who has just come. It leaves it to
// triage if somebody has gone without, or if the patients who have a
// concentrator or a cylinder may not be the same as before.
func (w *World) allotAll(x *ward) bool {
	if x.missed > 0 || x.excused || x.unclear {
		return false
	}
	rest := x.need
	for i, s := range x.cfg.Sources {
		got := Flow(0)
		switch s {
		case FromConcentrators:
			n := w.concentrating(x)
			if i > 0 || n < x.fit {
				return false
			}
			got = w.lendToAll(x, n)
		case FromBedside:
			last := i == len(x.cfg.Sources)-1
			if !last || rest > 0 && !w.bedNewcomer(x, i) || x.given[s]+x.changing != rest {
				return false
			}
			got = rest - x.changing
			rest = got
		default:
			got = w.draw(x, s, rest)
		}
		x.given[s] = got
		rest -= got
	}
	return rest == 0
}

// triage shares the sources patient by patient, and counts who goes without.
func (w *World) triage(x *ward) {
	for k := x.head; k != None; k = x.patients[k].after {
		x.patients[k].rest = x.patients[k].flow
	}
	rest := x.need
	x.excused, x.unclear = false, false
	for _, s := range x.cfg.Sources {
		got := Flow(0)
		switch s {
		case FromConcentrators:
			got = w.lend(x)
		case FromBedside:
			got = w.wheel(x)
		default:
			got = w.draw(x, s, rest)
			x.handOut(got)
		}
		x.given[s] = got
		rest -= got
	}
	w.countMissed(x)
}

// draw draws a flow from a source that all patients share, and returns as much
// of it as the source gives.
func (w *World) draw(x *ward, s Source, need Flow) Flow {
	switch s {
	case FromPipe:
		if limit := x.cfg.Pipe.Limit; limit > 0 {
			need = min(need, limit)
		}
		return w.pipe(int(x.hospital), need)
	case FromBulk:
		return w.drawBulk(x, need)
	default:
		return w.drawManifold(x, need)
	}
}

// handOut hands out a flow in triage order.
func (x *ward) handOut(flow Flow) {
	for k := x.head; k != None && flow > 0; k = x.patients[k].after {
		p := &x.patients[k]
		gets := min(p.rest, flow)
		p.rest -= gets
		flow -= gets
	}
}

// countMissed counts who goes without, and finds who is referred next.
func (w *World) countMissed(x *ward) {
	x.missed, x.changing, x.deadline = 0, 0, sim.Never
	for i := x.from; i < x.to; i++ {
		g := &w.groups[i]
		g.missed, g.changing, g.without, g.waits = 0, 0, 0, 0
	}
	for k := x.head; k != None; k = x.patients[k].after {
		p := &x.patients[k]
		lacks := p.rest > 0 && !x.excused && !p.bed.connecting
		if lacks {
			w.groups[p.group].lack(p)
			x.missed += p.rest
		} else if p.rest > 0 {
			w.groups[p.group].wait(p)
			x.changing += p.rest
		}
		if !lacks || 2*p.rest <= p.flow {
			p.without = sim.Never
			continue
		}
		if p.without == sim.Never {
			p.without = w.now
		}
		if p.endures >= 0 {
			x.deadline = min(x.deadline, p.without.Add(p.endures))
		}
	}
	x.uneven = x.missed > 0 || x.changing > 0
}

// lack counts a patient who goes without for lack of oxygen.
func (g *group) lack(p *patient) {
	g.missed += p.rest
	g.without += p.share()
}

// wait counts a patient who waits for a connection or a change-over.
func (g *group) wait(p *patient) {
	g.changing += p.rest
	g.waits += p.share()
}

// share returns the share of the needed flow that a patient does not get, in
// millionths, of which the last is rounded down.
func (p *patient) share() int64 { return int64(p.rest) * millionths / int64(p.flow) }
