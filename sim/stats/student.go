package stats

import (
	"errors"
	"fmt"
	"math"

	"gonum.org/v1/gonum/mathext"
)

// NormalQuantile returns the number below which a standard normal variable lies
// with probability p: -Inf at 0, +Inf at 1. Its relative error is below 1e-15.
// It panics if p is not in [0,1].
//
// Source: Moshier, Cephes, function ndtri, as translated in gonum.
func NormalQuantile(p float64) float64 {
	if !(p >= 0 && p <= 1) {
		panic(fmt.Sprintf("stats: NormalQuantile: want p in [0,1], not %v", p))
	}
	return mathext.NormalQuantile(p)
}

// manyDegrees is the number of degrees of freedom from which Student's quantile
// is expanded about the normal one, because the incomplete beta function is
// slow and loses digits there. The first term left out is below 1e-11 of the
// quantile for p from 1e-7 to 1-1e-7.
const manyDegrees = 1000

// TQuantile returns the number below which a variable with Student's
// distribution of df degrees of freedom, not necessarily whole, lies with
// probability p: -Inf at 0, +Inf at 1. Its relative error is below 1e-9. It
// panics if p is not in [0,1] or df is not positive.
//
// Source: Abramowitz & Stegun (1964) 26.5.27 and, for many degrees, 26.7.5.
func TQuantile(p, df float64) float64 {
	if !(p >= 0 && p <= 1) || !(df > 0) {
		panic(fmt.Sprintf("stats: TQuantile: want p in [0,1] and df > 0, not p = %v, df = %v", p, df))
	}
	if p == 0 || p == 0.5 || p == 1 {
		return mathext.NormalQuantile(p)
	}
	tail, sign := p, -1.0
	if p > 0.5 {
		tail, sign = 1-p, 1
	}
	if df >= manyDegrees {
		z := mathext.NormalQuantile(tail)
		z2 := z * z
		g1 := (z2 + 1) / 4
		g2 := ((5*z2+16)*z2 + 3) / 96
		g3 := (((3*z2+19)*z2+17)*z2 - 15) / 384
		g4 := ((((79*z2+776)*z2+1482)*z2-1920)*z2 - 945) / 92160
		return -sign * z * (1 + (g1+(g2+(g3+g4/df)/df)/df)/df)
	}
	x := mathext.InvRegIncBeta(df/2, 0.5, 2*tail)
	return sign * math.Sqrt(df*(1-x)/x)
}

// MeanT returns Student's interval for the mean of which the tally holds
// independent values, at a confidence in (0,1), in their unit. It is exact if
// they are normal and good if they are many and not too skewed, which
// MeanWarnings tells; both ends are infinite if there are fewer than two. It
// panics unless 0 < confidence < 1.
//
// Source: Student, Biometrika 6 (1908) 1.
func MeanT(t Tally, confidence float64) Interval {
	wantOpen("MeanT", "a confidence", confidence)
	if t.Count < 2 {
		return everywhere()
	}
	half := TQuantile((1+confidence)/2, float64(t.Count-1)) * t.StdErr()
	return Interval{t.Mean - half, t.Mean + half}
}

// MeanWarnings returns what the reader of an interval for the mean should know
// that the interval, of MeanT or MeanSequence, does not show: that the values
// are few, that they are all equal, or that one of them outweighs the others.
func MeanWarnings(t Tally) []error {
	w := tooFew(t.Count)
	if t.Count < 2 {
		return w
	}
	if t.SumSq == 0 {
		return append(w, errors.New("all observations are equal: how much they vary is not known"))
	}
	// Among 30 normal values, one makes half of the sum of squares in one
	// sample of 300; fewer than nine, one often does.
	below, above := t.Mean-t.Min, t.Max-t.Mean
	if t.Count >= 9 && max(below, above)*max(below, above) > t.SumSq/2 {
		outlier := t.Max
		if below > above {
			outlier = t.Min
		}
		w = append(w, fmt.Errorf("one observation, %.4g, makes more than half of the variance: want more observations, or a bootstrap interval", outlier))
	}
	return w
}
