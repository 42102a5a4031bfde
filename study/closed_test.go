package study

import (
	"context"
	"math"
	"testing"
)

// The closed forms are those of the exact cases, whose numbers were found
// elsewhere.
func TestClosedFormsAreThoseOfTheExactCases(t *testing.T) {
	for _, x := range []struct {
		all        int
		days, want float64
	}{{12, 30, 0.395299}, {16, 365, 0.307793}, {20, 365, 0.00594082}, {20, 30, 0.000345869}, {0, 1, 1}} {
		if got := everEmpty(2, 1.0/3, x.all, x.days); math.Abs(got-x.want) > 2e-6*x.want+1e-9 {
			t.Errorf("%d cylinders, %v days: got %v, want %v", x.all, x.days, got, x.want)
		}
	}
	if got := poissonBelow(6, 10); math.Abs(got-0.916076) > 5e-7 {
		t.Errorf("fill rate: got %v", got)
	}
}

// There is a closed form of the exact cases, also with another buffer, demand or
// length, and none as soon as anything else differs.
func TestClosedFormIsOfTheExactCasesOnly(t *testing.T) {
	for _, x := range []struct {
		scenario, goal string
		settings       []string
		want           bool
	}{
		{"exact-first-stockout", "P(empty) <= 1%", nil, true},
		{"exact-first-stockout", "P(empty) <= 1%", []string{"run.horizon=90d", "hospital.clinic.cylinders.ward.rate=1/day"}, true},
		{"exact-first-stockout", "P(empty) <= 1%", []string{"hospital.clinic.supply.delay=2 d"}, false},
		{"exact-first-stockout", "P(stockout) <= 1%", nil, false},
		{"exact-first-stockout", "E(empty_share) <= 1%", nil, false},
		{"exact-base-stock", "E(empty_share) <= 1%", nil, true},
		{"exact-base-stock", "E(empty_share) <= 1%", []string{"vendor.depot.cylinders.J=5"}, false},
	} {
		s := opened(t, x.scenario, x.settings...)
		l, err := NewLever(s, "hospital.clinic.buffer")
		if err != nil {
			t.Fatal(err)
		}
		p, err := NewPlan(s, []*Turn{{Lever: l, From: math.NaN(), To: math.NaN()}}, x.goal)
		if err != nil {
			t.Fatal(err)
		}
		a := &PlanAnswer{Subject: s, Goal: p.Goal, Scale: &Scale{Lever: l, Step: 1}}
		if got := a.Closed() != nil; got != x.want {
			t.Errorf("%s %v, %s: got %v, want %v", x.scenario, x.settings, x.goal, got, x.want)
		}
	}
}

// The band of a plan has the closed form in it: it holds with 95 % at all values
// at once, and the seed is the scenario's.
func TestBandHasTheClosedFormInIt(t *testing.T) {
	s := opened(t, "exact-first-stockout", "run.horizon=30d")
	l, err := NewLever(s, "hospital.clinic.buffer")
	if err != nil {
		t.Fatal(err)
	}
	p, err := NewPlan(s, []*Turn{{Lever: l, From: 8, To: 24}}, "P(empty) <= 5%")
	if err != nil {
		t.Fatal(err)
	}
	p.Most = 400
	a, err := p.Answer(context.Background(), NewWork(s))
	if err != nil {
		t.Fatal(err)
	}
	exact := a.Closed()
	for _, x := range a.Curve {
		if want := exact.At(a.Scale.Value(x.Step)); want < x.Band.Lo-1e-9 || want > x.Band.Hi+1e-9 {
			t.Errorf("%s: %v is not in %v", a.Scale.Text(x.Step), want, x.Band)
		}
	}
}
