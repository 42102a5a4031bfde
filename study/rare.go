package study

import (
	"context"
	"errors"
	"fmt"
	"math"
	"strconv"
	"strings"

	"oxysim/model"
	"oxysim/scenarios"
	"oxysim/scenarios/quantity"
	"oxysim/sim"
	"oxysim/sim/stats"
)

// Rare is the question how likely something is that plain replications hardly
// ever see: that a hospital, or any, runs out in a replication. It is answered
// by splitting: replications that come near to it are copied there and go on in
// many ways.
type Rare struct {
	Subject    *Subject
	Hospital   string  // by its dotted name; "" for any hospital
	Event      string  // the metric that is 1 if it happens: RareStockout or RareEmpty
	Runs       int     // of each step of an estimate
	Estimates  int     // that are independent of each other, LeastEstimates or more
	Plain      int     // plain replications, before anything is split
	Confidence float64 // of every interval, in (0,1)
}

// What may be feared.
const (
	RareStockout = "stockout" // need exceeds supply
	RareEmpty    = "empty"    // no full cylinder is on hand, whether or not anybody needs one
)

// What is done unless something else is asked for.
const (
	RareRuns      = 256
	RareEstimates = 20
	RarePlain     = 2000
)

// LeastEstimates is the least number of independent estimates of which an
// interval means something.
const LeastEstimates = 10

// plainEnough is how often plain replications must see it so that nothing need
// be split. They stop then.
const plainEnough = 20

// plainDo is above which probability more plain replications would do as well.
const plainDo = 1e-3

// NewRare returns the question with what is usual, about a hospital by its
// dotted name or about any. What is feared is the target's metric, if that is
// one that may be, unless it is said.
func NewRare(s *Subject, hospital, event string) (*Rare, error) {
	if event == "" {
		event = RareStockout
		if t := s.File.Target; t != nil && (t.Metric == RareEmpty || strings.HasSuffix(t.Metric, "."+RareEmpty)) {
			event = RareEmpty
		}
	}
	if events := []string{RareStockout, RareEmpty}; event != RareStockout && event != RareEmpty {
		if guess := quantity.Guess(event, events); guess != "" {
			return nil, fmt.Errorf("want the event stockout or empty, not %q (did you mean %q?)", event, guess)
		}
		return nil, fmt.Errorf("want the event stockout or empty, not %q", event)
	}
	r := &Rare{
		Subject: s, Hospital: hospital, Event: event, Runs: RareRuns, Estimates: RareEstimates, Plain: RarePlain,
		Confidence: s.File.Run.Confidence.Fraction(),
	}
	_, err := r.alarm(0)
	return r, err
}

// alarm returns what is feared, for the model.
func (r *Rare) alarm(chain float64) (model.Alarm, error) {
	a := model.Alarm{Hospital: model.None, Empty: r.Event == RareEmpty, Chain: chain}
	if r.Hospital == "" {
		return a, nil
	}
	for h := range r.Subject.Config.Hospitals {
		if r.Subject.Config.Hospitals[h].Name == r.Hospital {
			a.Hospital = h
			if a.Empty && len(r.Subject.Config.Hospitals[h].Lines) == 0 {
				return a, scenarios.Problems{r.Subject.Tree.Problem(r.Hospital, "keeps no cylinders; want the event stockout")}
			}
			return a, nil
		}
	}
	return a, fmt.Errorf("there is no hospital %q", r.Hospital)
}

// RareAnswer is what is known of the probability.
type RareAnswer struct {
	Rare
	Origin Origin

	// What plain replications saw.
	Simulated     int // of them; fewer than Plain if they saw it often enough
	Hits          int
	PlainEstimate float64
	PlainInterval stats.Interval // Clopper and Pearson's, for as many, or for as many hits
	Enough        bool           // they saw it often enough; nothing was split

	// What was found by splitting.
	Chain    float64        // the weight of the chain in how near a replication is
	Levels   []RareLevel    // in rising order; the last is that it happens
	Estimate float64        // of the probability
	Interval stats.Interval // for it, by Student's t
	Log      stats.Interval // for it, by Student's t of the logarithms
	StdErr   float64        // of Estimate
	Least    float64        // of the independent estimates
	Most     float64
	Zero     int     // estimates that are 0
	Effort   float64 // what was simulated for it, in whole replications
	Warnings []error
}

