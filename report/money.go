package report

import (
	"fmt"
	"math"
	"strings"

	"oxysim/study"
)

// moneyRows adds what designs cost, in a year.
func moneyRows(g *grid, a *study.CompareAnswer, shown []int) {
	m := a.Money
	row := func(what string, of func(d int) string) {
		cells := []string{what}
		some := false
		for _, d := range shown {
			x := of(d)
			some = some || x != nothing && x != ""
			cells = append(cells, x)
		}
		if some {
			g.row(cells...)
		}
	}
	row("bought once, "+m.Currency, func(d int) string {
		sum := 0.0
		for _, p := range m.Designs[d].Parts {
			sum += p.Capital
		}
		return spent(sum, d)
	})
	row("that and running, "+m.Currency+"/year", func(d int) string { return spent(m.Designs[d].Annual, d) })
	row("all costs, "+m.Currency+"/year", func(d int) string {
		x := m.Designs[d].Total
		if d > 0 {
			switch x = m.Designs[d].Extra; {
			case x.Interval.Contains(0) && x.Mean == 0:
				return "="
			case x.Interval.Contains(0):
				return "~"
			}
			if x.Interval.HalfWidth() == 0 && x.Mean != 0 {
				return map[bool]string{true: "+", false: "−"}[x.Mean > 0] + Plain(math.Abs(x.Mean), 4)
			}
			return plusOrMinus(x.Mean, x.Interval, 1)
		}
		return PlusMinus(x.Mean, x.Interval, 1)
	})
	for e, effect := range m.Effects {
		if !m.Counted(e) {
			continue
		}
		if effect.Name == "patient" {
			row(m.Currency+" per patient", func(d int) string {
				return quotient(m.Designs[d].Patient)
			})
			continue
		}
		row(several(effect.Name)+" averted a year", func(d int) string {
			x := m.Designs[d].Averted[e]
			switch {
			case d == 0:
				return ""
			case x.Same:
				return "="
			case x.Interval.Contains(0):
				return "~"
			}
			return PlusMinus(x.Mean, x.Interval, 1)
		})
		row(m.Currency+" per "+effect.Name+" averted", func(d int) string { return forOne(m.Designs[d].Averted[e], m.Designs[d].Extra) })
	}
	row("cost and "+a.Compare.By, func(d int) string { return m.Designs[d].Standing.String() })
}

// avertedLine says by which design one averted costs least; "" if none is known
// to avert any.
func avertedLine(a *study.CompareAnswer) string {
	if a.Money == nil {
		return ""
	}
	effect, ok := a.Money.Effect()
	if !ok {
		return ""
	}
	e, least := effectAt(a.Money, effect), -1
	for d := 1; d < len(a.Money.Designs); d++ {
		x := a.Money.Designs[d].Averted[e]
		if x.Known && (least < 0 || x.Ratio.Mean < a.Money.Designs[least].Averted[e].Ratio.Mean) {
			least = d
		}
	}
	if least < 0 {
		return ""
	}
	x := a.Money.Designs[least]
	switch forOne(x.Averted[e], x.Extra) {
	case "saves":
		return called(a, least) + " averts " + several(effect.Name) + " and saves money"
	case nothing:
		return ""
	}
	one := x.Averted[e].Ratio
	cost := Plain(one.Mean, 3)
	if in := one.Interval; in.HalfWidth() > math.Abs(one.Mean)/1000 && !math.IsInf(in.HalfWidth(), 1) {
		cost += " (" + Plain(in.Lo, 3) + " – " + Plain(in.Hi, 3) + ")"
	}
	return "the cheapest by what it averts is " + called(a, least) + ": " + cost + " " + a.Money.Currency + " for each " + effect.Name
}

// several returns several of what is counted.
func several(one string) string {
	word, rest, _ := strings.Cut(one, " ")
	if rest != "" {
		return word + "s " + rest
	}
	return word + "s"
}

// spent writes a sum that is spent for a design beside the first.
func spent(x float64, d int) string {
	if x == 0 {
		if d == 0 {
			return ""
		}
		return nothing
	}
	return Plain(x, 4)
}

// forOne writes what it costs to avert one.
func forOne(x study.Averted, extra study.Amount) string {
	switch {
	case x.Interval.Hi < 0:
		return "harms"
	case math.IsNaN(x.Ratio.Mean):
		return nothing
	case extra.Interval.Hi < 0:
		return "saves"
	case math.IsInf(x.Ratio.Interval.HalfWidth(), 1):
		return Plain(x.Ratio.Mean, 2)
	}
	return quotient(x.Ratio)
}

