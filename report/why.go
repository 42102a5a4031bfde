package report

import (
	"encoding/csv"
	"encoding/json"
	"fmt"
	"io"
	"math"
	"slices"
	"sort"
	"strconv"
	"strings"

	"oxysim/model"
	"oxysim/study"
)

// Why writes how much each cause does, and what single stockouts waited for.
func Why(w io.Writer, f Format, a *study.WhyAnswer, v View) error {
	switch f {
	case Table:
		return whyTable(w, a, v)
	case CSV:
		return whyCSV(w, a)
	case JSON:
		return whyJSON(w, a)
	}
	return fmt.Errorf("want the format table, csv or json, not %q", f)
}

func whyTable(w io.Writer, a *study.WhyAnswer, v View) error {
	var b strings.Builder
	title := a.Subject.File.Title
	if title == "" {
		title = a.Subject.Name
	}
	b.WriteString(v.strong(title) + "\n")
	fmt.Fprintf(&b, "%s · %s × %s · %s a future, for %s · seed %d\n", Contents(a.Subject.Config), count(a.Replications, "future"),
		Span(a.Subject.Config.Horizon), count(a.Designs(), "design"), count(len(a.Causes), "cause"), a.Subject.Seed)
	if len(a.Subject.Settings) > 0 {
		b.WriteString("with " + strings.Join(a.Subject.Settings, ", ") + "\n")
	}
	unit, factor := whyUnit(a)
	what := whyOf(a)
	fmt.Fprintf(&b, "\n%s: %s%s as it is, %s%s without these causes%s\n", what,
		whyPart(a.With, factor), unit, whyPart(a.Without, factor), unit, v.faint(fmt.Sprintf("   (intervals of %g %%)", 100*a.Confidence)))
	if a.Total.Mean == 0 {
		b.WriteString("\n  There is nothing to explain: thinking all these causes away changes nothing.\n")
	} else {
		b.WriteString("\n" + whyGrid(a, v).String())
	}
	if a.Chains != nil {
		b.WriteString(chainsText(a, v))
	}
	before := "\n  " + v.strong("Next") + "   "
	for _, x := range a.Next() {
		fmt.Fprintf(&b, "%s%-60s   %s\n", before, x.Command, v.faint(x.Why))
		before = "         "
	}
	b.WriteByte('\n')
	for _, n := range whyNotes(a) {
		for _, line := range wrap(n, 96) {
			b.WriteString("  " + v.faint(line) + "\n")
		}
	}
	_, err := io.WriteString(w, b.String())
	return err
}

// whyPart writes a mean with its half-width, "±" and a dash if that is not known.
func whyPart(p study.Part, factor float64) string {
	s := PlusMinus(p.Mean, p.Interval, factor)
	if half := p.Interval.HalfWidth(); math.IsInf(half, 0) || math.IsNaN(half) {
		s += " ± " + nothing
	}
	return s
}

// whyUnit returns the unit that is written after an amount, and what amounts
// are multiplied by.
func whyUnit(a *study.WhyAnswer) (unit string, factor float64) { return unitOfMetric(a.Metric) }

func unitOfMetric(m model.Metric) (unit string, factor float64) {
	switch {
	case m.Indicator() || m.Unit == "1" && strings.Contains(m.Name, "share"):
		return " %", 100
	case m.Unit == "1":
		return "", 1
	}
	return " " + m.Unit, 1
}

// whyOf says what is shared out.
func whyOf(a *study.WhyAnswer) string {
	thing, part := study.Thing(a.Metric.Name)
	what := strings.ReplaceAll(part, "_", " ")
	if a.Metric.Indicator() {
		what = "P(" + what + ")"
	}
	if strings.HasPrefix(thing, "hospital.") {
		return what + " of " + a.Subject.Label(thing)
	}
	return what + " of the " + strings.TrimPrefix(thing, "round.")
}

