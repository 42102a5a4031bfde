package workbook

import (
	"bytes"
	"io/fs"
	"slices"
	"strconv"
	"strings"
	"testing"
	"testing/fstest"

	"oxysim/scenarios"
)

// A scenario that is written as a workbook, or as files, and read again is the
// same: not only its numbers, but titles, targets, prices, and where each value
// comes from.
func TestThereAndBackIsTheIdentity(t *testing.T) {
	for _, name := range scenarios.Ready() {
		sc, problems := scenarios.Open(name)
		if len(problems) > 0 {
			t.Fatal(problems)
		}
		same := func(way string, back *scenarios.Scenario, problems scenarios.Problems) {
			t.Helper()
			if len(problems) > 0 {
				t.Fatalf("%s, %s: %v", name, way, problems)
			}
			if got, want := back.Tree.Canonical("source"), sc.Tree.Canonical("source"); back.Digest != sc.Digest || !bytes.Equal(got, want) {
				at := 0
				for at < min(len(got), len(want)) && got[at] == want[at] {
					at++
				}
				from := max(0, at-100)
				t.Errorf("%s, %s: digest %.8s, want %.8s; from there:\n got %.200s\nwant %.200s", name, way, back.Digest, sc.Digest, got[from:], want[from:])
			}
			for _, x := range sc.Tree.Leaves() {
				if got := back.Tree.Source(x.Key()); got != x.Source {
					t.Errorf("%s, %s: source of %s: got %q, want %q", name, way, x.Key(), got, x.Source)
				}
			}
		}
		files, err := Files(name, sc)
		if err != nil {
			t.Fatalf("%s: %v", name, err)
		}
		back, problems := reread(name, files)
		same("files", back, problems)

		var first, second bytes.Buffer
		if err := Write(&first, sc); err != nil {
			t.Fatal(err)
		}
		if err := Write(&second, sc); err != nil {
			t.Fatal(err)
		}
		if !bytes.Equal(first.Bytes(), second.Bytes()) {
			t.Errorf("%s: written twice, the workbook differs", name)
		}
		sheets, err := OpenXLSX(name+".xlsx", first.Bytes())
		if err != nil {
			t.Fatal(err)
		}
		back, problems = Read(name, sheets)
		same("workbook", back, problems)
	}
}

// A table of numbers may be called as it likes: as a kind of thing, longer than a
// sheet may be, without .csv. It is kept under a name that can be a sheet's and a
// file's.
func TestTablesOfAnyNameGoThereAndBack(t *testing.T) {
	ready, _ := scenarios.ReadyFiles("manaus-2021")
	read := func(name string) string {
		data, err := fs.ReadFile(ready, name)
		if err != nil {
			t.Fatal(err)
		}
		return string(data)
	}
	for _, name := range []string{"hospital.csv", "Road.csv", "a name that is much longer than that of a sheet may be.csv", "it's [all].csv", "demand.txt"} {
		fsys := fstest.MapFS{
			"m.toml": {Data: []byte(strings.ReplaceAll(read("manaus-2021.toml"), "demand.csv", name))},
			name:     {Data: []byte(read("demand.csv"))},
		}
		sc, problems := scenarios.Read(fsys, "m.toml")
		if len(problems) > 0 {
			t.Fatal(problems)
		}
		if _, err := Files("m", sc); err != nil {
			t.Errorf("%s: %v", name, err)
		}
		var b bytes.Buffer
		if err := Write(&b, sc); err != nil {
			t.Errorf("%s: %v", name, err)
			continue
		}
		sheets, err := OpenXLSX("m.xlsx", b.Bytes())
		if err != nil {
			t.Fatal(err)
		}
		if back, problems := Read("m", sheets); len(problems) > 0 || back.Digest != sc.Digest {
			t.Errorf("%s: got another scenario, or problems: %v", name, problems)
		}
	}
}

// A text goes there and back as it is, whatever it would be to a spreadsheet or in
// a scenario file.
func TestTextsGoThereAndBack(t *testing.T) {
	for _, label := range []string{
		"a  b", "#1 hospital", "007", "42", "1e5", "true", "2020-01-01", "50 %", "12:30", "x [km]", "a\"b", "'a'", "\"a\"", "a,b;c",
		"=1+1", "+1", "-1", "@x", "=cmd|x!A0", "کە\u200cك", "a\u3000b", "_x0041_", "_x005F_", "_xxx_", "&amp;<b>", "[1]", "# x", `a\nb`,
	} {
		sc, problems := scenarios.Open("district", "hospital.town.label="+strconv.Quote(label))
		if len(problems) > 0 {
			t.Fatal(problems)
		}
		var b bytes.Buffer
		if err := Write(&b, sc); err != nil {
			t.Fatal(err)
		}
		sheets, err := OpenXLSX("m.xlsx", b.Bytes())
		if err != nil {
			t.Fatal(err)
		}
		back, problems := Read("m", sheets)
		if len(problems) > 0 {
			t.Errorf("%s: %v", label, problems)
			continue
		}
		if got := back.File.Hospital["town"].Label; got != label {
			t.Errorf("got %q, want %q", got, label)
		}
	}
}

// Numbers stay numbers below the unit in the head, though others of the column
// have a range or another unit.
func TestNumbersStayNumbers(t *testing.T) {
	sc, problems := scenarios.Open("district", "road.works-town.length=9 km (8 km – 12 km)", "road.works-fork.length=900 m")
	if len(problems) > 0 {
		t.Fatal(problems)
	}
	l := lay(sc, true)
	for _, table := range l.tables {
		if table.name != "road" {
			continue
		}
		cells := l.cells(table)
		column := slices.Index(cells[0], "length [km]")
		if column < 0 {
			t.Fatalf("got heads %v", cells[0])
		}
		for _, row := range cells[1:] {
			_, err := strconv.ParseFloat(row[column], 64)
			if special := row[0] == "works-town" || row[0] == "works-fork"; special == (err == nil) {
				t.Errorf("road %s: got %q", row[0], row[column])
			}
		}
	}
	if _, err := Files("m", sc); err != nil {
		t.Error(err)
	}
}
