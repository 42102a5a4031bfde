package report

import (
	"fmt"
	"io"
	"math"
	"strings"

	"github.com/jedib0t/go-pretty/v6/text"

	"oxysim/model"
	"oxysim/sim"
	"oxysim/study"
)

// longestLabel is how much is shown of a label in a table.
const longestLabel = 40

// mostHospitals is how many hospitals are listed, unless all are asked for.
const mostHospitals = 12

// runTable writes the verdict, the hospitals, the plants and what to do next.
func runTable(w io.Writer, a *study.Answer, v View) error {
	var b strings.Builder
	heading(&b, a, v)
	b.WriteString("\n" + verdictLine(a, v) + "\n\n")
	b.WriteString(hospitals(a, v).String())
	if rest := theOthers(a, v); rest != "" {
		b.WriteString("  " + rest + "\n")
	}
	if g := plants(a, v); len(g.rows) > 0 {
		b.WriteString("\n" + g.String())
	}
	next(&b, a, v)
	if notes := footnotes(a); len(notes) > 0 {
		b.WriteByte('\n')
		for _, n := range notes {
			for _, line := range wrap(n, 96) {
				b.WriteString("  " + v.faint(line) + "\n")
			}
		}
	}
	_, err := io.WriteString(w, b.String())
	return err
}

// next writes what to do next: commands, with what for beside them.
func next(b *strings.Builder, a *study.Answer, v View) {
	const column = 60 // of what for, unless the command is longer
	before := "\n  " + v.strong("Next") + "   "
	for _, x := range a.Next() {
		fmt.Fprintf(b, "%s%-*s   %s\n", before, column, x.Command, v.faint(x.Why))
		before = "         "
	}
}

// wrap breaks a text into lines of at most so many characters.
func wrap(s string, most int) (lines []string) {
	line := ""
	for _, w := range strings.Fields(s) {
		if line != "" && len([]rune(line))+1+len([]rune(w)) > most {
			lines = append(lines, line)
			line = ""
		}
		if line != "" {
			line += " "
		}
		line += w
	}
	return append(lines, line)
}

// heading writes what is simulated, how often and for how long.
func heading(b *strings.Builder, a *study.Answer, v View) {
	title := a.Subject.File.Title
	if title == "" {
		title = a.Subject.Name
	}
	b.WriteString(v.strong(title) + "\n")
	replications := count(a.N, "replication")
	if a.First > 0 {
		replications += fmt.Sprintf(" from %d on", a.First)
	}
	fmt.Fprintf(b, "%s · %s × %s · seed %d\n", Contents(a.Subject.Config), replications, Span(a.Subject.Config.Horizon), a.Origin.Seed)
	if len(a.Subject.Settings) > 0 {
		b.WriteString("with " + strings.Join(a.Subject.Settings, ", ") + "\n")
	}
}

// Contents says what a scenario is made of: "10 hospitals, 1 plant, …".
func Contents(cfg *model.Config) string {
	vendors, cylinders := 0, 0
	for i := range cfg.Plants {
		if cfg.Plants[i].Vendor != nil {
			vendors++
		}
	}
	for _, f := range study.Fleets(cfg) {
		cylinders += f.Count
	}
	parts := []string{count(len(cfg.Hospitals), "hospital")}
	for _, x := range []struct {
		n    int
		what string
	}{{len(cfg.Plants) - vendors, "plant"}, {vendors, "vendor"}, {len(cfg.Trucks), "truck"}, {cylinders, "cylinder"}} {
		if x.n > 0 {
			parts = append(parts, count(x.n, x.what))
		}
	}
	return strings.Join(parts, ", ")
}

// Span writes a length of time in the largest unit that fits.
func Span(d sim.Span) string {
	for _, u := range []struct {
		of   sim.Span
		name string
	}{{sim.Day, "day"}, {sim.Hour, "hour"}, {sim.Minute, "minute"}} {
		if d%u.of == 0 && d > 0 {
			return count(int(d/u.of), u.name)
		}
	}
	return d.String()
}

// mark is a sign for a verdict, in its colour.
func mark(x study.Verdict, v View) string {
	switch x {
	case study.Met:
		return v.paint("✓", text.FgGreen)
	case study.Missed:
		return v.paint("✗", text.FgRed, text.Bold)
	}
	return v.paint("?", text.FgYellow, text.Bold)
}

