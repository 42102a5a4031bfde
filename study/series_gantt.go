package study

import (
	"cmp"
	"context"
	"slices"
	"strings"

	"oxysim/model"
	"oxysim/sim"
)

// GanttQuestion asks what plants, roads, trucks and hospitals did around a
// stockout, in one replication.
type GanttQuestion struct {
	Subject     *Subject
	Hospital    string   // dotted; "" for the one with the longest stockout
	Replication int      // or -1 for the first with a stockout
	Days        sim.Span // length of what is shown; 0 for what the stockout needs
	N           int      // how many replications are looked through for one
}

// Gantt is its answer.
type Gantt struct {
	Subject     *Subject
	Replication int
	From, To    sim.Time
	Step        sim.Span     // states are looked at so often
	Tracks      []GanttTrack // plants, then roads, trucks and hospitals
	Focus       string       // label of the hospital whose longest stockout it is about; "" if there is none
	Out         GanttSpan    // that stockout
	Before      []Trouble    // in the week before it, the longest first
	Others      int          // hospitals with a stockout in the time shown that are not shown, wherever they are
}

// GanttTrack is what one thing did.
type GanttTrack struct {
	Kind         string // plant, road, truck or hospital
	Thing, Label string
	Spans        []GanttSpan // of the states that have a name, in order
	Stock        []float64   // of a hospital: full cylinders on hand, at each step; nil if it keeps none
	Focus        bool        // it is the hospital in focus
}

// GanttSpan is a time in a state.
type GanttSpan struct {
	State    string
	With     string // label of the hospital that a truck drives to
	From, To sim.Time
}

// Trouble is for how long something was in a state that may cause a stockout.
type Trouble struct {
	Label, State string
	Hours        float64
}

// States that a track may have.
const (
	StateFilling  = "filling"
	StateIdle     = "no empties"
	StateClosed   = "closed"
	StateDark     = "no power"
	StateDown     = "machines down"
	StateNoGas    = "no gas"
	StateShut     = "road closed"
	StateDriving  = "driving"
	StateHandling = "loading, unloading"
	StateHeld     = "held up"
	StateResting  = "resting"
	StateBroken   = "broken down"
	StateOut      = "stockout"
)

// troubles are the states that keep oxygen from coming.
var troubles = []string{StateDark, StateDown, StateNoGas, StateShut, StateHeld, StateBroken}

// How much is shown of each kind, and how often it is looked at.
const (
	ganttPlants    = 3
	ganttRoads     = 4
	ganttTrucks    = 6
	ganttHospitals = 7
	ganttInstants  = 2500
	ganttBefore    = sim.Week // the time before a stockout in which causes are looked for
	ganttLongest   = 4 * sim.Week
)

// Answer simulates. It looks at one replication only.
func (q *GanttQuestion) Answer(ctx context.Context, k *Work) (*Gantt, error) {
	s := q.Subject
	a := &Gantt{Subject: s, Replication: q.Replication}
	things := s.users()
	if q.Hospital != "" {
		things = []string{q.Hospital}
	}
	if a.Replication < 0 {
		a.Replication = 0
		rows, err := gatherMetrics(ctx, k, "stockouts of "+strings.Join(things, ", "), []*Subject{s}, metricsOf(things, "stockout"), q.N)
		if err != nil {
			return nil, err
		}
		if first := slices.IndexFunc(rows, func(r []float64) bool { return slices.Max(r) > 0 }); first >= 0 {
			a.Replication = first
		}
	}
	w, err := s.walker()
	if err != nil {
		return nil, err
	}
	focus := a.find(w, s, things)
	a.frame(q, focus)
	a.track(w, focus)
	return a, nil
}

// find returns the hospital with the longest stockout, and notes that; if there
// is none, the first.
func (a *Gantt) find(w *model.World, s *Subject, things []string) (focus int) {
	index := make([]int, len(things))
	begun := make([]sim.Time, len(things))
	for i, t := range things {
		index[i], _ = s.hospitalIndex(t)
		begun[i] = -1
	}
	at, _ := instantsBetween(s.begins(), sim.Time(s.Config.Horizon), 10000)
	focus = index[0]
	walkThrough(w, s.Seed, a.Replication, at, func(i int) {
		for j, h := range index {
			short := w.Short(h)
			if short && begun[j] < 0 {
				begun[j] = at[i]
			}
			if begun[j] >= 0 && (!short || i == len(at)-1) {
				if lasts := at[i].Sub(begun[j]); lasts > a.Out.To.Sub(a.Out.From) {
					a.Out, focus = GanttSpan{State: StateOut, From: begun[j], To: at[i]}, h
				}
				begun[j] = -1
			}
		}
	})
	if a.Out.To > a.Out.From {
		a.Focus = s.Label(s.Config.Hospitals[focus].Name)
	}
	return focus
}

