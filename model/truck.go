package model

import (
	"oxysim/sim"
	"oxysim/sim/rng"
)

// truck is one vehicle and the trip it is on.
type truck struct {
	cfg      *Truck
	full     pileID // of the first type; the others follow
	empty    pileID
	plant    int32  // that dispatches it; for a hospital's own truck, where it fetches
	serves   []bool // by hospital; nil for all
	reserved bool   // it goes on rounds only
	handy    bool   // to load or unload it takes no time

	phase  phase
	since  sim.Time // of the phase, or of the statistics if they began later
	parked sim.Time // when it last came home

	// Where it is: at a place or, if left is not 0, on a link that ends there.
	at     int32
	link   int32    // that it is on, or waits before
	whole  sim.Span // driving time of the link
	left   sim.Span // of that, still to come
	rolls  sim.Span // of that, until something stops it
	toGo   float64  // km from the start of the link to the next breakdown
	driven sim.Span // driving time since the last rest

	docked bool  // it has a dock of its plant
	awaits phase // what it does when it has one

	// The trip.
	stops    []stop
	next     int32   // index of the stop it drives to; len(stops) on the way home
	load     []int32 // cylinders for each stop, by type
	fetch    int32   // the line for which a hospital's own truck is under way
	collects bool    // it brings nothing and takes all empties

	// Chance. What is drawn for a trip belongs to the trip: each link it takes and
	// each time it is loaded or unloaded has its own index.
	trips   uint64     // begun since the start
	trip    rng.Stream // of the present one
	legs    uint64     // of it, begun
	handled uint64     // times it was loaded or unloaded on it
	way     rng.Stream // of which those of trips are children
	fails   rng.Stream
	names   truckNames
	tally   truckTally
}

type truckNames struct{ way, fails rng.Name }

// stop is a hospital on a trip.
type stop struct{ hospital int32 }

// phase is what a truck does until its slot of the calendar says otherwise.
type phase uint8

// Phases.
const (
	parked  phase = iota // at home, free
	docking              // at its plant, waits for a dock
	loading              // at home or at its plant
	driving              // to place at
	held                 // before a closed link, or caught on it
	resting
	broken
	unloading  // at a hospital
	emptying   // back home: what it has brought is taken off
	handingIn  // at the plant, a hospital's own truck: its empties are taken off
	collecting // at the plant, a hospital's own truck: waits for full cylinders
	phases
)

var phaseNames = [phases]string{
	"parked", "docking", "loading", "driving", "held", "resting", "broken", "unloading", "emptying", "handing in", "collecting",
}

func (p phase) String() string { return phaseNames[p] }

// truckTally is what is counted of a truck since the statistics began.
type truckTally struct {
	trips     int64 // begun
	stops     int64 // made
	carried   int64 // full cylinders
	km        float64
	spent     [phases]sim.Span // in each phase, up to since
	breakdown int64
	urgent    int64 // trips
}

func (w *World) makeTrucks() {
	types := len(w.cfg.Types)
	w.trucks = make([]truck, 0, len(w.cfg.Trucks))
	for i := range w.cfg.Trucks {
		c := &w.cfg.Trucks[i]
		chance := c.Chance
		if chance == "" {
			chance = c.Name
		}
		t := truck{
			cfg: c, plant: int32(w.dispatcher(c)), handy: c.LoadEach == 0 && always0(&c.LoadFix),
			names: truckNames{rng.NameOf(chance + ".way"), rng.NameOf(chance + ".breakdown")},
			stops: make([]stop, 0, w.mostStops(c)),
		}
		t.load = make([]int32, cap(t.stops)*types)
		if c.Serves != nil {
			t.serves = make([]bool, len(w.cfg.Hospitals))
			for _, h := range c.Serves {
				t.serves[h] = true
			}
		}
		w.trucks = append(w.trucks, t)
	}
	w.makeRounds()
	w.assignTrucks()
}

// assignTrucks tells each plant which trucks it sends, and each line which of
// them may bring its orders or, if its hospital fetches, which are its own.
func (w *World) assignTrucks() {
	for i := range w.trucks {
		if t := &w.trucks[i]; !t.fetches(w) {
			w.plants[t.plant].trucks = append(w.plants[t.plant].trucks, int32(i))
		}
	}
	for i := range w.lines {
		l := &w.lines[i]
		if l.supply == nil {
			continue
		}
		if p := &w.plants[l.supply.Plant]; p.cfg.Share != FirstCome || l.supply.Urgent >= 0 {
			p.ranks = true
		}
		if l.couriers() && l.supply.Urgent >= 0 {
			w.plants[l.supply.Plant].rushes = true
		}
		own := w.fetchedByItself(i)
		for k := range w.trucks {
			t := &w.trucks[k]
			home := l.supply.Plant
			if own {
				home = w.placeOf(l)
			}
			if t.cfg.Home == home && !t.reserved && (own || t.mayServe(l.hospital)) {
				l.trucks = append(l.trucks, int32(k))
			}
		}
	}
}

