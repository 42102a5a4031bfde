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
		if !w.beginFill(p, &w.positions[position], position) {
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

// oldestEmpty returns the pile, of all types, whose first empty cylinder has
// waited longest, or nil.
func (w *World) oldestEmpty(p *plant) (oldest *pile) {
	for t := range w.ledger.types {
		x := w.ledger.pile(p.empty + pileID(t))
		if x.count > 0 && (oldest == nil || w.ledger.cylinders[x.head].since < w.ledger.cylinders[oldest.head].since) {
			oldest = x
		}
	}
	return oldest
}

// beginFill puts as many cylinders as there is room for into a position, those
// that have waited longest first, and reports whether there was one. A
// cylinder due for its periodic test goes there instead.
func (w *World) beginFill(p *plant, q *position, i int) bool {
	for q.count < q.room {
		waits := w.oldestEmpty(p)
		if waits == nil {
			break
		}
		if w.tests && w.dueForTest(waits) {
			w.sendToTest(p, waits, int(q.plant))
			continue
		}
		w.connect(p, q, waits)
	}
	if q.count == 0 {
		return false
	}
	q.number = p.numbered
	p.numbered += uint64(q.count)
	q.until = w.now.Add(sim.Seconds(p.chance.time.Draw()))
	w.set(filled, i, q.until)
	if p.limits {
		w.drawGas(p, i)
	}
	return true
}

// connect puts the first cylinder of a pile of empties into a position.
func (w *World) connect(p *plant, q *position, from *pile) {
	cyl := &w.ledger.cylinders[from.head]
	wait := w.now.Sub(cyl.since)
	p.tally.begun++
	p.tally.waits += int64(wait)
	if wait > p.patience {
		p.tally.long++
	}
	if p.vents {
		w.vent(cyl)
	}
	w.ledger.moveFirst(w.now, from, w.ledger.pile(q.pile+from.id-p.empty))
	q.count++
}

// filled: the time of a fill has passed.
func (w *World) filled(i int) {
	q := &w.positions[i]
	p := &w.plants[q.plant]
	if p.limits && !w.ripen(i) {
		return
	}
	w.takeOff(p, q, i)
}

// takeOff empties a position, and the next fill begins in it if one can.
func (w *World) takeOff(p *plant, q *position, i int) {
	w.concludeFills(p, q)
	q.ripe = false
	if !w.mayFill(p) || !w.beginFill(p, q, i) {
		p.idle = append(p.idle, int32(i))
		w.cancel(filled, i)
	}
	w.filledMore(p, int(q.plant))
	w.fullCame(p, int(q.plant))
}

// concludeFills takes all cylinders off a position.
func (w *World) concludeFills(p *plant, q *position) {
	for t := pileID(0); q.count > 0; t++ {
		for from := w.ledger.pile(q.pile + t); from.count > 0; {
			w.concludeFill(p, q, from, t)
			q.count--
			q.number++
		}
	}
}

// concludeFill takes the first cylinder of a type in a position, which is
// filled, to inspection if there is one, or straight to what inspection would
// find.
func (w *World) concludeFill(p *plant, q *position, from *pile, t pileID) {
	content := w.content[t]
	if !p.brimful {
		content = content.Share(p.contentShare(q.number))
	}
	c := from.head
	gas := w.ledger.cylinders[c].charge(content)
	if p.limits {
		q.taken -= gas
	} else {
		w.ledger.gas[gasMade] += gas
		p.gas.tally.made += gas
		p.gas.tally.compressed += gas
	}
	if p.inspects {
		w.ledger.moveFirst(w.now, from, w.ledger.pile(p.inspect+t))
		p.away.Push(w.now.Add(sim.Seconds(p.cfg.Fill.Inspect.At(p.chance.inspect, q.number))), int32(c))
		w.set(released, int(q.plant), p.away.First())
		return
	}
	if p.rejects {
		w.judge(p, c)
		return
	}
	w.ledger.moveFirst(w.now, from, w.ledger.pile(p.full+t))
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
	w.fullCame(p, i)
}

// dueForTest reports whether the first cylinder of a pile must be tested before
// it is filled.
func (w *World) dueForTest(p *pile) bool {
	every := w.cfg.Types[w.ledger.typeOf[p.head]].TestEvery
	return every > 0 && w.now.Sub(w.tested[p.head]) >= every
}

// sendToTest takes the first cylinder of a pile of empties at a plant to its
// periodic test.
func (w *World) sendToTest(p *plant, from *pile, i int) {
	c, t := from.head, from.id-p.empty
	takes := w.cfg.Types[t].TestTakes.Draw(&p.chance.test)
	w.ledger.moveFirst(w.now, from, w.ledger.pile(p.test+t))
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

// binds returns what keeps a plant from filling more, with so many empties
// waiting.
func (w *World) binds(p *plant, i, waiting int) Constraint {
	switch {
	case waiting < p.least:
		return Empties
	case !p.open:
		return Shift
	case !p.running && !w.powered(i):
		return PowerCut
	case !p.running:
		return Outage
	case p.limits:
		return w.gasBinds(i)
	}
	return Positions
}

// settleBound books how long the present constraint has bound.
func (p *plant) settleBound(now sim.Time) {
	p.bound[p.binds] += now.Sub(p.since)
	p.since = now
}

// bind finds what binds now and, if it is another constraint, books how long
// the last one bound.
func (w *World) bind(p *plant, i int) {
	waiting := w.empties(p)
	if binds := w.binds(p, i, waiting); binds != p.binds {
		p.settleBound(w.now)
		p.binds = binds
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
