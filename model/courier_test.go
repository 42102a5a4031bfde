package model

import (
	"slices"
	"testing"

	"oxysim/sim"
	"oxysim/sim/rng"
)

// byCourier returns a depot and clinics whose orders go by courier, in the same
// time each.
func byCourier(full int, clinics ...Hospital) *Config {
	c := depot(clinics...)
	c.Trucks = nil
	c.Plants[0].Full = []int{full}
	for h := range clinics {
		c.Hospitals[h].Lines[0].Supply.Courier = &Courier{Out: hours(6), Back: hours(6)}
	}
	return c
}

// Two clinics order 8 each, of ten and later five: what is there is sent at
// once, and the rest of an order is sent when there is more. The depot has five
// more at hour 30, because an order sends its empties back and they are filled.
func TestCourierSendsInParts(t *testing.T) {
	c := byCourier(10, clinic("a", 8, 8), clinic("b", 8, 8))
	c.Plants[0].Fill = &Fill{Positions: 10, Time: hours(10), Content: rng.Constant(1)}
	// a: 8 arrive at 14; b: 2. Their empties arrive at 20 and are full at 30;
	// six go to b and arrive at 36.
	for _, x := range []struct {
		at   sim.Span
		a, b float64
	}{{13, 0, 0}, {15, 8, 2}, {35, 8, 2}, {37, 8, 8}} {
		c.Horizon = x.at * hour
		expectMetrics(t, c, map[string]float64{"hospital.a.delivered": x.a, "hospital.b.delivered": x.b, "hospital.b.orders": 1})
	}
}

// A part of an order leaves the reserve alone.
func TestCourierKeepsTheReserve(t *testing.T) {
	c := byCourier(10, clinic("a", 8, 8), clinic("b", 8, 8))
	c.Plants[0].Reserve, c.Hospitals[1].Priority = 4, 1
	expectMetrics(t, c, map[string]float64{"hospital.a.delivered": 6, "hospital.b.delivered": 4})
}

// Of ten cylinders, two clinics that order 8 at the same time are sent five each
// if sharing is fair; as they order one after the other, the first has 8.
func TestCourierSharesFairly(t *testing.T) {
	c := byCourier(0, clinic("a", 8, 8), clinic("b", 8, 8))
	c.Plants[0].Share, c.Plants[0].Empty = FairShare, []int{10}
	c.Plants[0].Fill = &Fill{Positions: 10, Batch: 10, Time: hours(20), Content: rng.Constant(1)}
	c.Horizon = 30 * hour
	expectMetrics(t, c, map[string]float64{"hospital.a.delivered": 5, "hospital.b.delivered": 5})
}

// How long an order takes belongs to the order: if the depot has too few
// cylinders for one of them, no other travels longer or shorter.
func TestCourierTimesBelongToOrders(t *testing.T) {
	times := func(full int) (list []sim.Span) { // of the first part of each order
		c := byCourier(full, clinic("a", 8, 8))
		c.Horizon = 8000 * hour
		c.Hospitals[0].Cylinders[0].Interval = hours(1000)
		c.Hospitals[0].Lines[0].Supply.Courier = &Courier{Out: rng.Exponential(50 * 3600), Back: rng.Constant(0)}
		c.Plants[0].Fill = &Fill{Positions: 20, Time: hours(1), Content: rng.Constant(1)}
		w := New(c)
		for w.reset(1, 0); w.step(); {
			if l := &w.lines[0]; int(l.orders) > len(list) {
				list = append(list, l.parcels.First().Sub(w.now))
			}
		}
		return list
	}
	many, few := times(50), times(3)
	if len(many) != 8 || !slices.Equal(many, few) {
		t.Errorf("orders take %v with cylinders enough, %v with few; want 8, and the same", many, few)
	}
}

// A vendor of three a day, which begins with none: the first three of ten
// empties are exchanged on the first day, three on each of the next.
func TestVendorQuotaByHand(t *testing.T) {
	c := byCourier(0, clinic("a", 8, 10))
	c.Hospitals[0].Lines[0].Supply.Courier = &Courier{AtOnce: true}
	c.Plants[0].Vendor = &Vendor{Quota: 3}
	for day, want := range []float64{3, 6, 9, 10, 10} {
		c.Horizon = sim.Span(day)*sim.Day + 20*hour
		expectMetrics(t, c, map[string]float64{"plant.depot.filled": want, "hospital.a.delivered": want})
	}
	c.Plants[0].Vendor.Refuse = 1
	expectMetrics(t, c, map[string]float64{"plant.depot.filled": 0})
}

// A vendor's first day is one day: empties that are there at the start and those
// that come later share its quota.
func TestVendorHasOneFirstDay(t *testing.T) {
	c := byCourier(0, clinic("a", 8, 10))
	c.Hospitals[0].Lines[0].Supply.Courier = &Courier{AtOnce: true}
	c.Plants[0].Vendor, c.Plants[0].Empty = &Vendor{Quota: 3}, []int{3}
	c.Horizon = 20 * hour
	expectMetrics(t, c, map[string]float64{"plant.depot.filled": 3})
}

// A vendor's quota goes to the empties that have waited longest, whatever their
// type.
func TestVendorTakesTheOldestFirst(t *testing.T) {
	c := byCourier(0, clinic("a", 12, 4), clinic("b", 8, 4))
	c.Types = append(c.Types, c.Types[0])
	c.Types[1].Name = "D"
	c.Hospitals[1].Lines[0].Type = 1
	c.Plants[0].Vendor = &Vendor{Quota: 3}
	for h := range c.Hospitals {
		c.Hospitals[h].Lines[0].Supply.Courier = &Courier{AtOnce: true}
	}
	c.Horizon = 47 * hour // b's four of hour 8 take the first day and, before a's of hour 12, one of the second
	expectMetrics(t, c, map[string]float64{"hospital.a.delivered": 2, "hospital.b.delivered": 4})
}
