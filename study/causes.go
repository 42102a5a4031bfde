package study

import (
	"fmt"
	"sync"

	"oxysim/model"
	"oxysim/scenarios"
	"oxysim/sim/rng"
	"oxysim/sim/stats"
)

// causeDesigns are the scenario with sets of causes in it, the others thought away:
// by the set, the bits of the causes that act. All workers share them.
type causeDesigns struct {
	y      *Why
	mu     sync.Mutex
	config map[int]*model.Config
}

func newCauseDesigns(y *Why) *causeDesigns {
	return &causeDesigns{y: y, config: map[int]*model.Config{}}
}

// mostConfigs is how many designs are kept: of many causes, few sets are met twice.
const mostConfigs = 256

// design returns the design of a set of causes.
func (d *causeDesigns) design(set int) (*model.Config, error) {
	d.mu.Lock()
	known := d.config[set]
	d.mu.Unlock()
	if known != nil {
		return known, nil
	}
	var gone []scenarios.Cause
	for i, c := range d.y.Causes {
		if set>>i&1 == 0 {
			gone = append(gone, c)
		}
	}
	config := d.y.Subject.Config
	if len(gone) > 0 {
		sc, problems := d.y.Subject.Without(gone...)
		if len(problems) > 0 {
			return nil, problems
		}
		config = sc.Config
	}
	d.mu.Lock()
	defer d.mu.Unlock()
	if len(d.config) == mostConfigs {
		clear(d.config)
	}
	d.config[set] = config
	return config, nil
}

// causeWorlds are worlds of designs. They belong to one worker.
type causeWorlds struct {
	*causeDesigns
	metrics []string           // that are read
	worlds  map[int]causeWorld // by the set
	bytes   int                // of the worlds
}

func newCauseWorlds(d *causeDesigns) *causeWorlds {
	return &causeWorlds{causeDesigns: d, metrics: d.y.metrics(), worlds: map[int]causeWorld{}}
}

// worldRoom is about how many bytes of worlds a worker keeps. Those for which
// there is no room are made anew in each replication: a world with plenty of
// cylinders takes megabytes.
const worldRoom = 64 << 20

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

// values simulates a replication in the design of a set of causes, and writes
// the values of the metrics into a list.
func (w *causeWorlds) values(set, replication int, into []float64) error {
	x, ok := w.worlds[set]
	if !ok {
		config, err := w.design(set)
		if err != nil {
			return err
		}
		x.World = model.New(config)
		if x.at, err = places(x.Metrics(), w.metrics); err != nil {
			return err
		}
		if n := worldBytes(config, len(x.Metrics())); w.bytes+n <= worldRoom {
			w.worlds[set] = x
			w.bytes += n
		}
	}
	values := x.Run(w.y.Subject.Seed, replication)
	for m, i := range x.at {
		kind := &w.y.Metric
		if m > 0 {
			kind = &w.y.kind
		}
		if err := lawfulValue(kind, values[i]); err != nil {
			return fmt.Errorf("with causes %b: %w", set, err)
		}
		into[m] = values[i]
	}
	return nil
}

// every simulates every set of causes. The row has of each metric its values, by
// set.
func (w *causeWorlds) every(replication int, row []float64) error {
	sets := 1 << len(w.y.Causes)
	values := make([]float64, len(w.metrics))
	for set := range sets {
		if err := w.values(set, replication, values); err != nil {
			return err
		}
		for m, x := range values {
			row[m*sets+set] = x
		}
	}
	return nil
}

// sampled is what a row has of a metric if the causes came in two orders, drawn
// by lot and the same backwards.
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

// lots names the stream from which orders of causes are drawn.
var lots = rng.NameOf("why.orders")

// sample simulates the sets that are met when the causes come in an order drawn
// for the replication, and in the same backwards; and those that say what is
// necessary and sufficient.
func (w *causeWorlds) sample(replication int, row []float64) error {
	q := len(w.y.Causes)
	lot := rng.New(w.y.Subject.Seed, uint64(replication)).Stream(lots).Uint64At(0)
	orders := stats.AntitheticOrders(q, 1, lot)
	all := 1<<q - 1
	met := []int{all, 0}
	for c := range q {
		met = append(met, all&^(1<<c), 1<<c)
	}
	for _, order := range orders {
		met = append(met, prefixes(order)...)
	}
	known := map[int][]float64{}
	for _, set := range met {
		if known[set] == nil {
			known[set] = make([]float64, len(w.metrics))
			if err := w.values(set, replication, known[set]); err != nil {
				return err
			}
		}
	}
	width := sampledWidth(q)
	for m := range w.metrics {
		shareByLot(sampled{row[m*width : (m+1)*width], q}, orders, func(set int) float64 { return known[set][m] })
	}
	return nil
}

// prefixes returns the sets that are met when causes come in an order: none, the
// first, the first two, to all.
func prefixes(order []int) []int {
	sets := make([]int, len(order)+1)
	for i, c := range order {
		sets[i+1] = sets[i] | 1<<c
	}
	return sets
}

// shareByLot fills in the row of one metric from its values by set.
func shareByLot(s sampled, orders [][]int, value func(set int) float64) {
	all := 1<<s.q - 1
	s.row[3*s.q], s.row[3*s.q+1] = value(all), value(0)
	clear(s.phi())
	prefix, phi := make([]float64, s.q+1), make([]float64, s.q)
	for _, order := range orders {
		for i, set := range prefixes(order) {
			prefix[i] = value(set)
		}
		stats.ShapleyWalk(phi, order, prefix)
		for c, x := range phi {
			s.phi()[c] += x / float64(len(orders))
		}
	}
	for c := range s.q {
		s.needs()[c] = s.all() - value(all&^(1<<c))
		s.sures()[c] = value(1<<c) - s.none()
	}
}
