package study

import (
	"bytes"
	"fmt"
	"math"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"oxysim/sim/rng"
	"oxysim/sim/stats"
)

// scenarioFile writes a scenario file and returns its path.
func scenarioFile(t *testing.T, text string) string {
	t.Helper()
	path := filepath.Join(t.TempDir(), "mine.toml")
	if err := os.WriteFile(path, []byte(text), 0o666); err != nil {
		t.Fatal(err)
	}
	return path
}

// manyStudies is how many studies a test of a promise makes: the second number
// if it may take long. It skips the test if it is to be short: others meet the
// same code.
func manyStudies(t *testing.T, few, many int) int {
	t.Helper()
	switch {
	case os.Getenv("OXYSIM_LONG") != "":
		return many
	case testing.Short():
		t.Skip("many studies")
	}
	return few
}

// compared opens designs and compares them.
func compared(t *testing.T, path string, with []string, n int, by string, seed uint64, settings ...string) *CompareAnswer {
	t.Helper()
	c := comparing(t, path, with, n, by, seed, settings...)
	a, err := c.Answer(t.Context(), NewWork(c.subject))
	if err != nil {
		t.Fatal(err)
	}
	return a
}

func comparing(t *testing.T, path string, with []string, n int, by string, seed uint64, settings ...string) *Compare {
	t.Helper()
	designs, err := OpenDesigns(path, with, settings...)
	if err != nil {
		t.Fatal(err)
	}
	for _, o := range designs {
		o.Seed = seed
	}
	c, err := NewCompare(designs, n, by, 0)
	if err != nil {
		t.Fatal(err)
	}
	return c
}

// twoClinics is a seller that never runs out and two clinics that are alike but
// for their buffers; an option swaps them, others add to them.
const twoClinics = `
[run]
horizon = "60 d"
[target]
metric = "network.stockout"
at_most = 0.05
[cylinder.J]
content = "6.8 m3"
[vendor.depot]
cylinders = { J = 100 }
[hospital.a]
buffer = 5
supply = { by = "courier", order = "one for one", delay = "exponential(3 d)", returns = "at once" }
cylinders.ward = { rate = "1/day", unmet = "waits" }
[hospital.b]
buffer = 8
supply = { by = "courier", order = "one for one", delay = "exponential(3 d)", returns = "at once" }
cylinders.ward = { rate = "1/day", unmet = "waits" }
[option.swapped]
change = { "hospital.a.buffer" = 8, "hospital.b.buffer" = 5 }
[option.more]
change = { "hospital.a.buffer" = 7 }
capital = "200 USD"
[option.most]
change = { "hospital.b.buffer" = 12 }
capital = "400 USD"
`

// Two clinics that are alike swap their buffers: what happens has the same law,
// and is something else in every future. By means and by probabilities, in at
// least 95 % of studies no winner is named.
func TestATieIsTooCloseToCall(t *testing.T) {
	studies := manyStudies(t, 20, 1000)
	path := scenarioFile(t, strings.NewReplacer("60 d", "20 d", "buffer = 5", "buffer = 4", "buffer = 8", "buffer = 6", "\"hospital.a.buffer\" = 8, \"hospital.b.buffer\" = 5", "\"hospital.a.buffer\" = 6, \"hospital.b.buffer\" = 4").Replace(twoClinics))
	for _, by := range []string{"network.stockout_hours", "network.stockout"} {
		c := comparing(t, path, []string{"swapped"}, 300, by, 1)
		ties, shown := 0, 0
		for study := range studies {
			for _, o := range c.Designs {
				o.Seed = uint64(study)
			}
			a, err := c.Answer(t.Context(), NewWork(c.subject))
			if err != nil {
				t.Fatal(err)
			}
			if len(a.Best.TooClose) > 0 {
				ties++
			}
			if a.Metrics[0].Metric.Name != by {
				t.Fatalf("got %s first", a.Metrics[0].Metric.Name)
			}
			if a.Metrics[0].Against[0].Shown {
				shown++
			}
		}
		t.Logf("%s: too close to call in %d of %d studies; a difference is shown in %d", by, ties, studies, shown)
		if ties*100 < 95*studies || shown*100 > 5*studies {
			t.Errorf("%s: too close to call in %d of %d studies, a difference is shown in %d", by, ties, studies, shown)
		}
	}
}

