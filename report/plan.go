package report

import (
	"cmp"
	"fmt"
	"io"
	"math"
	"slices"
	"strings"

	"oxysim/study"
)

// Plan writes the answer to the question how much is enough.
func Plan(w io.Writer, f Format, a *study.PlanAnswer, v View) error {
	switch f {
	case Table:
		return planTable(w, a, v)
	case CSV:
		return planCSV(w, a)
	case JSON:
		return planJSON(w, a)
	}
	return fmt.Errorf("want the format table, csv or json, not %q", f)
}

// planTable writes what is enough, what it rests on, and what to do next.
func planTable(w io.Writer, a *study.PlanAnswer, v View) error {
	var b strings.Builder
	s := a.Subject
	title := s.File.Title
	if title == "" {
		title = s.Name
	}
	b.WriteString(v.strong(title) + "\n")
	fmt.Fprintf(&b, "%s · %s × %s · seed %d\n", Contents(s.Config), count(a.N, "future"), Span(s.Config.Horizon), s.Seed)
	if len(s.Settings) > 0 {
		b.WriteString("with " + strings.Join(s.Settings, ", ") + "\n")
	}
	b.WriteByte('\n')
	for i, line := range wrap(planVerdict(a), 100) {
		if i == 0 {
			b.WriteString("  " + mark(a.Verdict, v) + " ")
		} else {
			b.WriteString("    ")
		}
		b.WriteString(v.strong(line) + "\n")
	}
	var g *grid
	switch {
	case a.Cost != nil:
		g = costTable(a, v)
	case a.Buffers != nil:
		g = bufferTable(a, v)
	default:
		g = curveTable(a, v)
	}
	if len(g.rows) > 0 {
		b.WriteString("\n" + g.String())
	}
	if len(a.Things) > 1 {
		b.WriteString("\n" + needsTable(a, v).String())
	}
	if lines := bindingLines(a); len(lines) > 0 {
		b.WriteByte('\n')
		for _, line := range lines {
			b.WriteString("  " + line + "\n")
		}
	}
	before := "\n  " + v.strong("Next") + "   "
	for _, x := range a.Next() {
		fmt.Fprintf(&b, "%s%-60s   %s\n", before, x.Command, v.faint(x.Why))
		before = "         "
	}
	for _, n := range planNotes(a) {
		b.WriteByte('\n')
		for _, line := range wrap(n, 96) {
			b.WriteString("  " + v.faint(line) + "\n")
		}
	}
	_, err := io.WriteString(w, b.String())
	return err
}

// amountOf writes a value of a lever with what it counts, if that is plain.
func amountOf(c *study.Scale, step int) string {
	if strings.HasSuffix(c.Key, ".buffer") && !c.Factor {
		return c.Text(step) + " cylinders"
	}
	return c.Text(step)
}

// planVerdict says what is enough, in a sentence or two.
func planVerdict(a *study.PlanAnswer) string {
	sure := fmt.Sprintf("%g %% confidence", round(100*a.Confidence, 6))
	switch {
	case a.Cost != nil:
		return costVerdict(a, sure)
	case a.Buffers != nil:
		return bufferVerdict(a, sure)
	}
	c := a.Scale
	text := func(step int) string { return amountOf(c, step) }
	enough := func() string { return c.Text(a.Sufficient) + turned(c, a.Sufficient) + " is sufficient with " + sure }
	goal := fmt.Sprintf("%s, %s: ", a.Goal, c.Key)
	switch {
	case a.Verdict == study.Missed:
		return fmt.Sprintf("%s cannot be reached by %s alone: even %s is shown to be insufficient with %s", a.Goal, c.Key, c.Text(c.Top())+turned(c, c.Top()), sure) + flatFrom(a)
	case a.Sufficient < 0 && a.Insufficient < 0:
		return goal + fmt.Sprintf("undecided how much is enough in %s; give more with -n", count(a.N, "future"))
	case a.Sufficient < 0:
		return goal + fmt.Sprintf("undecided; %s is shown to be insufficient, and nothing up to %s to be sufficient; give more with -n, or a wider --between",
			text(a.Insufficient), text(c.Top()))
	case a.Sufficient == 0 && a.Insufficient < 0:
		return goal + fmt.Sprintf("the least helpful value that was looked at, %s, is sufficient with %s", text(0)+turned(c, 0), sure)
	case a.Insufficient < 0:
		return goal + enough() + "; nothing was shown to be insufficient"
	case a.Sufficient-a.Insufficient <= 1:
		return goal + fmt.Sprintf("%s; %s, %s is shown to be insufficient", text(a.Sufficient), enough(), c.Text(a.Insufficient))
	}
	return goal + fmt.Sprintf("between %s and %s; %s, %s is shown to be insufficient",
		c.Text(a.Insufficient), text(a.Sufficient), enough(), c.Text(a.Insufficient))
}

