package study

import (
	"math"
	"slices"
	"strings"
	"testing"

	"oxysim/scenarios/quantity"
	"oxysim/sim/stats"
)

// oneClinic leaves nothing to chance. Each day at 08:00 the clinic asks for two
// cylinders and has one: for the other it waits until 10:00, for the lorry takes
// two hours for the 100 km. One is ordered at 08:00, the other at 09:00, when the
// first is empty; so the lorry goes twice. With a buffer of two it goes once, and
// nobody waits. In ten days there are
//
//	            fills   kWh           trips   km     diesel   hours without
//	as it is    20      20·6·(1.5+.5)   20    4000   800 L    20
//	second      20      240             10    2000   400 L     0
const oneClinic = `
[run]
horizon = "10 d"
replications = 100
[target]
metric = "network.stockout_hours"
at_most = 1
[cylinder.J]
content = "6 m3"
[plant.works]
cylinders = { J = 20 }
booster_energy = "0.5 kWh/m3"
machines = { flow = "12 m3/h", energy = "1.5 kWh/m3" }
filling = { positions = 1, time = "1 h" }
[hospital.clinic]
buffer = 1
supply = { order = "one for one" }
cylinders.ward = { every = "24 h", batch = 2, first = "8 h", use = "1 h", unmet = "waits" }
[road.way]
from = "works"
to = "clinic"
length = "100 km"
speed = "50 km/h"
[truck.lorry]
home = "works"
room = 10
diesel = 0.2
[option.second]
change = { "hospital.clinic.buffer" = 2 }
capital = "1000 USD"
running = "100 USD"
life = "2 y"
[option.third]
change = { "hospital.clinic.buffer" = 3 }
[option.nothing]
change = { "hospital.clinic.supply.every" = "1 h" }
[price]
date = "2026-01-01"
discount = "10 %"
electricity = "0.10 USD"
diesel = "1.50 USD"
km = "0.25 USD"
trip = "5 USD"
fill = "2 USD"
[price.unit."hospital.*.buffer"]
capital = "500 USD"
life = "2 y"
`

// Every sum of money by hand. What is used in ten days, × 36.5 for a year:
//
//	as it is  24 + 1200 + 1000 + 100 + 40 = 2364,  a year 86286
//	second    24 +  600 +  500 +  50 + 40 = 1214,  a year 44311
//
// The second cylinder costs 1000 once, 1210/2.1 = 576.19 a year over two years at
// 10 %, and 100 a year: 44987.19 in all. It averts 20 h·36.5/24 = 30.4167 days
// without oxygen and saves 41298.81: -1357.77 for each day. The option "third"
// says no price; two more cylinders at 500 each come to 576.19 a year, and work
// as one does.
func TestEverySumByHand(t *testing.T) {
	a := compared(t, scenarioFile(t, oneClinic), []string{"second", "third"}, 100, "", 1)
	m := a.Money
	annuity := 1210 / 2.1
	for d, want := range []struct{ annual, use, total float64 }{
		{0, 2364, 86286}, {annuity + 100, 1214, 44311 + annuity + 100}, {annuity, 1214, 44311 + annuity},
	} {
		got := m.Designs[d]
		use := 0.0
		for i, x := range m.Items {
			use += got.Used[i] * x.Price / 36.5
		}
		if math.Abs(got.Annual-want.annual) > 1e-6 || math.Abs(use-want.use) > 1e-6 || math.Abs(got.Total.Mean-want.total) > 1e-6 {
			t.Errorf("design %d: got %v a year, %v in ten days, %v in all; want %+v", d, got.Annual, use, got.Total.Mean, want)
		}
		if in := got.Total.Interval; !(in.Lo < want.total && want.total < in.Hi) {
			t.Errorf("design %d: got the interval %v, which holds use never seen to vary for certain", d, in)
		}
	}
	days := 20 * 36.5 / 24
	second := m.Designs[1]
	if x := second.Averted[0]; math.Abs(x.Mean-days) > 1e-9 || x.Known || !math.IsNaN(x.Ratio.Mean) {
		t.Errorf("got %+v averted, want %v days, of which nothing is promised", x, days)
	}
	if r := m.ratio(1, func(r int) float64 { return m.cost[1][r] - m.cost[0][r] }, func(r int) float64 { return m.happened(0, 0, r) - m.happened(1, 0, r) }); math.Abs(r.Mean-(44311+annuity+100-86286)/days) > 1e-6 || !math.IsInf(r.Interval.Hi, 1) {
		t.Errorf("got %+v for one averted", r)
	}
	if len(m.Ladder) != 3 || m.Ladder[0].Design != 2 || m.Ladder[1].Dominated != "dominated" || m.Ladder[2].Dominated != "dominated" {
		t.Errorf("got the order %+v, want the third, which is cheapest and averts as much, to dominate", m.Ladder)
	}
	// Of hours that were never seen to vary nothing is promised, as in a run: it is
	// not known that this world has no chance. Nor is it of what is used.
	if got := []Standing{m.Designs[0].Standing, second.Standing, m.Designs[2].Standing}; got[0] != Unsettled || got[1] != Unsettled || got[2] != Unsettled {
		t.Errorf("got %v", got)
	}
	// If what is used costs nothing, costs are certain, and the clinic as it is costs least.
	free := compared(t, scenarioFile(t, oneClinic), []string{"second", "third"}, 100, "", 1, "price.electricity=0 USD", "price.diesel=0 USD", "price.km=0 USD", "price.trip=0 USD", "price.fill=0 USD").Money
	if x := free.Designs[1]; x.Total.Interval.HalfWidth() != 0 || x.Total.Mean != x.Annual || x.Extra.Interval.HalfWidth() != 0 || free.Designs[0].Standing != Certified {
		t.Errorf("got %+v, %v, want what is bought to be certain", x, free.Designs[0].Standing)
	}
	if len(a.Cheapest.Open) != 3 || a.Designs[0].Verdict != Undecided {
		t.Errorf("got %+v, %v, want all to be undecided", a.Cheapest, a.Designs[0].Verdict)
	}
}

