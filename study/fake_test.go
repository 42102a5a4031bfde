package study

import (
	"fmt"
	"math"
	"math/rand/v2"
	"testing"

	"oxysim/model"
	"oxysim/scenarios"
	q "oxysim/scenarios/quantity"
)

// fakeWorld has hospitals that run out with given probabilities, and draws
// nothing but numbers.
type fakeWorld struct {
	metrics []model.Metric
	chance  []float64 // of a stockout, by hospital
	values  []float64
	broken  func(replication int, values []float64) // nil for none
}

func (w *fakeWorld) Metrics() []model.Metric { return w.metrics }

func (w *fakeWorld) Run(seed uint64, replication int) []float64 {
	g := rand.New(rand.NewPCG(seed, uint64(replication)))
	w.values = w.values[:0]
	any := 0.0
	for _, p := range w.chance {
		out := 0.0
		if g.Float64() < p {
			out, any = 1, 1
		}
		w.values = append(w.values, out, out*g.ExpFloat64()*24, 100+10*g.NormFloat64())
	}
	w.values = append(w.values, any)
	if w.broken != nil {
		w.broken(replication, w.values)
	}
	return w.values
}

// fakeSubject is a scenario with hospitals a, b, … that run out with the given
// probabilities.
func fakeSubject(chance ...float64) *Subject {
	file := &scenarios.File{Hospital: map[string]scenarios.Hospital{}}
	file.Run.Confidence = q.Must[q.Share]("95 %")
	file.Run.Seed = 1
	config := &model.Config{Horizon: 365 * 86400}
	var metrics []model.Metric
	for i := range chance {
		name := string(rune('a' + i))
		file.Hospital[name] = scenarios.Hospital{Kept: scenarios.Kept{Buffer: 10}}
		config.Hospitals = append(config.Hospitals, model.Hospital{Name: "hospital." + name})
		for _, m := range []model.Metric{
			{Name: "stockout", Unit: "1", Better: model.Less, Meaning: "1 if there was one"},
			{Name: "stockout_hours", Unit: "h", Better: model.Less, Meaning: "time in stockout"},
			{Name: "used", Unit: "cylinders", Meaning: "cylinders emptied"},
		} {
			m.Name = "hospital." + name + "." + m.Name
			metrics = append(metrics, m)
		}
	}
	metrics = append(metrics, model.Metric{Name: "network.stockout", Unit: "1", Better: model.Less, Meaning: "1 if any hospital had one"})
	return &Subject{
		Scenario: &scenarios.Scenario{Name: "fake", File: file, Config: config, Digest: "0123456789abcdef"},
		Called:   "fake", Seed: 1,
		NewWorld: func() World { return &fakeWorld{metrics: metrics, chance: chance} },
	}
}

// newRun returns a run of a subject, or fails.
func newRun(t *testing.T, s *Subject, first, n int, p Precision) *Run {
	t.Helper()
	r, err := NewRun(s, first, n, p)
	if err != nil {
		t.Fatal(err)
	}
	return r
}

// transcript says all that an answer says.
func transcript(a *Answer) string {
	s := fmt.Sprintln(a.First, a.N, a.Verdict, a.Reached)
	for _, j := range a.Judged {
		s += fmt.Sprintln(j.Thing, j.Promise, j.Verdict, j.Seen)
	}
	for _, e := range a.Estimates {
		for _, x := range []float64{e.Mean, e.Interval.Lo, e.Interval.Hi, e.P05, e.P50, e.P95, e.Min, e.Max} {
			s += fmt.Sprintf("%x ", math.Float64bits(x))
		}
		s += fmt.Sprintln(e.Metric.Name, e.N, e.Method, e.Warnings)
	}
	return s
}
