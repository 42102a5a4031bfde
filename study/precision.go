package study

import (
	"fmt"
	"strconv"
	"strings"
)

// Precision is how narrow the intervals must be for a run to stop. The zero
// Precision never is reached.
type Precision struct {
	Points   float64 // half-width of a probability, in percentage points
	Relative float64 // half-width of another mean, in per cent of it
}

// ParsePrecision reads "1pp", percentage points of a probability, or "5%", per
// cent of another mean.
func ParsePrecision(s string) (Precision, error) {
	number, unit := s, ""
	for _, u := range []string{"pp", "%"} {
		if n, ok := strings.CutSuffix(s, u); ok {
			number, unit = strings.TrimSpace(n), u
			break
		}
	}
	x, err := strconv.ParseFloat(number, 64)
	if unit == "" || err != nil || !(x > 0 && x <= 50) {
		return Precision{}, fmt.Errorf("want percentage points of a probability, such as \"1pp\", or per cent of another mean, such as \"5%%\", not %q", s)
	}
	if unit == "pp" {
		return Precision{Points: x}, nil
	}
	return Precision{Relative: x}, nil
}

// String returns the precision as it is written, or "" for none.
func (p Precision) String() string {
	switch {
	case p.Points > 0:
		return strconv.FormatFloat(p.Points, 'g', -1, 64) + "pp"
	case p.Relative > 0:
		return strconv.FormatFloat(p.Relative, 'g', -1, 64) + "%"
	}
	return ""
}

// suits returns an error if the precision is none for what a target is held
// against.
func (p Precision) suits(t Target) error {
	switch {
	case p.Relative > 0 && t.Probability():
		return fmt.Errorf("%s is a probability: want percentage points, such as \"1pp\", not %q", t.Metric, p)
	case p.Points > 0 && !t.Probability():
		return fmt.Errorf("%s is not a probability: want per cent of its mean, such as \"5%%\", not %q", t.Metric, p)
	}
	return nil
}

// enough reports whether the interval of a mean is narrow enough.
func (p Precision) enough(halfWidth, mean float64) bool {
	if p.Points > 0 {
		return halfWidth <= p.Points/100
	}
	return halfWidth <= p.Relative/100*max(mean, -mean)
}

// MostWithPrecision is how many replications are simulated at most if a
// precision is asked for and no number.
const MostWithPrecision = 100_000

// firstLook is the number of replications before which no interval is looked
// at.
const firstLook = 30

// reached reports whether all intervals that the target is judged by are
// narrow enough. It depends on the replications so far and nothing else, and
// looks first at the interval that was too wide the last time.
func (r *Run) reached() bool {
	if r.Precision == (Precision{}) || r.Fold.Count < firstLook {
		return false
	}
	n := len(r.Target.judged)
	for k := range n {
		at := (r.widest + k) % n
		i := r.Target.judged[at]
		in, _, _ := r.Fold.interval(i, r.way())
		if !r.Precision.enough(in.HalfWidth(), r.Fold.of[i].Tally.Mean) {
			r.widest = at
			return false
		}
	}
	return true
}
