package report

import (
	"fmt"
	"io"

	"oxysim/study"
)

// Format is a way of writing an answer.
type Format string

// Formats.
const (
	Table Format = "table"
	CSV   Format = "csv"
	JSON  Format = "json"
)

// Run writes the answer to the question what happens in a scenario.
func Run(w io.Writer, f Format, a *study.Answer, v View) error {
	switch f {
	case Table:
		if v.Hospital != "" {
			return hospitalTable(w, a, v)
		}
		return runTable(w, a, v)
	case CSV:
		return runCSV(w, a, v)
	case JSON:
		return runJSON(w, a, v)
	}
	return fmt.Errorf("want the format table, csv or json, not %q", f)
}