// V21: with 19 cylinders the probability of running out within a year is at most
// 5 %, with 18 it is 5.17 %. Whoever is told which is the cheapest that meets the
// target is told wrong with a probability of at most 5 %: it is 19, or too close
// to call.
func TestTheCheapestThatMeetsTheTargetOfV21(t *testing.T) {
	studies, n := manyStudies(t, 2, 60), 600
	if studies > 2 {
		n = 3000
	}
	path := scenarioFile(t, `
extends = "exact-first-stockout"
[option.s17]
change = { "hospital.clinic.buffer" = 17 }
capital = "186 USD"
[option.s18]
change = { "hospital.clinic.buffer" = 18 }
capital = "372 USD"
[option.s19]
change = { "hospital.clinic.buffer" = 19 }
capital = "558 USD"
[option.s20]
change = { "hospital.clinic.buffer" = 20 }
capital = "744 USD"
`)
	c := comparing(t, path, nil, n, "hospital.clinic.empty", 1)
	wrong, settled, best := 0, 0, 0
	met := make([]int, len(c.Designs))
	missed := make([]int, len(c.Designs))
	for study := range studies {
		for _, o := range c.Designs {
			o.Seed = uint64(1000 + study)
		}
		a, err := c.Answer(t.Context(), NewWork(c.subject))
		if err != nil {
			t.Fatal(err)
		}
		if a.Cheapest.Settled() {
			settled++
			if a.Cheapest.Design < 0 || c.Designs[a.Cheapest.Design].Name != "s19" {
				wrong++
			}
		}
		if len(a.Best.TooClose) == 0 && c.Designs[a.Best.Best].Name == "s20" {
			best++
		}
		for d, v := range a.Designs {
			switch v.Verdict {
			case Met:
				met[d]++
			case Missed:
				missed[d]++
			}
		}
	}
	t.Logf("%d studies of at most %d replications: 16 … 20 are told to meet the target in %v and to miss it in %v; settled %d, of which wrong %d; 20 is told to be best in %d",
		studies, n, met, missed, settled, wrong, best)
	if wrong*20 > studies || (met[0]+met[1]+met[2])*20 > studies || (missed[3]+missed[4])*20 > studies {
		t.Errorf("of %d studies %d are wrong; 16 … 20 meet the target in %v, miss it in %v", studies, wrong, met, missed)
	}
	if met[4] != studies || missed[0] != studies {
		t.Errorf("want it known that 20 meets the target and that 16 misses it; got %v, %v", met, missed)
	}
}

// A comparison of which the rows are kept answers at other prices without
// simulating anything, and at the old ones what it answered before.
func TestOtherPricesSimulateNothing(t *testing.T) {
	path := scenarioFile(t, twoClinics)
	c := comparing(t, path, nil, 300, "", 3)
	k := NewWork(c.subject)
	first, err := c.Answer(t.Context(), k)
	if err != nil {
		t.Fatal(err)
	}
	var kept bytes.Buffer
	if err := k.Save(&kept); err != nil {
		t.Fatal(err)
	}
	for _, x := range []struct {
		settings []string
		cheap    string
	}{{nil, ""}, {[]string{"option.more.capital=9 USD", "price.trip=1 USD"}, ""}, {[]string{"option.most.capital=1 USD", "price.discount=10 %"}, ""}} {
		dear := comparing(t, path, nil, 300, "", 3, x.settings...)
		again := NewWork(dear.subject)
		if err := again.Load(bytes.NewReader(kept.Bytes())); err != nil {
			t.Fatal(err)
		}
		again.Watch = func(p Progress) { t.Fatalf("%v: simulates replication %d", x.settings, p.Done) }
		before := again.Count()
		second, err := dear.Answer(t.Context(), again)
		if err != nil {
			t.Fatal(err)
		}
		if again.Count() != before || second.N != first.N {
			t.Errorf("%v: got %d rows of %d, %d replications, not %d", x.settings, again.Count(), before, second.N, first.N)
		}
		same := true
		for d := range first.Designs {
			same = same && first.Money.Designs[d].Total == second.Money.Designs[d].Total
		}
		if same != (x.settings == nil) {
			t.Errorf("%v: the costs are the same: %v", x.settings, same)
		}
	}
}

