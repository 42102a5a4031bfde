package study

import (
	"context"
	"math"
	"reflect"
	"strings"
	"testing"

	"oxysim/scenarios"
	"oxysim/sim/stats"
)

// whyOf answers why, of so many replications, with intervals that chance
// misses once in 16,000.
func whyOf(t *testing.T, scenario, metric string, n int, causes ...string) *WhyAnswer {
	t.Helper()
	s, problems := Open(scenario)
	if problems != nil {
		t.Fatal(problems)
	}
	y, err := NewWhy(s, "", metric, causes)
	if err != nil {
		t.Fatal(err)
	}
	y.N, y.Precision, y.Told, y.Confidence = n, 0, 0, 1-1./16000
	a, err := y.Answer(context.Background(), NewWork(s))
	if err != nil {
		t.Fatal(err)
	}
	return a
}

// shareOf returns the share of a cause.
func (a *WhyAnswer) shareOf(t *testing.T, cause string) Share {
	t.Helper()
	for _, s := range a.Shares {
		if s.Cause.Name == cause {
			return s
		}
	}
	t.Fatalf("%s has no share", cause)
	return Share{}
}

// addsUp checks that amounts add up to the total to the last bit, in both
// orders.
func addsUp(t *testing.T, a *WhyAnswer) {
	t.Helper()
	forwards, backwards := 0.0, 0.0
	for i := range a.Shares {
		forwards += a.Shares[i].Amount.Mean
		backwards += a.Shares[len(a.Shares)-1-i].Amount.Mean
	}
	if total := a.With.Mean - a.Without.Mean; forwards != total || backwards != total || a.Total.Mean != total {
		t.Errorf("amounts add up to %v and %v, the total is %v, what goes is %v", forwards, backwards, a.Total.Mean, total)
	}
}

// V44: visits on a road that may be closed, demand that is Poisson. The exact
// shares, and what is necessary and sufficient, are sums of Poisson
// probabilities; scenarios/ready/exact-visits says which.
func TestSharesOfTheExactCase(t *testing.T) {
	a := whyOf(t, "exact-visits", "round.weekly.owing_share", 1500, "roads", "demand")
	addsUp(t, a)
	check := func(what string, p Part, exact float64) {
		t.Helper()
		if !p.Interval.Contains(exact) {
			t.Errorf("%s: got %.6g in %v, want %.6g", what, p.Mean, p.Interval, exact)
		}
	}
	road, demand := a.shareOf(t, "roads"), a.shareOf(t, "demand")
	check("road", road.Amount, 0.012987595)
	check("demand", demand.Amount, 0.0029882447)
	check("both", a.With, 0.01597584)
	check("road, necessary", road.Necessary, 0.015975191)
	check("demand, necessary", demand.Necessary, 0.0059758401)
	check("road, sufficient", road.Sufficient, 0.01)
	if a.Without.Mean != 0 {
		t.Errorf("without causes: got %v, want 0", a.Without.Mean)
	}
	// 6.5e-7 of 780,000 visits: four or more are seen twice in a thousand times.
	if visits := 1500 * 520.; demand.Sufficient.Mean*visits > 3.5 {
		t.Errorf("demand, sufficient: got %v, want 6.5e-7", demand.Sufficient.Mean)
	}
	for _, s := range a.Shares {
		if exact := map[string]float64{"roads": 0.012987595, "demand": 0.0029882447}[s.Cause.Name] / 0.01597584; !s.Interval.Contains(exact) {
			t.Errorf("share of %s: got %v in %v, want %v", s.Cause.Name, s.Of, s.Interval, exact)
		}
		// An interval that is right because it is wide says nothing.
		if s.Interval.HalfWidth() > 0.02 {
			t.Errorf("share of %s: ± %v is too wide to tell", s.Cause.Name, s.Interval.HalfWidth())
		}
	}
}

