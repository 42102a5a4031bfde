package study

import (
	"context"
	"fmt"
	"math"
	"os"
	"path/filepath"
	"reflect"
	"slices"
	"testing"

	"oxysim/model"
	"oxysim/scenarios/stock"
	"oxysim/sim"
)

// forecastOf answers a forecast of a scenario from a count, written as CSV; ""
// counts nothing.
func forecastOf(t *testing.T, called, counts string, f Forecast, settings ...string) *ForecastAnswer {
	t.Helper()
	s, problems := Open(called, settings...)
	if len(problems) > 0 {
		t.Fatal(problems)
	}
	f.Subject = s
	if counts != "" {
		if f.Count, problems = stock.Read("counts.csv", []byte(counts)); len(problems) > 0 {
			t.Fatal(problems)
		}
	}
	if problems := f.Ready(); len(problems) > 0 {
		t.Fatal(problems)
	}
	a, err := f.Answer(context.Background(), NewWork(f.Subject))
	if err != nil {
		t.Fatal(err)
	}
	return a
}

// A forecast from the scenario's own start, written as a count and read again,
// gives the probabilities that a run as long as the forecast gives, to the bit.
func TestForecastFromTheScenariosStartIsARun(t *testing.T) {
	for _, name := range []string{"district", "kri-erbil", "exact-first-stockout"} {
		s, problems := Open(name, "run.horizon=14d", "run.warm_up=0 d")
		if len(problems) > 0 {
			t.Fatal(problems)
		}
		const n = 12
		r, err := NewRun(s, 0, n, Precision{})
		if err != nil {
			t.Fatal(err)
		}
		if err := r.Simulate(context.Background(), 0, nil, nil); err != nil {
			t.Fatal(err)
		}
		run := r.Answer()
		text, err := stock.CSV(stock.Template(s.Scenario))
		if err != nil {
			t.Fatal(err)
		}
		a := forecastOf(t, name, string(text), Forecast{Days: 14, N: n})
		for _, h := range a.Hospitals {
			want := run.Estimate(h.Thing + ".stockout")
			if got := h.Last(); got.P != want.Mean || got.Interval != want.Interval {
				t.Errorf("%s: %s runs out with probability %v %v, in a run %v %v", name, h.Thing, got.P, got.Interval, want.Mean, want.Interval)
			}
			if want := run.Estimate(h.Thing + ".stockout_hours").Mean; h.Hours != want {
				t.Errorf("%s: %s is out for %v h, in a run %v", name, h.Thing, h.Hours, want)
			}
		}
	}
}

// alone is one hospital that nobody brings anything, with so many cylinders and
// a Poisson demand of 2.5 a day.
const alone = `
[run]
start = "2026-01-01"
horizon = "365 d"
replications = 4000
[cylinder.J]
content = "6.8 m3"
[hospital.h]
buffer = 30
[hospital.h.cylinders.all]
rate = "2.5/day"
unmet = "lost"
`

func write(t *testing.T, text string) string {
	t.Helper()
	name := filepath.Join(t.TempDir(), "mine.toml")
	if err := os.WriteFile(name, []byte(text), 0o600); err != nil {
		t.Fatal(err)
	}
	return name
}

// A hospital with S cylinders and Poisson demand that nobody supplies has run
// out by day d if more than S are asked for by then: no stockout is one before
// somebody goes without.
func TestForecastOfOneHospitalIsPoisson(t *testing.T) {
	const full, rate, n = 22, 2.5, 4000
	at, err := stock.At("2026-03-05T08:00", 20454) // 2026-01-01
	if err != nil {
		t.Fatal(err)
	}
	a := forecastOf(t, write(t, alone), fmt.Sprintf("place,full\nh,%d\n", full), Forecast{Days: 14, N: n, At: at})
	for _, c := range a.Hospitals[0].Chances {
		mean := rate * float64(c.Day)
		p, term := 1.0, math.Exp(-mean) // of more than full
		for k := 0; k <= full; k++ {
			p -= term
			term *= mean / float64(k+1)
		}
		// 4.5σ: one of 14 days fails by chance once in 10,000 seeds
		if sd := math.Sqrt(p * (1 - p) / n); math.Abs(c.P-p) > 4.5*sd+1e-9 {
			t.Errorf("by day %d it has run out with probability %v, want %v ± %v", c.Day, c.P, p, sd)
		}
	}
	if d := a.Hospitals[0].Deadline; d.Known {
		t.Errorf("nobody can bring anything, and a deadline is given: %+v", d)
	}
}

