package stats

import (
	"math"
	"testing"

	"pgregory.net/rapid"
)

// tallyOf returns the tally of x.
func tallyOf(x []float64) Tally {
	var t Tally
	for _, v := range x {
		t.Add(v)
	}
	return t
}

// values draws up to 30 values of magnitude up to a million.
func values(t *rapid.T, label string) []float64 {
	return rapid.SliceOfN(rapid.Float64Range(-1e6, 1e6), 0, 30).Draw(t, label)
}

func TestTallyAgreesWithTwoPasses(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		x := values(t, "x")
		got := tallyOf(x)
		var want Tally
		for i, v := range x {
			if i == 0 {
				want.Min, want.Max = v, v
			}
			want.Count++
			want.Mean += v / float64(len(x))
			want.Min = math.Min(want.Min, v)
			want.Max = math.Max(want.Max, v)
		}
		for _, v := range x {
			want.SumSq += (v - want.Mean) * (v - want.Mean)
		}
		if !sameTally(got, want) {
			t.Fatalf("got %+v, want %+v", got, want)
		}
	})
}

// sameTally reports whether counts and extremes are equal, and sums equal up to
// the rounding of some dozens of values of magnitude up to a million: 1e-15 of
// 1e6 or of 1e12, a hundred times over.
func sameTally(a, b Tally) bool {
	return a.Count == b.Count && a.Min == b.Min && a.Max == b.Max &&
		math.Abs(a.Mean-b.Mean) < 1e-7 && math.Abs(a.SumSq-b.SumSq) < 0.1+1e-13*a.SumSq
}

func TestMergingTalliesIsAddingTheirValues(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		x, y, z := values(t, "x"), values(t, "y"), values(t, "z")
		a, b, c := tallyOf(x), tallyOf(y), tallyOf(z)

		ab, ba := a, b
		ab.Merge(b)
		ba.Merge(a)
		if ab != ba {
			t.Fatalf("x and y: got %+v, y and x: %+v, want the same bits", ab, ba)
		}
		if want := tallyOf(append(append([]float64{}, x...), y...)); !sameTally(ab, want) {
			t.Fatalf("got %+v, want %+v", ab, want)
		}
		left, right := ab, b
		left.Merge(c)
		right.Merge(c)
		whole := a
		whole.Merge(right)
		if !sameTally(left, whole) {
			t.Fatalf("(x and y) and z: got %+v, x and (y and z): %+v", left, whole)
		}
		same := a
		same.Merge(Tally{})
		if same != a {
			t.Fatalf("with nothing: got %+v, want %+v", same, a)
		}
	})
}

func TestMergingRatioTalliesIsAddingTheirPairs(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		pair := rapid.Custom(func(t *rapid.T) [2]float64 {
			return [2]float64{rapid.Float64Range(-1e6, 1e6).Draw(t, "x"), rapid.Float64Range(-1e6, 1e6).Draw(t, "y")}
		})
		var a, b, want RatioTally
		for _, p := range rapid.SliceOfN(pair, 0, 30).Draw(t, "a") {
			a.Add(p[0], p[1])
			want.Add(p[0], p[1])
		}
		for _, p := range rapid.SliceOfN(pair, 0, 30).Draw(t, "b") {
			b.Add(p[0], p[1])
			want.Add(p[0], p[1])
		}
		ab, ba := a, b
		ab.Merge(b)
		ba.Merge(a)
		if ab != ba {
			t.Fatalf("a and b: got %+v, b and a: %+v, want the same bits", ab, ba)
		}
		above := func(r RatioTally) Tally { return Tally{Count: r.Count, Mean: r.Above, SumSq: r.SqAbove} }
		below := func(r RatioTally) Tally { return Tally{Count: r.Count, Mean: r.Below, SumSq: r.SqBelow} }
		cross := math.Abs(ab.Cross - want.Cross)
		if !sameTally(above(ab), above(want)) || !sameTally(below(ab), below(want)) || cross > 0.1 {
			t.Fatalf("got %+v, want %+v", ab, want)
		}
	})
}

// Deviations of the numerators from 0.5 times the denominators: 1, -1, -1, 1;
// the formula by hand.
func TestRatioByHand(t *testing.T) {
	var r RatioTally
	for _, p := range [][2]float64{{6, 10}, {9, 20}, {14, 30}, {21, 40}} {
		r.Add(p[0], p[1])
	}
	stdErr := math.Sqrt(4.0/3/4) / 25
	half := 3.182446305 * stdErr // t of 3 degrees of freedom at 97.5 %
	i, _ := r.Interval(0.95)
	if !near(r.Ratio(), 0.5, 1e-15) || !near(i.Lo, 0.5-half, 1e-9) || !near(i.Hi, 0.5+half, 1e-9) {
		t.Errorf("got %v in %v, want 0.5 ± %v", r.Ratio(), i, half)
	}
	if got := (RatioTally{}).Ratio(); !math.IsNaN(got) {
		t.Errorf("ratio of nothing: got %v, want NaN", got)
	}
}

