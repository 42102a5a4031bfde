package model

import (
	"time"

	"oxysim/sim"
)

// Date is a day of the calendar: days since 1 January 1970.
type Date int

// DateOf returns the date.
func DateOf(year int, month time.Month, day int) Date {
	return Date(time.Date(year, month, day, 0, 0, 0, 0, time.UTC).Unix() / 86400)
}

func (d Date) time() time.Time { return time.Unix(int64(d)*86400, 0).UTC() }

// Month returns 0 for January … 11 for December.
func (d Date) Month() int { return int(d.time().Month()) - 1 }

// Weekday returns 0 for Monday … 6 for Sunday.
func (d Date) Weekday() int { return int(((d+3)%7 + 7) % 7) }

// String returns the date such as "2020-06-01".
func (d Date) String() string { return d.time().Format(time.DateOnly) }

// onDay reports whether a set of weekdays, 0 for all, has the day of instant t.
func (d Date) onDay(days uint8, t sim.Time) bool {
	return days == 0 || days>>((d+Date(t.Day())).Weekday())&1 == 1
}

// open reports whether the windows are open at instant t.
func (ws Windows) open(t sim.Time) bool {
	if ws == nil {
		return true
	}
	at := t.OfDay()
	for _, w := range ws {
		if w.From <= at && at < w.To {
			return true
		}
	}
	return false
}

// turn returns the next instant after t at which the windows open or close,
// or [sim.Never] if they never do. A window up to midnight and one from
// midnight are taken as one.
func (ws Windows) turn(t sim.Time) sim.Time {
	now := ws.open(t)
	midnight := t.Add(-t.OfDay())
	for day := range 2 {
		for _, w := range ws {
			for _, edge := range [2]sim.Span{w.From, w.To} {
				at := midnight.Add(sim.Span(day)*sim.Day + edge)
				if at > t && ws.open(at) != now {
					return at
				}
			}
		}
	}
	return sim.Never
}

// opens returns the first instant at or after t, on one of the days, at which
// the windows are open; or [sim.Never].
func (ws Windows) opens(start Date, days uint8, t sim.Time) sim.Time {
	for range 9 {
		if start.onDay(days, t) && ws.open(t) {
			return t
		}
		next := t.Add(sim.Day - t.OfDay()) // midnight
		if start.onDay(days, t) {
			next = min(next, ws.turn(t))
		}
		t = next
	}
	return sim.Never
}
