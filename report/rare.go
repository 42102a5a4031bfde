package report

import (
	"encoding/csv"
	"encoding/json"
	"fmt"
	"io"
	"math"
	"strconv"
	"strings"

	"oxysim/sim/stats"
	"oxysim/study"
)

// Rare writes how likely it is that something rare happens.
func Rare(w io.Writer, f Format, a *study.RareAnswer, v View) error {
	switch f {
	case Table:
		return rareTable(w, a, v)
	case CSV:
		return rareCSV(w, a)
	case JSON:
		return rareJSON(w, a)
	}
	return fmt.Errorf("want the format table, csv or json, not %q", f)
}

func rareTable(w io.Writer, a *study.RareAnswer, v View) error {
	var b strings.Builder
	title := a.Subject.File.Title
	if title == "" {
		title = a.Subject.Name
	}
	fmt.Fprintf(&b, "%s\n%s · %s × %s", v.strong(title), Contents(a.Subject.Config), count(a.Simulated, "plain replication"), Span(a.Subject.Config.Horizon))
	if !a.Enough {
		fmt.Fprintf(&b, ", then %s by splitting", count(a.Estimates, "estimate"))
	}
	fmt.Fprintf(&b, " · seed %d\n", a.Origin.Seed)
	if len(a.Subject.Settings) > 0 {
		b.WriteString("with " + strings.Join(a.Subject.Settings, ", ") + "\n")
	}
	b.WriteString("\n  " + v.strong(rareLine(a)) + "\n\n")
	b.WriteString(rareGrid(a, v).String())
	if !a.Enough {
		b.WriteString("\n" + levelGrid(a, v).String())
	}
	before := "\n  " + v.strong("Next") + "   "
	for _, x := range a.Next() {
		fmt.Fprintf(&b, "%s%-60s   %s\n", before, x.Command, v.faint(x.Why))
		before = "         "
	}
	b.WriteByte('\n')
	for _, n := range rareNotes(a) {
		for _, line := range wrap(n, 96) {
			b.WriteString("  " + v.faint(line) + "\n")
		}
	}
	_, err := io.WriteString(w, b.String())
	return err
}

// rareOf says what is asked, as a probability.
func rareOf(a *study.RareAnswer) string {
	what := map[string]string{study.RareStockout: "a stockout", study.RareEmpty: "an empty shelf"}[a.Event]
	if a.Hospital == "" {
		return "P(" + what + " at any hospital)"
	}
	return "P(" + what + " at " + a.Subject.Label(a.Hospital) + ")"
}

// rareLine is the answer in a line.
func rareLine(a *study.RareAnswer) string {
	switch {
	case a.Enough:
		return fmt.Sprintf("%s = %s, %s: it is not rare, and nothing was split", rareOf(a), scientific(a.PlainEstimate, a.PlainInterval), ends(a.PlainInterval))
	case a.Estimate == 0:
		return fmt.Sprintf("%s: nothing was hit; it is at most %s", rareOf(a), digits(rareBound(a), 2))
	}
	return fmt.Sprintf("%s = %s, %s", rareOf(a), scientific(a.Estimate, a.Log), ends(a.Log))
}

// rareBound returns the one-sided bound of plain replications that saw nothing:
// 1-α^(1/n), three over n for 95 %.
func rareBound(a *study.RareAnswer) float64 {
	return stats.ClopperPearsonUpper(a.Hits, a.Simulated, a.Confidence)
}

// rareGrid has a line for each way in which the probability was found.
func rareGrid(a *study.RareAnswer, v View) *grid {
	g := newGrid(v, "", "estimate\t", inPercent(a.Confidence)+" interval", "n\t", "simulated, replications\t")
	name := fmt.Sprintf("plain: %d of %d", a.Hits, a.Simulated)
	if a.Hits == 0 {
		name = fmt.Sprintf("plain: none of %d", a.Simulated)
	}
	g.row(name, scientific(a.PlainEstimate, a.PlainInterval), ends(a.PlainInterval), strconv.Itoa(a.Simulated), strconv.Itoa(a.Simulated))
	if a.Enough {
		return g
	}
	if a.Estimate == 0 {
		g.row("splitting", "0", nothing, strconv.Itoa(a.Estimates), digits(a.Effort, 3))
		return g
	}
	g.row("splitting", scientific(a.Estimate, a.Log), ends(a.Log)+"   (of the logarithms)", strconv.Itoa(a.Estimates), digits(a.Effort, 3))
	g.row("", "", ends(a.Interval)+"   (of the mean)", "", "")
	g.row("plain replications it replaces", "", "", "", digits(a.Replaces(), 2))
	return g
}

