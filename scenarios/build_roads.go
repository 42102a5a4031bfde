package scenarios

import (
	"maps"
	"slices"
	"strconv"

	"oxysim/model"
	"oxysim/sim"
)

// roads fills in junctions and links.
func (b *builder) roads() {
	b.config.Junctions = slices.Sorted(maps.Keys(b.file.Junction))
	for _, name := range slices.Sorted(maps.Keys(b.file.Road)) {
		b.road(name)
	}
}

func (b *builder) road(name string) {
	key := "road." + name
	f := b.file.Road[name]
	p := b.profile(key+".profile", f.Profile)
	l := model.Link{
		Name: name, From: b.find(&b.places, key+".from", f.From), To: b.find(&b.places, key+".to", f.To),
		Length: model.Km(f.Length.Km()), Pace: p.table, Storm: p.storm, Slow: p.factor,
		DayVary: f.DayVariation.Law(), TripVary: f.TripVariation.Law(),
		Checks: f.Checkpoints.Law(), CheckTakes: f.CheckpointDelay.Law(), Hours: windows(f.Hours),
	}
	if l.From == l.To && l.From != model.None {
		b.bad(key+".to", "want another place than from")
	}
	switch {
	case f.Time != nil && f.Speed != nil:
		b.bad(key, "want speed or time, not both")
	case f.Time != nil:
		t := f.Time.Law()
		l.Time = &t
	case f.Speed == nil:
		b.bad(key, "want a speed, such as \"45 km/h\", or a time, such as \"lognormal(4 h, cv 0.5)\"")
	default:
		l.Speed = f.Speed.KmPerHour()
		if !(l.Speed > 0) {
			b.bad(key+".speed", "want a speed above 0, such as \"45 km/h\", not %v", f.Speed)
			l.Speed = 1
		}
		if l.Length == 0 {
			b.bad(key+".length", "want a length, such as \"42 km\"")
		}
	}
	for _, n := range slices.Sorted(maps.Keys(f.Closure)) {
		l.Closures = append(l.Closures, b.closure(key+".closure."+n, n, f.Closure[n]))
	}
	b.config.Links = append(b.config.Links, l)
}

func (b *builder) closure(key, name string, f Closure) model.Closure {
	c := model.Closure{
		Name: name, Daily: f.Daily.Fraction(), Storm: b.find(&b.weathers, key+".weather", f.Weather),
		Factor: f.WetChance.Fraction(), Known: f.Known,
	}
	if b.tree.Has(key + ".months") {
		for d := range b.days {
			date := b.config.Start + model.Date(d)
			c.Season = append(c.Season, inMonths(f.Months, date, 1) > 0)
		}
	}
	if f.Rate != nil {
		if f.Lasts == nil {
			b.bad(key+".lasts", "want how long a closure lasts, such as \"uniform(10 d, 14 d)\"")
		} else if r := f.Rate.PerSecond(); r > 0 {
			c.Mean, c.Lasts = 1/r, f.Lasts.Law()
		}
	} else if f.Lasts != nil {
		b.bad(key+".rate", "want a rate of closures, such as \"2/year\", beside lasts")
	}
	switch {
	case f.From != nil && f.Until != nil:
		d := model.Dated{From: span(*f.From), To: span(*f.Until)}
		if d.To <= d.From {
			b.bad(key+".until", "want a time after from, %v, not %v", f.From, f.Until)
		}
		c.Dated = append(c.Dated, d)
	case f.From != nil || f.Until != nil:
		b.bad(key, "want both from and until")
	}
	if f.Weather == "" && c.Factor > 0 {
		b.bad(key+".weather", "want the name of a weather beside wet_chance")
	}
	return c
}

// trucksAll fills in the vehicles.
func (b *builder) trucksAll() {
	b.trucks = namesOf("truck", b.file.Truck)
	b.truckFirst = map[string]int{}
	for _, name := range b.trucks.list {
		b.truck(name)
	}
}

