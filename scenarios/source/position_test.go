package source

import (
	"fmt"
	"slices"
	"strings"
	"testing"
)

// places lists the places of key and value of all that a file contains.
func places(t *testing.T, text string) []string {
	t.Helper()
	root, problem := newDocument(nil, "f", []byte(text)).parse(0)
	if problem != nil {
		t.Fatalf("%q: %v", text, problem)
	}
	var all []string
	var walk func(n *node, path []string)
	walk = func(n *node, path []string) {
		if len(path) > 0 {
			s := fmt.Sprintf("%s %d:%d", joinKey(path), n.key.Line, n.key.Column)
			if n.at != n.key {
				s += fmt.Sprintf(" %d:%d", n.at.Line, n.at.Column)
			}
			if n.form == leaf || n.at.width != n.key.width {
				s += fmt.Sprintf("+%d", n.at.width)
			}
			all = append(all, s)
		}
		for _, k := range n.order {
			walk(n.children[k], extend(path, k))
		}
		for i, c := range n.items {
			walk(c, extend(path, index(i)))
		}
	}
	walk(root, nil)
	return all
}

// The place of each key and value is right however the file is laid out. After
// the key are line and column of its last part and, if it is elsewhere, of the
// value; then the value's width.
func TestPlaces(t *testing.T) {
	for _, c := range []struct {
		name, text string
		want       []string
	}{
		{"at the top", "a = 1\n  b=\t'x'  # y", []string{"a 1:1 1:5+1", "b 2:3 2:6+3"}},
		{"in a table", "[a.b]\nc = 1", []string{"a 1:2", "a.b 1:4", "a.b.c 2:1 2:5+1"}},
		{"in a table within a table", "[ a . b ]\nc = 1", []string{"a 1:3", "a.b 1:7", "a.b.c 2:1 2:5+1"}},
		{"dotted", "a.b . c = true", []string{"a 1:1", "a.b 1:3", "a.b.c 1:7 1:11+4"}},
		{"dotted in a table", "[h]\nr.x = 1\nr.y = 2", []string{"h 1:2", "h.r 2:1", "h.r.x 2:3 2:7+1", "h.r.y 3:3 3:7+1"}},
		{"quoted", "\"a b\".'c' = 1", []string{`"a b" 1:1`, `"a b".c 1:7 1:13+1`}},
		{"a header after its tables", "[a.b]\nx = 1\n[a]\ny = 2", []string{"a 3:2", "a.b 1:4", "a.b.x 2:1 2:5+1", "a.y 4:1 4:5+1"}},
		{"in braces", "p = { x = 1, y.z = 'é', w = {} }", []string{
			"p 1:1 1:5+28", "p.x 1:7 1:11+1", "p.y 1:14", "p.y.z 1:16 1:20+3", "p.w 1:25 1:29+2",
		}},
		{"in a list", "a = [1, 'two',\n  3.0 # one ] more\n, [], {b=4}]", []string{
			"a 1:1 1:5+10", "a[0] 1:6+1", "a[1] 1:9+5", "a[2] 2:3+3", "a[3] 3:3", "a[4] 3:7", "a[4].b 3:8 3:10+1",
		}},
		{"in lists in lists", "a = [[1], [[2], []]]", []string{
			"a 1:1 1:5+16", "a[0] 1:6", "a[0][0] 1:7+1", "a[1] 1:11", "a[1][0] 1:12", "a[1][0][0] 1:13+1", "a[1][1] 1:17",
		}},
		{"in an array of tables", "[[h]]\nx = 1\n[[h]]\nx = 2\n[h.s]\ny = 3", []string{
			"h 1:3", "h[0] 1:3", "h[0].x 2:1 2:5+1", "h[1] 3:3", "h[1].x 4:1 4:5+1", "h[1].s 5:4", "h[1].s.y 6:1 6:5+1",
		}},
		{"in arrays of tables in arrays of tables", "[[h]]\n[[h.s]]\ny = 1\n[[h.s]]\ny = 2\n[[h]]\n[[h.s]]\ny = 3", []string{
			"h 1:3", "h[0] 1:3", "h[0].s 2:5", "h[0].s[0] 2:5", "h[0].s[0].y 3:1 3:5+1", "h[0].s[1] 4:5", "h[0].s[1].y 5:1 5:5+1",
			"h[1] 6:3", "h[1].s 7:5", "h[1].s[0] 7:5", "h[1].s[0].y 8:1 8:5+1",
		}},
		{"after a mark of byte order and with lines of two characters", "\ufeffa = 1\r\n[b]\r\nc = 'x'\r\n", []string{
			"a 1:1 1:5+1", "b 2:2", "b.c 3:1 3:5+3",
		}},
		{"after letters of two bytes", "x = 1\ns = \"Şoriş\" # ê\nl = ['ê', 'b']", []string{
			"x 1:1 1:5+1", "s 2:1 2:5+7", "l 3:1 3:5+10", "l[0] 3:6+3", "l[1] 3:11+3",
		}},
		{"strings of several lines", "a = \"\"\"\nx = 1\n]\"\"\"\"\nb = '''[\n'''\nc = 1", []string{
			"a 1:1 1:5+3", "b 4:1 4:5+4", "c 6:1 6:5+1",
		}},
		{"strings with brackets and quotes", `a = ["]\"", ']', "#"]` + "\nb = 1", []string{
			"a 1:1 1:5+17", "a[0] 1:6+5", "a[1] 1:13+3", "a[2] 1:18+3", "b 2:1 2:5+1",
		}},
		{"dates and times", "d = 2020-06-01\nt = 07:30:00\ndt = 2020-06-01 07:30:00 # x\nl = [2020-06-01 07:30:00, 1]", []string{
			"d 1:1 1:5+10", "t 2:1 2:5+8", "dt 3:1 3:6+19", "l 4:1 4:5+24", "l[0] 4:6+19", "l[1] 4:27+1",
		}},
	} {
		t.Run(c.name, func(t *testing.T) {
			if got := places(t, c.text); !slices.Equal(got, c.want) {
				t.Errorf("%q\ngot  %q\nwant %q", c.text, got, c.want)
			}
		})
	}
}