// levelGrid has a line for each step of splitting.
func levelGrid(a *study.RareAnswer, v View) *grid {
	g := newGrid(v, "step\t", "gone, %\t", "reached\t", "of runs\t", "share\t", "from replications\t")
	for i, l := range a.Levels {
		at := fixed(100*l.Nearness, 1)
		if i == len(a.Levels)-1 {
			at = map[string]string{study.RareStockout: "stockout", study.RareEmpty: "empty"}[a.Event]
		}
		share, from := nothing, nothing
		if l.Runs > 0 {
			share = fixed(l.Share, 3)
		}
		if l.Reached > 0 {
			from = fixed(l.Ancestors, 1)
		}
		g.row(strconv.Itoa(i+1), at, strconv.Itoa(l.Reached), strconv.Itoa(l.Runs), share, from)
	}
	return g
}

// rareNotes says by which method intervals hold, and what to beware of.
func rareNotes(a *study.RareAnswer) (notes []string) {
	percent := inPercent(a.Confidence)
	if a.Enough {
		return []string{fmt.Sprintf("Plain replications stopped when they had seen it %d times; the %s interval is Clopper and Pearson's for such a count, the estimate Haldane's.", a.Hits, percent)}
	}
	chain := "what is gone of what the hospital holds"
	if a.Hospital == "" {
		chain = "what is gone of what a hospital holds, the one of which most is"
	}
	if a.Chain > 0 {
		chain += fmt.Sprintf(" (%s), and of that with what its plant has ready and is on its way (%s)", inPercent(1-a.Chain), inPercent(a.Chain))
	}
	notes = append(notes,
		fmt.Sprintf("Splitting: %s of each step, begun anew from where the step before was reached; how near a replication is, is %s. "+
			"The mean of %s is unbiased; their intervals are Student's t, at %s: of the logarithms by Cox's method, which is the better one, since estimates are products of shares; and of the mean. "+
			"\"From replications\" is from how many of the first step's runs those come that made a step, on average over the estimates.",
			count(a.Runs, "run"), chain, count(a.Estimates, "independent estimate"), percent))
	if a.Hits == 0 {
		notes = append(notes, fmt.Sprintf("Plain replications alone say that it is at most %s, with %s confidence.", digits(rareBound(a), 2), percent))
	}
	for _, w := range a.Warnings {
		notes = append(notes, "Beware: "+w.Error()+".")
	}
	return notes
}

// inPercent writes a share as a percentage.
func inPercent(x float64) string { return fmt.Sprintf("%g %%", round(100*x, 6)) }

// scientific writes a probability with as many digits as its interval supports.
func scientific(p float64, in stats.Interval) string {
	half := in.HalfWidth()
	if p == 0 || !(half > 0) || math.IsInf(half, 1) {
		return digits(p, 2)
	}
	return digits(p, max(1, min(4, first(half)-first(p)+2)))
}

// digits writes a number with so many significant digits, with a power of ten
// if it is small or large: 2.4e-06.
func digits(x float64, n int) string {
	switch {
	case x-x != 0:
		return nothing
	case x != 0 && (math.Abs(x) < 1e-3 || math.Abs(x) >= 1e6):
		return strconv.FormatFloat(x, 'e', n-1, 64)
	}
	return Plain(x, n)
}

// ends writes the ends of an interval.
func ends(in stats.Interval) string {
	if math.IsInf(in.Hi, 1) {
		return nothing
	}
	return digits(in.Lo, 2) + " – " + digits(in.Hi, 2)
}

