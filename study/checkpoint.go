package study

import (
	"crypto/sha256"
	"encoding/hex"
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
	Sum        string    `json:"sha256"` // in hex, of all this, with nothing here
}

const checkpointKind = "interrupted run, version 2"

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
	var err error
	if c.Sum, err = c.sum(); err != nil {
		return err
	}
	return json.NewEncoder(w).Encode(c)
}

// sum returns the checksum of a checkpoint.
func (c checkpoint) sum() (string, error) {
	c.Sum = ""
	h := sha256.New()
	if err := json.NewEncoder(h).Encode(c); err != nil {
		return "", err
	}
	return hex.EncodeToString(h.Sum(nil)), nil
}

// errNoCheckpoint is the error of a file that is none.
var errNoCheckpoint = errors.New("want the checkpoint of an interrupted run, or records (.jsonl)")

// errDamaged is the error of one that was changed since it was written.
var errDamaged = errors.New("the checkpoint is damaged: its parts do not agree")

// mostBuckets is more than the quantiles of any values need.
const mostBuckets = 1 << 14

// agrees reports whether a summary can be one of count replications from first
// on.
func (s *summary) agrees(first, count int) bool {
	t, q := s.Tally, s.Quantiles
	if t.Count != count || s.Others < 0 || s.Others > count || t.Min > t.Max || !(t.SumSq >= 0) {
		return false
	}
	if s.Others == 0 && s.Seen != -1 || s.Others > 0 && (s.Seen < first || s.Seen >= first+count) {
		return false
	}
	if q.Zeros < 0 || q.First < 0 || q.First > mostBuckets || len(q.Counts) > mostBuckets {
		return false
	}
	n := q.Zeros
	for _, k := range q.Counts {
		if int64(k) > int64(count) {
			return false
		}
		n += int(k)
	}
	switch {
	case n != q.Count || q.Count > count:
		return false
	case !s.sketched:
		return n == 0
	case t.Min >= 0: // no value was left out
		return n == count && q.Zeros == count-s.Others
	}
	return true
}

// Load takes what is known from what Save wrote. It is an error if that was of
// another scenario, seed or precision, or has more replications than are
// wanted.
func (r *Run) Load(from io.Reader) error {
	var c checkpoint
	if err := json.NewDecoder(from).Decode(&c); err != nil || c.Kind != checkpointKind {
		return errNoCheckpoint
	}
	if sum, err := c.sum(); err != nil || sum != c.Sum {
		return errDamaged
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
		c.Summaries[i].describe(r.Fold.metrics, i)
		if !c.Summaries[i].agrees(c.First, c.Count) {
			return errDamaged
		}
	}
	r.Fold.Count, r.Fold.of = c.Count, c.Summaries
	return nil
}

// Saved returns how many replications Save wrote, if it was of this run.
func (r *Run) Saved(from io.Reader) (int, error) {
	other := &Run{
		Subject: r.Subject, N: math.MaxInt, Precision: r.Precision, Confidence: r.Confidence, Target: r.Target,
		Fold: NewFold(r.Fold.metrics, r.Fold.First),
	}
	err := other.Load(from)
	return other.Fold.Count, err
}