func (b *builder) truck(name string) {
	key := "truck." + name
	f := b.file.Truck[name]
	t := model.Truck{
		Home: b.find(&b.places, key+".home", f.Home), Room: f.Room, LoadFix: f.LoadTime.Law(), LoadEach: span(f.LoadEach),
		Shift: windows(f.Shift), Days: weekdays(f.Days), Driving: span(f.DrivingLimit), Rest: span(f.Rest),
		Repair: f.Repair.Law(), LitresKm: f.Diesel.Float(), Stops: f.Stops,
	}
	if t.Home >= len(b.plants.list)+len(b.hospitals.list) {
		b.bad(key+".home", "want a plant, a vendor or a hospital, not a junction")
	}
	if t.Home == model.None {
		t.Home = 0 // a problem has been noted
	}
	for _, h := range f.Serves {
		if i := b.find(&b.hospitals, key+".serves", h); i != model.None {
			t.Serves = append(t.Serves, i)
		}
	}
	if f.Payload != nil {
		t.Payload = model.Kg(f.Payload.Kg())
		if heaviest := b.heaviest(); t.Payload < heaviest {
			b.bad(key+".payload", "want at least the mass of one full cylinder, %g kg, not %v", float64(heaviest), f.Payload)
		}
	}
	if f.BreakdownEvery != nil {
		t.Life = f.BreakdownEvery.Km()
		if !(t.Life >= 1) {
			b.bad(key+".breakdown_every", "want at least 1 km, not %v", f.BreakdownEvery)
		}
	}
	b.truckFirst[name] = len(b.config.Trucks)
	for i, vehicle := range vehicles(name, f.Count) {
		t.Name, t.Chance = vehicle, key+"."+strconv.Itoa(i+1)
		b.config.Trucks = append(b.config.Trucks, t)
	}
}

// heaviest returns the mass of the heaviest type when full.
func (b *builder) heaviest() (kg model.Kg) {
	for i := range b.config.Types {
		kg = max(kg, b.config.Types[i].Full)
	}
	return kg
}

// rounds fills in the fixed tours.
func (b *builder) rounds() {
	for _, name := range slices.Sorted(maps.Keys(b.file.Round)) {
		key := "round." + name
		f := b.file.Round[name]
		r := model.Round{
			Name: name, Plant: b.findOnly(&b.plants, key+".from", f.From), Truck: model.None,
			Days: weekdays(f.Days), Time: sim.Span(f.At.Seconds()), Every: span(f.Every), First: span(f.First),
			Skip: f.IfClosed == "skip",
		}
		if r.Plant == model.None {
			continue // a problem has been noted
		}
		if f.Truck != "" && b.find(&b.trucks, key+".truck", f.Truck) != model.None {
			r.Truck = b.truckFirst[f.Truck]
			if b.file.Truck[f.Truck].Count < 1 {
				b.bad(key+".truck", "want a truck of which there is one; truck.%s.count is 0", f.Truck)
				r.Truck = model.None
			} else if b.config.Trucks[r.Truck].Home != r.Plant {
				b.bad(key+".truck", "want a truck whose home is %s", b.plants.list[r.Plant])
			}
		}
		at := r.Plant
		for _, h := range f.Stops {
			i := b.find(&b.hospitals, key+".stops", h)
			if i == model.None {
				continue
			}
			r.Stops = append(r.Stops, i)
			if to := len(b.plants.list) + i; at != to && !b.leads(at, to) {
				b.bad(key+".stops", "no road leads to %s", h)
			}
		}
		b.config.Rounds = append(b.config.Rounds, r)
	}
}

// everyLineIsReached checks that what is to be brought can be.
func (b *builder) everyLineIsReached() {
	if len(b.problems) > 0 {
		return
	}
	for i, name := range b.hospitals.list {
		h := &b.config.Hospitals[i]
		for j := range h.Lines {
			s := h.Lines[j].Supply
			if s == nil || s.Courier != nil {
				continue
			}
			place := len(b.plants.list) + i
			from := b.plants.list[s.Plant]
			if !b.leads(s.Plant, place) {
				b.bad("hospital."+name+".supply", "no road leads from %s to %s; want [road.NAME] with from and to", from, name)
			}
			if s.Policy.Kind != model.NoOrders && !b.served(i, s) {
				b.bad("hospital."+name+".supply", "no truck of %s serves it; want [truck.NAME] with home = %q, or by = \"courier\"", from, from)
			}
		}
	}
}

// served reports whether a truck brings a hospital its cylinders. A fleet that
// exists with a count of 0 is a decision, not a mistake.
func (b *builder) served(h int, s *model.Supply) bool {
	home := b.plants.list[s.Plant]
	if s.Policy.Kind == model.Collect {
		home = b.hospitals.list[h]
	}
	for _, t := range b.trucks.list {
		f := b.file.Truck[t]
		if f.Home == home && (len(f.Serves) == 0 || slices.Contains(f.Serves, b.hospitals.list[h])) {
			return true
		}
	}
	return false
}

// leads reports whether roads lead from one place to another.
func (b *builder) leads(from, to int) bool {
	reached := make([]bool, len(b.places.list))
	reached[from] = true
	for more := true; more; {
		more = false
		for i := range b.config.Links {
			l := &b.config.Links[i]
			if l.From != model.None && l.To != model.None && reached[l.From] != reached[l.To] {
				reached[l.From], reached[l.To] = true, true
				more = true
			}
		}
	}
	return reached[to]
}
