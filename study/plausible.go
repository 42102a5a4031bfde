package study

import (
	"fmt"
	"maps"
	"math"
	"slices"
	"strings"

	"oxysim/model"
	"oxysim/scenarios"
	"oxysim/sim"
)

// Warning is a value that can be right but seldom is, or a scenario that can
// hardly work.
type Warning struct {
	Key     string `json:"key"`     // dotted, of what to look at
	Message string `json:"message"` // what is odd, and what is usual
}

// String returns the warning on one line.
func (w Warning) String() string { return w.Key + ": " + w.Message }

// What is usual. The ranges are wide: beyond them, a unit was mistaken or a
// digit slipped.
const (
	smallestContent  = 100.0 // L of gas; the smallest cylinder in use, size C, has 170
	waterLow         = 40.0  // L of water of the large cylinders, whose gas is 6 to 10 m³
	waterHigh        = 50.0
	leastPerBed      = 0.02 // m³ of oxygen per bed and day: a tenth of the least reported for a hospital
	mostPerBed       = 12.0 // every bed at 8 L/min all day
	leastUsable      = 0.5
	mostTurns        = 10.0   // fills per cylinder and week; the most reported is 7
	mostMachineFlow  = 200.0  // m³/h of one PSA machine; above 90 they are not containerised
	leastKWh         = 0.3    // per m³ made; vacuum PSA needs 0.5
	leastBoosterKWh  = 0.1    // per m³; the work of isothermal compression from 5 to 150 bar is 0.105
	fastestFill      = 300.0  // s; a ramp takes 45 minutes and more
	longestRoad      = 1000.0 // km without a place on it
	muchLonger       = 10.0   // times the median of all roads
	longRoad         = 300.0  // km; shorter ones may well be much longer than the others
	farPlace         = 500.0  // km to the nearest other place
	leastCircuity    = 0.9    // of a road: it cannot be below 1, but positions are those of towns
	nearPlaces       = 20.0   // km; between nearer ones, positions of towns say little about the road
	slowestTruck     = 3.0    // km/h; people walk faster
	fastestTruck     = 110.0
	plausibleDensity = 20.0 // L of gas per kg of a full cylinder; steel ones have 80 to 110
)

// plausible returns what is odd about a scenario. It is a pure function of what
// the scenario means.
func plausible(cfg *model.Config, m *Meaning) []Warning {
	var list []Warning
	warn := func(key, format string, args ...any) {
		list = append(list, Warning{key, fmt.Sprintf(format, args...)})
	}
	oddCylinders(cfg, warn)
	oddHospitals(cfg, m, warn)
	oddPlants(cfg, warn)
	oddRoads(cfg, warn)
	oddTrucks(cfg, m, warn)
	oddBalance(cfg, m, warn)
	return list
}

type warner func(key, format string, args ...any)

func oddCylinders(cfg *model.Config, warn warner) {
	for _, t := range cfg.Types {
		key := "cylinder." + t.Name
		litres := t.Content.Litres()
		switch {
		case litres >= waterLow && litres <= waterHigh && t.Full > 40:
			warn(key+".content", "%g L of gas in a cylinder of %g kg: these are the litres of water it holds; at 150 bar the gas is about %.1f m3", litres, t.Full, litres*0.15)
		case litres < smallestContent:
			warn(key+".content", "%g L of gas is less than the smallest cylinder has, 170 L: are these litres of water?", litres)
		case t.Full > 0 && litres/float64(t.Full) < plausibleDensity && litres < 3000:
			warn(key+".mass_full", "%g kg for %g L of gas: steel cylinders weigh about 1 kg for each 80 to 110 L", t.Full, litres)
		}
		if t.Usable < leastUsable {
			warn(key+".usable", "only %.0f %% of the content can be used; 90 %% at a bedside and 95 %% at a manifold are usual", 100*t.Usable)
		}
		if t.Empty > t.Full {
			warn(key+".mass_empty", "%g kg is more than the %g kg when full", t.Empty, t.Full)
		}
	}
}

func oddHospitals(cfg *model.Config, m *Meaning, warn warner) {
	anyCylinder := slices.ContainsFunc(m.Fleets, func(f Fleet) bool { return f.Count > 0 })
	for i, n := range m.Needs {
		h := &cfg.Hospitals[i]
		if n.Beds > 0 && n.Gas > 0 {
			if x := n.Gas / float64(n.Beds); x < leastPerBed || x > mostPerBed {
				warn(h.Name+".beds", "%.3g m3 of oxygen per bed and day; %g to %g is usual", x, leastPerBed, mostPerBed)
			}
		}
		oddSupply(h, &n, m, warn)
		if n.Cylinders > 0 && len(h.Lines) > 0 && !stocked(h) && anyCylinder {
			warn(h.Name+".buffer", "it needs %s a day, and has a buffer of 0 and none on hand: is a column or a number missing?", cylinders(n.Cylinders))
		}
		for _, l := range h.Lines {
			if l.Supply != nil && l.Supply.Policy.UpTo > m.Fleets[l.Type].Count {
				warn(h.Name+".buffer", "%d cylinders, but there are only %d of type %s in all", l.Supply.Policy.UpTo, m.Fleets[l.Type].Count, cfg.Types[l.Type].Name)
			}
		}
	}
}

