package report

import (
	"fmt"
	"math"
	"slices"
	"strings"

	"oxysim/model"
	"oxysim/study"
)

// htmlOptions writes what would prevent stockouts: the options of the file, and
// how much of a buffer is enough.
func htmlOptions(p *htmlPage, r *Results) {
	htmlCompare(p, r)
	htmlPlan(p, r)
	if r.Compare != nil || r.Plan != nil {
		return
	}
	p.note("Nothing was asked about it here" + notAsked(r) + ". What may be asked, in this folder:")
	t := &htmlTable{id: "next", caption: "What to ask next", heads: []string{"command", "what for"}, plain: true}
	for _, x := range r.Answer.Next() {
		t.row("", x.Command, x.Why)
	}
	p.table(t)
}

// notAsked says why questions were not asked.
func notAsked(r *Results) string {
	var why []string
	for _, a := range r.Asked {
		if a.Not != "" && (a.Question == "compare" || a.Question == "plan") {
			why = append(why, a.Question+": "+a.Not)
		}
	}
	if len(why) == 0 {
		return ""
	}
	return " (" + strings.Join(why, "; ") + ")"
}

// designLabel returns what a design is called on the page.
func designLabel(a *study.CompareAnswer, d int) string {
	if o := a.Compare.Designs[d]; o.Label != "" {
		return o.Label
	}
	return a.Compare.Designs[d].Name
}

// designID returns the row of a design.
func designID(a *study.CompareAnswer, d int) string {
	return htmlID("option", a.Compare.Designs[d].Name)
}

// designs returns designs as a sentence has them.
func (p *htmlPage) designs(a *study.CompareAnswer, which []int) htmlText {
	var words []string
	for _, d := range which {
		words = append(words, string(p.ref(designID(a, d), designLabel(a, d))))
	}
	return htmlText(htmlList(words))
}

// htmlCompare writes how the options of the file do.
func htmlCompare(p *htmlPage, r *Results) {
	a := r.Compare
	if a == nil {
		return
	}
	p.heading("The options of the scenario")
	p.paragraph(p.help(r)...)
	p.table(optionTable(r))
	if m := a.Money; m != nil {
		p.note(fmt.Sprintf("What is bought once is spread over its life at %s %% a year. The range of what it costs more is for all prices anywhere in theirs, without chance.%s", Plain(100*m.Discount, 3), yearNote(a)))
	}
	p.figures(r, "options")
	p.unknown(r)
	p.fold("What the options change, and what they cost", func() {
		c := &htmlTable{id: "changes", caption: "What the options change", heads: []string{"option", "key", "as it is", "with the option"}}
		for d, o := range a.Compare.Designs[1:] {
			for _, x := range o.Changes {
				c.row("", designLabel(a, d+1), x.Key, x.Old, x.New)
			}
		}
		p.table(c)
		htmlCosts(p, r)
		p.figures(r, "costs")
	})
}

// yearNote says of how many days a year was made, if it was.
func yearNote(a *study.CompareAnswer) string {
	if a.YearFactor == 1 || a.Money == nil {
		return ""
	}
	return fmt.Sprintf(" The %s days that were simulated are taken for a year, × %s, as if the whole year were like them; hours are of the days that were simulated.", Plain(a.Money.Horizon, 4), Plain(a.YearFactor, 3))
}

// help says what the options would do about it: which is best, what all together
// leave, whether any is enough, and which is worth most.
func (p *htmlPage) help(r *Results) []htmlText {
	if a := r.Compare; a != nil {
		return []htmlText{p.cheapest(a), p.together(r), p.best(a), p.worth(r)}
	}
	return []htmlText{p.enough(r)}
}

// together says what all options at once leave.
func (p *htmlPage) together(r *Results) htmlText {
	a := r.All
	if a == nil {
		return ""
	}
	m := comparedBy(a)
	if m == nil {
		return ""
	}
	row := "option.all"
	verdict := map[study.Verdict]string{study.Met: "would meet the target", study.Missed: "would not be enough either", study.Undecided: "may meet the target or not"}[a.Designs[1].Verdict]
	if averted := avertedShare(*m, 1); averted != "" {
		return p.say("%s %s: they avert %s of the %s.", p.ref(row, "All of them together"), verdict, p.ref(row, averted+" %"), lastPart(a.Compare.By))
	}
	return p.say("%s %s, and are not shown to avert any %s.", p.ref(row, "All of them together"), verdict, lastPart(a.Compare.By))
}

