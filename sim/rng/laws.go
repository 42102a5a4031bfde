package rng

import "math"

// The constructors of laws. Each panics if its Check, in check.go, has a complaint: the
// parameters of a user go through Check first. A law that cannot vary, such as a gamma
// with cv 0, is made a constant.

// Constant returns the law of a number that is always x.
func Constant(x float64) Law {
	must("constant", CheckConstant(x))
	return Law{kind: constant, scale: x, mean: x, args: [3]float64{x}}
}

// Uniform returns the law that spreads evenly from lo to hi.
func Uniform(lo, hi float64) Law {
	must("uniform", CheckUniform(lo, hi))
	if lo == hi {
		return Constant(lo)
	}
	w := hi - lo
	return Law{kind: uniform, scale: w, shift: lo,
		mean: lo + float64(w/2), variance: w * w / 12, args: [3]float64{lo, hi}}
}

// Triangular returns the law whose density rises in a line from lo to mode and falls in
// a line to hi.
func Triangular(lo, mode, hi float64) Law {
	must("triangular", CheckTriangular(lo, mode, hi))
	if lo == hi {
		return Constant(lo)
	}
	w := hi - lo
	m := (mode - lo) / w
	return Law{kind: triangular, scale: w, shape: m, shift: lo,
		mean:     madd(w, (1+m)/3, lo),
		variance: w * w * (1 - float64(m*(1-m))) / 18,
		args:     [3]float64{lo, mode, hi}}
}

// unitTriangular returns the quantile of u of the triangular law from 0 to 1 with the
// given mode.
func unitTriangular(u, mode float64) float64 {
	if u < mode {
		return math.Sqrt(u * mode)
	}
	return 1 - math.Sqrt((1-u)*(1-mode))
}

// Exponential returns the law of the time to something that is as likely at any moment.
func Exponential(mean float64) Law {
	must("exponential", CheckExponential(mean))
	return Law{kind: exponential, scale: mean,
		mean: mean, variance: mean * mean, args: [3]float64{mean}}
}

// Gamma returns the gamma law of a mean and a coefficient of variation, whose shape is
// 1/cv². It makes a table, which takes about 0.1 ms; [Law.Scale] shares it.
func Gamma(mean, cv float64) Law {
	must("gamma", CheckGamma(mean, cv))
	switch cv {
	case 0:
		return Constant(mean)
	case 1:
		return Exponential(mean)
	}
	return gammaLaw(gamma, mean, 1/(cv*cv), [3]float64{mean, cv})
}

// Erlang returns the law of the sum of k exponential numbers, when the mean of the sum
// is mean. It is a gamma law with cv 1/√k.
func Erlang(k int, mean float64) Law {
	must("erlang", CheckErlang(k, mean))
	if k == 1 {
		return Exponential(mean)
	}
	return gammaLaw(erlang, mean, float64(k), [3]float64{float64(k), mean})
}

func gammaLaw(k kind, mean, shape float64, args [3]float64) Law {
	return Law{kind: k, scale: mean, curve: newGammaCurve(shape),
		mean: mean, variance: mean * mean / shape, args: args}
}

// Weibull returns the law whose failure rate goes as the power shape-1 of age: it falls
// with age if shape is below 1 and rises if above.
func Weibull(mean, shape float64) Law {
	must("weibull", CheckWeibull(mean, shape))
	if shape == 1 {
		return Exponential(mean)
	}
	g1, g2 := logGamma(1+1/shape), logGamma(1+2/shape)
	return Law{kind: weibull, scale: mean * exp(-g1), shape: 1 / shape,
		mean: mean, variance: mean * mean * expm1(g2-float64(2*g1)), args: [3]float64{mean, shape}}
}

// LogNormal returns the law of a number whose logarithm is normal, with the mean and
// coefficient of variation of the number itself.
func LogNormal(mean, cv float64) Law {
	must("lognormal", CheckLogNormal(mean, cv))
	if cv == 0 {
		return Constant(mean)
	}
	s2 := log1p(float64(cv * cv))
	return Law{kind: lognormal, scale: mean * exp(-s2/2), shape: math.Sqrt(s2),
		mean: mean, variance: mean * mean * cv * cv, args: [3]float64{mean, cv}}
}