// A step up the ladder by hand: nobody waits any more for 100 + 576.19 a year
// and half of the trips: with trips that cost nothing, the second costs 676.19 for
// 30.4167 days, 22.23 each; up to that sum the clinic as it is is worth most, and
// above it the second.
func TestTheLadderAndWhatIsWorthMostByHand(t *testing.T) {
	a := compared(t, scenarioFile(t, oneClinic), []string{"second"}, 100, "", 1, "price.diesel=0 USD", "price.km=0 USD", "price.trip=0 USD")
	want := (1210/2.1 + 100) / (20 * 36.5 / 24)
	if l := a.Money.Ladder; l[0].Design != 0 || l[1].From != 0 || math.Abs(l[1].Ratio.Mean-want) > 1e-9 {
		t.Errorf("got %+v, want %v for a day", l, want)
	}
	for i, pay := range a.Money.Accept.Pay {
		if got := a.Money.Accept.Share[i][1]; (pay > want && got < 1-1e-9) || (pay < want && got != 0) {
			t.Errorf("at %v for a day the second is worth most in %v of all draws", pay, got)
		}
	}
}

// Electricity that a generator makes is paid as diesel: of 100 kWh in 240 h, of
// which 40 are without power and the generator runs for 50, three quarters are
// the grid's. Without a generator all are.
func TestElectricityIsPaidOnce(t *testing.T) {
	values := []float64{100, 50, 40}
	if got := (reading{at: 0, factor: 2, except: [2]int{1, 2}, hours: 240}).of(values); math.Abs(got-150) > 1e-9 {
		t.Errorf("got %v, want 150", got)
	}
	if got := (reading{at: 0, factor: 2, except: [2]int{-1, 2}, hours: 240}).of(values); got != 200 {
		t.Errorf("got %v, want 200", got)
	}
	if got := (reading{at: 0, factor: 1, except: [2]int{1, 2}, hours: 40}).of(values); got != 0 {
		t.Errorf("without any power: got %v, want 0", got)
	}
}

