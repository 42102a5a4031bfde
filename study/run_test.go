package study

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"math"
	"strings"
	"testing"

	"oxysim/sim/montecarlo"
)

// records are the lines of a run.
func records(t *testing.T, s *Subject, workers, first, n int, p Precision) (string, *Run) {
	t.Helper()
	r := newRun(t, s, first, n, p)
	var b strings.Builder
	err := r.Simulate(t.Context(), workers, func(line []byte) error { b.Write(line); return nil }, nil)
	if err != nil {
		t.Fatal(err)
	}
	return b.String(), r
}

// The number of workers shows in nothing: neither in the records, nor in the
// answer, nor in when a run stops that stops by itself.
func TestSameOnAnyNumberOfWorkers(t *testing.T) {
	s := fakeSubject(0.3, 0.05, 0.001)
	for _, p := range []Precision{{}, {Points: 5}} {
		lines, r := records(t, s, 1, 0, 2000, p)
		want := transcript(r.Answer())
		for _, workers := range []int{2, 7, 32} {
			got, r := records(t, s, workers, 0, 2000, p)
			if got != lines || transcript(r.Answer()) != want {
				t.Errorf("%d workers, precision %v: got other numbers", workers, p)
			}
		}
	}
}

// A run that is interrupted anywhere and continued gives what an uninterrupted
// one gives, to the last bit, however often that happens.
func TestResumedRunsGiveTheSame(t *testing.T) {
	s := fakeSubject(0.3, 0.05, 0.001)
	for _, p := range []Precision{{}, {Points: 4}} {
		_, want := records(t, s, 0, 0, 3000, p)
		for _, pieces := range []int{1, 2, 5} {
			var saved bytes.Buffer
			for piece := 0; ; piece++ {
				r := newRun(t, s, 0, 3000, p)
				if piece > 0 {
					if err := r.Load(&saved); err != nil {
						t.Fatal(err)
					}
				}
				stop := want.Fold.Count * (piece + 1) / (pieces + 1)
				ctx, cancel := context.WithCancel(t.Context())
				err := r.Simulate(ctx, 3, nil, func() {
					if r.Fold.Count == stop {
						cancel()
					}
				})
				cancel()
				if err == nil {
					if got := transcript(r.Answer()); got != transcript(want.Answer()) {
						t.Errorf("precision %v, %d pieces: got another answer", p, pieces)
					}
					break
				}
				if !errors.Is(err, context.Canceled) {
					t.Fatal(err)
				}
				saved.Reset()
				if err := r.Save(&saved); err != nil {
					t.Fatal(err)
				}
				if n, err := newRun(t, s, 0, 3000, p).Saved(bytes.NewReader(saved.Bytes())); n != r.Fold.Count || err != nil {
					t.Errorf("got %d saved, %v, want %d", n, err, r.Fold.Count)
				}
			}
		}
	}
}

func TestCheckpointsOfOtherRunsAreRefused(t *testing.T) {
	s := fakeSubject(0.3)
	_, r := records(t, s, 0, 0, 100, Precision{Points: 5})
	var saved bytes.Buffer
	if err := r.Save(&saved); err != nil {
		t.Fatal(err)
	}
	other := fakeSubject(0.3)
	other.Digest = "another"
	seed := fakeSubject(0.3)
	seed.Seed = 9
	for _, c := range []struct {
		r    *Run
		from string
		want string
	}{
		{newRun(t, other, 0, 100, Precision{Points: 5}), saved.String(), "it is of another scenario: digest 01234567 (fake), not another (fake)"},
		{newRun(t, seed, 0, 100, Precision{Points: 5}), saved.String(), "it has seed 1, not 9"},
		{newRun(t, s, 0, 100, Precision{Points: 4}), saved.String(), `it has precision "5pp", not "4pp"`},
		{newRun(t, s, 0, 99, Precision{Points: 5}), saved.String(), "it has 100 replications: want at least as many, not 99"},
		{newRun(t, s, 5, 100, Precision{Points: 5}), saved.String(), "it begins with replication 0, not 5"},
		{newRun(t, s, 0, 100, Precision{Points: 5}), "{}", "want the checkpoint"},
		{newRun(t, s, 0, 100, Precision{Points: 5}), saved.String()[:saved.Len()/2], "want the checkpoint"},
	} {
		if err := c.r.Load(strings.NewReader(c.from)); err == nil || !strings.Contains(err.Error(), c.want) {
			t.Errorf("got %v, want %q", err, c.want)
		}
	}
}

