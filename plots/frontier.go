package plots

import (
	"context"
	"fmt"
	"math"
	"slices"
	"strconv"
	"strings"

	"oxysim/model"
	"oxysim/sim/stats"
	"oxysim/study"
)

// frontier is what designs cost, and which risk they leave.
type frontier struct {
	designs    []offer
	risk       string // what is on the axis of risk, in words
	more       bool   // more of it is better
	shares     bool   // it is in per cent
	cost       string // what is on the axis of cost
	limit      float64
	n          int
	confidence float64
	how        string // on what standings rest
	best       int    // the cheapest that is shown to meet the target; -1 for none
	left       int    // designs that were not simulated, and are not drawn
}

// offer is a design with its place.
type offer struct {
	name       string
	cost, risk float64
	costs      stats.Interval
	risks      stats.Interval
	standing   study.Standing
	verdict    study.Verdict
}

func askFrontier(ctx context.Context, k *study.Work, w Wish) (Figure, error) {
	if w.Plan != nil {
		a, err := w.Plan.Answer(ctx, k)
		if err != nil {
			return nil, err
		}
		return NewFrontierOfPlan(a)
	}
	a, err := w.Compare.Answer(ctx, k)
	if err != nil {
		return nil, err
	}
	return NewFrontier(a)
}

// NewFrontier returns the figure of what options cost and leave.
func NewFrontier(a *study.CompareAnswer) (Figure, error) {
	if a.Money == nil {
		return nil, &study.Unfit{Why: "nothing has a price: write capital and running of options, or [price]"}
	}
	at := slices.IndexFunc(a.Metrics, func(m study.Comparison) bool { return m.Metric.Name == a.Compare.By })
	if at < 0 {
		return nil, &study.Unfit{Why: "the designs have no " + a.Compare.By}
	}
	m := a.Metrics[at]
	unit, factor := unitOf(m.Metric)
	f := frontier{
		risk: metricOf(a.Compare.Designs[0].Subject, m.Metric), more: m.Metric.Better == model.More, shares: factor == 100, limit: math.NaN(),
		cost: "all costs, " + a.Money.Currency + " a year", n: a.N, confidence: a.Compare.Confidence, best: a.Cheapest.Design,
		how: "Standings are of differences in the same futures, known better than what is drawn.",
	}
	if !f.shares && unit != "" {
		f.risk += "," + unit
	}
	if t := a.Compare.Target; t.Metric == a.Compare.By && !math.IsInf(t.AtMost, 0) {
		f.limit = t.AtMost
	}
	for d, o := range a.Compare.Designs {
		x := a.Money.Designs[d]
		e := m.Estimates[d]
		f.designs = append(f.designs, offer{
			name: o.Label, cost: x.Total.Mean, costs: x.Total.Interval, risk: e.Mean, risks: e.Interval, standing: x.Standing, verdict: a.Designs[d].Verdict,
		})
	}
	return f, nil
}

// NewFrontierOfPlan returns the figure of combinations of several levers.
func NewFrontierOfPlan(a *study.PlanAnswer) (Figure, error) {
	if a.Cost == nil {
		return nil, &study.Unfit{Why: "want several levers with what they cost, such as --lever A,B --cost A=233USD --cost B=1500USD"}
	}
	c := a.Cost
	f := frontier{
		risk: "share of futures in which " + goalOf(a.Subject, a.Goal) + " is not kept", shares: true, cost: "cost above what is, " + c.Currency + " a year",
		limit: a.Goal.Allowed, n: a.N, confidence: a.Confidence, best: -1, how: "Intervals hold for all combinations at once.",
	}
	if a.Goal.Form == study.OfChance && a.Goal.Level == 0 {
		f.risk = "P(" + strings.ReplaceAll(spoken(a.Goal.Metric), "_", " ") + ")"
	}
	for i, d := range c.Designs {
		if d.N == 0 {
			f.left++
			continue
		}
		var words []string
		for l, s := range c.Scales {
			_, rest := study.Thing(s.Key)
			words = append(words, strings.ReplaceAll(rest[strings.LastIndexByte(rest, '.')+1:], "_", " ")+"\u00a0"+s.Text(d.Steps[l]))
		}
		if i == c.Best {
			f.best = len(f.designs)
		}
		f.designs = append(f.designs, offer{
			name: strings.Join(words, ", "), cost: d.Cost, costs: stats.Interval{Lo: d.Cost, Hi: d.Cost}, risk: float64(d.Bad) / float64(d.N), risks: d.Risk,
			standing: d.Standing, verdict: d.Verdict,
		})
	}
	if len(f.designs) == 0 {
		return nil, &study.Unfit{Why: "no combination was simulated"}
	}
	return f, nil
}

