package plots

import (
	"context"
	"fmt"
	"math"
	"strconv"

	"oxysim/sim/stats"
	"oxysim/study"
)

// risk is a forest of the probabilities of a stockout, hospital by hospital, and
// of the hours without oxygen.
type risk struct{ *study.Risk }

func askRisk(ctx context.Context, k *study.Work, w Wish) (Figure, error) {
	q := study.RiskQuestion{Subject: w.Subject, After: w.After, N: w.N}
	a, err := q.Answer(ctx, k)
	return risk{a}, err
}

// Title says how many hospitals keep to the target or, if there is none for
// stockouts, which is worst.
func (f risk) Title() string {
	if math.IsNaN(f.Limit) {
		h := f.Hospitals[0]
		return fmt.Sprintf("%s runs out most often: in %s of all futures", capitalised(h.Label), percent(h.Before.Stockout))
	}
	title := verdicts(f.Verdicts(false), len(f.Hospitals), f.Limit)
	if f.After == "" {
		return title
	}
	before, after := f.Verdicts(false), f.Verdicts(true)
	switch all := len(f.Hospitals); {
	case after[study.Met] == all:
		return fmt.Sprintf("With %s, %s within the %s target, not %s", f.After, allOf(all, "stays", "stay"), limitOf(f.Limit), before2(before[study.Met]))
	case after[study.Missed] == before[study.Missed]:
		return fmt.Sprintf("With %s, still %d of %d hospitals miss the %s target%s", f.After, after[study.Missed], all, limitOf(f.Limit), undecided(after))
	default:
		return fmt.Sprintf("With %s, %d of %d hospitals miss the %s target, not %d%s", f.After, after[study.Missed], all, limitOf(f.Limit), before[study.Missed], undecided(after))
	}
}

func before2(met int) string { return "only " + strconv.Itoa(met) }

func undecided(n map[study.Verdict]int) string {
	if n[study.Undecided] == 0 {
		return ""
	}
	return fmt.Sprintf("; %d\u00a0undecided", n[study.Undecided])
}

// verdicts says how many of some hospitals keep to a limit.
func verdicts(n map[study.Verdict]int, all int, limit float64) string {
	switch {
	case n[study.Met] == all:
		return capitalised(allOf(all, "stays", "stay")) + " within the target of " + limitOf(limit)
	case n[study.Missed] == all:
		return capitalised(allOf(all, "runs", "run")) + " out more often than the target of " + limitOf(limit)
	case n[study.Missed] > 0:
		are := "hospitals run"
		if all == 1 {
			are = "hospital runs"
		}
		return fmt.Sprintf("%d of %d %s out more often than the target of %s%s", n[study.Missed], all, are, limitOf(limit), undecided(n))
	default:
		return fmt.Sprintf("No hospital surely misses the target of %s; %d of %d are undecided", limitOf(limit), n[study.Undecided], all)
	}
}

// allOf writes all of some hospitals with what they do.
func allOf(n int, one, more string) string {
	switch n {
	case 1:
		return "the hospital " + one
	case 2:
		return "both hospitals " + more
	}
	return fmt.Sprintf("all %d hospitals %s", n, more)
}

// Subtitle says what is shown.
func (f risk) Subtitle() string {
	s := fmt.Sprintf("Left: probability of at least one stockout in %s. Right: hours without oxygen. Dots are estimates, bars %s intervals",
		days(f.Days), confidence(f.Confidence))
	if f.After != "" {
		return s + ", in the same futures."
	}
	return s + "."
}

func days(x float64) string {
	n := plainNumber(math.Round(x*100) / 100)
	if n == "1" {
		return "1\u00a0day"
	}
	return n + "\u00a0days"
}

func confidence(x float64) string { return plainNumber(math.Round(1e6*x)/1e4) + "\u00a0%" }

// Data is the probabilities and hours.
func (f risk) Data() [][]string {
	rows := [][]string{{"hospital", "label", "design", "replications", "stockout", "stockout_lo", "stockout_hi", "hours", "hours_lo", "hours_hi", "target", "verdict"}}
	add := func(h *study.RiskHospital, design string, x *study.RiskOf) {
		verdict := ""
		if !math.IsNaN(f.Limit) {
			verdict = x.Stockout.Against(f.Limit).String()
		}
		rows = append(rows, []string{
			h.Thing, h.Label, design, strconv.Itoa(f.N), exact(x.Stockout.Mean()), exact(x.Stockout.Interval.Lo), exact(x.Stockout.Interval.Hi),
			exact(x.Hours), exact(x.Between.Lo), exact(x.Between.Hi), exact(f.Limit), verdict,
		})
	}
	for i := range f.Hospitals {
		add(&f.Hospitals[i], "", &f.Hospitals[i].Before)
		if f.After != "" {
			add(&f.Hospitals[i], f.After, &f.Hospitals[i].After)
		}
	}
	return rows
}

