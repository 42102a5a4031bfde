package quantity

import (
	"math"
	"testing"

	"oxysim/sim/rng"
)

// Every law has the mean and kind it says, in base units, and is written back so
// that it is read as the same law.
func TestLaws(t *testing.T) {
	const hour = 3600
	for _, c := range []struct {
		text, canonical string
		mean, cv        float64
	}{
		{"36h", "36 h", 36 * hour, 0},
		{"uniform(1h, 3h)", "uniform(1 h, 3 h)", 2 * hour, math.Sqrt(1.0/3) / 2},
		{"triangular(1h, 2h, 3h)", "triangular(1 h, 2 h, 3 h)", 2 * hour, math.Sqrt(1.0/6) / 2},
		{"exponential(12h)", "exponential(12 h)", 12 * hour, 1},
		{"Erlang( 4 , 12h )", "erlang(4, 12 h)", 12 * hour, 0.5},
		{"gamma(12h, cv 0.5)", "gamma(12 h, cv 0.5)", 12 * hour, 0.5},
		{"gamma(mean 12h, cv=0.5)", "gamma(12 h, cv 0.5)", 12 * hour, 0.5},
		{"weibull(12h, shape 2)", "weibull(12 h, shape 2)", 12 * hour, math.Sqrt(4/math.Pi - 1)},
		{"lognormal(25m, cv 0.3)", "lognormal(25 min, cv 0.3)", 1500, 0.3},
		{"hyperexponential(12h, scv 4)", "hyperexponential(12 h, scv 4)", 12 * hour, 2},
		{"empirical(1h, 2h, 3h)", "empirical(1 h, 2 h, 3 h)", 2 * hour, math.Sqrt(2.0/3) / 2},
		{"empirical(1h: 1/4, 2h: 0, 3h: 3/4)", "empirical(1 h: 0.25, 3 h: 0.75)", 2.5 * hour, math.Sqrt(0.75) / 2.5},
		{"compound(4, 1h)", "compound(4, 1 h)", 4 * hour, 0},
		{"compound(poisson(3), exponential(1h))", "compound(poisson(3), exponential(1 h))", 3 * hour, math.Sqrt(6) / 3},
		{"exponential(3 d (4 h – 30 d))", "exponential(3 d (4 h – 30 d))", 72 * hour, 1},
	} {
		l, err := Parse[SpanLaw](c.text)
		if err != nil {
			t.Errorf("%s: %v", c.text, err)
			continue
		}
		if l.String() != c.canonical {
			t.Errorf("%s: got %s, want %s", c.text, l, c.canonical)
		}
		if again, err := Parse[SpanLaw](l.String()); err != nil || again.String() != l.String() {
			t.Errorf("%s: got %v, %v, want itself", l, again, err)
		}
		law := l.Law()
		if !near(law.Mean(), c.mean) || math.Abs(law.CV()-c.cv) > 1e-9 {
			t.Errorf("%s: got mean %v and cv %v, want %v and %v", c.text, law.Mean(), law.CV(), c.mean, c.cv)
		}
		if double := l.Scale(2).Law(); !near(double.Mean(), 2*c.mean) {
			t.Errorf("%s: got mean %v of twice, want %v", c.text, double.Mean(), 2*c.mean)
		}
		if x, ok := l.Constant(); ok != (c.canonical == "36 h") || ok && x != c.mean {
			t.Errorf("%s: got constant %v, %v", c.text, x, ok)
		}
	}
}

// near allows for the last digits.
func near(x, y float64) bool { return math.Abs(x-y) <= 1e-9*math.Abs(y) }

// The median and the quantile of a lognormal law are those written.
func TestLogNormalByQuantile(t *testing.T) {
	l := Must[SpanLaw]("lognormal(median 5m, p95 45m)").Law()
	for u, want := range map[float64]float64{0.5: 300, 0.95: 2700} {
		if got := l.Quantile(u); !near(got, want) {
			t.Errorf("quantile of %v: got %v, want %v", u, got, want)
		}
	}
}

// Laws of numbers of things.
func TestCountLaws(t *testing.T) {
	for text, mean := range map[string]float64{
		"3": 3, "poisson(3.5)": 3.5, "empirical(1: 1/6, 2: 1/3, 3: 1/3, 4: 1/6)": 2.5,
		"negative-binomial(3, dispersion 1.5)": 3, "compound(poisson(3), uniform(1,4))": 7.5,
	} {
		l := Must[CountLaw](text).Law()
		if got := l.Mean(); !near(got, mean) {
			t.Errorf("%s: got mean %v, want %v", text, got, mean)
		}
	}
	for text, want := range map[string]string{
		"poisson(3)": "poisson(6)", "3": "6", "negative-binomial(3, dispersion 1.5)": "negative-binomial(6, dispersion 1.5)",
		"compound(poisson(3), uniform(1,4))": "compound(poisson(6), uniform(1, 4))", "compound(4, 2)": "compound(4, 4)",
		"empirical(1: 1/2, 3: 1/2)": "empirical(2: 0.5, 6: 0.5)",
	} {
		if got := Must[CountLaw](text).Scale(2).String(); got != want {
			t.Errorf("twice %s: got %s, want %s", text, got, want)
		}
	}
	if got := Must[CountLaw]("3").Scale(1.5).String(); got != "5" { // 4.5 is rounded
		t.Errorf("3 scaled by 1.5: got %s, want 5", got)
	}
	if got := (CountLaw{}).Law(); got != rng.Constant(0) {
		t.Errorf("the zero law: got %v, want always 0", got)
	}
}