// standings are the standings with their colours and shapes, the best first.
var standings = []struct {
	standing study.Standing
	color    ink
	shape    shape
	what     string
}{
	{study.Certified, blue, round, "certified: every other is dearer or worse"},
	{study.Unsettled, orange, triangle, "undecided"},
	{study.Dominated, pale, diamond, "dominated: another costs no more and is no worse"},
}

func (f frontier) count() map[study.Standing]int {
	n := map[study.Standing]int{}
	for i := range f.designs {
		n[f.designs[i].standing]++
	}
	return n
}

// Title says how many are on the frontier, and which is the cheapest that meets
// the target.
func (f frontier) Title() string {
	n := f.count()
	all := len(f.designs)
	are := "are"
	if n[study.Certified] == 1 {
		are = "is"
	}
	title := fmt.Sprintf("%d of %d designs %s shown to be on the frontier of cost and risk", n[study.Certified], all, are)
	if n[study.Dominated] > 0 {
		title += fmt.Sprintf("; %d shown not to be", n[study.Dominated])
	}
	if n[study.Unsettled] > 0 {
		title += fmt.Sprintf("; %d undecided", n[study.Unsettled])
	}
	if f.best >= 0 {
		title += fmt.Sprintf(". The cheapest shown to meet the target: %s", f.designs[f.best].name)
	}
	return title
}

// Subtitle says what is shown.
func (f frontier) Subtitle() string {
	s := fmt.Sprintf("%s against %s, with %s intervals. %s They hold at %s for luck alone, at prices as written.", capitalised(f.cost), f.risk, confidence(f.confidence), f.how, confidence(f.confidence))
	if f.more {
		s += " Of what is on the left axis, more is better."
	}
	if slices.ContainsFunc(f.designs, func(d offer) bool { return math.IsInf(d.risks.HalfWidth(), 0) || math.IsInf(d.costs.HalfWidth(), 0) }) {
		s += " A mark without a bar has too few futures for an interval."
	}
	if f.left > 0 {
		s += fmt.Sprintf(" %s not drawn were ruled out by others that have no less of anything.", capitalised(plural(f.left, "combination")))
	}
	return s
}

func (f frontier) replications() string { return plural(f.n, "replication") }

// Data is the designs.
func (f frontier) Data() [][]string {
	rows := [][]string{{"design", "cost", "cost_lo", "cost_hi", "risk", "risk_lo", "risk_hi", "standing", "target", "cheapest"}}
	for i, d := range f.designs {
		rows = append(rows, []string{
			d.name, exact(d.cost), exact(d.costs.Lo), exact(d.costs.Hi), exact(d.risk), exact(d.risks.Lo), exact(d.risks.Hi), d.standing.String(), d.verdict.String(), strconv.FormatBool(i == f.best),
		})
	}
	return rows
}