// mayServe reports whether a truck goes to a hospital.
func (t *truck) mayServe(hospital int32) bool { return t.serves == nil || t.serves[hospital] }

// dispatcher returns the plant that sends a truck: its home, or the one that
// supplies the hospital that is its home.
func (w *World) dispatcher(c *Truck) int {
	if c.Home < len(w.cfg.Plants) {
		return c.Home
	}
	for _, l := range w.cfg.Hospitals[c.Home-len(w.cfg.Plants)].Lines {
		if l.Supply != nil {
			return l.Supply.Plant
		}
	}
	return 0
}

// mostStops returns the most stops a trip of the truck can have.
func (w *World) mostStops(c *Truck) int {
	n := max(c.Stops, 1)
	for i := range w.cfg.Rounds {
		n = max(n, len(w.cfg.Rounds[i].Stops))
	}
	return n
}

func (w *World) resetTrucks() {
	for i := range w.trucks {
		t := &w.trucks[i]
		t.phase, t.since, t.parked = parked, w.now, w.now
		t.at, t.link, t.whole, t.left, t.rolls, t.driven = int32(t.cfg.Home), None, 0, 0, 0, 0
		t.docked, t.stops, t.next, t.fetch = false, t.stops[:0], 0, None
		t.plant = int32(w.dispatcher(t.cfg))
		t.trips, t.legs, t.handled, t.tally = 0, 0, 0, truckTally{}
		t.way, t.fails = w.stream(t.names.way), w.stream(t.names.fails)
		t.toGo = t.drawLife()
	}
	w.resetAway()
	w.resetRounds()
}

func (w *World) startTrucks() {
	w.startAway()
	w.startRounds()
}

func (w *World) forgetTrucks() {
	for i := range w.trucks {
		w.trucks[i].since, w.trucks[i].tally = w.now, truckTally{}
	}
	for i := range w.links {
		w.links[i].trips, w.links[i].caught = 0, 0
	}
	w.forgetRounds()
}

func (w *World) settleTrucks() {
	for i := range w.trucks {
		w.turn(&w.trucks[i], w.trucks[i].phase)
	}
}

// turn books how long a truck was in its phase, and begins another.
func (w *World) turn(t *truck, to phase) {
	d := w.now.Sub(t.since)
	t.tally.spent[t.phase] += d
	if t.phase == held {
		w.links[t.link].caught += d
	}
	t.phase, t.since = to, w.now
}

// hours returns the time spent in some phases since the statistics began.
func (t *truckTally) hours(in ...phase) (hours float64) {
	for _, p := range in {
		hours += t.spent[p].Hours()
	}
	return hours
}

// truckMoved: what a truck did is done.
func (w *World) truckMoved(i int) {
	t := &w.trucks[i]
	switch t.phase {
	case docking:
		w.handle(i, t.awaits) // it has a dock
	case driving:
		w.rolled(i)
	case held, resting, broken:
		w.goOn(i)
	default:
		w.handled(i)
	}
}

// handling draws how long it takes to load or unload a truck, as its phase says.
func (w *World) handling(t *truck) sim.Span {
	if t.handy {
		return 0
	}
	n := w.aboard(t)
	if t.phase == unloading {
		n = 0
		for _, x := range t.loadAt(w, int(t.next)) {
			n += int(x)
		}
	}
	d := sim.Span(n) * t.cfg.LoadEach
	if c := &t.cfg.LoadFix; !always0(c) {
		d += sim.Seconds(c.At(t.trip, t.handled))
	}
	t.handled++
	return d
}

// loadAt returns the cylinders for a stop, by type.
func (t *truck) loadAt(w *World, stop int) []int32 {
	n := w.ledger.types
	return t.load[stop*n : (stop+1)*n]
}

// aboard returns how many cylinders are on a truck.
func (w *World) aboard(t *truck) (n int) {
	for typ := range pileID(w.ledger.types) {
		n += w.ledger.count(t.full+typ) + w.ledger.count(t.empty+typ)
	}
	return n
}

// roomFor returns how many more cylinders of a mass a truck can carry.
func (w *World) roomFor(t *truck, each Kg) int {
	n := t.cfg.Room - w.aboard(t)
	if t.cfg.Payload == 0 || each <= 0 {
		return max(n, 0)
	}
	left := t.cfg.Payload
	for k := range w.ledger.types {
		left -= Kg(float64(w.ledger.count(t.full+pileID(k))) * float64(w.cfg.Types[k].Full))
		left -= Kg(float64(w.ledger.count(t.empty+pileID(k))) * float64(w.cfg.Types[k].Empty))
	}
	return max(min(n, int(left/each)), 0)
}
