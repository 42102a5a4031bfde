package report

import (
	"fmt"
	"io"
	"math"
	"strings"

	"oxysim/sim/stats"
	"oxysim/study"
)

// Methods of intervals that are made by resampling or by looking at halves.
const (
	bootstrapped = "bootstrap"
	studentT     = "t"
)

// Morris writes which uncertain parameters matter at all.
func Morris(w io.Writer, f Format, a *study.MorrisAnswer, v View) error {
	g := a.Gauge
	factor := percentOf(g.Kind)
	p := sweepPage{
		question: "morris", subject: a.Subject, confidence: a.Confidence,
		how: fmt.Sprintf("%s × %s", count(a.Designs, "design"), count(2*a.N, "replication")),
	}
	for _, x := range a.Rows {
		e := x.Effect
		p.addNumber(x.Unknown.Name, "mu*", g.Name, g.Kind.Unit, e.MuStar, e.MuStarInterval, studentT, a.Walks)
		p.addNumber(x.Unknown.Name, "noise line of mu*", g.Name, g.Kind.Unit, x.Line, noInterval, "", a.Walks)
		p.addNumber(x.Unknown.Name, "mu", g.Name, g.Kind.Unit, e.Mu, e.MuInterval, studentT, a.Walks)
		p.addNumber(x.Unknown.Name, "sigma", g.Name, g.Kind.Unit, e.Sigma, e.SigmaInterval, "bonett", a.Walks)
	}
	p.body = func(b *strings.Builder, v View) {
		fmt.Fprintf(b, "  Effect on %s%s\n\n", v.strong(g.String()), inUnit(g))
		t := newGrid(v, "uncertain parameter", "written", "size of the effect, μ*\t", "noise line\t", "its direction, μ\t", "how it varies, σ\t", "")
		for _, x := range a.Rows {
			e, remark := x.Effect, ""
			if x.Noise {
				remark = "~"
			}
			t.row(unknownName(x.Unknown), cut(x.Unknown.Written, longestLabel), PlusMinus(e.MuStar, e.MuStarInterval, factor), Plain(x.Line*factor, 2),
				signed(e.Mu, e.MuInterval, factor), Plain(e.Sigma*factor, 2), remark)
		}
		b.WriteString(t.String())
	}
	p.notes = append(p.notes,
		fmt.Sprintf("%s through the space of parameters, each from its 5 %% to its 95 %% quantile; an effect is for all of that. σ beside μ* says that the effect depends on the other parameters, or is not in proportion.", count(a.Walks, "walk")),
		fmt.Sprintf("The designs of a walk met the same %s, and each walk others. A parameter without effect stays below its noise line with %s confidence, by what another %s make of the same walks; \"~\" is not told apart from it. Intervals are Student's over walks, one at a time.", count(a.N, "future"), percent(a.Confidence), count(a.N, "future")),
		unknownsNote)
	p.next = append(p.next, sweepNext(a.Subject, g, "--sobol", "shares of the variance, with luck as one of them"))
	return p.write(w, f, v)
}

// inUnit is a gauge's unit in words.
func inUnit(g study.Gauge) string {
	if u := unitOf(g.Kind); u != "" {
		return ", in" + u
	}
	return ""
}

// Sobol writes of which parts the variance of a metric is made.
func Sobol(w io.Writer, f Format, a *study.SobolAnswer, v View) error {
	g := a.Gauge
	factor := percentOf(g.Kind)
	p := sweepPage{
		question: "sobol", subject: a.Subject, confidence: a.Confidence,
		how: fmt.Sprintf("%s, %s", count(a.Used, "base point"), count(a.Runs, "replication")),
	}
	p.add("", "mean", g, a.Mean)
	p.addNumber("", "variance", g.Name, "("+g.Kind.Unit+")²", a.Var, noInterval, "", a.Mean.N)
	for _, x := range a.Rows {
		p.addNumber(factorName(x), "first", g.Name, "1", x.Index.First, x.Index.FirstInterval, bootstrapped, a.Used)
		p.addNumber(factorName(x), "total", g.Name, "1", x.Index.Total, x.Index.TotalInterval, bootstrapped, a.Used)
	}
	p.body = func(b *strings.Builder, v View) {
		fmt.Fprintf(b, "  %s is %s%s over all that is not known; standard deviation %s\n\n", v.strong(g.String()),
			PlusMinus(a.Mean.Mean, a.Mean.Interval, factor), unitOf(g.Kind), Plain(math.Sqrt(a.Var)*factor, 3))
		t := newGrid(v, "factor", "written", "by itself, % of the variance\t", "in all, %\t")
		for _, x := range a.Rows {
			name, text := "luck", "which future it is"
			if !x.Luck {
				name, text = unknownName(x.Unknown), cut(x.Unknown.Written, longestLabel)
			} else {
				name = v.strong(name)
			}
			t.row(name, text, indexCell(x.Index.First, x.Index.FirstInterval), indexCell(x.Index.Total, x.Index.TotalInterval))
		}
		b.WriteString(t.String())
	}
	p.notes = append(p.notes,
		"By itself: the share of the variance that would go if the factor were known (first-order index). In all: the share that would stay if all the others were known (total index); these may sum to more than 100 %. Luck is the number of the future; it is irreducible.",
		fmt.Sprintf("Intervals are bootstrap intervals over base points, with %s confidence, nominal and one at a time.", percent(a.Confidence)))
	if !a.Settled {
		p.notes = append(p.notes, fmt.Sprintf("The total indices are not yet known to within %g points, which was wanted: give more with --points.", round(100*a.Width, 6)))
	}
	p.notes = append(p.notes, unknownsNote)
	p.next = append(p.next, sweepNext(a.Subject, g, "--uncertainty", "between what the expected value lies"))
	if !a.Settled {
		p.next = append(p.next, study.Advice{
			Command: study.Command(a.Subject, "sweep", "--sobol", "--metric", g.Name, "--points", fmt.Sprint(4*a.Points)),
			Why:     "half the width",
		})
	}
	return p.write(w, f, v)
}

