package report

import (
	"encoding/csv"
	"encoding/json"
	"fmt"
	"io"
	"math"
	"strconv"
	"strings"

	"oxysim/sim/stats"
	"oxysim/study"
)

// figure is one number of an answer, for programs.
type figure struct {
	Of       string `json:"of"`   // a parameter, settings, or what the number is about
	What     string `json:"what"` // mean, difference, total …
	Metric   string `json:"metric"`
	Unit     string `json:"unit"`
	Estimate number `json:"estimate"`
	Lo       number `json:"lo"`
	Hi       number `json:"hi"`
	Method   string `json:"method"` // of the interval; empty if there is none
	N        int    `json:"n"`      // values it is made of
}

// sweepPage is an answer of sweep, ready to be written.
type sweepPage struct {
	question   string
	subject    *study.Subject
	how        string // "7 designs × 200 replications"
	confidence float64
	body       func(b *strings.Builder, v View) // between the heading and what is next
	figures    []figure
	next       []study.Advice
	notes      []string
}

// write writes a page.
func (p *sweepPage) write(w io.Writer, f Format, v View) error {
	switch f {
	case Table:
		return p.table(w, v)
	case CSV:
		return p.csv(w)
	case JSON:
		return p.json(w)
	}
	return fmt.Errorf("want the format table, csv or json, not %q", f)
}

func (p *sweepPage) table(w io.Writer, v View) error {
	var b strings.Builder
	title := p.subject.File.Title
	if title == "" {
		title = p.subject.Name
	}
	fmt.Fprintf(&b, "%s\n%s · %s × %s · seed %d\n", v.strong(title), Contents(p.subject.Config), p.how, Span(p.subject.Config.Horizon), p.subject.Seed)
	if len(p.subject.Settings) > 0 {
		b.WriteString("with " + strings.Join(p.subject.Settings, ", ") + "\n")
	}
	b.WriteString("\n")
	p.body(&b, v)
	before := "\n  " + v.strong("Next") + "   "
	for _, x := range p.next {
		fmt.Fprintf(&b, "%s%-60s   %s\n", before, x.Command, v.faint(x.Why))
		before = "         "
	}
	if len(p.notes) > 0 {
		b.WriteByte('\n')
	}
	for _, n := range p.notes {
		for _, line := range wrap(n, 96) {
			b.WriteString("  " + v.faint(line) + "\n")
		}
	}
	_, err := io.WriteString(w, b.String())
	return err
}

func (p *sweepPage) csv(w io.Writer) error {
	rows := [][]string{{"of", "what", "metric", "unit", "estimate", "lo", "hi", "method", "n"}}
	for _, f := range p.figures {
		rows = append(rows, []string{f.Of, f.What, f.Metric, f.Unit, exact(float64(f.Estimate)), exact(float64(f.Lo)), exact(float64(f.Hi)), f.Method, strconv.Itoa(f.N)})
	}
	return csv.NewWriter(w).WriteAll(rows)
}

// sweepJSON is an answer of sweep as JSON.
type sweepJSON struct {
	Question   string       `json:"question"`
	Title      string       `json:"title,omitempty"`
	Scenario   string       `json:"scenario"`
	Set        []string     `json:"set,omitempty"`
	Digest     string       `json:"digest"`
	Behaviour  int          `json:"behaviour"`
	Seed       uint64       `json:"seed"`
	Confidence float64      `json:"confidence"`
	Numbers    []figure     `json:"numbers"`
	Next       []adviceJSON `json:"next,omitempty"`
	Notes      []string     `json:"notes,omitempty"`
}

func (p *sweepPage) json(w io.Writer) error {
	o := p.subject.Origin()
	out := sweepJSON{
		Question: p.question, Title: p.subject.File.Title, Scenario: o.Scenario, Set: o.Set, Digest: o.Digest, Behaviour: o.Behaviour,
		Seed: o.Seed, Confidence: p.confidence, Numbers: some(p.figures), Notes: p.notes,
	}
	for _, x := range p.next {
		out.Next = append(out.Next, adviceJSON{x.Command, x.Why})
	}
	enc := json.NewEncoder(w)
	enc.SetEscapeHTML(false)
	enc.SetIndent("", "  ")
	return enc.Encode(out)
}

// add adds a number with its interval.
func (p *sweepPage) add(of, what string, g study.Gauge, r study.Reading) {
	p.addNumber(of, what, g.Name, g.Kind.Unit, r.Mean, r.Interval, r.Method, r.N)
}

func (p *sweepPage) addNumber(of, what, metric, unit string, x float64, in stats.Interval, method string, n int) {
	p.figures = append(p.figures, figure{of, what, metric, unit, number(x), number(in.Lo), number(in.Hi), method, n})
}

// noInterval stands beside a number that has none.
var noInterval = stats.Interval{Lo: math.NaN(), Hi: math.NaN()}

// gaugeHead is the head of a column with a gauge's values.
func gaugeHead(g study.Gauge) string {
	switch {
	case g.Kind.Indicator():
		return g.String() + ", %"
	case g.Kind.Unit == "1":
		return g.String()
	}
	return g.String() + ", " + g.Kind.Unit
}

// differs writes a difference: "=" if there was none in any replication, "~" if
// chance explains it.
func differs(d study.Shift, factor float64) string {
	switch {
	case d.Same:
		return "="
	case d.Chance:
		return "~"
	}
	return signed(d.Mean, d.Interval, factor)
}

// signed writes a difference with its sign and half-width.
func signed(mean float64, in stats.Interval, factor float64) string {
	s := PlusMinus(mean, in, factor)
	if mean > 0 {
		s = "+" + s
	}
	return minus(s)
}

