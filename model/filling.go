package model

import "oxysim/sim"

// fillMore begins every fill that can begin at a plant, and books what keeps
// it from beginning more.
func (w *World) fillMore(i int) {
	p := &w.plants[i]
	if p.cfg.Fill == nil {
		return
	}
	for len(p.idle) > 0 && w.mayFill(p) {
		last := len(p.idle) - 1
		position := int(p.idle[last])
		p.idle = p.idle[:last]
		if !w.beginFill(p, position) {
			p.idle = append(p.idle, int32(position)) // all were due for a test
		}
	}
	w.filledMore(p, i)
}

// mayFill reports whether a fill can begin if a position is free.
func (w *World) mayFill(p *plant) bool {
	return p.running && p.open && w.empties(p) >= p.least
}

// filledMore is called when fills have begun or ended at a plant: it shares
// the gas among them, if it can be short, and books what binds.
func (w *World) filledMore(p *plant, i int) {
	if p.limits {
		w.balance(i)
		return
	}
	w.bind(p, i)
}

// empties returns how many cylinders wait to be filled.
func (w *World) empties(p *plant) int {
	n := w.ledger.count(p.empty)
	for t := 1; t < w.ledger.types; t++ {
		n += w.ledger.count(p.empty + pileID(t))
	}
	return n
}

// oldestEmpty returns the type whose first cylinder has waited longest, or None.
func (w *World) oldestEmpty(p *plant) int {
	if w.ledger.types == 1 {
		return min(int(w.ledger.count(p.empty)), 1) - 1
	}
	oldest, since := None, sim.Never
	for t := range w.ledger.types {
		if c := w.ledger.first(p.empty + pileID(t)); c != noCylinder && w.ledger.cylinders[c].since < since {
			oldest, since = t, w.ledger.cylinders[c].since
		}
	}
	return oldest
}

// beginFill puts as many cylinders as there is room for into a position, those
// that have waited longest first, and reports whether there was one. A
// cylinder due for its periodic test goes there instead.
func (w *World) beginFill(p *plant, i int) bool {
	q := &w.positions[i]
	for q.count < q.room {
		t := w.oldestEmpty(p)
		if t == None {
			break
		}
		if w.tests && w.dueForTest(p.empty+pileID(t)) {
			w.sendToTest(p, int(q.plant), t)
			continue
		}
		w.connect(p, q, pileID(t))
	}
	if q.count == 0 {
		return false
	}
	q.number = p.numbered
	p.numbered += uint64(q.count)
	q.until = w.now.Add(sim.Seconds(p.chance.time.draw()))
	w.set(filled, i, q.until)
	if p.limits {
		w.drawGas(p, i)
	}
	return true
}

// connect puts the cylinder of a type that has waited longest into a position.
func (w *World) connect(p *plant, q *position, t pileID) {
	cyl := &w.ledger.cylinders[w.ledger.first(p.empty+t)]
	wait := w.now.Sub(cyl.since)
	p.tally.begun++
	p.tally.waits += int64(wait)
	if wait > p.patience {
		p.tally.long++
	}
	if p.vents {
		w.vent(cyl)
	}
	w.ledger.moveFirst(w.now, p.empty+t, q.pile+t)
	q.count++
}

// filled: the time of a fill has passed.
func (w *World) filled(i int) {
	q := &w.positions[i]
	if w.plants[q.plant].limits && !w.ripen(i) {
		return
	}
	w.takeOff(i)
}

// takeOff empties a position, and the next fill begins in it if one can.
func (w *World) takeOff(i int) {
	q := &w.positions[i]
	p := &w.plants[q.plant]
	for t := pileID(0); q.count > 0; t++ {
		for range w.ledger.count(q.pile + t) {
			w.concludeFill(p, q, t)
			q.count--
			q.number++
		}
	}
	q.ripe = false
	if !w.mayFill(p) || !w.beginFill(p, i) {
		p.idle = append(p.idle, int32(i))
		w.cancel(filled, i)
	}
	w.filledMore(p, int(q.plant))
	w.fullCame(int(q.plant))
}

