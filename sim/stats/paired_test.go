package stats

import (
	"math"
	"math/rand/v2"
	"testing"
)

func TestMcNemarByHand(t *testing.T) {
	// Of nine that differ, one and no more: 2 (1+9)/2^9.
	if got := McNemarP(1, 8); !near(got, 20.0/512, 1e-12) {
		t.Errorf("got %v, want %v", got, 20.0/512)
	}
	if McNemarP(0, 0) != 1 || McNemarP(4, 4) != 1 {
		t.Error("got a difference between designs that do not differ")
	}
	// Five to none is 1/16, six to none 1/32: the interval excludes 1/2 with it.
	if !McNemar(5, 0, 0.95).Contains(0.5) || McNemar(6, 0, 0.95).Contains(0.5) {
		t.Errorf("got %v and %v", McNemar(5, 0, 0.95), McNemar(6, 0, 0.95))
	}
}

// Looking after every pair, two equal designs are told apart no oftener than
// promised. This is computed, not simulated.
func TestMcNemarMayBeWatched(t *testing.T) {
	const alpha = 0.05
	enough := func(k, n int) bool { return McNemarEvidence(k, n-k) >= -math.Log(alpha) }
	if got := everMissed(1000, 0.5, enough); got > alpha || got < alpha/10 {
		t.Errorf("got %v, want at most %v and not idly less", got, alpha)
	}
	once := func(k, n int) bool { return McNemarP(k, n-k) <= alpha }
	if got := everMissed(1000, 0.5, once); got <= alpha {
		t.Errorf("a test for a fixed number of pairs, watched: got %v, want it to err more often", got)
	}
	for _, c := range [][2]int{{0, 9}, {3, 17}, {60, 40}} {
		if got, want := !McNemarSequence(c[0], c[1], alpha).Contains(0.5), McNemarEvidence(c[0], c[1]) >= -math.Log(alpha); got != want {
			t.Errorf("%v: got excluded %t, want %t", c, got, want)
		}
	}
}

// trinomial calls f with each outcome of n pairs and its probability.
func trinomial(n int, p1, p2 float64, f func(only1, only2 int, p float64)) {
	lf := func(k int) float64 { l, _ := math.Lgamma(float64(k + 1)); return l }
	for b := range n + 1 {
		for c := range n - b + 1 {
			l := lf(n) - lf(b) - lf(c) - lf(n-b-c)
			l += float64(b)*math.Log(p1) + float64(c)*math.Log(p2) + float64(n-b-c)*math.Log1p(-p1-p2)
			f(b, c, math.Exp(l))
		}
	}
}

// pairedCoverage returns the exact coverage, of probabilities of yes with one
// design only, of an interval for their difference.
func pairedCoverage(n int, p1, p2 float64, interval func(only1, only2 int) Interval) float64 {
	sum := 0.0
	trinomial(n, p1, p2, func(b, c int, p float64) {
		if interval(b, c).Contains(p1 - p2) {
			sum += p
		}
	})
	return sum
}

// kept returns a function that computes each interval once.
func kept(n int, interval func(only1, only2, n int) Interval) func(only1, only2 int) Interval {
	all := map[[2]int]Interval{}
	return func(b, c int) Interval {
		i, ok := all[[2]int{b, c}]
		if !ok {
			i = interval(b, c, n)
			all[[2]int{b, c}] = i
		}
		return i
	}
}

// pairedTruths are pairs of probabilities, equal ones and very different ones.
var pairedTruths = [][2]float64{{0.001, 0.001}, {0.01, 0.04}, {0.02, 0.02}, {0.05, 0.1}, {0.1, 0.3}, {0.2, 0.2}, {0.03, 0.6}, {0.3, 0.3}}

// The promise is kept exactly; the interval to show keeps its confidence on
// average. This is computed, not simulated.
func TestPairedIntervalsKeepTheirConfidence(t *testing.T) {
	const n = 60
	exact := kept(n, func(b, c, n int) Interval { return PairedExact(b, c, n, 0.95) })
	tango := kept(n, func(b, c, n int) Interval { return Tango(b, c, n, 0.95) })
	narrow := func(b, c int) Interval { return narrowed(tango(b, c), float64(b-c)/n) }
	mean, bent := 0.0, 0.0
	lowest := 1.0
	for _, p := range pairedTruths {
		if got := pairedCoverage(n, p[0], p[1], exact); got < 0.95 {
			t.Errorf("%v: promised: got %v, want at least 0.95", p, got)
		}
		got := pairedCoverage(n, p[0], p[1], tango)
		lowest = min(lowest, got)
		mean += got / float64(len(pairedTruths))
		bent += pairedCoverage(n, p[0], p[1], narrow) / float64(len(pairedTruths))
	}
	// Where next to no pair differs it covers nearly always, so the mean is
	// above 0.95; nowhere is it below by more than 2 %.
	if mean < 0.945 || mean > 0.985 || lowest < 0.93 || bent >= mean {
		t.Errorf("shown: got %v on average, %v at least, %v if narrower", mean, lowest, bent)
	}
	t.Logf("Tango: %.4f on average, %.4f at least", mean, lowest)
	for _, p := range pairedTruths {
		if got := pairedCoverage(n, p[0], p[1], exact); got > 0.9999 && p[0] > 0.01 {
			t.Logf("%v: promised: %v", p, got)
		}
	}
}

