package scenarios

import (
	"fmt"
	"maps"
	"reflect"
	"slices"
	"strings"
	"testing"
	"testing/fstest"

	"oxysim/model"
	"oxysim/scenarios/source"
)

// leaves writes every value below v into a map, by dotted key.
func leaves(v reflect.Value, key string, into map[string]string) {
	for v.Kind() == reflect.Pointer {
		if v.IsNil() {
			return
		}
		v = v.Elem()
	}
	dot := func(part string) string { return strings.TrimPrefix(key+"."+part, ".") }
	switch {
	case v.Kind() == reflect.Map:
		for _, k := range v.MapKeys() {
			leaves(v.MapIndex(k), dot(k.String()), into)
		}
	case v.Kind() == reflect.Struct && v.Type().PkgPath() == reflect.TypeFor[File]().PkgPath():
		for i := range v.NumField() {
			if f := v.Type().Field(i); f.Anonymous {
				leaves(v.Field(i), key, into)
			} else {
				leaves(v.Field(i), dot(f.Tag.Get("key")), into)
			}
		}
	default:
		into[key] = fmt.Sprint(v.Interface())
	}
}

// covers reports whether a key is one that a cause says it changes, or below it.
func covers(c Cause, key string) bool {
	parts := strings.Split(key, ".")
	return slices.ContainsFunc(c.Keys, func(pattern string) bool {
		want := strings.Split(pattern, ".")
		return len(want) <= len(parts) && slices.EqualFunc(want, parts[:len(want)], func(w, p string) bool { return w == "*" || w == p })
	})
}

// decoded returns the file of a scenario as it is, and with a cause thought away
// so many times.
func decoded(t *testing.T, s *Scenario, c Cause, times int) (file *File, tree *source.Tree) {
	t.Helper()
	file, tree = new(File), s.Tree.Clone()
	if problems := source.Decode(tree, file); problems != nil {
		t.Fatal(problems)
	}
	for range times {
		c.remove(file, s)
	}
	return file, tree
}

func opened(t *testing.T, name string) *Scenario {
	t.Helper()
	s, problems := Open(name)
	if problems != nil {
		t.Fatal(problems)
	}
	return s
}

// theRest has the keys of causes that no ready-made scenario has.
const theRest = `
[cylinder.J]
content = "6.8 m3"
[profile.wave.surge.first]
factor = 3
[grid.town]
up = "5 d"
down = "1 d"
[plant.works]
docks = 1
booster = "20 m3/h"
[plant.works.machines]
flow = "30 m3/h"
derate = "90 %"
derate_months = [1, 1, 1, 1, 1, 1, 1, 0.8, 1, 1, 1, 1]
[plant.works.filling]
positions = 4
time = "1 h"
days = "mon-fri"
[vendor.depot]
cylinders = { J = 5 }
quota = 3
refuses = "5 %"
docks = 1
[hospital.clinic]
buffer = 4
grid = "town"
generator = { fuel = "1 d" }
[hospital.clinic.supply]
from = "works"
every = "1 d"
report_every = "1 d"
[hospital.clinic.concentrators]
maintenance_every = "30 d"
[hospital.clinic.bulk]
tank = "100 m3"
[hospital.clinic.bulk.tanker.weekly]
every = "7 d"
load = "100 m3"
travel = "exponential(5 h)"
[hospital.clinic.patients.all]
rate = "1/day"
flow = "5 L/min"
stay = "exponential(3 d)"
[hospital.post]
buffer = 4
supply = { from = "depot", order = "rounds" }
cylinders.ward = { rate = "1/day" }
[road.way]
from = "works"
to = "clinic"
time = "2 h"
day_variation = "lognormal(1, cv 0.2)"
hours = "06:00-20:00"
[road.lane]
from = "depot"
to = "post"
time = "exponential(2 h)"
[truck.lorry]
home = "works"
room = 10
serves = ["clinic"]
[truck.van]
home = "depot"
room = 10
[round.weekly]
from = "depot"
truck = "van"
stops = ["post"]
days = "mon"
`

