package study

import (
	"fmt"

	"oxysim/model"
	"oxysim/sim"
	"oxysim/sim/rng"
)

// splitter splits the replications of a subject. It belongs to one goroutine.
type splitter struct {
	sim.Splitting[*model.World]
	alarm model.Alarm
	seed  uint64
	first int      // number of the first replication
	spent sim.Span // what was simulated
}

// approach lets a run go on, and counts what that takes.
func (x *splitter) approach(w *model.World, level float64) float64 {
	from := w.Now()
	near := w.Approach(x.alarm, level)
	x.spent += w.Now().Sub(from)
	return near
}

// newWorld returns a world that can be copied.
func (r *Rare) newWorld() *model.World {
	w, ok := r.Subject.NewWorld().(*model.World)
	if !ok {
		panic(fmt.Sprintf("study: want a world of package model, not a %T", r.Subject.NewWorld()))
	}
	return w
}

// pick returns a random number below n. It is apart from all chance of worlds,
// whose streams have other names.
func (x *splitter) pick(salt uint64, n int) int {
	u := rng.New(x.seed, uint64(x.first)).Stream(rng.NameOf("splitting.pick")).Float64At(salt)
	return int(u * float64(n))
}
