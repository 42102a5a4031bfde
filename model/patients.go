package model

import (
	"math"

	"oxysim/sim"
	"oxysim/sim/rng"
)

// group is a group of patients, or a flow demand: that is a group with one
// patient, who never leaves and whose flow is the demand's.
type group struct {
	cfg      *PatientDemand // nil for a flow demand
	flow     *FlowDemand    // nil for patients
	hospital int32
	ward     int32
	last     int32 // its last patient in triage order, or None
	count    int32

	need     Flow
	missed   Flow  // for lack of oxygen
	changing Flow  // while a cylinder is connected or banks change over
	without  int64 // patients, in millionths, without oxygen for lack of it
	waits    int64 // and while something is connected

	number  uint64 // patients who have come
	pace    pace
	apart   rng.Law // between arrivals, at multiplier 1
	names   groupNames
	arrival rng.Stream
	size    rng.Stream // flow of each patient, or variation of each day
	stay    rng.Stream
	endures rng.Stream
	connect rng.Stream
	tally   groupTally
}

type groupNames struct{ arrival, size, stay, endures, connect rng.Name }

// groupTally is what is counted of a group since the statistics began.
type groupTally struct {
	patients int64 // who have come
	referred int64
	need     Gas
	missed   Gas
	without  int64 // patient-seconds, in millionths
	waits    int64
}

// millionths of a patient: one who gets half of the flow needed is half without.
const millionths = 1_000_000

// fromStart is the index of the first of the patients who are there at the
// start. They are apart from those who come, so that their number changes
// nobody else.
const fromStart = 1 << 32

// patient is somebody who needs oxygen.
type patient struct {
	group   int32
	before  int32 // in triage order, or None
	after   int32 // in triage order, or None; for a free place, the next one
	flow    Flow
	rest    Flow     // of it not given
	endures sim.Span // without oxygen, before being referred; negative for ever
	without sim.Time // since when, or sim.Never
	number  uint64   // among those of the group
	bed     bed
}

func (w *World) makeGroups(x *ward) {
	c := x.cfg
	for i := range c.Patients {
		p := &c.Patients[i]
		if p.Steady {
			p = p.steadied()
		}
		w.groups = append(w.groups, group{
			cfg: p, hospital: x.hospital, ward: int32(len(w.wards)),
			pace:  w.paceOf(p.Profile, p.Storm, p.Factor, p.Steady),
			apart: apart(max(p.Mean, 1), p.Steady),
			names: groupNames{
				arrival: rng.NameOf(p.Name + ".arrival"), size: rng.NameOf(p.Name + ".flow"),
				stay: rng.NameOf(p.Name + ".stay"), endures: rng.NameOf(p.Name + ".refer"),
				connect: rng.NameOf(p.Name + ".connect"),
			},
		})
	}
	for i := range c.Flow {
		f := &c.Flow[i]
		if f.Steady {
			f = f.steadied()
		}
		w.groups = append(w.groups, group{
			flow: f, hospital: x.hospital, ward: int32(len(w.wards)),
			pace:  w.paceOf(nil, f.Storm, f.Factor, f.Steady),
			names: groupNames{size: rng.NameOf(f.Name + ".vary")},
		})
	}
}

// placesFor returns the number of patients for which a ward has room without
// growing: its mean number at the height of the year, and what chance may add.
func (w *World) placesFor(x *ward) int {
	room := 16.0
	for _, g := range w.members(x) {
		if g.cfg == nil {
			room++
			continue
		}
		mean := float64(g.cfg.Initial)
		if g.cfg.Mean > 0 {
			peak := 1.0
			for _, f := range g.cfg.Profile {
				peak = max(peak, f)
			}
			if g.cfg.Storm != None {
				peak *= max(g.cfg.Factor, 1)
			}
			mean += float64(g.cfg.Stay.Mean() / g.cfg.Mean * peak)
		}
		room += mean + float64(8*math.Sqrt(mean))
	}
	return int(min(room, 1e5))
}

func (w *World) resetGroups(x *ward) {
	for i := x.from; i < x.to; i++ {
		g := &w.groups[i]
		g.last, g.count, g.number = None, 0, 0
		g.need, g.missed, g.changing, g.without, g.waits = 0, 0, 0, 0, 0
		g.arrival, g.size, g.stay = w.stream(g.names.arrival), w.stream(g.names.size), w.stream(g.names.stay)
		g.endures, g.connect = w.stream(g.names.endures), w.stream(g.names.connect)
		g.tally = groupTally{}
	}
}

