package report

import (
	"bytes"
	"context"
	"encoding/csv"
	"encoding/json"
	"math"
	"strings"
	"testing"

	"oxysim/study"
)

// plannedOf asks how much of a lever of the exact case is enough.
func plannedOf(t *testing.T, from, to float64) *study.PlanAnswer {
	t.Helper()
	s, problems := study.Open("exact-first-stockout")
	if len(problems) > 0 {
		t.Fatal(problems)
	}
	l, err := study.NewLever(s, "hospital.clinic.buffer")
	if err != nil {
		t.Fatal(err)
	}
	p, err := study.NewPlan(s, []*study.Turn{{Lever: l, From: from, To: to}}, "")
	if err != nil {
		t.Fatal(err)
	}
	a, err := p.Answer(context.Background(), study.NewWork(s))
	if err != nil {
		t.Fatal(err)
	}
	return a
}

// What a table says, the CSV and the JSON say too.
func TestPlanSaysTheSameInEveryFormat(t *testing.T) {
	a := plannedOf(t, 12, 24)
	texts := map[Format]string{}
	for _, f := range []Format{Table, CSV, JSON} {
		var b bytes.Buffer
		if err := Plan(&b, f, a, View{}); err != nil {
			t.Fatal(err)
		}
		texts[f] = b.String()
	}
	enough := a.Scale.Text(a.Sufficient)
	if !strings.Contains(texts[Table], enough+" is") {
		t.Errorf("the table does not say that %s is sufficient:\n%s", enough, texts[Table])
	}
	rows, err := csv.NewReader(strings.NewReader(texts[CSV])).ReadAll()
	if err != nil {
		t.Fatal(err)
	}
	found := 0
	for _, r := range rows {
		if r[0] == "sufficient" && r[1] == enough && r[2] == enough || r[0] == "curve" && r[1] == enough && r[7] == "met" {
			found++
		}
	}
	if found != 2 {
		t.Errorf("want %s as sufficient and as a point of the curve in the CSV:\n%s", enough, texts[CSV])
	}
	var j planAnswerJSON
	if err := json.Unmarshal([]byte(strings.ReplaceAll(texts[JSON], "null", "0")), &j); err != nil {
		t.Fatal(err)
	}
	if len(j.Recommend) != 1 || j.Recommend[0] != "hospital.clinic.buffer="+enough || j.Verdict != "met" || len(j.Rows) != len(rows)-1 {
		t.Errorf("got %v, %s, %d rows; want %s, met, %d", j.Recommend, j.Verdict, len(j.Rows), enough, len(rows)-1)
	}
}

// What cannot be reached is said so, and nothing is recommended.
func TestPlanSaysThatNothingDoes(t *testing.T) {
	var b bytes.Buffer
	if err := Plan(&b, Table, plannedOf(t, 8, 14), View{}); err != nil {
		t.Fatal(err)
	}
	text := b.String()
	if !strings.Contains(text, "cannot be reached") || strings.Contains(text, "what is recommended") || !strings.Contains(text, "more of it") {
		t.Errorf("want it said that the target cannot be reached, and what to try next:\n%s", text)
	}
}

// A table has few rows, however long the curve is, and keeps those that decide.
func TestThinKeepsWhatDecides(t *testing.T) {
	a := &study.PlanAnswer{Sufficient: 150, Insufficient: 140}
	for s := range 300 {
		a.Curve = append(a.Curve, study.CurvePoint{Step: s})
	}
	shown := 0
	for i, show := range thin(a, 7) {
		if show {
			shown++
		} else if i == 7 || i == 150 || i == 140 {
			t.Errorf("step %d is not shown", i)
		}
	}
	if shown > curveRows+3 || math.Abs(float64(shown-curveRows)) > 6 {
		t.Errorf("%d rows are shown, want about %d", shown, curveRows)
	}
}
