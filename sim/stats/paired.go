package stats

import (
	"fmt"
	"math"
)

// Two designs meet the same futures, and each future ends well or badly for
// each of them: a pair of yes-no results. Only pairs that differ tell which
// design is better: those that are yes with the first only, and those that are
// yes with the second only.

// McNemar returns the interval for the probability that a pair which differs is
// yes with the first only, when only1 are and only2 are yes with the second
// only, at a confidence, in (0,1), that is kept. The designs have been shown to
// differ if it does not contain 1/2. It panics unless the counts are not
// negative and 0 < confidence < 1.
//
// Source: McNemar, Psychometrika 12 (1947) 153, exact by ClopperPearson.
func McNemar(only1, only2 int, confidence float64) Interval {
	wantPairs("McNemar", only1, only2, only1+only2)
	return ClopperPearson(only1, only1+only2, confidence)
}

// McNemarP returns the probability, of two designs that do not differ, that the
// pairs which differ are divided as unevenly as only1 to only2, or more: the
// exact two-sided p value, 1 if there are none. It panics if a count is
// negative.
//
// Source: as McNemar.
func McNemarP(only1, only2 int) float64 {
	wantPairs("McNemarP", only1, only2, only1+only2)
	return min(1, 2*BinomialCDF(min(only1, only2), only1+only2, 0.5))
}

// McNemarSequence returns the interval of a confidence sequence for what
// McNemar estimates: one may look after each pair. With at least the
// probability 1-alpha, in (0,1), no interval of the sequence misses. It panics
// unless the counts are not negative and 0 < alpha < 1.
//
// Source: BernoulliSequence on the pairs that differ.
func McNemarSequence(only1, only2 int, alpha float64) Interval {
	wantPairs("McNemarSequence", only1, only2, only1+only2)
	return BernoulliSequence(only1, only1+only2, alpha)
}

// McNemarEvidence returns the evidence against two designs being equal, a
// natural logarithm that starts at 0: with probability 1-alpha it never reaches
// -ln(alpha) if they are, however often one looks. It panics if a count is
// negative.
//
// Source: BernoulliEvidence on the pairs that differ.
func McNemarEvidence(only1, only2 int) float64 {
	wantPairs("McNemarEvidence", only1, only2, only1+only2)
	return BernoulliEvidence(only1, only1+only2, 0.5)
}

// Tango returns the score interval for the probability of yes with the first
// design less that with the second, of n independent pairs, at a confidence in
// (0,1) that it keeps on average: an interval to show. It is [-1,1] if n is 0.
// It panics unless the counts are not negative, only1+only2 <= n and
// 0 < confidence < 1.
//
// Source: Tango, Statistics in Medicine 17 (1998) 891.
func Tango(only1, only2, n int, confidence float64) Interval {
	wantPairs("Tango", only1, only2, n)
	wantOpen("Tango", "a confidence", confidence)
	if n == 0 {
		return Interval{-1, 1}
	}
	z := NormalQuantile((1 + confidence) / 2)
	b, c, size := float64(only1), float64(only2), float64(n)
	// excluded reports whether the score of the difference d is beyond z.
	excluded := func(d float64) bool {
		// The likeliest probability of yes with the second only, given d.
		linear := -b - c + (2*size-b+c)*d
		root := math.Sqrt(max(0, linear*linear+8*size*c*d*(1-d)))
		second := max(0, (root-linear)/(4*size))
		variance := size * max(0, 2*second+d*(1-d))
		miss := b - c - size*d
		return miss*miss > z*z*variance
	}
	end := func(inside, outside float64) float64 {
		if !excluded(outside) {
			return outside
		}
		for {
			middle := inside + (outside-inside)/2
			if middle == inside || middle == outside {
				return outside
			}
			if excluded(middle) {
				outside = middle
			} else {
				inside = middle
			}
		}
	}
	d := (b - c) / size
	return Interval{end(d, -1), end(d, 1)}
}

