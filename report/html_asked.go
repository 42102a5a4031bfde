package report

import (
	"fmt"
	"strings"
)

// asked writes what was asked.
func (p *htmlPage) asked(r *Results) {
	a, cfg := r.Answer, r.Subject.Config
	t := &htmlTable{id: "asked", caption: "What was asked", heads: []string{"", "", ""}, plain: true}
	target := a.Target.String()
	if a.Target.Default {
		target += " (a default: the scenario has no [target])"
	}
	for _, x := range [][3]string{
		{"target", "target", target},
		{"confidence", "confidence of each interval, and of all verdicts together", Plain(100*a.Confidence, 6) + " %"},
		{"replications", "replications", count(a.N, "possible future") + ", simulated independently"},
		{"horizon", "time in each", Span(cfg.Horizon)},
		{"warmup", "of which at its start not counted", Span(cfg.WarmUp)},
		{"network", "network", Contents(cfg)},
		{"seed", "seed of chance", fmt.Sprint(a.Origin.Seed)},
		{"scenario", "scenario", r.Subject.Name},
		{"digest", "digest of all that decides a number", a.Origin.Digest},
		{"program", "program", "oxysim " + strings.TrimSpace(r.Made.Program+" "+r.Made.Revision) + fmt.Sprintf(", behaviour %d of the model", a.Origin.Behaviour)},
		{"command", "command", r.Made.Command},
	} {
		if x[0] == "warmup" && cfg.WarmUp == 0 {
			continue
		}
		t.row("asked."+x[0], x[1], x[2])
	}
	t.heads = []string{"what", "value"}
	p.table(t)
}
