package model

import (
	"oxysim/sim"
	"oxysim/sim/rng"
)

// grid is a public power supply. It is off while a random outage lasts, during
// its hours and blocks of load-shedding, and while its parent is off.
type grid struct {
	cfg      *Grid
	pace     pace // of random outages
	names    gridNames
	children []int32 // grids that hang on it
	places   []int32 // that it feeds

	out     bool     // a random outage lasts
	outages uint64   // random outages that are over
	turns   sim.Time // when the next begins or the present one ends, or sim.Never
	began   sim.Time // the present outage, or the time without one
	blocks  blocks
	off     bool
}

// gridNames are the names of what chance decides: for each random outage the
// time before it and its length, for each day its blocks without power.
type gridNames struct{ up, down, blocks rng.Name }

func (w *World) makeGrids() {
	for i := range w.cfg.Grids {
		c := &w.cfg.Grids[i]
		name := "grid." + c.Name
		w.grids = append(w.grids, grid{
			cfg: c, pace: pace{c.Profile, c.Storm, c.Factor}, blocks: makeBlocks(c.Blocks),
			names: gridNames{rng.NameOf(name + ".up"), rng.NameOf(name + ".down"), rng.NameOf(name + ".blocks")},
		})
		if c.Parent != None {
			p := &w.grids[c.Parent]
			p.children = append(p.children, int32(i))
		}
	}
}

// startGrid begins a grid, new at the start. Parents come first.
func (w *World) startGrid(i int) {
	g := &w.grids[i]
	g.out, g.outages, g.turns, g.began = false, 0, sim.Never, 0
	if g.cfg.Random {
		g.turns = w.nextOutage(g)
	}
	if o := g.cfg.Out; o != nil {
		g.out, g.turns, g.began = true, o.Until, w.now.Add(-o.For)
		if o.Until == 0 {
			g.turns = w.now.Add(max(remaining(&g.cfg.Down, w.stream(g.names.down), 0, o.For), sim.Second))
		}
	}
	g.blocks.day = None
	g.off = w.turnGrid(i)
}

// gridTurned: an outage begins or ends.
func (w *World) gridTurned(i int) { w.spread(i, w.turnGrid(i)) }

// spread tells what hangs on a grid that it has become off or on. A grid below
// that turns at the same instant turns first, so that a place fed through both
// sees no gap between an outage and the next.
func (w *World) spread(i int, off bool) {
	g := &w.grids[i]
	if off == g.off {
		return
	}
	g.off = off
	for _, c := range g.children {
		w.spread(int(c), w.turnGrid(int(c)))
	}
	for _, place := range g.places {
		w.gridTurnedAt(int(place), off)
	}
}

// turnGrid brings a grid up to now, says when it turns next, and reports
// whether it is off.
func (w *World) turnGrid(i int) (off bool) {
	g := &w.grids[i]
	for g.turns <= w.now {
		g.began = w.now
		if g.out = !g.out; g.out {
			lasts := sim.Seconds(g.cfg.Down.At(w.stream(g.names.down), g.outages))
			g.turns = w.now.Add(max(lasts, sim.Second))
		} else {
			g.outages++
			g.turns = w.nextOutage(g)
		}
	}
	next, off := g.turns, g.out
	if g.cfg.Shed != nil {
		next, off = min(next, g.cfg.Shed.turn(w.now)), off || g.cfg.Shed.open(w.now)
	}
	if g.cfg.Blocks != nil {
		shed, until := w.shed(g)
		next, off = min(next, until), off || shed
	}
	w.set(gridTurned, i, next)
	return off || g.cfg.Parent != None && w.grids[g.cfg.Parent].off
}

// nextOutage returns when the next random outage begins, if there is none now.
func (w *World) nextOutage(g *grid) sim.Time {
	return w.elapse(&g.pace, w.now, g.cfg.Up.At(w.stream(g.names.up), g.outages))
}
