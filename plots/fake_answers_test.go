package plots

import (
	"fmt"
	"math"
	"slices"
	"testing"

	"oxysim/model"
	"oxysim/scenarios"
	"oxysim/sim/stats"
	"oxysim/study"
)

// fraction returns a share of n replications with its interval.
func (f *fake) fraction(p float64) (float64, stats.Interval) {
	c := f.chance(p, 1)
	return c.Mean(), c.Interval
}

// about returns a number with an interval that has it in it.
func (f *fake) about(x float64) (float64, stats.Interval) {
	half := 0.02 + 1.6*math.Abs(x)*f.Float64()
	return x, stats.Interval{Lo: x - half, Hi: x + half}
}

// risky is the metric of the answers that are made up.
var risky = model.Metric{Name: "network.stockout_hours", Unit: "h", Meaning: "hours of stockouts", Better: model.Less}

func (f *fake) curveOf(t testing.TB, points int, method study.PlanMethod) curve {
	t.Helper()
	s, problems := study.Open("exact-first-stockout")
	if len(problems) > 0 {
		t.Fatal(problems)
	}
	l, err := study.NewLever(s, "hospital.clinic.buffer")
	if err != nil {
		t.Fatal(err)
	}
	p, err := study.NewPlan(s, []*study.Turn{{Lever: l, Step: 1, From: math.NaN(), To: math.NaN()}}, "P(empty) <= 5%")
	if err != nil {
		t.Fatal(err)
	}
	a := &study.PlanAnswer{
		Subject: s, Goal: p.Goal, Confidence: 0.95, Method: method, Sufficient: -1, Insufficient: -1, N: n, Verdict: study.Undecided,
		Scale: &study.Scale{Lever: l, Step: 1},
	}
	risk := 1.0
	for k := range points {
		c := study.CurvePoint{Step: 3 * k, N: n}
		c.Estimate, c.Band = f.fraction(risk)
		switch {
		case c.Band.Hi <= 0.05:
			c.Verdict = study.Met
			if a.Sufficient < 0 {
				a.Sufficient, a.Verdict = c.Step, study.Met
			}
		case c.Band.Lo > 0.05:
			c.Verdict, a.Insufficient = study.Missed, c.Step
		default:
			c.Verdict = study.Undecided
		}
		a.Curve = append(a.Curve, c)
		risk *= 0.3 + 0.7*f.Float64()
	}
	return curve{a}
}

func (f *fake) frontierOf(designs int, shares bool) frontier {
	x := frontier{risk: "stockout hours of the network, h", cost: "all costs, USD a year", limit: math.NaN(), n: n, confidence: 0.95, best: -1, how: "Standings are made up."}
	if shares {
		x.risk, x.shares, x.limit = "P(stockout)", true, 0.05
	}
	var list []study.CostRisk
	for i := range designs {
		o := offer{name: "more of everything at " + f.names[i%len(f.names)]}
		o.cost, o.costs = f.about(1e5 * (1 + f.Float64()))
		o.risk, o.risks = f.fraction(f.Float64() * f.Float64())
		if !shares {
			o.risk, o.risks = 1000*o.risk, stats.Interval{Lo: 1000 * o.risks.Lo, Hi: 1000 * o.risks.Hi}
		}
		o.costs = stats.Interval{Lo: o.cost, Hi: o.cost}
		x.designs = append(x.designs, o)
		list = append(list, study.CostRisk{Cost: o.costs, Risk: o.risks})
	}
	for i, s := range study.Frontier(list) {
		x.designs[i].standing = s
	}
	return x
}

func (f *fake) compareOf(options int, money bool) *study.CompareAnswer {
	c := &study.Compare{By: risky.Name, Confidence: 0.95}
	a := &study.CompareAnswer{Compare: c, N: n}
	of := study.Comparison{Metric: risky}
	base := study.Estimate{Metric: risky}
	base.Mean, base.Interval = f.about(800)
	m := &study.MoneyAnswer{Currency: "USD", Accept: &study.Acceptability{Pay: []float64{0, 1, 2, 5, 10, 20, 50}, Draws: 1000}}
	for i := range options + 1 {
		o := &study.Option{Design: study.Design{Name: fmt.Sprintf("o%02d", i), Subject: f.s}, Label: "a second machine and more at " + f.names[i%len(f.names)]}
		if i == 0 {
			o.Label = "as it is"
		}
		c.Designs = append(c.Designs, o)
		a.Designs = append(a.Designs, study.DesignVerdict{Verdict: study.Missed})
		e := base
		x := study.DesignMoney{}
		if i > 0 {
			d := study.Difference{}
			d.Mean, d.Interval = f.about(-400 + 500*f.Float64())
			d.Shown = !d.Interval.Contains(0)
			of.Against = append(of.Against, d)
			e.Mean += d.Mean
			x.Extra.Mean, x.Extra.Interval = f.about(1e6 * (f.Float64() - 0.3))
		}
		of.Estimates = append(of.Estimates, e)
		m.Designs = append(m.Designs, x)
	}
	a.Best = study.Choice{By: risky, Confidence: 0.95}
	for i, d := range of.Against {
		if d.Mean < 0 && (a.Best.Best == 0 || d.Mean < of.Against[a.Best.Best-1].Mean) {
			a.Best.Best = i + 1
		}
	}
	for i, d := range of.Against {
		if !d.Shown && i+1 != a.Best.Best {
			a.Best.TooClose = append(a.Best.TooClose, i+1)
		}
	}
	for range m.Accept.Pay {
		var s []float64
		left := 1.0
		for range options {
			x := left * f.Float64()
			s, left = append(s, x), left-x
		}
		m.Accept.Share = append(m.Accept.Share, append(s, left))
	}
	if money {
		a.Money = m
	}
	a.Metrics = []study.Comparison{of}
	return a
}

