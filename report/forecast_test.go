package report

import (
	"bytes"
	"context"
	"encoding/csv"
	"encoding/json"
	"testing"

	"oxysim/scenarios/stock"
	"oxysim/study"
)

// forecast answers a forecast of the district from a few counts.
func forecast(t *testing.T, f study.Forecast, counts string) *study.ForecastAnswer {
	t.Helper()
	s, problems := study.Open("district")
	if len(problems) > 0 {
		t.Fatal(problems)
	}
	f.Subject = s
	if counts != "" {
		if f.Count, problems = stock.Read("counts.csv", []byte(counts)); len(problems) > 0 {
			t.Fatal(problems)
		}
	}
	if problems := f.Ready(); len(problems) > 0 {
		t.Fatal(problems)
	}
	a, err := f.Answer(context.Background(), study.NewWork(f.Subject))
	if err != nil {
		t.Fatal(err)
	}
	return a
}

const fewCounts = "place,full,in use,empty,where,expected\nriverside,3,4,17,,\nborder,2,3,15,,\nworks,15,,20,,\nlorry,6,,,on the way to mission,3 h\n"

func TestForecastTables(t *testing.T) {
	at, err := stock.At("2026-03-05 08:00", 20517-63)
	if err != nil {
		t.Fatal(err)
	}
	for name, a := range map[string]*study.ForecastAnswer{
		"forecast.txt":      forecast(t, study.Forecast{Days: 7, N: 100, At: at, AtText: "2026-03-05T08:00", WhatIf: []string{"hospital.town.buffer=90"}}, fewCounts),
		"forecast_safe.txt": forecast(t, study.Forecast{Days: 2, N: 100}, ""),
	} {
		var b bytes.Buffer
		if err := Forecast(&b, Table, a, View{}); err != nil {
			t.Fatal(err)
		}
		golden(t, name, b.String())
		var c bytes.Buffer
		if err := Forecast(&c, CSV, a, View{}); err != nil {
			t.Fatal(err)
		}
		rows, err := csv.NewReader(&c).ReadAll()
		if err != nil {
			t.Fatal(err)
		}
		if least := (1 + len(a.Hospitals)) * a.Forecast.Days; len(rows) <= least {
			t.Errorf("%s: %d rows, want a head and more than %d", name, len(rows), least)
		}
		var j bytes.Buffer
		if err := Forecast(&j, JSON, a, View{}); err != nil {
			t.Fatal(err)
		}
		var got struct {
			Hospitals []struct {
				Thing string
				Out   []struct{ P, Lo, Hi float64 }
			}
		}
		if err := json.Unmarshal(j.Bytes(), &got); err != nil {
			t.Fatal(err)
		}
		for i, h := range got.Hospitals {
			if last := h.Out[len(h.Out)-1]; h.Thing != a.Hospitals[i].Thing || last.P != a.Hospitals[i].Last().P || last.Lo > last.P || last.Hi < last.P {
				t.Errorf("%s: %s ends with %+v, want %+v", name, h.Thing, last, a.Hospitals[i].Last())
			}
		}
	}
	if err := Forecast(&bytes.Buffer{}, "xml", nil, View{}); err == nil {
		t.Error("another format is written")
	}
}
