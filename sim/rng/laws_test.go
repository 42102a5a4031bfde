package rng

import (
	"fmt"
	"math"
	"slices"
	"testing"

	"gonum.org/v1/gonum/mathext"
	"gonum.org/v1/gonum/stat/distuv"
)

// manyLaws returns laws of every kind, in seconds as a rule.
func manyLaws() []Law {
	laws := []Law{Constant(1500)}
	for _, tt := range theories(1) {
		laws = append(laws, tt.law)
	}
	return append(laws, Compound(Poisson(3), LogNormal(1500, 0.3)))
}

// theory is a law, and what is known of it without this package.
type theory struct {
	law            Law
	mean, variance float64
	cdf            func(x float64) float64 // probability not to exceed x
}

// theories returns laws, with the theory of laws whose mean is bend times theirs.
func theories(bend float64) []theory {
	gammaCDF := func(mean, cv float64) func(float64) float64 {
		return func(x float64) float64 {
			if x <= 0 {
				return 0
			}
			return mathext.GammaIncReg(1/(cv*cv), x/(mean*cv*cv))
		}
	}
	m := 1500 * bend
	sigma := math.Log(8) / distuv.UnitNormal.Quantile(0.95)
	counts := []float64{600, 900, 900, 3600, 7200}
	weights := []float64{3, 1, 1, 0.5, 0.5}
	weibullScale := func(k float64) float64 { return m / math.Gamma(1+1/k) }
	weibullVariance := func(k float64) float64 {
		g := math.Gamma(1 + 1/k)
		return m * m * (math.Gamma(1+2/k)/(g*g) - 1)
	}
	negative := func(mean, d float64) func(float64) float64 {
		return func(x float64) float64 {
			if x < 0 {
				return 0
			}
			return mathext.RegIncBeta(mean/(d-1), math.Floor(x)+1, 1/d)
		}
	}
	return []theory{
		{Exponential(1500), m, m * m, func(x float64) float64 { return -math.Expm1(-x / m) }},
		{LogNormal(1500, 0.3), m, 0.09 * m * m,
			distuv.LogNormal{Mu: math.Log(m) - math.Log(1.09)/2, Sigma: math.Sqrt(math.Log(1.09))}.CDF},
		{LogNormalQuantile(3600, 0.95, 8*3600), 3600 * bend * math.Exp(sigma*sigma/2),
			sq(3600*bend) * math.Exp(sigma*sigma) * math.Expm1(sigma*sigma),
			distuv.LogNormal{Mu: math.Log(3600 * bend), Sigma: sigma}.CDF},
		{Uniform(600, 1800), 1200 * bend, sq(1200*bend) / 12,
			distuv.Uniform{Min: 600 * bend, Max: 1800 * bend}.CDF},
		{Gamma(1500, 0.5), m, m * m / 4, gammaCDF(m, 0.5)},
		{Gamma(1500, 5), m, m * m * 25, gammaCDF(m, 5)},
		{Gamma(1500, 0.01), m, m * m / 1e4, gammaCDF(m, 0.01)},
		{Erlang(3, 1500), m, m * m / 3, gammaCDF(m, 1/math.Sqrt(3))},
		{Poisson(3), 3 * bend, 3 * bend, distuv.Poisson{Lambda: 3 * bend}.CDF},
		{Poisson(1e5), 1e5 * bend, 1e5 * bend, distuv.Poisson{Lambda: 1e5 * bend}.CDF},
		{NegativeBinomial(10, 3), 10 * bend, 30 * bend, negative(10*bend, 3)},
		{NegativeBinomial(0.5, 20), 0.5 * bend, 10 * bend, negative(0.5*bend, 20)},
		{Empirical(counts, weights), 1500 * bend, sq(bend) * (3*360e3 + 2*810e3 + 0.5*12.96e6 + 0.5*51.84e6 - 6*2.25e6) / 6,
			func(x float64) float64 {
				p := 0.
				for i, v := range counts {
					if v*bend <= x {
						p += weights[i] / 6
					}
				}
				return p
			}},
		{Triangular(600, 900, 3600), 1700 * bend, 455e3 * bend * bend,
			distuv.NewTriangle(600*bend, 3600*bend, 900*bend, nil).CDF},
		{Weibull(1500, 0.7), m, weibullVariance(0.7), distuv.Weibull{K: 0.7, Lambda: weibullScale(0.7)}.CDF},
		{Weibull(1500, 2), m, weibullVariance(2), distuv.Weibull{K: 2, Lambda: weibullScale(2)}.CDF},
		{HyperExponential(1500, 4), m, 4 * m * m, func(x float64) float64 {
			p := (1 + math.Sqrt(3./5)) / 2
			return -p*math.Expm1(-2*p*x/m) - (1-p)*math.Expm1(-2*(1-p)*x/m)
		}},
	}
}

func sq(x float64) float64 { return x * x }

