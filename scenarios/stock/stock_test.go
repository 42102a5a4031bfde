package stock

import (
	"fmt"
	"io/fs"
	"math/rand/v2"
	"reflect"
	"strings"
	"testing"

	"oxysim/model"
	"oxysim/scenarios"
	"oxysim/sim"
)

func open(t *testing.T, name string, settings ...string) *scenarios.Scenario {
	t.Helper()
	sc, problems := scenarios.Open(name, settings...)
	if len(problems) > 0 {
		t.Fatal(problems)
	}
	return sc
}

// A template that is read as it was written changes nothing, whatever the
// scenario and the format.
func TestTemplateChangesNothing(t *testing.T) {
	for _, name := range scenarios.Ready() {
		sc := open(t, name)
		text, err := CSV(Template(sc))
		if err != nil {
			t.Fatal(err)
		}
		sheet, err := XLSX(Template(sc))
		if err != nil {
			t.Fatal(err)
		}
		for file, data := range map[string][]byte{"counts.csv": text, "counts.xlsx": sheet} {
			count, problems := Read(file, data)
			if len(problems) > 0 {
				t.Fatalf("%s: %v", name, problems)
			}
			s, problems := count.Begin(sc, 0)
			if len(problems) > 0 {
				t.Fatalf("%s: %v", name, problems)
			}
			if !reflect.DeepEqual(s.Config, copyOf(sc.Config)) {
				t.Errorf("%s: %s changes the state in which the scenario begins", name, file)
			}
			if len(s.Assumptions) > 0 {
				t.Errorf("%s: %s: %q is assumed, though all is counted", name, file, s.Assumptions)
			}
		}
	}
}

// today is a count of the district as people write it: semicolons, a decimal
// comma, labels, columns in another order, a title, notes, digits of Erbil.
const today = "\ufeffCounts of this morning;;;;;;;;;;\r\n" +
	"Note;Place;Full;In-Use;EMPTIES;On the way;Expected;Running;Down since;Tank;Where\r\n" +
	"by Ada;Oxygen plant;12,0;;7;;;no;04:10;\"62,5 %\";\r\n" +
	";town;9;6;4;;;;;;\r\n" +
	";hospital.mission;٣;2;-;4;13:30;;;;\r\n" +
	";;;;;;;;;;\r\n" +
	";lorry;10;;2;;2026-03-05 11:00;;;;on the way to Riverside\r\n" +
	";truck.pickup;;;;;3 h;;;;out of service\r\n"

func TestCountsAreRead(t *testing.T) {
	sc := open(t, "district")
	at, err := At("2026-03-05T08:00", sc.Config.Start)
	if err != nil {
		t.Fatal(err)
	}
	count, problems := Read("counts.csv", []byte(today))
	if len(problems) > 0 {
		t.Fatal(problems)
	}
	s, problems := count.Begin(sc, at)
	if len(problems) > 0 {
		t.Fatal(problems)
	}
	c := s.Config
	hour := func(h float64) sim.Time { return sim.Time(63*24*3600 + int(h*3600)) } // 5 March is day 63
	if sim.Time(c.At) != hour(8) {
		t.Errorf("begins at %v, want %v", c.At, hour(8))
	}
	find := func(name string) *model.Hospital {
		for i := range c.Hospitals {
			if c.Hospitals[i].Name == name {
				return &c.Hospitals[i]
			}
		}
		return nil
	}
	type line struct {
		full, inUse, empty int
		coming             []model.Coming
	}
	for name, want := range map[string]line{
		"hospital.town":    {9, 6, 4, nil},
		"hospital.mission": {3, 2, 0, []model.Coming{{Count: 4, At: hour(13.5)}}},
	} {
		l := find(name).Lines[0]
		if got := (line{l.Full, l.InUse, l.Empty, l.Coming}); !reflect.DeepEqual(got, want) {
			t.Errorf("%s has %+v, want %+v", name, got, want)
		}
	}
	p := c.Plants[0]
	if p.Full[0] != 12 || p.Empty[0] != 7 || p.Make.Stored != p.Make.Tank.Share(0.625) {
		t.Errorf("the plant has %d full, %d empty and %v, want 12, 7 and 62.5 %%", p.Full[0], p.Empty[0], p.Make.Stored)
	}
	if want := []model.Failed{{Mode: model.None, For: 3*sim.Hour + 50*sim.Minute}}; !reflect.DeepEqual(p.Make.Machines.Down, want) {
		t.Errorf("down are %+v, want %+v", p.Make.Machines.Down, want)
	}
	lorry, pickup := c.Trucks[0].Away, c.Trucks[1].Away
	if lorry == nil || lorry.Until != hour(11) || len(lorry.Stops) != 1 || c.Hospitals[lorry.Stops[0].Hospital].Name != "hospital.riverside" || lorry.Stops[0].Load[0] != 10 || lorry.Empty[0] != 2 {
		t.Errorf("the lorry is %+v", lorry)
	}
	if pickup == nil || !pickup.Broken || pickup.Until != hour(11) {
		t.Errorf("the pickup is %+v", pickup)
	}
	if len(s.Assumptions) == 0 || !strings.Contains(strings.Join(s.Assumptions, "\n"), "not counted, and taken as the scenario starts: hospital.border") {
		t.Errorf("assumed is %q", s.Assumptions)
	}
}

