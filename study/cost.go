package study

import (
	"fmt"
	"maps"
	"math"
	"slices"
	"strings"

	"oxysim/scenarios"
	"oxysim/scenarios/quantity"
)

// Money is counted here and nowhere else. Replications count kilometres, fills
// and hours; prices are laid over them afterwards, so that another price moves
// no number but those in money.

// money is what designs cost.
type money struct {
	currency string
	file     scenarios.Price // zero if there is none
	prices   []amount        // of items, then of investments
	items    []Item
	read     [][][]reading // by design and item, what is summed
	effects  []Consequence
	done     [][][]reading // by design and effect
	designs  []spending
	factor   float64 // to a year's, of what is counted after the warm-up
	since    float64 // of what is counted since the start
	horizon  float64 // days
	notes    []error
}

// amount is a price and what it may be.
type amount struct{ x, lo, hi float64 }

// Item is something that is used and paid for.
type Item struct {
	Key    string  // of its price, dotted
	What   string  // in words
	Unit   string  // what the price is for
	Price  float64 // for one
	Lo, Hi float64 // what it may be
	Source string  // where the price comes from; "" if nobody says
	Priced bool    // false if it has no price, and so costs nothing
}

// Consequence is something that an option may avert.
type Consequence struct {
	Name string // in words, for one: "stockout-day"
	more bool   // more of it is no harm: patients
}

// reading is a number that is summed to a quantity.
type reading struct {
	at     int     // place in what is read of the design
	factor float64 // to the unit, for a year
	except [2]int  // places of generator hours and of hours without power at the same place, -1 for none: then only the share of the other powered time is counted
	hours  float64 // of the statistics
}

// of returns it.
func (r reading) of(values []float64) float64 {
	x := float64(values[r.at] * r.factor)
	if g := r.except[0]; g >= 0 {
		powered := r.hours
		if off := r.except[1]; off >= 0 {
			powered -= values[off]
		}
		if powered <= 0 {
			return 0
		}
		x *= max(0, 1-values[g]/powered)
	}
	return x
}

// spending is what a design costs whatever happens.
type spending struct{ parts []part }

// part is what is bought for a design: prices by their places, or -1.
type part struct {
	name             string
	capital, running int
	life             float64 // years
	units            float64 // of what the prices are for
}

// Names of what is counted for money, beside those of the network.
var counted = map[string]bool{
	"kwh": true, "concentrators_kwh": true, "diesel": true, "generator_hours": true, "power_off_hours": true, "filled": true,
	"bulk_received_m3": true, "failures": true, "patients": true, "extra_deaths": true,
}

// isResource reports whether a metric is counted for money.
func isResource(name string) bool {
	thing, rest := Thing(name)
	switch kind, _, _ := strings.Cut(thing, "."); kind {
	case "network":
		return slices.Contains([]string{"km", "trips", "diesel_trucks", "missing", "condemned", "stockout_hours", "patient_hours_without"}, rest)
	case "plant", "vendor", "hospital":
		return counted[rest]
	}
	return false
}

