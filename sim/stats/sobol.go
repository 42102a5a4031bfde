package stats

import "fmt"

// Saltelli is a design that tells which share of a value's variance comes from
// each of k independent factors: from n pairs of points A and B, and for each
// pair the points AB_i, which are A with the i-th coordinate of B. Each factor
// is a number in (0,1), which who asks turns into its own law by its quantile.
// Luck is a factor like others if the number picks the replication.
//
// Source: Saltelli et al., Computer Physics Communications 181 (2010) 259.
type Saltelli struct {
	k, n   int
	points *SobolPoints
}

// NewSaltelli returns a design of k factors on n pairs of points, best a power
// of two, of a Sobol sequence of 2k dimensions that is shifted by the seed; 0
// for no shift. It panics unless k is in 1 … 30 and n >= 2.
func NewSaltelli(k, n int, seed uint64) *Saltelli {
	if k < 1 || 2*k > mostDims || n < 2 {
		panic(fmt.Sprintf("stats: NewSaltelli: want 1 to %d factors and n >= 2, not %d and %d", mostDims/2, k, n))
	}
	return &Saltelli{k, n, NewSobolPoints(2*k, seed)}
}

// Size returns the number of points: n(k+2).
func (s *Saltelli) Size() int { return s.n * (s.k + 2) }

// Point writes the i-th point, counted from 0, into x, which has room for k
// numbers in (0,1). Pairs come one after the other, each as A, B, AB_1 … AB_k:
// the points of a smaller n are the first of those of a larger one. It panics
// unless 0 <= i < Size and len(x) is k.
func (s *Saltelli) Point(i int, x []float64) {
	if i < 0 || i >= s.Size() || len(x) != s.k {
		panic(fmt.Sprintf("stats: Saltelli.Point: want one of %d points of %d numbers, not the %d-th of %d", s.Size(), s.k, i, len(x)))
	}
	var pair [mostDims]float64
	s.points.Point(i/(s.k+2), pair[:2*s.k])
	a, b := pair[:s.k], pair[s.k:2*s.k]
	switch c := i % (s.k + 2); c {
	case 0:
		copy(x, a)
	case 1:
		copy(x, b)
	default:
		copy(x, a)
		x[c-2] = b[c-2]
	}
}

// SobolIndex is what a factor has to do with the variance of a value: fractions
// of it, which by chance may be estimated below 0 or above 1.
type SobolIndex struct {
	First float64 // what would go away if the factor were known
	Total float64 // what would be left if all others were known

	FirstInterval, TotalInterval Interval
}

// sobolResamples is how often the pairs are drawn anew.
const sobolResamples = 999

// Indices returns the indices of the factors, when y are the values at the
// points in their order: all, or those of fewer whole pairs. With f less its
// mean and V its variance over A and B,
//
//	First_i = mean f_B (f_ABi - f_A) / V,  Total_i = mean (f_A - f_ABi)^2 / (2V).
//
// The intervals, at a confidence in (0,1), are bootstrap intervals over the
// pairs, 999 times. They take the pairs for drawn by lot: as those of a Sobol
// sequence are more even, they promise less than they keep. If the value does
// not vary, the indices are 0 and the intervals [0,1]. It panics unless there
// are two whole pairs at least and not more than n, or if a value is not
// finite, or unless 0 < confidence < 1.
//
// Source: first order, Saltelli et al. (2010), table 2 (b); total, Jansen,
// Computer Physics Communications 117 (1999) 35; intervals, Archer, Saltelli &
// Sobol', Journal of Statistical Computation and Simulation 58 (1997) 99.
func (s *Saltelli) Indices(y []float64, confidence float64) []SobolIndex {
	wantOpen("Saltelli.Indices", "a confidence", confidence)
	width := s.k + 2
	n := len(y) / width
	if len(y)%width != 0 || n < 2 || n > s.n {
		panic(fmt.Sprintf("stats: Saltelli.Indices: want %d values for each of 2 to %d pairs, not %d", width, s.n, len(y)))
	}
	var both Tally
	for j := range n {
		both.Add(y[j*width])
		both.Add(y[j*width+1])
	}
	indices := make([]SobolIndex, s.k)
	if both.SumSq == 0 {
		for i := range indices {
			indices[i].FirstInterval, indices[i].TotalInterval = Interval{0, 1}, Interval{0, 1}
		}
		return indices
	}

	// Of each pair, what is summed: f_A + f_B, their squares, and for each
	// factor the terms of its two indices.
	terms := 2 + 2*s.k
	pairs := make([]float64, n*terms)
	for j := range n {
		f, p := y[j*width:], pairs[j*terms:]
		a, b := f[0]-both.Mean, f[1]-both.Mean
		p[0] = a + b
		p[1] = float64(a*a) + float64(b*b)
		for i := range s.k {
			d := f[2+i] - f[0]
			if d-d != 0 {
				panic(fmt.Sprintf("stats: Saltelli.Indices: want finite values, not %v", f[2+i]))
			}
			p[2+2*i] = b * d
			p[3+2*i] = d * d / 2
		}
	}
	sums := make([]float64, terms)
	estimate := func(values []float64) {
		size := float64(n)
		mean := sums[0] / (2 * size)
		variance := sums[1]/(2*size) - float64(mean*mean)
		for i := range values {
			values[i] = 0
			if variance > 0 {
				values[i] = sums[2+i] / size / variance
			}
		}
	}
	values := make([]float64, 2*s.k)
	for j := range n {
		add(sums, pairs[j*terms:])
	}
	estimate(values)
	for i := range indices {
		indices[i].First, indices[i].Total = values[2*i], values[2*i+1]
	}

	drawn := make([][]float64, 2*s.k)
	for i := range drawn {
		drawn[i] = make([]float64, sobolResamples)
	}
	seed := uint64(1)
	for r := range sobolResamples {
		clear(sums)
		for range n {
			add(sums, pairs[below(n, &seed)*terms:])
		}
		estimate(values)
		for i, v := range values {
			drawn[i][r] = v
		}
	}
	for i := range indices {
		indices[i].FirstInterval = percentiles(drawn[2*i], n, confidence)
		indices[i].TotalInterval = percentiles(drawn[2*i+1], n, confidence)
	}
	return indices
}

// add adds to sums as many values.
func add(sums, values []float64) {
	for i := range sums {
		sums[i] += values[i]
	}
}