// avertedShare returns by how much less a design has of a metric of which less is
// better, in per cent of what there is as things are, of which it is not certain
// how much that is; "" if chance may explain it.
func avertedShare(m study.Comparison, d int) string {
	x := m.Against[d-1]
	base := m.Estimates[0].Mean
	if x.Same || !x.Shown || !(base > 0) || m.Metric.Better != model.Less {
		return ""
	}
	return PlusMinus(x.Less.Mean, x.Less.Interval, 100)
}

// best says which option is best.
func (p *htmlPage) best(a *study.CompareAnswer) htmlText {
	c := a.Best
	by := lastPart(a.Compare.By)
	if len(c.TooClose) > 0 {
		return p.say("Which one is best by %s is too close to call: %s has the best mean, and %s not been shown to be worse.", by, p.designs(a, []int{c.Best}), htmlText(string(p.designs(a, c.TooClose))+" "+hasOrHave(len(c.TooClose))))
	}
	return p.say("Best by %s is %s, with %s confidence if all numbers are as they are written.", by, p.designs(a, []int{c.Best}), p.ref("method.best", Plain(100*c.Confidence, 6)+" %"))
}

func hasOrHave(n int) string {
	if n == 1 {
		return "has"
	}
	return "have"
}

// cheapest says which option is the cheapest that meets the target.
func (p *htmlPage) cheapest(a *study.CompareAnswer) htmlText {
	c := a.Cheapest
	target := p.ref("asked.target", a.Compare.Target.String())
	switch {
	case c.Design < 0 && len(c.Open) == 0:
		return p.say("None of the options meets the target %s.", target)
	case c.Design < 0 && len(c.Met) == 0:
		if len(c.Open) == len(a.Designs) {
			return p.say("Of none of the options, nor of things as they are, is it decided whether the target %s is met.", target)
		}
		return p.say("Whether the target %s is met is too close to call by %s; the others miss it.", target, p.designs(a, c.Open))
	case !c.Priced:
		return p.say("The target %s is met by %s; what they cost is not known.", target, p.designs(a, c.Met))
	case len(c.Before) > 0:
		return p.say("The target %s is met by %s; whether it is the cheapest is too close to call, for %s may meet it too.", target, p.designs(a, []int{c.Design}), p.designs(a, c.Before))
	case len(c.AsCheap) > 0:
		return p.say("The target %s is met by %s; which of them is cheapest is too close to call.", target, p.designs(a, append([]int{c.Design}, c.AsCheap...)))
	}
	return p.say("The cheapest that meets the target %s is %s.", target, p.designs(a, []int{c.Design}))
}

// littleWorth is the share of the shortage below which an option is not proposed,
// however little it costs.
const littleWorth = 0.1

// worth says what averting costs, by the option for which it is least of those
// that avert much.
func (p *htmlPage) worth(r *Results) htmlText {
	a := r.Compare
	if a.Money == nil {
		return ""
	}
	m := a.Money
	best, at, any := math.Inf(1), -1, false
	for d := 1; d < len(m.Designs); d++ {
		x := m.Designs[d].Averted[0]
		if !x.Known || !(x.Mean > 0) {
			continue
		}
		any = true
		if x.Ratio.Mean < best && averts(a, d) >= littleWorth {
			best, at = x.Ratio.Mean, d
		}
	}
	var less, close []int // that avert little, and for less each; of those that avert much, which may cost no more
	for d := 1; d < len(m.Designs) && at >= 0; d++ {
		switch x := m.Designs[d].Averted[0]; {
		case d == at || !x.Known:
		case averts(a, d) < littleWorth && x.Ratio.Mean < best:
			less = append(less, d)
		case averts(a, d) >= littleWorth && x.Ratio.Interval.Lo <= m.Designs[at].Averted[0].Ratio.Interval.Hi:
			close = append(close, d)
		}
	}
	switch {
	case !any:
		return p.say("No option is known to avert stockout-days.")
	case at < 0:
		return p.say("No option is known to avert as much as a tenth of the %s.", lastPart(a.Compare.By))
	}
	row := designID(a, at)
	name, what := p.ref(row, designLabel(a, at)), lastPart(a.Compare.By)
	share := p.ref(row, avertedShare(*comparedBy(a), at)+" %")
	var said htmlText
	switch {
	case m.Designs[at].Extra.Interval.Hi < 0:
		said = p.say("Of those that are known to avert a tenth or more, %s costs least for it: it averts %s of the %s, and saves money.", name, share, what)
	case best < 0:
		said = p.say("Of those that are known to avert a tenth or more, %s costs least for it: it averts %s of the %s, and may save money.", name, share, what)
	default:
		said = p.say("Of those that are known to avert a tenth or more, %s costs least for it: it averts %s of the %s, at %s for each stockout-day with prices as they are written, and %s with prices anywhere in their ranges.",
			name, share, what, p.ref(row, ratioCell(m.Designs[at].Averted[0].Ratio)+" "+m.Currency), p.ref(row, eachPriced(m.Designs[at])))
	}
	if len(close) > 0 {
		said += " " + p.say("As far as chance goes, %s may cost no more for it.", p.designs(a, close))
	}
	if len(less) > 0 {
		said += " " + p.say("For less each, but not known to avert a tenth: %s.", p.designs(a, less))
	}
	if a.YearFactor != 1 {
		said += " " + p.say("Costs and days are of a year made of the time that was simulated.")
	}
	return said
}

