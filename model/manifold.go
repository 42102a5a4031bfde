package model

import (
	"oxysim/sim"
	"oxysim/sim/rng"
)

// manifold feeds the pipes of a hospital from two banks of cylinders. One
// feeds; when it is exhausted the other takes over, and its own cylinders are
// replaced by full ones. A bank is connected with what full cylinders there
// are, and nothing is added to it later.
type manifold struct {
	cfg     *Manifold // nil if there is none
	state   manifoldState
	feeds   int8     // the bank that feeds or will, or was the last to
	ready   sim.Time // when the change-over is done
	banks   [2]bank
	number  uint64 // banks connected since the start
	changes uint64 // change-overs since the start

	connect, change           rng.Stream
	connectNames, changeNames rng.Name
}

// manifoldState is what a manifold does.
type manifoldState uint8

// What it does.
const (
	without      manifoldState = iota // neither bank has gas, or one is being connected
	feeding                           // a bank has gas
	changingOver                      // to the other bank
)

// bank is one of the two banks: cylinders that follow each other in the pile of
// those in use.
type bank struct {
	first cylinderID
	count int32    // 0 if it waits for full cylinders
	left  Gas      // that can be drawn
	drawn Gas      // and not yet booked to its cylinders
	ready sim.Time // when it is connected
	late  bool     // its connection began when nothing fed any more
	wants sim.Time // since when it has had no cylinders
}

func (w *World) makeManifold(x *ward) {
	x.manifold = manifold{
		cfg:          x.cfg.Manifold,
		connectNames: rng.NameOf(x.cfg.Name + ".manifold.connect"),
		changeNames:  rng.NameOf(x.cfg.Name + ".manifold.change"),
	}
}

func (w *World) resetManifold(x *ward) {
	m := &x.manifold
	if m.cfg == nil {
		return
	}
	m.state, m.feeds, m.number, m.changes = without, 0, 0, 0
	m.banks = [2]bank{{first: noCylinder, wants: w.now}, {first: noCylinder, wants: w.now}}
	m.connect, m.change = w.stream(m.connectNames), w.stream(m.changeNames)
}

// drawManifold draws a flow from the bank that feeds. While banks change over,
// or one is still being connected that was begun in time, nothing comes, and
// those who therefore go without are excused: it is no stockout. A manifold that
// has run dry is out until it feeds again.
func (w *World) drawManifold(x *ward, need Flow) Flow {
	m := &x.manifold
	switch {
	case m.state == feeding:
		return need
	case m.state == changingOver, m.banks[0].inTime(), m.banks[1].inTime():
		x.excused = need > 0
	}
	return 0
}

// next returns when the bank that feeds will be exhausted at a flow, or when
// another is ready to feed.
func (m *manifold) next(now sim.Time, flow Flow) sim.Time {
	switch {
	case m.cfg == nil:
		return sim.Never
	case m.state == feeding:
		return now.Add(m.banks[m.feeds].left.Lasts(flow))
	case m.state == changingOver:
		return m.ready
	}
	at := sim.Never
	for i := range m.banks {
		if b := &m.banks[i]; b.count > 0 {
			at = min(at, b.ready)
		}
	}
	return at
}

// turnManifold does what is due at the banks of a ward: the one that feeds is
// exhausted, a change-over is done, full cylinders have come for a bank.
func (w *World) turnManifold(x *ward) {
	m := &x.manifold
	if m.cfg == nil {
		return
	}
	if m.state == feeding {
		if b := &m.banks[m.feeds]; b.left.Lasts(max(x.given[FromManifold], 1)) == 0 {
			w.emptyBank(x, b)
			m.state = without
		}
	}
	w.connectBank(x, &m.banks[m.feeds], &m.banks[1-m.feeds])
	w.connectBank(x, &m.banks[1-m.feeds], &m.banks[m.feeds])
	if m.state == changingOver && w.now >= m.ready {
		m.state = feeding
	}
	if m.state == without {
		w.takeOver(x)
	}
}

