package study

import (
	"math"
	"math/rand/v2"
	"testing"

	"oxysim/sim/stats"
)

// held counts in how many studies, each with its own seed, something was as it
// should be.
type held struct {
	of, count int
}

func (h *held) add(ok bool) {
	h.of++
	if ok {
		h.count++
	}
}

// wantShare fails unless the count is what a probability between lo and hi makes of
// so many studies, give or take four standard errors: exceeded by chance less than
// once in a thousand, also where the binomial law is lopsided.
func (h held) wantShare(t *testing.T, what string, lo, hi float64) {
	t.Helper()
	n := float64(h.of)
	t.Logf("%s: %d of %d", what, h.count, h.of)
	least := n*lo - 4*math.Sqrt(n*lo*(1-lo))
	most := n*hi + 4*math.Sqrt(n*hi*(1-hi))
	if x := float64(h.count); x < least || x > most {
		t.Errorf("%s: in %d of %d studies, want %.1f to %.1f", what, h.count, h.of, least, most)
	}
}

// Luck that strikes all parameter vectors alike in a future is in the intervals of
// what is known of options: of net benefits, of differences between them, and of
// the value of knowing.
func TestInformationHoldsSharedLuck(t *testing.T) {
	const (
		ahead   = 0.4  // of the option, on average
		perfect = 0.09 // E max(0, u + 0.4) - 0.4 with u uniform on (-1, 1): 1.4²/4 - 0.4
		own     = 1.5  // luck of the option alone
	)
	var benefit, difference, everything held
	for i := range atLength(50, 400) {
		q := ignorance(t, func(x []float64, buffer float64, g *rand.Rand) float64 {
			both, more := g.NormFloat64(), own*g.NormFloat64()
			if buffer < 20 {
				return both
			}
			return both + more - (x[0] - 1) - ahead
		}, "uniform(0, 2)")
		q.Subject.Seed, q.Confidence = uint64(i+1), 0.95
		p, err := NewInformation(q, nil, nil, 32, 2)
		if err != nil {
			t.Fatal(err)
		}
		a, err := p.Answer(t.Context(), NewWork(q.Subject))
		if err != nil {
			t.Fatal(err)
		}
		truth := -ahead // of the scenario as it is against the option
		if a.Now == 0 {
			truth = ahead
		}
		benefit.add(a.Choices[1].Benefit.Interval.Contains(ahead))
		difference.add(a.Choices[1-a.Now].Behind.Interval.Contains(truth))
		everything.add(a.Perfect.Interval.Contains(perfect))
	}
	// Of a row's variance, half of that of luck, and 1/3 of u, the vectors' being a
	// Latin hypercube takes u out of that of the mean: intervals are wider than
	// they need be, by the root of what is left of it.
	kept := func(luck float64) float64 {
		return math.Erf(stats.NormalQuantile(0.975) * math.Sqrt((luck/2+1.0/3)/(luck/2)) / math.Sqrt2)
	}
	benefit.wantShare(t, "net benefit in its interval", 0.95, kept(1+own*own))
	difference.wantShare(t, "difference in its interval", 0.95, kept(own*own))
	everything.wantShare(t, "value of knowing in its interval", 0.95, 1)
}

// Luck that turns what a parameter does, in all walks alike in a future, is in the
// interval of its direction, and in the noise line.
func TestMorrisHoldsSharedLuck(t *testing.T) {
	var direction, above held
	for i := range atLength(150, 1000) {
		// On average the parameter does nothing. An effect is the mean luck of a
		// walk times a constant, and so exactly normal.
		q := ignorance(t, func(x []float64, _ float64, g *rand.Rand) float64 { return g.NormFloat64() * x[0] }, "uniform(0, 2)")
		q.Subject.Seed, q.Confidence = uint64(i+1), 0.95
		m, err := NewMorris(q, 10, 2)
		if err != nil {
			t.Fatal(err)
		}
		a, err := m.Answer(t.Context(), NewWork(q.Subject))
		if err != nil {
			t.Fatal(err)
		}
		direction.add(a.Rows[0].Effect.MuInterval.Contains(0))
		above.add(!a.Rows[0].Noise)
	}
	direction.wantShare(t, "direction in its interval", 0.95, 0.95)
	above.wantShare(t, "above the noise line", 0, 0.05)
}
