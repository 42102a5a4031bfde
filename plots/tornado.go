package plots

import (
	"context"
	"fmt"
	"strconv"
	"strings"

	"oxysim/study"
)

// tornado is how much each uncertain number moves a metric.
type tornado struct{ *study.TornadoAnswer }

func askTornado(ctx context.Context, k *study.Work, w Wish) (Figure, error) {
	a, err := w.Tornado.Answer(ctx, k)
	if err != nil {
		return nil, err
	}
	return NewTornado(a), nil
}

// NewTornado returns the figure of a tornado.
func NewTornado(a *study.TornadoAnswer) Figure { return tornado{a} }

// gaugeOf writes a gauge in words.
func gaugeOf(s *study.Subject, g study.Gauge) string {
	if len(g.Names) == 1 {
		return metricOf(s, g.Kind)
	}
	return strings.ReplaceAll(g.String(), "_", " ")
}

// known returns how many bars are shown to move the metric, all of them together.
func (f tornado) known() (n int) {
	for i := range f.Bars {
		if f.Bars[i].Shown {
			n++
		}
	}
	return n
}

// Title says what moves it most.
func (f tornado) Title() string {
	what := gaugeOf(f.Subject, f.Gauge)
	for i := range f.Bars {
		b := &f.Bars[i]
		if !b.Shown {
			continue
		}
		low, high := endsOf(b)
		if strings.Contains(what, ", ") {
			what += ","
		}
		s := fmt.Sprintf("%s, %s to %s, moves %s by %s", b.Unknown.Name, low, high, what, signed(f.Gauge.Kind, b.Swing.Mean, b.Swing.Interval))
		if others := f.known() - 1; others > 0 {
			are := "are"
			if others == 1 {
				are = "is"
			}
			return fmt.Sprintf("%s; %d more of %d %s shown to", s, others, len(f.Bars), are)
		}
		return s + ", no other shown to"
	}
	return fmt.Sprintf("None of %d uncertain numbers is shown to move %s", len(f.Bars), what)
}

// fitKey returns a dotted key that is cut in its middle, so that it is at most so
// wide: its last word tells it from others.
func (p *page) fitKey(key string, width float64, l look) string {
	if p.widthOf(key, l) <= width {
		return key
	}
	parts := strings.Split(key, ".")
	for cut := 1; cut < len(parts)-1; cut++ {
		for tail := len(parts) - 1 - cut; tail >= 1; tail-- { // the longest end first
			head := len(parts) - cut - tail
			if short := strings.Join(parts[:head], ".") + "…" + strings.Join(parts[len(parts)-tail:], "."); p.widthOf(short, l) <= width {
				return short
			}
		}
	}
	letters := []rune(key)
	for n := 1; n < len(letters); n++ {
		if short := "…" + string(letters[n:]); p.widthOf(short, l) <= width {
			return short
		}
	}
	return ""
}

// rangeOf writes the ends of a number, and their unit once if they have the same.
func rangeOf(low, high string) string {
	if i := strings.LastIndex(low, "\u00a0"); i > 0 {
		if unit := low[i:]; strings.HasSuffix(high, unit) && !strings.ContainsAny(unit, "0123456789") {
			low = low[:i]
		}
	}
	return low + " – " + high
}

// endsOf writes the ends of a number as the scenario does.
func endsOf(b *study.Bar) (low, high string) {
	if _, in, ok := strings.Cut(b.Unknown.Written, " ("); ok && !b.Unknown.Factor {
		in, _, _ = strings.Cut(in, ")")
		if low, high, ok = strings.Cut(in, " – "); ok {
			return text(low), text(high)
		}
	}
	return text(b.LowText), text(b.HighText)
}

// Subtitle says what is shown.
func (f tornado) Subtitle() string {
	return fmt.Sprintf("Difference from the scenario as written, %s in these %s, with each number alone at its low and its high end, in the same futures. Lines: %s intervals, each by itself; bold: chance does not explain the way from end to end, at %s for all numbers together.",
		quantityOf(f.Gauge.Kind, f.Base.Mean, f.Base.Interval), plural(f.N, "future"), confidence(f.Confidence), confidence(f.Confidence))
}

