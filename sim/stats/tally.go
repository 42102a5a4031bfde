package stats

import (
	"fmt"
	"math"
)

// Tally is what is remembered of real values that come one by one: five
// numbers, however many values there are. The zero Tally is empty. As JSON it
// is read back to the last bit.
type Tally struct {
	Count int     `json:"count"`
	Mean  float64 `json:"mean"`  // in the unit of the values; 0 if there are none
	SumSq float64 `json:"sumsq"` // of the values' deviations from Mean, squared and summed
	Min   float64 `json:"min"`   // 0 if there are none
	Max   float64 `json:"max"`   // 0 if there are none
}

// Add counts the value x, of magnitude below 1e150. It panics if x is infinite
// or not a number.
//
// Source: Welford, Technometrics 4 (1962) 419.
func (t *Tally) Add(x float64) {
	if x-x != 0 {
		panic(fmt.Sprintf("stats: Tally.Add: want a finite value, not %v", x))
	}
	t.Count++
	if t.Count == 1 {
		t.Mean, t.Min, t.Max = x, x, x
		return
	}
	d := x - t.Mean
	t.Mean += d / float64(t.Count)
	t.SumSq += float64(d * (x - t.Mean))
	t.Min = min(t.Min, x)
	t.Max = max(t.Max, x)
}

// Merge adds the values counted by o. The result is the same, to the last bit,
// as that of merging t into o, and agrees to rounding with adding the values of
// o one by one.
//
// Source: Chan, Golub & LeVeque, The American Statistician 37 (1983) 242.
func (t *Tally) Merge(o Tally) {
	if o.Count == 0 {
		return
	}
	if t.Count == 0 {
		*t = o
		return
	}
	a, b := float64(t.Count), float64(o.Count)
	d := o.Mean - t.Mean
	t.Mean = (float64(a*t.Mean) + float64(b*o.Mean)) / (a + b)
	t.SumSq = t.SumSq + o.SumSq + float64(float64(d*d)*(a*b/(a+b)))
	t.Count += o.Count
	t.Min = min(t.Min, o.Min)
	t.Max = max(t.Max, o.Max)
}

// Variance returns the unbiased estimate of the variance, in the values' unit
// squared. It is +Inf, for unknown, if there are fewer than two values.
func (t Tally) Variance() float64 {
	if t.Count < 2 {
		return math.Inf(1)
	}
	return t.SumSq / float64(t.Count-1)
}

// StdDev returns the standard deviation of the values, in their unit; +Inf if
// there are fewer than two.
func (t Tally) StdDev() float64 { return math.Sqrt(t.Variance()) }

// StdErr returns the standard error of Mean if the values are independent, in
// their unit; +Inf if there are fewer than two.
func (t Tally) StdErr() float64 { return math.Sqrt(t.Variance() / float64(t.Count)) }
