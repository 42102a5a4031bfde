package study

import "context"

// runStage is the stage of the replications of a scenario as it is, with all
// their numbers.
const runStage = "run"

// Ask adds all replications as Simulate does, but as work that is kept if it is
// interrupted; the numbers of each are handed over in their order, if anybody
// wants them. A precision is not heeded: replications of which all numbers are
// kept are few.
func (r *Run) Ask(ctx context.Context, k *Work, each func(replication int, values []float64)) error {
	metrics := r.Fold.metrics
	do := func(w World, replication int, row []float64) error {
		values := w.Run(r.Subject.Seed, replication)
		if err := lawful(metrics, values); err != nil {
			return err
		}
		copy(row, values)
		return nil
	}
	fold := func(replication int, row []float64) bool {
		r.Add(row)
		if each != nil {
			each(replication, row)
		}
		return true
	}
	st := Stage{Name: runStage, Title: "as it is", First: r.Fold.Next(), N: r.N - r.Fold.Count, Width: len(metrics)}
	return simulate(ctx, k, st, r.Subject.NewWorld, do, fold)
}

// known returns some metrics of the first replications, if they are those of the
// work's subject as it is and were simulated already.
func (k *Work) known(designs []*Subject, metrics []string, n int) (list [][]float64, ok bool) {
	r := k.stages[runStage]
	if r == nil || r.first > 0 || r.count() < n || len(designs) != 1 || designs[0] != k.Subject {
		return nil, false
	}
	at, err := places(k.Subject.Metrics(), metrics)
	if err != nil {
		return nil, false
	}
	for i := range n {
		values, row := make([]float64, len(metrics)), r.row(i)
		for j, from := range at {
			values[j] = row[from]
		}
		list = append(list, values)
	}
	return list, true
}
