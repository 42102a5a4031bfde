package plots

import (
	"context"
	"fmt"
	"math"
	"regexp"
	"slices"
	"strconv"

	"oxysim/model"
	"oxysim/sim"
	"oxysim/study"
)

// gantt is what everybody did around a stockout, on one axis of time.
type gantt struct {
	*study.Gantt
	story *study.Story // what the stockout waited for; nil if it is not known
	what  string       // of its main wait, in words
}

func askGantt(ctx context.Context, k *study.Work, w Wish) (Figure, error) {
	q := study.GanttQuestion{Subject: w.Subject, Hospital: w.Hospital, Replication: w.Replication, Days: w.Days, N: w.N}
	a, err := q.Answer(ctx, k)
	if err != nil {
		return nil, err
	}
	f := gantt{Gantt: a}
	f.story, f.what, err = storyOf(ctx, a)
	return f, err
}

// storyOf returns what the stockout waited for, of those of the hospital in focus
// the one that has most of it.
func storyOf(ctx context.Context, a *study.Gantt) (best *study.Story, what string, err error) {
	i := slices.IndexFunc(a.Tracks, func(t study.GanttTrack) bool { return t.Focus })
	if i < 0 {
		return nil, "", nil
	}
	c, err := study.Explain(ctx, a.Subject, a.Tracks[i].Thing, a.Replication, 1, math.MaxInt)
	if err != nil {
		return nil, "", err
	}
	common := sim.Span(0)
	for i := range c.Longest {
		x := &c.Longest[i]
		if both := min(x.To, a.Out.To).Sub(max(x.From, a.Out.From)); both > common {
			best, common = x, both
		}
	}
	if best != nil {
		w, _ := study.MainWait(&best.Chain)
		for _, b := range c.Blockers {
			if b.Kind == w.Kind {
				what = b.Label
			}
		}
	}
	return best, what, nil
}

// wait returns the main wait of the stockout, as far as it is shown.
func (f gantt) wait() (w model.Wait, ok bool) {
	if f.story == nil {
		return w, false
	}
	if w, ok = study.MainWait(&f.story.Chain); !ok {
		return w, false
	}
	w.From, w.To = max(w.From, f.From), min(w.To, f.To)
	return w, w.From < w.To
}

// Title says who runs out in this one future, when, for how long and what was wrong
// before.
func (f gantt) Title() string {
	if f.Focus == "" {
		return "Nobody runs out in replication " + strconv.Itoa(f.Replication)
	}
	title := fmt.Sprintf("In one future, %s runs out on %s, for %s", f.Focus, dayOf(f.Subject.Config.Start, f.Out.From), span(f.Out.To.Sub(f.Out.From).Hours()))
	if len(f.Before) > 0 {
		title += fmt.Sprintf("; in the week before, %s", f.trouble(f.Before[0]))
	}
	return title
}

// replications says which one it is of.
func (f gantt) replications() string { return fmt.Sprintf("replication %d alone", f.Replication) }

// shelves reports whether a hospital that is shown keeps cylinders.
func (f gantt) shelves() bool {
	return slices.ContainsFunc(f.Tracks, func(t study.GanttTrack) bool { return t.Stock != nil })
}

// trouble says what was wrong.
func (f gantt) trouble(x study.Trouble) string {
	switch x.State {
	case study.StateShut:
		return fmt.Sprintf("road %s was closed for %s", x.Label, span(x.Hours))
	case study.StateDark:
		return fmt.Sprintf("%s had no power for %s", x.Label, span(x.Hours))
	case study.StateDown:
		return fmt.Sprintf("the machines of %s were down for %s", x.Label, span(x.Hours))
	case study.StateNoGas:
		return fmt.Sprintf("%s had too little gas for %s", x.Label, span(x.Hours))
	}
	return fmt.Sprintf("truck %s was %s for %s", x.Label, x.State, span(x.Hours))
}

// Subtitle says what is shown.
func (f gantt) Subtitle() string {
	s := fmt.Sprintf("Replication %d, from %s to %s.", f.Replication, dayOf(f.Subject.Config.Start, f.From), dateOf(f.Subject.Config.Start, f.To))
	if f.shelves() {
		s += " Hospitals: full cylinders on hand, and stockouts."
	}
	if n := len(f.Before); n > 1 {
		var more []string
		for _, x := range f.Before[1:min(n, 3)] {
			more = append(more, f.trouble(x))
		}
		s += " Also in the week before, " + list(more) + "."
	}
	if f.Others > 0 {
		have := "have"
		if f.Others == 1 {
			have = "has"
		}
		s += fmt.Sprintf(" %s not shown %s stockouts too.", capitalised(plural(f.Others, "hospital")), have)
	}
	if len(f.Before) > 0 {
		s += " What came before need not be why."
	}
	return s
}

