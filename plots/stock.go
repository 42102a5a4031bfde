package plots

import (
	"context"
	"fmt"
	"math"
	"slices"
	"strconv"
	"strings"
	"time"

	"oxysim/sim"
	"oxysim/study"
)

// stock is a fan of the cylinders on a hospital's shelf, with the share of what is
// seen with none below it.
type stock struct{ *study.Stock }

func askStock(ctx context.Context, k *study.Work, w Wish) (Figure, error) {
	q := study.StockQuestion{Subject: w.Subject, Hospital: w.Hospital, Days: w.Days, N: w.N}
	a, err := q.Answer(ctx, k)
	return stock{a}, err
}

// peak returns where the share in a stockout is greatest.
func (f stock) peak() int { return slices.Index(f.Short, slices.Max(f.Short)) }

// Title says when it is worst.
func (f stock) Title() string {
	i := f.peak()
	switch {
	case f.Short[i] > 0:
		return fmt.Sprintf("%s is worst off %s: %s of %s in a stockout", capitalised(f.Label), f.when(i), f.share(f.Short[i]), f.whole())
	case slices.Max(f.Bare) > 0:
		b := slices.Index(f.Bare, slices.Max(f.Bare))
		return fmt.Sprintf("%s is never found in a stockout; its shelf is empty in %s of %s %s, when that is most", capitalised(f.Label), f.share(f.Bare[b]), f.whole(), f.when(b))
	}
	return fmt.Sprintf("%s is never found with an empty shelf: in 95\u00a0%% of %s it has %s or more%s", capitalised(f.Label), f.whole(), plural(int(slices.Min(f.Bands[0])), "full cylinder"), f.eachTime())
}

// whole says of what shares are: of the futures at an instant, or of all that is seen
// in a time.
func (f stock) whole() string {
	if f.Pool == f.Step {
		return "all futures"
	}
	return "the time, in all futures pooled,"
}

// eachTime says for how long what is pooled holds.
func (f stock) eachTime() string {
	switch f.Pool {
	case f.Step:
		return ", whenever it is looked at"
	case sim.Day:
		return ", day by day"
	case sim.Week:
		return ", week by week"
	}
	return fmt.Sprintf(", in each %g days", f.Pool.Days())
}

// when writes one of the times that are told apart.
func (f stock) when(i int) string {
	date := dateOf(f.Subject.Config.Start, f.At[i])
	switch {
	case f.Pool == sim.Day:
		return "on " + date
	case f.Pool == sim.Week:
		return "in the week from " + date
	case f.Pool > sim.Day:
		return fmt.Sprintf("in the %g days from %s", f.Pool.Days(), date)
	}
	return fmt.Sprintf("on %s, %s", date, midnight(f.Subject.Config.Start, f.At[i]).Add(time.Duration(f.At[i].OfDay())*time.Second).Format("15:04"))
}

// share writes a share of the time in all replications, which are as many
// independent times at most.
func (f stock) share(x float64) string {
	if x == 1 {
		return "100\u00a0%"
	}
	return percentOf(x, math.Sqrt(x*(1-x)/float64(f.N))*1.96)
}

// Subtitle says what is shown.
func (f stock) Subtitle() string {
	s := fmt.Sprintf("Full cylinders on the shelf, looked at %s: median and the bands that hold 50, 80 and 90\u00a0%% of what is seen in all futures", every(f.Step))
	switch f.Pool {
	case f.Step:
		s += " then. Below: share of futures with an empty shelf and in a stockout at that instant."
	case sim.Day:
		s += " on a day, pooled."
	case sim.Week:
		s += " in a week, pooled."
	default:
		s += fmt.Sprintf(" in %g days, pooled.", f.Pool.Days())
	}
	if f.Pool != f.Step {
		s += " Below: share of that with an empty shelf and in a stockout."
	}
	if f.Chosen {
		s += " The hospital is the one that is without oxygen longest."
	}
	return s
}

// every says how often something is looked at.
func every(d sim.Span) string {
	switch {
	case d == sim.Day:
		return "each midnight"
	case d%sim.Day == 0:
		return fmt.Sprintf("every %d days", d/sim.Day)
	case d == sim.Hour:
		return "every hour"
	case d%sim.Hour == 0:
		return fmt.Sprintf("every %d hours", d/sim.Hour)
	}
	return fmt.Sprintf("every %g minutes", math.Round(10*d.Hours()*60)/10)
}

