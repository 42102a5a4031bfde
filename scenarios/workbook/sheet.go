package workbook

import (
	"fmt"
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
	At     func(row, col int) string // what a cell is called, rows and columns from 0
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

// remark reports whether a row is not read: it has no text, or begins with "#".
func remark(row []string) bool {
	for _, text := range row {
		if text = strings.TrimSpace(text); text != "" {
			return strings.HasPrefix(text, "#")
		}
	}
	return true
}

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
func (s *Sheet) place(row, col int) source.Place { return source.Place{File: s.At(row, col)} }

// merged returns a problem for each range of cells that are one: it cannot be
// told which of them has the value.
func (s *Sheet) merged() (list scenarios.Problems) {
	for _, r := range s.Merged {
		from, _, _ := strings.Cut(r, ":")
		book, _, _ := strings.Cut(s.At(0, 0), "!")
		list = append(list, &scenarios.Problem{
			Place: source.Place{File: book + "!" + from}, Message: fmt.Sprintf("the cells %s are merged: want one value to a cell", r),
		})
	}
	return list
}