// The draws of a law have the mean, the variance and the distribution that theory
// wants, and a theory whose mean is 5 % greater is found to be wrong.
func TestDrawsFollowTheory(t *testing.T) {
	right, bent := theories(1), theories(1.05)
	for i, want := range right {
		s := New(1, 0).Stream(NameOf("theory"))
		if err := agree(want.law, s, want); err != nil {
			t.Errorf("%v: %v", want.law, err)
		}
		if agree(want.law, s, bent[i]) == nil {
			t.Errorf("%v: nobody notices a mean 5 %% greater", want.law)
		}
	}
}

// agree returns how the draws of a law differ from a theory. All limits are 5σ: by
// chance, one in 1.7 million is outside. The draws are so many that 5 % of the mean are
// 10σ. The standard deviation of a sample variance is computed from the sample's fourth
// moment.
func agree(l Law, s Stream, want theory) error {
	n := max(100_000, math.Ceil(want.variance*sq(10/(0.05*want.mean))))
	var grid []float64
	for k := 1; k < 64; k++ {
		grid = append(grid, l.Quantile(float64(k)/64))
	}
	grid = slices.Compact(grid)
	notAbove := make([]int, len(grid)+1)
	sum, sum2, sum4 := 0., 0., 0.
	for range int(n) {
		x := l.Draw(&s)
		d := x - want.mean
		sum += d
		sum2 += d * d
		sum4 += d * d * d * d
		j, _ := slices.BinarySearch(grid, x)
		notAbove[j]++
	}
	if z := sum / math.Sqrt(n*want.variance); math.Abs(z) > 5 {
		return fmt.Errorf("mean %v, want %v: %.1f σ", want.mean+sum/n, want.mean, z)
	}
	variance := sum2 / n
	if z := (variance - want.variance) * math.Sqrt(n/(sum4/n-variance*variance)); math.Abs(z) > 5 {
		return fmt.Errorf("variance %v, want %v: %.1f σ", variance, want.variance, z)
	}
	count := 0.
	for j, x := range grid {
		count += float64(notAbove[j])
		p := want.cdf(x)
		if d := count - n*p; math.Abs(d) > 5*math.Sqrt(n*p*(1-p))+1e-6*n {
			return fmt.Errorf("not above %v: %v of %v, want %v", x, count, n, n*p)
		}
	}
	return nil
}

func TestMomentsAreThoseOfTheory(t *testing.T) {
	for _, want := range theories(1) {
		l := want.law
		if got := l.Mean(); relative(got, want.mean) > 1e-12 {
			t.Errorf("%v: mean: got %v, want %v", l, got, want.mean)
		}
		if got := l.Variance(); relative(got, want.variance) > 1e-12 {
			t.Errorf("%v: variance: got %v, want %v", l, got, want.variance)
		}
		if got, want := l.CV(), math.Sqrt(want.variance)/want.mean; relative(got, want) > 1e-12 {
			t.Errorf("%v: cv: got %v, want %v", l, got, want)
		}
	}
}

// Probabilities from 1e-12 to 1-1e-12, both tails.
func probabilities() []float64 {
	var us []float64
	for p := 1e-12; p < 0.5; p *= 1.3 {
		us = append(us, p, 1-p)
	}
	return append(us, 0.5)
}

// The cdf of a quantile is the probability again; for counts, the quantile is the least
// number whose cdf reaches it.
func TestQuantilesInvertTheory(t *testing.T) {
	for _, tt := range theories(1) {
		l := tt.law
		for _, u := range probabilities() {
			x := l.Quantile(u)
			if l.steps != nil {
				// 1e-9 of the probability itself, for the rounding of either side.
				slack := 1e-9*min(u, 1-u) + 1e-14
				if tt.cdf(x) < u-slack || tt.cdf(x-1e-9*max(x, 1)) > u+slack {
					t.Errorf("%v: quantile of %v: got %v, where the cdf is %v", l, u, x, tt.cdf(x))
				}
				continue
			}
			limit := 1e-11
			if l.curve != nil {
				limit = 1e-6 // the table's
			}
			// Near 1 the cdf of theory is not better than 1e-13.
			if got := tt.cdf(x); math.Abs(got-u) > limit*min(u, 1-u)+1e-13 {
				t.Errorf("%v: cdf of the quantile of %v: got %v", l, u, got)
			}
		}
	}
}

// Against gonum's own quantiles, where it has them: to 1e-12.
func TestClosedQuantilesAreThoseOfGonum(t *testing.T) {
	type quantiler interface{ Quantile(p float64) float64 }
	for _, tt := range []struct {
		law  Law
		want quantiler
	}{
		{Exponential(1500), distuv.Exponential{Rate: 1. / 1500}},
		{LogNormal(1500, 2), distuv.LogNormal{Mu: math.Log(1500) - math.Log(5)/2, Sigma: math.Sqrt(math.Log(5))}},
		{Uniform(-3, 5), distuv.Uniform{Min: -3, Max: 5}},
		{Triangular(1, 2, 4), distuv.NewTriangle(1, 4, 2, nil)},
		{Triangular(1, 1, 4), distuv.NewTriangle(1, 4, 1, nil)},
		{Triangular(1, 4, 4), distuv.NewTriangle(1, 4, 4, nil)},
		{Weibull(1500, 0.7), distuv.Weibull{K: 0.7, Lambda: 1500 / math.Gamma(1+1/0.7)}},
		{Weibull(1500, 3), distuv.Weibull{K: 3, Lambda: 1500 / math.Gamma(1+1./3)}},
	} {
		for _, u := range probabilities() {
			if u < 0.1 && tt.law.kind != lognormal {
				continue // gonum forms 1-u there, or differences that cancel
			}
			if got, want := tt.law.Quantile(u), tt.want.Quantile(u); relative(got, want) > 1e-12 {
				t.Errorf("%v: quantile of %v: got %v, want %v", tt.law, u, got, want)
			}
		}
	}
}

