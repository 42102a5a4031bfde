package stats

import "fmt"

// Intervals counts the stretches of time in which something is true, such as
// shortages. The zero Intervals has none and is not in one.
//
// A stretch has a length: what ends in the instant in which it began never was,
// and what begins again in the instant in which it ended goes on. So the
// statistics are those of the path and not of the order of events within an
// instant.
type Intervals struct {
	Count   int   `json:"count"`   // ended
	Total   int64 `json:"total"`   // length of those, s
	Longest int64 `json:"longest"` // of those, s; 0 if there are none
	First   int64 `json:"first"`   // instant, s, at which the first of those began; 0 if there are none
	From    int64 `json:"from"`    // instant, s, at which the latest began
	Until   int64 `json:"until"`   // instant, s, at which the latest that counts ended
	Open    bool  `json:"open"`    // it is true now, since From
}

// Begin says that it is true from the instant t on, in s. It panics if it was
// true already, or if t is before an instant already told.
func (i *Intervals) Begin(t int64) {
	if i.Open {
		panic(fmt.Sprintf("stats: Intervals.Begin: want none going on at %d s, not one since %d s", t, i.From))
	}
	if t < i.From || t < i.Until {
		panic(fmt.Sprintf("stats: Intervals.Begin: want an instant from %d s on, not %d s", max(i.From, i.Until), t))
	}
	i.Open = true
	if i.Count > 0 && t == i.Until { // it goes on
		i.Count--
		i.Total -= i.Until - i.From
		return
	}
	i.From = t
}

// End says that it is no longer true from the instant t on, in s. It panics if
// it was not true, or if t is before the beginning.
func (i *Intervals) End(t int64) {
	if !i.Open {
		panic(fmt.Sprintf("stats: Intervals.End: want one that is going on at %d s, not none", t))
	}
	if t < i.From {
		panic(fmt.Sprintf("stats: Intervals.End: want an instant from %d s on, not %d s", i.From, t))
	}
	i.Open = false
	length := t - i.From
	if length == 0 {
		return
	}
	if i.Count == 0 {
		i.First = i.From
	}
	i.Count++
	i.Total += length
	i.Longest = max(i.Longest, length)
	i.Until = t
}

// Set says whether it is true from the instant t on, in s, as Begin and End do;
// saying again what is known changes nothing.
func (i *Intervals) Set(t int64, isTrue bool) {
	switch {
	case isTrue && !i.Open:
		i.Begin(t)
	case !isTrue && i.Open:
		i.End(t)
	}
}

// Close ends, at the horizon, in s, the interval that is still going on, if
// there is one: its length is what was seen of it. It panics if the horizon is
// before its beginning.
func (i *Intervals) Close(horizon int64) {
	if i.Open {
		i.End(horizon)
	}
}

// Restart forgets what was before the instant now, in s: the end of a warm-up.
// One that is going on is counted from now. It panics if now is before an
// instant already told.
func (i *Intervals) Restart(now int64) {
	if now < i.From || now < i.Until {
		panic(fmt.Sprintf("stats: Intervals.Restart: want an instant from %d s on, not %d s", max(i.From, i.Until), now))
	}
	*i = Intervals{From: now, Until: now, Open: i.Open}
}
