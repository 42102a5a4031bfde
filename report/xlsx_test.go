package report

import (
	"archive/zip"
	"bytes"
	"fmt"
	"math"
	"regexp"
	"slices"
	"strings"
	"testing"

	"github.com/xuri/excelize/v2"

	"oxysim/study"
)

// The same results are the same bytes, however often they are written: maps, whose
// order is chance, show nowhere.
func TestBooksAndRunsAreWrittenAlike(t *testing.T) {
	r := optionsOf(t, 5)
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

// optionsOf returns results in which the options of a scenario have been asked for.
func optionsOf(t *testing.T, n int) *Results {
	t.Helper()
	r := resultsOf(t, "district", n, "run.horizon=20d")
	designs, err := study.DesignsOf(r.Subject)
	if err != nil {
		t.Fatal(err)
	}
	q, err := study.NewCompare(designs, n, "", 0)
	if err != nil {
		t.Fatal(err)
	}
	if r.Compare, err = q.Answer(t.Context(), study.NewWork(r.Subject)); err != nil {
		t.Fatal(err)
	}
	return r
}

// bookOf writes a workbook and opens it, as its sheets and as its parts.
func bookOf(t *testing.T, r *Results) (*excelize.File, map[string]string) {
	t.Helper()
	content, err := r.workbook()
	if err != nil {
		t.Fatal(err)
	}
	f, err := excelize.OpenReader(bytes.NewReader(content))
	if err != nil {
		t.Fatal(err)
	}
	z, err := zip.NewReader(bytes.NewReader(content), int64(len(content)))
	if err != nil {
		t.Fatal(err)
	}
	parts := map[string]string{}
	for _, x := range z.File {
		text, err := readPart(x)
		if err != nil {
			t.Fatal(err)
		}
		parts[x.Name] = string(text)
	}
	return f, parts
}

// Planners find the sheets they expect, with heads that stay in view and are printed
// on each page, which is as wide as the sheet; and of each column they are told what
// it is.
func TestSheetsOfTheWorkbook(t *testing.T) {
	for name, r := range map[string]*Results{"options": optionsOf(t, 5), "none": resultsOf(t, "one-cylinder", 3)} {
		f, _ := bookOf(t, r)
		want := []string{"summary", "hospitals", "plants", "trucks", "options", "differences", "costs", "assumptions", "numbers"}
		if got := f.GetSheetList(); !slices.Equal(got, want) {
			t.Fatalf("got sheets %q, want %q", got, want)
		}
		titles := map[string]string{}
		for _, n := range f.GetDefinedName() {
			if n.Name == "_xlnm.Print_Titles" {
				titles[n.Scope] = n.RefersTo
			}
		}
		for _, sheet := range want {
			if panes, err := f.GetPanes(sheet); err != nil || !panes.Freeze || panes.YSplit != 1 {
				t.Errorf("%s: the head does not stay in view: %v", sheet, err)
			}
			if titles[sheet] != sheet+"!$1:$1" {
				t.Errorf("%s: got print titles %q", sheet, titles[sheet])
			}
			page, err := f.GetPageLayout(sheet)
			if err != nil || *page.Orientation != "landscape" || *page.FitToWidth != 1 || *page.FitToHeight != 0 {
				t.Errorf("%s: got the page %+v, %v", sheet, page, err)
			}
			if props, err := f.GetSheetProps(sheet); err != nil || props.FitToPage == nil || !*props.FitToPage {
				t.Errorf("%s: is not fitted to the page", sheet)
			}
			if sheet != "summary" {
				headsAreTold(t, f, name+": "+sheet, sheet)
			}
		}
	}
}

// headsAreTold wants a head above each column, each another, and something below
// each but the first.
func headsAreTold(t *testing.T, f *excelize.File, name, sheet string) {
	t.Helper()
	rows, err := f.GetRows(sheet)
	if err != nil || len(rows) == 0 {
		t.Fatalf("%s: %v", name, err)
	}
	width := len(rows[0])
	if sheet == "options" && width > 13 {
		t.Errorf("%s: got %d columns, want no more than a planner reads", name, width)
	}
	seen := map[string]bool{}
	filled := make([]bool, width)
	for i, row := range rows {
		for j, cell := range row {
			switch {
			case i > 0 && j >= width && cell != "":
				t.Errorf("%s: %q has no head", name, cell)
			case i > 0 && j < width:
				filled[j] = filled[j] || cell != ""
			case i == 0 && (cell == "" || seen[cell] || cell == "lo" || cell == "hi"):
				t.Errorf("%s: got the head %q", name, cell)
			}
			if i == 0 {
				seen[cell] = true
			}
		}
	}
	for j, some := range filled {
		if !some && len(rows) > 1 {
			t.Errorf("%s: nothing is below %q", name, rows[0][j])
		}
	}
}

// A number is as in the CSV, whatever of it is shown.
func TestNumbersOfTheWorkbookAreExact(t *testing.T) {
	r := resultsOf(t, "one-cylinder", 3)
	f, _ := bookOf(t, r)
	p := r.Answer.Estimate("hospital.clinic.stockout").Mean
	if shown, _ := f.GetCellValue("hospitals", "C2"); shown != fmt.Sprintf("%.1f%%", 100*p) {
		t.Errorf("got P(stockout) shown as %q, want %.1f%%", shown, 100*p)
	}
	if raw, _ := f.GetCellValue("hospitals", "C2", excelize.Options{RawCellValue: true}); raw != exact(p) {
		t.Errorf("got P(stockout) %q, want %s", raw, exact(p))
	}
	for i, e := range r.Answer.Estimates {
		at := fmt.Sprintf("D%d", i+2)
		if raw, _ := f.GetCellValue("numbers", at, excelize.Options{RawCellValue: true}); raw != exact(e.Mean) {
			t.Errorf("%s: got %q, want %s", e.Metric.Name, raw, exact(e.Mean))
		}
		if kind, _ := f.GetCellType("numbers", at); kind == excelize.CellTypeSharedString {
			t.Errorf("%s: the mean is a text", e.Metric.Name)
		}
	}
}

// A chart has in itself what it shows, for whoever does not compute sheets; its
// axes can be read, and one of shares ends where shares do.
func TestChartsShowWhatTheySay(t *testing.T) {
	_, parts := bookOf(t, optionsOf(t, 5))
	charts := 0
	for name, x := range parts {
		if !strings.HasPrefix(name, "xl/charts/chart") {
			continue
		}
		charts++
		for _, text := range regexp.MustCompile(`<txPr>.*?</txPr>`).FindAllString(x, -1) {
			if strings.Contains(text, "lumOff") {
				t.Errorf("%s: a text is as pale as its paper: %s", name, text)
			}
		}
		refs := strings.Count(x, "<f>")
		caches := regexp.MustCompile(`<(str|num)Cache>(<formatCode>General</formatCode>)?<ptCount val="[1-9]\d*"></ptCount><pt idx="0"><v>[^<]`).FindAllString(x, -1)
		if refs < 3 || len(caches) != refs {
			t.Errorf("%s: got %d caches of %d references", name, len(caches), refs)
		}
		value := regexp.MustCompile(`<valAx>.*</valAx>`).FindString(x)
		if !strings.Contains(value, "<title>") || !strings.Contains(value, `<crosses val="max">`) || strings.Contains(value, `rot="-5400000"`) {
			t.Errorf("%s: the axis of values has no title below: %s", name, value)
		}
		if strings.Contains(x, "plants!") && !strings.Contains(value, `<max val="1">`) {
			t.Errorf("%s: the axis of shares does not end at 100 %%", name)
		}
	}
	if charts != 4 {
		t.Errorf("got %d charts, want those of hospitals, plants, trucks and options", charts)
	}
	for name, x := range parts {
		if strings.HasPrefix(name, "xl/worksheets/") && strings.Contains(x, "autoMax") {
			t.Errorf("%s: a bar is scaled to the longest", name)
		}
	}
}

// Decimals are as many as the uncertainty of a column supports, the same in all of
// it; small numbers do not become 0.
func TestDecimalsOfAColumn(t *testing.T) {
	for _, x := range []struct {
		cells []any
		want  string
	}{
		{[]any{measured{758.5, 8.9}, measured{715.9, 9.4}, measured{0, 0}}, "#,##0"},
		{[]any{measured{0.1319, 0.0015}, measured{0.1425, 0.0016}}, "#,##0.000"},
		{[]any{measured{9.2, 1.1}, measured{8.4, 1.3}, measured{0.13, 0.02}}, "#,##0.00"},
		{[]any{4660.0, 120000.0, nil}, "#,##0"},
		{[]any{unsure{measured{-17124, 5000}}, measured{math.NaN(), 0}}, "#,##0"},
		{[]any{nil, notModelled}, "#,##0"},
	} {
		c := &bookTable{columns: []bookColumn{{head: "x", kind: ofNumber}}}
		for _, cell := range x.cells {
			c.row(cell)
		}
		if got := c.formats()[0]; got != x.want {
			t.Errorf("%v: got %s, want %s", x.cells, got, x.want)
		}
	}
}

// What the model does not count is said to be so: 0 would be an answer.
func TestWhatIsNotModelledIsSaid(t *testing.T) {
	r := resultsOf(t, "one-cylinder", 2)
	f, _ := bookOf(t, r)
	rows, err := f.GetRows("summary")
	if err != nil {
		t.Fatal(err)
	}
	modelled := hasPatients(r.Answer, "network")
	for _, row := range rows {
		if len(row) > 1 && row[0] == "patient-hours without oxygen" && (row[1] == string(notModelled)) == modelled {
			t.Errorf("patients are modelled: %v, and the summary says %q", modelled, row[1])
		}
	}
	text := fmt.Sprint(rows)
	for _, want := range []string{"What was asked", "digest of all that decides a number", r.Answer.Origin.Digest, "What is on the other sheets"} {
		if !strings.Contains(text, want) {
			t.Errorf("the summary does not say %q", want)
		}
	}
	if first := strings.TrimSpace(strings.Join(rows[0], "")); first != r.title() {
		t.Errorf("the summary begins with %q, want the title", first)
	}
}

// What a planner decides by stands in front, not behind what nobody asked for: what
// is bought, what it costs, and what it averts. No cell is minus nothing.
func TestOptionsBeginWithWhatIsDecidedBy(t *testing.T) {
	r := optionsOf(t, 5)
	f, _ := bookOf(t, r)
	rows, err := f.GetRows("options", excelize.Options{RawCellValue: true})
	if err != nil {
		t.Fatal(err)
	}
	want := []string{"option", "verdict", "bought once, USD", "cost above things as they are, USD/year", "hours without oxygen averted, h/run"}
	if got := rows[0][:len(want)]; !slices.Equal(got, want) {
		t.Errorf("got the heads %q, want %q", got, want)
	}
	lorry := 2
	m := r.Compare.Money.Designs[lorry]
	if got := rows[1+lorry][2:4]; !slices.Equal(got, []string{exact(boughtOnce(m)), exact(m.Extra.Mean)}) || boughtOnce(m) != 40_000 {
		t.Errorf("got %q for the second lorry, want %s and %s", got, exact(boughtOnce(m)), exact(m.Extra.Mean))
	}
	for _, row := range rows {
		if slices.Contains(row, "-0") {
			t.Errorf("got %q", row)
		}
	}
}
