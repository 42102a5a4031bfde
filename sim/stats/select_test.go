package stats

import (
	"math"
	"math/rand/v2"
	"slices"
	"testing"
)

// The constants of the literature, to the digits given.
func TestSelectionConstantsAreExact(t *testing.T) {
	for _, c := range []struct {
		k, n0          int
		delta, eta, h2 float64
	}{
		{10, 20, 0.05, 0.302934, 11.5115},
		{20, 30, 0.05, 0.218002, 12.6441},
		{3, 20, 0.01, 0.311888, 11.8518},
		{5, 10, 0.05, 0.634967, 11.4294},
		{5, 20, 0.05, 0.237238, 9.01506},
	} {
		eta, h2 := KimNelsonConstants(c.k, c.n0, c.delta)
		if !near(eta, c.eta, sixDigits) || !near(h2, c.h2, sixDigits) {
			t.Errorf("k = %d, n0 = %d, delta = %v: got %v and %v, want %v and %v", c.k, c.n0, c.delta, eta, h2, c.eta, c.h2)
		}
	}
	for _, c := range []struct {
		k, n0 int
		p, h  float64
	}{
		{10, 20, 0.9, 3.4374}, {10, 20, 0.95, 3.8753}, {2, 20, 0.95, 2.4525}, {5, 20, 0.95, 3.3854},
	} {
		if got := RinottH(c.k, c.n0, c.p); math.Abs(got-c.h) > 1e-4 {
			t.Errorf("RinottH(%d, %d, %v): got %v, want %v", c.k, c.n0, c.p, got, c.h)
		}
	}
	for _, c := range []struct{ p, df, want float64 }{
		{0.95, 9, 1.83311}, {0.975, 19, 2.09302}, {0.975, 29, 2.04523}, {0.975, 9, 2.26216}, {0.99375, 9, 3.11093},
	} {
		if got := TQuantile(c.p, c.df); math.Abs(got-c.want) > 1e-5 {
			t.Errorf("TQuantile(%v, %v): got %v, want %v", c.p, c.df, got, c.want)
		}
	}
}

// With many first observations the variances are as good as known, and for two
// systems Rinott's integral is Phi(h/√2).
func TestRinottOfTwoKnownVariancesIsNormal(t *testing.T) {
	if got, want := RinottH(2, 100_001, 0.95), math.Sqrt2*NormalQuantile(0.95); !near(got, want, 1e-4) {
		t.Errorf("got %v, want %v", got, want)
	}
}

// choice is what a selection chose.
type choice struct {
	best, rows int
	first      int // what had the lowest mean after the first stage
	close      []int
}

// chooseAmong simulates a selection among systems of the given means with
// common random numbers: a row shares a normal part of standard deviation 1, and
// each system has its own of 1/2. Now and then dropped systems are not observed.
func chooseAmong(r *rand.Rand, means []float64, indifference float64) choice {
	s := NewKimNelson(len(means), 20, 0.05, indifference)
	row := make([]float64, len(means))
	var c choice
	for !s.Done() {
		common := r.NormFloat64()
		for i := range row {
			row[i] = means[i] + common + r.NormFloat64()/2
			if !s.Alive(i) {
				row[i] = math.NaN()
			}
		}
		s.Add(row)
		if s.Count() == 20 {
			c.first = s.Best()
		}
	}
	c.best, c.rows, c.close = s.Best(), s.Count(), s.TooClose()
	return c
}

// The hardest case that the promise covers: all others are worse by just the
// indifference. It is chosen right as promised, and would not be by who looks
// once, after the first stage.
func TestKimNelsonChoosesRight(t *testing.T) {
	studies := measured(400)
	r := rand.New(rand.NewPCG(10, 11))
	const best = 3
	means := []float64{0.2, 0.2, 0.2, 0, 0.2}
	right, atOnce, shown, wrongly, rows := 0, 0, 0, 0, 0
	for range studies {
		c := chooseAmong(r, means, 0.2)
		if c.best == best {
			right++
		}
		if c.first == best {
			atOnce++
		}
		if len(c.close) == 0 {
			shown++
			if c.best != best {
				wrongly++
			}
		}
		rows += c.rows
	}
	atLeast(t, "right", right, studies, 0.95)
	if tooLow(atOnce, studies, 0.95) == nil {
		t.Errorf("the lowest mean after 20 rows was right in %d of %d: want it to be worse than promised", atOnce, studies)
	}
	atLeast(t, "not shown wrongly to be best", studies-wrongly, studies, 0.95)
	logCoverage(t, "right", right, studies)
	logCoverage(t, "right at once", atOnce, studies)
	logCoverage(t, "shown to be best", shown, studies)
	t.Logf("%.0f rows", float64(rows)/float64(studies))
}

