package model

import (
	"fmt"

	"oxysim/sim"
)

// gasworks is how a plant makes, stores and hands on gas. Between two events
// all flows are constant and whole mL/min, so that what they bring in whole
// seconds is exact.
type gasworks struct {
	acts  bool     // there is a balance to keep: gas can be short, or a pipe is fed
	pipes []int32  // hospitals fed by a pipe, in order
	since sim.Time // up to which everything is booked

	rate    Flow // what the machines can make
	makes   Flow // what they do make
	piped   Flow // goes to pipes
	station Flow // goes to the filling station
	tank    Gas  // in the buffer tank

	empty   bool // the tank cannot give what is asked of it
	full    bool
	short   bool // the station gets less than its fills could take in their time
	boosted bool // and it is the booster that limits it

	tally gasTally
}

// gasTally is what is counted of a gasworks since the statistics began.
type gasTally struct {
	made       Gas // by machines
	piped      Gas
	compressed Gas     // into cylinders
	stored     float64 // gas in the tank × seconds
	empty      sim.Span
	full       sim.Span
}

// pipe is a pipe to a hospital.
type pipe struct {
	need  Flow // of the hospital
	most  Flow // that the pipe carries
	grant Flow // what it gets
	told  Flow // of which the hospital knows
	gave  Gas  // since the start
}

// makeGasworks makes the gasworks of the plants, and the pipes from them.
func (w *World) makeGasworks() {
	w.pipes = make([]pipe, len(w.cfg.Hospitals))
	for h := range w.cfg.Hospitals {
		c := w.cfg.Hospitals[h].Pipe
		if c == nil {
			continue
		}
		w.pipes[h].most = c.Limit
		if c.Limit == 0 {
			w.pipes[h].most = Unlimited
		}
		g := &w.plants[c.Plant].gas
		g.pipes = append(g.pipes, int32(h))
		g.acts = true
	}
	for i := range w.plants {
		if p := &w.plants[i]; p.limits {
			p.gas.acts = true
			w.first.gas[gasInitial] += p.stored()
		}
	}
}

// stored returns what is in the tank at the start.
func (p *plant) stored() Gas {
	if !p.limits {
		return 0
	}
	return min(p.cfg.Make.Stored, p.cfg.Make.Tank)
}

func (w *World) resetGasworks() {
	for i := range w.plants {
		p := &w.plants[i]
		p.gas = gasworks{acts: p.gas.acts, pipes: p.gas.pipes, tank: p.stored(), since: w.now}
	}
	for h := range w.pipes {
		w.pipes[h] = pipe{most: w.pipes[h].most}
	}
}

// startGasworks finds whether gas can be had at the start.
func (w *World) startGasworks(i int) {
	p := &w.plants[i]
	p.gas.rate = w.production(i)
	p.running = w.gasAt(i)
	w.balance(i)
}

func (w *World) forgetGasworks(i int) {
	w.settleGas(i)
	w.plants[i].gas.tally = gasTally{}
}

// dayAtGasworks changes what the machines can make with the day.
func (w *World) dayAtGasworks(i int) {
	if p := &w.plants[i]; p.limits && p.cfg.Make.Derate != nil && w.started() {
		w.gasChanged(i)
	}
}

// plantPowered: a plant has lost or regained electricity.
func (w *World) plantPowered(i int) { w.gasChanged(i) }

// plantMachines: more or fewer of a plant's machines are in specification.
func (w *World) plantMachines(i int) { w.gasChanged(i) }

// gasChanged is called when a plant may be able to make or give more or less
// gas than before.
func (w *World) gasChanged(i int) {
	w.settleGas(i)
	w.plants[i].gas.rate = w.production(i)
	w.setRunning(i, w.gasAt(i))
	if p := &w.plants[i]; !p.limits || p.cfg.Fill == nil {
		w.balance(i) // a filling station has done it
	}
}

// production returns what the machines of a plant can make now.
func (w *World) production(i int) Flow {
	m := w.plants[i].cfg.Make
	if m == nil {
		return 0
	}
	each := m.Flow
	if m.Derate != nil {
		each = Flow(float64(m.Flow) * daily(m.Derate, w.now))
	}
	return Flow(w.producing(i)) * each
}