// Data is the states.
func (f gantt) Data() [][]string {
	rows := [][]string{{"kind", "thing", "label", "state", "with", "from_day", "to_day", "hours"}}
	for i := range f.Tracks {
		t := &f.Tracks[i]
		for _, x := range t.Spans {
			rows = append(rows, []string{t.Kind, t.Thing, t.Label, x.State, x.With, exact(x.From.Sub(0).Days()), exact(x.To.Sub(0).Days()), exact(x.To.Sub(x.From).Hours())})
		}
	}
	if w, ok := f.wait(); ok {
		rows = append(rows, []string{"wait", f.story.Hospital, f.Subject.Label(f.story.Hospital), w.Kind.String(), w.Thing, exact(w.From.Sub(0).Days()), exact(w.To.Sub(0).Days()), exact(w.To.Sub(w.From).Hours())})
	}
	return rows
}

// stateColors are the colours of states: what goes on in cold ones, what is wrong
// in warm ones, the worst darkest.
var stateColors = map[string]ink{
	study.StateFilling: sky, study.StateIdle: hairline, study.StateClosed: rgb(0xb8c0ca),
	study.StateDark: rgb(0x3d4450), study.StateDown: purple, study.StateNoGas: yellow,
	study.StateShut: rgb(0x3d4450), study.StateDriving: blue, study.StateHandling: rgb(0x9ccfee),
	study.StateHeld: rgb(0x3d4450), study.StateResting: rgb(0xb8c0ca), study.StateBroken: purple, study.StateOut: vermillion,
}

// kinds are the headings of the tracks.
var kinds = []struct{ kind, head string }{{"plant", "Plants"}, {"road", "Roads"}, {"truck", "Trucks"}, {"hospital", "Hospitals"}}

func (f gantt) draw(p *page, top float64) float64 {
	left, right := p.margin, p.width-p.margin
	wide := 0.0
	for i := range f.Tracks {
		wide = max(wide, p.widthOf(f.Tracks[i].Label, look{size: p.small, bold: f.Tracks[i].Focus}))
	}
	wide = min(wide, 0.27*(right-left))
	r := rect{x0: left + wide + 0.6*p.small, x1: right - p.widthOf("000", p.label(0)) - 0.4*p.small, y0: top}
	c := newCalendar(f.Subject.Config.Start, f.From, f.To, r.x0, r.x1)
	ticks := p.dates(c)
	r.y1 = r.y0 + f.tracks(p, c, r, wide, ticks)
	bottom := p.under(r, c.scale, ticks, false, "")
	if f.story == nil {
		return bottom
	}
	l := look{size: p.small, color: black}
	bottom += 0.4 * p.small
	for _, line := range p.wrap(together(f.story.Sentence)+".", right-left, l) {
		bottom += 1.3 * p.small
		p.text(left, bottom-0.1*p.small, line, l)
	}
	return bottom + descent*p.small
}

// measures are numbers with units, and instants such as "d047 08:47".
var measures = regexp.MustCompile(`(\d) (d|h|min|\d\d:\d\d)\b`)

// together keeps numbers and their units on one line.
func together(s string) string {
	for {
		t := measures.ReplaceAllString(s, "$1\u00a0$2")
		if t == s {
			return s
		}
		s = t
	}
}

// waited draws the main wait in a row of its own, and returns the height of that.
func (f gantt) waited(p *page, c calendar, r rect, y, wide float64) float64 {
	w, ok := f.wait()
	if !ok {
		return 0
	}
	h := 1.35 * p.small
	name := look{size: p.small, color: black, align: 1, bold: true}
	p.middle(r.x0-0.6*p.small, y+h/2, p.fit("waited for", wide, name), name)
	b := rect{c.of(w.From), y + 0.15*h, c.of(w.To), y + 0.85*h}
	p.block(black, b)
	what := f.what
	if w.Thing != "" {
		what += ", " + f.Subject.Label(w.Thing)
	}
	// Where there is most room: in the bar, or beside it.
	l := look{size: p.small, color: white}
	gap := 0.4 * p.small
	x, room := b.x0+gap, b.x1-b.x0-2*gap
	if right := r.x1 - b.x1 - gap; room < p.widthOf(what, l) && right > room {
		x, room, l.color = b.x1+gap, right, black
	}
	if left := b.x0 - r.x0 - gap; room < p.widthOf(what, l) && left > room {
		x, room, l.color, l.align = b.x0-gap, left, black, 1
	}
	p.middle(x, y+h/2, p.fit(what, room, l), l)
	return h + 0.35*p.small
}

// blocks draws a frame about the main wait on the track of what blocked.
func (f gantt) blocks(p *page, c calendar, t *study.GanttTrack, r rect) {
	w, ok := f.wait()
	if !ok || t.Thing != w.Thing {
		return
	}
	b := rect{c.of(w.From), r.y0 - 0.1*p.small, c.of(w.To), r.y1 + 0.1*p.small}
	p.line(black, p.theme.line, point{b.x0, b.y0}, point{b.x1, b.y0}, point{b.x1, b.y1}, point{b.x0, b.y1}, point{b.x0, b.y0})
}

