package stats

import (
	"math"
	"math/rand/v2"
	"slices"
	"testing"
)

// evaluate returns the values of f at the points.
func evaluate(points [][]float64, f func(x []float64) float64) []float64 {
	y := make([]float64, len(points))
	for i, x := range points {
		y[i] = f(x)
	}
	return y
}

func TestMorrisMovesOneFactorAtATime(t *testing.T) {
	const k, trajectories = 5, 20
	for _, candidates := range []int{0, 100} {
		m := NewMorris(k, 4, trajectories, candidates, 1)
		points := m.Points()
		if len(points) != trajectories*(k+1) || m.Delta() != 2.0/3 {
			t.Fatalf("got %d points, delta %v", len(points), m.Delta())
		}
		var levels [4]int
		for j := range trajectories {
			moved := make([]bool, k)
			for i := range k {
				a, b := points[j*(k+1)+i], points[j*(k+1)+i+1]
				for c := range a {
					levels[int(math.Round(3*a[c]))]++
					switch d := math.Abs(a[c] - b[c]); {
					case d == 0:
					case math.Abs(d-2.0/3) < 1e-12 && !moved[c]:
						moved[c] = true
					default:
						t.Fatalf("trajectory %d: from %v to %v", j, a, b)
					}
				}
			}
			if slices.Contains(moved, false) {
				t.Fatalf("trajectory %d: moved %v", j, moved)
			}
		}
		for l, n := range levels {
			if want := trajectories * k * k / 4; n < want*2/3 || n > want*3/2 {
				t.Errorf("level %d: got %d of %d", l, n, 4*want)
			}
		}
	}
}

// spread returns the least distance of two trajectories, of k+1 points each.
func spread(points [][]float64, k int) float64 {
	least := math.Inf(1)
	for i := 0; i < len(points); i += k + 1 {
		for l := 0; l < i; l += k + 1 {
			sum := 0.0
			for _, a := range points[i : i+k+1] {
				for _, b := range points[l : l+k+1] {
					sq := 0.0
					for c := range a {
						sq += (a[c] - b[c]) * (a[c] - b[c])
					}
					sum += math.Sqrt(sq)
				}
			}
			least = min(least, sum)
		}
	}
	return least
}

func TestChosenTrajectoriesAreFartherApart(t *testing.T) {
	for seed := range uint64(5) {
		drawn, chosen := NewMorris(6, 4, 10, 0, seed).Points(), NewMorris(6, 4, 10, 200, seed).Points()
		if d, c := spread(drawn, 6), spread(chosen, 6); c <= d {
			t.Errorf("seed %d: got a least distance of %v, want more than %v", seed, c, d)
		}
	}
}

// Of a sum, the effects are the coefficients, everywhere; of a product, they
// depend on the other factor.
func TestMorrisEffectsByHand(t *testing.T) {
	m := NewMorris(4, 4, 12, 0, 3)
	y := evaluate(m.Points(), func(x []float64) float64 { return 5 + 2*x[0] - 3*x[1] + 4*x[2]*(x[3]-0.5) })
	e := m.Effects(y, 0.95)
	for c, want := range []float64{2, -3} {
		if !near(e[c].Mu, want, 1e-12) || !near(e[c].MuStar, math.Abs(want), 1e-12) || e[c].Sigma > 1e-12 {
			t.Errorf("factor %d: got %+v, want %v", c, e[c], want)
		}
	}
	if e[2].Sigma < 1 || e[2].MuStar <= math.Abs(e[2].Mu) || e[2].MuStar > 2 {
		t.Errorf("interaction: got %+v", e[2])
	}
	if lines := m.Noise(y, y, 0.95); slices.Max(lines) != 0 {
		t.Errorf("without luck: got lines %v", lines)
	}
}

// What a product's factor does is 1 plus the other's level, which is even over
// four: mean 1.5, variance 5/36.
func TestMorrisIntervalsKeepTheirConfidence(t *testing.T) {
	studies := measured(500)
	var mu, star, sigma, bent int
	for s := range studies {
		m := NewMorris(2, 4, 20, 0, uint64(1000+s))
		e := m.Effects(evaluate(m.Points(), func(x []float64) float64 { return x[0] * (1 + x[1]) }), 0.95)[0]
		if e.MuInterval.Contains(1.5) {
			mu++
		}
		if e.MuStarInterval.Contains(1.5) {
			star++
		}
		if e.SigmaInterval.Contains(math.Sqrt(5.0 / 36)) {
			sigma++
		}
		if e.MuInterval.Contains(1.5 * 1.2) {
			bent++
		}
	}
	for what, hits := range map[string]int{"mu": mu, "mu*": star, "sigma": sigma} {
		if err := offBy(hits, studies, 0.95, 0.03); err != nil { // twenty of a law with four values
			t.Errorf("%s: %v", what, err)
		}
		logCoverage(t, what, hits, studies)
	}
	if offBy(bent, studies, 0.95, 0.03) == nil {
		t.Error("bent by a fifth: want it to fail")
	}
}

// Luck alone is below the line, and a factor that is plain is above it.
func TestNoiseLineTellsLuckFromEffects(t *testing.T) {
	studies := measured(500)
	r := rand.New(rand.NewPCG(36, 37))
	under, over := 0, 0
	for s := range studies {
		m := NewMorris(2, 4, 15, 0, uint64(s))
		noisy := func(x []float64) float64 { return 4*x[0] + r.NormFloat64() }
		y, again := evaluate(m.Points(), noisy), evaluate(m.Points(), noisy)
		e, lines := m.Effects(y, 0.95), m.Noise(y, again, 0.95)
		if e[1].MuStar <= lines[1] {
			under++
		}
		if e[0].MuStar > lines[0] {
			over++
		}
	}
	atLeast(t, "luck under the line", under, studies, 0.95)
	atLeast(t, "an effect over the line", over, studies, 0.95)
	logCoverage(t, "luck under the line", under, studies)
}

func TestStdDevIntervalKeepsItsConfidence(t *testing.T) {
	studies := measured(2000)
	r := rand.New(rand.NewPCG(38, 39))
	for _, c := range []struct {
		name  string
		draw  func() float64
		truth float64
		bias  float64
	}{
		{"normal", r.NormFloat64, 1, 0.015},
		{"uniform", r.Float64, math.Sqrt(1.0 / 12), 0.015},
	} {
		hits, bent := 0, 0
		x := make([]float64, 30)
		for range studies {
			for i := range x {
				x[i] = c.draw()
			}
			i := StdDevInterval(x, 0.95)
			if i.Contains(c.truth) {
				hits++
			}
			if i.Contains(1.4 * c.truth) {
				bent++
			}
		}
		if err := offBy(hits, studies, 0.95, c.bias); err != nil {
			t.Errorf("%s: %v", c.name, err)
		}
		if offBy(bent, studies, 0.95, c.bias) == nil {
			t.Errorf("%s: bent: want it to fail", c.name)
		}
		logCoverage(t, c.name, hits, studies)
	}
}
