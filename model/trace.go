package model

import (
	"fmt"
	"io"

	"oxysim/sim"
)

// tracer writes what happens, one line each.
type tracer struct {
	w   *World
	out io.Writer
}

// Trace makes a world write a line for all that happens in the runs that
// follow: the instant, the thing it befalls, and what. A nil writer ends it.
func (w *World) Trace(out io.Writer) {
	w.trace = nil
	if out != nil {
		w.trace = &tracer{w, out}
	}
}

// event notes that the owner of a slot acts. Most say more by what they do, so
// that only what moves no cylinder is written.
func (t *tracer) event(now sim.Time, kind event, owner int) {
	w := t.w
	switch kind {
	case demanded:
		d := &w.demands[owner]
		t.line(now, w.cfg.Hospitals[d.hospital].Name, "cylinders are asked for")
	case truckMoved:
		t.truck(now, owner)
	case roundDue:
		if now >= w.rounds[owner].next {
			t.line(now, "round."+w.cfg.Rounds[owner].Name, "is due")
		}
	case patientCame:
		t.line(now, w.cfg.Hospitals[w.groups[owner].hospital].Name, "a patient comes")
	}
}

// truck writes what a truck has done.
func (t *tracer) truck(now sim.Time, i int) {
	w := t.w
	k := &w.trucks[i]
	what := ""
	switch k.phase {
	case docking:
		what = "has a dock"
	case loading:
		what = "is loaded"
	case driving:
		if k.left > k.rolls {
			return // what stops it has a line of its own
		}
		what = "reaches " + w.placeName(int(k.at))
	case held:
		what = "finds the road open"
	case resting:
		what = "has rested"
	case broken:
		what = "is repaired"
	case unloading, emptying, handingIn:
		what = "is unloaded"
	}
	t.line(now, k.cfg.Name, what)
}

// stops notes what stops a truck on its way.
func (t *tracer) stops(now sim.Time, i int, what string) {
	t.line(now, t.w.cfg.Trucks[i].Name, what)
}

// placeName returns the dotted name of a place.
func (w *World) placeName(p int) string {
	plants, hospitals := len(w.cfg.Plants), len(w.cfg.Hospitals)
	switch {
	case p < plants:
		return w.cfg.Plants[p].Name
	case p < plants+hospitals:
		return w.cfg.Hospitals[p-plants].Name
	}
	return "junction." + w.cfg.Junctions[p-plants-hospitals]
}

// linkName returns the dotted name of a link.
func (w *World) linkName(l int32) string { return "link." + w.cfg.Links[l].Name }

// sent notes that a truck begins a trip.
func (t *tracer) sent(now sim.Time, i int) {
	w := t.w
	k := &w.trucks[i]
	what := fmt.Sprintf("begins a trip with %s for", plural(w.aboard(k), "full cylinder"))
	for _, s := range k.stops {
		what += " " + w.cfg.Hospitals[s.hospital].Name
	}
	t.line(now, k.cfg.Name, what)
}

// power notes that a place loses or regains electricity.
func (t *tracer) power(now sim.Time, place int, on bool) {
	what := "electricity fails"
	if on {
		what = "electricity returns"
	}
	t.line(now, t.w.placeName(place), what)
}

// machine notes what befalls a machine.
func (t *tracer) machine(now sim.Time, i int, what string) {
	w := t.w
	pool := w.machines[i].pool
	t.line(now, w.placeName(int(pool)), fmt.Sprintf("machine %d %s", i-int(w.pools[pool].first)+1, what))
}

// shortage notes that a hospital becomes short, or ceases to be.
func (t *tracer) shortage(now sim.Time, h int, on bool) {
	what := "STOCKOUT ends"
	if on {
		what = "STOCKOUT begins"
	}
	t.line(now, t.w.cfg.Hospitals[h].Name, what)
}

// moved notes that cylinders have gone from one pile to another, the given one
// first.
func (t *tracer) moved(now sim.Time, n int, from, to pileID, first cylinderID) {
	l := &t.w.ledger
	who := t.w.ownerName(to)
	ids := fmt.Sprintf("cylinder %d", first)
	if n > 1 {
		ids = fmt.Sprintf("%d cylinders from %d on", n, first)
	}
	t.line(now, who, fmt.Sprintf("%s: %v, was %v; now %d", ids, l.stage(to), l.stage(from), l.piles[to].count))
}

// ownerName returns the dotted name of whose pile it is.
func (w *World) ownerName(p pileID) string {
	s := w.ledger.stage(p)
	owner := int(p-w.ledger.base[s]) / w.ledger.types
	switch s {
	case EmptyAtPlant, Inspecting, FullAtPlant, AtTest:
		return w.cfg.Plants[owner].Name
	case Filling:
		return w.cfg.Plants[w.positions[owner].plant].Name
	case FullAtHospital, InUse, EmptyAtHospital:
		return w.cfg.Hospitals[owner].Name
	case FullOnTruck, EmptyOnTruck:
		return w.cfg.Trucks[owner].Name
	case FullInParcel, EmptyInParcel:
		return w.cfg.Hospitals[w.lines[w.parcels.all[owner].line].hospital].Name
	}
	return "network"
}

func (t *tracer) line(now sim.Time, who, what string) {
	fmt.Fprintf(t.out, "%-15v %-28s %s\n", now, who, what)
}