func TestVarianceOfOneValueIsUnknown(t *testing.T) {
	one := tallyOf([]float64{7})
	if !math.IsInf(one.Variance(), 1) || !math.IsInf(one.StdErr(), 1) || !math.IsInf((Tally{}).StdErr(), 1) {
		t.Errorf("got %v, %v, %v, want +Inf", one.Variance(), one.StdErr(), Tally{}.StdErr())
	}
}

// The values differ in the last digits that a float64 near 1e9 has; a sum of
// squares would lose them all.
func TestVarianceSurvivesALargeMean(t *testing.T) {
	got := tallyOf([]float64{1e9 + 4, 1e9 + 7, 1e9 + 13, 1e9 + 16})
	if want := 30.0; got.Variance() != want {
		t.Errorf("got %v, want %v", got.Variance(), want)
	}
}

// panics reports what f panics with; it fails if it does not.
func panics(t *testing.T, f func()) (value any) {
	t.Helper()
	defer func() {
		if value = recover(); value == nil {
			t.Error("want a panic")
		}
	}()
	f()
	return nil
}

func TestMistakesOfTheCallerArePanics(t *testing.T) {
	for want, f := range map[string]func(){
		"stats: Tally.Add: want a finite value, not NaN":                                              func() { new(Tally).Add(math.NaN()) },
		"stats: Tally.Add: want a finite value, not +Inf":                                             func() { new(Tally).Add(math.Inf(1)) },
		"stats: RatioTally.Add: want finite values, not 1 and -Inf":                                   func() { new(RatioTally).Add(1, math.Inf(-1)) },
		"stats: Level: want an instant from 10 s on, not 9 s":                                         func() { l := NewLevel(10, 1); l.Set(9, 2) },
		"stats: Level: integral overflows at 4 s with value 4611686018427387904: want a coarser unit": func() { l := NewLevel(0, 1<<62); l.Set(4, 0) },
		"stats: Intervals.Begin: want none going on at 2 s, not one since 1 s":                        func() { i := Intervals{}; i.Begin(1); i.Begin(2) },
		"stats: Intervals.Begin: want an instant from 5 s on, not 4 s":                                func() { i := Intervals{}; i.Begin(1); i.End(5); i.Begin(4) },
		"stats: Intervals.End: want one that is going on at 2 s, not none":                            func() { new(Intervals).End(2) },
		"stats: Intervals.End: want an instant from 3 s on, not 2 s":                                  func() { i := Intervals{}; i.Begin(3); i.End(2) },
		"stats: Wilson: want 0 <= k <= n, not k = 3, n = 2":                                           func() { Wilson(3, 2, 0.95) },
		"stats: ClopperPearson: want a confidence in (0,1), not 95":                                   func() { ClopperPearson(1, 2, 95) },
		"stats: BinomialCDF: want n >= 0 and p in [0,1], not n = 2, p = NaN":                          func() { BinomialCDF(1, 2, math.NaN()) },
		"stats: NormalQuantile: want p in [0,1], not 2":                                               func() { NormalQuantile(2) },
		"stats: TQuantile: want p in [0,1] and df > 0, not p = 0.5, df = 0":                           func() { TQuantile(0.5, 0) },
		"stats: OrderStatistics: want q in (0,1), not 1":                                              func() { OrderStatistics(10, 1, 0.95) },
		"stats: ToleranceRank: want n >= 0, not -1":                                                   func() { ToleranceRank(-1, 0.5, 0.95) },
		"stats: BernoulliSequence: want alpha in (0,1), not 0":                                        func() { BernoulliSequence(1, 2, 0) },
		"stats: MeanSequence: want a planned number above 0, not 0":                                   func() { MeanSequence(Tally{}, 0.05, 0) },
		"stats: BettingSequence.Add: want a value in [0,1], not 1.5":                                  func() { NewBettingSequence(0.05).Add(1.5) },
		"stats: Quantiles.Add: want a value from 0 to 1e18, not -1":                                   func() { new(Quantiles).Add(-1) },
		"stats: Quantiles.Quantile: want q in [0,1], not NaN":                                         func() { new(Quantiles).Quantile(math.NaN()) },
	} {
		if got := panics(t, f); got != want {
			t.Errorf("got %q, want %q", got, want)
		}
	}
}
