package sim

import (
	"cmp"
	"fmt"
	"math"
	"slices"
)

// Splitting finds the probability of what plain replications would hardly ever
// see. How near a replication has come to it is a number; a rising sequence of
// levels of that number is given, and a replication that reaches one is copied
// there and goes on in many ways. So each step is likely, and the probability is
// the product of the shares that make the step.
//
// The estimate is unbiased, whatever the levels are, as long as they do not
// depend on the runs they are used for: each state from which a step begins is
// begun from equally often, on average, and each step has the same number of
// runs (fixed effort). How much is gained depends on the levels, and on whether
// nearness tells what will follow.
//
// Source: L'Ecuyer, Demers & Tuffin, "Rare events, splitting, and quasi-Monte
// Carlo", ACM TOMACS 17 (2007), section 3.
//
// S is a running replication, such as a pointer to a world. A Splitting belongs
// to one goroutine.
type Splitting[S any] struct {
	New      func() S                             // a replication that has not begun
	Copy     func(into, from S)                   // makes one replication equal to another
	Begin    func(s S, run int)                   // begins a run, as plain replications begin
	Diverge  func(s S, salt uint64)               // gives one another future, by the salt
	Approach func(s S, level float64) (n float64) // goes on until the level is reached or all is over; returns how near it came
	Pick     func(salt uint64, n int) int         // a random number below n, by the salt, apart from all other chance
	Runs     int                                  // of each step

	running S
	made    bool
	now     []entrance[S] // states in which the present level was reached
	next    []entrance[S]
}

// entrance is a state in which a level was reached, and the run of the first
// step from which it comes.
type entrance[S any] struct {
	state    S
	made     bool
	ancestor int
}

// Step is what became of the runs of one step.
type Step struct {
	Level     float64 // that was to be reached
	Reached   int     // runs that did
	Ancestors int     // runs of the first step from which these come
}

// Run makes a step for each level, in rising order, and returns their outcomes
// and the estimate: the probability of reaching the last. A step from which
// there is nothing to begin has no outcome.
func (p *Splitting[S]) Run(levels []float64) (steps []Step, estimate float64) {
	p.begin()
	estimate = 1
	for k, level := range levels {
		p.next = p.next[:0]
		for run := range p.Runs {
			ancestor := p.start(k, run)
			if p.Approach(p.running, level) >= level {
				p.keep(ancestor)
			}
		}
		p.now, p.next = p.next, p.now
		steps = append(steps, Step{level, len(p.now), p.ancestors()})
		estimate *= float64(len(p.now)) / float64(p.Runs)
		if len(p.now) == 0 {
			break
		}
	}
	return steps, estimate
}

// wanted is the share of the runs of a step that the pilot wants to make it.
const wanted = 0.2

// mostLevels is the most levels that a pilot finds.
const mostLevels = 64

// Pilot finds levels up to a last one such that about one run in five makes each
// step, in two passes a step: one to see how near the runs come, and one to
// stop them there. They are random; use them for other runs.
//
// Source: Cérou & Guyader, "Adaptive multilevel splitting for rare event
// analysis", Stochastic Analysis and Applications 25 (2007).
func (p *Splitting[S]) Pilot(last float64) (levels []float64, steps []Step) {
	p.begin()
	came := make([]float64, p.Runs)
	reached := math.Inf(-1)
	for k := 0; k < mostLevels-1; k++ {
		for run := range p.Runs {
			p.start(k, run)
			came[run] = p.Approach(p.running, last)
		}
		level := nextLevel(came, reached, last)
		p.next = p.next[:0]
		for run := range p.Runs {
			if came[run] < level {
				continue
			}
			ancestor := p.start(k, run)
			if near := p.Approach(p.running, level); near < level {
				panic(fmt.Sprintf("sim: run %d of step %d came as near as %v, and now only %v", run, k, came[run], near))
			}
			p.keep(ancestor)
		}
		p.now, p.next = p.next, p.now
		levels = append(levels, level)
		steps = append(steps, Step{level, len(p.now), p.ancestors()})
		if reached = level; level == last || len(p.now) == 0 {
			break
		}
	}
	if len(levels) > 0 && levels[len(levels)-1] != last {
		levels = append(levels, last)
	}
	return levels, steps
}

// nextLevel returns the level above one reached that about the wanted share of
// runs reach, by how near they came; the last, if none comes beyond the one
// reached.
func nextLevel(came []float64, reached, last float64) float64 {
	sorted := slices.Clone(came)
	slices.SortFunc(sorted, func(a, b float64) int { return cmp.Compare(b, a) })
	best, off := last, math.Inf(1)
	for i, x := range sorted {
		if x <= reached {
			break
		}
		if i+1 < len(sorted) && sorted[i+1] == x {
			continue // as many reach it as come as near
		}
		if d := math.Abs(math.Log(float64(i+1) / float64(len(sorted)) / wanted)); d < off {
			best, off = min(x, last), d
		}
	}
	return best
}

// begin makes what is needed.
func (p *Splitting[S]) begin() {
	if !p.made {
		p.running, p.made = p.New(), true
		p.now, p.next = make([]entrance[S], 0, p.Runs), make([]entrance[S], 0, p.Runs)
	}
	p.now, p.next = p.now[:0], p.next[:0]
}

// start begins a run of a step, and returns the run of the first step from which
// it comes. Each state from which the step begins is taken equally often; those
// that are taken once more are picked at random.
func (p *Splitting[S]) start(step, run int) (ancestor int) {
	if step == 0 {
		p.Begin(p.running, run)
		return run
	}
	salt, n := uint64(step)<<32|uint64(run), len(p.now)
	from := run % n
	if run >= p.Runs/n*n {
		from = p.Pick(salt, n)
	}
	p.Copy(p.running, p.now[from].state)
	p.Diverge(p.running, salt)
	return p.now[from].ancestor
}

// keep keeps the state of the run that has just reached a level.
func (p *Splitting[S]) keep(ancestor int) {
	n := len(p.next)
	p.next = p.next[:n+1]
	e := &p.next[n]
	if !e.made {
		e.state, e.made = p.New(), true
	}
	e.ancestor = ancestor
	p.Copy(e.state, p.running)
}

// ancestors returns from how many runs of the first step the present states
// come. Those of one step are in no order.
func (p *Splitting[S]) ancestors() int {
	seen := map[int]bool{}
	for i := range p.now {
		seen[p.now[i].ancestor] = true
	}
	return len(seen)
}