// The hour by which a delivery must arrive is, with the stated confidence, early
// enough: before it, the hospital runs out with no more than the tolerated
// probability. Of 400 forecasts each of 200 futures it is not in at most 5 %.
func TestDeadlineIsEarlyEnough(t *testing.T) {
	const full, rate, bound, n = 15, 2.5, 0.1, 200
	after := func(days float64) float64 { // probability of more than full by then
		p, term := 1.0, math.Exp(-rate*days)
		for k := 0; k <= full; k++ {
			p -= term
			term *= rate * days / float64(k+1)
		}
		return p
	}
	text := alone + "\n[vendor.v]\ncylinders = { J = 9 }\n[hospital.h.supply]\nfrom = \"v\"\nby = \"courier\"\ndelay = \"1 d\"\norder = \"up to\"\n"
	s, problems := Open(write(t, text))
	if len(problems) > 0 {
		t.Fatal(problems)
	}
	count, problems := stock.Read("c.csv", fmt.Appendf(nil, "place,full\nh,%d\n", full))
	if len(problems) > 0 {
		t.Fatal(problems)
	}
	studies := 400
	if os.Getenv("OXYSIM_LONG") != "" {
		studies = 2000
	}
	wrong := 0
	for seed := range uint64(studies) {
		v := *s
		v.Seed = seed
		f := Forecast{Subject: &v, Count: count, Days: 14, N: n, Bound: bound}
		if problems := f.Ready(); len(problems) > 0 {
			t.Fatal(problems)
		}
		dry, err := f.simulateDesigns(context.Background(), NewWork(&v), "dry", "", []*Subject{f.dry[0].Subject}, [][]string{f.hospitalMetrics([]int{0}, "stockout", "stockout_first")})
		if err != nil {
			t.Fatal(err)
		}
		d := f.deadline(dry[0]["hospital.h.stockout"], dry[0]["hospital.h.stockout_first"])
		if !d.Promised || d.Safe > d.Estimate {
			t.Fatalf("seed %d: %+v", seed, d)
		}
		if after(sim.Span(d.Safe).Days()) > bound {
			wrong++
		}
	}
	if most := 0.05*float64(studies) + 3*math.Sqrt(float64(studies)*0.05*0.95); float64(wrong) > most { // 3σ
		t.Errorf("the deadline was too late in %d of %d forecasts, want at most 5 %%", wrong, studies)
	}
	t.Logf("the deadline was too late in %d of %d forecasts", wrong, studies)
	if wrong == 0 {
		t.Errorf("the deadline was never too late: it is earlier than it need be")
	}
}

// A hospital that runs out a little more often than is tolerated has a deadline,
// though in half of all forecasts it is seen to run out less often: to say that
// none is needed, or an hour that is too late, is wrong in at most 5 %.
func TestDeadlineIfTheRiskIsJustAboveTheBound(t *testing.T) {
	const full, rate, days, n, studies = 45, 2.5, 14, 200, 150
	after := func(days float64) float64 { // probability of more than full by then
		p, term := 1.0, math.Exp(-rate*days)
		for k := 0; k <= full; k++ {
			p -= term
			term *= rate * days / float64(k+1)
		}
		return p
	}
	bound := after(days) / 1.1
	text := alone + "\n[vendor.v]\ncylinders = { J = 9 }\n[hospital.h.supply]\nfrom = \"v\"\nby = \"courier\"\ndelay = \"1 d\"\norder = \"up to\"\n"
	s, problems := Open(write(t, text))
	if len(problems) > 0 {
		t.Fatal(problems)
	}
	count, problems := stock.Read("c.csv", fmt.Appendf(nil, "place,full\nh,%d\n", full))
	if len(problems) > 0 {
		t.Fatal(problems)
	}
	wrong, unseen := 0, 0
	for seed := range uint64(studies) {
		v := *s
		v.Seed = seed
		f := Forecast{Subject: &v, Count: count, Days: days, N: n, Bound: bound}
		if problems := f.Ready(); len(problems) > 0 {
			t.Fatal(problems)
		}
		dry, err := f.simulateDesigns(context.Background(), NewWork(&v), "dry", "", []*Subject{f.dry[0].Subject}, [][]string{f.hospitalMetrics([]int{0}, "stockout", "stockout_first")})
		if err != nil {
			t.Fatal(err)
		}
		d := f.deadline(dry[0]["hospital.h.stockout"], dry[0]["hospital.h.stockout_first"])
		if !d.Promised {
			t.Fatalf("seed %d: %+v", seed, d)
		}
		if !d.Needed || after(sim.Span(d.Safe).Days()) > bound {
			wrong++
		}
		if d.Needed && d.Estimate == sim.Never {
			unseen++
		}
	}
	if most := 0.05*studies + 3*math.Sqrt(studies*0.05*0.95); float64(wrong) > most { // 3σ
		t.Errorf("no deadline, or one that is too late, in %d of %d forecasts, want at most 5 %%", wrong, studies)
	}
	if unseen == 0 {
		t.Error("it never ran out less often than is tolerated: nothing has been tested")
	}
}

