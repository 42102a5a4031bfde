package model

import (
	"oxysim/sim"
	"oxysim/sim/rng"
)

// Diverge gives a world another future, as likely as the one it would have had:
// from now on chance is another's, by the salt. Copies of one world with
// different salts are independent from here on, given all that has been seen.
//
// What has been drawn and seen stays: patients and how long they stay, the state
// of roads and the weather of today and of each day that somebody has asked
// about, orders and trucks under way. What has been drawn and not been seen is
// drawn anew, given what has been seen of it: how much longer a repair, an
// outage or a courier takes, or a machine runs, that has taken so long already.
// What is left of other things under way (a fill, a truck's leg, a stay) keeps
// its length, as does the content of each fill; that is no less likely, and
// futures part later. So the mean over many divergences of one world is that of
// its future, whatever is asked.
func (w *World) Diverge(salt uint64) {
	w.nature = w.nature.Salt(salt)
	w.divergeWeather()
	w.divergeGrids()
	w.divergeMachines()
	w.divergePlants()
	w.divergeHospitals()
	w.divergeRoads()
	w.divergeTrucks()
	w.sleep()
}

// later returns how long something takes in all that a law decides, that has
// taken a time already and is not over, and reports whether it could be drawn.
// It takes the nearest whole number of seconds, and at least so many.
func later(l *rng.Law, took, least sim.Span, s rng.Stream, i uint64) (sim.Span, bool) {
	if took <= least {
		return max(sim.Seconds(l.At(s, i)), least), true
	}
	x, ok := l.Beyond(float64(took)-0.5, s, i)
	return max(sim.Seconds(x), took), ok
}

// divergeWeather draws the days that nobody has asked about.
func (w *World) divergeWeather() {
	for i := range w.weather {
		x := &w.weather[i]
		w.drawWeather(x, max(x.asked, w.now.Day())+1)
	}
}

// divergeGrids draws how much longer outages last.
func (w *World) divergeGrids() {
	for i := range w.grids {
		g := &w.grids[i]
		if !g.cfg.Random {
			continue
		}
		law, name, least := &g.cfg.Up, g.names.up, sim.Span(0)
		if g.out {
			law, name, least = &g.cfg.Down, g.names.down, sim.Second
		} else if g.pace.table != nil || g.pace.storm != None {
			continue
		}
		if lasts, ok := later(law, w.now.Sub(g.began), least, w.stream(name).Sub(g.outages), 0); ok {
			g.turns = g.began.Add(lasts)
			w.set(gridTurned, i, min(w.due(gridTurned, i), g.turns)) // to look too early does no harm
		}
	}
}

// due returns when an owner acts.
func (w *World) due(kind event, owner int) sim.Time {
	return w.calendar.At(int(w.slots.first[kind]) + owner)
}

// divergeMachines draws how much longer repairs and the wait for parts take,
// and how much longer machines run.
func (w *World) divergeMachines() {
	for i := range w.machines {
		m := &w.machines[i]
		p := &w.pools[m.pool]
		if m.duty == repaired || m.duty == awaitsPart {
			f, l := &p.cfg.Modes[m.failure], &m.lives[m.failure]
			law, s := &f.Lasts, w.stream(l.names.repair)
			if m.duty == awaitsPart {
				law, s = &f.Spare, w.stream(l.names.spare)
			}
			if takes, ok := later(law, w.now.Sub(m.began), 0, s.Sub(l.number), 0); ok {
				m.until = m.began.Add(takes)
			}
		}
		w.divergeLives(p, m)
		if len(m.lives) > 0 {
			w.setMachine(i)
		}
	}
}

// divergeLives draws how much longer a machine runs before it fails.
func (w *World) divergeLives(p *pool, m *machine) {
	ran := sim.Second // and is not yet taken off; one that rests had at least a second left
	if m.ageing {
		ran, m.fails = w.now.Sub(m.since), sim.Never
	}
	for f := range m.lives {
		l := &m.lives[f]
		if l.left > 0 {
			took := l.whole - l.left + ran
			if whole, ok := later(&p.cfg.Modes[f].After, took, sim.Second, w.stream(l.names.life).Sub(l.number), 0); ok {
				l.left, l.whole = l.left+whole-l.whole, whole
			}
		}
		if m.ageing {
			m.fails = min(m.fails, m.since.Add(l.left))
		}
	}
}