// turned says what turns with a lever at a step: ", with hospital.x.supply.reorder_at 33,".
func turned(c *study.Scale, step int) string {
	if c.Factor {
		return ""
	}
	s := ""
	for _, set := range c.Settings(step)[1:] {
		key, value, _ := strings.Cut(set, "=")
		s += ", with " + key + " " + value + ","
	}
	return s
}

// flatFrom says from which value on more changes nothing, if there is one.
func flatFrom(a *study.PlanAnswer) string {
	n := len(a.Curve)
	if a.Method != study.CriticalValues || n == 0 || a.Scale.Less {
		return ""
	}
	at := n - 1
	for at > 0 && a.Curve[at-1].Estimate == a.Curve[n-1].Estimate {
		at--
	}
	if at == n-1 {
		return ""
	}
	if at == 0 {
		return "; no value changes anything in these futures"
	}
	return fmt.Sprintf("; more than %s changes nothing in these futures", a.Scale.Text(a.Curve[at].Step))
}

// curveRows is how many steps of a curve a table shows.
const curveRows = 16

// curveTable is what is known of each value.
func curveTable(a *study.PlanAnswer, v View) *grid {
	factor, head := 100., "P(bad), %\t"
	if a.Goal.Form != study.OfChance {
		factor, head = 1, strings.Split(strings.Split(a.Goal.String(), " ≤")[0], " ≥")[0]+"\t"
	} else if a.Goal.Probability() {
		head = "P(" + a.Goal.Metric + "), %\t"
	}
	sure := fmt.Sprintf("%g %%", round(100*a.Confidence, 6))
	band := sure + " band, all at once\t"
	if a.Method == study.ValueGrid {
		band = sure + " interval, all at once\t"
	}
	g := newGrid(v, a.Scale.Key+"\t", "", head, band, "futures\t", "")
	base, onScale := a.Scale.Base()
	show := thin(a, base)
	for i, y := range a.Curve {
		if !show[i] {
			continue
		}
		note := ""
		if y.Step == a.Sufficient {
			note = "sufficient"
		}
		if y.Step == base && onScale {
			note = strings.TrimPrefix(note+", as it is", ", ")
		}
		g.row(a.Scale.Text(y.Step), mark(y.Verdict, v), Number(y.Estimate*factor, y.Band.HalfWidth()*factor), Between(y.Estimate, y.Band, factor), fmt.Sprint(y.N), v.faint(note))
	}
	return g
}

// thin says which steps of a curve are shown: those near what decides, the base,
// and as many of the others as there is room for.
func thin(a *study.PlanAnswer, base int) []bool {
	show := make([]bool, len(a.Curve))
	n := 0
	for i, y := range a.Curve {
		near := a.Sufficient >= 0 && y.Step <= a.Sufficient+1 && y.Step >= a.Insufficient-1
		if y.Step == base || y.Step == a.Sufficient || y.Step == a.Insufficient || near && n < curveRows || len(a.Curve) <= curveRows {
			show[i] = true
			n++
		}
	}
	every := 1 + (len(a.Curve)-n)/max(1, curveRows-n)
	for i := range show {
		show[i] = show[i] || n < curveRows && i%every == 0
	}
	return show
}

