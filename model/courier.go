package model

import (
	"oxysim/sim"
)

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
	line  int32
	count int32
}

// parcelQueue holds orders, oldest first.
type parcelQueue struct {
	orders []parcelOrder
	head   int
}

func (q *parcelQueue) len() int { return len(q.orders) - q.head }

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
	w.plants[l.supply.Plant].pending.push(parcelOrder{int32(i), int32(n)})
	w.handOver(l.supply.Plant)
}

// handOver gives waiting orders to couriers while there are full cylinders. An
// order that is short is sent in parts.
func (w *World) handOver(p int) {
	q := &w.plants[p].pending
	for q.len() > 0 {
		k := w.nextParcel(p)
		if k == None {
			return
		}
		o := &q.orders[k]
		l := &w.lines[o.line]
		full := w.plants[p].full + pileID(l.typ)
		n := min(int(o.count), w.ledger.count(full))
		id := w.newParcel(int(o.line), n, false)
		w.leak(full, n)
		w.ledger.move(w.now, n, full, w.ledger.at(FullInParcel, id, int(l.typ)))
		w.plants[p].tally.shipped += int64(n)
		l.shipped += int32(n)
		l.parcels.Push(w.now.Add(sim.Seconds(l.supply.Courier.Out.Draw(&l.out))), int32(id))
		w.set(parcelCame, int(o.line), l.parcels.First())
		if o.count -= int32(n); o.count == 0 {
			q.remove(k)
		}
	}
}

// nextParcel returns the index of the order to hand over next, or None if
// there is no full cylinder for any.
func (w *World) nextParcel(p int) int {
	pl := &w.plants[p]
	q, best := &pl.pending, None
	for k := q.head; k < len(q.orders); k++ {
		l := &w.lines[q.orders[k].line]
		if w.free(pl, l) == 0 {
			continue
		}
		if best == None || w.before(pl, l, &w.lines[q.orders[best].line]) {
			best = k
		}
		if pl.cfg.Share == FirstCome {
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
		if !l.supply.Courier.AtOnce {
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

// loseSome loses some of the empties at a hospital, each with the probability
// that its time since it was last seen to leave one would say.
func (w *World) loseSome(l *line) {
	rate := w.cfg.Types[l.typ].Loss
	if rate == 0 {
		return
	}
	for c := w.ledger.first(l.empty); c != noCylinder; {
		following := w.ledger.cylinders[c].next
		years := w.now.Sub(w.left[c]).Days() / 365
		if w.left[c] = w.now; l.loss.Float64() < float64(rate*years) {
			w.ledger.gas[gasGone] += w.ledger.cylinders[c].gas
			w.ledger.cylinders[c].gas = 0
			w.ledger.moveOne(w.now, c, w.ledger.at(Missing, 0, int(l.typ)))
		}
		c = following
	}
}
