package study

import (
	"cmp"
	"slices"
	"strings"

	"oxysim/sim/stats"
)

// Answer is what a run tells.
type Answer struct {
	Subject    *Subject
	Origin     Origin
	First, N   int // number of the first replication, and how many there were
	Confidence float64
	Precision  Precision // that was asked for
	Reached    bool      // it was
	Target     Target
	Verdict    Verdict
	Judged     []Judgement // worst first
	Estimates  []Estimate  // of all metrics, in the model's order
	Warnings   []error     // what the reader of the verdict must be told
	byName     map[string]int
}

// Judgement is one mean held against the target.
type Judgement struct {
	Thing    string // dotted
	Estimate Estimate
	Promise  stats.Interval // by which it is decided; all of them hold together with the answer's confidence
	Method   string         // of the promise
	Verdict  Verdict
	Seen     int // the first replication in which the metric was not 0, or -1
}

// Answer returns what is known.
func (r *Run) Answer() *Answer {
	a := &Answer{
		Subject: r.Subject, Origin: r.Subject.Origin(), First: r.Fold.First, N: r.Fold.Count, Confidence: r.Confidence,
		Precision: r.Precision, Reached: r.done, Target: r.Target, byName: map[string]int{},
	}
	for i, m := range r.Fold.metrics {
		a.Estimates = append(a.Estimates, r.Fold.estimate(i, r.way()))
		a.byName[m.Name] = i
	}
	together := r.way()
	together.confidence = 1 - (1-r.Confidence)/float64(len(r.Target.judged)) // Bonferroni
	for _, i := range r.Target.judged {
		j := Judgement{Estimate: a.Estimates[i], Seen: r.Fold.of[i].Seen}
		j.Promise, j.Method = r.Fold.promise(i, together)
		j.Thing, _ = Thing(j.Estimate.Metric.Name)
		j.Verdict = r.Target.of(j.Promise.Lo, j.Promise.Hi)
		a.Judged = append(a.Judged, j)
	}
	a.Verdict = overall(a.Judged)
	slices.SortStableFunc(a.Judged, func(x, y Judgement) int {
		switch {
		case r.Target.worse(x.Estimate.Mean, y.Estimate.Mean):
			return -1
		case r.Target.worse(y.Estimate.Mean, x.Estimate.Mean):
			return 1
		}
		return cmp.Or(-cmp.Compare(a.mean(x.Thing+".stockout_hours"), a.mean(y.Thing+".stockout_hours")), strings.Compare(x.Thing, y.Thing))
	})
	return a
}

// overall returns missed if any is missed, met if all are, and undecided else.
func overall(js []Judgement) Verdict {
	v := Met
	for _, j := range js {
		switch j.Verdict {
		case Missed:
			return Missed
		case Undecided:
			v = Undecided
		}
	}
	return v
}

// Estimate returns the estimate of a metric by its dotted name, or nil.
func (a *Answer) Estimate(name string) *Estimate {
	if i, ok := a.byName[name]; ok {
		return &a.Estimates[i]
	}
	return nil
}

// mean returns the mean of a metric, or 0 if there is none.
func (a *Answer) mean(name string) float64 {
	if e := a.Estimate(name); e != nil {
		return e.Mean
	}
	return 0
}

// Things returns the dotted names of the things of a kind that have metrics,
// such as "plant", in the model's order.
func (a *Answer) Things(kind string) (things []string) {
	for _, e := range a.Estimates {
		thing, _ := Thing(e.Metric.Name)
		if strings.HasPrefix(thing, kind+".") && (len(things) == 0 || things[len(things)-1] != thing) && !slices.Contains(things, thing) {
			things = append(things, thing)
		}
	}
	return things
}

// Hospitals returns the hospitals, the worst first: as they are judged or, if
// the target is about something else, by the probability of a stockout.
func (a *Answer) Hospitals() (list []Judgement, judged bool) {
	if strings.HasPrefix(a.Judged[0].Thing, "hospital.") {
		return a.Judged, true
	}
	for _, thing := range a.Things("hospital") {
		if e := a.Estimate(thing + ".stockout"); e != nil {
			list = append(list, Judgement{Thing: thing, Estimate: *e})
		}
	}
	slices.SortStableFunc(list, func(x, y Judgement) int {
		return cmp.Or(-cmp.Compare(x.Estimate.Mean, y.Estimate.Mean),
			-cmp.Compare(a.mean(x.Thing+".stockout_hours"), a.mean(y.Thing+".stockout_hours")), strings.Compare(x.Thing, y.Thing))
	})
	return list, false
}
