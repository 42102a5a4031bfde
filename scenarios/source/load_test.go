package source

import (
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"testing"
)

// A variant has what it says itself, and for the rest what the file it extends
// says; and each value keeps its own place.
func TestVariantIsMergedTableByTable(t *testing.T) {
	fsys := files(
		"base.toml", lines(
			"title = 'Base'",
			"[hospital.a]",
			"buffer = 10",
			"sources = ['plant', 'cylinder']",
			"[hospital.a.demand]",
			"flow = '3 m3/day'",
			"share = '10 %'",
			"[hospital.b]",
			"buffer = 20",
		),
		"middle/middle.toml", lines(
			"extends = '../base.toml'",
			"hospital.a.demand.flow = '4 m3/day'",
			"[hospital.c]",
			"buffer = 30",
		),
		"surge.toml", lines(
			"extends = 'middle/middle.toml'",
			"title = 'Surge'",
			"[hospital]",
			"b.buffer = 25",
			"a.sources = ['concentrator']",
		),
	)
	tree, w := read(t, fsys)
	a := w.Hospital["a"]
	got := fmt.Sprint(w.Title, a.Buffer, a.Sources, a.Demand.Flow, a.Demand.Share, w.Hospital["b"].Buffer, w.Hospital["c"].Buffer)
	if want := "Surge10 [concentrator] 2.778 L/min 0.1 25 30"; got != want {
		t.Errorf("got %s, want %s", got, want)
	}
	for key, want := range map[string]string{
		"title":                   "surge.toml:2:9",
		"hospital.a.buffer":       "base.toml:3:10",
		"hospital.a.demand.flow":  "middle/middle.toml:2:26",
		"hospital.a.demand.share": "base.toml:7:9",
		"hospital.b.buffer":       "surge.toml:4:12",
		"hospital.a.sources":      "surge.toml:5:13",
	} {
		if got := tree.Place(key).String(); got != want {
			t.Errorf("Place(%q): got %s, want %s", key, got, want)
		}
	}
	if got, want := tree.Names("hospital"), []string{"a", "b", "c"}; !slices.Equal(got, want) {
		t.Errorf("Names: got %v, want %v", got, want)
	}
	if got, want := tree.Files(), []string{"surge.toml", "middle/middle.toml", "base.toml"}; !slices.Equal(got, want) {
		t.Errorf("Files: got %v, want %v", got, want)
	}
}

// A mistake in the file that is extended is told as one of that file.
func TestMistakeInTheBase(t *testing.T) {
	got := complaints(files("base.toml", "[hospital.a]\nbuffer = 'x'", "surge.toml", "extends = 'base.toml'\nhospital.a.beds = 0"))
	want := lines(
		`base.toml:2:10: hospital.a.buffer: want a whole number, not "x"`,
		`surge.toml:2:19: hospital.a.beds: want more than 0, not 0`,
	)
	if got != want {
		t.Errorf("got\n%s\nwant\n%s", got, want)
	}
}

func TestExtendsWhatIsNotThere(t *testing.T) {
	for _, c := range []struct {
		name string
		fsys []string
		want string
	}{
		{"no scenario", []string{"other.toml", ""}, `surge.toml: no such file`},
		{"misspelt", []string{"surge.toml", "title = 'x'\nextends = 'bsae.toml'", "base.toml", ""},
			`surge.toml:2:11: extends: no such file: "bsae.toml" (did you mean "base.toml"?)`},
		{"outside", []string{"surge.toml", "extends = '../../x.toml'"},
			`surge.toml:1:11: extends: no such file: "../../x.toml"`},
		{"no name", []string{"surge.toml", "extends = 3"},
			`surge.toml:1:11: extends: want the name of a file such as "base.toml", not 3`},
		{"itself", []string{"surge.toml", "extends = 'surge.toml'"},
			`surge.toml:1:11: extends: a file cannot extend itself: surge.toml extends surge.toml`},
		{"in a circle", []string{"surge.toml", "extends = 'a.toml'", "a.toml", "\n extends = './b.toml'", "b.toml", "extends = \"x/../a.toml\""},
			`b.toml:1:11: extends: a file cannot extend itself: a.toml extends b.toml extends a.toml`},
		{"a base with a mistake", []string{"surge.toml", "extends = 'a.toml'", "a.toml", "x = "},
			`a.toml:1:4: x: unexpected EOF; expected value`},
	} {
		t.Run(c.name, func(t *testing.T) {
			_, problems := Load(files(c.fsys...), "surge.toml")
			if got := problems.Error(); got != c.want {
				t.Errorf("got\n%s\nwant\n%s", got, c.want)
			}
		})
	}
}

// A name that no file has is asked of the resolver, and so are the files that are named in what it finds.
func TestReadyMadeScenarios(t *testing.T) {
	ready := files("ready/erbil.toml", "extends = 'common.toml'\nhospital.a.buffer = 5\n[table]\nhospital = 'h.csv'",
		"ready/common.toml", "title = 'Common'", "ready/h.csv", "name,buffer\nb,7\n")
	resolve := func(name string) (fs.FS, string, bool) { return ready, "ready/erbil.toml", name == "erbil" }
	for _, start := range []string{"surge.toml", "erbil"} {
		tree, problems := Load(files("surge.toml", "extends = 'erbil'"), start, resolve)
		if problems != nil {
			t.Fatal(problems)
		}
		got := fmt.Sprint(tree.Text("title"), tree.Text("hospital.a.buffer"), tree.Text("hospital.b.buffer"), tree.Place("hospital.b.buffer"))
		if want := "Common57ready/h.csv:2:3"; got != want {
			t.Errorf("%s: got %s, want %s", start, got, want)
		}
	}
}

// On the disk, names are those the user gave, and lead out of the directory too.
func TestDisk(t *testing.T) {
	dir := t.TempDir()
	for name, text := range map[string]string{"base.toml": "[hospital.a]\nbuffer = 'x'", "sub/surge.toml": "extends = '../base.toml'"} {
		path := filepath.Join(dir, filepath.FromSlash(name))
		if err := os.MkdirAll(filepath.Dir(path), 0o755); err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(path, []byte(text), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	t.Chdir(filepath.Join(dir, "sub"))
	tree, problems := Load(Disk(), "surge.toml")
	if problems != nil {
		t.Fatal(problems)
	}
	got := Decode(tree, new(world)).Error()
	if want := `../base.toml:2:10: hospital.a.buffer: want a whole number, not "x"`; got != want {
		t.Errorf("got %s, want %s", got, want)
	}
}
