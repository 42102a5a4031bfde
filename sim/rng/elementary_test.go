package rng

import (
	"math"
	"math/big"
	"testing"

	"gonum.org/v1/gonum/stat/distuv"
)

// relative returns the error of got relative to want.
func relative(got, want float64) float64 {
	if got == want {
		return 0
	}
	return math.Abs(got-want) / math.Abs(want)
}

// The worst error against math, which is itself within 1 ulp (2.2e-16), over arguments
// of all sizes and close to 1.
func TestLogAndExpAreAccurate(t *testing.T) {
	s := New(1, 0).Stream(NameOf("accuracy"))
	worst := map[string]float64{}
	see := func(what string, got, want float64) { worst[what] = max(worst[what], relative(got, want)) }
	for range 300_000 {
		u := s.Float64()
		for _, x := range []float64{u, u * 0x1p-40, 1 - u*1e-3, 1 + u*1e-3, 1 - u*1e-9, math.Exp(1400 * (u - 0.5))} {
			see("log", log(x), math.Log(x))
		}
		for _, x := range []float64{2*u - 1, 40*u - 20, 1400*u - 700, 1e-9 * u} {
			see("exp", exp(x), math.Exp(x))
		}
		for _, x := range []float64{u, -u, 1e-6 * u, 100 * u, -1e-12 * u} {
			see("log1p", log1p(x), math.Log1p(x))
			see("expm1", expm1(x), math.Expm1(x))
		}
		x := 1e4 * u * u * u
		lg, _ := math.Lgamma(1 + x)
		see("logGamma", 1+logGamma(1+x), 1+lg)
	}
	for what, limit := range map[string]float64{
		"log": 5e-16, "exp": 5e-16, "log1p": 2e-15, "expm1": 2e-15, "logGamma": 5e-14,
	} {
		if worst[what] > limit {
			t.Errorf("%s: worst relative error %.2g, want at most %.2g", what, worst[what], limit)
		}
	}
	for x, want := range map[float64]float64{-1e9: 0, -708.5: 0, 0: 1, 709.5: math.Inf(1), math.Inf(-1): 0} {
		if got := exp(x); got != want {
			t.Errorf("exp(%v): got %v, want %v", x, got, want)
		}
	}
	if got := log(1); got != 0 {
		t.Errorf("log(1): got %v", got)
	}
}

// The tables are what they say, to the last bit.
func TestTablesAreCorrectlyRounded(t *testing.T) {
	const precision = 200
	float := func(x float64) *big.Float { return new(big.Float).SetPrec(precision).SetFloat64(x) }
	for j, node := range logTable {
		c := 1 + float64(j-76)/128
		if j < 76 {
			c = (1 + float64(j+52)/128) / 2
		}
		if node.c != c || node.inverse != 1/c {
			t.Errorf("node %d: got %v and %v, want %v and %v", j, node.c, node.inverse, c, 1/c)
		}
		// log c = 2 artanh((c-1)/(c+1))
		x := new(big.Float).Quo(float(c-1), float(c+1))
		square := new(big.Float).Mul(x, x)
		sum, power := float(0), new(big.Float).Set(x)
		for k := 1.; k < 100; k += 2 { // 0.18^100 is 2^-247
			sum.Add(sum, new(big.Float).Quo(power, float(k)))
			power.Mul(power, square)
		}
		if want, _ := sum.Mul(sum, float(2)).Float64(); node.log != want {
			t.Errorf("log %v: got %x, want %x", c, node.log, want)
		}
	}
	root := float(2)
	for range 6 {
		root.Sqrt(root)
	}
	power := float(1)
	for i, got := range expTable {
		if want, _ := power.Float64(); got != want {
			t.Errorf("2^(%d/64): got %x, want %x", i, got, want)
		}
		power.Mul(power, root)
	}
}

// normalAt is normal, of u alone.
func normalAt(u float64) float64 { return normal(bitsOf(u), u) }

func TestNormalQuantileIsThatOfTheNormalLaw(t *testing.T) {
	// Abramowitz and Stegun (1964), table 26.5 and beyond: u and its quantile.
	for u, want := range map[float64]float64{
		0.5: 0, 0.75: 0.6744897501960817, 0.95: 1.6448536269514722, 0.975: 1.9599639845400545,
		0.99: 2.3263478740408408, 0.999: 3.090232306167813, 1e-9: -5.9978070150076865, 1e-15: -7.941345326170998,
	} {
		if got := normalAt(u); relative(got, want) > 1e-15 {
			t.Errorf("quantile of %v: got %v, want %v", u, got, want)
		}
	}
	// gonum computes the same approximation in another order, so that this finds slips
	// of the pen only.
	s := New(1, 0).Stream(NameOf("normal"))
	for range 200_000 {
		u := s.Float64()
		for _, u := range []float64{u, u * 1e-3, u * 1e-12} {
			u = max(u, 0x1p-53)
			if got, want := normalAt(u), distuv.UnitNormal.Quantile(u); relative(got, want) > 2e-15 {
				t.Fatalf("quantile of %v: got %v, want %v", u, got, want)
			}
		}
		// The other way round, by the error function, which owes nothing to it.
		if got := 0.5 * math.Erfc(-normalAt(u)/math.Sqrt2); math.Abs(got-u) > 1e-15 {
			t.Fatalf("Φ(quantile of %v): got %v", u, got)
		}
		if normalAt(1-u) != -normalAt(u) {
			t.Fatalf("quantile of %v is not that of %v reversed", 1-u, u)
		}
	}
}