func whyGrid(a *study.WhyAnswer, v View) *grid {
	unit, factor := whyUnit(a)
	if unit = strings.TrimSpace(unit); unit == "" {
		unit = "amount"
	}
	g := newGrid(v, "Cause", "share\t", "", unit+"\t", "", "necessary\t", "sufficient\t")
	amounts := make([]float64, len(a.Shares))
	shares := make([]float64, len(a.Shares))
	finest := math.Inf(1)
	for i, s := range a.Shares {
		amounts[i], shares[i] = s.Amount.Mean*factor, s.Of*100
		if h := s.Amount.Interval.HalfWidth() * factor; h > 0 {
			finest = min(finest, h)
		}
	}
	// All amounts have as many decimals, so that the column adds up as it is printed.
	n := whyPlaces(a.Total.Mean*factor, finest)
	amounts, total := apportion(amounts, a.Total.Mean*factor, n)
	const m = 1 // with fewer, shares that are made to add up are seen to be otherwise rounded
	shares, whole := apportion(shares, 100, m)
	for i, s := range a.Shares {
		share := fixed(shares[i], m) + " %"
		if s.Amount.Mean == 0 {
			share = "0 %"
		}
		g.row(s.Cause.Full(), share, within(s.Interval.HalfWidth()*100, m), fixed(amounts[i], n), within(s.Amount.Interval.HalfWidth()*factor, n),
			fixed(s.Necessary.Mean*factor, n), fixed(s.Sufficient.Mean*factor, n))
	}
	g.row(v.strong("together"), fixed(whole, m)+" %", "", fixed(total, n), "", "", "")
	return g
}

// within writes a half-width.
func within(half float64, places int) string {
	switch {
	case math.IsInf(half, 0) || math.IsNaN(half):
		return "± " + nothing
	case half == 0:
		return ""
	}
	unit := math.Pow(10, -float64(places))
	return "± " + fixed(math.Ceil(half/unit-1e-9)*unit, places) // never narrower than it is
}

// whyPlaces returns how many decimals amounts are written with: three digits of
// the total, or as many as the best known of them supports.
func whyPlaces(total, finest float64) int {
	if total == 0 {
		return 0
	}
	n := 2 + first(total)
	if !math.IsInf(finest, 1) && finest > 0 {
		n = min(n+2, max(n, first(finest)))
	}
	return min(max(n, 0), 9)
}

// apportion rounds numbers so that they add up to a rounded total, as they are
// printed: each is rounded down, and the units that are then missing go to those
// that lost most. What is 0 stays 0.
//
// Source: Hamilton's way of giving seats in proportion to votes.
func apportion(x []float64, total float64, places int) (list []float64, whole float64) {
	unit := math.Pow(10, float64(places))
	units := make([]float64, len(x))
	left := math.Round(total * unit)
	var order []int
	for i := range x {
		units[i] = math.Floor(x[i] * unit)
		left -= units[i]
		if x[i] != 0 {
			order = append(order, i)
		}
	}
	sort.SliceStable(order, func(i, j int) bool {
		return x[order[i]]*unit-units[order[i]] > x[order[j]]*unit-units[order[j]]
	})
	for k := 0; left >= 1 && len(order) > 0; k++ {
		units[order[k%len(order)]]++
		left--
	}
	list = make([]float64, len(x))
	for i := range units {
		list[i] = units[i] / unit
	}
	return list, math.Round(total*unit) / unit
}

// whyNotes says what the numbers are and how they were found.
func whyNotes(a *study.WhyAnswer) (notes []string) {
	notes = append(notes, "share: what a cause adds when the causes come one by one, on average over all orders (Shapley); shares add up to what they do together.",
		"necessary: what would go if this cause alone were thought away. sufficient: what it would bring if it alone were there.")
	if !a.Exact() {
		notes = append(notes, fmt.Sprintf("Each future has an order of the causes drawn by lot, and its reverse: %d designs instead of 2^%d; the intervals hold what that adds.", a.Designs(), len(a.Causes)))
	}
	method := "intervals are t intervals over replications, of shares Fieller's"
	if a.Method != "t" {
		method = "intervals are anytime-valid (asymptotic), of shares in Fieller's way, so that stopping when they are narrow does no harm"
	}
	if a.Exact() {
		notes = append(notes, fmt.Sprintf("Each future is met by every set of the causes, 2^%d = %d designs: --causes with fewer of them, or a smaller -n, costs less.", len(a.Causes), a.Designs()))
	}
	notes = append(notes, fmt.Sprintf("All sets of causes meet the same futures; %s, each at %g %%.", method, 100*a.Confidence))
	if slices.ContainsFunc(a.Shares, func(s study.Share) bool { return math.IsInf(s.Interval.HalfWidth(), 0) }) {
		notes = append(notes, nothing+": too few futures to know; want more with -n.")
	}
	for _, s := range a.Shares {
		notes = append(notes, fmt.Sprintf("Without %s: %s.", s.Cause.Name, s.Cause.Absent))
	}
	for _, w := range a.Warnings {
		notes = append(notes, "! "+w.Error())
	}
	return notes
}