// RareLevel is a step towards what is feared.
type RareLevel struct {
	Nearness  float64 // in the unit of [model.World.Nearness]
	Share     float64 // of the runs that began the step, those that made it, over all estimates
	Runs      int     // that began it
	Reached   int     // that made it
	Ancestors float64 // replications from which these come, mean over the estimates that came so far
}

// Replaces returns how many plain replications would be as exact as the
// estimate by splitting: (1-p)/(p e²), with its relative error e.
func (a *RareAnswer) Replaces() float64 {
	if a.Estimate == 0 || a.StdErr == 0 {
		return math.Inf(1)
	}
	e := a.StdErr / a.Estimate
	return (1 - a.Estimate) / (a.Estimate * e * e)
}

// Where the numbers of the replications begin that are split, for pilots and
// for estimates: above all numbers of plain ones.
const (
	pilotsFrom    = 2 * MostReplications
	estimatesFrom = 4 * MostReplications
)

// chainWeights are the weights of the chain that are tried.
var chainWeights = []float64{0, 0.25, 0.5}

// splitter returns the splitting of a subject's replications, which are of
// numbers from first on. What is feared makes sense: NewRare has seen to it.
func (r *Rare) splitter(chain float64) *splitter {
	a, _ := r.alarm(chain)
	x := &splitter{alarm: a, seed: r.Subject.Seed}
	x.Splitting = sim.Splitting[*model.World]{
		New:      r.newWorld,
		Copy:     func(into, from *model.World) { into.CopyFrom(from) },
		Begin:    func(w *model.World, run int) { w.Begin(x.seed, x.first+run) },
		Diverge:  func(w *model.World, salt uint64) { w.Diverge(salt) },
		Approach: x.approach,
		Pick:     x.pick,
		Runs:     r.Runs,
	}
	return x
}

// Answer finds the probability. What it needs is simulated by the work.
func (r *Rare) Answer(ctx context.Context, k *Work) (*RareAnswer, error) {
	a := &RareAnswer{Rare: *r, Origin: r.Subject.Origin()}
	if r.Estimates < LeastEstimates {
		return nil, fmt.Errorf("want at least %d independent estimates, not %d", LeastEstimates, r.Estimates)
	}
	if err := a.plain(ctx, k); err != nil || a.Enough {
		return a, err
	}
	levels, err := a.pilot(ctx, k)
	if err != nil {
		return nil, err
	}
	if err := a.split(ctx, k, levels); err != nil {
		return nil, err
	}
	a.warn()
	return a, nil
}

// what names what is asked, in the names of stages.
func (r *Rare) what() string {
	who := r.Hospital
	if who == "" {
		who = "network"
	}
	return who + "." + r.Event
}

// plain simulates plain replications, each until it happens.
func (a *RareAnswer) plain(ctx context.Context, k *Work) error {
	st := Stage{Name: "plain " + a.what(), Title: "plain replications", N: a.Plain, Width: 1}
	alarm, err := a.alarm(0)
	if err != nil {
		return err
	}
	err = simulate(ctx, k, st, a.newWorld, func(w *model.World, replication int, row []float64) error {
		w.Begin(a.Subject.Seed, replication)
		row[0] = 0
		if w.Approach(alarm, model.Rings) >= model.Rings {
			row[0] = 1
		}
		return nil
	}, func(_ int, row []float64) bool {
		a.Simulated++
		a.Hits += int(row[0])
		return a.Hits < plainEnough
	})
	if err != nil {
		return err
	}
	n := a.Simulated
	a.PlainEstimate, a.PlainInterval = float64(a.Hits)/float64(n), stats.ClopperPearson(a.Hits, n, a.Confidence)
	if a.Enough = a.Hits == plainEnough; a.Enough && n > 1 {
		// The number of replications up to the last hit decides: Haldane (1945).
		a.PlainEstimate = float64(a.Hits-1) / float64(n-1)
		a.PlainInterval.Hi = stats.ClopperPearson(a.Hits-1, n-1, a.Confidence).Hi
	}
	return nil
}

