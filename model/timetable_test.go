package model

import (
	"fmt"
	"slices"
	"testing"

	"oxysim/sim"
	"oxysim/sim/rng"
)

const hour = sim.Hour

// way returns a road that takes so many hours, always.
func way(name string, from, to int, h float64) Link {
	x := hours(h)
	return Link{Name: name, From: from, To: to, Time: &x, Storm: None, DayVary: rng.Constant(1), TripVary: rng.Constant(1)}
}

// dated returns a closure between two hours.
func dated(from, to sim.Span, known bool) Closure {
	return Closure{Name: fmt.Sprint(from), Storm: None, Known: known, Dated: []Dated{{from * hour, to * hour}}}
}

// clinic returns a hospital of 20 full cylinders that asks once, at an hour,
// for some of them, and orders as many. Cylinders are empty at once.
func clinic(name string, at sim.Span, n int) Hospital {
	return Hospital{
		Name: "hospital." + name, Power: Power{Grid: None},
		Lines: []Line{{Full: 20, Supply: &Supply{Urgent: -1, Policy: Policy{Kind: OneForOne, UpTo: 20}}}},
		Cylinders: []CylinderDemand{{
			Name: "hospital." + name + ".cylinders", Storm: None, First: at * hour, Interval: hours(1e5), Batch: rng.Constant(float64(n)), Unmet: Waits,
		}},
	}
}

// depot returns a Config of a depot of 50 full cylinders, place 0, clinics, the
// places after it, and one truck with room for 30.
func depot(clinics ...Hospital) *Config {
	return &Config{
		Start: DateOf(2024, 1, 1), // a Monday
		Types: []CylinderType{{Name: "J", Content: 6 * CubicMetre, Usable: 1, Full: 70, Empty: 60}}, Horizon: 60 * sim.Day,
		Plants:    []Plant{{Name: "plant.depot", Power: Power{Grid: None}, Full: []int{50}}},
		Hospitals: clinics,
		Trucks:    []Truck{{Name: "truck.0", Room: 30, Stops: 1}},
	}
}

// timetable returns what a truck does up to an hour, such as "8 driving to
// hospital.a", with the hour at which it begins.
func timetable(w *World, truck int, until sim.Span) (lines []string) {
	t := &w.trucks[truck]
	was, at := t.phase, t.at
	for {
		if _, next, ok := w.calendar.Next(); !ok || next > sim.Time(until*hour) || !w.step() {
			return lines
		}
		if t.phase == was && t.at == at {
			continue
		}
		was, at = t.phase, t.at
		what := t.phase.String()
		if t.phase == driving {
			what += " to " + w.placeName(int(t.at))
		}
		lines = append(lines, fmt.Sprintf("%g %s", sim.Span(w.now).Hours(), what))
	}
}

// journey is a truck's timetable computed by hand.
type journey struct {
	name  string
	c     *Config
	truck int
	want  []string
}

func (j *journey) check(t *testing.T) {
	t.Helper()
	w := New(j.c)
	w.reset(1, 0)
	if got := timetable(w, j.truck, 400); !slices.Equal(got, j.want) {
		t.Errorf("%s:\n got %q\nwant %q", j.name, got, j.want)
	}
}

// oneRoad returns a depot and a clinic, six hours apart, that asks for one
// cylinder at hour 8.
func oneRoad(change func(c *Config)) *Config {
	c := depot(clinic("a", 8, 1))
	c.Links = []Link{way("way", 0, 1, 6)}
	change(c)
	return c
}

