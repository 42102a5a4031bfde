package study

import (
	"fmt"
	"math"
	"slices"
	"strings"

	"oxysim/model"
	"oxysim/scenarios/quantity"
	"oxysim/sim/stats"
)

// The choice by means: the indifference comes from the first replications, the
// pilot; those after it are taken together in batches, whose means are nearer to
// normal.
const (
	pilotSize    = 20
	batchSize    = 5
	firstBatches = 20 // before the first design is dropped

	fewestDiffering = 30 // futures in which a mean differs, before it is said which of two is better

	careless     = 0.05 // of the base's mean: a difference that nobody cares about, unless somebody says so
	carelessRate = 0.01 // the same of a probability or a share
)

// Choice is which design is best.
type Choice struct {
	By           model.Metric
	Best         int     // the design with the best mean
	TooClose     []int   // those that have not been shown to be worse: if there are any, it is too close to call
	Chosen       bool    // by means: Best is the best or as good, within the indifference
	Indifference float64 // in the metric's unit
	Confidence   float64
	Method       string // kim-nelson or paired
}

// kimNelson is the method of a choice by means.
const kimNelson = "kim-nelson"

// chosen is what is remembered to choose by. Of a metric of which more is better
// the negative is taken.
type chosen struct {
	metric       model.Metric
	confidence   float64
	indifference float64 // 0 as long as it is not known
	designs      []int   // where the metric of each is in a row
	n            int
	means        []stats.Tally // by design
	selection    *stats.KimNelson
	batch        []float64 // of means
	filled       int       // replications in the batch
	pairs        [][]pair  // i against l, i > l: batches or, of an indicator, replications
	differ       [][]int   // likewise, in how many futures of the batches a mean differed
}

func newChosen(c *Compare) *chosen {
	k := len(c.Designs)
	s := &chosen{metric: c.by, confidence: c.Confidence, indifference: c.Indifference, means: make([]stats.Tally, k), batch: make([]float64, k)}
	for d := range c.Designs {
		s.designs = append(s.designs, c.from[d]+slices.Index(c.reads[d], c.By))
		s.pairs = append(s.pairs, make([]pair, d))
		s.differ = append(s.differ, make([]int, d))
	}
	if s.metric.Indicator() && s.indifference == 0 {
		s.indifference = carelessRate
	}
	return s
}

// add adds the next replication.
func (s *chosen) add(row []float64) {
	s.n++
	sign := minus(s.metric)
	if s.metric.Indicator() {
		for d, at := range s.designs {
			s.batch[d] = sign * row[at]
			s.means[d].Add(s.batch[d])
		}
		s.addPairs()
		return
	}
	for d, at := range s.designs {
		s.means[d].Add(sign * row[at])
	}
	if s.selection == nil {
		pilot := s.indifference == 0
		if pilot && s.n < pilotSize {
			return
		}
		if pilot {
			s.indifference = s.fromPilot()
		}
		s.selection = stats.NewKimNelson(len(s.designs), firstBatches, 1-s.confidence, s.indifference)
		if pilot {
			return
		}
	}
	for d, at := range s.designs {
		s.batch[d] += sign * row[at] / batchSize
		for l := range s.differ[d] {
			if row[at] != row[s.designs[l]] {
				s.differ[d][l]++
			}
		}
	}
	if s.filled++; s.filled == batchSize {
		s.selection.Add(s.batch)
		s.addPairs()
		clear(s.batch)
		s.filled = 0
	}
}

// addPairs adds what is in the batch to all pairs.
func (s *chosen) addPairs() {
	for d := range s.pairs {
		for l := range s.pairs[d] {
			s.pairs[d][l].add(s.batch[d], s.batch[l])
		}
	}
}

// fromPilot returns the indifference if nobody has said one.
func (s *chosen) fromPilot() float64 {
	if strings.HasPrefix(s.metric.Meaning, "share of ") {
		return carelessRate
	}
	for _, t := range s.means { // of the base, or of the first that is not 0
		if t.Mean != 0 {
			return careless * math.Abs(t.Mean)
		}
	}
	return 1 // of the metric's unit: nothing has happened in any design
}

// settled reports whether the choice is made: the procedure has ended, and each
// other is shown to be worse than the best, or to be as good within the
// indifference.
func (s *chosen) settled() bool {
	if !s.metric.Indicator() && (s.selection == nil || !s.selection.Done()) {
		return false
	}
	best := s.best()
	for l := range s.designs {
		if in := s.difference(l, best); l != best && in.Lo <= 0 && (in.Lo < -s.indifference || in.Hi > s.indifference) {
			return false
		}
	}
	return true
}

// difference returns an interval for what the mean of i is above that of l, of a
// confidence sequence. Every pair may err as often as it has its share of: so all
// that is shown of any two designs holds together, also if several are the best.
// Of a mean that differed in few futures nothing is known: then means of batches
// are far from normal.
func (s *chosen) difference(i, l int) stats.Interval {
	if i == l {
		return stats.Interval{}
	}
	if i < l {
		in := s.difference(l, i)
		return stats.Interval{Lo: -in.Hi, Hi: -in.Lo}
	}
	p := s.pairs[i][l]
	t := p.difference
	k := len(s.designs)
	alpha := (1 - s.confidence) / float64(k*(k-1)/2)
	switch {
	case s.metric.Indicator():
		return stats.PairedSequence(p.only, p.baseOnly, s.n, alpha)
	case s.differ[i][l] < fewestDiffering:
		return everywhere
	}
	return stats.StudentSequence(t, alpha)
}

