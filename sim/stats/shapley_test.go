package stats

import (
	"math"
	"math/rand/v2"
	"slices"
	"testing"

	"pgregory.net/rapid"
)

// byOrders returns the shares from their definition, over all orders.
func byOrders(q int, v []float64) []float64 {
	phi := make([]float64, q)
	orders := 0
	var visit func(set int)
	path := []int{}
	visit = func(set int) {
		if len(path) == q {
			orders++
			at := 0
			for _, c := range path {
				phi[c] += v[at|1<<c] - v[at]
				at |= 1 << c
			}
			return
		}
		for c := range q {
			if set>>c&1 == 0 {
				path = append(path, c)
				visit(set | 1<<c)
				path = path[:len(path)-1]
			}
		}
	}
	visit(0)
	for c := range phi {
		phi[c] /= float64(orders)
	}
	return phi
}

func TestShapleyIsTheMeanOverAllOrders(t *testing.T) {
	r := rand.New(rand.NewPCG(30, 31))
	for q := 1; q <= 6; q++ {
		v := make([]float64, 1<<q)
		for a := range v {
			v[a] = r.NormFloat64()
		}
		want := byOrders(q, v)
		fast := make([]float64, q)
		Shapley(fast, v)
		for c, share := range ShapleyShares(v) {
			if math.Abs(share-want[c]) > 1e-13 || math.Abs(fast[c]-want[c]) > 1e-13 {
				t.Errorf("q = %d, cause %d: got %v and %v, want %v", q, c, share, fast[c], want[c])
			}
		}
	}
}

// When no cause helps, which is when a share cannot be negative, the sum is the
// total to the last bit, in any order, however the values differ in size.
func TestShapleySharesSumToTheTotalToTheLastBit(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		q := rapid.IntRange(1, 8).Draw(t, "q")
		seed := rapid.Uint64().Draw(t, "seed")
		spread := rapid.Float64Range(0, 30).Draw(t, "spread")
		r := rand.New(rand.NewPCG(seed, 1))
		// Adding a cause never lowers the value.
		v := make([]float64, 1<<q)
		for a := range v {
			if a == 0 {
				v[a] = r.NormFloat64()
				continue
			}
			for c := range q {
				if a>>c&1 == 1 {
					v[a] = max(v[a], v[a&^(1<<c)]) // v[0] may be negative: then 0 is more
				}
			}
			if r.IntN(3) > 0 {
				v[a] += math.Exp(spread * r.NormFloat64())
			}
		}
		total := v[len(v)-1] - v[0]
		phi := ShapleyShares(v)
		for range 4 {
			sum := 0.0
			for _, c := range shuffled(q, &seed) {
				sum += phi[c]
			}
			if sum != total {
				t.Fatalf("got a sum of %v, want %v: %v", sum, total, phi)
			}
		}
	})
}

// With causes that help, the sum is the total to the last bit of the sum of the
// shares above zero, or of those below, whichever is more.
func TestShapleySharesOfEitherSignSumAsWellAsTheyCan(t *testing.T) {
	r := rand.New(rand.NewPCG(32, 33))
	exactly := 0
	const tables = 2000
	for range tables {
		q := 1 + r.IntN(6)
		v := make([]float64, 1<<q)
		for a := range v {
			v[a] = r.NormFloat64()
		}
		sum, above, below := 0.0, 0.0, 0.0
		phi := ShapleyShares(v)
		for _, p := range phi {
			sum += p
			above += max(0, p)
			below -= min(0, p)
		}
		back := 0.0
		for _, p := range slices.Backward(phi) {
			back += p
		}
		total := v[len(v)-1] - v[0]
		most := max(above, below)
		if lastBit := math.Nextafter(most, math.Inf(1)) - most; math.Abs(sum-total) > lastBit/2 || sum != back {
			t.Fatalf("got sums of %v and %v, want %v within %v", sum, back, total, lastBit/2)
		}
		if sum == total {
			exactly++
		}
	}
	if exactly < tables/2 {
		t.Errorf("exactly the total in %d of %d", exactly, tables)
	}
}

