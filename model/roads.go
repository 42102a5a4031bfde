package model

import "oxysim/sim"

// roads is the network of links between places: plants, then hospitals, then
// junctions.
type roads struct {
	places   int
	from     []int32    // from[p] … from[p+1] are the ends of place p in ends
	ends     []int32    // links at each place
	usual    []sim.Span // usual time of each link
	hop      []int32    // hop[to*places+at] is the link to take at a place, or None
	usually  []sim.Span // usually[to*places+at] is the usual time, or noWay
	closable bool       // some link has closures that are known

	cost []sim.Span // of the last search, by place
	via  []int32    // the link to take, by place
	open sim.Heap
}

// noWay is the time to a place that no road leads to.
const noWay = 1000 * sim.Year

func (w *World) makeRoads() {
	w.makeLinks()
	r := &w.roads
	r.places = len(w.cfg.Plants) + len(w.cfg.Hospitals) + len(w.cfg.Junctions)
	r.from = make([]int32, r.places+1)
	for i := range w.cfg.Links {
		c := &w.cfg.Links[i]
		r.from[c.From+1]++
		r.from[c.To+1]++
		usual := 0.0
		if c.Speed > 0 {
			usual = c.Length.At(c.Speed)
		}
		if c.Time != nil {
			usual = c.Time.Mean()
		}
		r.usual = append(r.usual, sim.Seconds(usual+float64(c.Checks.Mean()*c.CheckTakes.Mean())))
		for _, x := range c.Closures {
			r.closable = r.closable || x.Known
		}
	}
	for p := range r.places {
		r.from[p+1] += r.from[p]
	}
	r.ends = make([]int32, 2*len(w.cfg.Links))
	fill := append([]int32(nil), r.from...)
	for i := range w.cfg.Links {
		for _, p := range [2]int{w.cfg.Links[i].From, w.cfg.Links[i].To} {
			r.ends[fill[p]] = int32(i)
			fill[p]++
		}
	}
	r.cost, r.via = make([]sim.Span, r.places), make([]int32, r.places)
	r.hop = make([]int32, r.places*r.places)
	r.usually = make([]sim.Span, r.places*r.places)
	r.open.Grow(len(r.ends) + 1)
	for to := range r.places {
		w.shortest(to, nil)
		copy(r.hop[to*r.places:], r.via)
		copy(r.usually[to*r.places:], r.cost)
	}
}

// shortest finds the quickest way to a place from all others, by usual times,
// over links that are not barred: it leaves the link to take first in r.via and
// the time in r.cost. Source: Dijkstra (1959).
func (w *World) shortest(to int, barred func(link int) bool) {
	r := &w.roads
	for p := range r.places {
		r.cost[p], r.via[p] = noWay, None
	}
	r.cost[to] = 0
	r.open.Clear()
	r.open.Push(0, int32(to))
	for r.open.Len() > 0 {
		cost, at := r.open.Pop()
		if sim.Span(cost) > r.cost[at] {
			continue // a shorter way to it was found since
		}
		for _, l := range r.ends[r.from[at]:r.from[at+1]] {
			if barred != nil && barred(int(l)) {
				continue
			}
			p := w.otherEnd(int(l), int(at))
			if c := r.cost[at] + r.usual[l]; c < r.cost[p] {
				r.cost[p], r.via[p] = c, l
				r.open.Push(sim.Time(c), int32(p))
			}
		}
	}
}

// otherEnd returns the place at the other end of a link.
func (w *World) otherEnd(l, at int) int {
	c := &w.cfg.Links[l]
	if c.From == at {
		return c.To
	}
	return c.From
}

// usually returns the usual time from one place to another, or noWay.
func (w *World) usually(at, to int) sim.Span { return w.roads.usually[to*w.roads.places+at] }

// nextLink returns the link to take at a place on the way to another: the
// usual one or, if a closure is known on the usual way, the first of a way
// around it. If there is no way around, it is the usual one, before whose
// closure a truck waits.
func (w *World) nextLink(at, to int) int {
	usual := int(w.roads.hop[to*w.roads.places+at])
	if !w.roads.closable || w.wayOpens(at, to) == w.now {
		return usual
	}
	w.shortest(to, w.knownClosed)
	if via := w.roads.via[at]; via != None {
		return int(via)
	}
	return usual
}

// knownClosed reports whether dispatchers know that a link is closed now.
func (w *World) knownClosed(l int) bool { return w.knownUntil(l) > w.now }

// knownUntil returns when a link opens that is known to be closed, or now.
func (w *World) knownUntil(l int) sim.Time {
	until := w.now
	for j := range w.links[l].closures {
		if c := &w.links[l].closures[j]; c.cfg.Known {
			until = max(until, w.closureEnd(c, w.now))
		}
	}
	return until
}

// wayOpens returns when all links of the usual way from a place to another are
// no longer known to be closed: now, if none is.
func (w *World) wayOpens(at, to int) sim.Time {
	until := w.now
	for at != to {
		l := int(w.roads.hop[to*w.roads.places+at])
		if l == None {
			return sim.Never
		}
		until = max(until, w.knownUntil(l))
		at = w.otherEnd(l, at)
	}
	return until
}

// passable returns now if a truck may be sent from a place to another: the
// usual way is not known to be closed, or there is a way around. If not, it
// returns when to ask again, because a road opens; it is [sim.Never] if no road
// leads there at all.
func (w *World) passable(at, to int) sim.Time {
	if w.usually(at, to) == noWay {
		return sim.Never
	}
	if !w.roads.closable || w.wayOpens(at, to) == w.now {
		return w.now
	}
	w.shortest(to, w.knownClosed)
	if w.roads.via[at] != None {
		return w.now
	}
	again := sim.Never
	for l := range w.links {
		if open := w.knownUntil(l); open > w.now {
			again = min(again, open)
		}
	}
	return again
}

func (w *World) resetRoads() { w.resetLinks() }
