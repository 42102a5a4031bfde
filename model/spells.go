package model

import "oxysim/sim"

// spells are the intervals of time during which something is so.
type spells struct {
	on      bool
	since   sim.Time // of the present spell
	count   int32    // that began or were on since the statistics began
	total   sim.Span // of those that have ended
	longest sim.Span
	first   sim.Time // start of the first, or sim.Never
}

// turn begins a spell, or ends the present one.
func (s *spells) turn(now sim.Time) {
	if s.on = !s.on; s.on {
		s.since = now
		s.count++
		s.first = min(s.first, now)
		return
	}
	s.total += now.Sub(s.since)
	s.longest = max(s.longest, now.Sub(s.since))
	if now == s.since { // it never was so
		s.count--
		if s.first == now {
			s.first = sim.Never
		}
	}
}

// clear forgets everything but whether it is so.
func (s *spells) clear(now sim.Time) {
	*s = spells{on: s.on, since: now, first: sim.Never}
	if s.on {
		s.count, s.first = 1, now
	}
}

// until returns the total and the longest, with the present spell up to now.
func (s *spells) until(now sim.Time) (total, longest sim.Span) {
	if !s.on {
		return s.total, s.longest
	}
	present := now.Sub(s.since)
	return s.total + present, max(s.longest, present)
}
