package scenarios

import (
	"maps"
	"slices"
	"time"

	"oxysim/model"
	q "oxysim/scenarios/quantity"
	"oxysim/sim"
)

// weekday returns the day of the week, 0 = Monday.
func weekday(d int) time.Weekday { return time.Weekday((d + 1) % 7) }

// weather fills in the weathers.
func (b *builder) weather() {
	for _, name := range b.weathers.list {
		f := b.file.Weather[name]
		key := "weather." + name
		w := model.Weather{Name: name, Stay: f.Persistence.Fraction()}
		if b.twelve(key+".by_month", f.ByMonth) && len(f.ByMonth) > 0 {
			if slices.Max(f.ByMonth) > 1 {
				b.bad(key+".by_month", "want shares of wet days from 0 to 1, not %v", slices.Max(f.ByMonth))
			}
			w.Wet = b.perDay(func(_ int, d model.Date) float64 { return f.ByMonth[d.Month()] })
		} else {
			w.Wet = b.perDay(func(_ int, d model.Date) float64 { return inMonths(f.Months, d, f.Wet.Fraction()) })
		}
		b.config.Weathers = append(b.config.Weathers, w)
	}
}

// inMonths returns x on a day in the months, and 0 on others.
func inMonths(m q.Months, d model.Date, x float64) float64 {
	if m.Has(time.Month(d.Month() + 1)) {
		return x
	}
	return 0
}

// profiled is a multiplier as the model wants it.
type profiled struct {
	table  []float64
	storm  int
	factor float64
}

// profile makes a multiplier of a named profile; the empty name is 1.
func (b *builder) profile(key, name string) profiled {
	p := profiled{storm: model.None, factor: 1}
	if name == "" {
		return p
	}
	f, ok := b.file.Profile[name]
	if !ok {
		n := namesOf("profile", b.file.Profile)
		b.unknown(&n, key, name)
		return p
	}
	at := "profile." + name
	p.storm, p.factor = b.find(&b.weathers, at+".weather", f.Weather), f.WetFactor.Float()
	if !b.twelve(at+".months", f.Months) {
		return p
	}
	if n := len(f.Weekdays); n != 0 && n != 7 {
		b.bad(at+".weekdays", "want 7 numbers, from Monday on, not %d", n)
		return p
	}
	for _, x := range f.Weekdays {
		if !(x >= 0) {
			b.bad(at+".weekdays", "want numbers of 0 or more, not %v", x)
			return p
		}
	}
	always := 1.0
	for _, n := range slices.Sorted(maps.Keys(f.Factor)) {
		if x := f.Factor[n].Float(); x < 0 {
			b.bad(at+".factor."+n, "want a number of 0 or more, not %v", x)
		} else {
			always *= x
		}
	}
	if len(f.Months) == 0 && len(f.Weekdays) == 0 && f.Daily.Len() == 0 && len(f.Surge) == 0 && len(f.Factor) == 0 {
		return p
	}
	daily := b.series(f.Daily)
	surges := slices.Sorted(maps.Keys(f.Surge))
	p.table = b.perDay(func(day int, d model.Date) float64 {
		x := always
		if len(f.Months) > 0 {
			x *= f.Months[d.Month()]
		}
		if len(f.Weekdays) > 0 {
			x *= f.Weekdays[d.Weekday()]
		}
		if daily != nil {
			x *= daily[day]
		}
		for _, s := range surges {
			x *= height(f.Surge[s], sim.Span(day)*sim.Day)
		}
		return x
	})
	return p
}

// height returns the multiplier of a surge at a time.
func height(s Surge, at sim.Span) float64 {
	from, rise, hold, fall := span(s.From), span(s.Rise), span(s.Hold), span(s.Fall)
	x := 0.0 // 0 before and after, 1 at its height
	switch t := at - from; {
	case t < 0 || t >= rise+hold+fall:
	case t < rise:
		x = float64(t) / float64(rise)
	case t < rise+hold:
		x = 1
	default:
		x = float64(rise+hold+fall-t) / float64(fall)
	}
	return 1 + float64(x*(s.Factor.Float()-1))
}

// dailySeries is what the series types have in common.
type dailySeries interface {
	Len() int
	At(day int) float64
	Start() (q.Date, bool)
	First() int
}

