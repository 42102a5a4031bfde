package study

import (
	"context"
	"math"

	"oxysim/model"
	"oxysim/sim"
	"oxysim/sim/stats"
)

// CylindersQuestion asks where the fleet of cylinders is, and how long a
// cylinder spends where in one turn.
type CylindersQuestion struct {
	Subject *Subject
	N       int
}

// Cylinders is its answer.
type Cylinders struct {
	Subject *Subject
	N       int
	At      []sim.Time
	Step    sim.Span
	Parts   []CylinderPart // in the order of a cylinder's life, from full at plants on
	Cycle   float64        // days for one turn; +Inf if none is filled
	Between stats.Interval // for that
	Turns   bool           // cylinders are filled, so that a turn takes a time
}

// CylinderPart is a part of a cylinder's life.
type CylinderPart struct {
	Key     string // of the metric, without "fleet_"
	What    string
	Mean    []float64 // cylinders, over replications, by instant
	Days    float64   // of one turn; by Little's law
	Between stats.Interval
	stages  []model.Stage
}

// cylinderParts are the parts of a cylinder's life.
var cylinderParts = []CylinderPart{
	{Key: "at_plants_full", What: "full at plants", stages: []model.Stage{model.FullAtPlant}},
	{Key: "outbound", What: "full on the road", stages: []model.Stage{model.FullOnTruck, model.FullInParcel}},
	{Key: "at_hospitals_full", What: "full at hospitals", stages: []model.Stage{model.FullAtHospital}},
	{Key: "in_use", What: "in use", stages: []model.Stage{model.InUse}},
	{Key: "at_hospitals_empty", What: "empty at hospitals", stages: []model.Stage{model.EmptyAtHospital}},
	{Key: "inbound", What: "empty on the road", stages: []model.Stage{model.EmptyOnTruck, model.EmptyInParcel}},
	{Key: "at_plants_empty", What: "empty at plants", stages: []model.Stage{model.EmptyAtPlant, model.AtTest}},
	{Key: "filling", What: "being filled", stages: []model.Stage{model.Filling, model.Inspecting}},
}

// Answer simulates.
func (q *CylindersQuestion) Answer(ctx context.Context, k *Work) (*Cylinders, error) {
	s := q.Subject
	a := &Cylinders{Subject: s, N: q.N}
	for _, f := range Fleets(s.Config) {
		a.Turns = a.Turns || f.Count > 0
	}
	if !a.Turns {
		return nil, unfit("the scenario has no cylinders: there is no fleet to show")
	}
	parts := len(cylinderParts)
	a.At, a.Step = instantsBetween(s.begins(), sim.Time(s.Config.Horizon), mostInstants/2)
	metrics := []string{"network.filled"}
	for _, p := range cylinderParts {
		metrics = append(metrics, "network.fleet_"+p.Key)
	}
	series := len(a.At) * parts
	w, err := s.walker()
	if err != nil {
		return nil, err
	}
	pick, err := places(w.Metrics(), metrics)
	if err != nil {
		return nil, err
	}
	end := sim.Time(s.Config.Horizon)
	rows, err := gather(ctx, k, Stage{Name: "where cylinders are", Title: "futures", N: q.N, Width: series + len(metrics)},
		func() *model.World { w, _ := s.walker(); return w },
		func(w *model.World, replication int, row []float64) error {
			clear(row)
			walkThrough(w, s.Seed, replication, a.At, func(i int) {
				for j, p := range cylinderParts {
					for _, stage := range p.stages {
						row[i*parts+j] += float64(w.InStage(stage))
					}
				}
			})
			w.RunTo(end)
			values := w.Outcome()
			for i, at := range pick {
				row[series+i] = values[at]
			}
			return nil
		})
	if err != nil {
		return nil, err
	}
	mean := columnMeans(rows)
	confidence := s.File.Run.Confidence.Fraction()
	var cycle stats.RatioTally
	a.Parts = append(a.Parts, cylinderParts...)
	for j := range a.Parts {
		p := &a.Parts[j]
		var turn stats.RatioTally
		for i := range a.At {
			p.Mean = append(p.Mean, mean[i*parts+j])
		}
		for _, r := range rows {
			turn.Add(r[series+1+j]*s.kept(), r[series])
		}
		p.Days, p.Between = perFill(turn, confidence)
	}
	for _, r := range rows {
		all := 0.0
		for _, x := range r[series+1:] {
			all += x
		}
		cycle.Add(all*s.kept(), r[series])
	}
	a.Cycle, a.Between = perFill(cycle, confidence)
	a.Turns = !math.IsInf(a.Cycle, 0)
	return a, nil
}

// perFill returns cylinder-days over fills, +Inf if there were none.
func perFill(r stats.RatioTally, confidence float64) (float64, stats.Interval) {
	if r.Below <= 0 {
		return math.Inf(1), stats.Interval{Lo: 0, Hi: math.Inf(1)}
	}
	in, _ := r.Interval(confidence)
	in.Lo = max(in.Lo, 0)
	return r.Ratio(), in
}
