package stats

import (
	"fmt"
	"math"
	"math/rand/v2"
	"testing"
)

// sigmas is how many standard errors a simulated coverage may be off. Chance
// alone fails a test once in 16,000 seeds, and the seeds are fixed.
const sigmas = 4

// stdErr returns the standard error of a frequency that should be p.
func stdErr(p float64, studies int) float64 { return math.Sqrt(p * (1 - p) / float64(studies)) }

// tooLow returns an error if hits of studies are too few for a coverage of at
// least p.
func tooLow(hits, studies int, p float64) error {
	if got, want := float64(hits)/float64(studies), p-sigmas*stdErr(p, studies); got < want {
		return fmt.Errorf("coverage %.4f, want at least %.4f for %v", got, want, p)
	}
	return nil
}

// offBy returns an error if hits of studies are too few or too many for a
// coverage of p, or of what is within bias of p.
func offBy(hits, studies int, p, bias float64) error {
	if got, room := float64(hits)/float64(studies), bias+sigmas*stdErr(p, studies); math.Abs(got-p) > room {
		return fmt.Errorf("coverage %.4f, want %v within %.4f", got, p, room)
	}
	return nil
}

func atLeast(t *testing.T, what string, hits, studies int, p float64) {
	t.Helper()
	if err := tooLow(hits, studies, p); err != nil {
		t.Errorf("%s: %v", what, err)
	}
}

// studiesOf returns how many studies to simulate: n, or a tenth in a hurry,
// with the tolerance that follows.
func studiesOf(n int) int {
	if testing.Short() || slow {
		return n / 10
	}
	return n
}

// bend is by how much a test that has passed is bent, to see it fail.
const bend = 0.05

// narrowed returns the interval with both ends moved towards the estimate by 5
// %.
func narrowed(i Interval, estimate float64) Interval {
	return Interval{i.Lo + bend*(estimate-i.Lo), i.Hi - bend*(i.Hi-estimate)}
}

// exactCoverage returns the probability that the interval after n trials of
// probability p contains p.
func exactCoverage(n int, p float64, interval func(k, n int) Interval) float64 {
	sum := 0.0
	for k := range n + 1 {
		if interval(k, n).Contains(p) {
			sum += binomialPMF(k, n, p)
		}
	}
	return sum
}

func wilson95(k, n int) Interval         { return Wilson(k, n, 0.95) }
func clopperPearson95(k, n int) Interval { return ClopperPearson(k, n, 0.95) }

// wald95 is the interval of the textbooks, which we never use: its coverage is
// why.
func wald95(k, n int) Interval {
	p := float64(k) / float64(n)
	half := NormalQuantile(0.975) * math.Sqrt(p*(1-p)/float64(n))
	return Interval{p - half, p + half}
}

func TestExactCoverageOfBinomialIntervals(t *testing.T) {
	want := exact(t, "coverage_50_trials_of_0.05")[0]
	for i, interval := range []func(k, n int) Interval{wald95, wilson95, clopperPearson95} {
		if got := exactCoverage(50, 0.05, interval); !near(got, want[i], sixDigits) {
			t.Errorf("interval %d: got %v, want %v", i, got, want[i])
		}
		if got := exactCoverage(50, 0.05*(1+bend), interval); near(got, want[i], sixDigits) {
			t.Errorf("interval %d: bent by 5 %%: got %v still", i, got)
		}
	}
}

// lowestAndMean returns the lowest and the mean exact coverage over
// probabilities from 0.005 to 0.995.
func lowestAndMean(n int, interval func(k, n int) Interval) (lowest, mean float64) {
	const points = 199
	lowest = 1
	for i := range points {
		c := exactCoverage(n, float64(i+1)/(points+1), interval)
		lowest = min(lowest, c)
		mean += c / points
	}
	return lowest, mean
}

func TestClopperPearsonKeepsItsPromiseEverywhere(t *testing.T) {
	const rounding = 1e-12 // of a sum of binomial probabilities
	for _, n := range []int{1, 10, 59, 200} {
		if lowest, _ := lowestAndMean(n, clopperPearson95); lowest < 0.95-rounding {
			t.Errorf("n = %d: got %v, want at least 0.95", n, lowest)
		}
	}
	narrow := func(k, n int) Interval { return narrowed(clopperPearson95(k, n), float64(k)/float64(n)) }
	if lowest, _ := lowestAndMean(200, narrow); lowest >= 0.95-rounding {
		t.Errorf("5 %% narrower: got %v, want a broken promise", lowest)
	}
}

