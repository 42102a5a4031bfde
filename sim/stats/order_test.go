package stats

import (
	"math"
	"testing"

	"pgregory.net/rapid"
)

// binomialSum returns the probability of at most k events, term by term.
func binomialSum(k, n int, p float64) float64 {
	sum := 0.0
	for i := 0; i <= k; i++ {
		sum += binomialPMF(i, n, p)
	}
	return sum
}

// binomialPMF returns the probability of k events in n trials.
func binomialPMF(k, n int, p float64) float64 {
	a, _ := math.Lgamma(float64(n + 1))
	b, _ := math.Lgamma(float64(k + 1))
	c, _ := math.Lgamma(float64(n - k + 1))
	return math.Exp(a - b - c + logLikelihood(k, n, p))
}

func TestBinomialCDFIsASum(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		n := rapid.IntRange(0, 300).Draw(t, "n")
		k := rapid.IntRange(-1, n+1).Draw(t, "k")
		p := rapid.Float64Range(0.001, 0.999).Draw(t, "p")
		got, want := BinomialCDF(k, n, p), binomialSum(min(k, n), n, p)
		if math.Abs(got-want) > 1e-12 {
			t.Fatalf("BinomialCDF(%d, %d, %v): got %v, want %v", k, n, p, got, want)
		}
	})
}

func TestOrderStatisticsAreTheClosest(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		n := rapid.IntRange(0, 400).Draw(t, "n")
		q := rapid.Float64Range(0.01, 0.99).Draw(t, "q")
		confidence := rapid.Float64Range(0.5, 0.999).Draw(t, "confidence")
		tail := (1 - confidence) / 2
		l, u, coverage := OrderStatistics(n, q, confidence)
		if below := BinomialCDF(l-1, n, q); below > tail || l < n && BinomialCDF(l, n, q) <= tail {
			t.Fatalf("got l = %d, which misses with %v, want the largest that misses with %v", l, below, tail)
		}
		if above := BinomialCDF(u-1, n, q); above < 1-tail || u > 1 && BinomialCDF(u-2, n, q) >= 1-tail {
			t.Fatalf("got u = %d, which holds with %v, want the smallest that holds with %v", u, above, 1-tail)
		}
		if coverage < confidence-1e-12 {
			t.Fatalf("got coverage %v, want at least %v", coverage, confidence)
		}
		if r := ToleranceRank(n, q, confidence); BinomialCDF(r-1, n, q) < confidence || r > 1 && BinomialCDF(r-2, n, q) >= confidence {
			t.Fatalf("got tolerance rank %d, want the smallest that holds with %v", r, confidence)
		}
	})
}

func TestToleranceSizeIsTheFirstThatSuffices(t *testing.T) {
	for q, want := range map[float64]int{0.95: 59, 0.99: 299, 0.999: 2995} {
		n := ToleranceSize(q, 0.95)
		if n != want {
			t.Errorf("q = %v: got %d, want %d", q, n, want)
		}
		if at, before := ToleranceRank(n, q, 0.95), ToleranceRank(n-1, q, 0.95); at != n || before != n {
			t.Errorf("q = %v: got ranks %d of %d and %d of %d, want the largest and one beyond", q, at, n, before, n-1)
		}
	}
	if got := ToleranceSize(0.5, 0.5); got != 1 {
		t.Errorf("median at 50 %%: got %d, want 1", got)
	}
}