// Data is the quantiles by instant.
func (f stock) Data() [][]string {
	head := []string{"day", "date"}
	for _, l := range study.StockLevels {
		head = append(head, fmt.Sprintf("q%02.0f", 100*l))
	}
	rows := [][]string{append(head, "empty_shelf", "stockout")}
	for i, t := range f.At {
		row := []string{exact(t.Sub(0).Days()), midnight(f.Subject.Config.Start, t).Format("2006-01-02")}
		for _, b := range f.Bands {
			row = append(row, exact(b[i]))
		}
		rows = append(rows, append(row, exact(f.Bare[i]), exact(f.Short[i])))
	}
	return rows
}

func (f stock) draw(p *page, top float64) float64 {
	left, right := p.margin, p.width-p.margin
	middle, last := len(f.Bands)/2, len(f.At)-1
	most := niceAbove(max(slices.Max(f.Bands[len(f.Bands)-1]), f.highest(), 1))
	y := scale{lo: 0, hi: most}
	ticks := y.ticks(5)
	short := niceAbove(max(slices.Max(f.Short), slices.Max(f.Bare), 0.01))
	z := scale{lo: 0, hi: min(short, 1)}
	shares := z.ticks(3)
	for i := range shares {
		shares[i].what = plainNumber(100*shares[i].x) + "\u00a0%"
	}
	names := []string{"95 %", "75 %", "median", "25 %", "5 %"}
	ends := p.strong(blue, 0)
	below := []string{"empty shelf", "stockout"}
	r := rect{x0: left + max(p.room(ticks), p.room(shares)), x1: right - max(p.widest(ends, names...), p.widest(ends, below...)) - 0.7*p.small}
	c := newCalendar(f.Subject.Config.Start, f.At[0], f.End, r.x0, r.x1)
	along := f.along()
	p.head(left, top+ascent*p.small, "full cylinders")
	r.y0 = f.shocks(p, c, rect{r.x0, top + 1.5*p.small, r.x1, top + 1.5*p.small})
	height := 0.36 * (right - left)
	r.y1 = r.y0 + height
	y.from, y.to = r.y1, r.y0
	p.beside(r, y, ticks)
	band := func(a, b int, share float64) {
		var path []point
		for _, t := range along {
			path = append(path, point{c.of(t.at), y.at(f.Bands[b][t.i])})
		}
		for _, t := range slices.Backward(along) {
			path = append(path, point{c.of(t.at), y.at(f.Bands[a][t.i])})
		}
		p.area(tint(blue, share), path...)
	}
	band(0, 6, 0.16)
	band(1, 5, 0.28)
	band(2, 4, 0.46)
	for _, l := range f.Lines {
		p.dashed(vermillion, 0.7*p.theme.line, point{r.x0, y.at(l.Level)}, point{r.x1, y.at(l.Level)})
	}
	var median []point
	for _, t := range along {
		median = append(median, point{c.of(t.at), y.at(f.Bands[middle][t.i])})
	}
	p.line(blue, p.theme.line, median...)
	p.line(pale, p.hair, point{r.x0, r.y1}, point{r.x1, r.y1})
	for _, l := range f.Lines {
		f.threshold(p, c, r, y, l)
	}
	var at []float64
	for _, b := range []int{6, 4, 3, 2, 0} {
		at = append(at, y.at(f.Bands[b][last]))
	}
	for i, h := range spread(at, 1.15*p.small, r.y0, r.y1) {
		l := look{size: p.small, color: grey}
		if i == 2 {
			l = ends
		}
		p.middle(r.x1+0.6*p.small, h, names[i], l)
	}
	const apart = 3.2 // room for the head of the lower part
	s := rect{r.x0, r.y1 + apart*p.small, r.x1, r.y1 + apart*p.small + 0.13*(right-left)}
	p.head(left, s.y0-0.9*p.small, "share of "+strings.TrimSuffix(f.whole(), ","))
	z.from, z.to = s.y1, s.y0
	p.beside(s, z, shares)
	f.below(p, c, z, f.Bare, tint(orange, 0.35), orange)
	f.below(p, c, z, f.Short, tint(vermillion, 0.75), vermillion)
	bare, out := z.at(f.Bare[last]), z.at(f.Short[last])
	h := spread([]float64{min(bare, out), max(bare, out)}, 1.15*p.small, s.y0, s.y1)
	if bare > out {
		h[0], h[1] = h[1], h[0]
	}
	p.middle(r.x1+0.6*p.small, h[0], below[0], p.strong(darkOrange, 0))
	p.middle(r.x1+0.6*p.small, h[1], below[1], p.strong(vermillion, 0))
	return p.under(s, c.scale, p.dates(c), false, "")
}

