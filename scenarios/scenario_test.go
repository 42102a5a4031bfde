package scenarios

import (
	"fmt"
	"strings"
	"testing"
	"testing/fstest"
	"time"

	"oxysim/model"
	"oxysim/sim"
)

// small is a scenario in which one thing after another is spoilt.
const small = `[cylinder.J]
content = "6.8 m3"
[plant.works]
cylinders = { J = 5 }
[plant.works.filling]
positions = 2
time = "2 h"
[hospital.north]
buffer = 10
[hospital.north.supply]
reorder_at = 4
[hospital.north.cylinders.ward]
rate = "2/day"
[road.way]
from = "works"
to = "north"
length = "40 km"
speed = "40 km/h"
[truck.lorry]
home = "works"
room = 10
`

// read reads a text as a scenario.
func read(text string, settings ...string) (*Scenario, Problems) {
	return Read(fstest.MapFS{"x.toml": {Data: []byte(text)}}, "x.toml", settings...)
}

// What cannot be is said with its place, its key, what was wanted and a guess.
func TestMistakesAreNamed(t *testing.T) {
	for _, c := range []struct{ old, spoilt, want string }{
		{`from = "works"`, `from = "work"`, `x.toml:15:8: road.way.from: no plant, vendor, hospital or junction is called "work" (did you mean "works"?)`},
		{`to = "north"`, `to = "works"`, `x.toml:16:6: road.way.to: want another place than from`},
		{`length = "40 km"`, `length = "40"`, `x.toml:17:10: road.way.length: want a distance such as "42 km", not "40"`},
		{`home = "works"`, `home = "north"`, `x.toml:10:17: hospital.north.supply: no truck of works serves it; want [truck.NAME] with home = "works", or by = "courier"`},
		{"[road.way]\nfrom = \"works\"\nto = \"north\"", "[junction.j]\n[road.way]\nfrom = \"works\"\nto = \"j\"", `x.toml:10:17: hospital.north.supply: no road leads from works to north; want [road.NAME] with from and to`},
		{`reorder_at = 4`, `reorder_at = 10`, `x.toml:11:14: hospital.north.supply.reorder_at: want less than the buffer of 10, not 10: nothing would ever be ordered up to`},
		{`reorder_at = 4`, `by = "courier"`, `x.toml:10:17: hospital.north.supply.delay: want the time a courier takes, such as "exponential(3 d)"`},
		{`reorder_at = 4`, `order = "lot"`, `x.toml:10:17: hospital.north.supply.lot: want the size of a lot, such as 20, for order = "lot"`},
		{`reorder_at = 4`, `from = "wroks"`, `x.toml:11:8: hospital.north.supply.from: no plant or vendor is called "wroks" (did you mean "works"?)`},
		{`rate = "2/day"`, `rate = "2/day"` + "\nevery = \"1 h\"", `x.toml:12:27: hospital.north.cylinders.ward: want one of rate, every and places, not 2 of them`},
		{`rate = "2/day"`, `rate = "2000000000/day"`, `x.toml:12:27: hospital.north.cylinders.ward: there may be 7.3e+11 requests for cylinders in one replication; want at most 5e+06`},
		{`rate = "2/day"`, `rate = "2/day"` + "\ntype = \"D\"", `x.toml:14:8: hospital.north.cylinders.ward.type: the hospital keeps no cylinders of type "D"`},
		{`{ J = 5 }`, `{ K = 5 }`, `x.toml:4:19: plant.works.cylinders.K: no cylinder type is called "K"; want one of J`},
		{"buffer = 10", "buffer = 10\n[source]\nhospital = \"a\\u001b[31mb\"", `x.toml:11:12: source.hospital: want a text without control characters, not "a\x1b[31mb"`},
		{"buffer = 10", "buffer = 10\nlabel = \"a\\u202eb\"", `x.toml:10:9: hospital.north.label: want a text on one line, without control characters, not "a\u202eb"`},
		{"buffer = 10", "buffer = 10\nlabel = \"a\\u001b[31mb\"", `x.toml:10:9: hospital.north.label: want a text on one line, without control characters, not "a\x1b[31mb"`},
		{`time = "2 h"`, `time = "0 h"`, `x.toml:7:8: plant.works.filling.time: want a time above 0, such as "1.6 h", not 0 s`},
		{`positions = 2`, "positions = 2\nbatch = 3", `x.toml:7:9: plant.works.filling.batch: want at most the 2 positions, not 3`},
	} {
		text := strings.Replace(small, c.old, c.spoilt, 1)
		if text == small {
			t.Fatalf("%q is not in the scenario", c.old)
		}
		s, problems := read(text)
		if s != nil || len(problems) != 1 || problems[0].Error() != c.want {
			t.Errorf("%s:\n got %v\nwant %s", c.spoilt, problems, c.want)
		}
	}
	if _, problems := read(small); len(problems) > 0 {
		t.Errorf("the scenario itself: %v", problems)
	}
}

// A name that is nearly that of a ready-made scenario is guessed.
func TestUnknownScenarioIsGuessed(t *testing.T) {
	_, problems := Open("distrct")
	const want = `distrct: no ready-made scenario has this name, and there is no such file (did you mean "district"?)`
	if problems.Error() != want {
		t.Errorf("got %v, want %s", problems, want)
	}
}

// The digest of a scenario changes with what decides its numbers and with
// nothing else.
func TestDigestIsOfWhatDecides(t *testing.T) {
	of := func(settings ...string) string {
		s, problems := read(small, settings...)
		if err := problems.Err(); err != nil {
			t.Fatal(err)
		}
		return s.Digest
	}
	plain := of()
	for _, same := range []string{"title=x", "hospital.north.label=x", "run.replications=7", "run.seed=3", "hospital.north.buffer=10", "run.horizon=8760 h"} {
		if of(same) != plain {
			t.Errorf("%s changes the digest", same)
		}
	}
	for _, other := range []string{"hospital.north.buffer=11", "run.horizon=364 d", "plant.works.filling.time=2.1 h"} {
		if of(other) == plain {
			t.Errorf("%s does not change the digest", other)
		}
	}
}

// Any bytes as a scenario give problems with a place, or a world that runs.
func FuzzScenario(f *testing.F) {
	f.Add([]byte(small))
	for _, name := range []string{"district", "one-cylinder", "exact-closed-loop", "exact-buffer-tank"} {
		files, _ := ReadyFiles(name)
		text, err := files.Open(name + ".toml")
		if err != nil {
			f.Fatal(err)
		}
		b := make([]byte, 1<<16)
		n, _ := text.Read(b)
		f.Add(b[:n])
	}
	f.Fuzz(func(t *testing.T, text []byte) {
		// A hang is no failure that a fuzzer would report: it waits.
		watch := time.AfterFunc(20*time.Second, func() { panic(fmt.Sprintf("this takes more than 20 s: %q", text)) })
		defer watch.Stop()
		s, problems := read(string(text))
		if s == nil {
			if len(problems) == 0 {
				t.Fatal("neither a scenario nor a problem")
			}
			for _, p := range problems {
				if p.Place.String() == "" {
					t.Errorf("a problem without a place: %v", p)
				}
			}
			return
		}
		s.Config.Horizon = min(s.Config.Horizon, sim.Day)
		s.Config.WarmUp = 0
		model.New(s.Config).Run(1, 0)
	})
}
