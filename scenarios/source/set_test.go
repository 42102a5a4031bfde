package source

import (
	"fmt"
	"testing"
	"time"
)

// What is set on the command line wins over all files, and its mistakes are
// those of the flag.
func TestSet(t *testing.T) {
	for _, c := range []struct{ set, show, want string }{
		{"hospital.a.buffer=45", "", "45"},
		{"hospital.a.buffer = 1_000", "", "1000"},
		{"run.horizon=36h", "", "36 h"},
		{`run.horizon="2 d"`, "", "2 d"},
		{"title=a = b", "", "a = b"},
		{"title=07", "", "07"},
		{"title=true", "", "true"},
		{"hospital.a.sources=['plant']", "", "[plant]"},
		{"hospital.a.sources=plant; cylinder", "", "[plant cylinder]"},
		{"hospital.a.demand={ share = 0.5, flow = '1 L/min' }", "", "0.5"},
		{`hospital."a".demand.share=50 %`, "", "0.5"},
		{"road.n.length=42 km", "", "42 km"},
		{"road.n.from=2021-01-10", "road.n.from", "2021-01-10"},
		{"round[0].stop[1].at=b", "", "b"},
		{"run.trace=true", "", "true"},

		{"hospital.a.bufer=45", "", `--set hospital.a.bufer=45: hospital.a.bufer: unknown key (did you mean "buffer"?)`},
		{"hospital.a.buffer=many", "", `--set hospital.a.buffer=many: hospital.a.buffer: want a whole number, not "many"`},
		{"hospital.a=5", "", `--set hospital.a=5: hospital.a: want a table [hospital.a], not 5`},
		{"run.horizon=45", "", `--set run.horizon=45: run.horizon: want a time such as "36h", not 45`},
		{"round[2].day=mon", "", `--set round[2].day=mon: round[2]: the list has 1 items`},
		{"hospital.a.buffer", "", `--set hospital.a.buffer: want KEY=VALUE such as "hospital.rizgary.buffer=45"`},
		{"a..b=1", "", `--set a..b=1: want KEY=VALUE such as "hospital.rizgary.buffer=45"`},
		{"hospital.a.buffer=", "", `--set hospital.a.buffer=: hospital.a.buffer: want a value after the equals sign`},
	} {
		t.Run(c.set, func(t *testing.T) {
			tree, problems := Load(files("surge.toml", enough+"[[round]]\n[[round.stop]]\nat='a'\n[[round.stop]]\nat='c'\n[road.n]\nlength='1 km'\n"), "surge.toml")
			if problems != nil {
				t.Fatal(problems)
			}
			w := new(world)
			problems = tree.Set(c.set)
			if problems == nil {
				problems = Decode(tree, w)
			}
			if problems != nil {
				if got := problems.Error(); got != c.want {
					t.Errorf("got\n%s\nwant\n%s", got, c.want)
				}
				return
			}
			found := false
			for _, x := range []any{
				w.Hospital["a"].Buffer, w.Run.Horizon, w.Title, w.Hospital["a"].Sources, demandShare(w), w.Road["n"].Length,
				w.Road["n"].From, w.Round[0].Stops[1].At, w.Run.Trace,
			} {
				found = found || fmt.Sprint(x) == c.want
			}
			if !found {
				t.Errorf("got %+v, want %s in it", *w, c.want)
			}
		})
	}
}

func demandShare(w *world) any {
	if d := w.Hospital["a"].Demand; d != nil {
		return d.Share
	}
	return nil
}

// A program sets values of its own types.
func TestSetValue(t *testing.T) {
	tree, _ := read(t, files("surge.toml", enough))
	for key, value := range map[string]any{
		"hospital.a.buffer": 45, "title": "x", "hospital.a.beds": 2.5, "run.trace": true, "run.seed": uint64(7),
		"run.horizon": time.Duration(36 * time.Hour), "hospital.a.sources": []any{"plant"},
		"road": map[string]any{"n": map[string]any{"length": "42 km"}},
	} {
		if problems := tree.SetValue(key, value); problems != nil {
			t.Fatal(problems)
		}
	}
	var w world
	problems := Decode(tree, &w)
	if got, want := problems.Error(), ""; got != want {
		t.Fatalf("got %s", got)
	}
	a := w.Hospital["a"]
	got := fmt.Sprint(a.Buffer, w.Title, a.Beds, w.Run.Trace, w.Run.Seed, w.Run.Horizon, a.Sources, w.Road["n"].Length)
	if want := "45x2.5 true 7 36 h [plant] 42 km"; got != want {
		t.Errorf("got %s, want %s", got, want)
	}
}

// An option is applied to a copy: keys with dots reach anywhere, places stay
// where the option was written, and the scenario itself stays as it was.
func TestApply(t *testing.T) {
	tree, w := read(t, files("surge.toml", enough+lines(
		"[option.more]",
		"cost = '100 $'",
		"change.'hospital.a.buffer' = 60",
		"[option.more.change.hospital.a]",
		"beds = 'x'",
	)))
	if got, want := fmt.Sprint(w.Option["more"].Change), "map[hospital:map[a:map[beds:x]] hospital.a.buffer:60]"; got != want {
		t.Errorf("got %s, want %s", got, want)
	}
	c := tree.Clone()
	if problems := c.Apply("option.more.change"); problems != nil {
		t.Fatal(problems)
	}
	var changed world
	got := Decode(c, &changed).Error()
	if want := `surge.toml:7:8: hospital.a.beds: want a number, not "x"`; got != want {
		t.Errorf("got %s, want %s", got, want)
	}
	if got := changed.Hospital["a"].Buffer; got != 60 {
		t.Errorf("got a buffer of %d, want 60", got)
	}
	if got := tree.Text("hospital.a.buffer"); got != "1" {
		t.Errorf("the scenario itself: got a buffer of %s, want 1", got)
	}
	if got, want := c.Apply("option.less").Error(), "surge.toml:3:2: option.less: want a table of keys and their values"; got != want {
		t.Errorf("got %s, want %s", got, want)
	}
}