// best returns the design that is better than all others; or if there is none,
// that which the procedure has chosen, or has the best mean so far.
func (s *chosen) best() int {
	best := 0
	for d := range s.means {
		if s.means[d].Mean < s.means[best].Mean {
			best = d
		}
	}
	if s.selection != nil && s.selection.Best() >= 0 && len(s.tooClose(best)) > 0 {
		return s.selection.Best()
	}
	return best
}

// tooClose returns the designs that have not been shown to be worse than one.
func (s *chosen) tooClose(than int) (list []int) {
	for l := range s.designs {
		if l != than && !(s.difference(l, than).Lo > 0) {
			list = append(list, l)
		}
	}
	return list
}

// choice returns what is known.
func (s *chosen) choice() Choice {
	c := Choice{By: s.metric, Best: s.best(), Indifference: s.indifference, Confidence: s.confidence, Method: kimNelson}
	c.TooClose = s.tooClose(c.Best)
	if s.metric.Indicator() {
		c.Method = pairedTests
	} else {
		c.Chosen = s.selection != nil && s.selection.Done() && s.selection.Best() == c.Best
	}
	return c
}

// closeToTarget is how near to a bound of the target, as a part of it, it is too
// close to call.
const closeToTarget = 0.1

// verdict returns how a design stands to the target: what is promised holds for
// all designs and all that is judged of them together.
func (t *comparison) verdict(design int) DesignVerdict {
	f := t.folds[design]
	together := t.together(len(t.folds) * len(t.judged[design]))
	v := DesignVerdict{Close: true}
	for _, i := range t.judged[design] {
		j := Judgement{Estimate: f.estimate(i, t.together(1)), Seen: f.of[i].Seen}
		j.Promise, j.Method = f.promise(i, together)
		j.Thing, _ = Thing(j.Estimate.Metric.Name)
		j.Verdict = t.Target.of(j.Promise.Lo, j.Promise.Hi)
		v.Close = v.Close && (j.Verdict != Undecided || t.Target.near(j.Promise))
		v.Judged = append(v.Judged, j)
	}
	v.Verdict = overall(v.Judged)
	v.Close = v.Close && v.Verdict == Undecided
	return v
}

// near reports whether an interval lies within a tenth of a bound.
func (t Target) near(in stats.Interval) bool {
	for _, bound := range []float64{t.AtMost, t.AtLeast} {
		size := math.Abs(bound)
		if bound == t.AtLeast && t.kind.Unit == "1" && bound <= 1 {
			size = 1 - bound // a tenth of what may be missing
		}
		if room := closeToTarget * size; in.Lo >= bound-room && in.Hi <= bound+room {
			return true
		}
	}
	return false
}

// Cheapest is which design is the cheapest that meets the target.
type Cheapest struct {
	Priced  bool  // it is known what designs cost
	Design  int   // the cheapest of those that are known to meet the target; -1 if there is none
	Before  []int // cheaper ones of which it is not known: if there are any, it is too close to call
	AsCheap []int // others that meet it and have not been shown to be dearer
	Met     []int // those that are known to meet the target
	Open    []int // those of which it is not known
}

// cheapest returns it: designs that are known to miss the target are left out,
// and the cheapest of the others is it, if it is known to meet the target.
func cheapest(a *CompareAnswer) Cheapest {
	c := Cheapest{Priced: a.Money != nil, Design: -1}
	order := make([]int, len(a.Designs))
	for d := range order {
		order[d] = d
	}
	if c.Priced {
		slices.SortStableFunc(order, func(i, l int) int { return a.Money.order(i, l) })
	}
	for _, d := range order {
		switch a.Designs[d].Verdict {
		case Met:
			c.Met = append(c.Met, d)
			switch {
			case c.Design < 0:
				c.Design = d
			case c.Priced && !a.Money.dearer(d, c.Design):
				c.AsCheap = append(c.AsCheap, d)
			}
		case Undecided:
			c.Open = append(c.Open, d)
			if c.Design < 0 || c.Priced && !a.Money.dearer(d, c.Design) {
				c.Before = append(c.Before, d)
			}
		}
	}
	slices.Sort(c.Met)
	slices.Sort(c.Open)
	return c
}

// Settled reports whether it is known which is the cheapest, or that none meets
// the target.
func (c Cheapest) Settled() bool {
	if c.Design < 0 {
		return len(c.Open) == 0
	}
	return c.Priced && len(c.Before) == 0 && len(c.AsCheap) == 0
}

// noMetric says that there is no such metric, with a guess.
func noMetric(name string, metrics []model.Metric) error {
	if guess := quantity.Guess(name, namesIn(metrics)); guess != "" {
		return fmt.Errorf("no metric of all designs is called %q (did you mean %q?)", name, guess)
	}
	return fmt.Errorf("no metric of all designs is called %q; want one such as network.stockout_hours", name)
}

// tooFewCompared says so.
func tooFewCompared(n int) error {
	return fmt.Errorf("%d replications are few for a comparison: want %d or more", n, fewestCompared)
}
