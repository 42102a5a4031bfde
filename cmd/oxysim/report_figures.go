package main

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"strings"

	"oxysim/plots"
	"oxysim/report"
	"oxysim/study"
)

// reportFigure is a figure of a report. It is what "oxysim plot" draws by the
// command at its foot.
type reportFigure struct {
	file    string // its name; what comes before a hyphen is the figure's
	section string // of the page, in which it stands
	most    int    // replications at most; 0 for all

	// Of a question: the figure of its answer, and the flags by which plot asks the
	// same. The others are asked.
	answer func(r *report.Results) (plots.Figure, error)
	flags  func(r *report.Results, f *plotFlags)
}

// reportFigures are in the order in which they stand. Of those that have a number
// of replications, more would move no line by more than its width.
var reportFigures = []reportFigure{
	{file: "risk", section: "risk"},
	{file: "map", section: "risk"},
	{
		file: "why", section: "why",
		answer: func(r *report.Results) (plots.Figure, error) { return figureOf(r.Why, causesIf(plots.NewWhy)) },
		flags:  func(r *report.Results, f *plotFlags) { f.n, f.fixed = r.Why.N, true },
	},
	{
		file: "why-each", section: "why",
		answer: func(r *report.Results) (plots.Figure, error) { return figureOf(r.Why, causesIf(plots.NewWhyEach)) },
		flags:  func(r *report.Results, f *plotFlags) { f.n, f.each = r.Why.N, true },
	},
	{file: "gantt", section: "why", most: 200},
	{
		file: "compare", section: "options",
		answer: func(r *report.Results) (plots.Figure, error) { return figureOf(r.Compare, plots.NewCompare) },
		flags:  compareAgain,
	},
	{
		file: "frontier", section: "options",
		answer: func(r *report.Results) (plots.Figure, error) { return figureOf(r.Compare, plots.NewFrontier) },
		flags:  compareAgain,
	},
	{
		file: "acceptability", section: "options",
		answer: func(r *report.Results) (plots.Figure, error) { return figureOf(r.Compare, plots.NewAcceptability) },
		flags:  compareAgain,
	},
	{
		file: "curve", section: "options",
		answer: func(r *report.Results) (plots.Figure, error) { return figureOf(r.Plan, plots.NewCurve) },
		flags: func(r *report.Results, f *plotFlags) {
			f.plan, _ = bufferFlags(r, r.Plan.Most)
			f.n = f.plan.n
		},
	},
	{
		file: "tornado", section: "sure",
		answer: func(r *report.Results) (plots.Figure, error) {
			return figureOf(r.Tornado, func(a *study.TornadoAnswer) (plots.Figure, error) { return plots.NewTornado(a), nil })
		},
		flags: func(r *report.Results, f *plotFlags) {
			f.n, f.metric = r.Tornado.N, r.Tornado.Gauge.Name
		},
	},
	{file: "survival", section: "closer"},
	{file: "stock", section: "closer", most: 200},
	{file: "cover", section: "closer", most: 100},
	{file: "cylinders", section: "closer", most: 100},
}

// figureOf returns the figure of an answer, or that there is none.
func figureOf[A any](a *A, figure func(*A) (plots.Figure, error)) (plots.Figure, error) {
	if a == nil {
		return nil, &study.Unfit{Why: "it was not asked"}
	}
	return figure(a)
}

// causesIf is the figure of causes, if they do anything.
func causesIf(figure func(*study.WhyAnswer) plots.Figure) func(*study.WhyAnswer) (plots.Figure, error) {
	return func(a *study.WhyAnswer) (plots.Figure, error) {
		if a.Total.Mean == 0 {
			return nil, &study.Unfit{Why: "thinking causes away changes nothing"}
		}
		return figure(a), nil
	}
}

func compareAgain(r *report.Results, f *plotFlags) { f.n = r.Compare.Compare.Most }

// drawReport draws the figures of a report. What cannot be drawn of a scenario,
// such as a map without positions, is left out.
func drawReport(ctx context.Context, k *study.Work, r *report.Results) error {
	for i := range reportFigures {
		d, err := reportFigures[i].draw(ctx, k, r)
		var unfit *study.Unfit
		switch {
		case errors.As(err, &unfit):
			continue
		case err != nil:
			return err
		}
		r.Figures = append(r.Figures, d)
	}
	return nil
}

// draw draws a figure in all formats, with the numbers behind it.
func (x *reportFigure) draw(ctx context.Context, k *study.Work, r *report.Results) (d report.Drawing, err error) {
	name, _, _ := strings.Cut(x.file, "-")
	f := plotFlags{n: len(r.Values), nSet: true, replication: -1, width: string(plots.Page)}
	if x.most > 0 {
		f.n = min(f.n, x.most)
	}
	drawn, err := x.drawn(ctx, k, r, name, f.n)
	if err != nil {
		return d, err
	}
	if x.flags != nil {
		x.flags(r, &f)
	}
	style := plots.Style{Width: plots.Page, Origin: plots.Origin{
		Subject: r.Subject, Replications: plural(f.n, "replication"), Command: f.again(r.Subject, name),
	}}
	d = report.Drawing{Name: x.file, Title: drawn.Title(), About: drawn.Subtitle(), Section: x.section, Files: map[string][]byte{}}
	for _, style.Format = range plots.Formats {
		var b bytes.Buffer
		if err := plots.Draw(&b, drawn, style); err != nil {
			return d, fmt.Errorf("draw %s: %w", x.file, err)
		}
		d.Files[style.Format] = b.Bytes()
	}
	var b bytes.Buffer
	err = plots.WriteData(&b, drawn)
	d.Files["csv"] = b.Bytes()
	return d, err
}

// drawn returns what is drawn: of an answer that is there, or simulated.
func (x *reportFigure) drawn(ctx context.Context, k *study.Work, r *report.Results, name string, n int) (plots.Figure, error) {
	if x.answer != nil {
		return x.answer(r)
	}
	entry, ok := plots.Find(name)
	if !ok {
		return nil, fmt.Errorf("there is no figure %q", name)
	}
	return entry.Ask(ctx, k, plots.Wish{Subject: r.Subject, N: n, Replication: -1})
}