// newMoney returns what designs cost; nil if nothing has a price.
func newMoney(designs []*Option) (*money, scenarios.Problems) {
	base := designs[0].Subject
	m := &money{factor: perYear(base), since: daysPerYear / base.Config.Horizon.Days(), horizon: (base.Config.Horizon - base.Config.WarmUp).Days()}
	if base.File.Price != nil {
		m.file = *base.File.Price
	}
	if problems := m.oneCurrency(designs); len(problems) > 0 {
		return nil, problems
	}
	item := func(key, what, unit string, price *quantity.Money) { m.item(base, key, what, unit, price) }
	p := &m.file
	item("price.electricity", "electricity from the grid", "kWh", p.Electricity)
	item("price.diesel", "diesel", "L", p.Diesel)
	item("price.km", "kilometres", "km", p.Km)
	item("price.trip", "trips", "trip", p.Trip)
	item("price.fill", "fills at own plants", "fill", p.Fill)
	item("price.liquid", "liquid oxygen", "m3", p.Liquid)
	item("price.repair", "repairs of machines", "repair", p.Repair)
	item("price.lost", "cylinders lost or condemned", "cylinder", p.Lost)
	vendors := map[string]int{} // items
	for _, o := range designs {
		for _, v := range sortedNames(o.File.Vendor) {
			if _, ok := vendors[v]; !ok {
				vendors[v] = len(m.items)
				m.item(o.Subject, "vendor."+v+".price", "fills by "+base.Label("vendor."+v), "fill", o.File.Vendor[v].Price)
			}
		}
	}
	m.effects = []Consequence{{Name: "stockout-day"}, {Name: "patient-hour without oxygen"}, {Name: "patient", more: true}, {Name: "death"}, {Name: "DALY"}}
	for _, o := range designs {
		if problems := m.spend(base, o); len(problems) > 0 {
			return nil, problems
		}
	}
	if m.currency == "" {
		return nil, nil
	}
	return m, nil
}

// item adds something that may be paid for, at a price of a scenario.
func (m *money) item(s *Subject, key, what, unit string, price *quantity.Money) {
	i := Item{Key: key, What: what, Unit: unit}
	if price != nil {
		i.Source = s.Tree.Source(key)
	}
	a := amountOf(price)
	if price != nil {
		i.Priced, i.Price, i.Lo, i.Hi = true, a.x, a.lo, a.hi
	}
	m.items = append(m.items, i)
	m.prices = append(m.prices, a)
}

// amountOf returns an amount of money with its range.
func amountOf(p *quantity.Money) amount {
	if p == nil {
		return amount{}
	}
	if lo, hi, ok := p.Bounds(); ok {
		return amount{p.Amount(), lo, hi}
	}
	return amount{p.Amount(), p.Amount(), p.Amount()}
}

// oneCurrency finds the currency of all prices, and refuses others.
func (m *money) oneCurrency(designs []*Option) (problems scenarios.Problems) {
	first := ""
	check := func(s *Subject, key string, p *quantity.Money) {
		switch {
		case p == nil:
		case m.currency == "":
			m.currency, first = p.Currency(), key
		case p.Currency() != m.currency:
			problems = append(problems, s.Tree.Problem(key, "want all prices in one currency, %s as %s has it, not %s", m.currency, first, p.Currency()))
		}
	}
	base := designs[0].Subject
	p := &m.file
	for _, x := range []struct {
		key   string
		price *quantity.Money
	}{
		{"electricity", p.Electricity}, {"diesel", p.Diesel}, {"km", p.Km}, {"trip", p.Trip}, {"fill", p.Fill},
		{"liquid", p.Liquid}, {"repair", p.Repair}, {"lost", p.Lost}, {"daly", p.DALY},
	} {
		check(base, "price."+x.key, x.price)
	}
	for _, k := range sortedNames(p.Unit) {
		u := p.Unit[k]
		check(base, "price.unit", u.Capital)
		check(base, "price.unit", u.Running)
	}
	for _, o := range designs {
		for _, v := range sortedNames(o.File.Vendor) {
			check(o.Subject, "vendor."+v+".price", o.File.Vendor[v].Price)
		}
		for _, name := range o.Parts {
			x := base.File.Option[name]
			check(base, "option."+name+".capital", x.Capital)
			check(base, "option."+name+".running", x.Running)
		}
	}
	return problems
}

