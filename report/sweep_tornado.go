package report

import (
	"fmt"
	"io"
	"math"
	"strings"

	"oxysim/study"
)

// unknownsNote says what is taken for the law of what is not known.
const unknownsNote = "A value with a range has the triangular law with the value as written at its peak; one in [uncertain] is multiplied by a factor of the law there. " +
	"Numbers that are written alike, with the same range and source, are one parameter and move together; all others are independent."

// Tornado writes how much each uncertain parameter moves a metric.
func Tornado(w io.Writer, f Format, a *study.TornadoAnswer, v View) error {
	g := a.Gauge
	factor := percentOf(g.Kind)
	p := sweepPage{
		question: "tornado", subject: a.Subject, confidence: a.Confidence,
		how: fmt.Sprintf("%s × %s", count(1+2*len(a.Bars), "design"), count(a.N, "replication")),
	}
	p.add("as written", "mean", g, a.Base)
	for _, x := range a.Bars {
		p.add(x.Unknown.Name, "low "+x.LowText, g, x.Low.Reading)
		p.add(x.Unknown.Name, "high "+x.HighText, g, x.High.Reading)
		p.add(x.Unknown.Name, "swing", g, x.Swing.Reading)
	}
	p.body = func(b *strings.Builder, v View) {
		fmt.Fprintf(b, "  As written: %s %s%s\n\n", v.strong(g.String()), PlusMinus(a.Base.Mean, a.Base.Interval, factor), unitOf(g.Kind))
		t := newGrid(v, "uncertain parameter", "written", "at its low end\t", "", "at its high end\t", "swing\t")
		most := 0.0
		for _, x := range a.Bars {
			most = max(most, math.Abs(x.Low.Mean), math.Abs(x.High.Mean))
		}
		for _, x := range a.Bars {
			t.row(unknownName(x.Unknown), cut(x.Unknown.Written, longestLabel), differs(x.Low, factor), bar(x, most), differs(x.High, factor), differs(x.Swing, factor))
		}
		b.WriteString(t.String())
	}
	p.notes = append(p.notes,
		fmt.Sprintf("All designs met the same %s; one parameter is moved, the others are as written. Low and high are the ends of a range, and the 5 %% and 95 %% quantiles of a factor. "+
			"\"~\" is a difference that chance explains, \"=\" none in any replication.", count(a.N, "future")),
		fmt.Sprintf("Differences are paired; intervals (%s) hold with %s confidence one at a time.", readingMethod(g), percent(a.Confidence)),
		unknownsNote)
	p.next = append(p.next, sweepNext(a.Subject, g, "--uncertainty", "how much of the spread is luck, how much not knowing"),
		sweepNext(a.Subject, g, "--morris", "the same with the others moving too"))
	return p.write(w, f, v)
}

// readingMethod names the intervals of a gauge's differences.
func readingMethod(g study.Gauge) string {
	if g.Event() {
		return "Tango's"
	}
	return "Student's"
}

// sweepNext is advice to ask another question about the same metric.
func sweepNext(s *study.Subject, g study.Gauge, question, why string) study.Advice {
	return study.Advice{Command: study.Command(s, "sweep", question, "--metric", g.Name), Why: why}
}

// unknownName is the name of a parameter and for how many numbers it stands.
func unknownName(x study.Unknown) string {
	if x.Count() > 1 && !strings.HasSuffix(x.Name, ")") {
		return fmt.Sprintf("%s (%d)", x.Name, x.Count())
	}
	return x.Name
}

// bar draws from what a parameter makes of a metric at its low end to what it
// makes of it at its high end; the line in the middle is the scenario as it is
// written.
func bar(x study.Bar, most float64) string {
	const half = 10
	cells := []rune(strings.Repeat(" ", half) + "│" + strings.Repeat(" ", half))
	if most == 0 {
		return string(cells)
	}
	draw := func(d study.Shift, r rune) {
		if d.Same || d.Chance {
			return
		}
		n := int(math.Round(half * d.Mean / most))
		for ; n > 0; n-- {
			cells[half+n] = r
		}
		for ; n < 0; n++ {
			cells[half+n] = r
		}
	}
	if math.Abs(x.Low.Mean) > math.Abs(x.High.Mean) { // the shorter is drawn over the longer
		draw(x.Low, '░')
		draw(x.High, '█')
	} else {
		draw(x.High, '█')
		draw(x.Low, '░')
	}
	return string(cells)
}
