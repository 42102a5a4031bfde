package rng

import (
	"fmt"
	"math"
	"strings"
	"testing"
)

func TestDrawConsumesExactlyOneIndex(t *testing.T) {
	for _, l := range manyLaws() {
		s := New(1, 0).Stream(NameOf("one"))
		for i := range uint64(1000) {
			want := l.At(s, i)
			if got := l.Draw(&s); got != want || s.Index() != i+1 {
				t.Fatalf("%v: draw %d: got %v and index %d, want %v and %d", l, i, got, s.Index(), want, i+1)
			}
			if l.kind == compound {
				continue
			}
			if got := l.Quantile(s.Float64At(i)); got != want {
				t.Fatalf("%v: draw %d: got %v, want the quantile of its uniform number, %v", l, i, want, got)
			}
		}
	}
}

func TestDrawsAllocateNothing(t *testing.T) {
	for _, l := range manyLaws() {
		s := New(1, 0).Stream(NameOf("free"))
		if got := testing.AllocsPerRun(1000, func() {
			sinkNumber = l.Draw(&s) + l.At(s, 12)
			if l.kind != compound {
				sinkNumber += l.Quantile(0.3)
			}
		}); got != 0 {
			t.Errorf("%v: %v allocations", l, got)
		}
	}
	source, name := New(1, 0), NameOf("free")
	if got := testing.AllocsPerRun(1000, func() {
		s := source.Stream(name)
		c := s.Sub(3)
		sinkBits = c.Uint64() + s.Uint64At(4) + uint64(NameOf("other"))
		sinkNumber = s.Float64()
	}); got != 0 {
		t.Errorf("streams: %v allocations", got)
	}
}

// Inversion is monotone, so that common random numbers do their work. Numbers whose
// uniform numbers are neighbours, 2^-52 apart, may be out of order by their last bit;
// those twice as far apart are not.
func TestQuantilesNeverFall(t *testing.T) {
	const step = 0x1p-51
	s := New(1, 0).Stream(NameOf("monotone"))
	var us []float64
	for range 20_000 {
		u := s.Float64()
		us = append(us, u, u*1e-6, 1-u*1e-6, u*1e-12)
	}
	// Where formulas meet: powers of two and 128ths of them for the logarithm, 0.075
	// and e^-25 for the normal, sixteenths of z for the gamma.
	for e := range 48 {
		for j := range 256 {
			us = append(us, math.Ldexp(1+float64(j)/256, -e-1), 1-math.Ldexp(1+float64(j)/256, -e-1))
		}
	}
	us = append(us, 0.075, 0.925, math.Exp(-25), 1-math.Exp(-25))
	for z := -7.5; z <= 7.5; z += 1. / 16 {
		us = append(us, math.Erfc(-z/math.Sqrt2)/2)
	}
	for _, l := range manyLaws() {
		if l.kind == compound {
			continue
		}
		for _, u := range us {
			lo, hi := u-step/2, u+step/2
			if lo <= 0 || hi >= 1 {
				continue
			}
			if a, b := l.Quantile(lo), l.Quantile(hi); b < a {
				t.Errorf("%v: quantile falls by %g of itself about %v", l, (a-b)/a, u)
				break
			}
		}
	}
}

// Under one stream, a law whose mean is 5 % greater gives a number 5 % greater, each
// time: the law is scaled, not drawn anew.
func TestAGreaterMeanIsAGreaterNumberEveryTime(t *testing.T) {
	pairs := []struct{ small, great Law }{
		{Exponential(1000), Exponential(1050)},
		{LogNormal(1000, 0.3), LogNormal(1050, 0.3)},
		{Gamma(1000, 0.7), Gamma(1050, 0.7)},
		{Weibull(1000, 2), Weibull(1050, 2)},
		{HyperExponential(1000, 5), HyperExponential(1050, 5)},
	}
	s := New(1, 0).Stream(NameOf("pairs"))
	for _, p := range pairs {
		for i := range uint64(10_000) {
			a, b := p.small.At(s, i), p.great.At(s, i)
			if relative(b, 1.05*a) > 1e-13 {
				t.Fatalf("%v at %d: got %v, want 1.05 × %v", p.great, i, b, a)
			}
		}
	}
	// Counts rise too, if not in proportion.
	few, many := Poisson(10), Poisson(10.5)
	for i := range uint64(10_000) {
		if a, b := few.At(s, i), many.At(s, i); b < a {
			t.Fatalf("at %d: %v gives %v, %v gives %v", i, few, a, many, b)
		}
	}
	// And so does a sum, as the sizes in it stay.
	fewer, more := Compound(few, LogNormal(5, 1)), Compound(many, LogNormal(5, 1))
	for i := range uint64(10_000) {
		if a, b := fewer.At(s, i), more.At(s, i); b < a {
			t.Fatalf("at %d: %v gives %v, %v gives %v", i, fewer, a, more, b)
		}
	}
}