// The gamma table is as accurate as its comment says, for all shapes. The error of a
// quantile is that of its probability over x times the density, which can be told where
// gonum's inverse is at a loss, in the left tail of small shapes.
func TestGammaQuantilesAreAccurate(t *testing.T) {
	for _, tt := range []struct{ cv, limit float64 }{
		{10, 2e-6}, {7, 1e-6}, {5, 1e-6}, {3, 1e-6}, {2, 1e-7}, {1.1, 1e-7}, {0.9, 1e-8}, {0.5, 1e-9}, {0.3, 1e-9},
		{0.1, 1e-9}, {0.0201, 1e-9}, {0.0199, 2e-9}, {0.01, 1e-9}, {0.001, 1e-8},
	} {
		shape := 1 / (tt.cv * tt.cv)
		l := Gamma(shape, tt.cv) // so that the scale is 1
		lg, _ := math.Lgamma(shape)
		for z := -8.2; z <= 8.2; z += 0.037 {
			x := l.scale * exp(l.curve.at(z))
			if x < 1e-290 {
				continue
			}
			density := math.Exp(shape*math.Log(x) - x - lg) // times x
			difference := mathext.GammaIncReg(shape, x) - math.Erfc(-z/math.Sqrt2)/2
			if z > 0 {
				difference = mathext.GammaIncRegComp(shape, x) - math.Erfc(z/math.Sqrt2)/2
			}
			if e := math.Abs(difference) / density; e > tt.limit {
				t.Errorf("cv %v, normal score %.3f: relative error %.2g, want at most %v", tt.cv, z, e, tt.limit)
				break
			}
			if u := math.Erfc(-z/math.Sqrt2) / 2; tt.cv <= 0.5 && z < 5 {
				if got, want := l.Quantile(u), mathext.GammaIncRegInv(shape, u); relative(got, want) > tt.limit+1e-8 {
					t.Errorf("cv %v, quantile of %v: got %v, want %v", tt.cv, u, got, want)
				}
			}
		}
	}
}

// The cumulative probabilities of counts are exact at each count.
func TestCountsHaveTheProbabilitiesOfTheory(t *testing.T) {
	for _, mean := range []float64{1e-9, 0.01, 0.7, 1, 3, 10.5, 99, 1000, 1e5} {
		checkSteps(t, Poisson(mean), distuv.Poisson{Lambda: mean}.CDF)
		for _, d := range []float64{1.01, 2, 50} {
			if mean/(d-1) > 1e6 {
				continue // gonum's beta function loses digits with so large a parameter
			}
			checkSteps(t, NegativeBinomial(mean, d), func(x float64) float64 {
				return mathext.RegIncBeta(mean/(d-1), x+1, 1/d)
			})
		}
	}
}

func checkSteps(t *testing.T, l Law, cdf func(x float64) float64) {
	t.Helper()
	n := len(l.steps.cumulative)
	for j := 0; j < n; j += 1 + n/500 {
		x := l.steps.least + float64(j)
		if got, want := l.steps.cumulative[j], cdf(x); math.Abs(got-want) > 1e-9 {
			t.Errorf("%v: probability of %v or less: got %v, want %v", l, x, got, want)
			return
		}
	}
}

func TestCompoundHasTheMomentsOfASum(t *testing.T) {
	size := Gamma(4, 0.5)
	for _, count := range []Law{Poisson(3), NegativeBinomial(3, 2), Constant(3), Compound(Poisson(1.5), Constant(2))} {
		l := Compound(count, size)
		n := count.Mean()
		if got, want := l.Mean(), n*4; relative(got, want) > 1e-12 {
			t.Errorf("%v: mean: got %v, want %v", l, got, want)
		}
		if got, want := l.Variance(), n*4+count.Variance()*16; relative(got, want) > 1e-12 {
			t.Errorf("%v: variance: got %v, want %v", l, got, want)
		}
		const draws = 200_000
		s := New(1, 0).Stream(NameOf("compound"))
		sum, sum2 := 0., 0.
		for range draws {
			d := l.Draw(&s) - l.Mean()
			sum += d
			sum2 += d * d
		}
		if z := sum / math.Sqrt(draws*l.Variance()); math.Abs(z) > 5 {
			t.Errorf("%v: mean of draws is %.1f σ off", l, z)
		}
		// The fourth moments are below 6 squared variances, so this is 5σ or more.
		if got := sum2 / draws; relative(got, l.Variance()) > 5*math.Sqrt(5./draws) {
			t.Errorf("%v: variance of draws: got %v, want %v", l, got, l.Variance())
		}
	}
}
