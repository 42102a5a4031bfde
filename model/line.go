package model

import (
	"math"

	"oxysim/sim"
	"oxysim/sim/rng"
)

// line is a type of cylinder kept by a hospital. What every demand looks at
// comes first: in a large network, memory is what an event waits for.
type line struct {
	full     pileID
	use      pileID
	empty    pileID
	least    int32 // on hand, since the statistics began
	calm     int32 // with more than this on hand, and nothing on, no spell begins and no order is due
	hospital int32
	typ      int32
	refused  bool // somebody was turned away since the last full cylinder went
	urgent   bool // hardly any on hand and none on its way
	residual Gas  // left in an emptied cylinder
	tally    lineTally
	short    spells  // somebody needs a cylinder and has none
	zero     spells  // none on hand, whether or not anybody needs one
	queue    queue   // those who wait for a cylinder, first come first
	supply   *Supply // nil if none is brought
	cfg      *Line
	trucks   []int32 // that may bring its orders; if its hospital fetches, its own

	// Orders. What is shipped is counted from the start, so that a dispatcher
	// who has an old count of stock knows what has been sent since.
	shipped   int32 // cylinders that have left for the hospital
	delivered int32
	ordered   int32    // by courier lines: cylinders asked for
	orders    uint64   // by courier lines: placed
	lots      int32    // for LotEach by trucks: cylinders that reviews have ordered and no truck has taken
	asked     sim.Time // since when the line waits in its plant's queue, or sim.Never
	seen      stock    // as the last report that arrived has it
	mail      mail     // reports on their way
	counts    uint64   // reports taken

	// Cylinders in use, by when they will be empty.
	uses sim.Heap
	// Parcels on their way, both ways.
	parcels sim.Heap
	// Those who will lose patience.
	impatient sim.Heap

	out   rng.Stream // couriers' times
	back  rng.Stream
	delay rng.Stream // of reports
	names lineNames
}

// lineTally is what is counted of a line since the statistics began.
type lineTally struct {
	demanded int64
	prompt   int64 // served without a wait
	served   int64
	lost     int64
	orders   int64 // placed
	asked    int64 // cylinders ordered
	received int64 // deliveries
	got      int64 // cylinders delivered
	left     int64
	waits    int64 // seconds that those served had waited
	reviews  int64
}

type lineNames struct{ out, back, delay, inUse rng.Name }

func (l *line) couriers() bool { return l.supply != nil && l.supply.Courier != nil }
func (l *line) reports() bool  { return l.supply != nil && l.supply.Report != nil }

// calmAbove returns the number on hand above which an order is never due. With
// something on hand nothing is owed, so that the position is no less than that.
func calmAbove(s *Supply) int32 {
	switch {
	case s == nil:
		return 0
	case s.Courier != nil && s.Courier.AtOnce || s.Report != nil:
		return math.MaxInt32
	case s.Policy.Kind == OrderUpTo || s.Policy.Kind == OrderLot || s.Policy.Kind == Collect:
		return int32(max(s.Policy.Point, s.Urgent, 0))
	case s.Policy.Kind == NoOrders:
		return int32(max(s.Urgent, 0))
	}
	return math.MaxInt32
}

// reviews reports whether the line is reviewed by an event of its own: to place
// one courier order for all that happened at an instant, or every so often.
// Lines served by trucks and reviewed continuously go straight to dispatch.
func (l *line) reviews() bool {
	return l.supply != nil && (l.couriers() || l.supply.Policy.Every > 0)
}

// coming returns how many cylinders the dispatcher takes to be ordered or on
// their way.
func (l *line) coming(s stock) int {
	if l.couriers() {
		return int(l.ordered - s.delivered)
	}
	return int(l.shipped - s.delivered)
}

// position returns what the dispatcher takes to be on hand or in use, plus
// what is coming, less what is owed.
func (w *World) position(l *line) int {
	s := w.sight(l)
	return int(s.hand-s.owed) + l.coming(s)
}

// stockMoved is called when the stock of a line, or what it owes, has changed:
// it begins or ends the spells, and asks for a review or a delivery.
func (w *World) stockMoved(i int) {
	l := &w.lines[i]
	hand := w.ledger.pile(l.full).count
	l.least = min(l.least, hand)
	if hand <= l.calm || l.zero.on || l.short.on {
		w.stockTurned(i, l, hand)
	}
}

