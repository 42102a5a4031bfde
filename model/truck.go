package model

import (
	"oxysim/sim"
	"oxysim/sim/rng"
)

// truck is one vehicle and the trip it is on.
type truck struct {
	cfg    *Truck
	full   pileID // of the first type; the others follow
	empty  pileID
	plant  int32  // that dispatches it
	serves []bool // by hospital; nil for all

	phase    phase
	at       int32    // the place where it is, or the one it will reach next
	stops    []stop   // of the trip
	next     int32    // index of the stop it drives to; len(stops) on the way home
	load     []int32  // cylinders for each stop, by type
	toGo     float64  // km to the next breakdown
	driven   sim.Span // since the last rest
	parked   sim.Time // when it last came home
	sent     sim.Time // when the trip began
	docked   bool     // it has a dock of its plant
	reserved bool     // it goes on rounds only
	round    int32    // the round it is on, or None
	fetch    int32    // the line for which a hospital's truck is under way

	way   rng.Stream
	fails rng.Stream
	names truckNames
	tally truckTally
}

type truckNames struct{ way, fails rng.Name }

// stop is a hospital on a trip.
type stop struct{ hospital int32 }

// phase is what a truck does until its slot of the calendar says otherwise.
type phase uint8

// Phases.
const (
	parked  phase = iota // at home, free
	loading              // at home
	docking              // at the plant, waits for a dock
	driving              // to place at
	held                 // before a closed link
	resting
	unloading   // at a hospital
	emptying    // back home, empties are taken off
	fetching    // at the plant, waits for full cylinders: a hospital's own truck
	fetchUnload // at the plant, its empties are taken off
)

var phaseNames = [...]string{
	"parked", "loading", "docking", "driving", "held", "resting", "unloading", "emptying", "fetching", "handing in",
}

func (p phase) String() string { return phaseNames[p] }

// truckTally is what is counted of a truck since the statistics began.
type truckTally struct {
	trips     int64
	stops     int64
	carried   int64 // full cylinders
	km        float64
	driving   sim.Span
	held      sim.Span // at closures
	away      sim.Span
	breakdown int64
	urgent    int64 // trips
}

func (w *World) makeTrucks() {
	types := len(w.cfg.Types)
	for i := range w.cfg.Trucks {
		c := &w.cfg.Trucks[i]
		t := truck{
			cfg: c, plant: int32(w.dispatcher(c)),
			names: truckNames{rng.NameOf(c.Name + ".way"), rng.NameOf(c.Name + ".breakdown")},
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
}

// assignTrucks tells each line which trucks of its plant may bring its orders.
func (w *World) assignTrucks() {
	for i := range w.lines {
		l := &w.lines[i]
		if l.supply == nil {
			continue
		}
		for _, t := range w.plants[l.supply.Plant].trucks {
			if k := &w.trucks[t]; !k.reserved && (k.serves == nil || k.serves[l.hospital]) {
				l.trucks = append(l.trucks, t)
			}
		}
	}
}

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
		t.phase, t.at, t.stops, t.next = parked, int32(t.cfg.Home), t.stops[:0], 0
		t.driven, t.parked, t.docked, t.round, t.tally = 0, 0, false, None, truckTally{}
		t.way, t.fails = w.stream(t.names.way), w.stream(t.names.fails)
		t.toGo = t.drawLife()
	}
	w.resetRounds()
}

func (w *World) startTrucks() { w.startRounds() }

func (w *World) forgetTrucks() {
	for i := range w.trucks {
		w.trucks[i].tally = truckTally{}
	}
	for i := range w.links {
		w.links[i].trips, w.links[i].caught = 0, 0
	}
	w.forgetRounds()
}

// drawLife draws the km to the next breakdown.
func (t *truck) drawLife() float64 {
	if t.cfg.Life == 0 {
		return 0
	}
	life := rng.Exponential(t.cfg.Life)
	return life.Draw(&t.fails)
}

// truckMoved: what a truck did is done.
func (w *World) truckMoved(i int) {
	t := &w.trucks[i]
	switch t.phase {
	case loading:
		w.leave(i)
	case driving:
		w.drive(i)
	case held, resting:
		t.phase = driving
		w.drive(i)
	case unloading:
		w.unload(i)
	case emptying:
		w.goHome(i)
	case fetchUnload:
		w.handIn(i)
	default:
		w.cancel(truckMoved, i)
	}
}

// handling draws how long it takes to load or unload n cylinders.
func (w *World) handling(t *truck, n int) sim.Span {
	d := sim.Span(n) * t.cfg.LoadEach
	if c := &t.cfg.LoadFix; !always0(c) {
		d += sim.Seconds(c.Draw(&t.way))
	}
	return d
}

// leave begins the drive of a loaded truck.
func (w *World) leave(i int) {
	t := &w.trucks[i]
	w.freeDock(t)
	t.phase = driving
	w.drive(i)
}

// target returns the place a truck drives to.
func (w *World) target(t *truck) int {
	if int(t.next) == len(t.stops) {
		return t.cfg.Home
	}
	if t.fetches(w) {
		return int(t.plant)
	}
	return len(w.cfg.Plants) + int(t.stops[t.next].hospital)
}

