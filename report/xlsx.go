package report

import (
	"bytes"
	"math"
	"slices"
	"strconv"

	"github.com/xuri/excelize/v2"
)

// workbook writes the tables as an XLSX file: numbers as numbers, with their
// formats, heads that stay in view and are printed on every page, and charts that a
// spreadsheet can change. A number is the same as in the CSV, to its last digit.
func (r *Results) workbook() ([]byte, error) {
	b := &book{f: excelize.NewFile(excelize.Options{ShortDatePattern: "yyyy-mm-dd"}), title: r.title(), styles: map[string]int{}}
	for _, sheet := range bookSheets() {
		b.begin(sheet.name)
		sheet.write(b, r)
		b.print()
	}
	b.check(b.f.DeleteSheet("Sheet1"))
	b.f.SetActiveSheet(0)
	b.check(b.f.SetDocProps(&excelize.DocProperties{ // no time of day: the same results are the same bytes
		Title: r.title(), Creator: "oxysim", Created: "2000-01-01T00:00:00Z", Modified: "2000-01-01T00:00:00Z",
	}))
	if b.err != nil {
		return nil, b.err
	}
	var out bytes.Buffer
	if _, err := b.f.WriteTo(&out); err != nil {
		return nil, err
	}
	return inOneOrder(out.Bytes(), b.mend)
}

// bookSheet is a sheet, and what is in it.
type bookSheet struct {
	name, about string
	write       func(*book, *Results)
}

// bookSheets returns the sheets in their order.
func bookSheets() []bookSheet {
	return []bookSheet{
		{"summary", "the answer in words, the most important numbers, and what was asked", (*book).summary},
		{"hospitals", "how each hospital does, the worst first", (*book).hospitals},
		{"plants", "what plants and vendors fill, and what keeps them from filling more", (*book).plants},
		{"trucks", "what trucks do", (*book).trucks},
		{"options", "what each option brings, and what it costs", (*book).options},
		{"differences", "each option beside things as they are, number by number", (*book).differences},
		{"costs", "what is bought and used, option by option", (*book).costs},
		{"assumptions", "numbers that are assumed, uncertain or taken by default", (*book).assumptions},
		{"numbers", "every number, as in " + summaryFile, (*book).numbers},
	}
}

// book writes a workbook. Its first error is kept.
type book struct {
	f      *excelize.File
	title  string // of the scenario, at the foot of each page
	styles map[string]int
	err    error
	sheet  string
	row    int // the last that is written on the sheet, from 1
}

// Colours of the workbook, those of the figures: of Okabe and Ito for what is
// drawn, and for verdicts a tint under a dark text of the same hue.
const (
	bookInk   = "1B1F27"
	bookGrey  = "5D6573"
	bookPale  = "757C88" // as pale as may be read on white
	bookHeads = "E8EEF4"
	bookBar   = "9CCFEE"
)

var bookColours = []string{"0072B2", "E69F00", "009E73", "CC79A7", "56B4E9", "D55E00", "F0E442", "999999"}

// verdictColours are the fill and the text of verdicts, by their words.
var verdictColours = map[string][2]string{"met": {"CCECE3", "14633F"}, "undecided": {"FAECCC", "7A5200"}, "missed": {"F7DFCC", "A3320B"}}

// What a page is like: A4, and as wide as the sheet.
const (
	paperA4    = 9
	pageMargin = 0.5 // inches
)

func (b *book) check(err error) {
	if b.err == nil {
		b.err = err
	}
}

// cell returns the name of a cell, columns from 0 and rows from 1.
func (b *book) cell(column, row int) string {
	name, err := excelize.CoordinatesToCellName(column+1, row)
	b.check(err)
	return name
}

// letters returns the name of a column, from 0.
func (b *book) letters(column int) string {
	name, err := excelize.ColumnNumberToName(column + 1)
	b.check(err)
	return name
}

// style returns a style that has been made once.
func (b *book) style(key string, make func() *excelize.Style) int {
	if id, ok := b.styles[key]; ok {
		return id
	}
	id, err := b.f.NewStyle(make())
	b.check(err)
	b.styles[key] = id
	return id
}

// number returns the style of numbers of a format.
func (b *book) number(format string) int {
	return b.style("number "+format, func() *excelize.Style {
		return &excelize.Style{CustomNumFmt: &format, Alignment: &excelize.Alignment{Vertical: "top"}}
	})
}

// letter returns a font of the workbook's family.
func letter(size float64, bold bool, colour string) *excelize.Font {
	return &excelize.Font{Family: "Calibri", Size: size, Bold: bold, Color: colour}
}

