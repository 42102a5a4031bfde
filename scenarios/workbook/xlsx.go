package workbook

import (
	"bytes"
	"errors"
	"fmt"
	"strconv"
	"strings"

	"github.com/xuri/excelize/v2"
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
	f, err := excelize.OpenReader(bytes.NewReader(data), excelize.Options{RawCellValue: true, UnzipSizeLimit: 10 * mostBytes, UnzipXMLSizeLimit: mostBytes})
	if err != nil {
		return nil, fmt.Errorf("want an XLSX file that is whole: %w", err)
	}
	defer func() { _ = f.Close() }()
	for _, title := range f.GetSheetList() {
		s := &Sheet{Name: title, At: func(row, col int) string { return name + ":" + title + "!" + cellName(row, col) }}
		if s.Rows, err = rowsOf(f, title); err != nil {
			return nil, fmt.Errorf("sheet %s: %w", title, err)
		}
		for i, row := range s.Rows {
			for j, text := range row {
				row[j] = plainText(f, title, cellName(i, j), text)
			}
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

// rowsOf returns the rows of a sheet, as long as they are not too many.
func rowsOf(f *excelize.File, title string) (rows [][]string, err error) {
	it, err := f.Rows(title)
	if err != nil {
		return nil, err
	}
	defer func() { _ = it.Close() }()
	cells, last := 0, 0
	for it.Next() {
		row, err := it.Columns(excelize.Options{RawCellValue: true})
		if err != nil {
			return nil, err
		}
		rows = append(rows, row)
		if cells += len(row); len(rows) > mostRows || cells > mostCells {
			return nil, fmt.Errorf("want at most %d rows and %d cells", mostRows, mostCells)
		}
		if len(row) > 0 {
			last = len(rows)
		}
	}
	return rows[:last], it.Error()
}

// cellName returns the name of a cell, rows and columns from 0.
func cellName(row, col int) string {
	name, err := excelize.CoordinatesToCellName(col+1, row+1)
	if err != nil {
		return fmt.Sprintf("R%dC%d", row+1, col+1)
	}
	return name
}

// plainText returns the text of a cell as a scenario file would have it: a date
// in place of the number of its day, true or false in place of 1 or 0.
func plainText(f *excelize.File, sheet, cell, raw string) string {
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
	if err != nil {
		return raw
	}
	if kind, err := f.GetCellType(sheet, cell); err == nil && kind == excelize.CellTypeBool {
		return strconv.FormatBool(x != 0)
	}
	if id, err := f.GetCellStyle(sheet, cell); err == nil && id != 0 {
		if style, err := f.GetStyle(id); err == nil && showsDate(style) {
			if t, err := excelize.ExcelDateToTime(x, false); err == nil {
				return t.Format("2006-01-02")
			}
		}
	}
	return raw
}

// showsDate reports whether cells of a style show the number in them as a date.
func showsDate(s *excelize.Style) bool {
	return s.NumFmt >= 14 && s.NumFmt <= 17 || s.NumFmt == 22 || s.CustomNumFmt != nil && strings.Contains(strings.ToLower(*s.CustomNumFmt), "yy")
}