// Thinking a cause away changes the keys that it names, and each of them
// somewhere; and no others.
func TestCausesChangeTheKeysTheyName(t *testing.T) {
	changed := map[string]bool{}
	var all []*Scenario
	for _, name := range Ready() {
		all = append(all, opened(t, name))
	}
	rest, problems := Read(fstest.MapFS{"rest.toml": {Data: []byte(theRest)}}, "rest.toml")
	if problems != nil {
		t.Fatal(problems)
	}
	for _, s := range append(all, rest) {
		name := s.Name
		for _, c := range Causes() {
			before, after := map[string]string{}, map[string]string{}
			was, _ := decoded(t, s, c, 0)
			is, _ := decoded(t, s, c, 1)
			leaves(reflect.ValueOf(was), "", before)
			leaves(reflect.ValueOf(is), "", after)
			keys := maps.Clone(before)
			maps.Copy(keys, after)
			for key := range keys {
				if before[key] == after[key] {
					continue
				}
				// A buffer that stands in for the number of full cylinders is written down as that.
				key = strings.Replace(key, ".full", ".buffer", 1)
				if !covers(c, key) {
					t.Errorf("%s without %s: %s is %q, was %q; the cause does not name it", name, c.Name, key, after[key], before[key])
				}
				for _, p := range c.Keys {
					if covers(Cause{Keys: []string{p}}, key) {
						changed[c.Name+" "+p] = true
					}
				}
			}
		}
	}
	for _, c := range Causes() {
		for _, p := range c.Keys {
			if !changed[c.Name+" "+p] {
				t.Errorf("no scenario is another one without %s by its key %s", c.Name, p)
			}
		}
	}
}

// A scenario without no cause is the scenario.
func TestWithoutNothingIsTheSame(t *testing.T) {
	for _, name := range Ready() {
		s := opened(t, name)
		w, problems := s.Without()
		if problems != nil {
			t.Fatal(problems)
		}
		if !reflect.DeepEqual(w.Config, s.Config) {
			t.Errorf("%s is another world", name)
		}
	}
}

// hours simulates some replications and returns the hours of stockout in each.
func hours(t *testing.T, cfg *model.Config, n int) []float64 {
	t.Helper()
	w := model.New(cfg)
	at := slices.IndexFunc(w.Metrics(), func(m model.Metric) bool { return m.Name == "network.stockout_hours" })
	list := make([]float64, n)
	for r := range list {
		list[r] = w.Run(1, r)[at]
	}
	return list
}

// Where all comes by cylinders, nothing is short when all causes are thought
// away.
func TestWithoutCausesNothingIsShort(t *testing.T) {
	for _, name := range []string{"district", "kri-erbil", "kri-erbil-no-bulk", "zambia-eastern", "zambia-eastern-2024", "closed-loop", "exact-visits"} {
		s := opened(t, name)
		w, problems := s.Without(Causes()...)
		if problems != nil {
			t.Fatal(problems)
		}
		for r, h := range hours(t, w.Config, 2) {
			if h != 0 {
				t.Errorf("%s, replication %d: %v hours of stockout are left", name, r, h)
			}
		}
	}
}

// What there is plenty of when a cause is thought away is so much that twice as
// much more changes nothing: trucks and cylinders are finite, but never bind.
func TestPlentyIsPlenty(t *testing.T) {
	for _, name := range []string{"district", "kri-erbil", "zambia-eastern", "closed-loop"} {
		s := opened(t, name)
		for _, cause := range []string{"trucks", "cylinders"} {
			c, err := FindCause(cause)
			if err != nil {
				t.Fatal(err)
			}
			var got [2][]float64
			for i := range got {
				file, tree := decoded(t, s, c, i+1)
				config, problems := build(tree, file)
				if problems != nil {
					t.Fatal(problems)
				}
				got[i] = hours(t, config, 2)
			}
			if !slices.Equal(got[0], got[1]) {
				t.Errorf("%s without %s: %v hours of stockout, with twice as many %v", name, cause, got[0], got[1])
			}
		}
	}
}

// A cause that is not there gets a guess.
func TestUnknownCauseGetsAGuess(t *testing.T) {
	if _, err := FindCause("road"); err == nil || !strings.Contains(err.Error(), `did you mean "roads"?`) {
		t.Errorf("got %v, want a guess", err)
	}
}
