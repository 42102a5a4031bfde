package plots

import (
	"encoding/csv"
	"fmt"
	"math"
	"math/rand/v2"
	"os"
	"slices"
	"strconv"
	"testing"

	"oxysim/model"
	"oxysim/scenarios"
	"oxysim/sim"
	"oxysim/sim/stats"
	"oxysim/study"
)

// fake makes answers of any size about hospitals of Malawi, without simulating.
type fake struct {
	*rand.Rand
	names []string
	at    [][2]float64
	s     *study.Subject
}

func newFake(t testing.TB, seed uint64) *fake {
	t.Helper()
	f := &fake{Rand: rand.New(rand.NewPCG(seed, 1))}
	file, err := os.Open("testdata/malawi.csv")
	if err != nil {
		t.Fatal(err)
	}
	defer func() { _ = file.Close() }()
	in := csv.NewReader(file)
	in.Comment = '#'
	rows, err := in.ReadAll()
	if err != nil {
		t.Fatal(err)
	}
	for _, r := range rows[1:] {
		lat, _ := strconv.ParseFloat(r[1], 64)
		lon, _ := strconv.ParseFloat(r[2], 64)
		f.names, f.at = append(f.names, r[0]), append(f.at, [2]float64{lat, lon})
	}
	hospitals := map[string]scenarios.Hospital{}
	for i, n := range f.names {
		h := scenarios.Hospital{}
		h.Label = n
		hospitals[f.name(i)] = h
	}
	f.s = &study.Subject{
		Scenario: &scenarios.Scenario{
			Name: "malawi", File: &scenarios.File{Title: "Hospitals of Malawi in an invented network, whose title is as long as titles may be", Hospital: hospitals}, Digest: "0123456789abcdef",
			Config: &model.Config{Start: model.DateOf(2026, 1, 1), Horizon: 365 * sim.Day},
		},
		Called: "malawi.toml", Seed: 1,
	}
	return f
}

func (f *fake) name(i int) string  { return fmt.Sprintf("h%02d", i) }
func (f *fake) thing(i int) string { return "hospital." + f.name(i) }

// n is how many replications all answers are of.
const n = 200

func (f *fake) chance(p float64, several int) study.Probability {
	k := 0
	for range n {
		if f.Float64() < p {
			k++
		}
	}
	return study.Probability{
		Count: k, N: n, Interval: stats.Wilson(k, n, 0.95), Promise: stats.ClopperPearson(k, n, 1-0.05/float64(several)),
	}
}

// spread is how risks differ from hospital to hospital.
type spreadOf func(u float64) float64

var spreads = map[string]spreadOf{
	"all":     func(u float64) float64 { return u },
	"decades": func(u float64) float64 { return math.Pow(10, -3+3*u) },
	"certain": func(float64) float64 { return 1 },
	"never":   func(float64) float64 { return 0 },
	"near":    func(u float64) float64 { return 0.03 + 0.04*u },
}

func (f *fake) riskOf(p float64, several int) study.RiskOf {
	c := f.chance(p, several)
	hours := c.Mean() * 24 * (1 + f.Float64())
	return study.RiskOf{Stockout: c, Hours: hours, Between: stats.Interval{Lo: hours * 0.7, Hi: hours * 1.3}}
}

func (f *fake) risk(hospitals int, spread spreadOf, after string) risk {
	a := &study.Risk{Subject: f.s, After: after, N: n, Confidence: 0.95, Limit: 0.05, Days: 365}
	for i := range hospitals {
		p := spread(f.Float64())
		h := study.RiskHospital{Thing: f.thing(i), Label: f.names[i], Before: f.riskOf(p, hospitals)}
		if after != "" {
			h.After = f.riskOf(p/3, hospitals)
		}
		a.Hospitals = append(a.Hospitals, h)
	}
	slices.SortStableFunc(a.Hospitals, func(x, y study.RiskHospital) int { return y.Before.Stockout.Count - x.Before.Stockout.Count })
	return risk{a}
}

func (f *fake) curve(label string, p float64) study.SurvivalCurve {
	c := study.NewSurvivalCurve(label, n, 0.95)
	for range n {
		if f.Float64() < p {
			c.First = append(c.First, 365*f.Float64())
		}
	}
	slices.Sort(c.First)
	return c
}