// LogNormalQuantile returns the lognormal law with the given median that is below xp
// with probability p. So LogNormalQuantile(5, 0.95, 45) is 5 as a rule, and above 45
// once in twenty times.
func LogNormalQuantile(median, p, xp float64) Law {
	must("lognormal", CheckLogNormalQuantile(median, p, xp))
	s := log(xp/median) / normal(bitsOf(p), p)
	mean := median * exp(float64(s*s)/2)
	return Law{kind: lognormalQuantile, scale: median, shape: s,
		mean: mean, variance: mean * mean * expm1(float64(s*s)), args: [3]float64{median, p, xp}}
}

// HyperExponential returns a law more variable than the exponential: a mixture of two
// exponential laws with the given mean and squared coefficient of variation in all. Of
// the mean, each of the two contributes half ("balanced means").
//
// Source: Whitt, "Approximating a point process by a renewal process, I", Operations
// Research 30 (1982), section 3.
func HyperExponential(mean, scv float64) Law {
	must("hyperexponential", CheckHyperExponential(mean, scv))
	if scv == 1 {
		return Exponential(mean)
	}
	return Law{kind: hyperexponential, scale: mean, shape: (1 + math.Sqrt((scv-1)/(scv+1))) / 2,
		mean: mean, variance: scv * mean * mean, args: [3]float64{mean, scv}}
}

// unitHyperExponential returns the quantile of u of the mixture with mean 1 of
// exponential laws with probability p and rate 2p, and probability 1-p and rate 2(1-p);
// p > 1/2.
//
// It solves log S(x) = log(1-u) by Newton's method, S being the probability to exceed
// x. The failure rate of a mixture falls with age, so log S is convex, and steps from
// the left never pass the solution. The start is the greater of two solutions that are
// too low: of a law that keeps its first failure rate for ever, and of a law with the
// slow phase alone.
func unitHyperExponential(u, p float64) float64 {
	l := log(1 - u)
	q := 1 - p
	slow, more := 2*q, 2*(p-q) // the slow rate, and what the fast one has more
	x := max(-l/(slow+float64(more*p)), (log(q)-l)/slow)
	for range 50 { // 5 suffice, as a rule
		e := float64(p * exp(-float64(more*x)))
		step := (log(q+e) - float64(slow*x) - l) / (slow + float64(more*e)/(q+e))
		x += max(step, 0)
		if step <= float64(1e-8*x) { // the error goes as the square of the last step
			break
		}
	}
	return x
}

// Poisson returns the law of the number of things that happen, each independently of
// the others, when mean are expected.
func Poisson(mean float64) Law {
	must("poisson", CheckPoisson(mean))
	if mean == 0 {
		return Constant(0)
	}
	return Law{kind: poisson, scale: 1, steps: newPoissonSteps(mean),
		mean: mean, variance: mean, args: [3]float64{mean}}
}

// NegativeBinomial returns the law of a count that varies more than a Poisson count:
// dispersion is variance / mean. It is a Poisson count whose mean varies by a gamma
// law.
func NegativeBinomial(mean, dispersion float64) Law {
	must("negative binomial", CheckNegativeBinomial(mean, dispersion))
	switch {
	case mean == 0:
		return Constant(0)
	case dispersion == 1:
		return Poisson(mean)
	}
	return Law{kind: negativeBinomial, scale: 1, steps: newNegativeBinomialSteps(mean, dispersion),
		mean: mean, variance: mean * dispersion, args: [3]float64{mean, dispersion}}
}

// Empirical returns the law that gives values[i] with a probability in proportion to
// weights[i], or each equally if weights is nil. It keeps no reference to the slices.
func Empirical(values, weights []float64) Law {
	must("empirical", CheckEmpirical(values, weights))
	s, mean, variance := newEmpiricalSteps(values, weights)
	if len(s.values) == 1 {
		return Constant(s.values[0])
	}
	return Law{kind: empirical, scale: 1, steps: s, mean: mean, variance: variance}
}
