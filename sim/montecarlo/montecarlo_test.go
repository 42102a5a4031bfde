package montecarlo

import (
	"context"
	"errors"
	"fmt"
	"math"
	"runtime"
	"strings"
	"sync"
	"sync/atomic"
	"testing"
	"time"
)

// manners are the numbers of workers and of replications in a batch that must
// not show in any result.
func manners(yield func(workers, batch int) bool) {
	for _, workers := range []int{1, 2, 7, 32} {
		for _, batch := range []int{0, 1, 3, 16} {
			if !yield(workers, batch) {
				return
			}
		}
	}
}

// result is what a replication leaves, with a slice that is used again.
type result struct {
	draws []uint64
}

func newResult() result { return result{draws: make([]uint64, 0, 8)} }

// world is a worker that remembers, as it must not, and is in use by one
// goroutine, as it must be.
type world struct {
	busy atomic.Bool
}

func newWorld() (*world, error) { return new(world), nil }

// simulate leaves some numbers that depend on the replication alone. Some
// replications take longer than others, so that workers overtake each other.
func (w *world) simulate(replication int, into *result) error {
	if w.busy.Swap(true) {
		return errors.New("the worker is in use by two goroutines")
	}
	defer w.busy.Store(false)
	into.draws = into.draws[:0]
	x := uint64(replication) + 1
	for range replication%5 + 1 {
		x ^= x << 13
		x ^= x >> 7
		x ^= x << 17
		into.draws = append(into.draws, x)
	}
	if x%7 == 0 {
		runtime.Gosched()
	}
	if x%64 == 0 {
		time.Sleep(50 * time.Microsecond)
	}
	return nil
}

// noLeak fails if there are more goroutines at the end of the test than now,
// once those that are ending had time to.
func noLeak(t *testing.T) {
	before := runtime.NumGoroutine()
	t.Cleanup(func() {
		for range 200 {
			if runtime.NumGoroutine() <= before {
				return
			}
			time.Sleep(5 * time.Millisecond)
		}
		t.Errorf("got %d goroutines, want %d as before", runtime.NumGoroutine(), before)
	})
}

// transcript runs replications and returns what was folded, in words, and how
// it ended.
func transcript(t *testing.T, o Options, do func(w *world, replication int, into *result) error, goOn func(replication int) bool) (string, int, error) {
	t.Helper()
	var s strings.Builder
	next, err := Run(t.Context(), o, newWorld, newResult, do, func(replication int, r *result) bool {
		fmt.Fprintln(&s, replication, r.draws)
		return goOn(replication)
	})
	return s.String(), next, err
}

func always(int) bool { return true }

func TestSameOnAnyNumberOfProcessors(t *testing.T) {
	noLeak(t)
	want, _, _ := transcript(t, Options{First: 5, N: 300, Workers: 1, Batch: 1}, (*world).simulate, always)
	if lines := strings.Count(want, "\n"); lines != 300 || !strings.HasPrefix(want, "5 ") {
		t.Fatalf("got %d lines that begin with %.10q, want 300 from 5 on", lines, want)
	}
	for workers, batch := range manners {
		got, next, err := transcript(t, Options{First: 5, N: 300, Workers: workers, Batch: batch}, (*world).simulate, always)
		if got != want || next != 305 || err != nil {
			t.Errorf("workers %d, batch %d: got %d, %v and other results", workers, batch, next, err)
		}
	}
}

// A rule that stops early sees the replications before, in order, and nothing
// else: it stops at the same one whoever is ahead. Another run may go on there.
func TestStoppingLooksAtWhatCameBefore(t *testing.T) {
	noLeak(t)
	const limit = 123.0 // of a sum of numbers in [0,1): some 250 replications
	value := func(r *result) float64 { return float64(r.draws[0]%1000) / 1000 }
	want := 0
	for sum, w, r := 0.0, new(world), newResult(); sum < limit; want++ {
		w.simulate(want, &r)
		sum += value(&r)
	}
	for workers, batch := range manners {
		var sum float64
		var count int
		rule := func(_ int, r *result) bool {
			count++
			sum += value(r)
			return sum < limit
		}
		next, err := Run(t.Context(), Options{N: 100_000, Workers: workers, Batch: batch}, newWorld, newResult, (*world).simulate, rule)
		if next != want || count != want || err != nil {
			t.Errorf("workers %d, batch %d: got %d after %d, %v, want %d", workers, batch, next, count, err, want)
		}
	}
	whole, _, _ := transcript(t, Options{N: 200}, (*world).simulate, always)
	part, next, _ := transcript(t, Options{N: 200}, (*world).simulate, func(r int) bool { return r < 77 })
	rest, _, _ := transcript(t, Options{First: next, N: 200 - next}, (*world).simulate, always)
	if next != 78 || part+rest != whole {
		t.Errorf("stopped before %d and continued: got other results", next)
	}
}

