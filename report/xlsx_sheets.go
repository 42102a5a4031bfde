package report

import (
	"fmt"
	"slices"
	"strconv"
	"strings"

	"github.com/xuri/excelize/v2"

	"oxysim/study"
)

// formatOf returns the format of the numbers of a metric.
func formatOf(e *study.Estimate) string {
	switch {
	case e.Metric.Indicator() || strings.HasPrefix(e.Metric.Meaning, "share of "):
		return formatShare
	case e.Metric.Unit == "1":
		return formatAny
	}
	return formatNumber
}

// summary writes the verdict, what was asked, and the network as a whole.
func (b *book) summary(r *Results) {
	a := r.Answer
	b.begin("summary", bookHead{"what", "", 44}, bookHead{"value", formatAny, 24}, bookHead{"lo", formatAny, 14}, bookHead{"hi", formatAny, 14},
		bookHead{"unit", "", 14}, bookHead{"meaning", "", 70})
	b.add("scenario", r.title())
	b.add("verdict", "target "+verdictWords[a.Verdict])
	b.add("target", a.Target.String())
	for _, v := range []study.Verdict{study.Missed, study.Undecided, study.Met} {
		n := 0
		for _, j := range a.Judged {
			if j.Verdict == v {
				n++
			}
		}
		b.add("judged: "+verdictWords[v], n)
	}
	b.add("replications", a.N)
	b.add("days in each", r.Subject.Config.Horizon.Days(), "", "", "d")
	b.add("confidence of intervals", a.Confidence)
	b.format(formatShare, 1)
	b.add("seed", fmt.Sprint(a.Origin.Seed))
	b.add("digest", a.Origin.Digest)
	b.add("program", strings.TrimSpace("oxysim "+r.Made.Program+" "+r.Made.Revision))
	b.add("command", r.Made.Command)
	for _, e := range a.Estimates {
		if strings.HasPrefix(e.Metric.Name, "network.") {
			b.add(e.Metric.Name, e.Mean, e.Interval.Lo, e.Interval.Hi, e.Metric.Unit, e.Metric.Meaning)
			if f := formatOf(&e); f != formatAny {
				b.format(f, 1, 2, 3)
			}
		}
	}
}

// hospitals writes a row for each, the worst first.
func (b *book) hospitals(r *Results) {
	a := r.Answer
	list, judged := a.Hospitals()
	format, what := formatShare, "P(stockout)"
	if len(list) > 0 {
		e := list[0].Estimate
		format = formatOf(&e)
		if what = lastPart(e.Metric.Name); e.Metric.Indicator() {
			what = "P(" + what + ")"
		} else if e.Metric.Unit != "1" {
			what += ", " + e.Metric.Unit
		}
	}
	heads := []bookHead{{"name", "", 30}, {"hospital", "", 26}, {"verdict", "", 12}, {what, format, 12}, {"lo", format, 10}, {"hi", format, 10}}
	extra := []struct{ metric, head, format string }{
		{"stockout_hours", "without oxygen, h/run", formatNumber}, {"cover_days", "cover, days", formatNumber},
		{"supplied_share", "supplied", formatShare}, {"fill_rate", "served at once", formatShare}, {"patient_hours_without", "patient-hours without, h/run", formatNumber},
	}
	for _, x := range extra {
		heads = append(heads, bookHead{x.head, x.format, 14}, bookHead{"lo", x.format, 10}, bookHead{"hi", x.format, 10})
	}
	b.begin("hospitals", heads...)
	for _, j := range list {
		verdict := ""
		if judged {
			verdict = verdictWords[j.Verdict]
		}
		e := j.Estimate
		row := []any{r.Subject.Label(j.Thing), j.Thing, verdict, e.Mean, e.Interval.Lo, e.Interval.Hi}
		for _, x := range extra {
			if e := a.Estimate(j.Thing + "." + x.metric); e != nil {
				row = append(row, e.Mean, e.Interval.Lo, e.Interval.Hi)
			} else {
				row = append(row, "", "", "")
			}
		}
		b.add(row...)
	}
	b.filter()
	b.chart(excelize.Bar, what+" by hospital", format, 0, []int{3}, 40)
}

