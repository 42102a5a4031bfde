package study

import (
	"fmt"
	"math"
	"strings"

	"oxysim/sim"
)

// Next returns what one may want to know after the answer.
func (a *WhyAnswer) Next() []Advice {
	var list []Advice
	add := func(why, command string, args ...string) {
		list = append(list, Advice{Command(a.Subject, command, args...), why})
	}
	if c := a.Chains; c != nil && len(c.Longest) > 0 {
		x := c.Longest[0]
		from := math.Floor(float64(min(x.From, x.Ordered)) / float64(sim.Day))
		until := math.Floor(float64(x.To)/float64(sim.Day)) + 1
		add("how the longest stockout came about", "trace", "--replication", fmt.Sprint(x.Replication),
			"--thing", x.Hospital, "--from", fmt.Sprintf("%gd", max(from-1, 0)), "--until", fmt.Sprintf("%gd", until))
		if name, ok := strings.CutPrefix(x.Hospital, "hospital."); ok && strings.HasPrefix(a.Metric.Name, "network.") {
			add("why there", "why", "--hospital", name)
		}
	}
	return list
}
