package stats

import (
	"fmt"
	"math"
	"slices"
)

// Net benefits, of which more is better, are in money or in whatever else is to
// be gained, and values of information in the same unit. A table nb has a row
// for each parameter vector that might be true, drawn independently from what
// is believed, and in it the net benefit of each design.

// UnitNormalLoss returns the expectation of max(0, Z-z) for a standard normal
// variable Z: phi(z) - z(1-Phi(z)).
//
// Source: Raiffa & Schlaifer, Applied Statistical Decision Theory (1961).
func UnitNormalLoss(z float64) float64 {
	if z > 10 { // where the difference would have no digits left; below 1e-24
		z2 := z * z
		return math.Exp(-z2/2) / (math.Sqrt(2*math.Pi) * z2) * (1 - 3/z2)
	}
	return math.Exp(-z*z/2)/math.Sqrt(2*math.Pi) - z*math.Erfc(z/math.Sqrt2)/2
}

// EVPINormal returns the expected value of perfect information for a choice
// between two designs, one of which is better than the other by an amount that
// is believed to be normal with the given mean and standard deviation, all in
// the same unit: sd·UnitNormalLoss(|mean|/sd). It panics if sd is negative.
//
// Source: as UnitNormalLoss; Wilson, PharmacoEconomics 33 (2015) 105.
func EVPINormal(mean, sd float64) float64 {
	if !(sd >= 0) {
		panic(fmt.Sprintf("stats: EVPINormal: want a standard deviation of 0 or more, not %v", sd))
	}
	if sd == 0 {
		return 0
	}
	return sd * UnitNormalLoss(math.Abs(mean)/sd)
}

// EVPPINormal returns the expected value of knowing, in the situation of
// EVPINormal, a parameter that makes the given share, in [0,1], of the variance.
// It panics if sd is negative or the share is not in [0,1].
//
// Source: as EVPINormal, with the standard deviation of what is expected once
// the parameter is known.
func EVPPINormal(mean, sd, share float64) float64 {
	if !(share >= 0 && share <= 1) {
		panic(fmt.Sprintf("stats: EVPPINormal: want a share in [0,1], not %v", share))
	}
	return EVPINormal(mean, sd*math.Sqrt(share))
}

// EVSINormal returns the expected value, in the situation of EVPINormal, of
// observing the amount n times with normal errors of standard deviation obsSD,
// in the same unit. It panics if sd is negative, obsSD is not positive or n is
// negative.
//
// Source: as EVPINormal: what is expected after the observations has the
// variance sd^4/(sd^2 + obsSD^2/n).
func EVSINormal(mean, sd, obsSD float64, n int) float64 {
	if !(sd >= 0) || !(obsSD > 0) || n < 0 {
		panic(fmt.Sprintf("stats: EVSINormal: want sd >= 0, obsSD > 0 and n >= 0, not %v, %v and %d", sd, obsSD, n))
	}
	if n == 0 || sd == 0 {
		return 0
	}
	return EVPINormal(mean, sd*sd/math.Hypot(sd, obsSD/math.Sqrt(float64(n))))
}

// VOI is an estimate of a value of information, in the unit of the net benefit.
type VOI struct {
	Estimate float64  // errs towards too low, if at all; not negative
	Naive    float64  // errs towards too high: what noise makes look better is believed
	Interval Interval // from the lower end for Estimate to the upper end for Naive
	Switched int      // rows in which another design is chosen than without information
	Warnings []error  // what the reader of the interval must be told
}

// fewestSwitched is the number of rows with another choice below which Student's
// interval, of mostly zeros, cannot be trusted.
const fewestSwitched = 20

// EVPI returns the expected value of perfect information, of choosing the best
// design for each parameter vector instead of one for all, if the net benefits
// nb are free of the noise of replications:
//
//	mean max_d nb - max_d mean nb.
//
// Estimate and Naive are the same. The interval is Student's, at a confidence in
// (0,1), of what is gained in each row against the design that is best on
// average; where two designs are about as good on average, it is rough and lies
// low by less than a standard error. It panics unless there are two rows and a design at least, all rows
// are equally long and all values finite, and 0 < confidence < 1.
//
// Source: Raiffa & Schlaifer (1961).
func EVPI(nb [][]float64, confidence float64) VOI {
	wantBenefits("EVPI", nb)
	wantOpen("EVPI", "a confidence", confidence)
	return perfect(nb, nb, confidence)
}