func TestLawMessages(t *testing.T) {
	const span = `want a time such as "36h" or a law such as "gamma(2h, cv 0.5)", not `
	for _, c := range []struct {
		read       reader
		text, want string
	}{
		{as[SpanLaw], "42", span + `"42"`},
		{as[SpanLaw], "42 km", `want a time such as "36h" or a law such as "gamma(2h, cv 0.5)", not a distance "42 km"`},
		{as[SpanLaw], "expnential(12h)", `want a law such as "exponential(2h)", not "expnential(12h)" (did you mean "exponential"? the laws are uniform, triangular, exponential, erlang, gamma, weibull, lognormal, hyperexponential, empirical, compound)`},
		{as[SpanLaw], "zipf(1)", `want a law such as "exponential(2h)", not "zipf(1)" (the laws are uniform, triangular, exponential, erlang, gamma, weibull, lognormal, hyperexponential, empirical, compound)`},
		{as[SpanLaw], "poisson(3)", `poisson is a law of numbers of things: ` + span + `"poisson(3)"`},
		{as[SpanLaw], "gamma(12h)", `want two arguments as in "gamma(2h, cv 0.5)", not "gamma(12h)"`},
		{as[SpanLaw], "gamma(1,5h, cv 0.5)", `want two arguments as in "gamma(2h, cv 0.5)", not "gamma(1,5h, cv 0.5)"`},
		{as[SpanLaw], "gamma(12h, 0.5)", `the second argument of gamma: want a coefficient of variation such as "cv 0.5", not "0.5"`},
		{as[SpanLaw], "gamma(12h, cv x)", `the second argument of gamma: want a coefficient of variation such as "cv 0.5", not "cv x"`},
		{as[SpanLaw], "gamma(12h, shape 2)", `the second argument of gamma: want a coefficient of variation such as "cv 0.5", not "shape 2"`},
		{as[SpanLaw], "gamma(12 km, cv 0.5)", `the first argument of gamma: want a time such as "36h", not a distance "12 km"`},
		{as[SpanLaw], "uniform(3h, 1h)", `the second argument of uniform: want at least the first, not "1h"`},
		{as[SpanLaw], "triangular(1h, 3h, 2h)", `the third argument of triangular: want at least the second, not "2h"`},
		{as[SpanLaw], "uniform(3h, 1h", `want a law that ends in ")", not "uniform(3h, 1h"`},
		{as[SpanLaw], "exponential(0h)", `the first argument of exponential: want a time above 0, not "0h"`},
		{as[SpanLaw], "erlang(2.5, 3h)", `the first argument of erlang: want a whole number of phases, not "2.5"`},
		{as[SpanLaw], "lognormal(median 5m, p95 4m)", `the second argument of lognormal: want more than the median, not "p95 4m"`},
		{as[SpanLaw], "lognormal(median 5m, p5 6m)", `the second argument of lognormal: want less than the median, not "p5 6m"`},
		{as[SpanLaw], "lognormal(median 5m, p50 6m)", `the second argument of lognormal: want a time such as "p95 5h", not "p50 6m"`},
		{as[SpanLaw], "hyperexponential(12h, scv 0.5)", `the second argument of hyperexponential: want a squared coefficient of variation such as "scv 4", not "scv 0.5" (at least 1)`},
		{as[SpanLaw], "gamma(3 h (1 – 5), cv 1 (0.5 – 2))", `want at most one argument with a range, not "gamma(3 h (1 – 5), cv 1 (0.5 – 2))"`},
		{as[SpanLaw], "compound(1h, 2h)", `the first argument of compound: want a whole number such as "45" or a law such as "poisson(3)", not a time "1h"`},
		{as[SpanLaw], "compound(uniform(1, 3), 2h)", `the first argument of compound: want a count of whole numbers from 0 up, not uniform(1, 3)`},
		{as[SpanLaw], "compound(poisson(1e9), 2h)", `the first argument of compound: poisson: want a mean of 1e+06 or less, not 1e+09`},
		{as[SpanLaw], "compound(poisson(x), 2h)", `the first argument of compound: the first argument of poisson: want a number such as "2.5", not "x"`},
		{as[CountLaw], "2.5", `want a whole number such as "45" or a law such as "poisson(3)", not "2.5"`},
		{as[CountLaw], "empirical(1: x, 2: 1)", `the first argument of empirical: want a weight such as "1: 1/4", not "1: x"`},
		{as[CountLaw], "empirical(1: 1, 2)", `want a weight for every value or for none, not "empirical(1: 1, 2)"`},
		{as[CountLaw], "empirical(1: 0, 2: 0)", `want a weight above 0, not "empirical(1: 0, 2: 0)"`},
		{as[CountLaw], "empirical()", `want values as in "empirical(1: 1/4, 2: 1/2, 5: 1/4)", not "empirical()"`},
		{as[CountLaw], "poisson(-2)", `the first argument of poisson: want a number such as "2.5", not "-2" (negative)`},
		{as[NumberLaw], "poisson(-2)", `the first argument of poisson: want a number of at least 0, not "-2"`},
	} {
		got, err := c.read(c.text)
		if err == nil || err.Error() != c.want {
			t.Errorf("%q: got %q, %v\nwant %s", c.text, got, err, c.want)
		}
	}
}