// The decoder of record gives the line of the last table of an array for a
// mistake in the first, because it keeps positions by dotted key. We do not.
func TestPlaceInFirstOfTwoTables(t *testing.T) {
	got := complaints(files("surge.toml", enough+"[[round]]\nday = 'mno'\n\n[[round]]\nday = 'tue'\n"))
	want := `surge.toml:4:7: round[0].day: want days such as "mon, thu", "mon-fri" or "every day", not "mno" (did you mean "mon"?)`
	if got != want {
		t.Errorf("got\n%s\nwant\n%s", got, want)
	}
}

// Each decoded field has a place, written or not.
func TestPlaceOfEveryField(t *testing.T) {
	tree, _ := read(t, files("surge.toml", lines(
		"[hospital.a]",
		"buffer = 1",
		"demand = { flow = '3 m3/day' }",
		"[[round]]",
		"[[round.stop]]",
		"at = 'a'",
	)))
	if problems := tree.Set("hospital.b.buffer=45"); problems != nil {
		t.Fatal(problems)
	}
	for key, want := range map[string]string{
		"hospital":                "surge.toml:1:2",
		"hospital.a":              "surge.toml:1:11",
		"hospital.a.buffer":       "surge.toml:2:10",
		"hospital.a.when-short":   "surge.toml:1:11", // a default: where it would be written
		"hospital.a.demand.flow":  "surge.toml:3:19",
		"hospital.a.demand.share": "surge.toml:3:10",
		"round[0].stop[0].at":     "surge.toml:6:6",
		"run.horizon":             "surge.toml",
		"hospital.b.buffer":       "--set hospital.b.buffer=45",
		"hospital.b.open":         "--set hospital.b.buffer=45",
	} {
		if got := tree.Place(key).String(); got != want {
			t.Errorf("Place(%q): got %s, want %s", key, got, want)
		}
	}
	got := tree.Problem("hospital.a.demand.flow", "want less than %d", 5).Error()
	if want := "surge.toml:3:19: hospital.a.demand.flow: want less than 5"; got != want {
		t.Errorf("got %s, want %s", got, want)
	}
}

// Brackets or parts of keys without end are a mistake, not the end of the program.
func TestTooDeep(t *testing.T) {
	for _, c := range []struct{ name, text, want string }{
		{"brackets", "a = " + strings.Repeat("[", 100_000), "surge.toml:1:1005: brackets are nested too deeply"},
		{"lists", "a = " + strings.Repeat("[", 60) + strings.Repeat("]", 60), "surge.toml:1:55: the key has too many parts"},
		{"dotted", strings.Repeat("a.", 100_000) + "a = 1", "surge.toml:1:101: the key has too many parts"},
		{"headers", "[" + strings.Repeat("a.", 100_000) + "a]", "surge.toml:1:102: the key has too many parts"},
	} {
		if got := complaints(files("surge.toml", c.text)); got != c.want {
			t.Errorf("%s: got %s, want %s", c.name, got, c.want)
		}
	}
}
