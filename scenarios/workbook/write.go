package workbook

import (
	"bytes"
	"encoding/csv"
	"io"
	"math"
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
func Write(to io.Writer, sc *scenarios.Scenario) error { return write(to, sc, false) }

// WriteTemplate writes a scenario as a sample to be replaced: what has to be filled
// in is coloured, and what may stay; places have columns for their position.
func WriteTemplate(to io.Writer, sc *scenarios.Scenario) error { return write(to, sc, true) }

func write(to io.Writer, sc *scenarios.Scenario, sample bool) error {
	w := &writer{f: excelize.NewFile(), l: lay(sc, true), keys: scenarios.Keys(), sample: sample, looks: map[look]int{}}
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
	sample               bool // to be filled in
	bold, wrapped, faint int  // styles
	looks                map[look]int
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
	w.bold = style(&excelize.Style{Font: &excelize.Font{Bold: true, Family: face, Size: 11}, Fill: excelize.Fill{Type: "pattern", Pattern: 1, Color: []string{"E8EEF4"}}})
	w.wrapped = style(&excelize.Style{Alignment: &excelize.Alignment{WrapText: true, Vertical: "top"}})
	w.faint = style(&excelize.Style{Font: &excelize.Font{Italic: true, Color: "606060", Family: face, Size: 10}, Alignment: &excelize.Alignment{WrapText: true, Vertical: "top"}})
}

// sheet begins a sheet with its row of heads, which stays in view.
func (w *writer) sheet(name string, heads []string, widths ...float64) {
	_, err := w.f.NewSheet(name)
	w.check(err)
	w.row(name, 0, heads)
	w.style(name, 0, len(heads), w.bold)
	w.freeze(name, 1, 1)
	w.page(name, 1, 1)
	for j, h := range heads {
		width := max(12, min(widest, float64(len(h))+3))
		if j < len(widths) {
			width = widths[j]
		}
		w.width(name, j, width)
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

// settingWidths are the widths of the columns of a sheet with a row for each key.
var settingWidths = []float64{32, 32, 60, 40}

// settings writes a sheet with a row for each key.
func (w *writer) settings(name string, mine func(setting) bool) {
	w.sheet(name, []string{headKey, headValue, headMeaning, headSource}, settingWidths...)
	row := 0
	for _, s := range w.l.settings {
		if !mine(s) {
			continue
		}
		row++
		w.row(name, row, []string{s.key, s.text, w.meaning(s.key), s.source})
		w.style(name, row, 4, w.wrapped)
		w.height(name, row, []string{s.key, s.text, w.meaning(s.key), s.source}, settingWidths, 1)
		if w.sample {
			value := look{fill: mayStay, wrap: true}
			if slices.Contains([]string{"title", "run.start", "target.at_most"}, s.key) || name == sheetPrice {
				value.fill = toFill
			}
			w.style1(name, row, 1, value)
		}
	}
}

// meaning returns what a key means.
func (w *writer) meaning(key string) string {
	_, path, _ := source.Key(key)
	if k := w.doc(path); k != nil {
		return inProse(k.Meaning)
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
	if w.sample && slices.Contains([]string{"plant", "hospital"}, kind) {
		cells = withColumns(cells, "lat", "lon")
	}
	w.sheet(kind, cells[0])
	frozen := 2
	if kind == sheetDemand {
		frozen = len(t.own)
	}
	w.freeze(kind, min(frozen, len(cells[0])), 2)
	widths := make([]float64, len(cells[0]))
	total := 0.0
	for j, head := range cells[0] {
		widths[j] = w.column(kind, j, head, cells[1:])
		total += widths[j]
	}
	w.page(kind, 2, int(math.Ceil(total/acrossPage)))
	hint := make([]string, len(cells[0]))
	for j, head := range cells[0] {
		hint[j] = w.hint(kind, head)
	}
	hint[0] = "# " + hint[0]
	w.row(kind, 1, hint)
	w.style(kind, 1, len(hint), w.faint)
	w.height(kind, 1, hint, widths, 2)
	for i, c := range cells[1:] {
		for j, head := range t.own {
			if head == headName {
				c[j] = writtenName(c[j])
			}
		}
		w.row(kind, i+2, c)
	}
}

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
		w.row(sheetKeys, i+1, []string{strings.Join(k.Path, "."), inCell(k.Path, k.Wanted), k.Default, inProse(k.Meaning)})
	}
}
