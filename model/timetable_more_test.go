package model

import (
	"testing"

	"oxysim/sim"
	"oxysim/sim/rng"
)

// Two roads lead to a clinic: six hours, or four and five over a junction. It
// asks at hour 8.
func TestWayAroundByHand(t *testing.T) {
	network := func(closed ...Closure) *Config {
		c := depot(clinic("a", 8, 1))
		c.Junctions = []string{"ford"}
		c.Links = []Link{way("way", 0, 1, 6), way("in", 0, 2, 4), way("out", 2, 1, 5)}
		c.Links[0].Closures = closed
		return c
	}
	both := network(dated(7, 100, true))
	both.Links[2].Closures = []Closure{dated(0, 30, true)}
	shut := network(dated(7, 100, true))
	shut.Links[2].Closures = []Closure{dated(10, 30, true)}
	for _, x := range []journey{
		{"the quickest way", network(), 0,
			[]string{"8 driving to hospital.a", "14 driving to plant.depot", "20 parked"}},
		{"around a closure that is known", network(dated(7, 100, true)), 0,
			[]string{"8 driving to junction.ford", "12 driving to hospital.a", "17 driving to junction.ford", "22 driving to plant.depot", "26 parked"}},
		{"not around one that is not", network(dated(7, 100, false)), 0,
			[]string{"8 held", "100 driving to hospital.a", "106 driving to plant.depot", "112 parked"}},
		{"around, and back when it is open again", network(dated(7, 17, true)), 0,
			[]string{"8 driving to junction.ford", "12 driving to hospital.a", "17 driving to plant.depot", "23 parked"}},
		{"it is sent when the first of two ways opens", both, 0,
			[]string{"30 driving to junction.ford", "34 driving to hospital.a", "39 driving to junction.ford", "44 driving to plant.depot", "48 parked"}},
		// At the junction both ways on are closed; the usual one is awaited.
		{"held at the junction", shut, 0,
			[]string{"8 driving to junction.ford", "12 held", "30 driving to hospital.a", "35 driving to junction.ford", "40 driving to plant.depot", "44 parked"}},
	} {
		x.check(t)
	}
}

// One dock, where loading, unloading and emptying take an hour each. Two trucks
// are sent at hour 8 to clinics six and five and a half hours away; the second
// waits for the first, then as they come home together at 22 again. A third,
// sent after them, is the last to be loaded.
func TestDocksByHand(t *testing.T) {
	c := depot(clinic("a", 8, 1), clinic("b", 8, 1))
	c.Links = []Link{way("a", 0, 1, 6), way("b", 0, 2, 5.5)}
	c.Plants[0].Docks = 1
	c.Trucks[0].LoadFix = hours(1)
	c.Trucks = append(c.Trucks, c.Trucks[0], c.Trucks[0])
	c.Trucks[1].Name, c.Trucks[2].Name = "truck.1", "truck.2"
	c.Hospitals = append(c.Hospitals, clinic("c", 8, 1))
	c.Links = append(c.Links, way("c", 0, 3, 9))
	for _, x := range []journey{
		{"third", c, 2, []string{
			"8 docking", "10 loading", "11 driving to hospital.c", "20 unloading", "21 driving to plant.depot", "30 emptying", "31 parked"}},
		{"first", c, 0, []string{
			"8 loading", "9 driving to hospital.a", "15 unloading", "16 driving to plant.depot", "22 emptying", "23 parked"}},
		{"second", c, 1, []string{
			"8 docking", "9 loading", "10 driving to hospital.b", "15.5 unloading", "16.5 driving to plant.depot", "22 docking", "23 emptying", "24 parked"}},
	} {
		x.check(t)
	}
}

