package model

import (
	"slices"

	"oxysim/sim"
)

// crew is a group of people who repair, one machine each at a time.
type crew struct {
	cfg   *Crew
	free  int
	queue []int32 // machines that wait, in the order in which they came
}

// machineFails takes a machine out of service: the spare part is ordered, if
// one is needed, and then a crew is called.
func (w *World) machineFails(i int) {
	m := &w.machines[i]
	p := &w.pools[m.pool]
	w.halt(i)
	p.failed++
	m.failure = m.shortest()
	f, l := &p.cfg.Modes[m.failure], &m.lives[m.failure]
	if w.trace != nil {
		w.trace.machine(w.now, i, "fails: "+f.Name)
	}
	if always0(&f.Spare) {
		w.callCrew(i)
		return
	}
	m.duty, m.began = awaitsPart, w.now
	m.until = w.now.Add(sim.Seconds(f.Spare.At(w.stream(l.names.spare), l.number)))
}

// shortest returns the mode in which a machine has least life left.
func (m *machine) shortest() int32 {
	least := 0
	for f := range m.lives {
		if m.lives[f].left < m.lives[least].left {
			least = f
		}
	}
	return int32(least)
}

// repairers returns the crew that a machine's repair needs, or nil.
func (w *World) repairers(m *machine) *crew {
	c := w.pools[m.pool].cfg
	if c.Crew == None || !c.Modes[m.failure].Crew {
		return nil
	}
	return &w.crews[c.Crew]
}

// callCrew lets the repair of a machine begin, or wait for a crew.
func (w *World) callCrew(i int) {
	m := &w.machines[i]
	if c := w.repairers(m); c != nil {
		if c.free == 0 {
			m.duty = awaitsCrew
			c.queue = append(c.queue, int32(i))
			return
		}
		c.free--
	}
	w.beginRepair(i)
}

// beginRepair begins the repair of a machine.
func (w *World) beginRepair(i int) {
	m := &w.machines[i]
	f, l := &w.pools[m.pool].cfg.Modes[m.failure], &m.lives[m.failure]
	m.duty, m.began = repaired, w.now
	m.until = w.now.Add(sim.Seconds(f.Lasts.At(w.stream(l.names.repair), l.number)))
}

// endRepair gives a machine a new life, and its crew the next machine.
func (w *World) endRepair(i int) {
	m := &w.machines[i]
	p := &w.pools[m.pool]
	m.duty = standsBy
	m.lives[m.failure].number++
	w.renew(p, m, int(m.failure))
	if w.trace != nil {
		w.trace.machine(w.now, i, "is repaired: "+p.cfg.Modes[m.failure].Name)
	}
	c := w.repairers(m)
	if c == nil {
		return
	}
	if len(c.queue) == 0 {
		c.free++
		return
	}
	next := int(c.queue[0])
	c.queue = slices.Delete(c.queue, 0, 1)
	w.beginRepair(next)
	w.setMachine(next)
}
