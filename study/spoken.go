package study

import (
	"fmt"
	"math"

	"oxysim/sim"
)

// lasting says how long something lasts as people say it, in no more than two
// units: "26 d 7 h", "8 h 22 min", "45 s".
func lasting(d sim.Span) string {
	round := func(unit sim.Span) int { return int(math.Round(float64(d) / float64(unit))) }
	two := func(n, of int, large, small string) string {
		if n%of == 0 {
			return fmt.Sprintf("%d %s", n/of, large)
		}
		return fmt.Sprintf("%d %s %d %s", n/of, large, n%of, small)
	}
	switch {
	case round(sim.Minute) >= 24*60:
		return two(round(sim.Hour), 24, "d", "h")
	case round(sim.Minute) >= 60:
		return two(round(sim.Minute), 60, "h", "min")
	case d >= sim.Minute:
		return fmt.Sprintf("%d min", round(sim.Minute))
	}
	return fmt.Sprintf("%d s", int64(d))
}

// moment says when something was, to the minute in which it was.
func moment(t sim.Time) string {
	if t == sim.Never {
		return t.String()
	}
	return (t - t%sim.Time(sim.Minute)).String()
}
