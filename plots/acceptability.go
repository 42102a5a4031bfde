package plots

import (
	"context"
	"fmt"
	"slices"
	"strconv"

	"oxysim/study"
)

// acceptability is how likely each option is to be worth most.
type acceptability struct {
	*study.CompareAnswer
	effect string // what is averted, for one
}

func askAcceptability(ctx context.Context, k *study.Work, w Wish) (Figure, error) {
	a, err := w.Compare.Answer(ctx, k)
	if err != nil {
		return nil, err
	}
	return NewAcceptability(a)
}

// NewAcceptability returns the figure of which option is likely to be worth most.
func NewAcceptability(a *study.CompareAnswer) (Figure, error) {
	switch {
	case a.Money == nil:
		return nil, &study.Unfit{Why: "nothing has a price: write capital and running of options, or [price]"}
	case a.Money.Accept == nil || len(a.Money.Accept.Pay) < 2:
		return nil, &study.Unfit{Why: "the options avert nothing that can be counted"}
	}
	e, _ := a.Money.Effect()
	return acceptability{a, e.Name}, nil
}

// leader returns the design that is likeliest to be worth most at the i-th
// payment.
func (f acceptability) leader(i int) int {
	s := f.Money.Accept.Share[i]
	return slices.Index(s, slices.Max(s))
}

func (f acceptability) pay(i int) string {
	return plainNumber(f.Money.Accept.Pay[i]) + "\u00a0" + f.Money.Currency
}

// Title says which is likeliest to be worth most, for which payment.
func (f acceptability) Title() string {
	last := len(f.Money.Accept.Pay) - 1
	winner := f.leader(last)
	from := last
	for from > 0 && f.leader(from-1) == winner {
		from--
	}
	name := f.Compare.Designs[winner].Label
	if from == 0 {
		return fmt.Sprintf("%s is likeliest to be worth most, whatever one may pay up to %s", capitalised(name), f.pay(last))
	}
	if from == last {
		return fmt.Sprintf("At %s for a %s averted, %s is likeliest to be worth most", f.pay(from), f.effect, name)
	}
	return fmt.Sprintf("From %s to %s for a %s averted, %s is likeliest to be worth most", f.pay(from), f.pay(last), f.effect, name)
}

// Subtitle says what is shown.
func (f acceptability) Subtitle() string {
	s := fmt.Sprintf("Share of %s in which each is worth most, against what one may be willing to pay for a %s averted; futures are drawn again with replacement", plural(f.Money.Accept.Draws, "draw"), f.effect)
	if f.Money.Accept.Ranges {
		s += ", prices within their ranges"
	}
	return s + "."
}

func (f acceptability) replications() string { return plural(f.N, "replication") }

// Data is the shares.
func (f acceptability) Data() [][]string {
	rows := [][]string{{"pay", "currency", "for", "design", "label", "worth_most"}}
	for i, pay := range f.Money.Accept.Pay {
		for d, o := range f.Compare.Designs {
			rows = append(rows, []string{exact(pay), f.Money.Currency, f.effect, o.Name, o.Label, exact(f.Money.Accept.Share[i][d])})
		}
	}
	return rows
}

// lineColors are the colours of lines beside each other.
var lineColors = []ink{blue, vermillion, green, orange, purple, sky, black, yellow}

func (f acceptability) draw(p *page, top float64) float64 {
	a := f.Money.Accept
	left, right := p.margin, p.width-p.margin
	top += 0.6 * p.small
	height := 0.42 * (right - left)
	y := scale{lo: 0, hi: 1, from: top + height, to: top}
	ticks := percents(y.ticks(6))
	// Payments stand side by side, as far apart as their ratios; nothing, before.
	least := a.Pay[1]
	at := func(pay float64) float64 {
		if pay <= 0 {
			return least / 2.2
		}
		return pay
	}
	type line struct {
		design int
		most   float64
	}
	var lines []line
	rest := 0
	for d := range f.Compare.Designs {
		x := line{design: d}
		for i := range a.Pay {
			x.most = max(x.most, a.Share[i][d])
		}
		if x.most >= 0.02 {
			lines = append(lines, x)
		} else {
			rest++
		}
	}
	slices.SortStableFunc(lines, func(x, y line) int {
		if x.most > y.most {
			return -1
		} else if x.most < y.most {
			return 1
		}
		return 0
	})
	if more := len(lines) - len(lineColors); more > 0 {
		lines, rest = lines[:len(lineColors)], rest+more
	}
	var keys []key
	for i, l := range lines {
		keys = append(keys, key{color: lineColors[i], what: p.fit(f.Compare.Designs[l.design].Label, right-left-3*p.small, p.label(0)), line: true})
	}
	shift := p.legend(left, top, right-left, true, keys...) + 0.6*p.small
	y.from, y.to = y.from+shift, y.to+shift
	r := rect{left + p.room(ticks), y.to, right - p.small, y.from}
	p.beside(r, y, ticks)
	x := scale{lo: at(0), hi: a.Pay[len(a.Pay)-1] * 1.05, from: r.x0, to: r.x1, log: true}
	var marks []tick
	for _, pay := range a.Pay {
		marks = append(marks, tick{at(pay), plainNumber(pay)})
	}
	bottom := p.under(r, x, marks, false, fmt.Sprintf("%s for a %s averted; logarithmic, but for 0", f.Money.Currency, f.effect))
	if a.Pay[0] <= 0 { // the scale is broken between nothing and something
		mid := (x.at(at(0)) + x.at(least)) / 2
		p.block(white, rect{mid - 0.2*p.small, r.y1 - 0.1*p.small, mid + 0.2*p.small, r.y1 + 0.1*p.small})
		for _, d := range []float64{-0.2, 0.2} {
			p.line(pale, p.hair, point{mid + (d-0.15)*p.small, r.y1 + 0.3*p.small}, point{mid + (d+0.15)*p.small, r.y1 - 0.3*p.small})
		}
	}
	for i := len(lines) - 1; i >= 0; i-- {
		var path []point
		for k, pay := range a.Pay {
			path = append(path, point{x.at(at(pay)), y.at(a.Share[k][lines[i].design])})
		}
		p.line(lineColors[i], p.theme.line, path...)
		for _, q := range path {
			p.dot(lineColors[i], q.x, q.y, 1.2*p.theme.line)
		}
	}
	if rest > 0 {
		bottom += 1.4 * p.small
		of := strconv.Itoa(rest) + " others are"
		if rest == 1 {
			of = "1 other is"
		}
		p.text(left, bottom-0.1*p.small, of+" not drawn: less often worth most", p.label(0))
		bottom += descent * p.small
	}
	return bottom
}