// spend adds a design: what is bought for it, and what is read of it.
func (m *money) spend(base *Subject, o *Option) scenarios.Problems {
	var s spending
	for _, name := range o.Parts {
		x := base.File.Option[name]
		if x.Capital == nil && x.Running == nil {
			if alone, problems := base.Opt(name); len(problems) == 0 {
				parts, problems := m.byUnits(base, alone)
				if len(problems) > 0 {
					return problems
				}
				s.parts = append(s.parts, parts...)
				if len(parts) == 0 {
					m.notes = append(m.notes, fmt.Errorf("%s has neither capital nor running: 0 is taken", name))
				}
			}
			continue
		}
		s.parts = append(s.parts, part{name, m.price(x.Capital), m.price(x.Running), years(x.Life), 1})
	}
	if len(o.Parts) == 0 && o.Subject != base {
		parts, problems := m.byUnits(base, o.Subject)
		if len(problems) > 0 {
			return problems
		}
		s.parts = parts
		if len(parts) == 0 {
			m.notes = append(m.notes, fmt.Errorf("nothing of what is other in %s has a price in [price.unit]: only what is used is counted", o.Name))
		}
	}
	m.designs = append(m.designs, s)
	return nil
}

// price adds a price, and returns its place; -1 for none.
func (m *money) price(p *quantity.Money) int {
	if p == nil {
		return -1
	}
	m.prices = append(m.prices, amountOf(p))
	return len(m.prices) - 1
}

// byUnits returns what is bought to come from one scenario to another, by the
// prices of units.
func (m *money) byUnits(from, to *Subject) (parts []part, problems scenarios.Problems) {
	for _, c := range changes(from, to) {
		u, pattern, ok := from.UnitPrice(c.Key)
		if !ok {
			continue
		}
		old, _ := from.Tree.Scalar(c.Key)
		now, _ := to.Tree.Scalar(c.Key)
		if now == nil && old == nil {
			continue
		}
		more := 0.0
		if now != nil {
			more += now.Base()
		}
		if old != nil {
			more -= old.Base()
		}
		per, err := from.unitSize(c.Key, u)
		if err != nil {
			return nil, scenarios.Problems{from.Tree.Problem("price.unit", "%q: per: %v", pattern, err)}
		}
		parts = append(parts, part{c.Key, m.price(u.Capital), m.price(u.Running), years(u.Life), more / per})
	}
	return parts, nil
}

// UnitPrice returns what one more unit of a number costs, by the pattern that
// it matches, the first in the order of the alphabet.
func (s *Subject) UnitPrice(key string) (u scenarios.UnitPrice, pattern string, ok bool) {
	if s.File.Price == nil {
		return u, "", false
	}
	for _, p := range sortedNames(s.File.Price.Unit) {
		if matches(p, key) {
			return s.File.Price.Unit[p], p, true
		}
	}
	return u, "", false
}

// unitSize returns for how much of a number its price is, in its base unit.
func (s *Subject) unitSize(key string, u scenarios.UnitPrice) (float64, error) {
	if u.Per == "" {
		return 1, nil
	}
	l, err := NewLever(s, key)
	if err != nil {
		return 0, err
	}
	x, err := l.Parse(u.Per)
	if err == nil && !(x > 0) {
		err = fmt.Errorf("want more than nothing, not %q", u.Per)
	}
	return x, err
}

// AnnualCost returns what a price of a unit comes to in a year.
func (s *Subject) AnnualCost(u scenarios.UnitPrice) float64 {
	return Annuity(amountOf(u.Capital).x, s.discount(), years(u.Life)) + amountOf(u.Running).x
}

// discount returns the rate per year, as a fraction.
func (s *Subject) discount() float64 {
	if s.File.Price == nil {
		return 0.03 // the default of price.discount
	}
	return s.File.Price.Discount.Fraction()
}

// Annuity returns the equivalent annual cost of capital that lasts for a life in
// years: what, paid at the end of each year, is worth as much at a rate per
// year, such as 0.03.
//
// Source: Drummond et al., Methods for the Economic Evaluation of Health Care
// Programmes (2015) ch. 7: capital·r / (1 - (1+r)^-life).
func Annuity(capital, rate, life float64) float64 {
	if rate == 0 {
		return capital / life
	}
	return capital * rate / -math.Expm1(-life*math.Log1p(rate))
}

