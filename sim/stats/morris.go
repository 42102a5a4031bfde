package stats

import (
	"fmt"
	"math"
	"slices"
)

// Morris is a design that tells which of k factors matter, from few points:
// along a trajectory each factor is moved once, the others staying where they
// are, and what that changes is its elementary effect. Each factor is a number
// in [0,1], which who asks turns into its own range.
//
// Source: Morris, Technometrics 33 (1991) 161; mu* and the choice of
// trajectories that are far apart, Campolongo, Cariboni & Saltelli,
// Environmental Modelling & Software 22 (2007) 1509.
type Morris struct {
	k, levels int
	paths     []morrisPath
}

// morrisPath is a trajectory: where it starts, on which level each factor is,
// and in which order they move, each by half of the levels, up if there is
// room.
type morrisPath struct {
	start []int
	order []int
}

// NewMorris returns a design of k factors on an even number of levels, 4 by
// custom, with as many trajectories, 10 to 30, each of k+1 points. If there are
// more candidates than trajectories, those are chosen, one after the other,
// whose distance from the nearest chosen before is greatest; 0 candidates for
// no choice. All is drawn from the seed. It panics unless k >= 1, levels is even
// and at least 2, and there are two trajectories at least.
func NewMorris(k, levels, trajectories, candidates int, seed uint64) *Morris {
	if k < 1 || levels < 2 || levels%2 != 0 || trajectories < 2 {
		panic(fmt.Sprintf("stats: NewMorris: want a factor, an even number of levels and two trajectories at least, not %d, %d and %d", k, levels, trajectories))
	}
	m := &Morris{k: k, levels: levels}
	for range max(trajectories, candidates) {
		start := make([]int, k)
		for c := range start {
			start[c] = below(levels, &seed)
		}
		m.paths = append(m.paths, morrisPath{start, shuffled(k, &seed)})
	}
	if candidates > trajectories {
		m.choose(trajectories)
	}
	return m
}

// choose keeps the n paths that are far apart, in the order of the choice.
func (m *Morris) choose(n int) {
	points := make([][][]float64, len(m.paths))
	for i, p := range m.paths {
		points[i] = m.walk(nil, p)
	}
	// The distance of paths is the sum of those of their points.
	distance := func(i, l int) float64 {
		sum := 0.0
		for _, a := range points[i] {
			for _, b := range points[l] {
				sq := 0.0
				for c := range a {
					sq += float64((a[c] - b[c]) * (a[c] - b[c]))
				}
				sum += math.Sqrt(sq)
			}
		}
		return sum
	}
	nearest := slices.Repeat([]float64{math.Inf(1)}, len(m.paths)) // distance to those chosen
	chosen := make([]morrisPath, 0, n)
	next := 0
	for {
		chosen = append(chosen, m.paths[next])
		if len(chosen) == n {
			break
		}
		last := next
		nearest[last] = -1
		for i := range m.paths {
			if nearest[i] >= 0 {
				nearest[i] = min(nearest[i], distance(i, last))
			}
			if nearest[i] > nearest[next] {
				next = i
			}
		}
	}
	m.paths = chosen
}

// Delta returns by how much of [0,1] a factor is moved: levels/(2(levels-1)),
// 2/3 for four.
func (m *Morris) Delta() float64 { return float64(m.levels) / float64(2*(m.levels-1)) }

// Points returns the points at which the model is to be evaluated, each of k
// numbers in [0,1]: k+1 for each trajectory, one trajectory after the other.
func (m *Morris) Points() [][]float64 {
	points := make([][]float64, 0, len(m.paths)*(m.k+1))
	for _, p := range m.paths {
		points = m.walk(points, p)
	}
	return points
}

// walk appends the points of a path.
func (m *Morris) walk(points [][]float64, p morrisPath) [][]float64 {
	at := make([]float64, m.k)
	for c, level := range p.start {
		at[c] = float64(level) / float64(m.levels-1)
	}
	points = append(points, at)
	for _, c := range p.order {
		at = slices.Clone(at)
		at[c] = float64(m.moved(p.start[c])) / float64(m.levels-1)
		points = append(points, at)
	}
	return points
}

// moved returns the level to which a factor is moved from another.
func (m *Morris) moved(level int) int {
	if level < m.levels/2 {
		return level + m.levels/2
	}
	return level - m.levels/2
}

// effects returns the elementary effects of each factor, one for each
// trajectory.
func (m *Morris) effects(function string, y []float64) [][]float64 {
	if want := len(m.paths) * (m.k + 1); len(y) != want {
		panic(fmt.Sprintf("stats: %s: want %d values, not %d", function, want, len(y)))
	}
	effects := make([][]float64, m.k)
	for c := range effects {
		effects[c] = make([]float64, len(m.paths))
	}
	for j, p := range m.paths {
		at := y[j*(m.k+1):]
		for i, c := range p.order {
			d := (at[i+1] - at[i]) / m.Delta()
			if m.moved(p.start[c]) < p.start[c] {
				d = -d
			}
			effects[c][j] = d
		}
	}
	return effects
}

