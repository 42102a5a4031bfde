package plots

import (
	"context"

	"oxysim/sim"
	"oxysim/study"
)

// Wish says of what a figure is to be drawn.
type Wish struct {
	Subject     *study.Subject
	After       *study.Design // the subject with a change; nil for none
	N           int           // replications
	Hospital    string        // dotted; "" for the one that suits the figure
	Replication int           // -1 for the one that suits the figure
	Days        sim.Span      // length of what is shown; 0 for what suits the figure

	// The question whose answer is drawn, of the figures that are of one.
	Plan    *study.Plan
	Compare *study.Compare
	Why     *study.Why
	Each    bool // of Why, hospital by hospital
	Tornado *study.Tornado
	Sweep   *study.Sweep
}

// Entry is a figure that can be asked for.
type Entry struct {
	Name  string
	Shows string // in a line
	Takes string // of after, hospital, replication, days, metric and the questions, those it heeds
	Ask   func(ctx context.Context, k *study.Work, w Wish) (Figure, error)
}

// Figures are all of them, in the order in which one looks at them.
var Figures = []Entry{
	{"risk", "how likely each hospital is to run out, and for how long", "after", askRisk},
	{"map", "where the hospitals at risk are, and what goes over the roads", "", askMap},
	{"cover", "for how many days the cylinders of each hospital last, week by week", "", askCover},
	{"stock", "the cylinders on a hospital's shelf, day by day", "hospital days", askStock},
	{"survival", "when the first stockout comes", "after hospital", askSurvival},
	{"cylinders", "where the cylinders are, and how many cylinder-days there are to a fill", "", askCylinders},
	{"gantt", "what plants, roads, trucks and hospitals did around a stockout", "hospital replication days", askGantt},
	{"why", "how much each cause does to a shortage; --each: hospital by hospital", "why hospital metric", askWhy},
	{"curve", "the risk against a lever, and how much of it is enough", "plan", askCurve},
	{"frontier", "what options, or several levers, cost, and which risk they leave", "plan compare", askFrontier},
	{"compare", "by how much options differ from what is, in the same futures", "compare", askCompare},
	{"acceptability", "how likely each option is to be worth most, for what one may be willing to pay", "compare", askAcceptability},
	{"tornado", "how much each uncertain number moves a metric", "tornado metric", askTornado},
	{"sweep", "a metric for all values of a lever, or of two", "sweep metric", askSweep},
}

// Find returns the figure of a name.
func Find(name string) (Entry, bool) {
	for _, e := range Figures {
		if e.Name == name {
			return e, true
		}
	}
	return Entry{}, false
}