// concludeFill takes the first cylinder of a type in a position, which is
// filled, to inspection if there is one, or straight to what inspection would
// find.
func (w *World) concludeFill(p *plant, q *position, t pileID) {
	from := q.pile + t
	c := w.ledger.first(from)
	share := 1.0
	if !p.brimful {
		share = p.contentShare(q.number)
	}
	gas := w.charge(c, share)
	if p.limits {
		q.taken -= gas
	} else {
		w.ledger.gas[gasMade] += gas
		p.gas.tally.made += gas
		p.gas.tally.compressed += gas
	}
	if p.inspects {
		w.ledger.move(w.now, 1, from, p.inspect+t)
		p.away.Push(w.now.Add(sim.Seconds(p.cfg.Fill.Inspect.At(p.chance.inspect, q.number))), int32(c))
		w.set(released, int(q.plant), p.away.First())
		return
	}
	if p.rejects {
		w.judge(p, c)
		return
	}
	w.ledger.moveFirst(w.now, from, p.full+t)
	p.tally.filled++
}

// contentShare returns the share of the nominal content reached by the cylinder
// of a number.
func (p *plant) contentShare(number uint64) float64 {
	return p.cfg.Fill.Content.At(p.chance.content, number)
}

// judge releases a cylinder, or rejects it: then it is vented and filled again.
func (w *World) judge(p *plant, c cylinderID) {
	t := pileID(w.ledger.typeOf[c])
	if p.rejects && p.chance.reject.Float64() < p.cfg.Fill.Reject {
		w.vent(&w.ledger.cylinders[c])
		w.ledger.moveOne(w.now, c, p.empty+t)
		p.tally.rejected++
		return
	}
	w.ledger.moveOne(w.now, c, p.full+t)
	p.tally.filled++
}

// released: inspections or tests are over.
func (w *World) released(i int) {
	p := &w.plants[i]
	for p.away.First() <= w.now {
		_, id := p.away.Pop()
		c := cylinderID(id)
		if w.ledger.stage(w.ledger.cylinders[c].pile) == AtTest {
			w.returnFromTest(p, c)
		} else {
			w.judge(p, c)
		}
	}
	w.set(released, i, p.away.First())
	w.fillMore(i)
	w.fullCame(i)
}

// dueForTest reports whether the first cylinder of a pile must be tested before
// it is filled.
func (w *World) dueForTest(pile pileID) bool {
	c := w.ledger.first(pile)
	every := w.cfg.Types[w.ledger.typeOf[c]].TestEvery
	return every > 0 && w.now.Sub(w.tested[c]) >= every
}

// sendToTest takes the first cylinder of a type that waits at a plant to its
// periodic test.
func (w *World) sendToTest(p *plant, i, t int) {
	c := w.ledger.first(p.empty + pileID(t))
	takes := w.cfg.Types[t].TestTakes.Draw(&p.chance.test)
	w.ledger.move(w.now, 1, p.empty+pileID(t), p.test+pileID(t))
	p.tally.tested++
	p.away.Push(w.now.Add(sim.Seconds(takes)), int32(c))
	w.set(released, i, p.away.First())
}

// returnFromTest brings a cylinder back, or condemns it.
func (w *World) returnFromTest(p *plant, c cylinderID) {
	t := w.ledger.typeOf[c]
	w.tested[c] = w.now
	if p.chance.verdict.Float64() < w.cfg.Types[t].TestReject {
		w.ledger.gas[gasGone] += w.ledger.cylinders[c].gas
		w.ledger.cylinders[c].gas = 0
		w.ledger.moveOne(w.now, c, w.ledger.at(Condemned, 0, int(t)))
		return
	}
	w.ledger.moveOne(w.now, c, p.empty+pileID(t))
}

// bind books how long the last constraint bound, and finds what binds now.
func (w *World) bind(p *plant, i int) {
	p.bound[p.binds] += w.now.Sub(p.since)
	p.since = w.now
	waiting := w.empties(p)
	switch {
	case waiting < p.least:
		p.binds = Empties
	case !p.open:
		p.binds = Shift
	case !p.running:
		p.binds = Outage
		if !w.powered(i) {
			p.binds = PowerCut
		}
	case p.limits:
		p.binds = w.gasBinds(i)
	default:
		p.binds = Positions
	}
	if limit := p.cfg.Fill.QueueLimit; limit > 0 {
		n := waiting
		for _, q := range p.positions {
			n += int(w.positions[q].count)
		}
		if (n >= limit) != p.crowded.on {
			p.crowded.turn(w.now)
		}
	}
}
