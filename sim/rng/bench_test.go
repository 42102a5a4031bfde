package rng

import "testing"

// What the benchmarks compute goes here, so that the compiler cannot leave it out.
var (
	sinkBits   uint64
	sinkNumber float64
)

func BenchmarkUint64(b *testing.B) {
	s := New(1, 0).Stream(NameOf("bench"))
	for b.Loop() {
		sinkBits = s.Uint64()
	}
}

func BenchmarkFloat64(b *testing.B) {
	s := New(1, 0).Stream(NameOf("bench"))
	for b.Loop() {
		sinkNumber = s.Float64()
	}
}

func BenchmarkStream(b *testing.B) {
	source, name := New(1, 0), NameOf("bench")
	for b.Loop() {
		s := source.Stream(name)
		sinkBits = s.Uint64()
		name++
	}
}

func BenchmarkSub(b *testing.B) {
	s := New(1, 0).Stream(NameOf("bench"))
	i := uint64(0)
	for b.Loop() {
		sinkBits = s.Sub(i).Uint64At(0)
		i++
	}
}

func BenchmarkDraw(b *testing.B) {
	for _, l := range manyLaws() {
		b.Run(l.String(), func(b *testing.B) {
			s := New(1, 0).Stream(NameOf("bench"))
			for b.Loop() {
				sinkNumber = l.Draw(&s)
			}
		})
	}
}

func BenchmarkMake(b *testing.B) {
	b.Run("lognormal", func(b *testing.B) {
		for b.Loop() {
			LogNormal(1, 0.3)
		}
	})
	b.Run("gamma", func(b *testing.B) {
		for b.Loop() {
			Gamma(1, 0.5)
		}
	})
	b.Run("poisson 1e5", func(b *testing.B) {
		for b.Loop() {
			Poisson(1e5)
		}
	})
}

func BenchmarkAt(b *testing.B) {
	s := New(1, 0).Stream(NameOf("bench"))
	l := Exponential(1500)
	i := uint64(0)
	for b.Loop() {
		sinkNumber = l.At(s, i)
		i++
	}
}