// What makes no sense is refused, with what is wanted.
func TestNonsenseIsNotCompared(t *testing.T) {
	for _, x := range []struct {
		add  string
		with []string
		by   string
		want string
	}{
		{"", []string{"mor"}, "", `the scenario has no option "mor" (did you mean "more"?)`},
		{"", []string{"more", "more"}, "", "more is there twice"},
		{"", []string{"more+more"}, "", "more is there twice"},
		{"", []string{"more+swapped"}, "", "more and swapped both change hospital.a.buffer"},
		{"", []string{"more"}, "network.stockout_hour", `(did you mean "network.stockout_hours"?)`},
		{"", []string{"more"}, "network.trips", "neither better when it is more nor when it is less"},
		{"[option.empty]\nchange = { \"hospital.a.buffer\" = 5 }\n", []string{"empty"}, "", `the option "empty" changes nothing`},
		{"[option.empty]\nchange = { \"hospital.a.bufer\" = 6 }\n", []string{"empty"}, "", `did you mean "buffer"?`},
		{"[option.long]\nchange = { \"run.horizon\" = \"70 d\" }\n", []string{"long"}, "", "want the same length of time"},
		{"[option.cheap]\nchange = { \"hospital.a.buffer\" = 6 }\ncapital = \"-5 USD\"\n", nil, "", "-5 USD"},
		{"[option.euro]\nchange = { \"hospital.a.buffer\" = 6 }\ncapital = \"5 EUR\"\n", nil, "", "want all prices in one currency, USD as"},
		{"[price]\nkm = \"5 EUR\"\n", []string{"more"}, "", "want all prices in one currency"},
	} {
		path := scenarioFile(t, twoClinics+x.add)
		designs, err := OpenDesigns(path, x.with)
		if err == nil {
			_, err = NewCompare(designs, 100, x.by, 0)
		}
		if err == nil || !strings.Contains(err.Error(), x.want) {
			t.Errorf("%q %q: got %v, want %q", x.add, x.with, err, x.want)
		}
	}
	path := scenarioFile(t, twoClinics)
	longer := scenarioFile(t, strings.Replace(twoClinics, "60 d", "61 d", 1))
	if _, err := OpenDesigns(path, []string{longer}); err == nil || !strings.Contains(err.Error(), "want the same length of time") {
		t.Errorf("got %v, want the horizon refused", err)
	}
	same := scenarioFile(t, twoClinics+"[price]\nkm = \"5 USD\"\n")
	if _, err := OpenDesigns(path, []string{same}); err == nil || !strings.Contains(err.Error(), "nothing that decides a number") {
		t.Errorf("got %v, want a file that is the same refused", err)
	}
	none := scenarioFile(t, twoClinics[:strings.Index(twoClinics, "[option")])
	if _, err := OpenDesigns(none, nil); err == nil || !strings.Contains(err.Error(), "[option.NAME]") {
		t.Errorf("got %v, want a scenario without options refused", err)
	}
	if _, err := NewCompare([]*Option{{}}, 1, "", 0); err == nil {
		t.Error("want one design refused")
	}
}

