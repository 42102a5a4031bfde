package study

import (
	"context"
	"math"
	"slices"
	"testing"

	"oxysim/model"
	"oxysim/sim"
)

// looksAt is a small network in which everything happens soon.
func looksAt(t *testing.T, settings ...string) *Subject {
	t.Helper()
	s, problems := Open("district", settings...)
	if len(problems) > 0 {
		t.Fatal(problems)
	}
	return s
}

// fewFutures is how many are simulated where any number will do.
const fewFutures = 6

// A world that is looked at on its way ends as one that is not.
func TestLookingChangesNothing(t *testing.T) {
	s := looksAt(t, "run.horizon=60 d")
	w, err := s.walker()
	if err != nil {
		t.Fatal(err)
	}
	plain := slices.Clone(s.NewWorld().Run(s.Seed, 3))
	at, _ := instantsBetween(0, sim.Time(s.Config.Horizon), 2000)
	walkThrough(w, s.Seed, 3, at, func(int) {
		for h := range s.Config.Hospitals {
			w.OnHand(h)
			w.Bare(h)
			w.Short(h)
			w.HoursShort(h)
			w.DaysOfCover(h)
		}
		for stage := range model.Condemned + 1 {
			w.InStage(stage)
		}
		for i := range s.Config.Plants {
			w.Machines(i)
			w.Powered(i)
			w.Binding(i)
		}
		for i := range s.Config.Trucks {
			w.Doing(i)
		}
		for i := range s.Config.Links {
			w.Closed(i)
		}
	})
	for i, x := range w.Outcome() {
		if x != plain[i] {
			t.Errorf("%s is %v after looking, want %v", w.Metrics()[i].Name, x, plain[i])
		}
	}
}

// A figure and a run tell the same of the same replications.
func TestRiskIsWhatARunTells(t *testing.T) {
	s := looksAt(t, "run.horizon=130 d")
	r, err := NewRun(s, 0, fewFutures, Precision{})
	if err != nil {
		t.Fatal(err)
	}
	if err := r.Simulate(context.Background(), 0, nil, nil); err != nil {
		t.Fatal(err)
	}
	answer := r.Answer()
	q := RiskQuestion{Subject: s, N: fewFutures}
	a, err := q.Answer(context.Background(), NewWork(s))
	if err != nil {
		t.Fatal(err)
	}
	if len(a.Hospitals) != len(answer.Judged) {
		t.Fatalf("got %d hospitals, want %d", len(a.Hospitals), len(answer.Judged))
	}
	for i := range a.Hospitals {
		h, j := &a.Hospitals[i], &answer.Judged[i]
		if h.Thing != j.Thing {
			t.Errorf("place %d: got %s, want %s", i, h.Thing, j.Thing)
			continue
		}
		p := h.Before.Stockout
		if p.Mean() != j.Estimate.Mean || p.Interval != j.Estimate.Interval || p.Promise != j.Promise || p.Against(a.Limit) != j.Verdict {
			t.Errorf("%s: got %+v, %v; want %+v, %v", h.Thing, p, p.Against(a.Limit), j, j.Verdict)
		}
		if hours := answer.Estimate(h.Thing + ".stockout_hours"); math.Abs(h.Before.Hours-hours.Mean) > 1e-9*(1+hours.Mean) {
			t.Errorf("%s: got %v hours, want %v", h.Thing, h.Before.Hours, hours.Mean)
		}
	}
}

// What is left on a curve at the end is what had no stockout.
func TestSurvivalEndsAsTheIndicator(t *testing.T) {
	s := looksAt(t, "run.horizon=130 d")
	risk := RiskQuestion{Subject: s, N: fewFutures}
	k := NewWork(s)
	r, err := risk.Answer(context.Background(), k)
	if err != nil {
		t.Fatal(err)
	}
	for i := range r.Hospitals {
		h := &r.Hospitals[i]
		q := SurvivalQuestion{Subject: s, Hospital: h.Thing, N: fewFutures}
		a, err := q.Answer(context.Background(), k)
		if err != nil {
			t.Fatal(err)
		}
		c := &a.Curves[0]
		if left := c.Left(a.Days); left != fewFutures-h.Before.Stockout.Count {
			t.Errorf("%s: %d are left, want %d", h.Thing, left, fewFutures-h.Before.Stockout.Count)
		}
		for day := 1.0; day < a.Days; day++ {
			if c.Left(day) > c.Left(day-1) {
				t.Errorf("%s: more are left on day %v than before", h.Thing, day)
			}
		}
	}
}

