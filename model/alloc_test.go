package model

import (
	"testing"

	"oxysim/sim"
)

// A replication allocates nothing once the world has met the like: its queues
// and heaps keep their room. So the replications of a study cost no more
// memory, however many. (The number of allocations is a mean over three runs,
// rounded down, because the runtime may allocate once meanwhile.)
func TestReplicationsAllocateNothing(t *testing.T) {
	const replications = 3
	count := func(t *testing.T, cfg *Config) {
		w := New(cfg)
		all := func() {
			for r := range replications {
				w.Run(7, r)
			}
		}
		all()
		if n := testing.AllocsPerRun(3, all); n != 0 {
			t.Errorf("%v allocations in %d replications that were run before", n, replications)
		}
	}
	t.Run("closed loop", func(t *testing.T) {
		loop := closedLoop(10, 10)
		loop.Horizon = 30 * sim.Day
		count(t, loop)
	})
	for seed := range networks(100) {
		cfg := anyNetwork(seed)
		w := New(cfg)
		run := func() { w.Run(7, 1) }
		run()
		if n := testing.AllocsPerRun(3, run); n != 0 {
			t.Errorf("anyNetwork(%d): %v allocations in a replication that was run before", seed, n)
		}
	}
}
