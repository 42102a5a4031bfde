package workbook

import (
	"archive/zip"
	"bytes"
	"errors"
	"fmt"
	"io"
	"math"
	"regexp"
	"strconv"
	"strings"

	"github.com/xuri/excelize/v2"

	"oxysim/scenarios/quantity"
)

// most are the largest workbooks that are read.
const (
	mostBytes = 20 << 20
	mostRows  = 100_000
	mostCells = 2_000_000
)

// OpenXLSX returns the sheets of an XLSX file, called name.
func OpenXLSX(name string, data []byte) (sheets []*Sheet, err error) {
	defer func() {
		if v := recover(); v != nil { // a file that is broken in a way the library does not know
			sheets, err = nil, errors.New("want an XLSX file that is whole; save it anew")
		}
	}()
	if len(data) > mostBytes {
		return nil, errors.New("want a workbook of at most 20 MB")
	}
	if bytes.HasPrefix(data, []byte("\xd0\xcf\x11\xe0")) {
		return nil, errors.New("want a workbook as .xlsx, without a password, not in the old format .xls: save it anew")
	}
	formulas, err := wholeParts(data)
	if err != nil {
		return nil, err
	}
	f, err := excelize.OpenReader(bytes.NewReader(data), excelize.Options{RawCellValue: true, UnzipSizeLimit: 10 * mostBytes, UnzipXMLSizeLimit: mostBytes})
	if err != nil {
		return nil, fmt.Errorf("want an XLSX file that is whole: %w", err)
	}
	defer func() { _ = f.Close() }()
	since1904 := false
	if props, err := f.GetWorkbookProps(); err == nil && props.Date1904 != nil {
		since1904 = *props.Date1904
	}
	for _, title := range f.GetSheetList() {
		s := &Sheet{Name: title, At: func(row, col int) string { return name + ":" + title + "!" + cellName(row, col) }}
		if s.Rows, err = rowsOf(f, title, formulas); err != nil {
			return nil, fmt.Errorf("sheet %s: %w", title, err)
		}
		for i, row := range s.Rows {
			for j, text := range row {
				row[j] = plainText(f, title, cellName(i, j), text, since1904)
			}
		}
		if formulas {
			s.Wrong = unknownValues(f, title, s.Rows)
		}
		merged, err := f.GetMergeCells(title)
		if err != nil {
			return nil, fmt.Errorf("sheet %s: %w", title, err)
		}
		for _, m := range merged {
			s.Merged = append(s.Merged, m.GetStartAxis()+":"+m.GetEndAxis())
		}
		sheets = append(sheets, s)
	}
	return sheets, nil
}

// rowsOf returns the rows of a sheet up to the last that has a text or, if so
// asked, a cell, as long as they are not too many. What is below, which may be
// formatted to the end of all sheets, is left out.
func rowsOf(f *excelize.File, title string, cellsCount bool) (rows [][]string, err error) {
	it, err := f.Rows(title)
	if err != nil {
		return nil, err
	}
	defer func() { _ = it.Close() }()
	cells, empty := 0, 0 // and how many rows of these are not in the list yet
	for it.Next() {
		row, err := it.Columns(excelize.Options{RawCellValue: true})
		if err != nil {
			return nil, err
		}
		if strings.Join(row, "") == "" && (!cellsCount || len(row) == 0) {
			empty++
			continue
		}
		if cells += len(row); len(rows)+empty >= mostRows || cells > mostCells {
			return nil, fmt.Errorf("want at most %d rows and %d cells", mostRows, mostCells)
		}
		rows = append(append(rows, make([][]string, empty)...), row)
		empty = 0
	}
	return rows, it.Error()
}

// cellName returns the name of a cell, rows and columns from 0.
func cellName(row, col int) string {
	name, err := excelize.CoordinatesToCellName(col+1, row+1)
	if err != nil {
		return fmt.Sprintf("R%dC%d", row+1, col+1)
	}
	return name
}

// wholeParts returns an error if a part of the file is not as it was written,
// which the library does not look at, and otherwise whether sheets have formulas.
func wholeParts(data []byte) (formulas bool, err error) {
	z, err := zip.NewReader(bytes.NewReader(data), int64(len(data)))
	if err != nil {
		return false, errors.New("want an XLSX file that is whole, and not one of another kind with this ending")
	}
	left := int64(10 * mostBytes)
	for _, part := range z.File {
		r, err := part.Open()
		var content []byte
		if err == nil {
			content, err = io.ReadAll(io.LimitReader(r, left+1)) // the sum of all bytes is checked at the end
			_ = r.Close()
		}
		if left -= int64(len(content)); left < 0 {
			return false, fmt.Errorf("want a workbook of at most %d MB when it is unpacked", 10*mostBytes>>20)
		}
		if err != nil {
			return false, fmt.Errorf("want an XLSX file that is whole, not a broken %q: save it anew", part.Name)
		}
		formulas = formulas || bytes.Contains(content, []byte("<f")) && strings.Contains(part.Name, "worksheets/")
	}
	return formulas, nil
}

