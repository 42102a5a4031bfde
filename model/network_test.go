package model

import (
	"fmt"
	"math/rand/v2"
	"slices"

	"oxysim/sim"
	"oxysim/sim/rng"
)

// maker makes random small networks in which everything there is happens, and
// often too little of it.
type maker struct {
	*rand.Rand
	*Config
}

// anyNetwork returns the random network of a seed: one to three plants or
// vendors, one to five hospitals, one to three types, and every way of bringing
// cylinders.
func anyNetwork(seed uint64) *Config {
	m := maker{newRand(seed), &Config{Start: DateOf(2024, 1, 1)}}
	m.Horizon = sim.Span(25+m.IntN(15)) * sim.Day
	if m.one(2) {
		m.WarmUp = sim.Span(1+m.IntN(9)) * sim.Day
	}
	for t := range 1 + m.IntN(3) {
		m.Types = append(m.Types, m.cylinderType(t))
	}
	for i := range m.IntN(3) {
		m.Weathers = append(m.Weathers, Weather{Name: fmt.Sprint(i), Wet: []float64{m.Float64(), m.Float64()}, Stay: m.Float64()})
	}
	if m.one(2) {
		m.Grids = []Grid{{Name: "g", Parent: None, Storm: m.storm(), Factor: 2, Random: true, Up: m.span(80), Down: m.span(9)}}
	}
	for i := range 1 + m.IntN(3) {
		m.Plants = append(m.Plants, m.plant(i))
	}
	for i := range 1 + m.IntN(5) {
		m.Hospitals = append(m.Hospitals, m.hospital(i))
	}
	m.roads()
	m.trucks()
	m.rounds()
	return m.Config
}

// one is true once in n times.
func (m maker) one(n int) bool { return m.IntN(n) == 0 }

// span returns a law of a time with a mean of up to so many hours.
func (m maker) span(hours int) rng.Law {
	mean := float64(1+m.IntN(hours*60)) * 60
	return []rng.Law{rng.Constant(mean), rng.Exponential(mean), rng.LogNormal(mean, 0.5), rng.Uniform(0, 2*mean)}[m.IntN(4)]
}

// spanOr0 returns a law of a time, or 0.
func (m maker) spanOr0(hours int) rng.Law {
	if m.one(2) {
		return rng.Constant(0)
	}
	return m.span(hours)
}

// around1 returns the law of a factor.
func (m maker) around1() rng.Law {
	if m.one(2) {
		return rng.Constant(1)
	}
	return rng.LogNormal(1, 0.3)
}

func (m maker) storm() int { return m.IntN(len(m.Weathers)+1) - 1 }

// hours returns opening hours, or none.
func (m maker) hours() Windows {
	if m.one(2) {
		return nil
	}
	from := sim.Span(m.IntN(12)) * sim.Hour
	return Windows{{from, from + sim.Span(1+m.IntN(12))*sim.Hour}}
}

func (m maker) cylinderType(t int) CylinderType {
	c := CylinderType{
		Name: string(rune('A' + t)), Content: Gas(1000+m.IntN(6000)) * Litre, Usable: 0.8 + 0.2*m.Float64(),
		Full: Kg(60 + m.IntN(20)), Empty: Kg(50 + m.IntN(10)),
	}
	if m.one(2) {
		c.Leak = 0.05 * m.Float64()
	}
	if m.one(2) {
		c.Loss = 3 * m.Float64()
	}
	if m.one(2) {
		c.TestEvery, c.TestTakes, c.TestReject = sim.Span(10+m.IntN(50))*sim.Day, m.spanOr0(200), 0.3*m.Float64()
	}
	return c
}

