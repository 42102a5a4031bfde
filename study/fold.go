package study

import (
	"fmt"

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
	Negative  bool            `json:"negative,omitempty"` // some value was; then there are no quantiles
	Quantiles stats.Quantiles `json:"quantiles,omitzero"` // unless of an indicator
	indicator bool
}

// NewFold returns a Fold that remembers nothing, of the metrics of replications
// from the first on.
func NewFold(metrics []model.Metric, first int) *Fold {
	f := &Fold{First: first, metrics: metrics, of: make([]summary, len(metrics))}
	for i := range f.of {
		f.of[i] = summary{Seen: -1, indicator: metrics[i].Indicator()}
	}
	return f
}

// Next returns the number of the replication that is to be added next.
func (f *Fold) Next() int { return f.First + f.Count }

// Metrics returns what is remembered of what.
func (f *Fold) Metrics() []model.Metric { return f.metrics }

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
		switch {
		case s.indicator:
		case x < 0:
			s.Negative = true
		case !s.Negative:
			s.Quantiles.Add(x)
		}
	}
	f.Count++
}
