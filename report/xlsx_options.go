package report

import (
	"fmt"
	"math"
	"slices"

	"oxysim/study"
)

// hoursMetric is what options are to avert, in the first place.
const hoursMetric = "network.stockout_hours"

// hoursOf returns the comparison of the hours without oxygen, or nil.
func hoursOf(a *study.CompareAnswer) *study.Comparison {
	i := slices.IndexFunc(a.Metrics, func(c study.Comparison) bool { return c.Metric.Name == hoursMetric })
	if i < 0 {
		return nil
	}
	return &a.Metrics[i]
}

// boughtOnce returns what is paid once for a design.
func boughtOnce(x study.DesignMoney) (sum float64) {
	for _, p := range x.Parts {
		sum += p.Capital
	}
	return sum
}

// shown says in words whether a difference is more than chance.
func shown(x study.Difference) string {
	switch {
	case x.Same:
		return "the same in every future"
	case x.Shown:
		return "yes"
	}
	return "chance may explain it"
}

// optionsTable is what each option brings and costs.
func optionsTable(r *Results) *bookTable {
	a := r.Compare
	target := a.Compare.Target
	judged := []study.Judgement{a.Designs[0].Worst(target)}
	what, kind := judgedHead(judged)
	worst := "worst hospital: " + what
	if !perHospital(r.Answer) {
		worst = what
	}
	currency, effect := "", "stockout-day"
	if m := a.Money; m != nil {
		currency, effect = m.Currency, m.Effects[0].Name
	}
	t := &bookTable{columns: []bookColumn{
		{head: "option", width: 44}, {head: "verdict", width: 12},
		{head: "bought once, " + currency, kind: ofMoney},
		{head: "cost above things as they are, " + currency + "/year", kind: ofMoney},
	}}
	t.columns = append(t.columns, three("hours without oxygen averted, h/run", ofNumber, a.Compare.Confidence)...)
	t.columns = append(t.columns,
		bookColumn{head: "averted, share of the hours as things are", kind: ofShare}, bookColumn{head: "is it more than chance?", width: 24},
		bookColumn{head: fmt.Sprintf("%s for each %s averted", currency, effect), kind: ofMoney},
		bookColumn{head: worst, kind: kind}, bookColumn{head: "name in the file", width: 18})
	hours := hoursOf(a)
	for d := range a.Designs {
		w := a.Designs[d].Worst(target)
		row := []any{designLabel(a, d), verdictWords[a.Designs[d].Verdict], nil, nil, nil, nil, nil, nil, nil, nil,
			measured{w.Estimate.Mean, w.Estimate.Interval.HalfWidth()}, a.Compare.Designs[d].Name}
		if m := a.Money; m != nil && d > 0 {
			if x := boughtOnce(m.Designs[d]); x > 0 {
				row[2] = x
			}
			x := m.Designs[d].Extra
			row[3] = unsureIf(x.Interval.Contains(0) && x.Mean != 0, measured{x.Mean, x.Interval.HalfWidth()})
			switch v := m.Designs[d].Averted[0]; {
			case v.Known && x.Interval.Hi < 0 && v.Mean > 0:
				row[9] = bookWord("saves money") // the more it averts, the nearer to 0 the ratio would be
			case v.Known:
				row[9] = v.Ratio.Mean
			}
		}
		if hours != nil && d > 0 {
			x, base := hours.Against[d-1], hours.Estimates[0].Mean
			chance := !x.Shown && !x.Same
			row[4], row[5], row[6] = unsureIf(chance, measured{-x.Mean, x.Interval.HalfWidth()}), unsureIf(chance, -x.Interval.Hi), unsureIf(chance, -x.Interval.Lo)
			if base > 0 {
				row[7] = unsureIf(chance, -x.Mean/base)
			}
			row[8] = shown(x)
		}
		t.row(row...)
	}
	return t
}

// options writes a row for each option, of what a planner decides by.
func (b *book) options(r *Results) {
	if b.missing(r, r.Compare != nil) {
		return
	}
	a := r.Compare
	t := optionsTable(r)
	b.only(t)
	b.verdicts(1, t.first, t.last)
	if t.unsure() {
		b.note(unsureNote)
	}
	b.note(carefulNote)
	averted := "hours without oxygen averted, h/run"
	b.chart(bookChart{
		title: optionsTitle(a), axis: averted, names: "option", columns: []string{averted}, format: chartFormat(t, 4),
	}, &bookTable{columns: t.columns, rows: t.rows, head: t.head, first: t.first + 1, last: t.last, at: t.at, from: t.from}) // all but things as they are
}

// optionsTitle says what the chart of options shows.
func optionsTitle(a *study.CompareAnswer) string {
	hours := hoursOf(a)
	if hours == nil {
		return "What the options avert"
	}
	best := 0
	for d := 1; d < len(a.Designs); d++ {
		if x := hours.Against[d-1]; x.Shown && x.Mean < 0 && (best == 0 || x.Mean < hours.Against[best-1].Mean) {
			best = d
		}
	}
	if best == 0 {
		return "No option has been shown to avert hours without oxygen"
	}
	x := hours.Against[best-1]
	s := fmt.Sprintf("Most is averted by “%s”: %s h a run", designLabel(a, best), PlusMinus(-x.Mean, flipped(x), 1))
	if base := hours.Estimates[0].Mean; base > 0 {
		s += fmt.Sprintf(" of %s", Number(base, hours.Estimates[0].Interval.HalfWidth()))
	}
	return s
}

