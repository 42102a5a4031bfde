package model

import (
	"testing"

	"oxysim/sim"
)

// Where no road leads, nobody is sent: an order waits, and so does a tour.
func TestNoRoadNoTrip(t *testing.T) {
	c := depot(clinic("a", 8, 1), clinic("island", 8, 1))
	c.Links = []Link{way("way", 0, 1, 6)}
	c.Rounds = []Round{{Name: "r", Truck: None, Stops: []int{1}, Every: 50 * hour, First: 50 * hour}}
	j := journey{"one of two has a road", c, 0, []string{"8 driving to hospital.a", "14 driving to plant.depot", "20 parked"}}
	j.check(t)
	expectMetrics(t, c, map[string]float64{"hospital.island.delivered": 0, "round.r.done": 0})
	c.Links = nil
	expectMetrics(t, c, map[string]float64{"hospital.a.delivered": 0, "network.trips": 0})
}

// The usual way is the quickest, over any number of junctions, as a search of
// all ways finds it.
func TestUsualWayIsTheQuickest(t *testing.T) {
	for seed := range uint64(50) {
		r := newRand(seed)
		c := depot(clinic("a", 8, 1))
		for range 3 + r.IntN(4) {
			c.Junctions = append(c.Junctions, "j")
		}
		places := 2 + len(c.Junctions)
		for range places + r.IntN(2*places) {
			if a, b := r.IntN(places), r.IntN(places); a != b {
				c.Links = append(c.Links, way("l", a, b, float64(1+r.IntN(30))))
			}
		}
		w := New(c)
		// Source: Floyd and Warshall (1962).
		least := make([]sim.Span, places*places)
		for i := range least {
			least[i] = noWay
		}
		for i := range places {
			least[i*places+i] = 0
		}
		for i := range c.Links {
			for _, k := range [2]int{c.Links[i].From*places + c.Links[i].To, c.Links[i].To*places + c.Links[i].From} {
				least[k] = min(least[k], sim.Seconds(c.Links[i].Time.Mean()))
			}
		}
		for k := range places {
			for i := range places {
				for j := range places {
					least[i*places+j] = min(least[i*places+j], least[i*places+k]+least[k*places+j])
				}
			}
		}
		for at := range places {
			for to := range places {
				want := min(least[at*places+to], noWay)
				if got := w.usually(at, to); got != want {
					t.Fatalf("seed %d: from %d to %d takes %v, want %v", seed, at, to, got, want)
				}
				drive := sim.Span(0)
				for here := at; here != to && want < noWay; {
					l := w.nextLink(here, to)
					drive += sim.Seconds(c.Links[l].Time.Mean())
					here = w.otherEnd(l, here)
				}
				if want < noWay && drive != want {
					t.Fatalf("seed %d: the way from %d to %d takes %v, want %v", seed, at, to, drive, want)
				}
			}
		}
	}
}
