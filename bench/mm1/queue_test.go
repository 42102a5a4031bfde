package main

import (
	"math"
	"testing"
)

// The mean time in an M/M/1 system is 1/(1-ρ) services; 10 at ρ = 0.9.
// Source: any text on queues; case V01 has the same formula.
func TestMeanTimeInSystem(t *testing.T) {
	for _, c := range []struct {
		arrivals float64
		bent     bool
	}{{0.9, false}, {0.9 * 1.05, true}} {
		const n = 40
		q := newQueue(c.arrivals, 1)
		sum, squares := 0.0, 0.0
		for r := range uint64(n) {
			w := q.run(1, r, 200_000)
			sum += w
			squares += w * w
		}
		mean := sum / n
		se := math.Sqrt((squares/n - mean*mean) / (n - 1))
		agrees := math.Abs(mean-10) <= 4*se+0.001*10 // the rule of all exact cases
		if agrees == c.bent {
			t.Errorf("arrivals %v: mean %.3f ± %.3f, want 10; agrees %v", c.arrivals, mean, se, agrees)
		}
	}
}

// An event allocates nothing.
func BenchmarkCustomer(b *testing.B) {
	q := newQueue(0.9, 1)
	q.run(1, 0, 1000)
	b.ReportAllocs()
	const n = 100_000
	for b.Loop() {
		q.run(1, 1, n)
	}
	b.ReportMetric(float64(b.Elapsed().Nanoseconds())/float64(b.N)/n, "ns/customer")
}