func (f *fake) survival(hospitals int, spread spreadOf) survival {
	a := &study.Survival{Subject: f.s, N: n, Confidence: 0.95, Days: 365}
	a.Curves = append(a.Curves, f.curve("anywhere", min(1, 2*spread(f.Float64()))))
	for i := range min(3, hospitals-1) {
		a.Curves = append(a.Curves, f.curve(f.names[i], spread(f.Float64())))
	}
	return survival{a}
}

func (f *fake) stock(spread spreadOf) stock {
	i := f.IntN(len(f.names))
	a := &study.Stock{Subject: f.s, Thing: f.thing(i), Label: f.names[i], Chosen: true, N: n, Step: sim.Day, Pool: sim.Week, End: 365 * sim.Time(sim.Day)}
	level := 40.0
	for week := range 52 {
		a.At = append(a.At, sim.Time(week)*sim.Time(sim.Week))
		level = max(0, level+4*f.NormFloat64())
		for b, q := range study.StockLevels {
			a.Bands[b] = append(a.Bands[b], math.Round(max(0, level+30*(q-0.5))))
		}
		short := spread(f.Float64())
		a.Short, a.Bare = append(a.Short, short), append(a.Bare, min(1, short*1.2))
	}
	a.Lines = []study.StockLine{{What: "counting what is on order, reorder at", Level: 20}}
	a.Shocks = []study.Shock{
		{What: "wet season", From: 0, To: 120 * sim.Time(sim.Day)}, {What: "covid: demand ×3", From: 40 * sim.Time(sim.Day), To: 130 * sim.Time(sim.Day)},
		{What: "road of a long name, which goes far into the country, closed", From: 300 * sim.Time(sim.Day), To: 310 * sim.Time(sim.Day)},
	}
	return stock{a}
}

func (f *fake) cover(hospitals, periods int) cover {
	a := &study.Cover{Subject: f.s, N: n, Each: sim.Week, Left: 1}
	for k := range periods {
		a.From = append(a.From, sim.Time(k)*sim.Time(sim.Week))
	}
	for i := range hospitals {
		h := study.CoverHospital{Thing: f.thing(i), Label: f.names[i]}
		level := 10 * f.Float64()
		for range periods {
			level = max(0, level+f.NormFloat64())
			h.Median, h.Low, h.Short = append(h.Median, level), append(h.Low, level/2), append(h.Short, f.Float64())
		}
		h.Worst = slices.Index(h.Low, slices.Min(h.Low))
		a.Hospitals = append(a.Hospitals, h)
	}
	return cover{a}
}

func (f *fake) cylinders() cylinders {
	a := &study.Cylinders{Subject: f.s, N: n, Step: 2 * sim.Day, Turns: true}
	for day := 0; day < 365; day += 2 {
		a.At = append(a.At, sim.Time(day)*sim.Time(sim.Day))
	}
	keys := []string{"at_plants_full", "outbound", "at_hospitals_full", "in_use", "at_hospitals_empty", "inbound", "at_plants_empty", "filling"}
	for i, k := range keys {
		p := study.CylinderPart{Key: k, What: []string{"full at plants", "full on the road", "full at hospitals", "in use", "empty at hospitals", "empty on the road", "empty at plants", "being filled"}[i]}
		level := 60 * f.Float64() * f.Float64()
		for range a.At {
			level = max(0, level+f.NormFloat64())
			p.Mean = append(p.Mean, level)
		}
		p.Days = level / 10
		p.Between = stats.Interval{Lo: p.Days * 0.95, Hi: p.Days * 1.05}
		a.Cycle += p.Days
		a.Parts = append(a.Parts, p)
	}
	a.Between = stats.Interval{Lo: a.Cycle * 0.97, Hi: a.Cycle * 1.03}
	return cylinders{a}
}

