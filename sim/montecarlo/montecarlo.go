package montecarlo

import (
	"context"
	"fmt"
	"math"
	"runtime"
	"sync"
)

// Options say which replications to run, and how. Of these, only First and N
// can be seen in the results.
type Options struct {
	First   int // number of the first replication, from 0 on
	N       int // how many replications at most; fold may stop earlier
	Workers int // how many at once; 0 is as many as there are processors (GOMAXPROCS)
	Batch   int // how many a worker takes at once; 0 is up to 16, fewer if there are few
}

// ringFactor is the number of batches in the ring for each worker: one that is
// being simulated, and three by which a worker may be ahead of the slowest.
const ringFactor = 4

// The default batch is of at most mostPerBatch replications, so that handing
// one over, about a µs, is lost even among replications of 20 µs; and there are
// at least batchesPerWorker for each worker, so that none waits long for the
// last.
const (
	mostPerBatch     = 16
	batchesPerWorker = 16
)

// Run simulates the replications from o.First on and folds their results in
// order.
//
// Each worker calls newWorker once, in its own goroutine; the value belongs to
// that goroutine, and no replication starts before all workers are there.
// newResult is called beforehand, for the ring of results. do simulates a
// replication into a result that may hold an older one. fold is called in the
// goroutine that called Run, for each replication exactly once, in order; it
// may keep what the result points to only until it returns. If it returns
// false, nothing later is folded.
//
// Run returns the first replication that was not folded, with which another Run
// may go on, and why it stopped:
//
//   - nil, if all were folded or fold returned false;
//   - ctx.Err(), if ctx was cancelled: those that were finished by then, up to
//     the first that was not, are folded;
//   - an error that wraps the error of do and names the replication, if one
//     failed: those before it are folded, and next is its number;
//   - a *PanicError, if do panicked: in the same way;
//   - an error that wraps the error of newWorker, or its *PanicError: nothing is
//     folded.
//
// It returns when all its goroutines have, for which running replications are
// waited for. It panics if an option is negative, or if fold or newResult does.
func Run[W, R any](
	ctx context.Context, o Options,
	newWorker func() (W, error), newResult func() R,
	do func(w W, replication int, into *R) error,
	fold func(replication int, r *R) bool,
) (next int, err error) {
	o = o.withDefaults()
	batches := o.batches()
	if batches == 0 {
		return o.First, nil
	}
	ring := newRing(min(batches, ringFactor*o.Workers), o.Batch, newResult)
	inner, stop := context.WithCancel(ctx)
	p := &pool[W, R]{Options: o, done: inner.Done(), do: do, ring: ring}
	// Tickets are the numbers of the batches that have a place in the ring.
	p.tickets = make(chan int, len(ring))
	for b := range ring {
		p.tickets <- b
	}
	var workers sync.WaitGroup
	defer func() { // even if fold panics
		stop()
		close(p.tickets)
		workers.Wait()
	}()
	if err := p.start(&workers, newWorker); err != nil {
		return o.First, err
	}

	next = o.First
	for b := range batches {
		s := &ring[b%len(ring)]
		<-s.ready
		for i := range s.finished {
			next++
			if !fold(next-1, &s.results[i]) {
				return next, nil
			}
		}
		if s.err != nil {
			return next, s.err
		}
		if s.finished < o.size(b) { // cut short
			return next, ctx.Err()
		}
		if later := b + len(ring); later < batches {
			p.tickets <- later
		}
	}
	return next, nil
}

// withDefaults returns the options with what is not said filled in. It panics
// if one is negative.
func (o Options) withDefaults() Options {
	if o.First < 0 || o.N < 0 || o.Workers < 0 || o.Batch < 0 || o.First > math.MaxInt-o.N {
		panic(fmt.Sprintf("montecarlo: want options from 0 on, not %+v", o))
	}
	if o.Workers == 0 {
		o.Workers = runtime.GOMAXPROCS(0)
	}
	if o.Batch == 0 {
		o.Batch = min(mostPerBatch, o.N/o.Workers/batchesPerWorker)
	}
	o.Batch = min(max(o.Batch, 1), max(o.N, 1))
	o.Workers = min(o.Workers, max(o.batches(), 1))
	return o
}

// batches returns the number of batches; the last may be smaller.
func (o Options) batches() int {
	n := o.N / o.Batch
	if o.N%o.Batch > 0 {
		n++
	}
	return n
}

// size returns the number of replications in batch b.
func (o Options) size(b int) int { return min(o.Batch, o.N-b*o.Batch) }