// Every mistake is listed at its place, with what was wanted and a guess.
func TestMistakesInCounts(t *testing.T) {
	sc := open(t, "district")
	for _, c := range []struct{ text, want string }{
		{"place,ful\ntown,3\n", `c.csv:1:7: ful: unknown column (did you mean "full"?)`},
		{"plac,full\ntown,3\n", `c.csv:1:1: no column is called place: want it as the head of one (did you mean it by "plac"?)`},
		{"full\n3\n", `c.csv: want a row of heads, of which one is "place"; "oxysim forecast SCENARIO --template" writes a table to fill in`},
		{"", `c.csv: want a row of heads, of which one is "place"; "oxysim forecast SCENARIO --template" writes a table to fill in`},
		{"place,full\n", `c.csv: want a row for each place that was counted, below the heads`},
		{"place,full\ntwon,3\n", `c.csv:2:1: place: the scenario has no place or truck "twon" (did you mean "town"?)`},
		{"place,full\ntown,3\nTown,4\n", `c.csv:3:1: place: hospital.town has been counted above already; want one row for each type`},
		{"place,full\ntown,-3\n", `c.csv:2:6: full: want a whole number of 0 or more, not "-3"`},
		{"place;full\ntown;3,5\n", `c.csv:2:6: full: want a whole number of 0 or more, not "3,5"`},
		{"place,full\ntown,three\n", `c.csv:2:6: full: want a whole number of 0 or more, not "three"`},
		{"place,full\ntown,99999999999\n", `c.csv:2:6: full: want a whole number of 0 or more, not "99999999999"`},
		{"place,type,full\ntown,K,3\n", `c.csv:2:6: type: hospital.town keeps no cylinders of type "K"; want J`},
		{"place,full\n,3\n", `c.csv:2:2: place: want the name of a place in this row`},
		{"place,full,full\ntown,3,3\n", `c.csv:1:12: full: there are two columns for "full"; want one`},
		{"place,full\ntown,3,4\n", `c.csv:2:8: want a cell below a head, not "4"`},
		{"place,on the way\ntown,3\n", `c.csv:2:6: expected: want when the 3 on the way arrive, such as "14:30"`},
		{"place,on the way,expected\ntown,3,soon\n", `c.csv:2:8: expected: want a time such as "14:30", "2026-03-06 09:00" or "3 h", not "soon"`},
		{"place,on the way,expected\ntown,3,2025-12-01 10:00\n", `c.csv:2:8: expected: want a time after the count, not "2025-12-01 10:00"`},
		{"place,running\nworks,perhaps\n", `c.csv:2:7: running: want yes or no, not "perhaps"`},
		{"place,running\nworks,5\n", `c.csv:2:7: running: want at most the 1 machines that run together, not 5`},
		{"place,running\ntown,no\n", `c.csv:2:6: running: hospital.town has no machines in the scenario that could stop; want nothing here`},
		{"place,down since\nworks,04:10\n", `c.csv:2:7: running: want no, or how many run, beside a time at which it stopped`},
		{"place,tank\nworks,160 %\n", `c.csv:2:7: tank: want how full the tank is, such as "60 %" or "2 m3", and no more than it holds, not "160 %"`},
		{"place,tank\ntown,60 %\n", `c.csv:2:6: tank: hospital.town has no tank in the scenario; want nothing here`},
		{"place,power\nborder,no\n", `c.csv:2:8: power: hospital.border has no mains in the scenario that could fail; want nothing here`},
		{"place,power\nworks,no\nmission,yes\n", `c.csv:3:9: power: another place on grid town says "no"; want the same`},
		{"place,where\ntown,home\n", `c.csv:2:6: where: hospital.town is a hospital, of which this is not counted; want nothing here`},
		{"place,where\nlorry,on the way to rivrside\n", `c.csv:2:7: where: the scenario has no hospital "rivrside" (did you mean "riverside"?); want home, "on the way to" a hospital, "on the way home" or "out of service"`},
		{"place,full,where\nlorry,3,riverside\n", `c.csv:2:9: expected: want when it is expected, such as "14:30"`},
		{"place,full,where\nlorry,3,home\n", `c.csv:2:9: where: want where it takes the 3 cylinders aboard; if it is at home, want none`},
		{"place,full,where,expected\nlorry,60,riverside,4 h\n", `c.csv:2:7: full: truck.lorry has room for 40 cylinders; want no more, not 60`},
		{"place,full\ntown,\"3\n", `c.csv:2:9: extraneous or missing " in quoted-field`},
		{"place,full\nt\xffwn,3\n", `c.csv:2: want UTF-8 text (save the table as CSV UTF-8)`},
	} {
		if got := problemsOf(sc, "c.csv", []byte(c.text), 8*sim.Time(sim.Hour)); got != c.want {
			t.Errorf("%q: got\n%s\nwant\n%s", c.text, got, c.want)
		}
	}
}

