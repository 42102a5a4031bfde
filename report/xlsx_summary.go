package report

import (
	"fmt"
	"slices"
	"strings"

	"github.com/xuri/excelize/v2"

	"oxysim/sim/stats"
	"oxysim/study"
)

// The columns of the summary: names, and numbers beside them.
const (
	summaryColumns = 8
	summaryNames   = 44
	summaryNumber  = 15
	summaryWorst   = 5 // hospitals that are named
)

// flipped returns the interval of what an option averts.
func flipped(x study.Difference) stats.Interval {
	return stats.Interval{Lo: -x.Interval.Hi, Hi: -x.Interval.Lo}
}

// summary writes the verdict in words, the worst hospitals, what options bring, the
// most important numbers, and what was asked.
func (b *book) summary(r *Results) {
	a := r.Answer
	b.check(b.f.SetColWidth(b.sheet, "A", "A", summaryNames))
	b.check(b.f.SetColWidth(b.sheet, "B", b.letters(summaryColumns-1), summaryNumber))
	letters := summaryNames + (summaryColumns-1)*summaryNumber - 8
	say := func(s, key string, style excelize.Style) { b.say(s, summaryColumns, letters, &style, key) }
	plain := func(s string) {
		if s != "" {
			say(s, "sentence", excelize.Style{Font: letter(11, false, bookInk)})
		}
	}
	section := func(s string) {
		b.row++
		say(s, "section", excelize.Style{Font: letter(13, true, bookInk)})
	}
	say(r.title(), "title", excelize.Style{Font: letter(18, true, bookInk)})
	say(fmt.Sprintf("%s · %s of %s · seed %d", Contents(r.Subject.Config), count(a.N, "possible future"), Span(r.Subject.Config.Horizon), a.Origin.Seed),
		"subtitle", excelize.Style{Font: letter(10, false, bookGrey)})
	b.row++
	colours := verdictColours[verdictWords[a.Verdict]]
	say(strings.TrimSpace(verdictLine(a, View{})), "verdict", excelize.Style{
		Font: letter(14, true, colours[1]), Fill: excelize.Fill{Type: "pattern", Pattern: 1, Color: []string{colours[0]}},
		Alignment: &excelize.Alignment{WrapText: true, Vertical: "center", Indent: 1},
	})
	for _, s := range summarySentences(r) {
		plain(s)
	}
	b.worst(r, section)
	b.brings(r, section)
	t := &bookTable{columns: append([]bookColumn{{head: "what"}}, append(three("mean of all futures", ofAny, a.Confidence), bookColumn{head: "unit"})...)}
	for _, x := range summaryNumbers {
		e := a.Estimate("network." + x.metric)
		if strings.HasPrefix(x.metric, "patient_") && !hasPatients(a, "network") {
			t.row(x.what, notModelled, nil, nil, "")
			continue
		}
		if e == nil {
			continue
		}
		f, unit := formatOf(e), e.Metric.Unit
		if unit == "1" {
			unit = ""
		}
		if unit == "h" {
			unit = "h/run"
		}
		t.row(x.what, formatted{e.Mean, f}, formatted{e.Interval.Lo, f}, formatted{e.Interval.Hi, f}, unit)
	}
	b.check(b.f.InsertPageBreak(b.sheet, b.cell(0, b.row+2))) // no title at the foot of a page: how much stands on one, programs do not agree
	section("All hospitals together")
	b.part(t)
	section("What was asked")
	b.asked(r)
	section("What is on the other sheets")
	for _, s := range bookSheets()[1:] {
		b.row++
		at := b.cell(0, b.row)
		b.check(b.f.SetCellStr(b.sheet, at, s.name))
		b.check(b.f.SetCellHyperLink(b.sheet, at, s.name+"!A1", "Location"))
		b.check(b.f.SetCellStyle(b.sheet, at, at, b.style("link", func() *excelize.Style {
			font := letter(11, false, bookColours[0])
			font.Underline = "single"
			return &excelize.Style{Font: font}
		})))
		b.check(b.f.SetCellStr(b.sheet, b.cell(1, b.row), s.about))
	}
	b.freeze(0)
}

// part writes a table on the summary, whose columns have its widths.
func (b *book) part(t *bookTable) {
	for j := range t.columns {
		t.columns[j].width = summaryNumber
	}
	t.columns[0].width = summaryNames
	b.put(t)
}

// summaryNumbers are the numbers of the network that a planner asks for first.
var summaryNumbers = []struct{ metric, what string }{
	{"stockout", "a stockout at any hospital: probability"},
	{"stockout_hours", "hours without oxygen, summed over hospitals"},
	{"supplied_share", "oxygen needed that was given"},
	{"unmet_m3", "oxygen needed that was not given"},
	{"patient_hours_without", "patient-hours without oxygen"},
	{"fill_rate", "cylinders asked for that were on hand at once"},
	{"filled", "cylinders filled"},
	{"turns_per_week", "how often a cylinder is filled"},
	{"missing", "cylinders lost"},
	{"trips", "trips of trucks"},
	{"km", "distance driven"},
}

