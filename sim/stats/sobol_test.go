package stats

import (
	"math"
	"testing"
)

// Of each 2^m points from a multiple of 2^m on, every coordinate has one in each
// 2^m-th of its range, shifted or not; and of the first two, together, one in
// each box of volume 2^-m. A wrong direction number breaks that.
func TestSobolPointsAreEven(t *testing.T) {
	const m = 9
	for _, seed := range []uint64{0, 5} {
		s := NewSobolPoints(mostDims, seed)
		x := make([]float64, mostDims)
		for block := range 3 {
			var seen [mostDims][1 << m]bool
			var boxes [m + 1][1 << m]bool
			for i := range 1 << m {
				s.Point(block<<m+i, x)
				for d, v := range x {
					cell := int(v * (1 << m))
					if !(v > 0 && v < 1) || seen[d][cell] {
						t.Fatalf("seed %d, dimension %d, point %d: two in the cell of %v", seed, d+1, block<<m+i, v)
					}
					seen[d][cell] = true
				}
				for a := range boxes { // 2^a parts of the first by 2^(m-a) of the second
					box := int(x[0]*float64(int(1)<<a))<<(m-a) | int(x[1]*float64(int(1)<<(m-a)))
					if boxes[a][box] {
						t.Fatalf("seed %d, point %d: two in a box", seed, block<<m+i)
					}
					boxes[a][box] = true
				}
			}
		}
	}
}

// Any two dimensions depend on each other as little as a table of direction
// numbers can make them: the mean of a product over 2^14 points is 1/4. With a
// wrong number two dimensions may become alike, and the mean 1/3.
func TestSobolDimensionsAreApart(t *testing.T) {
	const n = 1 << 12
	s := NewSobolPoints(mostDims, 0)
	x := make([]float64, mostDims)
	var sum [mostDims][mostDims]float64
	for i := range n {
		s.Point(i, x)
		for a, u := range x {
			for b := range a {
				sum[a][b] += u * x[b]
			}
		}
	}
	for a := range sum {
		for b := range a {
			if got := sum[a][b] / n; math.Abs(got-0.25) > 0.01 { // points drawn by lot: 0.25 ± 0.0034
				t.Errorf("dimensions %d and %d: got %v, want 0.25", a+1, b+1, got)
			}
		}
	}
}

// The first points of the published sequence, in the order of their numbers.
func TestFirstSobolPoints(t *testing.T) {
	s := NewSobolPoints(3, 0)
	x := make([]float64, 3)
	for i, want := range [][]float64{{0, 0, 0}, {0.5, 0.5, 0.5}, {0.25, 0.75, 0.75}, {0.75, 0.25, 0.25}, {0.125, 0.625, 0.375}} {
		s.Point(i, x)
		for d := range x {
			if math.Abs(x[d]-want[d]) > 1e-9 {
				t.Errorf("point %d: got %v, want %v", i, x, want)
			}
		}
	}
}

func ishigami(x []float64) float64 {
	a, b, c := math.Pi*(2*x[0]-1), math.Pi*(2*x[1]-1), math.Pi*(2*x[2]-1)
	return math.Sin(a) + 7*math.Sin(b)*math.Sin(b) + 0.1*c*c*c*c*math.Sin(a)
}

func sobolG(x []float64) float64 {
	product := 1.0
	for i, a := range []float64{0, 1, 4.5, 9, 99, 99, 99, 99} {
		product *= (math.Abs(4*x[i]-2) + a) / (1 + a)
	}
	return product
}

// atPoints returns the values of f at the points of a design of k factors.
func atPoints(s *Saltelli, k int, f func(x []float64) float64) []float64 {
	y := make([]float64, s.Size())
	x := make([]float64, k)
	for i := range y {
		s.Point(i, x)
		y[i] = f(x)
	}
	return y
}

// Closed forms: Ishigami & Homma (1990), Saltelli & Sobol' (1995).
var sobolCases = []struct {
	name         string
	f            func(x []float64) float64
	k            int
	first, total []float64
}{
	{"Ishigami", ishigami, 3, []float64{0.31390519, 0.44241114, 0}, []float64{0.55758886, 0.44241114, 0.24368366}},
	{"G", sobolG, 8, []float64{0.71619217, 0.17904804, 0.023675774, 0.0071619217}, []float64{0.78714413, 0.24219819, 0.03431691, 0.010460387}},
}

func TestSobolIndicesOfKnownFunctions(t *testing.T) {
	for _, c := range sobolCases {
		s := NewSaltelli(c.k, 1<<14, 1)
		got := s.Indices(atPoints(s, c.k, c.f), 0.95)
		for i := range c.first {
			if math.Abs(got[i].First-c.first[i]) > 0.01 || math.Abs(got[i].Total-c.total[i]) > 0.01 {
				t.Errorf("%s, factor %d: got %v and %v, want %v and %v", c.name, i+1, got[i].First, got[i].Total, c.first[i], c.total[i])
			}
		}
	}
}

// The means do not matter: a thousand added changes the indices by rounding.
func TestSobolIndicesAreCentred(t *testing.T) {
	s := NewSaltelli(3, 256, 2)
	a := s.Indices(atPoints(s, 3, ishigami), 0.95)
	b := s.Indices(atPoints(s, 3, func(x []float64) float64 { return 1000 + ishigami(x) }), 0.95)
	for i := range a {
		if math.Abs(a[i].First-b[i].First) > 1e-9 || math.Abs(a[i].Total-b[i].Total) > 1e-9 {
			t.Errorf("factor %d: got %v and %v", i+1, a[i], b[i])
		}
	}
	for i, index := range s.Indices(atPoints(s, 3, func([]float64) float64 { return 7 }), 0.95) {
		if index != (SobolIndex{FirstInterval: Interval{0, 1}, TotalInterval: Interval{0, 1}}) {
			t.Errorf("constant, factor %d: got %v", i+1, index)
		}
	}
}

// A smaller design is the beginning of a larger one, and its values are enough.
func TestASmallerDesignIsTheBeginningOfALarger(t *testing.T) {
	small, large := NewSaltelli(3, 64, 9), NewSaltelli(3, 128, 9)
	y := atPoints(large, 3, ishigami)
	a, b := small.Indices(atPoints(small, 3, ishigami), 0.9), large.Indices(y[:small.Size()], 0.9)
	for i := range a {
		if a[i] != b[i] {
			t.Errorf("factor %d: got %v and %v", i+1, a[i], b[i])
		}
	}
}

// The intervals take even points for points drawn by lot, so they keep more
// than they promise.
func TestSobolIntervalsKeepTheirConfidence(t *testing.T) {
	studies := measured(60)
	c := sobolCases[0]
	var first, total, bent [3]int
	for seed := range studies {
		s := NewSaltelli(c.k, 256, uint64(seed+1))
		for i, index := range s.Indices(atPoints(s, c.k, c.f), 0.95) {
			if index.FirstInterval.Contains(c.first[i]) {
				first[i]++
			}
			if index.TotalInterval.Contains(c.total[i]) {
				total[i]++
			}
			if index.TotalInterval.Contains(1.5 * c.total[i]) {
				bent[i]++
			}
		}
	}
	for i := range first {
		atLeast(t, "first", first[i], studies, 0.95)
		atLeast(t, "total", total[i], studies, 0.95)
		if tooLow(bent[i], studies, 0.95) == nil {
			t.Errorf("factor %d: half more: want it to fail", i+1)
		}
		logCoverage(t, "first", first[i], studies)
		logCoverage(t, "total", total[i], studies)
	}
}
