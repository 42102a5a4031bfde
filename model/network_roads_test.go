package model

import (
	"fmt"

	"oxysim/sim"
	"oxysim/sim/rng"
)

// roads joins all places by a random tree and some more links.
func (m maker) roads() {
	for j := range m.IntN(3) {
		m.Junctions = append(m.Junctions, fmt.Sprint(j))
	}
	places := len(m.Plants) + len(m.Hospitals) + len(m.Junctions)
	for to := 1; to < places; to++ {
		m.Links = append(m.Links, m.link(m.IntN(to), to))
	}
	for range m.IntN(4) {
		if a, b := m.IntN(places), m.IntN(places); a != b {
			m.Links = append(m.Links, m.link(a, b))
		}
	}
}

func (m maker) link(from, to int) Link {
	l := Link{
		Name: fmt.Sprintf("%d-%d-%d", from, to, len(m.Links)), From: from, To: to, Length: Km(m.IntN(200)), Speed: 40,
		Storm: m.storm(), Slow: 1.5, DayVary: m.around1(), TripVary: m.around1(),
	}
	if m.one(3) {
		x := m.spanOr0(6)
		l.Time = &x
	}
	if m.one(4) {
		l.Checks, l.CheckTakes = rng.Poisson(2), rng.Exponential(600)
	}
	if m.one(4) {
		l.Hours = m.hours()
	}
	for k := range m.IntN(3) {
		c := Closure{Name: fmt.Sprint(k), Storm: None, Known: m.one(2), Lasts: m.span(60)}
		switch m.IntN(4) {
		case 0:
			c.Mean = float64(1+m.IntN(300)) * 3600
			if m.one(2) {
				c.Season = []bool{true, false, true, m.one(2), m.one(2)}
			}
		case 1:
			c.Daily = 0.5 * m.Float64()
		case 2:
			c.Storm, c.Factor = m.storm(), m.Float64()
		case 3:
			from := sim.Span(m.IntN(700)) * sim.Hour
			c.Dated = []Dated{{from, from + sim.Span(m.IntN(100))*sim.Hour}}
		}
		l.Closures = append(l.Closures, c)
	}
	return l
}

// trucks gives each plant some, and each hospital that fetches its own.
func (m maker) trucks() {
	for p := range m.Plants {
		for range m.IntN(4) {
			m.Trucks = append(m.Trucks, m.truck(p))
		}
	}
	for h := range m.Hospitals {
		if !m.one(4) {
			m.Trucks = append(m.Trucks, m.truck(len(m.Plants)+h))
		}
	}
}

func (m maker) truck(home int) Truck {
	t := Truck{
		Name: fmt.Sprintf("truck.%d", len(m.Trucks)), Home: home, Room: 1 + m.IntN(20), LoadFix: m.spanOr0(1),
		LoadEach: sim.Span(m.IntN(2)*m.IntN(300)) * sim.Second, Shift: m.hours(), Stops: 1 + m.IntN(3), Repair: m.span(50),
	}
	if m.one(3) {
		t.Serves = []int{m.IntN(len(m.Hospitals)), m.IntN(len(m.Hospitals))}
	}
	if m.one(3) {
		t.Payload = Kg(80 + m.IntN(600))
	}
	if m.one(3) {
		t.Days = uint8(1 + m.IntN(127))
	}
	if m.one(3) {
		t.Driving, t.Rest = sim.Span(1+m.IntN(8))*sim.Hour, sim.Span(m.IntN(12))*sim.Hour
	}
	if m.one(3) {
		t.Life = float64(100 + m.IntN(2000))
	}
	return t
}

// rounds makes fixed tours, with a truck of their own or any.
func (m maker) rounds() {
	for i := range m.IntN(3) {
		r := Round{
			Name: fmt.Sprint(i), Plant: m.IntN(len(m.Plants)), Truck: None, Days: uint8(m.IntN(128)),
			Time: sim.Span(m.IntN(24)) * sim.Hour, Skip: m.one(2),
		}
		if m.one(2) {
			r.Every, r.First = sim.Span(1+m.IntN(90))*sim.Hour, sim.Span(m.IntN(90))*sim.Hour
		}
		for range 1 + m.IntN(3) {
			r.Stops = append(r.Stops, m.IntN(len(m.Hospitals)))
		}
		for t := range m.Trucks {
			if m.Trucks[t].Home == r.Plant && m.one(3) {
				r.Truck = t
			}
		}
		m.Rounds = append(m.Rounds, r)
	}
}
