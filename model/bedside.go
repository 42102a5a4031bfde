package model

import "oxysim/sim"

// bed is the cylinder of one patient.
type bed struct {
	cylinder   cylinderID // or noCylinder
	line       int32      // of the cylinder, in the order of the hospital's
	connecting bool
	flow       Flow     // that it is to give
	since      sim.Time // up to when what it gave is booked to it
	wants      sim.Time // since when the patient waits for one, or sim.Never
	number     uint64   // cylinders connected for the patient
}

// opened is a part-used cylinder that stands by for the next patient.
type opened struct {
	cylinder cylinderID
	line     int32
}

// little is the share of what can be drawn from a cylinder below which the
// staff does not keep it for the next patient.
const little = 0.1

// wheel gives each patient who still needs oxygen a cylinder, in triage order,
// and takes it from those who need none any more; it returns what flows. When
// no cylinder is left, patients of a later group give theirs to those of an
// earlier one, the last first; within a group nobody gives.
func (w *World) wheel(x *ward) (got Flow) {
	for k := x.head; k != None; k = x.patients[k].after {
		if p := &x.patients[k]; p.rest == 0 {
			w.clearBed(x, k)
		} else if p.bed.flow != p.rest {
			w.regulate(x, k, p.rest)
		}
	}
	giver := x.last(w)
	for k := x.head; k != None; k = x.patients[k].after {
		p := &x.patients[k]
		if p.rest > 0 && p.bed.cylinder == noCylinder && !x.excused {
			if !w.provide(x, k) {
				giver = w.handDown(x, k, giver)
			}
		}
		if p.bed.cylinder != noCylinder && !p.bed.connecting {
			got += p.rest
			p.rest = 0
		}
	}
	return got
}

// bedNewcomer gives the patient who has just come, if there is one who needs
// it, a cylinder, and reports whether nobody else is concerned: before bedside
// cylinders come only concentrators, which serve all whom they can serve.
func (w *World) bedNewcomer(x *ward, i int) bool {
	if i > 1 || i == 1 && x.cfg.Sources[0] != FromConcentrators || len(x.cfg.Flow) > 0 {
		return false
	}
	k := x.newcomer
	if k == None || i == 1 && x.cfg.fits(x.patients[k].flow) {
		return true
	}
	x.newcomer = None
	p := &x.patients[k]
	p.bed.flow = p.flow
	if !w.provide(x, k) {
		return false
	}
	w.beginBed(x, p)
	return true
}

// beginBed counts a patient whose cylinder gives all that is still needed, or
// will.
func (w *World) beginBed(x *ward, p *patient) {
	if p.bed.connecting {
		p.rest = p.bed.flow
		w.delay(x, p, 1)
	} else {
		p.rest = 0
		x.given[FromBedside] += p.bed.flow
	}
}

// delay counts a patient who begins to wait for a connection, or by -1 one who
// ends.
func (w *World) delay(x *ward, p *patient, sign Flow) {
	g := &w.groups[p.group]
	x.changing += sign * p.rest
	g.changing += sign * p.rest
	g.waits += int64(sign) * p.share()
	x.uneven = x.missed > 0 || x.changing > 0
}

// last returns the last patient in triage order, or None.
func (x *ward) last(w *World) int32 {
	for i := x.to - 1; i >= x.from; i-- {
		if k := w.groups[i].last; k != None {
			return k
		}
	}
	return None
}

// handDown gives a patient the cylinder of the last who has one, if that is one
// of a later group. It returns the last who may still have one.
func (w *World) handDown(x *ward, k, giver int32) int32 {
	p := &x.patients[k]
	for ; giver != None && x.patients[giver].group > p.group; giver = x.patients[giver].before {
		if q := &x.patients[giver]; q.bed.cylinder != noCylinder {
			c := opened{q.bed.cylinder, q.bed.line}
			w.detach(x, giver)
			w.attach(x, k, c)
			q.bed.wants = w.now
			break
		}
	}
	return giver
}

// provide takes a cylinder for a patient, one that stands by or a full one, and
// reports whether there was one.
func (w *World) provide(x *ward, k int32) bool {
	p := &x.patients[k]
	if n := len(x.opened); n > 0 {
		c := x.opened[n-1]
		x.opened = x.opened[:n-1]
		w.attach(x, k, c)
		return true
	}
	for _, j := range x.cfg.Bedside.Lines {
		l, _ := w.lineOf(x, j)
		if w.ledger.count(l.full) == 0 {
			continue
		}
		w.leak(l.full, 1)
		c := opened{w.ledger.first(l.full), int32(j)}
		w.ledger.move(w.now, 1, l.full, l.use)
		x.touched[j] = true
		l.tally.took(1, w.now.Sub(min(p.bed.wants, w.now)))
		w.attach(x, k, c)
		return true
	}
	if p.bed.wants == sim.Never {
		p.bed.wants = w.now
	}
	x.unclear = true
	return false
}

