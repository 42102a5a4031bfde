package study

import (
	"fmt"
	"maps"
	"math"
	"slices"
	"strconv"
	"strings"

	"oxysim/model"
)

// Meaning is what a scenario means, in numbers that a planner can check by
// hand. They are of an average day: what chance does to them, a run tells.
type Meaning struct {
	Subject    *Subject
	Fleets     []Fleet    // by type
	Plants     []Capacity // and vendors
	Needs      []Need     // of hospitals
	Trucks     int
	Room       int     // cylinders that all trucks together carry
	Links      int     // roads
	Km         float64 // of them
	Gas        float64 // m³ a day asked for
	Cylinders  float64 // a day: asked for, or needed to carry what no other source does
	Supply     float64 // m³ a day that can be made, bought and brought; +Inf for no limit
	Provenance Provenance
	Warnings   []Warning
}

// Check says what a scenario means and what is odd about it.
func Check(s *Subject) *Meaning {
	m := meaning(s.Config)
	m.Subject = s
	m.Provenance = provenance(s.Tree)
	m.Warnings = slices.Concat(plausible(s.Config, m), oddPlaces(s.File), sameLabels(s), idlePrices(s))
	return m
}

// idlePrices warns of prices that are of no number of the scenario.
func idlePrices(s *Subject) (list []Warning) {
	if s.File.Price == nil {
		return nil
	}
	for _, key := range slices.Sorted(maps.Keys(s.File.Price.Unit)) {
		if _, err := NewLever(s, key); err != nil {
			list = append(list, Warning{"price.unit." + strconv.Quote(key), "it is the price of nothing: " + err.Error()})
		}
	}
	return list
}

// sameLabels warns of hospitals that are called the same in an answer.
func sameLabels(s *Subject) (list []Warning) {
	first := map[string]string{} // hospital, by label in small letters
	for _, name := range slices.Sorted(maps.Keys(s.File.Hospital)) {
		label := strings.ToLower(s.File.Hospital[name].Label)
		if label == "" {
			continue
		}
		if other, ok := first[label]; ok {
			list = append(list, Warning{"hospital." + name + ".label", fmt.Sprintf("%q is the label of hospital.%s, too: answers cannot tell them apart", s.File.Hospital[name].Label, other)})
			continue
		}
		first[label] = name
	}
	return list
}

// meaning computes the numbers.
func meaning(cfg *model.Config) *Meaning {
	m := &Meaning{Fleets: Fleets(cfg), Needs: needs(cfg), Trucks: len(cfg.Trucks), Links: len(cfg.Links)}
	m.Plants = capacities(cfg, m.Needs)
	for i := range cfg.Trucks {
		m.Room += cfg.Trucks[i].Room
	}
	for i := range cfg.Links {
		m.Km += float64(cfg.Links[i].Length)
	}
	for _, n := range m.Needs {
		m.Gas += n.Gas
		m.Cylinders += n.Cylinders
		m.Supply += min(n.Sources, n.Gas)
	}
	content := typicalContent(cfg)
	for i := range m.Plants {
		m.Supply += m.Plants[i].Piped
		if perDay := m.Plants[i].PerDay(); perDay > 0 {
			m.Supply += perDay * content
		}
	}
	return m
}

// Ratio returns supply over demand; +Inf if nothing is asked for or nothing
// limits supply.
func (m *Meaning) Ratio() float64 {
	if m.Gas == 0 {
		return math.Inf(1)
	}
	return m.Supply / m.Gas
}

// byType returns the cylinders of a type that are needed per day.
func (m *Meaning) byType(t int) (perDay float64) {
	for _, n := range m.Needs {
		perDay += n.ByType[t]
	}
	return perDay
}

// Count returns how many cylinders there are.
func (m *Meaning) Count() (n int) {
	for _, f := range m.Fleets {
		n += f.Count
	}
	return n
}

// TurnsPerWeek returns how often each cylinder must be filled per week to meet
// demand.
func (m *Meaning) TurnsPerWeek() float64 { return 7 * m.Cylinders / float64(max(1, m.Count())) }

// CycleDays returns the time each cylinder may take from one use to the next,
// in days; +Inf if none is needed.
func (m *Meaning) CycleDays() float64 {
	if m.Cylinders == 0 {
		return math.Inf(1)
	}
	return float64(m.Count()) / m.Cylinders
}
