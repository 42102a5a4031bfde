package stats

import (
	"math"
	"math/big"
	"testing"

	"pgregory.net/rapid"
)

// path is a level second by second, told twice: as an array, and as the changes
// that make it, in which an instant may have several.
type path struct {
	value  []int64 // value[s] is the level from second s to second s+1
	change []struct{ at, to int64 }
}

// drawPath draws a path of up to 40 s.
func drawPath(t *rapid.T) path {
	var p path
	now := int64(0)
	held := int64(0)
	for range rapid.IntRange(0, 12).Draw(t, "changes") {
		at := now + rapid.Int64Range(0, 3).Draw(t, "after")
		for ; now < at; now++ {
			p.value = append(p.value, held)
		}
		held = rapid.Int64Range(-5, 5).Draw(t, "to")
		p.change = append(p.change, struct{ at, to int64 }{at, held})
	}
	for range rapid.IntRange(0, 3).Draw(t, "rest") {
		p.value = append(p.value, held)
	}
	return p
}

func TestLevelIsItsPath(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		p := drawPath(t)
		l := NewLevel(0, 0)
		for i, c := range p.change {
			if i%2 == 0 {
				l.Set(c.at, c.to)
			} else {
				l.Add(c.at, c.to-l.Value)
			}
		}
		end := int64(len(p.value))
		var area, lowest, highest int64 = 0, l.Value, l.Value
		mean := float64(l.Value)
		for i, v := range p.value {
			area += v
			if i == 0 {
				lowest, highest = v, v
			}
			lowest, highest = min(lowest, v), max(highest, v)
		}
		if end > 0 {
			mean = float64(area) / float64(end)
		}
		if got := l.Integral(end); got != area {
			t.Fatalf("integral: got %d, want %d", got, area)
		}
		if got := l.Mean(end); got != mean {
			t.Fatalf("mean: got %v, want %v", got, mean)
		}
		if l.Min(end) != lowest || l.Max(end) != highest {
			t.Fatalf("extremes: got %d and %d, want %d and %d", l.Min(end), l.Max(end), lowest, highest)
		}
	})
}

func TestLevelForgetsTheWarmUp(t *testing.T) {
	l := NewLevel(0, 100)
	l.Set(10, 4)
	l.Restart(12)
	l.Set(14, 6)
	if got := l.Mean(16); got != 5 {
		t.Errorf("mean: got %v, want 5", got)
	}
	if l.Max(16) != 6 || l.Min(16) != 4 {
		t.Errorf("extremes: got %d and %d, want 4 and 6", l.Min(16), l.Max(16))
	}
}

// The integral is exact or there is none.
func TestLevelNeverOverflowsInSilence(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		sum, x := rapid.Int64().Draw(t, "sum"), rapid.Int64().Draw(t, "x")
		d := rapid.Int64Range(1, math.MaxInt64).Draw(t, "d")
		got, ok := addProduct(sum, x, d)
		p := new(big.Int).Mul(big.NewInt(x), big.NewInt(d))
		want := new(big.Int).Add(big.NewInt(sum), p)
		// A product of -2^63 is refused although it fits: one value in 2^64.
		if fits := want.IsInt64() && p.IsInt64() && p.Int64() != math.MinInt64; ok != fits || ok && got != want.Int64() {
			t.Fatalf("%d + %d*%d: got %d, %v, want %v, %v", sum, x, d, got, ok, want, fits)
		}
	})
}
