package report

import (
	"encoding/json"
	"io"

	"oxysim/study"
)

// answerJSON is an answer as JSON.
type answerJSON struct {
	Title      string          `json:"title,omitempty"`
	Scenario   string          `json:"scenario"`
	Set        []string        `json:"set,omitempty"`
	Digest     string          `json:"digest"`
	Behaviour  int             `json:"behaviour"`
	Seed       uint64          `json:"seed"`
	First      int             `json:"first"`
	N          int             `json:"replications"`
	Horizon    float64         `json:"horizon_days"`
	Confidence float64         `json:"confidence"`
	Precision  string          `json:"precision,omitempty"`
	Reached    *bool           `json:"precision_reached,omitempty"`
	Verdict    string          `json:"verdict"`
	Target     targetJSON      `json:"target"`
	Judged     []judgementJSON `json:"judged"`
	Metrics    []estimateJSON  `json:"metrics"`
	Next       []adviceJSON    `json:"next,omitempty"`
	Warnings   []string        `json:"warnings,omitempty"`
}

type targetJSON struct {
	Metric  string `json:"metric"`
	AtMost  number `json:"at_most"`
	AtLeast number `json:"at_least"`
	Default bool   `json:"default"` // the scenario has none
}

// judgementJSON is one mean held against the target, with the interval that
// decides: all of them hold together with the answer's confidence.
type judgementJSON struct {
	Thing   string `json:"thing"`
	Label   string `json:"label"`
	Metric  string `json:"metric"`
	Mean    number `json:"mean"`
	Lo      number `json:"lo"`
	Hi      number `json:"hi"`
	Method  string `json:"method"`
	Verdict string `json:"verdict"`
}

type estimateJSON struct {
	Metric   string   `json:"metric"`
	Unit     string   `json:"unit"`
	N        int      `json:"n"`
	Mean     number   `json:"mean"`
	Lo       number   `json:"lo"`
	Hi       number   `json:"hi"`
	Method   string   `json:"method"`
	P05      number   `json:"p05"`
	P50      number   `json:"p50"`
	P95      number   `json:"p95"`
	Min      number   `json:"min"`
	Max      number   `json:"max"`
	Warnings []string `json:"warnings,omitempty"`
}

type adviceJSON struct {
	Command string `json:"command"`
	Why     string `json:"why"`
}

// runJSON writes an answer as one JSON object.
func runJSON(w io.Writer, a *study.Answer, v View) error {
	out := answerJSON{
		Title: a.Subject.File.Title, Scenario: a.Origin.Scenario, Set: a.Origin.Set, Digest: a.Origin.Digest, Behaviour: a.Origin.Behaviour,
		Seed: a.Origin.Seed, First: a.First, N: a.N, Horizon: a.Subject.Config.Horizon.Days(), Confidence: a.Confidence,
		Precision: a.Precision.String(), Verdict: a.Verdict.String(),
		Target: targetJSON{a.Target.Metric, number(a.Target.AtMost), number(a.Target.AtLeast), a.Target.Default},
		Judged: []judgementJSON{}, Metrics: []estimateJSON{}, Warnings: texts(a.Warnings),
	}
	if a.Precision != (study.Precision{}) {
		out.Reached = &a.Reached
	}
	for _, j := range a.Judged {
		out.Judged = append(out.Judged, judgementJSON{
			j.Thing, a.Subject.Label(j.Thing), j.Estimate.Metric.Name,
			number(j.Estimate.Mean), number(j.Promise.Lo), number(j.Promise.Hi), j.Method, j.Verdict.String(),
		})
	}
	for _, e := range a.Estimates {
		if v.shows(e) {
			out.Metrics = append(out.Metrics, estimateJSON{
				e.Metric.Name, e.Metric.Unit, e.N, number(e.Mean), number(e.Interval.Lo), number(e.Interval.Hi), e.Method,
				number(e.P05), number(e.P50), number(e.P95), number(e.Min), number(e.Max), texts(e.Warnings),
			})
		}
	}
	for _, x := range a.Next() {
		out.Next = append(out.Next, adviceJSON{x.Command, x.Why})
	}
	enc := json.NewEncoder(w)
	enc.SetEscapeHTML(false)
	enc.SetIndent("", "  ")
	return enc.Encode(out)
}

func texts(errs []error) (list []string) {
	for _, e := range errs {
		list = append(list, e.Error())
	}
	return list
}