// Two clinics order at hour 8, two cylinders each, an hour apart.
func TestSeveralStopsByHand(t *testing.T) {
	network := func(stops, room int) *Config {
		c := depot(clinic("a", 8, 2), clinic("b", 8, 2))
		c.Links = []Link{way("a", 0, 1, 6), way("b", 0, 2, 6.5), way("ab", 1, 2, 1)}
		c.Trucks[0].Stops, c.Trucks[0].Room, c.Trucks[0].LoadEach = stops, room, 15*sim.Minute
		return c
	}
	for _, x := range []journey{
		{"one trip for both", network(2, 30), 0, []string{
			"8 loading", "9 driving to hospital.a", "15 unloading", "15.5 driving to hospital.b", "16.5 unloading", "17 driving to plant.depot", "23.5 emptying", "24.5 parked"}},
		{"one after the other", network(1, 30), 0, []string{
			"8 loading", "8.5 driving to hospital.a", "14.5 unloading", "15 driving to plant.depot", "21 emptying", "21.5 parked", "21.5 loading",
			"22 driving to hospital.b", "28.5 unloading", "29 driving to plant.depot", "35.5 emptying", "36 parked"}},
		{"room for three: one is left for a second trip", network(2, 3), 0, []string{
			"8 loading", "8.75 driving to hospital.a", "14.75 unloading", "15.25 driving to hospital.b", "16.25 unloading", "16.5 driving to plant.depot",
			"23 emptying", "23.75 parked", "23.75 loading", "24 driving to hospital.b", "30.5 unloading", "30.75 driving to plant.depot", "37.25 emptying", "37.5 parked"}},
	} {
		x.check(t)
	}
}

// The clinic's own truck, six hours from the depot, where it is loaded and
// unloaded in an hour each.
func TestOwnTruckByHand(t *testing.T) {
	network := func(full int, change func(c *Config)) *Config {
		return oneRoad(func(c *Config) {
			s := c.Hospitals[0].Lines[0].Supply
			s.Policy = Policy{Kind: Collect, Point: 19, UpTo: 20}
			c.Plants[0].Full = []int{full}
			c.Plants[0].Fill = &Fill{Positions: 1, Time: hours(4), Content: rng.Constant(1)}
			c.Trucks[0].Home, c.Trucks[0].LoadFix = 1, hours(1)
			change(c)
		})
	}
	docks := network(1, func(c *Config) {
		c.Plants[0].Docks = 1
		c.Hospitals = append(c.Hospitals, clinic("b", 13, 1))
		c.Links = append(c.Links, way("b", 0, 2, 6))
		c.Trucks = append(c.Trucks, Truck{Name: "truck.1", Room: 1, Stops: 1, LoadFix: hours(4)})
	})
	two := network(1, func(c *Config) {
		c.Trucks = append(c.Trucks, c.Trucks[0])
		c.Trucks[1].Name = "truck.1"
		c.Hospitals[0].Cylinders[0].Interval = hours(5) // others are asked for while the first is on its way
		c.Horizon = 16 * hour
	})
	for _, x := range []journey{
		{"a second stays until it is known what the first will bring", two, 1, nil},
		{"the depot has one", network(1, func(*Config) {}), 0,
			[]string{"8 loading", "9 driving to plant.depot", "15 handing in", "16 collecting", "16 loading", "17 driving to hospital.a", "23 emptying", "24 parked"}},
		{"it waits until its own empty is full", network(0, func(*Config) {}), 0,
			[]string{"8 loading", "9 driving to plant.depot", "15 handing in", "16 collecting", "20 loading", "21 driving to hospital.a", "27 emptying", "28 parked"}},
		{"it is not sent into a closure that is known", network(1, func(c *Config) { c.Links[0].Closures = []Closure{dated(0, 10, true)} }), 0,
			[]string{"10 loading", "11 driving to plant.depot", "17 handing in", "18 collecting", "18 loading", "19 driving to hospital.a", "25 emptying", "26 parked"}},
		{"it waits for the dock, and then for the cylinder that the other has taken", docks, 0,
			[]string{"8 loading", "9 driving to plant.depot", "15 docking", "17 handing in", "18 collecting", "22 loading", "23 driving to hospital.a", "29 emptying", "30 parked"}},
	} {
		x.check(t)
	}
}
