package study

import (
	"fmt"
	"strings"

	"oxysim/model"
	"oxysim/sim/stats"
)

// Fold is what is remembered of replications, of however many.
type Fold struct {
	First   int // number of the first replication
	Count   int // how many there were, consecutive
	metrics []model.Metric
	of      []summary // of each metric
}

// summary is what is remembered of the values of one metric.
type summary struct {
	Tally     stats.Tally     `json:"tally"`
	Others    int             `json:"others"`             // how many values were not 0
	Seen      int             `json:"seen"`               // the first replication with one, or -1
	Quantiles stats.Quantiles `json:"quantiles,omitzero"` // unless some value was negative
	sketched  bool            // there are to be quantiles
	indicator bool
}

// mostSketched is the number of metrics up to which quantiles are remembered of
// all, which takes some kB each; of more, only the network's have some. So a
// thousand hospitals fit into the memory that is promised.
const mostSketched = 5000

// NewFold returns a Fold that remembers nothing, of the metrics of replications
// from the first on.
func NewFold(metrics []model.Metric, first int) *Fold {
	f := &Fold{First: first, metrics: metrics, of: make([]summary, len(metrics))}
	for i := range f.of {
		f.of[i].Seen = -1
		f.of[i].describe(metrics, i)
	}
	return f
}

// describe says what is to be remembered of the i-th metric.
func (s *summary) describe(metrics []model.Metric, i int) {
	s.indicator = metrics[i].Indicator()
	s.sketched = !s.indicator && (len(metrics) <= mostSketched || strings.HasPrefix(metrics[i].Name, "network."))
}

// Next returns the number of the replication that is to be added next.
func (f *Fold) Next() int { return f.First + f.Count }

// Add adds the next replication. It does not keep the values. It panics if
// they are not as many as the metrics.
func (f *Fold) Add(values []float64) {
	if len(values) != len(f.of) {
		panic(fmt.Sprintf("study: Fold.Add: want %d values, not %d", len(f.of), len(values)))
	}
	for i, x := range values {
		s := &f.of[i]
		if x != 0 {
			if s.Others == 0 {
				s.Seen = f.First + f.Count
			}
			s.Others++
		}
		s.Tally.Add(x)
		if s.sketched && s.Tally.Min >= 0 {
			s.Quantiles.Add(x)
		}
	}
	f.Count++
}
