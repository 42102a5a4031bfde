package report

import (
	"fmt"
	"strings"

	"oxysim/study"
)

// htmlSure writes how sure the answers are and what they rest on.
func htmlSure(p *htmlPage, r *Results) {
	a := r.Answer
	prov := &r.Meaning.Provenance
	p.paragraph(
		p.say("All numbers come from %s of the network as it is described, each with another chance of failures, outages, closed roads and patients.", p.ref("asked.replications", count(a.N, "possible future"))),
		p.say("Intervals say what chance leaves open, at %s; they do not say what is not known of the network itself.", p.ref("asked.confidence", Plain(100*a.Confidence, 6)+" %")),
		p.widest(r))
	p.paragraph(
		p.say("Of the numbers that describe the network, %s have a source, %s are assumptions, %s have neither, and %s are defaults that nobody wrote.",
			p.ref("provenance.sourced", fmt.Sprint(prov.Sourced)), p.ref("provenance.assumed", fmt.Sprint(total(prov.Assumptions))),
			p.ref("provenance.unsourced", fmt.Sprint(total(prov.Unsourced))), p.ref("provenance.defaults", fmt.Sprint(total(prov.Defaults)))),
		p.say("A range is given for %s of them.", p.ref("provenance.uncertain", fmt.Sprint(total(prov.Uncertain)))),
		p.odd(r))
	t := &htmlTable{id: "provenance", caption: "Where the numbers of the scenario come from; each is in appendix C", heads: []string{"", "numbers\t"}, plain: true}
	t.heads[0] = "numbers"
	t.heads[1] = "how many\t"
	t.row("provenance.sourced", "with a source", fmt.Sprint(prov.Sourced))
	t.row("provenance.assumed", "assumptions", fmt.Sprint(total(prov.Assumptions)))
	t.row("provenance.unsourced", "without a source", fmt.Sprint(total(prov.Unsourced)))
	t.row("provenance.defaults", "taken by default", fmt.Sprint(total(prov.Defaults)))
	t.row("provenance.uncertain", "of all these, with a range", fmt.Sprint(total(prov.Uncertain)))
	if n := len(r.Meaning.Warnings); n > 0 {
		t.row("provenance.odd", "that can be right but seldom are", count(n, "value"))
	}
	p.table(t)
	p.figures(r, "sure")
	w := &htmlTable{id: "odd", caption: "Values that can be right but seldom are", heads: []string{"key", "what is odd"}}
	for i, x := range r.Meaning.Warnings {
		w.row(htmlID("odd", fmt.Sprint(i)), x.Key, x.Message)
	}
	p.table(w)
	p.asked(r)
	p.methods(r)
}

// widest says how wide the widest interval is that the verdict rests on.
func (p *htmlPage) widest(r *Results) htmlText {
	a := r.Answer
	if !perHospital(a) {
		return ""
	}
	var w *study.Judgement
	for i := range a.Judged {
		if j := &a.Judged[i]; w == nil || j.Estimate.Interval.HalfWidth() > w.Estimate.Interval.HalfWidth() {
			w = j
		}
	}
	f := percentOf(w.Estimate.Metric)
	row := htmlID(w.Thing)
	return p.say("The widest interval of a hospital is that of %s: %s.", p.ref(row, r.Subject.Label(w.Thing)), p.ref(row, Between(w.Estimate.Mean, w.Estimate.Interval, f)+unitOf(w.Estimate.Metric)))
}

// odd says how many values are odd.
func (p *htmlPage) odd(r *Results) htmlText {
	if len(r.Meaning.Warnings) == 0 {
		if p.section == "verdict" {
			return ""
		}
		return p.say("No check found one of them odd.")
	}
	key := r.Meaning.Warnings[0].Key
	if n := len(r.Meaning.Warnings); n > 1 {
		return p.say("%s should be looked at again, first of all %s.", p.ref("provenance.odd", count(n, "value")), p.ref("odd.0", key))
	}
	return p.say("One value should be looked at again: %s.", p.ref("odd.0", key))
}

// methods writes by which method each answer holds.
func (p *htmlPage) methods(r *Results) {
	t := &htmlTable{id: "methods", caption: "By which methods the numbers hold", heads: []string{"answer", "method"}, plain: true}
	for i, n := range footnotes(r.Answer) {
		t.row(htmlID("method.run", fmt.Sprint(i)), "verdict and hospitals", n)
	}
	if a := r.Why; a != nil {
		for _, n := range whyNotes(a) {
			t.row("", "why", n)
		}
	}
	if a := r.Compare; a != nil {
		if len(a.Best.TooClose) == 0 {
			t.row("method.best", "options", "That the best is the best holds with "+Plain(100*a.Best.Confidence, 6)+" % confidence.")
		}
		for _, n := range compareNotes(a) {
			t.row("", "options", n)
		}
	}
	if a := r.Plan; a != nil {
		t.row("", "how much", fmt.Sprintf("Each of the two claims, sufficient and insufficient, holds with %s %% confidence, from %s.", Plain(100*a.Confidence, 6), count(a.N, "replication")))
		for _, w := range a.Warnings {
			t.row("", "how much", w.Error())
		}
	}
	for _, x := range r.Asked {
		if x.Not != "" {
			t.row("", x.Question, "Not asked: "+x.Not+".")
		}
	}
	p.table(t)
}

