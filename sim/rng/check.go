package rng

import (
	"errors"
	"fmt"
	"math"
)

// The Checks are the door for parameters that a user wrote: each returns what is wrong
// with the parameters of the constructor of its name, in words such as "want a mean
// above 0, not -3", or nil.

// Bounds of parameters: far outside any use, but they keep squares and powers finite.
const (
	least         = 1e-100
	most          = 1e100
	mostCV        = 10  // of a gamma law: the shape is then 0.01, and half its numbers below 1e-30 of the mean
	mostErlang    = 1e9 // stages
	mostCount     = 1e6 // mean of a count; the table of a Poisson then has 19,000 numbers
	mostSpread    = 1e3 // variance / mean of a count; with mostCount, a table of 600,000 numbers
	leastWeibull  = 0.1 // the cv is then 430
	mostWeibull   = 1e3 // the cv is then 0.001
	mostSCV       = 1e6 // of a hyperexponential law
	mostSigma     = 10  // of the logarithm of a lognormal number
	mostEmpirical = 1e8 // values
)

// CheckConstant returns what is wrong with the parameter of [Constant], or nil.
func CheckConstant(x float64) error { return size("number", x) }

// CheckUniform returns what is wrong with the parameters of [Uniform], or nil.
func CheckUniform(lo, hi float64) error {
	return firstError(size("lowest", lo), size("highest", hi), atLeastOther("highest", hi, "lowest", lo))
}

// CheckTriangular returns what is wrong with the parameters of [Triangular], or nil.
func CheckTriangular(lo, mode, hi float64) error {
	return firstError(size("lowest", lo), size("mode", mode), size("highest", hi),
		atLeastOther("mode", mode, "lowest", lo), atLeastOther("highest", hi, "mode", mode))
}

// CheckExponential returns what is wrong with the parameter of [Exponential], or nil.
func CheckExponential(mean float64) error { return positive("mean", mean) }

// CheckGamma returns what is wrong with the parameters of [Gamma], or nil.
func CheckGamma(mean, cv float64) error {
	return firstError(positive("mean", mean), atLeast("cv", cv, 0), atMost("cv", cv, mostCV))
}

// CheckErlang returns what is wrong with the parameters of [Erlang], or nil.
func CheckErlang(k int, mean float64) error {
	return firstError(atLeast("number of stages", float64(k), 1),
		atMost("number of stages", float64(k), mostErlang), positive("mean", mean))
}

// CheckWeibull returns what is wrong with the parameters of [Weibull], or nil.
func CheckWeibull(mean, shape float64) error {
	return firstError(positive("mean", mean),
		atLeast("shape", shape, leastWeibull), atMost("shape", shape, mostWeibull))
}

// CheckLogNormal returns what is wrong with the parameters of [LogNormal], or nil.
func CheckLogNormal(mean, cv float64) error {
	return firstError(positive("mean", mean), atLeast("cv", cv, 0), size("cv", cv))
}

// CheckLogNormalQuantile returns what is wrong with the parameters of
// [LogNormalQuantile], or nil.
func CheckLogNormalQuantile(median, p, xp float64) error {
	if err := firstError(positive("median", median), positive("quantile", xp)); err != nil {
		return err
	}
	switch {
	case !(p > 0 && p < 1) || p == 0.5:
		return fmt.Errorf("want a probability between 0 and 1, and not 0.5, not %v", p)
	case p > 0.5 && xp <= median:
		return fmt.Errorf("want a quantile above the median of %v, not %v", median, xp)
	case p < 0.5 && xp >= median:
		return fmt.Errorf("want a quantile below the median of %v, not %v", median, xp)
	}
	if s := log(xp/median) / normal(bitsOf(p), p); s > mostSigma {
		return fmt.Errorf("want a quantile nearer to the median of %v, not %v with probability %v", median, xp, p)
	}
	return nil
}

// CheckHyperExponential returns what is wrong with the parameters of
// [HyperExponential], or nil.
func CheckHyperExponential(mean, scv float64) error {
	return firstError(positive("mean", mean), atLeast("squared cv", scv, 1), atMost("squared cv", scv, mostSCV))
}

// CheckPoisson returns what is wrong with the parameter of [Poisson], or nil.
func CheckPoisson(mean float64) error {
	return firstError(atLeast("mean", mean, 0), atMost("mean", mean, mostCount))
}

// CheckNegativeBinomial returns what is wrong with the parameters of
// [NegativeBinomial], or nil.
func CheckNegativeBinomial(mean, dispersion float64) error {
	return firstError(CheckPoisson(mean),
		atLeast("dispersion", dispersion, 1), atMost("dispersion", dispersion, mostSpread))
}

// CheckEmpirical returns what is wrong with the parameters of [Empirical], or nil.
func CheckEmpirical(values, weights []float64) error {
	switch {
	case len(values) == 0:
		return errors.New("want one value or more, not none")
	case len(values) > mostEmpirical:
		return fmt.Errorf("want at most %d values, not %d", int(mostEmpirical), len(values))
	case weights != nil && len(weights) != len(values):
		return fmt.Errorf("want as many weights as values, which is %d, not %d", len(values), len(weights))
	}
	total := 0.
	for i, v := range values {
		if err := size("value", v); err != nil {
			return err
		}
		if weights != nil {
			if err := firstError(atLeast("weight", weights[i], 0), size("weight", weights[i])); err != nil {
				return err
			}
			total += weights[i]
		}
	}
	if weights != nil {
		return positive("sum of the weights", total)
	}
	return nil
}

// CheckCompound returns what is wrong with the parameters of [Compound], or nil.
func CheckCompound(count, _ Law) error {
	if !count.whole() {
		return fmt.Errorf("want a count of whole numbers from 0 up, not %v", count)
	}
	return atMost("mean count", count.mean, mostCount)
}

// must panics if err is not nil. It is for our mistakes.
func must(law string, err error) {
	if err != nil {
		panic("rng: " + law + ": " + err.Error())
	}
}

func firstError(errs ...error) error {
	for _, err := range errs {
		if err != nil {
			return err
		}
	}
	return nil
}

// The conditions below are written so that a NaN fails them.

func positive(what string, x float64) error {
	if !(x >= least) {
		return fmt.Errorf("want a %s above 0, not %v", what, x)
	}
	return size(what, x)
}

func size(what string, x float64) error {
	if !(math.Abs(x) <= most) {
		return fmt.Errorf("want a finite %s, not %v", what, x)
	}
	return nil
}

func atLeast(what string, x, lo float64) error {
	if !(x >= lo) {
		return fmt.Errorf("want a %s of %v or more, not %v", what, lo, x)
	}
	return nil
}

func atMost(what string, x, hi float64) error {
	if !(x <= hi) {
		return fmt.Errorf("want a %s of %v or less, not %v", what, hi, x)
	}
	return nil
}

func atLeastOther(what string, x float64, other string, y float64) error {
	if !(x >= y) {
		return fmt.Errorf("want a %s of at least the %s, which is %v, not %v", what, other, y, x)
	}
	return nil
}
