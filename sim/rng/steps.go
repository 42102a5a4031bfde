package rng

import (
	"math"
	"slices"
)

// steps is a law on finitely many numbers in rising order. Its quantile is found by a
// guide table: the unit interval is cut into as many cells as there are numbers, and
// for each cell the first number that some u of it may give is known; the search goes
// on from there, and takes less than two comparisons on average.
//
// Source: Chen and Asau, "On generating random variates from an empirical
// distribution", AIIE Transactions 6 (1974).
type steps struct {
	cumulative []float64 // probability of the numbers up to this one; the last is 1
	guide      []int32
	values     []float64 // the numbers; nil stands for least, least+1, ...
	least      float64
}

// newSteps returns the steps of numbers whose probabilities are in proportion to
// weights, all positive.
func newSteps(weights []float64) *steps {
	n := len(weights)
	s := &steps{cumulative: make([]float64, n), guide: make([]int32, n)}
	sum := 0.
	for i, w := range weights {
		sum += w
		s.cumulative[i] = sum
	}
	for i := range s.cumulative {
		s.cumulative[i] /= sum
	}
	j := 0
	for i := range s.guide {
		// A little less than the edge of the cell, as u×n may be rounded up to i.
		for s.cumulative[j] < float64(i)/float64(n)*(1-0x1p-50) {
			j++
		}
		s.guide[i] = int32(j)
	}
	return s
}

// at returns the least of the numbers with cumulative probability u or more.
func (s *steps) at(u float64) float64 {
	j := int(s.guide[int(u*float64(len(s.guide)))])
	for s.cumulative[j] < u {
		j++
	}
	if s.values != nil {
		return s.values[j]
	}
	return s.least + float64(j)
}

// negligible is the share of the mode's probability below which the probability of a
// count is left out. All that is left out is less than the step of 2^-53 between the
// uniform numbers.
const negligible = 1e-20

// newCountSteps returns the law of a count from the ratios of successive probabilities,
// up(k) = p(k+1)/p(k), beginning at the mode, in both directions.
func newCountSteps(mode float64, up func(k float64) float64) *steps {
	var below, weights []float64
	for k, p := mode, 1.; k > 0; k-- {
		p /= up(k - 1)
		if p < negligible {
			break
		}
		below = append(below, p)
	}
	slices.Reverse(below)
	weights = append(below, 1)
	for k, p := mode, 1.; ; k++ {
		p *= up(k)
		if p < negligible {
			break
		}
		weights = append(weights, p)
	}
	s := newSteps(weights)
	s.least = mode - float64(len(below))
	return s
}

func newPoissonSteps(mean float64) *steps {
	return newCountSteps(math.Floor(mean), func(k float64) float64 { return mean / (k + 1) })
}

func newNegativeBinomialSteps(mean, dispersion float64) *steps {
	size := mean / (dispersion - 1)
	q := (dispersion - 1) / dispersion
	mode := max(0, math.Floor(float64((size-1)*q)/(1-q)))
	return newCountSteps(mode, func(k float64) float64 { return q * (k + size) / (k + 1) })
}

// newEmpiricalSteps returns the steps of values with weights, and their mean and
// variance.
func newEmpiricalSteps(values, weights []float64) (s *steps, mean, variance float64) {
	type point struct{ value, weight float64 }
	var points []point
	for i, v := range values {
		if weights == nil {
			points = append(points, point{v, 1})
		} else if weights[i] > 0 {
			points = append(points, point{v, weights[i]})
		}
	}
	slices.SortStableFunc(points, func(p, q point) int {
		switch {
		case p.value < q.value:
			return -1
		case p.value > q.value:
			return 1
		}
		return 0
	})
	var distinct, w []float64
	total := 0.
	for _, p := range points {
		if n := len(distinct); n > 0 && distinct[n-1] == p.value {
			w[n-1] += p.weight
		} else {
			distinct, w = append(distinct, p.value), append(w, p.weight)
		}
		total += p.weight
	}
	for i, v := range distinct {
		mean += float64(v*w[i]) / total
	}
	for i, v := range distinct {
		variance += float64((v-mean)*(v-mean)) * w[i] / total
	}
	s = newSteps(w)
	s.values = distinct
	return s, mean, variance
}