// The ends of Tango's interval are where the score is z, with the likeliest
// probabilities found by search instead of his formula.
func TestTangoEndsWhereTheScoreDoes(t *testing.T) {
	z := NormalQuantile(0.975)
	for _, c := range [][3]int{{5, 12, 80}, {1, 7, 40}, {30, 10, 100}} {
		b, s, n := float64(c[0]), float64(c[1]), float64(c[2])
		i := Tango(c[0], c[1], c[2], 0.95)
		for _, d := range []float64{i.Lo, i.Hi} {
			likelihood := func(p2 float64) float64 {
				return b*math.Log(p2+d) + s*math.Log(p2) + (n-b-s)*math.Log(1-2*p2-d)
			}
			lo, hi := max(0, -d), (1-d)/2
			for range 200 { // it is concave
				l, h := lo+(hi-lo)/3, hi-(hi-lo)/3
				if likelihood(l) < likelihood(h) {
					lo = l
				} else {
					hi = h
				}
			}
			score := (b - s - n*d) / math.Sqrt(n*(2*lo+d-d*d))
			if !near(math.Abs(score), z, 1e-6) {
				t.Errorf("%v: got score %v at %v, want ±%v", c, score, d, z)
			}
		}
	}
	if got := Tango(0, 0, 50, 0.95); got.Lo != -got.Hi || got.Hi > 0.08 || got.Hi < 0.03 {
		t.Errorf("none differ of 50: got %v", got)
	}
	if Tango(0, 0, 0, 0.9) != (Interval{-1, 1}) || PairedExact(0, 0, 0, 0.9) != (Interval{-1, 1}) || PairedSequence(0, 0, 0, 0.1) != (Interval{-1, 1}) {
		t.Error("without pairs: want [-1,1]")
	}
}

func TestDifferencesAreCountedAsTheyAre(t *testing.T) {
	s := NewDifferenceSequence(0.05)
	if s.Mean() != 0 || s.Count() != 0 || s.Interval() != (Interval{-1, 1}) {
		t.Errorf("of none: got %v, %v", s.Mean(), s.Interval())
	}
	for _, d := range []float64{-1, 0.5, 0.2} {
		s.Add(d)
	}
	if s.Count() != 3 || math.Abs(s.Mean()+0.1) > 1e-12 {
		t.Errorf("got %d of mean %v, want 3 of -0.1", s.Count(), s.Mean())
	}
}

// pairedSequence is a PairedSequence that is watched, fed -1, 0 and 1.
type pairedSequence struct{ only1, only2, n int }

func (s *pairedSequence) Add(x float64) {
	s.n++
	if x > 0 {
		s.only1++
	}
	if x < 0 {
		s.only2++
	}
}
func (s *pairedSequence) Interval() Interval { return PairedSequence(s.only1, s.only2, s.n, 0.05) }

func TestPairedSequencesMayBeWatched(t *testing.T) {
	studies := measured(200)
	for _, c := range []struct {
		name  string
		start func() watched
		draw  func(r *rand.Rand) float64
		truth float64
	}{
		{"yes-no, equal", func() watched { return new(pairedSequence) }, trit(0.1, 0.1), 0},
		{"yes-no, 0.05 apart", func() watched { return new(pairedSequence) }, trit(0.08, 0.03), 0.05},
		{"fractions", func() watched { return NewDifferenceSequence(0.05) }, func(r *rand.Rand) float64 { return 0.6*r.Float64() - 0.2 }, 0.1},
	} {
		hits := neverMissed(studies, 300, c.start, c.draw, c.truth)
		atLeast(t, c.name, hits, studies, 0.95)
		logCoverage(t, c.name+", watched 300 times", hits, studies)
		if bent := neverMissed(50, 300, c.start, c.draw, c.truth+0.25); tooLow(bent, 50, 0.95) == nil {
			t.Errorf("%s: off by a quarter: got %d of 50, want it to fail", c.name, bent)
		}
	}
}

// trit draws 1 and -1 with the given probabilities, and otherwise 0.
func trit(up, down float64) func(r *rand.Rand) float64 {
	return func(r *rand.Rand) float64 {
		switch u := r.Float64(); {
		case u < up:
			return 1
		case u < up+down:
			return -1
		}
		return 0
	}
}
