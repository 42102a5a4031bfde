package plots

import (
	"context"
	"fmt"
	"math"
	"slices"
	"strconv"
	"strings"

	"oxysim/study"
)

// curve is the risk, or another goal, against a lever.
type curve struct{ *study.PlanAnswer }

func askCurve(ctx context.Context, k *study.Work, w Wish) (Figure, error) {
	a, err := w.Plan.Answer(ctx, k)
	if err != nil {
		return nil, err
	}
	return NewCurve(a)
}

// NewCurve returns the figure of a plan with one lever.
func NewCurve(a *study.PlanAnswer) (Figure, error) {
	if a.Scale == nil || len(a.Curve) == 0 {
		return nil, &study.Unfit{Why: "want one lever for a curve, such as --lever hospital.NAME.buffer"}
	}
	return curve{a}, nil
}

// lever says what is turned.
func (f curve) lever() string { return leverOf(f.Subject, f.Scale.Lever) }

// leverOf says in words what a lever turns.
func leverOf(s *study.Subject, l *study.Lever) string {
	thing, rest := study.Thing(l.Key)
	rest = strings.ReplaceAll(strings.ReplaceAll(rest, ".", " "), "_", " ")
	if l.Factor {
		return "a factor of " + strings.ReplaceAll(l.Key, "_", " ")
	}
	if thing == "" || rest == "" {
		return strings.ReplaceAll(l.Key, "_", " ")
	}
	if strings.HasPrefix(thing, "hospital.") || strings.HasPrefix(thing, "plant.") {
		return rest + " at " + s.Label(thing)
	}
	return rest + " of " + s.Label(thing)
}

// goal writes the goal with the name of a thing instead of its key.
func (f curve) goal() string {
	text := goalOf(f.Subject, f.Goal)
	if thing, _ := study.Thing(f.Scale.Key); thing != "" {
		text = strings.TrimSuffix(text, " at "+f.Subject.Label(thing))
	}
	return text
}

func goalOf(s *study.Subject, g *study.Goal) string {
	text := g.String()
	thing, part := study.Thing(g.Metric)
	if thing != "" && thing != "network" {
		text = strings.Replace(text, g.Metric, part, 1)
		if label := s.Label(thing); label != thing {
			text += " at " + label
		}
	}
	text = strings.ReplaceAll(text, "_", " ")
	for _, sign := range []string{" ≤ ", " ≥ ", " > ", " < "} {
		text = strings.Replace(text, sign, "\u00a0"+strings.TrimSpace(sign)+"\u00a0", 1)
	}
	return strings.ReplaceAll(text, " %", "\u00a0%")
}

// Title says which value is sufficient, and which is shown not to be.
func (f curve) Title() string {
	who := capitalised(f.lever())
	goal := f.goal()
	switch {
	case f.Sufficient >= 0 && f.Insufficient >= 0:
		return fmt.Sprintf("%s: %s is sufficient for %s, %s is shown not to be", who, text(f.Scale.Text(f.Sufficient)), goal, text(f.Scale.Text(f.Insufficient)))
	case f.Sufficient >= 0:
		return fmt.Sprintf("%s: %s is sufficient for %s", who, text(f.Scale.Text(f.Sufficient)), goal)
	case f.Verdict == study.Missed:
		return fmt.Sprintf("%s: no value up to %s is sufficient for %s", who, text(f.Scale.Text(f.Scale.Top())), goal)
	case f.Insufficient >= 0:
		return fmt.Sprintf("%s: %s is shown not to be sufficient for %s; none is shown to be", who, text(f.Scale.Text(f.Insufficient)), goal)
	}
	return fmt.Sprintf("%s: undecided which value is sufficient for %s", who, goal)
}

// chance reports whether the curve is of a share of futures.
func (f curve) chance() bool { return f.Goal.Form == study.OfChance }

// shares reports whether numbers are written in per cent.
func (f curve) shares() bool {
	return f.chance() || strings.HasSuffix(f.Goal.String(), "%")
}

// Subtitle says what is shown.
func (f curve) Subtitle() string {
	what, _, _ := strings.Cut(f.goal(), "\u00a0≤")
	what, _, _ = strings.Cut(what, "\u00a0≥")
	if f.chance() && f.Goal.Level > 0 {
		what = "Share of futures beyond the bound"
	}
	s := what + " for each value tried"
	if f.worst() {
		s += ", of the worst thing"
	}
	s += fmt.Sprintf("; %s, which hold for all values at once.", map[bool]string{true: confidence(f.Confidence) + " band", false: confidence(f.Confidence) + " intervals"}[f.banded()])
	s = strings.Replace(s, "band, which hold for", "band, which holds for", 1)
	if c := f.Closed(); c != nil {
		s += " Green: the exact answer (" + c.What + ")."
	}
	if also := f.Scale.Along(); len(also) > 0 {
		for i := range also {
			also[i] = also[i][strings.LastIndexByte(also[i], '.')+1:]
		}
		verb := map[bool]string{true: " goes", false: " go"}[len(also) == 1]
		s += " With it, " + list(also) + verb + " up and down."
	}
	if y := f.levels(1, 0); y.log && slices.ContainsFunc(f.shown(), func(x study.CurvePoint) bool { return x.Estimate < y.lo }) {
		s += " Marks on the lower edge stand for 0."
	}
	return s
}

