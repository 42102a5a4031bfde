package model

import (
	"oxysim/sim"
	"oxysim/sim/rng"
)

// brood is cylinders that are of one type and at one place at the start. What
// chance decides about one of them is drawn at its index among them, so that
// cylinders elsewhere, more or fewer, change nothing for it.
type brood struct {
	name   rng.Name
	typ    int
	first  cylinderID
	number int
}

// makeBrood notes n new cylinders, of which the first is given.
func (w *World) makeBrood(owner, as string, typ int, first cylinderID, n int) {
	if n > 0 {
		name := rng.NameOf(owner + "." + w.cfg.Types[typ].Name + "." + as)
		w.broods = append(w.broods, brood{name, typ, first, n})
	}
}

// resetCylinders draws how long ago each cylinder was tested, and when it will
// be lost: each is at risk all the time, as theft and neglect are.
func (w *World) resetCylinders() {
	w.usePart()
	for i := range w.broods {
		b := &w.broods[i]
		c := &w.cfg.Types[b.typ]
		if c.TestEvery == 0 && c.Loss == 0 {
			continue
		}
		s := w.stream(b.name)
		ages, losses := s.Sub(0), s.Sub(1)
		life := rng.Law{}
		if c.Loss > 0 {
			life = rng.Exponential(float64(sim.Year) / c.Loss)
		}
		for k := range b.number {
			id := b.first + cylinderID(k)
			if c.TestEvery > 0 {
				w.tested[id] = w.now - sim.Time(sim.Seconds(ages.Float64At(uint64(k))*float64(c.TestEvery)))
			}
			w.lostAt[id] = sim.Never
			if c.Loss > 0 {
				w.lostAt[id] = w.now.Add(sim.Seconds(life.At(losses, uint64(k))))
			}
		}
	}
}

// loseSome finds, of the empties at a hospital that are to go back, those that
// are lost.
func (w *World) loseSome(l *line) {
	if w.cfg.Types[l.typ].Loss == 0 {
		return
	}
	for c := w.ledger.first(l.empty); c != noCylinder; {
		following := w.ledger.cylinders[c].next
		if w.lostAt[c] <= w.now {
			w.ledger.gas[gasGone] += w.ledger.cylinders[c].gas
			w.ledger.cylinders[c].gas = 0
			w.ledger.moveOne(w.now, c, w.ledger.at(Missing, 0, int(l.typ)))
		}
		c = following
	}
}
