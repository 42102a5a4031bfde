package montecarlo_test

import (
	"context"
	"fmt"
	"math/rand/v2"

	"oxysim/sim/montecarlo"
	"oxysim/sim/stats"
)

// Toss three coins until the probability of three heads, which is 0.125, is
// known to within 0.03, looking after every replication.
func ExampleRun() {
	var n, heads int
	newWorker := func() (*rand.PCG, error) { return new(rand.PCG), nil }
	newResult := func() bool { return false }
	toss := func(g *rand.PCG, replication int, allHeads *bool) error {
		g.Seed(1, uint64(replication)) // the replication's own stream, whoever simulates it
		*allHeads = g.Uint64()&7 == 7
		return nil
	}
	fold := func(_ int, allHeads *bool) bool {
		n++
		if *allHeads {
			heads++
		}
		return stats.BernoulliSequence(heads, n, 0.05).HalfWidth() > 0.03
	}
	next, err := montecarlo.Run(context.Background(), montecarlo.Options{N: 100_000}, newWorker, newResult, toss, fold)
	i := stats.BernoulliSequence(heads, n, 0.05)
	fmt.Printf("%d replications, between %.3f and %.3f, error %v\n", next, i.Lo, i.Hi, err)
	// Output:
	// 1589 replications, between 0.090 and 0.150, error <nil>
}