// plants writes a row for each plant and vendor, and what bound it.
func (b *book) plants(r *Results) {
	a := r.Answer
	var bound []string
	var things []string
	for _, kind := range []string{"plant", "vendor"} {
		for _, thing := range a.Things(kind) {
			if a.Estimate(thing+".filled_per_day") != nil {
				things = append(things, thing)
			}
		}
	}
	for _, e := range a.Estimates {
		thing, part := study.Thing(e.Metric.Name)
		if strings.HasPrefix(part, "bound_") && slices.Contains(things, thing) && !slices.Contains(bound, part) {
			bound = append(bound, part)
		}
	}
	heads := []bookHead{{"name", "", 30}, {"plant", "", 24}, {"filled a day", formatNumber, 12}, {"lo", formatNumber, 10}, {"hi", formatNumber, 10}, {"uptime", formatShare, 10}}
	var columns []int
	for _, x := range bound {
		what := strings.TrimPrefix(x, "bound_")
		if word := bindings[what]; word != "" {
			what = word
		}
		columns = append(columns, len(heads))
		heads = append(heads, bookHead{"held back: " + what, formatShare, 14})
	}
	b.begin("plants", heads...)
	for _, thing := range things {
		e := a.Estimate(thing + ".filled_per_day")
		row := []any{r.Subject.Label(thing), thing, e.Mean, e.Interval.Lo, e.Interval.Hi}
		for _, part := range append([]string{"uptime"}, bound...) {
			if e := a.Estimate(thing + "." + part); e != nil {
				row = append(row, e.Mean)
			} else {
				row = append(row, "")
			}
		}
		b.add(row...)
	}
	if len(columns) > 0 {
		b.chart(excelize.BarStacked, "What held filling back, share of the time", "0%", 0, columns, 40)
	}
}

// trucks writes a row for each truck.
func (b *book) trucks(r *Results) {
	a := r.Answer
	heads := []bookHead{{"truck", "", 26}}
	for _, c := range truckColumns {
		format, head := formatNumber, c.head
		if c.factor == 100 {
			format, head = formatShare, strings.Replace(c.head, ", % of the time", "", 1)
		}
		heads = append(heads, bookHead{head, format, 14})
	}
	b.begin("trucks", heads...)
	for _, thing := range trucksOf(a) {
		row := []any{thing}
		for _, c := range truckColumns {
			if e := a.Estimate(thing + "." + c.metric); e != nil {
				row = append(row, e.Mean)
			} else {
				row = append(row, "")
			}
		}
		b.add(row...)
	}
	b.filter()
	b.chart(excelize.Bar, "Share of the time away", "0%", 0, []int{7}, 40)
}

// options writes a row for each option.
func (b *book) options(r *Results) {
	a := r.Compare
	if a == nil {
		b.begin("options", bookHead{"options", "", 90})
		b.add(whyNot(r, "compare"))
		return
	}
	heads := []bookHead{{"option", "", 34}, {"name", "", 18}, {"target", "", 12}, {"worst", formatShare, 12}, {"where", "", 26}}
	t := a.Compare.Target
	if !t.Probability() {
		heads[3].format = formatNumber
	}
	for _, m := range a.Metrics {
		format := formatOf(&m.Estimates[0])
		heads = append(heads, bookHead{m.Metric.Name, format, 16}, bookHead{"above the first", format, 12}, bookHead{"lo", format, 10}, bookHead{"hi", format, 10})
	}
	money := a.Money
	if money != nil {
		heads = append(heads, bookHead{"all costs, " + money.Currency + "/year", formatMoney, 14}, bookHead{"above the first", formatMoney, 14}, bookHead{"lo", formatMoney, 12}, bookHead{"hi", formatMoney, 12},
			bookHead{"stockout-days averted a year", formatNumber, 14}, bookHead{"lo", formatNumber, 10}, bookHead{"hi", formatNumber, 10}, bookHead{money.Currency + " for each", formatNumber, 14})
	}
	b.begin("options", heads...)
	for d := range a.Designs {
		worst := a.Designs[d].Worst(t)
		row := []any{designLabel(a, d), a.Compare.Designs[d].Name, verdictWords[a.Designs[d].Verdict], worst.Estimate.Mean, a.Compare.Designs[d].Subject.Label(worst.Thing)}
		for _, m := range a.Metrics {
			row = append(row, m.Estimates[d].Mean)
			if d == 0 {
				row = append(row, "", "", "")
				continue
			}
			x := m.Against[d-1]
			row = append(row, x.Mean, x.Interval.Lo, x.Interval.Hi)
		}
		if money != nil {
			x := money.Designs[d]
			row = append(row, x.Total.Mean)
			if d > 0 {
				v := x.Averted[0]
				row = append(row, x.Extra.Mean, x.Extra.Interval.Lo, x.Extra.Interval.Hi, v.Mean, v.Interval.Lo, v.Interval.Hi, v.Ratio.Mean)
			}
		}
		b.add(row...)
	}
	b.chart(excelize.Bar, "Worst hospital: "+t.Metric, heads[3].format, 0, []int{3}, 40)
}