// darkOrange is orange that can be read on white.
var darkOrange = rgb(0x9a6a00)

// middle returns the middle of a time.
func (f stock) middle(i int) sim.Time {
	if f.Pool == f.Step {
		return f.At[i]
	}
	if i == len(f.At)-1 {
		return (f.At[i] + f.End) / 2
	}
	return (f.At[i] + f.At[i+1]) / 2
}

// placed is where one of the times that are told apart is drawn.
type placed struct {
	at sim.Time
	i  int
}

// along returns the middle of each time. The first and the last of those that last
// reach to the ends: they are of a whole week, not of its middle.
func (f stock) along() (list []placed) {
	last := len(f.At) - 1
	for i := range f.At {
		list = append(list, placed{f.middle(i), i})
	}
	if f.Pool != f.Step {
		list = append(append([]placed{{f.At[0], 0}}, list...), placed{f.End, last})
	}
	return list
}

// highest returns the highest line.
func (f stock) highest() (most float64) {
	for _, l := range f.Lines {
		most = max(most, l.Level)
	}
	return most
}

// below draws a share.
func (f stock) below(p *page, c calendar, z scale, x []float64, inside, edge ink) {
	path := []point{{c.of(f.At[0]), z.at(0)}}
	var line []point
	for _, t := range f.along() {
		line = append(line, point{c.of(t.at), z.at(x[t.i])})
	}
	path = append(append(path, line...), point{line[len(line)-1].x, z.at(0)})
	p.area(inside, path...)
	p.line(edge, 0.6*p.theme.line, line...)
}

// threshold writes what a line is, on white, above or below it, where that covers
// least of the bands.
func (f stock) threshold(p *page, c calendar, r rect, y scale, l study.StockLine) {
	look := p.strong(vermillion, 0)
	what := p.fit(fmt.Sprintf("%s %s", l.What, plainNumber(math.Round(l.Level*10)/10)), r.width()-p.small, look)
	var best rect
	least := math.Inf(1)
	const tries = 8
	first, last := r.x0+0.5*p.small, r.x1-0.5*p.small-p.widthOf(what, look)
	for i := range tries + 1 {
		x := first + float64(i)/tries*(last-first)
		for _, line := range []float64{y.at(l.Level) - 0.35*p.small, y.at(l.Level) + 1.05*p.small} {
			b := p.box(x, line, what, look)
			if b.y0 < r.y0 || b.y1 > r.y1 {
				continue
			}
			covered := 0.0
			for i := range f.At {
				if at := c.of(f.middle(i)); b.x0 <= at && at <= b.x1 {
					covered += max(0, min(b.y1, y.at(f.Bands[0][i]))-max(b.y0, y.at(f.Bands[len(f.Bands)-1][i])))
				}
			}
			if covered < least {
				best, least = b, covered
			}
		}
	}
	if math.IsInf(least, 1) {
		return // there is no room
	}
	p.block(white, rect{best.x0 - 1, best.y0, best.x1 + 1, best.y1})
	p.text(best.x0, best.y0+ascent*look.size, what, look)
}

// shocks draws what is foreseen out of the ordinary above a part of the page: a
// bar for each, with its name where there is room; it returns where they end.
func (f stock) shocks(p *page, c calendar, r rect) float64 {
	const most = 4 // rows
	row := 1.5 * p.small
	l := p.label(0)
	var taken [most]float64 // right end of each row
	rows, hidden := 0, 0
	for i := range taken {
		taken[i] = math.Inf(-1)
	}
	for _, s := range f.Shocks {
		x0, x1 := c.of(s.From), c.of(s.To)
		what := p.fit(s.What, r.width(), l)
		w := p.widthOf(what, l)
		begin := min(x0, r.x1-w)
		k := slices.IndexFunc(taken[:], func(end float64) bool { return end+p.small <= begin })
		if k < 0 {
			hidden++
			continue
		}
		taken[k] = max(x1, begin+w)
		rows = max(rows, k+1)
		y := r.y0 + row*float64(k)
		p.line(black, 1.2*p.theme.line, point{x0, y + 1.25*p.small}, point{x1, y + 1.25*p.small})
		p.text(begin, y+0.85*p.small, what, l)
	}
	if hidden > 0 {
		rows++
		p.text(r.x0, r.y0+row*float64(rows-1)+0.85*p.small, "and "+strconv.Itoa(hidden)+" more", l)
	}
	return r.y0 + row*float64(rows) + 0.6*p.small
}
