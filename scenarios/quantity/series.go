package quantity

import (
	"slices"
	"strconv"
	"strings"
)

// series is what the types of series have in common: one number for each of
// consecutive days.
type series[K kind] struct {
	values []float64
	start  Date
	first  int
}

// UnmarshalCells reads one number per day from cells, which have the given
// unit unless they carry their own. days is nil, or holds what stands beside
// each cell: dates or numbers of days, each one more than the one before. bad is
// called with the position of each cell that is wrong, and -1-i for a wrong day
// at position i.
func (s *series[K]) UnmarshalCells(unit string, days, cells []string, bad func(i int, err error)) {
	d := dim[K]()
	values := make([]float64, 0, len(cells))
	for i, cell := range cells {
		a, err := d.parse(WithUnit(cell, unit))
		if err == nil && a.ranged {
			err = d.not(cell, "a series has no ranges")
		}
		if err != nil {
			bad(i, err)
			continue
		}
		values = append(values, a.x)
	}
	if len(cells) == 0 {
		bad(0, &WantError{Want: "at least one number", Got: "", Hint: ""})
	}
	*s = series[K]{values: values}
	if days != nil {
		s.calendar(days, bad)
	}
}

// calendar reads the days of a series.
func (s *series[K]) calendar(days []string, bad func(i int, err error)) {
	var date Date
	dated := date.UnmarshalText([]byte(days[0])) == nil
	if dated {
		s.start = date
		for i, day := range days[1:] {
			date = date.Add(1)
			if strings.TrimSpace(day) != date.String() {
				bad(-1-(i+1), &WantError{Want: "the day after the one before, " + strconv.Quote(date.String()), Got: day})
				return
			}
		}
		return
	}
	n, err := strconv.Atoi(strings.TrimSpace(days[0]))
	if err != nil || n < 0 {
		bad(-1, &WantError{Want: `a date such as "2020-06-01" or the number of a day such as "1"`, Got: days[0]})
		return
	}
	s.first = n
	for i, day := range days[1:] {
		if want := strconv.Itoa(n + i + 1); strings.TrimSpace(day) != want {
			bad(-1-(i+1), &WantError{Want: "the day after the one before, " + strconv.Quote(want), Got: day})
			return
		}
	}
}

// WithUnit returns text with the unit after its number, if it is a number
// without a unit; what follows in brackets stays. Other texts are returned as
// they are.
func WithUnit(text, unit string) string {
	if unit == "" {
		return text
	}
	t := tidy(text)
	_, n := scanNumber(t)
	rest := strings.TrimSpace(t[n:])
	if n == 0 || rest != "" && rest[0] != '(' {
		return text
	}
	if rest != "" {
		rest = " " + rest
	}
	if strings.HasPrefix(unit, "/") {
		return t[:n] + unit + rest
	}
	return t[:n] + " " + unit + rest
}

// Values returns the numbers in base units, one per day.
func (s series[K]) Values() []float64 { return slices.Clone(s.values) }

// Len returns the number of days.
func (s series[K]) Len() int { return len(s.values) }

// At returns the number of a day, in base units; day 0 is the first. It panics
// if there is no such day.
func (s series[K]) At(day int) float64 { return s.values[day] }

// Start returns the date of the first day; ok is false if the days have no dates.
func (s series[K]) Start() (d Date, ok bool) { return s.start, !s.start.IsZero() }

// First returns the number of the first day where days are numbered, and
// otherwise 0.
func (s series[K]) First() int { return s.first }

// String returns the days in a row, after the date or number of the first.
func (s series[K]) String() string {
	var b strings.Builder
	if d, ok := s.Start(); ok {
		b.WriteString(d.String() + ": ")
	} else if s.first != 0 {
		b.WriteString(strconv.Itoa(s.first) + ": ")
	}
	for i, x := range s.values {
		if i > 0 {
			b.WriteString(", ")
		}
		b.WriteString(dim[K]().print(x))
	}
	return b.String()
}

func (s series[K]) Wanted() string {
	e := dim[K]().example
	if !dim[K]().bare {
		e = strconv.Quote(e)
	}
	return "numbers over days such as [" + e + ", " + e + `] or "file.csv#column"`
}

// Examples returns the form that names the column of a file.
func (s series[K]) Examples() []string { return []string{"demand.csv#erbil"} }
func (s series[K]) Unquoted() bool     { return dim[K]().bare }
func (s series[K]) Pattern() string    { return `^.+#.+$` }

// FlowSeries is a flow of gas per day of time, in mL/min.
type FlowSeries struct{ series[flowKind] }

// VolumeSeries is a volume of gas per day of time, in sixtieths of a millilitre.
type VolumeSeries struct{ series[volumeKind] }

// RateSeries is a mean number of events per day of time, in events per second.
type RateSeries struct{ series[rateKind] }

// CountSeries is a number of things per day of time.
type CountSeries struct{ series[countKind] }

// NumberSeries is a number without a unit per day of time, such as a factor.
type NumberSeries struct{ series[numberKind] }
