package report

import (
	"fmt"
	"io"
	"strings"

	"oxysim/study"
)

// hospitalTable writes everything about one hospital.
func hospitalTable(w io.Writer, a *study.Answer, v View) error {
	var b strings.Builder
	heading(&b, a, v)
	name := a.Subject.Label(v.Hospital)
	for _, j := range a.Judged {
		if j.Thing == v.Hospital {
			fmt.Fprintf(&b, "\n  %s %s\n", mark(j.Verdict, v), v.strong(name+": "+a.Target.String()+" is "+j.Verdict.String()))
			name = ""
		}
	}
	if name != "" {
		b.WriteString("\n  " + v.strong(name) + "\n")
	}
	g := newGrid(v, "metric", "mean\t", fmt.Sprintf("%g %% interval\t", round(100*a.Confidence, 6)), "median\t", "95 % of runs below\t", "unit", "meaning")
	for _, e := range a.Estimates {
		thing, metric := study.Thing(e.Metric.Name)
		if thing != v.Hospital {
			continue
		}
		factor, unit := percentOf(e.Metric), strings.TrimSpace(unitOf(e.Metric))
		half := e.Interval.HalfWidth() * factor
		g.row(metric, Number(e.Mean*factor, half), Between(e.Mean, e.Interval, factor), quantile(e.P50), quantile(e.P95), unit, e.Metric.Meaning)
	}
	b.WriteString("\n" + g.String())
	_, err := io.WriteString(w, b.String())
	return err
}

// quantile writes a quantile, of which three digits are known.
func quantile(x float64) string { return Plain(x, 3) }
