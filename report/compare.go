package report

import (
	"fmt"
	"io"
	"math"
	"strings"

	"oxysim/sim/stats"
	"oxysim/study"
)

// Compare writes the answer to the question which of several designs is best.
func Compare(w io.Writer, f Format, a *study.CompareAnswer, v View) error {
	switch f {
	case Table:
		return compareTable(w, a, v)
	case CSV:
		return compareCSV(w, a)
	case JSON:
		return compareJSON(w, a)
	}
	return fmt.Errorf("want the format table, csv or json, not %q", f)
}

// How much is shown side by side: more designs are in further tables, and of
// keys and labels only so much.
const (
	mostColumns = 5 // beside the first design
	mostChanges = 16
	longestKey  = 44
	longestText = 22
)

// compareTable writes who is best, what differs, what it costs, and what to do
// next.
func compareTable(w io.Writer, a *study.CompareAnswer, v View) error {
	var b strings.Builder
	s := a.Compare.Designs[0].Subject
	title := s.File.Title
	if title == "" {
		title = s.Name
	}
	b.WriteString(v.strong(title) + "\n")
	fmt.Fprintf(&b, "the same %s × %s for each of %s · seed %d\n", count(a.N, "future"), Span(s.Config.Horizon), count(len(a.Designs), "design"), s.Seed)
	if len(s.Settings) > 0 {
		b.WriteString("with " + strings.Join(s.Settings, ", ") + "\n")
	}
	b.WriteByte('\n')
	for _, line := range []string{bestLine(a, v), cheapestLine(a, v), avertedLine(a)} {
		for i, part := range wrap(line, 110) {
			b.WriteString(map[bool]string{true: "  ", false: "    "}[i == 0] + part + "\n")
		}
	}
	for from := 1; from < len(a.Designs); from += mostColumns {
		b.WriteString("\n" + designTable(a, from, min(from+mostColumns, len(a.Designs)), v).String())
	}
	b.WriteString(designLabels(a, v))
	if a.Money != nil {
		b.WriteString(worthTable(a, v))
	}
	compareNext(&b, a, v)
	for _, n := range compareNotes(a) {
		b.WriteByte('\n')
		for _, line := range wrap(n, 110) {
			b.WriteString("  " + v.faint(line) + "\n")
		}
	}
	_, err := io.WriteString(w, b.String())
	return err
}

// called returns what a design is called.
func called(a *study.CompareAnswer, d int) string { return a.Compare.Designs[d].Name }

// calledAll lists designs.
func calledAll(a *study.CompareAnswer, list []int) string {
	words := make([]string, len(list))
	for i, d := range list {
		words[i] = called(a, d)
	}
	if n := len(words); n > 1 {
		return strings.Join(words[:n-1], ", ") + " and " + words[n-1]
	}
	return strings.Join(words, "")
}

// othersMiss says that designs of which it is not open whether they meet the target
// miss it, if there are any.
func othersMiss(a *study.CompareAnswer) string {
	if len(a.Cheapest.Open) == len(a.Designs) {
		return ""
	}
	return "; the others miss it"
}

// bestLine says which design is best.
func bestLine(a *study.CompareAnswer, v View) string {
	c := a.Best
	by := a.Compare.By
	confidence := Plain(100*c.Confidence, 6) + " %"
	factor := percentOf(c.By)
	unit := unitOf(c.By)
	if c.By.Indicator() {
		unit = " pp"
	}
	switch {
	case len(c.TooClose) == 0:
		return mark(study.Met, v) + " " + v.strong(called(a, c.Best)+" is best") + " by " + by + ": the other means are shown to be worse, all together with " + confidence + " confidence"
	case c.Chosen:
		return mark(study.Undecided, v) + " " + v.strong("too close to call") + " by " + by + ": " + called(a, c.Best) + " has not been shown to be better than " + calledAll(a, c.TooClose) +
			"; with " + confidence + " confidence it is the best or worse by less than " + Plain(c.Indifference*factor, 3) + unit
	}
	return mark(study.Undecided, v) + " " + v.strong("too close to call") + " by " + by + " after " + count(a.N, "replication") + ": " +
		calledAll(a, append([]int{c.Best}, c.TooClose...)) + " have not been told apart"
}

