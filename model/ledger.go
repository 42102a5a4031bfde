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
// which they came.
type pile struct {
	id    pileID
	head  cylinderID // noCylinder if empty
	tail  cylinderID // of no meaning if empty
	count int32
	came  int32 // since the statistics began
	// The instants at which cylinders left it less those at which they came to it,
	// in cylinder-seconds. Were those still there to leave now, it would be the
	// integral of count over time.
	spent int64
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
	recent    *recent // events of the world, for the message of a refusal
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

// pile returns a pile, for the length of an event: what an event does to one
// pile, it looks up once.
func (l *ledger) pile(p pileID) *pile { return &l.piles[p] }

// count returns the number of cylinders in a pile.
func (l *ledger) count(p pileID) int { return int(l.piles[p].count) }

// first returns the cylinder that came first to a pile, or noCylinder.
func (l *ledger) first(p pileID) cylinderID { return l.piles[p].head }

// move takes the n cylinders that came first to one pile to another, in their
// order. It panics if there are fewer and, in checked builds, if a cylinder
// cannot go there.
func (l *ledger) move(now sim.Time, n int, from, to pileID) {
	a := &l.piles[from]
	if checked && !l.follows(from, to) || n <= 0 || int(a.count) < n {
		l.refuse(now, n, from, to)
	}
	first, cylinders := a.head, l.cylinders
	c, last := first, &cylinders[first]
	last.since, last.pile = now, to
	for more := n - 1; more > 0; more-- {
		c = last.next
		last = &cylinders[c]
		last.since, last.pile = now, to
	}
	a.head = last.next
	last.next = noCylinder
	a.leave(now, int32(n))
	l.append(&l.piles[to], now, first, c, int32(n))
	if l.trace != nil {
		l.trace.moved(now, n, from, to, first)
	}
}

// moveFirst takes the cylinder that came first to one pile to another, as move
// does, and returns it.
func (l *ledger) moveFirst(now sim.Time, from, to *pile) *cylinder {
	c := from.head
	if checked && !l.follows(from.id, to.id) || c == noCylinder {
		l.refuse(now, 1, from.id, to.id)
	}
	cyl := &l.cylinders[c]
	from.head = cyl.next
	cyl.since, cyl.next, cyl.pile = now, noCylinder, to.id
	from.leave(now, 1)
	l.append(to, now, c, c, 1)
	if l.trace != nil {
		l.trace.moved(now, 1, from.id, to.id, c)
	}
	return cyl
}

// moveOne takes one given cylinder from its pile, wherever in it, to another.
// It looks through the pile for the cylinder before it.
func (l *ledger) moveOne(now sim.Time, c cylinderID, to pileID) {
	from := l.cylinders[c].pile
	a := &l.piles[from]
	if a.head == c {
		l.moveFirst(now, a, &l.piles[to])
		return
	}
	if checked && !l.follows(from, to) {
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
	cyl.since, cyl.next, cyl.pile = now, noCylinder, to
	a.leave(now, 1)
	l.append(&l.piles[to], now, c, c, 1)
	if l.trace != nil {
		l.trace.moved(now, 1, from, to, c)
	}
}

// leave counts n cylinders off a pile.
func (p *pile) leave(now sim.Time, n int32) {
	p.count -= n
	p.spent += int64(n) * int64(now)
}

// append links a chain of n cylinders, which ends with none, to the end of a
// pile.
func (l *ledger) append(p *pile, now sim.Time, first, last cylinderID, n int32) {
	if p.count == 0 {
		p.head = first
	} else {
		l.cylinders[p.tail].next = first
	}
	p.tail = last
	p.count += n
	p.came += n
	p.spent -= int64(n) * int64(now)
}

// mean returns the mean number of cylinders in a pile from instant start to now.
func (l *ledger) mean(p pileID, start, now sim.Time) float64 {
	if now <= start {
		return float64(l.piles[p].count)
	}
	return float64(l.area(p, now)) / float64(now-start)
}

// area returns the integral of the number of cylinders in a pile over time up
// to now, in cylinder-seconds.
func (l *ledger) area(p pileID, now sim.Time) int64 {
	return l.piles[p].spent + int64(l.piles[p].count)*int64(now)
}

// forget begins the statistics anew: what those that are in a pile have spent
// there does not count.
func (l *ledger) forget(now sim.Time) {
	for i := range l.piles {
		p := &l.piles[i]
		p.came = 0
		p.spent = -int64(p.count) * int64(now)
	}
}

// follows reports whether a cylinder may go from one pile to another.
func (l *ledger) follows(from, to pileID) bool {
	return follows[l.stage(from)]>>l.stage(to)&1 == 1
}

// stage returns the stage of a pile.
func (l *ledger) stage(p pileID) Stage {
	s := stages - 1
	for l.base[s] > p {
		s--
	}
	return s
}

// refuse panics with what was wrong.
func (l *ledger) refuse(now sim.Time, n int, from, to pileID) {
	a, b := l.stage(from), l.stage(to)
	if !l.follows(from, to) {
		panic(fmt.Sprintf("model: %v: cylinder %d cannot go from %q to %q%v", now, l.piles[from].head, a, b, l.recent))
	}
	panic(fmt.Sprintf("model: %v: want %d cylinders to go from %q to %q, but there are %d%v", now, n, a, b, l.piles[from].count, l.recent))
}
