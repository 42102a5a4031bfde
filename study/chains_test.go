package study

import (
	"context"
	"fmt"
	"os"
	"slices"
	"strings"
	"testing"
	"testing/fstest"

	"oxysim/model"
	"oxysim/scenarios"
	"oxysim/sim"
)

// village is a plant, a road and a clinic that is well supplied: it uses up a
// cylinder every twelve hours, keeps four, and each is ordered at once.
const village = `
[run]
horizon = "20 d"
[cylinder.J]
content = "6.8 m3"
[plant.works]
label = "Works"
cylinders = { J = 9 }
[plant.works.filling]
positions = 4
time = "1 h"
[hospital.clinic]
label = "Clinic"
buffer = 4
[hospital.clinic.supply]
order = "one for one"
[hospital.clinic.cylinders.ward]
every = "12 h"
first = "6 h"
[road.way]
from = "works"
to = "clinic"
time = "2 h"
[truck.lorry]
home = "works"
room = 10
`

// withMore returns the village with tables added to it and keys changed.
func withMore(t *testing.T, more string, settings ...string) *Subject {
	t.Helper()
	sc, problems := scenarios.Read(fstest.MapFS{"x.toml": {Data: []byte(village + more)}}, "x.toml", settings...)
	if problems != nil {
		t.Fatal(problems)
	}
	return &Subject{Scenario: sc, Called: "x.toml", Settings: settings, Seed: 1, NewWorld: func() World { return model.New(sc.Config) }}
}

// What is planned to go wrong is what the sentence says. Each of these is worked
// out by hand: with four cylinders at the clinic, the fifth request after the last
// delivery finds none.
func TestSentencesSayWhatWasPlanned(t *testing.T) {
	for _, c := range []struct {
		name     string
		more     string
		settings []string
		kind     model.Blocker
		says     []string
	}{
		{name: "nothing"},
		{
			name: "a closed road", more: `
[road.way.closure.flood]
from = "5 d"
until = "9 d"`, kind: model.ByRoadShut,
			// The request of d004 18:00 is served at 20:00. Those of d005 06:00 … d006 18:00 use
			// four up; that of d007 06:00 waits until the road opens, and two hours.
			says: []string{"d007 06:00, Clinic: out of oxygen for 1 d 20 h", "road.way was closed", "truck.lorry left Works 3 d 18 h after it was wanted, at d009 00:00"},
		},
		{
			name: "a road that closes unknown to anybody", more: `
[road.way.closure.flood]
known = false
from = "121 h"
until = "9 d"
[hospital.clinic.cylinders.more]
every = "100 d"
first = "6 d"`,
			settings: []string{
				"hospital.clinic.cylinders.ward.every=100 d", "hospital.clinic.cylinders.ward.first=5 d", "hospital.clinic.cylinders.ward.batch=4",
			}, kind: model.ByRoadShut,
			// Four are asked for at d005 00:00, and the truck leaves with four more. Half of the way
			// lies behind it when the road closes. One is asked for at d006 00:00.
			says: []string{"d006 00:00, Clinic: out of oxygen for 3 d 1 h", "which had left Works at d005 00:00, was late", "road.way was closed"},
		},
		{
			name: "no power", more: `
[grid.town]
up = "5 d"
down = "5 d"`, settings: []string{"plant.works.grid=town", "plant.works.cylinders.J=1"}, kind: model.ByPowerCut,
			says: []string{"Clinic: out of oxygen", "Works had no full cylinder and no power since grid.town went off at d005 00:00"},
		},
		{
			name: "a machine that fails", more: `
[plant.works.machines.failure.any]
after = "5 d"
lasts = "5 d"`, settings: []string{"plant.works.cylinders.J=1"}, kind: model.ByMachineOut,
			says: []string{"Works had no full cylinder since a machine failed at d005 00:00"},
		},
		{
			name: "a truck that is away", more: `
[hospital.far]
buffer = 1
[hospital.far.supply]
order = "one for one"
[hospital.far.cylinders.ward]
every = "100 d"
first = "5 d"
[road.long]
from = "works"
to = "far"
time = "48 h"`, kind: model.ByTrucksOut,
			// It leaves for the far hospital at d005 00:00 and is back at d009 00:00.
			says: []string{"d007 06:00, Clinic: out of oxygen for 1 d 20 h", "truck.lorry was on other trips", "at d009 00:00"},
		},
		{
			name: "too few cylinders", settings: []string{"hospital.clinic.cylinders.ward.use=60 h", "plant.works.cylinders.J=0"}, kind: model.ByNoEmpties,
			// Four cylinders, each in use for 60 h, cannot serve two requests a day.
			says: []string{"Clinic: out of oxygen", "too few empties to fill"},
		},
		{
			name: "reports that come late", kind: model.ByReport,
			settings: []string{"hospital.clinic.supply.report_every=4 d", "hospital.clinic.supply.report_late=1 d"},
			says:     []string{"d002 06:00, Clinic: out of oxygen", "no report of its need had arrived"},
		},
		{
			name: "a surge", settings: []string{
				"hospital.clinic.cylinders.ward.every=20 d", "hospital.clinic.cylinders.ward.first=5 d", "hospital.clinic.cylinders.ward.batch=6",
			}, kind: model.ByLate,
			says: []string{"d005 00:00, Clinic: out of oxygen for 2 h", "truck.lorry left Works only at d005 00:00", "ordered too late"},
		},
		{
			name: "a round that is not due", more: `
[round.weekly]
stops = ["clinic"]
every = "7 d"
first = "7 d"`, settings: []string{"hospital.clinic.supply.order=rounds", "plant.works.cylinders.J=20"}, kind: model.ByVisit,
			says: []string{"d002 06:00, Clinic: out of oxygen for 4 d 20 h", "round.weekly was not due before"},
		},
		{
			name: "a shift", settings: []string{"truck.lorry.shift=12:00-12:01", "truck.lorry.days=mon"}, kind: model.ByShift,
			says: []string{"Clinic: out of oxygen", "no truck may leave at that hour"},
		},
	} {
		t.Run(c.name, func(t *testing.T) {
			s := withMore(t, c.more, c.settings...)
			stories := storiesOf(t, s, 0)
			if c.says == nil {
				if len(stories) > 0 {
					t.Errorf("there is a stockout: %s", Sentence(s, &stories[0]))
				}
				return
			}
			if len(stories) == 0 {
				t.Fatal("there is no stockout")
			}
			x := stories[0]
			said := Sentence(s, &x)
			if w, _ := MainWait(&x); w.Kind != c.kind {
				t.Errorf("%s: it waited for %v, want %v: %+v", said, w.Kind, c.kind, x)
			}
			for _, want := range c.says {
				if !strings.Contains(said, want) {
					t.Errorf("got  %s\nwant %s", said, want)
				}
			}
		})
	}
}

