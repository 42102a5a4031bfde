package study

import (
	"cmp"
	"fmt"
	"math"
	"slices"

	"oxysim/model"
	"oxysim/sim"
)

// Sending is a load to send now.
type Sending struct {
	Hospital int
	Thing    string // dotted
	Label    string
	Type     int
	TypeName string
	Count    int
	From     string // the plant, dotted
	Truck    string // dotted; "" for a courier
	Leaves   sim.Time
	Arrives  sim.Time // at the usual pace
	By       sim.Time // when it must
	Late     bool     // it arrives later than that

	plant, truck int
}

// Unsent is what is wanted and cannot be sent now.
type Unsent struct {
	Thing    string
	Label    string
	TypeName string
	Count    int
	By       sim.Time
	Why      string
}

// covers are the numbers of days for which hospitals may be sent enough, of which
// the best is found by trying.
var covers = []int{1, 2, 3, 5, 7}

// plan is a way to send what there is.
type plan struct {
	days   int // enough for so many
	send   []Sending
	unsent []Unsent
}

// plans returns ways to send what there is, all different. If there is none, it
// notes why.
func (f *Forecast) plans(a *ForecastAnswer) (list []plan) {
	var p plan
	for _, days := range covers {
		if days > max(f.Days, covers[0]) {
			break
		}
		p = f.planFor(a, days)
		if len(p.send) > 0 && (len(list) == 0 || !slices.Equal(list[len(list)-1].send, p.send)) {
			list = append(list, p)
		}
	}
	if len(list) == 0 {
		a.Unsent, a.Idle = p.unsent, f.idle(a, p)
	}
	return list
}

// idle says why a plan sends nothing to anybody, if what is not sent does not.
func (f *Forecast) idle(a *ForecastAnswer, p plan) string {
	switch {
	case len(p.unsent) > 0:
		return ""
	case len(f.risky(a)) > 0:
		return fmt.Sprintf("those who may run out have, with what is on its way, what they order up to or use in %d days", p.days)
	case slices.ContainsFunc(a.Hospitals, func(h HospitalForecast) bool { return h.Verdict != Met && !h.Deadline.Known }):
		return "to those who may run out nobody can bring cylinders"
	}
	return "nobody needs a delivery in these days"
}

// risky returns the hospitals to which something should be sent, the first that
// need it first.
func (f *Forecast) risky(a *ForecastAnswer) (list []*HospitalForecast) {
	for i := range a.Hospitals {
		if h := &a.Hospitals[i]; h.Deadline.Needed && h.Last().Interval.Hi > f.Bound {
			list = append(list, h)
		}
	}
	slices.SortStableFunc(list, func(x, y *HospitalForecast) int {
		return cmp.Or(cmp.Compare(x.Deadline.Safe, y.Deadline.Safe), cmp.Compare(x.Deadline.Estimate, y.Deadline.Estimate), cmp.Compare(x.Thing, y.Thing))
	})
	return list
}

// tooSoon marks the hospitals whose hour is before any truck that is at home can
// be there, though no other is back by then and nothing on its way comes earlier.
func (f *Forecast) tooSoon(a *ForecastAnswer) {
	w := model.New(f.state.Config)
	w.Begin(f.base.Seed, 0)
	for i := range a.Hospitals {
		h := &a.Hospitals[i]
		if !h.Deadline.Needed || !h.Deadline.Promised || h.Deadline.Safe <= f.At || h.Arrives <= h.Deadline.Safe {
			continue
		}
		first, away := sim.Never, false
		k := f.hospitalAt(h.Thing)
		for _, l := range f.state.Config.Hospitals[k].Lines {
			if l.Supply != nil && l.Supply.Courier != nil {
				first = min(first, f.At.Add(sim.Seconds(l.Supply.Courier.Out.Mean())))
			}
			for _, j := range w.Journeys(k, l.Type) {
				first = min(first, j.Arrives)
			}
		}
		for _, t := range f.state.Config.Trucks {
			away = away || t.Away != nil && t.Away.Until <= h.Deadline.Safe
		}
		h.TooSoon = first > h.Deadline.Safe && !away
	}
}

// hospitalAt returns the index of a hospital in the Config.
func (f *Forecast) hospitalAt(thing string) int {
	return slices.IndexFunc(f.state.Config.Hospitals, func(c model.Hospital) bool { return c.Name == thing })
}

// planFor says what to send for hospitals to last so many days from now: to each
// of which it is not shown that it runs out no more often than is tolerated, in
// the order of their deadlines, what it lacks, but never more than it orders up
// to; with the truck that is there first, as far as there is room and the plant
// has full cylinders. A truck makes one stop.
func (f *Forecast) planFor(a *ForecastAnswer, days int) (p plan) {
	p.days = days
	w := model.New(f.state.Config)
	w.Begin(f.base.Seed, 0)
	stock := make([][]int, len(f.state.Config.Plants))
	for i := range stock {
		stock[i] = slices.Clone(f.state.Config.Plants[i].Full)
	}
	taken := map[int]bool{} // trucks
	for _, h := range f.risky(a) {
		i := f.hospitalAt(h.Thing)
		for _, l := range f.state.Config.Hospitals[i].Lines {
			if n := f.lacks(i, h, &l, w, days); n > 0 {
				f.load(&p, h, i, &l, n, w, stock, taken)
			}
		}
	}
	return p
}

