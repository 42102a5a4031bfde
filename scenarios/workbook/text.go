package workbook

import (
	"bytes"
	"encoding/binary"
	"encoding/csv"
	"errors"
	"fmt"
	"io"
	"path"
	"regexp"
	"slices"
	"strings"
	"unicode/utf16"
	"unicode/utf8"

	"oxysim/scenarios"
	"oxysim/scenarios/source"
)

// OpenCSV returns a table of text as a sheet that has the name of its file
// without the ending. Cells are apart by commas, semicolons or tabs, whichever
// the first row has most of; if it is not commas, a comma between digits is a
// decimal one.
func OpenCSV(name string, data []byte) (*Sheet, error) {
	if len(data) > mostBytes {
		return nil, errors.New("want a table of at most 20 MB")
	}
	data = bytes.TrimPrefix(fromUTF16(data), []byte("\xef\xbb\xbf"))
	if !bytes.Contains(data, []byte("\n")) { // lines that end as those of old Macs
		data = bytes.ReplaceAll(data, []byte("\r"), []byte("\n"))
	}
	switch {
	case !utf8.Valid(data) || bytes.IndexByte(data, 0) >= 0:
		return nil, errors.New("want UTF-8 text, not another encoding (save the table as CSV UTF-8)")
	}
	r := csv.NewReader(bytes.NewReader(data))
	r.Comma = separator(data)
	said := separatorLine.FindSubmatch(data) // what spreadsheets write above a table, and do not show
	if said != nil {
		r.Comma = rune(said[1][0])
	}
	r.FieldsPerRecord = -1
	s := &Sheet{Name: path.Base(strings.ReplaceAll(name, `\`, "/")), File: name, form: aTable}
	if strings.EqualFold(path.Ext(s.Name), ".csv") {
		s.Name = s.Name[:len(s.Name)-len(".csv")]
	}
	var places [][]string
	for {
		record, err := r.Read()
		if err == io.EOF {
			break
		}
		var wrong *csv.ParseError
		if errors.As(err, &wrong) {
			return nil, &scenarios.Problem{Place: source.Place{File: name, Line: wrong.Line, Column: wrong.Column}, Message: quotes(wrong.Err)}
		}
		if err != nil {
			return nil, err
		}
		if said != nil && len(places) == 0 && len(s.Rows) == 0 {
			said, record = nil, nil
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

// separatorLine is a first line that says how cells are apart.
var separatorLine = regexp.MustCompile(`^(?i:sep)=([,;\t])[\r\n]`)

// fromUTF16 returns a text that begins with the mark of UTF-16 as UTF-8, and any
// other as it is. What spreadsheets call Unicode text is such.
func fromUTF16(data []byte) []byte {
	var order binary.ByteOrder
	switch {
	case bytes.HasPrefix(data, []byte("\xff\xfe")):
		order = binary.LittleEndian
	case bytes.HasPrefix(data, []byte("\xfe\xff")):
		order = binary.BigEndian
	default:
		return data
	}
	var units []uint16
	for data = data[2:]; len(data) > 1; data = data[2:] {
		units = append(units, order.Uint16(data))
	}
	return []byte(string(utf16.Decode(units)))
}

// quotes says what is wrong with the quotes of a table.
func quotes(err error) string {
	if errors.Is(err, csv.ErrBareQuote) {
		return `want a cell with a " in it to stand in quotes, and the " twice`
	}
	return `want a " at the end of the cell that begins with one, and each " within it twice`
}

// separator returns the character between the cells of the first row that is no
// remark.
func separator(data []byte) rune {
	var first []byte
	for line := range bytes.Lines(data) {
		if first = bytes.TrimSpace(line); len(first) > 0 && !bytes.HasPrefix(bytes.TrimLeft(first, `"`), []byte("#")) {
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

var (
	// numeral is a number with what stands for its decimal point and groups.
	numeral = regexp.MustCompile(`\d[\d.,]*`)
	// decimalComma is a number with a decimal comma.
	decimalComma = regexp.MustCompile(`^\d+,\d+$`)
	// grouped is a cell with a number whose point may part thousands.
	grouped = regexp.MustCompile(`^[-+]?\d{1,3}(?:\.\d{3})+(?: \D*)?$`)
)

// decimalPoints writes points for decimal commas, but in what is only read by
// people. Where there are such, 1.200 may be 1200, and so has no value.
func (s *Sheet) decimalPoints() {
	head := s.head()
	if head < 0 {
		return
	}
	prose := []string{headName, "label", headSource, headNote, headMeaning}
	commas := false
	var doubtful []Wrong
	for i, row := range s.Rows[head+1:] {
		for j := range row {
			if j < len(s.Rows[head]) && slices.Contains(prose, s.Rows[head][j]) {
				continue
			}
			if grouped.MatchString(row[j]) {
				doubtful = append(doubtful, Wrong{head + 1 + i, j, fmt.Sprintf("the point could mean either in a table with decimal commas: want %q or %q, not %q",
					strings.ReplaceAll(row[j], ".", ""), strings.Replace(row[j], ".", ",", 1), row[j])})
			}
			row[j] = numeral.ReplaceAllStringFunc(row[j], func(number string) string {
				tail := number[len(strings.TrimRight(number, ".,")):] // the comma after an argument of a law
				number = strings.TrimSuffix(number, tail)
				if !decimalComma.MatchString(number) {
					return number + tail
				}
				commas = true
				return strings.Replace(number, ",", ".", 1) + tail
			})
		}
	}
	if commas {
		s.Wrong = doubtful
	}
}
