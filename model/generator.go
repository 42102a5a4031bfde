package model

import (
	"oxysim/sim"
	"oxysim/sim/rng"
)

// generator takes over at a place when the grid fails.
type generator struct {
	cfg    *Generator // nil if there is none
	names  generatorNames
	phase  enginePhase
	ready  sim.Time // when it feeds, while it starts up
	fuel   sim.Span // running time left in the tank, at since
	comes  sim.Time // when ordered fuel arrives, or sim.Never
	orders uint64   // of fuel, since the start
	since  sim.Time
	ran    sim.Span // since the statistics began, up to since
}

// generatorNames are the names of what chance decides: for each outage of the
// grid whether it starts and the change-over, for each order of fuel how long
// it takes.
type generatorNames struct{ start, changeOver, refill rng.Name }

// enginePhase is what a generator does.
type enginePhase uint8

const (
	atRest     enginePhase = iota
	startingUp             // until ready
	feedingIn
	outOfFuel
	wontStart // during this outage
)

func makeGenerator(c *Generator, place string) generator {
	return generator{cfg: c, names: generatorNames{
		start:      rng.NameOf(place + ".generator.start"),
		changeOver: rng.NameOf(place + ".generator.changeover"),
		refill:     rng.NameOf(place + ".generator.refill"),
	}}
}

func (g *generator) reset(now sim.Time) {
	g.phase, g.ready, g.comes, g.orders, g.since, g.ran = atRest, 0, sim.Never, 0, now, 0
	if g.cfg != nil {
		g.fuel = g.cfg.Fuel
	}
}

// feeds reports whether electricity comes from the generator.
func (g *generator) feeds() bool { return g.phase == feedingIn }

// crank tries to start a generator in an outage of the given number, and
// returns how long the change-over takes.
func (w *World) crank(g *generator, outage uint64) (takes sim.Span, starts bool) {
	if w.stream(g.names.start).Float64At(outage) >= g.cfg.Start {
		return 0, false
	}
	return sim.Seconds(g.cfg.ChangeOver.At(w.stream(g.names.changeOver), outage)), true
}

// settle books the time it ran and the fuel it burnt.
func (g *generator) settle(now sim.Time) {
	if g.phase == feedingIn {
		d := now.Sub(g.since)
		g.ran += d
		if g.cfg.Fuel > 0 {
			g.fuel -= d
		}
	}
	g.since = now
}

// powerTurned: the generator of a place feeds, its fuel ends, is half gone, or
// arrives.
func (w *World) powerTurned(place int) {
	w.runGenerator(place)
	w.powerTurnedAt(place)
}

// runGenerator brings a generator up to now: fuel arrives, the change-over is
// over, fuel ends, fuel is ordered. Then it says when to look again.
func (w *World) runGenerator(place int) {
	g := &w.power[place].generator
	g.settle(w.now)
	if g.comes <= w.now {
		g.fuel, g.comes = g.cfg.Fuel, sim.Never
		if g.phase == outOfFuel {
			g.phase = feedingIn
		}
	}
	if g.phase == startingUp && g.ready <= w.now {
		g.phase = feedingIn
	}
	limited := g.cfg.Fuel > 0
	half := g.cfg.Fuel / 2
	if limited && g.phase == feedingIn {
		if g.fuel <= half && g.comes == sim.Never {
			g.comes = w.now.Add(sim.Seconds(g.cfg.Refill.At(w.stream(g.names.refill), g.orders)))
			g.orders++
		}
		if g.fuel <= 0 {
			g.phase = outOfFuel
		}
	}
	next := g.comes
	switch {
	case g.phase == startingUp:
		next = min(next, g.ready)
	case g.phase == feedingIn && limited && g.fuel > half:
		next = min(next, w.now.Add(g.fuel-half))
	case g.phase == feedingIn && limited:
		next = min(next, w.now.Add(g.fuel))
	}
	w.set(powerTurned, place, next)
}