// startGroups admits those who are there at the start, and lets others come.
func (w *World) startGroups(x *ward) {
	for i := x.from; i < x.to; i++ {
		g := &w.groups[i]
		if g.cfg == nil {
			w.seat(x, i, patient{endures: -1})
			continue
		}
		for k := range g.cfg.Initial {
			w.admit(x, i, fromStart+uint64(k))
		}
		if g.cfg.Mean > 0 {
			first := g.apart.Draw(&g.arrival)
			if g.cfg.Steady {
				first = g.cfg.Mean / 2
			}
			w.set(patientCame, int(i), w.elapse(&g.pace, w.now, first))
		}
	}
	w.flowsOfDay(x)
}

// comes reports whether patients of a group come of themselves.
func (g *group) comes() bool { return g.cfg != nil && g.cfg.Mean > 0 }

// patientCame: a patient comes.
func (w *World) patientCame(i int) {
	g := &w.groups[i]
	w.set(patientCame, i, w.elapse(&g.pace, w.now, g.apart.Draw(&g.arrival)))
	x := &w.wards[g.ward]
	w.tickWard(x)
	x.newcomer = w.admit(x, int32(i), g.number)
	g.number++
	w.attend(int(g.ward))
}

// admit gives a patient a place. What the patient needs, and for how long, is
// drawn at the patient's own number.
func (w *World) admit(x *ward, i int32, number uint64) int32 {
	g := &w.groups[i]
	p := patient{number: number, endures: -1}
	p.flow = max(Flow(math.Round(g.cfg.Flow.At(g.size, number))), 0)
	if g.cfg.Refers {
		p.endures = chance(&g.cfg.Refer, g.endures, number)
	}
	k := w.seat(x, i, p)
	x.due.Push(w.now.Add(g.stays(number)), k<<1|leaves)
	g.tally.patients++
	x.count++
	x.tally.most = max(x.tally.most, x.count)
	if x.cfg.fits(p.flow) {
		x.fit++
		x.fitFlow += p.flow
	}
	return k
}

// stays returns how long a patient stays. Those of a steady group who are there
// at the start leave one after the other, as others come.
func (g *group) stays(number uint64) sim.Span {
	d := chance(&g.cfg.Stay, g.stay, number)
	if g.cfg.Steady && number >= fromStart {
		d = sim.Seconds(float64(d) * (float64(number-fromStart) + 0.5) / float64(g.cfg.Initial))
	}
	return d
}

// seat puts a patient last among those of the group.
func (w *World) seat(x *ward, i int32, p patient) int32 {
	g := &w.groups[i]
	p.group, p.without, p.bed = i, sim.Never, bed{cylinder: noCylinder, wants: sim.Never}
	p.before = None
	for j := i; j >= x.from && p.before == None; j-- {
		p.before = w.groups[j].last
	}
	k := x.free
	if k == None {
		k = int32(len(x.patients))
		x.patients = append(x.patients, patient{})
	} else {
		x.free = x.patients[k].after
	}
	if p.before == None {
		p.after, x.head = x.head, k
	} else {
		p.after, x.patients[p.before].after = x.patients[p.before].after, k
	}
	if p.after != None {
		x.patients[p.after].before = k
	}
	x.patients[k] = p
	g.last = k
	g.count++
	g.need += p.flow
	x.need += p.flow
	return k
}

// discharge lets a patient go.
func (w *World) discharge(x *ward, k int32) {
	p := &x.patients[k]
	g := &w.groups[p.group]
	w.clearBed(x, k)
	if g.last == k {
		g.last = None
		if p.before != None && x.patients[p.before].group == p.group {
			g.last = p.before
		}
	}
	if p.before == None {
		x.head = p.after
	} else {
		x.patients[p.before].after = p.after
	}
	if p.after != None {
		x.patients[p.after].before = p.before
	}
	g.count--
	g.need -= p.flow
	x.need -= p.flow
	x.count--
	if x.cfg.fits(p.flow) {
		x.fit--
		x.fitFlow -= p.flow
	}
	p.after, x.free = x.free, k
	x.stale = true
}

// refer sends away those who have endured for long enough without oxygen.
func (w *World) refer(x *ward) {
	if w.now < x.deadline {
		return
	}
	for k := x.head; k != None; {
		p := &x.patients[k]
		after := p.after
		if p.endures >= 0 && p.without != sim.Never && w.now.Sub(p.without) >= p.endures {
			x.due.Remove(k<<1 | leaves)
			w.groups[p.group].tally.referred++
			w.note(x, "a patient is referred")
			w.discharge(x, k)
		}
		k = after
	}
}

// tick books time that passed with the present flows of a group.
func (g *group) tick(d sim.Span) {
	t := &g.tally
	t.need += g.need.Over(d)
	t.missed += g.missed.Over(d)
	t.without += g.without * int64(d)
	t.waits += g.waits * int64(d)
}