// unknownValues returns the cells with a formula of which the file does not say
// what it comes to: empty they would pass for such as take the default.
func unknownValues(f *excelize.File, title string, rows [][]string) (list []Wrong) {
	width := 0
	for _, row := range rows {
		width = max(width, len(row))
	}
	for i, row := range rows {
		for j := range width {
			if text(row, j) != "" {
				continue
			}
			if formula, err := f.GetCellFormula(title, cellName(i, j)); err == nil && formula != "" && !emptyText(f, title, cellName(i, j)) {
				list = append(list, Wrong{i, j, fmt.Sprintf("want the value of the formula =%s, which the file does not have: open it in a spreadsheet and save it", quantity.Shorten(formula))})
			}
		}
	}
	return list
}

// emptyText reports whether a formula is known to come to the empty text.
func emptyText(f *excelize.File, sheet, cell string) bool {
	kind, err := f.GetCellType(sheet, cell)
	if err != nil || kind != excelize.CellTypeFormula {
		return false
	}
	value, err := f.CalcCellValue(sheet, cell)
	return err != nil || value == "" // what cannot be calculated here is what the file says
}

// plainText returns the text of a cell as a scenario file would have it: a date
// in place of the number of its day, which may be counted since 1904, true or
// false in place of 1 or 0, "95 %" in place of 0.95 that is shown so.
func plainText(f *excelize.File, sheet, cell, raw string, since1904 bool) string {
	raw = strings.TrimSpace(strings.Map(func(r rune) rune {
		switch r {
		case '\r':
			return -1
		case '\t', '\u00a0', '\u202f':
			return ' '
		}
		return r
	}, raw))
	x, err := strconv.ParseFloat(raw, 64)
	kind, unknown := f.GetCellType(sheet, cell)
	switch {
	case unknown != nil:
		return raw
	case err != nil:
		if kind == excelize.CellTypeDate {
			return strings.TrimSuffix(raw, "T00:00:00")
		}
		return raw
	case kind == excelize.CellTypeBool:
		return strconv.FormatBool(x != 0)
	case kind != excelize.CellTypeUnset && kind != excelize.CellTypeNumber: // a text of digits
		return raw
	}
	if id, err := f.GetCellStyle(sheet, cell); err == nil && id != 0 {
		if style, err := f.GetStyle(id); err == nil {
			switch what := shown(style); {
			case what == 'd':
				if t, err := excelize.ExcelDateToTime(x, since1904); err == nil {
					return t.Format("2006-01-02")
				}
			case what == 't' && x >= 0 && x < mostDays:
				minutes := int(math.Round(x * 24 * 60))
				return fmt.Sprintf("%02d:%02d", minutes/60, minutes%60)
			case what == '%':
				return shortest(x, 2) + " %"
			}
		}
	}
	return shortest(x, 0)
}

// mostDays is below which a number may be a time of day, or hours and minutes.
const mostDays = 10_000

// shortest writes a number, or one whose point stands some digits farther right,
// with no more digits than tell it from its neighbours: spreadsheets store 0.1 as
// 0.10000000000000001.
func shortest(x float64, right int) string {
	digits := strconv.FormatFloat(x, 'e', -1, 64)
	mantissa, exponent, _ := strings.Cut(digits, "e")
	n, err := strconv.Atoi(exponent)
	if err != nil { // not finite
		return digits
	}
	if y, err := strconv.ParseFloat(fmt.Sprintf("%se%d", mantissa, n+right), 64); err == nil {
		x = y
	}
	if a := math.Abs(x); a != 0 && (a < 1e-6 || a >= 1e15) {
		return strconv.FormatFloat(x, 'g', -1, 64)
	}
	return strconv.FormatFloat(x, 'f', -1, 64)
}

// unshown is what is in a format of numbers and stands for nothing in them:
// texts, colours and conditions, single characters. [h] is none of these.
var unshown = regexp.MustCompile(`"[^"]*"|\\.|_.|\*.|\[[^hms\]][^\]]*\]|\[(?:s|m|h)[^hms\]][^\]]*\]`)

// shown returns as what cells of a style show the number in them: 'd' as a date,
// 't' as a time of day or as hours and minutes, '%' as a percentage, and 0 as a
// number.
func shown(s *excelize.Style) rune {
	switch n := s.NumFmt; {
	case n >= 14 && n <= 17, n == 22:
		return 'd'
	case n >= 18 && n <= 21, n >= 45 && n <= 47:
		return 't'
	case n == 9, n == 10:
		return '%'
	case s.CustomNumFmt == nil:
		return 0
	}
	format, _, _ := strings.Cut(strings.ToLower(unshown.ReplaceAllString(*s.CustomNumFmt, "")), ";")
	switch {
	case strings.Contains(format, "yy"), strings.Contains(format, "d") && strings.Contains(format, "m"):
		return 'd'
	case strings.Contains(format, "h"):
		return 't'
	case strings.Contains(format, "%"):
		return '%'
	}
	return 0
}