// verdictLine says whether the target is met.
func verdictLine(a *study.Answer, v View) string {
	n := map[study.Verdict]int{}
	for _, j := range a.Judged {
		n[j.Verdict]++
	}
	all := len(a.Judged)
	var s string
	perHospital := all > 1 || strings.HasPrefix(a.Judged[0].Thing, "hospital.")
	switch {
	case !perHospital:
		s = map[study.Verdict]string{study.Met: "the target is met", study.Missed: "the target is missed", study.Undecided: "undecided whether the target is met"}[a.Verdict]
	case all == 1:
		s = map[study.Verdict]string{study.Met: "the hospital meets the target", study.Missed: "the hospital misses the target", study.Undecided: "undecided whether the hospital meets the target"}[a.Verdict]
	case a.Verdict == study.Met && all == 2:
		s = "both hospitals meet the target"
	case a.Verdict == study.Met:
		s = fmt.Sprintf("all %d hospitals meet the target", all)
	case a.Verdict == study.Missed:
		s = fmt.Sprintf("%d of %s", n[study.Missed], count(all, "hospital"))
		if n[study.Missed] == 1 {
			s += " misses the target"
		} else {
			s += " miss the target"
		}
		if k := n[study.Undecided]; k > 0 {
			s += fmt.Sprintf(", %d undecided", k)
		}
	default:
		s = fmt.Sprintf("%d of %s undecided, none misses the target", n[study.Undecided], count(all, "hospital"))
	}
	s = "  " + mark(a.Verdict, v) + " " + v.strong(s+": "+a.Target.String())
	if !perHospital {
		e := a.Judged[0].Estimate
		s += ", estimated " + Between(e.Mean, e.Interval, percentOf(e.Metric)) + unitOf(e.Metric)
	}
	if a.Target.Default {
		s += v.faint("   (a default: the scenario has no [target])")
	}
	return s
}

// percentOf returns 100 for a probability, which is shown in per cent, and 1
// for others.
func percentOf(m model.Metric) float64 {
	if m.Indicator() {
		return 100
	}
	return 1
}

// unitOf returns what is written after a number that has been multiplied by
// percentOf.
func unitOf(m model.Metric) string {
	switch {
	case m.Indicator():
		return " %"
	case m.Unit == "1":
		return ""
	}
	return " " + m.Unit
}

// column is a column of the table of hospitals, for those that have the metric.
type column struct {
	metric string
	head   string
	factor float64
}

// columns are what is shown of hospitals beside what the target is about. Of
// several columns with one head, a hospital shows the first that it has.
func columns(a *study.Answer) []column {
	hours := column{"stockout_hours", "without oxygen, h/run", 1}
	if kept := a.Subject.Config.Horizon - a.Subject.Config.WarmUp; kept >= sim.Year {
		hours = column{"stockout_hours", "without oxygen, h/year", float64(sim.Year) / float64(kept)}
	}
	all := []column{
		hours,
		{"cover_days", "cover, days", 1},
		{"supplied_share", "supplied, %", 100},
		{"fill_rate", "served at once, %", 100},
	}
	var shown []column
	for _, c := range all {
		for _, thing := range a.Things("hospital") {
			if a.Estimate(thing+"."+c.metric) != nil {
				shown = append(shown, c)
				break
			}
		}
	}
	return shown
}

// hospitals is the table of hospitals, the worst first.
func hospitals(a *study.Answer, v View) *grid {
	target := a.Target.Metric + ", " + a.Target.Unit() + "\t"
	if a.Target.Probability() {
		target = "P(" + a.Target.Metric + "), %\t"
	} else if a.Target.Unit() == "1" {
		target = a.Target.Metric + "\t"
	}
	list, judged := a.Hospitals()
	if !judged {
		target = "P(stockout), %\t"
	}
	head := []string{"hospital", "", target, fmt.Sprintf("%g %% interval\t", round(100*a.Confidence, 6))}
	extra := columns(a)
	for _, c := range extra {
		head = append(head, c.head+"\t")
	}
	g := newGrid(v, append(head, "")...)
	for i, j := range list {
		if i == mostHospitals && !v.All {
			break
		}
		e := j.Estimate
		factor := percentOf(e.Metric)
		sign, hint := "", ""
		if judged {
			sign = mark(j.Verdict, v)
			if j.Verdict == study.Undecided && !v.Page {
				hint = v.faint("undecided: try --precision " + a.Decisive().String())
			}
		}
		name := a.Subject.Label(j.Thing)
		if !v.Page {
			name = cut(name, longestLabel)
		}
		cells := []string{name, sign,
			Number(e.Mean*factor, e.Interval.HalfWidth()*factor), Between(e.Mean, e.Interval, factor)}
		for _, c := range extra {
			cell := nothing
			if x := a.Estimate(j.Thing + "." + c.metric); x != nil {
				cell = PlusMinus(x.Mean, x.Interval, c.factor)
			}
			cells = append(cells, cell)
		}
		g.row(append(cells, hint)...)
	}
	return g
}

