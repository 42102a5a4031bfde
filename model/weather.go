package model

import (
	"oxysim/sim"
	"oxysim/sim/rng"
)

// weather is a sequence of dry and wet days.
type weather struct {
	cfg  *Weather
	name rng.Name
	wet  []bool // by day

	asked int // the last day that was asked about
}

func (w *World) makeWeather() {
	days := w.days()
	for i := range w.cfg.Weathers {
		c := &w.cfg.Weathers[i]
		w.weather = append(w.weather, weather{cfg: c, name: rng.NameOf("weather." + c.Name), wet: make([]bool, days)})
	}
}

// days returns the number of days a replication touches, and one more for
// what is looked ahead at.
func (w *World) days() int { return int((w.cfg.Horizon+sim.Day-1)/sim.Day) + 1 }

func (w *World) resetWeather() {
	for i := range w.weather {
		w.weather[i].asked = -1
		w.drawWeather(&w.weather[i], 0)
	}
}

// drawWeather draws all days from one on. A day repeats the one before with
// probability Stay and is drawn from its own chance of rain otherwise, so that
// the share of wet days is as stated whatever their correlation, and the draw of
// a day belongs to the day.
func (w *World) drawWeather(x *weather, from int) {
	s := w.stream(x.name)
	stay, rain := s.Sub(0), s.Sub(1)
	for d := from; d < len(x.wet); d++ {
		if d > 0 && stay.Float64At(uint64(d)) < x.cfg.Stay {
			x.wet[d] = x.wet[d-1]
			continue
		}
		x.wet[d] = rain.Float64At(uint64(d)) < daily(x.cfg.Wet, sim.Time(d)*sim.Time(sim.Day))
	}
}

// wet reports whether instant t is on a wet day of the weather.
func (w *World) wet(weather int, t sim.Time) bool {
	if weather == None {
		return false
	}
	x := &w.weather[weather]
	day := min(t.Day(), len(x.wet)-1)
	x.asked = max(x.asked, day)
	return x.wet[day]
}

// pace is a rate that changes from day to day: with a table, and with the weather.
type pace struct {
	table  []float64
	storm  int
	factor float64
}

// on returns the multiplier on the day of instant t.
func (w *World) on(p *pace, t sim.Time) float64 {
	x := daily(p.table, t)
	if p.storm != None && w.wet(p.storm, t) {
		x *= p.factor
	}
	return x
}

// elapse returns when an amount of operating time, in seconds at multiplier 1,
// will have passed from instant t on if it passes as fast as the multiplier of
// each day says. It returns [sim.Never] if that is not before the horizon.
func (w *World) elapse(p *pace, t sim.Time, amount float64) sim.Time {
	if p.table == nil && p.storm == None {
		return t.Add(sim.Seconds(amount))
	}
	for t < w.end {
		x := w.on(p, t)
		left := sim.Day - t.OfDay()
		whole := float64(x * float64(left))
		if amount < whole {
			return t.Add(min(sim.Seconds(amount/x), left))
		}
		amount -= whole
		t = t.Add(left)
	}
	return sim.Never
}
