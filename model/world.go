package model

import (
	"fmt"

	"oxysim/sim"
	"oxysim/sim/rng"
)

// World is one oxygen supply chain, simulated one replication at a time. It
// belongs to one goroutine and shares nothing but its Config.
type World struct {
	cfg      *Config
	slots    slots
	calendar sim.Calendar
	now      sim.Time
	begin    sim.Time // of the statistics: the end of the warm-up
	end      sim.Time
	nature   rng.Source

	ledger     ledger
	first      ledger // as it is at the start
	weather    []weather
	grids      []grid
	power      []power // of plants, then of hospitals
	pools      []pool  // of machines: of plants, then of hospitals
	machines   []machine
	crews      []crew
	pipes      []pipe // of hospitals
	plants     []plant
	positions  []position
	hospitals  []hospital
	lines      []line
	demands    []demand
	parcels    parcels
	groups     []group
	wards      []ward
	tankers    []tanker
	links      []link
	roads      roads
	trucks     []truck
	rounds     []round
	residual   []Gas      // left in an emptied cylinder, by type
	content    []Gas      // of a properly filled one
	leaks      bool       // some type leaks
	tests      bool       // some type is tested
	user       []int32    // the demand that last used each cylinder
	tested     []sim.Time // when each cylinder was last tested
	broods     []brood
	lostAt     []sim.Time // when each cylinder is lost, of a type of which some are
	tried      []bool     // scratch of dispatched
	shaken     sim.Heap   // scratch of shake
	asleep     []bool     // plants, then hospitals, that are left out; nil if none is
	sleeping   []int32    // their slots
	metrics    metrics
	trace      *tracer
	explain    *explainer
	happenings recent // the last events, for the message of a broken law
}

// New makes a world. It panics if the Config refers to what is not there;
// package scenarios makes only Configs that do not.
func New(cfg *Config) *World {
	w := &World{cfg: cfg, end: sim.Time(cfg.Horizon)}
	w.makeWeather()
	w.makePower()
	w.makePools()
	w.makePlants()
	w.makeHospitals()
	w.makeRoads()
	w.makeTrucks()
	w.makeLedger()
	w.makeSlots()
	w.makeMetrics()
	return w
}

// makeSlots hands out the slots of the calendar.
func (w *World) makeSlots() {
	s, cfg := &w.slots, w.cfg
	s.give(dayBroke, 1, nil)
	s.give(gridTurned, len(w.grids), nil)
	s.give(powerTurned, len(w.power), func(i int) bool { return w.power[i].cfg.Generator != nil })
	s.give(machineTurned, len(w.machines), func(i int) bool { return w.machineActs(i) })
	s.give(tankerMoved, len(w.tankers), nil)
	s.give(stationTurned, len(w.plants), func(i int) bool { return w.plants[i].turns() })
	s.give(released, len(w.plants), func(i int) bool { return w.plants[i].releases(cfg) })
	s.give(filled, len(w.positions), func(i int) bool { return w.positionActs(i) })
	s.give(gasTurned, len(w.plants), func(i int) bool { return w.plants[i].limits })
	s.give(parcelCame, len(w.lines), func(i int) bool { return w.lines[i].couriers() || len(w.lines[i].cfg.Coming) > 0 })
	s.give(truckMoved, len(w.trucks), nil)
	s.give(reported, len(w.lines), func(i int) bool { return w.lines[i].reports() })
	s.give(demanded, len(w.demands), func(i int) bool { return w.demands[i].cfg.Places == 0 })
	s.give(patientCame, len(w.groups), func(i int) bool { return w.groups[i].comes() })
	s.give(cylinderEmptied, len(w.lines), func(i int) bool { return w.lineUses(i) })
	s.give(wardTurned, len(w.wards), nil)
	s.give(roundDue, len(w.rounds), nil)
	s.give(reviewed, len(w.lines), func(i int) bool { return w.lines[i].reviews() })
	s.give(dispatched, len(w.plants), nil)
	w.calendar = sim.NewCalendar(len(s.of))
}

// Run simulates a replication and returns the values of its metrics, in the
// order of [World.Metrics]. The slice is the world's own and is overwritten by
// the next Run. It panics if the world breaks its own laws.
func (w *World) Run(seed uint64, replication int) []float64 {
	w.Begin(seed, replication)
	if w.explain != nil {
		w.explain.begin()
	}
	w.runUntil(w.end)
	if w.explain != nil {
		w.explain.end()
	}
	return w.outcome()
}

// runUntil lets everything happen that happens before an instant.
func (w *World) runUntil(end sim.Time) {
	for {
		slot, at, ok := w.calendar.Next()
		if !ok || at >= end {
			break
		}
		w.now = at
		who := w.slots.of[slot]
		if w.trace != nil {
			w.trace.event(at, who.kind, int(who.owner))
		}
		if checked {
			w.happenings.add(at, who.kind, int(who.owner))
		}
		w.happen(who.kind, int(who.owner))
		if w.trace != nil {
			w.trace.after()
		}
		if w.explain != nil {
			w.explain.after()
		}
		if checked {
			w.mustBeLawful()
		}
	}
	w.now = end
}

// reset makes the world as it is at the start of a replication.
func (w *World) reset(seed uint64, replication int) {
	w.now = sim.Time(w.cfg.At)
	w.begin = w.now
	w.nature = rng.New(seed, uint64(replication))
	w.calendar.Clear()
	w.happenings = recent{}
	w.ledger.copyFrom(&w.first)
	w.ledger.trace, w.ledger.recent = w.trace, &w.happenings
	w.resetCylinders()
	w.resetWeather()
	w.resetPower()
	w.resetPools()
	w.resetPlants()
	w.resetHospitals()
	w.resetRoads()
	w.resetTrucks()
	if w.trace != nil {
		w.trace.begin()
	}
	w.startPower()
	w.startPools()
	w.startPlants()
	w.startHospitals()
	w.startTrucks()
	w.set(dayBroke, 0, w.now)
	w.sleep()
}

// started reports whether time has passed since the replication began.
func (w *World) started() bool { return w.now > sim.Time(w.cfg.At) }

// dayBroke: a new day begins.
func (w *World) dayBroke() {
	if w.begin == 0 && w.cfg.WarmUp > 0 && w.now >= sim.Time(w.cfg.WarmUp) {
		w.forget()
	}
	for h := range w.hospitals {
		if w.awake(len(w.plants) + h) {
			w.dayAtHospital(h)
		}
	}
	if w.started() { // the first day began at the start
		for p := range w.plants {
			if w.awake(p) {
				w.dayAtPlant(p)
			}
		}
	}
	w.set(dayBroke, 0, w.now.Add(sim.Day-w.now.OfDay()))
}

// forget ends the warm-up: statistics begin anew.
func (w *World) forget() {
	w.begin = w.now
	w.ledger.forget(w.now)
	w.forgetPower()
	w.forgetPools()
	w.forgetPlants()
	w.forgetHospitals()
	w.forgetTrucks()
}

// stream returns the stream of a dotted name in this replication.
func (w *World) stream(n rng.Name) rng.Stream { return w.nature.Stream(n) }

// day returns the value of a daily table on the day of instant t, or 1 if
// there is no table; the last day stands for those after it.
func daily(table []float64, t sim.Time) float64 {
	if table == nil {
		return 1
	}
	return table[min(t.Day(), len(table)-1)]
}

// plural returns n things in words, for messages.
func plural(n int, thing string) string {
	if n == 1 {
		return "1 " + thing
	}
	return fmt.Sprintf("%d %ss", n, thing)
}
