package report

import (
	"cmp"
	"fmt"
	"io"
	"math"
	"slices"
	"strings"
	"time"

	"oxysim/sim"
	"oxysim/study"
)

// Forecast writes who runs out in the coming days, by when a delivery must
// arrive, and what to send first.
func Forecast(w io.Writer, f Format, a *study.ForecastAnswer, v View) error {
	switch f {
	case Table:
		_, err := io.WriteString(w, forecastTable(a, v))
		return err
	case CSV:
		return forecastCSV(w, a)
	case JSON:
		return forecastJSON(w, a)
	}
	return fmt.Errorf("want the format table, csv or json, not %q", f)
}

func forecastTable(a *study.ForecastAnswer, v View) string {
	var b strings.Builder
	f := a.Forecast
	title := f.Subject.File.Title
	if title == "" {
		title = f.Subject.Name
	}
	b.WriteString(v.strong(title) + "\n")
	fmt.Fprintf(&b, "%s × %s from %s · seed %d\n", count(a.N, "future"), count(f.Days, "day"), clockOf(a, f.At), f.Subject.Seed)
	switch {
	case f.From != nil:
		fmt.Fprintf(&b, "futures that part from replication %d at that time\n", f.From.Replication)
	case f.Count != nil:
		n := 0
		for _, h := range a.Hospitals {
			if h.Counted {
				n++
			}
		}
		fmt.Fprintf(&b, "%s: %d of %s counted\n", f.Count.File, n, count(len(a.Hospitals), "hospital"))
	default:
		b.WriteString("nothing was counted: all is as the scenario starts\n")
	}
	if len(f.Subject.Settings) > 0 {
		b.WriteString("with " + strings.Join(f.Subject.Settings, ", ") + "\n")
	}
	b.WriteString("\n" + forecastVerdict(a, v) + "\n\n")
	b.WriteString(forecastHospitals(a, v))
	b.WriteString(forecastSend(a, v))
	for _, e := range a.WhatIf {
		b.WriteString("\n  " + v.strong("What if "+e.Name) + ", in the same futures\n")
		b.WriteString(forecastEffect(a, e, v))
	}
	forecastNext(&b, a, v)
	b.WriteByte('\n')
	for _, n := range forecastNotes(a) {
		for _, line := range wrap(n, 96) {
			b.WriteString("  " + v.faint(line) + "\n")
		}
	}
	return b.String()
}

// clockOf writes an instant as people say it: "Thu 5 Mar 08:00".
func clockOf(a *study.ForecastAnswer, t sim.Time) string {
	return time.Unix(int64(a.Start)*86400+int64(t), 0).UTC().Format("Mon 2 Jan 15:04")
}

// forecastVerdict says who runs out too often, and what the first hour is that
// matters.
func forecastVerdict(a *study.ForecastAnswer, v View) string {
	by := map[study.Verdict][]study.HospitalForecast{}
	for _, h := range a.Hospitals {
		by[h.Verdict] = append(by[h.Verdict], h)
	}
	verdict := a.Verdict()
	list := by[verdict]
	who := fmt.Sprintf("%d of %s", len(list), count(len(a.Hospitals), "hospital"))
	if len(list) == 1 {
		who = list[0].Label
	}
	often := fmt.Sprintf("within %s in more than %s of futures", count(a.Forecast.Days, "day"), Plain(100*a.Forecast.Bound, 3)+" %")
	run := " run out "
	if len(list) == 1 {
		run = " runs out "
	}
	s := who + run + often
	switch verdict {
	case study.Met:
		return mark(verdict, v) + " " + v.strong("No hospital runs out "+often)
	case study.Undecided:
		s = fmt.Sprintf("%s may run out %s: too close to call in %s", who, often, count(a.N, "future"))
	}
	first := slices.MinFunc(list, func(x, y study.HospitalForecast) int { return cmp.Compare(dueOf(x), dueOf(y)) })
	if first.Deadline.Needed && first.Deadline.Promised {
		s += fmt.Sprintf("; %s needs a delivery by %s", first.Label, clockOf(a, first.Deadline.Safe))
		if first.TooSoon {
			s += ", before any truck can be there"
		}
	}
	return mark(verdict, v) + " " + v.strong(s)
}

func dueOf(h study.HospitalForecast) sim.Time {
	if !h.Deadline.Needed {
		return sim.Never
	}
	return h.Deadline.Safe
}