// Deaths are counted if the file gives the hazard, and DALYs are so many for each.
func TestDeathsAreCountedIfTheFileGivesTheHazard(t *testing.T) {
	const ward = `
[run]
horizon = "60 d"
[cylinder.J]
content = "6 m3"
[vendor.depot]
label = "the depot"
cylinders = { J = 100 }
price = "11 USD"
[hospital.clinic]
buffer = 3
bedside = {}
supply = { by = "courier", order = "one for one", delay = "exponential(3 d)", returns = "at once" }
patients.ward = { rate = "0.5/day", flow = "3 L/min", stay = "exponential(2 d)", HAZARD }
[option.more]
change = { "hospital.clinic.buffer" = 6 }
capital = "558 USD"
[price]
dalys_per_death = 20
daly = "100 USD"
`
	a := compared(t, scenarioFile(t, strings.Replace(ward, "HAZARD", `hazard = 0.02`, 1)), nil, 200, "", 1)
	m := a.Money
	more := m.Designs[1]
	deaths, dalys := more.Averted[3], more.Averted[4]
	if !m.Counted(3) || !m.Counted(4) || !(deaths.Mean > 0) || math.Abs(dalys.Mean-20*deaths.Mean) > 1e-9 || math.Abs(dalys.Ratio.Mean-deaths.Ratio.Mean/20) > 1e-9 {
		t.Errorf("got %+v deaths and %+v DALYs", deaths, dalys)
	}
	if e, ok := m.Effect(); !ok || e.Name != "DALY" || !slices.Contains(m.Accept.Pay, 100) {
		t.Errorf("got %v, %v, want options put in order by DALYs", e, m.Accept)
	}
	fills := m.Items[slices.IndexFunc(m.Items, func(x Item) bool { return x.Key == "vendor.depot.price" })]
	if !fills.Priced || fills.Price != 11 || !strings.Contains(fills.What, "the depot") {
		t.Errorf("got %+v, want the vendor's price", fills)
	}
	if got := m.Designs[0].Patient; !(got.Mean > 0) || !(got.Interval.Lo < got.Mean && got.Mean < got.Interval.Hi) {
		t.Errorf("got %+v for each patient", got)
	}
	b := compared(t, scenarioFile(t, strings.Replace(ward, ", HAZARD", "", 1)), nil, 200, "", 1)
	if e, _ := b.Money.Effect(); b.Money.Counted(3) || b.Money.Counted(4) || e.Name != "patient-hour without oxygen" {
		t.Errorf("without a hazard deaths are counted, or options put in order by %v", e)
	}
}

// An annuity of 1000 over 2 years at 10 %: x/1.1 + x/1.21 = 1000, x = 1000·1.21/2.1
// = 576.190476…; over 4 years without interest, 250.
func TestAnnuities(t *testing.T) {
	if got, want := Annuity(1000, 0.1, 2), 1210/2.1; math.Abs(got-want) > 1e-9 {
		t.Errorf("got %v, want %v", got, want)
	}
	if got := Annuity(1000, 0, 4); got != 250 {
		t.Errorf("got %v, want 250", got)
	}
}

// Fieller's interval by hand: of 100 pairs with means 6 and 3, variances of the
// means 0.04 and 0.01 and covariance 0, at z standard errors, the ends are the
// roots of (9 - 0.01 z²) r² - 36 r + (36 - 0.04 z²) = 0.
func TestFiellersIntervalByHand(t *testing.T) {
	var above, below []float64
	for i := range 100 { // ±a, ±b in all four combinations, so that they do not depend on each other
		a, b := math.Sqrt(0.04*99), math.Sqrt(0.01*99)
		above = append(above, 6+a*float64(1-2*(i%2)))
		below = append(below, 3+b*float64(1-i/2%2*2))
	}
	a := &MoneyAnswer{t: &comparison{Compare: &Compare{Confidence: 0.95, Fixed: true}, n: 100}}
	got := a.ratio(1, func(r int) float64 { return above[r] }, func(r int) float64 { return below[r] })
	z := stats.TQuantile(0.975, 99)
	p, q, s := 9-0.01*z*z, 36.0, 36-0.04*z*z
	root := math.Sqrt(q*q - 4*p*s)
	if lo, hi := (q-root)/2/p, (q+root)/2/p; math.Abs(got.Mean-2) > 1e-12 || math.Abs(got.Interval.Lo-lo) > 1e-9 || math.Abs(got.Interval.Hi-hi) > 1e-9 {
		t.Errorf("got %+v, want 2 from %v to %v", got, lo, hi)
	}
	// A denominator that may be 0 bounds nothing.
	for i := range below {
		below[i] -= 2.9
	}
	if got := a.ratio(1, func(r int) float64 { return above[r] }, func(r int) float64 { return below[r] }); !math.IsInf(got.Interval.Hi, 1) {
		t.Errorf("got %+v, want no bound", got)
	}
}

// A triangular law over the range of a price: its mean is that of the three
// numbers, and its ends are kept.
func TestPricesAreDrawnFromTheirRange(t *testing.T) {
	m := quantity.Must[quantity.Money]("10 USD (4 – 13)")
	p := amountOf(&m)
	sum := 0.0
	const n = 10000
	for i := range n {
		sum += p.at((float64(i) + 0.5) / n)
	}
	if got := sum / n; math.Abs(got-9) > 1e-3 || p.at(0) != 4 || p.at(1) != 13 || math.Abs(p.at(6.0/9)-10) > 1e-12 {
		t.Errorf("got a mean of %v, from %v to %v, the peak at %v", got, p.at(0), p.at(1), p.at(6.0/9))
	}
}