// costs writes what is bought and used, option by option.
func (b *book) costs(r *Results) {
	a := r.Compare
	if a == nil || a.Money == nil {
		b.begin("costs", bookHead{"costs", "", 90})
		if a != nil {
			b.add("Nothing in the scenario has a price.")
		} else {
			b.add(whyNot(r, "compare"))
		}
		return
	}
	m := a.Money
	b.begin("costs", bookHead{"option", "", 34}, bookHead{"what", "", 34}, bookHead{"how much in a year", formatNumber, 14}, bookHead{"unit", "", 12},
		bookHead{"price", formatAny, 12}, bookHead{"lo", formatAny, 10}, bookHead{"hi", formatAny, 10}, bookHead{"capital, " + m.Currency, formatMoney, 14},
		bookHead{"life, years", formatAny, 10}, bookHead{"running, " + m.Currency + "/year", formatMoney, 14}, bookHead{m.Currency + "/year", formatMoney, 14})
	for d, x := range m.Designs {
		name := designLabel(a, d)
		for _, part := range x.Parts {
			b.add(name, "bought: "+part.Name, "", "", "", "", "", part.Capital, part.Life, part.Running, part.Annual)
		}
		for i, item := range m.Items {
			if item.Priced && x.Used[i] != 0 {
				b.add(name, item.What, x.Used[i], item.Unit, item.Price, item.Lo, item.Hi, "", "", "", x.Used[i]*item.Price)
			}
		}
		b.add(name, "all", "", "", "", "", "", "", "", "", x.Total.Mean)
	}
	b.filter()
}

// assumptions writes the numbers that are assumed, uncertain or taken by
// default.
func (b *book) assumptions(r *Results) {
	b.begin("assumptions", bookHead{"kind", "", 18}, bookHead{"key", "", 44}, bookHead{"how many", formatWhole, 10}, bookHead{"value and range", "", 40}, bookHead{"source", "", 90})
	for _, x := range assumptionCells(r) {
		n, err := strconv.Atoi(x[2])
		b.check(err)
		b.add(x[0], x[1], n, x[3], x[4])
	}
	b.filter()
}

// numbers writes every metric, as in the CSV.
func (b *book) numbers(r *Results) {
	b.begin("numbers", bookHead{"metric", "", 44}, bookHead{"unit", "", 12}, bookHead{"n", formatAny, 8}, bookHead{"mean", formatAny, 14}, bookHead{"lo", formatAny, 14},
		bookHead{"hi", formatAny, 14}, bookHead{"method", "", 12}, bookHead{"p05", formatAny, 14}, bookHead{"p50", formatAny, 14}, bookHead{"p95", formatAny, 14},
		bookHead{"min", formatAny, 14}, bookHead{"max", formatAny, 14})
	for _, e := range r.Answer.Estimates {
		b.add(e.Metric.Name, e.Metric.Unit, e.N, e.Mean, e.Interval.Lo, e.Interval.Hi, e.Method, e.P05, e.P50, e.P95, e.Min, e.Max)
	}
	b.filter()
}

// whyNot says why a question was not asked.
func whyNot(r *Results, question string) string {
	for _, a := range r.Asked {
		if a.Question == question && a.Not != "" {
			return "Not asked: " + a.Not + "."
		}
	}
	return "Nothing of it has a price."
}
