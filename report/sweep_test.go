package report

import (
	"bytes"
	"encoding/csv"
	"encoding/json"
	"math"
	"strings"
	"testing"
	"unicode/utf8"

	"oxysim/model"
	"oxysim/sim/stats"
	"oxysim/study"
)

// shift is a difference with its interval.
func shift(mean, half float64) study.Shift {
	in := stats.Interval{Lo: mean - half, Hi: mean + half}
	return study.Shift{Reading: study.Reading{Mean: mean, Interval: in, Method: "t", N: 100}, Chance: in.Contains(0), Same: mean == 0 && half == 0}
}

// A difference that chance explains is no number, and neither is one that is
// nowhere.
func TestDifferencesAreShownIfTheyAre(t *testing.T) {
	for _, c := range []struct {
		d    study.Shift
		want string
	}{
		{shift(0, 0), "="},
		{shift(0.1, 0.2), "~"},
		{shift(-3.14159, 0.5), "−3.14 ± 0.50"},
		{shift(12.34, 1.5), "+12.3 ± 1.5"},
	} {
		if got := differs(c.d, 1); got != c.want {
			t.Errorf("got %q, want %q", got, c.want)
		}
	}
}

// Bars are as wide for all parameters, and the longest reaches the end; what
// chance explains is not drawn.
func TestBarsOfATornado(t *testing.T) {
	for _, c := range []struct {
		low, high study.Shift
		want      string
	}{
		{shift(-10, 1), shift(5, 1), "░░░░░░░░░░│█████     "},
		{shift(3, 1), shift(10, 1), "          │░░░███████"},
		{shift(10, 1), shift(3, 1), "          │███░░░░░░░"},
		{shift(-1, 2), shift(4, 1), "          │████      "},
		{shift(0, 0), shift(0, 0), "          │          "},
	} {
		got := bar(study.Bar{Low: c.low, High: c.high}, 10)
		if got != c.want || utf8.RuneCountInString(got) != 21 {
			t.Errorf("got %q, want %q", got, c.want)
		}
	}
}

// Shares of the variance are shown to a tenth of a per cent at most, and never
// below nothing.
func TestSharesOfTheVariance(t *testing.T) {
	for _, c := range []struct {
		x, lo, hi float64
		want      string
	}{
		{0.4424, 0.40, 0.49, "44 (40 – 49)"},
		{0.0123, 0.01, 0.015, "1.2 (1.0 – 1.5)"},
		{0.00001, -0.0001, 0.0002, "0.0 (0.0 – 0.0)"},
		{-0.02, -0.05, 0.01, "0 (0 – 1)"},
	} {
		if got := indexCell(c.x, stats.Interval{Lo: c.lo, Hi: c.hi}); got != c.want {
			t.Errorf("got %q, want %q", got, c.want)
		}
	}
}

// A sweep is the same numbers as a table, as CSV and as JSON; what has no
// interval has empty ends.
func TestSweepInThreeFormats(t *testing.T) {
	s, problems := study.Open("one-cylinder")
	if len(problems) > 0 {
		t.Fatal(problems)
	}
	axis, err := study.ParseAxis(s, "hospital.clinic.buffer=1:2:1")
	if err != nil {
		t.Fatal(err)
	}
	kind := model.Metric{Name: "network.stockout_hours", Unit: "h", Better: model.Less, Meaning: "time in stockout"}
	gauge := study.Gauge{Name: kind.Name, Kind: kind, Names: []string{kind.Name}}
	w, err := study.NewSweep(s, []study.Axis{axis}, []study.Gauge{gauge}, 100)
	if err != nil {
		t.Fatal(err)
	}
	read := func(mean, half float64) study.Reading {
		return study.Reading{Mean: mean, Interval: stats.Interval{Lo: mean - half, Hi: mean + half}, Method: "t", N: 100}
	}
	a := &study.SweepAnswer{Sweep: w, Base: []study.Reading{read(20, 2)}, Points: []study.SweepPoint{
		{At: []int{0}, Readings: []study.Reading{read(20, 2)}, Differences: []study.Shift{shift(0, 0)}, IsBase: true},
		{At: []int{1}, Readings: []study.Reading{read(12, math.Inf(1))}, Differences: []study.Shift{shift(-8, 1.2)}},
	}}
	write := func(f Format) string {
		var b bytes.Buffer
		if err := Sweep(&b, f, a, View{}); err != nil {
			t.Fatal(err)
		}
		return b.String()
	}
	text := write(Table)
	for _, want := range []string{
		"3 designs × 100 replications", "hospital.clinic.buffer   network.stockout_hours, h   95 % interval   difference",
		"18.0 – 22.0            =   as it is", "−8.0 ± 1.2", "one at a time: Student's",
	} {
		if !strings.Contains(text, want) {
			t.Errorf("want %q in\n%s", want, text)
		}
	}
	rows, err := csv.NewReader(strings.NewReader(write(CSV))).ReadAll()
	if err != nil || len(rows) != 6 {
		t.Fatalf("got %d rows, %v, want 6", len(rows), err)
	}
	if got := strings.Join(rows[4], ","); got != "hospital.clinic.buffer=2,mean,network.stockout_hours,h,12,,,t,100" {
		t.Errorf("got %s", got)
	}
	var out struct {
		Question string
		Numbers  []struct {
			Of, What     string
			Estimate, Lo *float64
		}
	}
	if err := json.Unmarshal([]byte(write(JSON)), &out); err != nil || out.Question != "sweep" || len(out.Numbers) != 5 {
		t.Fatalf("got %+v, %v", out, err)
	}
	if x := out.Numbers[4]; x.What != "difference" || *x.Estimate != -8 || *x.Lo != -9.2 || out.Numbers[3].Lo != nil {
		t.Errorf("got %+v", out.Numbers)
	}
}
