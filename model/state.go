package model

import (
	"slices"

	"oxysim/sim"
)

// State returns the Config of a world that begins as this one stands now, as far
// as somebody could count it: what is full, in use and empty, on its way, in
// tanks, down and since when, and how many patients there are. What nobody can
// see is drawn anew: how much is left in cylinders in use, how long repairs and
// stays still last, what is ordered and not yet sent. Empties with couriers and
// cylinders under inspection or at their test count as empty at the plant; those
// who wait for a cylinder are forgotten.
func (w *World) State() *Config {
	c := *w.cfg
	c.At, c.WarmUp = sim.Span(w.now), 0
	c.Hospitals = slices.Clone(c.Hospitals)
	for i := range c.Hospitals {
		c.Hospitals[i] = w.hospitalState(i)
	}
	c.Plants = slices.Clone(c.Plants)
	for i := range c.Plants {
		c.Plants[i] = w.plantState(i)
	}
	for i := range w.lines {
		l := &w.lines[i]
		parcels := sim.Heap{}
		for parcels.CopyFrom(&l.parcels); parcels.Len() > 0; {
			at, id := parcels.Pop()
			x := w.parcels.all[id]
			if x.back {
				c.Plants[l.supply.Plant].Empty[l.typ] += int(x.count)
				continue
			}
			k := &c.Hospitals[l.hospital].Lines[i-int(w.hospitals[l.hospital].lines[0])]
			k.Coming = append(k.Coming, Coming{int(x.count), at})
		}
	}
	c.Grids = slices.Clone(c.Grids)
	for i := range c.Grids {
		c.Grids[i].Out = nil
		if g := &w.grids[i]; g.out {
			c.Grids[i].Out = &Failed{For: w.now.Sub(g.began)}
		}
	}
	c.Trucks = slices.Clone(c.Trucks)
	for i := range c.Trucks {
		c.Trucks[i].Away = w.awayNow(i)
	}
	return &c
}

func (w *World) hospitalState(i int) Hospital {
	h := w.cfg.Hospitals[i]
	h.Lines, h.Patients = slices.Clone(h.Lines), slices.Clone(h.Patients)
	for k := range h.Lines {
		l := &w.lines[int(w.hospitals[i].lines[0])+k]
		h.Lines[k].Full, h.Lines[k].InUse, h.Lines[k].Empty = w.ledger.count(l.full), w.ledger.count(l.use), w.ledger.count(l.empty)
		h.Lines[k].Coming = nil
	}
	if ward := w.hospitals[i].ward; ward != None {
		x := &w.wards[ward]
		for k := range h.Patients {
			h.Patients[k].Initial = int(w.groups[int(x.from)+k].count)
		}
		if h.Bulk != nil {
			b := *h.Bulk
			b.Stored = x.bulk.level
			h.Bulk = &b
		}
	}
	if h.Concentrators != nil {
		k := *h.Concentrators
		k.Machines.Down = w.downNow(len(w.plants) + i)
		h.Concentrators = &k
	}
	return h
}

func (w *World) plantState(i int) Plant {
	p := w.cfg.Plants[i]
	x := &w.plants[i]
	p.Full, p.Empty = make([]int, w.ledger.types), make([]int, w.ledger.types)
	for t := range w.ledger.types {
		id := pileID(t)
		p.Full[t] = w.ledger.count(x.full + id)
		p.Empty[t] = w.ledger.count(x.empty+id) + w.ledger.count(x.inspect+id) + w.ledger.count(x.test+id)
		for _, q := range x.positions {
			p.Empty[t] += w.ledger.count(w.positions[q].pile + id)
		}
	}
	if p.Make != nil {
		m := *p.Make
		m.Stored, m.Machines.Down = x.gas.tank, w.downNow(i)
		p.Make = &m
	}
	return p
}

// downNow returns the machines of a pool that are down, all as long as the first.
func (w *World) downNow(pool int) (list []Failed) {
	p := &w.pools[pool]
	longest := sim.Span(0)
	for k := range p.size {
		if m := &w.machines[p.first+k]; m.duty > standsBy {
			if m.duty != maintained && m.began > 0 {
				longest = max(longest, w.now.Sub(m.began))
			}
			list = append(list, Failed{Mode: None})
		}
	}
	for k := range list {
		list[k].For = longest
	}
	return list
}

// awayNow returns what a truck does, or nil if it is at home and free. When it
// arrives is when it acts next and, if that is not at its next place, the usual
// time from where it is then.
func (w *World) awayNow(i int) *Away {
	t := &w.trucks[i]
	if t.phase == parked {
		return nil
	}
	a := &Away{Until: w.now, Full: make([]int, w.ledger.types), Empty: make([]int, w.ledger.types)}
	for typ := range w.ledger.types {
		a.Full[typ], a.Empty[typ] = w.ledger.count(t.full+pileID(typ)), w.ledger.count(t.empty+pileID(typ))
	}
	to := t.cfg.Home
	if !t.fetches(w) {
		for k := int(t.next); k < len(t.stops); k++ {
			v := Visit{int(t.stops[k].hospital), make([]int, w.ledger.types)}
			for typ, n := range t.loadAt(w, k) {
				v.Load[typ] = int(n)
				a.Full[typ] -= int(n)
			}
			a.Stops = append(a.Stops, v)
		}
		if len(a.Stops) > 0 {
			to = len(w.cfg.Plants) + a.Stops[0].Hospital
		}
	} else if t.fetch != None {
		a.Fetch = int(t.fetch) - int(w.hospitals[t.cfg.Home-len(w.plants)].lines[0])
	}
	if at := w.calendar.At(int(w.slots.first[truckMoved]) + i); at < sim.Never {
		a.Until = at
	}
	if int(t.at) != to && w.usually(int(t.at), to) != noWay {
		a.Until = a.Until.Add(w.usually(int(t.at), to))
	}
	return a
}
