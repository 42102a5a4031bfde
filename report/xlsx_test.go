package report

import (
	"bytes"
	"fmt"
	"testing"

	"github.com/xuri/excelize/v2"
)

// The same results are the same bytes, however often they are written: maps, whose
// order is chance, show nowhere.
func TestBooksAndRunsAreWrittenAlike(t *testing.T) {
	r := resultsOf(t, "one-cylinder", 3)
	for name, write := range map[string]func() ([]byte, error){"workbook": r.workbook, "parquet": r.parquet, "page": r.page} {
		first, err := write()
		if err != nil {
			t.Fatal(err)
		}
		for range 10 { // once may be luck
			again, err := write()
			if err != nil {
				t.Fatal(err)
			}
			if !bytes.Equal(first, again) {
				t.Fatalf("%s: the bytes differ", name)
			}
		}
	}
}

// Planners find the sheets they expect, with heads that stay in view, formats and
// charts.
func TestSheetsOfTheWorkbook(t *testing.T) {
	r := resultsOf(t, "one-cylinder", 3)
	content, err := r.workbook()
	if err != nil {
		t.Fatal(err)
	}
	f, err := excelize.OpenReader(bytes.NewReader(content))
	if err != nil {
		t.Fatal(err)
	}
	want := []string{"summary", "hospitals", "plants", "trucks", "options", "costs", "assumptions", "numbers"}
	got := f.GetSheetList()
	if len(got) != len(want) {
		t.Fatalf("got sheets %q, want %q", got, want)
	}
	for i, sheet := range want {
		if got[i] != sheet {
			t.Errorf("got sheet %q, want %q", got[i], sheet)
		}
		panes, err := f.GetPanes(sheet)
		if err != nil || !panes.Freeze || panes.YSplit != 1 {
			t.Errorf("%s: the head does not stay in view: %v", sheet, err)
		}
	}
	p := r.Answer.Estimate("hospital.clinic.stockout").Mean
	if shown, _ := f.GetCellValue("hospitals", "D2"); shown != fmt.Sprintf("%.1f%%", 100*p) {
		t.Errorf("got P(stockout) shown as %q, want %.1f%%", shown, 100*p)
	}
	if raw, _ := f.GetCellValue("hospitals", "D2", excelize.Options{RawCellValue: true}); raw != exact(p) {
		t.Errorf("got P(stockout) %q, want %s", raw, exact(p))
	}
	if kind, _ := f.GetCellType("numbers", "D2"); kind == excelize.CellTypeSharedString {
		t.Error("a mean is a text")
	}
	if !bytes.Contains(content, []byte("xl/charts/chart1.xml")) {
		t.Error("there is no chart")
	}
}