// PairedExact returns the interval for the probability of yes with the first
// design less that with the second, of n independent pairs, whose confidence,
// in (0,1), is kept whatever they are: an interval to promise. It is [-1,1] if
// n is 0. It panics unless the counts are not negative, only1+only2 <= n and
// 0 < confidence < 1.
//
// Source: the difference is P(differ)·(2·P(first only | differ) - 1), and each
// factor has its interval of Clopper and Pearson, which misses with half of
// 1-confidence, the second of them given how many pairs differ.
func PairedExact(only1, only2, n int, confidence float64) Interval {
	wantPairs("PairedExact", only1, only2, n)
	wantOpen("PairedExact", "a confidence", confidence)
	half := (1 + confidence) / 2
	return pairedProduct(ClopperPearson(only1+only2, n, half), ClopperPearson(only1, only1+only2, half))
}

// PairedSequence returns the interval, after n independent pairs, of a
// confidence sequence for the probability of yes with the first design less
// that with the second: one may look after each pair. With at least the
// probability 1-alpha, in (0,1), no interval of the sequence misses. It is
// [-1,1] if n is 0. It panics unless the counts are not negative,
// only1+only2 <= n and 0 < alpha < 1.
//
// Source: as PairedExact, with a BernoulliSequence for each factor.
func PairedSequence(only1, only2, n int, alpha float64) Interval {
	wantPairs("PairedSequence", only1, only2, n)
	wantOpen("PairedSequence", "alpha", alpha)
	return pairedProduct(BernoulliSequence(only1+only2, n, alpha/2), BernoulliSequence(only1, only1+only2, alpha/2))
}

// pairedProduct returns the least and greatest difference of the probabilities,
// if that of differing is in one interval and that of the first only among
// those that differ in another.
func pairedProduct(differ, first Interval) Interval {
	lo, hi := 2*first.Lo-1, 2*first.Hi-1
	i := Interval{lo * differ.Hi, hi * differ.Hi}
	if lo > 0 {
		i.Lo = lo * differ.Lo
	}
	if hi < 0 {
		i.Hi = hi * differ.Lo
	}
	return i
}

// wantPairs panics unless the counts are not negative and together at most n.
func wantPairs(function string, only1, only2, n int) {
	if only1 < 0 || only2 < 0 || only1+only2 > n {
		panic(fmt.Sprintf("stats: %s: want counts of 0 or more and at most n together, not %d and %d of %d", function, only1, only2, n))
	}
}

// DifferenceSequence is a confidence sequence for the mean of independent
// differences in [-1,1], of any distribution: those of two results in [0,1] of
// the same future, such as fractions served. Its resolution is 0.003; for
// yes-no results PairedSequence is sharper.
//
// Source: a BettingSequence of (d+1)/2.
type DifferenceSequence struct{ half *BettingSequence }

// NewDifferenceSequence returns a confidence sequence none of whose intervals
// misses, with at least the probability 1-alpha, in (0,1). It panics unless
// 0 < alpha < 1.
func NewDifferenceSequence(alpha float64) *DifferenceSequence {
	return &DifferenceSequence{NewBettingSequence(alpha)}
}

// Add counts the difference d. It panics if d is not in [-1,1].
func (s *DifferenceSequence) Add(d float64) {
	if !(d >= -1 && d <= 1) {
		panic(fmt.Sprintf("stats: DifferenceSequence.Add: want a difference in [-1,1], not %v", d))
	}
	s.half.Add((d + 1) / 2)
}

// Count returns the number of differences.
func (s *DifferenceSequence) Count() int { return s.half.Count() }

// Mean returns the mean of the differences; 0 if there are none.
func (s *DifferenceSequence) Mean() float64 {
	if s.half.Count() == 0 {
		return 0
	}
	return 2*s.half.Mean() - 1
}

// Interval returns the interval for the mean after the differences so far,
// within all those before it.
func (s *DifferenceSequence) Interval() Interval {
	i := s.half.Interval()
	return Interval{2*i.Lo - 1, 2*i.Hi - 1}
}
