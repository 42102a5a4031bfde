package report

import (
	"fmt"
	"strings"

	"oxysim/study"
)

// htmlCosts writes what options cost and of what that is made.
func htmlCosts(p *htmlPage, r *Results) {
	a := r.Compare
	if a.Money == nil {
		return
	}
	m := a.Money
	head, rows := costCells(a)
	t := &htmlTable{id: "costs", caption: "What is bought and used in a year, in " + m.Currency, heads: head}
	for i, x := range rows {
		t.row(htmlID("cost", fmt.Sprint(i)), x...)
	}
	p.table(t)
	effect, ok := m.Effect()
	if !ok {
		return
	}
	l := &htmlTable{
		id: "ladder", caption: "Options by cost, as far as each is worth it: what one more " + effect.Name + " averted costs above the option below. Here one option is had instead of another; in the table of options, beside things as they are. Standings here are by means alone",
		heads: []string{"option", m.Currency + "/year\t", "averted a year\t", m.Currency + " for one more\t", "standing"},
	}
	for _, x := range m.Ladder {
		next, why := nothing, ""
		switch {
		case x.Dominated == "dominated":
			why = "dominated: another averts as much for no more"
		case x.Dominated != "":
			why = "dominated by a mixture of two others"
		case x.From >= 0:
			next, why = Plain(x.Ratio.Mean, 3), "above “"+designLabel(a, x.From)+"”"
		}
		l.row(htmlID("ladder", a.Compare.Designs[x.Design].Name), designLabel(a, x.Design), Plain(x.Cost, 4), Plain(x.Averted, 3), next, why)
	}
	p.table(l)
	if m.Accept == nil || len(m.Accept.Pay) < 2 {
		return
	}
	c := &htmlTable{
		id: "acceptability", caption: fmt.Sprintf("In how many of %d resamples an option has the greatest net benefit, %%, by what one %s averted is worth", m.Accept.Draws, effect.Name),
		heads: []string{"option"}, plain: true,
	}
	for _, x := range m.Accept.Pay {
		c.heads = append(c.heads, Plain(x, 3)+" "+m.Currency+"\t")
	}
	for d := range m.Designs {
		cells := []string{designLabel(a, d)}
		for i := range m.Accept.Pay {
			cells = append(cells, fixed(100*m.Accept.Share[i][d], 0))
		}
		c.row("", cells...)
	}
	p.table(c)
}

// costCells returns the table of costs: a row for each thing that is bought or
// used by a design.
func costCells(a *study.CompareAnswer) (heads []string, rows [][]string) {
	m := a.Money
	heads = []string{"option", "what", "how much\t", "unit", "price\t", m.Currency + "/year\t"}
	for d, x := range m.Designs {
		name := designLabel(a, d)
		for _, part := range x.Parts {
			what := "capital " + Plain(part.Capital, 6) + " over " + Plain(part.Life, 3) + " years, running " + Plain(part.Running, 6)
			rows = append(rows, []string{name, "bought: " + part.Name, "", what, "", Plain(part.Annual, 4)})
		}
		for i, item := range m.Items {
			if !item.Priced || x.Used[i] == 0 {
				continue
			}
			price := Plain(item.Price, 4)
			if item.Lo < item.Hi {
				price += " (" + Plain(item.Lo, 4) + " – " + Plain(item.Hi, 4) + ")"
			}
			rows = append(rows, []string{name, item.What, Plain(x.Used[i], 4), item.Unit, price, Plain(x.Used[i]*item.Price, 4)})
		}
		rows = append(rows, []string{name, "all", "", "", "", strings.TrimSpace(Plain(x.Total.Mean, 5))})
	}
	return heads, rows
}
