package study

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"math"
	"math/rand/v2"
	"os"
	"reflect"
	"slices"
	"strings"
	"testing"

	"oxysim/model"
	"oxysim/sim/stats"
)

// formula is a world whose one metric is a function of three numbers of the
// scenario, which are factors, of the north's buffer and of luck.
type formula struct {
	x      []float64
	buffer float64
	f      func(x []float64, buffer float64, luck *rand.Rand) float64
	values [1]float64
}

var formulaMetric = model.Metric{Name: "network.score", Unit: "h", Better: model.Less, Meaning: "value of the formula", Adds: true}

func (w *formula) Metrics() []model.Metric { return []model.Metric{formulaMetric} }

func (w *formula) Run(seed uint64, replication int) []float64 {
	w.values[0] = w.f(w.x, w.buffer, rand.New(rand.NewPCG(seed, uint64(replication))))
	return w.values[:]
}

// formulaFile is a scenario of which rates of demand, 1/day each, have factors
// of a law.
func formulaFile(laws ...string) string {
	file := `
[run]
horizon = "10 d"
[cylinder.J]
content = "6.8 m3"
[plant.works]
cylinders = { J = 10 }
[plant.works.filling]
positions = 4
time = "1 h"
[truck.lorry]
home = "works"
room = 20
[option.more]
change = { "hospital.a.buffer" = 20 }
`
	uncertain := "[uncertain]\n"
	for i, law := range laws {
		name := string(rune('a' + i))
		file += fmt.Sprintf("[hospital.%s]\nbuffer = 10\nsupply = { order = \"up to\", reorder_at = 5 }\ncylinders.ward.rate = \"1/day\"\n[road.%s]\nfrom = \"works\"\nto = \"%s\"\ntime = \"1 h\"\n", name, name, name)
		uncertain += fmt.Sprintf("\"hospital.%s.cylinders.ward.rate\" = %q\n", name, law)
	}
	return file + uncertain
}

// ignorance returns what is not known of a formula, whose factors have laws.
func ignorance(t *testing.T, f func(x []float64, buffer float64, luck *rand.Rand) float64, laws ...string) Ignorance {
	t.Helper()
	s := subjectOf(t, formulaFile(laws...))
	q, problems := NewIgnorance(s, Gauge{Name: formulaMetric.Name, Kind: formulaMetric, Names: []string{formulaMetric.Name}})
	if len(problems) > 0 {
		t.Fatal(problems)
	}
	q.world = func(s *Subject) World {
		w := &formula{f: f}
		for i := range laws {
			x, _ := s.Tree.Scalar(fmt.Sprintf("hospital.%c.cylinders.ward.rate", 'a'+i))
			w.x = append(w.x, x.Base()*86400)
		}
		b, _ := s.Tree.Scalar("hospital.a.buffer")
		w.buffer = b.Base()
		return w
	}
	return q
}

// off returns how many standard errors an estimate is from the truth, by its
// interval of 95 %.
func off(got, want float64, in stats.Interval) float64 {
	if got == want {
		return 0
	}
	return math.Abs(got-want) / (in.HalfWidth() / 1.96)
}

// tooManyErrors is how many standard errors an estimate may be from the truth: more
// by chance once in 15,000.
const tooManyErrors = 4

// What knowing is worth is what the closed form says, if the benefit of an
// option is normal; and nothing for a parameter that plays no part.
// validation/cases.json: V37.
func TestInformationOfANormalBenefit(t *testing.T) {
	s := math.Sqrt(math.Log(1 + 0.3*0.3))
	normal := func(f float64) float64 { return (math.Log(f) + s*s/2) / s }
	const mean, perfect, of60 = 100, 39.559311, 24.250559
	of40 := stats.EVPPINormal(mean, 200, 0.4)
	q := ignorance(t, func(x []float64, buffer float64, g *rand.Rand) float64 {
		luck := 30 * g.NormFloat64() // the same for both options
		if buffer < 20 {
			return luck
		}
		return luck - (mean + 200*(math.Sqrt(0.6)*normal(x[0])+math.Sqrt(0.4)*normal(x[1])))
	}, "lognormal(1, cv 0.3)", "lognormal(1, cv 0.3)", "lognormal(1, cv 0.3)")
	p, err := NewInformation(q, nil, nil, atLength(512, 2048), 2)
	if err != nil {
		t.Fatal(err)
	}
	a, err := p.Answer(t.Context(), NewWork(q.Subject))
	if err != nil {
		t.Fatal(err)
	}
	if z := off(a.Perfect.Estimate, perfect, a.Perfect.Interval); z > tooManyErrors {
		t.Errorf("got %+v for everything, want %v", a.Perfect, perfect)
	}
	for _, x := range a.Rows {
		t.Log(x.Unknown.Name, x.Value)
		want := map[string]float64{"hospital.a.cylinders.ward.rate": of60, "hospital.b.cylinders.ward.rate": of40}[x.Unknown.Name]
		switch {
		case want == 0 && x.Value.Estimate > 1:
			t.Errorf("got %+v for what plays no part", x.Value)
		case want > 0 && (x.Nothing || off(x.Value.Estimate, want, x.Value.Interval) > tooManyErrors):
			t.Errorf("%s: got %+v, want %v", x.Unknown.Name, x.Value, want)
		}
	}
	if gain := a.Choices[1].Benefit.Mean - a.Choices[0].Benefit.Mean; a.Choices[a.Now].Option != "more" || math.Abs(gain-mean) > 20 {
		t.Errorf("got %+v, want the option, by %v", a.Choices, mean)
	}
}

