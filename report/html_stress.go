package report

import (
	"fmt"
	"math"
	"strings"

	"oxysim/study"
)

// htmlStress writes the study under the headings of STRESS-DES.
//
// Source: Monks and others, Journal of Simulation 13 (2019) 55–67.
func htmlStress(p *htmlPage, r *Results) {
	t := &htmlTable{id: "stress-des", caption: "STRESS-DES (Monks and others 2019), filled in from the scenario and this version of the model", heads: []string{"item", "heading", "this study"}, plain: true}
	for _, x := range stressItems(r) {
		t.row(htmlID("stress", x[0]), x[:]...)
	}
	p.table(t)
	p.note("The page docs/model.md of this version describes the model itself under the same headings.")
}

// stressItems returns number, heading and text of each item.
func stressItems(r *Results) [][3]string {
	a, cfg, prov := r.Answer, r.Subject.Config, &r.Meaning.Provenance
	about := r.Subject.File.About
	if about == "" {
		about = "To be said by the author."
	}
	aims := []string{"Is the target met as things are: " + a.Target.String() + "?"}
	if r.Why != nil {
		aims = append(aims, fmt.Sprintf("How much does each of %s do to %s?", count(len(r.Why.Causes), "cause"), r.Why.Metric.Name))
	}
	scenario := "One: the network as it is."
	if r.Compare != nil {
		var names []string
		for d := range r.Compare.Designs {
			names = append(names, designLabel(r.Compare, d))
		}
		aims = append(aims, "Which of the options is best, and what does it cost?")
		scenario = fmt.Sprintf("%s, in the same futures: %s. What they change is in the table of changes.", count(len(names), "design"), strings.Join(names, "; "))
	}
	if r.Plan != nil {
		aims = append(aims, "How much of "+r.Plan.Scale.Key+" is enough?")
	}
	initial := "Stocks and machines begin as the scenario says (stored, filled shares, all machines new and warm); nothing is left out at the start."
	if cfg.WarmUp > 0 {
		initial = fmt.Sprintf("Stocks and machines begin as the scenario says; the first %s are simulated and not counted.", Span(cfg.WarmUp))
	}
	needs := ""
	if !math.IsInf(r.Meaning.Ratio(), 1) {
		needs = fmt.Sprintf(" On an average day %s m3 of oxygen are asked for, and %s times that can be made and filled.", Plain(r.Meaning.Gas, 3), Plain(r.Meaning.Ratio(), 2))
	}
	return [][3]string{
		{"1.1", "Purpose of the model", about},
		{"1.2", "Model outputs", fmt.Sprintf("%d metrics of each replication; the target is about %s. All are in %s, with intervals and quantiles.", len(a.Estimates), a.Target.Metric, summaryFile)},
		{"1.3", "Experimentation aims", strings.Join(aims, " ")},
		{"2.1", "Base model overview", "Cylinders go round: filled at a plant, carried to a hospital, emptied by patients, carried back. " + Contents(cfg) + "." + needs},
		{"2.2", "Base model logic", "Discrete events; docs/model.md 2.2 of this version, behaviour " + fmt.Sprint(a.Origin.Behaviour) + "."},
		{"2.3", "Scenario logic", scenario},
		{"2.4", "Algorithms", "Who is served first, which truck goes and which way it takes: docs/model.md 2.4; the policies' settings are in " + ScenarioFile + "."},
		{"2.5", "Components", fmt.Sprintf("Entities: %s. Resources: %s, %s, crews. Queues: empties at plants, orders, patients. Entry and exit: patients and requests come and go; cylinders do not, but by loss or condemnation.", fleetText(r), count(len(cfg.Plants), "plant or vendor"), count(len(cfg.Trucks), "truck"))},
		{"3.1", "Data sources", fmt.Sprintf("%s with a source, which stands beside each in the scenario's files.", count(prov.Sourced, "number"))},
		{"3.2", "Input parameters", "All in " + ScenarioFile + " and its tables; laws of chance are written as such."},
		{"3.3", "Preprocessing", "What was done before a number was written stands in its source."},
		{"3.4", "Assumptions", fmt.Sprintf("%s, %d without a source, %d defaults, %d with a range: appendix C.", count(total(prov.Assumptions), "assumption"), total(prov.Unsourced), total(prov.Defaults), total(prov.Uncertain))},
		{"4.1", "Initialisation", initial},
		{"4.2", "Run length", Span(cfg.Horizon) + " in each replication."},
		{"4.3", "Estimation approach", count(a.N, "independent replication") + ". " + strings.Join(footnotes(a), " ")},
		{"5.1", "Software", "oxysim " + strings.TrimSpace(r.Made.Program+" "+r.Made.Revision) + ", written in Go."},
		{"5.2", "Random sampling", fmt.Sprintf("Each source of chance has a stream of its own, named after it, from seed %d; draws depend on names and not on the order of events, so that designs meet the same futures.", a.Origin.Seed)},
		{"5.3", "Model execution", "Whole seconds; events at one instant come in a fixed order. Replications run in parallel and are folded in order: the same numbers on any number of processors."},
		{"5.4", "System specification", "Any: results do not depend on it. oxysim verify makes this folder again and compares."},
		{"6.1", "Computer model sharing", "The scenario is in this folder; digest " + a.Origin.Digest + "."},
	}
}

