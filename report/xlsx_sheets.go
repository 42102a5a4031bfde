package report

import (
	"fmt"
	"slices"
	"strconv"
	"strings"

	"oxysim/study"
)

// notModelled stands where the model does not count something at all: 0 would say
// that it counted, and found none.
const notModelled bookWord = "not modelled"

// judgedHead returns the head of what hospitals are judged by, and its kind.
func judgedHead(list []study.Judgement) (string, columnKind) {
	if len(list) == 0 {
		return "P(stockout)", ofShare
	}
	m := list[0].Estimate.Metric
	if m.Indicator() {
		return "P(" + lastPart(m.Name) + ")", ofShare
	}
	kind, head := kindOf(m, lastPart(m.Name))
	return head, kind
}

// withoutHead is the head of the hours of stockouts.
const withoutHead = "without oxygen, h/run"

// patientHours returns the hours that patients of a hospital were without oxygen:
// nothing if no patients are modelled anywhere.
func patientHours(a *study.Answer, thing string) any {
	switch {
	case !hasPatients(a, "network"):
		return nil
	case !hasPatients(a, thing):
		return notModelled
	}
	return meanOf(a.Estimate(thing + ".patient_hours_without"))
}

// hasPatients reports whether patients come to a thing, or to any hospital.
func hasPatients(a *study.Answer, thing string) bool {
	if thing != "network" {
		return a.Estimate(thing+".patients") != nil
	}
	return slices.ContainsFunc(a.Things("hospital"), func(h string) bool { return hasPatients(a, h) })
}

// hospitals writes a row for each, the worst first.
func (b *book) hospitals(r *Results) {
	a := r.Answer
	list, judged := a.Hospitals()
	what, kind := judgedHead(list)
	t := &bookTable{columns: []bookColumn{{head: "hospital", width: nameWidth}, {head: "verdict", width: 12}}}
	t.columns = append(t.columns, three(what, kind, a.Confidence)...)
	t.columns = append(t.columns, three(withoutHead, ofNumber, a.Confidence)...)
	t.columns = append(t.columns, bookColumn{head: "cover, days", kind: ofNumber}, bookColumn{head: "oxygen needed that was given", kind: ofShare}, bookColumn{head: "cylinders served at once", kind: ofShare},
		bookColumn{head: "patient-hours without oxygen, h/run", kind: ofNumber}, bookColumn{head: "name in the file", width: 30})
	for _, j := range list {
		verdict := ""
		if judged {
			verdict = verdictWords[j.Verdict]
		}
		row := slices.Concat([]any{r.Subject.Label(j.Thing), verdict}, cells(&j.Estimate), cells(a.Estimate(j.Thing+".stockout_hours")))
		for _, x := range []string{"cover_days", "supplied_share", "fill_rate"} {
			row = append(row, meanOf(a.Estimate(j.Thing+"."+x)))
		}
		t.row(append(row, patientHours(a, j.Thing), j.Thing)...)
	}
	b.only(t)
	b.verdicts(1, t.first, t.last)
	if j, ok := t.at[what]; ok && kind == ofShare {
		b.bars(j, t.first, t.last, "1")
	}
	if j, ok := t.at[withoutHead]; ok {
		b.bars(j, t.first, t.last, "")
	}
	b.chart(bookChart{title: hospitalsTitle(r), axis: what, names: "hospital", columns: []string{what}, format: chartFormat(t, 2), whole: kind == ofShare}, t)
}

// hospitalsTitle says what the chart of hospitals shows.
func hospitalsTitle(r *Results) string {
	return capital(strings.TrimLeft(strings.TrimSpace(verdictLine(r.Answer, View{})), "✓✗? "))
}

// capital begins a text with a capital letter.
func capital(s string) string {
	if s == "" {
		return s
	}
	return strings.ToUpper(s[:1]) + s[1:]
}

// boundPrefix is that of the metrics that say what holds filling back.
const boundPrefix = "bound_"

// plants writes a row for each plant and vendor, and what bound it.
func (b *book) plants(r *Results) {
	a := r.Answer
	var bound, things []string
	for _, kind := range []string{"plant", "vendor"} {
		for _, thing := range a.Things(kind) {
			if a.Estimate(thing+".filled_per_day") != nil {
				things = append(things, thing)
			}
		}
	}
	worst, most, what := "", 0.0, ""
	for _, e := range a.Estimates {
		thing, part := study.Thing(e.Metric.Name)
		if !strings.HasPrefix(part, boundPrefix) || !slices.Contains(things, thing) {
			continue
		}
		if e.Mean > 0 && !slices.Contains(bound, part) {
			bound = append(bound, part)
		}
		if e.Mean > most {
			worst, most, what = thing, e.Mean, boundBy(part)
		}
	}
	t := &bookTable{columns: []bookColumn{{head: "plant", width: nameWidth}}}
	t.columns = append(t.columns, three("filled, cylinders/day", ofNumber, a.Confidence)...)
	t.columns = append(t.columns, bookColumn{head: "uptime of machines", kind: ofShare})
	var heads []string
	for _, x := range bound {
		heads = append(heads, "held back: "+boundBy(x))
		t.columns = append(t.columns, bookColumn{head: heads[len(heads)-1], kind: ofShare})
	}
	t.columns = append(t.columns, bookColumn{head: "name in the file", width: 30})
	for _, thing := range things {
		row := append([]any{r.Subject.Label(thing)}, cells(a.Estimate(thing+".filled_per_day"))...)
		for _, part := range append([]string{"uptime"}, bound...) {
			row = append(row, meanOf(a.Estimate(thing+"."+part)))
		}
		t.row(append(row, thing)...)
	}
	b.only(t)
	if j, ok := t.at["uptime of machines"]; ok {
		b.bars(j, t.first, t.last, "1")
	}
	if worst != "" {
		b.chart(bookChart{
			title: fmt.Sprintf("What held filling back most at %s: %s, %s of the time", r.Subject.Label(worst), what, fixed(100*most, 0)+" %"),
			axis:  "share of the time, %", names: "plant", columns: heads, format: "0%", whole: true, stacked: true,
		}, t)
	}
}

