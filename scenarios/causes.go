package scenarios

import (
	"fmt"
	"math"
	"reflect"
	"slices"
	"strconv"
	"strings"

	"oxysim/model"
	q "oxysim/scenarios/quantity"
)

// Cause is something for which oxygen may run short and that can be thought
// away: the scenario is built anew with some keys as they would be if it were
// no trouble at all. Nature stays the same.
type Cause struct {
	Name   string   // as it is called on the command line
	Label  string   // in tables
	Absent string   // how things are without it
	Keys   []string // that are changed; "*" stands for any name
	remove func(f *File, base *Scenario)
}

// Causes lists what can be thought away, in the order of the way that oxygen
// takes, against it.
func Causes() []Cause { return slices.Clone(causes) }

var causes = []Cause{
	{
		"power", "power cuts", "the grid is always on",
		[]string{"plant.*.grid", "plant.*.generator", "hospital.*.grid", "hospital.*.generator", "grid"},
		func(f *File, _ *Scenario) { f.withoutPowerCuts() },
	},
	{
		"plant", "machines that stop", "machines never fail and are never stopped, and vendors never refuse",
		[]string{
			"plant.*.machines.failure", "plant.*.machines.maintenance_every",
			"hospital.*.concentrators.failure", "hospital.*.concentrators.maintenance_every", "vendor.*.refuses",
		},
		func(f *File, _ *Scenario) { f.withoutStops() },
	},
	{
		"filling", "gas and filling", "where there is power and a machine runs, an empty is well filled at once",
		[]string{
			"plant.*.machines.flow", "plant.*.machines.derate", "plant.*.machines.derate_months", "plant.*.booster",
			"plant.*.filling.positions", "plant.*.filling.batch", "plant.*.filling.time", "plant.*.filling.hours", "plant.*.filling.days",
			"plant.*.filling.content", "plant.*.filling.reject", "plant.*.filling.inspection", "vendor.*.quota",
		},
		func(f *File, _ *Scenario) { f.withoutFilling() },
	},
	{
		"cylinders", "too few cylinders", "no plant or vendor ever waits for an empty, and no cylinder leaks, is lost or away at its test",
		[]string{"plant.*.empties", "vendor.*.empties", "cylinder.*.leak_per_day", "cylinder.*.loss_per_year", "cylinder.*.test_every"},
		func(f *File, base *Scenario) { f.withCylinders(base.Config) },
	},
	{
		"trucks", "trucks", "a truck with room is always free at home, loads in no time and never breaks down",
		[]string{
			"truck.*.count", "truck.*.serves", "truck.*.room", "truck.*.payload", "truck.*.stops", "truck.*.load_time", "truck.*.load_each",
			"truck.*.shift", "truck.*.days", "truck.*.driving_limit", "truck.*.breakdown_every", "round.*.truck",
			"plant.*.docks", "vendor.*.docks", "hospital.*.bulk.tanker.*.fails",
		},
		func(f *File, base *Scenario) { f.withTrucks(base.Config) },
	},
	{
		"roads", "roads", "roads are never closed, and everybody drives as on a dry day without checkpoints",
		[]string{
			"road.*.closure", "road.*.profile", "road.*.day_variation", "road.*.trip_variation", "road.*.checkpoints", "road.*.hours",
			"road.*.time", "hospital.*.supply.delay", "hospital.*.supply.return_delay", "hospital.*.bulk.tanker.*.travel",
		},
		func(f *File, _ *Scenario) { f.withoutRoads() },
	},
	{
		"orders", "reports and orders", "stock is seen live, and each emptied cylinder is ordered at once; rounds stay as they are",
		[]string{
			"hospital.*.supply.report_every", "hospital.*.supply.every", "hospital.*.supply.order", "hospital.*.supply.reorder_at", "hospital.*.buffer",
		},
		func(f *File, _ *Scenario) { f.withoutOrders() },
	},
	{
		"demand", "chance in demand", "the same need comes evenly, at the mean of its profile",
		[]string{"hospital.*.cylinders.*.steady", "hospital.*.patients.*.steady", "hospital.*.flow.*.steady"},
		func(f *File, _ *Scenario) { f.withSteadyDemand() },
	},
	{
		"surge", "surges", "no wave raises a profile",
		[]string{"profile.*.surge"},
		func(f *File, _ *Scenario) {
			for name, p := range f.Profile {
				p.Surge = nil
				f.Profile[name] = p
			}
		},
	},
}

// Full returns the label of a cause with its name.
func (c *Cause) Full() string {
	if c.Label == c.Name {
		return c.Name
	}
	return c.Label + " (" + c.Name + ")"
}

// FindCause returns a cause by its name or label, or an error with a guess.
func FindCause(name string) (Cause, error) {
	var names []string
	for _, c := range causes {
		if c.Name == name || strings.EqualFold(c.Label, name) {
			return c, nil
		}
		names = append(names, c.Name)
	}
	if guess := q.Guess(name, names); guess != "" {
		return Cause{}, fmt.Errorf("no cause is called %q (did you mean %q?)", name, guess)
	}
	return Cause{}, fmt.Errorf("no cause is called %q; want one of %s", name, strings.Join(names, ", "))
}

