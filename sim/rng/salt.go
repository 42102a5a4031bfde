package rng

import "math"

// Salt returns the source of another future: its streams have nothing in common
// with those of s, nor with those of another salt. So a replication that is
// copied in the middle goes on differently in each copy.
func (s Source) Salt(salt uint64) Source {
	c := child(s.a^salt2, s.b, mix(salt+golden))
	return Source{c.k0, c.k1}
}

// leastTail is the probability of a tail below which Beyond does not draw from
// it: the uniform numbers there are too coarse.
const leastTail = 1e-9

// Beyond returns the number at index i of the stream of what the law gives if it
// gives x or more: how long something takes that has taken so long already. It
// reports whether there is such a number; for a [Compound], and so far out that
// hardly any number is, it draws none.
func (l *Law) Beyond(x float64, s Stream, i uint64) (float64, bool) {
	switch {
	case x <= 0 && l.kind != compound:
		if lo, _ := l.Support(); lo >= x {
			return l.At(s, i), true
		}
	case l.kind == exponential:
		return x + l.At(s, i), true
	case l.kind == compound:
		return 0, false
	}
	below := l.below(x)
	if 1-below < leastTail {
		return 0, false
	}
	return l.Quantile(below + float64((1-below)*s.Float64At(i))), true
}

// below returns the least u, but for the last bits, from which on the quantile
// is x or more.
func (l *Law) below(x float64) float64 {
	lo, hi := 0., 1.
	for range 53 {
		u := lo + float64((hi-lo)/2)
		if l.Quantile(u) < x {
			lo = u
		} else {
			hi = u
		}
	}
	if math.IsInf(x, 1) {
		return 1
	}
	return hi
}
