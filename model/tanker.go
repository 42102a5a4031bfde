package model

import (
	"fmt"
	"math"

	"oxysim/sim"
	"oxysim/sim/rng"
)

// tanker is a series of deliveries to a bulk tank. Several may be on the road
// at once, and one may overtake another. What chance decides about the k-th is
// drawn at k.
type tanker struct {
	cfg    *Tanker
	ward   int32
	leaves sim.Time // the next
	number uint64   // of those that have left
	road   sim.Heap // those on it, by when they arrive
	names  tankerNames
	every  rng.Stream
	load   rng.Stream
	late   rng.Stream
	fails  rng.Stream
}

type tankerNames struct{ every, load, late, fails rng.Name }

func makeTanker(c *Tanker, hospital string, ward int) tanker {
	name := hospital + ".tanker." + c.Name
	return tanker{cfg: c, ward: int32(ward), names: tankerNames{
		every: rng.NameOf(name + ".every"), load: rng.NameOf(name + ".load"),
		late: rng.NameOf(name + ".late"), fails: rng.NameOf(name + ".fails"),
	}}
}

func (w *World) resetTankers() {
	for i := range w.tankers {
		t := &w.tankers[i]
		n := &t.names
		t.leaves, t.number = sim.Time(t.cfg.First), 0
		t.road.Clear()
		t.every, t.load, t.late, t.fails = w.stream(n.every), w.stream(n.load), w.stream(n.late), w.stream(n.fails)
		for t.leaves < w.now { // before the start
			if t.cfg.Once || t.cfg.Last > 0 && t.leaves > sim.Time(t.cfg.Last) {
				t.leaves = sim.Never
				break
			}
			t.leaves = t.leaves.Add(max(chance(&t.cfg.Every, t.every, t.number), 1))
			t.number++
		}
	}
}

func (w *World) startTankers() {
	for i := range w.tankers {
		w.set(tankerMoved, i, w.tankers[i].leaves)
	}
}

// tankerMoved: a tanker of a series leaves for a hospital, or arrives there.
func (w *World) tankerMoved(i int) {
	t := &w.tankers[i]
	if w.now >= t.leaves {
		w.sendTanker(t)
	}
	for t.road.First() <= w.now {
		_, k := t.road.Pop()
		w.tankerCame(t, uint64(k))
	}
	w.set(tankerMoved, i, min(t.leaves, t.road.First()))
}

// sendTanker lets a tanker leave, unless its delivery fails, and plans the next.
func (w *World) sendTanker(t *tanker) {
	k := t.number
	t.number++
	if c := t.cfg; c.Fails == 0 || t.fails.Float64At(k) >= c.Fails {
		t.road.Push(w.now.Add(chance(&c.Late, t.late, k)), int32(k))
	}
	if t.cfg.Once {
		t.leaves = sim.Never
		return
	}
	t.leaves = w.now.Add(max(chance(&t.cfg.Every, t.every, k), 1))
	if last := t.cfg.Last; last > 0 && t.leaves > sim.Time(last) {
		t.leaves = sim.Never
	}
}

// tankerCame fills a tank from the k-th tanker of a series.
func (w *World) tankerCame(t *tanker, k uint64) {
	x := &w.wards[t.ward]
	load := Gas(math.Round(max(t.cfg.Load.At(t.load, k), 0)))
	if w.trace != nil {
		w.trace.line(w.now, x.cfg.Name, fmt.Sprintf("a tanker brings %v", load))
	}
	w.fillBulk(x, load)
	w.attend(int(t.ward))
}
