package stats

import (
	"fmt"
	"math"
	"math/bits"
)

// Level is a whole number that lasts until it changes, such as a stock or a
// queue, watched over time. Its integral is exact. The zero Level is 0 since
// instant 0.
//
// A value that is replaced in the instant in which it was set was never held:
// it counts neither in the extremes nor in the integral, so that the statistics
// are those of the path and not of the order of events within an instant. How
// long a level is above a threshold is for Intervals.Set to count.
type Level struct {
	Start   int64 `json:"start"`   // instant, s, from which it is watched
	Since   int64 `json:"since"`   // instant, s, up to which the fields below are accounted
	Value   int64 `json:"value"`   // now
	Area    int64 `json:"area"`    // integral from Start to Since, in the value's unit times s
	Lowest  int64 `json:"lowest"`  // held in between; 0 if Since is Start
	Highest int64 `json:"highest"` // held in between; 0 if Since is Start
}

// NewLevel returns a level of the given value, watched from the instant now, in
// s.
func NewLevel(now, value int64) Level { return Level{Start: now, Since: now, Value: value} }

// Set changes the level to value at the instant now, in s. It panics if now is
// before the last change, or if the integral overflows an int64.
func (l *Level) Set(now, value int64) {
	l.advance(now)
	l.Value = value
}

// Add changes the level by delta, which may be negative, at the instant now, in
// s. It panics as Set does.
func (l *Level) Add(now, delta int64) {
	l.advance(now)
	l.Value += delta
}

// Restart forgets what was before the instant now, in s, and keeps the value:
// the end of a warm-up. It panics if now is before the last change.
func (l *Level) Restart(now int64) {
	l.advance(now)
	*l = NewLevel(now, l.Value)
}

// Integral returns the integral of the level from its start to the instant now,
// in the value's unit times s. It panics as Set does.
func (l Level) Integral(now int64) int64 {
	l.advance(now)
	return l.Area
}

// Mean returns the mean of the level over the time from its start to the
// instant now, in s; the value itself if that time is nothing. It panics as Set
// does.
func (l Level) Mean(now int64) float64 {
	l.advance(now)
	if now == l.Start {
		return float64(l.Value)
	}
	return float64(l.Area) / float64(now-l.Start)
}

// Min returns the lowest value held before the instant now, in s; the value
// itself if none was. It panics as Set does.
func (l Level) Min(now int64) int64 {
	l.advance(now)
	if now == l.Start {
		return l.Value
	}
	return l.Lowest
}

// Max returns the highest value held before the instant now, in s; the value
// itself if none was. It panics as Set does.
func (l Level) Max(now int64) int64 {
	l.advance(now)
	if now == l.Start {
		return l.Value
	}
	return l.Highest
}

// advance accounts for the time up to now.
func (l *Level) advance(now int64) {
	if now <= l.Since {
		if now < l.Since {
			panic(fmt.Sprintf("stats: Level: want an instant from %d s on, not %d s", l.Since, now))
		}
		return
	}
	if l.Since == l.Start {
		l.Lowest, l.Highest = l.Value, l.Value
	} else {
		l.Lowest, l.Highest = min(l.Lowest, l.Value), max(l.Highest, l.Value)
	}
	area, ok := addProduct(l.Area, l.Value, now-l.Since)
	if !ok {
		panic(fmt.Sprintf("stats: Level: integral overflows at %d s with value %d: want a coarser unit", now, l.Value))
	}
	l.Area = area
	l.Since = now
}

// addProduct returns sum + x*d for d > 0, and whether it fits.
func addProduct(sum, x, d int64) (int64, bool) {
	abs := uint64(x)
	if x < 0 {
		abs = -abs
	}
	hi, lo := bits.Mul64(abs, uint64(d))
	if hi != 0 || lo > math.MaxInt64 {
		return 0, false
	}
	p := int64(lo)
	if x < 0 {
		p = -p
	}
	total := sum + p
	return total, (total >= sum) == (p >= 0)
}
