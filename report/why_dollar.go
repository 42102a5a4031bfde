package report

import (
	"encoding/csv"
	"encoding/json"
	"fmt"
	"io"
	"strconv"
	"strings"

	"oxysim/study"
)

// mostSpent is how many investments are listed in a table.
const mostSpent = 15

// Dollar writes what the next dollar is best spent on.
func Dollar(w io.Writer, f Format, a *study.DollarAnswer, v View) error {
	switch f {
	case Table:
		return dollarTable(w, a, v)
	case CSV:
		return dollarCSV(w, a)
	case JSON:
		return dollarJSON(w, a)
	}
	return fmt.Errorf("want the format table, csv or json, not %q", f)
}

func dollarTable(w io.Writer, a *study.DollarAnswer, v View) error {
	var b strings.Builder
	title := a.Subject.File.Title
	if title == "" {
		title = a.Subject.Name
	}
	b.WriteString(v.strong(title) + "\n")
	fmt.Fprintf(&b, "%s · %s × %s · seed %d\n", Contents(a.Subject.Config), count(a.N, "future"), Span(a.Subject.Config.Horizon), a.Subject.Seed)
	if len(a.Subject.Settings) > 0 {
		b.WriteString("with " + strings.Join(a.Subject.Settings, ", ") + "\n")
	}
	unit, factor := unitOfMetric(a.Metric)
	year := ""
	if a.Metric.Adds {
		year = " in a year"
	}
	fmt.Fprintf(&b, "\n%s%s: %s%s as it is\n\n", a.Metric.Name, year, PlusMinus(a.Base.Mean, a.Base.Interval, factor), unit)
	better := "less"
	if a.Metric.Better > 0 {
		better = "more"
	}
	g := newGrid(v, "one more", a.Currency+" a year\t", strings.TrimSpace(unit+" "+better)+"\t", "for 1000 "+a.Currency+"\t", "")
	for _, s := range a.Ranked[:min(len(a.Ranked), mostSpent)] {
		mark := ""
		if !s.Known {
			mark = "~"
		}
		g.row(cut(s.Label, 60), fixed(s.Annual, 0), PlusMinus(s.Benefit.Mean, s.Benefit.Interval, factor), PlusMinus(s.Per1000.Mean, s.Per1000.Interval, factor), mark)
	}
	b.WriteString(g.String())
	if n := len(a.Ranked) - mostSpent; n > 0 {
		fmt.Fprintf(&b, "  and %d more, which bring less (--format csv)\n", n)
	}
	if len(a.Pairs) > 0 {
		fmt.Fprintf(&b, "\n  %s\n\n", v.strong("Together"))
		g := newGrid(v, "", "", strings.TrimSpace(unit+" "+better)+" than each alone\t", "")
		for _, p := range a.Pairs {
			what := "~"
			switch {
			case p.Known && p.More.Mean > 0:
				what = "help each other"
			case p.Known:
				what = "hinder each other"
			}
			g.row(cut(p.A, 40), cut(p.B, 40), PlusMinus(p.More.Mean, p.More.Interval, factor), what)
		}
		b.WriteString(g.String())
	}
	b.WriteByte('\n')
	for _, n := range []string{
		"Each investment is tried in the same futures as the scenario as it is; intervals are paired t intervals, each alone at " +
			fmt.Sprintf("%g %%; ~ where chance explains the difference. The first of many is likely to look better than it is.", 100*a.Confidence),
		"Those that are known to help come first, by what they bring for 1000 " + a.Currency + "; then those with ~, by their means, which may be larger; those that are known to harm last.",
		"A year's cost is that of capital, spread over its life at the discount rate of [price], and running. Not counted: diesel, kilometres, fills and whatever else is used; see oxysim compare.",
		"Together: every set of the best few is simulated; what two bring beyond what each brings, on average over the others.",
	} {
		for _, line := range wrap(n, 96) {
			b.WriteString("  " + v.faint(line) + "\n")
		}
	}
	_, err := io.WriteString(w, b.String())
	return err
}

func dollarCSV(w io.Writer, a *study.DollarAnswer) error {
	rows := [][]string{{"metric", "quantity", "what", "with", "unit", "n", "estimate", "lo", "hi", "method"}}
	row := func(quantity, what, with, unit string, p study.Part) {
		rows = append(rows, []string{
			a.Metric.Name, quantity, what, with, unit, strconv.Itoa(a.N), exact(p.Mean), exact(p.Interval.Lo), exact(p.Interval.Hi), "t",
		})
	}
	row("base", "", "", a.Metric.Unit, a.Base)
	for _, s := range a.Ranked {
		rows = append(rows, []string{a.Metric.Name, "annual_cost", s.Name, "", a.Currency, "", exact(s.Annual), "", "", ""})
		row("benefit", s.Name, "", a.Metric.Unit, s.Benefit)
		row("benefit_per_1000", s.Name, "", a.Metric.Unit, s.Per1000)
	}
	for _, p := range a.Pairs {
		row("more_together", p.A, p.B, a.Metric.Unit, p.More)
	}
	return csv.NewWriter(w).WriteAll(rows)
}

type spentJSON struct {
	Name    string   `json:"name"`
	Label   string   `json:"label"`
	Annual  number   `json:"annual_cost"`
	Benefit partJSON `json:"benefit"`
	Per1000 partJSON `json:"benefit_per_1000"`
	Known   bool     `json:"known"`
}

type pairJSON struct {
	A     string   `json:"a"`
	B     string   `json:"b"`
	More  partJSON `json:"more_together"`
	Known bool     `json:"known"`
}

func dollarJSON(w io.Writer, a *study.DollarAnswer) error {
	o := a.Subject.Origin()
	out := struct {
		Scenario   string      `json:"scenario"`
		Set        []string    `json:"set,omitempty"`
		Digest     string      `json:"digest"`
		Seed       uint64      `json:"seed"`
		N          int         `json:"replications"`
		Confidence float64     `json:"confidence"`
		Metric     string      `json:"metric"`
		Unit       string      `json:"unit"`
		Currency   string      `json:"currency"`
		Base       partJSON    `json:"base"`
		Ranked     []spentJSON `json:"ranked"`
		Pairs      []pairJSON  `json:"pairs,omitempty"`
	}{
		Scenario: o.Scenario, Set: o.Set, Digest: o.Digest, Seed: o.Seed, N: a.N, Confidence: a.Confidence,
		Metric: a.Metric.Name, Unit: a.Metric.Unit, Currency: a.Currency, Base: partOf(a.Base),
	}
	for _, s := range a.Ranked {
		out.Ranked = append(out.Ranked, spentJSON{s.Name, s.Label, number(s.Annual), partOf(s.Benefit), partOf(s.Per1000), s.Known})
	}
	for _, p := range a.Pairs {
		out.Pairs = append(out.Pairs, pairJSON{p.A, p.B, partOf(p.More), p.Known})
	}
	enc := json.NewEncoder(w)
	enc.SetEscapeHTML(false)
	enc.SetIndent("", "  ")
	return enc.Encode(out)
}
