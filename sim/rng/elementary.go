package rng

import "math"

// The logarithm and the exponential of this file give the same bits on every processor.
// Those of package math do not: some are written in assembly, differently for each. Nor
// does Go promise the bits of x*y + z, which it may compute with one rounding or with
// two; float64(x*y) + z has two, always.

// madd returns a*b + c, rounded twice. Where every nanosecond counts it is written out,
// because the compiler leaves a no-op for each call that it takes away.
func madd(a, b, c float64) float64 { return float64(a*b) + c }

const (
	ln2         = 0x1.62e42fefa39efp-01
	ln2Over64Hi = 0x1.62e42fep-07       // 29 bits, so that its product with a small integer is exact
	ln2Over64Lo = 0x1.f473de6af278fp-36 // ln2Over64Hi + ln2Over64Lo is ln2/64 to 82 bits
	over64Ln2   = 0x1.71547652b82fep+06 // 64/ln2
	toInteger   = 0x1.8p52              // added to a small number, it leaves the nearest integer in the low bits

	mantissaBits = 52                                   // of the binary64 format
	nodeBits     = mantissaBits - 7                     // so many bits from one of 128 nodes to the next
	logLeast     = 0x3fe6800000000000 - 1<<(nodeBits-1) // bits of the first node, 0.703125, less half the way to the next
)

// log returns the natural logarithm of x, within 2 ulp. x must be positive, normal and
// finite.
//
// x is 2^e z with z near 1, and z = c (1+r) with c the nearest of 128 nodes, so that
// log x = e ln2 + log c + log(1+r) with |r| ≤ 2^-8, where six terms of the series leave
// 2^-59. z runs from 0.7 to 1.4 so that for x near 1, on either side, e = 0 and c = 1,
// and nothing cancels.
//
// Source: Tang, "Table-driven implementation of the logarithm function in IEEE
// floating-point arithmetic", ACM TOMS 16 (1990).
func log(x float64) float64 { return logOf(logParts(x)) }

// logParts returns what log needs of x: e, log c and r. It and logOf are small enough
// to be compiled in place, which the exponential law makes use of.
func logParts(x float64) (e, logC, r float64) {
	b := math.Float64bits(x)
	above := b - logLeast
	k := int64(above) >> mantissaBits
	node := &logTable[above>>nodeBits%128]
	d := math.Float64frombits(b-uint64(k)<<mantissaBits) - node.c // exact
	return float64(k), node.log, float64(d * node.inverse)
}

// logOf returns the logarithm of the x of which logParts gave the parts.
func logOf(e, logC, r float64) float64 {
	r2 := float64(r * r)
	p := float64(r2*(float64(r2*(-1./6))+float64(r*(1./5))-1./4)) + float64(r*(1./3)) - 1./2
	return float64(e*ln2) + logC + (float64(r2*p) + r)
}

// exp returns e to the power x, within 1 ulp or so; 0 below -708, where results would
// lose digits, and +Inf above 709.
//
// x = (64 k + i) ln2/64 + r with |r| ≤ ln2/128, where five terms of the series leave
// 2^-54.
//
// Source: Tang, "Table-driven implementation of the exponential function in IEEE
// floating-point arithmetic", ACM TOMS 15 (1989).
func exp(x float64) float64 {
	if !(x > -708) {
		return 0
	}
	if x > 709 {
		return math.Inf(1)
	}
	n := float64(x*over64Ln2) + toInteger
	k := int64(math.Float64bits(n) - math.Float64bits(toInteger))
	n -= toInteger
	r := (x - float64(n*ln2Over64Hi)) - float64(n*ln2Over64Lo)
	r2 := float64(r * r)
	p := float64(r2*(float64(r2*(float64(r*(1./120))+1./24))+float64(r*(1./6))+1./2)) + r
	t := expTable[k&63]
	y := float64(t*p) + t
	return math.Float64frombits(math.Float64bits(y) + uint64(k>>6)<<mantissaBits)
}

// log1p returns log(1+x) without loss for small x, which is above -1.
//
// Source: Kahan; see Higham, Accuracy and Stability of Numerical Algorithms (2002),
// section 1.14.1.
func log1p(x float64) float64 {
	w := 1 + x
	if w == 1 {
		return x
	}
	return log(w) * x / (w - 1)
}

// expm1 returns exp(x) - 1 without loss for small x.
//
// Source: Kahan, as log1p.
func expm1(x float64) float64 {
	w := exp(x)
	switch {
	case w == 1:
		return x
	case w < 0.5 || w > 2:
		return w - 1
	}
	return (w - 1) * x / log(w)
}
