package model

import "oxysim/sim"

// bulk is a tank of liquid oxygen, in amounts of gas. Once it has run dry it
// stays so until something comes; less than what one second would draw may be
// left in it.
type bulk struct {
	cfg    *Bulk // nil if there is none
	level  Gas
	dry    bool
	stream Flow // of the day

	// The flows of now.
	draws  Flow
	enters Flow // of the stream
	boils  Flow

	area     float64 // level × seconds, since the statistics began
	empty    sim.Span
	received Gas
	refused  Gas // did not fit
}

// makeBulk gives a ward its tank and the tankers that fill it.
func (w *World) makeBulk(x *ward) {
	x.bulk.cfg = x.cfg.Bulk
	for i := range x.cfg.Bulk.Tankers {
		w.tankers = append(w.tankers, makeTanker(&x.cfg.Bulk.Tankers[i], x.cfg.Name, len(w.wards)))
	}
}

func (w *World) resetBulk(x *ward) {
	c := x.bulk.cfg
	if c == nil {
		return
	}
	x.bulk = bulk{cfg: c, level: c.Stored, dry: c.Stored == 0}
	w.ledger.gas[gasInitial] += c.Stored
	w.streamOfDay(x)
}

func (w *World) forgetBulk(x *ward) {
	b := &x.bulk
	b.area, b.empty, b.received, b.refused = 0, 0, 0, 0
}

// bulkGas returns what is in all tanks of liquid.
func (w *World) bulkGas() (sum Gas) {
	for i := range w.wards {
		sum += w.wards[i].bulk.level
	}
	return sum
}

// streamOfDay gives the stream into the tank the size of the day, and reports
// whether that changes it.
func (w *World) streamOfDay(x *ward) bool {
	b := &x.bulk
	if b.cfg == nil || len(b.cfg.Inflow) == 0 {
		return false
	}
	before := b.stream
	b.stream = b.cfg.Inflow[min(w.now.Day(), len(b.cfg.Inflow)-1)]
	return b.stream != before
}

// drawBulk draws a flow from the tank of a ward, and returns as much as comes:
// from a dry tank, what streams in. What boils off a dry tank is at most what
// streams in and is not drawn.
func (w *World) drawBulk(x *ward, need Flow) Flow {
	b := &x.bulk
	if limit := b.cfg.Limit; limit > 0 {
		need = min(need, limit)
	}
	b.enters, b.boils = b.stream, b.cfg.BoilOff
	if b.dry {
		need = min(need, b.stream)
		b.boils = min(b.boils, b.stream-need)
	}
	b.draws = need
	if b.net() > 0 {
		b.dry = false
		if (b.cfg.Tank - b.level).Lasts(b.net()) == 0 { // full: the rest does not fit
			b.enters = b.draws + b.boils
		}
	}
	return need
}

// net returns by how much the level rises.
func (b *bulk) net() Flow { return b.enters - b.draws - b.boils }

// tickBulk books what has flowed into the tank and out of it.
func (w *World) tickBulk(x *ward, d sim.Span) {
	b := &x.bulk
	if b.cfg == nil {
		return
	}
	change := b.net().Over(d)
	b.area += float64((float64(b.level) + float64(float64(change)/2)) * float64(d))
	b.level += change
	if b.dry {
		b.empty += d
	}
	b.received += b.enters.Over(d)
	b.refused += (b.stream - b.enters).Over(d)
	w.ledger.gas[gasBought] += b.enters.Over(d)
	w.ledger.gas[gasBoiled] += b.boils.Over(d)
	w.ledger.gas[gasBreathed] += b.draws.Over(d)
}

// next returns when the tank will be dry or full.
func (b *bulk) next(now sim.Time) sim.Time {
	switch net := b.net(); {
	case b.cfg == nil || net == 0 || b.dry:
		return sim.Never
	case net < 0:
		return now.Add(b.level.Lasts(-net))
	default:
		return now.Add((b.cfg.Tank - b.level).Lasts(net))
	}
}

// turnBulk notes that a tank has run dry or is full.
func (w *World) turnBulk(x *ward) {
	b := &x.bulk
	if b.cfg == nil || b.next(w.now) > w.now {
		return
	}
	if b.net() < 0 {
		b.dry = true
		w.note(x, "the tank of liquid is dry")
	}
}

// fillBulk takes a tanker's load into the tank. What does not fit goes back.
func (w *World) fillBulk(x *ward, load Gas) {
	b := &x.bulk
	w.tickWard(x)
	fits := min(load, b.cfg.Tank-b.level)
	b.level += fits
	b.received += fits
	b.refused += load - fits
	w.ledger.gas[gasBought] += fits
	if fits > 0 {
		b.dry = false
	}
}