// A truck leaves at hour 8 and drives six hours each way, unless something
// stops it.
func TestTruckByHand(t *testing.T) {
	closed := func(known bool, hours ...sim.Span) *Config {
		return oneRoad(func(c *Config) {
			for k := 0; k < len(hours); k += 2 {
				c.Links[0].Closures = append(c.Links[0].Closures, dated(hours[k], hours[k+1], known))
			}
		})
	}
	for _, x := range []journey{
		{"nothing in its way", oneRoad(func(*Config) {}), 0,
			[]string{"8 driving to hospital.a", "14 driving to plant.depot", "20 parked"}},
		{"loading of 4 takes 30 minutes",
			oneRoad(func(c *Config) {
				c.Hospitals[0].Cylinders[0].Batch = rng.Constant(4)
				c.Trucks[0].LoadFix, c.Trucks[0].LoadEach = hours(1./6), 5*sim.Minute
			}), 0,
			[]string{"8 loading", "8.5 driving to hospital.a", "14.5 unloading", "15 driving to plant.depot", "21 emptying", "21.5 parked"}},

		{"a closure nobody knows of stops it at the start", closed(false, 7, 30), 0,
			[]string{"8 held", "30 driving to hospital.a", "36 driving to plant.depot", "42 parked"}},
		{"into one that is known it is not sent", closed(true, 7, 30), 0,
			[]string{"30 driving to hospital.a", "36 driving to plant.depot", "42 parked"}},
		{"one that begins when it would leave stops it", closed(false, 8, 9), 0,
			[]string{"8 held", "9 driving to hospital.a", "15 driving to plant.depot", "21 parked"}},
		{"one that ends then does not", closed(false, 7, 8), 0,
			[]string{"8 driving to hospital.a", "14 driving to plant.depot", "20 parked"}},
		{"closures that follow one another are one", closed(false, 7, 9, 9, 12), 0,
			[]string{"8 held", "12 driving to hospital.a", "18 driving to plant.depot", "24 parked"}},
		{"it is caught on the road, with four hours to go", closed(false, 10, 34), 0,
			[]string{"8 driving to hospital.a", "10 held", "34 driving to hospital.a", "38 driving to plant.depot", "44 parked"}},
		{"although it is known", closed(true, 10, 34), 0,
			[]string{"8 driving to hospital.a", "10 held", "34 driving to hospital.a", "38 driving to plant.depot", "44 parked"}},
		{"once for two closures that overlap", closed(false, 10, 20, 15, 30), 0,
			[]string{"8 driving to hospital.a", "10 held", "30 driving to hospital.a", "34 driving to plant.depot", "40 parked"}},
		{"twice for two that do not", closed(false, 10, 20, 22, 30), 0,
			[]string{"8 driving to hospital.a", "10 held", "20 driving to hospital.a", "22 held", "30 driving to hospital.a", "32 driving to plant.depot", "38 parked"}},
		{"by one that begins when it arrives, on the way back", closed(false, 14, 20), 0,
			[]string{"8 driving to hospital.a", "14 held", "20 driving to plant.depot", "26 parked"}},
		{"a closed day holds it from midnight to midnight",
			oneRoad(func(c *Config) {
				c.Hospitals[0].Cylinders[0].First = 20 * hour
				c.Links[0].Closures = []Closure{{Name: "day", Storm: None, Daily: 1, Season: []bool{false, true, false}}}
			}), 0,
			[]string{"20 driving to hospital.a", "24 held", "48 driving to hospital.a", "50 driving to plant.depot", "56 parked"}},
		{"a road's hours are for those who enter",
			oneRoad(func(c *Config) { c.Links[0].Hours = Windows{{6 * hour, 12 * hour}} }), 0,
			[]string{"8 driving to hospital.a", "14 held", "30 driving to plant.depot", "36 parked"}},

		{"its driver rests after four hours, the last time before the last link",
			oneRoad(func(c *Config) { c.Trucks[0].Driving, c.Trucks[0].Rest = 4*hour, 10*hour }), 0,
			[]string{"8 driving to hospital.a", "12 resting", "22 driving to hospital.a", "24 driving to plant.depot", "26 resting", "36 driving to plant.depot", "40 parked"}},
		{"after eight, on the way back; held up is not driving",
			oneRoad(func(c *Config) {
				c.Trucks[0].Driving, c.Trucks[0].Rest = 8*hour, 10*hour
				c.Links[0].Closures = []Closure{dated(10, 11, false)}
			}), 0,
			[]string{"8 driving to hospital.a", "10 held", "11 driving to hospital.a", "15 driving to plant.depot", "17 resting", "27 driving to plant.depot", "31 parked"}},
		{"it leaves within its shift, the next morning",
			oneRoad(func(c *Config) { c.Trucks[0].Shift = Windows{{6 * hour, 8 * hour}} }), 0,
			[]string{"30 driving to hospital.a", "36 driving to plant.depot", "42 parked"}},
		{"and on its day, Thursday",
			oneRoad(func(c *Config) { c.Trucks[0].Days, c.Trucks[0].Shift = 1<<3, Windows{{6 * hour, 8 * hour}} }), 0,
			[]string{"78 driving to hospital.a", "84 driving to plant.depot", "90 parked"}},
		{"for an urgent order at any hour",
			oneRoad(func(c *Config) {
				c.Trucks[0].Shift = Windows{{6 * hour, 8 * hour}}
				c.Hospitals[0].Lines[0].Supply.Urgent = 19
			}), 0,
			[]string{"8 driving to hospital.a", "14 driving to plant.depot", "20 parked"}},
	} {
		x.check(t)
	}
}