// cheapestLine says which design is the cheapest that meets the target.
func cheapestLine(a *study.CompareAnswer, v View) string {
	c := a.Cheapest
	target := a.Compare.Target.String()
	known := " (confidence " + Plain(100*a.Compare.Confidence, 6) + " %)"
	switch {
	case c.Design < 0 && len(c.Open) == 0:
		return mark(study.Missed, v) + " " + v.strong("none of "+count(len(a.Designs), "design")+" meets the target: "+target) + known
	case c.Design < 0:
		return mark(study.Undecided, v) + " " + v.strong("too close to call whether the target is met: "+target) + ", by " + calledAll(a, c.Open) + othersMiss(a)
	case !c.Priced && len(c.Open) == 0:
		return mark(study.Met, v) + " " + v.strong(calledAll(a, c.Met)+" "+meets(len(c.Met))+" the target: "+target) + known + "; what designs cost is not known: write capital and running of options, or [price]"
	case !c.Priced:
		return mark(study.Met, v) + " " + v.strong(calledAll(a, c.Met)+" "+meets(len(c.Met))+" the target: "+target) + known + "; of " + calledAll(a, c.Open) + " it is too close to call"
	case len(c.Before) > 0:
		return mark(study.Undecided, v) + " " + v.strong(called(a, c.Design)+" meets the target: "+target) + known + "; whether it is the cheapest is too close to call: " + calledAll(a, c.Before) + " may meet it, too, for no more"
	case len(c.AsCheap) > 0:
		return mark(study.Met, v) + " " + v.strong(calledAll(a, append([]int{c.Design}, c.AsCheap...))+" meet the target: "+target) + known + "; which of them is the cheapest is too close to call"
	}
	return mark(study.Met, v) + " " + v.strong(called(a, c.Design)+" is the cheapest that meets the target: "+target) + known
}

func meets(n int) string {
	if n == 1 {
		return "meets"
	}
	return "meet"
}

// designTable is the table of the first design and some others: what differs, what
// comes of it, what it costs.
func designTable(a *study.CompareAnswer, from, to int, v View) *grid {
	head := []string{"", called(a, 0) + "\t"}
	shown := []int{0}
	for d := from; d < to; d++ {
		head = append(head, called(a, d)+"\t")
		shown = append(shown, d)
	}
	g := newGrid(v, head...)
	changedKeys(g, a, shown)
	for i, m := range a.Metrics {
		some := false
		for _, d := range shown[1:] {
			some = some || !m.Against[d-1].Same
		}
		if i > 0 && (!some || said(a, m.Metric.Name)) {
			continue
		}
		factor := percentOf(m.Metric)
		e := m.Estimates[0]
		cells := []string{metricHead(m), PlusMinus(e.Mean, e.Interval, factor)}
		for _, d := range shown[1:] {
			cells = append(cells, aboveFirst(m.Against[d-1], factor))
		}
		g.row(cells...)
	}
	gain := []string{v.faint("chance cancelled, by " + a.Compare.By), ""}
	for _, d := range shown[1:] {
		gain = append(gain, cancelled(a.Metrics[0].Against[d-1].Ratio))
	}
	g.row(gain...)
	target := []string{"target, worst: " + a.Compare.Target.String()}
	for _, d := range shown {
		x := a.Designs[d]
		worst := x.Worst(a.Compare.Target)
		factor := percentOf(worst.Estimate.Metric)
		target = append(target, mark(x.Verdict, v)+" "+Number(worst.Estimate.Mean*factor, worst.Estimate.Interval.HalfWidth()*factor))
	}
	g.row(target...)
	if a.Money != nil {
		moneyRows(g, a, shown)
	}
	return g
}

// said reports whether other lines of the table say what a metric does.
func said(a *study.CompareAnswer, metric string) bool {
	switch metric {
	case "network.filled", "network.km", "network.unmet_m3":
		return true
	case "network.hospitals_out", "network.stockout_hours_worst", "network.supplied_share_worst", "network.supplied_share_spread":
		return len(a.Compare.Designs[0].Config.Hospitals) == 1
	case "network.fill_rate_worst", "network.fill_rate_spread":
		for _, m := range a.Metrics {
			if m.Metric.Name == "network.supplied_share_worst" {
				return true
			}
		}
		return len(a.Compare.Designs[0].Config.Hospitals) == 1
	}
	return false
}

// metricHead returns the name of a metric with its unit.
func metricHead(m study.Comparison) string {
	switch unit := m.Metric.Unit; {
	case m.Metric.Indicator():
		return "P(" + m.Metric.Name + "), %"
	case unit == "1":
		return m.Metric.Name
	default:
		return m.Metric.Name + ", " + unit
	}
}

// aboveFirst writes what a design has above the first; "~" if chance explains
// it, "=" if there is none in any future.
func aboveFirst(d study.Difference, factor float64) string {
	switch {
	case d.Same:
		return "="
	case !d.Shown:
		return "~"
	}
	return plusOrMinus(d.Mean, d.Interval, factor)
}