// quotient writes a ratio with its interval, which is seldom about it: with three
// digits, or two.
func quotient(x study.Amount) string {
	switch {
	case math.IsNaN(x.Mean):
		return nothing
	case math.IsInf(x.Interval.HalfWidth(), 1):
		return Plain(x.Mean, 2)
	case x.Interval.HalfWidth() < math.Abs(x.Mean)/1000:
		return Plain(x.Mean, 4)
	}
	return Plain(x.Mean, 3) + " (" + Plain(x.Interval.Lo, 3) + " – " + Plain(x.Interval.Hi, 3) + ")"
}

// worthTable writes the order of what is worth its cost, and for whom.
func worthTable(a *study.CompareAnswer, v View) string {
	m := a.Money
	effect, ok := m.Effect()
	if !ok {
		return ""
	}
	var b strings.Builder
	g := newGrid(v, "by what they cost", m.Currency+"/year\t", several(effect.Name)+" averted a year\t", m.Currency+" for one more\t", "")
	for _, r := range m.Ladder {
		next, why := nothing, ""
		switch {
		case r.Dominated == "dominated":
			why = "dominated: another averts as much for no more"
		case r.Dominated == "extended":
			why = "dominated by a mixture of two others"
		case r.From >= 0:
			next = quotient(r.Ratio)
			why = "above " + called(a, r.From)
		}
		d := m.Designs[r.Design]
		averted := "0"
		if r.Design > 0 {
			averted = PlusMinus(r.Averted, d.Averted[effectAt(m, effect)].Interval, 1)
		}
		total := PlusMinus(d.Total.Mean, d.Total.Interval, 1)
		if d.Total.Interval.HalfWidth() == 0 {
			total = Plain(d.Total.Mean, 4)
		}
		g.row(called(a, r.Design), total, averted, next, why)
	}
	b.WriteString("\n" + g.String())
	if m.Accept != nil && len(m.Accept.Pay) > 1 {
		head := []string{fmt.Sprintf("worth most, %%, at %s for a %s", m.Currency, effect.Name)}
		for _, x := range m.Accept.Pay {
			head = append(head, Plain(x, 3)+"\t")
		}
		h := newGrid(v, head...)
		for d := range m.Designs {
			cells := []string{called(a, d)}
			some := false
			for i := range m.Accept.Pay {
				share := m.Accept.Share[i][d]
				some = some || share >= 0.005
				cells = append(cells, fmt.Sprintf("%.0f", 100*share))
			}
			if some {
				h.row(cells...)
			}
		}
		b.WriteString("\n" + h.String())
	}
	return b.String()
}

// effectAt returns the place of an effect.
func effectAt(m *study.MoneyAnswer, e study.Consequence) int {
	for i, x := range m.Effects {
		if x == e {
			return i
		}
	}
	return -1
}

// moneyNotes say how costs were counted.
func moneyNotes(a *study.CompareAnswer) []string {
	m := a.Money
	s := "Costs: what is bought, as an annuity over its life at " + Plain(100*m.Discount, 3) + " % a year, its running, and what is used at the prices of [price]"
	if m.Date != "" {
		s += " of " + m.Date
	}
	if m.Date == "" {
		s += ", which have no date"
	}
	if math.Abs(m.Horizon-365) > 0.5 {
		s += fmt.Sprintf("; %s are taken for a year, × %s, as if the whole year were like them", count(int(math.Round(m.Horizon)), "day"), Plain(365/m.Horizon, 3))
	}
	s += ". Ratios have Fieller's interval; the order of what is worth its cost is by means. What is bought is certain; of use that differs in hardly any future, what it costs is bounded by in how many it may, times the greatest seen. "
	if m.Accept != nil {
		s += "Worth most: in how many of 1000 resamples of the replications a design has the greatest net benefit"
		if m.Accept.Ranges {
			s += ", with prices drawn from their ranges"
		}
		s += "; other numbers of the scenario have their values."
	}
	var free []string
	for i, x := range m.Items {
		used := false
		for d := range m.Designs {
			used = used || m.Designs[d].Used[i] > 0
		}
		if used && !x.Priced {
			free = append(free, x.Key)
		}
	}
	if len(free) > 0 {
		s += " Without a price, and so for nothing: " + strings.Join(free, ", ") + "."
	}
	list := []string{s}
	for _, w := range m.Warnings {
		list = append(list, w.Error()+".")
	}
	return list
}
