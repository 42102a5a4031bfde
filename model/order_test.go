package model

import (
	"math"
	"testing"

	"oxysim/sim"
	"oxysim/sim/rng"
)

// The textbook's policies, by their position. Point 10, level 20, lots of 8.
func TestPolicyOrders(t *testing.T) {
	for _, x := range []struct {
		kind     PolicyKind
		position int
		urgent   bool
		want     int
	}{
		{NoOrders, 0, false, 0},
		{NoOrders, 3, true, 17},
		{NoOrders, 25, true, 0},
		{OneForOne, 20, false, 0},
		{OneForOne, 19, false, 1},
		{OneForOne, -3, false, 23},
		{OneForOne, 21, false, 0},
		{OrderUpTo, 11, false, 0},
		{OrderUpTo, 10, false, 10},
		{OrderUpTo, -5, false, 25},
		{OrderUpTo, 15, true, 5},
		{OrderUpTo, 21, true, 0},
		{OrderLot, 11, false, 0},
		{OrderLot, 10, false, 8},
		{OrderLot, 3, false, 8},  // 3 + 8 is above the point
		{OrderLot, 2, false, 16}, // 2 + 8 is not
		{OrderLot, -6, false, 24},
		{OrderLot, 11, true, 8},
		{LotEach, 100, false, 8},
		{LotEach, -1, true, 8},
		{Collect, 11, false, 0},
		{Collect, 10, false, 10},
		{Collect, 11, true, 9},
	} {
		p := Policy{Kind: x.kind, Point: 10, UpTo: 20, Lot: 8}
		if got := p.order(x.position, x.urgent); got != x.want {
			t.Errorf("policy %d at position %d, urgent %v: got %d, want %d", x.kind, x.position, x.urgent, got, x.want)
		}
	}
}

// After an order of lots the position is above the point, and would not be with
// one lot less.
func TestLotsAreJustEnough(t *testing.T) {
	for lot := 1; lot <= 7; lot++ {
		p := Policy{Kind: OrderLot, Point: 10, Lot: lot}
		for position := -30; position <= 10; position++ {
			if n := p.order(position, false); n%lot != 0 || position+n <= p.Point || position+n-lot > p.Point {
				t.Errorf("lots of %d at position %d: ordered %d", lot, position, n)
			}
		}
	}
}

// Above calm nothing is ever ordered: with so many on hand the position is no
// lower, and no order is urgent.
func TestCalmNeverHidesAnOrder(t *testing.T) {
	for kind := NoOrders; kind <= Collect; kind++ {
		for _, urgent := range []int{-1, 0, 4, 15} {
			for _, s := range []Supply{{}, {Courier: &Courier{}}} {
				s.Policy, s.Urgent = Policy{Kind: kind, Point: 10, UpTo: 20, Lot: 8, Cover: 2}, urgent
				calm := calmAbove(&s)
				for hand := range 40 {
					if kind == DaysOfCover || int32(hand) <= calm {
						continue // of the days of cover, the policy alone knows nothing
					}
					if n := s.Policy.order(hand, hand <= urgent); n > 0 {
						t.Errorf("policy %d, urgent at %d: calm above %d, but at %d on hand %d are ordered", kind, urgent, calm, hand, n)
					}
				}
			}
		}
	}
	for what, x := range map[string]struct {
		s    *Supply
		want int32
	}{
		"none is brought":        {nil, 0},
		"empties go at once":     {&Supply{Courier: &Courier{AtOnce: true}, Policy: Policy{Kind: OrderUpTo, Point: 5}}, math.MaxInt32},
		"counts may say more":    {&Supply{Report: &Report{}, Policy: Policy{Kind: OrderUpTo, Point: 5}}, math.MaxInt32},
		"each use is an order":   {&Supply{Policy: Policy{Kind: OneForOne, UpTo: 5}}, math.MaxInt32},
		"only the point matters": {&Supply{Urgent: -1, Policy: Policy{Kind: OrderUpTo, Point: 5}}, 5},
		"urgent is above":        {&Supply{Urgent: 7, Policy: Policy{Kind: Collect, Point: 5}}, 7},
		"rounds bring them":      {&Supply{Urgent: -1, Policy: Policy{Kind: NoOrders, Point: 5}}, 0},
	} {
		if got := calmAbove(x.s); got != x.want {
			t.Errorf("%s: calm above %d, want %d", what, got, x.want)
		}
	}
}