func TestScaleIsTheLawOfTheMultiple(t *testing.T) {
	const f = 60
	s := New(1, 0).Stream(NameOf("scale"))
	for _, l := range manyLaws() {
		scaled := l.Scale(f)
		for i := range uint64(100) {
			if got, want := scaled.At(s, i), f*l.At(s, i); relative(got, want) > 1e-14 {
				t.Errorf("%v: draw %d: got %v, want %v", scaled, i, got, want)
			}
		}
		lo, hi := l.Support()
		slo, shi := scaled.Support()
		for what, pair := range map[string][2]float64{
			"mean":     {scaled.Mean(), f * l.Mean()},
			"variance": {scaled.Variance(), f * f * l.Variance()},
			"cv":       {scaled.CV(), l.CV()},
			"lowest":   {slo, f * lo},
			"highest":  {shi, f * hi},
		} {
			if got, want := pair[0], pair[1]; got != want && !(relative(got, want) < 1e-14) {
				t.Errorf("%v: %s: got %v, want %v", scaled, what, got, want)
			}
		}
		if got := l.Scale(0); got != Constant(0) {
			t.Errorf("%v times 0: got %v", l, got)
		}
	}
	if got, want := LogNormal(25, 0.3).Scale(60).String(), "lognormal(1500, cv 0.3)"; got != want {
		t.Errorf("got %s, want %s", got, want)
	}
}

func TestDrawsStayInTheSupport(t *testing.T) {
	for _, l := range manyLaws() {
		lo, hi := l.Support()
		s := New(1, 0).Stream(NameOf("support"))
		for range 10_000 {
			if x := l.Draw(&s); !(x >= lo && x <= hi) {
				t.Fatalf("%v: drew %v outside [%v,%v]", l, x, lo, hi)
			}
		}
		if l.kind == compound {
			continue
		}
		if l.Quantile(0) != lo || l.Quantile(1) != hi {
			t.Errorf("%v: quantiles of 0 and 1: got %v and %v, want %v and %v", l, l.Quantile(0), l.Quantile(1), lo, hi)
		}
		for _, u := range []float64{5e-324, 1e-300, 0x1p-53, 1 - 0x1p-53} {
			if x := l.Quantile(u); !(x >= lo && x <= hi) || math.IsInf(x, 0) {
				t.Errorf("%v: quantile of %v: got %v", l, u, x)
			}
		}
	}
	lo, hi := Compound(Poisson(3), Uniform(-1, 2)).Support()
	if !math.IsInf(lo, -1) || !math.IsInf(hi, 1) {
		t.Errorf("sum of any number of sizes from -1 to 2: got support %v to %v", lo, hi)
	}
}

func TestZeroLawIsConstantZero(t *testing.T) {
	var l Law
	if l != Constant(0) || !l.IsConstant() || l.Mean() != 0 || l.CV() != 0 {
		t.Errorf("got %v with mean %v", l, l.Mean())
	}
	s := New(1, 0).Stream(NameOf("zero"))
	if got := l.Draw(&s); got != 0 || s.Index() != 1 {
		t.Errorf("draw: got %v and index %d, want 0 and 1", got, s.Index())
	}
}

// A law that cannot vary is a constant, and one that is a simpler law is made that law:
// so a study can let cv go to 0, or through 1, without a seam.
func TestLimitsAreSimplerLaws(t *testing.T) {
	for _, tt := range []struct{ got, want Law }{
		{LogNormal(3, 0), Constant(3)},
		{Gamma(3, 0), Constant(3)},
		{Gamma(3, 1), Exponential(3)},
		{Erlang(1, 3), Exponential(3)},
		{Weibull(3, 1), Exponential(3)},
		{HyperExponential(3, 1), Exponential(3)},
		{Uniform(3, 3), Constant(3)},
		{Triangular(3, 3, 3), Constant(3)},
		{Poisson(0), Constant(0)},
		{NegativeBinomial(0, 2), Constant(0)},
		{Empirical([]float64{3, 3}, nil), Constant(3)},
		{Empirical([]float64{1, 3}, []float64{0, 1}), Constant(3)},
	} {
		if tt.got != tt.want {
			t.Errorf("got %v, want %v", tt.got, tt.want)
		}
	}
	if got, want := NegativeBinomial(3, 1).String(), "poisson(3)"; got != want {
		t.Errorf("got %s, want %s", got, want)
	}
	// Close to the limit, the tables are close to the simpler law.
	near, far := Gamma(3, 1.0001), Exponential(3)
	for _, u := range []float64{0.01, 0.5, 0.99} {
		if got, want := near.Quantile(u), far.Quantile(u); relative(got, want) > 1e-3 {
			t.Errorf("quantile of %v: got %v, want about %v", u, got, want)
		}
	}
}

