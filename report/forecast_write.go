package report

import (
	"encoding/csv"
	"encoding/json"
	"io"
	"math"
	"strconv"

	"oxysim/sim"
	"oxysim/study"
)

// forecastCSV writes a row for each number: the probability of having run out by
// each day, the hour of delivery, what to send, and what changes do.
func forecastCSV(w io.Writer, a *study.ForecastAnswer) error {
	rows := [][]string{{"thing", "what", "day", "estimate", "lo", "hi", "method", "n", "at", "by"}}
	n := strconv.Itoa(a.N)
	chances := func(thing string, list []study.Chance) {
		for _, c := range list {
			rows = append(rows, []string{thing, "out", strconv.Itoa(c.Day), exact(c.P), exact(c.Interval.Lo), exact(c.Interval.Hi), "wilson", n, "", ""})
		}
	}
	chances("network", a.Network)
	days := func(t sim.Time) string { return exact(t.Sub(a.Forecast.At).Days()) }
	for i := range a.Hospitals {
		h := &a.Hospitals[i]
		chances(h.Thing, h.Chances)
		if d := h.Deadline; d.Needed {
			estimate, lo := "", ""
			if d.Estimate != sim.Never {
				estimate = days(d.Estimate)
			}
			if d.Promised {
				lo = days(d.Safe)
			}
			rows = append(rows, []string{h.Thing, "deliver_by", "", estimate, lo, "", "order statistic", n, a.Clock(d.Safe), ""})
		}
	}
	for _, s := range a.Send {
		rows = append(rows, []string{s.Thing, "send." + s.TypeName, "", strconv.Itoa(s.Count), "", "", "", "", a.Clock(s.Arrives), s.Truck})
	}
	change := func(what string, c study.ForecastShift) {
		rows = append(rows, []string{c.Thing, what, strconv.Itoa(a.Forecast.Days), exact(c.After - c.Before), exact(c.Interval.Lo), exact(c.Interval.Hi), "tango", n, "", ""})
	}
	for _, e := range effectsOf(a) {
		change("difference: "+e.Name, e.Network)
		for _, c := range e.Hospitals {
			change("difference: "+e.Name, c)
		}
	}
	return csv.NewWriter(w).WriteAll(rows)
}

// effectsOf returns all changes that were simulated.
func effectsOf(a *study.ForecastAnswer) []*study.ForecastEffect {
	if a.Effect == nil {
		return a.WhatIf
	}
	return append([]*study.ForecastEffect{a.Effect}, a.WhatIf...)
}

type forecastAnswerJSON struct {
	Scenario    string                 `json:"scenario"`
	Set         []string               `json:"set,omitempty"`
	Digest      string                 `json:"digest"`
	Seed        uint64                 `json:"seed"`
	Count       string                 `json:"count,omitempty"`
	CountDigest string                 `json:"count_digest,omitempty"`
	At          string                 `json:"at"`
	Days        int                    `json:"days"`
	N           int                    `json:"futures"`
	Confidence  number                 `json:"confidence"`
	Tolerated   number                 `json:"tolerated"`
	Verdict     string                 `json:"verdict"`
	Network     []chanceJSON           `json:"network"`
	Hospitals   []forecastHospitalJSON `json:"hospitals"`
	Send        []sendJSON             `json:"send"`
	Unsent      []unsentJSON           `json:"unsent,omitempty"`
	Effects     []effectJSON           `json:"effects,omitempty"`
	Idle        string                 `json:"idle,omitempty"` // why nothing is sent
	Assumptions []string               `json:"assumptions,omitempty"`
	Warnings    []string               `json:"warnings,omitempty"`
}

type chanceJSON struct {
	Day int    `json:"day"`
	P   number `json:"p"`
	Lo  number `json:"lo"`
	Hi  number `json:"hi"`
}

type forecastHospitalJSON struct {
	Thing       string       `json:"thing"`
	Label       string       `json:"label"`
	Counted     bool         `json:"counted"`
	Full        int          `json:"full"`
	InUse       int          `json:"in_use"`
	Empty       int          `json:"empty"`
	Coming      int          `json:"coming"`
	Use         number       `json:"use_per_day"`
	Out         []chanceJSON `json:"out"`
	Hours       number       `json:"mean_stockout_hours"`
	Early       number       `json:"days_to_5_percent"` // null if fewer run out
	Median      number       `json:"days_to_half"`
	DeliverBy   string       `json:"deliver_by,omitempty"` // early enough with the confidence
	DeliverByAt number       `json:"deliver_by_days"`
	Estimate    string       `json:"deliver_by_estimate,omitempty"`
	TooSoon     bool         `json:"before_any_truck,omitempty"`
	Verdict     string       `json:"verdict"`
}

