package stock

import (
	"testing"

	"oxysim/model"
	"oxysim/sim"
)

// What would be counted in the midst of a replication is written as a table and
// read again, for ready-made scenarios of all kinds: cylinders to the last one, times to
// the minute, tanks to the litre.
func TestStateIsWrittenAndRead(t *testing.T) {
	seen := map[string]int{}
	for _, name := range []string{"district", "closed-loop", "exact-repair", "one-cylinder", "exact-first-stockout"} {
		sc := open(t, name)
		w := model.New(sc.Config)
		for r := range 24 {
			at := sim.Time(sc.Config.Horizon) / 24 * sim.Time(r)
			at += sim.Time(r) * 977 // at all times of day
			at -= at % 60
			w.Begin(5, r)
			w.RunTo(at)
			state := w.State()
			then := *sc
			then.Config = state
			text, err := CSV(Template(&then))
			if err != nil {
				t.Fatal(err)
			}
			count, problems := Read("then.csv", text)
			if len(problems) > 0 {
				t.Fatalf("%s, replication %d: %v", name, r, problems)
			}
			s, problems := count.Begin(sc, at)
			if len(problems) > 0 {
				t.Fatalf("%s, replication %d: %v\n%s", name, r, problems, text)
			}
			compare(t, seen, name, state, s.Config)
		}
	}
	for _, what := range []string{"in use", "coming", "away", "down", "grid off"} {
		if seen[what] == 0 {
			t.Errorf("nowhere was anything %q", what)
		}
	}
}

func compare(t *testing.T, seen map[string]int, name string, want, got *model.Config) {
	t.Helper()
	near := func(x, y sim.Time) bool { return x-y <= 60 && y-x <= 60 }
	for i := range want.Hospitals {
		h, g := &want.Hospitals[i], &got.Hospitals[i]
		for k := range h.Lines {
			x, y := h.Lines[k], g.Lines[k]
			if x.Full != y.Full || x.InUse != y.InUse || x.Empty != y.Empty {
				t.Errorf("%s: %s has %d full, %d in use, %d empty; want %d, %d, %d", name, h.Name, y.Full, y.InUse, y.Empty, x.Full, x.InUse, x.Empty)
			}
			n := 0
			for _, c := range x.Coming {
				n += c.Count
			}
			for _, c := range y.Coming {
				n -= c.Count
			}
			if n != 0 {
				t.Errorf("%s: %s has %v coming, want %v", name, h.Name, y.Coming, x.Coming)
			}
			seen["in use"] += x.InUse
			seen["coming"] += len(x.Coming)
		}
		n := 0
		for k := range h.Patients {
			n += h.Patients[k].Initial - g.Patients[k].Initial
		}
		if n != 0 {
			t.Errorf("%s: %s lacks %d patients", name, h.Name, n)
		}
		if h.Bulk != nil && h.Bulk.Stored-g.Bulk.Stored >= model.Litre {
			t.Errorf("%s: %s has %v in its tank, want %v", name, h.Name, g.Bulk.Stored, h.Bulk.Stored)
		}
	}
	for i := range want.Plants {
		p, g := &want.Plants[i], &got.Plants[i]
		for k := range p.Full {
			if p.Full[k] != g.Full[k] || p.Empty[k] != g.Empty[k] {
				t.Errorf("%s: %s has %v full and %v empty, want %v and %v", name, p.Name, g.Full, g.Empty, p.Full, p.Empty)
			}
		}
		if p.Make != nil && len(p.Make.Machines.Modes) > 0 {
			x, y := p.Make.Machines.Down, g.Make.Machines.Down
			if len(x) <= p.Make.Machines.Spares {
				x = nil // as many as are needed run: that a spare is being repaired has no column
			}
			if len(x) != len(y) || len(x) > 0 && !near(sim.Time(x[0].For), sim.Time(y[0].For)) {
				t.Errorf("%s: at %s are down %v, want %v", name, p.Name, y, x)
			}
			seen["down"] += len(x)
		}
	}
	for i := range want.Grids {
		if x, y := want.Grids[i].Out, got.Grids[i].Out; (x == nil) != (y == nil) {
			t.Errorf("%s: grid %d is %v, want %v", name, i, y, x)
		} else if x != nil {
			seen["grid off"]++
		}
	}
	for i := range want.Trucks {
		x, y := want.Trucks[i].Away, got.Trucks[i].Away
		if x == nil && y == nil {
			continue
		}
		if x == nil || y == nil || !near(x.Until, y.Until) || len(x.Stops) != len(y.Stops) {
			t.Errorf("%s: %s is %+v, want %+v", name, want.Trucks[i].Name, y, x)
			continue
		}
		seen["away"]++
		for k := range x.Stops {
			for typ, n := range x.Stops[k].Load {
				if y.Stops[k].Load[typ] != n {
					t.Errorf("%s: %s carries %+v, want %+v", name, want.Trucks[i].Name, y.Stops, x.Stops)
				}
			}
		}
	}
}