// plusOrMinus writes a difference with its sign and what it may be.
func plusOrMinus(mean float64, in stats.Interval, factor float64) string {
	s := strings.ReplaceAll(PlusMinus(mean, in, factor), "-", "−")
	if mean > 0 && s != nothing {
		return "+" + s
	}
	return s
}

// cancelled writes by how much the variance of a difference is less than it would
// be in different futures.
func cancelled(ratio float64) string {
	switch {
	case math.IsNaN(ratio):
		return nothing
	case math.IsInf(ratio, 1):
		return "all of it"
	case ratio < 1:
		return "× " + Plain(ratio, 2) + " !"
	}
	return "× " + Plain(ratio, 2)
}

// changedKeys adds the keys whose values differ.
func changedKeys(g *grid, a *study.CompareAnswer, shown []int) {
	var keys []string
	old, values := map[string]string{}, map[string]map[int]string{}
	for _, d := range shown {
		for _, c := range a.Compare.Designs[d].Changes {
			if values[c.Key] == nil {
				keys = append(keys, c.Key)
				values[c.Key] = map[int]string{}
				old[c.Key] = c.Old
			}
			values[c.Key][d] = c.New
			if c.New == "" {
				values[c.Key][d] = "none"
			}
		}
	}
	for i, k := range keys {
		if i == mostChanges {
			g.row(fmt.Sprintf("and %s", count(len(keys)-i, "further key")))
			break
		}
		cells := []string{cut(k, longestKey)}
		for _, d := range shown {
			x, ok := values[k][d]
			switch {
			case d == 0 && old[k] == "":
				x = nothing
			case d == 0:
				x = old[k]
			case !ok:
				x = ""
			}
			cells = append(cells, cut(x, longestText))
		}
		g.row(cells...)
	}
}

// designLabels says what designs are, if their names do not.
func designLabels(a *study.CompareAnswer, v View) string {
	g := newGrid(v, "", "")
	for d, o := range a.Compare.Designs {
		if d > 0 && o.Label != "" && o.Label != o.Name {
			g.row(o.Name, o.Label)
		}
	}
	if len(g.rows) == 0 {
		return ""
	}
	return "\n" + g.String()
}

// compareNext writes what to do next.
func compareNext(b *strings.Builder, a *study.CompareAnswer, v View) {
	before := "\n  " + v.strong("Next") + "   "
	for _, x := range a.Next() {
		fmt.Fprintf(b, "%s%-60s   %s\n", before, x.Command, v.faint(x.Why))
		before = "         "
	}
}

// compareNotes are what the reader of the table must be told.
func compareNotes(a *study.CompareAnswer) []string {
	confidence := Plain(100*a.Compare.Confidence, 6) + " %"
	var list []string
	first := "The first column is " + called(a, 0) + "; the others are what they have above it, in the same futures: ~ what chance may explain, = the same in every future. "
	if a.Compare.Fixed {
		first += "Intervals of differences hold with " + confidence + " confidence for all designs together, for one line at a time: Student's for means, Tango's for probabilities, in percentage points, where McNemar's test decides."
	} else {
		first += "Intervals of differences hold with " + confidence + " confidence for all designs together, for one line at a time, whenever one stops: asymptotic confidence sequences for means, bets on the futures that differ for probabilities, in percentage points. Of means these hold with about " + confidence + ", for tails that are not too heavy: nothing is said of a mean that differs in fewer than 100 futures."
	}
	list = append(list, first)
	choice := "Who is best: Kim and Nelson's procedure on means of five replications, wrong with at most " + Plain(100*(1-a.Best.Confidence), 6) + " % if the best is better by " +
		Plain(a.Best.Indifference, 3) + unitOf(a.Best.By) + " or more; that others are worse is shown by Student's confidence sequence, if means of five replications are nearly normal; it is too close to call while fewer than 30 futures differ."
	if a.Best.By.Indicator() {
		choice = "Who is best: bets on the futures in which two designs differ, valid whenever one stops; a difference of up to " + Plain(100*a.Best.Indifference, 3) + " pp is taken for none."
	}
	list = append(list, choice+" Chance cancelled: the variance of the difference in different futures over that in the same.")
	end := fmt.Sprintf("Stopped after %s, when it was settled who is best and who meets the target.", count(a.N, "replication"))
	switch {
	case a.Compare.Fixed:
		end = ""
	case !a.Settled:
		end = fmt.Sprintf("Not settled after %s; -n allows more.", count(a.N, "replication"))
	}
	if end != "" {
		list = append(list, end)
	}
	if a.Money != nil {
		list = append(list, moneyNotes(a)...)
	}
	for _, w := range a.Warnings {
		list = append(list, w.Error())
	}
	return list
}