// shownDays are the days of a forecast that a table has room for.
func shownDays(days int) (list []int) {
	for _, d := range []int{1, 2, 3, 5, 7, 14, 30, 60, 120} {
		if d < days {
			list = append(list, d)
		}
	}
	if len(list) > 6 {
		list = append(list[:1:1], list[len(list)-5:]...)
	}
	return append(list, days)
}

// chancePercent writes a probability with as many digits as its interval supports.
func chancePercent(c study.Chance) string {
	if c.Out == 0 {
		return "<" + Plain(100*c.Interval.Hi, 1)
	}
	return Number(100*c.P, 100*c.Interval.HalfWidth())
}

func forecastHospitals(a *study.ForecastAnswer, v View) string {
	days := shownDays(a.Forecast.Days)
	head := []string{"has run out, % of futures, by day", "full\t", "in use\t", "coming\t", "use/d\t"}
	for _, d := range days {
		head = append(head, fmt.Sprintf("%d\t", d))
	}
	g := newGrid(v, append(head, "± \t", "half by", "deliver by")...)
	rest := 0
	for i := range a.Hospitals {
		h := &a.Hospitals[i]
		if !v.All && i >= mostHospitals && h.Last().Out == 0 && !h.Deadline.Needed || !v.All && i >= 2*mostHospitals {
			rest++
			continue
		}
		name := cut(h.Label, longestLabel)
		if !h.Counted && a.Forecast.Count != nil {
			name += " *"
		}
		coming := ""
		if h.Coming > 0 {
			coming = fmt.Sprint(h.Coming)
		}
		row := []string{name, fmt.Sprint(h.Full), fmt.Sprint(h.InUse), coming, Plain(h.Use, 2)}
		for _, d := range days {
			row = append(row, chancePercent(h.Chances[d-1]))
		}
		last := h.Last()
		half := ""
		if !math.IsInf(h.Median, 1) {
			half = clockOf(a, a.Forecast.At.Add(sim.Span(h.Median*float64(sim.Day))))
		}
		g.row(append(row, Plain(100*last.Interval.HalfWidth(), 1), half, deliverBy(a, h))...)
	}
	s := g.String()
	if rest > 0 {
		s += fmt.Sprintf("  and %d that run out less often (--all shows them)\n", rest)
	}
	return s
}

// deliverBy writes by when the next delivery must arrive.
func deliverBy(a *study.ForecastAnswer, h *study.HospitalForecast) string {
	d := h.Deadline
	switch {
	case !d.Known:
		return nothing
	case !d.Promised:
		return "?"
	case !d.Needed:
		return "not in these days"
	case d.Safe <= a.Forecast.At:
		return "now"
	case h.TooSoon:
		return clockOf(a, d.Safe) + ", no truck"
	}
	return clockOf(a, d.Safe)
}

func forecastSend(a *study.ForecastAnswer, v View) string {
	if len(a.Send) == 0 {
		if a.Forecast.From != nil || a.Tried == 0 && a.Verdict() != study.Missed {
			return ""
		}
		if a.Tried == 0 && a.Idle != "" {
			return fmt.Sprintf("\n  %s   nothing: %s\n", v.strong("Send first"), a.Idle)
		}
		if a.Tried == 0 {
			return fmt.Sprintf("\n  %s   nothing, as nothing can be sent now\n", v.strong("Send first")) + forecastUnsent(a)
		}
		return fmt.Sprintf("\n  %s   nothing beside what the scenario's rules send by themselves: of %s tried, none leaves less time without oxygen\n",
			v.strong("Send first"), count(a.Tried, "other way"))
	}
	var b strings.Builder
	fmt.Fprintf(&b, "\n  %s, before what the scenario's rules would: enough for %s\n", v.strong("Send first"), count(a.Cover, "day"))
	g := newGrid(v, "to", "cylinders\t", "from", "by", "leaves", "arrives about", "must by")
	for _, s := range a.Send {
		by, leaves := strings.TrimPrefix(s.Truck, "truck."), "now"
		if by == "" {
			by = "courier"
		}
		if s.Leaves > a.Forecast.At {
			leaves = clockOf(a, s.Leaves)
		}
		must := clockOf(a, s.By)
		if s.Late {
			must += "  " + v.strong("too late")
		}
		g.row(cut(s.Label, longestLabel), fmt.Sprintf("%d %s", s.Count, s.TypeName), cut(a.Forecast.Subject.Label(s.From), longestLabel), by, leaves, clockOf(a, s.Arrives), must)
	}
	b.WriteString(g.String())
	b.WriteString(forecastUnsent(a))
	if a.Effect != nil {
		b.WriteString("  Simulated in the same futures, with these on their way:\n")
		b.WriteString(forecastEffect(a, a.Effect, v))
	}
	return b.String()
}

