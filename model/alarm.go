package model

import (
	"math"

	"oxysim/sim"
)

// Alarm says what is feared of a world, and how near to it a world is.
type Alarm struct {
	Hospital int     // index of the hospital, or None for any
	Empty    bool    // feared is an empty shelf; otherwise a stockout
	Chain    float64 // weight, in [0,1], of what is gone from the plant and the road beside what is gone from the hospital
}

// Rings is how near a world is to what an [Alarm] fears when it has happened.
const Rings = 1

// nearest is how near a world is in which it has not, at most.
const nearest = 1 - 1e-9

// Nearness returns how near a world is to what is feared: [Rings] if it has
// happened since the statistics began, and less if not. It is the share that is
// gone of what a hospital holds when it is well supplied: cylinders of the type of
// which most is gone, or the gas of its ward's tank, banks, pipe and shelf; for
// the weight of the chain, with all that its plant has ready and that is on its
// way. Of the chance that has been drawn and not been seen it knows nothing,
// which [World.Diverge] needs.
func (w *World) Nearness(a Alarm) float64 {
	if a.Hospital != None {
		return w.nearnessAt(a, a.Hospital)
	}
	most := math.Inf(-1)
	for h := range w.hospitals {
		most = max(most, w.nearnessAt(a, h))
	}
	return most
}

func (w *World) nearnessAt(a Alarm, i int) float64 {
	h := &w.hospitals[i]
	if !a.Empty && h.short.count > 0 {
		return Rings
	}
	shelf, chain := math.Inf(-1), math.Inf(-1)
	for _, k := range h.lines {
		l := &w.lines[k]
		if a.Empty && l.zero.count > 0 {
			return Rings
		}
		if !a.Empty && !w.asksFor(h, k) {
			continue // it is for the ward
		}
		hand, most := int(w.ledger.piles[l.full].count), l.most()
		shelf = max(shelf, gone(hand, most))
		if a.Chain > 0 && l.supply != nil {
			p := &w.plants[l.supply.Plant]
			ready := w.ledger.count(p.full + pileID(l.typ))
			chain = max(chain, gone(hand+int(l.shipped-l.delivered)+ready, most+of(p.cfg.Full, int(l.typ))))
		}
	}
	if h.ward != None {
		if x := w.goneAtWard(&w.wards[h.ward]); !a.Empty {
			shelf = max(shelf, x)
		}
	}
	switch {
	case shelf == math.Inf(-1):
		return -1 // it holds nothing
	case chain == math.Inf(-1):
		chain = shelf
	}
	return min(float64((1-a.Chain)*shelf)+float64(a.Chain*chain), nearest)
}

// asksFor reports whether anybody at a hospital asks for whole cylinders of a
// line.
func (w *World) asksFor(h *hospital, line int32) bool {
	for _, d := range h.demands {
		if w.demands[d].line == line {
			return true
		}
	}
	return false
}

// most returns how many full cylinders a line has when it is well supplied.
func (l *line) most() int {
	if l.supply != nil {
		return max(l.cfg.Full, l.supply.Policy.UpTo, 1)
	}
	return max(l.cfg.Full, 1)
}

// gone returns the share that is gone of what there should be.
func gone(is, most int) float64 { return 1 - float64(is)/float64(max(most, 1)) }

// goneAtWard returns the share that is gone of the gas from which a ward may
// draw, or minus infinity if it has no store.
func (w *World) goneAtWard(x *ward) float64 {
	is, most := Gas(0), Gas(0)
	d := w.now.Sub(x.at)
	if c := x.bulk.cfg; c != nil {
		is += x.bulk.level + x.bulk.net().Over(d)
		most += max(c.Stored, 1)
	}
	if m := &x.manifold; m.cfg != nil {
		is += m.banks[0].left + m.banks[1].left - x.given[FromManifold].Over(d)
	}
	if c := x.cfg.Pipe; c != nil {
		p := &w.plants[c.Plant]
		is += w.tankNow(p)
		most += p.room()
	}
	for _, k := range w.hospitals[x.hospital].lines {
		l := &w.lines[k]
		each := w.content[l.typ] - l.residual
		is += Gas(w.ledger.count(l.full)) * each
		most += Gas(l.most()) * each
	}
	if most == 0 {
		return math.Inf(-1)
	}
	return 1 - float64(is)/float64(most)
}

// tankNow returns what is in the tank of a plant, without booking it.
func (w *World) tankNow(p *plant) Gas {
	g := &p.gas
	d := w.now.Sub(g.since)
	return max(min(g.tank+g.makes.Over(d)-g.piped.Over(d)-g.station.Over(d), p.room()), 0)
}

// look is how often a world is looked at in which nothing happens, while gas
// flows.
const look = sim.Hour

// Approach lets time pass until a world is as near to what is feared as a level,
// or the replication is over, and returns how near it has come. It looks after
// each instant at which something happens, and each hour.
func (w *World) Approach(a Alarm, level float64) (nearest float64) {
	nearest = math.Inf(-1)
	if begins := w.Begins(); w.now <= begins {
		w.RunTo(begins + 1) // what ends the warm-up happens at that instant
	}
	for {
		if nearest = max(nearest, w.Nearness(a)); nearest >= level || w.now >= w.end {
			return nearest
		}
		_, at, ok := w.calendar.Next()
		if !ok {
			at = w.end
		}
		if next := (w.now/sim.Time(look) + 1) * sim.Time(look); at >= next {
			w.now = min(next, w.end)
		} else {
			w.RunTo(at + 1)
		}
	}
}