// atLength returns a size for tests that may take long, if they may.
func atLength(n, longer int) int {
	if os.Getenv("OXYSIM_LONG") != "" {
		return longer
	}
	return n
}

// What an option costs per year is taken from its benefit.
func TestInformationInMoney(t *testing.T) {
	file := strings.Replace(formulaFile("uniform(0, 2)"), `[option.more]`, "[option.more]\ncapital = \"1000 USD\"\nrunning = \"50 USD\"\nlife = \"5 y\"", 1)
	s := subjectOf(t, file)
	q, problems := NewIgnorance(s, Gauge{Name: "network.score", Kind: formulaMetric, Names: []string{"network.score"}})
	if len(problems) > 0 {
		t.Fatal(problems)
	}
	w, err := ParseWorth("2.5 USD per network.score")
	if err != nil {
		t.Fatal(err)
	}
	p, err := NewInformation(q, nil, &w, 32, 2)
	if err != nil {
		t.Fatal(err)
	}
	// 1000 at 3 % over 5 years is 218.35 a year; ten days are 1/36.5 of a year.
	if want := 50 + 218.3546; math.Abs(p.costs[1]-want) > 0.001 {
		t.Errorf("got %v a year, want %v", p.costs[1], want)
	}
	if got, want := p.benefit(1, 4), -4*2.5*36.5-p.costs[1]; math.Abs(got-want) > 1e-9 {
		t.Errorf("got a benefit of %v, want %v", got, want)
	}
	p.Gauge.Kind.Adds = false // a mean is that of any time
	if got, want := p.benefit(1, 4), -4*2.5-p.costs[1]; math.Abs(got-want) > 1e-9 {
		t.Errorf("got a benefit of %v of what does not add up, want %v", got, want)
	}
	for _, bad := range []string{"50 USD", "USD per network.score", "-3 USD per network.score", "50 per network.score", "3 USD per "} {
		if _, err := ParseWorth(bad); err == nil {
			t.Errorf("%q: got no error", bad)
		}
	}
	euro := Worth{1, "EUR", "network.score"}
	if _, err := NewInformation(q, nil, &euro, 32, 2); err == nil || !strings.Contains(err.Error(), "want one currency") {
		t.Errorf("got %v, want one currency", err)
	}
}

// A point of a sweep is a run of its design, to the last bit, and what is the
// scenario as it is says so.
func TestSweepIsMadeOfRuns(t *testing.T) {
	s := subjectOf(t, uncertainFile, "hospital.north.cylinders.ward.rate=20/day", "plant.works.filling.positions=1")
	gauges, err := NewGauges(s, "network.stockout_hours", "network.stockout", "stockout_hours")
	if err != nil {
		t.Fatal(err)
	}
	var axes []Axis
	for _, text := range []string{"hospital.north.buffer=10:15:5", "road.*.speed=0.5:1.5:0.5"} {
		a, err := ParseAxis(s, text)
		if err != nil {
			t.Fatal(err)
		}
		axes = append(axes, a)
	}
	const n = 25 // more than a row
	w, err := NewSweep(s, axes, gauges, n)
	if err != nil {
		t.Fatal(err)
	}
	a, err := w.Answer(t.Context(), NewWork(s))
	if err != nil {
		t.Fatal(err)
	}
	if len(a.Points) != 6 {
		t.Fatalf("got %d points, want 6", len(a.Points))
	}
	varies := false
	for i, p := range a.Points {
		v, problems := s.Vary(w.settings(i)...)
		if len(problems) > 0 {
			t.Fatal(problems)
		}
		r := newRun(t, v, 0, n, Precision{})
		if err := r.Simulate(t.Context(), 1, nil, nil); err != nil {
			t.Fatal(err)
		}
		run := r.Answer()
		for g, gauge := range gauges[:2] {
			e := run.Estimate(gauge.Name)
			if p.Readings[g].Mean != e.Mean || p.Readings[g].Interval != e.Interval || p.Readings[g].Method != e.Method {
				t.Errorf("%v, %s: got %+v, want %+v", w.settings(i), gauge, p.Readings[g], e)
			}
			if d := p.Differences[g]; math.Abs(d.Mean-(p.Readings[g].Mean-a.Base[g].Mean)) > 1e-9 {
				t.Errorf("%v: got a difference of %v, want %v", w.settings(i), d.Mean, p.Readings[g].Mean-a.Base[g].Mean)
			}
		}
		mean := (run.mean("hospital.north.stockout_hours") + run.mean("hospital.south.stockout_hours") + run.mean("hospital.west.stockout_hours")) / 3
		if math.Abs(p.Readings[2].Mean-mean) > 1e-9 {
			t.Errorf("got a mean of %v over hospitals, want %v", p.Readings[2].Mean, mean)
		}
		if p.IsBase != (i == 1) || p.IsBase && !p.Differences[0].Same {
			t.Errorf("%v: is it the scenario as it is? got %v", w.settings(i), p.IsBase)
		}
		varies = varies || !p.Differences[0].Same
	}
	if !varies {
		t.Error("nothing varies")
	}
}

