package rng_test

import (
	"math"
	"testing"

	"oxysim/sim/rng"
)

// Sources of other salts, and of none, give other numbers; the same salts in
// the same order give the same.
func TestSaltsPart(t *testing.T) {
	name := rng.NameOf("hospital.rizgary.stay")
	plain := rng.New(7, 1)
	seen := map[uint64]string{}
	note := func(what string, s rng.Source) {
		x := s.Stream(name).Uint64At(0)
		if other, ok := seen[x]; ok {
			t.Errorf("%s gives what %s gives", what, other)
		}
		seen[x] = what
	}
	note("no salt", plain)
	note("salt 0", plain.Salt(0))
	note("salt 1", plain.Salt(1))
	note("salts 0 and 1", plain.Salt(0).Salt(1))
	note("salts 1 and 0", plain.Salt(1).Salt(0))
	note("salt 1 of replication 2", rng.New(7, 2).Salt(1))
	if once, again := plain.Salt(3), rng.New(7, 1).Salt(3); once != again {
		t.Error("one salt gives two sources")
	}
}

// A number beyond x has the law of those that are beyond x: the share of them
// beyond y is the ratio of the tails, and it is what is found by throwing away
// what is not beyond x.
func TestBeyondIsTheTail(t *testing.T) {
	const n = 40_000
	for _, l := range []rng.Law{
		rng.Exponential(10), rng.LogNormal(10, 0.8), rng.Weibull(10, 2), rng.Uniform(0, 20), rng.Gamma(10, 3),
		rng.Poisson(10), rng.Empirical([]float64{3, 9, 12, 20}, []float64{4, 3, 2, 1}), rng.Triangular(0, 5, 30),
	} {
		s := rng.New(3, 4).Stream(rng.NameOf(l.String()))
		const x, y = 8., 12.
		beyondX, beyondY := 0., 0.
		for i := range uint64(n) {
			if d := l.At(s, i); d >= x {
				beyondX++
				if d >= y {
					beyondY++
				}
			}
		}
		want, got := beyondY/beyondX, 0.
		for i := range uint64(n) {
			d, ok := l.Beyond(x, s.Sub(1), i)
			if !ok || d < x {
				t.Fatalf("%v: %v, %v beyond %v", l, d, ok, x)
			}
			if d >= y {
				got += 1. / n
			}
		}
		// 5σ of the difference of two shares: fails by chance once in 1.7 million.
		if sigma := math.Sqrt(want * (1 - want) * (1/beyondX + 1./n)); math.Abs(got-want) > 5*sigma {
			t.Errorf("%v: a share %.4f of what is beyond %v is beyond %v, want %.4f ± %.4f", l, got, x, y, want, sigma)
		}
	}
	c := rng.Constant(5)
	if d, ok := c.Beyond(5, rng.Stream{}, 0); !ok || d != 5 {
		t.Errorf("5 beyond 5: %v, %v", d, ok)
	}
	if _, ok := c.Beyond(6, rng.Stream{}, 0); ok {
		t.Error("5 is not beyond 6")
	}
}