// theOthers says in one line what is not in the table.
func theOthers(a *study.Answer, v View) string {
	list, judged := a.Hospitals()
	if v.All || len(list) <= mostHospitals {
		return ""
	}
	list = list[mostHospitals:]
	n := map[study.Verdict]int{}
	for _, j := range list {
		if judged {
			n[j.Verdict]++
		}
	}
	s := count(len(list), "other")
	for _, x := range []study.Verdict{study.Missed, study.Undecided, study.Met} {
		switch {
		case n[x] == 0:
		case n[x] == len(list):
			s += " " + mark(x, v)
		default:
			s += fmt.Sprintf(" %s %d", mark(x, v), n[x])
		}
	}
	first := list[0].Estimate // the worst of them
	than := "≤"
	if !math.IsInf(a.Target.AtLeast, -1) && math.IsInf(a.Target.AtMost, 1) {
		than = "≥"
	}
	factor := percentOf(first.Metric)
	s += fmt.Sprintf("   %s %s%s", than, Number(first.Mean*factor, first.Interval.HalfWidth()*factor), unitOf(first.Metric))
	return s + v.faint("   (--all to list)")
}

// plants is the table of plants and vendors that fill cylinders: how many,
// and what keeps them from filling more.
func plants(a *study.Answer, v View) *grid {
	g := newGrid(v, "plant", "filled/day\t", "uptime, %\t", "what held filling back, % of the time")
	for _, kind := range []string{"plant", "vendor"} {
		for _, thing := range a.Things(kind) {
			filled := a.Estimate(thing + ".filled_per_day")
			if filled == nil {
				continue
			}
			uptime := nothing
			if e := a.Estimate(thing + ".uptime"); e != nil {
				uptime = PlusMinus(e.Mean, e.Interval, 100)
			}
			g.row(cut(a.Subject.Label(thing), longestLabel), PlusMinus(filled.Mean, filled.Interval, 1), uptime, binding(a, thing))
		}
	}
	return g
}

// bindings say in words what a constraint is.
var bindings = map[string]string{
	"empties":   "no empties to fill",
	"shift":     "closed",
	"power":     "no power",
	"outage":    "machines down",
	"flow":      "too little gas",
	"booster":   "booster",
	"positions": "all positions busy",
}

// binding lists the two constraints that bound a plant longest.
func binding(a *study.Answer, thing string) string {
	type share struct {
		what string
		e    *study.Estimate
	}
	var list []share
	for _, e := range a.Estimates {
		if of, metric := study.Thing(e.Metric.Name); of == thing && strings.HasPrefix(metric, "bound_") && e.Mean > 0 {
			what := strings.TrimPrefix(metric, "bound_")
			if word := bindings[what]; word != "" {
				what = word
			}
			x := share{what, a.Estimate(e.Metric.Name)}
			at := len(list)
			for at > 0 && list[at-1].e.Mean < e.Mean {
				at--
			}
			list = append(list[:at], append([]share{x}, list[at:]...)...)
		}
	}
	var words []string
	for _, x := range list[:min(2, len(list))] {
		words = append(words, fmt.Sprintf("%s %s", x.what, fixed(100*x.e.Mean, 0)))
	}
	if len(words) == 0 {
		return nothing
	}
	return strings.Join(words, ", ")
}

// footnotes are what the reader of the numbers must be told.
func footnotes(a *study.Answer) (notes []string) {
	percent := fmt.Sprintf("%g %%", round(100*a.Confidence, 6))
	if a.N < 2 {
		notes = append(notes, "One replication tells nothing about chance: there are no intervals.")
	}
	verdict := "The verdict"
	if n := len(a.Judged); n > 1 {
		verdict += fmt.Sprintf(" holds for the %d hospitals together with %s confidence (Bonferroni)", n, percent)
	} else {
		verdict += fmt.Sprintf(" holds with %s confidence", percent)
	}
	how := ""
	switch {
	case a.Precision != study.Precision{}:
		how = "; intervals hold although the run stopped when they were narrow enough (anytime-valid)"
	case a.Target.Probability():
		how = ", by Clopper–Pearson; the intervals shown are Wilson's, one at a time"
	}
	notes = append(notes, verdict+how+".")
	if a.Precision != (study.Precision{}) && !a.Reached {
		notes = append(notes, fmt.Sprintf("The precision %s was not reached in %s: give more with -n.", a.Precision, count(a.N, "replication")))
	}
	for _, w := range a.Warnings {
		notes = append(notes, w.Error()+".")
	}
	return notes
}