func TestNothingToRun(t *testing.T) {
	noLeak(t)
	got, next, err := transcript(t, Options{First: 3}, (*world).simulate, always)
	if got != "" || next != 3 || err != nil {
		t.Errorf("got %q, %d, %v, want nothing and 3", got, next, err)
	}
}

var errBroken = errors.New("broken")

// The error that is returned is that of the first replication that failed, not
// of the first that was simulated, and everything before it is folded.
func TestErrorStopsTheRun(t *testing.T) {
	noLeak(t)
	do := func(w *world, replication int, into *result) error {
		if replication == 131 || replication == 150 {
			return errBroken
		}
		return w.simulate(replication, into)
	}
	want, _, _ := transcript(t, Options{N: 131}, (*world).simulate, always)
	for workers, batch := range manners {
		got, next, err := transcript(t, Options{N: 1000, Workers: workers, Batch: batch}, do, always)
		if got != want || next != 131 || !errors.Is(err, errBroken) || err.Error() != "replication 131: broken" {
			t.Errorf("workers %d, batch %d: got %d, %v", workers, batch, next, err)
		}
	}
}

func TestPanicStopsTheRun(t *testing.T) {
	noLeak(t)
	do := func(w *world, replication int, into *result) error {
		if replication >= 42 {
			panic(errBroken)
		}
		return w.simulate(replication, into)
	}
	want, _, _ := transcript(t, Options{N: 42}, (*world).simulate, always)
	for workers, batch := range manners {
		got, next, err := transcript(t, Options{N: 1000, Workers: workers, Batch: batch}, do, always)
		var p *PanicError
		if got != want || next != 42 || !errors.As(err, &p) || p.Replication != 42 || p.Value != any(errBroken) ||
			!strings.Contains(string(p.Stack), "TestPanicStopsTheRun") {
			t.Errorf("workers %d, batch %d: got %d, %v", workers, batch, next, err)
		}
		if !errors.Is(err, errBroken) || err.Error() != "replication 42: panic: broken" {
			t.Errorf("got %v, want it to tell the panic", err)
		}
	}
	if got := (&PanicError{Value: "words"}).Unwrap(); got != nil {
		t.Errorf("a panic with words: got %v, want nothing to unwrap", got)
	}
}

func TestGoexitStopsTheRun(t *testing.T) {
	noLeak(t)
	do := func(w *world, replication int, into *result) error {
		if replication == 42 {
			runtime.Goexit()
		}
		return w.simulate(replication, into)
	}
	for workers, batch := range manners {
		_, next, err := transcript(t, Options{N: 1000, Workers: workers, Batch: batch}, do, always)
		if next != 42 || err == nil || err.Error() != "replication 42: it called runtime.Goexit" {
			t.Errorf("workers %d, batch %d: got %d, %v", workers, batch, next, err)
		}
	}
}

func TestWorkerThatCannotStart(t *testing.T) {
	noLeak(t)
	for want, fail := range map[string]func(){
		"start a worker: broken":                   func() {},
		"start a worker: panic: out of worlds":     func() { panic("out of worlds") },
		"start a worker: it called runtime.Goexit": runtime.Goexit,
	} {
		var calls, runs atomic.Int32
		newWorker := func() (*world, error) {
			if calls.Add(1) == 3 {
				fail()
				return nil, errBroken
			}
			return new(world), nil
		}
		do := func(*world, int, *result) error { runs.Add(1); return nil }
		next, err := Run(t.Context(), Options{N: 1000, Workers: 4}, newWorker, newResult, do, func(int, *result) bool { return true })
		if next != 0 || err == nil || err.Error() != want || runs.Load() != 0 || calls.Load() != 4 {
			t.Errorf("got %d, %v after %d calls and %d replications, want %q and none", next, err, calls.Load(), runs.Load(), want)
		}
	}
}

// Cancelling in the middle of everything leaves a prefix of what would have
// been.
func TestCancelLeavesAPrefix(t *testing.T) {
	noLeak(t)
	whole, _, _ := transcript(t, Options{N: 2000}, (*world).simulate, always)
	for workers, batch := range manners {
		ctx, cancel := context.WithCancel(t.Context())
		do := func(w *world, replication int, into *result) error {
			if replication == 300 {
				cancel()
			}
			return w.simulate(replication, into)
		}
		var s strings.Builder
		fold := func(replication int, r *result) bool {
			fmt.Fprintln(&s, replication, r.draws)
			return true
		}
		next, err := Run(ctx, Options{N: 2000, Workers: workers, Batch: batch}, newWorld, newResult, do, fold)
		if !errors.Is(err, context.Canceled) || next >= 2000 || !strings.HasPrefix(whole, s.String()) || strings.Count(s.String(), "\n") != next {
			t.Errorf("workers %d, batch %d: got %d, %v, want a prefix", workers, batch, next, err)
		}
		if workers == 1 && next != 301 {
			t.Errorf("batch %d: got %d, want 301: the one that was running is folded", batch, next)
		}
		cancel()
	}
}

