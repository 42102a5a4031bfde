package rng

import "math"

// curve is the logarithm of the quantile of a gamma law with mean 1, as a function of
// the normal score z of u, that is, u = Φ(z). It is smooth in z for every shape: near a
// line for large shapes, near a parabola in the left tail of small ones. It is given by
// a cubic on each interval of z, with exact values and slopes at the ends (Hermite).
// The error is below 1e-7 for cv up to 2 and 1e-6 for cv up to 5, relative to the
// quantile. Each slope is near that of its chord, so the cubics rise, as the quantile
// does (Fritsch and Carlson, SIAM J. Numer. Anal. 17, 1980).
//
// All its arithmetic is that of elementary.go, so the table is the same on all
// processors, to the last bit, and needs no rounding to make it so.
type curve [curveIntervals][4]float64

const (
	curveEnd       = 8.25 // normal(2^-53) is -8.21
	curvePerUnit   = 16
	curveIntervals = 2 * curveEnd * curvePerUnit
)

// at returns the logarithm of the quantile at normal score z.
func (c *curve) at(z float64) float64 {
	t := float64(z*curvePerUnit) + curveEnd*curvePerUnit
	j := uint(t)
	t -= float64(j)
	a := &c[j]
	return float64(t*(float64(t*(float64(t*a[3])+a[2]))+a[1])) + a[0]
}

// nodeScore returns the normal score at the beginning of interval j.
func nodeScore(j int) float64 { return float64(float64(j)/curvePerUnit) - curveEnd }

// newGammaCurve returns the curve of a gamma law of a given shape.
func newGammaCurve(shape float64) *curve {
	const h = 1. / curvePerUnit
	var value, slope [curveIntervals + 1]float64
	g := gammaSolver{a: shape, logGamma: logGamma(shape), logA: log(shape)}
	if shape > seriesEnd {
		for j := range value {
			value[j], slope[j] = g.cornishFisher(nodeScore(j))
		}
	} else {
		// From the median outwards, the solution at a node and its slope give the first
		// guess at the next.
		const middle int = curveIntervals / 2
		value[middle], slope[middle] = g.solve(0, (log(0.5)+g.logGamma+g.logA)/shape)
		for j := middle - 1; j >= 0; j-- {
			value[j], slope[j] = g.solve(nodeScore(j), value[j+1]-float64(slope[j+1]*h))
		}
		for j := middle + 1; j <= curveIntervals; j++ {
			value[j], slope[j] = g.solve(nodeScore(j), value[j-1]+float64(slope[j-1]*h))
		}
	}
	c := new(curve)
	for j := range c {
		s0, s1, d := float64(slope[j]*h), float64(slope[j+1]*h), value[j+1]-value[j]
		c[j] = [4]float64{value[j] - g.logA, s0, float64(3*d) - float64(2*s0) - s1, s0 + s1 - float64(2*d)}
	}
	return c
}

// seriesEnd is the shape above which the quantile is taken from an asymptotic
// expansion: the sums below would take long, and the expansion is good to 1e-8.
const seriesEnd = 2500

// gammaSolver finds quantiles of the gamma law with shape a and mean a.
type gammaSolver struct {
	a, logGamma, logA float64 // shape, log Γ(a), log a
}

// solve returns the logarithm y of the quantile at normal score z, and dy/dz, from a
// first guess.
//
// Newton's method is applied to log P(a, e^y) = log Φ(z) for z ≤ 0, and to log Q(a,
// e^y) = log Φ(-z) for z > 0. Both are concave in y, so that after the first step the
// iterates come from one side and cannot pass the solution.
func (g gammaSolver) solve(z, y float64) (value, slope float64) {
	half := gammaSolver{a: 0.5, logGamma: logRootPi, logA: -ln2}
	target := half.upper(log(max(float64(z*z/2), 1e-300))) - ln2 // log Φ(-|z|), from the chi-square law of z²
	for range 100 {
		var step float64
		if z <= 0 {
			p := g.lower(y)
			step = float64((target - p) * exp(p-g.density(y)))
		} else {
			q := g.upper(y)
			step = float64((q - target) * exp(q-g.density(y)))
		}
		y += step
		if math.Abs(step) < 1e-8 { // the error goes as the square of the last step
			break
		}
	}
	return y, exp(-float64(z*z/2) - logRoot2Pi - g.density(y))
}

const (
	logRootPi  = 0.57236494292470008707 // log √π
	logRoot2Pi = 0.91893853320467274178 // log √(2π)
)

// density returns the logarithm of the density of y = log X.
func (g gammaSolver) density(y float64) float64 {
	return float64(g.a*y) - exp(y) - g.logGamma
}

// lower returns log P(a, e^y), the logarithm of the probability that X is below e^y.
//
// Source: series 6.5.29 of Abramowitz and Stegun (1964).
func (g gammaSolver) lower(y float64) float64 {
	x := exp(y)
	if x > g.a+1 {
		return log1p(-exp(g.upper(y)))
	}
	sum, term := 1., 1.
	for n := 1.; term > 1e-17*sum; n++ {
		term = float64(term * (x / (g.a + n)))
		sum += term
	}
	return g.density(y) - g.logA + log(sum)
}

// upper returns log Q(a, e^y), the logarithm of the probability that X is above e^y.
//
// Source: continued fraction 6.5.31 of Abramowitz and Stegun (1964), in the contracted
// form, evaluated as in Lentz, Applied Optics 15 (1976).
func (g gammaSolver) upper(y float64) float64 {
	x := exp(y)
	if x <= g.a+1 {
		return log1p(-exp(g.lower(y)))
	}
	b := x + 1 - g.a
	c, d := 1e300, 1/b
	f := d
	for n := 1.; n < 1e5; n++ {
		an := -float64(n * (n - g.a))
		b += 2
		d = 1 / madd(an, d, b)
		c = b + an/c
		f *= c * d
		if math.Abs(float64(c*d)-1) < 3e-16 { // an ulp or so
			break
		}
	}
	return g.density(y) + log(f)
}

// cornishFisher returns the logarithm of the quantile at normal score z for a large
// shape, and its slope.
//
// Source: Cornish–Fisher expansion of the chi-square law with ν = 2a, in Goldberg and
// Levine, Ann. Math. Stat. 17 (1946).
func (g gammaSolver) cornishFisher(z float64) (value, slope float64) {
	n := 2 * g.a
	r := math.Sqrt(2 * n)
	z2 := float64(z * z)
	x := n + float64(r*z) +
		(z2-1)*2/3 +
		z*(z2-7)/(9*r) -
		madd(z2, madd(z2, 6, 14), -32)/(405*n) +
		z*madd(z2, madd(z2, 9, 256), -433)/(4860*n*r)
	dx := r +
		z*4/3 +
		madd(z2, 3, -7)/(9*r) -
		z*madd(z2, 24, 28)/(405*n) +
		madd(z2, madd(z2, 45, 768), -433)/(4860*n*r)
	return log(x / 2), dx / x
}

// logGamma returns the logarithm of the gamma function of x > 0.
//
// Source: Stirling's series, 6.1.41 of Abramowitz and Stegun (1964), after moving x
// above 16 by Γ(x+1) = x Γ(x).
func logGamma(x float64) float64 {
	p := 1.
	for ; x < 16; x++ {
		p *= x
	}
	r := 1 / x
	r2 := float64(r * r)
	s := madd(r2, madd(r2, madd(r2, madd(r2, 1./1188, -1./1680), 1./1260), -1./360), 1./12)
	return float64((x-0.5)*log(x)) - x + logRoot2Pi + float64(r*s) - log(p)
}
