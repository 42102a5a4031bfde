package stats

import (
	"fmt"
	"math"
)

// DKW returns the half-width of the band, about the fractions of n independent
// values that are at most x, for all x at once, in which their distribution
// function lies with at least the given confidence, in (0,1), whatever it is:
// sqrt(ln(2/(1-confidence))/(2n)), and 1 if that is more or n is 0. It is a
// probability. It panics unless n >= 0 and 0 < confidence < 1.
//
// Source: Dvoretzky, Kiefer & Wolfowitz, Annals of Mathematical Statistics 27
// (1956) 642, with the constant of Massart, The Annals of Probability 18 (1990)
// 1269.
func DKW(n int, confidence float64) float64 {
	if n < 0 {
		panic(fmt.Sprintf("stats: DKW: want n >= 0, not %d", n))
	}
	wantOpen("DKW", "a confidence", confidence)
	if n == 0 {
		return 1
	}
	return min(1, math.Sqrt((math.Ln2-math.Log1p(-confidence))/(2*float64(n))))
}