// Without returns the scenario with causes thought away. Its tree and digest are
// those of the scenario as it is.
func (s *Scenario) Without(causes ...Cause) (*Scenario, Problems) {
	file := s.File.clone()
	for _, c := range causes {
		c.remove(file, s)
	}
	config, problems := build(s.Tree, file)
	if len(problems) > 0 {
		return nil, problems
	}
	return &Scenario{Name: s.Name, File: file, Config: config, Tree: s.Tree, Digest: s.Digest}, nil
}

// Has reports whether a scenario has a cause: whether the world is another one
// without it.
func (s *Scenario) Has(c Cause) (bool, Problems) {
	w, problems := s.Without(c)
	return len(problems) == 0 && !reflect.DeepEqual(w.Config, s.Config), problems
}

func (f *File) withoutPowerCuts() {
	f.Grid = nil
	for name, p := range f.Plant {
		p.Electricity = Electricity{}
		f.Plant[name] = p
	}
	for name, h := range f.Hospital {
		h.Electricity = Electricity{}
		f.Hospital[name] = h
	}
}

func (f *File) withoutStops() {
	for _, p := range f.Plant {
		if p.Machines != nil {
			p.Machines.neverStop()
		}
	}
	for _, h := range f.Hospital {
		if h.Concentrators != nil {
			h.Concentrators.neverStop()
		}
	}
	for name, v := range f.Vendor {
		v.Refuses = q.Must[q.Share]("0 %")
		f.Vendor[name] = v
	}
}

func (m *Machines) neverStop() { m.Failure, m.MaintenanceEvery = nil, q.Span{} }

// plenty is a flow that fills a cylinder in the twinkling of an eye, and a tank
// or a whole fleet in minutes. It is far from where whole numbers end.
const plenty = "1000000 m3/h"

func (f *File) withoutFilling() {
	for name, p := range f.Plant {
		p.Booster = nil
		if m := p.Machines; m != nil {
			if m.Flow != nil {
				flow := q.Must[q.Flow](plenty)
				m.Flow = &flow
			}
			m.Derate, m.DerateMonths = q.Must[q.Share]("100 %"), nil
		}
		if s := p.Filling; s != nil {
			// One batch, begun with one empty and done in a second, that has room for all.
			s.Positions, s.Batch, s.Time = mostCylinders, 1, q.Must[q.SpanLaw]("1 s")
			s.Hours, s.Days = q.Must[q.Hours]("always"), q.Must[q.Weekdays]("every day")
			s.Content, s.Reject, s.Inspection = q.Must[q.NumberLaw]("1"), q.Must[q.Share]("0 %"), q.Must[q.SpanLaw]("0 s")
		}
		f.Plant[name] = p
	}
	for name, v := range f.Vendor {
		v.Quota = 0
		f.Vendor[name] = v
	}
}

// withCylinders gives each plant and vendor as many more empties at the start as
// those whom it supplies will use in the whole run, with a quarter more for
// chance, and keep: it could not use another one if it filled them all on the first
// day. As most of them wait for long, none may leak meanwhile.
func (f *File) withCylinders(cfg *model.Config) {
	for name, c := range f.Cylinder {
		c.LeakPerDay, c.LossPerYear, c.TestEvery = q.Must[q.Share]("0 %"), q.Must[q.Share]("0 %"), q.Span{}
		f.Cylinder[name] = c
	}
	w := model.New(cfg)
	days := math.Ceil(cfg.Horizon.Days())
	more := make([]map[string]int, len(cfg.Plants))
	for h := range cfg.Hospitals {
		for i := range cfg.Hospitals[h].Lines {
			l := &cfg.Hospitals[h].Lines[i]
			if l.Supply == nil {
				continue
			}
			of := more[l.Supply.Plant]
			if of == nil {
				of = map[string]int{}
				more[l.Supply.Plant] = of
			}
			kept := max(l.Supply.Policy.UpTo, l.Full) + l.Supply.Policy.Lot
			of[cfg.Types[l.Type].Name] += int(math.Ceil(1.25*days*w.MeanUse(h, l.Type))) + kept
		}
	}
	for i, of := range more {
		kind, name, _ := strings.Cut(cfg.Plants[i].Name, ".")
		if kind == "vendor" {
			v := f.Vendor[name]
			v.Empties = with(v.Empties, of)
			f.Vendor[name] = v
		} else {
			p := f.Plant[name]
			p.Empties = with(p.Empties, of)
			f.Plant[name] = p
		}
	}
}

// with returns the sum of two numbers of cylinders by type.
func with(have, more map[string]int) map[string]int {
	sum := map[string]int{}
	for _, m := range []map[string]int{have, more} {
		for t, n := range m {
			sum[t] += n
		}
	}
	return sum
}

