package model

import "oxysim/sim"

// parcels are orders that travel by themselves. Each is a place of its own in
// the ledger, because they may overtake each other. There is room for as many
// as there are cylinders.
type parcels struct {
	all  []parcel
	free []int32
}

type parcel struct {
	line  int32
	count int32
	back  bool // empties on their way to the plant
}

// parcelOrder is a courier order that waits at a plant to be handed over.
type parcelOrder struct {
	line   int32
	count  int32  // cylinders still to be handed over
	number uint64 // among the orders of its line since the start
	parts  uint64 // handed over so far
	served bool   // at this instant: under fair sharing, once is enough
}

// parcelQueue holds orders, oldest first.
type parcelQueue struct {
	orders []parcelOrder
	head   int
}

func (q *parcelQueue) len() int { return len(q.orders) - q.head }

// waiting returns the orders, oldest first.
func (q *parcelQueue) waiting() []parcelOrder { return q.orders[q.head:] }

func (q *parcelQueue) clear() { q.orders, q.head = q.orders[:0], 0 }

func (q *parcelQueue) push(o parcelOrder) {
	if q.head == len(q.orders) {
		q.clear()
	} else if q.head > 64 && q.head > len(q.orders)/2 {
		n := copy(q.orders, q.orders[q.head:])
		q.orders, q.head = q.orders[:n], 0
	}
	q.orders = append(q.orders, o)
}

// remove takes out the order at index i, which is at least head.
func (q *parcelQueue) remove(i int) {
	copy(q.orders[q.head+1:i+1], q.orders[q.head:i])
	q.head++
}

func (w *World) resetParcels() {
	w.parcels.free = w.parcels.free[:0]
	for i := len(w.parcels.all) - 1; i >= 0; i-- {
		w.parcels.free = append(w.parcels.free, int32(i))
	}
}

// newParcel returns a parcel that is free.
func (w *World) newParcel(line, count int, back bool) int {
	last := len(w.parcels.free) - 1
	id := int(w.parcels.free[last])
	w.parcels.free = w.parcels.free[:last]
	w.parcels.all[id] = parcel{int32(line), int32(count), back}
	return id
}

// orderByCourier places an order for n cylinders.
func (w *World) orderByCourier(i, n int) {
	l := &w.lines[i]
	l.ordered += int32(n)
	l.tally.orders++
	l.tally.asked += int64(n)
	w.plants[l.supply.Plant].pending.push(parcelOrder{line: int32(i), count: int32(n), number: l.orders})
	l.orders++
	w.handOver(l.supply.Plant)
}

// handOver gives waiting orders to couriers while there are full cylinders. An
// order that is short is sent in parts.
func (w *World) handOver(p int) {
	pl := &w.plants[p]
	q := &pl.pending
	fair := pl.cfg.Share == FairShare
	for k := w.nextParcel(pl); k != None; k = w.nextParcel(pl) {
		o := &q.orders[k]
		o.served = fair
		w.handOverPart(p, o, w.granted(pl, &w.lines[o.line], int(o.count)))
		if o.count == 0 {
			q.remove(k)
		}
	}
	if fair {
		for k := range q.waiting() {
			q.waiting()[k].served = false
		}
	}
}

// handOverPart gives n cylinders of an order to a courier. How long the first
// part takes belongs to the order, so that it is the same when there are
// cylinders enough.
func (w *World) handOverPart(p int, o *parcelOrder, n int) {
	l := &w.lines[o.line]
	from := w.plants[p].full + pileID(l.typ)
	id := w.newParcel(int(o.line), n, false)
	w.leak(from, n)
	w.ledger.move(w.now, n, from, w.ledger.at(FullInParcel, id, int(l.typ)))
	w.shippedTo(l, p, n)
	out := &l.supply.Courier.Out
	takes := out.At(l.out, o.number)
	if o.parts > 0 {
		takes = out.At(l.out.Sub(o.number), o.parts)
	}
	l.parcels.Push(w.now.Add(sim.Seconds(takes)), int32(id))
	w.set(parcelCame, int(o.line), l.parcels.First())
	o.count -= int32(n)
	o.parts++
}

// nextParcel returns the index of the order to hand over next, or None if there
// is no full cylinder for any.
func (w *World) nextParcel(pl *plant) int {
	q, best := &pl.pending, None
	var first rank
	for k := q.head; k < len(q.orders); k++ {
		l := &w.lines[q.orders[k].line]
		if q.orders[k].served || w.free(pl, l) == 0 {
			continue
		}
		if r := w.rankOf(pl, l); best == None || r.before(first) {
			best, first = k, r
		}
		if pl.cfg.Share == FirstCome && !pl.rushes {
			break
		}
	}
	return best
}

// parcelCame: couriers arrive, at the hospital with full cylinders or at the
// plant with empty ones.
func (w *World) parcelCame(i int) {
	l := &w.lines[i]
	for l.parcels.First() <= w.now {
		_, id := l.parcels.Pop()
		x := w.parcels.all[id]
		w.parcels.free = append(w.parcels.free, id)
		if x.back {
			w.ledger.move(w.now, int(x.count), w.ledger.at(EmptyInParcel, int(id), int(l.typ)), w.plants[l.supply.Plant].empty+pileID(l.typ))
			w.emptiesCame(l.supply.Plant)
			continue
		}
		w.leak(w.ledger.at(FullInParcel, int(id), int(l.typ)), int(x.count))
		w.ledger.move(w.now, int(x.count), w.ledger.at(FullInParcel, int(id), int(l.typ)), l.full)
		w.received(i, int(x.count))
		if l.couriers() && !l.supply.Courier.AtOnce {
			w.sendBack(i, int(x.count), int(x.count))
		}
	}
	w.set(parcelCame, i, l.parcels.First())
	w.stockMoved(i)
}

// received books a delivery of n cylinders and serves those who wait.
func (w *World) received(i, n int) {
	l := &w.lines[i]
	l.delivered += int32(n)
	l.tally.received++
	l.tally.got += int64(n)
	w.serveWaiting(i)
	w.wardStocked(int(l.hospital))
}

// sendBack lets a courier take up to n empties, in parcels of the given size.
func (w *World) sendBack(i, n, size int) {
	l := &w.lines[i]
	w.loseSome(l)
	for n = min(n, w.ledger.count(l.empty)); n > 0; n -= size {
		k := min(size, n)
		takes := sim.Seconds(l.supply.Courier.Back.Draw(&l.back))
		id := w.newParcel(i, k, true)
		at := w.ledger.at(EmptyInParcel, id, int(l.typ))
		w.ledger.move(w.now, k, l.empty, at)
		if takes > 0 {
			l.parcels.Push(w.now.Add(takes), int32(id))
			continue
		}
		w.ledger.move(w.now, k, at, w.plants[l.supply.Plant].empty+pileID(l.typ))
		w.parcels.free = append(w.parcels.free, int32(id))
		w.emptiesCame(l.supply.Plant)
	}
	w.set(parcelCame, i, l.parcels.First())
}
