package sim

import (
	"fmt"
	"math"
)

// Time is an instant, in whole seconds since the start of the simulation.
type Time int64

// Span is a length of time, in whole seconds.
type Span int64

// Lengths of time.
const (
	Second Span = 1
	Minute      = 60 * Second
	Hour        = 60 * Minute
	Day         = 24 * Hour
	Week        = 7 * Day
	Year        = 365 * Day
)

// Never is later than every instant of a simulation.
const Never Time = math.MaxInt64

// Seconds returns x seconds as a span, rounded to the nearest. This is the one
// place where a drawn length of time reaches the clock, so that the last bit
// of a logarithm never does. A negative x gives 0; a span longer than 10^15
// seconds (30 million years) gives that.
func Seconds(x float64) Span {
	if !(x > 0) {
		return 0
	}
	if x > 1e15 {
		return 1e15
	}
	return Span(float64(x) + 0.5) // the conversion keeps x from being fused into the sum
}

// Add returns the instant a span later.
func (t Time) Add(d Span) Time { return t + Time(d) }

// Sub returns the span from u to t.
func (t Time) Sub(u Time) Span { return Span(t - u) }

// Day returns the number of whole days since the start: 0 on the first day.
func (t Time) Day() int { return int(t / Time(Day)) }

// OfDay returns the time since the last midnight.
func (t Time) OfDay() Span { return Span(t % Time(Day)) }

// Days returns the span in days.
func (d Span) Days() float64 { return float64(d) / float64(Day) }

// Hours returns the span in hours.
func (d Span) Hours() float64 { return float64(d) / float64(Hour) }

// String returns the day, counted from 0, and the time of day, such as
// "d012 07:31", with seconds only where they are not zero.
func (t Time) String() string {
	if t == Never {
		return "never"
	}
	day, s := t.Day(), int(t.OfDay())
	if s%60 == 0 {
		return fmt.Sprintf("d%03d %02d:%02d", day, s/3600, s/60%60)
	}
	return fmt.Sprintf("d%03d %02d:%02d:%02d", day, s/3600, s/60%60, s%60)
}

// String returns the span in its largest fitting units, such as "2d3h", "90m"
// written "1h30m", or "45s".
func (d Span) String() string {
	if d == 0 {
		return "0s"
	}
	s, rest := "", d
	if rest < 0 {
		s, rest = "-", -rest
	}
	for _, u := range []struct {
		of   Span
		name string
	}{{Day, "d"}, {Hour, "h"}, {Minute, "m"}, {Second, "s"}} {
		if n := rest / u.of; n > 0 {
			s += fmt.Sprintf("%d%s", n, u.name)
			rest -= n * u.of
		}
	}
	return s
}
