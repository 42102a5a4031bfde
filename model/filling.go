package model

import "oxysim/sim"

// fillMore begins every fill that can begin at a plant, and books what keeps
// it from beginning more.
func (w *World) fillMore(i int) {
	p := &w.plants[i]
	if p.cfg.Fill == nil {
		return
	}
	for p.running && p.open && len(p.idle) > 0 && w.empties(p) >= p.least {
		last := len(p.idle) - 1
		position := int(p.idle[last])
		p.idle = p.idle[:last]
		if !w.beginFill(p, position) {
			p.idle = append(p.idle, int32(position)) // all were due for a test
		}
	}
	if p.limited() {
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
		t := 0
		if w.ledger.types > 1 {
			t = w.oldestEmpty(p)
		}
		if t == None {
			break
		}
		c := w.ledger.first(p.empty + pileID(t))
		if c == noCylinder {
			break
		}
		if w.dueForTest(c) {
			w.sendToTest(p, int(q.plant), c)
			continue
		}
		wait := w.now.Sub(w.ledger.cylinders[c].since)
		p.tally.begun++
		p.tally.waits += int64(wait)
		if p.cfg.Fill.WaitLimit > 0 && wait > p.cfg.Fill.WaitLimit {
			p.tally.long++
		}
		if p.cfg.Fill.Vent {
			w.vent(c)
		}
		w.ledger.move(w.now, 1, p.empty+pileID(t), q.pile+pileID(t))
		q.count++
	}
	if q.count == 0 {
		return false
	}
	q.begun = w.now
	takes := sim.Seconds(p.chance.time.draw())
	p.fills++
	q.until = w.now.Add(takes)
	w.set(filled, i, q.until)
	q.number = p.numbered
	p.numbered += uint64(q.count)
	if p.limited() {
		w.drawGas(p, i)
	}
	return true
}

// filled: the time of a fill has passed.
func (w *World) filled(i int) {
	q := &w.positions[i]
	if w.plants[q.plant].limited() && !w.ripen(i) {
		return
	}
	w.takeOff(i)
	if q.count == 0 {
		w.cancel(filled, i)
	}
}

// takeOff frees a position and lets the next fill begin.
func (w *World) takeOff(i int) {
	q := &w.positions[i]
	p := &w.plants[q.plant]
	number := q.number
	for t := range w.ledger.types {
		for {
			c := w.ledger.first(q.pile + pileID(t))
			if c == noCylinder {
				break
			}
			w.concludeFill(p, q, c, number)
			number++
		}
	}
	q.count, q.ripe = 0, false
	p.idle = append(p.idle, int32(i))
	w.fillMore(int(q.plant))
	w.fullCame(int(q.plant))
}

// concludeFill takes a filled cylinder to inspection, if there is one, or
// straight to what inspection would find.
func (w *World) concludeFill(p *plant, q *position, c cylinderID, number uint64) {
	gas := w.charge(c, w.contentShare(p, number))
	if p.limited() {
		q.taken -= gas
	} else {
		w.ledger.gas[gasMade] += gas
		p.gas.tally.made += gas
		p.gas.tally.compressed += gas
	}
	if p.inspects {
		w.ledger.moveOne(w.now, c, p.inspect+pileID(w.ledger.typeOf[c]))
		p.away.Push(w.now.Add(sim.Seconds(p.cfg.Fill.Inspect.At(p.chance.inspect, number))), int32(c))
		w.set(released, int(q.plant), p.away.First())
		return
	}
	w.judge(p, c)
}

// contentShare returns the share of the nominal content reached by the cylinder
// of a number.
func (w *World) contentShare(p *plant, number uint64) float64 {
	if p.brimful {
		return 1
	}
	return p.cfg.Fill.Content.At(p.chance.content, number)
}

// judge releases a cylinder, or rejects it: then it is vented and filled again.
func (w *World) judge(p *plant, c cylinderID) {
	t := pileID(w.ledger.typeOf[c])
	if f := p.cfg.Fill; f.Reject > 0 {
		if p.chance.reject.Float64() < f.Reject {
			w.vent(c)
			w.ledger.moveOne(w.now, c, p.empty+t)
			p.tally.rejected++
			return
		}
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
		if w.ledger.piles[w.ledger.cylinders[c].pile].stage == AtTest {
			w.returnFromTest(p, c)
		} else {
			w.judge(p, c)
		}
	}
	w.set(released, i, p.away.First())
	w.fillMore(i)
	w.fullCame(i)
}

// dueForTest reports whether a cylinder must be tested before it is filled.
func (w *World) dueForTest(c cylinderID) bool {
	every := w.cfg.Types[w.ledger.typeOf[c]].TestEvery
	return every > 0 && w.now.Sub(w.tested[c]) >= every
}

// sendToTest takes the first cylinder waiting at a plant to its periodic test.
func (w *World) sendToTest(p *plant, i int, c cylinderID) {
	t := w.ledger.typeOf[c]
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
	if p.chance.test.Float64() < w.cfg.Types[t].TestReject {
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
	case p.limited():
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
