package stats

import (
	"encoding/json"
	"fmt"
	"math"
)

// Interval is where a number lies with some confidence, ends included. An end
// that nothing is known about is infinite. As JSON it is {"lo":1,"hi":2}, an
// infinite end is null, and it is read back to the last bit.
type Interval struct {
	Lo, Hi float64 // Lo <= Hi, in the unit of what is estimated
}

// everywhere is the interval of those who know nothing.
func everywhere() Interval { return Interval{math.Inf(-1), math.Inf(1)} }

// Contains reports whether x lies in the interval.
func (i Interval) Contains(x float64) bool { return i.Lo <= x && x <= i.Hi }

// HalfWidth returns half the length of the interval, in its unit; +Inf if an
// end is infinite.
func (i Interval) HalfWidth() float64 { return (i.Hi - i.Lo) / 2 }

// jsonInterval is an Interval as JSON, which has no infinities.
type jsonInterval struct {
	Lo *float64 `json:"lo"`
	Hi *float64 `json:"hi"`
}

// MarshalJSON writes the interval, with null for an infinite end.
func (i Interval) MarshalJSON() ([]byte, error) {
	var j jsonInterval
	if !math.IsInf(i.Lo, -1) {
		j.Lo = &i.Lo
	}
	if !math.IsInf(i.Hi, 1) {
		j.Hi = &i.Hi
	}
	return json.Marshal(j)
}

// UnmarshalJSON reads what MarshalJSON wrote.
func (i *Interval) UnmarshalJSON(b []byte) error {
	var j jsonInterval
	if err := json.Unmarshal(b, &j); err != nil {
		return err
	}
	*i = everywhere()
	if j.Lo != nil {
		i.Lo = *j.Lo
	}
	if j.Hi != nil {
		i.Hi = *j.Hi
	}
	return nil
}

// fewest is the number of observations below which a formula that leans on the
// central limit theorem says so. It is the custom of textbooks, and of the
// first stage in sequential procedures.
const fewest = 30

// tooFew returns the warning for n observations, or none.
func tooFew(n int) []error {
	if n >= fewest {
		return nil
	}
	return []error{fmt.Errorf("%d observations: want at least %d for the confidence stated", n, fewest)}
}

// wantOpen panics unless 0 < x < 1.
func wantOpen(function, name string, x float64) {
	if !(x > 0 && x < 1) {
		panic(fmt.Sprintf("stats: %s: want %s in (0,1), not %v", function, name, x))
	}
}

// wantEvents panics unless 0 <= k <= n.
func wantEvents(function string, k, n int) {
	if k < 0 || k > n {
		panic(fmt.Sprintf("stats: %s: want 0 <= k <= n, not k = %d, n = %d", function, k, n))
	}
}
