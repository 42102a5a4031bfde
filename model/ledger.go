package model

import (
	"fmt"

	"oxysim/sim"
)

// Stage is where in its life a cylinder is. Every stage but the last three is
// a stage at somebody: a plant, a hospital, a truck, a parcel.
type Stage uint8

// Stages, in the order in which a cylinder meets them.
const (
	EmptyAtPlant Stage = iota
	Filling
	Inspecting
	FullAtPlant
	FullOnTruck
	FullInParcel
	FullAtHospital
	InUse
	EmptyAtHospital
	EmptyOnTruck
	EmptyInParcel
	AtTest
	Missing
	Condemned
	stages
)

var stageNames = [stages]string{
	"empty at plant", "being filled", "under inspection", "full at plant",
	"full on truck", "full in parcel", "full at hospital", "in use",
	"empty at hospital", "empty on truck", "empty in parcel",
	"at test", "lost", "condemned",
}

func (s Stage) String() string { return stageNames[s] }

// follows holds for each stage, as bits, the stages that may follow it.
var follows = [stages]uint32{
	EmptyAtPlant:    1<<Filling | 1<<AtTest | 1<<FullAtPlant, // a vendor hands over a full one
	Filling:         1<<Inspecting | 1<<FullAtPlant | 1<<EmptyAtPlant,
	Inspecting:      1<<FullAtPlant | 1<<EmptyAtPlant,
	FullAtPlant:     1<<FullOnTruck | 1<<FullInParcel,
	FullOnTruck:     1<<FullAtHospital | 1<<FullAtPlant,
	FullInParcel:    1 << FullAtHospital,
	FullAtHospital:  1<<InUse | 1<<EmptyAtHospital,
	InUse:           1<<EmptyAtHospital | 1<<FullAtHospital,
	EmptyAtHospital: 1<<EmptyOnTruck | 1<<EmptyInParcel | 1<<Missing,
	EmptyOnTruck:    1 << EmptyAtPlant,
	EmptyInParcel:   1 << EmptyAtPlant,
	AtTest:          1<<EmptyAtPlant | 1<<Condemned,
}

// cylinderID is the index of a cylinder; cylinders of a type are consecutive.
type cylinderID int32

// pileID is the index of a pile.
type pileID int32

// pile is the cylinders of one type in one stage at one owner, in the order in
// which they came, and the integral of their number over time.
type pile struct {
	head, tail cylinderID // noCylinder if empty
	count      int32
	came       int32    // since the statistics began
	since      sim.Time // of the last change of count
	area       int64    // count × seconds, up to since
	least      int32    // count, since the statistics began
	stage      Stage
}

const noCylinder cylinderID = -1

// cylinder is one steel cylinder.
type cylinder struct {
	gas   Gas
	since sim.Time // when it came to its pile
	next  cylinderID
	pile  pileID
}

// ledger is the one door through which cylinders and gas move.
type ledger struct {
	types     int
	base      [stages]pileID // of the first pile of each stage
	piles     []pile
	cylinders []cylinder
	typeOf    []uint8 // of each cylinder
	gas       [accounts]Gas
	trace     *tracer
}

// account is where gas is when it is not in a cylinder or a tank, with where
// it came from.
type account uint8

// Accounts. What came in equals what went out plus what is stored.
const (
	gasInitial account = iota // in cylinders and tanks at the start
	gasMade                   // by machines, or by a plant whose gas is never short
	gasBought                 // filled by vendors, delivered by tankers
	gasBreathed
	gasLeaked
	gasVented // residuals and rejected fills
	gasBoiled
	gasGone // in cylinders lost or condemned
	accounts
)

// pile returns the pile of a type in a stage at an owner.
func (l *ledger) at(s Stage, owner, typ int) pileID {
	return l.base[s] + pileID(owner*l.types+typ)
}

// count returns the number of cylinders in a pile.
func (l *ledger) count(p pileID) int { return int(l.piles[p].count) }

