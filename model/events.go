package model

import "oxysim/sim"

// event is a kind of thing that happens. At one instant, events come in the
// order of their kinds and then of their owners: nature first, then what
// arrives, then what is asked for, and last one review and one dispatch.
type event uint8

// Kinds of events, and whose they are.
const (
	dayBroke        event = iota // the world's: a new day
	gridTurned                   // a grid's: an outage begins or ends
	powerTurned                  // a generator's: it takes over, or its fuel ends or comes
	machineTurned                // a machine's: it fails, is repaired, stops or starts
	tankerMoved                  // a tanker series': one leaves or arrives
	stationTurned                // a plant's: working hours begin or end
	released                     // a plant's: an inspection or a test is over
	filled                       // a position's: a fill has ended
	gasTurned                    // a plant's: its tank is empty or full, a fill has its gas
	parcelCame                   // a line's: a courier arrives
	truckMoved                   // a truck's
	reported                     // a line's: a count is taken or arrives
	demanded                     // a demand's: cylinders are asked for
	patientCame                  // a group's
	cylinderEmptied              // a line's: a use or a patience is over
	wardTurned                   // a hospital's: a patient leaves, a source runs dry or is ready
	roundDue                     // a round's
	reviewed                     // a line's
	dispatched                   // a plant's
	events
)

var eventNames = [events]string{
	"day", "grid", "power", "machine", "tanker", "station", "release", "fill", "gas",
	"parcel", "truck", "report", "demand", "patient", "use", "ward", "round", "review", "dispatch",
}

func (e event) String() string { return eventNames[e] }

// slots says which slot of the calendar belongs to whom: the owners of a kind
// have consecutive slots, and a kind of which nobody ever acts has none.
type slots struct {
	first [events]int32 // slot of the first owner, or None
	of    []slotOwner   // of each slot
}

type slotOwner struct {
	kind  event
	owner int32
}

// give hands the next slots to the owners 0 … n-1, if any of them ever acts.
func (s *slots) give(kind event, n int, acts func(owner int) bool) {
	s.first[kind] = None
	for i := range n {
		if acts != nil && !acts(i) {
			continue
		}
		s.first[kind] = int32(len(s.of))
		for owner := range n {
			s.of = append(s.of, slotOwner{kind, int32(owner)})
		}
		return
	}
}

// set makes an owner act at an instant. It does nothing for a kind of which
// nobody ever acts.
func (w *World) set(kind event, owner int, at sim.Time) {
	if first := w.slots.first[kind]; first >= 0 {
		w.calendar.Set(int(first)+owner, at)
	}
}

// cancel leaves nothing pending for an owner.
func (w *World) cancel(kind event, owner int) { w.set(kind, owner, sim.Never) }

// happen is what happens when the owner of a slot acts. Each act sets its slot
// anew or cancels it.
func (w *World) happen(kind event, owner int) {
	switch kind {
	case demanded:
		w.demanded(owner)
	case filled:
		w.filled(owner)
	case truckMoved:
		w.truckMoved(owner)
	case dispatched:
		w.dispatched(owner)
	case wardTurned:
		w.wardTurned(owner)
	case patientCame:
		w.patientCame(owner)
	case parcelCame:
		w.parcelCame(owner)
	case reviewed:
		w.reviewed(owner)
	case cylinderEmptied:
		w.cylinderEmptied(owner)
	case gasTurned:
		w.gasTurned(owner)
	case released:
		w.released(owner)
	case machineTurned:
		w.machineTurned(owner)
	case gridTurned:
		w.gridTurned(owner)
	case powerTurned:
		w.powerTurned(owner)
	case stationTurned:
		w.stationTurned(owner)
	case reported:
		w.reported(owner)
	case roundDue:
		w.roundDue(owner)
	case tankerMoved:
		w.tankerMoved(owner)
	case dayBroke:
		w.dayBroke()
	}
}
