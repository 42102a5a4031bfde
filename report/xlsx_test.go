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

	"oxysim/sim/stats"
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
	if sheet == "options" && width > 17 {
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
	r := optionsOf(t, 5)
	showHours(r, map[int]float64{2: -3})
	_, parts := bookOf(t, r)
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
	want := []string{"option", "verdict", "bought once, USD", "cost above things as they are, USD/year", "cost: 95 % interval from", "cost: to"}
	if got := rows[0][:len(want)]; !slices.Equal(got, want) {
		t.Errorf("got the heads %q, want %q", got, want)
	}
	lorry := 2
	m := r.Compare.Money.Designs[lorry]
	row := rowOf(t, rows, designLabel(r.Compare, lorry))
	for head, want := range map[string]float64{
		want[2]: boughtOnce(m), want[3]: m.Extra.Mean, want[4]: m.Extra.Interval.Lo, want[5]: m.Extra.Interval.Hi,
		"cost with prices in their ranges: from": m.Priced.Lo, "with prices: to": m.Priced.Hi,
	} {
		if got := row[slices.Index(rows[0], head)]; got != exact(want) && !(got == "" && math.IsInf(want, 0)) {
			t.Errorf("%s: got %q for the second lorry, want %s", head, got, exact(want))
		}
	}
	if boughtOnce(m) != 40_000 {
		t.Errorf("the second lorry costs %g", boughtOnce(m))
	}
	for _, row := range rows {
		if slices.Contains(row, "-0") {
			t.Errorf("got %q", row)
		}
	}
}

// rowOf returns the row that begins with a name.
func rowOf(t *testing.T, rows [][]string, name string) []string {
	t.Helper()
	i := slices.IndexFunc(rows, func(row []string) bool { return len(row) > 0 && row[0] == name })
	if i < 0 {
		t.Fatalf("there is no row %q in %q", name, rows)
	}
	return append(slices.Clone(rows[i]), make([]string, len(rows[0]))...)
}

// showHours makes of options, by their places, that they are shown to change the
// hours without oxygen so much, and of all others that chance may explain it.
func showHours(r *Results, by map[int]float64) {
	for i := range r.Compare.Metrics {
		if c := &r.Compare.Metrics[i]; c.Metric.Name == hoursMetric {
			for d := range c.Against {
				x := &c.Against[d]
				x.Same, x.Shown = false, false
				if h, ok := by[d+1]; ok {
					x.Shown, x.Mean, x.Interval = true, h, stats.Interval{Lo: h - 1, Hi: h + 1}
				}
			}
		}
	}
}

// What a planner would take for a ranking is one: options that are shown to avert
// hours come first, by how many, and they alone are drawn.
func TestOptionsAreInOrderAndChanceIsNotDrawn(t *testing.T) {
	r := optionsOf(t, 5)
	showHours(r, map[int]float64{2: -3, 4: -70, 1: -8})
	f, parts := bookOf(t, r)
	rows, err := f.GetRows("options")
	if err != nil {
		t.Fatal(err)
	}
	for i, d := range []int{0, 4, 1, 2} {
		if got, want := rows[1+i][0], designLabel(r.Compare, d); got != want {
			t.Errorf("row %d: got %q, want %q", i+1, got, want)
		}
	}
	drawn := 0
	for name, x := range parts {
		if strings.HasPrefix(name, "xl/charts/chart") && strings.Contains(x, "options!") {
			drawn++
			if !strings.Contains(x, "options!$A$3:$A$5") {
				t.Errorf("%s: other rows are drawn than those three: %s", name, regexp.MustCompile(`<f>[^<]*</f>`).FindAllString(x, -1))
			}
		}
	}
	if drawn != 1 {
		t.Errorf("got %d charts of options", drawn)
	}
	showHours(r, nil)
	if _, parts = bookOf(t, r); strings.Contains(fmt.Sprint(parts), "options!$A$3:") {
		t.Error("what chance may explain is drawn")
	}
}

