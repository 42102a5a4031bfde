package stats

import (
	"math"
	"math/rand/v2"
	"slices"
	"testing"

	"pgregory.net/rapid"
)

// The fit is max over a <= i of min over b >= i of the mean from a to b: the
// formula of Barlow et al. (1972).
func TestIsotonicIsTheMaxOfMins(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		n := rapid.IntRange(1, 12).Draw(t, "n")
		y := rapid.SliceOfN(rapid.Float64Range(-5, 5), n, n).Draw(t, "y")
		w := rapid.SliceOfN(rapid.Float64Range(0.1, 9), n, n).Draw(t, "w")
		mean := func(a, b int) float64 {
			sum, weight := 0.0, 0.0
			for i := a; i <= b; i++ {
				sum += w[i] * y[i]
				weight += w[i]
			}
			return sum / weight
		}
		fit := Isotonic(y, w)
		if !slices.IsSorted(fit) {
			t.Fatalf("got %v, which falls", fit)
		}
		flip := make([]float64, n)
		for i := range n {
			want := math.Inf(-1)
			for a := range i + 1 {
				lowest := math.Inf(1)
				for b := i; b < n; b++ {
					lowest = min(lowest, mean(a, b))
				}
				want = max(want, lowest)
			}
			if math.Abs(fit[i]-want) > 1e-12 {
				t.Fatalf("got %v, want %v at %d", fit, want, i)
			}
			flip[i] = -y[i]
		}
		for i, v := range Antitonic(flip, w) {
			if v != -fit[i] {
				t.Fatalf("antitonic: got %v at %d, want %v", v, i, -fit[i])
			}
		}
	})
}

func TestIsotonicLeavesWhatDoesNotFall(t *testing.T) {
	y := []float64{0.1, 0.1, 0.3, 0.7}
	if got := Isotonic(y, nil); !slices.Equal(got, y) {
		t.Errorf("got %v, want %v", got, y)
	}
	if got := Isotonic([]float64{3, 1, 2}, nil); !slices.Equal(got, []float64{2, 2, 2}) {
		t.Errorf("got %v, want 2, 2, 2", got)
	}
	if got := Isotonic(nil, nil); len(got) != 0 {
		t.Errorf("got %v, want nothing", got)
	}
}

// The band holds the whole distribution function.
func TestDKWBandHoldsTheWholeCurve(t *testing.T) {
	studies := measured(2000)
	r := rand.New(rand.NewPCG(16, 17))
	const n = 60
	half := DKW(n, 0.95)
	if want := math.Sqrt(math.Log(40) / 120); !near(half, want, 1e-14) {
		t.Errorf("got %v, want %v", half, want)
	}
	hits, bent := 0, 0
	x := make([]float64, n)
	for range studies {
		for i := range x {
			x[i] = r.Float64()
		}
		slices.Sort(x)
		worst := 0.0
		for i, v := range x {
			worst = max(worst, float64(i+1)/n-v, v-float64(i)/n)
		}
		if worst <= half {
			hits++
		}
		if worst <= 0.8*half {
			bent++
		}
	}
	atLeast(t, "band", hits, studies, 0.95)
	logCoverage(t, "band", hits, studies)
	if tooLow(bent, studies, 0.95) == nil {
		t.Error("a fifth narrower: want it to fail")
	}
	if DKW(0, 0.9) != 1 || DKW(1, 0.999) != 1 {
		t.Error("without values: want 1")
	}
}

func TestToleranceRankIsSufficientAsPromised(t *testing.T) {
	studies := measured(2000)
	r := rand.New(rand.NewPCG(18, 19))
	for _, n := range []int{59, 200} {
		rank := ToleranceRank(n, 0.95, 0.95)
		hits := 0
		x := make([]float64, n)
		for range studies {
			for i := range x {
				x[i] = r.Float64()
			}
			slices.Sort(x)
			if x[rank-1] >= 0.95 {
				hits++
			}
		}
		atLeast(t, "sufficient", hits, studies, 0.95)
		logCoverage(t, "sufficient", hits, studies)
	}
}
