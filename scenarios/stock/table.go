package stock

import (
	"bytes"
	"encoding/binary"
	"encoding/csv"
	"errors"
	"io"
	"path"
	"strings"
	"unicode/utf16"
	"unicode/utf8"

	"oxysim/scenarios"
	"oxysim/scenarios/source"
)

// cell is a cell of a table, without the space around it.
type cell struct {
	text string
	at   source.Place
}

// most are the largest tables that are read.
const (
	mostBytes = 20 << 20
	mostRows  = 100_000
)

// table reads the rows of a file, by its ending: XLSX, or else CSV.
func table(name string, data []byte) ([][]cell, *scenarios.Problem) {
	whole := source.Place{File: name}
	switch {
	case len(data) > mostBytes:
		return nil, &scenarios.Problem{Place: whole, Message: "want a table of at most 20 MB"}
	case bytes.HasPrefix(data, []byte("PK\x03\x04")):
		return readXLSX(name, data)
	case bytes.HasPrefix(data, []byte("\xd0\xcf\x11\xe0")) || strings.EqualFold(path.Ext(name), ".xls"):
		return nil, &scenarios.Problem{Place: whole, Message: "want a table as .xlsx or .csv, not in the old format .xls: save it anew"}
	case strings.EqualFold(path.Ext(name), ".xlsx"):
		return nil, &scenarios.Problem{Place: whole, Message: "this is no XLSX file, whatever its name says"}
	}
	return readCSV(name, data)
}

// readCSV reads a table of text. The separator is a semicolon, a tab or a comma,
// whichever the row of heads has most of.
func readCSV(name string, data []byte) ([][]cell, *scenarios.Problem) {
	data = decode(data)
	for line, text := range lines(data) {
		if !utf8.Valid(text) || bytes.IndexByte(text, 0) >= 0 {
			return nil, &scenarios.Problem{Place: source.Place{File: name, Line: line + 1}, Message: "want UTF-8 text (save the table as CSV UTF-8)"}
		}
	}
	r := csv.NewReader(bytes.NewReader(data))
	r.Comma = separator(data)
	r.Comment = '#'
	r.FieldsPerRecord = -1
	r.TrimLeadingSpace = r.Comma != '\t'
	var rows [][]cell
	for {
		record, err := r.Read()
		if err == io.EOF {
			return rows, nil
		}
		var wrong *csv.ParseError
		if errors.As(err, &wrong) {
			return nil, &scenarios.Problem{Place: source.Place{File: name, Line: wrong.Line, Column: wrong.Column}, Message: wrong.Err.Error()}
		}
		if len(rows) == mostRows {
			line, _ := r.FieldPos(0)
			return nil, &scenarios.Problem{Place: source.Place{File: name, Line: line}, Message: "want at most 100000 rows"}
		}
		row := make([]cell, len(record))
		for i, text := range record {
			line, column := r.FieldPos(i)
			row[i] = cell{tidy(text), source.Place{File: name, Line: line, Column: column}}
		}
		rows = append(rows, row)
	}
}

// lines returns the lines of a text.
func lines(data []byte) [][]byte { return bytes.Split(data, []byte("\n")) }

// decode takes a byte order mark off a text, and makes UTF-8 of the UTF-16 that
// spreadsheets call Unicode text.
func decode(data []byte) []byte {
	var order binary.ByteOrder
	switch {
	case bytes.HasPrefix(data, []byte("\xef\xbb\xbf")):
		return data[3:]
	case bytes.HasPrefix(data, []byte("\xff\xfe")):
		order = binary.LittleEndian
	case bytes.HasPrefix(data, []byte("\xfe\xff")):
		order = binary.BigEndian
	default:
		return data
	}
	units := make([]uint16, (len(data)-2)/2)
	for i := range units {
		units[i] = order.Uint16(data[2+2*i:])
	}
	return []byte(string(utf16.Decode(units)))
}

// separator returns the character between cells: the one that the row of heads,
// or else the first row, has most of.
func separator(data []byte) rune {
	var row []byte
	for _, line := range lines(data) {
		if line = bytes.TrimSpace(line); len(line) == 0 || line[0] == '#' {
			continue
		}
		if row == nil {
			row = line
		}
		if strings.Contains(plain(string(line)), "place") {
			row = line
			break
		}
	}
	best := ','
	for _, c := range ";\t" {
		if bytes.Count(row, []byte(string(c))) > bytes.Count(row, []byte(string(best))) {
			best = c
		}
	}
	return best
}

// tidy takes the space around a text off, writes digits as 0 to 9 and minus
// signs as "-", and nothing for what stands for nothing.
func tidy(text string) string {
	text = strings.TrimSpace(strings.Map(func(r rune) rune {
		switch {
		case r >= '٠' && r <= '٩':
			return r - '٠' + '0'
		case r >= '۰' && r <= '۹':
			return r - '۰' + '0'
		case r == '\u00a0' || r == '\u202f':
			return ' '
		case r == '\u2212':
			return '-'
		case r == '٪':
			return '%'
		}
		return r
	}, text))
	switch strings.ToLower(text) {
	case "-", "–", "—", "n/a", "na", "?":
		return ""
	}
	return text
}

// plain returns a name as it is compared: in small letters, with one space
// between words, however they are joined.
func plain(s string) string {
	s = strings.Map(func(r rune) rune {
		if r == '_' || r == '-' || r == '‐' || r == '\t' || r == '\n' || r == '\r' {
			return ' '
		}
		return r
	}, strings.ToLower(s))
	return strings.Join(strings.Fields(s), " ")
}
