package model

import (
	"oxysim/sim"
	"oxysim/sim/rng"
)

// A world may begin in the midst of things: config_state.go says how. With
// nothing said, what is here does nothing.

// startUses lets the cylinders in use at the start be used up. A use that was
// going on when somebody looked has a part of its time left: that of a renewal
// process looked at long after its beginning.
func (w *World) startUses() {
	for i := range w.lines {
		l := &w.lines[i]
		n := w.ledger.count(l.use)
		if n == 0 || l.cfg.InUse == 0 {
			continue
		}
		for k, c := 0, w.ledger.first(l.use); c != noCylinder; k, c = k+1, w.ledger.cylinders[c].next {
			user := w.userOf(i, k)
			d := &w.demands[user]
			if d.cfg.Places > 0 {
				d.begun++
			}
			w.user[c] = int32(user)
			l.uses.Push(w.now.Add(residual(&d.cfg.Use, d.use, fromStart+uint64(k))), int32(c))
		}
		w.setUses(i)
	}
}

// userOf returns the demand to which the k-th cylinder belongs that is in use on
// a line at the start: first those with places, as many as they have, then the
// others in proportion to what they would have in use.
func (w *World) userOf(line, k int) int {
	all, share := 0.0, 0.0
	best := None
	for _, i := range w.hospitals[w.lines[line].hospital].demands {
		d := &w.demands[i]
		if int(d.line) != line || d.instant {
			continue
		}
		if best == None {
			best = int(i)
		}
		if p := d.cfg.Places; p > 0 {
			if k < p {
				return int(i)
			}
			k -= p
			continue
		}
		all += d.inUse()
	}
	at := float64((0.5 + float64(k)) * 0.6180339887498949) // spread evenly, whatever the number
	at = float64((at - float64(int(at))) * all)
	for _, i := range w.hospitals[w.lines[line].hospital].demands {
		d := &w.demands[i]
		if int(d.line) != line || d.instant || d.cfg.Places > 0 {
			continue
		}
		best = int(i)
		if share += d.inUse(); at < share {
			break
		}
	}
	return best
}

// inUse returns about how many cylinders of a demand are in use at a time.
func (d *demand) inUse() float64 {
	return float64(d.cfg.Batch.Mean() * d.cfg.Use.Mean() / max(d.gap.Mean(), 1))
}

// connected reports whether the ward of a hospital draws on a line, so that the
// cylinders in use on it are those connected at the start.
func (w *World) connected(i int) bool {
	l := &w.lines[i]
	h := w.hospitals[l.hospital].cfg
	if len(h.Patients)+len(h.Flow) == 0 {
		return false
	}
	own := i - int(w.hospitals[l.hospital].lines[0])
	for _, s := range h.Sources {
		switch {
		case s == FromManifold && h.Manifold.Line == own:
			return true
		case s == FromBedside:
			for _, j := range h.Bedside.Lines {
				if j == own {
					return true
				}
			}
		}
	}
	return false
}

// inUseAt returns the pile in which the cylinders in use on a line are at the
// start: a ward takes them first from the full ones; those whose use takes no
// time are empty.
func (w *World) inUseAt(i int) pileID {
	l := &w.lines[i]
	switch {
	case w.connected(i):
		return l.full
	case l.cfg.InUse > 0 && w.userOf(i, 0) == None:
		return l.empty
	}
	return l.use
}

// usePart takes out of the cylinders that wards have in use at the start what
// has been drawn from them: of each an equal chance of any part. Of a manifold,
// one bank feeds, whose cylinders are drawn on together, and the other is full.
func (w *World) usePart() {
	for i := range w.lines {
		l := &w.lines[i]
		if l.cfg.InUse == 0 || !w.connected(i) {
			continue
		}
		h := w.hospitals[l.hospital].cfg
		s := w.stream(l.names.inUse)
		c := w.ledger.first(l.full)
		for k := range l.cfg.InUse {
			u := s.Float64At(uint64(k))
			if m := h.Manifold; m != nil && int(w.hospitals[l.hospital].lines[m.Line]) == i {
				u = s.Float64At(0)
				if k >= m.Bank {
					break
				}
			}
			cyl := &w.ledger.cylinders[c]
			drawn := (cyl.gas - l.residual).Share(u)
			cyl.gas -= drawn
			w.ledger.gas[gasInitial] -= drawn
			c = cyl.next
		}
	}
}

