package stats

import (
	"testing"

	"pgregory.net/rapid"
)

// Whatever is said within an instant, only the path counts.
func TestIntervalsAreTheirPath(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		p := drawPath(t)
		var got Intervals
		for _, c := range p.change {
			got.Set(c.at, c.to > 0)
		}
		end := int64(len(p.value))
		got.Close(end)

		var want Intervals
		length := int64(0)
		for s, v := range p.value {
			if v <= 0 {
				length = 0
				continue
			}
			if length == 0 {
				if want.Count == 0 {
					want.First = int64(s)
				}
				want.Count++
			}
			length++
			want.Total++
			want.Longest = max(want.Longest, length)
		}
		if got.Count != want.Count || got.Total != want.Total || got.Longest != want.Longest || got.First != want.First || got.Open {
			t.Fatalf("got %+v, want %+v", got, want)
		}
	})
}

func TestIntervalsForgetTheWarmUp(t *testing.T) {
	var i Intervals
	i.Begin(1)
	i.End(2)
	i.Begin(5)
	i.Restart(10)
	i.End(13)
	if i.Count != 1 || i.Total != 3 || i.First != 10 {
		t.Errorf("got %+v, want one of 3 s that began at 10 s", i)
	}
	i.Restart(13)
	i.Begin(13)
	i.Close(14)
	if i.Count != 1 || i.Total != 1 || i.First != 13 {
		t.Errorf("got %+v, want one of 1 s that began at 13 s", i)
	}
}