func (f tornado) replications() string { return plural(f.N, "replication") }

// Data is the bars.
func (f tornado) Data() [][]string {
	rows := [][]string{{"parameter", "written", "metric", "base", "end", "value", "difference", "lo", "hi", "chance", "shown", "replications"}}
	for i := range f.Bars {
		b := &f.Bars[i]
		add := func(end, value, shown string, x study.Shift) {
			rows = append(rows, []string{b.Unknown.Name, b.Unknown.Written, f.Gauge.Name, exact(f.Base.Mean), end, value, exact(x.Mean), exact(x.Interval.Lo), exact(x.Interval.Hi), strconv.FormatBool(x.Chance), shown, strconv.Itoa(x.N)})
		}
		add("low", b.LowText, "", b.Low)
		add("high", b.HighText, "", b.High)
		add("swing", b.LowText+" to "+b.HighText, strconv.FormatBool(b.Shown), b.Swing)
	}
	return rows
}

func (f tornado) draw(p *page, top float64) float64 {
	left, right := p.margin, p.width-p.margin
	unit, factor := unitOf(f.Gauge.Kind)
	if factor == 100 {
		unit = "\u00a0pp"
	}
	top += p.legend(left, top, right-left, true, key{color: sky, what: "at its low end"}, key{color: orange, what: "at its high end"}, key{color: tint(pale, 0.5), what: "chance may explain the way between"}) + 0.4*p.small
	size, row := p.rows(len(f.Bars))
	if size == p.base {
		row *= 1.15
	}
	name, number := look{size: size, color: black, align: 1}, look{size: size, color: grey, align: 0}
	var labels, values []string
	var ends []float64
	for i := range f.Bars {
		b := &f.Bars[i]
		labels = append(labels, b.Unknown.Name)
		name.bold = name.bold || b.Shown
		low, high := endsOf(b)
		values = append(values, rangeOf(low, high))
		for _, s := range []study.Shift{b.Low, b.High} {
			in := finite(s.Interval, s.Mean)
			ends = append(ends, factor*s.Mean, factor*in.Lo, factor*in.Hi)
		}
	}
	wide := min(p.widest(name, labels...), 0.36*(right-left))
	value := min(p.widest(number, values...), 0.24*(right-left))
	begin := left + wide + 0.7*p.base
	head := p.wrap("difference"+map[bool]string{true: "," + unit}[unit != ""], 0.3*p.width, p.strong(grey, 0))
	y := top + 1.7*p.small
	r := rect{begin, y, right - value - 0.8*p.base, y + row*float64(len(f.Bars))}
	p.heads(r.x0, r.y0, head[:1])
	p.stripesOf(len(f.Bars), rect{left, r.y0, right, r.y1}, row)
	x := around(r.x0, r.x1, ends...)
	bottom := p.under(r, x, p.across(x), true, "")
	for i := range f.Bars {
		b := &f.Bars[i]
		mid := r.y0 + row*(float64(i)+0.5)
		name.bold = b.Shown
		p.middle(begin-0.7*p.base, mid, p.fitKey(labels[i], wide, name), name)
		p.middle(r.x1+0.8*p.base, mid, p.fit(values[i], value, number), number)
		for k, s := range []study.Shift{b.Low, b.High} {
			c := []ink{sky, orange}[k]
			if !b.Shown {
				c = tint(pale, 0.5)
			}
			// One above the other, for both may move it to the same side.
			at := mid + (float64(k)-0.5)*0.36*row
			p.block(c, rect{min(x.at(0), x.at(factor*s.Mean)), at - 0.17*row, max(x.at(0), x.at(factor*s.Mean)), at + 0.17*row})
			in := finite(s.Interval, s.Mean)
			p.line(grey, p.hair, point{x.at(factor * in.Lo), at}, point{x.at(factor * in.Hi), at})
		}
	}
	p.line(grey, p.theme.line, point{x.at(0), r.y0}, point{x.at(0), r.y1})
	return bottom
}
