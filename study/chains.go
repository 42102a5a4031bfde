package study

import (
	"context"
	"fmt"
	"slices"
	"strings"

	"oxysim/model"
	"oxysim/sim"
	"oxysim/sim/stats"
)

// Chains is what single stockouts waited for, in some replications that are
// told apart. It costs no designs: it says what held a delivery up, not what
// there would be without it.
type Chains struct {
	First, N  int // replications
	Stockouts int
	Hours     stats.Tally // of stockouts, in a replication
	Blockers  []Blocked   // the one with most hours first
	Longest   []Story     // the longest stockouts
	Typical   []Story     // for each of the blockers with most hours, the stockout of median length or, if that is one of the longest, the next
}

// Blocked is the hours of stockouts that are charged to a blocker.
type Blocked struct {
	Kind  model.Blocker
	Cause string      // the cause that it is of, as in Causes; "" if of none
	Label string      // in words
	Hours stats.Tally // in a replication
	Share float64     // of all hours
}

// Story is one stockout and what it waited for.
type Story struct {
	Replication int
	model.Chain
	Sentence string
}

// Explain simulates some replications once more and finds what each stockout
// waited for: of one hospital, by its dotted name, or of all. Those that began
// in the warm-up are left out.
func Explain(ctx context.Context, s *Subject, hospital string, first, n, stories int) (*Chains, error) {
	c := &Chains{First: first, N: n}
	w := model.New(s.Config)
	var all []Story
	replication := 0
	w.Explain(func(x model.Chain) {
		if x.From < sim.Time(s.Config.WarmUp) || hospital != "" && x.Hospital != hospital {
			return
		}
		all = append(all, Story{Replication: replication, Chain: x})
	})
	kinds := map[model.Blocker]*stats.Tally{}
	for replication = first; replication < first+n; replication++ {
		if err := ctx.Err(); err != nil {
			return nil, err
		}
		from := len(all)
		w.Run(s.Seed, replication)
		c.count(all[from:], kinds, replication-first)
	}
	c.Stockouts = len(all)
	c.order(kinds)
	c.tell(s, all, stories)
	return c, nil
}

// count adds the stockouts of a replication, before which there were so many.
func (c *Chains) count(list []Story, kinds map[model.Blocker]*stats.Tally, before int) {
	total := sim.Span(0)
	by := map[model.Blocker]sim.Span{}
	for i := range list {
		total += list[i].To.Sub(list[i].From)
		for _, x := range list[i].Waits {
			by[x.Kind] += x.Charged
		}
	}
	c.Hours.Add(total.Hours())
	for k := range by {
		if kinds[k] == nil {
			kinds[k] = &stats.Tally{}
			for range before {
				kinds[k].Add(0)
			}
		}
	}
	for k, t := range kinds {
		t.Add(by[k].Hours())
	}
}

// order lists the blockers.
func (c *Chains) order(kinds map[model.Blocker]*stats.Tally) {
	for k := range kinds {
		b := Blocked{Kind: k, Hours: *kinds[k], Cause: blockerCauses[k], Label: blockerLabels[k]}
		if c.Hours.Mean > 0 {
			b.Share = b.Hours.Mean / c.Hours.Mean
		}
		c.Blockers = append(c.Blockers, b)
	}
	slices.SortFunc(c.Blockers, func(a, b Blocked) int {
		switch {
		case a.Hours.Mean > b.Hours.Mean:
			return -1
		case a.Hours.Mean < b.Hours.Mean:
			return 1
		}
		return int(a.Kind) - int(b.Kind)
	})
}

// tell picks the stories that are told.
func (c *Chains) tell(s *Subject, all []Story, n int) {
	longer := func(a, b Story) int {
		x, y := a.To.Sub(a.From), b.To.Sub(b.From)
		switch {
		case x > y:
			return -1
		case x < y:
			return 1
		}
		return 0
	}
	slices.SortStableFunc(all, longer)
	for i := range all[:min(n, len(all))] {
		all[i].Sentence = Sentence(s, &all[i].Chain)
		c.Longest = append(c.Longest, all[i])
	}
	for _, b := range c.Blockers[:min(n, len(c.Blockers))] {
		var of []int
		for i := range all {
			if w, ok := MainWait(&all[i].Chain); ok && w.Kind == b.Kind {
				of = append(of, i)
			}
		}
		k := len(of) / 2
		for k < len(of) && of[k] < n { // it is told above
			k++
		}
		if k >= len(of) {
			continue
		}
		x := all[of[k]]
		x.Sentence = Sentence(s, &x.Chain)
		c.Typical = append(c.Typical, x)
	}
}

