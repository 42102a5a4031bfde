package study

import (
	"context"
	"errors"
	"fmt"

	"oxysim/sim/montecarlo"
)

// Run is the question what happens in a scenario as it is, and whether its
// target is met. What is known so far is its Fold: replications are added to it
// by Simulate, or one by one by whoever has records.
type Run struct {
	Subject    *Subject
	N          int       // how many replications, at most
	Precision  Precision // with which to stop earlier
	Confidence float64   // of every interval, in (0,1)
	Target     Target
	Fold       *Fold
	codec      *Codec
	Guard      Guard // held while Simulate adds a replication; nil if nobody else looks meanwhile
	done       bool  // the precision is reached
	widest     int   // index in Target.judged of an interval that was too wide
}

// Guard is a lock, such as a *sync.Mutex. Who holds it may read a Run, or save
// it, while it is simulated.
type Guard interface {
	Lock()
	Unlock()
}

// MostReplications is above the number of any replication.
const MostReplications = 1_000_000_000_000

// NewRun returns the question, with nothing known. Replications are numbered
// from first on. The error is a scenarios.Problems if it is the
// scenario's.
func NewRun(s *Subject, first, n int, p Precision) (*Run, error) {
	if first > MostReplications-n {
		return nil, fmt.Errorf("want replications of numbers below %d, not %d from %d on", MostReplications, n, first)
	}
	metrics := s.NewWorld().Metrics()
	target, problems := NewTarget(s, metrics)
	if len(problems) > 0 {
		return nil, problems
	}
	if err := p.suits(target); err != nil {
		return nil, err
	}
	return &Run{
		Subject: s, N: n, Precision: p, Confidence: s.File.Run.Confidence.Fraction(), Target: target,
		Fold: NewFold(metrics, first), codec: NewCodec(s.Origin(), metrics),
	}, nil
}

// way says how intervals are made: if the number of replications depends on
// what was seen, so that they hold nevertheless.
func (r *Run) way() way { return way{r.Confidence, r.Precision != Precision{}} }

// Codec writes and reads records of the subject.
func (r *Run) Codec() *Codec { return r.codec }

// Count returns how many replications are known.
func (r *Run) Count() int { return r.Fold.Count }

// Done reports whether no further replication is wanted.
func (r *Run) Done() bool { return r.done || r.Fold.Count >= r.N }

// Add adds the next replication, and reports whether another is wanted.
func (r *Run) Add(values []float64) bool {
	r.Fold.Add(values)
	r.done = r.reached()
	return !r.Done()
}

// manyMetrics is the number of metrics from which on workers hand over each
// replication by itself: such take long, and many that wait would take room.
const manyMetrics = 2000

// replication is what a worker hands over.
type replication struct {
	values []float64
	line   []byte // its record, if it is wanted
}

// Simulate adds replications until the run is done, the context is cancelled,
// or something fails; those that were finished by then, up to the first that
// was not, are added. Results do not depend on the number of workers; 0 is as
// many as there are processors.
//
// If record is not nil, it is called with the line of each replication, in
// order, before it is added. If watch is not nil, it is called after each.
func (r *Run) Simulate(ctx context.Context, workers int, record func(line []byte) error, watch func()) error {
	if r.Done() {
		return nil
	}
	metrics := r.Fold.metrics
	simulate := func(w World, number int, into *replication) error {
		values := w.Run(r.Subject.Seed, number)
		if err := lawful(metrics, values); err != nil {
			return err
		}
		copy(into.values, values)
		if record != nil {
			into.line = r.codec.Append(into.line[:0], number, values)
		}
		return nil
	}
	var failed error
	fold := func(_ int, x *replication) bool {
		if record != nil {
			if failed = record(x.line); failed != nil {
				return false
			}
		}
		if r.Guard != nil {
			r.Guard.Lock()
		}
		more := r.Add(x.values)
		if r.Guard != nil {
			r.Guard.Unlock()
		}
		if watch != nil {
			watch()
		}
		return more
	}
	o := montecarlo.Options{First: r.Fold.Next(), N: r.N - r.Fold.Count, Workers: workers}
	if len(metrics) >= manyMetrics {
		o.Batch = 1
	}
	next, err := montecarlo.Run(ctx, o,
		func() (World, error) { return r.Subject.NewWorld(), nil },
		func() replication { return replication{values: make([]float64, len(metrics))} },
		simulate, fold)
	if failed != nil {
		return failed
	}
	if err != nil && ctx.Err() == nil {
		return &Broken{Subject: r.Subject, Replication: next, Err: err}
	}
	if r.Done() {
		return nil // the last was added when it was cancelled
	}
	return err
}

// Broken is a replication in which the model broke its own laws.
type Broken struct {
	Subject     *Subject
	Replication int
	Err         error // a *montecarlo.PanicError if it panicked
}

// Error says what happened, in which replication of what.
func (b *Broken) Error() string {
	var what any = b.Err
	var p *montecarlo.PanicError
	if errors.As(b.Err, &p) {
		what = p.Value
	} else if inner := errors.Unwrap(b.Err); inner != nil { // without the number of the replication
		what = inner
	}
	return fmt.Sprintf("scenario %s, seed %d, replication %d: %v", b.Subject.Called, b.Subject.Seed, b.Replication, what)
}

// Unwrap returns the model's error.
func (b *Broken) Unwrap() error { return b.Err }

// Widest returns the half-width of the widest interval that the target is
// judged by, and whether it is that of a probability; +Inf if nothing is known.
func (r *Run) Widest() (halfWidth float64, probability bool) {
	for _, i := range r.Target.judged {
		in, _, _ := r.Fold.interval(i, r.way())
		halfWidth = max(halfWidth, in.HalfWidth())
	}
	return halfWidth, r.Target.Probability()
}
