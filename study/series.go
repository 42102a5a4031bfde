package study

import (
	"cmp"
	"context"
	"fmt"
	"math"
	"slices"
	"strings"

	"oxysim/model"
	"oxysim/sim"
	"oxysim/sim/stats"
)

// A figure of a scenario is drawn from replications that are looked at on their
// way. The questions in series_*.go gather what it needs; here is what they have
// in common.

// Unfit says why a figure cannot be drawn of a scenario.
type Unfit struct{ Why string }

func (u *Unfit) Error() string { return u.Why }

// unfit returns an [Unfit].
func unfit(format string, args ...any) error { return &Unfit{fmt.Sprintf(format, args...)} }

// Probability is the probability of something in a replication.
type Probability struct {
	Count, N int            // it happened in Count of N replications
	Interval stats.Interval // Wilson's, to show
	Promise  stats.Interval // Clopper–Pearson's, to decide by
}

// newProbability returns what count of n replications tell. Of several chances, the
// promises hold together.
func newProbability(count, n, several int, confidence float64) Probability {
	together := 1 - (1-confidence)/float64(several) // Bonferroni
	return Probability{count, n, stats.Wilson(count, n, confidence), stats.ClopperPearson(count, n, together)}
}

// Mean returns the estimate, in [0,1].
func (c Probability) Mean() float64 { return float64(c.Count) / float64(c.N) }

// Against returns whether the probability is at most a limit.
func (c Probability) Against(limit float64) Verdict {
	switch {
	case c.Promise.Lo > limit:
		return Missed
	case c.Promise.Hi <= limit:
		return Met
	}
	return Undecided
}

// Limit returns the largest probability of a stockout that the subject's target
// allows, or NaN if its target is another.
func (s *Subject) Limit() float64 {
	switch t := s.File.Target; {
	case t == nil:
		return DefaultTarget.AtMost
	case t.Metric == DefaultTarget.Metric && t.AtMost != nil:
		return t.AtMost.Float()
	}
	return math.NaN()
}

// users returns the dotted names of the hospitals that ask for anything, in the
// model's order; of all if none does.
func (s *Subject) users() (list []string) {
	for _, only := range []bool{true, false} {
		for i := range s.Config.Hospitals {
			if name := s.Config.Hospitals[i].Name; !only || s.asks(name) {
				list = append(list, name)
			}
		}
		if len(list) > 0 {
			break
		}
	}
	return list
}

// hospitalIndex returns the index of a hospital by its dotted name.
func (s *Subject) hospitalIndex(thing string) (int, error) {
	i := slices.IndexFunc(s.Config.Hospitals, func(h model.Hospital) bool { return h.Name == thing })
	if i < 0 {
		return 0, fmt.Errorf("there is no %s", thing)
	}
	return i, nil
}

// kept returns for how many days statistics are kept.
func (s *Subject) kept() float64 { return s.Config.Horizon.Days() - s.begins().Sub(0).Days() }

// begins returns the instant from which on statistics are kept.
func (s *Subject) begins() sim.Time {
	day := sim.Time(sim.Day)
	return max(sim.Time(s.Config.At), (sim.Time(s.Config.WarmUp)+day-1)/day*day)
}

// walker returns a world that can be looked at on its way.
func (s *Subject) walker() (*model.World, error) {
	w, ok := s.NewWorld().(*model.World)
	if !ok {
		return nil, fmt.Errorf("want a world that can be looked at on its way, not a %T", s.NewWorld())
	}
	return w, nil
}

// walkThrough lets a replication happen, and calls look at each of some instants, in
// their order.
func walkThrough(w *model.World, seed uint64, replication int, at []sim.Time, look func(i int)) {
	w.Begin(seed, replication)
	for i, t := range at {
		w.RunTo(t)
		look(i)
	}
}

// gather is simulate for rows that are kept: it returns those of all
// replications.
func gather[W any](ctx context.Context, k *Work, st Stage, newWorker func() W, do func(w W, replication int, row []float64) error) ([][]float64, error) {
	var all [][]float64
	err := simulate(ctx, k, st, newWorker, do, func(_ int, row []float64) bool {
		all = append(all, slices.Clone(row))
		return true
	})
	return all, err
}