// Designs that are compared meet the same futures as when each is run by itself,
// options and files alike.
func TestDesignsMeetTheFuturesOfTheirOwnRuns(t *testing.T) {
	path := scenarioFile(t, twoClinics)
	file := scenarioFile(t, strings.Replace(twoClinics, "buffer = 5", "buffer = 7", 1))
	a := compared(t, path, []string{"more", file, "more+most"}, 50, "", 7)
	for d, settings := range [][]string{nil, {"hospital.a.buffer=7"}, {"hospital.a.buffer=7"}, {"hospital.a.buffer=7", "hospital.b.buffer=12"}} {
		s, problems := Open(path, settings...)
		if len(problems) > 0 {
			t.Fatal(problems)
		}
		s.Seed = 7
		r, err := NewRun(s, 0, 50, Precision{})
		if err != nil {
			t.Fatal(err)
		}
		if err := r.Simulate(t.Context(), 1, nil, nil); err != nil {
			t.Fatal(err)
		}
		for _, m := range a.Metrics {
			if got, want := m.Estimates[d].Mean, r.Answer().Estimate(m.Metric.Name).Mean; got != want {
				t.Errorf("%s of %s: got %v, want %v", m.Metric.Name, a.Compare.Designs[d].Name, got, want)
			}
		}
	}
	if got := a.Compare.Designs[3].Changes; len(got) != 2 || got[0] != (KeyChange{"hospital.a.buffer", "5", "7"}) || got[1] != (KeyChange{"hospital.b.buffer", "8", "12"}) {
		t.Errorf("got changes %v", got)
	}
}

// normals are two designs of which differences are known: normal values, which
// share part of their noise.
func normals(mean, shared float64, replication int, seed uint64) (x, y float64) {
	s := rng.New(seed, uint64(replication)).Stream(rng.NameOf("x"))
	common, own, other := stats.NormalQuantile(s.Float64At(0)), stats.NormalQuantile(s.Float64At(1)), stats.NormalQuantile(s.Float64At(2))
	rest := math.Sqrt(1 - shared*shared)
	return shared*common + rest*own, mean + shared*common + rest*other
}

// The interval of a difference in the same futures covers it although one stops
// when it is shown: in at most 5 % of the studies it misses, and Student's, of
// one that stops likewise, in far more.
func TestDifferencesAreCoveredThoughOneStopsWhenTheyAreShown(t *testing.T) {
	studies := manyStudies(t, 60, 2000)
	for _, mean := range []float64{0, 0.1} {
		missed, naive, n := 0, 0, 0
		for study := range studies {
			var p pair
			var x, y stats.Tally
			for r := range 1000 {
				a, b := normals(mean, 0.9, r, uint64(study))
				p.add(b, a)
				x.Add(a)
				y.Add(b)
				if r+1 < fewestCompared || !looks(r+1) {
					continue
				}
				if d := p.differenceOf(fakeMean, y, x, way{0.95, true}); d.Shown || r == 999 {
					if !d.Interval.Contains(mean) {
						missed++
					}
					n += r + 1
					break
				}
			}
			var q stats.Tally
			for r := range 1000 {
				a, b := normals(mean, 0.9, r, uint64(study))
				q.Add(b - a)
				if r+1 < fewestCompared || !looks(r+1) {
					continue
				}
				if in := stats.MeanT(q, 0.95); !in.Contains(0) || r == 999 {
					if !in.Contains(mean) {
						naive++
					}
					break
				}
			}
		}
		t.Logf("difference %v: of %d studies that stop after %d replications on average, %d miss; with Student's interval %d", mean, studies, n/studies, missed, naive)
		if missed*20 > studies {
			t.Errorf("difference %v: %d of %d studies miss", mean, missed, studies)
		}
		if mean == 0 && naive*20 < 2*studies {
			t.Errorf("Student's interval misses in only %d of %d studies: this test cannot tell", naive, studies)
		}
	}
}

