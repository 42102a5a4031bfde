package model

import (
	"math"

	"oxysim/sim"
	"oxysim/sim/rng"
)

// plant is a place where cylinders become full.
type plant struct {
	cfg     *Plant
	empty   pileID // of the first type; the others follow
	full    pileID
	test    pileID
	inspect pileID

	// The filling station.
	positions []int32  // its filling positions
	idle      []int32  // those that are free
	running   bool     // gas can be had
	open      bool     // within working hours
	least     int      // empties with which a fill begins
	limits    bool     // gas can be short
	brimful   bool     // every fill reaches the nominal content
	inspects  bool     // a fill is inspected before it is released
	rejects   bool     // inspection may reject it
	vents     bool     // residual gas is let out before a fill
	patience  sim.Span // a wait for a position above it is long
	away      sim.Heap // cylinders under inspection and at test, by when that is over
	quota     int      // fills a vendor still sells today
	numbered  uint64   // cylinders whose fill has begun since the start
	gas       gasworks

	// Dispatch.
	queue      []int32     // lines whose orders wait for trucks or full cylinders, oldest first
	ranks      bool        // an order may go before an older one
	starved    bool        // the last dispatch ended for lack of full cylinders
	again      sim.Time    // when dispatch must look again at what it could not send
	pending    parcelQueue // courier orders not yet handed over, oldest first
	rushes     bool        // some of them may be urgent
	trucks     []int32     // it sends
	roundsWait int         // tours that wait for a truck
	docked     int         // docks in use
	atDocks    []int32     // trucks that wait for one, in order
	fetchers   []int32     // hospitals' trucks that wait for full cylinders, in order

	bound   [constraints]sim.Span // how long each constraint bound
	binds   Constraint
	since   sim.Time // of binds
	crowded spells   // at least QueueLimit cylinders are at the station

	names  plantNames
	chance plantStreams
	tally  plantTally
}

// plantNames are the names of plantStreams.
type plantNames struct{ time, content, reject, inspect, test, refuse rng.Name }

// plantStreams are what chance decides at a plant: for each fill its time, for
// each cylinder filled its content, rejection and inspection, for each test its
// length and result, for each day whether a vendor refuses.
type plantStreams struct {
	time                                   rng.Ahead
	content, reject, inspect, test, refuse rng.Stream
	verdict                                rng.Stream // of tests
}

// plantTally is what is counted of a plant since the statistics began.
type plantTally struct {
	filled   int64 // cylinders released
	rejected int64
	begun    int64 // cylinders whose fill began
	waits    int64 // seconds they had waited
	long     int64 // of them, how many waited longer than WaitLimit
	tested   int64
	shipped  int64
}

// Constraint is what keeps a filling station from filling more.
type Constraint uint8

// Constraints.
const (
	Empties   Constraint = iota // nothing waits to be filled
	Shift                       // outside working hours
	PowerCut                    // no electricity
	Outage                      // no machine runs
	PlantFlow                   // machines make too little gas
	Booster                     // the booster compresses too little
	Positions                   // all positions are busy
	constraints
)

var constraintNames = [constraints]string{"empties", "shift", "power", "outage", "flow", "booster", "positions"}

func (c Constraint) String() string { return constraintNames[c] }

// position is where cylinders are filled: one at a time, or a whole batch.
type position struct {
	plant  int32
	room   int32
	count  int32    // cylinders in it
	pile   pileID   // of the first type; the others follow
	until  sim.Time // when its time is over
	number uint64   // of its first cylinder, among those filled since the start

	// If gas can be short.
	ripe  bool // its time is over, it waits for gas
	flow  Flow // of gas to it
	gas   Gas  // still to come
	taken Gas  // has come, and is not yet in cylinders
}

func (w *World) makePlants() {
	for i := range w.cfg.Plants {
		c := &w.cfg.Plants[i]
		p := plant{cfg: c, least: 1, limits: c.Make != nil && c.Make.Flow > 0, names: plantNames{
			time: rng.NameOf(c.Name + ".fill.time"), content: rng.NameOf(c.Name + ".fill.content"),
			reject: rng.NameOf(c.Name + ".fill.reject"), inspect: rng.NameOf(c.Name + ".fill.inspect"),
			test: rng.NameOf(c.Name + ".test"), refuse: rng.NameOf(c.Name + ".refuse"),
		}}
		if f := c.Fill; f != nil {
			p.brimful = f.Content.IsConstant() && f.Content.Mean() == 1
			p.inspects, p.rejects, p.vents = !always0(&f.Inspect), f.Reject > 0, f.Vent
			if p.patience = f.WaitLimit; p.patience == 0 {
				p.patience = math.MaxInt64
			}
			n, room := f.Positions, 1
			if f.Batch > 0 {
				n, room, p.least = 1, f.Positions, f.Batch
			}
			for range n {
				p.positions = append(p.positions, int32(len(w.positions)))
				w.positions = append(w.positions, position{plant: int32(i), room: int32(room)})
			}
			p.idle = make([]int32, 0, n)
		}
		w.plants = append(w.plants, p)
	}
	w.makeGasworks()
}

// turns reports whether the station has hours or days.
func (p *plant) turns() bool {
	return p.cfg.Fill != nil && (p.cfg.Fill.Hours != nil || p.cfg.Fill.Days != 0)
}

