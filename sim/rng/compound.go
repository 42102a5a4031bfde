package rng

import "math"

// parts are the laws of a compound law.
type parts struct{ count, size Law }

// Compound returns the law of the sum of a number of sizes, the number and each size
// drawn from their laws: orders that come singly and are for several cylinders each.
//
// It has no quantile in closed form, so that one uniform number is not enough: a draw
// at an index reads the child stream of that index, the count at 0 and the sizes at 1,
// 2, .... So it still moves the stream on by one, and a greater mean count adds sizes
// to the sum but leaves those that were in it.
func Compound(count, size Law) Law {
	must("compound", CheckCompound(count, size))
	n, v := count.mean, float64(size.mean*size.mean)
	return Law{kind: compound, scale: 1, parts: &parts{count, size},
		mean: n * size.mean, variance: float64(n*size.variance) + float64(count.variance*v)}
}

// sum draws from a compound law with a stream of its own.
func (l *Law) sum(s Stream) float64 {
	n := uint64(l.parts.count.At(s, 0) + 0.5) // it is whole, but for rounding
	total := 0.
	for i := uint64(1); i <= n; i++ {
		total += l.parts.size.At(s, i)
	}
	return float64(l.scale * total)
}

// sumSupport returns the ends of the support of a compound law.
func (l *Law) sumSupport() (lo, hi float64) {
	nlo, nhi := l.parts.count.Support()
	slo, shi := l.parts.size.Support()
	times := func(n, s float64) float64 {
		if n == 0 || s == 0 { // infinitely many zeros are 0
			return 0
		}
		return l.scale * n * s
	}
	return min(times(nlo, slo), times(nhi, slo)), max(times(nlo, shi), times(nhi, shi))
}

// whole reports whether the law gives whole numbers from 0 up, only.
func (l *Law) whole() bool {
	switch l.kind {
	case constant:
		return isCount(l.scale)
	case poisson, negativeBinomial:
		return isCount(l.scale)
	case empirical:
		for _, v := range l.steps.values {
			if !isCount(l.scale * v) {
				return false
			}
		}
		return true
	case compound:
		return isCount(l.scale) && l.parts.size.whole()
	}
	return false
}

func isCount(x float64) bool { return x >= 0 && x == math.Floor(x) }