// storiesOf explains a replication and holds each chain against the trace of
// the same replication.
func storiesOf(t *testing.T, s *Subject, replication int) (stories []model.Chain) {
	t.Helper()
	var trace []model.Notice
	w := model.New(s.Config)
	w.Watch(func(n model.Notice) { trace = append(trace, n) })
	w.Explain(func(c model.Chain) { stories = append(stories, c) })
	w.Run(s.Seed, replication)
	told := newTold(trace)
	for i := range stories {
		for _, what := range told.contradictions(&stories[i]) {
			t.Errorf("%s, replication %d: %s\n%s\n%+v", s.Name, replication, what, Sentence(s, &stories[i]), stories[i])
		}
	}
	return stories
}

// told is a trace, by thing.
type told map[string][]model.Notice

func newTold(trace []model.Notice) told {
	by := told{}
	for _, n := range trace {
		by[n.Thing] = append(by[n.Thing], n)
	}
	return by
}

// at reports whether something is told of a thing at an instant.
func (by told) at(thing string, at sim.Time, what string) bool {
	return by.between(thing, at, at, what)
}

// between reports whether something is told of a thing from one instant to
// another, both included.
func (by told) between(thing string, from, to sim.Time, what string) bool {
	list := by[thing]
	i, _ := slices.BinarySearchFunc(list, from, func(n model.Notice, t sim.Time) int {
		if n.At < t {
			return -1
		}
		return 1
	})
	for ; i < len(list) && list[i].At <= to; i++ {
		if strings.Contains(list[i].What, what) {
			return true
		}
	}
	return false
}