// rareCSV writes a row for each estimate of the probability, and for each step.
func rareCSV(w io.Writer, a *study.RareAnswer) error {
	rows := [][]string{{"number", "estimate", "lo", "hi", "method", "n", "reached", "ancestors"}}
	metric := rareMetric(a)
	in := a.PlainInterval
	rows = append(rows, []string{metric, exact(a.PlainEstimate), exact(in.Lo), exact(in.Hi), plainMethod(a), strconv.Itoa(a.Simulated), strconv.Itoa(a.Hits), ""})
	if !a.Enough {
		n := strconv.Itoa(a.Estimates)
		rows = append(rows,
			[]string{metric, exact(a.Estimate), exact(a.Log.Lo), exact(a.Log.Hi), "splitting, t of the logarithms", n, "", ""},
			[]string{metric, exact(a.Estimate), exact(a.Interval.Lo), exact(a.Interval.Hi), "splitting, t", n, "", ""},
			[]string{"replications replaced", exact(a.Replaces()), "", "", "(1-p)/(p e²)", n, "", ""},
			[]string{"replications simulated", exact(a.Effort), "", "", "splitting", n, "", ""})
		for _, l := range a.Levels {
			rows = append(rows, []string{
				"step to " + exact(l.Nearness), exact(l.Share), "", "", "share", strconv.Itoa(l.Runs), strconv.Itoa(l.Reached), exact(l.Ancestors),
			})
		}
	}
	return csv.NewWriter(w).WriteAll(rows)
}

func rareMetric(a *study.RareAnswer) string {
	if a.Hospital == "" {
		return "network." + a.Event
	}
	return a.Hospital + "." + a.Event
}

func plainMethod(a *study.RareAnswer) string {
	if a.Enough {
		return "plain, inverse sampling"
	}
	return "plain, clopper-pearson"
}

// rareJSON writes the answer as one JSON object.
func rareJSON(w io.Writer, a *study.RareAnswer) error {
	type level struct {
		Nearness  number `json:"nearness"`
		Share     number `json:"share"`
		Runs      int    `json:"runs"`
		Reached   int    `json:"reached"`
		Ancestors number `json:"ancestors"`
	}
	type estimate struct {
		Estimate number `json:"estimate"`
		Lo       number `json:"lo"`
		Hi       number `json:"hi"`
		Method   string `json:"method"`
		N        int    `json:"n"`
	}
	out := struct {
		Title      string       `json:"title,omitempty"`
		Scenario   string       `json:"scenario"`
		Set        []string     `json:"set,omitempty"`
		Digest     string       `json:"digest"`
		Behaviour  int          `json:"behaviour"`
		Seed       uint64       `json:"seed"`
		Horizon    float64      `json:"horizon_days"`
		Confidence float64      `json:"confidence"`
		Metric     string       `json:"metric"`
		Hits       int          `json:"hits"`
		Estimates  []estimate   `json:"estimates"`
		Replaces   number       `json:"replications_replaced"`
		Effort     number       `json:"replications_simulated"`
		Runs       int          `json:"runs"`
		Chain      number       `json:"chain"`
		Levels     []level      `json:"levels"`
		Next       []adviceJSON `json:"next,omitempty"`
		Warnings   []string     `json:"warnings,omitempty"`
	}{
		Title: a.Subject.File.Title, Scenario: a.Origin.Scenario, Set: a.Origin.Set, Digest: a.Origin.Digest, Behaviour: a.Origin.Behaviour,
		Seed: a.Origin.Seed, Horizon: a.Subject.Config.Horizon.Days(), Confidence: a.Confidence, Metric: rareMetric(a), Hits: a.Hits,
		Estimates: []estimate{{number(a.PlainEstimate), number(a.PlainInterval.Lo), number(a.PlainInterval.Hi), plainMethod(a), a.Simulated}},
		Replaces:  number(math.NaN()), Effort: number(a.Effort), Runs: a.Runs, Chain: number(a.Chain), Levels: []level{}, Warnings: texts(a.Warnings),
	}
	if !a.Enough {
		out.Estimates = append(out.Estimates,
			estimate{number(a.Estimate), number(a.Log.Lo), number(a.Log.Hi), "splitting, t of the logarithms", a.Estimates},
			estimate{number(a.Estimate), number(a.Interval.Lo), number(a.Interval.Hi), "splitting, t", a.Estimates})
		out.Replaces = number(a.Replaces())
		for _, l := range a.Levels {
			out.Levels = append(out.Levels, level{number(l.Nearness), number(l.Share), l.Runs, l.Reached, number(l.Ancestors)})
		}
	}
	for _, x := range a.Next() {
		out.Next = append(out.Next, adviceJSON{x.Command, x.Why})
	}
	enc := json.NewEncoder(w)
	enc.SetEscapeHTML(false)
	enc.SetIndent("", "  ")
	return enc.Encode(out)
}
