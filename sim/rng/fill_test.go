package rng

import "testing"

// Fill gives the numbers that Draw gives.
func TestFillIsDraws(t *testing.T) {
	for _, l := range manyLaws() {
		a, b := New(1, 2).Stream(NameOf("fill")), New(1, 2).Stream(NameOf("fill"))
		into := make([]float64, 100)
		l.Fill(&a, into)
		for i, got := range into {
			if want := l.Draw(&b); got != want {
				t.Fatalf("%v: number %d is %v, want %v", l, i, got, want)
			}
		}
		if a != b {
			t.Errorf("%v: the streams are at %d and %d", l, a.Index(), b.Index())
		}
	}
}

func BenchmarkFill(b *testing.B) {
	for _, l := range []Law{Exponential(1500), LogNormal(1500, 0.3)} {
		b.Run(l.String(), func(b *testing.B) {
			s := New(1, 2).Stream(NameOf("fill"))
			var into [16]float64
			for b.Loop() {
				l.Fill(&s, into[:])
			}
			b.ReportMetric(float64(b.Elapsed().Nanoseconds())/float64(b.N)/float64(len(into)), "ns/number")
		})
	}
}