func (f *fake) gantt(hospitals int) gantt {
	day := sim.Time(sim.Day)
	a := &study.Gantt{Subject: f.s, Replication: 3, From: 40 * day, To: 56 * day, Step: 15 * sim.Minute, Focus: f.names[0], Others: hospitals / 2}
	a.Out = study.GanttSpan{State: study.StateOut, From: 47 * day, To: 47*day + sim.Time(31*sim.Hour)}
	a.Before = []study.Trouble{{Label: "north", State: study.StateShut, Hours: 60}, {Label: "lorry.1", State: study.StateBroken, Hours: 30}, {Label: "Oxygen plant", State: study.StateDark, Hours: 5}}
	add := func(kind, label string, states ...string) {
		t := study.GanttTrack{Kind: kind, Thing: kind + "." + label, Label: label}
		for at := a.From; at < a.To; {
			to := min(a.To, at.Add(sim.Hour*sim.Span(2+f.IntN(30))))
			with := ""
			if kind == "truck" {
				with = f.names[f.IntN(len(f.names))]
			}
			if f.IntN(3) > 0 {
				t.Spans = append(t.Spans, study.GanttSpan{State: states[f.IntN(len(states))], With: with, From: at, To: to})
			}
			at = to
		}
		a.Tracks = append(a.Tracks, t)
	}
	add("plant", "Oxygen plant", study.StateFilling, study.StateIdle, study.StateClosed, study.StateDark, study.StateDown, study.StateNoGas)
	add("road", "north", study.StateShut)
	for i := range 3 {
		add("truck", fmt.Sprintf("lorry.%d", i+1), study.StateDriving, study.StateHandling, study.StateHeld, study.StateBroken, study.StateResting)
	}
	for i := range min(7, hospitals) {
		t := study.GanttTrack{Kind: "hospital", Thing: f.thing(i), Label: f.names[i], Focus: i == 0}
		stock := 20.0
		for range int(a.To.Sub(a.From) / a.Step) {
			if f.IntN(20) == 0 {
				stock = max(0, stock-1)
			}
			if f.IntN(400) == 0 {
				stock = 20
			}
			t.Stock = append(t.Stock, stock)
		}
		t.Spans = []study.GanttSpan{a.Out}
		a.Tracks = append(a.Tracks, t)
	}
	x := &study.Story{Replication: 3, Chain: model.Chain{Hospital: f.thing(0), From: a.Out.From, To: a.Out.To, Waits: []model.Wait{
		{Kind: model.ByRoadShut, Thing: "road.north", From: 45 * day, To: 47*day + sim.Time(31*sim.Hour), Charged: 31 * sim.Hour},
	}}}
	x.Sentence = f.names[0] + ": out of oxygen for 31 h, because truck.lorry.1 left Oxygen plant 2 d late, at d048 12:00, because road.north was closed, which took as long as it did"
	return gantt{a, x, "road closed"}
}

func (f *fake) network(hospitals int, spread spreadOf) network {
	a := &study.Map{Subject: f.s, N: n, Limit: 0.05, Days: 365}
	a.Plants = []study.MapPlace{
		{Thing: "plant.lilongwe", Label: "Lilongwe plant", Lat: -13.98, Lon: 33.78, Filled: 40},
		{Thing: "vendor.blantyre", Label: "Vendor in Blantyre", Lat: -15.8, Lon: 35.02, Vendor: true},
	}
	for i := range hospitals {
		at := f.at[i]
		if i%9 == 1 {
			at = f.at[i-1] // two in one town
		}
		p := f.chance(spread(f.Float64()), hospitals)
		a.Hospitals = append(a.Hospitals, study.MapPlace{
			Thing: f.thing(i), Label: f.names[i], Lat: at[0], Lon: at[1], Stockout: p, Short: p.Mean() * f.Float64() / 2, Need: 5 + 100*f.Float64()*f.Float64(),
		})
		from := a.Plants[i%2]
		a.Roads = append(a.Roads, study.MapRoad{Thing: fmt.Sprintf("road.r%02d", i), From: [2]float64{from.Lat, from.Lon}, To: at, PerWeek: 4 * f.Float64()})
	}
	return network{a}
}

// all returns every figure, for so many hospitals.
func (f *fake) all(hospitals int) map[string]Figure {
	list := map[string]Figure{
		"cover": f.cover(hospitals, 52), "cover-short": f.cover(hospitals, 11), "cylinders": f.cylinders(), "gantt": f.gantt(hospitals),
	}
	for _, name := range []string{"all", "decades", "certain", "never", "near"} {
		list["risk-"+name] = f.risk(hospitals, spreads[name], "")
		list["survival-"+name] = f.survival(hospitals, spreads[name])
		list["stock-"+name] = f.stock(spreads[name])
		list["map-"+name] = f.network(hospitals, spreads[name])
	}
	list["risk-after"] = f.risk(hospitals, spreads["all"], "a second plant in the north and two more lorries")
	return list
}

func (f *fake) style(format string, w Width) Style {
	return Style{Format: format, Width: w, Origin: Origin{Subject: f.s, Replications: "200 replications", Command: "oxysim plot risk malawi.toml -n 200 --set hospital.h00.buffer=45 --set hospital.h01.buffer=45"}}
}
