package model

import "oxysim/sim"

// power is how a place, a plant or then a hospital, gets electricity.
type power struct {
	cfg       *Power
	grid      bool // the grid feeds it
	on        bool // it has electricity, from the grid or its generator
	generator generator
	cuts      uint64 // outages of the grid since the start, the present one included
	unfed     spells // without the grid
	dark      spells // without electricity
}

func (w *World) makePower() {
	w.makeGrids()
	for i := range w.cfg.Plants {
		w.wire(&w.cfg.Plants[i].Power, w.cfg.Plants[i].Name)
	}
	for i := range w.cfg.Hospitals {
		w.wire(&w.cfg.Hospitals[i].Power, w.cfg.Hospitals[i].Name)
	}
}

// wire gives the next place its electricity.
func (w *World) wire(c *Power, place string) {
	if c.Grid != None {
		g := &w.grids[c.Grid]
		g.places = append(g.places, int32(len(w.power)))
	}
	w.power = append(w.power, power{cfg: c, generator: makeGenerator(c.Generator, place)})
}

func (w *World) resetPower() {
	for i := range w.power {
		x := &w.power[i]
		x.grid, x.on, x.cuts = true, true, 0
		x.unfed, x.dark = spells{first: sim.Never}, spells{first: sim.Never}
		x.generator.reset(w.now)
	}
}

// startPower finds who has electricity at the start, and tells nobody: those
// who start later ask.
func (w *World) startPower() {
	for i := range w.grids {
		w.startGrid(i)
	}
	for i := range w.power {
		x := &w.power[i]
		switch {
		case x.cfg.Grid != None && w.grids[x.cfg.Grid].off:
			w.gridFails(i)
		case x.cfg.Grid == None && x.cfg.Generator != nil: // there never was a grid: it runs
			x.grid = false
			x.generator.phase = feedingIn
			w.runGenerator(i)
		}
		if x.on = x.grid || x.generator.feeds(); !x.on {
			x.dark.turn(w.now)
		}
	}
}

func (w *World) forgetPower() {
	for i := range w.power {
		x := &w.power[i]
		x.unfed.clear(w.now)
		x.dark.clear(w.now)
		x.generator.settle(w.now)
		x.generator.ran = 0
	}
}

func (w *World) settlePower() {
	for i := range w.power {
		w.power[i].generator.settle(w.now)
	}
}

// powered reports whether a place has electricity. Places are plants, then
// hospitals.
func (w *World) powered(place int) bool { return w.power[place].on }

// gridTurnedAt is called when the grid of a place fails or returns.
func (w *World) gridTurnedAt(place int, off bool) {
	if off {
		w.gridFails(place)
	} else {
		w.gridReturns(place)
	}
	w.powerTurnedAt(place)
}

// gridFails leaves a place to its generator, which starts or does not.
func (w *World) gridFails(place int) {
	x := &w.power[place]
	x.grid = false
	x.unfed.turn(w.now)
	if g := &x.generator; g.cfg != nil {
		takes, starts := w.crank(g, x.cuts)
		g.phase = wontStart
		if starts {
			g.phase, g.ready = startingUp, w.now.Add(takes)
		}
		w.runGenerator(place)
	}
	x.cuts++
}

// gridReturns lets the generator of a place rest.
func (w *World) gridReturns(place int) {
	x := &w.power[place]
	x.grid = true
	x.unfed.turn(w.now)
	if x.generator.cfg != nil {
		x.generator.settle(w.now)
		x.generator.phase = atRest
		w.runGenerator(place)
	}
}

// powerTurnedAt is called when a place may have lost or regained electricity,
// and tells those who need it.
func (w *World) powerTurnedAt(place int) {
	x := &w.power[place]
	on := x.grid || x.generator.feeds()
	if on == x.on {
		return
	}
	x.on = on
	x.dark.turn(w.now)
	if w.trace != nil {
		w.trace.power(w.now, place, on)
	}
	w.poolPowered(place)
	if place < len(w.plants) {
		w.plantPowered(place)
	}
}
