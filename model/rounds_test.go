package model

import (
	"testing"

	"oxysim/sim"
)

// A tour to a clinic six hours away, due at seven on Wednesdays, hour 55.
func TestRoundByHand(t *testing.T) {
	network := func(change func(c *Config)) *Config {
		return oneRoad(func(c *Config) {
			c.Hospitals[0].Lines[0].Supply.Policy.Kind = NoOrders
			c.Rounds = []Round{{Name: "r", Truck: None, Stops: []int{0}, Days: 1 << 2, Time: 7 * hour}}
			change(c)
		})
	}
	closed := func(known, skip bool) *Config {
		return network(func(c *Config) {
			c.Links[0].Closures = []Closure{dated(50, 60, known)}
			c.Rounds[0].Skip = skip
		})
	}
	every := Round{Name: "r", Truck: None, Stops: []int{0}, Every: 100 * hour, First: 10 * hour}
	for _, x := range []journey{
		{"each Wednesday", network(func(*Config) {}), 0, []string{
			"55 driving to hospital.a", "61 driving to plant.depot", "67 parked", "223 driving to hospital.a", "229 driving to plant.depot", "235 parked",
			"391 driving to hospital.a", "397 driving to plant.depot"}},
		{"every hundred hours", network(func(c *Config) { c.Rounds[0] = every }), 0, []string{
			"10 driving to hospital.a", "16 driving to plant.depot", "22 parked", "110 driving to hospital.a", "116 driving to plant.depot", "122 parked",
			"210 driving to hospital.a", "216 driving to plant.depot", "222 parked", "310 driving to hospital.a", "316 driving to plant.depot", "322 parked"}},
		{"it waits until a road that is known to be closed is open", closed(true, false), 0, []string{
			"60 driving to hospital.a", "66 driving to plant.depot", "72 parked", "223 driving to hospital.a", "229 driving to plant.depot", "235 parked",
			"391 driving to hospital.a", "397 driving to plant.depot"}},
		{"or is left out", closed(true, true), 0, []string{
			"223 driving to hospital.a", "229 driving to plant.depot", "235 parked", "391 driving to hospital.a", "397 driving to plant.depot"}},
		{"or, unknowing, is held", closed(false, true), 0, []string{
			"55 held", "60 driving to hospital.a", "66 driving to plant.depot", "72 parked", "223 driving to hospital.a", "229 driving to plant.depot", "235 parked",
			"391 driving to hospital.a", "397 driving to plant.depot"}},
		{"it waits for the truck's shift", network(func(c *Config) { c.Trucks[0].Shift = Windows{{9 * hour, 17 * hour}} }), 0, []string{
			"57 driving to hospital.a", "63 driving to plant.depot", "69 parked", "225 driving to hospital.a", "231 driving to plant.depot", "237 parked",
			"393 driving to hospital.a", "399 driving to plant.depot"}},
		{"its own truck does nothing else", network(func(c *Config) {
			c.Hospitals[0].Lines[0].Supply.Policy.Kind = OneForOne
			c.Rounds[0].Truck = 0
			c.Rounds[0].Days = 1 << 1
		}), 0, []string{
			"31 driving to hospital.a", "37 driving to plant.depot", "43 parked", "199 driving to hospital.a", "205 driving to plant.depot", "211 parked",
			"367 driving to hospital.a", "373 driving to plant.depot", "379 parked"}},
		{"no truck serves its stop", network(func(c *Config) { c.Trucks[0].Serves = []int{} }), 0, nil},
	} {
		x.check(t)
	}
}

// A truck that has a tour of its own goes on no other, nor for orders.
func TestReservedTruckStaysForItsRound(t *testing.T) {
	c := oneRoad(func(c *Config) {
		c.Rounds = []Round{
			{Name: "own", Truck: 0, Stops: []int{0}, Every: 1000 * hour, First: 20 * hour},
			{Name: "any", Truck: None, Stops: []int{0}, Every: 50 * hour, First: 10 * hour},
		}
	})
	j := journey{"reserved", c, 0, []string{"20 driving to hospital.a", "26 driving to plant.depot", "32 parked"}}
	j.check(t)
}

// Two tours of one truck, due an hour apart: the second begins when the first
// is back. If it is due again before that, the two are one.
func TestRoundsWaitForATruck(t *testing.T) {
	c := oneRoad(func(c *Config) {
		c.Hospitals[0].Lines[0].Supply.Policy.Kind = NoOrders
		c.Rounds = []Round{
			{Name: "slow", Truck: None, Stops: []int{0}, Every: 1000 * hour, First: 10 * hour},
			{Name: "often", Truck: None, Stops: []int{0}, Every: 5 * hour, First: 11 * hour},
		}
	})
	c.Horizon = 30 * hour
	j := journey{"one truck", c, 0, []string{
		"10 driving to hospital.a", "16 driving to plant.depot", "22 driving to hospital.a", "28 driving to plant.depot"}}
	j.check(t)
	expectMetrics(t, c, map[string]float64{"round.slow.done": 1, "round.often.due": 4, "round.often.done": 1})
}

// A tour brings each stop what it lacks, in its order as far as the cylinders
// go, or to each its share; a stop that lacks nothing is visited all the same.
func TestRoundShares(t *testing.T) {
	for _, x := range []struct {
		share Allocation
		room  int
		want  map[string]float64
	}{
		{FirstCome, 30, map[string]float64{"hospital.a.delivered": 6, "hospital.b.delivered": 0, "hospital.c.delivered": 4}},
		{FairShare, 30, map[string]float64{"hospital.a.delivered": 4, "hospital.b.delivered": 0, "hospital.c.delivered": 6}},
		{FairShare, 5, map[string]float64{"hospital.a.delivered": 2, "hospital.b.delivered": 0, "hospital.c.delivered": 3}},
	} {
		c := depot(clinic("a", 8, 6), clinic("b", 8, 0), clinic("c", 8, 9))
		for h := range c.Hospitals {
			c.Hospitals[h].Lines[0].Supply.Policy.Kind = NoOrders
			c.Links = append(c.Links, way(c.Hospitals[h].Name, 0, 1+h, 1))
		}
		c.Plants[0].Full, c.Plants[0].Share, c.Trucks[0].Room = []int{10}, x.share, x.room
		c.Rounds = []Round{{Name: "r", Truck: None, Stops: []int{0, 1, 2}, Every: sim.Year, First: 24 * hour}}
		x.want["road.hospital.b.trips"] = 2 // there and back again
		expectMetrics(t, c, x.want)
	}
}
