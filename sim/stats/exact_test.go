package stats

import (
	"encoding/json"
	"math"
	"os"
	"testing"
)

// exact returns the rows of a table in testdata/exact.json.
func exact(t *testing.T, table string) [][]float64 {
	t.Helper()
	b, err := os.ReadFile("testdata/exact.json")
	if err != nil {
		t.Fatal(err)
	}
	var tables map[string]json.RawMessage
	if err := json.Unmarshal(b, &tables); err != nil {
		t.Fatal(err)
	}
	var rows struct{ Rows [][]float64 }
	if err := json.Unmarshal(tables[table], &rows); err != nil {
		t.Fatal(err)
	}
	if len(rows.Rows) == 0 {
		t.Fatalf("table %s is empty", table)
	}
	return rows.Rows
}

// near reports whether got is want to the given relative error.
func near(got, want, relative float64) bool {
	return got == want || math.Abs(got-want) <= relative*math.Abs(want)
}

// sixDigits is the relative error of a number that was rounded to six digits,
// and some room for the computation: 1e-5.
const sixDigits = 1e-5

func TestBinomialIntervalsAreExact(t *testing.T) {
	for table, interval := range map[string]func(k, n int) Interval{
		"wilson_95":             func(k, n int) Interval { return Wilson(k, n, 0.95) },
		"clopper_pearson_95":    func(k, n int) Interval { return ClopperPearson(k, n, 0.95) },
		"bernoulli_sequence_95": func(k, n int) Interval { return BernoulliSequence(k, n, 0.05) },
	} {
		for _, row := range exact(t, table) {
			k, n := int(row[0]), int(row[1])
			got := interval(k, n)
			if !near(got.Lo, row[2], sixDigits) || !near(got.Hi, row[3], sixDigits) {
				t.Errorf("%s: k = %d, n = %d: got %v, want [%v, %v]", table, k, n, got, row[2], row[3])
			}
		}
	}
	for _, row := range exact(t, "clopper_pearson_upper_95") {
		if got := ClopperPearsonUpper(int(row[0]), int(row[1]), 0.95); !near(got, row[2], sixDigits) {
			t.Errorf("ClopperPearsonUpper(%v, %v, 0.95): got %v, want %v", row[0], row[1], got, row[2])
		}
	}
}

func TestFirstTrialWithoutEventsThatSettlesIt(t *testing.T) {
	for _, row := range exact(t, "first_n_without_events_95") {
		p, n := row[0], int(row[1])
		if before, at := BernoulliSequence(0, n-1, 0.05).Hi, BernoulliSequence(0, n, 0.05).Hi; before < p || at >= p {
			t.Errorf("p = %v: got upper bounds %v after %d and %v after %d trials, want it to be excluded by the last", p, before, n-1, at, n)
		}
		enough := -math.Log(0.05)
		if before, at := BernoulliEvidence(0, n-1, p), BernoulliEvidence(0, n, p); before >= enough || at < enough {
			t.Errorf("p = %v: got evidence %v after %d and %v after %d trials, want %v from the last on", p, before, n-1, at, n, enough)
		}
	}
}

func TestQuantilesOfStudentAndNormalAreExact(t *testing.T) {
	for _, row := range exact(t, "t_quantile_6_digits") {
		if got := TQuantile(row[0], row[1]); !near(got, row[2], sixDigits) {
			t.Errorf("TQuantile(%v, %v): got %v, want %v", row[0], row[1], got, row[2])
		}
	}
	for _, row := range exact(t, "t_quantile") {
		if got := TQuantile(row[0], row[1]); !near(got, row[2], 1e-10) {
			t.Errorf("TQuantile(%v, %v): got %v, want %v", row[0], row[1], got, row[2])
		}
		if got, want := TQuantile(1-row[0], row[1]), TQuantile(row[0], row[1]); !near(-got, want, 1e-8) { // 1-p has lost digits
			t.Errorf("TQuantile(%v, %v): got %v, want %v", 1-row[0], row[1], got, -want)
		}
	}
	for _, row := range exact(t, "normal_quantile") {
		if got := NormalQuantile(row[0]); !near(got, row[1], 1e-14) {
			t.Errorf("NormalQuantile(%v): got %v, want %v", row[0], got, row[1])
		}
	}
}

func TestOrderStatisticsAreExact(t *testing.T) {
	for _, row := range exact(t, "order_statistics_95") {
		l, u, coverage := OrderStatistics(int(row[0]), row[1], 0.95)
		if l != int(row[2]) || u != int(row[3]) || !near(coverage, row[4], sixDigits) {
			t.Errorf("n = %v, q = %v: got %d, %d, %v, want %v, %v, %v", row[0], row[1], l, u, coverage, row[2], row[3], row[4])
		}
	}
}

// bettingSeries returns n values in [0.6, 0.9), of mean 0.75, from a fixed
// generator that is not ours.
func bettingSeries(n int) []float64 {
	x := make([]float64, n)
	s := uint64(0)
	for i := range x {
		s = (s*1103515245 + 12345) % (1 << 31)
		x[i] = 0.6 + 0.3*float64(s%1000)/1000
	}
	return x
}

func TestBettingSequenceIsTheDefinitionOnItsGrid(t *testing.T) {
	for _, row := range exact(t, "betting_sequence_95") {
		b := NewBettingSequence(0.05)
		for _, x := range bettingSeries(int(row[0])) {
			b.Add(x)
		}
		const step = 0.0015 // between means of the grid, at most
		got := b.Interval()
		if got.Lo > row[1] || got.Lo < row[1]-step || got.Hi < row[2] || got.Hi > row[2]+step {
			t.Errorf("n = %v: got %v, want [%v, %v] rounded outward by at most %v", row[0], got, row[1], row[2], step)
		}
	}
}

func TestMeanSequenceIsTheDefinition(t *testing.T) {
	for _, row := range exact(t, "mean_sequence") {
		n := int(row[0])
		tally := Tally{Count: n, Mean: row[1], SumSq: row[2] * row[2] * float64(n-1)}
		got := MeanSequence(tally, row[3], int(row[4]))
		if !near(got.Lo, row[5], 1e-13) || !near(got.Hi, row[6], 1e-13) {
			t.Errorf("n = %d: got %v, want [%v, %v]", n, got, row[5], row[6])
		}
	}
}
