package model

import (
	"math"

	"oxysim/sim"
	"oxysim/sim/rng"
)

// demand is a demand for whole cylinders.
type demand struct {
	line     int32
	hospital int32
	single   bool      // each asks for one
	flat     bool      // the rate never changes
	instant  bool      // a cylinder is empty as soon as it is taken
	number   uint64    // cylinders asked for so far
	begun    int32     // places that have a cylinder in use at the start
	requests uint64    // made so far
	gaps     rng.Ahead // between arrivals
	cfg      *CylinderDemand
	pace     pace
	gap      rng.Law // between arrivals: of the Poisson process at multiplier 1, or Interval
	batch    rng.Stream
	use      rng.Stream // by the number of the demand that is served
	patience rng.Stream
	names    demandNames
}

type demandNames struct{ arrival, batch, use, patience rng.Name }

func (w *World) makeDemands(h int, lines []int) {
	for i := range w.cfg.Hospitals[h].Cylinders {
		c := &w.cfg.Hospitals[h].Cylinders[i]
		if c.Steady {
			c = c.steadied()
		}
		w.demands = append(w.demands, demand{
			cfg: c, line: int32(lines[c.Line]), hospital: int32(h),
			pace:    w.paceOf(c.Profile, c.Storm, c.Factor, c.Steady),
			gap:     c.Interval,
			single:  c.Batch.IsConstant() && c.Batch.Mean() == 1,
			instant: c.Use.IsConstant() && c.Use.Mean() == 0,
			names: demandNames{
				arrival:  rng.NameOf(c.Name + ".arrival"),
				batch:    rng.NameOf(c.Name + ".batch"),
				use:      rng.NameOf(c.Name + ".use"),
				patience: rng.NameOf(c.Name + ".patience"),
			},
		})
		if d := &w.demands[len(w.demands)-1]; c.Mean > 0 {
			d.gap = apart(c.Mean, c.Steady)
			d.flat = d.pace.table == nil && d.pace.storm == None
		}
	}
}

func (w *World) resetDemands() {
	for i := range w.demands {
		d := &w.demands[i]
		d.gaps.Begin(&d.gap, w.stream(d.names.arrival))
		d.batch = w.stream(d.names.batch)
		d.use = w.stream(d.names.use)
		d.patience = w.stream(d.names.patience)
		d.number, d.requests, d.begun = 0, 0, 0
	}
}

func (w *World) startDemands() {
	for i := range w.demands {
		d := &w.demands[i]
		switch {
		case d.cfg.Places > 0:
			for range d.cfg.Places - int(d.begun) {
				w.ask(d, i)
			}
			w.stockMoved(int(d.line))
		case d.cfg.Mean > 0:
			w.set(demanded, i, w.firstDemand(d))
		default:
			w.set(demanded, i, w.firstAsked(d))
		}
	}
}

// firstDemand draws when cylinders are asked for first. A steady demand begins
// half a gap after the start, so that what has been asked for is never more than
// half a request from its mean.
func (w *World) firstDemand(d *demand) sim.Time {
	if d.cfg.Steady {
		return w.elapse(&d.pace, w.now, d.cfg.Mean/2)
	}
	return w.nextDemand(d)
}

// nextDemand draws when cylinders are asked for next.
func (w *World) nextDemand(d *demand) sim.Time {
	gap := d.gaps.Draw()
	if d.flat {
		return w.now.Add(sim.Seconds(gap))
	}
	if d.cfg.Mean == 0 {
		return w.now.Add(max(sim.Seconds(gap), 1))
	}
	return w.elapse(&d.pace, w.now, gap)
}

// demanded: cylinders are asked for.
func (w *World) demanded(i int) {
	d := &w.demands[i]
	w.set(demanded, i, w.nextDemand(d))
	n := d.size(&d.batch)
	d.requests++
	for range n {
		w.ask(d, i)
	}
	w.stockMoved(int(d.line))
}

// size draws how many cylinders are asked for at once.
func (d *demand) size(batch *rng.Stream) int {
	if d.single {
		return 1
	}
	if d.cfg.Steady {
		return upTo(d.requests+1, d.cfg.Batch.Mean()) - upTo(d.requests, d.cfg.Batch.Mean())
	}
	return int(math.Round(d.cfg.Batch.Draw(batch)))
}

