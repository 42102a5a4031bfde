package workbook

import (
	"bytes"
	"encoding/csv"
	"fmt"
	"io"
	"regexp"
	"slices"
	"strconv"
	"strings"

	"github.com/xuri/excelize/v2"

	"oxysim/scenarios"
	"oxysim/scenarios/source"
)

// Write writes a scenario as a workbook, to be filled in and read again: a sheet
// that explains, one for each kind of thing, and one with all keys there are.
func Write(to io.Writer, sc *scenarios.Scenario) error {
	w := &writer{f: excelize.NewFile(), l: lay(sc, true), keys: scenarios.Keys()}
	w.styles()
	w.readMe(sc)
	w.settings(sheetScenario, func(s setting) bool { return !strings.HasPrefix(s.key, sheetPrice+".") })
	for _, kind := range []string{"cylinder", "plant", "vendor", "hospital", sheetDemand, "junction", "road", "truck", "round", "grid", "crew", "weather", "profile", "option"} {
		w.things(kind)
	}
	w.settings(sheetPrice, func(s setting) bool { return strings.HasPrefix(s.key, sheetPrice+".") })
	w.sources()
	for _, t := range w.l.data {
		w.data(t)
	}
	w.allKeys()
	w.check(w.f.DeleteSheet("Sheet1"))
	w.check(w.f.SetDocProps(&excelize.DocProperties{Title: sc.File.Title, Creator: "oxysim", Created: "2000-01-01T00:00:00Z", Modified: "2000-01-01T00:00:00Z"}))
	if w.err != nil {
		return w.err
	}
	_, err := w.f.WriteTo(to)
	return err
}

// writer writes a workbook. Its first error is kept.
type writer struct {
	f                    *excelize.File
	l                    *layout
	keys                 []source.KeyDoc
	err                  error
	bold, wrapped, faint int // styles
}

func (w *writer) check(err error) {
	if w.err == nil {
		w.err = err
	}
}

func (w *writer) styles() {
	style := func(s *excelize.Style) int {
		id, err := w.f.NewStyle(s)
		w.check(err)
		return id
	}
	w.bold = style(&excelize.Style{Font: &excelize.Font{Bold: true}, Fill: excelize.Fill{Type: "pattern", Pattern: 1, Color: []string{"E8EEF4"}}})
	w.wrapped = style(&excelize.Style{Alignment: &excelize.Alignment{WrapText: true, Vertical: "top"}})
	w.faint = style(&excelize.Style{Font: &excelize.Font{Italic: true, Color: "707070"}, Alignment: &excelize.Alignment{WrapText: true, Vertical: "top"}})
}

// sheet begins a sheet with its row of heads, which stays in view.
func (w *writer) sheet(name string, heads []string, widths ...float64) {
	_, err := w.f.NewSheet(name)
	w.check(err)
	w.row(name, 0, heads)
	w.style(name, 0, len(heads), w.bold)
	w.check(w.f.SetPanes(name, &excelize.Panes{Freeze: true, XSplit: 1, YSplit: 1, TopLeftCell: "B2", ActivePane: "bottomRight"}))
	for j := range heads {
		width := max(12, min(40, float64(len(heads[j]))+3))
		if j < len(widths) {
			width = widths[j]
		}
		column, err := excelize.ColumnNumberToName(j + 1)
		w.check(err)
		w.check(w.f.SetColWidth(name, column, column, width))
	}
}

// escape is what XLSX takes for the number of a character.
var escape = regexp.MustCompile(`_(x[0-9A-Fa-f]{4}_)`)

// row writes texts into a row; those that are plain numbers as numbers.
func (w *writer) row(sheet string, row int, texts []string) {
	for j, s := range texts {
		if s == "" {
			continue
		}
		var v any = escape.ReplaceAllString(s, "_x005F_$1")
		if x, err := strconv.ParseFloat(s, 64); err == nil && row > 0 && strconv.FormatFloat(x, 'f', -1, 64) == s && len(s) < 15 {
			v = x
		}
		w.check(w.f.SetCellValue(sheet, cellName(row, j), v))
	}
}

// style gives the first cells of a row a style.
func (w *writer) style(sheet string, row, cells, style int) {
	if cells > 0 {
		w.check(w.f.SetCellStyle(sheet, cellName(row, 0), cellName(row, cells-1), style))
	}
}

// settings writes a sheet with a row for each key.
func (w *writer) settings(name string, mine func(setting) bool) {
	w.sheet(name, []string{headKey, headValue, headMeaning, headSource}, 36, 44, 60, 60)
	row := 0
	for _, s := range w.l.settings {
		if !mine(s) {
			continue
		}
		row++
		w.row(name, row, []string{s.key, s.text, w.meaning(s.key), s.source})
		w.style(name, row, 4, w.wrapped)
	}
}

// meaning returns what a key means.
func (w *writer) meaning(key string) string {
	if k := w.doc(strings.Split(key, ".")); k != nil {
		return k.Meaning
	}
	return ""
}

// doc returns what there is to know of a key, or nil.
func (w *writer) doc(path []string) *source.KeyDoc {
	for i := range w.keys {
		k := &w.keys[i]
		if len(k.Path) != len(path) {
			continue
		}
		same := true
		for j, part := range k.Path {
			same = same && (part == "NAME" || part == path[j])
		}
		if same {
			return k
		}
	}
	return nil
}

// lastRow is the row to which cells offer what may be chosen.
const lastRow = 500

