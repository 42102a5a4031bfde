package model

import (
	"oxysim/sim"
	"oxysim/sim/rng"
)

// machine is one of a pool. It fails in several ways, each with a life of its
// own that is used up while the machine runs.
type machine struct {
	pool    int32
	duty    duty
	steady  bool  // its gas is in specification
	ageing  bool  // its lives are being used up, since since
	failure int32 // the mode it is being repaired of
	since   sim.Time
	fails   sim.Time // when the first of its lives is used up, or sim.Never
	until   sim.Time // when what it does is over, or sim.Never
	began   sim.Time // its repair, or the wait for the part
	due     sim.Time // its next planned stop, or sim.Never
	starts  uint64   // with a restart time, since the start
	stops   uint64   // planned, since the start
	lives   []life   // by mode

	restart, stop rng.Name
}

// duty is what a machine does.
type duty uint8

const (
	runs       duty = iota // or would, if there were power; until it is in specification
	standsBy               // cold
	awaitsPart             // until the part is there
	awaitsCrew
	repaired   // until the repair is done
	maintained // until the planned stop is over
)

// life is the running time left to a machine before it fails in one way.
type life struct {
	left   sim.Span
	whole  sim.Span // that it had when it was new
	number uint64   // renewals since the start
	names  lifeNames
}

// lifeNames are the names of what chance decides of each life: its length, the
// time of the repair, the lead time of the part.
type lifeNames struct{ life, repair, spare rng.Name }

// resetMachine makes the k-th machine of a pool new. Planned stops are spread
// evenly over the machines.
func (w *World) resetMachine(p *pool, i, k int) {
	m := &w.machines[i]
	m.duty, m.steady, m.ageing = standsBy, false, false
	m.fails, m.until, m.due, m.began = sim.Never, sim.Never, sim.Never, 0
	m.starts, m.stops = 0, 0
	if every := p.cfg.Maintenance; every > 0 {
		m.due = sim.Time(every) * sim.Time(k+1) / sim.Time(p.size)
		for w.now > 0 && m.due <= w.now { // the calendar of stops is the scenario's
			m.due = m.due.Add(every)
		}
	}
	for f := range m.lives {
		m.lives[f].number = 0
		w.renew(p, m, f)
	}
}

// renew draws a new life of a machine.
func (w *World) renew(p *pool, m *machine, mode int) {
	l := &m.lives[mode]
	l.whole = max(sim.Seconds(p.cfg.Modes[mode].After.At(w.stream(l.names.life), l.number)), sim.Second)
	l.left = l.whole
}

// startMachine begins a machine at the start, warm.
func (w *World) startMachine(p *pool, i int, needed bool) {
	m := &w.machines[i]
	if needed {
		m.duty = runs
		p.running++
		if p.powered {
			m.steady = true
			p.steady++
		}
		w.age(p, m)
	}
	w.setMachine(i)
}

// setMachine makes a machine act at the next of what awaits it.
func (w *World) setMachine(i int) {
	m := &w.machines[i]
	w.set(machineTurned, i, min(m.fails, m.until, m.due))
}

// machineTurned: a machine fails, has done what it does, or is due for a
// planned stop.
func (w *World) machineTurned(i int) {
	m := &w.machines[i]
	switch {
	case m.fails <= w.now:
		w.machineFails(i)
	case m.until <= w.now:
		w.machineDone(i)
	default:
		w.plannedStop(i)
	}
	w.setMachine(i)
	w.fillPlaces(int(m.pool))
	w.poolTurned(int(m.pool))
}

// machineDone ends what a machine did.
func (w *World) machineDone(i int) {
	m := &w.machines[i]
	m.until = sim.Never
	switch m.duty {
	case runs:
		w.inSpecification(i)
	case awaitsPart:
		w.callCrew(i)
	case repaired:
		w.endRepair(i)
	case maintained:
		m.duty = standsBy
	}
}

// run lets a machine that stands by run.
func (w *World) run(i int) {
	m := &w.machines[i]
	p := &w.pools[m.pool]
	m.duty = runs
	p.running++
	if p.powered {
		w.switchOn(p, i)
	}
	w.age(p, m)
	w.setMachine(i)
}

// halt takes a machine that runs out of service.
func (w *World) halt(i int) {
	m := &w.machines[i]
	p := &w.pools[m.pool]
	p.running--
	w.switchOff(p, m)
	m.rest(w.now)
}

// switchOn starts a machine, which is in specification after its restart time.
func (w *World) switchOn(p *pool, i int) {
	m := &w.machines[i]
	if always0(&p.cfg.Restart) {
		w.inSpecification(i)
		return
	}
	takes := sim.Seconds(p.cfg.Restart.At(w.stream(m.restart), m.starts))
	m.starts++
	m.until = w.now.Add(takes)
}

// inSpecification: the gas of a machine is fit to use.
func (w *World) inSpecification(i int) {
	m := &w.machines[i]
	m.steady = true
	w.pools[m.pool].shift(w.now, 1)
}

// switchOff ends the gas of a machine.
func (w *World) switchOff(p *pool, m *machine) {
	m.until = sim.Never
	if m.steady {
		m.steady = false
		p.shift(w.now, -1)
	}
}

// machinePowered switches a machine that is to run on or off with the power.
func (w *World) machinePowered(p *pool, i int) {
	m := &w.machines[i]
	if m.duty != runs {
		return
	}
	if p.powered {
		w.switchOn(p, i)
	} else {
		w.switchOff(p, m)
		if !p.cfg.Calendar {
			m.rest(w.now)
		}
	}
	w.age(p, m)
	w.setMachine(i)
}

// age uses up the lives of a machine from now on, if it runs: with power, or
// by the calendar.
func (w *World) age(p *pool, m *machine) {
	if m.ageing || !p.powered && !p.cfg.Calendar {
		return
	}
	m.ageing, m.since = true, w.now
	for f := range m.lives {
		m.fails = min(m.fails, w.now.Add(m.lives[f].left))
	}
}

// rest ceases to use up the lives of a machine.
func (m *machine) rest(now sim.Time) {
	if !m.ageing {
		return
	}
	m.ageing, m.fails = false, sim.Never
	for f := range m.lives {
		m.lives[f].left -= now.Sub(m.since)
	}
}

// plannedStop stops a machine for its maintenance. One under repair or already
// stopped is not stopped again.
func (w *World) plannedStop(i int) {
	m := &w.machines[i]
	p := &w.pools[m.pool]
	m.due = m.due.Add(p.cfg.Maintenance)
	switch m.duty {
	case runs:
		w.halt(i)
	case standsBy:
	default:
		return
	}
	m.duty = maintained
	m.until = w.now.Add(sim.Seconds(p.cfg.Stop.At(w.stream(m.stop), m.stops)))
	m.stops++
}
