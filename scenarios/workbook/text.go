package workbook

import (
	"bytes"
	"encoding/csv"
	"errors"
	"fmt"
	"io"
	"path"
	"regexp"
	"slices"
	"strings"
	"unicode/utf8"
)

// OpenCSV returns a table of text as a sheet that has the name of its file
// without the ending. Cells are apart by commas, semicolons or tabs, whichever
// the first row has most of; if it is not commas, a comma between digits is a
// decimal one.
func OpenCSV(name string, data []byte) (*Sheet, error) {
	data = bytes.TrimPrefix(data, []byte("\xef\xbb\xbf"))
	switch {
	case len(data) > mostBytes:
		return nil, errors.New("want a table of at most 20 MB")
	case !utf8.Valid(data) || bytes.IndexByte(data, 0) >= 0:
		return nil, errors.New("want UTF-8 text, not another encoding (save the table as CSV UTF-8)")
	}
	r := csv.NewReader(bytes.NewReader(data))
	r.Comma = separator(data)
	r.FieldsPerRecord = -1
	s := &Sheet{Name: strings.TrimSuffix(path.Base(strings.ReplaceAll(name, `\`, "/")), ".csv")}
	var places [][]string
	for {
		record, err := r.Read()
		if err == io.EOF {
			break
		}
		var wrong *csv.ParseError
		if errors.As(err, &wrong) {
			return nil, fmt.Errorf("line %d, column %d: %w", wrong.Line, wrong.Column, wrong.Err)
		}
		if err != nil {
			return nil, err
		}
		at := make([]string, len(record))
		for i := range record {
			line, column := r.FieldPos(i)
			at[i] = fmt.Sprintf("%s:%d:%d", name, line, column)
			record[i] = strings.TrimSpace(strings.ReplaceAll(strings.ReplaceAll(record[i], "\r", ""), "\n", " "))
		}
		s.Rows, places = append(s.Rows, record), append(places, at)
	}
	s.At = func(row, col int) string {
		if row < len(places) && col < len(places[row]) {
			return places[row][col]
		}
		return name
	}
	if r.Comma != ',' {
		s.decimalPoints()
	}
	return s, nil
}

// separator returns the character between the cells of the first row.
func separator(data []byte) rune {
	first, _, _ := bytes.Cut(bytes.TrimLeft(data, "\r\n"), []byte("\n"))
	best := ','
	for _, c := range ";\t" {
		if bytes.Count(first, []byte(string(c))) > bytes.Count(first, []byte(string(best))) {
			best = c
		}
	}
	return best
}

// decimalComma is a comma between digits.
var decimalComma = regexp.MustCompile(`(\d),(\d)`)

// decimalPoints writes points for decimal commas, but in what is only read by
// people.
func (s *Sheet) decimalPoints() {
	head := s.head()
	if head < 0 {
		return
	}
	prose := []string{headName, "label", headSource, headNote, headMeaning}
	for _, row := range s.Rows[head+1:] {
		for j := range row {
			if j < len(s.Rows[head]) && slices.Contains(prose, s.Rows[head][j]) {
				continue
			}
			row[j] = decimalComma.ReplaceAllString(row[j], "$1.$2")
		}
	}
}