func TestCancelledBeforehand(t *testing.T) {
	noLeak(t)
	ctx, cancel := context.WithCancel(t.Context())
	cancel()
	next, err := Run(ctx, Options{First: 9, N: 10}, newWorld, newResult, (*world).simulate, func(int, *result) bool {
		t.Error("want nothing to be folded")
		return true
	})
	if next != 9 || !errors.Is(err, context.Canceled) {
		t.Errorf("got %d, %v, want 9 and a cancelled context", next, err)
	}
}

// What is complete is not spoiled by a cancellation that comes too late.
func TestCancelledAfterwards(t *testing.T) {
	ctx, cancel := context.WithCancel(t.Context())
	next, err := Run(ctx, Options{N: 10}, newWorld, newResult, (*world).simulate, func(replication int, _ *result) bool {
		if replication == 9 {
			cancel()
		}
		return true
	})
	if next != 10 || err != nil {
		t.Errorf("got %d, %v, want 10 and no error", next, err)
	}
}

func TestPanicInFoldLeavesNothingBehind(t *testing.T) {
	noLeak(t)
	defer func() {
		if v := recover(); v != "enough" {
			t.Errorf("got %v, want the panic of fold", v)
		}
	}()
	transcript(t, Options{N: 1000, Workers: 4}, (*world).simulate, func(r int) bool {
		if r == 100 {
			panic("enough")
		}
		return true
	})
}

// Workers wait for a fold that is slow: there are never more results than the
// ring has.
func TestMemoryIsBounded(t *testing.T) {
	const workers, batch = 3, 5
	var made, ahead, folded atomic.Int64
	_, err := Run(t.Context(), Options{N: 1000, Workers: workers, Batch: batch}, newWorld,
		func() result { made.Add(1); return newResult() },
		func(w *world, replication int, into *result) error {
			for {
				now, most := int64(replication)-folded.Load(), ahead.Load()
				if now <= most || ahead.CompareAndSwap(most, now) {
					return nil
				}
			}
		},
		func(replication int, _ *result) bool {
			if replication%100 == 0 {
				time.Sleep(2 * time.Millisecond)
			}
			folded.Add(1)
			return true
		})
	const ring = ringFactor * workers * batch
	if err != nil || made.Load() != ring || ahead.Load() > ring {
		t.Errorf("got %d results made and %d ahead, %v, want at most %d", made.Load(), ahead.Load(), err, ring)
	}
}

func TestOptionsAreChecked(t *testing.T) {
	for _, o := range []Options{{First: -1}, {N: -1}, {Workers: -1}, {Batch: -1}, {First: 2, N: math.MaxInt}} {
		func() {
			defer func() {
				if v, ok := recover().(string); !ok || !strings.HasPrefix(v, "montecarlo: want options from 0 on, not {") {
					t.Errorf("%+v: got %v, want a panic", o, v)
				}
			}()
			transcript(t, o, (*world).simulate, always)
		}()
	}
	for o, want := range map[Options]Options{
		{N: 1000, Workers: 2}:                   {N: 1000, Workers: 2, Batch: 16},
		{N: 100, Workers: 2}:                    {N: 100, Workers: 2, Batch: 3},
		{N: 3, Workers: 8}:                      {N: 3, Workers: 3, Batch: 1},
		{N: 10, Workers: 8, Batch: 5}:           {N: 10, Workers: 2, Batch: 5},
		{N: 10, Workers: 8, Batch: math.MaxInt}: {N: 10, Workers: 1, Batch: 10},
		{N: math.MaxInt, Workers: 2}:            {N: math.MaxInt, Workers: 2, Batch: 16},
	} {
		if got := o.withDefaults(); got != want {
			t.Errorf("%+v: got %+v, want %+v", o, got, want)
		}
	}
}

// All of a run's memory is taken at its start.
func TestReplicationsAllocateNothing(t *testing.T) {
	run := func(n int) float64 {
		return testing.AllocsPerRun(5, func() {
			Run(t.Context(), Options{N: n, Workers: 2, Batch: 4}, newWorld, newResult, (*world).simulate, func(int, *result) bool { return true })
		})
	}
	// The runtime itself allocates now and then, when a goroutine waits.
	if few, many := run(100), run(10_000); many-few > 50 {
		t.Errorf("got %v allocations for 100 replications and %v for 10,000, want no more", few, many)
	}
}

// Two workers are at work at the same time.
func TestWorkersWorkAtTheSameTime(t *testing.T) {
	var meeting sync.WaitGroup
	meeting.Add(2)
	_, err := Run(t.Context(), Options{N: 2, Workers: 2}, newWorld, newResult, func(*world, int, *result) error {
		meeting.Done()
		meeting.Wait() // which would never end if one waited for the other
		return nil
	}, func(int, *result) bool { return true })
	if err != nil {
		t.Error(err)
	}
}
