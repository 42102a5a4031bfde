package stats

import (
	"math"
	"strings"
	"testing"
)

// warned returns the warnings as one string.
func warned(warnings []error) string {
	var s []string
	for _, w := range warnings {
		s = append(s, w.Error())
	}
	return strings.Join(s, "; ")
}

func TestWarningsSayWhatTheIntervalDoesNot(t *testing.T) {
	var many, equal, outlier Tally
	for i := range 100 {
		many.Add(float64(i % 10))
		equal.Add(0.1)
		outlier.Add(float64(i % 2))
	}
	outlier.Add(1000)
	for _, c := range []struct {
		name  string
		tally Tally
		want  string
	}{
		{"many", many, ""},
		{"none", Tally{}, "0 observations: want at least 30 for the confidence stated"},
		{"two", tallyOf([]float64{1, 2}), "2 observations: want at least 30 for the confidence stated"},
		{"equal", equal, "all observations are equal: how much they vary is not known"},
		{"outlier", outlier, "one observation, 1000, makes more than half of the variance: want more observations, or a bootstrap interval"},
	} {
		if got := warned(MeanWarnings(c.tally)); got != c.want {
			t.Errorf("%s: got %q, want %q", c.name, got, c.want)
		}
	}
}

// With next to nothing known, an interval says so instead of guessing.
func TestIntervalsOfLittleAreWide(t *testing.T) {
	one := tallyOf([]float64{5})
	rare := make([]float64, 30)
	rare[7] = 4
	bootstrapOfOne, _ := BootstrapT([]float64{5}, 0.95)
	bootstrapOfRare, rareWarnings := BootstrapT(rare, 0.95)
	ratioOfNone, noneWarnings := RatioTally{}.Interval(0.95)
	for name, i := range map[string]Interval{
		"MeanT of one":         MeanT(one, 0.95),
		"MeanSequence of one":  MeanSequence(one, 0.05, 100),
		"BootstrapT of one":    bootstrapOfOne,
		"RatioTally of none":   ratioOfNone,
		"MeanSequence, all =":  MeanSequence(Tally{Count: 50, Mean: 1}, 0.05, 100),
		"Wilson of none":       {math.Log(Wilson(0, 0, 0.95).Lo), 1 / (1 - Wilson(0, 0, 0.95).Hi)},
		"sequence of none":     {math.Log(BernoulliSequence(0, 0, 0.05).Lo), 1 / (1 - BernoulliSequence(0, 0, 0.05).Hi)},
		"ClopperPearson, none": {math.Log(ClopperPearson(0, 0, 0.95).Lo), 1 / (1 - ClopperPearson(0, 0, 0.95).Hi)},
	} {
		if !math.IsInf(i.Lo, -1) || !math.IsInf(i.Hi, 1) {
			t.Errorf("%s: got %v, want everything", name, i)
		}
	}
	if !math.IsInf(bootstrapOfRare.Hi, 1) || len(rareWarnings) != 1 {
		t.Errorf("one event in 30: got %v, %v, want no upper end and a warning", bootstrapOfRare, rareWarnings)
	}
	if len(noneWarnings) != 1 {
		t.Errorf("ratio of none: got %v, want a warning", noneWarnings)
	}
	var shaky RatioTally
	for i := range 30 {
		shaky.Add(1, float64(i*i*i*i*i%50))
	}
	if _, w := shaky.Interval(0.95); len(w) != 1 {
		t.Errorf("denominator uncertain by %v of it: got %v, want a warning", math.Sqrt(shaky.SqBelow/29/30)/shaky.Below, w)
	}
}

// The same values give the same interval, in any order.
func TestBootstrapTDependsOnTheValuesAlone(t *testing.T) {
	x := bettingSeries(200)
	want, _ := BootstrapT(x, 0.95)
	for i, j := 0, len(x)-1; i < j; i, j = i+1, j-1 {
		x[i], x[j] = x[j], x[i]
	}
	got, _ := BootstrapT(x, 0.95)
	if got != want {
		t.Errorf("reversed: got %v, want %v", got, want)
	}
	if _, w := BootstrapT(make([]float64, 40), 0.95); warned(w) != "all observations are equal: how much they vary is not known" {
		t.Errorf("equal values: got %v, want a warning", w)
	}
	if n := bootstrapResamples(0.95); n != 1999 {
		t.Errorf("at 95 %%: got %d resamples, want 1999", n)
	}
	if n := bootstrapResamples(0.999); n < 39_999 || n > 40_000 {
		t.Errorf("at 99.9 %%: got %d resamples, want 40,000", n)
	}
}

func TestEvidenceAndSequenceAgree(t *testing.T) {
	const alpha = 0.05
	for n := range 60 {
		for k := range n + 1 {
			i := BernoulliSequence(k, n, alpha)
			for p := 0.01; p < 1; p += 0.01 {
				if inside := BernoulliEvidence(k, n, p) < -math.Log(alpha); inside != i.Contains(p) {
					t.Errorf("k = %d, n = %d, p = %v: interval %v, evidence %v", k, n, p, i, BernoulliEvidence(k, n, p))
				}
			}
		}
	}
	if got := BernoulliEvidence(1, 5, 0); !math.IsInf(got, 1) {
		t.Errorf("an event that is impossible: got %v, want +Inf", got)
	}
}
