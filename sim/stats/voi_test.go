package stats

import (
	"math"
	"math/rand/v2"
	"testing"
)

func TestValuesOfInformationInClosedForm(t *testing.T) {
	for _, c := range []struct {
		name      string
		got, want float64
	}{
		{"EVPI at a tie", EVPINormal(0, 200), 79.788456},
		{"EVPI", EVPINormal(100, 200), 39.559311},
		{"EVPI, the other is better", EVPINormal(-100, 200), 39.559311},
		{"EVPI, far apart", EVPINormal(300, 200), 5.8613588},
		{"EVPPI", EVPPINormal(100, 200, 0.6), 24.250559},
		{"EVSI", EVSINormal(100, 200, 1000, 50), 26.994193},
		{"EVSI of very many", EVSINormal(100, 200, 1000, 1e12), 39.559311},
	} {
		if math.Abs(c.got-c.want) > 1e-5 {
			t.Errorf("%s: got %v, want %v", c.name, c.got, c.want)
		}
	}
	if EVPINormal(5, 0) != 0 || EVSINormal(5, 1, 1, 0) != 0 {
		t.Error("nothing to learn: want 0")
	}
	// Where the formula changes.
	if a, b := UnitNormalLoss(10), UnitNormalLoss(math.Nextafter(10, 11)); !near(a, b, 2e-3) {
		t.Errorf("got %v and %v about 10", a, b)
	}
}

// normalTable draws a table of two designs, of which the second is better by a
// normal amount: mean, and standard deviation 200, of which x makes 60 % of the
// variance.
func normalTable(r *rand.Rand, n int, mean float64) (x []float64, nb [][]float64) {
	x, nb = make([]float64, n), make([][]float64, n)
	for j := range nb {
		x[j] = r.NormFloat64()
		common := 1000 * r.NormFloat64()
		nb[j] = []float64{common, common + mean + 200*(math.Sqrt(0.6)*x[j]+math.Sqrt(0.4)*r.NormFloat64())}
	}
	return x, nb
}

// With many rows, the estimates are the closed forms: z below four.
func TestValuesOfInformationConverge(t *testing.T) {
	r := rand.New(rand.NewPCG(40, 41))
	const n, z = 20_000, sigmas
	x, nb := normalTable(r, n, 100)
	halfWidths := func(v VOI) float64 { return v.Interval.HalfWidth() / NormalQuantile(0.975) }
	check := func(name string, v VOI, want float64) {
		t.Helper()
		if math.Abs(v.Estimate-want) > z*halfWidths(v) || math.Abs(v.Naive-want) > z*halfWidths(v) || halfWidths(v) > want/20 {
			t.Errorf("%s: got %+v, want %v", name, v, want)
		}
	}
	check("EVPI", EVPI(nb, 0.95), 39.559311)
	check("EVPPI", EVPPI(x, nb, 0.95), 24.250559)

	// Nested Monte Carlo: for each x, two halves of m replications of the rest.
	// The bias of choosing by noise is below 0.01 with ten thousand.
	const m = 10_000
	half1, half2 := make([][]float64, n), make([][]float64, n)
	for j := range half1 {
		known := 100 + 200*math.Sqrt(0.6)*r.NormFloat64()
		noise := func() float64 { return 200 * math.Sqrt(0.4/(m/2)) * r.NormFloat64() }
		half1[j], half2[j] = []float64{0, known + noise()}, []float64{0, known + noise()}
	}
	check("EVPPI, nested", EVPISplit(half1, half2, 0.95), 24.250559)

	// The parameter tells nothing.
	for j := range x {
		x[j] = r.NormFloat64()
	}
	if v := EVPPI(x, nb, 0.95); v.Estimate > 1 || v.Interval.Lo > 0 || len(v.Warnings) == 0 && v.Switched < 20 {
		t.Errorf("of what tells nothing: got %+v", v)
	}
}

// A parameter of which both ends are good and the middle bad is seen by a
// curve, and would not be by a line: the better of |x|-1 and 0, for x even
// on [-2,2], is worth 1/4.
func TestEVPPISeesCurves(t *testing.T) {
	r := rand.New(rand.NewPCG(42, 43))
	const n = 4000
	x, nb := make([]float64, n), make([][]float64, n)
	for j := range nb {
		x[j] = 4*r.Float64() - 2
		nb[j] = []float64{0, math.Abs(x[j]) - 1 + r.NormFloat64()}
	}
	v := EVPPI(x, nb, 0.95)
	if !v.Interval.Contains(0.25) || v.Interval.HalfWidth() > 0.05 {
		t.Errorf("got %+v, want 0.25", v)
	}
	for j := range x {
		x[j] = math.Floor(x[j]) // few values, many rows with each
	}
	if v := EVPPI(x, nb, 0.95); v.Estimate < 0 || math.IsNaN(v.Estimate) {
		t.Errorf("of whole numbers: got %+v", v)
	}
	for j := range x {
		x[j] = 3
	}
	if v := EVPPI(x, nb, 0.95); v.Estimate != 0 || v.Switched != 0 || len(v.Warnings) != 1 {
		t.Errorf("of a constant: got %+v, want 0", v)
	}
}

// Estimates err low and naive ones high, and the interval holds both; the
// promise is rough where the choice rarely changes, which is warned of.
func TestValuesOfInformationHaveIntervals(t *testing.T) {
	studies := measured(150)
	r := rand.New(rand.NewPCG(44, 45))
	const n = 256
	var evpi, evppi, split, bent int
	var low, high Tally
	for range studies {
		x, nb := normalTable(r, n, 100)
		if EVPI(nb, 0.95).Interval.Contains(39.559311) {
			evpi++
		}
		v := EVPPI(x, nb, 0.95)
		if v.Interval.Contains(24.250559) {
			evppi++
		}
		if v.Interval.Contains(2 * 24.250559) {
			bent++
		}
		half1, half2 := make([][]float64, n), make([][]float64, n)
		for j, row := range nb {
			half1[j] = []float64{row[0], row[1] + 100*r.NormFloat64()}
			half2[j] = []float64{row[0], row[1] + 100*r.NormFloat64()}
		}
		s := EVPISplit(half1, half2, 0.95)
		if s.Interval.Contains(39.559311) {
			split++
		}
		low.Add(s.Estimate)
		high.Add(s.Naive)
	}
	const bias = 0.02 // of Student's interval of 256 values, a third of which are not zero
	for _, c := range []struct {
		name string
		hits int
	}{{"EVPI", evpi}, {"EVPPI", evppi}, {"EVPI of halves", split}} {
		atLeast(t, c.name, c.hits, studies, 0.95-bias)
		logCoverage(t, c.name, c.hits, studies)
	}
	if tooLow(bent, studies, 0.95-bias) == nil {
		t.Error("twice as much: want it to fail")
	}
	if low.Mean > 39.56 || high.Mean < 39.56 {
		t.Errorf("got %v and %v, want them about 39.56", low.Mean, high.Mean)
	}
}