// needsTable is what each judged thing needs.
func needsTable(a *study.PlanAnswer, v View) *grid {
	g := newGrid(v, "hospital", "insufficient\t", "sufficient\t")
	text := func(step int) string {
		if step < 0 {
			return nothing
		}
		return a.Scale.Text(step)
	}
	for _, t := range a.Things {
		thing, _ := study.Thing(t.Metric)
		g.row(cut(a.Subject.Label(thing), longestLabel), text(t.Insufficient), text(t.Sufficient))
	}
	return g
}

// boundBy says in words what a metric of what binds is of.
func boundBy(metric string) string {
	if metric == "away_share" {
		return "on trips"
	}
	what := strings.TrimPrefix(metric, boundPrefix)
	if word := bindings[what]; word != "" {
		return word
	}
	return what
}

// bindingLines say what holds the network back.
func bindingLines(a *study.PlanAnswer) (lines []string) {
	words := map[string][]string{}
	var order []string
	for _, x := range a.Binding {
		what := boundBy(x.What)
		if words[x.Thing] == nil {
			order = append(order, x.Thing)
		}
		if len(words[x.Thing]) < 2 {
			words[x.Thing] = append(words[x.Thing], fmt.Sprintf("%s %s %%", what, fixed(100*x.Share, 0)))
		}
	}
	for i, thing := range order {
		if i == 6 {
			break
		}
		lines = append(lines, fmt.Sprintf("%s: %s", a.Subject.Label(thing), strings.Join(words[thing], ", ")))
	}
	if len(lines) > 0 {
		lines = append([]string{"What binds with as much as was tried, of the time:"}, lines...)
	}
	return lines
}

// costVerdict says which combination is the cheapest.
func costVerdict(a *study.PlanAnswer, sure string) string {
	c := a.Cost
	if c.Best < 0 {
		if a.Verdict == study.Missed {
			return fmt.Sprintf("%s cannot be reached by these levers: all %d combinations are shown to be insufficient with %s", a.Goal, len(c.Designs), sure)
		}
		return fmt.Sprintf("undecided: no combination was shown to meet %s in %s; give more with -n", a.Goal, count(a.N, "future"))
	}
	s := fmt.Sprintf("%s: cheapest of those tried is %s, for %s a year", a.Goal, strings.Join(c.Settings(c.Best), " with "), yearly(c.Designs[c.Best].Cost, c.Currency))
	if n := len(c.Closer); n > 0 {
		return s + fmt.Sprintf("; too close to call for %s", count(n, "cheaper combination"))
	}
	return s + fmt.Sprintf(", with %s that it does and that none of the %d cheaper ones that were tried does", sure, c.Best)
}

// yearly writes an amount.
func yearly(x float64, currency string) string {
	if currency == "" {
		currency = "USD"
	}
	return fixed(x, 0) + " " + currency
}

// costRows is how many combinations a table shows.
const costRows = 20

// costTable is the combinations: the recommended one, those on the frontier, and
// what is cheaper and not known.
func costTable(a *study.PlanAnswer, v View) *grid {
	c := a.Cost
	head := []string{""}
	for _, s := range c.Scales {
		head = append(head, s.Key+"\t")
	}
	g := newGrid(v, append(head, "cost a year, "+cmp.Or(c.Currency, "USD")+"\t", "", "P(bad), %\t", "interval\t", "futures\t", "on the frontier")...)
	shown := 0
	for i, d := range c.Designs {
		if d.N == 0 || shown == costRows && i != c.Best || i != c.Best && d.Standing == study.Dominated && !v.All {
			continue
		}
		if d.Verdict == study.Missed && d.Standing != study.Certified && i+costRows < c.Best && !v.All {
			continue
		}
		shown++
		star := ""
		if i == c.Best {
			star = v.strong("★")
		}
		cells := []string{star}
		for j, s := range c.Scales {
			cells = append(cells, s.Text(d.Steps[j]))
		}
		p := float64(d.Bad) / float64(d.N)
		g.row(append(cells, fixed(d.Cost, 0), mark(d.Verdict, v), Number(100*p, 100*d.Risk.HalfWidth()), Between(p, d.Risk, 100), fmt.Sprint(d.N), d.Standing.String())...)
	}
	return g
}

