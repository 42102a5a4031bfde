package report

import (
	"encoding/csv"
	"fmt"
	"io"
	"math"
	"strconv"

	"oxysim/study"
)

// compareCSV writes a row for each number: of which design, what kind of number,
// of what, with its interval and how that was made.
func compareCSV(w io.Writer, a *study.CompareAnswer) error {
	rows := [][]string{{"design", "kind", "name", "unit", "estimate", "lo", "hi", "method", "n", "says"}}
	n := strconv.Itoa(a.N)
	add := func(d int, kind, what, unit string, x, lo, hi float64, method, says string) {
		rows = append(rows, []string{called(a, d), kind, what, unit, exact(x), exact(lo), exact(hi), method, n, says})
	}
	alone := func(d int, kind, what, unit string, x float64, method, says string) { // a number without an interval
		add(d, kind, what, unit, x, math.NaN(), math.NaN(), method, says)
	}
	settled := map[bool]string{true: "settled", false: "not settled"}
	says := "the others are worse"
	if len(a.Best.TooClose) > 0 {
		says = "too close to call: " + calledAll(a, a.Best.TooClose)
	}
	by := a.Best.By
	alone(a.Best.Best, "best", by.Name, by.Unit, math.NaN(), a.Best.Method, says)
	alone(a.Best.Best, "indifference", by.Name, by.Unit, a.Best.Indifference, a.Best.Method, "")
	if a.Cheapest.Design >= 0 && a.Cheapest.Priced {
		alone(a.Cheapest.Design, "cheapest", a.Compare.Target.Metric, "", math.NaN(), "", settled[a.Cheapest.Settled()])
	} else {
		rows = append(rows, []string{"", "cheapest", a.Compare.Target.Metric, "", "", "", "", "", n, settled[a.Cheapest.Settled()]})
	}
	rows = append(rows, []string{"", "settled", "", "", "", "", "", "", n, settled[a.Settled]})
	for d, o := range a.Compare.Designs {
		for _, c := range o.Changes {
			rows = append(rows, []string{o.Name, "change", c.Key, "", "", "", "", "", "", c.Old + " → " + c.New})
		}
		for _, m := range a.Metrics {
			e := m.Estimates[d]
			add(d, "mean", m.Metric.Name, m.Metric.Unit, e.Mean, e.Interval.Lo, e.Interval.Hi, e.Method, "")
			if d > 0 {
				x := m.Against[d-1]
				says := map[bool]string{true: "differs", false: "chance may explain it"}[x.Shown]
				if x.Same {
					says = "the same in every future"
				}
				add(d, "difference", m.Metric.Name, m.Metric.Unit, x.Mean, x.Interval.Lo, x.Interval.Hi, x.Method, says)
				alone(d, "variance ratio", m.Metric.Name, "1", x.Ratio, "", "")
			}
		}
		for _, j := range a.Designs[d].Judged {
			add(d, "target", j.Estimate.Metric.Name, j.Estimate.Metric.Unit, j.Estimate.Mean, j.Promise.Lo, j.Promise.Hi, j.Method, j.Verdict.String())
		}
		if a.Money == nil {
			continue
		}
		m := a.Money
		x := m.Designs[d]
		year := m.Currency + "/year"
		for _, p := range x.Parts {
			alone(d, "bought", p.Name, m.Currency, p.Capital, "", fmt.Sprintf("life %s years, running %s %s", Plain(p.Life, 4), Plain(p.Running, 6), year))
			alone(d, "annuity and running", p.Name, year, p.Annual, "", "")
		}
		for i, item := range m.Items {
			if x.Used[i] == 0 {
				continue
			}
			alone(d, "used", item.What, item.Unit+"/year", x.Used[i], "", "")
			if item.Priced {
				alone(d, "cost", item.What, year, x.Used[i]*item.Price, "", item.Key)
			}
		}
		add(d, "cost", "all", year, x.Total.Mean, x.Total.Interval.Lo, x.Total.Interval.Hi, m.Method, x.Standing.String())
		if x.Patient.Mean == x.Patient.Mean {
			add(d, "cost for one", "patient", m.Currency, x.Patient.Mean, x.Patient.Interval.Lo, x.Patient.Interval.Hi, "fieller", "")
		}
		if d == 0 {
			continue
		}
		add(d, "difference", "all costs", year, x.Extra.Mean, x.Extra.Interval.Lo, x.Extra.Interval.Hi, m.Method, "")
		for e, effect := range m.Effects {
			if !m.Counted(e) || effect.Name == "patient" {
				continue
			}
			y := x.Averted[e]
			add(d, "averted", effect.Name, "1/year", y.Mean, y.Interval.Lo, y.Interval.Hi, m.Method, "")
			add(d, "cost for one", effect.Name, m.Currency, y.Ratio.Mean, y.Ratio.Interval.Lo, y.Ratio.Interval.Hi, "fieller", "")
		}
	}
	if m := a.Money; m != nil && m.Accept != nil {
		effect, _ := m.Effect()
		for i, pay := range m.Accept.Pay {
			for d := range m.Designs {
				x := m.Accept.Share[i][d]
				alone(d, "worth most", fmt.Sprintf("at %s %s for a %s", Plain(pay, 6), m.Currency, effect.Name), "1", x, "bootstrap", "")
			}
		}
	}
	return csv.NewWriter(w).WriteAll(rows)
}
