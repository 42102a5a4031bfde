package model

import "oxysim/sim"

// fits reports whether a concentrator of the hospital can serve a patient.
func (c *Hospital) fits(flow Flow) bool {
	return c.Concentrators != nil && flow > 0 && flow <= c.Concentrators.Flow
}

// concentrating returns how many concentrators of a ward give oxygen. Those
// without power do not.
func (w *World) concentrating(x *ward) int32 { return int32(w.producing(int(x.pool))) }

// lend gives each patient in triage order a concentrator, if it can serve what
// the patient still needs, and a flow demand as many as it needs; and returns
// what they give.
func (w *World) lend(x *ward) (got Flow) {
	flow := x.cfg.Concentrators.Flow
	free := w.concentrating(x)
	x.units = free
	for k := x.head; k != None && free > 0; k = x.patients[k].after {
		p := &x.patients[k]
		if w.groups[p.group].flow != nil {
			n := min(free, unitsFor(p.rest, flow))
			gets := min(p.rest, Flow(n)*flow)
			p.rest -= gets
			got += gets
			free -= n
		} else if x.cfg.fits(p.rest) {
			got += p.rest
			p.rest = 0
			free--
		}
	}
	x.units -= free
	return got
}

// lendToAll gives a concentrator to everyone whom one can serve, of n, which
// are at least as many, and the others to flow demands.
func (w *World) lendToAll(x *ward, n int32) Flow {
	flow := x.cfg.Concentrators.Flow
	got, free := x.fitFlow, n-x.fit
	for i := x.from; i < x.to && free > 0; i++ {
		if g := &w.groups[i]; g.flow != nil {
			k := min(free, unitsFor(g.need, flow))
			got += min(g.need, Flow(k)*flow)
			free -= k
		}
	}
	x.units = n - free
	return got
}

// unitsFor returns how many concentrators a flow takes.
func unitsFor(need, flow Flow) int32 {
	return int32(min((need+flow-1)/flow, 1<<30))
}

// tickConcentrators books what concentrators made of air.
func (w *World) tickConcentrators(x *ward, d sim.Span) {
	if x.units == 0 {
		return
	}
	x.tally.running += int64(x.units) * int64(d)
	made := x.given[FromConcentrators].Over(d)
	w.ledger.gas[gasMade] += made
	w.ledger.gas[gasBreathed] += made
}
