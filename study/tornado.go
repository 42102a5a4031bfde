package study

import (
	"context"
	"fmt"
	"math"
	"slices"

	"oxysim/scenarios"
)

// Ignorance is what questions about uncertain parameters have in common: what
// is not known of a subject, and what is read off its replications.
type Ignorance struct {
	Subject    *Subject
	Unknowns   []Unknown
	Gauge      Gauge
	Confidence float64

	world func(*Subject) World // nil for the subject's own
}

// NewIgnorance returns what is not known of a subject: of the keys or patterns
// alone, if there are any. It is a problem if nothing is uncertain.
func NewIgnorance(s *Subject, g Gauge, keys ...string) (Ignorance, scenarios.Problems) {
	list, problems := Unknowns(s, keys...)
	if len(problems) == 0 && len(list) == 0 {
		problems = scenarios.Problems{{Message: "nothing in the scenario is uncertain: give a value a range, such as \"13 h (12 h – 15 h)\", or write the law of a factor in [uncertain], such as \"hospital.*.buffer\" = \"lognormal(1, cv 0.3)\""}}
	}
	return Ignorance{Subject: s, Unknowns: list, Gauge: g, Confidence: s.File.Run.Confidence.Fraction()}, problems
}

// at returns a subject with its unknowns at quantiles; NaN stands for a value
// as written.
func (q *Ignorance) at(s *Subject, u []float64) (*Subject, scenarios.Problems) {
	var list []string
	for i := range q.Unknowns {
		list = append(list, q.Unknowns[i].Settings(s, u[i])...)
	}
	if len(list) == 0 {
		return s, nil
	}
	return s.Vary(list...)
}

// known returns quantiles that stand for the scenario as it is written.
func (q *Ignorance) known() []float64 {
	u := make([]float64, len(q.Unknowns))
	for i := range u {
		u[i] = math.NaN()
	}
	return u
}

// possible returns the problems of subjects in which one unknown is at an end
// of its range, or beyond nearly all that its law gives: so that what cannot be
// is refused before anything is simulated.
func (q *Ignorance) possible() scenarios.Problems {
	for i := range q.Unknowns {
		ends := []float64{0, 1}
		if q.Unknowns[i].Factor {
			ends = []float64{0.001, 0.999}
		}
		for _, end := range ends {
			u := q.known()
			u[i] = end
			if problems := q.impossible(q.Subject, u, i); len(problems) > 0 {
				return problems
			}
		}
	}
	return nil
}

// impossible returns the problems of a subject with its unknowns at quantiles,
// of which the i-th is to blame.
func (q *Ignorance) impossible(s *Subject, u []float64, i int) scenarios.Problems {
	_, problems := q.at(s, u)
	for _, p := range problems {
		p.Message += fmt.Sprintf(", as %s may be (%s)", q.Unknowns[i].Name, q.Unknowns[i].Written)
	}
	return problems
}

// designSeed returns the seed of the parameters of a subject; it is not 0.
func designSeed(s *Subject) uint64 {
	return s.Seed*0x9e3779b97f4a7c15 | 1 // odd multiples differ as seeds do
}

// name says all that decides the designs of a question.
func (q *Ignorance) name(question string) string {
	return fmt.Sprintf("%s of %d unknowns %s", question, len(q.Unknowns), fingerprint(q.Unknowns))
}

// Tornado asks how much each uncertain parameter moves a metric from its low to
// its high end, with the others as they are written, in the same futures.
type Tornado struct {
	Ignorance
	N int // replications of each design
}

// Bar is a parameter of a tornado.
type Bar struct {
	Unknown   Unknown
	Low, High Shift  // from the scenario as it is written
	Swing     Shift  // from low to high
	Shown     bool   // the swing is not 0, as far as luck goes: of all bars together (Bonferroni)
	LowText   string // the values
	HighText  string
}

// TornadoAnswer is what a tornado tells.
type TornadoAnswer struct {
	*Tornado
	Base Reading
	Bars []Bar // the longest first
}

// Answer simulates the tornado.
func (t *Tornado) Answer(ctx context.Context, k *Work) (*TornadoAnswer, error) {
	if problems := t.possible(); len(problems) > 0 {
		return nil, problems
	}
	g := &t.Gauge
	r := replay{
		name: t.name("tornado"), title: inBlocks, gauges: []Gauge{*g}, seed: t.Subject.Seed, n: t.N, world: t.world,
		design: func(j int) (*Subject, scenarios.Problems) {
			u := t.known()
			if j > 0 {
				i := (j - 1) / 2
				lo, hi := t.Unknowns[i].Ends()
				u[i] = lo
				if j%2 == 0 {
					u[i] = hi
				}
			}
			return t.at(t.Subject, u)
		},
	}
	var ys [][]float64
	if err := r.run(ctx, k, 0, 1+2*len(t.Unknowns), func(_ int, y [][]float64) { ys = append(ys, y[0]) }); err != nil {
		return nil, err
	}
	a := &TornadoAnswer{Tornado: t, Base: g.read(ys[0], t.Confidence)}
	together := 1 - (1-t.Confidence)/float64(len(t.Unknowns)) // Bonferroni: else of twenty that do nothing, one would be shown to
	for i, x := range t.Unknowns {
		low, high := ys[1+2*i], ys[2+2*i]
		lo, hi := x.Ends()
		a.Bars = append(a.Bars, Bar{
			Unknown: x, LowText: x.Text(t.Subject, lo), HighText: x.Text(t.Subject, hi),
			Low: g.compare(low, ys[0], t.Confidence), High: g.compare(high, ys[0], t.Confidence), Swing: g.compare(high, low, t.Confidence),
			Shown: !g.compare(high, low, together).Chance,
		})
	}
	slices.SortStableFunc(a.Bars, func(x, y Bar) int {
		switch a, b := math.Abs(x.Swing.Mean), math.Abs(y.Swing.Mean); {
		case a > b:
			return -1
		case a < b:
			return 1
		}
		return 0
	})
	return a, nil
}