func TestLawsAreWrittenAsTheyAreRead(t *testing.T) {
	for _, tt := range []struct {
		law  Law
		want string
	}{
		{Constant(1500), "constant(1500)"},
		{Exponential(1500), "exponential(1500)"},
		{LogNormal(1500, 0.3), "lognormal(1500, cv 0.3)"},
		{LogNormalQuantile(5, 0.95, 45), "lognormal(median 5, p95 45)"},
		{LogNormalQuantile(5, 0.57, 6).Scale(60), "lognormal(median 300, p57 360)"},
		{Uniform(-1, 2.5), "uniform(-1, 2.5)"},
		{Gamma(10, 0.5), "gamma(10, cv 0.5)"},
		{Erlang(3, 10).Scale(2), "erlang(3, 20)"},
		{Triangular(1, 2, 4), "triangular(1, 2, 4)"},
		{Weibull(10, 2), "weibull(10, shape 2)"},
		{HyperExponential(10, 4), "hyperexponential(10, scv 4)"},
		{Poisson(3), "poisson(3)"},
		{Poisson(3).Scale(2), "2 * poisson(3)"},
		{NegativeBinomial(10, 3), "negative binomial(10, dispersion 3)"},
		{Empirical([]float64{4, 1, 1}, nil).Scale(10), "empirical(10 with 0.666666667, 40 with 0.333333333)"},
		{Empirical([]float64{9, 1, 2, 3, 4, 5, 6, 7, 8}, nil), "empirical(9 values from 1 to 9, mean 5)"},
		{Compound(Poisson(3), Exponential(2)), "compound(poisson(3), exponential(2))"},
		{Compound(Poisson(3), Exponential(2)).Scale(0.5), "0.5 * compound(poisson(3), exponential(2))"},
	} {
		if got := tt.law.String(); got != tt.want {
			t.Errorf("got %s, want %s", got, tt.want)
		}
	}
}

func TestSenselessParametersAreRefusedInWords(t *testing.T) {
	nan, inf := math.NaN(), math.Inf(1)
	for _, tt := range []struct {
		err  error
		want string
	}{
		{CheckConstant(nan), "want a finite number, not NaN"},
		{CheckConstant(inf), "want a finite number, not +Inf"},
		{CheckExponential(-3), "want a mean above 0, not -3"},
		{CheckExponential(0), "want a mean above 0, not 0"},
		{CheckExponential(nan), "want a mean above 0, not NaN"},
		{CheckExponential(inf), "want a finite mean, not +Inf"},
		{CheckUniform(3, 2), "want a highest of at least the lowest, which is 3, not 2"},
		{CheckTriangular(1, 0.5, 2), "want a mode of at least the lowest, which is 1, not 0.5"},
		{CheckTriangular(1, 3, 2), "want a highest of at least the mode, which is 3, not 2"},
		{CheckGamma(1, -1), "want a cv of 0 or more, not -1"},
		{CheckGamma(1, 11), "want a cv of 10 or less, not 11"},
		{CheckErlang(0, 1), "want a number of stages of 1 or more, not 0"},
		{CheckWeibull(1, 0.01), "want a shape of 0.1 or more, not 0.01"},
		{CheckLogNormal(1, nan), "want a cv of 0 or more, not NaN"},
		{CheckLogNormalQuantile(5, 0.5, 6), "want a probability between 0 and 1, and not 0.5, not 0.5"},
		{CheckLogNormalQuantile(5, 0.95, 4), "want a quantile above the median of 5, not 4"},
		{CheckLogNormalQuantile(5, 0.05, 6), "want a quantile below the median of 5, not 6"},
		{CheckLogNormalQuantile(5, 0.500001, 6), "want a quantile nearer to the median of 5, not 6 with probability 0.500001"},
		{CheckHyperExponential(1, 0.5), "want a squared cv of 1 or more, not 0.5"},
		{CheckPoisson(-1), "want a mean of 0 or more, not -1"},
		{CheckPoisson(2e6), "want a mean of 1e+06 or less, not 2e+06"},
		{CheckNegativeBinomial(1, 0.5), "want a dispersion of 1 or more, not 0.5"},
		{CheckEmpirical(nil, nil), "want one value or more, not none"},
		{CheckEmpirical([]float64{1, 2}, []float64{1}), "want as many weights as values, which is 2, not 1"},
		{CheckEmpirical([]float64{1, 2}, []float64{1, -1}), "want a weight of 0 or more, not -1"},
		{CheckEmpirical([]float64{1, 2}, []float64{0, 0}), "want a sum of the weights above 0, not 0"},
		{CheckEmpirical([]float64{nan}, nil), "want a finite value, not NaN"},
		{CheckCompound(Exponential(3), Constant(1)), "want a count of whole numbers from 0 up, not exponential(3)"},
		{CheckCompound(Constant(1e9), Constant(1)), "want a mean count of 1e+06 or less, not 1e+09"},
		{CheckCompound(Constant(2.5), Constant(1)), "want a count of whole numbers from 0 up, not constant(2.5)"},
		{CheckCompound(Poisson(3).Scale(0.5), Constant(1)), "want a count of whole numbers from 0 up, not 0.5 * poisson(3)"},
	} {
		if got := fmt.Sprint(tt.err); got != tt.want {
			t.Errorf("got %q, want %q", got, tt.want)
		}
	}
	for _, err := range []error{
		CheckConstant(-3), CheckUniform(-1, -1), CheckLogNormal(1, 0), CheckErlang(1, 1), CheckPoisson(0),
		CheckLogNormalQuantile(5, 0.05, 1), CheckEmpirical([]float64{-1}, []float64{2}),
		CheckCompound(Empirical([]float64{1, 4}, nil), Exponential(1)),
	} {
		if err != nil {
			t.Errorf("got %q, want no complaint", err)
		}
	}
}