// If nothing can be sent it is said which hospital lacks what, and why; if nobody
// needs anything, that.
func TestWhyNothingIsSent(t *testing.T) {
	const away = "riverside,0,15\nhilltop,0,10\nborder,0,9\n"
	for _, c := range []struct{ counts, why string }{
		{"place,full,empty,where,expected\nriverside,0,15,,\nworks,40,0,,\nlorry,,,out of service,9 d\npickup,,,out of service,9 d\n", "no truck at home that goes there"},
		{"place,full,empty\nworks,0,99\n" + away, "no full ones at Oxygen plant"},
	} {
		a := forecastOf(t, "district", c.counts, Forecast{Days: 3, N: 100})
		if len(a.Send) > 0 || len(a.Unsent) == 0 || a.Idle != "" {
			t.Fatalf("%q: sent is %v, unsent %v, %q", c.counts, a.Send, a.Unsent, a.Idle)
		}
		for _, u := range a.Unsent {
			if u.Why != c.why {
				t.Errorf("%s lacks %d: got %q, want %q", u.Label, u.Count, u.Why, c.why)
			}
		}
	}
	if a := forecastOf(t, "district", "", Forecast{Days: 1, N: 100, Bound: 0.5}); a.Idle == "" || len(a.Unsent) > 0 {
		t.Errorf("nobody runs out, and nothing is sent because of %q %v", a.Idle, a.Unsent)
	}
}

// More cylinders at a hospital never make its deadline earlier: in each future
// nothing else differs before it runs out.
func TestMoreCountedIsNeverEarlier(t *testing.T) {
	var before *ForecastAnswer
	for _, full := range []int{4, 8, 12, 20} {
		a := forecastOf(t, "district", fmt.Sprintf("place,full\nriverside,%d\nhilltop,%d\n", full, full), Forecast{Days: 10, N: 100, Bound: 0.05})
		for _, name := range []string{"hospital.riverside", "hospital.hilltop"} {
			is := func(h HospitalForecast) bool { return h.Thing == name }
			h := a.Hospitals[slices.IndexFunc(a.Hospitals, is)]
			if before == nil {
				continue
			}
			b := before.Hospitals[slices.IndexFunc(before.Hospitals, is)]
			if h.due() < b.due() || h.Deadline.Needed && h.Deadline.Estimate < b.Deadline.Estimate {
				t.Errorf("%s: with %d full it is due %v, with fewer %v", name, full, h.due(), b.due())
			}
		}
		before = a
	}
}

// What is proposed has left the plant: no cylinder is made or lost by sending it,
// and each truck goes once.
func TestWhatIsSentComesFromThePlant(t *testing.T) {
	counts := "place,full,empty,where\nriverside,1,14,\nhilltop,1,9,\nborder,0,9,\nworks,40,3,\nlorry,,,home\n"
	a := forecastOf(t, "district", counts, Forecast{Days: 7, N: 150})
	if len(a.Send) == 0 || a.Effect == nil {
		t.Fatal("nothing is sent to hospitals that are nearly empty")
	}
	f := a.Forecast
	sent := f.sent(a.Send)
	full := func(i int) int { return sent.Plants[i].Full[0] }
	n, trucks := 0, map[string]bool{}
	for _, s := range a.Send {
		n += s.Count
		if trucks[s.Truck] {
			t.Errorf("%s is sent twice", s.Truck)
		}
		trucks[s.Truck] = true
		if s.Count > f.state.Config.Trucks[s.truck].Room || s.Arrives <= f.At {
			t.Errorf("sent is %+v", s)
		}
	}
	if full(0) != f.state.Config.Plants[0].Full[0]-n || full(0) < 0 {
		t.Errorf("%d are sent, and of %d are left %d", n, f.state.Config.Plants[0].Full[0], full(0))
	}
	if e := a.Effect; e.HoursMean > 0 && e.Hours.Lo > 0 {
		t.Errorf("sending to the first to run out makes it worse by %v h", e.HoursMean)
	}
}

// A what-if that changes nothing is the base, in every future.
func TestWhatIfThatChangesNothing(t *testing.T) {
	a := forecastOf(t, "district", "place,full\nriverside,5\n", Forecast{Days: 5, N: 60, WhatIf: []string{"hospital.town.beds=99", "truck.lorry.count=2"}})
	if e := a.WhatIf[0]; e.Better+e.Worse > 0 || len(e.Hospitals) > 0 {
		t.Errorf("beds change %+v", e)
	}
}