// blockerCauses are the causes of which blockers are.
var blockerCauses = map[model.Blocker]string{
	model.ByPowerCut: "power", model.ByPowerBack: "power",
	model.ByMachineOut: "plant", model.ByStopped: "plant", model.ByRestarting: "plant",
	model.ByClosed: "filling", model.ByGasShort: "filling", model.ByBoosterMax: "filling", model.ByAllBusy: "filling",
	model.ByBeingFull: "filling", model.ByQuota: "filling",
	model.ByNoEmpties: "cylinders",
	model.ByTrucksOut: "trucks", model.ByAtRest: "trucks", model.ByShift: "trucks", model.ByBroken: "trucks", model.ByDock: "trucks",
	model.ByRoadShut: "roads",
	model.ByReport:   "orders", model.ByReview: "orders", model.ByVisit: "orders", model.ByLate: "orders", model.ByKept: "orders",
}

// blockerLabels say in a table what a blocker is.
var blockerLabels = map[model.Blocker]string{
	model.ByPowerCut: "no power at the plant", model.ByPowerBack: "starting again after a power cut",
	model.ByMachineOut: "a machine is broken", model.ByStopped: "planned stop", model.ByRestarting: "starting again after a stop",
	model.ByClosed: "filling station closed", model.ByGasShort: "too little gas", model.ByBoosterMax: "booster", model.ByAllBusy: "all positions busy",
	model.ByBeingFull: "being filled", model.ByQuota: "vendor's quota",
	model.ByNoEmpties: "no empties to fill",
	model.ByTrucksOut: "trucks on other trips", model.ByAtRest: "drivers rest", model.ByShift: "outside the trucks' shift",
	model.ByBroken: "trucks broken down", model.ByDock: "no dock free",
	model.ByRoadShut: "road closed",
	model.ByReport:   "report not yet arrived", model.ByReview: "no review yet", model.ByVisit: "round not due",
	model.ByLate: "ordered too late", model.ByKept: "cylinders for others first",
	model.ByConnect: "being connected", model.ByTankDry: "tank empty", model.ByNothing: "nobody brings any",
}

// MainWait returns the wait to which most of a stockout is charged: of the
// blocker with most hours the longest wait or, if nothing tells one from
// another, all of them.
func MainWait(c *model.Chain) (model.Wait, bool) {
	sums := map[model.Blocker]sim.Span{}
	for _, x := range c.Waits {
		sums[x.Kind] += x.Charged
	}
	best := -1
	for i, x := range c.Waits {
		if best < 0 || sums[x.Kind] > sums[c.Waits[best].Kind] || x.Kind == c.Waits[best].Kind && x.Charged > c.Waits[best].Charged {
			best = i
		}
	}
	if best < 0 {
		return model.Wait{}, false
	}
	w := c.Waits[best]
	w.Charged = 0
	for _, x := range c.Waits {
		if x.Kind == w.Kind && x.Thing == w.Thing && x.Sent == w.Sent && (x.Since == w.Since || !began[w.Kind]) {
			w.Charged += x.Charged
		}
	}
	return w, true
}

// began holds the blockers of which it is said when they began.
var began = map[model.Blocker]bool{
	model.ByPowerCut: true, model.ByPowerBack: true, model.ByMachineOut: true, model.ByStopped: true, model.ByRestarting: true,
	model.ByClosed: true, model.ByBroken: true, model.ByConnect: true,
}

// Sentence tells a stockout and what it waited for. Days and times are as the
// trace has them.
func Sentence(s *Subject, c *model.Chain) string {
	var b strings.Builder
	fmt.Fprintf(&b, "%s, %s: out of oxygen for %s", moment(c.From), s.Label(c.Hospital), lasting(c.To.Sub(c.From)))
	if c.Open {
		b.WriteString(" and still at the end")
	}
	w, ok := MainWait(c)
	if !ok {
		return b.String()
	}
	if said := delivery(s, c, w); said != "" {
		b.WriteString(", because " + said)
	}
	if why := reason(s, c, w); why != "" {
		b.WriteString(", because " + why)
	}
	if all := c.To.Sub(c.From); w.Charged < all {
		fmt.Fprintf(&b, " (%s of the %s)", lasting(w.Charged), lasting(all))
	}
	return b.String()
}

