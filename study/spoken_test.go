package study

import (
	"testing"

	"oxysim/sim"
)

func TestHowLongIsSaid(t *testing.T) {
	for d, want := range map[sim.Span]string{
		0: "0 s", 45: "45 s", 60: "1 min", 89: "1 min", 3590: "1 h", 3600: "1 h", 8*3600 + 21*60 + 45: "8 h 22 min", 86399: "1 d",
		26*86400 + 7*3600 + 73: "26 d 7 h", 86400 + 23*3600 + 3599: "2 d",
	} {
		if got := lasting(d); got != want {
			t.Errorf("%d s: got %q, want %q", int64(d), got, want)
		}
	}
}
