package workbook

import (
	"bytes"
	"strings"
	"testing"
	"testing/fstest"

	"github.com/xuri/excelize/v2"

	"oxysim/scenarios"
	"oxysim/scenarios/source"
)

// set puts a value into a cell, by sheet, head and row.
func set(t *testing.T, f *excelize.File, sheet, head, row string, v any) {
	t.Helper()
	if err := f.SetCellValue(sheet, column(t, f, sheet, head)+row, v); err != nil {
		t.Fatal(err)
	}
}

// A place may be called anything, in any script: it has a short name by itself,
// what it is called is its label, and whatever refers to it calls it so.
func TestAPlaceMayBeCalledAnything(t *testing.T) {
	for _, c := range []struct{ written, name string }{
		{"Hewler Main", "hewler-main"}, {"Hewlêr", "hewler"}, {"St. Mary's", "st-marys"}, {"نەخۆشخانەی هەولێر", "hospital-1"}, {"3rd. Şar", "3rd-sar"},
	} {
		f := sound(t)
		set(t, f, "hospital", "name", "3", c.written)
		set(t, f, "hospital", "label", "3", nil)
		for _, sheet := range []string{"road", "demand", "truck"} {
			rows, err := f.GetRows(sheet)
			if err != nil {
				t.Fatal(err)
			}
			for i, row := range rows {
				for j, x := range row {
					if i > 1 && x == "town" && rows[0][j] != headName {
						// by what is written, but for capitals
						if err := f.SetCellValue(sheet, cellName(i, j), strings.ToUpper(c.written)); err != nil {
							t.Fatal(err)
						}
					}
				}
			}
		}
		set(t, f, "demand", "name", "3", "Salle d’opération")
		for _, sheet := range []string{"scenario", "source"} {
			rows, err := f.GetRows(sheet)
			if err != nil {
				t.Fatal(err)
			}
			for i, row := range rows {
				if strings.Contains(row[0], "hospital.town.") {
					if err := f.SetCellValue(sheet, cellName(i, 0), strings.Replace(row[0], "hospital.town.", `hospital.`+tomlText(c.written)+`.`, 1)); err != nil {
						t.Fatal(err)
					}
				}
			}
		}
		sc, problems := readBook(t, f)
		if len(problems) > 0 {
			t.Errorf("%s: %v", c.written, problems)
			continue
		}
		if h, ok := sc.File.Hospital[c.name]; !ok || h.Label != c.written {
			t.Errorf("%s: got hospitals %v, label %q", c.written, sc.Tree.Names("hospital"), h.Label)
		}
	}
}

// Of what is called alike, it is said where that is, and what refers to it is not
// guessed.
func TestWhatIsCalledAlikeIsTold(t *testing.T) {
	f := sound(t)
	set(t, f, "hospital", "name", "3", "Hewler Main")
	set(t, f, "hospital", "name", "4", "hewler main")
	_, problems := readBook(t, f)
	if want := `mine.xlsx:hospital!A4: "hewler main" is called so already, in mine.xlsx:hospital!A3: want a name of its own`; !strings.Contains(problems.Error(), want) {
		t.Errorf("got %v\nwant %s", problems, want)
	}
	f = sound(t)
	label := column(t, f, "hospital", "label")
	for _, row := range []string{"4", "5"} {
		if err := f.SetCellValue("hospital", label+row, "General Hospital"); err != nil {
			t.Fatal(err)
		}
	}
	set(t, f, "road", "to", "3", "general hospital")
	_, problems = readBook(t, f)
	if want := `mine.xlsx:road!C3: want one of hospital "`; !strings.Contains(problems.Error(), want) {
		t.Errorf("got %v\nwant %s", problems, want)
	}
	f = sound(t)
	set(t, f, "hospital", "name", "4", "Hewler Main")
	set(t, f, "road", "to", "3", "Hewler Mian")
	_, problems = readBook(t, f)
	if want := `(did you mean "Hewler Main"?)`; !strings.Contains(problems.Error(), want) {
		t.Errorf("got %v\nwant %s", problems, want)
	}
}