// minus writes numbers with the sign of minus that is as wide as a plus.
func minus(s string) string { return strings.ReplaceAll(s, "-", "−") }

// percent writes the confidence of an answer.
func percent(confidence float64) string { return fmt.Sprintf("%g %%", round(100*confidence, 6)) }

// Sweep writes what a metric is for all values of one or two levers.
func Sweep(w io.Writer, f Format, a *study.SweepAnswer, v View) error {
	p := sweepPage{
		question: "sweep", subject: a.Subject, confidence: a.Confidence,
		how: fmt.Sprintf("%s × %s", count(len(a.Points)+1, "design"), count(a.N, "replication")),
	}
	for g, gauge := range a.Gauges {
		p.add("base", "mean", gauge, a.Base[g])
		for _, x := range a.Points {
			p.add(pointName(a, x), "mean", gauge, x.Readings[g])
			p.add(pointName(a, x), "difference", gauge, x.Differences[g].Reading)
		}
	}
	p.body = func(b *strings.Builder, v View) {
		for g := range a.Gauges {
			if g > 0 {
				b.WriteByte('\n')
			}
			if len(a.Axes) == 2 {
				sweepMatrix(b, a, g, v)
			} else {
				sweepList(b, a, g, v)
			}
		}
	}
	p.notes = append(p.notes,
		fmt.Sprintf("All designs met the same %s. Differences are from the scenario as it is, paired; \"~\" is a difference that chance explains, \"=\" none in any replication.", count(a.N, "future")),
		fmt.Sprintf("Intervals hold with %s confidence one at a time: %s.", percent(a.Confidence), sweepMethods(a)))
	for _, x := range a.Axes {
		if along := x.Lever.Along(); len(along) == 1 {
			p.notes = append(p.notes, fmt.Sprintf("With %s, %s turns by as much.", x.Lever.Key, along[0]))
		} else if len(along) > 1 {
			p.notes = append(p.notes, fmt.Sprintf("With each of %s, its reorder point turns by as much.", x.Lever.Key))
		}
	}
	if list, problems := study.Unknowns(a.Subject); len(problems) == 0 && len(list) > 0 {
		p.next = append(p.next, study.Advice{Command: study.Command(a.Subject, "sweep", "--tornado"), Why: "which uncertain parameter matters most"})
	} else {
		p.next = append(p.next, study.Advice{Command: study.Command(a.Subject, "check"), Why: "what was assumed, and is it plausible?"})
	}
	return p.write(w, f, v)
}

// sweepMethods says by what intervals are made.
func sweepMethods(a *study.SweepAnswer) string {
	event, mean := false, false
	for _, g := range a.Gauges {
		event, mean = event || g.Event(), mean || !g.Event()
	}
	switch {
	case event && mean:
		return "of probabilities Wilson's, of their differences Tango's, of means and theirs Student's"
	case event:
		return "Wilson's, and of differences Tango's"
	}
	return "Student's"
}

// pointName returns the settings of a design.
func pointName(a *study.SweepAnswer, x study.SweepPoint) string {
	var list []string
	for i, at := range x.At {
		l := a.Axes[i].Lever
		list = append(list, l.Key+"="+l.Text(a.Axes[i].Values[at]))
	}
	return strings.Join(list, " ")
}

// sweepList is the table of one lever.
func sweepList(b *strings.Builder, a *study.SweepAnswer, g int, v View) {
	l, gauge := a.Axes[0].Lever, a.Gauges[g]
	factor := percentOf(gauge.Kind)
	t := newGrid(v, l.Key+"\t", gaugeHead(gauge)+"\t", percent(a.Confidence)+" interval\t", "difference\t", "")
	row := func(name string, r study.Reading, difference, remark string) {
		t.row(name, Number(r.Mean*factor, r.Interval.HalfWidth()*factor), Between(r.Mean, r.Interval, factor), difference, v.faint(remark))
	}
	hasBase := false
	for _, x := range a.Points {
		remark := ""
		if x.IsBase {
			hasBase, remark = true, "as it is"
		}
		row(l.Text(a.Axes[0].Values[x.At[0]]), x.Readings[g], differs(x.Differences[g], factor), remark)
	}
	if !hasBase {
		row(l.Text(l.Base), a.Base[g], "", "as it is")
	}
	b.WriteString(t.String())
}

// sweepMatrix is the table of two levers.
func sweepMatrix(b *strings.Builder, a *study.SweepAnswer, g int, v View) {
	down, across, gauge := a.Axes[0], a.Axes[1], a.Gauges[g]
	factor := percentOf(gauge.Kind)
	fmt.Fprintf(b, "  %s; as it is %s\n", v.strong(gaugeHead(gauge)), PlusMinus(a.Base[g].Mean, a.Base[g].Interval, factor))
	fmt.Fprintf(b, "  down: %s; across: %s\n", down.Lever.Key, across.Lever.Key)
	head := []string{"\t"}
	for _, x := range across.Values {
		head = append(head, across.Lever.Text(x)+"\t")
	}
	t := newGrid(v, head...)
	for i, x := range down.Values {
		cells := []string{down.Lever.Text(x)}
		for j := range across.Values {
			p := a.Points[i*len(across.Values)+j]
			cell := PlusMinus(p.Readings[g].Mean, p.Readings[g].Interval, factor)
			switch d := p.Differences[g]; {
			case d.Same:
				cell += " ="
			case d.Chance:
				cell += " ~"
			default:
				cell += "  "
			}
			cells = append(cells, cell)
		}
		t.row(cells...)
	}
	b.WriteString(t.String())
}
