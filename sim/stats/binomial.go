package stats

import (
	"fmt"
	"math"

	"gonum.org/v1/gonum/mathext"
)

// BinomialCDF returns the probability of at most k events in n independent
// trials of probability p each: 0 if k is negative, 1 if it is n or more. Its
// relative error is below 1e-8 for n up to a million. It panics if n is
// negative or p is not in [0,1].
//
// Source: the incomplete beta function, Abramowitz & Stegun (1964) 26.5.24.
func BinomialCDF(k, n int, p float64) float64 {
	if n < 0 || !(p >= 0 && p <= 1) {
		panic(fmt.Sprintf("stats: BinomialCDF: want n >= 0 and p in [0,1], not n = %d, p = %v", n, p))
	}
	switch {
	case k < 0:
		return 0
	case k >= n:
		return 1
	}
	return mathext.RegIncBeta(float64(n-k), float64(k+1), 1-p)
}

// Wilson returns the score interval for the probability of which k events in n
// independent trials were seen, at a confidence in (0,1) that it keeps on
// average over probabilities: an interval to show. It is [0,1] if n is 0. It
// panics unless 0 <= k <= n and 0 < confidence < 1.
//
// Source: Wilson, Journal of the American Statistical Association 22 (1927)
// 209; recommended by Brown, Cai & DasGupta, Statistical Science 16 (2001) 101.
func Wilson(k, n int, confidence float64) Interval {
	wantEvents("Wilson", k, n)
	wantOpen("Wilson", "a confidence", confidence)
	if n == 0 {
		return Interval{0, 1}
	}
	size := float64(n)
	p := float64(k) / size
	z := NormalQuantile((1 + confidence) / 2)
	shrink := 1 + z*z/size
	centre := (p + z*z/(2*size)) / shrink
	half := z / shrink * math.Sqrt(p*(1-p)/size+z*z/(4*size*size))
	i := Interval{max(0, centre-half), min(1, centre+half)}
	if k == 0 {
		i.Lo = 0
	}
	if k == n {
		i.Hi = 1
	}
	return i
}

// ClopperPearson returns the interval for the probability of which k events in
// n independent trials were seen, whose confidence, in (0,1), is kept at every
// probability: an interval to promise. It is [0,1] if n is 0. It panics unless
// 0 <= k <= n and 0 < confidence < 1.
//
// Source: Clopper & Pearson, Biometrika 26 (1934) 404.
func ClopperPearson(k, n int, confidence float64) Interval {
	wantEvents("ClopperPearson", k, n)
	wantOpen("ClopperPearson", "a confidence", confidence)
	oneSided := (1 + confidence) / 2
	return Interval{ClopperPearsonLower(k, n, oneSided), ClopperPearsonUpper(k, n, oneSided)}
}

// ClopperPearsonLower returns the bound that the probability exceeds with the
// given confidence, in (0,1), when k events in n independent trials were seen;
// 0 if k is 0. It panics unless 0 <= k <= n and 0 < confidence < 1.
//
// Source: as ClopperPearson.
func ClopperPearsonLower(k, n int, confidence float64) float64 {
	wantEvents("ClopperPearson", k, n)
	wantOpen("ClopperPearson", "a confidence", confidence)
	if k == 0 {
		return 0
	}
	return mathext.InvRegIncBeta(float64(k), float64(n-k+1), 1-confidence)
}

// ClopperPearsonUpper returns the bound below which the probability lies with
// the given confidence, in (0,1), when k events in n independent trials were
// seen; 1 if k is n. Without events at 95 %, 59 trials show 5 %, 299 show 1 %
// and 2995 show 0.1 %. It panics unless 0 <= k <= n and 0 < confidence < 1.
//
// Source: as ClopperPearson.
func ClopperPearsonUpper(k, n int, confidence float64) float64 {
	wantEvents("ClopperPearson", k, n)
	wantOpen("ClopperPearson", "a confidence", confidence)
	if k == n {
		return 1
	}
	return mathext.InvRegIncBeta(float64(k+1), float64(n-k), confidence)
}