// Texts of which the same name would be made have names of their own, and none
// that something has already.
func TestMadeNamesAreUnique(t *testing.T) {
	sheets := tidy([]*Sheet{
		{Name: "plant", Rows: [][]string{{"Name"}, {"Koya City"}}},
		{Name: "hospital", Rows: [][]string{{"name"}, {"Koya city!"}, {"koya-city-2"}, {"هەولێر"}, {"hospital-3"}}},
	})
	var got []string
	for _, row := range sheets[1].Rows[1:] {
		got = append(got, row[0])
	}
	if got, want := strings.Join(got, " "), "koya-city-3 koya-city-2 hospital-3-2 hospital-3"; got != want {
		t.Errorf("got %s, want %s", got, want)
	}
}

// A scenario whose names have other letters keeps them: a workbook and a map have
// them in quotes.
func TestNamesInAnyScriptGoThereAndBack(t *testing.T) {
	ready, _ := scenarios.ReadyFiles("one-cylinder")
	data, err := ready.Open("one-cylinder.toml")
	if err != nil {
		t.Fatal(err)
	}
	var b bytes.Buffer
	if _, err := b.ReadFrom(data); err != nil {
		t.Fatal(err)
	}
	first, _ := scenarios.Open("one-cylinder")
	name := first.Tree.Names("hospital")[0]
	text := strings.NewReplacer("hospital."+name, `hospital."Hewlêr"`, `"`+name+`"`, `"Hewlêr"`, "[road."+name+"]", `[road."Hewlêr"]`).Replace(b.String())
	sc, problems := scenarios.Read(fstest.MapFS{"m.toml": {Data: []byte(text)}}, "m.toml")
	if len(problems) > 0 {
		t.Fatal(problems)
	}
	b.Reset()
	if err := Write(&b, sc); err != nil {
		t.Fatal(err)
	}
	sheets, err := OpenXLSX("m.xlsx", b.Bytes())
	if err != nil {
		t.Fatal(err)
	}
	back, problems := Read("m", sheets)
	if len(problems) > 0 {
		t.Fatal(problems)
	}
	if back.Digest != sc.Digest {
		t.Errorf("got hospitals %v, want %v", back.Tree.Names("hospital"), sc.Tree.Names("hospital"))
	}
	if _, err := Files("m", sc); err != nil {
		t.Error(err)
	}
}

// Heads are read as planners write them.
func TestHeadsAsPlannersWriteThem(t *testing.T) {
	for _, c := range []struct{ kind, head, want string }{
		{"hospital", "Buffer", "buffer"}, {"hospital", "Latitude", "lat"}, {"hospital", "LONGITUDE", "lon"}, {"hospital", "Name", "name"},
		{"hospital", "Hospital name", "name"}, {"hospital", "buffer (full cylinders)", "buffer"}, {"hospital", "Supply.Reorder at", "supply.reorder_at"},
		{"hospital", "cylinders.Ward.Rate (/day)", "cylinders.Ward.rate [/day]"}, {"hospital", "lat [°]", "lat"},
		{"road", "length (km)", "length [km]"}, {"road", "Distance [km]", "length [km]"}, {"road", "Remarks", "note"},
		{"truck", "Capacity", "room"}, {"demand", "Hospital", "hospital"}, {"demand", "Rate (/day)", "rate [/day]"}, {"scenario", "Key", "key"},
		{"hospital", "bufer", "bufer"}, {"hospital", "buffer (boxes)", "buffer [boxes]"}, {"plant", "cylinders.J", "cylinders.J"},
	} {
		if got := tidyHeads(scenarios.Keys(), c.kind, []string{c.head})[0]; got != c.want {
			t.Errorf("%s, %s: got %q, want %q", c.kind, c.head, got, c.want)
		}
	}
	if got := strings.Join(tidyHeads(scenarios.Keys(), "hospital", []string{"buffer", "Buffer"}), " "); got != "buffer Buffer" {
		t.Errorf("got %s, want two columns to be told apart", got)
	}
}

