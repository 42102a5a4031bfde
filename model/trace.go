package model

import (
	"fmt"
	"io"

	"oxysim/sim"
)

// Notice is one thing that happened, in words.
type Notice struct {
	At    sim.Time
	Thing string // whom it befalls, dotted
	Other string // who has a part in it, dotted; or ""
	What  string // the rest of the sentence that begins with Thing
}

// String returns the notice as a line, without its end.
func (n Notice) String() string { return fmt.Sprintf("%-13v %-24s %s", n.At, n.Thing, n.What) }

// Watch makes a world tell what happens in the runs that follow, in order. A
// nil function ends it.
func (w *World) Watch(tell func(Notice)) {
	w.trace = nil
	if tell != nil {
		w.trace = newTracer(w, tell)
	}
}

// Trace makes a world write what happens in the runs that follow, a line each.
// A nil writer ends it.
func (w *World) Trace(out io.Writer) {
	if out == nil {
		w.Watch(nil)
		return
	}
	w.Watch(func(n Notice) { fmt.Fprintln(out, n) })
}

// tracer tells what happens. What cylinders and machines do, it is told by
// those who do it; what else has changed, it finds out by looking before and
// after each event.
type tracer struct {
	w    *World
	tell func(Notice)
	seen sightings
}

func newTracer(w *World, tell func(Notice)) *tracer {
	return &tracer{w: w, tell: tell, seen: newSightings(w)}
}

func (t *tracer) line(now sim.Time, who, what string) { t.with(now, who, "", what) }

func (t *tracer) with(now sim.Time, who, other, what string) { t.tell(Notice{now, who, other, what}) }

// begin tells what is where at the start.
func (t *tracer) begin() {
	w := t.w
	t.seen = newSightings(w)
	clear(t.seen.grids) // before the start all are on, whatever they were at the end of the last run
	for i := range w.plants {
		p := &w.plants[i]
		t.line(w.now, p.cfg.Name, "begins with "+t.stock(p.full, p.empty))
	}
	for i := range w.hospitals {
		for _, k := range w.hospitals[i].lines {
			l := &w.lines[k]
			t.line(w.now, w.cfg.Hospitals[i].Name, fmt.Sprintf("begins with %s full and %d empty",
				t.number(w.ledger.count(l.full), int(l.typ)), w.ledger.count(l.empty)))
		}
	}
}

// stock says how many cylinders there are in two piles of each type.
func (t *tracer) stock(full, empty pileID) (s string) {
	for typ := range t.w.ledger.types {
		if typ > 0 {
			s += ", "
		}
		s += fmt.Sprintf("%s full and %d empty", t.number(t.w.ledger.count(full+pileID(typ)), typ), t.w.ledger.count(empty+pileID(typ)))
	}
	return s
}

// number says a number of cylinders, with their type if there are several.
func (t *tracer) number(n, typ int) string {
	thing := "cylinder"
	if t.w.ledger.types > 1 {
		thing = t.w.cfg.Types[typ].Name + " " + thing
	}
	return plural(n, thing)
}

// event tells what happens before it does.
func (t *tracer) event(now sim.Time, kind event, owner int) {
	w := t.w
	switch kind {
	case demanded:
		d := &w.demands[owner]
		batch := d.batch // a bookmark: the draw will be made again
		t.line(now, w.cfg.Hospitals[d.hospital].Name, "asks for "+t.number(d.size(&batch), int(w.lines[d.line].typ)))
	case truckMoved:
		t.truck(now, owner)
	case roundDue:
		if now >= w.rounds[owner].next {
			t.line(now, "round."+w.cfg.Rounds[owner].Name, "is due")
		}
	}
}

// truck tells what a truck has done.
func (t *tracer) truck(now sim.Time, i int) {
	w := t.w
	k := &w.trucks[i]
	what, place := "", w.placeName(int(k.at))
	switch k.phase {
	case docking:
		what = "has a dock at " + place
	case loading:
		what = "is loaded"
	case driving:
		if k.left > k.rolls {
			return // what stops it has a line of its own
		}
		what = "reaches " + place
	case held:
		what = "looks whether the road is open"
	case resting:
		what = "has rested"
	case broken:
		what = "is repaired"
	case unloading, emptying, handingIn:
		what = "is unloaded at " + place
	}
	t.with(now, k.cfg.Name, place, what)
}

// stops tells what stops a truck on its way.
func (t *tracer) stops(now sim.Time, i int, what string) {
	t.with(now, t.w.cfg.Trucks[i].Name, t.w.linkName(t.w.trucks[i].link), what)
}

// sent tells that a truck begins a trip.
func (t *tracer) sent(now sim.Time, i int) {
	w := t.w
	k := &w.trucks[i]
	what := fmt.Sprintf("begins a trip with %s", plural(w.aboard(k), "full cylinder"))
	for j, s := range k.stops {
		name := w.cfg.Hospitals[s.hospital].Name
		if j == 0 {
			what += " to " + name
		} else {
			what += ", then " + name
		}
	}
	t.with(now, k.cfg.Name, w.placeName(int(k.plant)), what)
}

// power tells that a place loses or regains electricity.
func (t *tracer) power(now sim.Time, place int, on bool) {
	what := "loses electricity"
	if on {
		what = "has electricity again"
	}
	t.line(now, t.w.placeName(place), what)
}

// machine tells what befalls a machine.
func (t *tracer) machine(now sim.Time, i int, what string) {
	w := t.w
	pool := w.machines[i].pool
	t.line(now, w.placeName(int(pool)), fmt.Sprintf("machine %d %s", i-int(w.pools[pool].first)+1, what))
}

// shortage tells that a hospital becomes short, or ceases to be.
func (t *tracer) shortage(now sim.Time, h int, on bool) {
	what := "STOCKOUT ends"
	if on {
		what = "STOCKOUT begins"
	}
	t.line(now, t.w.cfg.Hospitals[h].Name, what)
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
func (w *World) linkName(l int32) string { return "road." + w.cfg.Links[l].Name }