// drive takes a truck over the next link, or lets it arrive.
func (w *World) drive(i int) {
	t := &w.trucks[i]
	to := w.target(t)
	if int(t.at) == to {
		w.arrive(i)
		return
	}
	if c := t.cfg; c.Driving > 0 && t.driven >= c.Driving {
		t.driven, t.phase = 0, resting
		w.set(truckMoved, i, w.now.Add(c.Rest))
		return
	}
	l := w.nextLink(int(t.at), to)
	if open := w.closedUntil(l, w.now); open > w.now {
		t.phase = held
		t.tally.held += open.Sub(w.now)
		w.links[l].caught += open.Sub(w.now)
		w.set(truckMoved, i, open)
		return
	}
	takes := w.travel(l, w.now, &t.way)
	takes += w.breakdown(t, w.links[l].cfg.Length)
	out := w.now.Add(takes)
	if k := &w.links[l]; len(k.closures) > 0 {
		out = w.caughtUntil(l, w.now, out)
		k.caught += out.Sub(w.now) - takes
		t.tally.held += out.Sub(w.now) - takes
	}
	w.links[l].trips++
	t.tally.km += float64(w.links[l].cfg.Length)
	t.tally.driving += takes
	t.driven += takes
	t.at = int32(w.otherEnd(l, int(t.at)))
	t.phase = driving
	w.set(truckMoved, i, out)
}

// breakdown returns the time lost to breakdowns on a length of road.
func (w *World) breakdown(t *truck, length Km) (lost sim.Span) {
	if t.cfg.Life == 0 {
		return 0
	}
	t.toGo -= float64(length)
	for t.toGo < 0 {
		lost += sim.Seconds(t.cfg.Repair.Draw(&t.fails))
		t.toGo += t.drawLife()
		t.tally.breakdown++
	}
	return lost
}

// arrive: a truck is where it drove to.
func (w *World) arrive(i int) {
	t := &w.trucks[i]
	switch {
	case int(t.next) == len(t.stops):
		w.arriveHome(i)
	case t.fetches(w):
		w.arriveToFetch(i)
	default:
		t.phase = unloading
		if d := w.handling(t, int(sumOf(t.loadAt(w, int(t.next))))); d > 0 {
			w.set(truckMoved, i, w.now.Add(d))
			return
		}
		w.unload(i)
	}
}

// loadAt returns the cylinders for a stop, by type.
func (t *truck) loadAt(w *World, stop int) []int32 {
	n := w.ledger.types
	return t.load[stop*n : (stop+1)*n]
}

func sumOf(xs []int32) (sum int32) {
	for _, x := range xs {
		sum += x
	}
	return sum
}

// unload hands full cylinders to a hospital, takes empties and drives on.
func (w *World) unload(i int) {
	t := &w.trucks[i]
	h := int(t.stops[t.next].hospital)
	w.handOut(i, h, t.loadAt(w, int(t.next)))
	t.tally.stops++
	t.next++
	t.phase = driving
	w.drive(i)
}

// handOut gives a hospital its cylinders and takes empties for them.
func (w *World) handOut(i, h int, load []int32) {
	t := &w.trucks[i]
	for _, k := range w.hospitals[h].lines {
		l := &w.lines[k]
		typ := pileID(l.typ)
		n := int(load[typ])
		if n > 0 {
			w.leak(t.full+typ, n)
			w.ledger.move(w.now, n, t.full+typ, l.full)
		}
		w.pickUp(t, l, n)
		if n > 0 {
			w.received(int(k), n)
		}
		w.stockMoved(int(k))
	}
}

// pickUp takes empties: one for one, or every one there is room for.
func (w *World) pickUp(t *truck, l *line, n int) {
	w.loseSome(l)
	if l.supply != nil && l.supply.AllEmpties {
		n = t.cfg.Room - w.aboard(t)
	}
	if n = min(n, w.ledger.count(l.empty)); n > 0 {
		w.ledger.move(w.now, n, l.empty, t.empty+pileID(l.typ))
	}
}

// aboard returns how many cylinders are on a truck.
func (w *World) aboard(t *truck) (n int) {
	for typ := range w.ledger.types {
		n += w.ledger.count(t.full+pileID(typ)) + w.ledger.count(t.empty+pileID(typ))
	}
	return n
}

// arriveHome takes off what a truck has brought home.
func (w *World) arriveHome(i int) {
	t := &w.trucks[i]
	if !w.takeDock(i) {
		return
	}
	t.phase = emptying
	if d := w.handling(t, w.aboard(t)); d > 0 {
		w.set(truckMoved, i, w.now.Add(d))
		return
	}
	w.goHome(i)
}

// goHome: a truck is unloaded and free.
func (w *World) goHome(i int) {
	t := &w.trucks[i]
	w.freeDock(t)
	t.phase = parked
	t.parked = w.now
	t.tally.away += w.now.Sub(t.sent)
	w.cancel(truckMoved, i)
	if t.fetches(w) {
		w.bringHome(i)
	} else {
		w.takeOffAtPlant(t)
	}
	t.stops, t.next, t.round = t.stops[:0], 0, None
	w.truckFree(i)
}

// takeOffAtPlant puts what is on a truck where it belongs at its plant.
func (w *World) takeOffAtPlant(t *truck) {
	p := &w.plants[t.plant]
	empties := false
	for typ := range pileID(w.ledger.types) {
		if n := w.ledger.count(t.empty + typ); n > 0 {
			w.ledger.move(w.now, n, t.empty+typ, p.empty+typ)
			empties = true
		}
		if n := w.ledger.count(t.full + typ); n > 0 {
			w.ledger.move(w.now, n, t.full+typ, p.full+typ)
			w.fullCame(int(t.plant))
		}
	}
	if empties {
		w.emptiesCame(int(t.plant))
	}
}