// Bands contain each other, and shares are shares; a stock that is not pooled is
// at the start what the scenario says.
func TestBandsOfStockContainEachOther(t *testing.T) {
	s := looksAt(t, "run.horizon=130 d")
	for _, days := range []sim.Span{0, 20 * sim.Day} {
		q := StockQuestion{Subject: s, Days: days, N: fewFutures}
		a, err := q.Answer(context.Background(), NewWork(s))
		if err != nil {
			t.Fatal(err)
		}
		for i := range a.At {
			for b := 1; b < len(StockLevels); b++ {
				if a.Bands[b][i] < a.Bands[b-1][i] {
					t.Errorf("instant %d: quantile %v is below quantile %v", i, StockLevels[b], StockLevels[b-1])
				}
			}
			if a.Short[i] < 0 || a.Short[i] > 1 || a.Bare[i] < 0 || a.Bare[i] > 1 {
				t.Errorf("instant %d: shares %v and %v", i, a.Short[i], a.Bare[i])
			}
		}
		h, _ := s.hospitalIndex(a.Thing)
		if want := float64(s.Config.Hospitals[h].Lines[0].Full); days > 0 && a.Bands[len(StockLevels)-1][0] > want {
			t.Errorf("%s begins with up to %v, want %v at most", a.Thing, a.Bands[len(StockLevels)-1][0], want)
		}
		if a.Pool < a.Step || len(a.At) > mostInstants || days == 0 && len(a.At) > mostPools {
			t.Errorf("%d times of %v, looked at every %v", len(a.At), a.Pool, a.Step)
		}
	}
}

// The days of cover that are counted at midnights are those of the metric.
func TestCoverIsThatOfTheMetric(t *testing.T) {
	s := looksAt(t, "run.horizon=70 d")
	const replication = 0
	q := CoverQuestion{Subject: s, N: 1}
	a, err := q.Answer(context.Background(), NewWork(s))
	if err != nil {
		t.Fatal(err)
	}
	w := s.NewWorld()
	values := w.Run(s.Seed, replication)
	for i := range a.Hospitals {
		h := &a.Hospitals[i]
		at, err := places(w.Metrics(), []string{h.Thing + ".cover_days", h.Thing + ".stockout"})
		if err != nil {
			t.Fatal(err)
		}
		// Ten whole weeks: the mean of their means is the mean.
		if got, want := sumOf(h.Median)/float64(len(h.Median)), values[at[0]]; len(h.Median) != 10 || math.Abs(got-want) > 1e-9 {
			t.Errorf("%s: got %v days in %d weeks, want %v", h.Thing, got, len(h.Median), want)
		}
		if got, want := slices.Max(h.Short), values[at[1]]; got != want {
			t.Errorf("%s: a stockout in some week: got %v, want %v", h.Thing, got, want)
		}
	}
}

// Every cylinder is somewhere, and a turn is the sum of its parts.
func TestPartsAreTheWholeFleet(t *testing.T) {
	s := looksAt(t, "run.horizon=60 d", "cylinder.J.loss_per_year=0 %", "cylinder.J.test_every=0 d")
	q := CylindersQuestion{Subject: s, N: 4}
	a, err := q.Answer(context.Background(), NewWork(s))
	if err != nil {
		t.Fatal(err)
	}
	fleet := 0
	for _, f := range Fleets(s.Config) {
		fleet += f.Count
	}
	days := 0.0
	for _, p := range a.Parts {
		days += p.Days
	}
	for i := range a.At {
		sum := 0.0
		for _, p := range a.Parts {
			sum += p.Mean[i]
		}
		if math.Abs(sum-float64(fleet)) > 1e-6 {
			t.Errorf("day %v: %v cylinders, want %d", a.At[i].Sub(0).Days(), sum, fleet)
		}
	}
	if math.Abs(days-a.Cycle) > 1e-9*a.Cycle || !a.Between.Contains(a.Cycle) {
		t.Errorf("a turn takes %v days (%v), its parts %v", a.Cycle, a.Between, days)
	}
}

