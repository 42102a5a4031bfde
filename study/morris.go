package study

import (
	"context"
	"fmt"
	"slices"

	"oxysim/scenarios"
	"oxysim/sim/stats"
)

// Morris asks which uncertain parameters matter at all, by elementary effects:
// R walks through the space of parameters, in each of which every parameter
// takes one step while the others stay.
type Morris struct {
	Ignorance
	Walks int // trajectories
	N     int // replications of each design, in each of two blocks
}

// Levels of a walk, and how many walks are tried for each that is taken, so that
// they are far apart.
const (
	morrisLevels = 4
	morrisTries  = 10
)

// MorrisRow is a parameter in the answer.
type MorrisRow struct {
	Unknown Unknown
	Effect  stats.MorrisEffect // in the metric's unit, over nine tenths of the law of the parameter
	Line    float64            // MuStar that chance alone makes, at the confidence
	Noise   bool               // MuStar is not above the line
}

// MorrisAnswer is what Morris' method tells.
type MorrisAnswer struct {
	*Morris
	Designs int
	Rows    []MorrisRow // the greatest MuStar first
}

// NewMorris returns the question. The error says what is wrong with it.
func NewMorris(q Ignorance, walks, n int) (*Morris, error) {
	if walks < 2 {
		return nil, fmt.Errorf("want 2 walks or more, not %d", walks)
	}
	return &Morris{Ignorance: q, Walks: walks, N: n}, nil
}

// Answer simulates the walks, twice, in different futures. The points of a walk
// meet the same futures, and each walk its own: what luck does to an effect would
// else be the same in all walks, and neither the intervals nor the noise line
// would see it.
func (m *Morris) Answer(ctx context.Context, k *Work) (*MorrisAnswer, error) {
	if problems := m.possible(); len(problems) > 0 {
		return nil, problems
	}
	s := stats.NewMorris(len(m.Unknowns), morrisLevels, m.Walks, morrisTries*m.Walks, designSeed(m.Subject))
	points := s.Points()
	r := replay{
		name: m.name(fmt.Sprintf("morris, %d walks", m.Walks)), title: inBlocks, gauges: []Gauge{m.Gauge}, seed: m.Subject.Seed, n: 2 * m.N, apart: len(m.Unknowns) + 1, world: m.world,
		design: func(j int) (*Subject, scenarios.Problems) {
			u := make([]float64, len(points[j]))
			for i, x := range points[j] { // the levels are spread over the middle nine tenths
				u[i] = lowEnd + float64((highEnd-lowEnd)*x)
			}
			return m.at(m.Subject, u)
		},
	}
	var once, again []float64
	err := r.run(ctx, k, 0, len(points), func(_ int, y [][]float64) {
		once = append(once, averageOf(y[0][:m.N]))
		again = append(again, averageOf(y[0][m.N:]))
	})
	if err != nil {
		return nil, err
	}
	a := &MorrisAnswer{Morris: m, Designs: len(points)}
	lines := s.Noise(once, again, m.Confidence)
	for i, e := range s.Effects(once, m.Confidence) {
		a.Rows = append(a.Rows, MorrisRow{m.Unknowns[i], e, lines[i], e.MuStar <= lines[i]})
	}
	slices.SortStableFunc(a.Rows, func(x, y MorrisRow) int {
		switch {
		case x.Effect.MuStar > y.Effect.MuStar:
			return -1
		case x.Effect.MuStar < y.Effect.MuStar:
			return 1
		}
		return 0
	})
	return a, nil
}

// averageOf returns the mean of values, of which there is at least one.
func averageOf(x []float64) float64 {
	var t stats.Tally
	for _, v := range x {
		t.Add(v)
	}
	return t.Mean
}
