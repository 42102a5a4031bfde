package model

import (
	"fmt"
	"math"
	"math/rand/v2"
	"slices"
	"testing"

	"oxysim/sim"
	"oxysim/sim/rng"
)

// reordered returns a network of one plant with its hospitals, trucks and links
// in another order. It has no junctions and no rounds.
func reordered(c *Config, r *rand.Rand) *Config {
	other := *c
	plants := len(c.Plants)
	hospitals, trucks, links := r.Perm(len(c.Hospitals)), r.Perm(len(c.Trucks)), r.Perm(len(c.Links))
	place := func(old int) int {
		if old < plants {
			return old
		}
		return plants + slices.Index(hospitals, old-plants)
	}
	other.Hospitals, other.Trucks, other.Links = nil, nil, nil
	for _, h := range hospitals {
		other.Hospitals = append(other.Hospitals, c.Hospitals[h])
	}
	for _, i := range links {
		l := c.Links[i]
		l.From, l.To = place(l.From), place(l.To)
		other.Links = append(other.Links, l)
	}
	for _, i := range trucks {
		t := c.Trucks[i]
		t.Home = place(t.Home)
		t.Serves = []int{place(plants+t.Serves[0]) - plants}
		other.Trucks = append(other.Trucks, t)
	}
	return &other
}

// The order in which hospitals, trucks and links are listed changes nothing:
// each has its streams by its name. It does decide between events of the same
// second; in these replications no such tie matters.
func TestOrderOfThingsChangesNothing(t *testing.T) {
	c := closedLoop(8, 8)
	c.Horizon = 100 * sim.Day
	for h := range c.Hospitals {
		l := &c.Links[h]
		l.Length, l.DayVary, l.TripVary = 300, rng.LogNormal(1, 0.3), rng.LogNormal(1, 0.2)
		l.Closures = []Closure{{Name: "flood", Storm: None, Mean: 20 * 86400, Lasts: rng.LogNormal(86400, 1), Known: h%2 == 0}}
		c.Trucks[h].Life, c.Trucks[h].Repair = 3000, hours(30)
		if h%3 == 0 {
			c.Hospitals[h].Lines[0].Supply.Report = &Report{Every: 20 * hour, First: sim.Span(h) * hour, Late: rng.Exponential(40 * 3600)}
		}
	}
	for r := range 10 {
		sameFor(t, fmt.Sprintf("the loop reordered by %d", r), c, reordered(c, newRand(uint64(r))), r)
	}
}

// A cylinder more at one place changes nothing for cylinders elsewhere: neither
// when they were tested nor when they will be lost.
func TestCylindersHaveTheirOwnFate(t *testing.T) {
	fates := func(c *Config) map[rng.Name][]sim.Time {
		w := New(c)
		w.reset(7, 1)
		list := map[rng.Name][]sim.Time{}
		for _, b := range w.broods {
			for k := range b.number {
				id := b.first + cylinderID(k)
				list[b.name] = append(list[b.name], w.tested[id], w.lostAt[id])
			}
		}
		return list
	}
	for seed := range networks(100) {
		c := anyNetwork(seed)
		more := *c
		more.Plants = slices.Clone(c.Plants)
		more.Plants[0].Full = slices.Clone(c.Plants[0].Full)
		more.Plants[0].Full[0]++
		a, b := fates(c), fates(&more)
		for name := range a {
			if n := len(a[name]); !slices.Equal(a[name], b[name][:n]) {
				t.Errorf("anyNetwork(%d), seed 7, replication 1: a cylinder more at a plant gives others another fate", seed)
			}
		}
	}
}

// How long each leg of each trip takes belongs to the trip: delays on one change
// nothing for the next, although it begins later.
func TestDelaysDoNotChangeLaterTrips(t *testing.T) {
	type leg struct {
		trip, leg uint64
		link      int32
	}
	legs := func(r int, closures ...Closure) map[leg]sim.Span {
		c := depot(clinic("a", 0, 1), clinic("b", 0, 1))
		for h := range c.Hospitals {
			c.Hospitals[h].Cylinders[0].Mean = 20 * 3600
			c.Links = append(c.Links, way(c.Hospitals[h].Name, 0, 1+h, 0))
			x := rng.LogNormal(7*3600, 0.5)
			l := &c.Links[h]
			l.Time, l.TripVary, l.Checks, l.CheckTakes = &x, rng.LogNormal(1, 0.3), rng.Poisson(3), rng.Exponential(600)
			l.Closures = closures
		}
		c.Trucks[0].LoadFix, c.Horizon = rng.Exponential(1800), 200*sim.Day
		w := New(c)
		list := map[leg]sim.Span{}
		for w.reset(7, r); w.step(); {
			if t := &w.trucks[0]; t.phase == driving {
				list[leg{t.trips, t.legs, t.link}] = t.whole
			}
		}
		return list
	}
	same := 0
	for r := range 10 {
		free, delayed := legs(r), legs(r, dated(100, 130, false), dated(300, 420, false))
		for k, d := range free {
			if other, ok := delayed[k]; ok {
				if same++; other != d {
					t.Fatalf("seed 7, replication %d: leg %+v takes %v, or %v if others were delayed", r, k, d, other)
				}
			}
		}
	}
	if same < 200 {
		t.Errorf("only %d legs were compared", same)
	}
}

