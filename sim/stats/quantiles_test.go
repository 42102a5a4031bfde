package stats

import (
	"math"
	"math/rand/v2"
	"reflect"
	"slices"
	"testing"

	"pgregory.net/rapid"
)

// positives draws values of any size that Quantiles takes, zeros among them.
func positives(t *rapid.T, label string) []float64 {
	value := rapid.Custom(func(t *rapid.T) float64 {
		switch rapid.IntRange(0, 3).Draw(t, "kind") {
		case 0:
			return 0
		case 1:
			return rapid.Float64Range(0, 1e17).Draw(t, "any")
		default:
			return math.Ldexp(rapid.Float64Range(1, 2).Draw(t, "mantissa"), rapid.IntRange(-35, 58).Draw(t, "exponent"))
		}
	})
	return rapid.SliceOfN(value, 0, 40).Draw(t, label)
}

func quantilesOf(x []float64) *Quantiles {
	s := new(Quantiles)
	for _, v := range x {
		s.Add(v)
	}
	return s
}

func TestQuantilesAreWithinTheirAccuracy(t *testing.T) {
	const accuracy = 1.0 / (2*perOctave + 1) // half a bucket at its lower end: 0.39 %
	rapid.Check(t, func(t *rapid.T) {
		x := positives(t, "x")
		if len(x) == 0 {
			return
		}
		s := quantilesOf(x)
		slices.Sort(x)
		for rank := 1; rank <= len(x); rank++ {
			q := (float64(rank) - 0.5) / float64(len(x))
			got, want := s.Quantile(q), x[rank-1]
			if want < 1e-9 && want > 0 {
				if got < x[0] || got > 1e-9*(1+accuracy) { // the bucket that ends at 1e-9 is as wide as others
					t.Fatalf("rank %d of %d: got %v, want about 1e-9 at most, for %v", rank, len(x), got, want)
				}
			} else if math.Abs(got-want) > accuracy*(1+1e-12)*want {
				t.Fatalf("rank %d of %d: got %v, want %v within %v", rank, len(x), got, want, accuracy)
			}
		}
		if s.Quantile(0) != x[0] || s.Quantile(1) != x[len(x)-1] {
			t.Fatalf("got %v and %v, want %v and %v exactly", s.Quantile(0), s.Quantile(1), x[0], x[len(x)-1])
		}
	})
}

// The state depends on the values alone: not on their order, nor on how they
// were divided among those who merged.
func TestQuantilesDependOnTheValuesAlone(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		x, y, z := positives(t, "x"), positives(t, "y"), positives(t, "z")
		all := slices.Concat(x, y, z)
		want := quantilesOf(all)
		shuffled := rapid.Permutation(all).Draw(t, "order")
		merged := quantilesOf(z)
		xy := quantilesOf(y)
		xy.Merge(quantilesOf(x))
		merged.Merge(xy)
		for _, got := range []*Quantiles{quantilesOf(shuffled), merged} {
			if !reflect.DeepEqual(got, want) {
				t.Fatalf("got %+v, want %+v", got, want)
			}
		}
	})
}

func TestBucketsTileTheLine(t *testing.T) {
	for i := range (topPower - lowestPower) * perOctave {
		start, end := bucketStart(i), bucketStart(i+1)
		if i > 0 && bucketOf(start) != i || bucketOf(math.Nextafter(end, 0)) != i {
			t.Fatalf("bucket %d from %v to %v: got %d and %d", i, start, end, bucketOf(start), bucketOf(math.Nextafter(end, 0)))
		}
		if i > 0 && (end-start)/(end+start) > 0.005 {
			t.Fatalf("bucket %d from %v to %v is wider than promised", i, start, end)
		}
	}
}

// The median of 101 exponential variables is enclosed by its interval, which
// takes whole buckets, at least as often as the order statistics do, exactly.
func TestQuantilesIntervalCovers(t *testing.T) {
	rng := rand.New(rand.NewPCG(1, 1))
	const studies = 2000
	hits := 0
	for range studies {
		var s Quantiles
		for range 101 {
			s.Add(rng.ExpFloat64())
		}
		i, warnings := s.Interval(0.5, 0.95)
		if warnings != nil {
			t.Fatal(warnings)
		}
		if i.Contains(math.Ln2) {
			hits++
		}
	}
	_, _, exact := OrderStatistics(101, 0.5, 0.95)
	atLeast(t, "median", hits, studies, exact)
}

func TestQuantilesIntervalIsOpenWhenValuesAreFew(t *testing.T) {
	s := quantilesOf([]float64{1, 2, 3})
	i, warnings := s.Interval(0.95, 0.95)
	if i.Lo != 2 || !math.IsInf(i.Hi, 1) || len(warnings) != 1 {
		t.Errorf("got %v and %v, want [2, +Inf] and a warning", i, warnings)
	}
	i, warnings = s.Interval(0.05, 0.95)
	if i.Lo != 0 || math.Abs(i.Hi-2) > 0.02 || len(warnings) != 1 {
		t.Errorf("got %v and %v, want [0, 2] and a warning", i, warnings)
	}
	if got := new(Quantiles).Quantile(0.5); !math.IsNaN(got) {
		t.Errorf("median of nothing: got %v, want NaN", got)
	}
}
