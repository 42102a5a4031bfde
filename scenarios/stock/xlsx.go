package stock

import (
	"bytes"
	"fmt"

	"github.com/xuri/excelize/v2"

	"oxysim/scenarios"
	"oxysim/scenarios/source"
)

// readXLSX reads the first sheet that has a head called place, or else the first
// of all. Cells are as the sheet shows them.
func readXLSX(name string, data []byte) (rows [][]cell, problem *scenarios.Problem) {
	whole := source.Place{File: name}
	defer func() {
		if v := recover(); v != nil { // a file that is broken in a way the library does not know
			rows, problem = nil, &scenarios.Problem{Place: whole, Message: "want an XLSX file that is whole; save it anew"}
		}
	}()
	f, err := excelize.OpenReader(bytes.NewReader(data), excelize.Options{UnzipSizeLimit: 10 * mostBytes, UnzipXMLSizeLimit: mostBytes})
	if err != nil {
		return nil, &scenarios.Problem{Place: whole, Message: fmt.Sprintf("want an XLSX file that is whole: %v", err)}
	}
	defer func() { _ = f.Close() }()
	for _, sheet := range f.GetSheetList() {
		texts, err := f.GetRows(sheet)
		if err != nil {
			return nil, &scenarios.Problem{Place: whole, Message: fmt.Sprintf("sheet %s: %v", sheet, err)}
		}
		if len(texts) > mostRows {
			return nil, &scenarios.Problem{Place: whole, Message: fmt.Sprintf("sheet %s: want at most %d rows", sheet, mostRows)}
		}
		found := make([][]cell, len(texts))
		for i, row := range texts {
			for k, text := range row {
				at, err := excelize.CoordinatesToCellName(k+1, i+1)
				if err != nil {
					return nil, &scenarios.Problem{Place: whole, Message: err.Error()}
				}
				found[i] = append(found[i], cell{tidy(text), source.Place{File: name + ":" + sheet + "!" + at}})
			}
		}
		if _, ok := headRow(found); ok {
			return found, nil
		}
		if rows == nil {
			rows = found
		}
	}
	return rows, nil
}