// A truck breaks down 120 km from where it was new, on a road of 300 km that
// takes six hours, and is repaired for a day.
func TestBreakdownByHand(t *testing.T) {
	c := oneRoad(func(c *Config) {
		c.Links[0].Length = 300
		c.Trucks[0].Life, c.Trucks[0].Repair = 1e9, hours(24)
	})
	w := New(c)
	w.reset(1, 0)
	w.trucks[0].toGo = 120
	want := []string{"8 driving to hospital.a", "10.4 broken", "34.4 driving to hospital.a", "38 driving to plant.depot", "44 parked"}
	if got := timetable(w, 0, 100); !slices.Equal(got, want) {
		t.Errorf("got %q\nwant %q", got, want)
	}
	if k := &w.trucks[0].tally; k.breakdown != 1 || k.km != 600 || k.hours(driving) != 12 || k.hours(broken) != 24 {
		t.Errorf("got %d breakdowns, %v km, %v h of driving and %v h of repair, want 1, 600, 12 and 24", k.breakdown, k.km, k.hours(driving), k.hours(broken))
	}
}

// The way to a breakdown is counted over all links: 700 km from new, on a road
// of 300 km, it is on the third, a third of the way.
func TestBreakdownsAreCountedInKm(t *testing.T) {
	c := oneRoad(func(c *Config) {
		c.Links[0].Length = 300
		c.Trucks[0].Life, c.Trucks[0].Repair = 1e9, hours(24)
		c.Hospitals[0].Cylinders[0].Interval = hours(100)
	})
	w := New(c)
	w.reset(1, 0)
	w.trucks[0].toGo = 700
	want := []string{
		"8 driving to hospital.a", "14 driving to plant.depot", "20 parked",
		"108 driving to hospital.a", "110 broken", "134 driving to hospital.a", "138 driving to plant.depot", "144 parked",
	}
	if got := timetable(w, 0, 200); !slices.Equal(got, want) {
		t.Errorf("got %q\nwant %q", got, want)
	}
}

// What a truck counts is what it does after the warm-up and before the end,
// whatever it is in the middle of: here at hour 24, and at hour 36.
func TestTruckHoursAreCutAtTheWarmUp(t *testing.T) {
	c := oneRoad(func(c *Config) { c.Links[0].Closures = []Closure{dated(10, 34, false)} })
	c.WarmUp, c.Horizon = 24*hour, 36*hour
	expectMetrics(t, c, map[string]float64{
		"truck.0.held_hours": 10, "truck.0.driving_hours": 2, "truck.0.away_share": 1, "truck.0.trips": 0, "road.way.held_hours": 10,
	})
}
