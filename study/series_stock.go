package study

import (
	"cmp"
	"context"
	"fmt"
	"maps"
	"slices"
	"strings"

	"oxysim/model"
	"oxysim/sim"
)

// StockQuestion asks how many full cylinders a hospital has, day by day.
type StockQuestion struct {
	Subject  *Subject
	Hospital string   // dotted; "" for the one that is without oxygen longest
	Days     sim.Span // from the beginning on; 0 for all
	N        int
}

// Stock is its answer.
type Stock struct {
	Subject  *Subject
	Thing    string // the hospital, dotted
	Label    string
	Chosen   bool // nobody named it
	N        int
	Step     sim.Span                    // how often it is looked at
	Pool     sim.Span                    // what is seen in so long a time is taken together
	At       []sim.Time                  // the beginnings of these times
	Bands    [len(StockLevels)][]float64 // quantiles of the full cylinders on hand, by level and time
	Bare     []float64                   // share of what was seen with a type not on hand, by time
	Short    []float64                   // with a stockout
	End      sim.Time
	Lines    []StockLine
	Shocks   []Shock
	Capacity float64 // the most it is ordered up to; 0 if unknown
}

// StockLevels are the quantiles that are computed: the ends of the bands that
// hold 90, 80 and 50 %, and the median.
var StockLevels = [...]float64{0.05, 0.10, 0.25, 0.5, 0.75, 0.90, 0.95}

// StockLine is a stock that decides something.
type StockLine struct {
	What  string
	Level float64
}

// Shock is something out of the ordinary that the scenario has foreseen.
type Shock struct {
	What     string
	From, To sim.Time
}

// mostInstants is how often a series is looked at: enough for a figure.
const mostInstants = 400

// mostPools is how many times are told apart in a fan: with more, it is noise.
const mostPools = 110

// Answer simulates.
func (q *StockQuestion) Answer(ctx context.Context, k *Work) (*Stock, error) {
	s := q.Subject
	a := &Stock{Subject: s, Thing: q.Hospital, N: q.N}
	if a.Thing == "" {
		a.Chosen = true
		var err error
		if a.Thing, err = worstHospital(ctx, k, s, q.N); err != nil {
			return nil, err
		}
	}
	h, err := s.hospitalIndex(a.Thing)
	if err != nil {
		return nil, err
	}
	if len(s.Config.Hospitals[h].Lines) == 0 {
		return nil, unfit("%s keeps no cylinders: there is no stock to show", a.Thing)
	}
	a.Label = s.Label(a.Thing)
	begin, end := s.begins(), sim.Time(s.Config.Horizon)
	if q.Days > 0 {
		end = min(end, begin.Add(q.Days))
	}
	seen, step := instantsBetween(begin, end-1, mostInstants)
	a.Step, a.Pool = step, step
	for _, pool := range []sim.Span{sim.Day, sim.Week, 4 * sim.Week, 52 * sim.Week} {
		if len(seen) > mostPools && int(end.Sub(begin)/a.Pool) > mostPools && pool%step == 0 {
			a.Pool = pool
		}
	}
	perPool := int(a.Pool / step)
	const each = 3
	rows, err := gatherLooks(ctx, k, fmt.Sprintf("stock of %s until %v", a.Thing, end), s, seen, each, q.N, []string{a.Thing}, func(w *model.World, into []float64) {
		into[0], into[1], into[2] = float64(w.OnHand(h)), oneIf(w.Bare(h)), oneIf(w.Short(h))
	})
	if err != nil {
		return nil, err
	}
	for i := 0; i < len(seen) && (i == 0 || 2*(len(seen)-i) >= perPool); i += perPool {
		var hand []float64
		bare, short := 0, 0
		until := i + perPool
		if 2*(len(seen)-until) < perPool {
			until = len(seen) // what is left is too little to stand alone
		}
		for k := i; k < until; k++ {
			hand = append(hand, sortedColumn(rows, each*k)...)
			bare += timesSeen(rows, each*k+1)
			short += timesSeen(rows, each*k+2)
		}
		slices.Sort(hand)
		for b, level := range StockLevels {
			a.Bands[b] = append(a.Bands[b], quantileOf(hand, level))
		}
		a.At = append(a.At, seen[i])
		a.Bare = append(a.Bare, float64(bare)/float64(len(hand)))
		a.Short = append(a.Short, float64(short)/float64(len(hand)))
	}
	a.End = end
	a.lines(h)
	a.Shocks = s.shocks(a.Thing, begin, end)
	return a, nil
}