// Stockouts that are seen by looking every few minutes last as long as those that
// are counted, but for the time between looks at both ends of each.
func TestGanttSeesAllStockouts(t *testing.T) {
	s := looksAt(t, "run.horizon=20 d", "hospital.riverside.buffer=2", "hospital.riverside.supply.reorder_at=1")
	q := GanttQuestion{Subject: s, Replication: 1, Days: 20 * sim.Day, N: 1}
	a, err := q.Answer(context.Background(), NewWork(s))
	if err != nil {
		t.Fatal(err)
	}
	if a.From != 0 || a.To != sim.Time(s.Config.Horizon) {
		t.Fatalf("it shows %v to %v", a.From, a.To)
	}
	w := s.NewWorld()
	values := w.Run(s.Seed, a.Replication)
	seen := 0
	for i := range a.Tracks {
		x := &a.Tracks[i]
		if x.Kind != "hospital" {
			continue
		}
		seen++
		at, err := places(w.Metrics(), []string{x.Thing + ".stockout_hours", x.Thing + ".stockouts"})
		if err != nil {
			t.Fatal(err)
		}
		slack := (values[at[1]] + 1) * a.Step.Hours()
		if got := x.hours(a.From, a.To, StateOut); math.Abs(got-values[at[0]]) > slack {
			t.Errorf("%s: got %v hours, want %v within %v", x.Thing, got, values[at[0]], slack)
		}
	}
	if seen == 0 {
		t.Error("no hospital is shown")
	}
}

// Two places on a map have coordinates, or there is none.
func TestMapWantsCoordinates(t *testing.T) {
	s, problems := Open("one-cylinder")
	if len(problems) > 0 {
		t.Fatal(problems)
	}
	q := MapQuestion{Subject: s, N: 1}
	if _, err := q.Answer(context.Background(), NewWork(s)); err == nil {
		t.Error("got a map of places without coordinates")
	}
}

func TestInstants(t *testing.T) {
	for _, x := range []struct {
		days float64
		most int
	}{{0.01, 400}, {1, 400}, {76, 400}, {365, 400}, {3650, 400}, {40000, 400}, {7, 3}} {
		end := sim.Time(x.days * float64(sim.Day))
		at, step := instantsBetween(0, end, x.most)
		if len(at) < 2 || len(at) > x.most || at[0] != 0 || at[len(at)-1] > end || end.Sub(at[len(at)-1]) >= step {
			t.Errorf("%v days, %d at most: got %d from %v to %v every %v", x.days, x.most, len(at), at[0], at[len(at)-1], step)
		}
	}
}

// Around a stockout in a country of three plants, what is shown belongs to the
// plant of the hospital in focus: neither roads nor hospitals elsewhere.
func TestGanttShowsWhatBelongsToTheHospital(t *testing.T) {
	s, problems := Open("malawi-80")
	if len(problems) > 0 {
		t.Fatal(problems)
	}
	q := GanttQuestion{Subject: s, Hospital: "hospital.st-martin", Replication: 0, N: 1}
	a, err := q.Answer(context.Background(), NewWork(s))
	if err != nil {
		t.Fatal(err)
	}
	w, err := s.walker()
	if err != nil {
		t.Fatal(err)
	}
	c := s.Config
	plant := slices.IndexFunc(c.Plants, func(p model.Plant) bool { return p.Name == "plant.blantyre" })
	reached := map[string]bool{}
	for h := range c.Hospitals {
		at := plant
		for _, l := range w.Way(plant, len(c.Plants)+h) {
			if from, to := c.Links[l].From, c.Links[l].To; at == from {
				at = to
			} else if at == to {
				at = from
			} else {
				t.Fatalf("the way to %s goes over %s, which does not begin where it is", c.Hospitals[h].Name, c.Links[l].Name)
			}
			reached["road."+c.Links[l].Name] = true
		}
		if at == len(c.Plants)+h {
			reached[c.Hospitals[h].Name] = true
		}
	}
	roads := 0
	for _, x := range a.Tracks {
		switch x.Kind {
		case "road":
			roads++
			fallthrough
		case "hospital":
			if !reached[x.Thing] {
				t.Errorf("%s is shown, which no way from Blantyre reaches", x.Thing)
			}
		}
	}
	if roads == 0 || len(reached) < 40 {
		t.Errorf("got %d roads shown and %d things reached", roads, len(reached))
	}
}