// attach connects a cylinder to a patient. A flow demand stands for many
// patients, whose cylinders are not changed at one time: for it, that takes no
// time, nor does it at the start.
func (w *World) attach(x *ward, k int32, c opened) {
	p := &x.patients[k]
	g := &w.groups[p.group]
	b := &p.bed
	b.cylinder, b.line, b.since, b.wants = c.cylinder, c.line, w.now, sim.Never
	takes := sim.Span(0)
	if law := &x.cfg.Bedside.Connect; g.cfg != nil && !x.starting {
		takes = chance(law, g.connect.Sub(p.number), b.number)
	}
	b.number++
	if b.connecting = takes > 0; b.connecting {
		x.due.Push(w.now.Add(takes), k<<1|bedside)
		return
	}
	w.beginDraw(x, k)
}

// beginDraw lets a patient draw on a connected cylinder until it is dry.
func (w *World) beginDraw(x *ward, k int32) {
	b := &x.patients[k].bed
	b.connecting, b.since = false, w.now
	x.due.Push(w.now.Add(w.usable(b.cylinder).Lasts(b.flow)), k<<1|bedside)
}

// usable returns what can be drawn from a cylinder.
func (w *World) usable(c cylinderID) Gas {
	return max(w.ledger.cylinders[c].gas-w.residual[w.ledger.typeOf[c]], 0)
}

// regulate sets the flow of a patient's cylinder.
func (w *World) regulate(x *ward, k int32, flow Flow) {
	b := &x.patients[k].bed
	if b.cylinder != noCylinder && !b.connecting {
		w.bookBed(b)
		x.due.Remove(k<<1 | bedside)
		b.flow = flow
		w.beginDraw(x, k)
		return
	}
	b.flow = flow
}

// bookBed books what a cylinder gave as breathed.
func (w *World) bookBed(b *bed) {
	if b.cylinder != noCylinder && !b.connecting {
		gave := b.flow.Over(w.now.Sub(b.since))
		w.ledger.cylinders[b.cylinder].gas -= gave
		w.ledger.gas[gasBreathed] += gave
		b.since = w.now
	}
}

// bookBedside books what all bedside cylinders of a ward gave.
func (w *World) bookBedside(x *ward) {
	if x.personal {
		for k := x.head; k != None; k = x.patients[k].after {
			w.bookBed(&x.patients[k].bed)
		}
	}
}

// detach takes the cylinder off a patient.
func (w *World) detach(x *ward, k int32) {
	b := &x.patients[k].bed
	w.bookBed(b)
	x.due.Remove(k<<1 | bedside)
	b.cylinder, b.connecting = noCylinder, false
}

// clearBed takes the cylinder off a patient who needs none any more, or does
// not wait for one any more.
func (w *World) clearBed(x *ward, k int32) {
	b := &x.patients[k].bed
	if b.wants != sim.Never { // in vain
		l, _ := w.lineOf(x, x.cfg.Bedside.Lines[0])
		l.tally.demanded++
		l.tally.left++
		b.wants = sim.Never
	}
	if b.cylinder != noCylinder {
		if b.connecting {
			w.delay(x, &x.patients[k], -1)
		} else {
			x.given[FromBedside] -= b.flow
		}
		c := opened{b.cylinder, b.line}
		w.detach(x, k)
		w.standBy(x, c)
	}
	b.flow = 0
}

// standBy keeps a part-used cylinder for the next patient, unless little is
// left in it.
func (w *World) standBy(x *ward, c opened) {
	t := w.ledger.typeOf[c.cylinder]
	fresh := w.cfg.Types[t].Content - w.residual[t]
	if w.usable(c.cylinder) < fresh.Share(little) {
		w.putAway(x, c)
		return
	}
	x.opened = append(x.opened, c)
}

// putAway puts an emptied cylinder with the empties.
func (w *World) putAway(x *ward, c opened) {
	l, _ := w.lineOf(x, int(c.line))
	w.ledger.moveOne(w.now, c.cylinder, l.empty)
	x.touched[c.line] = true
}

// bedsideTurned: a patient's cylinder is connected, or dry and replaced. The
// sources need not be shared anew for it if none comes after it.
func (w *World) bedsideTurned(x *ward, k int32) {
	if x.cfg.Sources[len(x.cfg.Sources)-1] != FromBedside {
		x.stale = true
	}
	p := &x.patients[k]
	b := &p.bed
	if b.connecting {
		w.beginDraw(x, k)
		w.delay(x, p, -1)
		x.given[FromBedside] += p.rest
		p.rest = 0
		return
	}
	w.bookBed(b)
	c := opened{b.cylinder, b.line}
	b.cylinder = noCylinder
	w.putAway(x, c)
	x.given[FromBedside] -= b.flow
	if !w.provide(x, k) {
		x.stale = true
		return
	}
	w.beginBed(x, p)
}