// fleetText says how many cylinders there are, of which types.
func fleetText(r *Results) string {
	var parts []string
	for _, f := range study.Fleets(r.Subject.Config) {
		parts = append(parts, count(f.Count, "cylinder")+" of type "+f.Type)
	}
	return strings.Join(parts, ", ")
}

// htmlCheers writes the costs under the headings of CHEERS 2022, or that there are
// none.
//
// Source: Husereau and others, BMJ 376 (2022) e067975.
func htmlCheers(p *htmlPage, r *Results) {
	if r.Compare == nil || r.Compare.Money == nil {
		p.note("There are no costs to report. " + whyNot(r, "compare"))
		return
	}
	t := &htmlTable{id: "cheers-2022", caption: "CHEERS 2022 (Husereau and others), filled in as far as a program can", heads: []string{"item", "topic", "this study"}, plain: true}
	for i, x := range cheersItems(r) {
		t.row(htmlID("cheers", fmt.Sprint(i+1)), fmt.Sprint(i+1), x[0], x[1])
	}
	p.table(t)
}

// byAuthor stands for what a program cannot know.
const byAuthor = "To be said by the author."

// cheersItems returns topic and text of each of the 28 items.
func cheersItems(r *Results) [][2]string {
	a := r.Compare
	m := a.Money
	var names []string
	for d := range a.Designs {
		names = append(names, designLabel(a, d))
	}
	about := r.Subject.File.About
	if about == "" {
		about = byAuthor
	}
	date := m.Date
	if date == "" {
		date = "date of prices not given"
	}
	var effects []string
	for e, x := range m.Effects {
		if m.Counted(e) {
			effects = append(effects, several(x.Name))
		}
	}
	uncertainty := "Luck: intervals over replications."
	if m.Accept != nil {
		uncertainty += fmt.Sprintf(" Means and prices together: %d resamples (table of acceptability)", m.Accept.Draws)
		if m.Accept.Ranges {
			uncertainty += ", prices over their ranges"
		}
		uncertainty += "."
	}
	year := "Costs are of a year."
	if math.Abs(m.Horizon-365) > 0.5 {
		year = fmt.Sprintf("%s are simulated, and taken for a year.", count(int(math.Round(m.Horizon)), "day"))
	}
	return [][2]string{
		{"Title", r.title() + ": costs and effects of options for the supply of medical oxygen."},
		{"Abstract", "The sections “The verdict” and “What would prevent it” of this page."},
		{"Background and objectives", about},
		{"Health economic analysis plan", byAuthor},
		{"Study population", "Patients on oxygen in " + count(len(r.Subject.Config.Hospitals), "hospital") + "."},
		{"Setting and location", r.title() + "."},
		{"Comparators", strings.Join(names, "; ") + "."},
		{"Perspective", "Of who pays for supply: what is bought, run and used for oxygen; costs to patients are not counted."},
		{"Time horizon", year + " What is bought lasts as long as its life says."},
		{"Discount rate", Plain(100*m.Discount, 3) + " % a year, of capital."},
		{"Selection of outcomes", "Averted: " + strings.Join(effects, ", ") + "."},
		{"Measurement of outcomes", "Counted in each replication of the model, in the same futures for all options."},
		{"Valuation of outcomes", "None is given a price here; the table of acceptability shows what follows from one."},
		{"Measurement and valuation of resources and costs", "Quantities are counted by the model; prices are those of the scenario's [price] and options: the table of costs."},
		{"Currency, price date, and conversion", m.Currency + ", " + date + "; nothing is converted."},
		{"Rationale and description of model", "Discrete-event simulation of cylinders, plants, trucks and hospitals: appendix A."},
		{"Analytics and assumptions", "Capital is an annuity over its life; ratios have Fieller's interval; the order of options is by means. Assumptions: appendix C."},
		{"Characterising heterogeneity", "By hospital: the table of hospitals."},
		{"Characterising distributional effects", "The worst served hospital and the spread between hospitals: the table of the network, and compare.csv for each option."},
		{"Characterising uncertainty", uncertainty},
		{"Approach to engagement with patients and others affected", byAuthor},
		{"Study parameters", "Every number with its source and range: appendix C."},
		{"Summary of main results", "The table of options."},
		{"Effect of uncertainty", "The table of acceptability."},
		{"Effect of engagement with patients and others affected", byAuthor},
		{"Study findings, limitations, generalisability, and current knowledge", byAuthor},
		{"Source of funding", byAuthor},
		{"Conflicts of interest", byAuthor},
	}
}