// The mean coverage of the score interval is the nominal one to within half a
// per cent from 50 trials on: Brown, Cai & DasGupta (2001), figure 11.
func TestWilsonKeepsItsConfidenceOnAverage(t *testing.T) {
	for _, n := range []int{50, 200} {
		if _, mean := lowestAndMean(n, wilson95); math.Abs(mean-0.95) > 0.005 {
			t.Errorf("n = %d: got %v, want 0.95 within 0.005", n, mean)
		}
	}
	narrow := func(k, n int) Interval { return narrowed(wilson95(k, n), float64(k)/float64(n)) }
	if _, mean := lowestAndMean(200, narrow); math.Abs(mean-0.95) <= 0.005 {
		t.Errorf("5 %% narrower: got %v, want less", mean)
	}
}

// everMissed returns the exact probability that, at some moment in n trials of
// probability p, the numbers of events and trials so far are excluded.
func everMissed(n int, p float64, excluded func(k, n int) bool) float64 {
	missed := 0.0
	alive := make([]float64, n+1) // alive[k]: k events so far and never excluded
	alive[0] = 1
	for i := 1; i <= n; i++ {
		for k := i; k >= 0; k-- {
			alive[k] *= 1 - p
			if k > 0 {
				alive[k] += p * alive[k-1]
			}
			if alive[k] > 0 && excluded(k, i) {
				missed += alive[k]
				alive[k] = 0
			}
		}
	}
	return missed
}

// Looking after every one of a thousand trials, no p is ever excluded wrongly
// more often than promised. This is computed, not simulated.
func TestBernoulliSequenceMayBeWatched(t *testing.T) {
	const alpha = 0.05
	for _, p := range []float64{0.005, 0.05, 0.3, 0.9} {
		excludes := func(k, n int) bool { return BernoulliEvidence(k, n, p) >= -math.Log(alpha) }
		if got := everMissed(1000, p, excludes); got > alpha || got < alpha/10 {
			t.Errorf("p = %v: got %v, want at most %v and not idly less", p, got, alpha)
		}
	}
	const p = 0.9
	excludes := func(k, n int) bool { return BernoulliEvidence(k, n, p) >= -math.Log(alpha) }
	if got := everMissed(1000, p*(1+bend), excludes); got <= alpha {
		t.Errorf("trials of probability %v: got %v, want them to be told from %v", p*(1+bend), got, p)
	}
	fixed := func(k, n int) bool { return n >= fewest && !wilson95(k, n).Contains(0.3) }
	if got := everMissed(1000, 0.3, fixed); got < 0.25 {
		t.Errorf("an interval for a fixed number of trials, watched: got %v, want it to miss often", got)
	}
}

// watched is a confidence sequence.
type watched interface {
	Add(x float64)
	Interval() Interval
}

// meanSequence is a MeanSequence that is watched.
type meanSequence struct{ Tally }

func (m *meanSequence) Interval() Interval { return MeanSequence(m.Tally, 0.05, 500) }

// neverMissed returns in how many studies of n values the truth is inside after
// every value.
func neverMissed(studies, n int, start func() watched, draw func(r *rand.Rand) float64, truth float64) int {
	r := rand.New(rand.NewPCG(2, 3))
	hits := 0
	for range studies {
		s := start()
		inside := true
		for i := 0; i < n && inside; i++ {
			s.Add(draw(r))
			inside = s.Interval().Contains(truth)
		}
		if inside {
			hits++
		}
	}
	return hits
}

