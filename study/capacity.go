package study

import (
	"math"
	"slices"

	"oxysim/model"
	"oxysim/sim"
)

// Capacity is how many cylinders a plant can fill on an average day, and what
// limits it.
type Capacity struct {
	Plant   string  // dotted
	Limits  []Limit // the tightest first; none if it fills no cylinders
	Running float64 // share of the time in which it has power and a machine runs
	Piped   float64 // m³ a day that go to hospitals by pipe
}

// Limit is the most cylinders a day that one of the constraints allows.
type Limit struct {
	What   string
	PerDay float64 // +Inf for no limit
}

// PerDay returns the cylinders a day that the tightest limit allows; 0 if the
// plant fills none, +Inf if nothing limits it.
func (c *Capacity) PerDay() float64 {
	if len(c.Limits) == 0 {
		return 0
	}
	return c.Limits[0].PerDay
}

// capacities returns what each plant can do on an average day. It knows means
// only: neither queues nor bad luck, of which a run tells.
func capacities(cfg *model.Config, needs []Need) []Capacity {
	through := make([]float64, len(cfg.Plants)) // m³ a day, by pipe
	for i := range cfg.Hospitals {
		h := &cfg.Hospitals[i]
		if h.Pipe != nil {
			through[h.Pipe.Plant] += min(max(0, flowPerDay(cfg, h)-needs[i].Sources), piped(h))
		}
	}
	content := typicalContent(cfg)
	list := make([]Capacity, len(cfg.Plants))
	for i := range cfg.Plants {
		list[i] = capacity(cfg, &cfg.Plants[i], content, through[i])
	}
	return list
}

func capacity(cfg *model.Config, p *model.Plant, content, piped float64) Capacity {
	c := Capacity{Plant: p.Name, Running: 1}
	if v := p.Vendor; v != nil {
		quota := math.Inf(1)
		if v.Quota > 0 {
			quota = float64(v.Quota) * (1 - v.Refuse)
		}
		c.Limits = []Limit{{"quota", quota}}
		return c
	}
	c.Running = electrified(cfg, p.Power)
	if p.Make != nil {
		c.Running *= runs(&p.Make.Machines) * restarted(cfg, p.Power, p.Make.Machines.Restart.Mean())
	}
	gas := math.Inf(1) // m³ a day that machines make
	if p.Make != nil && p.Make.Flow > 0 {
		gas = float64(p.Make.Machines.Count) * cubicMetresPerDay(p.Make.Flow) * meanOf(p.Make.Derate) * c.Running
		c.Piped = min(piped, gas)
	}
	f := p.Fill
	if f == nil {
		return c
	}
	open := openShare(f.Hours, f.Days)
	content *= f.Content.Mean() / (1 - f.Reject)
	seconds := open * float64(sim.Day) * c.Running
	c.Limits = append(c.Limits, Limit{"filling positions", float64(f.Positions) * seconds / f.Time.Mean() * (1 - f.Reject)})
	if m := p.Make; m != nil && m.Flow > 0 {
		// What is made outside working hours is lost but for what the tank holds.
		left := gas - c.Piped
		c.Limits = append(c.Limits, Limit{"gas made", (left*open + min(left*(1-open), m.Tank.CubicMetres())) / content})
		if m.Booster > 0 {
			c.Limits = append(c.Limits, Limit{"booster", cubicMetresPerDay(m.Booster) * open * c.Running / content})
		}
	}
	slices.SortStableFunc(c.Limits, func(a, b Limit) int {
		switch {
		case a.PerDay < b.PerDay:
			return -1
		case a.PerDay > b.PerDay:
			return 1
		}
		return 0
	})
	return c
}

// Fleet is the cylinders of a type that there are at the start.
type Fleet struct {
	Type  string
	Count int
}

// Fleets counts the cylinders of each type.
func Fleets(cfg *model.Config) []Fleet {
	list := make([]Fleet, len(cfg.Types))
	for t := range cfg.Types {
		list[t].Type = cfg.Types[t].Name
	}
	for i := range cfg.Plants {
		for t := range list {
			list[t].Count += at(cfg.Plants[i].Full, t) + at(cfg.Plants[i].Empty, t)
		}
	}
	for i := range cfg.Hospitals {
		for _, l := range cfg.Hospitals[i].Lines {
			list[l.Type].Count += l.Full + l.Empty
		}
	}
	return list
}

func at(list []int, i int) int {
	if i < len(list) {
		return list[i]
	}
	return 0
}

// typicalContent returns the mean content of the cylinders there are, in m³.
func typicalContent(cfg *model.Config) float64 {
	gas, n := 0.0, 0
	for t, f := range Fleets(cfg) {
		gas += float64(f.Count) * usable(&cfg.Types[t])
		n += f.Count
	}
	if n == 0 {
		return usable(&cfg.Types[0])
	}
	return gas / float64(n)
}

// runs returns the share of the machines that run on average, if repairs do not
// wait for a crew.
func runs(m *model.Machine) float64 {
	if m.Count == 0 {
		return 0
	}
	down := 0.0 // time for each unit of time that a machine runs
	for _, f := range m.Modes {
		if after := f.After.Mean(); after > 0 {
			down += (f.Lasts.Mean() + f.Spare.Mean() + m.Restart.Mean()) / after
		}
	}
	if m.Maintenance > 0 {
		down += m.Stop.Mean() / float64(m.Maintenance)
	}
	one := 1 / (1 + down)
	return min(1, one*float64(m.Count+m.Spares)/float64(m.Count))
}

// electrified returns the share of the time in which there is electricity, if
// fuel does not end.
func electrified(cfg *model.Config, p model.Power) float64 {
	on := 1.0
	for g := p.Grid; g != model.None; g = cfg.Grids[g].Parent {
		on *= gridOn(&cfg.Grids[g])
	}
	if p.Generator != nil {
		on += (1 - on) * p.Generator.Start
	}
	return on
}

// restarted returns which share of the time with power is left after machines
// have restarted, if times with power are about exponential.
func restarted(cfg *model.Config, p model.Power, restart float64) float64 {
	cuts := 0.0 // per second with power
	for g := p.Grid; g != model.None; g = cfg.Grids[g].Parent {
		x := &cfg.Grids[g]
		if x.Random {
			cuts += 1 / x.Up.Mean()
		}
		if x.Blocks != nil {
			cuts += x.Blocks.HoursOff / 24 / float64(x.Blocks.Length) // blocks in a row are one cut
		}
		cuts += float64(len(x.Shed)) / float64(sim.Day)
	}
	if p.Generator != nil {
		cuts *= 1 - p.Generator.Start
	}
	return math.Exp(-restart * cuts)
}

// gridOn returns the share of the time in which a grid is on by itself.
func gridOn(g *model.Grid) float64 {
	on := 1.0
	if g.Random {
		on = g.Up.Mean() / (g.Up.Mean() + g.Down.Mean())
	}
	for _, w := range g.Shed {
		on -= float64(w.To-w.From) / float64(sim.Day)
	}
	if g.Blocks != nil {
		on *= 1 - g.Blocks.HoursOff/24
	}
	return max(0, on)
}

// openShare returns the share of the time in which a station may begin fills.
func openShare(hours model.Windows, days uint8) float64 {
	share := 1.0
	if hours != nil {
		share = 0
		for _, w := range hours {
			share += float64(w.To-w.From) / float64(sim.Day)
		}
	}
	if days != 0 {
		n := 0
		for d := range 7 {
			n += int(days >> d & 1)
		}
		share *= float64(n) / 7
	}
	return share
}
