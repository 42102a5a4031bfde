package study

import (
	"context"
	"errors"
	"fmt"
	"runtime/debug"
	"strings"

	"oxysim/scenarios"
	"oxysim/sim/montecarlo"
)

// replay runs many designs, in the same replications or group by group in
// others. A design's world is made, run and dropped, since there may be
// thousands of them.
type replay struct {
	name, title string                                     // of the stage
	design      func(j int) (*Subject, scenarios.Problems) // the j-th
	world       func(*Subject) World                       // nil for the subject's own
	gauges      []Gauge
	seed        uint64 // of the replications
	first, n    int    // of each design
	apart       int    // how many designs meet the same replications before the next n come; 0 for all
}

// begins returns the first replication of the j-th design.
func (r *replay) begins(j int) int {
	if r.apart == 0 {
		return r.first
	}
	return r.first + j/r.apart*r.n
}

// futures says which replications the designs meet.
func (r *replay) futures() string {
	text := fmt.Sprintf("replications %d to %d", r.first, r.first+r.n-1)
	if r.apart > 0 {
		text += fmt.Sprintf(", and %d others for each next %d designs", r.n, r.apart)
	}
	return text
}

// mostInRow is how many replications of a design are one row: more make an
// interrupted question lose more, and fewer make a design's world, which takes
// as long as a few replications, be made oftener, by several workers.
const mostInRow = 20

// inBlocks says what rows are, for who waits.
const inBlocks = "blocks of replications"

// stand is a worker: the world of the design that it has run last.
type stand struct {
	design  int // -1 for none
	subject *Subject
	world   World
	at      [][]int // places of the gauges' metrics
}

func newStand() *stand { return &stand{design: -1} }

// put makes the world of a design.
func (w *stand) put(j int, s *Subject, world func(*Subject) World, gauges []Gauge) error {
	w.design, w.subject, w.at = j, s, nil
	if world != nil {
		w.world = world(s)
	} else {
		w.world = s.NewWorld()
	}
	list := w.world.Metrics()
	for _, g := range gauges {
		at, err := places(list, g.Names)
		if err != nil {
			return fmt.Errorf("%v: %w", s.Settings, err)
		}
		w.at = append(w.at, at)
	}
	return nil
}

// run simulates a replication and writes what the gauges read into row.
func (w *stand) run(seed uint64, replication int, gauges []Gauge, row []float64) (err error) {
	defer func() { // so that it is told as a replication of the design
		if v := recover(); v != nil {
			err = &Broken{w.subject, replication, &montecarlo.PanicError{Value: v, Stack: debug.Stack()}}
		}
	}()
	values := w.world.Run(seed, replication)
	list := w.world.Metrics()
	for i := range gauges {
		for _, at := range w.at[i] {
			if err := lawfulValue(&list[at], values[at]); err != nil {
				return &Broken{w.subject, replication, err}
			}
		}
		row[i] = gauges[i].mean(values, w.at[i])
	}
	return nil
}

// run simulates designs from … from+count-1 and folds their values, y[gauge][replication],
// which belong to fold.
func (r *replay) run(ctx context.Context, k *Work, from, count int, fold func(j int, y [][]float64)) error {
	block := min(r.n, mostInRow)
	blocks := (r.n + block - 1) / block
	width := len(r.gauges)
	st := Stage{
		Name:  fmt.Sprintf("%s; %s; %s", r.name, r.futures(), gaugeNames(r.gauges)),
		Title: r.title, First: from * blocks, N: count * blocks, Width: block * width,
	}
	do := func(w *stand, i int, row []float64) error {
		j, b := i/blocks, i%blocks
		if w.design != j {
			s, problems := r.design(j)
			if len(problems) > 0 {
				return problems
			}
			if err := w.put(j, s, r.world, r.gauges); err != nil {
				return err
			}
		}
		clear(row)
		for at := range min(block, r.n-b*block) {
			if err := w.run(r.seed, r.begins(j)+b*block+at, r.gauges, row[at*width:(at+1)*width]); err != nil {
				return err
			}
		}
		return nil
	}
	var y [][]float64
	keep := func(i int, row []float64) bool {
		j, b := i/blocks, i%blocks
		if b == 0 {
			y = make([][]float64, width)
			for g := range y {
				y[g] = make([]float64, 0, r.n)
			}
		}
		for at := range min(block, r.n-b*block) {
			for g := range y {
				y[g] = append(y[g], row[at*width+g])
			}
		}
		if b == blocks-1 {
			fold(j, y)
		}
		return true
	}
	return plainly(simulate(ctx, k, st, newStand, do, keep))
}

// plainly returns what went wrong with a design without the number of the row
// in which it did.
func plainly(err error) error {
	var row, inner *Broken
	var problems scenarios.Problems
	switch {
	case errors.As(err, &problems):
		return problems
	case errors.As(err, &row) && errors.As(row.Err, &inner):
		return inner
	}
	return err
}

// gaugeNames lists the metrics of gauges.
func gaugeNames(gauges []Gauge) string {
	var list []string
	for _, g := range gauges {
		list = append(list, strings.Join(g.Names, "+"))
	}
	return strings.Join(list, ",")
}