// A road takes everyone as long on one day, who have no part of their own.
func TestDayVariationBelongsToTheDay(t *testing.T) {
	c := closedLoop(3, 3)
	for h := range c.Links {
		c.Links[h].Time = nil
		c.Links[h].Length, c.Links[h].Speed, c.Links[h].DayVary = 100, 40, rng.LogNormal(1, 0.5)
		c.Trucks[h].Serves = nil
	}
	w := New(c)
	on := map[[2]int]sim.Span{}
	shared := 0
	for w.reset(7, 1); w.step(); {
		for i := range w.trucks {
			if t2 := &w.trucks[i]; t2.phase == driving && t2.since == w.now {
				k := [2]int{int(t2.link), w.now.Day()}
				if was, ok := on[k]; ok && was != t2.whole {
					t.Fatalf("seed 7, replication 1, %v: link %d takes %v, and took %v", w.now, k[0], t2.whole, was)
				} else if ok {
					shared++
				}
				on[k] = t2.whole
			}
		}
	}
	if shared < 100 {
		t.Errorf("only %d times a road was used twice on a day", shared)
	}
}

// The chance of a wet day belongs to the day, and so does that of repeating the
// day before: with and without persistence, a day that does not repeat is the
// same.
func TestWeatherBelongsToTheDay(t *testing.T) {
	wet := func(stay float64) []bool {
		c := depot()
		c.Horizon = 3000 * sim.Day
		c.Weathers = []Weather{{Name: "rain", Wet: []float64{0.3}, Stay: stay}}
		w := New(c)
		w.reset(7, 1)
		return w.weather[0].wet
	}
	free, sticky := wet(0), wet(0.6)
	changes := 0
	for d := 1; d < len(free); d++ {
		if sticky[d] != sticky[d-1] {
			if changes++; sticky[d] != free[d] {
				t.Fatalf("seed 7, replication 1: day %d, which does not repeat the day before, is another with persistence", d)
			}
		}
	}
	// A day differs from the one before with probability 0.4 × 2 × 0.3 × 0.7; 5σ.
	if want := 0.168 * 3000; math.Abs(float64(changes)-want) > 5*math.Sqrt(want) {
		t.Errorf("the weather changes %d times, want about %.0f", changes, want)
	}
}

// How long a request uses its cylinder belongs to the request: those that are
// turned away before it change nothing.
func TestUseBelongsToTheRequest(t *testing.T) {
	uses := func(back float64) map[uint64]sim.Span {
		c := byCourier(0, clinic("a", 0, 1))
		l, d := &c.Hospitals[0].Lines[0], &c.Hospitals[0].Cylinders[0]
		l.Full, l.Supply.Policy.UpTo = 1, 1 // one at a time
		l.Supply.Courier = &Courier{Back: hours(back), AtOnce: true}
		c.Plants[0].Vendor = &Vendor{}
		d.Mean, d.Use, d.Unmet, c.Horizon = 10*3600, rng.Exponential(8*3600), Lost, 300*sim.Day
		w := New(c)
		list, served := map[uint64]sim.Span{}, int64(0)
		for w.reset(7, 1); w.step(); {
			if k := &w.lines[0]; k.tally.served > served {
				served = k.tally.served
				list[w.demands[0].number-1] = k.uses.First().Sub(w.now)
			}
		}
		return list
	}
	quick, slow := uses(0), uses(20)
	same := 0
	for k, d := range quick {
		if other, ok := slow[k]; ok {
			if same++; other != d {
				t.Fatalf("seed 7, replication 1: request %d lasts %v or %v", k, d, other)
			}
		}
	}
	if same < 50 {
		t.Errorf("only %d requests were served by both", same)
	}
}

// Closures, wet days and the times of demands are nature's: whatever hospitals
// and trucks do, they are the same.
func TestNatureIsTheSameForAllDesigns(t *testing.T) {
	nature := func(c *Config, r int) (list []sim.Time) {
		w := New(c)
		for w.reset(7, r); w.step(); {
			slot, at, _ := w.calendar.Next()
			if at < w.end && w.slots.of[slot].kind == demanded {
				list = append(list, at)
			}
		}
		w.reset(7, r)
		for i := range w.links {
			for w.now = 0; w.now < w.end; w.now = w.now.Add(hour) {
				list = append(list, w.blockedUntil(i, w.now))
			}
		}
		return list
	}
	c := closedLoop(4, 4)
	c.Horizon = 100 * sim.Day
	c.Weathers = []Weather{{Name: "rain", Wet: []float64{0.3}, Stay: 0.5}}
	for h := range c.Hospitals {
		c.Links[h].Closures = []Closure{
			{Name: "flood", Storm: None, Mean: 20 * 86400, Lasts: rng.LogNormal(86400, 1)},
			{Name: "mud", Storm: 0, Factor: 0.5, Daily: 0.05},
		}
		d := &c.Hospitals[h].Cylinders[0]
		d.Storm, d.Factor, d.Profile = 0, 1.5, []float64{1, 2, 0.5}
	}
	poor := *c
	poor.Trucks = poor.Trucks[:1]
	poor.Hospitals = slices.Clone(c.Hospitals)
	for h := range poor.Hospitals {
		poor.Hospitals[h].Lines = []Line{{Full: 2}}
	}
	for r := range 5 {
		if !slices.Equal(nature(c, r), nature(&poor, r)) {
			t.Errorf("seed 7, replication %d: hospitals with two cylinders and no trucks meet another nature", r)
		}
	}
}
