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
}

// Entry is a figure that can be asked for.
type Entry struct {
	Name  string
	Shows string // in a line
	Takes string // of after, hospital, replication and days, those it heeds
	Ask   func(ctx context.Context, k *study.Work, w Wish) (Figure, error)
}

// Figures are all of them, in the order in which one looks at them.
var Figures = []Entry{
	{"risk", "how likely each hospital is to run out, and for how long", "after", askRisk},
	{"map", "where the hospitals at risk are, and what goes over the roads", "", askMap},
	{"cover", "for how many days the cylinders of each hospital last, week by week", "", askCover},
	{"stock", "the cylinders on a hospital's shelf, day by day", "hospital days", askStock},
	{"survival", "when the first stockout comes", "after hospital", askSurvival},
	{"cylinders", "where the cylinders are, and how long a turn takes", "", askCylinders},
	{"gantt", "what plants, roads, trucks and hospitals did around a stockout", "hospital replication days", askGantt},
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
