package study

import (
	"math"
	"slices"
	"strings"
	"testing"
	"testing/fstest"

	"oxysim/scenarios"
)

// uncertainFile is a scenario in which much is not known.
const uncertainFile = `
[run]
horizon = "20 d"
[cylinder.J]
content = "6.8 m3 (6 m3 – 7 m3)"
[plant.works]
cylinders = { J = 10 }
[plant.works.filling]
positions = 4
time = "lognormal(1 h (30 min – 3 h), cv 0.5)"
[hospital.north]
buffer = 10
supply = { order = "up to", reorder_at = 5 }
cylinders.ward.rate = "1/day (0.5/day – 2/day)"
[hospital.south]
buffer = 12
supply = { order = "up to", reorder_at = 5 }
cylinders.ward.rate = "1/day (0.5/day – 2/day)"
[hospital.west]
buffer = 12
supply = { order = "up to", reorder_at = 5 }
cylinders.ward.rate = "1.5/day (0.5/day – 2/day)"
[road.a]
from = "works"
to = "north"
length = "30 km"
speed = "40 km/h"
[road.b]
from = "works"
to = "south"
length = "30 km"
speed = "60 km/h"
[road.c]
from = "works"
to = "west"
length = "30 km"
speed = "60 km/h"
[truck.lorry]
home = "works"
room = 20
[uncertain]
"road.*.speed" = "lognormal(1, cv 0.3)"
"hospital.south.cylinders.ward.rate" = "uniform(0.5, 1.5)"
[option.more]
change = { "hospital.north.cylinders.ward.rate" = "2/day", "road.a.speed" = "80 km/h" }
`

// subjectOf returns a scenario that is written down in a test.
func subjectOf(t *testing.T, file string, settings ...string) *Subject {
	t.Helper()
	sc, problems := scenarios.Read(fstest.MapFS{"test.toml": {Data: []byte(file)}}, "test.toml", settings...)
	if len(problems) > 0 {
		t.Fatal(problems)
	}
	return (&Subject{Called: "test.toml", Settings: settings, Seed: sc.File.Run.Seed}).with(sc)
}

// All values with a range and all factors are found; a factor comes in the place
// of a range, and values that are written alike are one.
func TestUnknownsAreRangesAndFactors(t *testing.T) {
	s := subjectOf(t, uncertainFile)
	list, problems := Unknowns(s)
	if len(problems) > 0 {
		t.Fatal(problems)
	}
	got := map[string]int{}
	for _, x := range list {
		got[x.Name] = x.Count()
	}
	want := map[string]int{
		"cylinder.J.content":                 1,
		"plant.works.filling.time":           1,
		"hospital.north.cylinders.ward.rate": 1, // that of the south has a factor, that of the west another value
		"hospital.west.cylinders.ward.rate":  1,
		"hospital.south.cylinders.ward.rate": 1,
		"road.*.speed":                       3,
	}
	for name, n := range want {
		if got[name] != n {
			t.Errorf("%s: got %d numbers, want %d", name, got[name], n)
		}
	}
	if len(got) != len(want) {
		t.Errorf("got %v, want %v", got, want)
	}
	alike := strings.Replace(uncertainFile, `"hospital.south.cylinders.ward.rate" = "uniform(0.5, 1.5)"`, "", 1)
	list, _ = Unknowns(subjectOf(t, alike), "hospital.*.cylinders.ward.rate")
	if len(list) != 2 || list[0].Count() != 2 || list[0].Name == list[1].Name {
		t.Errorf("got %+v, want two rates that are one, and another, with different names", list)
	}
	if list, _ = Unknowns(subjectOf(t, alike), "hospital.north.cylinders.ward.rate", "hospital.south.cylinders.ward.rate"); len(list) != 2 {
		t.Errorf("got %+v, want the two apart, since they are named apart", list)
	}
}

