package source

import "testing"

// Where a number comes from is said by the longest part of its key, by the file
// that has the number or one that extends it, and otherwise by its row.
func TestSource(t *testing.T) {
	tree, _ := read(t, files(
		"base.toml", lines(
			"[table]",
			"hospital = 'h.csv'",
			"[hospital.a]",
			"beds = 96",
			"[road.n]",
			"length = '42 km'",
			"[source]",
			"hospital = 'ministry'",
			`"hospital.a.demand" = 'survey'`,
			`"hospital.a.beds" = 'briefing'`,
			"road = 'map'",
		),
		"h.csv", "name,buffer,demand.flow [m3/day],stay [h],source\na,1,100,3,WHO\nb,2,200,4,\nc,3,,,WHO 2\n",
		"surge.toml", lines(
			"extends = 'base.toml'",
			"road.n.speed = '50 km/h'",
			"hospital.a.stay = '5 h'",
			"option.x.change.'hospital.c.buffer' = 9",
			"[source]",
			`"hospital.c" = 'visit'`,
			"option.x = 'quotation'",
		),
	))
	if problems := tree.Set("hospital.b.buffer=7"); problems != nil {
		t.Fatal(problems)
	}
	check := func(tree *Tree, key, want string) {
		t.Helper()
		if got := tree.Source(key); got != want {
			t.Errorf("Source(%q): got %q, want %q", key, got, want)
		}
	}
	check(tree, "hospital.a.beds", "briefing")
	check(tree, "hospital.a.demand.flow", "survey") // longer than the row
	check(tree, "hospital.a.buffer", "WHO")         // the row, longer than hospital
	check(tree, "hospital.b.demand.flow", "ministry")
	check(tree, "hospital.b.buffer", "--set hospital.b.buffer=7")
	check(tree, "hospital.c.buffer", "visit") // the row too, but the file comes later
	check(tree, "hospital.a.stay", "")        // what the base says is not of this number
	check(tree, "road.n.length", "map")
	check(tree, "road.n.speed", "")
	check(tree, "run.seed", "")
	check(tree, "no such.key", "")

	tree.Apply("option.x.change")
	check(tree, "hospital.c.buffer", "quotation")
}