func (w *World) divergePlants() {
	for i := range w.plants {
		p := &w.plants[i]
		n := &p.names
		p.chance.reject, p.chance.inspect = w.stream(n.reject), w.stream(n.inspect)
		p.chance.test, p.chance.refuse, p.chance.verdict = w.stream(n.test), w.stream(n.refuse), w.stream(n.test).Sub(0)
		if f := p.cfg.Fill; f != nil {
			p.chance.time.Begin(&f.Time, w.stream(n.time))
		}
	}
}

func (w *World) divergeHospitals() {
	for i := range w.lines {
		l := &w.lines[i]
		l.out, l.back, l.delay = w.stream(l.names.out), w.stream(l.names.back), w.stream(l.names.delay)
		w.divergeParcels(l, i)
		w.divergeUses(l, i)
	}
	for i := range w.demands {
		d := &w.demands[i]
		d.gaps.Begin(&d.gap, w.stream(d.names.arrival))
		d.batch, d.use, d.patience = w.stream(d.names.batch), w.stream(d.names.use), w.stream(d.names.patience)
	}
	for i := range w.groups {
		g := &w.groups[i]
		g.arrival, g.size, g.stay = w.stream(g.names.arrival), w.stream(g.names.size), w.stream(g.names.stay)
		g.endures, g.connect = w.stream(g.names.endures), w.stream(g.names.connect)
	}
	for i := range w.wards {
		if m := &w.wards[i].manifold; m.cfg != nil {
			m.connect, m.change = w.stream(m.connectNames), w.stream(m.changeNames)
		}
	}
	for i := range w.tankers {
		t := &w.tankers[i]
		n := &t.names
		t.every, t.load, t.late, t.fails = w.stream(n.every), w.stream(n.load), w.stream(n.late), w.stream(n.fails)
	}
}

// divergeParcels draws how much longer couriers take.
func (w *World) divergeParcels(l *line, i int) {
	if l.parcels.Len() == 0 {
		return
	}
	forth, back := l.out.Sub(l.orders), l.back.Sub(l.orders)
	w.shake(&l.parcels, func(at sim.Time, id int32) sim.Time {
		stage, law, s := FullInParcel, &l.supply.Courier.Out, forth
		if w.parcels.all[id].back {
			stage, law, s = EmptyInParcel, &l.supply.Courier.Back, back
		}
		since := w.ledger.cylinders[w.ledger.first(w.ledger.at(stage, int(id), int(l.typ)))].since
		if takes, ok := later(law, w.now.Sub(since), 0, s, uint64(id)); ok {
			return since.Add(takes)
		}
		return at
	})
	w.set(parcelCame, i, l.parcels.First())
}

// divergeUses draws how much longer cylinders are in use.
func (w *World) divergeUses(l *line, i int) {
	if l.uses.Len() == 0 {
		return
	}
	w.shake(&l.uses, func(at sim.Time, id int32) sim.Time {
		d := &w.demands[w.user[id]]
		since := w.ledger.cylinders[id].since
		if takes, ok := later(&d.cfg.Use, w.now.Sub(since), 0, w.stream(d.names.use).Sub(d.number), uint64(id)); ok {
			return since.Add(takes)
		}
		return at
	})
	w.setUses(i)
}

// shake gives each entry of a heap another instant.
func (w *World) shake(h *sim.Heap, when func(at sim.Time, id int32) sim.Time) {
	w.shaken.Clear()
	for h.Len() > 0 {
		at, id := h.Pop()
		w.shaken.Push(when(at, id), id)
	}
	h.CopyFrom(&w.shaken)
}

// divergeRoads draws the days and closures that nobody has asked about.
func (w *World) divergeRoads() {
	today := w.now.Day()
	for i := range w.links {
		l := &w.links[i]
		l.vary.diverge(today, w.stream(l.name))
		for j := range l.closures {
			c := &l.closures[j]
			s := w.stream(c.name)
			c.days.diverge(today, s.Sub(2))
			if c.drawn == c.spell.k {
				c.gaps, c.times = s.Sub(0), s.Sub(1)
			}
		}
	}
}

func (w *World) divergeTrucks() {
	for i := range w.trucks {
		t := &w.trucks[i]
		t.way, t.fails = w.stream(t.names.way), w.stream(t.names.fails)
		if t.trips > 0 {
			t.trip = t.way.Sub(t.trips - 1)
		}
	}
}