// A sampled value is that of the triangular law with the written value as mode,
// of a factor that of its law; at the ends it is as written. A subject with the
// setting has the value.
func TestSampledValuesAreThoseOfTheLaw(t *testing.T) {
	s := subjectOf(t, uncertainFile)
	for _, c := range []struct {
		key  string
		u    float64
		want []string
	}{
		{"cylinder.J.content", 0, []string{"cylinder.J.content=6 m3"}},
		{"cylinder.J.content", 1, []string{"cylinder.J.content=7 m3"}},
		// Below the mode of (6, 6.8, 7), u = (x-6)²/(1·0.8).
		{"cylinder.J.content", 0.2, []string{"cylinder.J.content=6.4 m3"}},
		{"hospital.west.cylinders.ward.rate", 0, []string{"hospital.west.cylinders.ward.rate=0.5/day"}},
		{"plant.works.filling.time", 0, []string{"plant.works.filling.time=lognormal(30 min, cv 0.5)"}},
		{"hospital.south.cylinders.ward.rate", 0.75, []string{"hospital.south.cylinders.ward.rate=1.25/day"}},
	} {
		list, problems := Unknowns(s, c.key)
		if len(problems) > 0 || len(list) != 1 {
			t.Fatal(c.key, problems, list)
		}
		if got := list[0].Settings(s, c.u); !slices.Equal(got, c.want) {
			t.Errorf("%s at %v: got %q, want %q", c.key, c.u, got, c.want)
		}
		if list[0].Settings(s, math.NaN()) != nil {
			t.Errorf("%s as written: got settings, want none", c.key)
		}
	}
	list, _ := Unknowns(s, "road.*.speed")
	settings := list[0].Settings(s, 0.9)
	v, problems := s.Vary(settings...)
	if len(problems) > 0 {
		t.Fatal(problems)
	}
	a, _ := v.Tree.Scalar("road.a.speed")
	b, _ := v.Tree.Scalar("road.b.speed")
	if f, g := a.Base()/40, b.Base()/60; f <= 1 || math.Abs(f-g) > 1e-12 {
		t.Errorf("got factors %v and %v, want one that is above 1 for both roads", f, g)
	}
}

// What an option decides is not uncertain any more, unless the option gives it a
// range; a factor stretches what the option has put there.
func TestOptionsSettleWhatTheyChange(t *testing.T) {
	s := subjectOf(t, uncertainFile)
	o, problems := s.Opt("more")
	if len(problems) > 0 {
		t.Fatal(problems)
	}
	rate, _ := Unknowns(s, "hospital.north.cylinders.ward.rate")
	if got := rate[0].Settings(o, 0.3); got != nil {
		t.Errorf("got %q, want the option's rate left alone", got)
	}
	speed, _ := Unknowns(s, "road.*.speed")
	if base, option := speed[0].Settings(s, 0.5)[0], speed[0].Settings(o, 0.5)[0]; base == option {
		t.Errorf("got %q with and without the option, want another speed with it", base)
	}
}

// What is named and is not uncertain is refused, with what to write; and what is
// written there is understood.
func TestUnknownsWithoutARange(t *testing.T) {
	s := subjectOf(t, uncertainFile)
	for key, want := range map[string]string{
		"hospital.north.buffer": `is 10, without a range: write the law of a factor, such as --set 'uncertain."hospital.north.buffer"=lognormal(1, cv 0.3)'`,
		"road.a.length":         `is 30 km, without a range: write one, such as --set 'road.a.length=30 km (15 km – 60 km)'`,
		"hospital.*.buffer":     `none of its 3 numbers has a range`,
		"hospital.north.bufer":  `did you mean "hospital.north.buffer"?`,
		"hospital.north.supply": "want a key whose value is a number",
	} {
		_, problems := Unknowns(s, key)
		if len(problems) != 1 || !strings.Contains(problems.Error(), want) {
			t.Errorf("%s: got %v, want %q", key, problems, want)
		}
	}
	for _, set := range []string{`uncertain."hospital.*.buffer"=lognormal(1, cv 0.3)`, "road.a.length=30 km (15 km – 60 km)"} {
		v, problems := s.Vary(set)
		if len(problems) > 0 {
			t.Fatal(problems)
		}
		list, problems := Unknowns(v)
		if len(problems) > 0 || len(list) != 7 {
			t.Errorf("%s: got %d unknowns, %v, want one more", set, len(list), problems)
		}
	}
	for set, want := range map[string]string{
		`uncertain."hospital.north.bufer"=lognormal(1, cv 0.3)`: "did you mean",
		`uncertain."hospital.north.buffer"=2`:                   `want the law of a factor such as "lognormal(1, cv 0.3)", not "2"`,
		`uncertain."road.a.speed"=uniform(0.5, 2)`:              "road.a.speed has a factor already",
	} {
		v, problems := s.Vary(set)
		if len(problems) > 0 {
			t.Fatal(problems)
		}
		if _, problems := Unknowns(v); !strings.Contains(problems.Error(), want) {
			t.Errorf("%s: got %v, want %q", set, problems, want)
		}
	}
}
