package report

import (
	"fmt"
	"io"
	"slices"
	"strings"

	"oxysim/sim/stats"
	"oxysim/study"
)

// Information writes what knowing a parameter before choosing is worth.
func Information(w io.Writer, f Format, a *study.InformationAnswer, v View) error {
	g := a.Gauge
	p := sweepPage{
		question: "evppi", subject: a.Subject, confidence: a.Confidence,
		how: fmt.Sprintf("%s × %s × %s", count(len(a.Choices), "option"), count(a.Points, "parameter vector"), count(a.N, "replication")),
	}
	unit := a.Unit()
	for _, c := range a.Choices {
		p.addNumber(choiceName(c), "net benefit", g.Name, unit, c.Benefit.Mean, c.Benefit.Interval, c.Benefit.Method, c.Benefit.N)
		p.addNumber(choiceName(c), "above the best now", g.Name, unit, c.Behind.Mean, c.Behind.Interval, c.Behind.Method, c.Behind.N)
		p.addNumber(choiceName(c), "best", g.Name, "1", c.Best, noInterval, "", a.Points)
	}
	p.addNumber("everything", "value of knowing", g.Name, unit, a.Perfect.Estimate, a.Perfect.Interval, studentT, a.Points)
	for _, x := range a.Rows {
		p.addNumber(x.Unknown.Name, "value of knowing", g.Name, unit, x.Value.Estimate, x.Value.Interval, studentT, a.Points)
	}
	factor, shown := 1.0, unit
	if a.Worth == nil {
		factor, shown = percentOf(g.Kind), strings.TrimSpace(unitOf(g.Kind))
	}
	head := func(s string) string {
		if shown == "" {
			return s + "\t"
		}
		return s + ", " + shown + "\t"
	}
	p.body = func(b *strings.Builder, v View) {
		now := a.Choices[a.Now]
		fmt.Fprintf(b, "  On what is known now, %s is best.", v.strong(choiceName(now)))
		settled := now.Best == 1
		switch {
		case settled:
			fmt.Fprintf(b, " Knowing more would change nothing:\n  no other is best for any of the %s, which leaves at most %s %% of what may be true.\n\n",
				count(a.Points, "parameter vector"), Plain(100*stats.ClopperPearsonUpper(0, a.Points, a.Confidence), 2))
		case a.Perfect.Interval.Lo > 0:
			fmt.Fprintf(b, " Knowing everything before choosing would be worth %s %s.\n\n", v.strong(PlusMinus(a.Perfect.Estimate, a.Perfect.Interval, factor)), shown)
		default:
			fmt.Fprintf(b, " Knowing more is not shown to be worth anything: at most %s %s.\n\n", Plain(a.Perfect.Interval.Hi*factor, 2), shown)
		}
		t := newGrid(v, "option", head("net benefit"), "above the best now\t", "best for, % of vectors\t", "")
		for i, c := range a.Choices {
			remark := ""
			if i == a.Now {
				remark = "chosen now"
			}
			t.row(choiceName(c), minus(PlusMinus(c.Benefit.Mean, c.Benefit.Interval, factor)), differs(c.Behind, factor), fixed(100*c.Best, 0), v.faint(remark))
		}
		b.WriteString(t.String())
		if settled {
			return
		}
		b.WriteByte('\n')
		t = newGrid(v, "uncertain parameter", "written", head("worth knowing"), head("at most"))
		for _, x := range a.Rows {
			worth := PlusMinus(x.Value.Estimate, x.Value.Interval, factor)
			if x.Nothing {
				worth = "~"
			}
			most := Plain(max(0, x.Value.Interval.Hi)*factor, 2)
			switch {
			case neverSwitched(x):
				most = "0 *"
			case len(x.Value.Warnings) > 0:
				most = nothing
			}
			t.row(unknownName(x.Unknown), cut(x.Unknown.Written, longestLabel), worth, most)
		}
		b.WriteString(t.String())
	}
	metric := "The net benefit is " + g.String()
	if g.Kind.Better < 0 {
		metric += ", with its sign changed"
	}
	if a.Worth == nil {
		metric += "; options cost nothing here: --worth says what a unit of the metric is worth in money."
	} else {
		metric += fmt.Sprintf(", times %g %s and per year, less what is bought for the option, per year of its life; what is used, such as diesel, is left out.", a.Worth.Amount, a.Worth.Currency)
	}
	p.notes = append(p.notes, metric+" Options that are equally good for some values are both best for them.",
		"What is worth knowing is by how much better one would choose on average, if the parameter were known before: by regression of the net benefit on it, each vector judged by what the others tell (EVPPI). \"~\" is a value that is not shown to differ from 0, and \"–\" no upper bound, as too few vectors lead to another choice.",
		fmt.Sprintf("All options met the same %s with a parameter vector, and others with each other vector. Intervals are Student's over vectors, %s confidence, one at a time; knowing everything is judged by halves of the futures, between a low and a high estimate.", count(a.N, "future"), percent(a.Confidence)),
		unknownsNote)
	if slices.ContainsFunc(a.Rows, neverSwitched) {
		p.notes = append(p.notes, fmt.Sprintf("* Another choice for none of the %s: the 0 is no interval, of which at least 20 would be wanted for the confidence stated.", count(a.Points, "parameter vector")))
	}
	for _, x := range a.Warnings {
		p.notes = append(p.notes, x.Error()+".")
	}
	for _, x := range a.Perfect.Warnings {
		if a.Choices[a.Now].Best == 1 {
			break
		}
		p.notes = append(p.notes, "Of knowing everything: "+x.Error()+".")
	}
	p.next = append(p.next, study.Advice{Command: study.Command(a.Subject, "compare"), Why: "the options with the values as written"})
	return p.write(w, f, v)
}

// neverSwitched reports whether knowing a parameter led to another choice for no
// vector, so that nothing was gained.
func neverSwitched(x study.InformationRow) bool {
	return x.Value.Switched == 0 && x.Value.Interval.Hi == 0
}

// choiceName is the name of an option.
func choiceName(c study.OptionValue) string {
	if c.Option == "" {
		return "as it is"
	}
	return c.Option
}
