package study

import (
	"cmp"
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

// plans returns ways to send what there is, all different.
func (f *Forecast) plans(a *ForecastAnswer) (list []plan) {
	for _, days := range covers {
		if days > max(f.Days, covers[0]) {
			break
		}
		p := f.planFor(a, days)
		if len(p.send) > 0 && (len(list) == 0 || !slices.Equal(list[len(list)-1].send, p.send)) {
			list = append(list, p)
		}
	}
	return list
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
	var risky []*HospitalForecast
	for i := range a.Hospitals {
		if h := &a.Hospitals[i]; h.Deadline.Needed && h.Last().Interval.Hi > f.Bound {
			risky = append(risky, h)
		}
	}
	slices.SortStableFunc(risky, func(x, y *HospitalForecast) int {
		return cmp.Or(cmp.Compare(x.Deadline.Safe, y.Deadline.Safe), cmp.Compare(x.Deadline.Estimate, y.Deadline.Estimate), cmp.Compare(x.Thing, y.Thing))
	})
	for _, h := range risky {
		i := slices.IndexFunc(f.state.Config.Hospitals, func(c model.Hospital) bool { return c.Name == h.Thing })
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
	if l.Supply.Courier != nil {
		s.Leaves = f.At
		s.Arrives = f.At.Add(sim.Seconds(l.Supply.Courier.Out.Mean()))
		add(min(n, stock[p][l.Type]))
	} else {
		for _, j := range w.Journeys(i, l.Type) {
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
	default:
		missing(n, "no truck at home that goes there")
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