// whyRow is a number of the answer, as CSV has it.
type whyRow struct {
	quantity, cause, unit string
	mean, lo, hi          float64
}

func whyRows(a *study.WhyAnswer) []whyRow {
	unit := a.Metric.Unit
	part := func(quantity, cause string, p study.Part) whyRow {
		return whyRow{quantity, cause, unit, p.Mean, p.Interval.Lo, p.Interval.Hi}
	}
	rows := []whyRow{part("with", "", a.With), part("without", "", a.Without), part("total", "", a.Total)}
	for _, s := range a.Shares {
		name := s.Cause.Name
		rows = append(rows, whyRow{"share", name, "1", s.Of, s.Interval.Lo, s.Interval.Hi}, part("amount", name, s.Amount),
			part("necessary", name, s.Necessary), part("sufficient", name, s.Sufficient))
	}
	return rows
}

// whyCSV writes a row for each number.
func whyCSV(w io.Writer, a *study.WhyAnswer) error {
	rows := [][]string{{"metric", "quantity", "cause", "unit", "n", "estimate", "lo", "hi", "method"}}
	for _, r := range whyRows(a) {
		rows = append(rows, []string{
			a.Metric.Name, r.quantity, r.cause, r.unit, strconv.Itoa(a.Replications), exact(r.mean), exact(r.lo), exact(r.hi), a.Method,
		})
	}
	rows = append(rows, chainRows(a)...)
	return csv.NewWriter(w).WriteAll(rows)
}

type partJSON struct {
	Mean number `json:"mean"`
	Lo   number `json:"lo"`
	Hi   number `json:"hi"`
}

func partOf(p study.Part) partJSON {
	return partJSON{number(p.Mean), number(p.Interval.Lo), number(p.Interval.Hi)}
}

type shareJSON struct {
	Cause      string   `json:"cause"`
	Label      string   `json:"label"`
	Without    string   `json:"without"`
	Keys       []string `json:"keys"`
	Share      partJSON `json:"share"`
	Amount     partJSON `json:"amount"`
	Necessary  partJSON `json:"necessary"`
	Sufficient partJSON `json:"sufficient"`
}

type whyAnswerJSON struct {
	Title      string      `json:"title,omitempty"`
	Scenario   string      `json:"scenario"`
	Set        []string    `json:"set,omitempty"`
	Digest     string      `json:"digest"`
	Behaviour  int         `json:"behaviour"`
	Seed       uint64      `json:"seed"`
	N          int         `json:"replications"`
	Designs    int         `json:"designs"`
	Exact      bool        `json:"exact"`
	Confidence float64     `json:"confidence"`
	Method     string      `json:"method"`
	Metric     string      `json:"metric"`
	Unit       string      `json:"unit"`
	With       partJSON    `json:"with"`
	Without    partJSON    `json:"without"`
	Total      partJSON    `json:"total"`
	Shares     []shareJSON `json:"shares"`
	Chains     *chainsJSON `json:"chains,omitempty"`
	Warnings   []string    `json:"warnings,omitempty"`
}

func whyJSON(w io.Writer, a *study.WhyAnswer) error {
	o := a.Subject.Origin()
	out := whyAnswerJSON{
		Title: a.Subject.File.Title, Scenario: o.Scenario, Set: o.Set, Digest: o.Digest, Behaviour: o.Behaviour, Seed: o.Seed,
		N: a.Replications, Designs: a.Designs(), Exact: a.Exact(), Confidence: a.Confidence, Method: a.Method,
		Metric: a.Metric.Name, Unit: a.Metric.Unit, With: partOf(a.With), Without: partOf(a.Without), Total: partOf(a.Total),
		Shares: []shareJSON{}, Chains: chainsOf(a), Warnings: texts(a.Warnings),
	}
	for _, s := range a.Shares {
		out.Shares = append(out.Shares, shareJSON{
			s.Cause.Name, s.Cause.Label, s.Cause.Absent, s.Cause.Keys,
			partJSON{number(s.Of), number(s.Interval.Lo), number(s.Interval.Hi)}, partOf(s.Amount), partOf(s.Necessary), partOf(s.Sufficient),
		})
	}
	enc := json.NewEncoder(w)
	enc.SetEscapeHTML(false)
	enc.SetIndent("", "  ")
	return enc.Encode(out)
}