// takeOver lets the other bank feed, after a change-over, if it is connected;
// or the same again, if that is. At the start the first feeds already.
func (w *World) takeOver(x *ward) {
	m := &x.manifold
	switch {
	case x.starting && m.banks[m.feeds].count > 0:
		m.state = feeding
	case m.banks[1-m.feeds].connected(w.now):
		m.feeds = 1 - m.feeds
		m.ready = w.now.Add(chance(&m.cfg.Change, m.change, m.changes))
		m.changes++
		w.note(x, "banks change over")
		m.state = changingOver
		if m.ready == w.now {
			m.state = feeding
		}
	case m.banks[m.feeds].connected(w.now):
		m.state = feeding
	}
}

// wants reports whether a bank waits for full cylinders.
func (m *manifold) wants() bool {
	return m.cfg != nil && (m.banks[0].count == 0 || m.banks[1].count == 0)
}

func (b *bank) connected(now sim.Time) bool { return b.count > 0 && b.ready <= now }

// inTime reports whether a bank has cylinders whose connection began while the
// other could still feed.
func (b *bank) inTime() bool { return b.count > 0 && !b.late }

// connectBank replaces the cylinders of an empty bank, as far as there are full
// ones. At the start it is connected already.
func (w *World) connectBank(x *ward, b, other *bank) {
	if b.count > 0 {
		return
	}
	m := &x.manifold
	l, _ := w.lineOf(x, m.cfg.Line)
	n := min(m.cfg.Bank, w.ledger.count(l.full))
	if n == 0 {
		return
	}
	w.leak(l.full, n)
	b.first, b.count, b.left, b.drawn = w.ledger.first(l.full), int32(n), 0, 0
	w.ledger.move(w.now, n, l.full, l.use)
	residual := w.residual[l.typ]
	for c := b.first; c != noCylinder; c = w.ledger.cylinders[c].next {
		b.left += max(w.ledger.cylinders[c].gas-residual, 0)
	}
	b.ready = w.now
	b.late = !x.starting && !other.connected(w.now) && !other.inTime()
	if !x.starting {
		b.ready = w.now.Add(chance(&m.cfg.Connect, m.connect, m.number))
	}
	m.number++
	l.tally.took(n, w.now.Sub(b.wants))
	x.touched[m.cfg.Line] = true
}

// took counts n cylinders that a ward has taken after a wait.
func (t *lineTally) took(n int, wait sim.Span) {
	t.demanded += int64(n)
	t.served += int64(n)
	t.waits += int64(n) * int64(wait)
	if wait == 0 {
		t.prompt += int64(n)
	}
}

// emptyBank takes the cylinders of an exhausted bank off it.
func (w *World) emptyBank(x *ward, b *bank) {
	m := &x.manifold
	l, _ := w.lineOf(x, m.cfg.Line)
	w.bookBank(l, b)
	if w.ledger.first(l.use) == b.first {
		w.ledger.move(w.now, int(b.count), l.use, l.empty)
	} else { // other cylinders in use came before
		for c := b.first; b.count > 0; b.count-- {
			after := w.ledger.cylinders[c].next
			w.ledger.moveOne(w.now, c, l.empty)
			c = after
		}
	}
	b.count, b.wants = 0, w.now
	x.touched[m.cfg.Line] = true
}

// tickManifold books what has been drawn from the bank that feeds.
func (w *World) tickManifold(x *ward, d sim.Span) {
	if m := &x.manifold; m.state == feeding {
		b := &m.banks[m.feeds]
		drawn := x.given[FromManifold].Over(d)
		b.left -= drawn
		b.drawn += drawn
	}
}

// bookManifold books what has been drawn to the cylinders.
func (w *World) bookManifold(x *ward) {
	m := &x.manifold
	if m.cfg == nil {
		return
	}
	l, _ := w.lineOf(x, m.cfg.Line)
	for i := range m.banks {
		w.bookBank(l, &m.banks[i])
	}
}

// bookBank books what has been drawn from a bank as breathed, to its cylinders
// in their order. The last second of a bank is one in which it still gives all
// that is asked for; what is left after it stays in the last cylinder.
func (w *World) bookBank(l *line, b *bank) {
	residual := w.residual[l.typ]
	c := b.first
	for range b.count {
		if b.drawn == 0 {
			return
		}
		cyl := &w.ledger.cylinders[c]
		took := min(max(cyl.gas-residual, 0), b.drawn)
		cyl.gas -= took
		b.drawn -= took
		w.ledger.gas[gasBreathed] += took
		c = cyl.next
	}
}