// V21 within 30 days: the probability of running out is 0.0223853 with 16
// cylinders and 0.000345869 with 20. The interval of the difference misses in at
// most 5 % of studies, although they stop when it is shown.
func TestAnExactDifferenceIsCoveredThoughOneStops(t *testing.T) {
	studies := manyStudies(t, 10, 2000)
	path := scenarioFile(t, `
extends = "exact-first-stockout"
[run]
horizon = "30 d"
[target]
at_most = 0.5
[option.s20]
change = { "hospital.clinic.buffer" = 20 }
`)
	c := comparing(t, path, nil, 1000, "hospital.clinic.empty", 1)
	const want = 0.000345869 - 0.0223853
	missed, n, settled, shown := 0, 0, 0, 0
	for study := range studies {
		for _, o := range c.Designs {
			o.Seed = uint64(study)
		}
		a, err := c.Answer(t.Context(), NewWork(c.subject))
		if err != nil {
			t.Fatal(err)
		}
		d := a.Metrics[0].Against[0]
		if !d.Interval.Contains(want) {
			missed++
		}
		if d.Shown {
			shown++
		}
		if a.Settled {
			settled++
		}
		n += a.N
	}
	t.Logf("of %d studies, %d of them settled, after %d replications on average, %d miss; a difference is shown in %d", studies, settled, n/studies, missed, shown)
	if missed*20 > studies {
		t.Errorf("%d of %d studies miss", missed, studies)
	}
}

// The ratio of variances is that of the normals' noise: with a correlation of
// 0.81, 1/(1-0.81) = 5.26; its logarithm has a standard error of about
// sqrt(2·(2/n)) = 0.045 at n = 2000, and 4 of them are allowed.
func TestTheVarianceRatioSaysWhatChanceWasCancelled(t *testing.T) {
	var p pair
	var x, y stats.Tally
	for r := range 2000 {
		a, b := normals(1, 0.9, r, 1)
		p.add(b, a)
		x.Add(a)
		y.Add(b)
	}
	want := 1 / (1 - 0.81)
	if got := p.differenceOf(fakeMean, y, x, way{0.95, false}).Ratio; math.Abs(math.Log(got/want)) > 4*0.045 {
		t.Errorf("got %v, want %v", got, want)
	}
}

var fakeMean = fakeSubject(0.5).Metrics()[1]

// Interrupted anywhere, a comparison goes on to the same answer, on any number
// of workers.
func TestComparisonsGoOn(t *testing.T) {
	path := scenarioFile(t, twoClinics)
	show := func(a *CompareAnswer) string {
		return fmt.Sprintf("%d %v %+v %+v %v", a.N, a.Metrics[0].Against, a.Best, a.Cheapest, a.Money.Designs[1].Averted)
	}
	c := comparing(t, path, nil, 150, "", 5)
	k := NewWork(c.subject)
	k.Workers = 1
	want, err := c.Answer(t.Context(), k)
	if err != nil {
		t.Fatal(err)
	}
	half := comparing(t, path, nil, 60, "", 5)
	kept := NewWork(half.subject)
	if _, err := half.Answer(t.Context(), kept); err != nil {
		t.Fatal(err)
	}
	kept.Workers = 3
	got, err := c.Answer(t.Context(), kept)
	if err != nil {
		t.Fatal(err)
	}
	if show(got) != show(want) {
		t.Errorf("got\n%s\nwant\n%s", show(got), show(want))
	}
}

// In kri-erbil the same futures cancel most of the chance in what one more truck
// or one more PSA unit does: the variance of the difference is less than a fifth
// of what it would be in different futures. Measured in 500 futures: a hundredth
// and a twentieth; of a ratio of 20 in 60 futures, 5 is four standard errors of
// its logarithm away (2·sqrt(2/60) = 0.37).
func TestTheSameFuturesCancelChanceInKriErbil(t *testing.T) {
	manyStudies(t, 1, 1)
	c := comparing(t, "kri-erbil", []string{"truck", "psa"}, 60, "network.stockout_hours", 1)
	c.Fixed = true
	a, err := c.Answer(t.Context(), NewWork(c.subject))
	if err != nil {
		t.Fatal(err)
	}
	for i, d := range a.Metrics[0].Against {
		if !(d.Ratio > 5) {
			t.Errorf("%s: got a ratio of %v, want more than 5", c.Designs[i+1].Name, d.Ratio)
		}
	}
}