// EVPISplit returns the expected value of perfect information if the net
// benefits are means over replications, and noisy: half1 and half2 are those of
// two halves of them, with the same parameter vectors and designs. For each
// vector the design is chosen by one half and its benefit taken from the other,
// and the other way round: Estimate, which is never too high on average, but for
// the choice of the one design for all. Naive chooses by both and takes what it
// chose by. It panics as EVPI does, or if the halves have different sizes.
//
// The truth is between the two, and the interval holds both. Where they are far
// apart, more replications say more than more vectors.
//
// Source: why choosing by noise errs upwards, Oakley, Brennan, Tappenden &
// Chilcott, Journal of Health Economics 29 (2010) 468.
func EVPISplit(half1, half2 [][]float64, confidence float64) VOI {
	wantBenefits("EVPISplit", half1)
	wantBenefits("EVPISplit", half2)
	wantOpen("EVPISplit", "a confidence", confidence)
	if len(half1) != len(half2) || len(half1[0]) != len(half2[0]) {
		panic(fmt.Sprintf("stats: EVPISplit: want halves of one size, not %d rows of %d and %d of %d",
			len(half1), len(half1[0]), len(half2), len(half2[0])))
	}
	return perfect(half1, half2, confidence)
}

// perfect returns the value of perfect information from two halves.
func perfect(half1, half2 [][]float64, confidence float64) VOI {
	designs := len(half1[0])
	both := make([]float64, len(half1)*designs)
	mean := make([]float64, designs)
	for j := range half1 {
		row := both[j*designs:][:designs]
		for d := range row {
			row[d] = (half1[j][d] + half2[j][d]) / 2
			mean[d] += row[d]
		}
	}
	single := best(mean)
	var gain, naive Tally
	switched := 0
	for j := range half1 {
		row := both[j*designs:][:designs]
		first, second := best(half1[j]), best(half2[j])
		gain.Add((half2[j][first]+half1[j][second])/2 - row[single])
		naive.Add(row[best(row)] - row[single])
		if first != single || second != single {
			switched++
		}
	}
	return newVOI(gain, naive, switched, confidence)
}

// newVOI returns the value of information of what is gained in each row,
// honestly and naively, and in how many of them the choice is another.
func newVOI(gain, naive Tally, switched int, confidence float64) VOI {
	low, high := MeanT(gain, confidence), MeanT(naive, confidence)
	v := VOI{
		Estimate: max(0, gain.Mean),
		Naive:    max(0, naive.Mean),
		Interval: Interval{max(0, low.Lo), max(0, low.Hi, high.Hi)},
		Switched: switched,
		Warnings: tooFew(gain.Count),
	}
	if switched < fewestSwitched {
		v.Warnings = append(v.Warnings, fmt.Errorf("the choice is another in %d of %d rows: want at least %d for the confidence stated", switched, gain.Count, fewestSwitched))
	}
	return v
}

// best returns the first of the largest values.
func best(x []float64) int {
	b := 0
	for d := range x {
		if x[d] > x[b] {
			b = d
		}
	}
	return b
}

