package study

import (
	"math"
	"math/rand/v2"
	"slices"
	"testing"
)

// A parameter that moves a metric by three times itself does so in every walk,
// and in the tornado; one that plays no part does nothing, and luck that is the
// same for all does not show.
func TestTornadoAndMorrisOfALine(t *testing.T) {
	q := ignorance(t, func(x []float64, _ float64, g *rand.Rand) float64 { return 3*x[0] - x[1] + 5*g.NormFloat64() },
		"uniform(0, 2)", "uniform(0, 2)", "uniform(0, 2)")
	const width = 1.8 // from the 5 % to the 95 % quantile
	names := []string{"hospital.a.cylinders.ward.rate", "hospital.b.cylinders.ward.rate", "hospital.c.cylinders.ward.rate"}
	want := []float64{3 * width, -width, 0}
	a, err := (&Tornado{Ignorance: q, N: 25}).Answer(t.Context(), NewWork(q.Subject))
	if err != nil {
		t.Fatal(err)
	}
	for i, b := range a.Bars {
		if b.Unknown.Name != names[i] || math.Abs(b.Swing.Mean-want[i]) > 1e-9 || b.Swing.Same != (i == 2) || b.Swing.Chance != (i == 2) {
			t.Errorf("bar %d: got %s with swing %+v, want %s with %v", i, b.Unknown.Name, b.Swing, names[i], want[i])
		}
		if math.Abs(b.Low.Mean+want[i]/2) > 1e-9 || math.Abs(b.High.Mean-want[i]/2) > 1e-9 {
			t.Errorf("bar %d: got %v and %v, want half of %v to each side", i, b.Low.Mean, b.High.Mean, want[i])
		}
	}
	m, err := NewMorris(q, 5, 3)
	if err != nil {
		t.Fatal(err)
	}
	e, err := m.Answer(t.Context(), NewWork(q.Subject))
	if err != nil {
		t.Fatal(err)
	}
	for i, r := range e.Rows {
		if r.Unknown.Name != names[i] || math.Abs(r.Effect.Mu-want[i]) > 1e-9 || math.Abs(r.Effect.MuStar-math.Abs(want[i])) > 1e-9 || r.Effect.Sigma > 1e-9 || r.Noise != (i == 2) {
			t.Errorf("row %d: got %+v, want %s with %v", i, r, names[i], want[i])
		}
	}
}

// Of twenty parameters that do nothing one is shown to, in a tornado, as rarely as
// its confidence says of all together, though by itself one of twenty is beyond
// chance.
func TestTornadoShowsForAllTogether(t *testing.T) {
	q := ignorance(t, func(x []float64, _ float64, g *rand.Rand) float64 {
		h := g.Uint64()
		for _, v := range x { // luck strikes every design anew
			h = h*0x9e3779b97f4a7c15 ^ math.Float64bits(v)
		}
		return rand.New(rand.NewPCG(h, 1)).NormFloat64()
	}, slices.Repeat([]string{"uniform(0, 2)"}, 20)...)
	const studies = 12
	alone, together := 0, 0
	for seed := range uint64(studies) {
		q.Subject.Seed = seed + 1
		a, err := (&Tornado{Ignorance: q, N: 30}).Answer(t.Context(), NewWork(q.Subject))
		if err != nil {
			t.Fatal(err)
		}
		if slices.ContainsFunc(a.Bars, func(b Bar) bool { return !b.Swing.Chance }) {
			alone++
		}
		if slices.ContainsFunc(a.Bars, func(b Bar) bool { return b.Shown }) {
			together++
		}
	}
	// 64 % of studies have one that is beyond chance by itself (1 − 0.95²⁰), fewer than
	// three of twelve once in 1000; 5 % have one that is shown, five of twelve once in 5000.
	if alone < 3 || together > 4 {
		t.Errorf("in %d of %d studies one of twenty is beyond chance by itself, in %d one is shown", alone, studies, together)
	}
}

// With luck that strikes every design anew, a parameter without effect is below
// its noise line, and one with a great effect above.
func TestMorrisTellsNoise(t *testing.T) {
	q := ignorance(t, func(x []float64, _ float64, g *rand.Rand) float64 {
		h := math.Float64bits(x[0]) ^ math.Float64bits(x[1])*3 ^ math.Float64bits(x[2])*5
		return 10*x[0] + rand.New(rand.NewPCG(h, g.Uint64())).NormFloat64()
	}, "uniform(0, 2)", "uniform(0, 2)", "uniform(0, 2)")
	m, _ := NewMorris(q, 10, 4)
	a, err := m.Answer(t.Context(), NewWork(q.Subject))
	if err != nil {
		t.Fatal(err)
	}
	noise := 0
	for i, r := range a.Rows {
		if i == 0 && (r.Noise || r.Unknown.Name != "hospital.a.cylinders.ward.rate") {
			t.Errorf("got %+v first, and want the parameter with an effect above its line", r)
		}
		if r.Noise {
			noise++
		}
	}
	if noise == 0 { // one of the two may be above by chance once in 20, both once in 400
		t.Errorf("got %+v, want what has no effect below its line", a.Rows)
	}
}
