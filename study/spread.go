package study

import (
	"context"
	"fmt"
	"math"
	"slices"
	"strings"

	"oxysim/scenarios"
	"oxysim/sim/rng"
	"oxysim/sim/stats"
)

// Spread asks how much of the spread of a metric is luck and how much is not
// knowing: parameter vectors and futures are crossed, each with each.
type Spread struct {
	Ignorance
	Points int // parameter vectors
	N      int // futures
}

// NewSpread returns the question. The error says what is wrong with it.
func NewSpread(q Ignorance, points, n int) (*Spread, error) {
	switch {
	case points < 8:
		return nil, fmt.Errorf("want 8 points or more, not %d", points)
	case n < 2:
		return nil, fmt.Errorf("want 2 replications or more, not %d", n)
	}
	return &Spread{Ignorance: q, Points: points, N: n}, nil
}

// SpreadAnswer is what is known of a spread.
type SpreadAnswer struct {
	*Spread
	Written   Reading // of the scenario as it is written
	Mean      Reading // over what is not known
	Parts     stats.Components
	Variances stats.ComponentIntervals
	Shares    stats.ComponentIntervals
	Lo, Hi    float64 // within these the expected value lies for nine tenths of the parameter vectors
	Band      float64 // that share
}

// Answer simulates each parameter vector in each future.
func (p *Spread) Answer(ctx context.Context, k *Work) (*SpreadAnswer, error) {
	if problems := p.possible(); len(problems) > 0 {
		return nil, problems
	}
	vectors := p.vectors(p.Points)
	r := replay{
		name: p.name(fmt.Sprintf("spread, the scenario and %d vectors", p.Points)), title: inBlocks, gauges: []Gauge{p.Gauge}, seed: p.Subject.Seed, n: p.N, world: p.world,
		design: func(j int) (*Subject, scenarios.Problems) {
			if j == 0 {
				return p.Subject, nil
			}
			return p.at(p.Subject, vectors[j-1])
		},
	}
	var written []float64
	var y [][]float64
	err := r.run(ctx, k, 0, p.Points+1, func(j int, of [][]float64) {
		if j == 0 {
			written = of[0]
			return
		}
		y = append(y, of[0])
	})
	if err != nil {
		return nil, err
	}
	a := &SpreadAnswer{Spread: p, Written: p.Gauge.read(written, p.Confidence), Parts: stats.Crossed(y), Band: 0.9}
	a.Variances, a.Shares = stats.CrossedIntervals(y, p.Confidence)
	a.Mean = p.mean(y)
	a.Lo, a.Hi = band(y, a.Parts, a.Band)
	return a, nil
}

// vectors returns n vectors of quantiles of the unknowns: a Latin hypercube, in
// which each unknown is once in each n-th part of its law, in an order of its
// own. What an unknown is does not depend on which others there are.
func (q *Ignorance) vectors(n int) [][]float64 {
	list := make([][]float64, n)
	for j := range list {
		list[j] = make([]float64, len(q.Unknowns))
	}
	nature := rng.New(designSeed(q.Subject), 0)
	for i, x := range q.Unknowns {
		chance := nature.Stream(rng.NameOf("unknown." + strings.Join(x.Keys, ",")))
		order := seq(0, n)
		for j := n - 1; j > 0; j-- {
			o := min(int(float64(j+1)*chance.Float64()), j)
			order[j], order[o] = order[o], order[j]
		}
		for j, at := range order {
			list[j][i] = (float64(at) + chance.Float64()) / float64(n)
		}
	}
	return list
}

// mean returns the mean over parameter vectors and futures. Its interval is
// over futures: each of them gives one mean over vectors.
func (p *Spread) mean(y [][]float64) Reading {
	var t stats.Tally
	for r := range p.N {
		var over stats.Tally
		for j := range y {
			over.Add(y[j][r])
		}
		t.Add(over.Mean)
	}
	m := Reading{Mean: t.Mean, Interval: stats.MeanT(t, p.Confidence), Method: student, N: len(y) * p.N}
	if m.Interval.Lo < 0 && t.Min >= 0 {
		m.Interval.Lo = 0
	}
	return m
}

// band returns between what the expected value lies for a share of the
// parameter vectors. The means over a few futures vary more than expected values
// do, by their noise; they are drawn together by as much.
func band(y [][]float64, c stats.Components, share float64) (lo, hi float64) {
	means := make([]float64, len(y))
	for j := range y {
		means[j] = averageOf(y[j])
	}
	shrink := 0.0
	if c.Rows > 0 {
		shrink = math.Sqrt(c.Rows / (c.Rows + c.Rest/float64(len(y[0]))))
	}
	slices.Sort(means)
	centre := averageOf(means)
	at := func(q float64) float64 {
		h := q * float64(len(means)-1)
		i := min(int(h), len(means)-2)
		x := means[i] + (h-float64(i))*(means[i+1]-means[i])
		return centre + shrink*(x-centre)
	}
	return at((1 - share) / 2), at((1 + share) / 2)
}