// bufferVerdict says how many cylinders do.
func bufferVerdict(a *study.PlanAnswer, sure string) string {
	b := a.Buffers
	cost := ""
	if !math.IsNaN(b.Yearly) {
		cost = ", for " + yearly(b.Yearly, b.Currency) + " a year more"
	}
	switch a.Verdict {
	case study.Met:
		return fmt.Sprintf("%s in %s: %d cylinders in buffers instead of %d%s; shown with %s for all together", a.Goal, count(len(b.Hospitals), "hospital"), b.Cylinders, b.Before, cost, sure)
	case study.Missed:
		n := 0
		for _, h := range b.Hospitals {
			if h.Verdict == study.Missed {
				n++
			}
		}
		return fmt.Sprintf("%s cannot be reached by buffers alone: not in %d of %s", a.Goal, n, count(len(b.Hospitals), "hospital"))
	}
	return fmt.Sprintf("undecided: with %d cylinders in buffers instead of %d, %s is not shown in all hospitals; give more with -n", b.Cylinders, b.Before, a.Goal)
}

// bufferTable is the buffer of each hospital.
func bufferTable(a *study.PlanAnswer, v View) *grid {
	g := newGrid(v, "hospital", "", "buffer now\t", "needed\t", "reorder at\t", "P(bad) in fresh futures, %\t", "bounds\t")
	for _, h := range a.Buffers.Hospitals {
		p := float64(h.Bad) / float64(a.N)
		g.row(cut(a.Subject.Label(h.Thing), longestLabel), mark(h.Verdict, v), fmt.Sprint(h.Before), fmt.Sprint(h.Buffer), reorderAt(&h), Number(100*p, 100*h.Risk.HalfWidth()), Between(p, h.Risk, 100))
	}
	return g
}

// reorderAt is at what position a hospital orders up to its buffer.
func reorderAt(h *study.HospitalBuffer) string {
	for _, set := range h.Settings()[1:] {
		_, value, _ := strings.Cut(set, "=")
		return value
	}
	return nothing
}

