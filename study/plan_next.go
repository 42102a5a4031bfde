package study

import "strings"

// Recommended returns what to lay over the scenario to have what is recommended;
// nothing if nothing is.
func (a *PlanAnswer) Recommended() []string {
	switch {
	case a.Verdict != Met:
		return nil
	case a.Cost != nil:
		return a.Cost.Settings(a.Cost.Best)
	case a.Buffers != nil:
		return a.Buffers.Settings()
	}
	return a.Scale.Settings(a.Sufficient)
}

// mostTyped is how many settings a proposed command has at most.
const mostTyped = 6

// Next returns what one may want to know after a plan.
func (a *PlanAnswer) Next() (list []Advice) {
	add := func(why, command string, args ...string) {
		list = append(list, Advice{Command(a.Subject, command, args...), why})
	}
	if set := a.Recommended(); len(set) > 0 && len(set) <= mostTyped {
		var args []string
		for _, s := range set {
			args = append(args, "--set", s)
		}
		add("everything with what is recommended", "run", args...)
	}
	if a.Scale != nil && a.Sufficient < 0 {
		if from, to, ok := a.Scale.Wider(); ok {
			add("more of it", "plan", "--lever", a.Scale.Key, "--target", a.Goal.String(), "--between", from+".."+to)
		}
	}
	if a.Verdict == Missed || a.Buffers != nil && a.Buffers.Huge() {
		add("what it is that causes the shortage", "why")
	}
	if a.Scale != nil && a.Verdict == Missed && strings.HasPrefix(a.Scale.Key, "hospital.") {
		add("every hospital its own buffer", "plan", "--per-hospital")
	}
	return list
}
