package study

import (
	"context"
	"slices"

	"oxysim/sim/stats"
)

// SurvivalQuestion asks when the first stockout comes.
type SurvivalQuestion struct {
	Subject  *Subject
	Hospital string  // dotted; "" for any hospital
	After    *Design // nil for no change
	N        int
}

// Survival is its answer.
type Survival struct {
	Subject    *Subject
	Hospital   string
	N          int
	Confidence float64
	Days       float64 // for which statistics are kept
	Curves     []SurvivalCurve
}

// SurvivalCurve is when the first stockout comes to something. Nobody is lost
// from sight before the end, so that the estimate of Kaplan and Meier is the
// share of the replications without a stockout so far.
type SurvivalCurve struct {
	Label      string
	N          int
	First      []float64 // days from the beginning of the statistics, in ascending order; of those in which there was one
	confidence float64
}

// shownBeside is how many single hospitals are shown beside the network.
const shownBeside = 3

// Answer simulates.
func (q *SurvivalQuestion) Answer(ctx context.Context, k *Work) (*Survival, error) {
	s := q.Subject
	a := &Survival{Subject: s, Hospital: q.Hospital, N: q.N, Confidence: s.File.Run.Confidence.Fraction(), Days: s.kept()}
	if users := s.users(); len(users) == 1 {
		a.Hospital = users[0]
	}
	things, labels := []string{"network"}, []string{"anywhere"}
	if a.Hospital != "" {
		things, labels = []string{a.Hospital}, []string{s.Label(a.Hospital)}
	}
	if q.After != nil {
		metrics := append(metricsOf(things, "stockout"), metricsOf(things, "stockout_first")...)
		rows, err := gatherMetrics(ctx, k, "first stockout of "+things[0]+" beside "+q.After.Name+" "+q.After.Digest, []*Subject{s, q.After.Subject}, metrics, q.N)
		if err != nil {
			return nil, err
		}
		a.Curves = []SurvivalCurve{a.curve("as it is", rows, 0, 1), a.curve(q.After.Name, rows, 2, 3)}
		return a, nil
	}
	if a.Hospital == "" {
		things = append(things, s.users()...)
		for _, h := range things[1:] {
			labels = append(labels, s.Label(h))
		}
	}
	metrics := append(metricsOf(things, "stockout"), metricsOf(things, "stockout_first")...)
	rows, err := gatherMetrics(ctx, k, "first stockouts of "+things[0], []*Subject{s}, metrics, q.N)
	if err != nil {
		return nil, err
	}
	for i := range things {
		a.Curves = append(a.Curves, a.curve(labels[i], rows, i, i+len(things)))
	}
	if len(a.Curves) > 1 { // the hospitals that run out first, after the network
		rest := a.Curves[1:]
		sortThings(rest, func(x, y *SurvivalCurve) int {
			switch mx, my := x.mean(a.Days), y.mean(a.Days); {
			case mx < my:
				return -1
			case mx > my:
				return 1
			}
			return 0
		}, func(c *SurvivalCurve) string { return c.Label })
		a.Curves = a.Curves[:1+min(shownBeside, len(rest))]
	}
	return a, nil
}

// curve makes a curve of the columns with whether and when.
func (a *Survival) curve(label string, rows [][]float64, whether, when int) SurvivalCurve {
	c := SurvivalCurve{Label: label, N: a.N, confidence: a.Confidence}
	for _, r := range rows {
		if r[whether] != 0 {
			c.First = append(c.First, r[when])
		}
	}
	slices.Sort(c.First)
	return c
}

// mean returns the mean time until the first stockout or the end, in days.
func (c *SurvivalCurve) mean(days float64) float64 {
	sum := days * float64(c.N-len(c.First))
	for _, d := range c.First {
		sum += d
	}
	return sum / float64(c.N)
}

// Left returns in how many replications there was no stockout up to a day,
// that included.
func (c *SurvivalCurve) Left(day float64) int {
	out, _ := slices.BinarySearchFunc(c.First, day, func(first, day float64) int {
		if first <= day {
			return -1
		}
		return 1
	})
	return c.N - out
}

// At returns the share of them, with Wilson's interval for the day.
func (c *SurvivalCurve) At(day float64) (float64, stats.Interval) {
	left := c.Left(day)
	return float64(left) / float64(c.N), stats.Wilson(left, c.N, c.confidence)
}

// Median returns the day by which there was a stockout in half of the
// replications; ok is false if there was none in so many.
func (c *SurvivalCurve) Median() (day float64, ok bool) {
	i := (c.N+1)/2 - 1
	if i >= len(c.First) {
		return 0, false
	}
	return c.First[i], true
}

// NewSurvivalCurve returns a curve of n replications, in none of which there was
// a stockout.
func NewSurvivalCurve(label string, n int, confidence float64) SurvivalCurve {
	return SurvivalCurve{Label: label, N: n, confidence: confidence}
}