func (m maker) plant(i int) Plant {
	p := Plant{
		Name: fmt.Sprintf("plant.%d", i), Power: Power{Grid: m.IntN(len(m.Grids)+1) - 1},
		Docks: m.IntN(3), Share: Allocation(m.IntN(3)), Reserve: m.IntN(2) * m.IntN(4),
	}
	for range m.Types {
		p.Full, p.Empty = append(p.Full, m.IntN(12)), append(p.Empty, m.IntN(4))
	}
	if i > 0 && m.one(2) {
		p.Vendor = &Vendor{Quota: m.IntN(2) * (1 + m.IntN(4)), Refuse: 0.4 * m.Float64()}
		return p
	}
	p.Fill = &Fill{
		Positions: 1 + m.IntN(4), Time: m.span(4), Batch: m.IntN(2), Content: rng.Constant(1 - 0.1*float64(m.IntN(2))), Reject: 0.1 * float64(m.IntN(2)),
		Inspect: m.spanOr0(5), Vent: m.one(2), Hours: m.hours(), WaitLimit: sim.Hour, QueueLimit: 5,
	}
	if m.one(2) {
		machine := Machine{Count: 1 + m.IntN(2), Crew: None, Calendar: m.one(2), Restart: m.spanOr0(1), Modes: []Failure{{Name: "any", After: m.span(200), Lasts: m.span(20)}}}
		p.Make = &Make{Machines: machine, Flow: litres(Flow(m.IntN(2) * (20 + m.IntN(200)))), Tank: Gas(m.IntN(10)) * CubicMetre}
	}
	return p
}

// hospital returns a hospital with whole-cylinder demand, or any.
func (m maker) hospital(i int) Hospital {
	name := fmt.Sprintf("hospital.%d", i)
	h := Hospital{Name: name, Power: Power{Grid: None}}
	if m.one(3) {
		h = randomHospital(m.Rand, name, len(m.Types))
		if h.Cylinders = nil; m.Plants[0].Make == nil {
			h.Sources = slices.DeleteFunc(h.Sources, func(s Source) bool { return s == FromPipe })
		}
		h.Lines = nil
	}
	h.Priority = m.IntN(3)
	for t := range m.Types {
		h.Lines = append(h.Lines, Line{Type: t, Full: m.IntN(12), Empty: m.IntN(4), Supply: m.supply()})
	}
	for k := range h.Lines {
		if !m.one(4) {
			h.Cylinders = append(h.Cylinders, m.demand(fmt.Sprintf("%s.cylinders.%d", name, k), k))
		}
	}
	return h
}

func (m maker) supply() *Supply {
	if m.one(8) {
		return nil
	}
	up := 1 + m.IntN(15)
	s := &Supply{Plant: m.IntN(len(m.Plants)), Urgent: m.IntN(4) - 1, AllEmpties: m.one(2)}
	s.Policy = Policy{Kind: PolicyKind(m.IntN(7)), Point: m.IntN(up), UpTo: up, Lot: 1 + m.IntN(6), Cover: 3 * m.Float64()}
	if s.Policy.Kind == LotEach || m.one(3) {
		s.Policy.Every, s.Policy.First = sim.Span(1+m.IntN(100))*sim.Hour, sim.Span(m.IntN(30))*sim.Hour
	}
	if m.one(3) && s.Policy.Kind != Collect {
		s.Courier = &Courier{Out: m.spanOr0(30), Back: m.spanOr0(30), AtOnce: m.one(2)}
	}
	if m.one(3) {
		s.Report = &Report{Every: sim.Span(1+m.IntN(60)) * sim.Hour, First: sim.Span(m.IntN(30)) * sim.Hour, Late: m.spanOr0(100)}
	}
	return s
}

func (m maker) demand(name string, line int) CylinderDemand {
	d := CylinderDemand{
		Name: name, Line: line, Batch: rng.Constant(1), Storm: m.storm(), Factor: 2, Use: m.spanOr0(30),
		Unmet: Unmet(m.IntN(3)), Patience: m.span(20),
	}
	switch m.IntN(3) {
	case 0:
		d.Mean = float64(1+m.IntN(30)) * 3600
		if m.one(2) {
			d.Profile = []float64{1, 0, 2, m.Float64()}
		}
		if m.one(3) {
			d.Batch = rng.Poisson(2)
		}
	case 1:
		d.Interval, d.First = m.span(30), sim.Span(m.IntN(30))*sim.Hour
	case 2:
		d.Places, d.Use, d.Unmet = 1+m.IntN(3), rng.LogNormal(float64(5+m.IntN(40))*3600, 0.5), Waits
	}
	return d
}