// summarySentences say what the page says in short.
func summarySentences(r *Results) (list []string) {
	p := &htmlPage{section: "verdict"}
	for _, x := range p.leads(r) {
		if text := htmlJoin(x.sentences).plain(); text != "" {
			list = append(list, x.word+". "+text)
		}
	}
	return list
}

// worst writes the worst hospitals.
func (b *book) worst(r *Results, section func(string)) {
	a := r.Answer
	list, judged := a.Hospitals()
	if len(list) == 0 {
		return
	}
	what, kind := judgedHead(list)
	n := min(len(list), summaryWorst)
	title := "Hospitals"
	if n < len(list) {
		title = fmt.Sprintf("The worst %d of %s", n, count(len(list), "hospital"))
	}
	section(title)
	t := &bookTable{columns: []bookColumn{{head: "hospital"}, {head: "verdict"}}}
	t.columns = append(t.columns, three(what, kind, a.Confidence)...)
	t.columns = append(t.columns, bookColumn{head: "without oxygen, h/run", kind: ofNumber}, bookColumn{head: "cover, days", kind: ofNumber}, bookColumn{head: "oxygen needed that was given", kind: ofShare})
	for _, j := range list[:n] {
		verdict := ""
		if judged {
			verdict = verdictWords[j.Verdict]
		}
		row := append([]any{r.Subject.Label(j.Thing), verdict}, cells(&j.Estimate)...)
		for _, x := range []string{"stockout_hours", "cover_days", "supplied_share"} {
			row = append(row, meanOf(a.Estimate(j.Thing+"."+x)))
		}
		t.row(row...)
	}
	b.part(t)
	if j, ok := t.at["verdict"]; ok {
		b.verdicts(j, t.first, t.last)
	}
	if j, ok := t.at[what]; ok && kind == ofShare {
		b.bars(j, t.first, t.last, "1")
	}
}

// brings writes what the options bring: of the sheet of options, what fits.
func (b *book) brings(r *Results, section func(string)) {
	section("What the options bring")
	if r.Compare == nil {
		b.say(whyNot(r, "compare"), summaryColumns, summaryNames, &excelize.Style{}, "note")
		return
	}
	full, _, same := optionsTable(r)
	t := &bookTable{}
	pick := []int{0, 1, 2, 3, 8, 11, 12, 15, 16} // without intervals, which are on the sheet of options
	pick = slices.DeleteFunc(pick, func(j int) bool { return j > 0 && !full.filled(j) })
	if len(pick) > summaryColumns {
		pick = slices.DeleteFunc(pick, func(j int) bool { return j == 15 }) // the worst hospital with each, which is there too
	}
	for _, j := range pick {
		t.columns = append(t.columns, full.columns[j])
	}
	for _, row := range full.rows {
		var few []any
		for _, j := range pick {
			few = append(few, row[j])
		}
		t.row(few...)
	}
	b.part(t)
	b.verdicts(1, t.first, t.last)
	b.optionNotes(r, t, same)
}

// asked writes what was asked.
func (b *book) asked(r *Results) {
	a := r.Answer
	target := a.Target.String()
	if a.Target.Default {
		target += " (a default: the scenario has no [target])"
	}
	for _, x := range []struct {
		what   string
		value  any
		format string
	}{
		{"target", target, ""},
		{"confidence of each interval, and of all verdicts together", a.Confidence, "0.##%"},
		{"replications", a.N, formatWhole},
		{"days in each", r.Subject.Config.Horizon.Days(), "#,##0.##"},
		{"days at its start that are not counted", r.Subject.Config.WarmUp.Days(), "#,##0.##"},
		{"seed", fmt.Sprint(a.Origin.Seed), ""},
		{"scenario", r.Subject.Name, ""},
		{"digest of all that decides a number", a.Origin.Digest, ""},
		{"program", strings.TrimSpace("oxysim "+r.Made.Program+" "+r.Made.Revision) + fmt.Sprintf(", behaviour %d of the model", a.Origin.Behaviour), ""},
		{"command", r.Made.Command, ""},
	} {
		if x.value == 0.0 {
			continue
		}
		b.row++
		b.check(b.f.SetCellStr(b.sheet, b.cell(0, b.row), x.what))
		at := b.cell(1, b.row)
		if text, ok := x.value.(string); ok {
			b.check(b.f.SetCellStr(b.sheet, at, text))
			continue
		}
		b.set(at, x.value, x.format, false)
		b.check(b.f.SetCellStyle(b.sheet, at, at, b.style("left "+x.format, func() *excelize.Style {
			return &excelize.Style{CustomNumFmt: &x.format, Alignment: &excelize.Alignment{Horizontal: "left"}}
		})))
	}
}