// The workbook has of the options what the page has: all of them at once, money
// for a stockout-day with its interval, and in how many draws of what is not known
// each is the best; but no column in which all is the same.
func TestOptionsOfTheBookAreThoseOfThePage(t *testing.T) {
	r := optionsOf(t, 5)
	all, err := study.AllOptions(r.Subject)
	if err != nil {
		t.Fatal(err)
	}
	q, err := study.NewCompare([]*study.Option{r.Compare.Compare.Designs[0], all}, 4, r.Compare.Compare.By, 0)
	if err != nil {
		t.Fatal(err)
	}
	q.Fixed = true
	if r.All, err = q.Answer(t.Context(), study.NewWork(r.Subject)); err != nil {
		t.Fatal(err)
	}
	r.Unknown = &study.InformationAnswer{Information: &study.Information{Points: 32, N: 2}}
	r.Unknown.Confidence = 0.95
	for d, o := range r.Compare.Compare.Designs {
		c := study.OptionValue{Option: o.Name, Alone: float64(d) / 32}
		if d == 0 {
			c.Option = ""
		}
		r.Unknown.Choices = append(r.Unknown.Choices, c)
	}
	known := 2
	v := &r.Compare.Money.Designs[known]
	v.Extra = study.Amount{Mean: 900, Interval: stats.Interval{Lo: 800, Hi: 1000}}
	v.Averted[0].Known, v.Averted[0].Ratio = true, study.Amount{Mean: 7.5, Interval: stats.Interval{Lo: 5.25, Hi: 11.5}}
	for _, a := range []*study.CompareAnswer{r.Compare, r.All} {
		for d := range a.Designs {
			for j := range a.Designs[d].Judged {
				a.Designs[d].Judged[j].Estimate.Mean = 1
			}
		}
	}
	b := &book{f: excelize.NewFile(), styles: map[string]int{}, title: "x"}
	for _, write := range []func(*book, *Results){(*book).summary, (*book).options, (*book).costs} {
		b.begin(map[int]string{0: "summary", 1: "options", 2: "costs"}[len(b.f.GetSheetList())-1])
		write(b, r)
	}
	if b.err != nil {
		t.Fatal(b.err)
	}
	for _, sheet := range []string{"options", "summary"} {
		rows, err := b.f.GetRows(sheet, excelize.Options{RawCellValue: true})
		if err != nil {
			t.Fatal(err)
		}
		text := fmt.Sprint(rows)
		if !strings.Contains(text, "All of them together: in 4 futures") {
			t.Errorf("%s: how often all at once were simulated is not said", sheet)
		}
		head := rows[slices.IndexFunc(rows, func(row []string) bool { return len(row) > 1 && row[0] == "option" })]
		if slices.Contains(head, "worst hospital: P(stockout)") || !strings.Contains(text, "Worst hospital: P(stockout) is the same with all of them, 100.0 %") {
			t.Errorf("%s: a column is the same in all rows: %q", sheet, head)
		}
		at := func(what string) int {
			j := slices.Index(head, what)
			if j < 0 {
				t.Fatalf("%s: there is no %q in %q", sheet, what, head)
			}
			return j
		}
		row := rowOf(t, rows, designLabel(r.Compare, known))
		if got := row[at("better than all others, % of the draws")]; got != "0.0625" {
			t.Errorf("%s: got the option best in %q of the draws", sheet, got)
		}
		m := r.All.Money.Designs[1]
		if got := rowOf(t, rows, "All of them together")[at("bought once, USD")]; got != exact(boughtOnce(m)) {
			t.Errorf("%s: got %q for all options, want %s", sheet, got, exact(boughtOnce(m)))
		}
		if sheet == "options" {
			j := at("USD for each stockout-day averted")
			if got := row[j : j+3]; !slices.Equal(got, []string{"7.5", "5.25", "11.5"}) {
				t.Errorf("got %q for a stockout-day", got)
			}
		}
	}
	if rules, err := b.f.GetConditionalFormats("costs"); err != nil || len(rules) != 1 {
		t.Errorf("no line is between the costs of options: %v, %v", rules, err)
	}
}