// releases reports whether cylinders are ever inspected or tested.
func (p *plant) releases(cfg *Config) bool {
	for i := range cfg.Types {
		if cfg.Types[i].TestEvery > 0 {
			return true
		}
	}
	return p.inspects
}

func (w *World) positionActs(int) bool { return true }

func (w *World) resetPlants() {
	for i := range w.plants {
		p := &w.plants[i]
		p.idle = append(p.idle[:0], p.positions...)
		p.running, p.open = true, true
		p.away.Clear()
		p.numbered = 0
		p.queue, p.starved = p.queue[:0], false
		p.roundsWait, p.docked, p.atDocks, p.fetchers = 0, 0, p.atDocks[:0], p.fetchers[:0]
		p.pending.clear()
		p.bound, p.binds, p.since = [constraints]sim.Span{}, Empties, w.now
		p.crowded = spells{first: sim.Never}
		p.tally = plantTally{}
		n := &p.names
		p.chance = plantStreams{
			content: w.stream(n.content), reject: w.stream(n.reject),
			inspect: w.stream(n.inspect), test: w.stream(n.test), refuse: w.stream(n.refuse),
			verdict: w.stream(n.test).Sub(0),
		}
		if f := p.cfg.Fill; f != nil {
			p.chance.time.Begin(&f.Time, w.stream(n.time))
		}
	}
	for i := range w.positions {
		q := &w.positions[i]
		q.count, q.ripe, q.flow, q.gas, q.taken = 0, false, 0, 0, 0
	}
	w.resetGasworks()
}

func (w *World) startPlants() {
	for i := range w.plants {
		p := &w.plants[i]
		w.dayAtPlant(i)
		w.startGasworks(i)
		if p.turns() {
			w.stationTurned(i)
		}
		w.emptiesCame(i)
	}
}

func (w *World) forgetPlants() {
	for i := range w.plants {
		p := &w.plants[i]
		p.bound, p.since, p.tally = [constraints]sim.Span{}, w.now, plantTally{}
		p.crowded.clear(w.now)
		w.forgetGasworks(i)
	}
}

// dayAtPlant begins a vendor's day.
func (w *World) dayAtPlant(i int) {
	p := &w.plants[i]
	w.dayAtGasworks(i)
	v := p.cfg.Vendor
	if v == nil {
		return
	}
	p.quota = v.Quota
	if p.quota == 0 {
		p.quota = math.MaxInt
	}
	if v.Refuse > 0 && p.chance.refuse.Float64At(uint64(w.now.Day())) < v.Refuse {
		p.quota = 0
	}
	if w.started() {
		w.emptiesCame(i)
	}
}

// stationTurned: working hours begin or end.
func (w *World) stationTurned(i int) {
	p := &w.plants[i]
	f := p.cfg.Fill
	p.open = f.Hours.open(w.now) && w.cfg.Start.onDay(f.Days, w.now)
	w.set(stationTurned, i, min(f.Hours.turn(w.now), w.now.Add(sim.Day-w.now.OfDay())))
	w.fillMore(i)
}

// setRunning says whether gas can be had at a plant. A fill that has begun
// goes on; no new one begins until it can.
func (w *World) setRunning(i int, running bool) {
	p := &w.plants[i]
	p.running = running
	w.fillMore(i)
}

// fullCame is called when there are more full cylinders at a plant: courier
// orders are handed over, and dispatch looks again at what it could not send.
func (w *World) fullCame(p *plant, i int) {
	if p.pending.len() > 0 {
		w.handOver(i)
	}
	if p.starved {
		w.set(dispatched, i, w.now)
	}
}

// emptiesCame is called when there are more empty cylinders at a plant.
func (w *World) emptiesCame(i int) {
	p := &w.plants[i]
	if p.cfg.Vendor != nil {
		w.exchange(i)
		return
	}
	w.fillMore(i)
}

// exchange lets a vendor hand full cylinders for empty ones, of all types those
// first that have waited longest.
func (w *World) exchange(i int) {
	p := &w.plants[i]
	came := false
	for p.quota > 0 {
		from := w.oldestEmpty(p)
		if from == nil {
			break
		}
		n, t := 1, from.id-p.empty
		if all := w.empties(p); all <= p.quota || all == int(from.count) {
			n = min(int(from.count), p.quota)
		}
		for c, k := from.head, 0; k < n; c, k = w.ledger.cylinders[c].next, k+1 {
			w.ledger.gas[gasBought] += w.ledger.cylinders[c].charge(w.content[t])
		}
		w.ledger.move(w.now, n, from.id, p.full+t)
		p.quota -= n
		p.tally.filled += int64(n)
		came = true
	}
	if came {
		w.fullCame(p, i)
	}
}

// charge fills a cylinder to a content and returns what it took, which the
// caller books. A fuller cylinder is left as it is.
func (c *cylinder) charge(content Gas) Gas {
	add := c.lacks(content)
	c.gas += add
	return add
}

// lacks returns what a cylinder must take to hold a content.
func (c *cylinder) lacks(content Gas) Gas { return max(content-c.gas, 0) }

// vent lets the gas out of a cylinder.
func (w *World) vent(cyl *cylinder) {
	w.ledger.gas[gasVented] += cyl.gas
	cyl.gas = 0
}
