package montecarlo

import (
	"errors"
	"fmt"
	"runtime/debug"
	"slices"
	"sync"
)

// PanicError is a panic in a replication, which is the model's mistake.
type PanicError struct {
	Replication int    // -1 if it was in newWorker
	Value       any    // what was panicked with
	Stack       []byte // of the goroutine, as from debug.Stack
}

// Error returns what was panicked with and where to repeat it, without the
// stack.
func (e *PanicError) Error() string {
	if e.Replication < 0 {
		return fmt.Sprintf("start a worker: panic: %v", e.Value)
	}
	return fmt.Sprintf("replication %d: panic: %v", e.Replication, e.Value)
}

// Unwrap returns what was panicked with if that is an error, and nil if not.
func (e *PanicError) Unwrap() error {
	err, _ := e.Value.(error)
	return err
}

// errExit is the error of functions that ended their goroutine, as a test's
// FailNow does.
var errExit = errors.New("it called runtime.Goexit")

// slot is a place in the ring. It belongs to the worker that has its ticket
// until ready is sent, and to the fold from then until the next ticket is.
type slot[R any] struct {
	ready    chan struct{} // of one
	results  []R
	finished int   // how many results are good, from the first on
	err      error // why there is no more; nil if all are there or if the worker was stopped
}

// newRing returns a ring of n slots of results.
func newRing[R any](n, batch int, newResult func() R) []slot[R] {
	ring := make([]slot[R], n)
	for i := range ring {
		ring[i].ready = make(chan struct{}, 1)
		ring[i].results = make([]R, batch)
		for j := range ring[i].results {
			ring[i].results[j] = newResult()
		}
	}
	return ring
}

// pool is what workers share.
type pool[W, R any] struct {
	Options
	tickets chan int        // batches that may be simulated; closed at the end
	done    <-chan struct{} // closed when to stop
	do      func(w W, replication int, into *R) error
	ring    []slot[R]
}

// start starts the workers. It returns when all have begun, or the error of the
// first of them that could not; then none goes on.
func (p *pool[W, R]) start(workers *sync.WaitGroup, newWorker func() (W, error)) error {
	errs := make([]error, p.Workers)
	var begun sync.WaitGroup
	begun.Add(p.Workers)
	firstErr := func() error {
		begun.Wait()
		i := slices.IndexFunc(errs, func(err error) bool { return err != nil })
		if i < 0 {
			return nil
		}
		return errs[i]
	}
	for i := range p.Workers {
		workers.Go(func() {
			w := begin(newWorker, &errs[i], begun.Done)
			if firstErr() != nil {
				return
			}
			for b := range p.tickets {
				p.batch(w, b)
			}
		})
	}
	return firstErr()
}

// begin returns a new worker, or sets err; then it calls done, whatever
// newWorker did.
func begin[W any](newWorker func() (W, error), err *error, done func()) (w W) {
	defer done()
	returned := false
	defer func() {
		if v := recover(); v != nil {
			*err = &PanicError{-1, v, debug.Stack()}
		} else if !returned {
			*err = fmt.Errorf("start a worker: %w", errExit)
		}
	}()
	w, e := newWorker()
	if e != nil {
		*err = fmt.Errorf("start a worker: %w", e)
	}
	returned = true
	return w
}

// batch simulates the replications of batch b, until one fails or it is to
// stop.
func (p *pool[W, R]) batch(w W, b int) {
	s := &p.ring[b%len(p.ring)]
	first := p.First + b*p.Batch
	size := p.size(b)
	s.finished, s.err = 0, nil
	finished, returned := 0, false
	defer func() {
		if v := recover(); v != nil {
			s.err = &PanicError{first + finished, v, debug.Stack()}
		} else if !returned {
			s.err = fmt.Errorf("replication %d: %w", first+finished, errExit)
		}
		s.finished = finished
		s.ready <- struct{}{}
	}()
	for ; finished < size; finished++ {
		select {
		case <-p.done:
			returned = true
			return
		default:
		}
		if err := p.do(w, first+finished, &s.results[finished]); err != nil {
			s.err = fmt.Errorf("replication %d: %w", first+finished, err)
			break
		}
	}
	returned = true
}