// resetComing puts what is on its way at the start on its way.
func (w *World) resetComing() {
	for i := range w.lines {
		l := &w.lines[i]
		for _, x := range l.cfg.Coming {
			id := w.newParcel(i, x.Count, false)
			l.parcels.Push(x.At, int32(id))
			w.shipped(l, x.Count)
		}
		if len(l.cfg.Coming) > 0 {
			w.set(parcelCame, i, l.parcels.First())
		}
	}
	for i := range w.trucks {
		a := w.trucks[i].cfg.Away
		if a == nil {
			continue
		}
		for _, v := range a.Stops {
			for _, k := range w.hospitals[v.Hospital].lines {
				w.shipped(&w.lines[k], of(v.Load, int(w.lines[k].typ)))
			}
		}
		if w.trucks[i].fetches(w) {
			for _, k := range w.hospitals[w.trucks[i].cfg.Home-len(w.plants)].lines {
				w.shipped(&w.lines[k], of(a.Full, int(w.lines[k].typ)))
			}
		}
	}
}

// shipped notes that n cylinders had left for a line before the start.
func (w *World) shipped(l *line, n int) {
	l.shipped += int32(n)
	l.ordered += int32(n)
}

// resetAway puts trucks that are away at the start where they are. A truck on
// its way is at its next place already, and arrives when it is there.
func (w *World) resetAway() {
	for i := range w.trucks {
		t := &w.trucks[i]
		a := t.cfg.Away
		if a == nil {
			continue
		}
		w.beginTrip(t)
		t.phase = driving
		if a.Broken {
			t.phase = broken
		}
		if t.fetches(w) {
			own := w.hospitals[t.cfg.Home-len(w.plants)].lines
			t.fetch = own[min(a.Fetch, len(own)-1)]
		}
		for k, v := range a.Stops {
			t.stops = append(t.stops, stop{int32(v.Hospital)})
			for typ, n := range v.Load {
				t.loadAt(w, k)[typ] = int32(n)
			}
		}
		if len(a.Stops) > 0 {
			t.at = int32(w.target(t))
		}
	}
}

// startAway lets trucks that are away arrive.
func (w *World) startAway() {
	for i := range w.trucks {
		if a := w.trucks[i].cfg.Away; a != nil {
			w.set(truckMoved, i, max(a.Until, w.now))
		}
	}
}

// idleAtHome reports whether a truck is at home with nothing aboard and nowhere
// to go.
func (w *World) idleAtHome(t *truck) bool {
	return int(t.at) == t.cfg.Home && len(t.stops) == 0 && w.aboard(t) == 0
}

// startDown begins a machine that is down at the start.
func (w *World) startDown(p *pool, i int, o *Failed) {
	m := &w.machines[i]
	if o.Until > 0 || len(p.cfg.Modes) == 0 {
		m.duty, m.until = maintained, max(o.Until, w.now)
		w.setMachine(i)
		return
	}
	s := w.stream(m.lives[0].names.repair).Sub(fromStart)
	m.failure = int32(o.Mode)
	if o.Mode == None {
		m.failure = modeOf(p.cfg.Modes, o.For, s)
	}
	f, l := &p.cfg.Modes[m.failure], &m.lives[m.failure]
	part, repair := downFor(f, o.For, w.stream(l.names.repair), s.Sub(1))
	switch {
	case part > 0:
		m.duty, m.until, m.began = awaitsPart, w.now.Add(part), w.now.Add(-o.For)
	default:
		if c := w.repairers(m); c != nil {
			if c.free == 0 {
				m.duty = awaitsCrew
				c.queue = append(c.queue, int32(i))
				break
			}
			c.free--
		}
		m.duty, m.until, m.began = repaired, w.now.Add(max(repair, sim.Second)), w.now.Add(-o.For)
	}
	w.setMachine(i)
}