func oneIf(x bool) float64 {
	if x {
		return 1
	}
	return 0
}

// lines finds the levels that decide something, if it keeps one type.
func (a *Stock) lines(h int) {
	c := &a.Subject.Config.Hospitals[h]
	if len(c.Lines) != 1 || c.Lines[0].Supply == nil {
		return
	}
	p := &c.Lines[0].Supply.Policy
	a.Capacity = float64(p.UpTo)
	switch p.Kind {
	case model.OrderUpTo, model.OrderLot, model.Collect:
		a.Lines = append(a.Lines, StockLine{"counting what is on order, reorder at", float64(p.Point)})
	case model.DaysOfCover:
		w := model.New(a.Subject.Config)
		a.Lines = append(a.Lines, StockLine{fmt.Sprintf("counting what is on order, reorder at %g days of cover:", p.Cover), p.Cover * w.MeanUse(h, c.Lines[0].Type)})
	}
}

// shocks returns what the scenario has foreseen out of the ordinary that
// concerns a hospital or its roads, between two instants, the earliest first.
func (s *Subject) shocks(thing string, from, to sim.Time) (list []Shock) {
	add := func(what string, a, b sim.Time) {
		if a, b = max(a, from), min(b, to); a < b {
			list = append(list, Shock{what, a, b})
		}
	}
	_, name, _ := strings.Cut(thing, ".")
	h := s.File.Hospital[name]
	var profiles []string
	for _, n := range slices.Sorted(maps.Keys(h.Cylinders)) {
		profiles = append(profiles, h.Cylinders[n].Profile)
	}
	for _, n := range slices.Sorted(maps.Keys(h.Patients)) {
		profiles = append(profiles, h.Patients[n].Profile)
	}
	for _, n := range slices.Sorted(maps.Keys(h.Flow)) {
		profiles = append(profiles, h.Flow[n].Profile)
	}
	slices.Sort(profiles)
	for _, p := range slices.Compact(profiles) {
		for _, n := range slices.Sorted(maps.Keys(s.File.Profile[p].Surge)) {
			g := s.File.Profile[p].Surge[n]
			begin := sim.Time(g.From.Seconds())
			add(fmt.Sprintf("%s: demand ×%g", n, g.Factor.Float()), begin, begin.Add(sim.Span(g.Rise.Seconds()+g.Hold.Seconds()+g.Fall.Seconds())))
		}
	}
	for i := range s.Config.Links {
		l := &s.Config.Links[i]
		for j := range l.Closures {
			for _, d := range l.Closures[j].Dated {
				add("road "+l.Name+" closed", sim.Time(d.From), sim.Time(d.To))
			}
		}
	}
	for _, n := range slices.Sorted(maps.Keys(s.File.Weather)) {
		s.seasons(n, add)
	}
	slices.SortStableFunc(list, func(a, b Shock) int { return cmp.Or(cmp.Compare(a.From, b.From), cmp.Compare(a.To, b.To)) })
	return list
}

// seasons adds the parts of the run in which a weather has wet days, if it has
// none in others.
func (s *Subject) seasons(weather string, add func(what string, from, to sim.Time)) {
	for i := range s.Config.Weathers {
		w := &s.Config.Weathers[i]
		if w.Name != weather || !slices.Contains(w.Wet, 0) {
			continue
		}
		begin := -1
		for day := range len(w.Wet) + 1 {
			wet := day < len(w.Wet) && w.Wet[day] > 0
			if wet && begin < 0 {
				begin = day
			}
			if !wet && begin >= 0 {
				add("wet season", sim.Time(begin)*sim.Time(sim.Day), sim.Time(day)*sim.Time(sim.Day))
				begin = -1
			}
		}
	}
}