// things writes the sheet of a kind of thing: heads, what to write below them,
// and a row for each.
func (w *writer) things(kind string) {
	t := w.table(kind)
	if t == nil {
		return
	}
	cells := w.l.cells(t)
	keys := w.l.columns(t)
	w.sheet(kind, cells[0])
	hint := make([]string, len(cells[0]))
	hint[0] = "# write"
	for i, k := range keys {
		path := append([]string{kind, "x"}, strings.Split(k, ".")...)
		if kind == sheetDemand {
			path = w.demandPath(k)
		}
		d := w.doc(path)
		if d == nil {
			continue
		}
		hint[len(t.own)+i] = inCell(d.Wanted)
		if column := len(t.own) + i; len(d.OneOf) > 0 {
			w.offer(kind, column, d.OneOf)
		}
	}
	if kind == sheetDemand {
		hint[1] = "cylinders, patients or flow"
		w.offer(kind, 1, demandKinds)
	}
	w.row(kind, 1, hint)
	w.style(kind, 1, len(hint), w.faint)
	for i, c := range cells[1:] {
		for j, head := range t.own {
			if head == headName {
				c[j] = writtenName(c[j])
			}
		}
		w.row(kind, i+2, c)
	}
}

// inCell returns what is wanted of a value as it is written in a cell, where a
// text has no quotes: they would be a part of it.
func inCell(wanted string) string { return strings.ReplaceAll(wanted, "a text in quotes", "a text") }

// demandPath returns the path of a key of a demand, of the first kind that has
// it.
func (w *writer) demandPath(key string) []string {
	for _, kind := range demandKinds {
		if p := append([]string{"hospital", "x", kind, "x"}, strings.Split(key, ".")...); w.doc(p) != nil {
			return p
		}
	}
	return nil
}

// table returns the table of a kind, or nil.
func (w *writer) table(kind string) *table {
	if kind == sheetDemand {
		return w.l.demand
	}
	if i := slices.IndexFunc(w.l.tables, func(t *table) bool { return t.name == kind }); i >= 0 {
		return w.l.tables[i]
	}
	return nil
}

// offer lets the cells of a column be chosen from a list.
func (w *writer) offer(sheet string, column int, words []string) {
	v := excelize.NewDataValidation(true)
	v.SetSqref(cellName(2, column) + ":" + cellName(lastRow, column))
	w.check(v.SetDropList(words))
	w.check(w.f.AddDataValidation(sheet, v))
}

// sources writes where numbers come from that no row says.
func (w *writer) sources() {
	if len(w.l.sources) == 0 {
		return
	}
	w.sheet(sheetSource, []string{headKey, headSource}, 50, 100)
	for i, s := range w.l.sources {
		w.row(sheetSource, i+1, s[:])
	}
}

// data writes a table to which values refer.
func (w *writer) data(t *table) {
	r := csv.NewReader(bytes.NewReader([]byte(t.own[0])))
	r.Comma = separator(withoutRemarks([]byte(t.own[0])))
	r.Comment = '#'
	r.FieldsPerRecord = -1
	rows, err := r.ReadAll()
	w.check(err)
	if len(rows) == 0 {
		return
	}
	w.sheet(t.name, rows[0])
	for i, row := range rows[1:] {
		w.row(t.name, i+1, row)
	}
}

// withoutRemarks returns a table from its first line on that is no remark.
func withoutRemarks(data []byte) []byte {
	for bytes.HasPrefix(data, []byte("#")) {
		_, rest, _ := bytes.Cut(data, []byte("\n"))
		data = rest
	}
	return data
}

// allKeys writes all keys that a scenario may have.
func (w *writer) allKeys() {
	w.sheet(sheetKeys, []string{headKey, "write", "default", headMeaning}, 50, 60, 20, 110)
	for i, k := range w.keys {
		w.row(sheetKeys, i+1, []string{strings.Join(k.Path, "."), inCell(k.Wanted), k.Default, k.Meaning})
	}
}

// readMe writes the sheet that explains.
func (w *writer) readMe(sc *scenarios.Scenario) {
	_, err := w.f.NewSheet(sheetReadMe)
	w.check(err)
	w.check(w.f.SetColWidth(sheetReadMe, "A", "A", 120))
	title := sc.File.Title
	if title == "" {
		title = sc.Name
	}
	for i, line := range []string{
		title,
		"",
		"Each sheet is a kind of thing, each row a thing, each column a key. A key and its unit stand in the head: \"length [km]\".",
		"A row that begins with # is not read: the second row of each sheet says what to write. Empty cells take the default.",
		"A value carries its unit where the head has none: \"36 h\", \"5 L/min\". A range in which it is believed to lie may follow: \"13 h (12 h – 15 h)\".",
		"A law of chance is written lognormal(3 d, cv 0.5), exponential(90 d), triangular(0.8, 0.9, 1), poisson(2).",
		"The sheet demand has a row for each demand of a hospital: requests for cylinders, groups of patients, or a flow.",
		"The sheets scenario and price have a row for each key. What no sheet has a column for may be written there: hospital.north.manifold.bank.",
		"New columns may be added: the sheet keys lists all there are. So may sheets of your own, if their names begin with #.",
		"The column source says where numbers come from; write ASSUMPTION where they are assumed.",
		"",
		"When it is filled in:  oxysim import this.xlsx -o mine  writes mine/mine.toml and its tables, or says in which cells what is wrong.",
		"Then:  oxysim check mine/mine.toml  and  oxysim run mine/mine.toml",
	} {
		w.check(w.f.SetCellValue(sheetReadMe, fmt.Sprintf("A%d", i+1), line))
	}
	w.check(w.f.SetCellStyle(sheetReadMe, "A1", "A1", w.bold))
	if i, err := w.f.GetSheetIndex(sheetReadMe); err == nil {
		w.f.SetActiveSheet(i)
	}
}