// What cannot be varied is refused, with what was wanted.
func TestAxesThatCannotBe(t *testing.T) {
	s := subjectOf(t, uncertainFile)
	for text, want := range map[string]string{
		"hospital.north.buffer":              "want KEY=from:to:step",
		"hospital.north.buffer=5":            "want KEY=from:to:step",
		"hospital.north.buffer=5:9":          "want KEY=from:to:step",
		"hospital.north.bufer=5:9:1":         `did you mean "hospital.north.buffer"?`,
		"hospital.north.supply.order=1:2:1":  "want a key whose value is a number",
		"hospital.north.buffer=9:5:1":        "want a range from low to high, not from 9 to 5",
		"hospital.north.buffer=5:9:0":        "want a step above 0",
		"hospital.north.buffer=5:9:1.5":      "want a whole number",
		"hospital.north.buffer=5:many:1":     "want a whole number",
		"hospital.north.buffer=0:10000000:1": "want at most 10000 values",
		"road.a.length=10 km:20 km:5 h":      "want a distance",
		"road.*.length=0.5:2:x":              "want a factor",
		"ferry.*.length=0.5:2:1":             "no number of the scenario matches",
	} {
		if _, err := ParseAxis(s, text); err == nil || !strings.Contains(err.Error(), want) {
			t.Errorf("%s: got %v, want %q", text, err, want)
		}
	}
	a, _ := ParseAxis(s, "road.a.length=10 km:20 km:0.1 km")
	if len(a.Values) != 101 || a.Lever.Text(a.Values[3]) != "10.3 km" {
		t.Errorf("got %d values, the fourth %v", len(a.Values), a.Values[3])
	}
	b, _ := ParseAxis(s, "road.b.length=10 km:20 km:0.1 km")
	if _, err := NewSweep(s, []Axis{a, b}, nil, 1); err == nil || !strings.Contains(err.Error(), "want at most 10000 designs, not 10201") {
		t.Errorf("got %v, want at most 10000 designs", err)
	}
	if _, err := NewSweep(s, []Axis{a.upTo(3), a.upTo(3)}, nil, 1); err == nil || !strings.Contains(err.Error(), "varied twice") {
		t.Errorf("got %v, want a key once", err)
	}
	if _, err := NewGauges(s, "stokout"); err == nil || !strings.Contains(err.Error(), `did you mean "stockout"?`) {
		t.Errorf("got %v, want a guess", err)
	}
}

// upTo returns an axis with so many of its values.
func (a Axis) upTo(n int) Axis {
	a.Values = a.Values[:n]
	return a
}

// A parameter that may be what cannot be is refused before anything is
// simulated, with its name.
func TestUnknownsThatCannotBe(t *testing.T) {
	s := subjectOf(t, uncertainFile, `uncertain."cylinder.J.usable"=lognormal(1, cv 0.3)`)
	g, err := NewGauges(s, "network.stockout_hours")
	if err != nil {
		t.Fatal(err)
	}
	q, problems := NewIgnorance(s, g[0])
	if len(problems) > 0 {
		t.Fatal(problems)
	}
	k := NewWork(s)
	_, err = (&Tornado{Ignorance: q, N: 1}).Answer(t.Context(), k)
	if err == nil || !strings.Contains(err.Error(), "as cylinder.J.usable may be") || k.Count() != 0 {
		t.Errorf("got %v after %d rows", err, k.Count())
	}
}