// frame decides what time is shown: the stockout with the week before it, a day
// after it, and no more than four weeks; or as much as is asked for.
func (a *Gantt) frame(q *GanttQuestion, focus int) {
	s := q.Subject
	begin, end := s.begins(), sim.Time(s.Config.Horizon)
	a.From = max(begin, a.Out.From.Add(-ganttBefore))
	a.To = min(end, a.Out.To.Add(sim.Day), a.From.Add(ganttLongest))
	length := max(a.To.Sub(a.From), min(2*ganttBefore, end.Sub(begin)))
	if q.Days > 0 {
		length = q.Days
	}
	a.To = min(end, a.From.Add(length))
	a.From = max(begin, min(a.From, a.To.Add(-length)))
	a.Step = max(5*sim.Minute, a.To.Sub(a.From)/ganttInstants/(5*sim.Minute)*(5*sim.Minute))
}

// track looks at everything, and keeps what is to be shown.
func (a *Gantt) track(w *model.World, focus int) {
	s := a.Subject
	c := s.Config
	var at []sim.Time
	for t := a.From; t < a.To; t = t.Add(a.Step) {
		at = append(at, t)
	}
	plants, roads, trucks, hospitals := make([]GanttTrack, len(c.Plants)), make([]GanttTrack, len(c.Links)), make([]GanttTrack, len(c.Trucks)), make([]GanttTrack, len(c.Hospitals))
	for i := range c.Plants {
		plants[i] = GanttTrack{Kind: "plant", Thing: c.Plants[i].Name, Label: s.Label(c.Plants[i].Name)}
	}
	for i := range c.Links {
		roads[i] = GanttTrack{Kind: "road", Thing: "road." + c.Links[i].Name, Label: c.Links[i].Name}
	}
	for i := range c.Trucks {
		trucks[i] = GanttTrack{Kind: "truck", Thing: c.Trucks[i].Name, Label: strings.TrimPrefix(c.Trucks[i].Name, "truck.")}
	}
	for i := range c.Hospitals {
		hospitals[i] = GanttTrack{Kind: "hospital", Thing: c.Hospitals[i].Name, Label: s.Label(c.Hospitals[i].Name), Focus: a.Focus != "" && i == focus}
	}
	walkThrough(w, s.Seed, a.Replication, at, func(k int) {
		now := at[k]
		until := min(now.Add(a.Step), a.To)
		for i := range plants {
			plants[i].is(now, until, plantState(w, c, i), "")
		}
		for i := range roads {
			state := ""
			if len(c.Links[i].Closures) > 0 && w.Closed(i) {
				state = StateShut
			}
			roads[i].is(now, until, state, "")
		}
		for i := range trucks {
			what, h := w.Doing(i)
			with := ""
			if h != model.None {
				with = hospitals[h].Label
			}
			trucks[i].is(now, until, truckStates[what], with)
		}
		for i := range hospitals {
			state := ""
			if w.Short(i) {
				state = StateOut
			}
			hospitals[i].is(now, until, state, "")
			if len(c.Hospitals[i].Lines) > 0 {
				hospitals[i].Stock = append(hospitals[i].Stock, float64(w.OnHand(i)))
			}
		}
	})
	a.keep(w, focus, plants, roads, trucks, hospitals)
}

// truckStates are the states of a truck by what it does.
var truckStates = map[string]string{
	"driving": StateDriving, "held": StateHeld, "resting": StateResting, "broken": StateBroken,
	"docking": StateHandling, "loading": StateHandling, "unloading": StateHandling, "emptying": StateHandling, "handing in": StateHandling, "collecting": StateHandling,
}

// plantState returns what a plant does.
func plantState(w *model.World, c *model.Config, i int) string {
	p := &c.Plants[i]
	if p.Make != nil {
		if run, should := w.Machines(i); run == 0 && should > 0 {
			return StateDown
		}
	}
	if !w.Powered(i) {
		return StateDark
	}
	if p.Fill == nil {
		return ""
	}
	switch binds, filling := w.Binding(i); {
	case filling > 0 && (binds == model.PlantFlow || binds == model.Outage):
		return StateNoGas
	case filling > 0:
		return StateFilling
	case binds == model.Empties:
		return StateIdle
	case binds == model.Shift:
		return StateClosed
	case binds == model.PowerCut:
		return StateDark
	default:
		return StateNoGas
	}
}