// delivery says what was late, of the delivery that ended a stockout or would
// have.
func delivery(s *Subject, c *model.Chain, w model.Wait) string {
	switch {
	case c.Plant == "" || w.Kind == model.ByConnect:
		return ""
	case c.Carrier == "" && c.Sent == sim.Never && c.Ordered == sim.Never:
		return ""
	case c.Carrier == "" && c.Sent == sim.Never:
		return fmt.Sprintf("nothing had left %s for it since it was wanted at %s", s.Label(c.Plant), moment(c.Ordered))
	case w.Sent:
		return fmt.Sprintf("%s, which had left %s at %s, was late", carrierOf(s, c), s.Label(c.Plant), moment(c.Sent))
	case w.Kind == model.ByLate || c.Sent == c.Ordered || visited(s, c.Hospital): // by rounds nothing is late
		return fmt.Sprintf("%s left %s only at %s", carrierOf(s, c), s.Label(c.Plant), moment(c.Sent))
	}
	return fmt.Sprintf("%s left %s %s after it was wanted, at %s", carrierOf(s, c), s.Label(c.Plant), lasting(c.Sent.Sub(c.Ordered)), moment(c.Sent))
}

// visited reports whether rounds bring a hospital its cylinders.
func visited(s *Subject, hospital string) bool {
	h := s.File.Hospital[strings.TrimPrefix(hospital, "hospital.")]
	return h.Supply != nil && h.Supply.Order == "rounds"
}

// carrierOf names who brings a delivery.
func carrierOf(s *Subject, c *model.Chain) string {
	if c.Carrier == "" {
		return "the courier"
	}
	return c.Carrier
}

// reason says why.
func reason(s *Subject, c *model.Chain, w model.Wait) string {
	thing := s.Label(w.Thing)
	if !strings.HasPrefix(w.Thing, "plant.") && !strings.HasPrefix(w.Thing, "vendor.") {
		thing = s.Label(c.Plant) // a grid is off, and the plant is without power
	}
	lack := " had no full cylinder"
	if c.Plant == "" {
		lack = " gave the pipe no gas"
	}
	empty := func(format string, args ...any) string { return thing + lack + fmt.Sprintf(format, args...) }
	switch w.Kind {
	case model.ByPowerCut:
		if strings.HasPrefix(w.Thing, "grid.") {
			return empty(" and no power since %s went off at %s", w.Thing, moment(w.Since))
		}
		return empty(" and no power since %s", moment(w.Since))
	case model.ByPowerBack:
		return empty(", its oxygen not yet being pure again after the power cut of %s", moment(w.Since))
	case model.ByMachineOut:
		return empty(" since a machine failed at %s", moment(w.Since))
	case model.ByStopped:
		return empty(", its machines being in a planned stop since %s", moment(w.Since))
	case model.ByRestarting:
		return empty(", its machines starting again after the stop of %s", moment(w.Since))
	case model.ByClosed:
		return empty(" and was closed for filling since %s", moment(w.Since))
	case model.ByNoEmpties:
		return empty(" and too few empties to fill")
	case model.ByGasShort:
		return empty(", its machines making too little gas")
	case model.ByBoosterMax:
		return empty(", its booster compressing too little")
	case model.ByAllBusy:
		return empty(", all filling positions being busy")
	case model.ByBeingFull:
		return empty(", those there were being filled")
	case model.ByQuota:
		return empty(" and had sold all that it sells in a day")
	case model.ByKept:
		return thing + " kept its full cylinders for others or gave them to them first"
	case model.ByTrucksOut:
		return w.Thing + " was on other trips"
	case model.ByAtRest:
		return "its driver rested"
	case model.ByShift:
		return "no truck may leave at that hour"
	case model.ByBroken:
		return fmt.Sprintf("%s broke down at %s", w.Thing, moment(w.Since))
	case model.ByDock:
		return w.Thing + " waited for a dock"
	case model.ByRoadShut:
		return w.Thing + " was closed"
	case model.ByReport:
		return "no report of its need had arrived"
	case model.ByReview:
		return "orders are placed at reviews only"
	case model.ByVisit:
		return w.Thing + " was not due before"
	case model.ByLate:
		return "it was ordered too late for the time that a delivery takes"
	case model.ByConnect:
		return fmt.Sprintf("what had come at %s was still being connected", moment(w.Since))
	case model.ByTankDry:
		return "its tank was empty"
	}
	return "nobody brings it any"
}