// shown returns the points that are drawn: of those at either end at which
// nothing changes any more, one; all if nothing changes anywhere.
func (f curve) shown() []study.CurvePoint {
	c := slices.Clone(f.Curve)
	slices.SortFunc(c, func(a, b study.CurvePoint) int { return a.Step - b.Step })
	base, _ := f.Scale.Base()
	from, to := 0, len(c)
	flat := func(x, y study.CurvePoint) bool {
		return f.chance() && x.Estimate == y.Estimate && (x.Estimate == 0 || x.Estimate == 1)
	}
	if !slices.ContainsFunc(c, func(x study.CurvePoint) bool { return !flat(x, c[0]) }) {
		return c
	}
	for to-from > 3 && flat(c[to-1], c[to-2]) && flat(c[to-2], c[to-3]) && c[to-1].Step > max(base, f.Sufficient+1) {
		to--
	}
	for to-from > 3 && flat(c[from], c[from+1]) && flat(c[from+1], c[from+2]) && c[from].Step < base {
		from++
	}
	return c[from:to]
}

// worst reports whether each point is of the worst of several things.
func (f curve) worst() bool { return len(f.Things) > 1 }

// banded reports whether one sample tells of all values.
func (f curve) banded() bool { return f.Method == study.CriticalValues }

func (f curve) replications() string {
	n := 0
	for _, x := range f.Curve {
		n = max(n, x.N)
	}
	return plural(max(n, f.N), "replication")
}

// Data is the points.
func (f curve) Data() [][]string {
	rows := [][]string{{"lever", "value", "text", "estimate", "lo", "hi", "replications", "verdict", "role", "exact"}}
	closed := f.Closed()
	for _, x := range f.Curve {
		value := f.Scale.Value(x.Step)
		exactly := ""
		if closed != nil {
			exactly = exact(closed.At(value))
		}
		role := ""
		switch x.Step {
		case f.Sufficient:
			role = "sufficient"
		case f.Insufficient:
			role = "insufficient"
		}
		rows = append(rows, []string{f.Scale.Key, exact(value), f.Scale.Text(x.Step), exact(x.Estimate), exact(x.Band.Lo), exact(x.Band.Hi), strconv.Itoa(x.N), x.Verdict.String(), role, exactly})
	}
	return rows
}

// levels returns the scale of what is reached.
func (f curve) levels(from, to float64) scale {
	var all, ends []float64
	for _, x := range f.Curve {
		all = append(all, x.Estimate)
		in := finite(x.Band, x.Estimate)
		ends = append(ends, in.Lo, in.Hi, x.Estimate)
	}
	if f.chance() {
		most := f.Goal.Allowed
		for _, x := range ends {
			most = max(most, x)
		}
		return risks(from, to, append(all, f.Goal.Allowed), most)
	}
	return between(from, to, append(ends, f.Goal.Bound())...)
}

// values returns the scale of the lever.
func (f curve) values(from, to float64) scale {
	lo, hi, least := math.Inf(1), math.Inf(-1), math.Inf(1)
	for _, x := range f.shown() {
		v := f.Scale.Value(x.Step)
		lo, hi = min(lo, v), max(hi, v)
		if v > 0 {
			least = min(least, v)
		}
	}
	if lo > 0 && hi > 6*lo {
		return scale{lo: lo / 1.06, hi: hi * 1.06, from: from, to: to, log: true}
	}
	pad := 0.03 * (hi - lo)
	return scale{lo: lo - pad, hi: hi + pad, from: from, to: to}
}

// ticksOf returns ticks of a lever: round numbers, or some of its own values in
// the spelling of its key.
func ticksOf(l *study.Lever, s scale, values []float64, most int) (list []tick) {
	if l.Whole || l.Factor {
		for _, t := range s.ticks(most) {
			if !l.Whole || t.x == math.Trunc(t.x) {
				list = append(list, t)
			}
		}
		return list
	}
	for _, v := range values {
		list = append(list, tick{v, text(l.Text(v))})
	}
	return list
}