// A cause that changes nothing has exactly nothing, whatever is rounded.
func TestACauseThatChangesNothingHasNoShare(t *testing.T) {
	r := rand.New(rand.NewPCG(34, 35))
	for range 500 {
		q := 3 + r.IntN(4)
		idle := 1 << r.IntN(q) // one or two
		idle |= 1 << r.IntN(q)
		v := make([]float64, 1<<q)
		for a := range v {
			v[a] = math.Exp(3 * r.NormFloat64())
			v[a] = v[a&^idle]
		}
		fast := make([]float64, q)
		Shapley(fast, v)
		for c, share := range ShapleyShares(v) {
			if idle>>c&1 == 1 && (share != 0 || fast[c] != 0) {
				t.Fatalf("got %v and %v for cause %d, want 0", share, fast[c], c)
			}
		}
	}
	if phi := ShapleyShares(make([]float64, 8)); !slices.Equal(phi, []float64{0, 0, 0}) {
		t.Errorf("nothing happens: got %v", phi)
	}
}

// The probability of a backlog before the next visit, from closed roads and the
// randomness of demand.
func TestSharesOfRoadsAndDemand(t *testing.T) {
	v := []float64{0, 6.4939711e-07, 0.01, 0.01597584} // demand is bit 0, road bit 1
	phi := ShapleyShares(v)
	if !near(phi[0], 0.0029882447, 1e-7) || !near(phi[1], 0.012987595, 1e-7) || phi[0]+phi[1] != v[3] {
		t.Errorf("got %v", phi)
	}
	for c, want := range [][2]float64{{0.00597584, 6.4939711e-07}, {0.015975191, 0.01}} {
		if n, s := ShapleyNecessary(v, c), ShapleySufficient(v, c); !near(n, want[0], 1e-7) || !near(s, want[1], 1e-7) {
			t.Errorf("cause %d: got %v and %v, want %v", c, n, s, want)
		}
	}
}

// Sampled, the shares are unbiased and always sum to the total; a pair of
// orders varies less than two orders drawn apart when the causes' effects grow
// with their number.
func TestOrdersSampleTheShares(t *testing.T) {
	const q = 10
	v := make([]float64, 1<<q)
	for a := range v {
		sum := 0.0
		for c := range q {
			if a>>c&1 == 1 {
				sum += float64(c)
			}
		}
		v[a] = sum * sum
	}
	want := ShapleyShares(v)
	pairs := make([]Tally, q)
	single := make([]Tally, q)
	phi, mean, prefix := make([]float64, q), make([]float64, q), make([]float64, q+1)
	for i, order := range AntitheticOrders(q, 500, 7) {
		set := 0
		prefix[0] = v[0]
		for j, c := range order {
			set |= 1 << c
			prefix[j+1] = v[set]
		}
		ShapleyWalk(phi, order, prefix)
		total := 0.0
		for c, p := range phi {
			total += p
			single[c].Add(p)
			if i%2 == 0 {
				mean[c] = p / 2
			} else {
				pairs[c].Add(mean[c] + p/2)
			}
		}
		if total != v[len(v)-1] { // whole numbers: exactly
			t.Fatalf("order %v: got a sum of %v, want %v", order, total, v[len(v)-1])
		}
	}
	for c := range pairs {
		if math.Abs(pairs[c].Mean-want[c]) > sigmas*pairs[c].StdErr()+1e-9 {
			t.Errorf("cause %d: got %v ± %v, want %v", c, pairs[c].Mean, pairs[c].StdErr(), want[c])
		}
		if pairs[c].Variance() > single[c].Variance()/4 {
			t.Errorf("cause %d: got variance %v of pairs, want less than half of %v", c, pairs[c].Variance(), single[c].Variance()/2)
		}
	}
}

func BenchmarkShapley(b *testing.B) {
	r := rand.New(rand.NewPCG(1, 2))
	v := make([]float64, 256)
	for a := range v {
		v[a] = r.ExpFloat64()
	}
	phi := make([]float64, 8)
	b.Run("fast", func(b *testing.B) {
		for b.Loop() {
			Shapley(phi, v)
		}
	})
	b.Run("exact", func(b *testing.B) {
		for b.Loop() {
			ShapleyShares(v)
		}
	})
}