// is notes that the track is in a state for a while.
func (t *GanttTrack) is(from, to sim.Time, state, with string) {
	if state == "" {
		return
	}
	if n := len(t.Spans); n > 0 {
		if last := &t.Spans[n-1]; last.To == from && last.State == state && last.With == with {
			last.To = to
			return
		}
	}
	t.Spans = append(t.Spans, GanttSpan{state, with, from, to})
}

// hours returns for how long the track is in some states between two instants.
func (t *GanttTrack) hours(from, to sim.Time, states ...string) (sum float64) {
	for _, x := range t.Spans {
		if slices.Contains(states, x.State) {
			sum += max(0, min(x.To, to).Sub(max(x.From, from)).Hours())
		}
	}
	return sum
}

// keep keeps of each kind what has most to do with the hospital in focus, and
// finds what was wrong before its stockout.
func (a *Gantt) keep(w *model.World, focus int, plants, roads, trucks, hospitals []GanttTrack) {
	c := a.Subject.Config
	mine := map[int]bool{} // plants that supply it
	for _, l := range c.Hospitals[focus].Lines {
		if l.Supply != nil {
			mine[l.Supply.Plant] = true
		}
	}
	if p := c.Hospitals[focus].Pipe; p != nil {
		mine[p.Plant] = true
	}
	a.add(plants, ganttPlants, func(i int) float64 {
		if c.Plants[i].Make == nil && c.Plants[i].Fill == nil || !mine[i] && len(mine) > 0 {
			return 0
		}
		return 1
	})
	ways, near := a.ways(w, focus, mine)
	a.add(roads, ganttRoads, func(i int) float64 {
		switch hours := roads[i].hours(a.From, a.To, StateShut); {
		case hours > 0 && ways[i]:
			return 1e6 + hours
		case near[i]:
			return hours
		}
		return 0
	})
	a.add(trucks, ganttTrucks, func(i int) float64 {
		if home := c.Trucks[i].Home; !mine[home] && home != len(c.Plants)+focus && len(mine) > 0 {
			return 0
		}
		return 1
	})
	a.add(hospitals, ganttHospitals, func(i int) float64 {
		switch out := hospitals[i].hours(a.From, a.To, StateOut); {
		case i == focus:
			return 1e9 // before all others
		case suppliedBy(&c.Hospitals[i], mine) || len(mine) == 0:
			return out
		}
		return 0
	})
	shown := map[string]bool{}
	for i := range a.Tracks {
		t := &a.Tracks[i]
		shown[t.Thing] = true
		if t.Kind == "hospital" || a.Focus == "" {
			continue
		}
		for _, state := range troubles {
			if hours := t.hours(a.Out.From.Add(-ganttBefore), a.Out.From, state); hours >= 1 {
				a.Before = append(a.Before, Trouble{t.Label, state, hours})
			}
		}
	}
	slices.SortStableFunc(a.Before, func(x, y Trouble) int { return -cmp.Compare(x.Hours, y.Hours) })
	for i := range hospitals {
		if !shown[hospitals[i].Thing] && hospitals[i].hours(a.From, a.To, StateOut) > 0 {
			a.Others++
		}
	}
}

// ways returns the roads on the usual ways from some plants to the hospital in
// focus, and those on their ways to any hospital that they supply, to which their
// trucks go too; all roads if there are no plants.
func (a *Gantt) ways(w *model.World, focus int, from map[int]bool) (mine, near map[int]bool) {
	c := a.Subject.Config
	mine, near = map[int]bool{}, map[int]bool{}
	for p := range c.Plants {
		if !from[p] {
			continue
		}
		for h := range c.Hospitals {
			if !suppliedBy(&c.Hospitals[h], from) && h != focus {
				continue
			}
			for _, l := range w.Way(p, len(c.Plants)+h) {
				near[l] = true
				mine[l] = mine[l] || h == focus
			}
		}
	}
	if len(from) == 0 {
		for l := range c.Links {
			mine[l], near[l] = true, true
		}
	}
	return mine, near
}

// suppliedBy reports whether one of some plants supplies a hospital.
func suppliedBy(h *model.Hospital, by map[int]bool) bool {
	return slices.ContainsFunc(h.Lines, func(l model.Line) bool { return l.Supply != nil && by[l.Supply.Plant] })
}

// add keeps at most so many tracks: those that matter most, if they matter at
// all, in that order; of equals, the first.
func (a *Gantt) add(tracks []GanttTrack, most int, matters func(i int) float64) {
	order := make([]int, 0, len(tracks))
	for i := range tracks {
		if matters(i) > 0 {
			order = append(order, i)
		}
	}
	slices.SortStableFunc(order, func(i, j int) int { return -cmp.Compare(matters(i), matters(j)) })
	for _, i := range order[:min(most, len(order))] {
		a.Tracks = append(a.Tracks, tracks[i])
	}
}