// planNotes say by which method the answer was found, and on what it rests.
func planNotes(a *study.PlanAnswer) (notes []string) {
	percent := fmt.Sprintf("%g %%", round(100*a.Confidence, 6))
	switch a.Method {
	case study.CriticalValues:
		notes = append(notes, fmt.Sprintf("The value that each of %d futures needs, found by bisection in that future; what is sufficient is an order statistic of them (Wilks), and the claims that it is, and that what is called insufficient is, each hold with %s, however often was looked. The band is Massart's (DKW) and holds for all values at once; ✓ and ✗ come from the order statistic, which is sharper than the band of the whole curve.", a.N, percent))
	case study.ValueGrid:
		notes = append(notes, fmt.Sprintf("More does not always help here, future by future, so that single values were tried on the same futures: intervals are anytime-valid and hold together with %s. The value is the least such that it and all greater ones that were tried are sufficient, and that fresh futures show it again.", percent))
	case study.MeanSearch:
		notes = append(notes, fmt.Sprintf("A search on the same futures at each value (%d at most), then a test of single values on fresh futures, by t intervals or, of a tail, the bootstrap, with shares of the allowed error for each test and each look: what is called sufficient or insufficient was shown there with about %s, for tails not too heavy. The table has the values of the search, and marks only those that were tested.", a.N, percent))
	case study.CheapestDesign:
		how := "each design was simulated by itself"
		implied := "Where more may hurt, none is judged by another."
		if a.Cost.Rows {
			implied = fmt.Sprintf("A combination with no more of anything than one that is insufficient is taken to be insufficient: that more hurts seldom is audited for %s alone, and taken for granted of the others.", a.Cost.Scales[a.Cost.Row].Key)
			how = "the value that each future needs of one lever tells of all its values at once"
		}
		notes = append(notes, fmt.Sprintf("%d combinations, those of a round on the same futures; %s. Intervals are anytime-valid and hold for all combinations together with %s. %s On the frontier: certified if no other can be both cheaper and safer, dominated if another certainly is.", len(a.Cost.Designs), how, percent, implied), costSteps(a.Cost))
	case study.OwnBuffers:
		notes = append(notes, fmt.Sprintf("Buffers were halved and doubled together on %s until each was as small as it can be there, to 5 %%; then shown on fresh ones by Clopper–Pearson, for all hospitals together with %s (Bonferroni). Cylinders of buffers are added to the fleet. No smaller buffer of one hospital alone would do in training; that no other division is cheaper is not proved.", count(a.Buffers.Trained, "training future"), percent))
	}
	if a.Scale != nil {
		if along := a.Scale.Along(); len(along) == 1 {
			notes = append(notes, fmt.Sprintf("With %s, %s turns by as much.", a.Scale.Key, along[0]))
		} else if len(along) > 1 {
			notes = append(notes, "With each buffer, its reorder point turns by as much.")
		}
	}
	if b := a.Buffers; b != nil {
		if slices.ContainsFunc(b.Hospitals, func(h study.HospitalBuffer) bool { return reorderAt(&h) != nothing }) {
			notes = append(notes, "With each buffer, its reorder point turns by as much.")
		}
		if b.Huge() {
			notes = append(notes, "That is more than ten times the cylinders: something else is short. Look at what binds above, and at what causes it, before buying.")
		}
	}
	if a.Audit.N > 0 {
		notes = append(notes, fmt.Sprintf("Does more ever hurt? Of %d futures that were run again with more than they need, %s bad again: %s at least and %s at most, each with %s. Were it certainly more than %s, single values would be tried.",
			a.Audit.N, wereBad(a.Audit.Reversed), perCent(a.Audit.Rate.Lo), perCent(a.Audit.Rate.Hi), percent, perCent(a.Audit.Threshold)))
	}
	if n := len(a.Checks); n > 0 && a.Goal.Form == study.OfChance && (a.Verdict == study.Met || a.Checks[n-1].Verdict == study.Missed) {
		x := a.Checks[n-1]
		what := map[study.Verdict]string{study.Met: "which shows it again", study.Undecided: "which does not contradict it", study.Missed: "which refutes it"}[x.Verdict]
		s := fmt.Sprintf("Fresh futures: %d of %d were bad with what is recommended, %s (%s to %s, each bound with %s), %s.", x.Bad, x.N, perCent(x.Estimate), perCent(x.Interval.Lo), perCent(x.Interval.Hi), percent, what)
		if n > 1 {
			s += fmt.Sprintf(" It is the %s value that was tried so.", ordinal(n))
		}
		notes = append(notes, s)
	}
	if !a.Settled && a.Verdict == study.Met && a.Cost == nil {
		notes = append(notes, fmt.Sprintf("It was not settled to the resolution within %s: -n gives more.", count(a.Most, "future")))
	}
	if a.Goal.Default {
		notes = append(notes, "The target is a default: the scenario has no [target].")
	}
	for _, w := range a.Warnings {
		notes = append(notes, w.Error()+".")
	}
	return notes
}

// costSteps says how closely values were tried about the best ones.
func costSteps(c *study.CostPlan) string {
	if c.Gaps == nil {
		return "Values were not put closer to each other, as none was shown to do."
	}
	list := make([]string, len(c.Gaps))
	for i, s := range c.Scales {
		list[i] = fmt.Sprintf("%s %s", s.Key, s.Lever.Text(c.Gaps[i]))
	}
	return fmt.Sprintf("Values were put closer to the best ones in %s, each on fresh futures and with its share of the allowed error. At the end the next that was tried is as far off as: %s. What lies between was not tried.", count(c.Rounds, "round"), strings.Join(list, ", "))
}

// perCent writes a probability in per cent.
func perCent(x float64) string { return Plain(100*x, 2) + " %" }

func wereBad(n int) string {
	if n == 1 {
		return "1 was"
	}
	return fmt.Sprintf("%d were", n)
}

func ordinal(n int) string {
	switch n {
	case 2:
		return "second"
	case 3:
		return "third"
	}
	return fmt.Sprintf("%dth", n)
}
