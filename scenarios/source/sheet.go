package source

import (
	"bytes"
	"encoding/csv"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"strings"
	"unicode/utf8"

	"oxysim/scenarios/quantity"
)

// sheet is a CSV file.
type sheet struct {
	doc   *document
	heads []head
	rows  [][]cell // as long as heads, or shorter; rows without any text are left out
}

// head is the head of a column: "demand.flow [m3/day]".
type head struct {
	text string // "demand.flow"
	unit string // "m3/day"; "" if there is none
	at   Place
}

type cell struct {
	text string
	at   Place
}

// sheet reads the CSV file called name beside a document. A problem without a
// place is one of the name.
func (t *Tree) sheet(beside *document, name string) (*sheet, *Problem) {
	file := beside.beside(name)
	doc := t.docs[file]
	if doc == nil {
		data, err := []byte(nil), fs.ErrNotExist
		if beside.fsys != nil {
			data, err = fs.ReadFile(beside.fsys, file)
		}
		if err != nil {
			hint := ""
			if g := quantity.Guess(name, beside.neighbours(".csv")); g != "" {
				hint = fmt.Sprintf(" (did you mean %q?)", g)
			}
			return nil, &Problem{Message: cannotOpen(err) + ": " + fmt.Sprintf("%q", name) + hint}
		}
		doc = newDocument(beside.fsys, file, data)
		t.docs[file] = doc
		t.files = append(t.files, file)
	}
	if s := t.csv[doc]; s != nil {
		return s, nil
	}
	s, problem := readSheet(doc)
	if problem == nil {
		t.csv[doc] = s
	}
	return s, problem
}

// readSheet reads a CSV file whose first row is its head.
func readSheet(doc *document) (*sheet, *Problem) {
	if i := invalidUTF8(doc.data); i >= 0 {
		return nil, &Problem{Place: doc.place(i, i+1), Message: "want UTF-8 text, not another encoding (save the table as CSV UTF-8)"}
	}
	r := csv.NewReader(bytes.NewReader(doc.data))
	r.Comma = separator(doc.data)
	r.Comment = '#'
	r.FieldsPerRecord = -1
	s := &sheet{doc: doc}
	for {
		record, err := r.Read()
		if err == io.EOF {
			break
		}
		var wrong *csv.ParseError
		if errors.As(err, &wrong) {
			return nil, &Problem{Place: doc.at(wrong.Line, wrong.Column, 1), Message: wrong.Err.Error()}
		}
		if err != nil {
			return nil, &Problem{Place: doc.whole(), Message: err.Error()}
		}
		cells := make([]cell, len(record))
		empty := true
		for i, text := range record {
			line, column := r.FieldPos(i)
			cells[i] = doc.cell(text, line, column)
			empty = empty && cells[i].text == ""
		}
		switch {
		case empty:
		case s.heads == nil:
			for _, c := range cells {
				s.heads = append(s.heads, readHead(c))
			}
		default:
			s.rows = append(s.rows, cells)
		}
	}
	if s.heads == nil {
		return nil, &Problem{Place: doc.whole(), Message: "want a table with a row of heads, not an empty file"}
	}
	for _, row := range s.rows {
		for i, c := range row {
			if c.text != "" && (i >= len(s.heads) || s.heads[i].text == "") {
				return nil, &Problem{Place: c.at, Message: fmt.Sprintf("want a cell below a head, not %q", quantity.Shorten(c.text))}
			}
		}
	}
	return s, nil
}

// cell returns a cell whose text begins at a column counted in bytes.
func (d *document) cell(text string, line, column int) cell {
	at := d.at(line, column, utf8.RuneCountInString(strings.TrimSpace(text)))
	if raw, ok := d.line(line); ok && column-1 < len(raw) && raw[column-1] == '"' {
		at.width += 2
	} else {
		at.Column += utf8.RuneCountInString(text) - utf8.RuneCountInString(strings.TrimLeft(text, " \t"))
	}
	return cell{text: strings.TrimSpace(text), at: at}
}

// separator returns the character between the cells of the first row: a comma
// unless it has more semicolons, or tabs, than commas.
func separator(data []byte) rune {
	var first []byte
	for line := range bytes.Lines(data) {
		if first = bytes.TrimSpace(line); len(first) > 0 && first[0] != '#' {
			break
		}
	}
	best := ','
	for _, c := range ";\t" {
		if bytes.Count(first, []byte(string(c))) > bytes.Count(first, []byte(string(best))) {
			best = c
		}
	}
	return best
}

// readHead splits the unit from a head.
func readHead(c cell) head {
	text, unit, _ := strings.Cut(c.text, "[")
	unit, _, _ = strings.Cut(unit, "]")
	if unit = strings.TrimSpace(unit); unit == "-" || unit == "1" {
		unit = ""
	}
	return head{text: strings.TrimSpace(text), unit: unit, at: c.at}
}

// column returns the position of the column with the given head, or -1.
func (s *sheet) column(text string) int {
	for i, h := range s.heads {
		if h.text == text {
			return i
		}
	}
	return -1
}

// at returns the text of a cell and its place; that of the row if it has no such cell.
func (s *sheet) at(row []cell, column int) cell {
	if column < len(row) {
		return row[column]
	}
	return cell{at: row[0].at}
}

func invalidUTF8(data []byte) int {
	for i := 0; i < len(data); {
		r, n := utf8.DecodeRune(data[i:])
		if r == utf8.RuneError && n == 1 {
			return i
		}
		i += n
	}
	return -1
}
