package study

import (
	"context"
	"fmt"
	"math"
	"slices"
	"strings"

	"oxysim/model"
	"oxysim/sim/stats"
)

// Plan is the question how much is enough: which values of one lever meet a
// goal, which of several levers do so at least cost, or which buffer each
// hospital needs.
type Plan struct {
	Subject    *Subject
	Goal       *Goal
	Levers     []*Turn
	Hospitals  bool    // every judged hospital its own buffer, instead of levers
	Prices     []Price // of units of what is turned
	Most       int     // replications at most, of each stage; 0 for a number that suits the goal
	Confidence float64 // of each claim, in (0,1)

	metrics []model.Metric
	judged  []string // dotted names of the metrics that are held against the goal
	designs *designs
}

// Turn says how far a lever may be turned, and how finely.
type Turn struct {
	*Lever
	Step     float64 // in the lever's unit; 0 for 1 of a whole number, and about 2 % of the base of another
	From, To float64 // within which values are considered; NaN if that is to be found
}

// PlanAnswer is what a plan tells.
type PlanAnswer struct {
	Subject    *Subject
	Goal       *Goal
	Confidence float64
	Most       int
	Method     PlanMethod
	Verdict    Verdict // met if something was shown to be sufficient, missed if nothing in range is
	N          int     // replications on which the answer stands
	Settled    bool    // it was found to the resolution that was wanted

	Scale        *Scale  // of the one lever
	Sufficient   int     // step that was shown to be sufficient, or -1
	Insufficient int     // the most helpful step that was shown to be insufficient, or -1
	Things       []Needs // of each judged thing
	Curve        []CurvePoint
	Audit        Audit
	Checks       []Proof // of what is recommended, on fresh replications
	Binding      []Constraint

	Cost     *CostPlan   // with several levers
	Buffers  *BufferPlan // of each hospital its own
	Warnings []error     // what the reader must be told
}

// PlanMethod says how the answer was found.
type PlanMethod int

// Methods.
const (
	CriticalValues PlanMethod = iota // the value that each replication needs
	ValueGrid                        // probabilities at some values, with anytime-valid intervals
	MeanSearch                       // means at some values, and a proof on fresh replications
	CheapestDesign                   // several levers
	OwnBuffers                       // a vector of buffers
)

// Needs is what one judged thing needs.
type Needs struct {
	Metric       string // dotted
	Sufficient   int    // step, or -1
	Insufficient int    // step, or -1
}

// CurvePoint is the share of bad replications, or the mean, at one step; of
// several things, the worst.
type CurvePoint struct {
	Step     int
	Estimate float64
	Band     stats.Interval // holds at all steps of a thing at once
	Exact    stats.Interval // Clopper–Pearson, at this one; not for means
	Verdict  Verdict
	N        int // replications
}

// Audit is what was found of the assumption that a more helpful value never
// makes a good replication bad.
type Audit struct {
	N, Reversed int            // replications that were run again at more helpful values, and those with one that was bad
	Rate        stats.Interval // of reversals: Clopper–Pearson, each end one-sided
	Threshold   float64        // from which on the lower end makes the method fall back
}

// Proof is a step on fresh replications.
type Proof struct {
	Step     int
	First, N int
	Bad      int            // replications, of the worst thing
	Estimate float64        // share or mean, of the worst thing
	Interval stats.Interval // for it; each end one-sided
	Verdict  Verdict        // met: shown again; missed: refuted; undecided: not contradicted
}

// NewPlan returns the question how much of something is enough to reach a goal,
// which is read from a text such as "P(stockout) <= 5%"; an empty one is that of
// the scenario. If the goal does not name the things that it judges and there is
// one lever, of a hospital, it is about that hospital.
func NewPlan(s *Subject, levers []*Turn, goal string) (*Plan, error) {
	metrics := s.Metrics()
	g, err := NewGoal(s, metrics, goal)
	if err != nil {
		return nil, err
	}
	if thing, ok := onlyHospital(levers); ok && g.Implied {
		if at := slices.IndexFunc(metrics, func(m model.Metric) bool { return m.Name == thing+"."+g.Metric }); at >= 0 {
			g.Metric, g.judged, g.kind = metrics[at].Name, []int{at}, metrics[at]
		}
	}
	p := &Plan{
		Subject: s, Goal: g, Levers: levers, Confidence: s.File.Run.Confidence.Fraction(),
		metrics: metrics, judged: g.Judged(metrics), designs: newDesigns(s),
	}
	return p, nil
}