// lacks returns how many cylinders of a line are wanted for it to last: what is
// used on average and, as that goes up and down like a sum of independent uses,
// a margin, less what is there and coming. It is no more than what the line
// orders up to, if it orders up to anything.
func (f *Forecast) lacks(i int, h *HospitalForecast, l *model.Line, w *model.World, days int) int {
	if l.Supply == nil {
		return 0
	}
	all, own := 0.0, w.MeanUse(i, l.Type)
	for _, x := range f.state.Config.Hospitals[i].Lines {
		all += w.MeanUse(i, x.Type)
	}
	if all == 0 || math.IsNaN(h.Use) {
		return 0
	}
	use := h.Use * own / all * float64(days)
	want := math.Ceil(use + float64(1.7*math.Sqrt(use)))
	if to := l.Supply.Policy.UpTo; to > 0 {
		want = min(want, float64(to))
	}
	have := l.Full
	for _, x := range l.Coming {
		have += x.Count
	}
	for _, t := range f.state.Config.Trucks {
		if t.Away != nil {
			for _, v := range t.Away.Stops {
				if v.Hospital == i {
					have += v.Load[l.Type]
				}
			}
		}
	}
	return max(int(want)-have, 0)
}

// load finds who brings n cylinders of a line, and notes what cannot be brought.
func (f *Forecast) load(a *plan, h *HospitalForecast, i int, l *model.Line, n int, w *model.World, stock [][]int, taken map[int]bool) {
	p := l.Supply.Plant
	c := f.state.Config
	s := Sending{
		Hospital: i, Thing: h.Thing, Label: h.Label, Type: l.Type, TypeName: c.Types[l.Type].Name,
		From: c.Plants[p].Name, By: h.Deadline.Safe, plant: p, truck: model.None,
	}
	missing := func(n int, why string) {
		a.unsent = append(a.unsent, Unsent{h.Thing, h.Label, s.TypeName, n, s.By, why})
	}
	add := func(k int) {
		s.Count = k
		s.Late = s.Arrives > s.By
		stock[p][l.Type] -= k
		n -= k
		a.send = append(a.send, s)
	}
	if stock[p][l.Type] == 0 {
		missing(n, "no full ones at "+f.Subject.Label(s.From))
		return
	}
	var home, free bool // trucks
	if l.Supply.Courier != nil {
		s.Leaves = f.At
		s.Arrives = f.At.Add(sim.Seconds(l.Supply.Courier.Out.Mean()))
		add(min(n, stock[p][l.Type]))
	} else {
		for _, j := range w.Journeys(i, l.Type) {
			home, free = true, free || !taken[j.Truck]
			if k := min(n, j.Room, stock[p][l.Type]); k > 0 && !taken[j.Truck] {
				taken[j.Truck] = true
				s.Truck, s.truck, s.Leaves, s.Arrives = c.Trucks[j.Truck].Name, j.Truck, j.Leaves, j.Arrives
				add(k)
			}
		}
	}
	switch {
	case n == 0:
	case stock[p][l.Type] == 0:
		missing(n, "no more full ones at "+f.Subject.Label(s.From))
	case !home:
		missing(n, "no truck at home that goes there")
	case !free:
		missing(n, "every truck at home that goes there is sent to others")
	default:
		missing(n, "no more room in the trucks at home that go there")
	}
}

// sent returns the state after what is proposed has been sent: it has left the
// plant and is on its way, and its truck with it.
func (f *Forecast) sent(list []Sending) *model.Config {
	d := *f.state.Config
	d.Plants, d.Hospitals, d.Trucks = slices.Clone(d.Plants), slices.Clone(d.Hospitals), slices.Clone(d.Trucks)
	for _, s := range list {
		p := &d.Plants[s.plant]
		p.Full = slices.Clone(p.Full)
		p.Full[s.Type] -= s.Count
		load := make([]int, len(d.Types))
		load[s.Type] = s.Count
		if s.truck == model.None {
			h := &d.Hospitals[s.Hospital]
			h.Lines = slices.Clone(h.Lines)
			for i := range h.Lines {
				if l := &h.Lines[i]; l.Type == s.Type {
					l.Coming = append(slices.Clone(l.Coming), model.Coming{Count: s.Count, At: s.Arrives})
				}
			}
			continue
		}
		t := &d.Trucks[s.truck]
		away := &model.Away{Until: s.Arrives, Full: make([]int, len(d.Types)), Empty: make([]int, len(d.Types))}
		if t.Home == len(d.Plants)+s.Hospital {
			away.Full = load
			away.Fetch = slices.IndexFunc(d.Hospitals[s.Hospital].Lines, func(l model.Line) bool { return l.Type == s.Type })
		} else {
			away.Stops = []model.Visit{{Hospital: s.Hospital, Load: load}}
		}
		t.Away = away
	}
	return &d
}