// mostSteps is above the number of levels of an estimate.
const mostSteps = 65

// pilot finds levels, with each weight of the chain, and takes those that do
// better.
func (a *RareAnswer) pilot(ctx context.Context, k *Work) (levels []float64, err error) {
	st := Stage{Name: fmt.Sprintf("pilot %s runs=%d", a.what(), a.Runs), Title: "finding levels", N: len(chainWeights), Width: 2 + mostSteps}
	best := math.Inf(-1)
	err = simulate(ctx, k, st, func() *Rare { return &a.Rare }, func(r *Rare, i int, row []float64) error {
		x := r.splitter(chainWeights[i])
		x.first = pilotsFrom // the same futures for each
		levels, steps := x.Pilot(model.Rings)
		clear(row)
		row[0], row[1] = merit(steps, r.Runs), float64(len(levels))
		copy(row[2:], levels)
		return nil
	}, func(i int, row []float64) bool {
		if math.IsInf(best, -1) || row[0] > best+muchBetter*math.Abs(best) {
			best, a.Chain = row[0], chainWeights[i]
			levels = append(levels[:0], row[2:2+int(row[1])]...)
		}
		return true
	})
	return levels, err
}

// muchBetter is by which share a weight of the chain must do better than those
// before it, not to be taken by chance.
const muchBetter = 0.2

// merit returns how good the levels of a pilot are, more being better: it comes
// to the end, and from many ancestors.
func merit(steps []sim.Step, runs int) float64 {
	last := steps[len(steps)-1]
	if last.Level < model.Rings || last.Reached == 0 {
		return -float64(runs) + float64(len(steps))
	}
	return float64(last.Ancestors)
}

// split makes the independent estimates.
func (a *RareAnswer) split(ctx context.Context, k *Work, levels []float64) error {
	st := Stage{
		Name:  fmt.Sprintf("split %s runs=%d chain=%v levels=%v", a.what(), a.Runs, a.Chain, levels),
		Title: "splitting", N: a.Estimates, Width: 2 + 2*len(levels),
	}
	for _, level := range levels {
		a.Levels = append(a.Levels, RareLevel{Nearness: level})
	}
	came := make([]int, len(levels)) // estimates that made the step
	var t, logs stats.Tally
	err := simulate(ctx, k, st, func() *splitter { return a.splitter(a.Chain) }, func(x *splitter, i int, row []float64) error {
		x.first, x.spent = estimatesFrom+i*a.Runs, 0
		steps, p := x.Run(levels)
		clear(row)
		for j, s := range steps {
			row[2+2*j], row[3+2*j] = float64(s.Reached), float64(s.Ancestors)
		}
		row[0], row[1] = p, float64(x.spent)/float64(a.Subject.Config.Horizon)
		return nil
	}, func(_ int, row []float64) bool {
		t.Add(row[0])
		a.Effort += row[1]
		if row[0] == 0 {
			a.Zero++
		} else {
			logs.Add(math.Log(row[0]))
		}
		for j := range levels {
			if j > 0 && row[2*j] == 0 {
				break
			}
			l := &a.Levels[j]
			l.Runs += a.Runs
			l.Reached += int(row[2+2*j])
			if row[3+2*j] > 0 {
				came[j]++
				l.Ancestors += (row[3+2*j] - l.Ancestors) / float64(came[j])
			}
		}
		return true
	})
	if err != nil {
		return err
	}
	for j := range a.Levels {
		if l := &a.Levels[j]; l.Runs > 0 {
			l.Share = float64(l.Reached) / float64(l.Runs)
		}
	}
	a.Estimate, a.StdErr, a.Least, a.Most = t.Mean, t.StdErr(), t.Min, t.Max
	a.Interval = stats.MeanT(t, a.Confidence)
	a.Interval.Lo = max(a.Interval.Lo, 0)
	a.Log = logInterval(t, logs, a.Confidence)
	return nil
}

