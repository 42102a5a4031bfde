package report

import (
	"encoding/csv"
	"io"
	"strconv"

	"oxysim/study"
)

// runCSV writes a row for each metric. Intervals are for the mean; an end that
// is not known is empty, as is a quantile that is not.
func runCSV(w io.Writer, a *study.Answer, v View) error {
	rows := [][]string{{"metric", "unit", "n", "mean", "lo", "hi", "method", "p05", "p50", "p95", "min", "max"}}
	for _, e := range a.Estimates {
		if !v.shows(e) {
			continue
		}
		rows = append(rows, []string{
			e.Metric.Name, e.Metric.Unit, strconv.Itoa(e.N), exact(e.Mean), exact(e.Interval.Lo), exact(e.Interval.Hi), e.Method,
			exact(e.P05), exact(e.P50), exact(e.P95), exact(e.Min), exact(e.Max),
		})
	}
	return csv.NewWriter(w).WriteAll(rows)
}

// shows reports whether an estimate is in the view.
func (v View) shows(e study.Estimate) bool {
	thing, _ := study.Thing(e.Metric.Name)
	return v.Hospital == "" || thing == v.Hospital
}
