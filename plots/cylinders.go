package plots

import (
	"context"
	"fmt"
	"math"
	"slices"
	"strconv"

	"oxysim/study"
)

// cylinders is where the fleet is over time, and how many cylinder-days there are to
// a fill: as long as a turn takes, where nothing grows or shrinks.
type cylinders struct{ *study.Cylinders }

func askCylinders(ctx context.Context, k *study.Work, w Wish) (Figure, error) {
	q := study.CylindersQuestion{Subject: w.Subject, N: w.N}
	a, err := q.Answer(ctx, k)
	return cylinders{a}, err
}

// Title says how many cylinder-days there are to a fill, and where most of them are
// spent. It does not say that a turn takes so long: a run is not stationary.
func (f cylinders) Title() string {
	most := 0
	for i := range f.Parts {
		if f.Parts[i].Days > f.Parts[most].Days {
			most = i
		}
	}
	if !f.Turns {
		return "No cylinder is filled: the fleet stands still"
	}
	p := &f.Parts[most]
	return fmt.Sprintf("Cylinder-days per fill: %s, the greatest part of them %s: %s", amount(f.Cycle, f.Between), p.What, f.days(p.Days))
}

// days writes the cylinder-days of a part with the decimals that the whole has,
// and one at least.
func (f cylinders) days(x float64) string {
	places := 1
	if half := f.Between.HalfWidth(); half < 0.1 {
		places = 2
	}
	if least := math.Pow(10, -float64(places)); x > 0 && x < least/2 {
		return "<\u00a0" + plainNumber(least)
	}
	return strconv.FormatFloat(x, 'f', places, 64)
}

// Subtitle says what is shown.
func (f cylinders) Subtitle() string {
	return fmt.Sprintf("Where the cylinders are, mean of all futures, looked at %s; below, cylinder-days per fill over the whole run, part by part: by Little's law as long as a turn takes, if the run were stationary.", every(f.Step))
}

// Data is the cylinders by part and instant, and the cylinder-days per fill.
func (f cylinders) Data() [][]string {
	rows := [][]string{{"part", "day", "date", "cylinders", "turn_days", "turn_days_lo", "turn_days_hi"}}
	for i := range f.Parts {
		p := &f.Parts[i]
		rows = append(rows, []string{p.Key, "", "", "", exact(p.Days), exact(p.Between.Lo), exact(p.Between.Hi)})
		for k, t := range f.At {
			rows = append(rows, []string{p.Key, exact(t.Sub(0).Days()), midnight(f.Subject.Config.Start, t).Format("2006-01-02"), exact(p.Mean[k]), "", "", ""})
		}
	}
	return rows
}

// partColors are the colours of the parts of a cylinder's life: full ones cold,
// empty ones warm.
var partColors = map[string]ink{
	"at_plants_full": blue, "outbound": rgb(0x2c8fc9), "at_hospitals_full": sky, "in_use": green,
	"at_hospitals_empty": rgb(0xf3cf7a), "inbound": orange, "at_plants_empty": vermillion, "filling": purple,
}

func (f cylinders) draw(p *page, top float64) float64 {
	left, right := p.margin, p.width-p.margin
	last := len(f.At) - 1
	sum := make([]float64, len(f.At))
	most := 0.0
	for i := range f.Parts {
		for k, x := range f.Parts[i].Mean {
			sum[k] += x
			most = max(most, sum[k])
		}
	}
	y := scale{lo: 0, hi: 1.03 * max(most, 1)}
	ticks := y.ticks(5)
	label := p.strong(black, 0)
	var names []string
	for i := range f.Parts {
		names = append(names, f.name(i))
	}
	y.to = top + 1.5*p.small
	y.from = y.to + max(0.4*(right-left), 1.25*p.small*float64(len(f.Parts)))
	r := rect{left + p.room(ticks), y.to, right - p.widest(label, names...) - 1.6*p.small, y.from}
	p.beside(r, y, ticks)
	p.text(left, top+0.8*p.small, "cylinders", p.label(0))
	c := newCalendar(f.Subject.Config.Start, f.At[0], f.At[last], r.x0, r.x1)
	base := make([]float64, len(f.At))
	var middles, sorted []float64
	var shown []int // parts in which there ever is a cylinder, from the top down
	for i := range f.Parts {
		x := &f.Parts[i]
		var path []point
		for k, t := range f.At {
			path = append(path, point{c.of(t), y.at(base[k] + x.Mean[k])})
		}
		for k := last; k >= 0; k-- {
			path = append(path, point{c.of(f.At[k]), y.at(base[k])})
		}
		p.area(partColors[x.Key], path...)
		middles = append(middles, y.at(base[last]+x.Mean[last]/2))
		for k := range base {
			base[k] += x.Mean[k]
		}
	}
	for i := len(middles) - 1; i >= 0; i-- {
		if slices.Max(f.Parts[i].Mean) > 0 {
			sorted, shown = append(sorted, middles[i]), append(shown, i)
		}
	}
	for k, h := range spread(sorted, 1.25*p.small, r.y0, r.y1) {
		i := shown[k]
		x := &f.Parts[i]
		if x.Mean[last] >= 0.005*most || math.Abs(h-middles[i]) > 1 {
			p.line(partColors[x.Key], p.hair, point{r.x1, middles[i]}, point{r.x1 + 0.7*p.small, h}, point{r.x1 + p.small, h})
		}
		p.middle(r.x1+1.2*p.small, h, names[i], look{size: p.small, color: readable(partColors[x.Key])})
	}
	bottom := p.under(r, c.scale, p.dates(c), false, "")
	if !f.Turns {
		return bottom
	}
	return f.turn(p, rect{left, bottom + 1.4*p.small, right, 0})
}

// readable returns a colour that can be read on white.
func readable(c ink) ink {
	for 0.299*float64(c.R)+0.587*float64(c.G)+0.114*float64(c.B) > 125 {
		c.R, c.G, c.B = uint8(0.92*float64(c.R)), uint8(0.92*float64(c.G)), uint8(0.92*float64(c.B))
	}
	return c
}

// name returns the name of a part, with its days if there is room for them.
func (f cylinders) name(i int) string {
	if !f.Turns {
		return f.Parts[i].What
	}
	return f.Parts[i].What + ", " + f.days(f.Parts[i].Days) + "\u00a0d"
}

// turn draws the cylinder-days per fill as one bar, each part with its days where
// there is room.
func (f cylinders) turn(p *page, r rect) float64 {
	p.text(r.x0, r.y0+ascent*p.small, fmt.Sprintf("cylinder-days per fill, %s", amount(f.Cycle, f.Between)), p.strong(grey, 0))
	y := r.y0 + 1.5*p.small
	height := 2.2 * p.small
	x := scale{lo: 0, hi: f.Cycle, from: r.x0, to: r.x1}
	at := 0.0
	for i := range f.Parts {
		q := &f.Parts[i]
		b := rect{x.at(at), y, x.at(at + q.Days), y + height}
		p.block(partColors[q.Key], b)
		what := f.days(q.Days)
		l := look{size: p.small, bold: true, color: black, align: 0.5}
		if dark(partColors[q.Key]) {
			l.color = white
		}
		if p.widthOf(what, l)+2 <= b.width() {
			p.middle((b.x0+b.x1)/2, (b.y0+b.y1)/2, what, l)
		}
		at += q.Days
	}
	return y + height
}