// series returns the value of each day of the run, or nil if none is given. A
// series with dates is laid on the calendar; the first and the last value
// stand for the days before and after.
func (b *builder) series(s dailySeries) []float64 {
	if s.Len() == 0 {
		return nil
	}
	shift := s.First()
	if start, dated := s.Start(); dated {
		shift = start.Days() - int(b.config.Start)
	}
	return b.perDay(func(day int, _ model.Date) float64 {
		return s.At(min(max(day-shift, 0), s.Len()-1))
	})
}

// power fills in grids, parents before children, and crews.
func (b *builder) power() {
	for _, name := range slices.Sorted(maps.Keys(b.file.Grid)) {
		b.grid(name, nil)
	}
	for _, name := range b.crews.list {
		b.config.Crews = append(b.config.Crews, model.Crew{Name: name, Count: b.file.Crew[name].Count})
	}
}

// grid fills in a grid after the one it hangs on.
func (b *builder) grid(name string, above []string) int {
	if i, ok := b.grids.index[name]; ok {
		return i
	}
	key := "grid." + name
	f := b.file.Grid[name]
	g := model.Grid{Name: name, Parent: model.None}
	if f.Parent != "" {
		above = append(above, name)
		if _, ok := b.file.Grid[f.Parent]; !ok {
			n := namesOf("grid", b.file.Grid)
			b.unknown(&n, key+".parent", f.Parent)
		} else if slices.Contains(above, f.Parent) {
			b.bad(key+".parent", "grid %q hangs on itself", f.Parent)
		} else {
			g.Parent = b.grid(f.Parent, above)
		}
	}
	switch {
	case f.Up != nil && f.Down != nil:
		g.Random, g.Up, g.Down = true, f.Up.Law(), f.Down.Law()
	case f.Up != nil:
		b.bad(key, "want down, the length of an outage, beside up")
	case f.Down != nil:
		b.bad(key, "want up, the time between outages, beside down")
	}
	if f.Shed != nil {
		g.Shed = windows(*f.Shed)
	}
	if f.OffPerDay != nil && f.OffPerDay.Seconds() > 0 {
		g.Blocks = &model.Blocks{HoursOff: span(*f.OffPerDay).Hours(), Length: span(f.Block)}
		if sim.Day%g.Blocks.Length != 0 {
			b.bad(key+".block", "want a block that divides a day, such as \"3 h\", not %v", f.Block)
		}
	}
	p := b.profile(key+".profile", f.Profile)
	g.Profile, g.Storm, g.Factor = p.table, p.storm, p.factor
	b.grids.add(name)
	b.config.Grids = append(b.config.Grids, g)
	return len(b.config.Grids) - 1
}

// electricity converts how a place gets it.
func (b *builder) electricity(key string, f Electricity) model.Power {
	p := model.Power{Grid: b.find(&b.grids, key+".grid", f.Grid)}
	if g := f.Generator; g != nil {
		p.Generator = &model.Generator{
			Start: g.Start.Fraction(), ChangeOver: g.ChangeOver.Law(), Fuel: span(g.Fuel),
			Refill: g.Refill.Law(), LitresHour: g.Diesel.Float(),
		}
		if p.Grid == model.None && f.Grid == "" {
			b.bad(key+".generator", "want a grid too: a generator takes over when the grid is off")
		}
	}
	return p
}

// machines converts machines.
func (b *builder) machines(key string, f Machines) model.Machine {
	m := model.Machine{
		Count: f.Count, Spares: f.Spares, Crew: b.find(&b.crews, key+".crew", f.Crew),
		Maintenance: span(f.MaintenanceEvery), Stop: f.MaintenanceTakes.Law(),
		Calendar: f.Clocks == "calendar", Restart: f.Restart.Law(),
	}
	for _, name := range slices.Sorted(maps.Keys(f.Failure)) {
		x := f.Failure[name]
		m.Modes = append(m.Modes, model.Failure{
			Name: name, After: x.After.Law(), Lasts: x.Lasts.Law(), Spare: x.Part.Law(),
			Crew: x.NeedsCrew && f.Crew != "",
		})
		if after := x.After.Law(); !(after.Mean() > 0) {
			b.bad(key+".failure."+name+".after", "want a time to failure above 0, not %v", x.After)
		}
	}
	return m
}
