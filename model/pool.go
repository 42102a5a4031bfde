package model

import (
	"fmt"

	"oxysim/sim"
	"oxysim/sim/rng"
)

// pool is the machines of a plant or a hospital: as many as are needed run
// together, and others stand by.
type pool struct {
	cfg     *Machine // nil if there are no machines
	first   int32    // its machines are consecutive
	size    int32
	powered bool
	running int32 // machines that run, or would if there were power
	steady  int32 // of them, those whose gas is in specification
	told    int32 // of which the owner knows

	// Since the statistics began, up to since.
	since  sim.Time
	area   int64    // steady machines × seconds
	all    sim.Span // during which all that are needed were steady
	some   sim.Span // during which at least one was
	failed int64
}

func (w *World) makePools() {
	for i := range w.cfg.Plants {
		p := &w.cfg.Plants[i]
		var m *Machine
		if p.Make != nil {
			m = &p.Make.Machines
		}
		w.makePool(m, p.Name)
	}
	for i := range w.cfg.Hospitals {
		h := &w.cfg.Hospitals[i]
		var m *Machine
		if h.Concentrators != nil {
			m = &h.Concentrators.Machines
		}
		w.makePool(m, h.Name)
	}
	for i := range w.cfg.Crews {
		w.crews = append(w.crews, crew{cfg: &w.cfg.Crews[i], queue: make([]int32, 0, len(w.machines))})
	}
}

// makePool makes the next pool, which is empty if none are needed.
func (w *World) makePool(c *Machine, owner string) {
	p := pool{first: int32(len(w.machines))}
	if c != nil && c.Count > 0 {
		p.cfg, p.size = c, int32(c.Count+c.Spares)
	}
	for k := range p.size {
		name := fmt.Sprintf("%s.machine.%d", owner, k+1)
		m := machine{
			pool: int32(len(w.pools)), lives: make([]life, len(c.Modes)),
			restart: rng.NameOf(name + ".restart"), stop: rng.NameOf(name + ".stop"),
		}
		for f := range c.Modes {
			mode := name + "." + c.Modes[f].Name
			m.lives[f].names = lifeNames{rng.NameOf(mode + ".life"), rng.NameOf(mode + ".repair"), rng.NameOf(mode + ".spare")}
		}
		w.machines = append(w.machines, m)
	}
	w.pools = append(w.pools, p)
}

// machineActs reports whether anything ever happens to a machine that power
// does not do at once.
func (w *World) machineActs(i int) bool {
	c := w.pools[w.machines[i].pool].cfg
	return len(c.Modes) > 0 || len(c.Down) > 0 || c.Maintenance > 0 || !always0(&c.Restart)
}

// always0 reports whether a law gives only 0.
func always0(l *rng.Law) bool { return l.IsConstant() && l.Mean() == 0 }

func (w *World) resetPools() {
	for i := range w.pools {
		p := &w.pools[i]
		*p = pool{cfg: p.cfg, first: p.first, size: p.size, since: w.now}
		for k := range p.size {
			w.resetMachine(p, int(p.first+k), int(k))
		}
	}
	for i := range w.crews {
		c := &w.crews[i]
		c.free, c.queue = c.cfg.Count, c.queue[:0]
	}
}

// startPools starts the machines, new and warm: those that are needed run, in
// specification if there is power.
func (w *World) startPools() {
	for i := range w.pools {
		p := &w.pools[i]
		p.powered = w.powered(i)
		for k := range p.size {
			if p.cfg != nil && int(k) < len(p.cfg.Down) {
				w.startDown(p, int(p.first+k), &p.cfg.Down[k])
				continue
			}
			w.startMachine(p, int(p.first+k), int(p.running) < p.needed())
		}
		p.told = p.steady
	}
}

func (w *World) forgetPools() {
	for i := range w.pools {
		p := &w.pools[i]
		p.since, p.area, p.all, p.some, p.failed = w.now, 0, 0, 0, 0
	}
}

func (w *World) settlePools() {
	for i := range w.pools {
		w.pools[i].tick(w.now)
	}
}

// needed returns how many machines are to run.
func (p *pool) needed() int {
	if p.cfg == nil {
		return 0
	}
	return p.cfg.Count
}

// producing returns how many machines of a pool, of those needed, make gas in
// specification. Pools are of plants, then of hospitals.
func (w *World) producing(pool int) int { return int(w.pools[pool].steady) }

// tick books the time that passed with the present number of machines.
func (p *pool) tick(now sim.Time) {
	d := now.Sub(p.since)
	p.since = now
	p.area += int64(p.steady) * int64(d)
	if p.steady > 0 {
		p.some += d
	}
	if int(p.steady) == p.needed() {
		p.all += d
	}
}

// shift books that machines of a pool have come into specification or left it.
func (p *pool) shift(now sim.Time, by int32) {
	p.tick(now)
	p.steady += by
}

// fillPlaces lets machines that stand by run in place of those that cannot.
func (w *World) fillPlaces(i int) {
	p := &w.pools[i]
	for k := p.first; int(p.running) < p.needed() && k < p.first+p.size; k++ {
		if w.machines[k].duty == standsBy {
			w.run(int(k))
		}
	}
}

// poolPowered is called when the owner of a pool loses or regains power.
func (w *World) poolPowered(i int) {
	p := &w.pools[i]
	p.powered = w.powered(i)
	for k := range p.size {
		w.machinePowered(p, int(p.first+k))
	}
	w.poolTurned(i)
}

// poolTurned tells the owner if the number of machines in specification is not
// what it knows.
func (w *World) poolTurned(i int) {
	p := &w.pools[i]
	if p.steady == p.told {
		return
	}
	p.told = p.steady
	if h := i - len(w.plants); h >= 0 {
		w.wardMachines(h)
	} else {
		w.plantMachines(i)
	}
}