// modeOf draws the mode of a machine that has been down for d: of each, the rate
// at which it happens times the probability that it lasts so long.
func modeOf(modes []Failure, d sim.Span, s rng.Stream) int32 {
	weights := make([]float64, len(modes))
	sum := 0.0
	for i := range modes {
		weights[i] = lasting(&modes[i], d, s.Sub(uint64(i+2))) / max(modes[i].After.Mean(), 1)
		sum += weights[i]
	}
	u := s.Float64At(0) * sum
	for i, x := range weights {
		if u -= x; u < 0 {
			return int32(i)
		}
	}
	return int32(len(modes) - 1)
}

// tries is how many times a sum of two laws is drawn until one is long enough.
const tries = 1000

// lasting returns the probability that a machine that has failed is down for
// longer than d; if a part has to come, an estimate of it.
func lasting(f *Failure, d sim.Span, s rng.Stream) float64 {
	if always0(&f.Spare) && closed(&f.Lasts) {
		return 1 - probability(&f.Lasts, float64(d))
	}
	n := 0
	for k := range uint64(tries) {
		if f.Spare.At(s.Sub(0), k)+f.Lasts.At(s.Sub(1), k) > float64(d) {
			n++
		}
	}
	return (float64(n) + 0.5) / tries
}

// downFor draws how long a machine that has been down for d still waits for its
// part, or else how long its repair still takes. The repair alone is drawn by
// inversion of its law given d, at the index of the machine's first repair; with
// a part, both are drawn until they last longer than d together, or else they
// are over now.
func downFor(f *Failure, d sim.Span, repairs, s rng.Stream) (part, repair sim.Span) {
	if always0(&f.Spare) {
		return 0, remaining(&f.Lasts, repairs, 0, d)
	}
	for k := range uint64(tries) {
		x, y := sim.Seconds(f.Spare.At(s.Sub(0), k)), sim.Seconds(f.Lasts.At(s.Sub(1), k))
		switch {
		case x > d:
			return x - d, 0 // the repair is drawn when it begins
		case x+y > d:
			return 0, x + y - d
		}
	}
	return 0, 0
}

// reportsBefore returns how many counts of a line were taken before the start.
func (w *World) reportsBefore(l *line) uint64 {
	if !l.reports() {
		return 0
	}
	r := l.supply.Report
	return uint64(periods(w.now.Sub(sim.Time(r.First)), r.Every))
}

// periods returns the least n for which n periods are no shorter than d.
func periods(d, every sim.Span) sim.Span { return max((d+every-1)/every, 0) }

// firstReview returns the first time of review that is not before now.
func (w *World) firstReview(p *Policy) sim.Time {
	return sim.Time(p.First).Add(periods(w.now.Sub(sim.Time(p.First)), p.Every) * p.Every)
}

// firstAsked returns when a demand that is no Poisson process first asks.
func (w *World) firstAsked(d *demand) sim.Time {
	at := sim.Time(d.cfg.First)
	for at < w.now {
		at = at.Add(max(sim.Seconds(d.gaps.Draw()), 1))
	}
	return at
}

// aboard returns how many cylinders a truck has aboard at the start.
func (a *Away) aboard() (n int) {
	if a == nil {
		return 0
	}
	n = sum(a.Full) + sum(a.Empty)
	for _, v := range a.Stops {
		n += sum(v.Load)
	}
	return n
}

// putUnderWay makes the cylinders that are on their way at the start.
func (w *World) putUnderWay() {
	l := &w.first
	parcel := 0
	for i := range w.lines {
		k := &w.lines[i]
		for _, x := range k.cfg.Coming {
			t := int(k.typ)
			w.put(x.Count, l.at(FullInParcel, parcel, t), t, w.content[t], w.cfg.Hospitals[k.hospital].Name, "coming")
			parcel++
		}
	}
	for i := range w.trucks {
		a := w.trucks[i].cfg.Away
		if a == nil {
			continue
		}
		for t := range l.types {
			n := of(a.Full, t)
			for _, v := range a.Stops {
				n += of(v.Load, t)
			}
			w.put(n, l.at(FullOnTruck, i, t), t, w.content[t], w.cfg.Trucks[i].Name, "full")
			w.put(of(a.Empty, t), l.at(EmptyOnTruck, i, t), t, w.residual[t], w.cfg.Trucks[i].Name, "empty")
		}
	}
}