// briefTable returns what the options bring, in short: what is paid, what is averted,
// and whether that hangs on what is assumed.
func briefTable(r *Results) *htmlTable {
	a := r.Compare
	by := comparedBy(a)
	if by == nil {
		return &htmlTable{}
	}
	t := &htmlTable{
		id: "brief", heads: []string{"option"}, plain: true,
		caption: "The options in short. ~ is what chance may explain; more is in the section on what would prevent it",
	}
	if a.Money != nil {
		t.heads = append(t.heads, "once, "+a.Money.Currency+"\t", "more a year, "+a.Money.Currency+"\t")
	}
	t.heads = append(t.heads, "averted, %\t")
	if a.Money != nil {
		t.heads = append(t.heads, a.Money.Currency+" for a stockout-day\t")
	}
	if r.Unknown != nil {
		t.heads = append(t.heads, fmt.Sprintf("best in, %% of %d draws of the numbers\t", r.Unknown.Points))
	}
	add := func(a *study.CompareAnswer, d int, label, best string) {
		cells := []string{label}
		averted := avertedShare(*comparedBy(a), d)
		if averted == "" {
			averted = "~"
		}
		if m := a.Money; m == nil {
			cells = append(cells, averted)
		} else {
			cells = append(cells, Plain(once(m.Designs[d]), 6), pricedCell(m.Designs[d]), averted, eachPriced(m.Designs[d]))
		}
		if r.Unknown != nil {
			cells = append(cells, best)
		}
		t.row("", cells...)
	}
	for d := 1; d < len(a.Designs); d++ {
		best := ""
		if r.Unknown != nil {
			best = bestShare(r.Unknown, d)
		}
		add(a, d, designLabel(a, d), best)
	}
	if r.All != nil && comparedBy(r.All) != nil {
		add(r.All, 1, "All of them together", "")
	}
	return t
}

// once returns what is bought for a design.
func once(x study.DesignMoney) (sum float64) {
	for _, part := range x.Parts {
		sum += part.Capital
	}
	return sum
}

// pricedCell writes what a design costs more a year, with prices anywhere in their
// ranges; ~ if chance may explain that it costs more or less.
func pricedCell(x study.DesignMoney) string {
	if extra := htmlDifference(x.Extra.Mean, x.Extra.Interval.Lo, x.Extra.Interval.Hi); extra == "~" {
		return extra
	}
	return between(x.Priced.Lo, x.Priced.Hi)
}

// eachPriced writes what a stockout-day averted costs, with prices anywhere in their
// ranges; a dash if none is known to be averted.
func eachPriced(x study.DesignMoney) string {
	v := x.Averted[0]
	if !v.Known {
		return nothing
	}
	return between(x.Priced.Lo/v.Mean, x.Priced.Hi/v.Mean)
}

func between(lo, hi float64) string {
	return strings.ReplaceAll(Plain(lo, 3)+" – "+Plain(hi, 3), "-", "−")
}

// comparedBy returns the metric by which options are compared; nil if there is none.
func comparedBy(a *study.CompareAnswer) *study.Comparison {
	at := slices.IndexFunc(a.Metrics, func(m study.Comparison) bool { return m.Metric.Name == a.Compare.By })
	if at < 0 {
		return nil
	}
	return &a.Metrics[at]
}

// averts returns the share of the metric by which options are compared that one is
// known to avert at least; 0 if chance may explain all of it.
func averts(a *study.CompareAnswer, d int) float64 {
	m := comparedBy(a)
	if m == nil || m.Metric.Better != model.Less {
		return 0
	}
	if x := m.Against[d-1]; !x.Same && x.Shown && m.Estimates[0].Mean > 0 {
		return max(0, x.Less.Interval.Lo)
	}
	return 0
}

