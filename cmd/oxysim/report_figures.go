package main

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"runtime/debug"
	"strings"
	"sync"

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
	{file: "map", section: "verdict"},
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
	{file: "gantt", section: "stories", most: 200},
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
		file: "acceptability", section: "costs",
		answer: func(r *report.Results) (plots.Figure, error) { return figureOf(r.Compare, plots.NewAcceptability) },
		flags:  compareAgain,
	},
	{
		file: "curve", section: "plan",
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
	var list []*drawing
	for i := range reportFigures {
		d, err := reportFigures[i].ask(ctx, k, r)
		var unfit *study.Unfit
		switch {
		case ctx.Err() != nil: // even if this one was asked: the others would be left out
			return ctx.Err()
		case errors.As(err, &unfit):
			continue
		case err != nil:
			return err
		}
		list = append(list, d)
	}
	k.Dismiss() // worlds are no longer needed, and pictures want room
	debug.SetGCPercent(gcPercent)
	var all sync.WaitGroup
	for _, d := range list {
		for f := range plots.Formats {
			all.Go(func() { d.draw(f) })
		}
	}
	all.Wait()
	for _, d := range list {
		if err := errors.Join(d.errs...); err != nil {
			return err
		}
		for f, format := range plots.Formats {
			d.Files[format] = d.formats[f].Bytes()
		}
		r.Figures = append(r.Figures, d.Drawing)
	}
	return nil
}

// drawing is a figure of a report that is being drawn: in each format by itself.
type drawing struct {
	report.Drawing
	figure  plots.Figure
	origin  plots.Origin
	formats []bytes.Buffer
	errs    []error
}

// ask returns the figure, not yet drawn, with the numbers behind it.
func (x *reportFigure) ask(ctx context.Context, k *study.Work, r *report.Results) (*drawing, error) {
	name, _, _ := strings.Cut(x.file, "-")
	f := plotFlags{n: len(r.Values), nSet: true, replication: -1, width: string(plots.Page)}
	if x.most > 0 {
		f.n = min(f.n, x.most)
	}
	drawn, err := x.drawn(ctx, k, r, name, f.n)
	if err != nil {
		return nil, err
	}
	if x.flags != nil {
		x.flags(r, &f)
	}
	var data bytes.Buffer
	if err := plots.WriteData(&data, drawn); err != nil {
		return nil, err
	}
	return &drawing{
		Drawing: report.Drawing{Name: x.file, Title: drawn.Title(), About: drawn.Subtitle(), Section: x.section, Files: map[string][]byte{"csv": data.Bytes()}},
		figure:  drawn,
		origin:  plots.Origin{Subject: r.Subject, Replications: plural(f.n, "replication"), Command: f.again(r.Subject, name)},
		formats: make([]bytes.Buffer, len(plots.Formats)), errs: make([]error, len(plots.Formats)),
	}, nil
}

// draw draws it in a format.
func (d *drawing) draw(f int) {
	style := plots.Style{Width: plots.Page, Format: plots.Formats[f], Origin: d.origin}
	if err := plots.Draw(&d.formats[f], d.figure, style); err != nil {
		d.errs[f] = fmt.Errorf("draw %s: %w", d.Name, err)
	}
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
