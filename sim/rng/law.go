package rng

import (
	"fmt"
	"math"
)

// kind tells the family of a Law. The most frequent come first, and Draw makes use of
// the order of the first four.
type kind uint8

const (
	constant kind = iota
	exponential
	lognormal
	lognormalQuantile // a lognormal, spelled otherwise
	uniform
	gamma
	erlang // a gamma, spelled otherwise
	poisson
	negativeBinomial
	empirical
	triangular
	weibull
	hyperexponential
	compound
)

// Law is the probability law of a real number, in whatever unit its parameters have. It
// is a value that never changes; copies share their tables. The zero Law is
// Constant(0).
//
// A number is drawn by inversion: it is the quantile of one uniform number, which is
// the one at the stream's index. So it rises when the uniform number rises, and two
// laws read at one index give numbers as alike as laws can be: a lognormal whose mean
// is 5 % higher gives a number 5 % higher. [Compound] alone is not so.
type Law struct {
	kind kind

	// A draw is shift + scale×x, with x from a law of the kind with one parameter,
	// shape, or with a table.
	scale, shape, shift float64

	curve *curve // gamma and erlang
	steps *steps // poisson, negativeBinomial and empirical
	parts *parts // compound

	mean, variance float64
	args           [3]float64 // as given to the constructor, but for factors put in by Scale; for String
}

// Draw returns the number of the law at the next index of the stream. Whatever the law,
// it moves the stream on by one.
func (l *Law) Draw(s *Stream) float64 {
	if l.kind == constant {
		s.n++
		return l.scale
	}
	b := s.Uint64()
	if l.kind == exponential {
		return float64(l.scale * -logOf(logParts(unit(^b)))) // unit(^b) is 1-u
	}
	u := unit(b)
	if l.kind <= lognormalQuantile {
		return float64(l.scale * exp(float64(l.shape*normal(b, u))))
	}
	if l.kind == compound {
		return l.sum(s.Sub(s.n - 1))
	}
	return l.quantile(b, u)
}

// At returns the number of the law at index i of the stream.
func (l *Law) At(s Stream, i uint64) float64 {
	s.n = i
	return l.Draw(&s)
}

// Quantile returns the least x that the law does not exceed with probability u or more.
// The lowest and highest numbers that can be drawn have u = 2^-53 and 1 - 2^-53, and u
// nearer to 0 or 1 is taken as these; but u = 0 gives the lower end of the support, and
// u = 1 the upper, which may be +Inf. It panics if u is outside [0,1], or if the law is
// a [Compound], whose quantile has no closed form.
func (l *Law) Quantile(u float64) float64 {
	lo, hi := l.Support()
	switch {
	case !(u >= 0 && u <= 1):
		panic(fmt.Sprintf("rng: quantile: want a probability in [0,1], not %v", u))
	case l.kind == compound:
		panic("rng: quantile: " + l.String() + " has none in closed form; draw from it")
	case u == 0:
		return lo
	case u == 1:
		return hi
	}
	u = min(max(u, 0x1p-53), 1-0x1p-53)
	return l.quantile(bitsOf(u), u)
}

// quantile returns the quantile of u in [2^-53, 1 - 2^-53], for b = u×2^64.
//
// The products stand in conversions, here and elsewhere in this package, so that no
// compiler rounds a product and a sum at once; see elementary.go.
func (l *Law) quantile(b uint64, u float64) float64 {
	switch l.kind {
	case exponential:
		return float64(l.scale * -log(1-u)) // 1-u is exact for u of a stream
	case lognormal, lognormalQuantile:
		return float64(l.scale * exp(float64(l.shape*normal(b, u))))
	case uniform:
		return madd(l.scale, u, l.shift)
	case gamma, erlang:
		return float64(l.scale * exp(l.curve.at(normal(b, u))))
	case poisson, negativeBinomial, empirical:
		return float64(l.scale * l.steps.at(u))
	case triangular:
		return madd(l.scale, unitTriangular(u, l.shape), l.shift)
	case weibull:
		return float64(l.scale * exp(float64(l.shape*log(-log(1-u)))))
	case hyperexponential:
		return float64(l.scale * unitHyperExponential(u, l.shape))
	}
	return l.scale // constant
}

// Mean returns the mean.
func (l Law) Mean() float64 { return l.mean }

// Variance returns the variance.
func (l Law) Variance() float64 { return l.variance }

// CV returns the coefficient of variation, which is the standard deviation over the
// mean: 0 for a constant, and +Inf for another law with mean 0.
func (l Law) CV() float64 {
	if l.variance == 0 {
		return 0
	}
	return math.Sqrt(l.variance) / math.Abs(l.mean)
}

// IsConstant reports whether the law always gives the same number.
func (l Law) IsConstant() bool { return l.kind == constant }

// HasQuantile reports whether the law has a quantile in closed form: all but a
// [Compound] have.
func (l Law) HasQuantile() bool { return l.kind != compound }

// Support returns the ends of the interval in which the law's numbers lie; hi may be
// +Inf.
func (l Law) Support() (lo, hi float64) {
	switch l.kind {
	case constant:
		return l.scale, l.scale
	case uniform, triangular:
		return l.shift, l.shift + l.scale
	case empirical:
		v := l.steps.values
		return l.scale * v[0], l.scale * v[len(v)-1]
	case compound:
		return l.sumSupport()
	}
	return 0, math.Inf(1)
}

// Scale returns the law of f times the number; it shares the tables of l. It panics if
// f is negative or not finite.
func (l Law) Scale(f float64) Law {
	must("scale", firstError(atLeast("factor", f, 0), size("factor", f)))
	switch {
	case f == 0:
		return Constant(0)
	case l.kind == constant:
		return Constant(f * l.scale)
	}
	l.scale *= f
	l.shift *= f
	l.mean *= f
	l.variance *= f * f
	for i := range l.args {
		if argScales[l.kind][i] {
			l.args[i] *= f
		}
	}
	return l
}
