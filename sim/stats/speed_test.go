package stats

import (
	"math/rand/v2"
	"testing"
)

// hotPaths is what runs once per observation or per replication.
func hotPaths() map[string]func() {
	var (
		tally     Tally
		pairs     RatioTally
		level     Level
		stretches Intervals
		sketch    Quantiles
		betting   = NewBettingSequence(0.05)
		now       int64
		r         = rand.New(rand.NewPCG(1, 2))
		x         = make([]float64, 1024)
		hundred   Tally
	)
	for i := range x {
		x[i] = r.Float64()
		sketch.Add(x[i]) // so that its octaves are there
		hundred.Add(x[i])
	}
	return map[string]func(){
		"Tally":             func() { now++; tally.Add(x[now%1024]) },
		"RatioTally":        func() { now++; pairs.Add(x[now%1024], 2) },
		"Level":             func() { now++; level.Set(now, now&15) },
		"Intervals":         func() { now++; stretches.Set(now, now&1 == 0) },
		"Quantiles":         func() { now++; sketch.Add(x[now%1024]) },
		"BettingSequence":   func() { now++; betting.Add(x[now%1024]) },
		"BernoulliEvidence": func() { BernoulliEvidence(5, 1000, 0.01) },
		"BernoulliSequence": func() { BernoulliSequence(5, 1000, 0.05) },
		"MeanSequence":      func() { MeanSequence(hundred, 0.05, 1000) },
		"Wilson":            func() { Wilson(5, 1000, 0.95) },
		"ClopperPearson":    func() { ClopperPearson(5, 1000, 0.95) },
		"MeanT":             func() { MeanT(hundred, 0.95) },
		"OrderStatistics":   func() { OrderStatistics(1000, 0.95, 0.95) },
	}
}

func TestWatchingAllocatesNothing(t *testing.T) {
	for name, f := range hotPaths() {
		if got := testing.AllocsPerRun(1000, f); got != 0 {
			t.Errorf("%s: got %v allocations, want none", name, got)
		}
	}
}

func BenchmarkWatching(b *testing.B) {
	for name, f := range hotPaths() {
		b.Run(name, func(b *testing.B) {
			for b.Loop() {
				f()
			}
		})
	}
}

func BenchmarkBootstrapT(b *testing.B) {
	r := rand.New(rand.NewPCG(1, 2))
	x := make([]float64, 1000)
	for i := range x {
		x[i] = r.ExpFloat64()
	}
	for b.Loop() {
		BootstrapT(x, 0.95)
	}
}