// missing writes why there is nothing on a sheet, if there is nothing.
func (b *book) missing(r *Results, there bool) bool {
	if there {
		return false
	}
	t := &bookTable{columns: []bookColumn{{head: b.sheet, width: 90}}}
	text := whyNot(r, "compare")
	if r.Compare != nil {
		text = "Nothing in the scenario has a price."
	}
	t.row(text)
	b.only(t)
	return true
}

// differences writes each option beside things as they are, a row for each number.
func (b *book) differences(r *Results) {
	if b.missing(r, r.Compare != nil) {
		return
	}
	a := r.Compare
	p := Plain(100*a.Compare.Confidence, 6) + " % interval"
	t := &bookTable{columns: []bookColumn{
		{head: "option", width: 44}, {head: "number", width: 34}, {head: "unit", width: 12},
		{head: "with the option", kind: ofAny}, {head: "its " + p + ": from", kind: ofAny}, {head: "its " + p + ": to", kind: ofAny},
		{head: "above things as they are", kind: ofAny}, {head: p + " of the difference: from", kind: ofAny}, {head: p + " of the difference: to", kind: ofAny},
		{head: "is it more than chance?", width: 24}, {head: "meaning", width: 60},
	}}
	for d := range a.Designs {
		name := designLabel(a, d)
		for i := range a.Metrics {
			c := &a.Metrics[i]
			e := &c.Estimates[d]
			f := formatOf(e)
			row := []any{name, c.Metric.Name, c.Metric.Unit, formatted{e.Mean, f}, formatted{e.Interval.Lo, f}, formatted{e.Interval.Hi, f}, nil, nil, nil, "", c.Metric.Meaning}
			if d > 0 {
				x := c.Against[d-1]
				row[6], row[7], row[8], row[9] = formatted{x.Mean, f}, formatted{x.Interval.Lo, f}, formatted{x.Interval.Hi, f}, shown(x)
			}
			t.row(row...)
		}
		b.moneyRows(t, a, d, name)
	}
	b.only(t)
}

// moneyRows adds what an option costs and averts in a year.
func (b *book) moneyRows(t *bookTable, a *study.CompareAnswer, d int, name string) {
	m := a.Money
	if m == nil {
		return
	}
	amount := func(x study.Amount) []any {
		f := formatAlone(x.Mean, x.Interval.HalfWidth())
		return []any{formatted{x.Mean, f}, formatted{x.Interval.Lo, f}, formatted{x.Interval.Hi, f}}
	}
	none := []any{nil, nil, nil}
	x := m.Designs[d]
	total, extra := amount(x.Total), none
	if d > 0 {
		extra = amount(x.Extra)
	}
	t.row(slices.Concat([]any{name, "all costs", m.Currency + "/year"}, total, extra, []any{"", "what is bought, as an annuity, its running, and what is used"})...)
	if d == 0 {
		return
	}
	for i, effect := range m.Effects {
		if !m.Counted(i) || effect.Name == "patient" {
			continue
		}
		y := x.Averted[i]
		t.row(slices.Concat([]any{name, several(effect.Name) + " averted", "1/year"}, none, amount(y.Amount), []any{averted(y), "fewer than as things are"})...)
		if y.Known && !math.IsNaN(y.Ratio.Mean) {
			t.row(slices.Concat([]any{name, "cost for one " + effect.Name + " averted", m.Currency}, amount(y.Ratio), none, []any{"", "all costs above things as they are, for one"})...)
		}
	}
}

// averted says in words whether what is averted, or brought about, is more than
// chance.
func averted(y study.Averted) string {
	switch {
	case y.Same:
		return "the same in every future"
	case y.Interval.Contains(0):
		return "chance may explain it"
	}
	return "yes"
}

// costs writes what is bought and used, option by option.
func (b *book) costs(r *Results) {
	if b.missing(r, r.Compare != nil && r.Compare.Money != nil) {
		return
	}
	a := r.Compare
	m := a.Money
	t := &bookTable{columns: []bookColumn{
		{head: "option", width: 44}, {head: "what", width: 34}, {head: "used in a year", kind: ofMoney}, {head: "unit", width: 14},
		{head: "price, " + m.Currency, kind: ofAny}, {head: "price at least", kind: ofAny}, {head: "price at most", kind: ofAny},
		{head: "bought once, " + m.Currency, kind: ofMoney}, {head: "lasts, years", kind: ofNumber}, {head: "running, " + m.Currency + "/year", kind: ofMoney},
		{head: "cost, " + m.Currency + "/year", kind: ofMoney}, {head: "source of the price", width: 60},
	}}
	price := func(x float64) any { return formatted{x, withDecimals(max(0, min(first(x)+2, mostDecimals)))} }
	for d, x := range m.Designs {
		name := designLabel(a, d)
		for _, part := range x.Parts {
			if part.Capital == 0 && part.Running == 0 {
				continue // a change that costs nothing
			}
			t.row(name, "bought: "+part.Name, nil, "", nil, nil, nil, part.Capital, part.Life, part.Running, part.Annual, "")
		}
		for i, item := range m.Items {
			if !item.Priced || x.Used[i] == 0 {
				continue
			}
			row := []any{name, item.What, x.Used[i], item.Unit, price(item.Price), nil, nil, nil, nil, nil, x.Used[i] * item.Price, item.Source}
			if item.Lo < item.Hi {
				row[5], row[6] = price(item.Lo), price(item.Hi)
			}
			t.row(row...)
		}
		t.row(name, "all", nil, "", nil, nil, nil, nil, nil, nil, x.Total.Mean, "")
	}
	b.only(t)
}