// verdictColors are the colours of verdicts; each also differs in how light it is.
var verdictColors = map[study.Verdict]ink{study.Met: blue, study.Undecided: orange, study.Missed: vermillion}

// both returns the one or two designs of a hospital.
func (f risk) both(h *study.RiskHospital) []*study.RiskOf {
	if f.After == "" {
		return []*study.RiskOf{&h.Before}
	}
	return []*study.RiskOf{&h.Before, &h.After}
}

// chances returns the scale of probabilities: logarithmic if they span decades.
func (f risk) chances(from, to float64) scale {
	least, most := 1.0, 0.0
	for i := range f.Hospitals {
		for _, x := range f.both(&f.Hospitals[i]) {
			if m := x.Stockout.Mean(); m > 0 {
				least = min(least, m)
			}
			most = max(most, x.Stockout.Interval.Hi)
		}
	}
	if !math.IsNaN(f.Limit) {
		least, most = min(least, f.Limit), max(most, f.Limit)
	}
	if least < 0.06*most && least < 0.03 {
		return scale{lo: math.Pow(10, math.Floor(math.Log10(least*0.7))), hi: 1, from: from, to: to, log: true}
	}
	return scale{lo: 0, hi: min(1, niceAbove(most)), from: from, to: to}
}

// hours returns the scale of hours.
func (f risk) hours(from, to float64) scale {
	least, most := math.Inf(1), 0.0
	for i := range f.Hospitals {
		for _, x := range f.both(&f.Hospitals[i]) {
			if x.Hours > 0 {
				least = min(least, x.Hours)
			}
			most = max(most, finite(x.Between, x.Hours).Hi)
		}
	}
	if most == 0 {
		return scale{lo: 0, hi: 1, from: from, to: to}
	}
	if least < most/30 {
		return scale{lo: math.Pow(10, math.Floor(math.Log10(least))), hi: math.Pow(10, math.Ceil(math.Log10(most)*3)/3), from: from, to: to, log: true}
	}
	return scale{lo: 0, hi: niceAbove(most), from: from, to: to}
}

// finite returns an interval whose ends are those of a number if it has none.
func finite(in stats.Interval, x float64) stats.Interval {
	if math.IsInf(in.HalfWidth(), 0) || math.IsNaN(in.HalfWidth()) {
		return stats.Interval{Lo: x, Hi: x}
	}
	return in
}

func (f risk) draw(p *page, top float64) float64 {
	left, right := p.margin, p.width-p.margin
	name := p.plain(1)
	size, row := p.rows(len(f.Hospitals))
	name.size = size
	if f.After != "" && len(f.Hospitals) <= 30 {
		row *= 1.2
	}
	var labels, values, times []string
	for i := range f.Hospitals {
		h := &f.Hospitals[i]
		labels = append(labels, h.Label)
		values = append(values, f.value(h))
		times = append(times, f.time(h))
	}
	number := look{size: name.size, color: black, align: 1}
	wide := min(p.widest(name, labels...), 0.34*(right-left))
	end := right
	if p.wide {
		end -= p.widest(number, times...) + 0.8*p.base
	}
	begin := left + wide + 0.7*p.base
	first := p.widest(number, values...) + 0.8*p.base
	gap := first + 1.6*p.base
	split := begin + 0.56*(end-begin-gap)
	y := top + f.keys(p, begin, top, right-begin)
	y += 1.9 * p.small
	body := rect{begin, y, split, y + row*float64(len(f.Hospitals))}
	other := rect{split + gap, body.y0, end, body.y1}
	chance, hours := f.chances(body.x0, body.x1), f.hours(other.x0, other.x1)
	f.stripes(p, rect{left, body.y0, right, body.y1}, row)
	percents := chance.ticks(int(body.width() / (3.4 * p.small)))
	for i := range percents {
		percents[i].what = plainNumber(100*percents[i].x) + "\u00a0%"
	}
	bottom := p.under(body, chance, percents, true, "")
	p.under(other, hours, p.across(hours), true, "")
	unit := ""
	for _, unit = range []string{"hours without oxygen", "hours without", "hours"} {
		if hours.log {
			unit += ", log"
		}
		if p.widthOf(unit, p.strong(grey, 0)) <= right-other.x0 {
			break
		}
	}
	kind := "P(stockout)"
	if chance.log {
		kind += ", log"
	}
	p.text(body.x0, body.y0-0.7*p.small, kind, p.strong(grey, 0))
	p.text(other.x0, body.y0-0.7*p.small, unit, p.strong(grey, 0))
	if !math.IsNaN(f.Limit) {
		x := chance.at(f.Limit)
		p.dashed(black, 0.7*p.theme.line, point{x, body.y0}, point{x, body.y1})
	}
	radius := min(1.7*p.theme.line, 0.2*row)
	for i := range f.Hospitals {
		h := &f.Hospitals[i]
		mid := body.y0 + row*(float64(i)+0.5)
		p.middle(begin-0.7*p.base, mid, p.fit(h.Label, wide, name), name)
		designs := f.both(h)
		for d, x := range designs {
			at := mid
			if len(designs) == 2 {
				at += (float64(d) - 0.5) * 0.42 * row
			}
			c := f.color(x, d)
			f.bar(p, chance, at, radius, x.Stockout.Mean(), x.Stockout.Interval, c)
			f.bar(p, hours, at, radius, x.Hours, finite(x.Between, x.Hours), c)
		}
		p.middle(split+first, mid, values[i], number)
		if p.wide {
			p.middle(right, mid, times[i], number)
		}
	}
	return bottom
}