func (f frontier) draw(p *page, top float64) float64 {
	left, right := p.margin, p.width-p.margin
	n := f.count()
	var keys []key
	for _, s := range standings {
		if n[s.standing] > 0 {
			what := s.what
			if !p.wide {
				what, _, _ = strings.Cut(what, ":")
			}
			keys = append(keys, key{color: s.color, what: what, mark: s.shape})
		}
	}
	if !math.IsNaN(f.limit) {
		keys = append(keys, key{color: black, what: "target", dash: true})
	}
	top += p.legend(left, top, right-left, true, keys...) + 0.5*p.small
	for _, line := range p.wrap(f.risk, right-left, p.strong(grey, 0)) {
		top += 1.2 * p.small
		p.head(left, top, line)
	}
	top += 0.7 * p.small
	height := 0.52 * (right - left)
	var costs, risksOf []float64
	most := 0.0
	for _, d := range f.designs {
		c, r := finite(d.costs, d.cost), finite(d.risks, d.risk)
		costs = append(costs, c.Lo, c.Hi, d.cost)
		risksOf = append(risksOf, d.risk)
		most = max(most, r.Hi, d.risk)
		if !math.IsNaN(f.limit) {
			most = max(most, f.limit)
		}
	}
	var y scale
	if f.shares {
		if !math.IsNaN(f.limit) {
			risksOf = append(risksOf, f.limit)
		}
		y = risks(top+height, top, risksOf, most)
	} else {
		y = scale{lo: 0, hi: niceAbove(max(most, 1e-9)), from: top + height, to: top}
	}
	ticks := y.ticks(7)
	if f.shares {
		ticks = percents(ticks)
	}
	r := rect{left + p.room(ticks), top, right - 0.5*p.small, top + height}
	p.beside(r, y, ticks)
	x := f.costs(r.x0, r.x1, costs)
	bottom := p.under(r, x, x.ticks(int(r.width()/(5*p.small))), true, f.cost)
	if !math.IsNaN(f.limit) {
		p.dashed(black, 0.7*p.theme.line, point{r.x0, y.at(f.limit)}, point{r.x1, y.at(f.limit)})
	}
	f.marks(p, r, x, y)
	return bottom
}

// costs returns the scale of costs, which may be below 0.
func (f frontier) costs(from, to float64, numbers []float64) scale {
	lo, hi := slices.Min(numbers), slices.Max(numbers)
	if lo == hi {
		hi = lo + 1
	}
	pad := 0.04 * (hi - lo)
	return scale{lo: lo - pad, hi: hi + pad, from: from, to: to}
}

// marks draws the designs and names those for which there is room, the certified
// first.
func (f frontier) marks(p *page, r rect, x, y scale) {
	l := &labeller{within: rect{r.x0 + 1, r.y0 - 0.3*p.small, r.x1, r.y1}}
	radius := 1.9 * p.theme.line
	few := len(f.designs) <= 20
	if len(f.designs) > 60 {
		radius = 1.2 * p.theme.line
	}
	place := func(d *offer) point {
		if y.log && d.risk < y.lo {
			return point{x.at(d.cost), y.from}
		}
		return point{x.at(d.cost), y.at(d.risk)}
	}
	for i := range f.designs {
		at := place(&f.designs[i])
		l.discs = append(l.discs, rect{at.x, at.y, at.x, at.y}.grown(radius+0.6))
	}
	for i := range f.designs {
		if d := &f.designs[i]; few {
			at, v, h := place(d), finite(d.risks, d.risk), finite(d.costs, d.cost)
			l.avoid = append(l.avoid, rect{at.x - 0.5, y.at(v.Hi), at.x + 0.5, y.at(v.Lo)}, rect{x.at(h.Lo), at.y - 0.5, x.at(h.Hi), at.y + 0.5})
		}
	}
	for k := len(standings) - 1; k >= 0; k-- {
		s := standings[k]
		for i := range f.designs {
			d := &f.designs[i]
			if d.standing != s.standing {
				continue
			}
			at := place(d)
			if few || d.standing != study.Dominated {
				c := tint(s.color, 0.6)
				v, h := finite(d.risks, d.risk), finite(d.costs, d.cost)
				p.line(c, 0.7*p.theme.line, point{at.x, y.at(v.Lo)}, point{at.x, y.at(v.Hi)})
				p.line(c, 0.7*p.theme.line, point{x.at(h.Lo), at.y}, point{x.at(h.Hi), at.y})
			}
			p.mark(s.shape, s.color, at.x, at.y, radius)
		}
	}
	for pass, s := range standings {
		for i := range f.designs {
			d := &f.designs[i]
			if d.standing != s.standing || !few && pass > 0 && i != f.best {
				continue
			}
			look := look{size: p.small, color: black, bold: i == f.best}
			if s.standing == study.Dominated {
				look.color = grey
			}
			name := p.fit(d.name, 0.45*r.width(), look)
			at := place(d)
			box, lead, ok := l.place(at, radius+0.6, p.widthOf(name, look), (ascent+descent)*p.small)
			if !ok {
				continue
			}
			if lead != nil {
				p.line(pale, p.hair, at, *lead)
			}
			p.text(box.x0, box.y1-descent*p.small, name, look)
		}
	}
}