// Two systems that are truly equal are never told apart, but for delta, though
// one of them is chosen; one that is far worse is.
func TestATieStaysTooCloseToCall(t *testing.T) {
	studies := measured(400)
	r := rand.New(rand.NewPCG(12, 13))
	tied, oneOfThem, far := 0, 0, 0
	for range studies {
		c := chooseAmong(r, []float64{0.3, 0, 2, 0}, 0.2)
		if c.best%2 == 1 {
			oneOfThem++
		}
		if c.best == 1 && slices.Contains(c.close, 3) || c.best == 3 && slices.Contains(c.close, 1) {
			tied++
		}
		if !slices.Contains(c.close, 2) {
			far++
		}
	}
	atLeast(t, "one of the two", oneOfThem, studies, 0.95)
	atLeast(t, "tie", tied, studies, 0.95)
	atLeast(t, "far worse", far, studies, 0.95)
	logCoverage(t, "tie too close to call", tied, studies)
	logCoverage(t, "one of the two best chosen", oneOfThem, studies)
	logCoverage(t, "far worse shown", far, studies)
}

// Every pair has its share of delta, as any system may be the best: with four, a
// sixth. A difference that a third would show is still too close to call.
func TestTooCloseSharesItsErrorAmongAllPairs(t *testing.T) {
	var noise Tally
	for r := range 20 {
		noise.Add(float64(r%2)*2 - 1)
	}
	third, sixth := StudentSequence(noise, 0.05/3).HalfWidth(), StudentSequence(noise, 0.05/6).HalfWidth()
	s := NewKimNelson(4, 20, 0.05, 0.1)
	for r := range 20 {
		x := float64(r%2)*2 - 1
		s.Add([]float64{0, (third+sixth)/2 + x, 30 + x, 30 - x})
	}
	if got := s.TooClose(); s.Best() != 0 || !slices.Equal(got, []int{1}) {
		t.Errorf("got the best %d, %v too close; want 0, [1]", s.Best(), got)
	}
}

// Systems that are the same in every row have no variance and no difference:
// the choice ends, is the first, and is too close to call.
func TestSelectionAmongTheSameEnds(t *testing.T) {
	s := NewKimNelson(3, 5, 0.05, 1)
	for i := range 5 {
		if s.Done() || s.Best() != -1 || s.Limit() != 0 {
			t.Fatalf("after %d rows: got a choice", i)
		}
		s.Add([]float64{float64(i), float64(i), float64(i) + 2})
	}
	if !s.Done() || s.Best() != 0 || !slices.Equal(s.Survivors(), []int{0, 1}) || s.Dropped(2) != 5 {
		t.Errorf("got done %t, best %d, survivors %v", s.Done(), s.Best(), s.Survivors())
	}
	if got := s.TooClose(); !slices.Equal(got, []int{1, 2}) { // of 2 it is not known how much it varies
		t.Errorf("got %v too close", got)
	}
	if d := s.Difference(2, 0); d.Mean != 2 || d.Min != 2 || d.Count != 5 || s.Difference(0, 2).Mean != -2 {
		t.Errorf("got difference %+v", d)
	}
}

// studentSequence is a StudentSequence that is watched.
type studentSequence struct{ Tally }

func (s *studentSequence) Interval() Interval { return StudentSequence(s.Tally, 0.05) }

// It holds from the second value on, exactly, and is not idle: a mean that is
// off by a fifth of the standard deviation is excluded by the five hundredth.
func TestStudentSequenceMayBeWatchedFromTheSecondValue(t *testing.T) {
	studies := measured(1000)
	start := func() watched { return new(studentSequence) }
	normal := func(r *rand.Rand) float64 { return 1 + r.NormFloat64()/4 }
	hits := neverMissed(studies, 500, start, normal, 1)
	atLeast(t, "normal", hits, studies, 0.95)
	logCoverage(t, "StudentSequence watched 500 times", hits, studies)
	if bent := neverMissed(100, 500, start, normal, 1-bend); tooLow(bent, 100, 0.95) == nil {
		t.Errorf("bent by 5 %%: got coverage of %d in 100, want it to fail", bent)
	}
}

func TestStudentEvidenceOfLittle(t *testing.T) {
	for _, c := range []struct {
		x    []float64
		want float64
	}{{nil, 0}, {[]float64{3}, 0}, {[]float64{0, 0, 0}, 0}, {[]float64{2, 2, 2}, math.Inf(1)}} {
		if got := StudentEvidence(tallyOf(c.x)); got != c.want {
			t.Errorf("%v: got %v, want %v", c.x, got, c.want)
		}
		if i := StudentSequence(tallyOf(c.x), 0.05); i != everywhere() {
			t.Errorf("%v: got %v, want infinite ends", c.x, i)
		}
	}
}

// The interval holds just the means against which there is not enough evidence.
func TestStudentSequenceEndsWhereTheEvidenceDoes(t *testing.T) {
	r := rand.New(rand.NewPCG(14, 15))
	for _, n := range []int{3, 30, 3000} {
		x := make([]float64, n)
		for i := range x {
			x[i] = 7 + r.NormFloat64()
		}
		i := StudentSequence(tallyOf(x), 0.2)
		if math.IsInf(i.Lo, 0) {
			continue // three are too few for any end
		}
		for _, end := range []float64{i.Lo, i.Hi} {
			moved := make([]float64, n)
			for j := range x {
				moved[j] = x[j] - end
			}
			if got := StudentEvidence(tallyOf(moved)); !near(got, -math.Log(0.2), 1e-9) {
				t.Errorf("n = %d: got evidence %v at an end, want %v", n, got, -math.Log(0.2))
			}
		}
	}
}
