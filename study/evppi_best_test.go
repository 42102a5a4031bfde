package study

import (
	"math"
	"testing"

	"oxysim/model"
)

// Where nothing runs out, all options are equally good, and none of them is best
// because of that.
func TestEquallyGoodIsNotBest(t *testing.T) {
	p := &Information{Ignorance: Ignorance{Confidence: 0.95, Gauge: Gauge{Kind: model.Metric{Better: model.Less}}}, Options: []string{"a", "b"}, costs: make([]float64, 3), Points: 4}
	nb := [][]float64{{0, 0, 0}, {0, 0, 0}, {0, 0, 0}, {-9, -1, -3}} // as it is, a, b
	a := p.answer(nil, nb, nb, nb)
	for d, want := range []float64{0, 0.25, 0} {
		if a.Choices[d].Alone != want || a.Choices[d].Best != want+0.75 {
			t.Errorf("%d: best in %v, alone in %v, want alone in %v", d, a.Choices[d].Best, a.Choices[d].Alone, want)
		}
	}
	if a.Even != 0.75 || a.Most() != 1 {
		t.Errorf("equally good in %v, most often best is %d", a.Even, a.Most())
	}
	if got, want := a.Choices[0].Alone+a.Choices[1].Alone+a.Choices[2].Alone+a.Even, 1.0; math.Abs(got-want) > 1e-12 {
		t.Errorf("shares add up to %v", got)
	}
}

// What is averted is a part of what there is: of an option that averts nine tenths in
// every future it is known how much, though nobody knows how much there is.
func TestAvertedIsAPartOfWhatThereIs(t *testing.T) {
	var p pair
	for _, base := range []float64{0, 0, 0, 700, 0, 3, 40, 0, 0, 12} {
		p.add(base/10, base)
	}
	got := p.differenceOf(model.Metric{Unit: "h", Better: model.Less}, p.difference, p.difference, way{confidence: 0.95}).Less
	if math.Abs(got.Mean-0.9) > 1e-12 {
		t.Errorf("got %v", got.Mean)
	}
	if in := got.Interval; !math.IsInf(in.HalfWidth(), 0) { // one future has nearly all of it
		t.Errorf("got %v of a base that may be 0", in)
	}
	for range 20 {
		p.add(50, 500)
	}
	got = p.differenceOf(model.Metric{Unit: "h", Better: model.Less}, p.difference, p.difference, way{confidence: 0.95}).Less
	if in := got.Interval; !(in.HalfWidth() < 1e-6) || !(in.Hi <= 1) {
		t.Errorf("got %v to %v", in.Lo, in.Hi)
	}
}
