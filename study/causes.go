package study

import (
	"fmt"

	"oxysim/model"
	"oxysim/scenarios"
	"oxysim/sim/stats"
)

// causeWorlds are the scenario with sets of causes in it, the others thought
// away. They belong to one worker.
type causeWorlds struct {
	y      *Why
	worlds map[int]causeWorld // by the set: the bits of the causes that act
	bytes  int                // of the worlds
	config map[int]*model.Config
}

func newCauseWorlds(y *Why) *causeWorlds {
	return &causeWorlds{y: y, worlds: map[int]causeWorld{}, config: map[int]*model.Config{}}
}

// design returns the design of a set of causes.
func (w *causeWorlds) design(set int) (*model.Config, error) {
	if c := w.config[set]; c != nil {
		return c, nil
	}
	var gone []scenarios.Cause
	for i, c := range w.y.Causes {
		if set>>i&1 == 0 {
			gone = append(gone, c)
		}
	}
	config := w.y.Subject.Config
	if len(gone) > 0 {
		sc, problems := w.y.Subject.Without(gone...)
		if len(problems) > 0 {
			return nil, problems
		}
		config = sc.Config
	}
	if len(w.config) == 2<<mostExact { // of many causes, few sets are met twice
		clear(w.config)
	}
	w.config[set] = config
	return config, nil
}

// worldRoom is about how many bytes of worlds a worker keeps. Those for which
// there is no room are made anew in each replication: a world with plenty of
// cylinders takes megabytes.
const worldRoom = 256 << 20

// worldBytes returns about how many bytes a world takes.
func worldBytes(cfg *model.Config, metrics int) int {
	const each, name, rest = 64, 500, 200_000 // of a cylinder, with how it is at the start; of a metric
	n := 0
	for _, f := range Fleets(cfg) {
		n += f.Count
	}
	return each*n + name*metrics + rest
}

type causeWorld struct {
	*model.World
	at []int // of the metrics among its values
}

// value simulates a replication in the design of a set of causes.
func (w *causeWorlds) value(set, replication int) (float64, error) {
	values, at, err := w.values(set, replication, []string{w.y.Metric.Name})
	if err != nil {
		return 0, err
	}
	return values[at[0]], nil
}

// values simulates a replication in the design of a set of causes, and returns
// where the values of some metrics of one kind are, which are the same in each
// call.
func (w *causeWorlds) values(set, replication int, metrics []string) (values []float64, at []int, err error) {
	x, ok := w.worlds[set]
	if !ok {
		config, err := w.design(set)
		if err != nil {
			return nil, nil, err
		}
		x.World = model.New(config)
		if x.at, err = places(x.Metrics(), metrics); err != nil {
			return nil, nil, err
		}
		if n := worldBytes(config, len(x.Metrics())); w.bytes+n <= worldRoom {
			w.worlds[set] = x
			w.bytes += n
		}
	}
	values = x.Run(w.y.Subject.Seed, replication)
	for _, i := range x.at {
		if err := lawfulValue(&w.y.Metric, values[i]); err != nil {
			return nil, nil, fmt.Errorf("with causes %b: %w", set, err)
		}
	}
	return values, x.at, nil
}

// every simulates every set of causes; the row is by set.
func (w *causeWorlds) every(replication int, row []float64) (err error) {
	for set := range row {
		if row[set], err = w.value(set, replication); err != nil {
			return err
		}
	}
	return nil
}

// sampled is a row of a replication in which the causes came in two orders,
// drawn by lot and the same backwards.
type sampled struct {
	row []float64
	q   int
}

func sampledWidth(q int) int { return 3*q + 2 }

func (s sampled) phi() []float64   { return s.row[:s.q] }
func (s sampled) needs() []float64 { return s.row[s.q : 2*s.q] }
func (s sampled) sures() []float64 { return s.row[2*s.q : 3*s.q] }
func (s sampled) all() float64     { return s.row[3*s.q] }
func (s sampled) none() float64    { return s.row[3*s.q+1] }

// sample simulates the sets that are met when the causes come in an order drawn
// for the replication, and in the same backwards.
func (w *causeWorlds) sample(replication int, row []float64) (err error) {
	q := len(w.y.Causes)
	s := sampled{row, q}
	known := map[int]float64{}
	value := func(set int) float64 {
		if v, ok := known[set]; ok || err != nil {
			return v
		}
		known[set], err = w.value(set, replication)
		return known[set]
	}
	all := 1<<q - 1
	row[3*q], row[3*q+1] = value(all), value(0)
	clear(s.phi())
	prefix, phi := make([]float64, q+1), make([]float64, q)
	for _, order := range stats.AntitheticOrders(q, 1, uint64(replication)) {
		set := 0
		for i, c := range order {
			prefix[i] = value(set)
			set |= 1 << c
		}
		prefix[q] = value(all)
		stats.ShapleyWalk(phi, order, prefix)
		for c := range phi {
			s.phi()[c] += phi[c] / 2
		}
	}
	for c := range q {
		s.needs()[c] = value(all) - value(all&^(1<<c))
		s.sures()[c] = value(1<<c) - value(0)
	}
	return err
}
