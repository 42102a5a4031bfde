package source

import (
	"fmt"
	"slices"
	"testing"
)

// A row of a table is a thing, under the same keys as in a file; what the file
// says of the thing wins; an empty cell says nothing.
func TestTable(t *testing.T) {
	tree, w := read(t, files(
		"surge.toml", lines(
			"[table]",
			"hospital = ['data/h.csv', 'data/more.csv']",
			"[hospital.rizgary]",
			"buffer = 45",
		),
		"data/h.csv", "\ufeff"+lines(
			`name,label,buffer,demand.flow [m3/day],beds,stay [h],source,note`,
			`rizgary,"Rizgary, Erbil",30, 120 ,400,"exponential(72 h)",WHO 2000,seen`,
			`hawler,,10,,96,12 (10 – 14),,`,
			`,,,,,,,`,
		),
		"data/more.csv", "name;buffer\r\nşoriş;5\r\n",
	))
	r, h := w.Hospital["rizgary"], w.Hospital["hawler"]
	got := fmt.Sprint(r.Label, r.Buffer, r.Demand.Flow, r.Beds, r.Stay, h.Buffer, h.Demand, h.Stay, w.Hospital["şoriş"].Buffer)
	if want := "Rizgary, Erbil45 83.333 L/min 400 exponential(3 d) 10 <nil> 12 h (10 h – 14 h) 5"; got != want {
		t.Errorf("got %s\nwant %s", got, want)
	}
	for key, want := range map[string]string{
		"hospital.rizgary":             "data/h.csv:2:1",
		"hospital.rizgary.label":       "data/h.csv:2:9",
		"hospital.rizgary.buffer":      "surge.toml:4:10",
		"hospital.rizgary.demand.flow": "data/h.csv:2:30",
		"hospital.hawler.demand":       "data/h.csv:3:1",
		"hospital.şoriş.buffer":        "data/more.csv:2:7",
	} {
		if got := tree.Place(key).String(); got != want {
			t.Errorf("Place(%q): got %s, want %s", key, got, want)
		}
	}
	if got, want := tree.Names("hospital"), []string{"rizgary", "hawler", "şoriş"}; !slices.Equal(got, want) {
		t.Errorf("Names: got %v, want %v", got, want)
	}
	if got, want := tree.Uncertain(), []string{"hospital.hawler.stay"}; !slices.Equal(got, want) {
		t.Errorf("Uncertain: got %v, want %v", got, want)
	}
}

// The mistakes of a table are told with the place of the cell, and those of a
// column once.
func TestTableMessages(t *testing.T) {
	const uses = "[table]\nhospital = 'h.csv'\n"
	for _, c := range []struct{ name, file, table, want string }{
		{"wrong cells", uses, "name,buffer,demand.flow [m3/day]\na,x,120\nb,-1,\"1,5\"\nc,1,2 h\n", lines(
			`h.csv:2:3: hospital.a.buffer: want a whole number, not "x"`,
			`h.csv:3:3: hospital.b.buffer: want at least 0, not "-1"`,
			`h.csv:3:6: hospital.b.demand.flow: want a flow such as "18 L/min", not "1,5" (write a decimal point: "1.5")`,
			`h.csv:4:5: hospital.c.demand.flow: want a flow such as "18 L/min", not a time "2 h"`,
		)},
		{"no unit", uses, "name,buffer,demand.flow\na,1,120\n",
			`h.csv:2:5: hospital.a.demand.flow: want a flow such as "18 L/min", not "120"`},
		{"an unknown column", uses, "name,buffer,bedz,demnad.flow [m3/day]\na,1,2,3\nb,1,2,3\n", lines(
			`h.csv:1:13: hospital.a.bedz: unknown key (did you mean "beds"?)`,
			`h.csv:1:18: hospital.a.demnad: unknown key (did you mean "demand"?)`,
		)},
		{"a column that is missing", uses, "name,beds\na,1\nb,2\n",
			`h.csv:2:1: hospital.a.buffer: missing: write for example buffer = 10, or a column "buffer"`},
		{"a cell that is missing", uses, "name,buffer\na,1\nb,\n c\n", lines(
			`h.csv:3:1: hospital.b.buffer: missing: write for example buffer = 10`,
			`h.csv:4:2: hospital.c.buffer: missing: write for example buffer = 10`,
		)},
		{"a name twice", uses, "name,buffer\na,1\nb,2\na,3\n",
			`h.csv:4:1: hospital.a: the name is taken, at h.csv:2:1`},
		{"a name twice in two tables", "[table]\nhospital = ['h.csv', 'h.csv']", "name,buffer\na,1\n",
			`h.csv:2:1: hospital.a: the name is taken, at h.csv:2:1`},
		{"no name", uses, "name,buffer\n,1\n",
			`h.csv:2:1: hospital: want a name in the column "name", not an empty cell`},
		{"a name with a space", uses, "name,buffer\nRizgary Hospital,1\n",
			`h.csv:2:1: hospital."Rizgary Hospital": want a name of letters, digits, "-" and "_", not "Rizgary Hospital"`},
		{"no column of names", uses, "Name,buffer\na,1\n",
			`h.csv:1:1: want a column "name", not "Name"`},
		{"a column twice", uses, "name,buffer,buffer\na,1,2\n",
			`h.csv:1:13: two columns "buffer"`},
		{"a value that is a table too", uses, "name,demand,demand.flow\na,1,2\n",
			`h.csv:1:13: "demand" is a value in the column "demand"`},
		{"a head that is no key", uses, "name,demand..flow\na,1\n",
			`h.csv:1:6: want a head such as "demand.flow [m3/day]", not "demand..flow"`},
		{"a cell without a head", uses, "name,buffer\na,1,2\n",
			`h.csv:2:5: want a cell below a head, not "2"`},
		{"a quote that does not end", uses, "name,buffer\na,\"1\n",
			`h.csv:3:1: extraneous or missing " in quoted-field`},
		{"another encoding", uses, "name,buffer\nHawl\xear,1\n",
			`h.csv:2:5: want UTF-8 text, not another encoding (save the table as CSV UTF-8)`},
		{"an empty table", uses, "", `h.csv: want a table with a row of heads, not an empty file`},
		{"no such table", "[table]\nhospital = 'hh.csv'\n", "", `surge.toml:2:12: table.hospital: no such file: "hh.csv" (did you mean "h.csv"?)`},
		{"no name of a table", "[table]\nhospital = 3\n", "", `surge.toml:2:12: table.hospital: want the name of a file such as "hospitals.csv", or a list of names, not 3`},
		{"things nobody knows", "[table]\nhosptial = 'h.csv'\n" + enough, "name,buffer\na,1\n",
			`surge.toml:2:1: hosptial: unknown key (did you mean "hospital"?)`},
	} {
		t.Run(c.name, func(t *testing.T) {
			if got := complaints(files("surge.toml", c.file, "h.csv", c.table)); got != c.want {
				t.Errorf("got\n%s\nwant\n%s", got, c.want)
			}
		})
	}
}