// unsure returns the style of numbers of a format that chance may explain.
func (b *book) unsure(format string) int {
	return b.style("unsure "+format, func() *excelize.Style {
		font := letter(11, false, bookPale)
		font.Italic = true
		return &excelize.Style{CustomNumFmt: &format, Font: font, Alignment: &excelize.Alignment{Vertical: "top"}}
	})
}

// text returns the style of texts in a table.
func (b *book) text(indent bool) int {
	return b.style("text "+strconv.FormatBool(indent), func() *excelize.Style {
		a := &excelize.Alignment{Vertical: "top", WrapText: true}
		if indent { // not to touch the number before it
			a.Horizontal, a.Indent = "left", 1
		}
		return &excelize.Style{Alignment: a}
	})
}

// head returns the style of heads, of texts or of numbers.
func (b *book) head(numbers, indent bool) int {
	return b.style("head "+strconv.FormatBool(numbers)+strconv.FormatBool(indent), func() *excelize.Style {
		side, in := "left", 0
		switch {
		case numbers:
			side = "right"
		case indent:
			in = 1
		}
		return &excelize.Style{
			Font: letter(11, true, bookInk), Fill: excelize.Fill{Type: "pattern", Pattern: 1, Color: []string{bookHeads}},
			Alignment: &excelize.Alignment{WrapText: true, Vertical: "bottom", Horizontal: side, Indent: in},
			Border:    []excelize.Border{{Type: "bottom", Style: 1, Color: bookGrey}},
		}
	})
}

// begin begins a sheet.
func (b *book) begin(name string) {
	_, err := b.f.NewSheet(name)
	b.check(err)
	b.sheet, b.row = name, 0
}

// print says how the sheet is printed, with its first row on every page. It comes
// last: a filter would forget it.
func (b *book) print() {
	name := b.sheet
	landscape, paper, fit, pages := "landscape", paperA4, 1, 0
	b.check(b.f.SetPageLayout(name, &excelize.PageLayoutOptions{Orientation: &landscape, Size: &paper, FitToWidth: &fit, FitToHeight: &pages}))
	toPage, margin, grid := true, pageMargin, false
	b.check(b.f.SetSheetProps(name, &excelize.SheetPropsOptions{FitToPage: &toPage}))
	b.check(b.f.SetPageMargins(name, &excelize.PageLayoutMarginsOptions{Left: &margin, Right: &margin, Top: &margin, Bottom: &margin}))
	b.check(b.f.SetHeaderFooter(name, &excelize.HeaderFooterOptions{OddFooter: "&L&8" + footText(b.title) + "&C&8&A&R&8&P / &N"}))
	b.check(b.f.SetSheetView(name, 0, &excelize.ViewOptions{ShowGridLines: &grid}))
	b.check(b.f.SetDefinedName(&excelize.DefinedName{Name: "_xlnm.Print_Titles", RefersTo: name + "!$1:$1", Scope: name}))
}

// freeze keeps the first row and some columns in view.
func (b *book) freeze(columns int) {
	p := &excelize.Panes{Freeze: true, XSplit: columns, YSplit: 1, TopLeftCell: b.cell(columns, 2), ActivePane: "bottomRight"}
	if columns == 0 {
		p.ActivePane = "bottomLeft"
	}
	b.check(b.f.SetPanes(b.sheet, p))
}

// footText returns a text as the foot of a page takes it, which may have 255
// letters in all, and in which & begins a code.
func footText(s string) string {
	const most = 100
	var t []rune
	for _, c := range s {
		if len(t) == most {
			break
		}
		if t = append(t, c); c == '&' {
			t = append(t, c)
		}
	}
	return string(t)
}

// verdicts colours the verdicts in a column of some rows, wherever they are put by
// sorting.
func (b *book) verdicts(column, from, to int) {
	if to < from {
		return
	}
	var rules []excelize.ConditionalFormatOptions
	for _, word := range []string{"met", "undecided", "missed"} {
		style, err := b.f.NewConditionalStyle(&excelize.Style{
			Font: &excelize.Font{Bold: true, Color: verdictColours[word][1]},
			Fill: excelize.Fill{Type: "pattern", Pattern: 1, Color: []string{verdictColours[word][0]}},
		})
		b.check(err)
		rules = append(rules, excelize.ConditionalFormatOptions{Type: "cell", Criteria: "==", Value: strconv.Quote(word), Format: &style})
	}
	b.check(b.f.SetConditionalFormat(b.sheet, b.cell(column, from)+":"+b.cell(column, to), rules))
}

// bars puts a bar into each cell of a column of some rows, as long as its share of
// the greatest; of a probability, of 1.
func (b *book) bars(column, from, to int, most string) {
	if to < from {
		return
	}
	o := excelize.ConditionalFormatOptions{Type: "data_bar", Criteria: "=", MinType: "num", MinValue: "0", MaxType: "max", BarColor: "#" + bookBar, BarSolid: true}
	if most != "" {
		o.MaxType, o.MaxValue = "num", most
	}
	b.check(b.f.SetConditionalFormat(b.sheet, b.cell(column, from)+":"+b.cell(column, to), []excelize.ConditionalFormatOptions{o}))
}

