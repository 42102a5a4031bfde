package study

import (
	"math"
	"strings"

	"oxysim/model"
	"oxysim/sim/stats"
)

// Estimate is what replications tell about a metric.
type Estimate struct {
	Metric   model.Metric
	N        int            // replications
	Mean     float64        // in the metric's unit; of an indicator, the probability
	Interval stats.Interval // for the mean, to show
	Method   string         // of the interval: wilson, t or anytime
	P05      float64        // quantiles over replications; NaN if not known
	P50      float64
	P95      float64
	Min, Max float64
	Warnings []error // what the reader of the interval must be told
}

// Methods of intervals.
const (
	wilson         = "wilson"          // for a probability, at a number of replications fixed beforehand
	clopperPearson = "clopper-pearson" // for a probability, with its confidence at every probability
	student        = "t"               // for a mean, likewise
	anytime        = "anytime"         // valid though one looked after every replication, and stopped when content
)

// planned is the number of replications near which an anytime-valid interval
// for a mean is tightest.
const planned = 1000

// fewestOthers is the number of values that are not 0 below which nothing is
// promised of their mean while one watches: of what is rare, and now and then
// large, an asymptotic sequence errs more often than it says.
const fewestOthers = 100

// bounded reports whether no value of a metric can outweigh the others by much.
func bounded(m model.Metric) bool { return strings.HasPrefix(m.Meaning, "share of ") }

// way says how intervals are made.
type way struct {
	confidence float64 // in (0,1)
	anytime    bool    // the number of replications depended on their values
}

// estimate returns what is known of the i-th metric.
func (f *Fold) estimate(i int, by way) Estimate {
	s := &f.of[i]
	e := Estimate{
		Metric: f.metrics[i], N: f.Count, Mean: s.Tally.Mean, Min: s.Tally.Min, Max: s.Tally.Max,
		P05: math.NaN(), P50: math.NaN(), P95: math.NaN(),
	}
	e.Interval, e.Method, e.Warnings = f.interval(i, by)
	if s.Quantiles.Count == f.Count && f.Count > 0 {
		e.P05, e.P50, e.P95 = s.Quantiles.Quantile(0.05), s.Quantiles.Quantile(0.5), s.Quantiles.Quantile(0.95)
	}
	if s.indicator && f.Count > 0 {
		e.Mean = float64(s.Others) / float64(f.Count)
	}
	return e
}

// interval returns an interval for the mean of the i-th metric, to show.
func (f *Fold) interval(i int, by way) (in stats.Interval, method string, warnings []error) {
	s := &f.of[i]
	switch {
	case s.indicator && by.anytime:
		return stats.BernoulliSequence(s.Others, f.Count, 1-by.confidence), anytime, nil
	case s.indicator:
		return stats.Wilson(s.Others, f.Count, by.confidence), wilson, nil
	case by.anytime:
		in, method = stats.MeanSequence(s.Tally, 1-by.confidence, planned), anytime
	default:
		in, method = stats.MeanT(s.Tally, by.confidence), student
	}
	if math.IsInf(in.HalfWidth(), 1) {
		return in, method, stats.MeanWarnings(s.Tally)
	}
	if s.Tally.Min >= 0 {
		in.Lo = max(in.Lo, 0) // no metric that is never negative has a negative mean
	}
	if strings.HasPrefix(f.metrics[i].Meaning, "share of ") && s.Tally.Max <= 1 {
		in.Hi = min(in.Hi, 1)
	}
	return in, method, stats.MeanWarnings(s.Tally)
}

// promise returns an interval for the mean of the i-th metric, to decide by, and
// its method: of a probability, one that keeps its confidence at every
// probability; of another mean, everywhere as long as the values tell too
// little.
func (f *Fold) promise(i int, by way) (in stats.Interval, method string) {
	if s := &f.of[i]; s.indicator && !by.anytime {
		return stats.ClopperPearson(s.Others, f.Count, by.confidence), clopperPearson
	}
	in, method, warnings := f.interval(i, by)
	if s := &f.of[i]; by.anytime && !s.indicator && s.Others < fewestOthers && !bounded(f.metrics[i]) {
		return everywhere, method
	}
	if len(warnings) > 0 {
		// Values that are few, all equal, or outweighed by one, say too little of
		// how they vary: nothing is promised.
		return stats.Interval{Lo: math.Inf(-1), Hi: math.Inf(1)}, method
	}
	return in, method
}
