package model

import (
	"oxysim/sim"
	"oxysim/sim/rng"
)

// closed reports whether a law has a quantile in closed form.
func closed(l *rng.Law) bool { return l.HasQuantile() }

// probability returns the probability that a law gives no more than x, found by
// bisection of its quantile, down to the last bit of a uniform number.
func probability(l *rng.Law, x float64) float64 {
	lo, hi := 0.0, 1.0 // the quantile of lo is at most x, that of hi above it
	if from, to := l.Support(); x < from {
		return 0
	} else if x >= to {
		return 1
	}
	for range 60 {
		mid := (lo + hi) / 2
		if l.Quantile(mid) <= x {
			lo = mid
		} else {
			hi = mid
		}
	}
	return lo
}

// remaining draws what is left of a time that has lasted for d already: the
// quantile of the law at p + u(1-p), where p is the probability that it lasts no
// longer than d, less d. It is 0 if the law never lasts so long. A compound
// law is drawn again until it does.
func remaining(l *rng.Law, s rng.Stream, i uint64, d sim.Span) sim.Span {
	if !closed(l) {
		for k := range uint64(tries) {
			if x := sim.Seconds(l.At(s.Sub(i), k)); x > d {
				return x - d
			}
		}
		return 0
	}
	p := probability(l, float64(d))
	if p >= 1-0x1p-40 { // so far out, a uniform number tells no more
		return 0
	}
	u := p + float64(s.Float64At(i)*(1-p))
	return max(sim.Seconds(l.Quantile(u))-d, 0)
}

// cells is into how many parts of equal probability a law is cut to draw a time
// in proportion to its length.
const cells = 512

// residual draws what is left of a time that was going on when somebody looked,
// long after the first began: one of the lengths of the law, each as likely as
// it is long, and of it an equal chance of any part. Within a cell all lengths
// count alike. A compound law is drawn without regard to length.
//
// Source: Cox, Renewal Theory (1962), ch. 5.
func residual(l *rng.Law, s rng.Stream, i uint64) sim.Span {
	s = s.Sub(i)
	part := s.Float64At(0)
	if l.IsConstant() {
		return sim.Seconds(float64(l.Mean() * part))
	}
	if !closed(l) {
		return sim.Seconds(float64(l.At(s, 1) * part))
	}
	sum := 0.0
	for k := range cells {
		sum += l.Quantile((float64(k) + 0.5) / cells)
	}
	at, k := float64(s.Float64At(1)*sum), 0
	for ; k < cells-1; k++ {
		if at -= l.Quantile((float64(k) + 0.5) / cells); at < 0 {
			break
		}
	}
	length := l.Quantile((float64(k) + s.Float64At(2)) / cells)
	return sim.Seconds(float64(length * part))
}