// value writes what is estimated for a hospital.
func (f risk) value(h *study.RiskHospital) string {
	s := percent(h.Before.Stockout)
	if f.After != "" {
		s = trimUnit(s, percent(h.After.Stockout)) + " → " + percent(h.After.Stockout)
	}
	return s
}

// time writes the hours that are estimated for a hospital.
func (f risk) time(h *study.RiskHospital) string {
	s := amount(h.Before.Hours, h.Before.Between) + "\u00a0h"
	if f.After != "" {
		s = amount(h.Before.Hours, h.Before.Between) + " → " + amount(h.After.Hours, h.After.Between) + "\u00a0h"
	}
	return s
}

// trimUnit leaves the unit of a number to the next that has the same.
func trimUnit(s, next string) string {
	const unit = "\u00a0%"
	if len(s) > len(unit) && s[len(s)-len(unit):] == unit && len(next) > len(unit) {
		return s[:len(s)-len(unit)]
	}
	return s
}

// color returns the colour of a design of a hospital.
func (f risk) color(x *study.RiskOf, design int) ink {
	switch {
	case f.After != "" && design == 0:
		return pale
	case f.After != "":
		return blue
	case math.IsNaN(f.Limit):
		return blue
	}
	return verdictColors[x.Stockout.Against(f.Limit)]
}

// keys prints what colours mean.
func (f risk) keys(p *page, x, y, width float64) float64 {
	var keys []key
	switch {
	case f.After != "":
		keys = []key{{color: pale, what: "as it is"}, {color: blue, what: f.After}}
	case !math.IsNaN(f.Limit):
		keys = verdictKeys(f.Verdicts(false))
	}
	if !math.IsNaN(f.Limit) {
		keys = append(keys, key{color: black, what: "target " + limitOf(f.Limit), dash: true})
	}
	if len(keys) == 0 {
		return 0
	}
	return p.legend(x, y, width, true, keys...)
}

// verdictKeys explains the colours of the verdicts that there are.
func verdictKeys(n map[study.Verdict]int) (keys []key) {
	for _, v := range []struct {
		verdict study.Verdict
		what    string
	}{{study.Missed, "misses the target"}, {study.Undecided, "undecided"}, {study.Met, "meets it"}} {
		if n[v.verdict] > 0 {
			keys = append(keys, key{color: verdictColors[v.verdict], what: v.what})
		}
	}
	return keys
}

// stripes makes every other row easier to follow.
func (f risk) stripes(p *page, r rect, row float64) {
	for i := range f.Hospitals {
		if i%2 == 1 {
			p.block(tint(hairline, 0.45), rect{r.x0, r.y0 + row*float64(i), r.x1, r.y0 + row*float64(i+1)})
		}
	}
}

// bar draws an estimate with its interval, without a rim, so that a short bar is
// not cut from its dot. One that is 0 on a logarithmic scale has no dot, and a bar
// that comes from the end.
func (f risk) bar(p *page, s scale, y, radius, x float64, in stats.Interval, c ink) {
	p.line(c, p.theme.line, point{s.at(in.Lo), y}, point{s.at(in.Hi), y})
	if s.log && x < s.lo {
		return
	}
	p.pen.disc(c, point{s.at(x), y}, radius)
}