// logInterval returns an interval for the mean of estimates that are products of
// many shares, and so nearly lognormal, from their tally and that of their
// logarithms: Cox's, with Student's t. If one of them is 0 and has no logarithm,
// it is that of the logarithm of the mean by the delta method.
//
// Source: Olsson, "Confidence intervals for the mean of a log-normal
// distribution", Journal of Statistics Education 13 (2005).
func logInterval(t, logs stats.Tally, confidence float64) stats.Interval {
	if t.Mean == 0 {
		return stats.Interval{Lo: 0, Hi: math.Inf(1)}
	}
	n := float64(t.Count)
	center, off := math.Log(t.Mean), t.StdErr()/t.Mean
	if logs.Count == t.Count {
		s := logs.Variance()
		center, off = logs.Mean+s/2, math.Sqrt(s/n+s*s/(2*(n-1)))
	}
	off *= stats.TQuantile((1+confidence)/2, n-1)
	return stats.Interval{Lo: min(math.Exp(center-off), t.Mean), Hi: max(math.Exp(center+off), t.Mean)}
}

// fewAncestors is below which number of replications an estimate hangs on too
// few of them.
const fewAncestors = 3

// tooWide is the relative error above which an interval of so few estimates means
// little.
const tooWide = 0.5

// warn says what the reader of the estimate must be told.
func (a *RareAnswer) warn() {
	note := func(format string, args ...any) { a.Warnings = append(a.Warnings, fmt.Errorf(format, args...)) }
	last := a.Levels[len(a.Levels)-1]
	switch {
	case a.Estimate == 0:
		a.Warnings = append(a.Warnings, errors.New("nothing was hit: the bound is that of the plain replications; more runs of each step may help, and if they do not, levels do not: what makes it happen comes at one stroke"))
		return
	case last.Ancestors < fewAncestors:
		note("levels help little: what is hit comes from only %.1f replications of %d, on average; take the interval as a rough guide, and more runs of each step", last.Ancestors, a.Runs)
	}
	if a.StdErr > tooWide*a.Estimate {
		note("the estimates differ much, from %.2g to %.2g: the interval rests on a few of them and may be too low; take more runs of each step", a.Least, a.Most)
	}
	if a.Estimate > plainDo {
		note("it is not rare: plain replications would do as well, with run and --precision")
	}
	if a.PlainInterval.Lo > a.Log.Hi || a.PlainInterval.Hi < a.Log.Lo {
		note("plain replications saw it %d times in %d, which is not within the interval of splitting", a.Hits, a.Simulated)
	}
}

// Next returns what one may want to know after the answer.
func (a *RareAnswer) Next() (list []Advice) {
	var args []string
	if a.Hospital != "" {
		args = append(args, "--hospital", strings.TrimPrefix(a.Hospital, "hospital."))
	}
	if a.Enough || a.Estimate > plainDo {
		return append(list, Advice{Command(a.Subject, "run", append(args, "--precision", "0.5pp")...), "it is not rare: plain replications"})
	}
	if a.Event == RareEmpty {
		args = append(args, "--event", RareEmpty)
	}
	runs, why := 4*a.Runs, "half the interval"
	if a.Estimate == 0 {
		why = "more runs of each step, to hit it"
	}
	return append(list, Advice{Command(a.Subject, "rare", append(args, "--runs", strconv.Itoa(runs))...), why})
}
