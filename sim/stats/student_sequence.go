package stats

import "math"

// studentSpread is the variance of the true mean over that of the values, as
// who bets against a mean of zero expects it. The bet is best at means of about
// a third of a standard deviation, which take some hundred values to see.
const studentSpread = 0.1

// StudentEvidence returns the evidence in the tally against a mean of zero: the
// natural logarithm of a bet that starts at 0 and is fair if the values are
// independent and normal of mean zero, whatever their variance. With
// probability 1-alpha it never reaches -ln(alpha), however often one looks. It
// is 0 for fewer than two values, or if all are zero; +Inf if they are equal
// and not zero.
//
// Source: the Bayes factor of Student's t with a normal law of the mean over
// the standard deviation, Rouder et al., Psychonomic Bulletin & Review 16
// (2009) 225, of which Lai, The Annals of Statistics 4 (1976) 265, and
// Hendriksen, de Heide & Grünwald, Bayesian Analysis 16 (2021) 961, show that
// one may watch it.
func StudentEvidence(t Tally) float64 {
	if t.Count < 2 || t.SumSq == 0 && t.Mean == 0 {
		return 0
	}
	if t.SumSq == 0 {
		return math.Inf(1)
	}
	n := float64(t.Count)
	grown := 1 + n*studentSpread
	s := n * t.Mean * t.Mean / t.SumSq // the square of Student's t over its degrees of freedom
	return n/2*(math.Log1p(s)-math.Log1p(s/grown)) - math.Log(grown)/2
}

// StudentSequence returns the interval, after the values in the tally, of a
// confidence sequence for their mean, in their unit: the means against which
// StudentEvidence is below -ln(alpha). With at least the probability 1-alpha,
// in (0,1), no interval of the sequence misses, if the values are normal,
// however few they are; MeanSequence does with any distribution, but for many
// values. Its ends are infinite for the first few values, and while all are
// equal. It panics unless 0 < alpha < 1.
//
// Source: as StudentEvidence.
func StudentSequence(t Tally, alpha float64) Interval {
	wantOpen("StudentSequence", "alpha", alpha)
	if t.Count < 2 || t.SumSq == 0 {
		return everywhere()
	}
	n := float64(t.Count)
	grown := 1 + n*studentSpread
	rich := math.Exp(2 / n * (math.Log(grown)/2 - math.Log(alpha)))
	if rich >= grown {
		return everywhere()
	}
	half := math.Sqrt((rich - 1) / (1 - rich/grown) * t.SumSq / n)
	return Interval{t.Mean - half, t.Mean + half}
}