// MeanSequence leans on the central limit theorem from the thirtieth value on;
// what that costs with skewed values is in its documentation and in the case
// "exponential" below.
func TestSequencesForMeansMayBeWatched(t *testing.T) {
	studies := studiesOf(2000)
	mean := func() watched { return new(meanSequence) }
	betting := func() watched { return NewBettingSequence(0.05) }
	for _, c := range []struct {
		name  string
		n     int
		start func() watched
		draw  func(r *rand.Rand) float64
		truth float64
		want  float64 // coverage, at least
	}{
		{"normal", 1000, mean, func(r *rand.Rand) float64 { return 1 + r.NormFloat64()/4 }, 1, 0.95},
		{"exponential", 2000, mean, func(r *rand.Rand) float64 { return 0.75 + r.ExpFloat64()/4 }, 1, 0.92},
		{"fractions served", 200, betting, func(r *rand.Rand) float64 { return 1 - 0.3*r.Float64() }, 0.85, 0.95},
		{"rare shortages", 200, betting, func(r *rand.Rand) float64 {
			if r.Float64() < 0.98 {
				return 1
			}
			return r.Float64()
		}, 0.99, 0.95},
	} {
		hits := neverMissed(studies, c.n, c.start, c.draw, c.truth)
		atLeast(t, c.name, hits, studies, c.want)
		if bent := neverMissed(studies/10, c.n, c.start, c.draw, c.truth*(1-bend)); tooLow(bent, studies/10, c.want) == nil {
			t.Errorf("%s: bent by 5 %%: got coverage %v, want it to fail", c.name, float64(bent)/float64(studies/10))
		}
		t.Logf("%s: %.4f", c.name, float64(hits)/float64(studies))
	}
}

// Student's interval is exact for normal values, however few.
func TestMeanTKeepsItsConfidence(t *testing.T) {
	const n = 10
	studies := studiesOf(20_000) // a 5 % narrower interval loses 1.2 %, seven standard errors
	r := rand.New(rand.NewPCG(4, 5))
	hits, bent := 0, 0
	for range studies {
		var tally Tally
		for range n {
			tally.Add(3 + r.NormFloat64())
		}
		i := MeanT(tally, 0.95)
		if i.Contains(3) {
			hits++
		}
		if narrowed(i, tally.Mean).Contains(3) {
			bent++
		}
	}
	if err := offBy(hits, studies, 0.95, 0); err != nil {
		t.Error(err)
	}
	if studies == 20_000 && offBy(bent, studies, 0.95, 0) == nil {
		t.Error("5 % narrower: want it to fail")
	}
}

// For pairs whose denominators vary by a fifth, the delta method is off by less
// than 0.002 from 30 pairs on.
func TestRatioKeepsItsConfidence(t *testing.T) {
	const n, truth = 30, 0.9
	studies := studiesOf(40_000) // a 5 % narrower interval loses 1.1 %, ten standard errors
	r := rand.New(rand.NewPCG(6, 7))
	hits, bent := 0, 0
	for range studies {
		var pairs RatioTally
		for range n {
			asked := 100 + 20*r.NormFloat64()
			pairs.Add(truth*asked+3*r.NormFloat64(), asked)
		}
		i, warnings := pairs.Interval(0.95)
		if warnings != nil {
			t.Fatal(warnings)
		}
		if i.Contains(truth) {
			hits++
		}
		if narrowed(i, pairs.Ratio()).Contains(truth) {
			bent++
		}
	}
	if err := offBy(hits, studies, 0.95, 0.002); err != nil {
		t.Error(err)
	}
	if studies == 40_000 && offBy(bent, studies, 0.95, 0.002) == nil {
		t.Error("5 % narrower: want it to fail")
	}
}

// Of 30 exponential values, whose skewness is 2, Student's interval loses more
// than the bootstrap: 2 % in the long run, of which half must show here.
func TestBootstrapTKeepsItsConfidenceWhereStudentDoesNot(t *testing.T) {
	studies := studiesOf(2000)
	const n, offset = 30, 3 // so that 5 % of the mean is a standard error
	r := rand.New(rand.NewPCG(8, 9))
	hits, bent, student := 0, 0, 0
	x := make([]float64, n)
	for range studies {
		for i := range x {
			x[i] = offset + r.ExpFloat64()
		}
		i, warnings := BootstrapT(x, 0.95)
		if warnings != nil {
			t.Fatal(warnings)
		}
		if i.Contains(offset + 1) {
			hits++
		}
		if i.Contains((offset + 1) * (1 + bend)) {
			bent++
		}
		if MeanT(tallyOf(x), 0.95).Contains(offset + 1) {
			student++
		}
	}
	if err := offBy(hits, studies, 0.95, 0.005); err != nil {
		t.Error(err)
	}
	if offBy(bent, studies, 0.95, 0.005) == nil {
		t.Error("bent by 5 %: want it to fail")
	}
	if hits-student < studies/100 {
		t.Errorf("got %d for the bootstrap and %d for Student's of %d, want a difference", hits, student, studies)
	}
	t.Logf("bootstrap %.4f, Student %.4f", float64(hits)/float64(studies), float64(student)/float64(studies))
}
