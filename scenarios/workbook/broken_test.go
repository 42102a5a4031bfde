package workbook

import (
	"bytes"
	"strings"
	"testing"

	"github.com/xuri/excelize/v2"

	"oxysim/scenarios"
)

// sound is a small workbook in which one thing after another is spoilt.
func sound(t *testing.T) *excelize.File {
	t.Helper()
	sc, problems := scenarios.Open("district")
	if len(problems) > 0 {
		t.Fatal(problems)
	}
	var b bytes.Buffer
	if err := Write(&b, sc); err != nil {
		t.Fatal(err)
	}
	f, err := excelize.OpenReader(&b)
	if err != nil {
		t.Fatal(err)
	}
	return f
}

// readBook reads a workbook as a planner has left it.
func readBook(t *testing.T, f *excelize.File) (*scenarios.Scenario, scenarios.Problems) {
	t.Helper()
	var b bytes.Buffer
	if err := f.Write(&b); err != nil {
		t.Fatal(err)
	}
	sheets, err := OpenXLSX("mine.xlsx", b.Bytes())
	if err != nil {
		t.Fatal(err)
	}
	return Read("mine.xlsx", sheets)
}

// column returns the name of the column of a sheet with a head.
func column(t *testing.T, f *excelize.File, sheet, head string) string {
	t.Helper()
	rows, err := f.GetRows(sheet)
	if err != nil {
		t.Fatal(err)
	}
	for j, h := range rows[0] {
		if k, _ := cutUnit(h); k == head {
			name, _ := excelize.ColumnNumberToName(j + 1)
			return name
		}
	}
	t.Fatalf("%s has no column %q", sheet, head)
	return ""
}

// What a planner gets wrong is named by sheet and cell, with what was wanted.
func TestMistakesAreNamedByTheirCells(t *testing.T) {
	put := func(sheet, head, row string, v any) func(*excelize.File) string {
		return func(f *excelize.File) string {
			cell := column(t, f, sheet, head) + row
			if err := f.SetCellValue(sheet, cell, v); err != nil {
				t.Fatal(err)
			}
			return "mine.xlsx:" + sheet + "!" + cell + ": "
		}
	}
	for _, c := range []struct {
		name  string
		spoil func(f *excelize.File) (place string)
		want  string
	}{
		{"text in a number", put("hospital", "buffer", "3", "many"), `hospital.town.buffer: want a whole number, not "many"`},
		{"an unknown place in a road", put("road", "to", "3", "twon"), `no plant, vendor, hospital or junction is called "twon" (did you mean "town"?)`},
		{"a wrong unit", put("road", "length", "4", "38 kg"), `want a distance such as "42 km", not a mass "38 kg"`},
		{"a law misspelt", put("demand", "flow", "3", "lognormel(5 L/min, cv 0.5)"), `lognormal`},
		{"a hospital misspelt in demand", put("demand", "hospital", "3", "twon"), `the sheet hospital has no row for "twon" (did you mean "town"?)`},
		{"an unknown kind of demand", put("demand", "kind", "3", "patient"), `did you mean "patients"?`},
		{"a name twice", put("hospital", "name", "4", "town"), `the name is taken`},
		{"a head misspelt", func(f *excelize.File) string {
			cell := column(t, f, "hospital", "buffer") + "1"
			_ = f.SetCellValue("hospital", cell, "bufer")
			return "mine.xlsx:hospital!" + cell + ": "
		}, `hospital.town.bufer: unknown key (did you mean "buffer"?)`},
		{"a key misspelt", func(f *excelize.File) string {
			rows, _ := f.GetRows("scenario")
			for i, r := range rows {
				if r[0] == "run.horizon" {
					cell := cellName(i, 0)
					_ = f.SetCellValue("scenario", cell, "run.horizn")
					return "mine.xlsx:scenario!" + cellName(i, 1) + ": "
				}
			}
			return ""
		}, `run.horizn: unknown key (did you mean "horizon"?)`},
		{"merged cells", func(f *excelize.File) string {
			_ = f.MergeCell("hospital", "B3", "C3")
			return "mine.xlsx:hospital!B3: "
		}, "the cells B3:C3 are merged: want one value to a cell"},
		{"a sheet missing", func(f *excelize.File) string {
			_ = f.DeleteSheet("hospital")
			return "mine.xlsx: "
		}, `want a sheet called "hospital"`},
		{"a sheet misspelt", func(f *excelize.File) string {
			_ = f.SetSheetName("truck", "trcuk")
			return "mine.xlsx:trcuk: "
		}, `(did you mean "truck"?)`},
		{"no column name", func(f *excelize.File) string {
			_ = f.SetCellValue("plant", "A1", "plant")
			return "mine.xlsx:plant!A1: "
		}, `want a column "name"`},
	} {
		f := sound(t)
		place := c.spoil(f)
		sc, problems := readBook(t, f)
		found := false
		for _, p := range problems {
			found = found || strings.HasPrefix(p.Error(), place) && strings.Contains(p.Error(), c.want)
		}
		if sc != nil || !found {
			t.Errorf("%s: got %v\nwant %s… %s", c.name, problems, place, c.want)
		}
	}
}

