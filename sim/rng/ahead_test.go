package rng

import "testing"

// Numbers drawn ahead are the numbers of Draw.
func TestAheadIsDraws(t *testing.T) {
	for _, l := range manyLaws() {
		s := New(1, 2).Stream(NameOf("ahead"))
		s.Float64() // it begins where the stream is
		var a Ahead
		a.Begin(&l, s)
		for i := range 100 {
			if got, want := a.Draw(), l.Draw(&s); got != want {
				t.Fatalf("%v: number %d is %v, want %v", l, i, got, want)
			}
		}
	}
}
