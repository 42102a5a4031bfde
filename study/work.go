package study

import (
	"context"
	"fmt"
	"sync"

	"oxysim/sim/montecarlo"
)

// Work is the simulating that a question needs: how it is done, how far it is,
// and what is kept of it if it is interrupted. A question is a function of the
// rows it gets here, so that asking it again with the rows that were kept goes
// on where it ended, and gives the same answer to the last bit.
type Work struct {
	Subject *Subject
	Workers int            // replications at once; 0 for as many as there are processors
	Watch   func(Progress) // called after each replication, where the question is asked; nil for nobody
	Guard   Guard          // held while rows are kept; nil if nobody else looks meanwhile

	stages map[string]*rows
	order  []string // names of stages, as they were begun
	count  int      // rows that are kept
}

// Progress says how far a question is.
type Progress struct {
	Stage string // in words
	Done  int    // replications of the stage
	Most  int    // that the stage may have; 0 if that is not known
}

// NewWork returns the work on questions about a subject, with nothing done.
func NewWork(s *Subject) *Work { return &Work{Subject: s, stages: map[string]*rows{}} }

// Count returns how many rows are kept.
func (k *Work) Count() int { return k.count }

// Stage is a part of a question's work: the same computation for consecutive
// replications.
type Stage struct {
	Name  string // says what is computed: all that decides the numbers but the subject's origin and the replication
	Title string // says it in a few words, for who waits; the name if empty
	First int    // number of the first replication
	N     int    // how many, at most
	Width int    // numbers for each
}

// rows are the numbers of consecutive replications of a stage.
type rows struct {
	first, width int
	values       []float64 // row by row
	idle         []any     // workers of stages that have ended, for the next of the same name
	mu           sync.Mutex
}

func (r *rows) count() int {
	if r.width == 0 {
		return 0
	}
	return len(r.values) / r.width
}

func (r *rows) row(replication int) []float64 {
	at := (replication - r.first) * r.width
	return r.values[at : at+r.width]
}

// borrow returns a worker that is idle, or a new one.
func (r *rows) borrow(begin func() any) any {
	r.mu.Lock()
	if n := len(r.idle); n > 0 {
		w := r.idle[n-1]
		r.idle = r.idle[:n-1]
		r.mu.Unlock()
		return w
	}
	r.mu.Unlock()
	return begin()
}

// stage returns the rows of a stage. They are of consecutive replications: a
// stage of the same name goes on where the other ended, or begins within it.
func (k *Work) stage(st Stage) *rows {
	r := k.stages[st.Name]
	switch {
	case r == nil:
		r = &rows{first: st.First, width: st.Width}
		k.stages[st.Name] = r
		k.order = append(k.order, st.Name)
	case r.width != st.Width || st.First < r.first || st.First > r.first+r.count():
		panic(fmt.Sprintf("study: the stage %q, from replication %d on, does not go on with %d rows of %d from %d on", st.Name, st.First, r.count(), r.width, r.first))
	}
	return r
}

// Dismiss lets go of the workers of what has been asked, with their worlds. What is
// asked again has others.
func (k *Work) Dismiss() {
	for _, r := range k.stages {
		r.idle = nil
	}
}

// simulate computes a row for each replication of a stage, several at once, and
// folds them in order; fold may keep a row only until it returns, and returns
// false if no more is wanted. Rows that are kept are not computed again. The
// rows are the same on any number of workers. If the context is cancelled, it
// returns its error; what is finished is kept.
//
// W is what belongs to one worker, such as [Futures]. Workers of a stage are
// used again by a stage of the same name.
func simulate[W any](ctx context.Context, k *Work, st Stage, newWorker func() W,
	do func(w W, replication int, row []float64) error, fold func(replication int, row []float64) bool,
) error {
	r := k.stage(st)
	next, end := st.First, st.First+st.N
	progress := Progress{Stage: st.Title, Most: st.N}
	if progress.Stage == "" {
		progress.Stage = st.Name
	}
	for ; next < min(end, r.first+r.count()); next++ {
		progress.Done++
		if !fold(next, r.row(next)) {
			return nil
		}
	}
	if next == end {
		return nil
	}
	var mine []any // workers of this call
	var mu sync.Mutex
	begin := func() (W, error) {
		w := r.borrow(func() any { return newWorker() })
		mu.Lock()
		mine = append(mine, w)
		mu.Unlock()
		return w.(W), nil
	}
	compute := func(w W, replication int, into *[]float64) error { return do(w, replication, *into) }
	enough := false
	keep := func(replication int, row *[]float64) bool {
		if k.Guard != nil {
			k.Guard.Lock()
		}
		r.values = append(r.values, *row...)
		k.count++
		if k.Guard != nil {
			k.Guard.Unlock()
		}
		enough = !fold(replication, *row)
		progress.Done++
		if k.Watch != nil {
			k.Watch(progress)
		}
		return !enough
	}
	next, err := montecarlo.Run(ctx, montecarlo.Options{First: next, N: end - next, Workers: k.Workers, Batch: k.batch(end - next)},
		begin, func() []float64 { return make([]float64, st.Width) }, compute, keep)
	r.idle = append(r.idle, mine...)
	switch {
	case enough || next == end:
		return nil // the last was folded when it was cancelled
	case err != nil && ctx.Err() == nil:
		return &Broken{Subject: k.Subject, Replication: next, Err: err}
	}
	return err
}

// mostPerBatch is how many replications a worker takes at once: one row may be
// dozens of simulations, and what is under way when somebody interrupts is
// waited for.
const mostPerBatch = 4

// batch returns how many of n replications a worker takes at once.
func (k *Work) batch(n int) int { return min(mostPerBatch, 1+n/64) }