// What planners do to a workbook without meaning anything by it changes nothing:
// empty rows and columns, sheets of their own, another order of sheets, names of
// sheets in the plural, numbers as texts.
func TestWhatMeansNothingChangesNothing(t *testing.T) {
	plain := sound(t)
	want, problems := readBook(t, plain)
	if len(problems) > 0 {
		t.Fatal(problems)
	}
	f := sound(t)
	must := func(err error) {
		t.Helper()
		if err != nil {
			t.Fatal(err)
		}
	}
	must(f.InsertRows("hospital", 3, 2))
	must(f.InsertCols("road", "C", 1))
	must(f.SetSheetName("hospital", "Hospitals"))
	must(f.MoveSheet("truck", "cylinder"))
	_, err := f.NewSheet("# my notes")
	must(err)
	must(f.SetCellValue("# my notes", "B7", "call Dr Aram"))
	buffer := column(t, f, "Hospitals", "buffer")
	must(f.SetCellValue("Hospitals", buffer+"5", " 60 "))
	got, problems := readBook(t, f)
	if len(problems) > 0 {
		t.Fatal(problems)
	}
	if got.Digest != want.Digest {
		t.Errorf("got digest %.8s, want %.8s", got.Digest, want.Digest)
	}
}

// A table with semicolons and decimal commas is read as one with commas and
// points.
func TestDecimalCommas(t *testing.T) {
	s, err := OpenCSV("road.csv", []byte("\xef\xbb\xbfname;from;to;length [km];trip_variation;source\r\na-b;a;b;12,5;lognormal(1, cv 0,2);p. 1,5\r\n"))
	if err != nil {
		t.Fatal(err)
	}
	if got, want := strings.Join(s.Rows[1], "|"), "a-b|a|b|12.5|lognormal(1, cv 0.2)|p. 1,5"; got != want {
		t.Errorf("got %s, want %s", got, want)
	}
	if got, want := s.At(1, 3), "road.csv:2:9"; got != want {
		t.Errorf("got %s, want %s", got, want)
	}
}