// A world that breaks its laws is told by the design's settings and the number
// of the replication, not of the row.
func TestDesignThatBreaks(t *testing.T) {
	for _, what := range []float64{math.NaN(), -1} {
		q := ignorance(t, func(x []float64, _ float64, g *rand.Rand) float64 {
			if x[0] > 1.5 && g.IntN(30) == 0 {
				if what < 0 {
					panic("the laws are broken")
				}
				return what
			}
			return 0
		}, "uniform(0, 2)")
		_, err := (&Tornado{Ignorance: q, N: 200}).Answer(t.Context(), NewWork(q.Subject))
		var b *Broken
		if !errors.As(err, &b) || len(b.Subject.Settings) != 1 {
			t.Fatalf("got %v", err)
		}
		if v := rand.New(rand.NewPCG(b.Subject.Seed, uint64(b.Replication))).IntN(30); v != 0 {
			t.Errorf("got replication %d, in which nothing breaks", b.Replication)
		}
	}
}

// An interrupted question goes on where it ended, on another number of workers,
// and gives the same answer.
func TestSweepsGoOn(t *testing.T) {
	q := ignorance(t, func(x []float64, buffer float64, g *rand.Rand) float64 { return x[0]*g.NormFloat64() + x[1] - buffer }, "uniform(0, 2)", "uniform(0, 2)")
	tornado := &Tornado{Ignorance: q, N: 1000}
	morris, err1 := NewMorris(q, 4, 12)
	sobol, err2 := NewSobol(q, 128, 1e-9)
	spread, err3 := NewSpread(q, 16, 30)
	information, err4 := NewInformation(q, nil, nil, 32, 4)
	if err := errors.Join(err1, err2, err3, err4); err != nil {
		t.Fatal(err)
	}
	for name, ask := range map[string]func(context.Context, *Work) (any, error){
		"tornado":     func(c context.Context, k *Work) (any, error) { a, err := tornado.Answer(c, k); return bars(a), err },
		"morris":      func(c context.Context, k *Work) (any, error) { return morris.Answer(c, k) },
		"sobol":       func(c context.Context, k *Work) (any, error) { return sobol.Answer(c, k) },
		"spread":      func(c context.Context, k *Work) (any, error) { return spread.Answer(c, k) },
		"information": func(c context.Context, k *Work) (any, error) { return information.Answer(c, k) },
	} {
		t.Run(name, func(t *testing.T) {
			k := NewWork(q.Subject)
			k.Workers = 1
			want, err := ask(t.Context(), k)
			if err != nil {
				t.Fatal(err)
			}
			all := k.Count()
			ctx, cancel := context.WithCancel(t.Context())
			defer cancel()
			first := NewWork(q.Subject)
			first.Workers = 3
			done := 0
			first.Watch = func(Progress) {
				if done++; done == all/2 {
					cancel()
				}
			}
			if _, err := ask(ctx, first); !errors.Is(err, context.Canceled) {
				t.Fatalf("got %v, want it interrupted", err)
			}
			var b bytes.Buffer
			if err := first.Save(&b); err != nil {
				t.Fatal(err)
			}
			second := NewWork(q.Subject)
			if err := second.Load(&b); err != nil {
				t.Fatal(err)
			}
			second.Workers = 2
			got, err := ask(t.Context(), second)
			if err != nil || !reflect.DeepEqual(got, want) {
				t.Errorf("got %+v, %v, want %+v", got, err, want)
			}
			if second.Count() != all {
				t.Errorf("got %d rows, want %d", second.Count(), all)
			}
		})
	}
}

// bars returns what a tornado tells of its parameters.
func bars(a *TornadoAnswer) (list []string) {
	if a == nil {
		return nil
	}
	for _, b := range a.Bars {
		list = append(list, fmt.Sprintf("%s %x %x %v", b.Unknown.Name, b.Low.Mean, b.High.Mean, b.Swing))
	}
	return list
}

// Another parameter leaves the values of the others where they were, so that
// naming fewer asks the same of these.
func TestVectorsBelongToTheirParameters(t *testing.T) {
	f := func([]float64, float64, *rand.Rand) float64 { return 0 }
	two := ignorance(t, f, "uniform(0, 2)", "uniform(0, 2)")
	three := ignorance(t, f, "uniform(0, 2)", "uniform(0, 2)", "uniform(0, 2)")
	a, b := two.vectors(32), three.vectors(32)
	seen := make([]float64, 0, 32)
	for j := range a {
		if !slices.Equal(a[j], b[j][:2]) {
			t.Fatalf("vector %d: got %v and %v", j, a[j], b[j])
		}
		seen = append(seen, math.Floor(a[j][0]*32))
	}
	slices.Sort(seen)
	for j, x := range seen {
		if x != float64(j) {
			t.Fatalf("got parts %v, want each once", seen)
		}
	}
}