// MorrisEffect is what a factor does to a value, in the value's unit per whole
// range of the factor.
type MorrisEffect struct {
	Mu     float64 // mean of its elementary effects
	MuStar float64 // mean of their magnitudes: how much it matters
	Sigma  float64 // their standard deviation: how much that depends on where it and the others are

	MuInterval, MuStarInterval, SigmaInterval Interval
}

// Effects returns the effects of the factors, when y are the values at Points,
// in their order, with intervals at a confidence in (0,1): Student's for the
// means, for the standard deviation that of StdDevInterval. They take
// trajectories for independent of each other, which those that were chosen to
// be far apart are not quite: they then promise less than they keep. It panics
// if y has another length, if a value is not finite, or unless
// 0 < confidence < 1.
//
// Source: as Morris.
func (m *Morris) Effects(y []float64, confidence float64) []MorrisEffect {
	all := make([]MorrisEffect, m.k)
	for c, d := range m.effects("Morris.Effects", y) {
		effect := tallyAll(d)
		e := &all[c]
		e.Mu, e.Sigma = effect.Mean, effect.StdDev()
		e.MuInterval = MeanT(effect, confidence)
		e.SigmaInterval = StdDevInterval(d, confidence)
		for j := range d {
			d[j] = math.Abs(d[j])
		}
		size := tallyAll(d)
		e.MuStar = size.Mean
		e.MuStarInterval = MeanT(size, confidence)
		e.MuStarInterval.Lo = max(0, e.MuStarInterval.Lo)
	}
	return all
}

// Noise returns for each factor the line below which its MuStar cannot be told
// from luck: y are the values at Points and again those of other replications
// at the same points. The MuStar of a factor without effect is above its line
// with at most about the probability 1-confidence. It is in the unit of MuStar;
// 0 if luck does not change what the factor does. It panics if y or again has
// another length, if a value is not finite, or unless 0 < confidence < 1.
//
// Source: of a factor without effect, an elementary effect is noise, and so is
// the difference of two at the same place, divided by √2; the line is the upper
// bound of Student for a second mean of as many magnitudes.
func (m *Morris) Noise(y, again []float64, confidence float64) []float64 {
	wantOpen("Morris.Noise", "a confidence", confidence)
	first, second := m.effects("Morris.Noise", y), m.effects("Morris.Noise", again)
	lines := make([]float64, m.k)
	for c := range lines {
		var t Tally
		for j := range first[c] {
			t.Add(math.Abs(first[c][j]-second[c][j]) / math.Sqrt2)
		}
		df := float64(2 * (t.Count - 1))
		lines[c] = t.Mean + TQuantile(max(0.5, confidence), df)*math.Sqrt2*t.StdErr()
	}
	return lines
}

// StdDevInterval returns an interval for the standard deviation of which x holds
// independent values, at a confidence in (0,1), in their unit. It heeds their
// kurtosis, as the interval by the chi-squared law does not, and is good for
// laws that are not very skewed. It is [0,+Inf) for fewer than five values, and
// [0,0] if all are equal. It panics if a value is not finite, or unless
// 0 < confidence < 1.
//
// Source: Bonett, Computational Statistics & Data Analysis 50 (2006) 775.
func StdDevInterval(x []float64, confidence float64) Interval {
	wantOpen("StdDevInterval", "a confidence", confidence)
	t := tallyAll(x)
	n := float64(len(x))
	z := NormalQuantile((1 + confidence) / 2)
	switch {
	case len(x) < 5 || n <= z:
		return Interval{0, math.Inf(1)}
	case t.SumSq == 0:
		return Interval{}
	}
	sorted := slices.Sorted(slices.Values(x))
	cut := min(int(n/(2*math.Sqrt(n-4))), (len(x)-1)/2)
	centre := tallyAll(sorted[cut : len(x)-cut]).Mean
	fourth := 0.0
	for _, v := range x {
		d := v - centre
		fourth += float64(d * d * d * d)
	}
	kurtosis := n * fourth / (t.SumSq * t.SumSq)
	c := n / (n - z)
	stdErr := c * math.Sqrt(max(0, kurtosis-(n-3)/n)/(n-1))
	middle := math.Log(c) + math.Log(t.Variance())
	return Interval{math.Exp((middle - z*stdErr) / 2), math.Exp((middle + z*stdErr) / 2)}
}