// tracks draws the tracks below each other, and returns their height.
func (f gantt) tracks(p *page, c calendar, r rect, wide float64, ticks []tick) float64 {
	y := r.y0
	bar := 1.35 * p.small
	for _, k := range kinds {
		var of []*study.GanttTrack
		for i := range f.Tracks {
			if f.Tracks[i].Kind == k.kind {
				of = append(of, &f.Tracks[i])
			}
		}
		if len(of) == 0 {
			continue
		}
		y += 0.5 * p.small
		keys := f.keys(of)
		heading := p.strong(grey, 0)
		begin := p.margin + p.widthOf(k.head, heading) + p.small
		p.middle(p.margin, y+0.72*p.small, k.head, heading)
		y += p.legend(begin, y, r.x1-begin, true, keys...) + 0.3*p.small
		for _, t := range of {
			h := bar
			if t.Stock != nil {
				h = 2.5 * p.small
			}
			for _, x := range ticks {
				p.line(hairline, p.hair, point{c.at(x.x), y}, point{c.at(x.x), y + h + 0.35*p.small})
			}
			f.track(p, c, t, rect{r.x0, y, r.x1, y + h}, wide)
			f.blocks(p, c, t, rect{r.x0, y, r.x1, y + h})
			if x := c.of(f.Out.From); f.Focus != "" && f.Out.From > f.From {
				p.dashed(vermillion, 0.6*p.theme.line, point{x, y - 0.1*p.small}, point{x, y + h + 0.3*p.small})
			}
			y += h + 0.35*p.small
			if t.Focus {
				y += f.waited(p, c, r, y, wide)
			}
		}
	}
	return y - r.y0 + 0.2*p.small
}

// keys explains the states of some tracks, in the order of their numbers.
func (f gantt) keys(of []*study.GanttTrack) (keys []key) {
	order := []string{
		study.StateFilling, study.StateIdle, study.StateClosed, study.StateDark, study.StateDown, study.StateNoGas, study.StateShut,
		study.StateDriving, study.StateHandling, study.StateResting, study.StateHeld, study.StateBroken, study.StateOut,
	}
	for _, state := range order {
		if slices.ContainsFunc(of, func(t *study.GanttTrack) bool {
			return slices.ContainsFunc(t.Spans, func(x study.GanttSpan) bool { return x.State == state })
		}) {
			keys = append(keys, key{color: stateColors[state], what: state})
		}
	}
	if len(of) > 0 && of[0].Kind == "truck" {
		keys = append(keys, key{color: rgb(0xc4cad2), what: "at home", line: true})
	}
	if len(of) > 0 && of[0].Kind == "hospital" && f.shelves() {
		keys = append([]key{{color: tint(blue, 0.35), what: "full cylinders on hand, up to the number at the right"}}, keys...)
	}
	return keys
}

// track draws one track.
func (f gantt) track(p *page, c calendar, t *study.GanttTrack, r rect, wide float64) {
	name := look{size: p.small, color: black, align: 1, bold: t.Focus}
	p.middle(r.x0-0.6*p.small, (r.y0+r.y1)/2, p.fit(t.Label, wide, name), name)
	band := r
	if t.Stock != nil {
		band.y0 = r.y1 - 0.6*p.small
		f.shelf(p, c, t, r)
	} else if t.Kind == "truck" || t.Kind == "road" {
		mid := (r.y0 + r.y1) / 2
		p.line(hairline, p.hair, point{r.x0, mid}, point{r.x1, mid})
	}
	for _, x := range t.Spans {
		b := rect{c.of(x.From), band.y0, c.of(x.To), band.y1}
		if x.State == study.StateOut && t.Stock != nil {
			b.y0 = r.y0
		}
		p.block(stateColors[x.State], b)
	}
	if t.Kind != "truck" {
		return
	}
	l := look{size: 0.85 * p.small, color: white, align: 0.5}
	for i, x := range t.Spans {
		if x.State != study.StateDriving || x.With == "" {
			continue
		}
		end := x.To
		for _, more := range t.Spans[i+1:] { // what follows on the same way
			if more.From != end || more.State != study.StateDriving || more.With != x.With {
				break
			}
			end = more.To
		}
		room := c.of(end) - c.of(x.From) - 1
		if what := p.fit(x.With, room, l); len([]rune(what)) > 3 {
			p.middle((c.of(x.From)+c.of(end))/2, (r.y0+r.y1)/2, what, l)
		}
	}
}

// shelf draws the full cylinders of a hospital, with the most at the right.
func (f gantt) shelf(p *page, c calendar, t *study.GanttTrack, r rect) {
	most := max(1, slices.Max(t.Stock))
	y := scale{lo: 0, hi: most, from: r.y1, to: r.y0}
	path := []point{{r.x0, r.y1}}
	last := math.NaN()
	for i, x := range t.Stock {
		if x == last {
			continue
		}
		at := c.of(f.From.Add(f.Step * sim.Span(i)))
		if i > 0 {
			path = append(path, point{at, y.at(last)})
		}
		path = append(path, point{at, y.at(x)})
		last = x
	}
	path = append(path, point{r.x1, y.at(last)}, point{r.x1, r.y1})
	p.area(tint(blue, 0.35), path...)
	p.line(pale, p.hair, point{r.x0, r.y1}, point{r.x1, r.y1})
	p.text(r.x1+0.4*p.small, r.y0+capital*p.small*0.9, plainNumber(most), look{size: 0.9 * p.small, color: grey})
}
