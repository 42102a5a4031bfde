package study

import (
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"math"
	"slices"
)

// checkpoint is a run that was interrupted, as a file.
type checkpoint struct {
	Kind       string    `json:"oxysim"` // checkpointKind
	Origin     Origin    `json:"origin"`
	Precision  string    `json:"precision,omitempty"`
	Confidence float64   `json:"confidence"`
	Target     string    `json:"target"`
	First      int       `json:"first"`
	Count      int       `json:"count"`
	Metrics    []string  `json:"metrics"`
	Summaries  []summary `json:"summaries"`
}

const checkpointKind = "interrupted run, version 1"

// checkpoint returns what Save writes, without the summaries.
func (r *Run) checkpoint() checkpoint {
	c := checkpoint{
		Kind: checkpointKind, Origin: r.Subject.Origin(), Precision: r.Precision.String(),
		Confidence: r.Confidence, Target: r.Target.String(), First: r.Fold.First, Count: r.Fold.Count,
	}
	for _, m := range r.Fold.metrics {
		c.Metrics = append(c.Metrics, m.Name)
	}
	return c
}

// Save writes what is known, to the last bit.
func (r *Run) Save(w io.Writer) error {
	c := r.checkpoint()
	c.Summaries = r.Fold.of
	return json.NewEncoder(w).Encode(c)
}

// errNoCheckpoint is the error of a file that is none.
var errNoCheckpoint = errors.New("want the checkpoint of an interrupted run, or records (.jsonl)")

// Load takes what is known from what Save wrote. It is an error if that was of
// another scenario, seed or precision, or has more replications than are
// wanted.
func (r *Run) Load(from io.Reader) error {
	var c checkpoint
	if err := json.NewDecoder(from).Decode(&c); err != nil || c.Kind != checkpointKind {
		return errNoCheckpoint
	}
	want := r.checkpoint()
	if difference := c.Origin.differs(want.Origin); difference != "" {
		return errors.New(difference)
	}
	switch {
	case c.First != want.First:
		return fmt.Errorf("it begins with replication %d, not %d", c.First, want.First)
	case c.Precision != want.Precision:
		return fmt.Errorf("it has precision %q, not %q: want the same, because it decides when to stop", c.Precision, want.Precision)
	case want.Precision != "" && (c.Confidence != want.Confidence || c.Target != want.Target):
		return fmt.Errorf("it has the target %s at %g %% confidence, not %s at %g %%: want the same, because they decide when to stop",
			c.Target, 100*c.Confidence, want.Target, 100*want.Confidence)
	case c.Count > r.N:
		return fmt.Errorf("it has %d replications: want at least as many, not %d", c.Count, r.N)
	case !slices.Equal(c.Metrics, want.Metrics) || len(c.Summaries) != len(c.Metrics) || c.Count < 0:
		return errors.New("it has other metrics than the scenario")
	}
	for i := range c.Summaries {
		if c.Summaries[i].Tally.Count != c.Count {
			return errNoCheckpoint
		}
		c.Summaries[i].describe(r.Fold.metrics, i)
	}
	r.Fold.Count, r.Fold.of = c.Count, c.Summaries
	return nil
}

// Saved returns how many replications Save wrote, if it was of this run.
func (r *Run) Saved(from io.Reader) (int, error) {
	other := *r
	other.Fold = NewFold(r.Fold.metrics, r.Fold.First)
	other.N = math.MaxInt
	err := other.Load(from)
	return other.Fold.Count, err
}