// oddSupply warns if a hospital asks for what nobody brings it, or for nothing.
func oddSupply(h *model.Hospital, n *Need, m *Meaning, warn warner) {
	if n.Gas == 0 && n.Cylinders == 0 && m.Gas > 0 {
		warn(h.Name, "it asks for nothing; is its name spelt as elsewhere?")
	}
	if n.Unserved {
		warn(h.Name+".supply", "it asks for %s a day and nobody brings any", cylinders(n.Cylinders))
	}
	if n.Gas > 0 && len(h.Lines) == 0 && n.Sources == 0 && h.Pipe == nil {
		warn(h.Name, "it asks for %.3g m3 a day and has no source", n.Gas)
	}
}

// Unsupplied warns of hospitals that ask for what nobody brings them, or for
// nothing: a name or a row may be wrong.
func Unsupplied(s *Subject) (list []Warning) {
	m := meaning(s.Config)
	warn := func(key, format string, args ...any) {
		list = append(list, Warning{key, fmt.Sprintf(format, args...)})
	}
	for i, n := range m.Needs {
		oddSupply(&s.Config.Hospitals[i], &n, m, warn)
	}
	return list
}

// cylinders writes so many cylinders.
func cylinders(x float64) string {
	if text := fmt.Sprintf("%.3g", x); text != "1" {
		return text + " cylinders"
	}
	return "1 cylinder"
}

// stocked reports whether a hospital has or should have any cylinder.
func stocked(h *model.Hospital) bool {
	return slices.ContainsFunc(h.Lines, func(l model.Line) bool { return l.Full > 0 || l.Supply != nil && l.Supply.Policy.UpTo > 0 })
}

func oddPlants(cfg *model.Config, warn warner) {
	for i := range cfg.Plants {
		p := &cfg.Plants[i]
		if k := p.Make; k != nil {
			perHour := cubicMetresPerDay(k.Flow) / 24
			if perHour > mostMachineFlow {
				warn(p.Name+".machines.flow", "%.0f m3/h from one machine; 5 to 90 are sold", perHour)
			}
			if k.Flow > 0 && k.KWh > 0 && k.KWh < leastKWh {
				warn(p.Name+".machines.energy", "%g kWh/m3; no machine makes oxygen for less than %g", k.KWh, leastKWh)
			}
			if k.Booster > 0 && k.BoostKWh < leastBoosterKWh {
				warn(p.Name+".booster_energy", "%g kWh/m3; compressing to 150 bar takes at least %g by the laws of physics", k.BoostKWh, leastBoosterKWh)
			}
			if f := p.Fill; k.Flow > 0 && k.Booster > 0 && f != nil && k.Booster > 4*model.Flow(k.Machines.Count)*k.Flow && k.Tank == 0 {
				warn(p.Name+".booster", "it can draw %v, the machines make %v and there is no tank", k.Booster, model.Flow(k.Machines.Count)*k.Flow)
			}
		}
		if f := p.Fill; f != nil && f.Time.Mean() > 0 && f.Time.Mean() < fastestFill {
			warn(p.Name+".filling.time", "%v for a fill; 20 minutes to 2 hours are usual", sim.Seconds(f.Time.Mean()))
		}
	}
}

func oddRoads(cfg *model.Config, warn warner) {
	var lengths []float64
	for i := range cfg.Links {
		lengths = append(lengths, float64(cfg.Links[i].Length))
	}
	slices.Sort(lengths)
	for i := range cfg.Links {
		l := &cfg.Links[i]
		key := "road." + l.Name
		switch {
		case float64(l.Length) > longestRoad:
			warn(key+".length", "%.0f km in one go; is that metres? If it comes from positions, are lat and lon the wrong way round?", float64(l.Length))
		case float64(l.Length) > longRoad && float64(l.Length) > muchLonger*lengths[len(lengths)/2]:
			warn(key+".length", "%.0f km; half of all roads have less than %.0f km", float64(l.Length), lengths[len(lengths)/2])
		case l.Time == nil && l.Speed > fastestTruck:
			warn(key+".speed", "%g km/h for a truck with cylinders; 20 to 80 is usual", l.Speed)
		case l.Time == nil && l.Speed < slowestTruck && l.Length > 0:
			warn(key+".speed", "%g km/h for a truck; 20 to 80 is usual", l.Speed)
		}
	}
}

// position is where a place is, in degrees.
type position struct{ lat, lon float64 }

// km returns the great circle between two positions, on a sphere of the mean
// radius of the Earth.
func (p position) km(q position) float64 {
	const radius, degree = 6371.0, math.Pi / 180
	sin := func(x float64) float64 { return math.Sin(x * degree / 2) }
	cos := math.Cos(p.lat*degree) * math.Cos(q.lat*degree)
	h := sin(q.lat-p.lat)*sin(q.lat-p.lat) + cos*sin(q.lon-p.lon)*sin(q.lon-p.lon)
	return 2 * radius * math.Asin(math.Sqrt(min(1, h)))
}

