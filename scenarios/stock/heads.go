package stock

import (
	"fmt"
	"slices"
	"strings"

	"oxysim/scenarios"
	"oxysim/scenarios/quantity"
	"oxysim/scenarios/source"
)

// Column is a column of a count.
type Column struct {
	Name    string // its head
	Meaning string
	of      string // whose it is: letters of kinds
	also    []string
}

// The kinds of things that have rows.
const (
	hospital = 'h'
	plant    = 'p'
	vendor   = 'v'
	truck    = 't'
)

var kindNames = map[rune]string{hospital: "hospital", plant: "plant", vendor: "vendor", truck: "truck"}

// Columns are the columns of a count, in the order of the template.
var Columns = []Column{
	{"place", "a hospital, plant, vendor or truck: its name or its label", "hpvt", []string{"name", "facility", "site"}},
	{"type", "of cylinder; not needed where there is one", "hpvt", []string{"cylinder", "cylinder type", "size"}},
	{"full", "full cylinders there, or aboard a truck", "hpvt", []string{"filled"}},
	{"in use", "cylinders connected to patients or a manifold", "h", []string{"connected"}},
	{"empty", "empty cylinders there, or aboard a truck", "hpvt", []string{"empties"}},
	{"on the way", "full cylinders on their way to a hospital on no truck of this table", "h", []string{"coming", "in transit"}},
	{"where", "of a truck: home, on the way to a hospital, on the way home, out of service", "t", []string{"whereabouts", "status"}},
	{"expected", "when they, or the truck, arrive, or the plant or truck is back in service: 14:30, 2026-03-06 09:00, or 3 h from now", "hpt", []string{"eta", "until", "expected at"}},
	{"filling", "cylinders being filled at a plant", "p", []string{"being filled"}},
	{"running", "of a plant, or a hospital's concentrators: yes, no, or how many machines run", "hp", []string{"machines running", "working"}},
	{"down since", "when it stopped: 04:10, 2026-03-04 18:00, or 6 h ago", "hp", nil},
	{"power", "of the mains: yes or no", "hp", []string{"mains", "electricity"}},
	{"power off since", "when it failed", "hp", nil},
	{"tank", "what is in the tank: 60 %, 2 m3", "hp", []string{"tank level"}},
	{"patients", "on oxygen now", "h", []string{"patients on oxygen"}},
	{"note", "anything; it is not read", "hpvt", []string{"notes", "remark", "remarks", "comment", "comments", "counted by"}},
}

// columnOf returns the column that a head means.
func columnOf(head string) (Column, bool) {
	head, _, _ = strings.Cut(plain(head), "[")
	head = strings.TrimSpace(head)
	for _, c := range Columns {
		if c.Name == head || slices.Contains(c.also, head) {
			return c, true
		}
	}
	return Column{}, false
}

// headRow returns the index of the row of heads: the first that has a place.
func headRow(rows [][]cell) (int, bool) {
	for i, row := range rows {
		for _, c := range row {
			if k, ok := columnOf(c.text); ok && k.Name == "place" {
				return i, true
			}
		}
	}
	return 0, false
}

// row is what a count says of a place.
type row struct {
	at    source.Place
	cells map[string]cell // by column, those that say something
}

// enough is how many mistakes are found before nothing more is read: more than
// are shown.
const enough = 200

// rowsOf reads the rows below the heads.
func rowsOf(name string, table [][]cell) (rows []row, problems scenarios.Problems) {
	top, ok := headRow(table)
	if !ok {
		return nil, scenarios.Problems{noHeads(name, table)}
	}
	bad := func(c cell, key, format string, args ...any) {
		problems = append(problems, &scenarios.Problem{Place: c.at, Key: key, Message: fmt.Sprintf(format, args...)})
	}
	columns := make([]string, len(table[top]))
	for i, c := range table[top] {
		if c.text == "" {
			continue
		}
		column, ok := columnOf(c.text)
		switch {
		case !ok:
			bad(c, c.text, "unknown column%s", guessed(plain(c.text), columnNames()))
			columns[i] = "note"
		case column.Name != "note" && slices.Contains(columns, column.Name):
			bad(c, c.text, "there are two columns for %q; want one", column.Name)
			columns[i] = "note"
		default:
			columns[i] = column.Name
		}
	}
	for _, cells := range table[top+1:] {
		if len(problems) >= enough {
			break
		}
		r := row{cells: map[string]cell{}}
		for i, c := range cells {
			switch {
			case c.text == "":
			case i >= len(columns) || columns[i] == "":
				bad(c, "", "want a cell below a head, not %q", quantity.Shorten(c.text))
			case columns[i] != "note":
				r.cells[columns[i]] = c
			}
		}
		if len(r.cells) == 0 {
			continue
		}
		p, ok := r.cells["place"]
		if !ok {
			for _, c := range cells {
				if c.text != "" {
					bad(c, "place", "want the name of a place in this row")
					break
				}
			}
			continue
		}
		r.at = p.at
		rows = append(rows, r)
	}
	if len(rows) == 0 && len(problems) == 0 {
		problems = append(problems, &scenarios.Problem{Place: source.Place{File: name}, Message: "want a row for each place that was counted, below the heads"})
	}
	return rows, problems
}

// noHeads says that a table has no row of heads.
func noHeads(name string, table [][]cell) *scenarios.Problem {
	p := &scenarios.Problem{Place: source.Place{File: name}, Message: `want a row of heads, of which one is "place"; "oxysim forecast SCENARIO --template" writes a table to fill in`}
	for _, row := range table {
		for _, c := range row {
			if g := quantity.Guess(plain(c.text), columnNames()); g == "place" {
				p.Place, p.Message = c.at, fmt.Sprintf("no column is called place: want it as the head of one (did you mean it by %q?)", c.text)
				return p
			}
		}
	}
	return p
}

func columnNames() (names []string) {
	for _, c := range Columns {
		names = append(names, c.Name)
		names = append(names, c.also...)
	}
	return names
}

// guessed returns a guess in words, or nothing.
func guessed(word string, words []string) string {
	if g := quantity.Guess(word, words); g != "" {
		return fmt.Sprintf(" (did you mean %q?)", g)
	}
	return ""
}
