package study

import "fmt"

// Next returns what one may want to know after a comparison, most useful first.
func (a *CompareAnswer) Next() []Advice {
	c := a.Compare
	base := c.Designs[0].Subject
	var names []string
	for _, o := range c.Designs[1:] {
		if len(o.Parts) > 0 {
			names = append(names, o.Name)
		} else {
			names = append(names, o.Called)
		}
	}
	var list []Advice
	if !a.Settled && !c.Fixed {
		list = append(list, Advice{Command(base, "compare", append(names, "-n", fmt.Sprint(4*c.Most))...), "four times as many replications, to tell apart what is close"})
	}
	if best := c.Designs[a.Best.Best]; a.Best.Best > 0 && len(best.Parts) > 0 && len(c.Designs) > 2 {
		for _, o := range c.Designs[1:] {
			if len(o.Parts) == 1 && len(best.Parts) == 1 && o != best && apart(o, best) {
				list = append(list, Advice{Command(base, "compare", best.Name, o.Name, best.Name+"+"+o.Name), "are both at once worth more than each?"})
				break
			}
		}
	}
	if len(a.Cheapest.Met) == 0 {
		list = append(list, Advice{Command(base, "why"), "what is behind the shortage that is left?"})
	}
	return append(list, Advice{Command(base, "check"), "what was assumed, and is it plausible?"})
}

// apart reports whether two options change nothing in common.
func apart(a, b *Option) bool {
	for _, x := range a.Changes {
		for _, y := range b.Changes {
			if x.Key == y.Key {
				return false
			}
		}
	}
	return true
}
