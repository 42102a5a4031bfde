package model

import (
	"oxysim/sim"
	"oxysim/sim/rng"
)

// sources is the number of kinds of sources.
const sources = 5

// ward is the patients and the flow demand of a hospital, with the stack of
// sources that feeds them. Between two events all its flows are constant, so
// that what was needed, given and missed is exact.
type ward struct {
	cfg      *Hospital
	hospital int32
	from, to int32 // its groups are these of the world's, in triage order

	patients []patient // those there are, and free places
	free     int32     // the first free place, or None
	head     int32     // the first in triage, or None
	count    int32     // without those who stand for a flow demand
	fit      int32     // of them, how many a concentrator can serve
	fitFlow  Flow      // and what these need
	due      sim.Heap  // what befalls patients, by when
	deadline sim.Time  // when the next patient without oxygen is referred

	// The flows of now. What is needed and not given is missed for lack of
	// oxygen, or only while a cylinder is connected or banks change over.
	need     Flow
	given    [sources]Flow
	missed   Flow
	changing Flow
	units    int32 // concentrators that run

	begun    bool   // the sources have been shared
	starting bool   // for the first time: cylinders are connected already
	busy     bool   // the sources are being shared
	again    bool   // one of them changed meanwhile
	stale    bool   // the sources must be shared anew
	newcomer int32  // who has just come, or None
	uneven   bool   // somebody goes without
	unclear  bool   // who has what must be found patient by patient
	excused  bool   // what is missed is missed while banks change over
	short    bool   // something is missed for lack of oxygen
	personal bool   // the stack has bedside cylinders
	touched  []bool // lines whose stock has moved, in the order of the hospital's

	pool     int32 // its concentrators
	bulk     bulk
	manifold manifold
	opened   []opened // part-used bedside cylinders that stand by; the last is used next

	at    sim.Time // up to when time is booked
	tally wardTally
}

// wardTally is what is counted of a ward since the statistics began.
type wardTally struct {
	need     Gas
	given    [sources]Gas
	missed   Gas
	changing Gas
	gaps     sim.Span // in which something was missed only while connecting or changing over
	running  int64    // concentrator-seconds
	census   int64    // patient-seconds
	most     int32    // patients
	over     sim.Span // with more patients than the limit
}

// makeWard makes the ward of a hospital that has patients or a flow.
func (w *World) makeWard(h int) {
	c := &w.cfg.Hospitals[h]
	if len(c.Patients)+len(c.Flow) == 0 {
		return
	}
	x := ward{cfg: c, hospital: int32(h), from: int32(len(w.groups)), pool: int32(len(w.plants) + h)}
	w.makeGroups(&x)
	x.to = int32(len(w.groups))
	x.touched = make([]bool, len(c.Lines))
	for _, s := range c.Sources {
		switch s {
		case FromBulk:
			w.makeBulk(&x)
		case FromManifold:
			w.makeManifold(&x)
		case FromBedside:
			x.personal = true
		}
	}
	room := w.placesFor(&x)
	x.patients = make([]patient, 0, room)
	x.due.Grow(2 * room)
	w.hospitals[h].ward = int32(len(w.wards))
	w.wards = append(w.wards, x)
}

// members returns the groups of a ward, in triage order.
func (w *World) members(x *ward) []group { return w.groups[x.from:x.to] }

// lineOf returns a line of the hospital of a ward, and its number in the world.
func (w *World) lineOf(x *ward, i int) (line *line, id int) {
	id = int(w.hospitals[x.hospital].lines[i])
	return &w.lines[id], id
}

func (w *World) resetWards() {
	for i := range w.wards {
		x := &w.wards[i]
		*x = ward{
			cfg: x.cfg, hospital: x.hospital, from: x.from, to: x.to, pool: x.pool, personal: x.personal,
			patients: x.patients[:0], due: x.due, touched: x.touched, opened: x.opened[:0],
			bulk: x.bulk, manifold: x.manifold,
			at: w.now, free: None, head: None, newcomer: None, unclear: true, deadline: sim.Never,
		}
		x.due.Clear()
		clear(x.touched)
		w.resetGroups(x)
		w.resetBulk(x)
		w.resetManifold(x)
	}
	w.resetTankers()
}

// startWards fills the wards with the patients they have at the start, who are
// served already.
func (w *World) startWards() {
	for i := range w.wards {
		x := &w.wards[i]
		x.begun, x.starting = true, true
		w.startGroups(x)
		w.attend(i)
		x.starting = false
	}
	w.startTankers()
}

func (w *World) forgetWards() {
	for i := range w.wards {
		x := &w.wards[i]
		w.tickWard(x)
		x.tally = wardTally{most: x.count}
		w.forgetBulk(x)
		for g := x.from; g < x.to; g++ {
			w.groups[g].tally = groupTally{}
		}
	}
}

// settleWard books all that has flowed up to now, down to the cylinder.
func (w *World) settleWard(i int) {
	x := &w.wards[i]
	w.tickWard(x)
	w.bookManifold(x)
	w.bookBedside(x)
}

