package workbook

import (
	"bytes"
	"strings"
	"testing"

	"github.com/xuri/excelize/v2"
)

// What a spreadsheet shows is what is read: it stores 95 % as 0.95, dates and
// times as numbers, and decimal numbers with a tail.
func TestCellsAreReadAsTheyAreShown(t *testing.T) {
	custom := func(format string) *excelize.Style { return &excelize.Style{CustomNumFmt: &format} }
	for _, c := range []struct {
		value any
		style *excelize.Style
		want  string
	}{
		{0.95, &excelize.Style{NumFmt: 9}, "95 %"},
		{0.07, &excelize.Style{NumFmt: 10}, "7 %"}, // 0.07 * 100 is 7.000000000000001
		{0.125, custom("0.0%"), "12.5 %"},
		{0.95, custom(`0.00" of 100 %"`), "0.95"},
		{46023, &excelize.Style{NumFmt: 14}, "2026-01-01"},
		{46023, custom("yyyy-mm-dd"), "2026-01-01"},
		{46023, custom("[$-407]d. mmm"), "2026-01-01"},
		{1.6 / 24, &excelize.Style{NumFmt: 20}, "01:36"},
		{1.5, custom("[h]:mm:ss"), "36:00"},
		{1.5, custom("[Red]0.0"), "1.5"},
		{1234.5, custom("#,##0.00"), "1234.5"},
		{30.0, &excelize.Style{NumFmt: 3}, "30"},
		{"007", nil, "007"}, // a text
		{"46023", &excelize.Style{NumFmt: 14}, "46023"},
	} {
		f := excelize.NewFile()
		if err := f.SetCellValue("Sheet1", "B2", c.value); err != nil {
			t.Fatal(err)
		}
		if c.style != nil {
			id, err := f.NewStyle(c.style)
			if err != nil {
				t.Fatal(err)
			}
			if err := f.SetCellStyle("Sheet1", "B2", "B2", id); err != nil {
				t.Fatal(err)
			}
		}
		var b bytes.Buffer
		if err := f.Write(&b); err != nil {
			t.Fatal(err)
		}
		sheets, err := OpenXLSX("x.xlsx", b.Bytes())
		if err != nil {
			t.Fatal(err)
		}
		if got := text(sheets[0].Rows[1], 1); got != c.want {
			t.Errorf("%v: got %q, want %q", c.value, got, c.want)
		}
	}
	if got := shortest(60.299999999999997, 0); got != "60.3" {
		t.Errorf("got %s, want 60.3", got)
	}
}

// A percentage that is typed into a cell is one, whatever stands in the head.
func TestPercentInACell(t *testing.T) {
	f := sound(t)
	cell := column(t, f, "cylinder", "usable") + "3"
	id, err := f.NewStyle(&excelize.Style{NumFmt: 9})
	if err != nil {
		t.Fatal(err)
	}
	if err := f.SetCellValue("cylinder", cell, 0.9); err != nil {
		t.Fatal(err)
	}
	if err := f.SetCellStyle("cylinder", cell, cell, id); err != nil {
		t.Fatal(err)
	}
	sc, problems := readBook(t, f)
	if len(problems) > 0 {
		t.Fatal(problems)
	}
	for name, c := range sc.File.Cylinder {
		if name == "J" && c.Usable.Fraction() != 0.9 {
			t.Errorf("got %v of %s usable, want 0.9", c.Usable.Fraction(), name)
		}
	}
}

// A formula without its value, and the error of one, are no empty cells and no
// remarks: they would pass for defaults, and for rows that are not there.
func TestFormulasHaveValues(t *testing.T) {
	f := sound(t)
	buffer := column(t, f, "hospital", "buffer") + "3"
	if err := f.SetCellValue("hospital", buffer, nil); err != nil {
		t.Fatal(err)
	}
	if err := f.SetCellFormula("hospital", buffer, "15*2"); err != nil {
		t.Fatal(err)
	}
	if err := f.SetCellValue("truck", "A3", "#REF!"); err != nil {
		t.Fatal(err)
	}
	for cell, what := range map[string]string{
		"hospital!" + buffer: "want the value of the formula =15*2, which the file does not have",
		"truck!A3":           "want a value, not the error #REF! of a formula",
	} {
		if _, problems := readBook(t, f); !strings.Contains(problems.Error(), "mine.xlsx:"+cell+": "+what) {
			t.Errorf("got %v\nwant %s: %s", problems, cell, what)
		}
	}
}

