package study

import (
	"cmp"
	"math"
	"slices"

	"oxysim/model"
	"oxysim/scenarios/stock"
	"oxysim/sim"
	"oxysim/sim/stats"
)

// ForecastAnswer is what a forecast tells.
type ForecastAnswer struct {
	Forecast    *Forecast
	Start       model.Date // of day 0 of the scenario
	N           int
	Confidence  float64
	Network     []Chance           // that any hospital has run out, by day
	Hospitals   []HospitalForecast // the first to run out first
	Assumptions []string
	Warnings    []string        // of counts that are hard to believe
	Send        []Sending       // what to send first, most urgent first
	Unsent      []Unsent        // what is wanted and cannot be sent now
	Idle        string          // why nothing at all can be sent; "" if something can, or if Unsent says it
	Tried       int             // ways to send that were tried
	Cover       int             // days for which what is proposed is enough
	Effect      *ForecastEffect // of sending it; nil if nothing is proposed
	WhatIf      []*ForecastEffect
}

// Chance is the probability of having run out by the end of a day of the
// forecast.
type Chance struct {
	Day      int // from 1: 24 h after the count
	Out      int // futures in which it has
	P        float64
	Interval stats.Interval // Wilson's, for this day alone
}

// HospitalForecast is what a forecast tells of a hospital.
type HospitalForecast struct {
	Thing    string // dotted
	Label    string
	Counted  bool
	Full     int // cylinders of all types at the start
	InUse    int
	Empty    int
	Coming   int      // on their way
	Arrives  sim.Time // the first of them; or sim.Never
	Use      float64  // cylinders a day, on average, as they are asked for in the forecast; NaN if it uses none
	Chances  []Chance // by day
	Hours    float64  // mean time without, over the forecast
	Early    float64  // days until it has run out in one of 20 futures; +Inf if in fewer
	Median   float64  // and in half
	Deadline Deadline
	TooSoon  bool    // for any truck that is at home, and for whatever is on its way
	Verdict  Verdict // whether it runs out more often than is tolerated, by an exact interval; all hospitals' hold together with the answer's confidence
}

// Verdict says whether any hospital runs out more often than is tolerated.
func (a *ForecastAnswer) Verdict() Verdict {
	v := Met
	for i := range a.Hospitals {
		switch a.Hospitals[i].Verdict {
		case Missed:
			return Missed
		case Undecided:
			v = Undecided
		}
	}
	return v
}

// judge holds the last chance of a hospital against what is tolerated.
func (f *Forecast) judge(c Chance, n int) Verdict {
	in := stats.ClopperPearson(c.Out, n, 1-(1-f.confidence)/float64(len(f.state.Config.Hospitals))) // Bonferroni
	switch {
	case in.Lo > f.Bound:
		return Missed
	case in.Hi <= f.Bound:
		return Met
	}
	return Undecided
}

// Last returns the chance of running out in all the days of the forecast.
func (h *HospitalForecast) Last() Chance { return h.Chances[len(h.Chances)-1] }

// Deadline says by when the next delivery must arrive: if none came later than
// that, the hospital would have run out before it with no more than the
// tolerated probability.
type Deadline struct {
	Known    bool     // something can be brought to the hospital
	Needed   bool     // within the forecast
	Estimate sim.Time // the hour found; sim.Never if it is after the forecast
	Safe     sim.Time // an hour that is early enough with the answer's confidence
	Promised bool     // there were enough futures for that, or to say that none is needed
}

// by returns the chances by day, of futures whose day of running out is first if
// they do.
func (f *Forecast) by(out, first []float64) (list []Chance) {
	for d := 1; d <= f.Days; d++ {
		k := 0
		for i := range out {
			if out[i] == 1 && first[i] <= float64(d) {
				k++
			}
		}
		list = append(list, Chance{d, k, float64(k) / float64(len(out)), stats.Wilson(k, len(out), f.confidence)})
	}
	return list
}

// moments returns when futures run out, in order; +Inf for those that do not.
func moments(out, first []float64) []float64 {
	list := make([]float64, len(out))
	for i := range out {
		if list[i] = math.Inf(1); out[i] == 1 {
			list[i] = first[i]
		}
	}
	slices.Sort(list)
	return list
}

// answer puts together what the futures tell.
func (f *Forecast) answer(base, dry results, whatIf []results) *ForecastAnswer {
	a := &ForecastAnswer{
		Forecast: f, Start: f.Subject.Config.Start, N: len(base["network.stockout"]), Confidence: f.confidence,
		Network:     f.by(base["network.stockout"], base["network.stockout_first"]),
		Assumptions: f.state.Assumptions, Warnings: f.state.Warnings,
	}
	for i := range f.state.Config.Hospitals {
		a.Hospitals = append(a.Hospitals, f.hospital(i, base, dry))
	}
	slices.SortStableFunc(a.Hospitals, func(x, y HospitalForecast) int {
		return cmp.Or(-cmp.Compare(x.Last().Out, y.Last().Out), cmp.Compare(x.Early, y.Early), cmp.Compare(x.due(), y.due()), cmp.Compare(x.Thing, y.Thing))
	})
	for i, r := range whatIf {
		a.WhatIf = append(a.WhatIf, f.effect(f.WhatIf[i], base, r))
	}
	return a
}

// due returns when the next delivery must arrive, or sim.Never.
func (h *HospitalForecast) due() sim.Time {
	if !h.Deadline.Needed {
		return sim.Never
	}
	return h.Deadline.Safe
}

