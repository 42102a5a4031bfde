package stats

import (
	"fmt"
	"math"
	"math/bits"
	"slices"
)

// BootstrapT returns the bootstrap-t interval for the mean of which x holds
// independent values, at a confidence in (0,1), in their unit: better than
// MeanT if they are skewed. It depends only on the values, not on their order:
// they are sorted first, and resampled by a generator that always starts at the
// same place. x is left as it is.
//
// An end is infinite if resamples without variation reach into its tail, as
// happens with rare events; both are if there are fewer than two values. It
// resamples 1999 times, or oftener if the confidence is above 98 %; the time is
// that many times len(x), some ns each. It panics if a value is not finite, or
// unless 0 < confidence < 1.
//
// Source: Efron, The Jackknife, the Bootstrap and Other Resampling Plans (1982)
// ch. 10; Hall, The Annals of Statistics 16 (1988) 927.
func BootstrapT(x []float64, confidence float64) (Interval, []error) {
	wantOpen("BootstrapT", "a confidence", confidence)
	n := len(x)
	warnings := tooFew(n)
	if n < 2 {
		return everywhere(), warnings
	}
	var t Tally
	dev := slices.Sorted(slices.Values(x))
	for _, v := range dev {
		t.Add(v) // which panics if it is not finite
	}
	if t.SumSq == 0 {
		return Interval{t.Mean, t.Mean}, MeanWarnings(t)
	}
	for i := range dev {
		dev[i] -= t.Mean
	}
	resamples := bootstrapResamples(confidence)
	ratios := make([]float64, resamples)
	seed := uint64(1)
	for r := range ratios {
		ratios[r] = resampledT(dev, &seed)
	}
	slices.Sort(ratios)

	// With resamples+1 a multiple of 1/tail, these ranks have the tails
	// exactly; otherwise the smaller tail is taken.
	tail := (1 - confidence) / 2
	rank := int(math.Floor(float64(resamples+1)*tail + 1e-9))
	low, high := ratios[rank-1], ratios[resamples-rank]
	i := Interval{t.Mean - high*t.StdErr(), t.Mean - low*t.StdErr()}
	if math.IsInf(i.Lo, 0) || math.IsInf(i.Hi, 0) {
		warnings = append(warnings, fmt.Errorf("too few of the %d observations differ from the others for a bootstrap interval", n))
	}
	return i, warnings
}

// bootstrapResamples returns how many resamples are taken: 1999, and at least
// so many that twenty lie in each tail.
func bootstrapResamples(confidence float64) int {
	return max(2000, int(math.Ceil(40/(1-confidence)))) - 1
}

// resampledT draws len(dev) of the values dev, whose sum is zero, and returns
// the t statistic of the sample drawn. Without variation it is infinite, with
// the sign of the mean.
func resampledT(dev []float64, seed *uint64) float64 {
	var sum, sq float64
	n := uint64(len(dev))
	for range dev {
		i, _ := bits.Mul64(splitMix(seed), n)
		d := dev[i]
		sum += d
		sq += float64(d * d)
	}
	size := float64(n)
	ss := sq - float64(sum*sum)/size
	if ss <= 1e-12*sq { // nothing but rounding
		if sum == 0 {
			return 0
		}
		return math.Inf(int(math.Copysign(1, sum)))
	}
	return sum / math.Sqrt(size*ss/(size-1))
}

// splitMix returns 64 random bits and moves the seed on.
//
// Source: Steele, Lea & Flood, OOPSLA 2014, as fixed in Java's
// SplittableRandom.
func splitMix(seed *uint64) uint64 {
	*seed += 0x9e3779b97f4a7c15
	z := *seed
	z = (z ^ z>>30) * 0xbf58476d1ce4e5b9
	z = (z ^ z>>27) * 0x94d049bb133111eb
	return z ^ z>>31
}
