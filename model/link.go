package model

import (
	"oxysim/sim"
	"oxysim/sim/rng"
)

// link is a road between two places. Its state is a function of time: the
// state of a day is drawn at the index of the day, and random closures are a
// sequence of their own. Nobody who travels on it changes it.
type link struct {
	cfg      *Link
	name     rng.Name
	vary     almanac
	closures []closure
	daily    bool // the day has a part in its time
	each     bool // and each trip
	checked  bool // there are checkpoints

	trips  int64
	caught sim.Span // time for which trucks were held up, before it or on it
}

// closure is a way in which a link is closed, with the first random closure
// that ends after the instant last asked about.
type closure struct {
	cfg   *Closure
	name  rng.Name
	open  rng.Law // operating time between random closures
	pace  pace
	gaps  rng.Stream
	times rng.Stream
	days  almanac
	spell spell
	drawn uint64 // random closures that were drawn: spell.k, or more if somebody looked ahead
}

// spell is one random closure, the k-th.
type spell struct {
	k        uint64
	from, to sim.Time
}

func (w *World) makeLinks() {
	for i := range w.cfg.Links {
		c := &w.cfg.Links[i]
		l := link{
			cfg: c, name: rng.NameOf("road." + c.Name),
			daily: !c.DayVary.IsConstant(), each: !c.TripVary.IsConstant(), checked: !always0(&c.Checks),
		}
		for j := range c.Closures {
			x := &c.Closures[j]
			k := closure{cfg: x, name: rng.NameOf("road." + c.Name + ".closure." + x.Name), pace: pace{storm: None}}
			if x.Mean > 0 {
				k.open = rng.Exponential(x.Mean)
			}
			if x.Season != nil {
				k.pace.table = make([]float64, len(x.Season))
				for d, in := range x.Season {
					if in {
						k.pace.table[d] = 1
					}
				}
			}
			l.closures = append(l.closures, k)
		}
		w.links = append(w.links, l)
	}
}

func (w *World) resetLinks() {
	for i := range w.links {
		l := &w.links[i]
		l.vary = newAlmanac(w.stream(l.name))
		l.trips, l.caught = 0, 0
		for j := range l.closures {
			c := &l.closures[j]
			s := w.stream(c.name)
			c.gaps, c.times, c.days = s.Sub(0), s.Sub(1), newAlmanac(s.Sub(2))
			c.drawn = 0
			c.spell = w.spellAfter(c, spell{})
		}
	}
}

// spellAfter returns the random closure that follows another.
func (w *World) spellAfter(c *closure, s spell) spell {
	if c.cfg.Mean == 0 {
		return spell{from: sim.Never, to: sim.Never}
	}
	c.drawn = max(c.drawn, s.k+1)
	from := w.elapse(&c.pace, s.to, c.open.At(c.gaps, s.k))
	if from == sim.Never {
		return spell{s.k + 1, sim.Never, sim.Never}
	}
	return spell{s.k + 1, from, from.Add(sim.Seconds(c.cfg.Lasts.At(c.times, s.k)))}
}

// closedUntil returns when to ask again whether a link may be entered that may
// not at instant t, which is not before now; t itself if it may.
func (w *World) closedUntil(i int, t sim.Time) sim.Time {
	if hours := w.links[i].cfg.Hours; !hours.open(t) {
		return max(hours.turn(t), w.blockedUntil(i, t))
	}
	return w.blockedUntil(i, t)
}

// blockedUntil returns when to ask again whether a link is open that is closed
// at instant t, for those who are on it too; t itself if it is open.
func (w *World) blockedUntil(i int, t sim.Time) sim.Time {
	until := t
	for j := range w.links[i].closures {
		until = max(until, w.closureEnd(&w.links[i].closures[j], t))
	}
	return until
}

// shuts returns the first instant after from and before end at which a closure
// of a link that is open at from begins, or end.
func (w *World) shuts(i int, from, end sim.Time) sim.Time {
	l := &w.links[i]
	for j := range l.closures {
		c := &l.closures[j]
		for s := c.spell; s.from < end; s = w.spellAfter(c, s) {
			if from < s.from && s.from < s.to {
				end = s.from
			}
		}
		for _, d := range c.cfg.Dated {
			if at := sim.Time(d.From); from < at && at < end && d.From < d.To {
				end = at
			}
		}
		if c.cfg.Daily == 0 && c.cfg.Storm == None {
			continue
		}
		for at := from.Add(sim.Day - from.OfDay()); at < end; at = at.Add(sim.Day) {
			if w.closedDay(c, at) {
				end = at
			}
		}
	}
	return end
}

// closureEnd returns when the closure that covers instant t, which is not
// before now, ends; t if there is none.
func (w *World) closureEnd(c *closure, t sim.Time) sim.Time {
	end := t
	for c.spell.to <= w.now {
		c.spell = w.spellAfter(c, c.spell)
	}
	for s := c.spell; s.from <= t; s = w.spellAfter(c, s) {
		if t < s.to {
			end = max(end, s.to)
		}
	}
	for _, d := range c.cfg.Dated {
		if sim.Time(d.From) <= t && t < sim.Time(d.To) {
			end = max(end, sim.Time(d.To))
		}
	}
	if w.closedDay(c, t) {
		end = max(end, t.Add(sim.Day-t.OfDay()))
	}
	return end
}

// closedDay reports whether a link is closed for the whole day of instant t.
func (w *World) closedDay(c *closure, t sim.Time) bool {
	p := 0.0
	if c.cfg.Season == nil || daily(c.pace.table, t) > 0 {
		p = c.cfg.Daily
	}
	if w.wet(c.cfg.Storm, t) {
		p = max(p, c.cfg.Factor)
	}
	return p > 0 && c.days.on(t.Day()).Float64At(uint64(t.Day())) < p
}

// travel draws how long a truck takes on a link it enters at instant t,
// closures apart. The stream is that of one leg of one trip, and gives the
// leg's own part.
func (w *World) travel(i int, t sim.Time, leg rng.Stream) sim.Span {
	l := &w.links[i]
	c := l.cfg
	var x float64
	if c.Time != nil {
		x = c.Time.At(leg, 0)
	} else {
		x = c.Length.At(c.Speed)
	}
	x *= daily(c.Pace, t)
	if w.wet(c.Storm, t) {
		x *= c.Slow
	}
	if l.daily {
		x *= c.DayVary.At(l.vary.on(t.Day()), uint64(t.Day()))
	}
	if l.each {
		x *= c.TripVary.At(leg, 1)
	}
	if l.checked {
		for k := range uint64(max(c.Checks.At(leg, 2), 0)) {
			x += c.CheckTakes.At(leg, 3+k)
		}
	}
	return sim.Seconds(x)
}