// ratioCell writes what one more costs, with its interval.
func ratioCell(x study.Amount) string {
	if math.IsNaN(x.Mean) {
		return nothing
	}
	s := Plain(x.Mean, 3)
	if in := x.Interval; !math.IsInf(in.Lo, 0) && !math.IsInf(in.Hi, 0) {
		s += " (" + Plain(in.Lo, 3) + " – " + Plain(in.Hi, 3) + ")"
	}
	return strings.ReplaceAll(s, "-", "−")
}

// carefulNote says why intervals and verdicts of options are not those of things as
// they are.
const carefulNote = "Intervals here hold whenever one stops, differences and verdicts for all options together: they are more careful than those of things as they are elsewhere."

// optionTable returns the table of options: a row for each design, and for all
// options at once.
func optionTable(r *Results) *htmlTable {
	a := r.Compare
	t := &htmlTable{
		id: "options", heads: []string{"option"},
		caption: fmt.Sprintf("Each option in the same %s. ~ is what chance may explain, = the same in every future. %s", count(a.N, "future"), carefulNote),
	}
	if r.All != nil {
		t.caption += fmt.Sprintf(" All of them together: in %s.", count(r.All.N, "future"))
	}
	unit, _ := unitOfMetric(comparedBy(a).Metric)
	by := strings.TrimSuffix(lastPart(a.Compare.By)+","+unit, ",")
	if m := a.Money; m != nil {
		t.heads = append(t.heads, "bought once, "+m.Currency+"\t", "more a year, "+m.Currency+"\t", "with prices in their ranges\t")
	}
	t.heads = append(t.heads, by+"\t", "less,"+unit+"\t", "less, % of what there is\t")
	if a.Money != nil {
		t.heads = append(t.heads, a.Money.Currency+" for a stockout-day averted\t", "with prices in their ranges\t")
	}
	t.heads = append(t.heads, "target")
	for d := range a.Designs {
		t.row(designID(a, d), append([]string{designLabel(a, d)}, optionCells(a, d)...)...)
	}
	if r.All != nil && comparedBy(r.All) != nil {
		t.row("option.all", append([]string{"All of them together"}, optionCells(r.All, 1)...)...)
	}
	return t
}

// optionCells returns what the table has of a design, after its name.
func optionCells(a *study.CompareAnswer, d int) (cells []string) {
	m := *comparedBy(a)
	_, f := unitOfMetric(m.Metric)
	if money := a.Money; money != nil {
		if x := money.Designs[d]; d == 0 {
			cells = append(cells, "", "", "")
		} else {
			cells = append(cells, Plain(once(x), 6), htmlDifference(x.Extra.Mean, x.Extra.Interval.Lo, x.Extra.Interval.Hi), pricedCell(x))
		}
	}
	e := m.Estimates[d]
	cells = append(cells, PlusMinus(e.Mean, e.Interval, f))
	less := ""
	if d > 0 {
		less = "~"
		switch x := m.Against[d-1]; {
		case x.Same:
			less = "="
		case x.Shown:
			less = strings.TrimPrefix(htmlDifference(-x.Mean*f, -x.Interval.Hi*f, -x.Interval.Lo*f), "+")
		}
		cells = append(cells, less, avertedShare(m, d))
	} else {
		cells = append(cells, "", "")
	}
	if a.Money != nil {
		each, priced := "", ""
		if d > 0 {
			each, priced = nothing, eachPriced(a.Money.Designs[d])
			if v := a.Money.Designs[d].Averted[0]; v.Known {
				each = ratioCell(v.Ratio)
			}
		}
		cells = append(cells, each, priced)
	}
	return append(cells, verdictMarks[a.Designs[d].Verdict])
}

// htmlDifference writes a difference with its sign and what it may be.
func htmlDifference(mean, lo, hi float64) string {
	half := (hi - lo) / 2
	if math.IsInf(half, 1) {
		return "~" // what it may be is not known
	}
	sign := ""
	if mean > 0 {
		sign = "+"
	}
	s := sign + Plain(mean, 4)
	if half > 0 {
		if lo <= 0 && hi >= 0 {
			return "~"
		}
		n := places(mean, half)
		s = sign + fixed(mean, n) + " ± " + fixed(half, n)
	}
	return strings.ReplaceAll(s, "-", "−")
}