// gatherMetrics returns some metrics of designs that meet the same futures: a row for
// each replication, design by design.
func gatherMetrics(ctx context.Context, k *Work, name string, designs []*Subject, metrics []string, n int) ([][]float64, error) {
	if rows, ok := k.known(designs, metrics, n); ok {
		return rows, nil
	}
	st := Stage{Name: name, Title: "futures", N: n, Width: len(designs) * len(metrics)}
	return gather(ctx, k, st,
		func() *Futures { return NewFutures(designs, metrics) },
		func(f *Futures, replication int, row []float64) error {
			for d := range designs {
				values, err := f.Run(d, replication)
				if err != nil {
					return err
				}
				copy(row[d*len(metrics):], values)
			}
			return nil
		})
}

// gatherLooks returns what is seen of a subject at some instants: a row for each
// replication, instant by instant, each of so many numbers.
func gatherLooks(ctx context.Context, k *Work, name string, s *Subject, at []sim.Time, each, n int, confine []string, look func(w *model.World, into []float64)) ([][]float64, error) {
	if _, err := s.walker(); err != nil {
		return nil, err
	}
	st := Stage{Name: name, Title: "futures", N: n, Width: each * len(at)}
	return gather(ctx, k, st,
		func() *model.World {
			w, _ := s.walker()
			if len(confine) > 0 {
				w.Confine(confine...)
			}
			return w
		},
		func(w *model.World, replication int, row []float64) error {
			walkThrough(w, s.Seed, replication, at, func(i int) { look(w, row[i*each:(i+1)*each]) })
			return nil
		})
}

// instantsBetween returns instants from one to another, ends included, as far apart as
// needed for there to be at most so many: a part of a day, or some days.
func instantsBetween(from, to sim.Time, most int) (at []sim.Time, step sim.Span) {
	steps := []sim.Span{sim.Minute, 10 * sim.Minute, 30 * sim.Minute, sim.Hour, 2 * sim.Hour, 3 * sim.Hour, 6 * sim.Hour, 12 * sim.Hour}
	for _, days := range []sim.Span{1, 2, 7, 14, 28, 91, 364} {
		steps = append(steps, days*sim.Day)
	}
	whole := to.Sub(from)
	step = (whole + sim.Span(most) - 2) / sim.Span(most-1) // if even the longest is too short
	for _, d := range steps {
		if int(whole/d)+1 <= most {
			step = d
			break
		}
	}
	step = max(step, sim.Second)
	for t := from; t <= to; t = t.Add(step) {
		at = append(at, t)
	}
	return at, step
}

// worstHospital returns the dotted name of the hospital with most hours without oxygen
// in the first n replications; of equals, the first.
func worstHospital(ctx context.Context, k *Work, s *Subject, n int) (string, error) {
	things := s.users()
	if len(things) == 1 {
		return things[0], nil
	}
	metrics := metricsOf(things, "stockout_hours")
	rows, err := gatherMetrics(ctx, k, "worst hospital", []*Subject{s}, metrics, min(n, 100))
	if err != nil {
		return "", err
	}
	return things[whereMost(columnMeans(rows))], nil
}

// metricsOf returns metrics of things.
func metricsOf(things []string, metric string) []string {
	list := make([]string, len(things))
	for i, t := range things {
		list[i] = t + "." + metric
	}
	return list
}

// columnMeans returns the mean of each column of rows.
func columnMeans(rows [][]float64) []float64 {
	mean := make([]float64, len(rows[0]))
	for _, r := range rows {
		for i, x := range r {
			mean[i] += x
		}
	}
	for i := range mean {
		mean[i] /= float64(len(rows))
	}
	return mean
}

// whereMost returns where the greatest is; of equals, the first.
func whereMost(x []float64) int { return slices.Index(x, slices.Max(x)) }

// sortedColumn returns the i-th number of each row, in ascending order.
func sortedColumn(rows [][]float64, i int) []float64 {
	c := make([]float64, len(rows))
	for k, r := range rows {
		c[k] = r[i]
	}
	slices.Sort(c)
	return c
}

// quantileOf returns the least of sorted values at or below which there are at
// least a share q of them.
func quantileOf(sorted []float64, q float64) float64 {
	return sorted[min(max(int(math.Ceil(q*float64(len(sorted))))-1, 0), len(sorted)-1)]
}

// timesSeen returns how many numbers of a column are not 0.
func timesSeen(rows [][]float64, i int) (n int) {
	for _, r := range rows {
		if r[i] != 0 {
			n++
		}
	}
	return n
}

// inOrder sorts things by what compare says and then by name.
func sortThings[T any](list []T, compare func(a, b *T) int, name func(*T) string) {
	slices.SortStableFunc(list, func(a, b T) int { return cmp.Or(compare(&a, &b), strings.Compare(name(&a), name(&b))) })
}
