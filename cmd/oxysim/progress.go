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

// meter shows how far a run is.
type meter struct {
	out     io.Writer // nil if nobody looks
	r       *study.Run
	redraw  bool
	begun   time.Time
	already int // replications that were there at the beginning
	next    time.Time
	shown   bool
}

// meter returns a meter of a run that is shown on a terminal, or if it is
// asked for.
func (c *command) meter(r *study.Run, forced bool) *meter {
	m := &meter{r: r, begun: time.Now(), already: r.Fold.Count}
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

// line says how far the run is after a time.
func (m *meter) line(elapsed time.Duration) string {
	done := m.r.Fold.Count
	s := fmt.Sprintf("%d/%d replications", done, m.r.N)
	width, probability := m.r.Widest()
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
	if left, ok := m.left(elapsed, width); ok {
		s += " · " + remaining(left) + " left"
	}
	return s + " · Ctrl-C keeps finished ones"
}

// left returns how much longer it will take: until all are done or, before
// that, until the interval, which narrows as the square root, is narrow enough.
func (m *meter) left(elapsed time.Duration, width float64) (time.Duration, bool) {
	done := m.r.Fold.Count - m.already
	if done <= 0 {
		return 0, false
	}
	todo := float64(m.r.N - m.r.Fold.Count)
	if p := m.r.Precision.Points; p > 0 {
		need := float64(m.r.Fold.Count) * (width / p) * (width / p)
		todo = min(todo, max(0, need-float64(m.r.Fold.Count)))
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