// A workbook of which a byte has been lost on the way is refused, and not read as
// another scenario.
func TestBrokenPartsAreRefused(t *testing.T) {
	f := sound(t)
	var b bytes.Buffer
	if err := f.Write(&b); err != nil {
		t.Fatal(err)
	}
	want, err := OpenXLSX("x.xlsx", b.Bytes())
	if err != nil {
		t.Fatal(err)
	}
	for at := 100; at < b.Len(); at += b.Len() / 200 {
		data := bytes.Clone(b.Bytes())
		data[at] ^= 4
		got, err := OpenXLSX("x.xlsx", data)
		if err != nil {
			continue // it is noticed
		}
		for i := range got {
			for j, row := range got[i].Rows {
				if a, b := strings.Join(row, "|"), strings.Join(want[i].Rows[j], "|"); a != b {
					t.Fatalf("byte %d changed: got row %q, want %q or an error", at, a, b)
				}
			}
		}
	}
}

// Mistakes of all kinds are told at once: of names, of units, of places, of heads,
// of sheets.
func TestMistakesOfAllKindsAreToldAtOnce(t *testing.T) {
	f := sound(t)
	put := func(sheet, head, row string, v any) string {
		cell := column(t, f, sheet, head) + row
		if err := f.SetCellValue(sheet, cell, v); err != nil {
			t.Fatal(err)
		}
		return "mine.xlsx:" + sheet + "!" + cell + ": "
	}
	want := []string{
		put("hospital", "buffer", "3", "many"),
		put("demand", "kind", "3", "patient"),
		put("road", "length", "4", "38 kg"),
		put("road", "to", "3", "nowhere"),
		put("truck", "room", "3", "some"),
	}
	if err := f.MergeCell("plant", "B3", "C3"); err != nil {
		t.Fatal(err)
	}
	want = append(want, "mine.xlsx:plant!B3: ")
	_, problems := readBook(t, f)
	for _, w := range want {
		if strings.Count(problems.Error(), w) != 1 {
			t.Errorf("got\n%v\nwant a problem at %s", problems, w)
		}
	}
	if len(problems) != len(want) {
		t.Errorf("got %d problems, want %d:\n%v", len(problems), len(want), problems)
	}
}

// A hospital without a row is missed where its demand stands, even if no hospital
// has a row; a key is a key, and not a line of a scenario file.
func TestNamesAndKeysInCells(t *testing.T) {
	f := sound(t)
	rows, err := f.GetRows("hospital")
	if err != nil {
		t.Fatal(err)
	}
	for i := len(rows); i > 2; i-- {
		if err := f.RemoveRow("hospital", i); err != nil {
			t.Fatal(err)
		}
	}
	if _, problems := readBook(t, f); !strings.Contains(problems.Error(), `mine.xlsx:demand!A3: the sheet hospital has no row for "town"`) {
		t.Errorf("got %v", problems)
	}
	f = sound(t)
	if err := f.SetCellValue("scenario", "A2", "run.seed = 5 #"); err != nil {
		t.Fatal(err)
	}
	if _, problems := readBook(t, f); !strings.Contains(problems.Error(), `mine.xlsx:scenario!B2: run."seed = 5 #": unknown key`) {
		t.Errorf("got %v", problems)
	}
}

// A value stands in one cell: of two, it cannot be told which is meant.
func TestAValueStandsInOneCell(t *testing.T) {
	f := sound(t)
	buffer := column(t, f, "hospital", "buffer") + "3"
	for cell, v := range map[string]string{
		"A40": "hospital.town.buffer", "B40": "20",
		"A41": "run.horizon", "B41": "20 d",
	} {
		if err := f.SetCellValue("scenario", cell, v); err != nil {
			t.Fatal(err)
		}
	}
	_, problems := readBook(t, f)
	for _, want := range []string{
		"mine.xlsx:scenario!B40: hospital.town.buffer: want it once, not here and in hospital!" + buffer,
		"mine.xlsx:scenario!B41: run.horizon: want it once, not here and in scenario!B",
	} {
		if !strings.Contains(problems.Error(), want) {
			t.Errorf("got %v\nwant %s", problems, want)
		}
	}
}