// EVPPI returns the expected value of knowing one parameter before choosing: x
// is its value in each row of nb. What the net benefit of a design is expected
// to be once x is known is a smooth curve through the table, whose noise, that
// of the other parameters and of replications, does no harm. Naive is
//
//	mean max_d g_d(x) - max_d mean g_d(x)
//
// of the curves g. Estimate chooses in each row by curves that were fitted
// without it, and takes the row's own benefits: it is 0, but for chance, if the
// parameter tells nothing. The interval, at a confidence in (0,1), is Student's
// of what is gained in each row.
//
// The curves are natural cubic splines of 3 to 12 knots at quantiles of x, more
// if there are more rows: 64 rows give a rough answer, 1000 a good one. A
// benefit that jumps with x is smoothed, and the value of knowing it comes out
// too low. It panics as EVPI does, or unless x is as long as nb and finite.
//
// Source: Strong, Oakley & Brennan, Medical Decision Making 34 (2014) 311; the
// splines, Hastie, Tibshirani & Friedman, The Elements of Statistical Learning
// (2009) 5.2.1.
func EVPPI(x []float64, nb [][]float64, confidence float64) VOI {
	wantBenefits("EVPPI", nb)
	wantOpen("EVPPI", "a confidence", confidence)
	if len(x) != len(nb) {
		panic(fmt.Sprintf("stats: EVPPI: want %d values of the parameter, not %d", len(nb), len(x)))
	}
	designs := len(nb[0])
	basis := splineBasis(x)
	fit := make([]float64, len(nb)*designs)
	mean := make([]float64, designs)
	for d := range designs {
		for _, q := range basis {
			dot := 0.0
			for j, row := range nb {
				dot += float64(q[j] * row[d])
			}
			for j := range nb {
				fit[j*designs+d] += float64(dot * q[j])
			}
		}
		for _, row := range nb {
			mean[d] += row[d]
		}
	}
	single := best(mean)
	var gain, naive Tally
	switched := 0
	without := make([]float64, designs)
	for j, row := range nb {
		g := fit[j*designs:][:designs]
		naive.Add(g[best(g)] - g[single])
		// A row's weight in its own fit; what a fit without it would be.
		own := 0.0
		for _, q := range basis {
			own += float64(q[j] * q[j])
		}
		own = min(own, 1-1e-9)
		for d := range without {
			without[d] = (g[d] - float64(own*row[d])) / (1 - own)
		}
		chosen := best(without)
		gain.Add(row[chosen] - row[single])
		if chosen != single {
			switched++
		}
	}
	return newVOI(gain, naive, switched, confidence)
}

// splineBasis returns orthonormal columns, at the values x, that span the
// natural cubic splines with knots at quantiles of x.
func splineBasis(x []float64) [][]float64 {
	sorted := slices.Sorted(slices.Values(x))
	n := len(sorted)
	lo, hi := sorted[0], sorted[n-1]
	if lo-lo != 0 || hi-hi != 0 {
		panic("stats: EVPPI: want finite values of the parameter")
	}
	one := make([]float64, n)
	for j := range one {
		one[j] = 1
	}
	columns := [][]float64{one}
	if lo < hi {
		u := make([]float64, n) // x on [0,1]
		for j := range u {
			u[j] = (x[j] - lo) / (hi - lo)
		}
		columns = append(columns, u)
		var knots []float64
		most := min(12, max(3, 2+int(math.Sqrt(math.Sqrt(float64(n))))))
		for k := range most {
			at := (sorted[k*(n-1)/(most-1)] - lo) / (hi - lo)
			if len(knots) == 0 || at > knots[len(knots)-1] {
				knots = append(knots, at)
			}
		}
		// Source: Hastie, Tibshirani & Friedman (2009) equations 5.4 and 5.5.
		top := knots[len(knots)-1]
		cube := func(z float64) float64 { z = max(0, z); return float64(z * z * z) }
		piece := func(z, knot float64) float64 { return (cube(z-knot) - cube(z-top)) / (top - knot) }
		for k := range len(knots) - 2 {
			c := make([]float64, n)
			for j := range c {
				c[j] = piece(u[j], knots[k]) - piece(u[j], knots[len(knots)-2])
			}
			columns = append(columns, c)
		}
	}
	// Gram and Schmidt's, twice, which is enough; a column that depends on
	// those before it is left out.
	basis := columns[:0]
	for _, c := range columns {
		before := norm(c)
		for range 2 {
			for _, q := range basis {
				dot := 0.0
				for j := range c {
					dot += float64(q[j] * c[j])
				}
				for j := range c {
					c[j] -= float64(dot * q[j])
				}
			}
		}
		if size := norm(c); size > 1e-9*before {
			for j := range c {
				c[j] /= size
			}
			basis = append(basis, c)
		}
	}
	return basis
}

// norm returns the length of a vector.
func norm(x []float64) float64 {
	sum := 0.0
	for _, v := range x {
		sum += float64(v * v)
	}
	return math.Sqrt(sum)
}

// wantBenefits panics unless nb has two rows, one design at least, and rows of
// one length.
func wantBenefits(function string, nb [][]float64) {
	if len(nb) < 2 || len(nb[0]) < 1 {
		panic(fmt.Sprintf("stats: %s: want two rows and a design at least", function))
	}
	for _, row := range nb {
		if len(row) != len(nb[0]) {
			panic(fmt.Sprintf("stats: %s: want rows of %d, not %d", function, len(nb[0]), len(row)))
		}
		for _, v := range row {
			if v-v != 0 {
				panic(fmt.Sprintf("stats: %s: want finite net benefits, not %v", function, v))
			}
		}
	}
}