// A series is a list, or a column of a table of days.
func TestSeries(t *testing.T) {
	fsys := files(
		"surge.toml", enough+"[hospital.a.demand]\ndaily = 'data/d.csv#Erbil'\n[hospital.b]\nbuffer = 1\ndemand.daily = ['1 L/min', '2 L/min']\n",
		"data/d.csv", "date,Duhok [m3/day],Erbil [m3/day]\n2020-06-30,58,144\n2020-07-01,60,288\n",
	)
	_, w := read(t, fsys)
	got := fmt.Sprint(w.Hospital["a"].Demand.Daily, w.Hospital["b"].Demand.Daily)
	if want := "2020-06-30: 100 L/min, 200 L/min 1 L/min, 2 L/min"; got != want {
		t.Errorf("got %s, want %s", got, want)
	}
	for _, c := range []struct{ name, table, want string }{
		{"a wrong cell", "day,Erbil [m3/day]\n1,144\n2,x\n3,\n", lines(
			`data/d.csv:3:3: hospital.a.demand.daily: want a flow such as "18 L/min", not "x"`,
			`data/d.csv:4:3: hospital.a.demand.daily: want a flow such as "18 L/min", not ""`)},
		{"a day left out", "date,Erbil [m3/day]\n2020-06-30,1\n2020-07-02,2\n",
			`data/d.csv:3:1: hospital.a.demand.daily: want the day after the one before, "2020-07-01", not "2020-07-02"`},
		{"a number of a day left out", "day,Erbil [m3/day]\n1,1\n3,2\n",
			`data/d.csv:3:1: hospital.a.demand.daily: want the day after the one before, "2", not "3"`},
		{"no days", "month,Erbil [m3/day]\nJune,1\n",
			`data/d.csv:2:1: hospital.a.demand.daily: want a date such as "2020-06-01" or the number of a day such as "1", not "June"`},
		{"no such column", "day,Irbil\n1,1\n",
			`surge.toml:4:9: hospital.a.demand.daily: no column "Erbil" in data/d.csv (did you mean "Irbil"?)`},
		{"no column like it", "day,Duhok,Halabja\n1,1,1\n",
			`surge.toml:4:9: hospital.a.demand.daily: no column "Erbil" in data/d.csv (there are "Duhok" and "Halabja")`},
		{"no rows", "day,Erbil\n",
			`surge.toml:4:9: hospital.a.demand.daily: no rows in data/d.csv`},
	} {
		t.Run(c.name, func(t *testing.T) {
			fsys["data/d.csv"].Data = []byte(c.table)
			if got := complaints(fsys); got != c.want {
				t.Errorf("got\n%s\nwant\n%s", got, c.want)
			}
		})
	}
	delete(fsys, "data/d.csv")
	if got, want := complaints(fsys), `surge.toml:4:9: hospital.a.demand.daily: no such file: "data/d.csv"`; got != want {
		t.Errorf("got %s, want %s", got, want)
	}
}