// Check returns what is wrong with what was asked for, before anything is
// simulated: too few replications, a lever without a price, a goal that the
// method cannot pursue.
func (p *Plan) Check() error {
	if p.Most > 0 && p.Most < p.fewest() {
		return fmt.Errorf("want -n of at least %d, with which %s can be shown at all, not %d", p.fewest(), p.Goal, p.Most)
	}
	if len(p.Levers) > 1 {
		for _, t := range p.Levers {
			if _, _, err := p.yearlyOf(t.Lever); err != nil {
				return err
			}
		}
	}
	if (p.Hospitals || len(p.Levers) > 1) && p.Goal.Form != OfChance {
		return fmt.Errorf("several numbers want a target that is a probability or a quantile, %s, not %s", examplesOfChances, p.Goal)
	}
	return nil
}

// onlyHospital returns the hospital that all levers belong to.
func onlyHospital(levers []*Turn) (thing string, ok bool) {
	for _, l := range levers {
		t, _ := Thing(l.Key)
		if !strings.HasPrefix(t, "hospital.") || strings.Contains(t, "*") || thing != "" && t != thing {
			return "", false
		}
		thing = t
	}
	return thing, thing != ""
}

// Answer asks the question.
func (p *Plan) Answer(ctx context.Context, k *Work) (*PlanAnswer, error) {
	a := &PlanAnswer{
		Subject: p.Subject, Goal: p.Goal, Confidence: p.Confidence,
		Sufficient: -1, Insufficient: -1,
	}
	if err := p.Check(); err != nil {
		return nil, err
	}
	if p.Most == 0 {
		p.Most = mostLooks * p.fewest()
		switch p.Goal.Form {
		case OfMean:
			if p.bounded() {
				p.Most *= 2 // the fewest are few
			}
		case OfTail:
			p.Most /= 4 // and here many
		}
	}
	a.Most = p.Most
	var err error
	switch {
	case p.Hospitals:
		err = p.buffers(ctx, k, a)
	case len(p.Levers) > 1:
		err = p.cheapest(ctx, k, a)
	case len(p.Levers) == 0:
		panic("study: Plan: want a lever")
	default:
		err = p.one(ctx, k, a)
	}
	return a, err
}

// mostLooks is how many times as many replications a plan may take as those with
// which its goal can be shown at all, if no number was asked for.
const mostLooks = 20

// one answers the question for one lever.
func (p *Plan) one(ctx context.Context, k *Work, a *PlanAnswer) error {
	var err error
	if a.Scale, err = p.scale(ctx, k, p.Levers[0]); err != nil {
		return err
	}
	if p.Goal.Form != OfChance {
		err = p.mean(ctx, k, a)
	} else {
		err = p.critical(ctx, k, a)
	}
	if err != nil || a.Sufficient >= 0 {
		return err
	}
	return p.binding(ctx, k, a, a.Scale.Settings(a.Scale.Top()))
}

// fewest returns the number of replications with which the goal can be shown to
// be met at all.
func (p *Plan) fewest() int {
	switch p.Goal.Form {
	case OfChance:
		return max(30, stats.ToleranceSize(1-p.Goal.Allowed, 1-p.delta()*look(1)/float64(len(p.judged))))
	case OfTail:
		return int(math.Ceil(20/(1-p.Goal.Level) - 1e-9)) // below, CVaRInterval says nothing
	}
	if !p.bounded() {
		return leastSeen
	}
	return 30 // below, the interval of a mean says too little
}

// delta is the allowed probability of a wrong claim.
func (p *Plan) delta() float64 { return 1 - p.Confidence }

// look returns which share of the allowed probability of error is spent at the
// k-th look, from 1 on: the shares of all looks sum to 1.
func look(k int) float64 { return 6 / (math.Pi * math.Pi * float64(k*k)) }

// lookAt returns how many replications there are at the k-th look, from 1 on, if
// there were so many at the first: 30 % more at each.
func lookAt(first, k, most int) int {
	return min(most, int(math.Ceil(float64(first)*math.Pow(1.3, float64(k-1)))))
}

// stage returns the name of a stage: what is computed, of what, in which way.
func (p *Plan) stage(what string, of ...string) string {
	return strings.Join(append([]string{"plan", what, p.Goal.String(), strings.Join(p.judged, " ")}, of...), "; ")
}