// Shards are what they would have been in one run.
func TestShardsAreCutFromOneStudy(t *testing.T) {
	s := fakeSubject(0.3, 0.01)
	whole, _ := records(t, s, 0, 0, 300, Precision{})
	parts := ""
	for first := 0; first < 300; first += 75 {
		part, r := records(t, s, 2, first, 75, Precision{})
		if a := r.Answer(); a.First != first || a.N != 75 {
			t.Errorf("got %d from %d on", a.N, a.First)
		}
		parts += part
	}
	if parts != whole {
		t.Error("got other records")
	}
}

// The size of what is remembered, and the work of remembering, do not depend
// on what has been remembered.
func TestFoldingDoesNotAllocate(t *testing.T) {
	s := fakeSubject(0.3, 0.01)
	r := newRun(t, s, 0, MostReplications, Precision{})
	w := s.NewWorld()
	for i := range 1000 { // the octaves that occur
		r.Add(w.Run(1, i))
	}
	values := w.Run(1, 1)
	if got := testing.AllocsPerRun(1000, func() { r.Add(values) }); got != 0 {
		t.Errorf("got %v allocations per replication", got)
	}
}

// What breaks the model's laws is no number: the run ends with what is needed
// to repeat it, and what was finished before is kept.
func TestBrokenReplicationsAreNamed(t *testing.T) {
	for _, c := range []struct {
		broken func(values []float64)
		want   string
	}{
		{func([]float64) { panic("cylinder 42 cannot go there") }, "scenario fake, seed 1, replication 33: cylinder 42 cannot go there"},
		{func(values []float64) { values[1] = math.NaN() }, "scenario fake, seed 1, replication 33: hospital.a.stockout_hours is NaN, want a finite number"},
		{func(values []float64) { values[0] = 2 }, "replication 33: hospital.a.stockout is 2, want 0 or 1"},
	} {
		s := fakeSubject(0.3)
		newWorld := s.NewWorld
		s.NewWorld = func() World {
			w := newWorld().(*fakeWorld)
			w.broken = func(replication int, values []float64) {
				if replication == 33 {
					c.broken(values)
				}
			}
			return w
		}
		r := newRun(t, s, 0, 1000, Precision{})
		err := r.Simulate(t.Context(), 4, nil, nil)
		var b *Broken
		if !errors.As(err, &b) || b.Replication != 33 || !strings.Contains(fmt.Sprint(err), c.want) || r.Fold.Count != 33 {
			t.Errorf("got %v after %d, want %q after 33", err, r.Fold.Count, c.want)
		}
		var p *montecarlo.PanicError
		if errors.As(err, &p) != strings.Contains(c.want, "42") {
			t.Errorf("got %v, want the stack of a panic if it was one", err)
		}
	}
}

func TestRecordsThatCannotBeWrittenEndTheRun(t *testing.T) {
	full := errors.New("no space left on device")
	r := newRun(t, fakeSubject(0.3), 0, 1000, Precision{})
	n := 0
	err := r.Simulate(t.Context(), 2, func([]byte) error {
		if n++; n > 10 {
			return full
		}
		return nil
	}, nil)
	if !errors.Is(err, full) || r.Fold.Count != 10 {
		t.Errorf("got %v after %d, want %v after 10", err, r.Fold.Count, full)
	}
}

func BenchmarkFold(b *testing.B) {
	s := fakeSubject(make([]float64, 100)...)
	w := s.NewWorld()
	r, err := NewRun(s, 0, MostReplications, Precision{})
	if err != nil {
		b.Fatal(err)
	}
	values := w.Run(1, 1)
	for b.Loop() {
		r.Add(values)
	}
	b.ReportMetric(float64(b.Elapsed().Nanoseconds())/float64(b.N)/float64(len(values)), "ns/value")
}

// Looking at intervals after every replication costs as much as an interval,
// however many hospitals there are.
func BenchmarkPrecision(b *testing.B) {
	s := fakeSubject(make([]float64, 25)...)
	w := s.NewWorld()
	r, err := NewRun(s, 0, MostReplications, Precision{Points: 0.0001})
	if err != nil {
		b.Fatal(err)
	}
	values := w.Run(1, 1)
	for b.Loop() {
		r.Add(values)
	}
}