// oddPlaces warns of places that are far from all others, and of roads that are
// shorter than the way as the crow flies.
func oddPlaces(f *scenarios.File) (list []Warning) {
	at := map[string]position{}
	keys := map[string]string{}
	put := func(kind, name string, s scenarios.Site) {
		if s.Lat != nil && s.Lon != nil {
			at[name], keys[name] = position{*s.Lat, *s.Lon}, kind+"."+name
		}
	}
	for name, x := range f.Plant {
		put("plant", name, x.Site)
	}
	for name, x := range f.Vendor {
		put("vendor", name, x.Site)
	}
	for name, x := range f.Hospital {
		put("hospital", name, x.Site)
	}
	for name, x := range f.Junction {
		put("junction", name, x.Site)
	}
	places := slices.Sorted(maps.Keys(at))
	nearest := func(of string, p position) (best string, km float64) {
		km = math.Inf(1)
		for _, name := range places {
			if d := p.km(at[name]); name != of && d < km {
				best, km = name, d
			}
		}
		return best, km
	}
	for _, name := range places {
		p := at[name]
		other, km := nearest(name, p)
		if km < farPlace || len(places) < 2 {
			continue
		}
		hint := ""
		if math.Abs(p.lon) <= 90 {
			if near, swapped := nearest(name, position{p.lon, p.lat}); swapped < km/4 {
				hint = fmt.Sprintf("; are lat and lon the wrong way round? Then it would be %.0f km from %s", swapped, near)
			}
		}
		list = append(list, Warning{keys[name] + ".lat", fmt.Sprintf("it is %.0f km from %s, the nearest other place%s", km, other, hint)})
	}
	for _, name := range slices.Sorted(maps.Keys(f.Road)) {
		r := f.Road[name]
		from, ok1 := at[r.From]
		to, ok2 := at[r.To]
		if length := r.Length.Km(); ok1 && ok2 && length > 0 {
			if km := from.km(to); km > nearPlaces && length < leastCircuity*km {
				list = append(list, Warning{"road." + name + ".length", fmt.Sprintf("%.3g km, less than the %.0f km between its ends as the crow flies", length, km)})
			}
		}
	}
	return list
}

func oddTrucks(cfg *model.Config, m *Meaning, warn warner) {
	cylinders := 0
	for _, f := range m.Fleets {
		cylinders += f.Count
	}
	if n := len(cfg.Trucks); n > cylinders && n > 0 {
		warn("truck", "%d trucks for %d cylinders", n, cylinders)
	}
	for i := range cfg.Trucks {
		t := &cfg.Trucks[i]
		for h := range cfg.Hospitals {
			b := cfg.Hospitals[h].Manifold
			if b == nil || !serves(t, h) {
				continue
			}
			room := t.Room
			if full := cfg.Types[cfg.Hospitals[h].Lines[b.Line].Type].Full; t.Payload > 0 && full > 0 {
				room = min(room, int(t.Payload/full))
			}
			if room < b.Bank {
				warn(t.Name+".room", "it carries %d cylinders, less than a bank of %d at %s", room, b.Bank, cfg.Hospitals[h].Name)
				break
			}
		}
	}
}

// serves reports whether a truck goes to a hospital.
func serves(t *model.Truck, hospital int) bool {
	if t.Serves == nil {
		return true
	}
	for _, h := range t.Serves {
		if h == hospital {
			return true
		}
	}
	return false
}

func oddBalance(cfg *model.Config, m *Meaning, warn warner) {
	if ratio := m.Ratio(); ratio < 1 {
		warn("hospital", "%.3g m3 a day are asked for on average and about %.3g can be supplied: there is no steady state, only the time until all is used up", m.Gas, m.Supply)
	}
	for t, f := range m.Fleets {
		perDay := m.byType(t)
		if perDay == 0 {
			continue
		}
		key := "cylinder." + f.Type
		if f.Count == 0 {
			warn(key, "%.3g a day are needed and there is none", perDay)
			continue
		}
		if turns := 7 * perDay / float64(f.Count); turns > mostTurns {
			warn(key, "each of the %d cylinders would have to be filled %.1f times a week; about 1 is usual and 7 the most reported", f.Count, turns)
		}
		buffers := 0
		for h := range cfg.Hospitals {
			for _, l := range cfg.Hospitals[h].Lines {
				if l.Type == t && l.Supply != nil {
					buffers += l.Supply.Policy.UpTo
				}
			}
		}
		if buffers > f.Count {
			warn(key, "the buffers of hospitals add up to %d and there are %d cylinders: they can never all be full", buffers, f.Count)
		}
		cycle := float64(f.Count) / perDay
		if days := cfg.Horizon.Days(); days < cycle && !math.IsInf(cycle, 1) {
			warn("run.horizon", "%s is shorter than the %.3g days in which each cylinder of type %s is used once: the answer is about the first stock", strings.TrimSpace(fmt.Sprint(cfg.Horizon)), cycle, f.Type)
		}
	}
}
