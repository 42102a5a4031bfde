package workbook

import (
	"fmt"
	"slices"
	"strings"

	"oxysim/scenarios"
	"oxysim/scenarios/quantity"
	"oxysim/scenarios/source"
)

// Sheet is a table of texts.
type Sheet struct {
	Name   string
	Rows   [][]string
	Merged []string                  // ranges of cells that are one, such as "B3:C3"
	Wrong  []Wrong                   // cells whose value is not known
	File   string                    // in which it is, if it is all that is in it
	At     func(row, col int) string // what a cell is called, rows and columns from 0

	form   form               // of what it was read from
	tidy   bool               // its heads are keys, and its names are short
	called map[string]string  // what things are called in a workbook, by their names where these are others
	notes  scenarios.Problems // what is to be looked at again in its cells, though it is not wrong
}

// form is what a sheet was read from.
type form int

const (
	aBook form = iota
	aTable
	aMap
)

// word returns what a part of it is called.
func (f form) word() string {
	if f == aBook {
		return "sheet"
	}
	return "table"
}

// formOf returns what sheets were read from: a workbook, if any of them was, or
// else tables, if any was.
func formOf(sheets []*Sheet) form {
	best := aMap
	for _, s := range sheets {
		best = min(best, s.form)
	}
	if len(sheets) == 0 {
		return aBook
	}
	return best
}

// Wrong is a cell whose value is not known, rows and columns from 0, and what was
// wanted.
type Wrong struct {
	Row, Col int
	Message  string
}

// Sheets that are not of a kind of thing.
const (
	sheetScenario = "scenario" // a row for each key
	sheetPrice    = "price"    // likewise
	sheetSource   = "source"   // a row for each key of which it is said where its numbers come from
	sheetDemand   = "demand"   // a row for each demand of a hospital
	sheetReadMe   = "read me"
	sheetKeys     = "keys"
)

// Heads of columns that are no keys.
const (
	headName     = "name"
	headSource   = "source"
	headNote     = "note"
	headKey      = "key"
	headValue    = "value"
	headMeaning  = "meaning"
	headHospital = "hospital"
	headKind     = "kind"
)

// demandKinds are the kinds of demand, which are keys of a hospital.
var demandKinds = []string{"cylinders", "patients", "flow"}

// role returns what a sheet is for by its name, in capitals or not, in the
// plural or not; "" if it is for nothing, and an error if nobody knows.
func role(name string) (string, error) {
	plain := strings.ToLower(strings.TrimSpace(name))
	switch {
	case strings.HasPrefix(plain, "#"), plain == sheetReadMe, plain == sheetKeys:
		return "", nil
	case strings.HasSuffix(plain, ".csv"):
		return strings.TrimSpace(name), nil
	}
	known := append(scenarios.Kinds(), sheetScenario, sheetPrice, sheetSource, sheetDemand)
	for _, k := range known {
		if plain == k || plain == k+"s" {
			return k, nil
		}
	}
	hint := ""
	if g := quantity.Guess(plain, known); g != "" {
		hint = fmt.Sprintf(" (did you mean %q?)", g)
	}
	return "", fmt.Errorf(`want a sheet called %s, not %q%s; begin its name with "#" if it is your own`, quantity.Either(known), name, hint)
}

// remark reports whether a row is not read: it has no text, or begins with "#",
// but not with the error of a formula.
func remark(row []string) bool {
	for _, text := range row {
		if text = strings.TrimSpace(text); text != "" {
			return strings.HasPrefix(text, "#") && !isError(text)
		}
	}
	return true
}

// errorValues are what spreadsheets show in the place of a value that they cannot
// find; tables of text have them in the language of their makers.
var errorValues = []string{
	"#REF!", "#N/A", "#NAME?", "#VALUE!", "#DIV/0!", "#NULL!", "#NUM!", "#SPILL!", "#CALC!", "#FIELD!", "#BLOCKED!", "#UNKNOWN!", "#CONNECT!",
	"#BEZUG!", "#NV", "#WERT!", "#ZAHL!", "#NOM?", "#VALEUR!", "#NOMBRE!", "#¡REF!", "#¿NOMBRE?", "#¡VALOR!", "#¡DIV/0!",
}

// isError reports whether a text is the error of a formula.
func isError(text string) bool { return slices.Contains(errorValues, strings.ToUpper(text)) }

// head returns the place of the row of heads, the first that is no remark, or
// -1.
func (s *Sheet) head() int {
	for i, row := range s.Rows {
		if !remark(row) {
			return i
		}
	}
	return -1
}

// place returns the place of a cell.
func (s *Sheet) place(row, col int) source.Place {
	if s.At == nil {
		return source.Place{File: s.Name}
	}
	return source.Place{File: s.At(row, col)}
}

// whole returns the place of a sheet of a book.
func (s *Sheet) whole(book string) source.Place {
	if s.File != "" {
		return source.Place{File: s.File}
	}
	return source.Place{File: book + ":" + s.Name}
}

// valueless returns a problem for each range of cells that are one, of which it
// cannot be told which has the value; for each cell whose value is not known; and
// for each that has the error of a formula.
func (s *Sheet) valueless() (list scenarios.Problems) {
	add := func(at source.Place, format string, args ...any) {
		list = append(list, &scenarios.Problem{Place: at, Message: fmt.Sprintf(format, args...)})
	}
	for _, r := range s.Merged {
		from, _, _ := strings.Cut(r, ":")
		book, _, _ := strings.Cut(s.At(0, 0), "!")
		add(source.Place{File: book + "!" + from}, "the cells %s are merged: want one value to a cell", r)
	}
	head := s.head()
	if head < 0 {
		return list
	}
	read := func(col int) bool { // a column that is not read may have what it likes
		h := text(s.Rows[head], col)
		return h != "" && h != headNote && h != headMeaning
	}
	for _, w := range s.Wrong {
		mute := strings.HasPrefix(strings.TrimSpace(strings.Join(s.Rows[w.Row], "")), "#")
		if w.Row == head || w.Row > head && !mute && read(w.Col) {
			add(s.place(w.Row, w.Col), "%s", w.Message)
		}
	}
	for _, i := range append([]int{head}, s.data()...) {
		for j := range s.Rows[i] {
			if x := text(s.Rows[i], j); isError(x) && (i == head || read(j)) {
				add(s.place(i, j), "want a value, not the error %s of a formula", x)
			}
		}
	}
	return list
}

// Word returns what a part of what sheets were read from is called: a sheet, or a
// table.
func Word(sheets []*Sheet) string { return formOf(sheets).word() }
