package stats

import (
	"fmt"
	"math"
)

// RatioTally is what is remembered of pairs of real values whose means are to
// be divided, such as what was served and what was asked for, one pair per run.
// The zero RatioTally is empty. As JSON it is read back to the last bit.
type RatioTally struct {
	Count   int     `json:"count"`
	Above   float64 `json:"above"`    // mean of the numerators, in their unit
	Below   float64 `json:"below"`    // mean of the denominators, in their unit
	SqAbove float64 `json:"sq_above"` // sum of squared deviations of the numerators
	SqBelow float64 `json:"sq_below"` // sum of squared deviations of the denominators
	Cross   float64 `json:"cross"`    // sum of the products of both deviations
}

// Add counts a pair, of magnitudes below 1e150. It panics if one is infinite or
// not a number.
//
// Source: as Tally.Add, for both and for their product.
func (r *RatioTally) Add(numerator, denominator float64) {
	if numerator-numerator != 0 || denominator-denominator != 0 {
		panic(fmt.Sprintf("stats: RatioTally.Add: want finite values, not %v and %v", numerator, denominator))
	}
	r.Count++
	n := float64(r.Count)
	da, db := numerator-r.Above, denominator-r.Below
	r.Above += da / n
	r.Below += db / n
	restA, restB := numerator-r.Above, denominator-r.Below
	r.SqAbove += float64(da * restA)
	r.SqBelow += float64(db * restB)
	r.Cross += float64(da * restB)
}

// Merge adds the pairs counted by o. The result is the same, to the last bit,
// as that of merging r into o, and agrees to rounding with adding the pairs one
// by one.
//
// Source: as Tally.Merge.
func (r *RatioTally) Merge(o RatioTally) {
	if o.Count == 0 {
		return
	}
	if r.Count == 0 {
		*r = o
		return
	}
	a, b := float64(r.Count), float64(o.Count)
	weight := a * b / (a + b)
	da, db := o.Above-r.Above, o.Below-r.Below
	r.Above = (float64(a*r.Above) + float64(b*o.Above)) / (a + b)
	r.Below = (float64(a*r.Below) + float64(b*o.Below)) / (a + b)
	r.SqAbove = r.SqAbove + o.SqAbove + float64(float64(da*da)*weight)
	r.SqBelow = r.SqBelow + o.SqBelow + float64(float64(db*db)*weight)
	r.Cross = r.Cross + o.Cross + float64(float64(da*db)*weight)
	r.Count += o.Count
}

// Ratio returns the mean numerator over the mean denominator, which is not the
// mean of the ratios. It is NaN if the denominators' mean is zero, as when
// there are no pairs.
func (r RatioTally) Ratio() float64 {
	if r.Below == 0 {
		return math.NaN()
	}
	return r.Above / r.Below
}

// Interval returns an interval for the ratio of the expected numerator to the
// expected denominator, at a confidence in (0,1), of which the tally holds
// independent pairs. It warns if they are few or if the mean denominator is
// uncertain by more than a tenth. Both ends are infinite if there are fewer
// than two pairs or Ratio is NaN. It panics unless 0 < confidence < 1.
//
// Source: the delta method; Cochran, Sampling Techniques (1977) 6.3 and, for
// the warnings, 6.8.
func (r RatioTally) Interval(confidence float64) (Interval, []error) {
	wantOpen("RatioTally.Interval", "a confidence", confidence)
	warnings := tooFew(r.Count)
	if r.Count < 2 || r.Below == 0 {
		return everywhere(), warnings
	}
	n := float64(r.Count)
	ratio := r.Ratio()
	ss := max(0, r.SqAbove-2*ratio*r.Cross+ratio*ratio*r.SqBelow)
	stdErr := math.Sqrt(ss/(n-1)/n) / math.Abs(r.Below)
	if cv := math.Sqrt(r.SqBelow/(n-1)/n) / math.Abs(r.Below); cv > 0.1 {
		warnings = append(warnings, fmt.Errorf("the denominator's mean has a standard error of %.0f %%: want 10 %% for the confidence stated", 100*cv))
	}
	half := TQuantile((1+confidence)/2, n-1) * stdErr
	return Interval{ratio - half, ratio + half}, warnings
}