// stockTurned is called when a line has so few on hand that its stock decides
// something, or has had.
func (w *World) stockTurned(i int, l *line, hand int32) {
	if (hand == 0) != l.zero.on {
		l.zero.turn(w.now)
	}
	l.refused = l.refused && hand == 0
	if (l.refused || l.queue.n > 0) != l.short.on {
		l.short.turn(w.now)
		w.shortageTurned(int(l.hospital), l.short.on)
	}
	s := l.supply
	if s == nil {
		return
	}
	if s.Courier != nil && s.Courier.AtOnce {
		if n := w.ledger.count(l.empty); n > 0 {
			w.sendBack(i, n, 1)
		}
	}
	if s.Report == nil {
		w.consider(i)
	}
}

// consider asks for a review, or joins the plant's queue, if the policy may
// want it. A line becomes urgent when hardly any are on hand and none is on its
// way.
func (w *World) consider(i int) {
	l := &w.lines[i]
	p := &l.supply.Policy
	s := w.sight(l)
	low := int(s.full) <= l.supply.Urgent && l.shipped == s.delivered
	alarm := low && !l.urgent
	l.urgent = low
	if p.Every > 0 && !alarm {
		return
	}
	if alarm && p.Kind == LotEach {
		l.lots = max(l.lots, int32(p.Lot))
	}
	if !alarm && l.asked != sim.Never {
		return
	}
	if alarm { // what it has ordered before is urgent now too
		if l.couriers() {
			w.set(reviewed, i, w.now)
		} else {
			w.set(dispatched, l.supply.Plant, w.now)
		}
	}
	switch {
	case w.wanted(i) == 0:
	case l.couriers():
		w.set(reviewed, i, w.now)
	default:
		w.join(i)
	}
}

// wanted returns how many cylinders the policy of a line orders now.
func (w *World) wanted(i int) int {
	l := &w.lines[i]
	p := &l.supply.Policy
	if p.Kind == LotEach && !l.couriers() {
		return int(l.lots)
	}
	s := w.sight(l)
	coming := l.coming(s)
	position := int(s.hand-s.owed) + coming
	urgent := l.urgent && coming == 0
	if p.Kind == DaysOfCover {
		use := w.hospitals[l.hospital].meanUse[l.typ] // cylinders a day
		if float64(position) > p.Cover*use && !urgent {
			return 0
		}
		return max(p.UpTo-position, 0)
	}
	return p.order(position, urgent)
}

// order returns how many cylinders to order at a position. An urgent order
// does not wait for the reorder point.
func (p *Policy) order(position int, urgent bool) int {
	switch p.Kind {
	case OneForOne:
		return max(p.UpTo-position, 0)
	case OrderUpTo, Collect:
		if position <= p.Point || urgent {
			return max(p.UpTo-position, 0)
		}
	case OrderLot:
		if position <= p.Point {
			return ((p.Point-position)/p.Lot + 1) * p.Lot
		}
		if urgent {
			return p.Lot
		}
	case LotEach:
		return p.Lot
	case NoOrders:
		if urgent {
			return max(p.UpTo-position, 0)
		}
	}
	return 0
}

// reviewed: the one review of a line at this instant.
func (w *World) reviewed(i int) {
	l := &w.lines[i]
	p := &l.supply.Policy
	w.cancel(reviewed, i)
	if p.Every > 0 {
		w.set(reviewed, i, w.nextReview(p))
	}
	l.tally.reviews++
	if p.Kind == LotEach && !l.couriers() {
		l.lots += int32(p.Lot)
	}
	switch n := w.wanted(i); {
	case l.couriers() && n > 0:
		w.orderByCourier(i, n)
	case l.couriers():
		w.handOver(l.supply.Plant)
	case n == 0:
	case l.asked == sim.Never:
		w.join(i)
	}
}

// nextReview returns the first time of review after now.
func (w *World) nextReview(p *Policy) sim.Time {
	first := sim.Time(p.First)
	if w.now < first {
		return first
	}
	return first.Add(sim.Span((w.now-first)/sim.Time(p.Every)+1) * p.Every)
}