// begin finds where the quantities are in what is read of the designs.
func (m *money) begin(c *Compare) {
	m.read, m.done = nil, nil
	for d := range c.Designs {
		list := c.reads[d]
		read, done := make([][]reading, len(m.items)), make([][]reading, len(m.effects))
		for i, name := range list {
			thing, rest := Thing(name)
			kind, which, _ := strings.Cut(thing, ".")
			add := func(key string, factor float64) {
				at := slices.IndexFunc(m.items, func(x Item) bool { return x.Key == key })
				r := reading{at: i, factor: factor, except: [2]int{-1, -1}}
				if key == "price.electricity" {
					r.except = [2]int{slices.Index(list, thing+".generator_hours"), slices.Index(list, thing+".power_off_hours")}
					r.hours = 24 * m.horizon
				}
				read[at] = append(read[at], r)
			}
			averts := func(effect int, factor float64) {
				done[effect] = append(done[effect], reading{at: i, factor: factor, except: [2]int{-1, -1}})
			}
			if !isResource(name) {
				continue
			}
			switch rest {
			case "kwh", "concentrators_kwh":
				add("price.electricity", m.factor)
			case "diesel", "diesel_trucks":
				add("price.diesel", m.factor)
			case "km":
				add("price.km", m.factor)
			case "trips":
				add("price.trip", m.factor)
			case "filled":
				if kind == "vendor" {
					add("vendor."+which+".price", m.factor)
				} else {
					add("price.fill", m.factor)
				}
			case "bulk_received_m3":
				add("price.liquid", m.factor)
			case "failures":
				add("price.repair", m.factor)
			case "missing", "condemned":
				add("price.lost", m.since)
			case "stockout_hours":
				averts(0, m.factor/24)
			case "patient_hours_without":
				averts(1, m.factor)
			case "patients":
				averts(2, m.factor)
			case "extra_deaths":
				averts(3, m.factor)
				averts(4, m.factor*float64(m.file.DALYsPerDeath.Float()))
			}
		}
		m.read, m.done = append(m.read, read), append(m.done, done)
	}
}

// size is how many numbers money remembers of a replication of a design.
func (m *money) size() int { return len(m.items) + len(m.effects) + 1 }

// append adds to a list what is used and what happens in a year of a
// replication: items, then effects, then the metric by which the best is chosen,
// which is read first.
func (m *money) append(list []float64, design int, values []float64) []float64 {
	for _, of := range [][][]reading{m.read[design], m.done[design]} {
		for _, readings := range of {
			sum := 0.0
			for _, r := range readings {
				sum += r.of(values)
			}
			list = append(list, sum)
		}
	}
	return append(list, values[0])
}

// cost returns what a year of a design costs: what is bought, and the quantities
// of the items, at prices.
func (m *money) cost(design int, quantities, prices []float64, rate float64) float64 {
	sum := m.fixed(design, prices, rate)
	for i := range m.items {
		sum += float64(quantities[i] * prices[i])
	}
	return sum
}

// fixed returns what is bought comes to in a year.
func (m *money) fixed(design int, prices []float64, rate float64) (sum float64) {
	for _, p := range m.designs[design].parts {
		capital, running := p.at(prices)
		sum += Annuity(capital, rate, p.life) + running
	}
	return sum
}

// at returns what a part costs at prices: once, and in a year.
func (p part) at(prices []float64) (capital, running float64) {
	if p.capital >= 0 {
		capital = p.units * prices[p.capital]
	}
	if p.running >= 0 {
		running = p.units * prices[p.running]
	}
	return capital, running
}

// years returns a span in years.
func years(s quantity.Span) float64 { return float64(s.Seconds()) / 86400 / daysPerYear }

// sortedNames returns the names in a table, sorted.
func sortedNames[T any](table map[string]T) []string { return slices.Sorted(maps.Keys(table)) }