// Of each kind of truck there are as many more as never go at once: this many,
// and this many for each type that a hospital keeps.
const (
	sparesFixed = 20
	sparesEach  = 12
)

func (f *File) withTrucks(cfg *model.Config) {
	lines := 0
	for h := range cfg.Hospitals {
		lines += len(cfg.Hospitals[h].Lines)
	}
	for name, t := range f.Truck {
		t.Count += sparesFixed + sparesEach*lines
		t.Serves, t.Room, t.Payload, t.Stops = nil, mostCylinders, nil, 1
		t.LoadTime, t.LoadEach = q.Must[q.SpanLaw]("0 s"), q.Span{}
		t.Shift, t.Days = q.Must[q.Hours]("always"), q.Must[q.Weekdays]("every day")
		t.DrivingLimit, t.BreakdownEvery = q.Span{}, nil
		f.Truck[name] = t
	}
	for name, r := range f.Round {
		r.Truck = ""
		f.Round[name] = r
	}
	for name, p := range f.Plant {
		p.Docks = 0
		f.Plant[name] = p
	}
	for name, v := range f.Vendor {
		v.Docks = 0
		f.Vendor[name] = v
	}
	f.eachTanker(func(t *Tanker) { t.Fails = q.Must[q.Share]("0 %") })
}

// eachTanker changes every series of deliveries to a bulk tank.
func (f *File) eachTanker(change func(*Tanker)) {
	for _, h := range f.Hospital {
		if h.Bulk == nil {
			continue
		}
		for name, t := range h.Bulk.Tanker {
			change(&t)
			h.Bulk.Tanker[name] = t
		}
	}
}

func (f *File) withoutRoads() {
	for name, r := range f.Road {
		r.Closure, r.Profile = nil, ""
		r.DayVariation, r.TripVariation = q.Must[q.NumberLaw]("1"), q.Must[q.NumberLaw]("1")
		r.Checkpoints = q.Must[q.CountLaw]("0")
		r.Hours = q.Must[q.Hours]("always")
		if r.Time != nil {
			r.Time = meanOf(*r.Time)
		}
		f.Road[name] = r
	}
	f.eachSupply(func(_ *Kept, s *Supply) {
		if s.Delay != nil {
			s.Delay = meanOf(*s.Delay)
		}
		s.ReturnDelay = *meanOf(s.ReturnDelay)
	})
	f.eachTanker(func(t *Tanker) { t.Travel = *meanOf(t.Travel) })
}

// meanOf returns the time that is always the mean of another.
func meanOf(l q.SpanLaw) *q.SpanLaw {
	if _, constant := l.Constant(); constant {
		return &l
	}
	law := l.Law()
	m := q.Must[q.SpanLaw](strconv.FormatFloat(law.Mean(), 'f', 3, 64) + " s")
	return &m
}

// eachSupply changes how every type of cylinder that a hospital keeps is
// replenished.
func (f *File) eachSupply(change func(*Kept, *Supply)) {
	for name, h := range f.Hospital {
		if h.Supply != nil {
			change(&h.Kept, h.Supply)
		}
		for typ, k := range h.Cylinder {
			if k.Supply != nil {
				change(&k, k.Supply)
			}
			h.Cylinder[typ] = k
		}
		f.Hospital[name] = h
	}
}

func (f *File) withoutOrders() {
	f.eachSupply(func(k *Kept, s *Supply) {
		s.ReportEvery = q.Span{}
		upTo := k.Buffer
		switch {
		case s.Order == "rounds":
			return
		case s.Order == "lot" && s.ReorderAt != nil:
			upTo = max(upTo, *s.ReorderAt+s.Lot)
		case s.Order == "lot":
			upTo = max(upTo, k.Buffer/2+s.Lot)
		case s.Order == "every lot" && upTo == 0:
			return // there is no level to order up to
		}
		if k.Full == nil {
			full := k.Buffer
			k.Full = &full
		}
		k.Buffer, s.Every = upTo, q.Span{}
		if s.By == "own truck" {
			at := upTo - 1
			s.Order, s.ReorderAt = "up to", &at
		} else {
			s.Order, s.ReorderAt = "one for one", nil
		}
	})
}

func (f *File) withSteadyDemand() {
	yes := true
	for _, h := range f.Hospital {
		for name, d := range h.Cylinders {
			varies := d.Rate != nil || d.Every != nil && varies(*d.Every) || varies(d.Use) || d.Unmet == "leaves" && varies(d.Patience)
			if _, constant := d.Batch.Constant(); varies || !constant {
				d.Steady = &yes
				h.Cylinders[name] = d
			}
		}
		for name, p := range h.Patients {
			p.Steady = &yes
			h.Patients[name] = p
		}
		for name, d := range h.Flow {
			if _, constant := d.Vary.Constant(); !constant || d.Profile != "" && f.Profile[d.Profile].Weather != "" {
				d.Steady = &yes
				h.Flow[name] = d
			}
		}
	}
}

// varies reports whether a time is ever another.
func varies(l q.SpanLaw) bool {
	_, constant := l.Constant()
	return !constant
}