func (f *fake) causes(k int) (list []scenarios.Cause) {
	for i := range k {
		list = append(list, scenarios.Cause{Name: fmt.Sprintf("c%02d", i), Label: []string{"too few cylinders", "machines that stop", "power cuts", "reports and orders", "gas and filling"}[i%5]})
	}
	return list
}

func (f *fake) whyOf(causes int) shares {
	a := &study.WhyAnswer{Why: &study.Why{Subject: f.s, Metric: risky, Causes: f.causes(causes), Confidence: 0.95}, Replications: n}
	a.With.Mean, a.With.Interval = f.about(900)
	a.Total = a.With
	for _, c := range a.Causes {
		x := study.Share{Cause: c}
		x.Of, x.Interval = f.about(f.Float64()*f.Float64() - 0.1)
		x.Amount.Mean, x.Amount.Interval = f.about(900 * x.Of)
		a.Shares = append(a.Shares, x)
	}
	slices.SortStableFunc(a.Shares, func(x, y study.Share) int {
		if math.Abs(x.Of) > math.Abs(y.Of) {
			return -1
		}
		return 1
	})
	return shares{a}
}

func (f *fake) eachOf(hospitals, causes int) stacked {
	a := &study.WhyAnswer{Why: &study.Why{Subject: f.s, Causes: f.causes(causes), Confidence: 0.95}, Replications: n, Each: &study.WhyEach{Metric: risky}}
	for i := range hospitals {
		h := study.WhyHospital{Thing: f.thing(i), Label: f.names[i]}
		h.With.Mean, h.With.Interval = f.about(300 * f.Float64())
		for range causes {
			h.Amounts = append(h.Amounts, 100*(f.Float64()-0.2))
			h.Total.Mean += h.Amounts[len(h.Amounts)-1]
		}
		a.Each.Hospitals = append(a.Each.Hospitals, h)
	}
	return stacked{a, a.Each.Hospitals}
}

func (f *fake) shift(x float64) (s study.Shift) {
	s.N = n
	s.Mean, s.Interval = f.about(x)
	s.Chance = s.Interval.Contains(0)
	return s
}

func (f *fake) gauge() study.Gauge {
	return study.Gauge{Name: risky.Name, Kind: risky, Names: []string{risky.Name}}
}

func (f *fake) tornadoOf(bars int) tornado {
	a := &study.TornadoAnswer{Tornado: &study.Tornado{Ignorance: study.Ignorance{Subject: f.s, Gauge: f.gauge(), Confidence: 0.95}, N: n}}
	a.Base.Mean, a.Base.Interval = f.about(900)
	for i := range bars {
		low, high := f.shift(100*(f.Float64()-0.7)), f.shift(100*(f.Float64()-0.3))
		a.Bars = append(a.Bars, study.Bar{
			Unknown: study.Unknown{Name: "hospital." + f.name(i) + ".cylinders.ward.rate", Written: "4/day (2/day – 9/day)"},
			Low:     low, High: high, Swing: f.shift(high.Mean - low.Mean), LowText: "2/day", HighText: "9/day",
		})
		b := &a.Bars[i]
		wide := 1.5 * b.Swing.Interval.HalfWidth() // about as for all bars together
		b.Shown = math.Abs(b.Swing.Mean) > wide
	}
	return tornado{a}
}

func (f *fake) sweepOf(t testing.TB, values ...int) sweep {
	t.Helper()
	s, problems := study.Open("exact-first-stockout")
	if len(problems) > 0 {
		t.Fatal(problems)
	}
	a := &study.SweepAnswer{Sweep: &study.Sweep{Subject: s, Gauges: []study.Gauge{f.gauge()}, N: n, Confidence: 0.95}}
	for i, key := range []string{"hospital.clinic.buffer", "vendor.depot.cylinders.J"}[:len(values)] {
		l, err := study.NewLever(s, key)
		if err != nil {
			t.Fatal(err)
		}
		x := study.Axis{Lever: l}
		for v := range values[i] {
			x.Values = append(x.Values, float64(4*(v+1)))
		}
		a.Axes = append(a.Axes, x)
	}
	for i := range a.Count() {
		p := study.SweepPoint{At: a.Place(i), Differences: []study.Shift{f.shift(f.Float64())}}
		r := study.Reading{N: n}
		r.Mean, r.Interval = f.about(900 * f.Float64())
		p.Readings = []study.Reading{r}
		a.Points = append(a.Points, p)
	}
	return sweep{a}
}

// answers returns the figures of questions, of so many rows.
func (f *fake) answers(t testing.TB, rows int) map[string]Figure {
	t.Helper()
	designs := min(rows, study.MostCompared)
	a := f.compareOf(designs, true)
	list := map[string]Figure{
		"curve-band": f.curveOf(t, rows+2, study.CriticalValues), "curve-grid": f.curveOf(t, rows+2, study.ValueGrid),
		"frontier-hours": f.frontierOf(rows, false), "frontier-shares": f.frontierOf(rows, true),
		"why-answer": f.whyOf(min(rows, 16)), "why-each": f.eachOf(rows, min(rows, 8)), "tornado-answer": f.tornadoOf(rows),
		"compare-money": differences{a, a.Metrics[0]}, "acceptability-answer": acceptability{a, "patient-hour without oxygen"},
		"sweep-one": f.sweepOf(t, rows), "sweep-two": f.sweepOf(t, min(rows, 80), 5), "sweep-wide": f.sweepOf(t, 3, min(rows, 80)),
	}
	a = f.compareOf(designs, false)
	list["compare-alone"] = differences{a, a.Metrics[0]}
	return list
}
