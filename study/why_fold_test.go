package study

import (
	"math"
	"math/rand/v2"
	"testing"

	"oxysim/scenarios"
)

// Intervals of shares hold of few futures, of which one or two have most of the
// total: of 400 studies of 36, with a miss of 5 % each, more than 33 miss once in a
// thousand times.
func TestSharesHoldOfFewFutures(t *testing.T) {
	const studies, futures, truth = 400, 36, 0.5
	y := &Why{Causes: scenarios.Causes()[:2], Confidence: 0.95}
	missed, known := 0, 0
	for i := range uint64(studies) {
		r := rand.New(rand.NewPCG(i, 1))
		f := newWhyFold(y)
		for range futures {
			total := 0.0
			if r.Float64() < 0.3 {
				total = math.Exp(2 * r.NormFloat64())
			}
			x := total * r.Float64() // of the first cause
			f.add([]float64{0, x, total - x, total})
		}
		_, in := f.share(0)
		if !in.Contains(truth) {
			missed++
		}
		if !math.IsInf(in.HalfWidth(), 0) {
			known++
		}
	}
	if missed > 33 {
		t.Errorf("missed in %d of %d studies", missed, studies)
	}
	if known == 0 {
		t.Error("intervals hold because they have no ends")
	}
}

// Of many futures that are alike, the interval is about as narrow as if the total
// were certain.
func TestSharesOfManyFuturesAreKnown(t *testing.T) {
	y := &Why{Causes: scenarios.Causes()[:2], Confidence: 0.95}
	f := newWhyFold(y)
	r := rand.New(rand.NewPCG(1, 1))
	for range 400 {
		total := 100 + r.NormFloat64()
		x := total * (0.4 + 0.2*r.Float64())
		f.add([]float64{0, x, total - x, total})
	}
	of, in := f.share(0)
	delta, _ := f.shares[0].Interval(0.95)
	if !in.Contains(of) || math.Abs(in.HalfWidth()/delta.HalfWidth()-1) > 0.01 {
		t.Errorf("got %v ± %v, want about ± %v", of, in.HalfWidth(), delta.HalfWidth())
	}
}
