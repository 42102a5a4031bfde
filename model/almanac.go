package model

import "oxysim/sim/rng"

// almanac is a stream of which each day has its own number: the state of a road
// on that day. If chance becomes another's in the middle of a replication, the
// days that somebody has asked about keep their numbers.
type almanac struct {
	before rng.Stream // of days before turn
	from   rng.Stream // of the others
	turn   int
	asked  int // the last day that was asked about
}

func newAlmanac(s rng.Stream) almanac { return almanac{from: s, asked: -1} }

// on returns the stream of a day; its number is at the day.
func (a *almanac) on(day int) rng.Stream {
	a.asked = max(a.asked, day)
	if day < a.turn {
		return a.before
	}
	return a.from
}

// diverge gives days that nobody has asked about, after today, the numbers of
// another stream. If that cannot be, because there would be days of three
// streams to come, all keep theirs.
func (a *almanac) diverge(today int, s rng.Stream) {
	switch last := max(a.asked, today); {
	case last < a.turn:
		a.from = s
	case today >= a.turn:
		a.before, a.from, a.turn = a.from, s, last+1
	}
}
