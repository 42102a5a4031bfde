package study

import (
	"math"
	"math/rand/v2"
	"testing"

	"oxysim/sim/stats"
)

func row(rows []SobolRow, name string) stats.SobolIndex {
	for _, r := range rows {
		if r.Luck && name == "luck" || r.Unknown.Name == name {
			return r.Index
		}
	}
	panic(name)
}

// The indices of Ishigami's function, asked for by a scenario's uncertain
// parameters, are those of the closed form; and with luck that makes as much
// variance as they, they are half of it, and luck is the other half.
// validation/cases.json: V36.
func TestSobolOfIshigami(t *testing.T) {
	const sd = 3.72083162 // its standard deviation: √13.84458794
	ishigami := func(x []float64, noise float64) float64 {
		a, b, c := math.Pi*(x[0]-1), math.Pi*(x[1]-1), math.Pi*(x[2]-1)
		return math.Sin(a) + 7*math.Sin(b)*math.Sin(b) + 0.1*c*c*c*c*math.Sin(a) + noise
	}
	names := []string{"hospital.a.cylinders.ward.rate", "hospital.b.cylinders.ward.rate", "hospital.c.cylinders.ward.rate"}
	first, total := []float64{0.31390519, 0.44241114, 0}, []float64{0.55758886, 0.44241114, 0.24368366}
	for _, luck := range []float64{0, 1} {
		q := ignorance(t, func(x []float64, _ float64, g *rand.Rand) float64 { return ishigami(x, luck*sd*g.NormFloat64()) },
			"uniform(0, 2)", "uniform(0, 2)", "uniform(0, 2)")
		points := atLength(256, 2048)
		b, err := NewSobol(q, points, 1e-9)
		if err != nil {
			t.Fatal(err)
		}
		a, err := b.Answer(t.Context(), NewWork(q.Subject))
		if err != nil {
			t.Fatal(err)
		}
		if a.Used != points || a.Runs != points*6 || a.Settled {
			t.Errorf("got %d points, %d runs, settled %v", a.Used, a.Runs, a.Settled)
		}
		if want := sd * sd * (1 + luck); math.Abs(a.Var/want-1) > 0.2 {
			t.Errorf("luck %v: got variance %v, want %v", luck, a.Var, want)
		}
		for i, name := range names {
			x := row(a.Rows, name)
			if z := off(x.First, first[i]/(1+luck), x.FirstInterval); z > tooManyErrors {
				t.Errorf("luck %v, %s: got first %v %v, want %v", luck, name, x.First, x.FirstInterval, first[i]/(1+luck))
			}
			if z := off(x.Total, total[i]/(1+luck), x.TotalInterval); z > tooManyErrors {
				t.Errorf("luck %v, %s: got total %v %v, want %v", luck, name, x.Total, x.TotalInterval, total[i]/(1+luck))
			}
		}
		share := luck / (1 + luck)
		x := row(a.Rows, "luck")
		if off(x.First, share, x.FirstInterval) > tooManyErrors || off(x.Total, share, x.TotalInterval) > tooManyErrors {
			t.Errorf("got luck %+v, want %v", x, share)
		}
	}
}

// Of a sum of heavy-tailed luck and a little of what is not known, the indices of
// luck are near 1 and never shown to be above, as those of estimators for small
// indices are.
func TestSobolOfLuck(t *testing.T) {
	q := ignorance(t, func(x []float64, _ float64, g *rand.Rand) float64 { return math.Exp(g.NormFloat64()) + 0.1*x[0] }, "uniform(0, 2)")
	b, _ := NewSobol(q, 256, 0.1)
	a, err := b.Answer(t.Context(), NewWork(q.Subject))
	if err != nil {
		t.Fatal(err)
	}
	x := row(a.Rows, "luck")
	want := 1 / (1 + 0.01/3/((math.E-1)*math.E)) // variances: (e-1)e of luck, 0.1²/3 of the rest
	if math.Abs(x.First-want) > 0.01 || math.Abs(x.Total-want) > 0.03 {
		t.Errorf("got %+v, want %v", x, want)
	}
	if !a.Settled || a.Used > 64 {
		t.Errorf("got %d points, settled %v; want the first look to be enough", a.Used, a.Settled)
	}
}

// Of a sum of a parameter and luck, the variances are those of its parts, and
// nothing is both together; of a product, something is.
func TestSpreadOfASum(t *testing.T) {
	// 3x with x uniform on (0, 2) has variance 3; twice a normal has 4.
	q := ignorance(t, func(x []float64, _ float64, g *rand.Rand) float64 { return 3*x[0] + 2*g.NormFloat64() }, "uniform(0, 2)", "uniform(0, 2)")
	q.Confidence = 0.9999
	p, err := NewSpread(q, 64, 48)
	if err != nil {
		t.Fatal(err)
	}
	a, err := p.Answer(t.Context(), NewWork(q.Subject))
	if err != nil {
		t.Fatal(err)
	}
	if !a.Variances.Rows.Contains(3) || !a.Variances.Columns.Contains(4) || a.Parts.Rest > 1e-9 {
		t.Errorf("got %+v in %+v, want 3, 4 and 0", a.Parts, a.Variances)
	}
	if math.Abs(a.Parts.Rows-3) > 0.15 { // a Latin hypercube of 64 points in one dimension
		t.Errorf("got variance %v of what is not known, want 3", a.Parts.Rows)
	}
	// The expected value is 3x, whose middle nine tenths are 0.3 … 5.7, about
	// the luck of 48 futures.
	if width := a.Hi - a.Lo; math.Abs(width-5.4) > 0.3 {
		t.Errorf("got a band of %v, want 5.4", width)
	}
	q = ignorance(t, func(x []float64, _ float64, g *rand.Rand) float64 { return x[0] * g.NormFloat64() }, "uniform(0, 2)")
	p, _ = NewSpread(q, 64, 48)
	a, err = p.Answer(t.Context(), NewWork(q.Subject))
	if err != nil {
		t.Fatal(err)
	}
	// Var = E x² = 4/3, of which luck alone makes (E x)² = 1 and both together 1/3.
	if _, luck, rest := a.Parts.Shares(); math.Abs(luck-0.75) > 0.1 || math.Abs(rest-0.25) > 0.1 {
		t.Errorf("got %v luck and %v both together, want 3/4 and 1/4", luck, rest)
	}
}
