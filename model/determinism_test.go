package model

import (
	"bytes"
	"io"
	"slices"
	"testing"

	"oxysim/sim"
)

// differences lists the metrics in which two outcomes of a world differ, up to
// five of them.
func differences(w *World, a, b []float64) (names []string) {
	for i, m := range w.Metrics() {
		if a[i] != b[i] && len(names) < 5 {
			names = append(names, m.Name)
		}
	}
	return names
}

// A world that has run other replications gives the same as a new one: reset
// leaves nothing behind.
func TestResetForgetsEverything(t *testing.T) {
	for seed := range networks(300) {
		cfg := anyNetwork(seed)
		used := New(cfg)
		for r := range 4 { // broken off here and there
			used.reset(3, r)
			used.runUntil(used.end / sim.Time(r+1))
		}
		fresh := New(cfg)
		if d := differences(fresh, fresh.Run(7, 5), used.Run(7, 5)); d != nil {
			t.Fatalf("anyNetwork(%d), seed 7, replication 5: used before, the world gives other %v", seed, d)
		}
	}
}

// Two worlds that take turns event by event do not influence each other, nor
// does a trace what it traces, nor reading an outcome the outcome.
func TestWorldsShareNothing(t *testing.T) {
	for seed := range networks(200) {
		cfg := anyNetwork(seed)
		alone := New(cfg)
		want, other := slices.Clone(alone.Run(7, 1)), slices.Clone(alone.Run(7, 2))
		a, b := New(cfg), New(cfg)
		b.Trace(io.Discard)
		a.reset(7, 1)
		b.reset(7, 2)
		for a.step() || b.step() {
			b.step()
		}
		a.now, b.now = a.end, b.end
		if d := differences(a, want, a.outcome()); d != nil {
			t.Fatalf("anyNetwork(%d), seed 7, replication 1: beside another world it gives other %v", seed, d)
		}
		if d := differences(b, other, b.outcome()); d != nil {
			t.Fatalf("anyNetwork(%d), seed 7, replication 2: traced, it gives other %v", seed, d)
		}
		if d := differences(b, other, b.outcome()); d != nil {
			t.Fatalf("anyNetwork(%d), seed 7, replication 2: read twice, it gives other %v", seed, d)
		}
	}
}

// The trace, too, is the same whenever it is written.
func TestSameTrace(t *testing.T) {
	for seed := range networks(40) {
		w := New(anyNetwork(seed))
		trace := func() []byte {
			var out bytes.Buffer
			w.Trace(&out)
			w.Run(7, 1)
			return out.Bytes()
		}
		if a, b := trace(), trace(); !bytes.Equal(a, b) {
			t.Fatalf("anyNetwork(%d), seed 7, replication 1: two traces, of %d and %d bytes, differ", seed, len(a), len(b))
		}
	}
}