// htmlAssumptions writes every number with its source and range.
func htmlAssumptions(p *htmlPage, r *Results) {
	t := &htmlTable{id: "assumption", caption: "Numbers of the scenario; * stands for any name, with the smallest and the largest value", heads: []string{"kind", "key", "how many\t", "value and range", "source"}}
	for i, x := range assumptionCells(r) {
		t.row(htmlID("number", fmt.Sprint(i)), x...)
	}
	p.fold(count(len(t.rows), "number")+" and what they are", func() { p.table(t) })
	if len(t.rows) == 0 {
		p.note("All numbers have a source, and none a range.")
	}
	p.note("Numbers that have a source and no range are in " + ScenarioFile + " and the tables beside it, each with its source.")
}

// assumptionCells returns the numbers of the scenario that are assumed, have no
// source, or have a range: kind, key, how many, value and source.
func assumptionCells(r *Results) (rows [][]string) {
	prov := &r.Meaning.Provenance
	seen := map[string]bool{}
	for _, x := range []struct {
		kind   string
		values []study.Value
	}{{"assumed", prov.Assumptions}, {"without a source", prov.Unsourced}, {"with a range", prov.Uncertain}, {"default", prov.Defaults}} {
		for _, v := range x.values {
			id := v.Key + "\n" + v.Source
			if x.kind == "with a range" && seen[id] {
				continue // it stands there already, with its range
			}
			seen[id] = true
			source := v.Source
			if x.kind == "default" {
				source = "docs/scenario-reference.md of this version"
			}
			rows = append(rows, []string{x.kind, v.Key, fmt.Sprint(v.Count()), v.Text, source})
		}
	}
	return rows
}

// htmlFiles lists what is in the folder.
func htmlFiles(p *htmlPage, r *Results) {
	t := &htmlTable{id: "content", caption: "Files beside this page", heads: []string{"file", "what it is"}, plain: true}
	t.row("", bookFile, "the tables as a workbook, with charts")
	t.row("", summaryFile, "every metric with its interval and quantiles")
	t.row("", runsFile, "every metric of every replication, for R (arrow) and Python (pandas)")
	if r.Why != nil {
		t.row("", "why.csv", "the shares of the causes")
	}
	if r.Compare != nil {
		t.row("", "compare.csv", "the options, metric by metric")
	}
	if r.Plan != nil {
		t.row("", "plan.csv", "how much of a buffer is enough")
	}
	for _, f := range r.Figures {
		t.row("", figureFolder+"/"+f.Name+".*", strings.TrimSuffix(f.Title, "."))
	}
	t.row("", ScenarioFile, "the scenario, with its tables: what was simulated")
	t.row("", ManifestFile, "version, seed, digests of all files")
	t.row("", packageFile, "what the columns of the tables are, as a Data Package")
	p.table(t)
}

// htmlValidation writes the page on what is simulated beside exact values, which
// is written in Markdown: headings, paragraphs and tables.
func htmlValidation(p *htmlPage, r *Results) {
	lines := strings.Split(r.Validation, "\n")
	plainText := strings.NewReplacer("`", "", "**", "")
	tables := 0
	for i := 0; i < len(lines); i++ {
		line := strings.TrimSpace(lines[i])
		switch {
		case line == "" || strings.HasPrefix(line, "# "):
		case strings.HasPrefix(line, "#"):
			p.heading(strings.TrimLeft(line, "# "))
		case strings.HasPrefix(line, "|"):
			tables++
			t := &htmlTable{id: fmt.Sprintf("exact-%d", tables), caption: "Simulated beside exact"}
			for ; i < len(lines) && strings.HasPrefix(lines[i], "|"); i++ {
				cells := strings.Split(strings.Trim(strings.TrimSpace(lines[i]), "|"), "|")
				for k := range cells {
					cells[k] = plainText.Replace(strings.TrimSpace(cells[k]))
				}
				switch {
				case t.heads == nil:
					t.heads = cells
				case strings.HasPrefix(cells[0], "--"):
					for k := range cells {
						if strings.HasSuffix(cells[k], ":") {
							t.heads[k] += "\t"
						}
					}
				default:
					t.row("", cells...)
				}
			}
			p.table(t)
		default:
			text := line
			for ; i+1 < len(lines) && strings.TrimSpace(lines[i+1]) != "" && !strings.HasPrefix(lines[i+1], "|") && !strings.HasPrefix(lines[i+1], "#"); i++ {
				text += " " + strings.TrimSpace(lines[i+1])
			}
			p.note(plainText.Replace(withoutLinks(text)))
		}
	}
}

// withoutLinks returns Markdown without where its links lead.
func withoutLinks(s string) string {
	for {
		open := strings.Index(s, "](")
		if open < 0 {
			return s
		}
		begin, end := strings.LastIndex(s[:open], "["), strings.Index(s[open:], ")")
		if begin < 0 || end < 0 {
			return s
		}
		s = s[:begin] + s[begin+1:open] + s[open+end+1:]
	}
}