// contradictions lists what a chain says and the trace does not.
func (by told) contradictions(c *model.Chain) (list []string) {
	want := func(ok bool, format string, args ...any) {
		if !ok {
			list = append(list, fmt.Sprintf(format, args...))
		}
	}
	want(by.at(c.Hospital, c.From, "STOCKOUT begins"), "no stockout begins at %v", c.From)
	want(c.Open || by.at(c.Hospital, c.To, "STOCKOUT ends"), "no stockout ends at %v", c.To)
	if strings.HasPrefix(c.Carrier, "truck.") {
		want(by.at(c.Carrier, c.Sent, "begins a trip"), "%s begins no trip at %v", c.Carrier, c.Sent)
		if c.Ended {
			want(by.between(c.Hospital, c.Sent, c.To, "from "+c.Carrier), "%s brings nothing until %v", c.Carrier, c.To)
		}
	}
	for _, w := range c.Waits {
		inside := func(thing, what string) bool { return by.between(thing, w.From+1, w.To-1, what) }
		switch w.Kind {
		case model.ByPowerCut:
			if strings.HasPrefix(w.Thing, "grid.") {
				want(by.at(w.Thing, w.Since, "goes off"), "%s does not go off at %v", w.Thing, w.Since)
				want(!by.between(c.Plant, w.Since+1, w.To-1, "has electricity again"), "%s has power before %v", c.Plant, w.To)
			} else {
				want(by.at(w.Thing, w.Since, "loses electricity"), "%s does not lose power at %v", w.Thing, w.Since)
			}
		case model.ByMachineOut:
			want(by.at(w.Thing, w.Since, " fails: "), "no machine of %s fails at %v", w.Thing, w.Since)
			want(!inside(w.Thing, "begins to fill"), "%s begins to fill meanwhile", w.Thing)
		case model.ByClosed:
			want(w.Since == 0 || by.at(w.Thing, w.Since, "closes"), "%s does not close at %v", w.Thing, w.Since)
			want(!inside(w.Thing, "begins to fill"), "%s begins to fill meanwhile", w.Thing)
		case model.ByNoEmpties:
			want(!inside(w.Thing, "begins to fill"), "%s begins to fill meanwhile", w.Thing)
		case model.ByTrucksOut:
			for _, n := range by[w.Thing] {
				if w.From < n.At && n.At < w.To && strings.Contains(n.What, "is free at") {
					want(by.at(w.Thing, n.At, "begins a trip"), "%s is free at %v, and stays", w.Thing, n.At)
				}
			}
		case model.ByAtRest:
			want(by.at(w.Thing, w.Since, "rests"), "the driver of %s does not rest at %v", w.Thing, w.Since)
		case model.ByBroken:
			want(by.at(w.Thing, w.Since, "breaks down"), "%s does not break down at %v", w.Thing, w.Since)
		case model.ByRoadShut:
			if w.Sent {
				want(by.at(c.Carrier, w.Since, "is held up: "+w.Thing), "%s is not held up at %v", c.Carrier, w.Since)
			}
		}
	}
	return list
}

// No sentence about the ready-made scenarios contradicts the trace.
func TestSentencesAgreeWithTheTrace(t *testing.T) {
	stockouts, n := 0, 1
	if os.Getenv("OXYSIM_LONG") != "" {
		n = 10
	}
	for _, name := range scenarios.Ready() {
		s, problems := Open(name)
		if problems != nil {
			t.Fatal(problems)
		}
		for r := range n {
			stockouts += len(storiesOf(t, s, r))
		}
	}
	if stockouts < 1000 {
		t.Errorf("%d stockouts: too few", stockouts)
	}
}

// The hours that are charged to blockers are those of the metric, in every
// scenario without a warm-up.
func TestBlockersAddUpToTheHours(t *testing.T) {
	for _, name := range []string{"district", "kri-erbil", "zambia-eastern"} {
		s, problems := Open(name)
		if problems != nil {
			t.Fatal(problems)
		}
		c, err := Explain(context.Background(), s, "", 3, 3, 2)
		if err != nil {
			t.Fatal(err)
		}
		sum, share := 0.0, 0.0
		for _, b := range c.Blockers {
			sum += b.Hours.Mean
			share += b.Share
		}
		f := NewFutures([]*Subject{s}, []string{"network.stockout_hours"})
		want := 0.0
		for r := 3; r < 6; r++ {
			x, err := f.Run(0, r)
			if err != nil {
				t.Fatal(err)
			}
			want += x[0] / 3
		}
		if d := sum - want; d > 1e-6 || d < -1e-6 || share < 1-1e-9 || share > 1+1e-9 {
			t.Errorf("%s: %v hours are charged, %v of them; the metric has %v", name, sum, share, want)
		}
	}
}

// No stockout is told twice: the typical ones are not among the longest.
func TestTypicalStockoutsAreNotTheLongest(t *testing.T) {
	for _, name := range []string{"district", "one-cylinder", "kri-erbil"} {
		s, problems := Open(name)
		if len(problems) > 0 {
			t.Fatal(problems)
		}
		c, err := Explain(context.Background(), s, "", 0, 4, storiesTold)
		if err != nil {
			t.Fatal(err)
		}
		told := map[string]bool{}
		for _, x := range append(slices.Clone(c.Longest), c.Typical...) {
			key := fmt.Sprint(x.Replication, x.Hospital, x.From)
			if told[key] {
				t.Errorf("%s: told twice: [%d] %s", name, x.Replication, x.Sentence)
			}
			told[key] = true
		}
	}
}
