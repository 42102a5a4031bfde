package stats

import (
	"math"
	"math/rand/v2"
	"strings"
	"testing"
)

func TestCVaRIsTheMeanOfTheTail(t *testing.T) {
	x := []float64{7, 1, 10, 3, 9, 2, 8, 4, 6, 5}
	for _, c := range []struct{ q, want float64 }{
		{0.8, 9.5},           // 9 and 10
		{0.5, 8},             // 6 to 10
		{0.85, 29.0 / 3},     // 10, and half of 9
		{0.99, 10},           // a tenth of 10
		{1e-9, 5.5 + 4.5e-9}, // all of them
	} {
		if got := CVaR(x, c.q); !near(got, c.want, 1e-9) {
			t.Errorf("q = %v: got %v, want %v", c.q, got, c.want)
		}
	}
	if x[0] != 7 || !math.IsNaN(CVaR(nil, 0.5)) {
		t.Error("the values were moved, or nothing has a mean")
	}
}

// It is the least, over v, of v + mean(max(0, x-v))/(1-q).
func TestCVaRIsLeastAtTheQuantile(t *testing.T) {
	r := rand.New(rand.NewPCG(20, 21))
	x := make([]float64, 37)
	for i := range x {
		x[i] = math.Round(5 * r.ExpFloat64()) // with ties
	}
	for _, q := range []float64{0.1, 0.5, 0.9, 0.97} {
		least := math.Inf(1)
		for _, v := range x {
			sum := 0.0
			for _, y := range x {
				sum += max(0, y-v)
			}
			least = min(least, v+sum/float64(len(x))/(1-q))
		}
		if got := CVaR(x, q); !near(got, least, 1e-12) {
			t.Errorf("q = %v: got %v, want %v", q, got, least)
		}
	}
}

func TestCVaRRefusesAThinTail(t *testing.T) {
	x := make([]float64, 1000)
	for i := range x {
		x[i] = float64(i)
	}
	if _, err := CVaRInterval(x[:399], 0.95, 0.95); err == nil || !strings.Contains(err.Error(), "want at least 20, of 400 observations") {
		t.Errorf("got %v, want a refusal", err)
	}
	if _, err := CVaRInterval(x[:400], 0.95, 0.95); err != nil {
		t.Error(err)
	}
	if _, err := CVaRInterval(make([]float64, 1000), 0.95, 0.95); err == nil || !strings.Contains(err.Error(), "are equal") {
		t.Errorf("all zero: got %v, want a refusal", err)
	}
	if _, err := CVaRInterval(x, 0.99, 0.95); err == nil {
		t.Error("ten in the tail: want a refusal")
	}
}

func TestCVaRIntervalKeepsItsConfidence(t *testing.T) {
	studies := measured(100)
	r := rand.New(rand.NewPCG(22, 23))
	z := NormalQuantile(0.95)
	for _, c := range []struct {
		name  string
		n     int
		draw  func() float64
		truth float64
		bias  float64
	}{
		{"20 normal values in the tail", 400, r.NormFloat64, math.Exp(-z*z/2) / math.Sqrt(2*math.Pi) / 0.05, 0.01},
		{"20 exponential values in the tail", 400, r.ExpFloat64, 1 - math.Log(0.05), 0.01},
		{"100 exponential values in the tail", 2000, r.ExpFloat64, 1 - math.Log(0.05), 0.01},
	} {
		if c.n > 400 && !long {
			continue
		}
		hits, bent := 0, 0
		x := make([]float64, c.n)
		for range studies {
			for i := range x {
				x[i] = c.draw()
			}
			i, err := CVaRInterval(x, 0.95, 0.95)
			if err != nil {
				t.Fatal(err)
			}
			if i.Contains(c.truth) {
				hits++
			}
			if i.Contains(c.truth * 1.2) {
				bent++
			}
		}
		if err := offBy(hits, studies, 0.95, c.bias); err != nil {
			t.Errorf("%s: %v", c.name, err)
		}
		if offBy(bent, studies, 0.95, c.bias) == nil {
			t.Errorf("%s: bent by a fifth: want it to fail", c.name)
		}
		logCoverage(t, c.name, hits, studies)
	}
}