func (f *Forecast) hospital(i int, base, dry results) HospitalForecast {
	c := &f.state.Config.Hospitals[i]
	h := HospitalForecast{
		Thing: c.Name, Label: f.Subject.Label(c.Name), Counted: slices.Contains(f.state.Counted, c.Name), Arrives: sim.Never, Use: math.NaN(),
	}
	for _, l := range c.Lines {
		h.Full, h.InUse, h.Empty = h.Full+l.Full, h.InUse+l.InUse, h.Empty+l.Empty
		for _, x := range l.Coming {
			h.Coming += x.Count
			h.Arrives = min(h.Arrives, x.At)
		}
	}
	for _, t := range f.state.Config.Trucks {
		if t.Away == nil {
			continue
		}
		for _, v := range t.Away.Stops {
			if v.Hospital == i {
				for _, n := range v.Load {
					h.Coming += n
				}
				h.Arrives = min(h.Arrives, t.Away.Until)
			}
		}
	}
	out, first := base[c.Name+".stockout"], base[c.Name+".stockout_first"]
	h.Chances = f.by(out, first)
	h.Verdict = f.judge(h.Last(), len(out))
	at := moments(out, first)
	h.Early, h.Median = at[len(at)/20], at[len(at)/2]
	h.Hours = meanOver(base[c.Name+".stockout_hours"])
	if x := base[c.Name+".demanded"]; x != nil {
		h.Use = meanOver(x) / float64(f.Days)
	}
	if x := dry[c.Name+".stockout"]; x != nil {
		h.Deadline = f.deadline(x, dry[c.Name+".stockout_first"])
	}
	return h
}

// deadline finds the hour by which a delivery must arrive, of futures in which
// none does. The futures are in order: no more than the tolerated share of them
// lies before the one of that rank. Before one of a lower rank lies, whatever the
// law, no more than the tolerated probability, with the confidence of the answer.
// So a deadline may be needed where the share that was seen is tolerated: that the
// probability is not larger than that share has yet to be shown.
//
// Source: as [stats.ToleranceRank], from below.
func (f *Forecast) deadline(out, first []float64) Deadline {
	at := moments(out, first)
	n := len(at)
	rank := 0
	for rank < n && stats.BinomialCDF(rank, n, f.Bound) <= 1-f.confidence {
		rank++
	}
	hour := func(days float64) sim.Time {
		if math.IsInf(days, 1) {
			return sim.Never
		}
		return f.At.Add(sim.Span(math.Floor(days * float64(sim.Day))))
	}
	safe := hour(at[max(rank, 1)-1])
	d := Deadline{Known: true, Needed: safe != sim.Never, Promised: rank > 0 && n >= fewestSought}
	if !d.Needed {
		return d
	}
	d.Estimate, d.Safe = hour(at[min(int(f.Bound*float64(n)), n-1)]), f.At
	if d.Promised {
		d.Safe = safe
	}
	return d
}

// ForecastEffect is what a change does, in the same futures.
type ForecastEffect struct {
	Name      string
	Network   ForecastShift
	Hospitals []ForecastShift // those for which it changes anything in any future, the most first
	Hours     stats.Interval
	HoursMean float64 // of change of the time without oxygen, summed over hospitals
	Better    int     // futures with less time without oxygen
	Worse     int     // and with more
}

// ForecastShift is how a change moves the probability of running out.
type ForecastShift struct {
	Thing         string // dotted
	Label         string
	Before, After float64
	Spared        int            // futures in which it ran out before, and does not any more
	Hit           int            // and those in which it does only now
	Interval      stats.Interval // of After less Before
	Shown         bool           // chance does not explain it
}

// effect compares what a change does with what is without it.
func (f *Forecast) effect(name string, base, changed results) *ForecastEffect {
	e := &ForecastEffect{Name: name, Network: f.change("network", base, changed)}
	for i := range f.state.Config.Hospitals {
		if c := f.change(f.state.Config.Hospitals[i].Name, base, changed); c.Spared+c.Hit > 0 {
			e.Hospitals = append(e.Hospitals, c)
		}
	}
	slices.SortStableFunc(e.Hospitals, func(x, y ForecastShift) int {
		return cmp.Or(-cmp.Compare(math.Abs(x.After-x.Before), math.Abs(y.After-y.Before)), cmp.Compare(x.Thing, y.Thing))
	})
	t := stats.Tally{}
	for r, x := range changed["network.stockout_hours"] {
		d := x - base["network.stockout_hours"][r]
		t.Add(d)
		switch {
		case d < 0:
			e.Better++
		case d > 0:
			e.Worse++
		}
	}
	e.HoursMean, e.Hours = t.Mean, stats.MeanT(t, f.confidence)
	return e
}

func (f *Forecast) change(thing string, base, changed results) ForecastShift {
	x, y := base[thing+".stockout"], changed[thing+".stockout"]
	c := ForecastShift{Thing: thing, Before: meanOver(x), After: meanOver(y)}
	if thing != "network" {
		c.Label = f.Subject.Label(thing)
	}
	for r := range x {
		switch {
		case x[r] > y[r]:
			c.Spared++
		case x[r] < y[r]:
			c.Hit++
		}
	}
	c.Interval = stats.Tango(c.Hit, c.Spared, len(x), f.confidence)
	c.Shown = c.Spared+c.Hit > 0 && !stats.McNemar(c.Hit, c.Spared, f.confidence).Contains(0.5)
	return c
}

// Clock returns an instant of the forecast as date and time of day.
func (a *ForecastAnswer) Clock(t sim.Time) string { return stock.Clock(a.Start, t) }

// meanOver returns the mean of a metric over futures, as a run has it.
func meanOver(x []float64) float64 {
	t := stats.Tally{}
	for _, v := range x {
		t.Add(v)
	}
	return t.Mean
}