// A column that has no value of its own is no column: under "cylinders", which
// holds demands, the number of cylinders would be nothing.
func TestColumnsWithoutAValueAreRefused(t *testing.T) {
	f := sound(t)
	cell := column(t, f, "hospital", "buffer") + "1"
	if err := f.SetCellValue("hospital", cell, "cylinders"); err != nil {
		t.Fatal(err)
	}
	_, problems := readBook(t, f)
	if want := "mine.xlsx:hospital!" + cell + `: want a head that has a value, such as "cylinders.NAME.rate", not "cylinders"`; !strings.Contains(problems.Error(), want) {
		t.Errorf("got %v\nwant %s", problems, want)
	}
	f = sound(t)
	if err := f.SetCellValue("scenario", "F1", "unit"); err != nil {
		t.Fatal(err)
	}
	if err := f.SetCellValue("scenario", "F3", "km"); err != nil {
		t.Fatal(err)
	}
	_, problems = readBook(t, f)
	if want := `mine.xlsx:scenario!F1: want a column "key", "value", "meaning", "source" or "note", not "unit"`; !strings.Contains(problems.Error(), want) {
		t.Errorf("got %v\nwant %s", problems, want)
	}
}

// What is called by name is known to be: a key that is new, and a text, is one or
// the other.
func TestReferencesAreKnown(t *testing.T) {
	texts := []string{"title", "about", "label", "metric", "per"}
	for _, k := range scenarios.Keys() {
		if !strings.HasSuffix(k.Wanted, "a text in quotes") || len(k.OneOf) > 0 {
			continue
		}
		last := k.Path[len(k.Path)-1]
		for _, text := range texts {
			if last == text {
				last = ""
			}
		}
		if last != "" && refersTo(k.Path) == nil {
			t.Errorf("%s: want it in refersTo, or in the texts of this test", (&source.Leaf{Path: k.Path}).Key())
		}
	}
}

// A text that is not quite what a thing is called is taken for it, and that is said
// once; what differs by capitals only, or is a made name, needs no word. Things of
// which the names can hardly be told apart are told.
func TestWhatIsTakenForAnotherNameIsSaid(t *testing.T) {
	said := func(sheets ...*Sheet) (list []string) {
		for _, s := range tidy(sheets) {
			for _, p := range s.notes {
				list = append(list, p.Message)
			}
		}
		return list
	}
	at := func(s *Sheet) *Sheet {
		s.At = func(row, col int) string { return s.Name + "!" + cellName(row, col) }
		return s
	}
	hospitals := at(&Sheet{Name: "hospital", Rows: [][]string{{"name"}, {"St. Mary"}, {"Hewlêr Main"}, {"clinic-1"}, {`"Şar"`}}})
	got := said(hospitals,
		at(&Sheet{Name: "truck", Rows: [][]string{{"name", "serves"}, {"a", "St Mary, hewler main"}, {"b", "ST. MARY, hewlêr main, Clinic 1, st-mary, şar"}, {"c", "St Mary"}}}),
		at(&Sheet{Name: "scenario", Rows: [][]string{{"key", "value"}, {`hospital."St Mary".buffer`, "3"}}}))
	want := []string{
		`"St Mary" is taken for the hospital "St. Mary", in hospital!A2, and so in 2 cells more`,
		`"hewler main" is taken for the hospital "Hewlêr Main", in hospital!A3`,
	}
	if strings.Join(got, "\n") != strings.Join(want, "\n") {
		t.Errorf("got\n%s\nwant\n%s", strings.Join(got, "\n"), strings.Join(want, "\n"))
	}
	got = said(at(&Sheet{Name: "hospital", Rows: [][]string{{"name"}, {"Hewlêr Main"}, {"Hewler Main"}, {"north"}, {"North"}, {"هەولێر"}, {"هەولێری"}, {"clinic 1"}, {"clinic 11"}}}))
	want = []string{
		`"Hewler Main" differs from "Hewlêr Main", in hospital!A2, only by capitals, marks or signs: are they the same hospital?`,
		`"North" differs from "north", in hospital!A4, only by capitals, marks or signs: are they the same hospital?`,
	}
	if strings.Join(got, "\n") != strings.Join(want, "\n") {
		t.Errorf("got\n%s\nwant\n%s", strings.Join(got, "\n"), strings.Join(want, "\n"))
	}
}