type sendJSON struct {
	Thing   string `json:"thing"`
	Type    string `json:"type"`
	Count   int    `json:"count"`
	From    string `json:"from"`
	Truck   string `json:"truck,omitempty"`
	Leaves  string `json:"leaves"`
	Arrives string `json:"arrives"`
	By      string `json:"by"`
	Late    bool   `json:"late"`
}

type unsentJSON struct {
	Thing string `json:"thing"`
	Type  string `json:"type"`
	Count int    `json:"count"`
	By    string `json:"by"`
	Why   string `json:"why"`
}

type effectJSON struct {
	Name       string      `json:"name"`
	Changes    []shiftJSON `json:"changes"`
	Hours      number      `json:"stockout_hours"`
	HoursLo    number      `json:"stockout_hours_lo"`
	HoursHi    number      `json:"stockout_hours_hi"`
	LessHours  int         `json:"futures_with_less"`
	MoreHours  int         `json:"futures_with_more"`
	Confidence number      `json:"confidence"`
}

type shiftJSON struct {
	Thing      string `json:"thing"`
	Before     number `json:"before"`
	After      number `json:"after"`
	Difference number `json:"difference"`
	Lo         number `json:"lo"`
	Hi         number `json:"hi"`
	Spared     int    `json:"spared"`
	Hit        int    `json:"hit"`
	Shown      bool   `json:"shown"`
}

func chancesJSON(list []study.Chance) (out []chanceJSON) {
	for _, c := range list {
		out = append(out, chanceJSON{c.Day, number(c.P), number(c.Interval.Lo), number(c.Interval.Hi)})
	}
	return out
}

// forecastJSON writes an answer as one JSON object.
func forecastJSON(w io.Writer, a *study.ForecastAnswer) error {
	f := a.Forecast
	o := f.Subject.Origin()
	out := forecastAnswerJSON{
		Scenario: o.Scenario, Set: o.Set, Digest: o.Digest, Seed: o.Seed, At: a.Clock(f.At), Days: f.Days, N: a.N,
		Confidence: number(a.Confidence), Tolerated: number(f.Bound), Verdict: a.Verdict().String(), Network: chancesJSON(a.Network),
		Hospitals: []forecastHospitalJSON{}, Send: []sendJSON{}, Assumptions: a.Assumptions, Warnings: a.Warnings, Idle: a.Idle,
	}
	if f.Count != nil {
		out.Count, out.CountDigest = f.Count.File, f.Count.Digest
	}
	for i := range a.Hospitals {
		h := &a.Hospitals[i]
		x := forecastHospitalJSON{
			Thing: h.Thing, Label: h.Label, Counted: h.Counted, Full: h.Full, InUse: h.InUse, Empty: h.Empty, Coming: h.Coming,
			Use: number(h.Use), Out: chancesJSON(h.Chances), Hours: number(h.Hours), Early: number(h.Early), Median: number(h.Median),
			DeliverByAt: number(math.NaN()), Verdict: h.Verdict.String(),
		}
		if d := h.Deadline; d.Needed {
			if x.TooSoon = h.TooSoon; d.Estimate != sim.Never {
				x.Estimate = a.Clock(d.Estimate)
			}
			if d.Promised {
				x.DeliverBy, x.DeliverByAt = a.Clock(d.Safe), number(d.Safe.Sub(f.At).Days())
			}
		}
		out.Hospitals = append(out.Hospitals, x)
	}
	for _, s := range a.Send {
		out.Send = append(out.Send, sendJSON{s.Thing, s.TypeName, s.Count, s.From, s.Truck, a.Clock(s.Leaves), a.Clock(s.Arrives), a.Clock(s.By), s.Late})
	}
	for _, u := range a.Unsent {
		out.Unsent = append(out.Unsent, unsentJSON{u.Thing, u.TypeName, u.Count, a.Clock(u.By), u.Why})
	}
	for _, e := range effectsOf(a) {
		x := effectJSON{
			Name: e.Name, Hours: number(e.HoursMean), HoursLo: number(e.Hours.Lo), HoursHi: number(e.Hours.Hi),
			LessHours: e.Better, MoreHours: e.Worse, Confidence: number(a.Confidence),
		}
		for _, c := range append([]study.ForecastShift{e.Network}, e.Hospitals...) {
			x.Changes = append(x.Changes, shiftJSON{
				c.Thing, number(c.Before), number(c.After), number(c.After - c.Before), number(c.Interval.Lo), number(c.Interval.Hi), c.Spared, c.Hit, c.Shown,
			})
		}
		out.Effects = append(out.Effects, x)
	}
	enc := json.NewEncoder(w)
	enc.SetIndent("", "  ")
	return enc.Encode(out)
}