// Sizes of a chart, in pixels.
const (
	chartWidth = 900
	chartBase  = 150 // title, axis and legend
	chartRow   = 24
	chartMost  = 40 // rows that are drawn

	besideChart = 15 // rows of a table, at most, that are printed on one page with its chart
)

// mostOfShare is above which the axis of a share is drawn to its end, which it
// would otherwise go beyond.
const mostOfShare = 0.5

// bookChart says what is drawn of a table: bars of some columns, by the names in
// another.
type bookChart struct {
	title   string // what was found
	axis    string // what is drawn, with its unit
	names   string
	columns []string
	format  string
	whole   bool // a share, of which the axis ends at 1
	stacked bool
}

// chart puts a chart below a table.
func (b *book) chart(c bookChart, t *bookTable) {
	names, ok := t.at[c.names]
	last := min(t.last, t.first+chartMost-1)
	var columns []int
	for _, head := range c.columns {
		if j, ok := t.at[head]; ok {
			columns = append(columns, j)
		}
	}
	if last < t.first || !ok || len(columns) == 0 {
		return
	}
	font := func(size float64, bold bool) *excelize.Font {
		return &excelize.Font{Size: size, Bold: bold, Color: bookInk}
	}
	gap, zero, one, plain := uint(45), 0.0, 1.0, false
	kind, overlap := excelize.Bar, 0
	if c.stacked {
		kind, overlap = excelize.BarStacked, 100
	}
	y := excelize.ChartAxis{
		NumFmt: excelize.ChartNumFmt{CustomNumFmt: c.format}, MajorGridLines: true, Font: *font(10, false),
		Title: []excelize.RichTextRun{{Text: c.axis, Font: font(10, false)}},
	}
	if c.whole && slices.ContainsFunc(t.rows, func(row []any) bool { return valueOf(row[t.from[columns[0]]]) > mostOfShare || c.stacked }) {
		y.Minimum, y.Maximum, y.MajorUnit = &zero, &one, 0.2
	}
	x := &excelize.Chart{
		Type: kind, Title: []excelize.RichTextRun{{Text: c.title, Font: font(12, true)}},
		Legend:    excelize.ChartLegend{Position: "bottom", Font: font(10, false)},
		Dimension: excelize.ChartDimension{Width: chartWidth, Height: uint(chartBase + chartRow*(last-t.first+1))},
		XAxis:     excelize.ChartAxis{ReverseOrder: true, Font: *font(10, false), TickLabelPosition: excelize.ChartTickLabelLow},
		YAxis:     y, GapWidth: &gap, Overlap: &overlap, VaryColors: &plain,
		Format: excelize.GraphicOptions{AltText: c.title},
	}
	if len(columns) == 1 {
		x.Legend.Position = "none"
		x.PlotArea.ShowVal = true
		x.PlotArea.NumFmt = excelize.ChartNumFmt{CustomNumFmt: c.format}
	}
	for i, j := range columns {
		x.Series = append(x.Series, excelize.ChartSeries{
			Name: b.area(j, t.head, t.head), Categories: b.area(names, t.first, last), Values: b.area(j, t.first, last),
			Fill:      excelize.Fill{Type: "pattern", Pattern: 1, Color: []string{bookColours[i%len(bookColours)]}},
			DataLabel: excelize.ChartDataLabel{Font: *font(10, false)},
		})
	}
	if last-t.first+1 > besideChart {
		b.check(b.f.InsertPageBreak(b.sheet, b.cell(0, b.row+2)))
	}
	b.check(b.f.AddChart(b.sheet, b.cell(0, b.row+2), x))
}

// chartFormat returns the format of numbers in a chart of a column: whole, unless
// they are all small.
func chartFormat(t *bookTable, column int) string {
	most := 0.0
	for _, row := range t.rows {
		if x := math.Abs(valueOf(row[column])); x > most {
			most = x
		}
	}
	switch share := t.columns[column].kind == ofShare; {
	case share && most < 0.02:
		return formatShare
	case share:
		return "0%"
	}
	return withDecimals(max(0, min(first(max(most, 1e-9))+1, mostDecimals)))
}

// area names the cells of a column.
func (b *book) area(column, from, to int) string {
	s := b.sheet + "!$" + b.letters(column) + "$" + strconv.Itoa(from)
	if to > from {
		s += ":$" + b.letters(column) + "$" + strconv.Itoa(to)
	}
	return s
}
