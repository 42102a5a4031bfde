package report

import (
	"fmt"
	"math"
	"strconv"
	"strings"

	"oxysim/scenarios"
	"oxysim/sim/stats"
	"oxysim/study"
)

// confidenceOfHours is that of the intervals for the hours charged to a
// blocker.
const confidenceOfHours = 0.95

// intervalOfHours returns the interval for the hours charged to a blocker, which
// are never negative.
func intervalOfHours(x study.Blocked) stats.Interval {
	in := stats.MeanT(x.Hours, confidenceOfHours)
	if !math.IsInf(in.Lo, -1) {
		in.Lo = max(in.Lo, 0)
	}
	return in
}

// chainsText writes what single stockouts waited for.
func chainsText(a *study.WhyAnswer, v View) string {
	c := a.Chains
	var b strings.Builder
	fmt.Fprintf(&b, "\n  %s  %s in %s\n\n", v.strong("What stockouts waited for"), count(c.Stockouts, "stockout"), count(c.N, "replication"))
	if c.Stockouts == 0 {
		return b.String()
	}
	g := newGrid(v, "waited for", "of the cause", "hours\t", "of all\t")
	for _, x := range c.Blockers {
		in := intervalOfHours(x)
		of := nothing
		if c, err := scenarios.FindCause(x.Cause); err == nil {
			of = c.Full()
		}
		g.row(x.Label, of, PlusMinus(x.Hours.Mean, in, 1), fixed(100*x.Share, 1)+" %")
	}
	b.WriteString(g.String())
	tell := func(head string, list []study.Story) {
		if len(list) == 0 {
			return
		}
		b.WriteString("\n  " + v.strong(head) + "\n")
		for _, s := range list {
			for i, line := range wrap(fmt.Sprintf("%s  %s", v.faint("["+strconv.Itoa(s.Replication)+"]"), s.Sentence), 112) {
				indent := "    "
				if i > 0 {
					indent = "        "
				}
				b.WriteString(indent + line + "\n")
			}
		}
	}
	tell("The longest", c.Longest)
	tell("Typical ones", c.Typical)
	return b.String()
}

// chainRows are the hours charged to blockers, as CSV has them.
func chainRows(a *study.WhyAnswer) (rows [][]string) {
	if a.Chains == nil {
		return nil
	}
	for _, x := range a.Chains.Blockers {
		in := intervalOfHours(x)
		rows = append(rows, []string{
			"stockout_hours", "waited for " + x.Kind.String(), x.Cause, "h", strconv.Itoa(a.Chains.N), exact(x.Hours.Mean), exact(in.Lo), exact(in.Hi), "t",
		})
	}
	return rows
}

type chainsJSON struct {
	N         int           `json:"replications"`
	Stockouts int           `json:"stockouts"`
	Hours     number        `json:"hours"`
	Blockers  []blockedJSON `json:"blockers"`
	Longest   []storyJSON   `json:"longest"`
	Typical   []storyJSON   `json:"typical"`
}

type blockedJSON struct {
	Blocker string `json:"blocker"`
	Label   string `json:"label"`
	Cause   string `json:"cause,omitempty"`
	Hours   number `json:"hours"`
	Lo      number `json:"lo"`
	Hi      number `json:"hi"`
	Share   number `json:"share"`
}

type storyJSON struct {
	Replication int        `json:"replication"`
	Hospital    string     `json:"hospital"`
	From        int64      `json:"from_second"`
	To          int64      `json:"to_second"`
	Sentence    string     `json:"sentence"`
	Waits       []waitJSON `json:"waits"`
}

type waitJSON struct {
	Blocker string `json:"blocker"`
	Thing   string `json:"thing,omitempty"`
	Since   int64  `json:"since_second"`
	From    int64  `json:"from_second"`
	To      int64  `json:"to_second"`
	Charged int64  `json:"charged_seconds"`
}

// chainsOf returns what stockouts waited for as JSON; nil if nobody asked.
func chainsOf(a *study.WhyAnswer) *chainsJSON {
	c := a.Chains
	if c == nil {
		return nil
	}
	out := &chainsJSON{N: c.N, Stockouts: c.Stockouts, Hours: number(c.Hours.Mean), Blockers: []blockedJSON{}}
	for _, x := range c.Blockers {
		in := intervalOfHours(x)
		out.Blockers = append(out.Blockers, blockedJSON{
			x.Kind.String(), x.Label, x.Cause, number(x.Hours.Mean), number(in.Lo), number(in.Hi), number(x.Share),
		})
	}
	out.Longest, out.Typical = storiesOf(c.Longest), storiesOf(c.Typical)
	return out
}

func storiesOf(list []study.Story) []storyJSON {
	out := []storyJSON{}
	for _, s := range list {
		x := storyJSON{s.Replication, s.Hospital, int64(s.From), int64(s.To), s.Sentence, []waitJSON{}}
		for _, w := range s.Waits {
			x.Waits = append(x.Waits, waitJSON{w.Kind.String(), w.Thing, int64(w.Since), int64(w.From), int64(w.To), int64(w.Charged)})
		}
		out = append(out, x)
	}
	return out
}