// indexCell writes a share of the variance in per cent, to a tenth at most.
func indexCell(x float64, in stats.Interval) string {
	decimals := 1
	if in.HalfWidth() >= 0.02 {
		decimals = 0
	}
	if x < 0 {
		x = 0 // an estimate of what is never negative
	}
	return fmt.Sprintf("%s (%s – %s)", fixed(100*x, decimals), fixed(100*max(0, in.Lo), decimals), fixed(100*max(0, in.Hi), decimals))
}

// factorName is the name of a factor for programs.
func factorName(x study.SobolRow) string {
	if x.Luck {
		return "luck"
	}
	return x.Unknown.Name
}

// Spread writes how much of a spread is luck and how much is not knowing.
func Spread(w io.Writer, f Format, a *study.SpreadAnswer, v View) error {
	g := a.Gauge
	factor := percentOf(g.Kind)
	p := sweepPage{
		question: "uncertainty", subject: a.Subject, confidence: a.Confidence,
		how: fmt.Sprintf("%s × %s", count(a.Points, "parameter vector"), count(a.N, "replication")),
	}
	rows, columns, rest := a.Parts.Shares()
	p.add("as written", "mean", g, a.Written)
	p.add("over what is not known", "mean", g, a.Mean)
	p.addNumber("over what is not known", fmt.Sprintf("band of %g %%", round(100*a.Band, 6)), g.Name, g.Kind.Unit, a.Mean.Mean, stats.Interval{Lo: a.Lo, Hi: a.Hi}, "band", a.Points)
	parts := []struct {
		of, means       string
		share, variance float64
		in, of2         stats.Interval
	}{
		{"luck", "which future it is: irreducible", columns, a.Parts.Columns, a.Shares.Columns, a.Variances.Columns},
		{"not knowing", "which values are true: measuring helps", rows, a.Parts.Rows, a.Shares.Rows, a.Variances.Rows},
		{"both together", "how luck strikes depends on what is true", rest, a.Parts.Rest, a.Shares.Rest, a.Variances.Rest},
	}
	for _, x := range parts {
		p.addNumber(x.of, "share", g.Name, "1", x.share, x.in, bootstrapped, a.Points*a.N)
		p.addNumber(x.of, "variance", g.Name, "("+g.Kind.Unit+")²", x.variance, x.of2, bootstrapped, a.Points*a.N)
	}
	p.body = func(b *strings.Builder, v View) {
		fmt.Fprintf(b, "  Of the variance of %s, %s is luck, %s is not knowing %s, and %s is both together.\n\n",
			v.strong(g.String()), share(columns), share(rows), count(len(a.Unknowns), "parameter"), share(rest))
		t := newGrid(v, "", "share, %\t", percent(a.Confidence)+" interval\t", "standard deviation"+inUnit(g)+"\t", "")
		for _, x := range parts {
			t.row(x.of, Number(100*x.share, 100*x.in.HalfWidth()), Between(x.share, x.in, 100), Plain(math.Sqrt(x.variance)*factor, 3), v.faint(x.means))
		}
		b.WriteString(t.String())
		fmt.Fprintf(b, "\n  The expected value is %s%s as written, and %s%s over what is not known;\n  for %g %% of what may be true it lies between %s and %s.\n",
			PlusMinus(a.Written.Mean, a.Written.Interval, factor), unitOf(g.Kind), PlusMinus(a.Mean.Mean, a.Mean.Interval, factor), unitOf(g.Kind),
			round(100*a.Band, 6), Plain(a.Lo*factor, 3), Plain(a.Hi*factor, 3))
	}
	p.notes = append(p.notes,
		fmt.Sprintf("Every parameter vector, of a Latin hypercube, met the same %s: two-way analysis of variance, with bootstrap intervals over vectors and futures, %s confidence. The band is of expected values, freed of the noise of %s; it is no mix of luck and not knowing.",
			count(a.N, "future"), percent(a.Confidence), count(a.N, "future")),
		unknownsNote)
	p.next = append(p.next, sweepNext(a.Subject, g, "--sobol", "which parameter it is"))
	if len(a.Subject.File.Option) > 0 {
		p.next = append(p.next, sweepNext(a.Subject, g, "--evppi", "which one is worth measuring before choosing an option"))
	}
	return p.write(w, f, v)
}

// share writes a share of the whole in per cent.
func share(x float64) string { return fixed(100*x, 0) + " %" }