// forecastUnsent writes what is wanted and cannot be sent, and why.
func forecastUnsent(a *study.ForecastAnswer) string {
	var b strings.Builder
	for _, u := range a.Unsent {
		fmt.Fprintf(&b, "  %s lacks %d %s more, by %s: %s\n", u.Label, u.Count, u.TypeName, clockOf(a, u.By), u.Why)
	}
	return b.String()
}

// forecastEffect writes what a change does to the probabilities of running out.
func forecastEffect(a *study.ForecastAnswer, e *study.ForecastEffect, v View) string {
	g := newGrid(v, fmt.Sprintf("runs out within %s", count(a.Forecast.Days, "day")), "before %\t", "after %\t", "difference\t")
	row := func(name string, c study.ForecastShift) {
		difference := "~"
		if c.Shown {
			difference = PlusMinus(c.After-c.Before, c.Interval, 100)
		}
		half := 100 * c.Interval.HalfWidth()
		g.row(name, Number(100*c.Before, half), Number(100*c.After, half), difference)
	}
	row("any hospital", e.Network)
	for i, c := range e.Hospitals {
		if !v.All && i >= mostHospitals {
			break
		}
		row(cut(c.Label, longestLabel), c)
	}
	s := g.String()
	hours := "~"
	if !e.Hours.Contains(0) {
		hours = PlusMinus(e.HoursMean, e.Hours, 1) + " h"
	}
	return s + fmt.Sprintf("  time without oxygen, all hospitals: %s; less in %d futures, more in %d\n", hours, e.Better, e.Worse)
}

// forecastNext writes what one may want to ask next.
func forecastNext(b *strings.Builder, a *study.ForecastAnswer, v View) {
	before := "\n  " + v.strong("Next") + "   "
	for _, x := range a.Next() {
		fmt.Fprintf(b, "%s%-60s   %s\n", before, x.Command, v.faint(x.Why))
		before = "         "
	}
}

func forecastNotes(a *study.ForecastAnswer) (notes []string) {
	percent := Plain(100*a.Confidence, 4) + " %"
	notes = append(notes,
		fmt.Sprintf("To run out is to have somebody who needs oxygen and has none. Days are of 24 h from the count. ± is Wilson's %s interval of the last day's column, for each hospital alone; the first line is by exact intervals that hold for all hospitals together.", percent))
	if len(a.Hospitals) > 0 && a.Forecast.From == nil {
		notes = append(notes, fmt.Sprintf("Deliver by: if nothing at all came, not even what is on its way, the hospital would have run out before that hour in at most %s of futures; that the hour is early enough holds with %s confidence, for each hospital alone (order statistics, whatever the law).",
			Plain(100*a.Forecast.Bound, 3)+" %", percent))
	}
	if slices.ContainsFunc(a.Hospitals, func(h study.HospitalForecast) bool { return h.TooSoon }) {
		notes = append(notes, "No truck: none that is at home may leave early enough to be there by that hour, none comes home before it, and nothing on its way arrives sooner.")
	}
	if slices.ContainsFunc(a.Hospitals, func(h study.HospitalForecast) bool { return h.Deadline.Known && !h.Deadline.Promised }) {
		notes = append(notes, "?: too few futures to promise an hour; want more with -n.")
	}
	if len(a.Send) > 0 {
		notes = append(notes, "Send first: to those not shown to be safe, in the order of their hours, up to what they order up to, one stop a truck, as far as there are trucks at home and full cylinders; for how many days was chosen in other futures than those in which it is judged. It is a rule, not an optimum, and roads are taken to be open on that first way. Differences are paired (Tango), and ~ is what chance explains (McNemar).")
	}
	if a.Forecast.Count != nil && slices.ContainsFunc(a.Hospitals, func(h study.HospitalForecast) bool { return !h.Counted }) {
		notes = append(notes, "* nothing was counted there.")
	}
	for _, s := range a.Warnings {
		notes = append(notes, "! "+s+".")
	}
	for _, s := range a.Assumptions {
		notes = append(notes, "Assumed: "+s+".")
	}
	return notes
}