// tickWard books the time that passed with the present flows.
func (w *World) tickWard(x *ward) {
	d := w.now.Sub(x.at)
	if d == 0 {
		return
	}
	x.at = w.now
	t := &x.tally
	t.need += x.need.Over(d)
	for _, s := range x.cfg.Sources {
		t.given[s] += x.given[s].Over(d)
	}
	t.census += int64(x.count) * int64(d)
	if limit := x.cfg.CensusLimit; limit > 0 && int(x.count) > limit {
		t.over += d
	}
	if x.uneven {
		t.missed += x.missed.Over(d)
		t.changing += x.changing.Over(d)
		if x.changing > 0 && x.missed == 0 {
			t.gaps += d
		}
	}
	for g := x.from; g < x.to; g++ {
		w.groups[g].tick(d)
	}
	w.tickConcentrators(x, d)
	w.tickBulk(x, d)
	w.tickManifold(x, d)
}

// wardTurned: at a ward a patient leaves, a cylinder, a bank or a tank runs dry
// or is ready, or somebody has endured for long enough.
func (w *World) wardTurned(i int) {
	x := &w.wards[i]
	w.tickWard(x)
	for x.due.First() <= w.now {
		_, id := x.due.Pop()
		if k := id >> 1; id&1 == leaves {
			w.note(x, "a patient leaves")
			w.discharge(x, k)
		} else {
			w.bedsideTurned(x, k)
		}
	}
	w.refer(x)
	if x.stale || w.now >= x.turns(w.now) {
		w.attend(i)
		return
	}
	w.setWard(i)
	w.tellLines(x)
}

// What befalls a patient, in the lowest bit of an entry of ward.due; the place
// of the patient is above it.
const (
	leaves  = 0
	bedside = 1 // a bedside cylinder is connected or dry
)

// attend shares the sources of a ward anew, after anything has changed. It may
// be called while they are shared, for what a ward takes from a plant changes
// what others get and do; then it is done once more.
func (w *World) attend(i int) {
	x := &w.wards[i]
	if x.again = true; x.busy || !x.begun {
		return
	}
	w.tickWard(x)
	x.busy = true
	for x.again {
		x.again = false
		w.turnManifold(x)
		w.turnBulk(x)
		w.allot(x)
	}
	x.busy, x.stale, x.newcomer = false, false, None
	if short := x.missed > 0; short != x.short {
		x.short = short
		w.shortageTurned(int(x.hospital), short)
	}
	w.setWard(i)
	w.tellLines(x)
}

// turns returns when the bank or the tank of a ward turns.
func (x *ward) turns(now sim.Time) sim.Time {
	return min(x.manifold.next(now, x.given[FromManifold]), x.bulk.next(now))
}

// setWard sets the slot of what happens next at a ward.
func (w *World) setWard(i int) {
	x := &w.wards[i]
	w.set(wardTurned, i, min(x.due.First(), x.deadline, x.turns(w.now)))
}

// tellLines lets orders follow the cylinders that a ward has taken or emptied.
// It comes last: an order may change a plant's gas, and so the ward's pipe.
func (w *World) tellLines(x *ward) {
	for j := range x.touched {
		if x.touched[j] {
			x.touched[j] = false
			_, id := w.lineOf(x, j)
			w.stockMoved(id)
		}
	}
}

// attendHospital attends to the ward of a hospital, if it has one.
func (w *World) attendHospital(h int) {
	if i := w.hospitals[h].ward; i != None {
		w.attend(int(i))
	}
}

// wardStocked is called when cylinders have come to a hospital.
func (w *World) wardStocked(h int) {
	if i := w.hospitals[h].ward; i != None {
		if x := &w.wards[i]; x.missed > 0 || x.unclear || x.manifold.wants() {
			w.attend(int(i))
		}
	}
}

// wardPiped is called when a plant changes what it gives to a hospital's pipe.
func (w *World) wardPiped(h int) { w.attendHospital(h) }

// wardMachines is called when more or fewer of a hospital's concentrators run.
func (w *World) wardMachines(h int) { w.attendHospital(h) }

// dayAtWard gives the flow demand and the stream into the tank of a hospital
// the size of the day.
func (w *World) dayAtWard(h int) {
	i := w.hospitals[h].ward
	if i == None {
		return
	}
	x := &w.wards[i]
	w.tickWard(x)
	flows := w.flowsOfDay(x)
	if stream := w.streamOfDay(x); flows || stream {
		w.attend(int(i))
	}
}

// note writes a line of the trace about a ward.
func (w *World) note(x *ward, what string) {
	if w.trace != nil {
		w.trace.line(w.now, x.cfg.Name, what)
	}
}

// chance returns a law's number at an index of a stream, to the second.
func chance(l *rng.Law, s rng.Stream, i uint64) sim.Span { return sim.Seconds(l.At(s, i)) }
