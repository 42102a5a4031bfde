package montecarlo

import (
	"context"
	"fmt"
	"runtime"
	"testing"
	"time"
)

// spin computes for about as long as it says, on a processor of today.
func spin(x uint64, d time.Duration) uint64 {
	for range d.Nanoseconds() { // about one step per ns
		x ^= x << 13
		x ^= x >> 7
		x ^= x << 17
	}
	return x
}

// run runs n replications of length d and returns the time it took.
func run(b *testing.B, n, workers int, d time.Duration) time.Duration {
	start := time.Now()
	var sum uint64
	_, err := Run(context.Background(), Options{N: n, Workers: workers},
		func() (struct{}, error) { return struct{}{}, nil },
		func() uint64 { return 0 },
		func(_ struct{}, replication int, into *uint64) error {
			*into = spin(uint64(replication)+1, d)
			return nil
		},
		func(_ int, r *uint64) bool { sum += *r; return true })
	if err != nil || sum == 0 {
		b.Fatal(sum, err)
	}
	return time.Since(start)
}

// BenchmarkReplication is the time per replication; that of length 0 is the
// overhead.
func BenchmarkReplication(b *testing.B) {
	for _, workers := range []int{1, runtime.NumCPU()} {
		for _, d := range []time.Duration{0, 20 * time.Microsecond, time.Millisecond} {
			b.Run(fmt.Sprintf("workers=%d/length=%v", workers, d), func(b *testing.B) {
				b.ReportAllocs()
				run(b, b.N, workers, d)
			})
		}
	}
}

// BenchmarkSpeedup reports how much faster as many workers as there are
// processors are than one.
func BenchmarkSpeedup(b *testing.B) {
	for _, d := range []time.Duration{20 * time.Microsecond, time.Millisecond} {
		b.Run(fmt.Sprintf("length=%v", d), func(b *testing.B) {
			n := int(200 * time.Millisecond / d)
			var one, all time.Duration
			for b.Loop() {
				one += run(b, n, 1, d)
				all += run(b, n, runtime.NumCPU(), d)
			}
			b.ReportMetric(one.Seconds()/all.Seconds(), "times-as-fast")
			b.ReportMetric(float64(runtime.NumCPU()), "processors")
		})
	}
}
