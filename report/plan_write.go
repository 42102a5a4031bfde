package report

import (
	"encoding/csv"
	"encoding/json"
	"io"
	"math"
	"strconv"
	"strings"

	"oxysim/sim/stats"
	"oxysim/study"
)

// planRow is one number of a plan, for a program.
type planRow struct {
	What     string `json:"what"`     // sufficient, insufficient, thing sufficient, thing insufficient, curve, point, check, audit, design, buffer or binding
	Subject  string `json:"subject"`  // the value, thing or combination that it is about
	Estimate number `json:"estimate"` //
	Lo       number `json:"lo"`
	Hi       number `json:"hi"`
	Method   string `json:"method"`
	N        int    `json:"n"`
	Verdict  string `json:"verdict,omitempty"`
	Cost     number `json:"cost"` // in a year
	Lever    string `json:"lever,omitempty"`
	Settings string `json:"settings,omitempty"` // what to lay over the scenario for it, with spaces between
}

// notKnown is a number that is not known.
var notKnown = math.NaN()

// planRows lists all numbers.
func planRows(a *study.PlanAnswer) (rows []planRow) {
	none := number(notKnown)
	add := func(what, subject string, x float64, in stats.Interval, method string, n int, verdict string) {
		rows = append(rows, planRow{what, subject, number(x), number(in.Lo), number(in.Hi), method, n, verdict, none, "", ""})
	}
	unknown := stats.Interval{Lo: notKnown, Hi: notKnown}
	method := [...]string{"critical values", "grid", "mean search", "cheapest design", "own buffers"}[a.Method]
	value := func(step int) float64 {
		if step < 0 {
			return notKnown
		}
		return a.Scale.Value(step)
	}
	// at says of the last row which step of the lever it is about.
	at := func(step int) {
		if r := &rows[len(rows)-1]; a.Scale != nil {
			r.Lever = a.Scale.Key
			if step >= 0 {
				r.Settings = strings.Join(a.Scale.Settings(step), " ")
			}
		}
	}
	if a.Scale != nil {
		if a.Sufficient >= 0 {
			add("sufficient", a.Scale.Text(a.Sufficient), value(a.Sufficient), unknown, method, a.N, a.Verdict.String())
			at(a.Sufficient)
		}
		if a.Insufficient >= 0 {
			add("insufficient", a.Scale.Text(a.Insufficient), value(a.Insufficient), unknown, method, a.N, "")
			at(a.Insufficient)
		}
		for _, t := range a.Things {
			add("thing sufficient", t.Metric, value(t.Sufficient), unknown, method, a.N, "")
			at(t.Sufficient)
			add("thing insufficient", t.Metric, value(t.Insufficient), unknown, method, a.N, "")
			at(t.Insufficient)
		}
		band := map[study.PlanMethod]string{study.CriticalValues: "dkw", study.ValueGrid: "anytime", study.MeanSearch: "t or bootstrap"}[a.Method]
		for _, y := range a.Curve {
			add("curve", a.Scale.Text(y.Step), y.Estimate, y.Band, band, y.N, y.Verdict.String())
			at(y.Step)
		}
		if a.Method == study.CriticalValues {
			for _, y := range a.Curve {
				add("point", a.Scale.Text(y.Step), y.Estimate, y.Exact, "clopper-pearson", y.N, "")
				at(y.Step)
			}
		}
	}
	if a.Cost != nil {
		for i, d := range a.Cost.Designs {
			if d.N > 0 {
				add("design", strings.Join(a.Cost.Settings(i), " "), float64(d.Bad)/float64(d.N), d.Risk, "anytime", d.N, d.Verdict.String()+", "+d.Standing.String())
				r := &rows[len(rows)-1]
				r.Cost, r.Settings = number(d.Cost), r.Subject
			}
		}
	}
	if a.Buffers != nil {
		for _, h := range a.Buffers.Hospitals {
			add("buffer", h.Thing+".buffer="+strconv.Itoa(h.Buffer), float64(h.Bad)/float64(max(1, a.N)), h.Risk, "clopper-pearson", a.N, h.Verdict.String())
			r := &rows[len(rows)-1]
			r.Lever, r.Settings = h.Thing+".buffer", strings.Join(h.Settings(), " ")
		}
	}
	if a.Audit.N > 0 {
		add("audit", "more hurts", float64(a.Audit.Reversed)/float64(a.Audit.N), a.Audit.Rate, "clopper-pearson", a.Audit.N, "")
	}
	proof := "clopper-pearson"
	if a.Goal.Form != study.OfChance {
		proof = "t or bootstrap"
	}
	for _, x := range a.Checks {
		of := "what is recommended"
		if a.Scale != nil && x.Step >= 0 {
			of = a.Scale.Text(x.Step)
		}
		add("check", of, x.Estimate, x.Interval, proof, x.N, x.Verdict.String())
		if x.Step >= 0 {
			at(x.Step)
		}
	}
	for _, x := range a.Binding {
		add("binding", x.Thing+"."+x.What, x.Share, unknown, "mean", 0, "")
	}
	return rows
}

// planCSV writes a row for each number.
func planCSV(w io.Writer, a *study.PlanAnswer) error {
	rows := [][]string{{"what", "subject", "estimate", "lo", "hi", "method", "n", "verdict", "cost", "lever", "settings"}}
	for _, r := range planRows(a) {
		rows = append(rows, []string{r.What, r.Subject, exact(float64(r.Estimate)), exact(float64(r.Lo)), exact(float64(r.Hi)), r.Method, strconv.Itoa(r.N), r.Verdict, exact(float64(r.Cost)), r.Lever, r.Settings})
	}
	return csv.NewWriter(w).WriteAll(rows)
}

// planAnswerJSON is a plan as JSON.
type planAnswerJSON struct {
	Title      string       `json:"title,omitempty"`
	Scenario   string       `json:"scenario"`
	Set        []string     `json:"set,omitempty"`
	Digest     string       `json:"digest"`
	Seed       uint64       `json:"seed"`
	N          int          `json:"replications"`
	Confidence float64      `json:"confidence"`
	Target     string       `json:"target"`
	Verdict    string       `json:"verdict"`
	Says       string       `json:"says"`
	Settled    bool         `json:"settled"`
	Lever      string       `json:"lever,omitempty"`
	Recommend  []string     `json:"recommended"`
	Rows       []planRow    `json:"rows"`
	Next       []adviceJSON `json:"next,omitempty"`
	Notes      []string     `json:"notes"`
}

// planJSON writes one JSON object.
func planJSON(w io.Writer, a *study.PlanAnswer) error {
	o := a.Subject.Origin()
	out := planAnswerJSON{
		Title: a.Subject.File.Title, Scenario: o.Scenario, Set: o.Set, Digest: o.Digest, Seed: o.Seed, N: a.N, Confidence: a.Confidence,
		Target: a.Goal.String(), Verdict: a.Verdict.String(), Says: planVerdict(a), Settled: a.Settled, Recommend: a.Recommended(),
		Rows: planRows(a), Notes: planNotes(a),
	}
	if a.Scale != nil {
		out.Lever = a.Scale.Key
	}
	for _, x := range a.Next() {
		out.Next = append(out.Next, adviceJSON{x.Command, x.Why})
	}
	enc := json.NewEncoder(w)
	enc.SetEscapeHTML(false)
	enc.SetIndent("", "  ")
	return enc.Encode(out)
}