func TestNextReview(t *testing.T) {
	w := &World{}
	for _, x := range []struct{ first, every, now, want sim.Span }{
		{0, 24, 0, 24},
		{0, 24, 23, 24},
		{7, 24, 0, 7},
		{7, 24, 7, 31}, // after now, not at it
		{7, 24, 30, 31},
		{7, 24, 31, 55},
		{7, 5, 1000, 1002},
	} {
		w.now = sim.Time(x.now * hour)
		p := Policy{First: x.first * hour, Every: x.every * hour}
		if got := w.nextReview(&p); got != sim.Time(x.want*hour) {
			t.Errorf("reviews at %d h and every %d h, now %d h: next at %v, want %d h", x.first, x.every, x.now, got, x.want)
		}
	}
}

// A lot at each review, whatever the stock: by truck as by courier. A truck
// with room for three needs three trips for a lot of seven, twice.
func TestLotEachByTruckAndByCourier(t *testing.T) {
	c := oneRoad(func(c *Config) {
		c.Hospitals[0].Lines[0].Supply.Policy = Policy{Kind: LotEach, Lot: 7, UpTo: 20, Every: 100 * hour, First: 10 * hour}
		c.Trucks[0].Room = 3
		c.Horizon = 200 * hour
	})
	expectMetrics(t, c, map[string]float64{"hospital.a.delivered": 14, "truck.0.trips": 6, "hospital.a.on_hand_end": 33})
	c.Hospitals[0].Lines[0].Supply.Courier = &Courier{Out: hours(6), Back: rng.Constant(0)}
	expectMetrics(t, c, map[string]float64{"hospital.a.delivered": 14, "truck.0.trips": 0, "hospital.a.orders": 2})
}

// Lots that no truck could take are owed, and taken together.
func TestLotsAddUp(t *testing.T) {
	c := oneRoad(func(c *Config) {
		c.Hospitals[0].Lines[0].Supply.Policy = Policy{Kind: LotEach, Lot: 7, Every: 20 * hour, First: 10 * hour}
		c.Trucks[0].Days = 1 << 3 // Thursday, from hour 72; lots were ordered at 10, 30, 50 and 70
		c.Horizon = 80 * hour
	})
	expectMetrics(t, c, map[string]float64{"hospital.a.delivered": 28})
}

// What is on its way ends the urgency of the rest of an order: no second truck
// leaves outside its shift, although somebody asks for one more meanwhile. In the
// morning the first is back.
func TestUrgencyEndsWithTheFirstTruck(t *testing.T) {
	c := oneRoad(func(c *Config) {
		c.Hospitals[0].Cylinders[0].Batch = rng.Constant(10)
		c.Hospitals[0].Lines[0].Supply.Urgent = 10
		c.Trucks[0].Room, c.Trucks[0].Shift = 6, Windows{{6 * hour, 8 * hour}}
		c.Trucks = append(c.Trucks, c.Trucks[0])
		c.Trucks[1].Name = "truck.1"
		second := clinic("a", 9, 1).Cylinders[0]
		second.Name = "hospital.a.more"
		c.Hospitals[0].Cylinders = append(c.Hospitals[0].Cylinders, second)
	})
	for i, want := range [][]string{
		{"8 driving to hospital.a", "14 driving to plant.depot", "20 parked", "30 driving to hospital.a", "36 driving to plant.depot", "42 parked"},
		nil,
	} {
		j := journey{"urgent", c, i, want}
		j.check(t)
	}
}

// The dispatcher knows only what is reported: an order is urgent when the report
// says so, here at hour 24.
func TestUrgencyIsReported(t *testing.T) {
	c := oneRoad(func(c *Config) {
		s := c.Hospitals[0].Lines[0].Supply
		s.Urgent, s.Report = 19, &Report{Every: 24 * hour}
		c.Trucks[0].Shift = Windows{{6 * hour, 8 * hour}}
	})
	j := journey{"reported", c, 0, []string{"24 driving to hospital.a", "30 driving to plant.depot", "36 parked"}}
	j.check(t)
	c.Hospitals[0].Lines[0].Supply.Report.Late = hours(5)
	j = journey{"reported late", c, 0, []string{"29 driving to hospital.a", "35 driving to plant.depot", "41 parked"}}
	j.check(t)
}

// An order that one truck cannot carry goes by two, at once.
func TestTwoTrucksForOneOrder(t *testing.T) {
	c := oneRoad(func(c *Config) {
		c.Hospitals[0].Cylinders[0].Batch = rng.Constant(10)
		c.Trucks[0].Room = 6
		c.Trucks = append(c.Trucks, c.Trucks[0])
		c.Trucks[1].Name, c.Trucks[1].Payload = "truck.1", 3.5*70
		c.Horizon = 19 * hour
	})
	expectMetrics(t, c, map[string]float64{"truck.0.load": 6, "truck.1.load": 3, "hospital.a.delivered": 9})
}