func TestConstructorsPanicOnWhatChecksRefuse(t *testing.T) {
	uncertain := Compound(Poisson(3), Exponential(1))
	for want, f := range map[string]func(){
		"rng: exponential: want a mean above 0, not -3": func() { Exponential(-3) },
		"rng: gamma: want a cv of 0 or more, not -1":    func() { Gamma(1, -1) },
		"rng: scale: want a factor of 0 or more":        func() { Exponential(1).Scale(-1) },
		"rng: quantile: want a probability in [0,1]":    func() { sinkNumber = uncertain.Quantile(1.5) },
		"rng: quantile: compound(poisson(3)":            func() { sinkNumber = uncertain.Quantile(0.5) },
	} {
		func() {
			defer func() {
				if got := fmt.Sprint(recover()); !strings.HasPrefix(got, want) {
					t.Errorf("got %q, want %q", got, want)
				}
			}()
			f()
		}()
	}
}

// The slices of the caller are his own afterwards.
func TestEmpiricalKeepsItsOwnNumbers(t *testing.T) {
	values, weights := []float64{3, 1, 2}, []float64{1, 1, 2}
	l := Empirical(values, weights)
	values[0], weights[0] = 100, 100
	for u, want := range map[float64]float64{0.1: 1, 0.25: 1, 0.26: 2, 0.75: 2, 0.76: 3, 0.99: 3} {
		if got := l.Quantile(u); got != want {
			t.Errorf("quantile of %v: got %v, want %v", u, got, want)
		}
	}
}

// Newton's method for the hyperexponential law comes to an end, and to the right one,
// also where the slow phase is rare and very slow.
func TestHyperExponentialQuantileIsExactForAnyVariability(t *testing.T) {
	for _, scv := range []float64{1.0001, 1.5, 4, 25, 1e3, 1e6} {
		l := HyperExponential(1, scv)
		p := l.shape
		for _, u := range probabilities() {
			x := l.Quantile(u)
			survival := p*math.Exp(-2*p*x) + (1-p)*math.Exp(-2*(1-p)*x)
			if math.Abs(survival-(1-u)) > 1e-12*(1-u) {
				t.Errorf("scv %v, quantile of %v: got %v, above which is %v", scv, u, x, survival)
			}
		}
	}
}

// 4096 draws of each law, with all their bits and rounded to whole numbers. These
// constants must come out on every processor: run the test with GOAMD64=v3,
// GOARCH=arm64 and GOARCH=wasm too. If they change, every published result does.
func TestSameBitsOnAllProcessors(t *testing.T) {
	const wantBits, wantSeconds = 0xe22cd05b0539a1d, 0x5f23389ed1490b38
	bits, seconds := uint64(0), uint64(0)
	s := New(1, 0).Stream(NameOf("digest"))
	for _, l := range append(manyLaws(), Gamma(1, 2.5), Gamma(7, 0.2), Erlang(40, 1), HyperExponential(1, 100),
		Compound(NegativeBinomial(4, 2), Weibull(60, 1.5)), Triangular(-1, 0, 3), LogNormal(1, 3)) {
		for i := range uint64(4096) {
			x := l.At(s, i)
			bits = mix(bits ^ math.Float64bits(x))
			seconds = mix(seconds ^ uint64(int64(math.Round(x))))
		}
		bits = mix(bits ^ math.Float64bits(l.Mean()) ^ math.Float64bits(l.Variance()))
		t.Logf("after %v: %#x %#x", l, bits, seconds)
	}
	if bits != wantBits || seconds != wantSeconds {
		t.Errorf("got %#x and %#x, want %#x and %#x", bits, seconds, uint64(wantBits), uint64(wantSeconds))
	}
}
