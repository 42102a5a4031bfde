package main

import (
	"fmt"
	"io"
	"math"
	"os"
	"time"

	"oxysim/study"
)

// How soon and how often progress is shown, to whom it changes a line and to
// whom it writes lines.
const (
	meterDelay  = time.Second
	meterRedraw = 200 * time.Millisecond
	meterLine   = 5 * time.Second
)

// meter shows how far something is.
type meter struct {
	out    io.Writer // nil if nobody looks
	line   func(elapsed time.Duration) string
	redraw bool
	begun  time.Time
	next   time.Time
	shown  bool
}

// runMeter returns a meter of a run.
func (c *command) runMeter(r *study.Run, forced bool) *meter {
	already := r.Fold.Count // replications that were there at the beginning
	return c.meter(func(elapsed time.Duration) string { return runLine(r, already, elapsed) }, forced)
}

// meter returns a meter that is shown on a terminal, or if it is asked for.
func (c *command) meter(line func(elapsed time.Duration) string, forced bool) *meter {
	m := &meter{line: line, begun: time.Now()}
	m.next = m.begun.Add(meterDelay)
	m.redraw = isTerminal(c.stderr) && os.Getenv("TERM") != "dumb"
	if m.redraw || forced {
		m.out = c.stderr
	}
	if forced {
		m.next = m.begun
	}
	return m
}

// tick shows how far the run is, if it is time.
func (m *meter) tick() {
	if m.out == nil {
		return
	}
	now := time.Now()
	if now.Before(m.next) {
		return
	}
	before, after, pause := "", "\n", meterLine
	if m.redraw {
		before, after, pause = "\r", "\x1b[K", meterRedraw
	}
	m.next = now.Add(pause)
	m.shown = true
	fmt.Fprint(m.out, before, m.line(now.Sub(m.begun)), after)
}

// end takes the line away.
func (m *meter) end() {
	if m.shown && m.redraw {
		fmt.Fprint(m.out, "\r\x1b[K")
	}
}

// runLine says how far a run is after a time.
func runLine(r *study.Run, already int, elapsed time.Duration) string {
	s := fmt.Sprintf("%d/%d replications", r.Fold.Count, r.N)
	width, probability := r.Widest()
	unit := ""
	if probability {
		width, unit = 100*width, " pp"
	}
	switch {
	case math.IsInf(width, 0):
	case width < 1:
		s += fmt.Sprintf(" · widest interval ±%.2f%s", width, unit)
	default:
		s += fmt.Sprintf(" · widest interval ±%.1f%s", width, unit)
	}
	if left, ok := timeLeft(r, already, elapsed, width); ok {
		s += " · " + remaining(left) + " left"
	}
	return s + " · Ctrl-C keeps finished ones"
}

// timeLeft returns how much longer a run will take: until all are done or, before
// that, until the interval, which narrows as the square root, is narrow enough.
func timeLeft(r *study.Run, already int, elapsed time.Duration, width float64) (time.Duration, bool) {
	done := r.Fold.Count - already
	if done <= 0 {
		return 0, false
	}
	todo := float64(r.N - r.Fold.Count)
	if p := r.Precision.Points; p > 0 {
		need := float64(r.Fold.Count) * (width / p) * (width / p)
		todo = min(todo, max(0, need-float64(r.Fold.Count)))
	}
	return time.Duration(float64(elapsed) / float64(done) * todo), true
}

// remaining writes a time with as many digits as one knows of it.
func remaining(d time.Duration) string {
	switch {
	case d < time.Minute:
		return fmt.Sprintf("%.0f s", math.Ceil(d.Seconds()))
	case d < time.Hour:
		return fmt.Sprintf("%.0f min", math.Ceil(d.Minutes()))
	}
	return fmt.Sprintf("%.1f h", d.Hours())
}

// progressLine says how far a question is after a time, of which so much
// belongs to the stage that is under way.
func progressLine(p study.Progress, elapsed time.Duration) string {
	s := fmt.Sprintf("%s: %d", p.Stage, p.Done)
	if p.Most > 0 {
		s += fmt.Sprintf("/%d", p.Most)
		if p.Done > 0 && elapsed > 0 {
			s += " · at most " + remaining(time.Duration(float64(elapsed)/float64(p.Done)*float64(p.Most-p.Done))) + " left"
		}
	}
	return s + " · Ctrl-C keeps finished ones"
}