// Causes that do nothing have exactly nothing, however many they are; and
// orders drawn by lot share out as all orders do where, as here, only two causes
// act: one comes first in an order and the other in its reverse.
func TestCausesThatDoNothingHaveNothing(t *testing.T) {
	two := whyOf(t, "exact-visits", "round.weekly.owing_share", 25, "roads", "demand")
	few := whyOf(t, "exact-visits", "round.weekly.owing_share", 25, "roads", "demand", "power", "surge")
	many := whyOf(t, "exact-visits", "round.weekly.owing_share", 25,
		"power", "plant", "filling", "cylinders", "trucks", "roads", "orders", "demand", "surge")
	if many.Exact() || !few.Exact() {
		t.Fatal("nine causes are to be sampled, four not")
	}
	for _, a := range []*WhyAnswer{few, many} {
		addsUp(t, a)
		for _, s := range a.Shares {
			if s.Cause.Name == "roads" || s.Cause.Name == "demand" {
				want := two.shareOf(t, s.Cause.Name).Amount.Mean
				if math.Abs(s.Amount.Mean-want) > 1e-15 {
					t.Errorf("%s among %d: got %v, want %v", s.Cause.Name, len(a.Shares), s.Amount.Mean, want)
				}
				continue
			}
			if s.Amount.Mean != 0 || s.Amount.Interval != (stats.Interval{}) || s.Of != 0 || s.Necessary.Mean != 0 || s.Sufficient.Mean != 0 {
				t.Errorf("%s does nothing, and has %+v", s.Cause.Name, s)
			}
		}
	}
}

// The answer is the same on any number of processors, and when it stops early
// it knows every share to the precision wanted.
func TestWhyIsTheSameOnAnyNumberOfProcessors(t *testing.T) {
	s, problems := Open("exact-visits")
	if problems != nil {
		t.Fatal(problems)
	}
	var answers []*WhyAnswer
	for _, workers := range []int{1, 3} {
		y, err := NewWhy(s, "", "round.weekly.owing_share", []string{"roads", "demand"})
		if err != nil {
			t.Fatal(err)
		}
		y.Precision, y.Told = 0.03, 1
		k := NewWork(s)
		k.Workers = workers
		a, err := y.Answer(context.Background(), k)
		if err != nil {
			t.Fatal(err)
		}
		a.Why = nil
		answers = append(answers, a)
	}
	for i := range answers {
		for j := range answers[i].Shares {
			if in := answers[i].Shares[j].Interval; !(in.HalfWidth() <= 0.03) {
				t.Errorf("%s is known to ± %v, want 0.03", answers[i].Shares[j].Cause.Name, in.HalfWidth())
			}
			answers[i].Shares[j].Cause = scenarios.Cause{}
		}
	}
	if !reflect.DeepEqual(answers[0], answers[1]) {
		t.Errorf("got %+v with one worker and %+v with three", answers[0], answers[1])
	}
	if n := answers[0].Replications; n < whyFewest || n >= 1000 || !answers[0].Reached {
		t.Errorf("it stopped after %d replications", n)
	}
}

// Nonsense is refused, with a guess.
func TestWhyRefusesNonsense(t *testing.T) {
	s, problems := Open("district")
	if problems != nil {
		t.Fatal(problems)
	}
	for _, c := range []struct {
		hospital, metric string
		causes           []string
		want             string
	}{
		{"riversde", "stockout_hours", nil, `did you mean "riverside"?`},
		{"", "stockout_hour", nil, `did you mean "stockout_hours"?`},
		{"riverside", "network.stockout", nil, "no metric"},
		{"", "stockout_hours", []string{"road"}, `did you mean "roads"?`},
		{"", "stockout_hours", []string{"roads", "roads"}, "twice"},
		{"", "plant.works.generator_hours", []string{"power"}, "thought away"},
	} {
		if _, err := NewWhy(s, c.hospital, c.metric, c.causes); err == nil || !strings.Contains(err.Error(), c.want) {
			t.Errorf("%+v: got %v", c, err)
		}
	}
}

// What is never negative has no interval that ends below 0, and a cause may be
// called by its label.
func TestHoursHaveNoNegativeEnd(t *testing.T) {
	s, problems := Open("district")
	if problems != nil {
		t.Fatal(problems)
	}
	y, err := NewWhy(s, "", "stockout_hours", []string{"Power cuts", "roads"})
	if err != nil {
		t.Fatal(err)
	}
	if y.Causes[0].Name != "power" {
		t.Fatalf("power cuts are %q", y.Causes[0].Name)
	}
	y.N, y.Precision, y.Told = 6, 0, 0
	a, err := y.Answer(context.Background(), NewWork(s))
	if err != nil {
		t.Fatal(err)
	}
	if a.With.Mean == 0 || a.With.Interval.Lo < 0 || a.Without.Interval.Lo < 0 {
		t.Errorf("with %+v, without %+v", a.With, a.Without)
	}
}
