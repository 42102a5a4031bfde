package report

import (
	"cmp"
	"fmt"
	"math"
	"slices"

	"github.com/xuri/excelize/v2"

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

// allTogether is what all options at once are called.
const allTogether = "All of them together"

// Heads that are asked for.
const (
	avertedHead = "hours without oxygen averted, h/run"
	bestHead    = "better than all others, % of the draws"
)

// optionsTable is what each option brings and costs: things as they are, then the
// options by the hours they avert, those of which chance may explain it after the
// others, and last all of them at once. It says how many have been shown to
// differ, and by what the worst hospital is judged, if that is the same with all.
func optionsTable(r *Results) (t *bookTable, certain int, same string) {
	a := r.Compare
	what, kind := judgedHead([]study.Judgement{a.Designs[0].Worst(a.Compare.Target)})
	worst := "worst hospital: " + what
	if !perHospital(r.Answer) {
		worst = what
	}
	currency, effect := "", "stockout-day"
	if m := a.Money; m != nil {
		currency, effect = m.Currency, m.Effects[0].Name
	}
	p := Plain(100*a.Compare.Confidence, 6) + " % interval"
	cost, each := "cost above things as they are, "+currency+"/year", fmt.Sprintf("%s for each %s averted", currency, effect)
	end := func(head string, like string) bookColumn {
		return bookColumn{head: head, kind: ofMoney, width: endWidth, like: like}
	}
	t = &bookTable{columns: []bookColumn{
		{head: "option", width: optionWidth}, {head: "verdict", width: 12},
		{head: "bought once, " + currency, kind: ofMoney, width: endWidth},
		{head: cost, kind: ofMoney, width: 14}, end("cost: "+p+" from", cost), end("cost: to", cost),
		end("cost with prices in their ranges: from", cost), end("with prices: to", cost),
		{head: avertedHead, kind: ofNumber, width: 15}, end("averted: "+p+" from", avertedHead), end("averted: to", avertedHead),
		{head: "averted, share of the hours as things are", kind: ofShare},
		{head: each, kind: ofMoney}, end("for each: "+p+" from", each), end("for each: to", each),
		{head: worst, kind: kind}, {head: bestHead, kind: ofShare, width: endWidth},
	}}
	order := byAverted(a)
	for i, d := range order {
		row := optionRow(a, d)
		if i > 0 {
			row[16] = bestOf(r.Unknown, a.Compare.Designs[d].Name)
		}
		t.row(row...)
		if x := hoursOf(a); x != nil && d > 0 && x.Against[d-1].Shown && !x.Against[d-1].Same {
			certain++
		}
	}
	if r.Unknown != nil {
		t.rows[0][16] = bestOf(r.Unknown, "")
	}
	if r.All != nil && len(r.All.Designs) == 2 {
		row := optionRow(r.All, 1)
		row[0] = allTogether
		t.row(row...)
	}
	alike := !slices.ContainsFunc(t.rows, func(row []any) bool { return valueOf(row[15]) != valueOf(t.rows[0][15]) })
	if alike && len(t.rows) > 1 {
		same = worst + " is the same with all of them"
		if x := valueOf(t.rows[0][15]); kind == ofShare {
			same += ", " + fixed(100*x, 1) + " %"
		}
		same += ", and has no column."
		for _, row := range t.rows {
			row[15] = nil
		}
	}
	return t, certain, capital(same)
}

// Widths of columns on the sheet of options, of which there are many.
const (
	optionWidth = 38
	endWidth    = 12
)

// byAverted returns the designs in the order of the table of options.
func byAverted(a *study.CompareAnswer) []int {
	order := make([]int, len(a.Designs))
	for d := range order {
		order[d] = d
	}
	hours := hoursOf(a)
	if hours == nil {
		return order
	}
	slices.SortStableFunc(order[1:], func(d, e int) int {
		x, y := hours.Against[d-1], hours.Against[e-1]
		if c := cmp.Compare(likely(x), likely(y)); c != 0 {
			return c
		}
		return cmp.Compare(x.Mean, y.Mean) // hours fewer are below 0
	})
	return order
}

// likely orders differences by what is known of them: those that are shown, those
// that are none in any future, and those that chance may explain.
func likely(x study.Difference) int {
	switch {
	case x.Same:
		return 1
	case x.Shown:
		return 0
	}
	return 2
}

// bestOf returns in how many of the draws of what is not known an option is better
// than all others; nothing if that was not asked.
func bestOf(a *study.InformationAnswer, option string) any {
	if a == nil {
		return nil
	}
	i := slices.IndexFunc(a.Choices, func(c study.OptionValue) bool { return c.Option == option })
	if i < 0 {
		return nil
	}
	return formatted{a.Choices[i].Alone, "0%"} // draws are few
}

// optionRow is what a design brings and costs.
func optionRow(a *study.CompareAnswer, d int) []any {
	w := a.Designs[d].Worst(a.Compare.Target)
	row := make([]any, 17)
	row[0], row[1] = designLabel(a, d), verdictWords[a.Designs[d].Verdict]
	row[15] = measured{w.Estimate.Mean, w.Estimate.Interval.HalfWidth()}
	if d == 0 {
		return row
	}
	if m := a.Money; m != nil {
		if x := boughtOnce(m.Designs[d]); x > 0 {
			row[2] = x
		}
		x, priced := m.Designs[d].Extra, m.Designs[d].Priced
		chance := x.Interval.Contains(0) && x.Mean != 0
		row[3] = unsureIf(chance, measured{x.Mean, x.Interval.HalfWidth()})
		row[4], row[5] = unsureIf(chance, x.Interval.Lo), unsureIf(chance, x.Interval.Hi)
		row[6], row[7] = unsureIf(chance, priced.Lo), unsureIf(chance, priced.Hi)
		switch v := m.Designs[d].Averted[0]; {
		case v.Known && x.Interval.Hi < 0 && v.Mean > 0:
			row[12] = bookWord("saves money") // the more it averts, the nearer to 0 the ratio would be
		case v.Known:
			row[12], row[13], row[14] = measured{v.Ratio.Mean, v.Ratio.Interval.HalfWidth()}, v.Ratio.Interval.Lo, v.Ratio.Interval.Hi
		}
	}
	if hours := hoursOf(a); hours != nil {
		x := hours.Against[d-1]
		chance := !x.Shown && !x.Same
		row[8], row[9], row[10] = unsureIf(chance, measured{-x.Mean, x.Interval.HalfWidth()}), unsureIf(chance, -x.Interval.Hi), unsureIf(chance, -x.Interval.Lo)
		if base := hours.Estimates[0].Mean; base > 0 {
			row[11] = unsureIf(chance, -x.Mean/base)
		}
	}
	return row
}

// optionNotes says below a table of options what it does not say itself.
func (b *book) optionNotes(r *Results, t *bookTable, same string) {
	if t.unsure() {
		b.note(unsureNote)
	}
	if r.All != nil {
		b.note(fmt.Sprintf("%s: in %s; each by itself: in %s.", allTogether, count(r.All.N, "future"), count(r.Compare.N, "future")))
	}
	if u := r.Unknown; u != nil {
		s := fmt.Sprintf("Draws: all numbers that have a range are drawn from it, %d times, with %s each time.", u.Points, count(u.N, "future"))
		if u.Even > 0 {
			s += fmt.Sprintf(" In %s %% of them several are equally good.", fixed(100*u.Even, 0))
		}
		b.note(s)
	}
	if same != "" {
		b.note(same)
	}
}

// options writes a row for each option, of what a planner decides by.
func (b *book) options(r *Results) {
	if b.missing(r, r.Compare != nil) {
		return
	}
	a := r.Compare
	t, certain, same := optionsTable(r)
	b.only(t)
	b.verdicts(1, t.first, t.last)
	b.optionNotes(r, t, same)
	if a.Money != nil {
		b.note("With prices in their ranges: what the mean cost may be if every price may be anywhere in its range, without chance.")
	}
	b.note(carefulNote)
	if certain == 0 {
		b.note(optionsTitle(a) + ".")
		return
	}
	axis := avertedHead
	if certain < len(a.Designs)-1 {
		axis += ", of those that are shown to differ"
	}
	b.chart(bookChart{
		title: optionsTitle(a), axis: axis, names: "option", columns: []string{avertedHead}, format: chartFormat(t, 8),
	}, &bookTable{columns: t.columns, rows: t.rows, head: t.head, first: t.first + 1, last: t.first + certain, at: t.at, from: t.from}) // neither things as they are, nor what chance may explain
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
		{head: "is it more than chance?", width: 24}, {head: "meaning", width: 60}, {head: "name in the file", width: 18},
	}}
	for d := range a.Designs {
		name := designLabel(a, d)
		for i := range a.Metrics {
			c := &a.Metrics[i]
			e := &c.Estimates[d]
			f := formatOf(e)
			row := []any{name, c.Metric.Name, c.Metric.Unit, formatted{e.Mean, f}, formatted{e.Interval.Lo, f}, formatted{e.Interval.Hi, f}, nil, nil, nil, "", c.Metric.Meaning, a.Compare.Designs[d].Name}
			if d > 0 {
				x := c.Against[d-1]
				row[6], row[7], row[8], row[9] = formatted{x.Mean, f}, formatted{x.Interval.Lo, f}, formatted{x.Interval.Hi, f}, shown(x)
			}
			t.row(row...)
		}
		b.moneyRows(t, a, d, name)
	}
	b.only(t)
	b.ruled(t)
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
	x, file := m.Designs[d], a.Compare.Designs[d].Name
	total, extra := amount(x.Total), none
	if d > 0 {
		extra = amount(x.Extra)
	}
	t.row(slices.Concat([]any{name, "all costs", m.Currency + "/year"}, total, extra, []any{"", "what is bought, as an annuity, its running, and what is used", file})...)
	if d == 0 {
		return
	}
	for i, effect := range m.Effects {
		if !m.Counted(i) || effect.Name == "patient" {
			continue
		}
		y := x.Averted[i]
		t.row(slices.Concat([]any{name, several(effect.Name) + " averted", "1/year"}, none, amount(y.Amount), []any{averted(y), "fewer than as things are", file})...)
		if y.Known && !math.IsNaN(y.Ratio.Mean) {
			t.row(slices.Concat([]any{name, "cost for one " + effect.Name + " averted", m.Currency}, amount(y.Ratio), none, []any{"", "all costs above things as they are, for one", file})...)
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
	b.ruled(t)
}

// ruled draws a line where a name in the first column is another than above,
// however the rows are sorted.
func (b *book) ruled(t *bookTable) {
	if len(t.rows) < 2 {
		return
	}
	style, err := b.f.NewConditionalStyle(&excelize.Style{Border: []excelize.Border{{Type: "top", Style: 1, Color: bookGrey}}})
	b.check(err)
	rule := excelize.ConditionalFormatOptions{Type: "formula", Criteria: fmt.Sprintf("$A%d<>$A%d", t.first+1, t.first), Format: &style}
	b.check(b.f.SetConditionalFormat(b.sheet, b.cell(0, t.first+1)+":"+b.cell(len(t.from)-1, t.last), []excelize.ConditionalFormatOptions{rule}))
}