// problemsOf returns what is wrong with a count, a line each.
func problemsOf(sc *scenarios.Scenario, name string, data []byte, at sim.Time) string {
	count, problems := Read(name, data)
	if len(problems) == 0 {
		_, problems = count.Begin(sc, at)
	}
	return problems.Error()
}

// In a sheet, the place of a mistake is a cell.
func TestMistakesInSheets(t *testing.T) {
	sc := open(t, "district")
	rows := [][]string{{"Stock"}, {"place", "full", "tank"}, {"town", "3", ""}, {"works", "x", "200 %"}}
	data, err := XLSX(rows)
	if err != nil {
		t.Fatal(err)
	}
	want := "c.xlsx:Sheet1!B4: full: want a whole number of 0 or more, not \"x\"\n" +
		"c.xlsx:Sheet1!C4: tank: want how full the tank is, such as \"60 %\" or \"2 m3\", and no more than it holds, not \"200 %\""
	if got := problemsOf(sc, "c.xlsx", data, 0); got != want {
		t.Errorf("got\n%s\nwant\n%s", got, want)
	}
	for _, broken := range [][]byte{data[:len(data)/2], []byte("PK\x03\x04 no sheet"), []byte("\xd0\xcf\x11\xe0 old")} {
		if got := problemsOf(sc, "c.xlsx", broken, 0); !strings.HasPrefix(got, "c.xlsx: ") {
			t.Errorf("a broken file: got %q, want a problem of c.xlsx", got)
		}
	}
}

// Of 200 ways to spoil a good count, each is refused, and its line is named.
func TestSpoiltCountsAreRefused(t *testing.T) {
	sc := open(t, "district")
	text, err := CSV(Template(sc))
	if err != nil {
		t.Fatal(err)
	}
	good := strings.Split(strings.TrimSpace(strings.TrimPrefix(string(text), "\ufeff")), "\r\n")
	r := rand.New(rand.NewPCG(1, 2))
	spoil := []string{"-1", "2.5", "x7", "1e3", "0x2", "maybe", "25:70", "9999999", "nan", "∞", "=A1", "1/2"}
	for k := range 200 {
		lines := append([]string(nil), good...)
		at := 1 + r.IntN(len(lines)-1)
		cells := strings.Split(lines[at], ";")
		column := r.IntN(len(Columns) - 1) // not the note
		cells[column] = spoil[r.IntN(len(spoil))]
		lines[at] = strings.Join(cells, ";")
		got := problemsOf(sc, "c.csv", []byte(strings.Join(lines, "\n")), 0)
		if !strings.HasPrefix(got, fmt.Sprintf("c.csv:%d:", at+1)) {
			t.Errorf("spoilt count %d, %q: got %q, want a problem in line %d", k, lines[at], got, at+1)
		}
	}
}

// Whatever bytes are read, the answer is a state or problems with a place.
func FuzzRead(f *testing.F) {
	sc, problems := scenarios.Open("district")
	if len(problems) > 0 {
		f.Fatal(problems)
	}
	f.Add([]byte(today))
	f.Add([]byte("place;full\ntown;3"))
	f.Fuzz(func(t *testing.T, data []byte) {
		count, problems := Read("c.csv", data)
		if len(problems) == 0 {
			_, problems = count.Begin(sc, 0)
		}
		for _, p := range problems {
			if p.Place.String() == "" || p.Message == "" {
				t.Fatalf("%q: a problem without a place: %v", data, p)
			}
		}
	})
}

// The sample of the ready-made district is a count of it.
func TestSampleIsACount(t *testing.T) {
	sc := open(t, "district")
	files, _ := scenarios.ReadyFiles("district")
	data, err := fs.ReadFile(files, "counts.csv")
	if err != nil {
		t.Fatal(err)
	}
	at, err := At("2026-03-05T08:00", sc.Config.Start)
	if err != nil {
		t.Fatal(err)
	}
	if got := problemsOf(sc, "counts.csv", data, at); got != "" {
		t.Error(got)
	}
}