// first returns the cylinder that came first to a pile, or noCylinder.
func (l *ledger) first(p pileID) cylinderID { return l.piles[p].head }

// move takes the n cylinders that came first to one pile to another, in their
// order. It panics if there are fewer or if a cylinder cannot go there.
func (l *ledger) move(now sim.Time, n int, from, to pileID) {
	a, b := &l.piles[from], &l.piles[to]
	if n <= 0 || int(a.count) < n || follows[a.stage]>>b.stage&1 == 0 {
		l.refuse(now, n, from, to)
	}
	first := a.head
	last := &l.cylinders[first]
	c := first
	last.pile, last.since = to, now
	for range n - 1 {
		c = last.next
		last = &l.cylinders[c]
		last.pile, last.since = to, now
	}
	a.head = last.next
	if a.head == noCylinder {
		a.tail = noCylinder
	}
	last.next = noCylinder
	l.append(b, first, c)
	l.recount(now, a, b, int32(n))
	if l.trace != nil {
		l.trace.moved(now, n, from, to, first)
	}
}

// moveOne takes one given cylinder from its pile, wherever in it, to another.
// It looks through the pile for the cylinder before it.
func (l *ledger) moveOne(now sim.Time, c cylinderID, to pileID) {
	from := l.cylinders[c].pile
	a, b := &l.piles[from], &l.piles[to]
	if a.head == c {
		l.move(now, 1, from, to)
		return
	}
	if follows[a.stage]>>b.stage&1 == 0 {
		l.refuse(now, 1, from, to)
	}
	before := a.head
	for l.cylinders[before].next != c {
		before = l.cylinders[before].next
	}
	cyl := &l.cylinders[c]
	l.cylinders[before].next = cyl.next
	if a.tail == c {
		a.tail = before
	}
	cyl.next, cyl.pile, cyl.since = noCylinder, to, now
	l.append(b, c, c)
	l.recount(now, a, b, 1)
	if l.trace != nil {
		l.trace.moved(now, 1, from, to, c)
	}
}

// append links a chain of cylinders to the end of a pile.
func (l *ledger) append(p *pile, first, last cylinderID) {
	if p.tail == noCylinder {
		p.head = first
	} else {
		l.cylinders[p.tail].next = first
	}
	p.tail = last
}

// recount books that n cylinders went from one pile to another.
func (l *ledger) recount(now sim.Time, from, to *pile, n int32) {
	from.area += int64(from.count) * int64(now-from.since)
	from.since = now
	from.count -= n
	from.least = min(from.least, from.count)
	to.area += int64(to.count) * int64(now-to.since)
	to.since = now
	to.count += n
	to.came += n
}

// mean returns the mean number of cylinders in a pile from instant start to now.
func (l *ledger) mean(p pileID, start, now sim.Time) float64 {
	if now <= start {
		return float64(l.piles[p].count)
	}
	return float64(l.area(p, now)) / float64(now-start)
}

// area returns the integral of the number of cylinders over time up to now, in
// cylinder-seconds.
func (l *ledger) area(p pileID, now sim.Time) int64 {
	q := &l.piles[p]
	return q.area + int64(q.count)*int64(now-q.since)
}

// forget begins the statistics anew.
func (l *ledger) forget(now sim.Time) {
	for i := range l.piles {
		p := &l.piles[i]
		p.area, p.since, p.came, p.least = 0, now, 0, p.count
	}
}

// refuse panics with what was wrong.
func (l *ledger) refuse(now sim.Time, n int, from, to pileID) {
	a, b := &l.piles[from], &l.piles[to]
	if follows[a.stage]>>b.stage&1 == 0 {
		panic(fmt.Sprintf("model: %v: cylinder %d cannot go from %q to %q", now, a.head, a.stage, b.stage))
	}
	panic(fmt.Sprintf("model: %v: want %d cylinders to go from %q to %q, but there are %d", now, n, a.stage, b.stage, a.count))
}
