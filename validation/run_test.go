package validation

import (
	"context"
	"fmt"
	"maps"
	"math"
	"slices"
	"strings"
	"testing"

	"oxysim/model"
	"oxysim/scenarios"
	"oxysim/sim/montecarlo"
	"oxysim/sim/stats"
)

// world is a scenario and what is laid over it; claims that share one share its
// replications.
type world struct{ scenario, settings string }

// asked is a number that is read off a world.
type asked struct {
	of           []term
	replications int
	tally        *stats.Tally
}

// simulate runs each world once for all that is asked of it.
func simulate(t *testing.T, questions map[world][]asked) {
	t.Helper()
	keys := slices.SortedFunc(maps.Keys(questions), func(a, b world) int {
		return strings.Compare(a.scenario+a.settings, b.scenario+b.settings)
	})
	for _, w := range keys {
		if err := simulateOne(w, questions[w]); err != nil {
			t.Fatal(err)
		}
	}
}

func simulateOne(w world, questions []asked) error {
	var settings []string
	if w.settings != "" {
		settings = strings.Split(w.settings, "\n")
	}
	s, problems := scenarios.Open(w.scenario, settings...)
	if err := problems.Err(); err != nil {
		return fmt.Errorf("%s: %w", w.scenario, err)
	}
	index := map[string]int{}
	for i, m := range model.New(s.Config).Metrics() {
		index[m.Name] = i
	}
	n := 0
	for _, q := range questions {
		n = max(n, q.replications)
		for _, x := range q.of {
			if _, ok := index[x.metric]; !ok {
				return fmt.Errorf("%s has no metric %s", w.scenario, x.metric)
			}
		}
	}
	_, err := montecarlo.Run(context.Background(), montecarlo.Options{N: n},
		func() (*model.World, error) { return model.New(s.Config), nil },
		func() []float64 { return make([]float64, len(questions)) },
		func(w *model.World, replication int, into *[]float64) error {
			values := w.Run(1, replication)
			for i, q := range questions {
				(*into)[i] = 0
				for _, x := range q.of {
					(*into)[i] += float64(x.times * values[index[x.metric]])
				}
			}
			return nil
		},
		func(_ int, x *[]float64) bool {
			for i, q := range questions {
				q.tally.Add((*x)[i])
			}
			return true
		})
	return err
}

// agrees is the rule: a simulated mean agrees with an exact value if it is
// within 4 standard errors (chance does worse once in 16,000) and 0.1 % of it.
func agrees(t *stats.Tally, exact float64) bool {
	return math.Abs(t.Mean-exact) <= 4*t.StdErr()+0.001*math.Abs(exact)
}

// ask adds what is asked of a world and returns where its answer will be.
func ask(questions map[world][]asked, c claim, settings []string) *stats.Tally {
	w := world{c.scenario, strings.Join(settings, "\n")}
	tally := new(stats.Tally)
	questions[w] = append(questions[w], asked{c.of, c.replications, tally})
	return tally
}

// The simulated means agree with the exact values, with standard errors below
// 1 %, and no longer do when a parameter is bent by 5 %.
func TestExactCases(t *testing.T) {
	if testing.Short() || raced {
		t.Skip("some minutes under the race detector")
	}
	list := claims()
	questions := map[world][]asked{}
	straight, bent := make([]*stats.Tally, len(list)), make([]*stats.Tally, len(list))
	for i, c := range list {
		straight[i] = ask(questions, c, c.settings)
		bent[i] = ask(questions, c, append(slices.Clone(c.settings), c.bend))
	}
	simulate(t, questions)
	var rows []row
	for i, c := range list {
		rows = append(rows, row{c, straight[i], bent[i]})
		s := straight[i]
		if !agrees(s, c.exact) {
			t.Errorf("%s %s: %s gives %.6g ± %.2g, exact %.6g", c.id, c.what, c.scenario, s.Mean, s.StdErr(), c.exact)
		}
		if se := s.StdErr() / math.Abs(c.exact); se >= 0.01 {
			t.Errorf("%s %s: the standard error is %.2g %% of the value; want below 1 %%, with more replications", c.id, c.what, 100*se)
		}
		if b := bent[i]; agrees(b, c.exact) {
			t.Errorf("%s %s: bent by %s it still agrees: %.6g ± %.2g, exact %.6g", c.id, c.what, c.bend, b.Mean, b.StdErr(), c.exact)
		}
	}
	checkPage(t, rows)
}
