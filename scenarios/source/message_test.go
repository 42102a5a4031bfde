package source

import (
	"strings"
	"testing"
)

// enough is a hospital without mistakes, in two lines.
const enough = "[hospital.a]\nbuffer = 1\n"

// Every mistake is told in one line: where, which key, what was wanted.
func TestMessages(t *testing.T) {
	for _, c := range []struct {
		name, file, want string
	}{
		{
			"the examples of the conventions",
			"title = 'Surge'\n\n[run]\nseed = 7\n\n[hospital]\nrizgary.bufer = 45\nrizgary.buffer = 45\n\n\n[road.north]\nlength = \"42\"\n",
			"surge.toml:7:9: hospital.rizgary.bufer: unknown key (did you mean \"buffer\"?)\n" +
				`surge.toml:12:10: road.north.length: want a distance such as "42 km", not "42"`,
		},
		{"a number without its unit and quotes", enough + "[road.n]\nlength = 42",
			`surge.toml:4:10: road.n.length: want a distance such as "42 km", not 42`},
		{"a wrong unit", enough + "[road.n]\nlength = '42 h'",
			`surge.toml:4:10: road.n.length: want a distance such as "42 km", not a time "42 h"`},
		{"above a limit", enough + "[road.n]\nlength = '42 km'\nspeed = '100 km/h'",
			`surge.toml:5:9: road.n.speed: want at most 90 km/h, not "100 km/h"`},
		{"a range above a limit", enough + "[road.n]\nlength = '42 km'\nspeed = '80 km/h (70 – 95 km/h)'",
			`surge.toml:5:9: road.n.speed: want at most 90 km/h, not "80 km/h (70 – 95 km/h)"`},
		{"below a limit", "[hospital.a]\nbuffer = -3",
			`surge.toml:2:10: hospital.a.buffer: want at least 0, not -3`},
		{"at an excluded limit", enough + "beds = 0",
			`surge.toml:3:8: hospital.a.beds: want more than 0, not 0`},
		{"a text for a number", "[hospital.a]\nbuffer = 'many'",
			`surge.toml:2:10: hospital.a.buffer: want a whole number, not "many"`},
		{"a number in quotes", "[hospital.a]\nbuffer = '45'",
			`surge.toml:2:10: hospital.a.buffer: want a whole number, not "45"`},
		{"a fraction", "[hospital.a]\nbuffer = 4.5",
			`surge.toml:2:10: hospital.a.buffer: want a whole number, not 4.5`},
		{"a number for a text", "title = 5\n" + enough,
			`surge.toml:1:9: title: want a text in quotes, not 5`},
		{"no number", enough + "beds = nan",
			`surge.toml:3:8: hospital.a.beds: want a number, not nan`},
		{"a number for true", enough + "[run]\ntrace = 1",
			`surge.toml:4:9: run.trace: want true or false, not 1`},
		{"none of the words", enough + "when-short = 'wait'",
			`surge.toml:3:14: hospital.a.when-short: want "lost", "waits" or "leaves", not "wait" (did you mean "waits"?)`},
		{"one item of a list", enough + "sources = ['plant', 'cylindre']",
			`surge.toml:3:21: hospital.a.sources[1]: want "concentrator", "plant" or "cylinder", not "cylindre" (did you mean "cylinder"?)`},
		{"a text for a list", enough + "sources = 'plant'",
			`surge.toml:3:11: hospital.a.sources: want a list, each item of which is "concentrator", "plant" or "cylinder", not "plant"`},
		{"a law", enough + "stay = 'gamma(12h, 0.5)'",
			`surge.toml:3:8: hospital.a.stay: the second argument of gamma: want a coefficient of variation such as "cv 0.5", not "0.5"`},
		{"a table for a value", enough + "[hospital.a.stay]\nmean = '12h'",
			`surge.toml:3:13: hospital.a.stay: want a time such as "36h" or a law such as "gamma(2h, cv 0.5)", not a table`},
		{"a list for a value", enough + "[road.n]\nlength = ['42 km']",
			`surge.toml:4:10: road.n.length: want a distance such as "42 km", not a list`},
		{"a value for a table", enough + "demand = '3 m3'",
			`surge.toml:3:10: hospital.a.demand: want a table [hospital.a.demand], not "3 m3"`},
		{"a key one level too high", "[hospital]\nbuffer = 45",
			`surge.toml:2:10: hospital.buffer: want a table [hospital.buffer], not 45 ("buffer" belongs to [hospital.NAME])`},
		{"a key of another table", enough + "[run]\nbuffer = 45",
			`surge.toml:4:1: run.buffer: unknown key ("buffer" belongs to [hospital.NAME])`},
		{"a key of a table below", enough + "flow = '3 m3/day'",
			`surge.toml:3:1: hospital.a.flow: unknown key ("flow" belongs to [hospital.NAME.demand])`},
		{"a key of the reader", enough + "extends = 'base.toml'",
			`surge.toml:3:1: hospital.a.extends: unknown key ("extends" belongs at the top of a file)`},
		{"a misspelt table", enough + "[raod.north]\nlength = '42'",
			`surge.toml:3:2: raod: unknown key (did you mean "road"?)`},
		{"a key nobody knows", enough + "colour = 'blue'",
			`surge.toml:3:1: hospital.a.colour: unknown key`},
		{"a key that is missing", "[hospital.a]\nlabel = 'A'",
			`surge.toml:1:11: hospital.a.buffer: missing: write for example buffer = 10`},
		{"a key that is missing from braces", enough + "[road]\nn = { speed = '50 km/h' }",
			`surge.toml:4:5: road.n.length: missing: write for example length = "42 km"`},
		{"all of a kind missing", "title = 'x'",
			`surge.toml: hospital: missing: write at least one [hospital.NAME]`},
		{"an empty kind", "[hospital]",
			`surge.toml:1:2: hospital: missing: write at least one [hospital.NAME]`},
		{"a name with spaces", enough + "[road.'to the north']\nlength = '42'",
			`surge.toml:3:7: road."to the north": want a name of letters, digits, "-" and "_", not "to the north"`},
		{"a source of nothing", enough + "[source]\n\"hospital.b\" = 'census'",
			`surge.toml:4:1: source."hospital.b": nothing has this key`},
		{"a source misspelt", enough + "[source]\n\"hospital.a.bufer\" = 'census'",
			`surge.toml:4:1: source."hospital.a.bufer": nothing has this key (did you mean "buffer"?)`},
		{"a source that is no text", enough + "[source]\nhospital = 3",
			`surge.toml:4:12: source.hospital: want a text that says where numbers come from, not 3`},
		{"a series of wrong numbers", enough + "[hospital.a.demand]\ndaily = ['3 m3/day', 4,\n  '5 m3']",
			"surge.toml:4:22: hospital.a.demand.daily[1]: want a flow such as \"18 L/min\", not 4\n" +
				`surge.toml:5:3: hospital.a.demand.daily[2]: want a flow such as "18 L/min", not a volume of gas "5 m3"`},
		{"a series that is none", enough + "[hospital.a.demand]\ndaily = '3 m3/day'",
			`surge.toml:4:9: hospital.a.demand.daily: want numbers over days such as ["18 L/min", "18 L/min"] or "file.csv#column", not "3 m3/day"`},
		{"a date that is not one", enough + "[road.n]\nlength = '1 km'\nfrom = 2020-06-01T07:30:00Z",
			`surge.toml:5:8: road.n.from: want a date such as "2020-06-01", not 2020-06-01T07:30:00Z (without the time of day)`},
		{"not TOML", enough + "beds == 3",
			`surge.toml:3:7: hospital.a.beds: want a value, not '=' (put texts and quantities in quotes, such as "36h")`},
		{"a quantity without quotes", enough + "[road.n]\nlength = 42 km",
			`surge.toml:4:13: road.n: want the end of the line, not 'k' (put texts and quantities in quotes, such as "36h")`},
		{"an escape that does not end", `"\`,
			`surge.toml:1:2: invalid escape in string '\�'`},
		{"a name with other letters", "[hospital.Hawlêr]\nbuffer = 1",
			`surge.toml:1:15: want ']' after the name of a table, not 'ê' (put names with other letters than a to z in quotes)`},
		{"a header without its end", "[hospital.a",
			`surge.toml:1:11: want ']' after the name of a table, not the end of the file`},
		{"a key written twice", enough + "buffer = 2",
			`surge.toml:3:1: hospital.a.buffer: key 'hospital.a.buffer' has already been defined`},
		{"a text without quotes", enough + "label = Rizgary",
			`surge.toml:3:9: hospital.a.label: want a value, not "Rizgary" (put texts and quantities in quotes, such as "36h")`},
		{"UTF-16", "t\x00i\x00",
			`surge.toml:1:2: files cannot contain NULL bytes; probably using UTF-16; TOML files must be UTF-8`},
	} {
		t.Run(c.name, func(t *testing.T) {
			if got := complaints(files("surge.toml", c.file)); got != c.want {
				t.Errorf("got\n%s\nwant\n%s", got, c.want)
			}
		})
	}
}

// All mistakes are told at once, in the order of their places, and each once.
func TestAllMistakesAtOnce(t *testing.T) {
	got := complaints(files("surge.toml", "title = 1\n[hospital.b]\nbufer = 1\n[hospital.a]\nbuffer = 'x'\nbeds = -1\n[run]\nseed = -1\n"))
	want := lines(
		`surge.toml:1:9: title: want a text in quotes, not 1`,
		`surge.toml:3:1: hospital.b.bufer: unknown key (did you mean "buffer"?)`,
		`surge.toml:5:10: hospital.a.buffer: want a whole number, not "x"`,
		`surge.toml:6:8: hospital.a.beds: want more than 0, not -1`,
		`surge.toml:8:8: run.seed: want a whole number in range, not -1`,
	)
	if got != want {
		t.Errorf("got\n%s\nwant\n%s", got, want)
	}
}

// Of very many mistakes fifty are told, and how many more there are.
func TestFiftyAreEnough(t *testing.T) {
	var b strings.Builder
	b.WriteString(enough)
	for i := range 73 {
		b.WriteString("x" + strings.Repeat("y", i) + " = 1\n")
	}
	got := strings.Split(complaints(files("surge.toml", b.String())), "\n")
	if len(got) != 51 || got[50] != "and 23 more" {
		t.Errorf("got %d lines, the last %q, want 51 and %q", len(got), got[len(got)-1], "and 23 more")
	}
}

// The long form shows the line, and underlines the place in it whatever tabs and letters come before.
func TestLongForm(t *testing.T) {
	tree, problems := Load(files("surge.toml", enough+"\tlabel = \"Şoriş\" # é\n[road]\n\tn.length = \"42\" # x\n"), "surge.toml")
	if problems != nil {
		t.Fatal(problems)
	}
	got := Decode(tree, new(world)).Long()
	want := lines(
		`surge.toml:5:13: road.n.length: want a distance such as "42 km", not "42"`,
		"",
		"     5 | \tn.length = \"42\" # x",
		"       | \t           ^^^^",
		"",
	)
	if got != want {
		t.Errorf("got\n%s\nwant\n%s", got, want)
	}
}

// The long form of a file that is not TOML has the decoder's help.
func TestLongFormHelps(t *testing.T) {
	_, problems := Load(files("surge.toml", "title = \"C:\\Program\"\n"), "surge.toml")
	got := problems.Long()
	for _, want := range []string{
		"surge.toml:1:10: title: ", "     1 | title = \"C:\\Program\"\n", "write two backslashes",
	} {
		if !strings.Contains(got, want) {
			t.Errorf("got\n%s\nwant it to contain %q", got, want)
		}
	}
}
