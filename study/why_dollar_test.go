package study

import (
	"context"
	"math"
	"testing"
)

// The village with nobody who brings anything for a week: four cylinders last
// until the request of 54 h, and each further one half a day longer. One more
// costs 10 USD a year (100 USD, ten years, no discount), and averts 12 h in 7 d, or
// 625.71 h in a year; an option of two more averts twice as much for five times the
// money. Trucks bring nothing, and together two investments bring what each does.
func TestNextDollarByHand(t *testing.T) {
	s := withMore(t, `
[round.later]
stops = ["clinic"]
every = "30 d"
first = "30 d"
[option.two]
change = { "hospital.clinic.buffer" = 6 }
capital = "500 USD"
[price]
discount = "0 %"
[price.unit."hospital.*.buffer"]
capital = "100 USD"
[price.unit."truck.*.count"]
capital = "10000 USD"
`, "hospital.clinic.supply.order=rounds", "run.horizon=7 d")
	d, err := NewDollar(s, "", "stockout_hours")
	if err != nil {
		t.Fatal(err)
	}
	d.N = 3
	a, err := d.Answer(context.Background(), NewWork(s))
	if err != nil {
		t.Fatal(err)
	}
	year := 365. / 7
	want := []struct {
		name            string
		annual, benefit float64
	}{{"hospital.clinic.buffer", 10, 12 * year}, {"option.two", 50, 24 * year}, {"truck.lorry.count", 1000, 0}}
	if len(a.Ranked) != len(want) || a.Currency != "USD" {
		t.Fatalf("got %+v", a)
	}
	near := func(x, y float64) bool { return math.Abs(x-y) <= 1e-9*max(1, math.Abs(y)) }
	if !near(a.Base.Mean, 114*year) {
		t.Errorf("base: got %v h in a year, want %v", a.Base.Mean, 114*year)
	}
	for i, w := range want {
		x := a.Ranked[i]
		if x.Name != w.name || !near(x.Annual, w.annual) || !near(x.Benefit.Mean, w.benefit) ||
			!near(x.Per1000.Mean, w.benefit*1000/w.annual) || x.Known != (w.benefit > 0) {
			t.Errorf("got %+v, want %+v", x, w)
		}
	}
	if len(a.Pairs) != 1 || a.Pairs[0].More.Mean != 0 || a.Pairs[0].Known {
		t.Errorf("got pairs %+v, want one that brings what each does", a.Pairs)
	}
}

// What has no price is not ranked, and nothing by a metric of which neither more
// nor less is better.
func TestNothingWithoutAPriceIsRanked(t *testing.T) {
	s := withMore(t, "")
	if _, err := NewDollar(s, "", "stockout_hours"); err == nil {
		t.Error("there are no prices: want an error")
	}
	priced := withMore(t, "\n[price.unit.\"hospital.*.buffer\"]\ncapital = \"100 USD\"\n")
	if _, err := NewDollar(priced, "", "demanded"); err == nil {
		t.Error("neither more nor less demand is better: want an error")
	}
	if d, err := NewDollar(priced, "", "stockout_hours"); err != nil || len(d.items) != 1 {
		t.Errorf("got %+v, %v, want one item", d, err)
	}
}