// Futures that part from a replication at its beginning have the law of
// replications: the probability of a stockout is that of a forecast from the
// start, but for chance.
func TestFuturesThatPart(t *testing.T) {
	const n = 150
	a := forecastOf(t, "district", "", Forecast{Days: 20, N: n, From: &Branch{}}, "plant.works.cylinders.J=4")
	b := forecastOf(t, "district", "", Forecast{Days: 20, N: n}, "plant.works.cylinders.J=4")
	x, y := a.Network[19], b.Network[19]
	p := (x.P + y.P) / 2
	if d := math.Abs(x.P - y.P); d > 5*math.Sqrt(2*p*(1-p)/n) { // 5σ
		t.Errorf("futures that part run out with probability %v, others %v", x.P, y.P)
	}
	c := forecastOf(t, "district", "", Forecast{Days: 5, N: 50, From: &Branch{Replication: 3, At: 40 * sim.Time(sim.Day)}})
	d := forecastOf(t, "district", "", Forecast{Days: 5, N: 50, From: &Branch{Replication: 3, At: 40 * sim.Time(sim.Day)}})
	if !reflect.DeepEqual(c.Network, d.Network) {
		t.Error("the same branch gives other numbers")
	}
}

// A forecast is the same on any number of workers.
func TestForecastOnAnyNumberOfWorkers(t *testing.T) {
	var first *ForecastAnswer
	for _, workers := range []int{1, 5} {
		s, _ := Open("district")
		f := Forecast{Subject: s, Days: 6, N: 40}
		if problems := f.Ready(); len(problems) > 0 {
			t.Fatal(problems)
		}
		k := NewWork(f.Subject)
		k.Workers = workers
		a, err := f.Answer(context.Background(), k)
		if err != nil {
			t.Fatal(err)
		}
		if first == nil {
			first = a
		} else if !reflect.DeepEqual(a.Hospitals[0].Chances, first.Hospitals[0].Chances) || !reflect.DeepEqual(a.Send, first.Send) {
			t.Errorf("on %d workers it is another answer", workers)
		}
	}
}

// Whether a hospital that has no pipe runs out, if nothing is brought, does not
// depend on what others are brought: all may share one simulation.
func TestDryTogetherIsDryApart(t *testing.T) {
	s, problems := Open("district")
	if len(problems) > 0 {
		t.Fatal(problems)
	}
	f := Forecast{Subject: s, Days: 14, N: 40}
	if problems := f.Ready(); len(problems) > 0 {
		t.Fatal(problems)
	}
	if len(f.dry) != 1 {
		t.Fatalf("%d simulations for hospitals without a pipe, want one", len(f.dry))
	}
	designs, names := []*Subject{f.dry[0].Subject}, [][]string{f.hospitalMetrics(f.all(), "stockout_first")}
	for h := range f.all() {
		designs = append(designs, f.with(f.base, without(f.state.Config, []int{h})))
		names = append(names, f.hospitalMetrics([]int{h}, "stockout_first"))
	}
	out, err := f.simulateDesigns(context.Background(), NewWork(s), "test", "", designs, names)
	if err != nil {
		t.Fatal(err)
	}
	for h := range f.all() {
		name := names[h+1][0]
		if !slices.Equal(out[h+1][name], out[0][name]) {
			t.Errorf("%s is another if others are brought cylinders", name)
		}
		if slices.Min(out[0][name]) >= 14 {
			t.Errorf("%s never runs out though nothing is brought", name)
		}
	}
}

// From what could be counted on a day of a replication, the forecast is that of
// the cylinders left then: demand has no memory.
func TestForecastFromASimulatedDay(t *testing.T) {
	const day, days, rate, n = 4, 6, 2.5, 2000
	called := write(t, alone)
	s, problems := Open(called)
	if len(problems) > 0 {
		t.Fatal(problems)
	}
	w := model.New(s.Config)
	w.Begin(1, 3)
	w.RunTo(day * sim.Time(sim.Day))
	then := *s.Scenario
	then.Config = w.State()
	full := then.Config.Hospitals[0].Lines[0].Full
	if full >= 30 || full < 10 {
		t.Fatalf("%d of 30 cylinders are left after %d days", full, day)
	}
	text, err := stock.CSV(stock.Template(&then))
	if err != nil {
		t.Fatal(err)
	}
	a := forecastOf(t, called, string(text), Forecast{Days: days, N: n, At: day * sim.Time(sim.Day)})
	p, term := 1.0, math.Exp(-rate*days) // of more than full
	for k := 0; k <= full; k++ {
		p -= term
		term *= rate * days / float64(k+1)
	}
	// 5σ
	if got := a.Hospitals[0].Last().P; math.Abs(got-p) > 5*math.Sqrt(p*(1-p)/n) {
		t.Errorf("with %d left it runs out within %d days with probability %v, want %v", full, days, got, p)
	}
}