func (f curve) draw(p *page, top float64) float64 {
	left, right := p.margin, p.width-p.margin
	top += p.legend(left, top, right-left, true, f.keys()...) + 0.9*p.small
	height := 0.46 * (right - left)
	y := f.levels(top+height, top)
	var ticks []tick
	if ticks = y.ticks(7); f.shares() {
		ticks = percents(ticks)
	}
	r := rect{left + p.room(ticks), top, right - 0.5*p.small, top + height}
	p.beside(r, y, ticks)
	x := f.values(r.x0, r.x1)
	var values []float64
	for _, c := range f.shown() {
		values = append(values, f.Scale.Value(c.Step))
	}
	bottom := p.under(r, x, ticksOf(f.Scale.Lever, x, values, int(r.width()/(4*p.small))), false, f.lever())
	if base := f.Scale.Lever.Base; base >= x.lo && base <= x.hi {
		p.line(tint(pale, 0.6), p.theme.line, point{x.at(base), r.y0}, point{x.at(base), r.y1})
	}
	bound := f.Goal.Bound()
	if f.chance() {
		bound = f.Goal.Allowed
	}
	if f.banded() {
		f.band(p, x, y)
	}
	if c := f.Closed(); c != nil {
		f.exactly(p, x, y, c)
	}
	p.dashed(black, 0.7*p.theme.line, point{r.x0, y.at(bound)}, point{r.x1, y.at(bound)})
	if f.Sufficient >= 0 {
		at := x.at(f.Scale.Value(f.Sufficient))
		p.line(tint(blue, 0.4), p.theme.line, point{at, r.y0}, point{at, r.y1})
	}
	for _, c := range f.shown() {
		at := x.at(f.Scale.Value(c.Step))
		color := verdictColors[c.Verdict]
		if !f.banded() {
			p.whisker(color, y, false, at, finite(c.Band, c.Estimate))
		}
		p.mark(verdictShapes[c.Verdict], color, at, y.at(c.Estimate), 1.7*p.theme.line)
	}
	return bottom
}

// band draws the band, and the line in it.
func (f curve) band(p *page, x, y scale) {
	var upper, lower, line []point
	for _, c := range f.shown() {
		at := x.at(f.Scale.Value(c.Step))
		upper = append(upper, point{at, y.at(c.Band.Hi)})
		lower = append(lower, point{at, y.at(c.Band.Lo)})
		if !y.log || c.Estimate >= y.lo {
			line = append(line, point{at, y.at(c.Estimate)})
		}
	}
	for i := len(lower) - 1; i >= 0; i-- {
		upper = append(upper, lower[i])
	}
	p.area(tint(grey, 0.22), upper...)
	p.line(grey, 0.8*p.theme.line, line...)
}

// exactly draws the exact answer.
func (f curve) exactly(p *page, x, y scale, c *study.Closed) {
	first, last := f.Scale.Value(0), f.Scale.Value(f.Scale.Top())
	lo, hi := min(first, last), max(first, last)
	var path []point
	for v := max(math.Ceil(x.lo), lo); v <= min(x.hi, hi); v++ {
		if e := c.At(v); !y.log || e >= y.lo {
			path = append(path, point{x.at(v), y.at(e)})
		}
	}
	if len(path) > 1 {
		p.line(green, 1.2*p.theme.line, path...)
	}
}

// keys explains lines and marks.
func (f curve) keys() (keys []key) {
	n := map[study.Verdict]int{}
	for _, c := range f.Curve {
		n[c.Verdict]++
	}
	for _, v := range []struct {
		verdict study.Verdict
		what    string
	}{{study.Missed, "shown to be insufficient"}, {study.Undecided, "undecided"}, {study.Met, "sufficient"}} {
		if n[v.verdict] > 0 {
			keys = append(keys, key{color: verdictColors[v.verdict], what: v.what, mark: verdictShapes[v.verdict]})
		}
	}
	keys = append(keys, key{color: black, what: "target " + f.bound(), dash: true})
	if f.Sufficient >= 0 {
		keys = append(keys, key{color: tint(blue, 0.4), what: "recommended: " + text(f.Scale.Text(f.Sufficient)), line: true})
	}
	keys = append(keys, key{color: tint(pale, 0.6), what: "as it is: " + text(f.Scale.Lever.Text(f.Scale.Lever.Base)), line: true})
	if f.Closed() != nil {
		keys = append(keys, key{color: green, what: "exact", line: true})
	}
	return keys
}

// bound writes the bound.
func (f curve) bound() string {
	if f.chance() {
		return limitOf(f.Goal.Allowed)
	}
	if f.shares() {
		return limitOf(f.Goal.Bound())
	}
	return plainNumber(f.Goal.Bound())
}
