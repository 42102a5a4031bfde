package study

import (
	"context"
	"slices"
	"strings"
)

// Constraint is what keeps a place from doing more.
type Constraint struct {
	Thing string  // dotted
	What  string  // the last part of its metric, such as "bound_power"
	Share float64 // of the time, on average
}

// leastBinding is the share of the time below which a constraint is not told.
const leastBinding = 0.05

// binding finds what holds the network back with settings laid over it: what
// bounds its plants, how long its trucks are away, and the hospitals' use of
// what they wait for.
func (p *Plan) binding(ctx context.Context, k *Work, a *PlanAnswer, settings []string) error {
	s, err := p.designs.at(settings)
	if err != nil {
		return err
	}
	var names []string
	for _, m := range s.Metrics() {
		if _, part := Thing(m.Name); strings.HasPrefix(part, "bound_") || part == "away_share" {
			names = append(names, m.Name)
		}
	}
	if len(names) == 0 {
		return nil
	}
	const n = 2 * pilots
	sum := make([]float64, len(names))
	st := Stage{Name: p.stage("binding", joined(settings)), Title: "what holds it back", N: n, Width: len(names)}
	err = simulate(ctx, k, st, func() *Futures { f := NewFutures([]*Subject{s}, names); return f },
		func(f *Futures, r int, row []float64) error {
			x, err := f.Run(0, r)
			copy(row, x)
			return err
		},
		func(_ int, row []float64) bool {
			for i, x := range row {
				sum[i] += x / n
			}
			return true
		})
	if err != nil {
		return err
	}
	for i, name := range names {
		if thing, part := Thing(name); sum[i] >= leastBinding {
			a.Binding = append(a.Binding, Constraint{thing, part, sum[i]})
		}
	}
	slices.SortStableFunc(a.Binding, func(x, y Constraint) int {
		switch {
		case x.Share > y.Share:
			return -1
		case x.Share < y.Share:
			return 1
		}
		return strings.Compare(x.Thing, y.Thing)
	})
	return nil
}
