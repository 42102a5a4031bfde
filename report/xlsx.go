package report

import (
	"bytes"
	"math"
	"strconv"

	"github.com/xuri/excelize/v2"
)

// workbook writes the tables as an XLSX file: numbers as numbers, with their
// formats, heads that stay in view, and charts that a spreadsheet can change.
// A number is the same as in the CSV, to its last digit.
func (r *Results) workbook() ([]byte, error) {
	b := &book{f: excelize.NewFile(), styles: map[string]int{}}
	for _, sheet := range []func(*Results){
		b.summary, b.hospitals, b.plants, b.trucks, b.options, b.costs, b.assumptions, b.numbers,
	} {
		sheet(r)
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
	return inOneOrder(out.Bytes())
}

// book writes a workbook. Its first error is kept.
type book struct {
	f      *excelize.File
	styles map[string]int
	err    error

	sheet string
	heads []bookHead
	row   int // the last that is written, from 1
}

// bookHead is the head of a column.
type bookHead struct {
	text   string
	format string // of its numbers; "" for texts
	width  float64
}

// Formats of numbers.
const (
	formatShare  = "0.0%"
	formatNumber = "#,##0.0"
	formatWhole  = "#,##0"
	formatAny    = "General"
	formatMoney  = "#,##0"
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

// style returns the style of a format of numbers.
func (b *book) style(key string, make func() *excelize.Style) int {
	if id, ok := b.styles[key]; ok {
		return id
	}
	id, err := b.f.NewStyle(make())
	b.check(err)
	b.styles[key] = id
	return id
}

// begin begins a sheet with its heads, which stay in view, as does the first
// column.
func (b *book) begin(name string, heads ...bookHead) {
	_, err := b.f.NewSheet(name)
	b.check(err)
	b.sheet, b.heads, b.row = name, heads, 1
	bold := b.style("head", func() *excelize.Style {
		return &excelize.Style{
			Font: &excelize.Font{Bold: true}, Fill: excelize.Fill{Type: "pattern", Pattern: 1, Color: []string{"E8EEF4"}},
			Alignment: &excelize.Alignment{WrapText: true, Vertical: "bottom"},
		}
	})
	for j, h := range heads {
		b.check(b.f.SetCellStr(name, b.cell(j, 1), h.text))
		width := h.width
		if width == 0 {
			width = 14
		}
		column, err := excelize.ColumnNumberToName(j + 1)
		b.check(err)
		b.check(b.f.SetColWidth(name, column, column, width))
		if h.format != "" && h.format != formatAny {
			format := h.format
			b.check(b.f.SetColStyle(name, column, b.style(format, func() *excelize.Style { return &excelize.Style{CustomNumFmt: &format} })))
		}
	}
	b.check(b.f.SetCellStyle(name, "A1", b.cell(len(heads)-1, 1), bold))
	b.check(b.f.SetPanes(name, &excelize.Panes{Freeze: true, XSplit: 1, YSplit: 1, TopLeftCell: "B2", ActivePane: "bottomRight"}))
	landscape, fit, pages := "landscape", 1, 0
	b.check(b.f.SetPageLayout(name, &excelize.PageLayoutOptions{Orientation: &landscape, FitToWidth: &fit, FitToHeight: &pages}))
}

// add adds a row of texts and numbers; a number that is not known is left out.
func (b *book) add(values ...any) {
	b.row++
	for j, v := range values {
		at := b.cell(j, b.row)
		switch x := v.(type) {
		case string:
			if x != "" {
				b.check(b.f.SetCellStr(b.sheet, at, x))
			}
		case int:
			b.number(at, j, float64(x))
		case float64:
			b.number(at, j, x)
		}
	}
}

// number writes a number as CSV has it.
func (b *book) number(at string, column int, x float64) {
	s := exact(x)
	if s == "" || math.IsInf(x, 0) {
		return
	}
	y, err := strconv.ParseFloat(s, 64)
	b.check(err)
	b.check(b.f.SetCellFloat(b.sheet, at, y, -1, 64))
	if f := b.heads[column].format; f != "" && f != formatAny {
		b.check(b.f.SetCellStyle(b.sheet, at, at, b.styles[f]))
	}
}

// format gives the numbers of the last row a format of their own.
func (b *book) format(format string, columns ...int) {
	id := b.style(format, func() *excelize.Style { return &excelize.Style{CustomNumFmt: &format} })
	for _, j := range columns {
		b.check(b.f.SetCellStyle(b.sheet, b.cell(j, b.row), b.cell(j, b.row), id))
	}
}

// filter lets the rows be chosen from.
func (b *book) filter() {
	if b.row > 2 {
		b.check(b.f.AutoFilter(b.sheet, "A1:"+b.cell(len(b.heads)-1, b.row), nil))
	}
}

// chart puts a chart beside the rows: of some columns, by the names in one.
func (b *book) chart(kind excelize.ChartType, title, format string, names int, columns []int, most int) {
	last := min(b.row, most+1)
	if last < 2 {
		return
	}
	c := &excelize.Chart{
		Type: kind, Title: []excelize.RichTextRun{{Text: title}}, Legend: excelize.ChartLegend{Position: "bottom", ShowLegendKey: false},
		Dimension: excelize.ChartDimension{Width: 640, Height: uint(180 + 18*last)},
		XAxis:     excelize.ChartAxis{ReverseOrder: true},
		YAxis:     excelize.ChartAxis{NumFmt: excelize.ChartNumFmt{CustomNumFmt: format}, MajorGridLines: true},
	}
	if len(columns) == 1 {
		c.Legend.Position = "none"
	}
	colours := []string{"0072B2", "E69F00", "009E73", "CC79A7", "56B4E9", "D55E00", "F0E442", "999999"} // Okabe and Ito
	for i, j := range columns {
		c.Series = append(c.Series, excelize.ChartSeries{
			Name: b.area(j, 1, 1), Categories: b.area(names, 2, last), Values: b.area(j, 2, last),
			Fill: excelize.Fill{Type: "pattern", Pattern: 1, Color: []string{colours[i%len(colours)]}},
		})
	}
	b.check(b.f.AddChart(b.sheet, b.cell(len(b.heads)+1, 2), c))
}

// area names the cells of a column.
func (b *book) area(column, from, to int) string {
	name, err := excelize.ColumnNumberToName(column + 1)
	b.check(err)
	s := b.sheet + "!$" + name + "$" + strconv.Itoa(from)
	if to > from {
		s += ":$" + name + "$" + strconv.Itoa(to)
	}
	return s
}