// ask asks for one cylinder: it is taken, or the demand is lost or waits.
func (w *World) ask(d *demand, i int) {
	l := &w.lines[d.line]
	number := d.number
	d.number++
	l.tally.demanded++
	if full := w.ledger.pile(l.full); full.count > 0 && l.queue.n == 0 {
		l.tally.prompt++
		w.take(d, l, full, i, number)
		return
	}
	if d.cfg.Unmet == Lost {
		l.tally.lost++
		l.refused = true
		return
	}
	q := l.queue.push(w.now, waiter{since: w.now, demand: int32(i), number: number})
	if d.cfg.Unmet == Leaves {
		l.impatient.Push(w.now.Add(sim.Seconds(d.cfg.Patience.At(d.patience, number))), q)
		w.setUses(int(d.line))
	}
}

// take puts the first full cylinder of a line to use, for the demand's request
// of the given number.
func (w *World) take(d *demand, l *line, full *pile, i int, number uint64) {
	l.tally.served++
	w.leak(l.full, 1)
	if d.instant {
		w.breathe(w.ledger.moveFirst(w.now, full, w.ledger.pile(l.empty)), l.residual)
		return
	}
	c := full.head
	w.ledger.moveFirst(w.now, full, w.ledger.pile(l.use))
	w.user[c] = int32(i)
	l.uses.Push(w.now.Add(sim.Seconds(d.cfg.Use.At(d.use, number))), int32(c))
	w.setUses(int(d.line))
}

// serveWaiting gives full cylinders to those who wait.
func (w *World) serveWaiting(i int) {
	l := &w.lines[i]
	for full := w.ledger.pile(l.full); l.queue.n > 0 && full.count > 0; {
		_, x := l.queue.pop(w.now)
		l.tally.waits += int64(w.now - x.since)
		w.take(&w.demands[x.demand], l, full, int(x.demand), x.number)
	}
}

// setUses sets the slot of what ends on a line by itself: uses and patience.
func (w *World) setUses(i int) {
	l := &w.lines[i]
	w.set(cylinderEmptied, i, min(l.uses.First(), l.impatient.First()))
}

// cylinderEmptied: uses of a line end, or patience does.
func (w *World) cylinderEmptied(i int) {
	l := &w.lines[i]
	for l.uses.First() <= w.now {
		_, id := l.uses.Pop()
		w.breathe(&w.ledger.cylinders[id], l.residual)
		w.ledger.moveOne(w.now, cylinderID(id), l.empty)
		if user := int(w.user[id]); w.demands[user].cfg.Places > 0 {
			w.ask(&w.demands[user], user) // the place asks for the next
		}
	}
	for l.impatient.First() <= w.now {
		_, q := l.impatient.Pop()
		if _, waited := l.queue.leave(w.now, q); waited {
			l.tally.left++
		}
	}
	w.setUses(i)
	w.stockMoved(i)
}

// breathe books the use of all that can be drawn from a cylinder.
func (w *World) breathe(cyl *cylinder, residual Gas) {
	if used := cyl.gas - residual; used > 0 {
		cyl.gas = residual
		w.ledger.gas[gasBreathed] += used
	}
}

// leak books what the n cylinders that came first to a pile have lost since
// they came to it.
func (w *World) leak(p pileID, n int) {
	if w.leaks {
		w.leakFirst(p, n)
	}
}

func (w *World) leakFirst(p pileID, n int) {
	c := w.ledger.first(p)
	if c == noCylinder {
		return
	}
	rate := w.cfg.Types[w.ledger.typeOf[c]].Leak
	if rate == 0 {
		return
	}
	for range n {
		cyl := &w.ledger.cylinders[c]
		lost := cyl.gas - cyl.gas.Share(kept(rate, w.now.Sub(cyl.since)))
		cyl.gas -= lost
		w.ledger.gas[gasLeaked] += lost
		c = cyl.next
	}
}

// kept returns the share of its gas that a cylinder keeps for a time, if it
// loses a share of what is in it per day: compounded over whole days, in
// proportion over the rest of one.
func kept(rate float64, d sim.Span) float64 {
	share := 1 - float64(rate*(d%sim.Day).Days())
	for days, keep := d/sim.Day, 1-rate; days > 0; days, keep = days/2, float64(keep*keep) {
		if days%2 == 1 {
			share = float64(share * keep)
		}
	}
	return share
}