// meanOf returns a mean as a cell.
func meanOf(e *study.Estimate) any {
	if e == nil {
		return nil
	}
	return measured{e.Mean, e.Interval.HalfWidth()}
}

// truckLabel returns what a truck is called, with its number if there are several
// of its name, and where it is at home.
func truckLabel(r *Results, thing string) (name, home string) {
	name, number, several := strings.Cut(strings.TrimPrefix(thing, "truck."), ".")
	if x, ok := r.Subject.File.Truck[name]; ok {
		for _, kind := range []string{"plant", "vendor", "hospital"} {
			if label := r.Subject.Label(kind + "." + x.Home); label != x.Home || home == "" {
				home = label
			}
		}
	}
	name = strings.ReplaceAll(name, "_", " ")
	if several {
		name += " " + number
	}
	return name, home
}

// trucks writes a row for each truck.
func (b *book) trucks(r *Results) {
	a := r.Answer
	t := &bookTable{columns: []bookColumn{{head: "truck", width: 22}, {head: "home", width: nameWidth}}}
	away := ""
	for _, c := range truckColumns {
		kind, head := ofNumber, c.head
		if c.factor == 100 {
			kind, head = ofShare, strings.Replace(c.head, ", % of the time", ", share of the time", 1)
		}
		if c.metric == "away_share" {
			away = head
		}
		t.columns = append(t.columns, bookColumn{head: head, kind: kind})
	}
	t.columns = append(t.columns, bookColumn{head: "name in the file", width: 30})
	busiest, most := "", 0.0
	for _, thing := range trucksOf(a) {
		name, home := truckLabel(r, thing)
		row := []any{name, home}
		for _, c := range truckColumns {
			e := a.Estimate(thing + "." + c.metric)
			row = append(row, meanOf(e))
			if c.metric == "away_share" && e != nil && e.Mean > most {
				busiest, most = name, e.Mean
			}
		}
		t.row(append(row, thing)...)
	}
	b.only(t)
	if j, ok := t.at[away]; ok {
		b.bars(j, t.first, t.last, "1")
	}
	b.chart(bookChart{
		title: fmt.Sprintf("The truck that is away most is %s, for %s of the time", busiest, fixed(100*most, 0)+" %"),
		axis:  "share of the time away", names: "truck", columns: []string{away}, format: "0%", whole: true,
	}, t)
}

// assumptions writes the numbers that are assumed, uncertain or taken by
// default.
func (b *book) assumptions(r *Results) {
	t := &bookTable{columns: []bookColumn{{head: "kind", width: 18}, {head: "key", width: 44}, {head: "how many", kind: ofWhole, width: 10}, {head: "value and range", width: 40}, {head: "source", width: 70}}}
	for _, x := range assumptionCells(r) {
		n, err := strconv.Atoi(x[2])
		b.check(err)
		t.row(x[0], x[1], n, x[3], x[4])
	}
	b.only(t)
}

// numbers writes every metric, as in the CSV.
func (b *book) numbers(r *Results) {
	p := Plain(100*r.Answer.Confidence, 6) + " % interval: "
	t := &bookTable{columns: []bookColumn{
		{head: "metric", width: 44}, {head: "unit", width: 12}, {head: "replications", kind: ofWhole}, {head: "mean", kind: ofAny},
		{head: p + "from", kind: ofAny}, {head: p + "to", kind: ofAny}, {head: "method of the interval", width: 18},
		{head: "5 % of futures below", kind: ofAny}, {head: "median", kind: ofAny}, {head: "95 % of futures below", kind: ofAny}, {head: "least", kind: ofAny}, {head: "greatest", kind: ofAny},
		{head: "meaning", width: 70},
	}}
	for i := range r.Answer.Estimates {
		e := &r.Answer.Estimates[i]
		f := formatOf(e)
		row := []any{e.Metric.Name, e.Metric.Unit, e.N}
		for j, x := range []float64{e.Mean, e.Interval.Lo, e.Interval.Hi, e.P05, e.P50, e.P95, e.Min, e.Max} {
			if j == 3 {
				row = append(row, e.Method)
			}
			row = append(row, formatted{x, f})
		}
		t.row(append(row, e.Metric.Meaning)...)
	}
	b.only(t)
}

// whyNot says why a question was not asked.
func whyNot(r *Results, question string) string {
	for _, a := range r.Asked {
		if a.Question == question && a.Not != "" {
			return "Not asked: " + a.Not + "."
		}
	}
	return "Not asked."
}
