package quantity

import (
	"slices"
	"strings"
)

// physical tells what a unit without a denominator measures.
type physical int

const (
	nothing physical = iota // no unit
	duration
	length
	gas
	mass
	force // pressure
	energy
	power
	portion // per cent
	cash
)

// NormalToStandard is the number of cubic metres at 15 °C that one at 0 °C
// makes at the same pressure: 288.15 K / 273.15 K = 1.0549.
const NormalToStandard = 1.055

// cubicMetre is the number of units of gas, sixtieths of a millilitre, in a
// cubic metre.
const cubicMetre = 60 * 1e6

// A unit is one row of the table of units.
type unit struct {
	of    physical
	size  float64  // in s, km, 1/60 mL, kg, bar, kWh, kW, 1
	names []string // the first is the one proposed
}

// unitTable lists the units. Where one name stands for two units, as "m" does,
// the kind of quantity decides.
var unitTable = []unit{
	{duration, 1, []string{"s", "sec", "secs", "second", "seconds"}},
	{duration, 60, []string{"min", "m", "mins", "minute", "minutes"}},
	{duration, 3600, []string{"h", "hr", "hrs", "hour", "hours"}},
	{duration, 86400, []string{"d", "day", "days"}},
	{duration, 7 * 86400, []string{"week", "w", "wk", "weeks"}},
	{duration, 365 * 86400, []string{"year", "y", "yr", "years"}},
	{length, 1, []string{"km", "kilometre", "kilometres", "kilometer", "kilometers"}},
	{length, 0.001, []string{"m", "metre", "metres", "meter", "meters"}},
	{length, 1.609344, []string{"mi", "mile", "miles"}},
	{gas, 60 * 1e3, []string{"L", "l", "litre", "litres", "liter", "liters"}},
	{gas, 60, []string{"mL", "ml"}},
	{gas, cubicMetre, []string{"m3", "m^3", "Sm3"}},
	{gas, NormalToStandard * cubicMetre, []string{"Nm3", "Nm^3"}},
	{mass, 1, []string{"kg"}},
	{mass, 1000, []string{"t", "tonne", "tonnes"}},
	{mass, 0.001, []string{"g"}},
	{force, 1, []string{"bar"}},
	{force, 0.0689475729, []string{"psi"}},
	{force, 0.01, []string{"kPa"}},
	{force, 10, []string{"MPa"}},
	{energy, 1, []string{"kWh"}},
	{energy, 0.001, []string{"Wh"}},
	{energy, 1000, []string{"MWh"}},
	{energy, 1 / 3.6, []string{"MJ"}},
	{power, 1, []string{"kW"}},
	{power, 0.001, []string{"W"}},
	{power, 1000, []string{"MW"}},
	{portion, 0.01, []string{"%", "percent"}},
	{cash, 1, []string{"$", "USD", "€", "EUR", "£", "GBP"}},
}

// wholeNames are units written in one word that have a denominator.
var wholeNames = map[string]string{
	"lpm": "L/min", "kmh": "km/h", "kph": "km/h", "mph": "mi/h",
}

// vague are words that look like units and have no fixed size.
var vague = map[string]string{
	"month": "a month has no fixed length: write days", "months": "a month has no fixed length: write days",
	"mo": "a month has no fixed length: write days", "ton": "write t or kg", "tons": "write t or kg",
	"bar(g)": "write bar", "gal": "write L", "gallon": "write L", "gallons": "write L", "cuft": "write m3", "ft3": "write m3",
}

// find returns the unit called name that measures p, or, if there is none, one
// that measures something else, or nil. Letters of another case are understood
// unless they change the size: "ML" is no millilitre.
func find(name string, p physical) *unit {
	var other *unit
	for _, fold := range []bool{false, true} {
		if fold && (len(name) < 2 || name[0] == 'M') {
			break
		}
		for i := range unitTable {
			u := &unitTable[i]
			if !u.called(name, fold) {
				continue
			}
			if u.of == p {
				return u
			}
			if other == nil {
				other = u
			}
		}
		if other != nil {
			return other
		}
	}
	return nil
}

func (u *unit) called(name string, fold bool) bool {
	if fold {
		return slices.ContainsFunc(u.names, func(s string) bool { return strings.EqualFold(s, name) })
	}
	return slices.Contains(u.names, name)
}

// splitUnit returns the parts of a unit above and below the stroke, where
// "per" may stand for it: "m3 per day" is "m3", "day". Without a stroke below
// is empty and over is false.
func splitUnit(s string) (above, below string, over bool) {
	if w, ok := wholeNames[strings.ToLower(s)]; ok {
		s = w
	}
	if strings.EqualFold(s, "per cent") {
		return "%", "", false
	}
	if a, b, ok := strings.Cut(s, "/"); ok {
		return strings.TrimSpace(a), strings.TrimSpace(b), true
	}
	words := strings.Fields(s)
	if i := slices.Index(words, "per"); i >= 0 {
		return strings.Join(words[:i], " "), strings.Join(words[i+1:], " "), true
	}
	return s, "", false
}

// namesOf returns the names of the units that measure p.
func namesOf(p physical) []string {
	var names []string
	for _, u := range unitTable {
		if u.of == p {
			names = append(names, u.names...)
		}
	}
	return names
}
