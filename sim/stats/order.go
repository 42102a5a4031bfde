package stats

import (
	"fmt"
	"math"
	"sort"
)

// OrderStatistics returns which two of n independent values, sorted, enclose
// the quantile q, in (0,1), whatever their distribution: the l-th and the u-th,
// counted from 1, and the probability with which they do, which is at least
// confidence, in (0,1), if the distribution is continuous, and as much or more
// if not. If n is too small, l is 0, for minus infinity, or u is n+1, for plus
// infinity. Each end misses with at most half of 1-confidence. It panics unless
// n >= 0, 0 < q < 1 and 0 < confidence < 1.
//
// Source: David & Nagaraja, Order Statistics (2003) 7.1.
func OrderStatistics(n int, q, confidence float64) (l, u int, coverage float64) {
	wantOrder("OrderStatistics", n, q, confidence)
	tail := (1 - confidence) / 2
	// The quantile is below the k-th value if fewer than k values are below the
	// quantile, which has the probability BinomialCDF(k-1, n, q).
	l = sort.Search(n+1, func(k int) bool { return BinomialCDF(k, n, q) > tail })
	u = sort.Search(n+1, func(k int) bool { return BinomialCDF(k, n, q) >= 1-tail }) + 1
	return l, u, BinomialCDF(u-1, n, q) - BinomialCDF(l-1, n, q)
}

// ToleranceRank returns which of n independent values, sorted and counted from
// 1, is the first that is not below the quantile q, in (0,1), with at least the
// given confidence, in (0,1), whatever their distribution: the upper bound with
// a guarantee. It returns n+1, for plus infinity, if n is below
// ToleranceSize(q, confidence). It panics unless n >= 0, 0 < q < 1 and
// 0 < confidence < 1.
//
// Source: Wilks, Annals of Mathematical Statistics 12 (1941) 91.
func ToleranceRank(n int, q, confidence float64) int {
	wantOrder("ToleranceRank", n, q, confidence)
	return sort.Search(n+1, func(k int) bool { return BinomialCDF(k, n, q) >= confidence }) + 1
}

// ToleranceSize returns the smallest number of independent values whose largest
// is not below the quantile q, in (0,1), with at least the given confidence, in
// (0,1): 59, 299 and 2995 for 0.95, 0.99 and 0.999 at 95 %. It panics unless
// 0 < q < 1 and 0 < confidence < 1.
//
// Source: as ToleranceRank.
func ToleranceSize(q, confidence float64) int {
	wantOrder("ToleranceSize", 0, q, confidence)
	// The largest is below the quantile if all are, with probability q^n.
	n := max(1, int(math.Log1p(-confidence)/math.Log(q)))
	for n > 1 && 1-math.Pow(q, float64(n-1)) >= confidence {
		n--
	}
	for 1-math.Pow(q, float64(n)) < confidence {
		n++
	}
	return n
}

// wantOrder panics unless n >= 0, 0 < q < 1 and 0 < confidence < 1.
func wantOrder(function string, n int, q, confidence float64) {
	if n < 0 {
		panic(fmt.Sprintf("stats: %s: want n >= 0, not %d", function, n))
	}
	wantOpen(function, "q", q)
	wantOpen(function, "a confidence", confidence)
}