// gasAt reports whether gas can be had at a plant, to begin a fill with.
// Without electricity there is none, for the booster stands still.
func (w *World) gasAt(i int) bool {
	p := &w.plants[i]
	switch {
	case !w.powered(i):
		return false
	case p.limits:
		return p.gas.rate > 0 || p.gas.tank >= p.dregs()
	case p.cfg.Make != nil && p.cfg.Make.Machines.Count > 0:
		return w.producing(i) > 0
	}
	return true
}

// dregs is what the tank must hold to give every position a flow for a second.
func (p *plant) dregs() Gas { return Gas(max(1, len(p.positions))) }

// settleGas books what has flowed since the last time. What a fill did not
// need of the last second stays in the tank, and what the tank has no room for
// was not made.
func (w *World) settleGas(i int) {
	p := &w.plants[i]
	g := &p.gas
	d := w.now.Sub(g.since)
	if !g.acts || d == 0 {
		return
	}
	g.since = w.now
	piped, drawn := w.handOn(g, d), w.compress(p, d)
	before := g.tank
	made := g.makes.Over(d)
	g.tank += made - piped - drawn
	if over := g.tank - p.room(); over > 0 {
		g.tank -= over
		made -= over
	}
	w.ledger.gas[gasMade] += made
	g.tally.made += made
	g.tally.piped += piped
	g.tally.compressed += drawn
	g.tally.stored += float64(float64(before+g.tank) / 2 * float64(d))
	if g.empty {
		g.tally.empty += d
	}
	if g.full {
		g.tally.full += d
	}
}

// room returns what the tank of a plant holds.
func (p *plant) room() Gas {
	if !p.limits {
		return 0
	}
	return p.cfg.Make.Tank
}

// handOn gives hospitals what flowed to them through pipes, and returns it.
func (w *World) handOn(g *gasworks, d sim.Span) (sum Gas) {
	for _, h := range g.pipes {
		x := w.pipes[h].grant.Over(d)
		w.pipes[h].gave += x
		sum += x
	}
	w.ledger.gas[gasBreathed] += sum
	return sum
}

// compress gives fills what flowed to them, at most what they needed, and
// returns it.
func (w *World) compress(p *plant, d sim.Span) (sum Gas) {
	if p.gas.station == 0 {
		return 0
	}
	for _, k := range p.positions {
		q := &w.positions[k]
		x := min(q.flow.Over(d), q.gas)
		q.gas -= x
		q.taken += x
		sum += x
	}
	return sum
}

// storedGas returns what is in tanks of plants, and has been drawn into
// filling positions but is not yet in cylinders.
func (w *World) storedGas() (sum Gas) {
	for i := range w.plants {
		sum += w.plants[i].gas.tank
	}
	for i := range w.positions {
		sum += w.positions[i].taken
	}
	return sum
}

// brokenTank says which tank or filling position holds less than nothing or
// more than its room, or nothing.
func (w *World) brokenTank() string {
	for i := range w.plants {
		if p := &w.plants[i]; p.gas.tank < 0 || p.gas.tank > p.room() {
			return fmt.Sprintf("the tank of %s, of %v, holds %v", p.cfg.Name, p.room(), p.gas.tank)
		}
	}
	for i := range w.positions {
		if q := &w.positions[i]; q.gas < 0 || q.taken < 0 || q.count == 0 && q.taken > 0 {
			return fmt.Sprintf("filling position %d with %s has %v and lacks %v", i, plural(int(q.count), "cylinder"), q.taken, q.gas)
		}
	}
	return ""
}

// pipe asks a plant for a flow to a hospital's pipe and returns what it gets
// from now on. When that changes, the hospital is told by wardPiped.
func (w *World) pipe(h int, need Flow) Flow {
	x := &w.pipes[h]
	if need != x.need {
		i := w.cfg.Hospitals[h].Pipe.Plant
		w.settleGas(i)
		x.need = need
		w.share(i)
		x.told = x.grant
		w.tellPipes(i)
	}
	return x.grant
}

// pipedSoFar returns what a hospital's pipe has brought since the start.
func (w *World) pipedSoFar(h int) Gas {
	w.settleGas(w.cfg.Hospitals[h].Pipe.Plant)
	return w.pipes[h].gave
}
