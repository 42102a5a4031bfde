package main

import (
	"context"
	"errors"
	"testing"

	"oxysim/report"
	"oxysim/study"
)

// A report that is interrupted while its figures are drawn is interrupted, and no
// report without figures: the first needs no further replication, and so is drawn
// although nobody waits for it.
func TestInterruptedReportLeavesNoFigureOut(t *testing.T) {
	s, problems := study.Open("one-cylinder", "run.horizon=2d")
	if len(problems) > 0 {
		t.Fatal(problems)
	}
	run, err := study.NewRun(s, 0, 2, study.Precision{})
	if err != nil {
		t.Fatal(err)
	}
	k := study.NewWork(s)
	ctx, cancel := context.WithCancel(context.Background())
	r := &report.Results{Subject: s}
	if err := run.Ask(ctx, k, func(_ int, values []float64) { r.Values = append(r.Values, values) }); err != nil {
		t.Fatal(err)
	}
	r.Answer = run.Answer()
	if err := drawReport(ctx, k, r); err != nil || len(r.Figures) == 0 {
		t.Fatalf("got %d figures and error %v before it is interrupted", len(r.Figures), err)
	}
	r.Figures = nil
	cancel()
	if err := drawReport(ctx, k, r); !errors.Is(err, context.Canceled) {
		t.Errorf("got %d figures and error %v, want that it was interrupted", len(r.Figures), err)
	}
}