// A hospital with a position and no road gets one, by the great circle: a
// quarter of a meridian is 10,007.5 km on a sphere of radius 6,371 km.
func TestRoadsByTheGreatCircle(t *testing.T) {
	sheets := []*Sheet{
		{Name: "plant", Rows: [][]string{{"name", "lat", "lon"}, {"p", "0", "10"}}},
		{Name: "hospital", Rows: [][]string{{"name", "lat", "lon"}, {"h", "90", "10"}, {"near", "1", "10"}, {"met", "2", "10"}}},
		{Name: "road", Rows: [][]string{{"name", "from", "to", "length [km]"}, {"p-met", "p", "met", "300"}}},
	}
	all, added := Roads(sheets)
	if strings.Join(added.Hospitals, " ") != "h near" {
		t.Errorf("got roads to %v", added)
	}
	road := find(all, "road")
	if got := road.cell(2, "length"); !strings.HasPrefix(got, "13000 (11000 – 15000)") && !strings.HasPrefix(got, "1.3e+04") {
		t.Errorf("got length %s, want 1.3 times 10,007.5 km", got)
	}
	if got := road.cell(3, "source"); !strings.HasPrefix(got, "ASSUMPTION") {
		t.Errorf("got source %q", got)
	}
	if len(sheets[2].Rows) != 2 {
		t.Error("the sheets that were given have changed")
	}
}

// A map that is written and read again has the same places and roads.
func TestMapsThereAndBack(t *testing.T) {
	sc, problems := scenarios.Open("kri-erbil")
	if len(problems) > 0 {
		t.Fatal(problems)
	}
	var b bytes.Buffer
	if err := WriteGeoJSON(&b, sc); err != nil {
		t.Fatal(err)
	}
	sheets, err := OpenGeoJSON("map.geojson", b.Bytes())
	if err != nil {
		t.Fatal(err)
	}
	hospitals, roads := find(sheets, "hospital"), find(sheets, "road")
	if got, want := len(hospitals.data()), len(sc.File.Hospital); got != want {
		t.Errorf("got %d hospitals, want %d", got, want)
	}
	for _, i := range roads.data() {
		name := roads.cell(i, "name")
		r, ok := sc.File.Road[name]
		if !ok || roads.cell(i, "from") != r.From || roads.cell(i, "to") != r.To {
			t.Errorf("road %s: got from %s to %s", name, roads.cell(i, "from"), roads.cell(i, "to"))
		}
	}
}

// What is known least of all roads is not what can be relied on most: the trips of
// an assumed road vary as those of the others or, if these do not agree, as is usual.
func TestTripsOfAssumedRoadsVary(t *testing.T) {
	const usual = "lognormal(1, cv 0.3)"
	for _, c := range []struct {
		others []string
		want   string
		as     string // what the source says
	}{
		{nil, usual, usual + ", as is usual"},
		{[]string{"", ""}, usual, "as is usual"},
		{[]string{"gamma(1, cv 0.5)", "gamma(1, cv 0.5)"}, "gamma(1, cv 0.5)", "as of the other roads"},
		{[]string{"gamma(1, cv 0.5)", ""}, "gamma(1, cv 0.5)", "as of the other roads"},
		{[]string{"gamma(1, cv 0.5)", "1.2"}, usual, "as is usual"},
	} {
		sheets := []*Sheet{
			{Name: "plant", Rows: [][]string{{"name", "lat", "lon"}, {"p", "0", "10"}}},
			{Name: "hospital", Rows: [][]string{{"name", "lat", "lon"}, {"h", "1", "10"}}},
		}
		if c.others != nil {
			rows := [][]string{{"name", "from", "to", "length [km]", "Trip variation"}}
			for i, x := range c.others {
				to := string(rune('a' + i))
				rows = append(rows, []string{"p-" + to, "p", to, "300", x})
			}
			sheets = append(sheets, &Sheet{Name: "road", Rows: rows})
		}
		all, assumed := Roads(sheets)
		road := find(all, "road")
		last := len(road.Rows) - 1
		if got := road.cell(last, "trip_variation"); got != c.want || assumed.Varies != c.want {
			t.Errorf("%v: got %q and %q, want %q", c.others, got, assumed.Varies, c.want)
		}
		if got := road.cell(last, "source"); !strings.HasPrefix(got, "ASSUMPTION") || !strings.HasSuffix(got, c.as) {
			t.Errorf("%v: got source %q, want it to end in %q", c.others, got, c.as)
		}
	}
}
