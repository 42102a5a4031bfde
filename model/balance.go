package model

import "oxysim/sim"

// balance divides what a plant can give anew, and tells the hospitals whose
// share is not what they know.
func (w *World) balance(i int) {
	if w.plants[i].gas.acts {
		w.settleGas(i)
		w.share(i)
		w.tellPipes(i)
	}
}

// share divides what a plant can give: to the pipes, in the order of the
// hospitals, then to the filling station; the tank takes the surplus and gives
// what is short. Everything up to now has been booked.
func (w *World) share(i int) {
	p := &w.plants[i]
	g := &p.gas
	if !p.limits {
		w.sharePipes(g, p.running, Unlimited)
		g.makes = g.piped
		return
	}
	wanted := w.pipesWant(g)
	give := g.rate
	if wanted > give && g.tank >= (wanted-give).Over(sim.Second) {
		give = wanted // the tank makes up for it, for a second at least
	}
	w.sharePipes(g, true, give)
	starved := g.piped < wanted

	left := max(g.rate-g.piped, 0)
	spare := g.tank - max(g.piped-g.rate, 0).Over(sim.Second)
	w.shareStation(i, left+spare.Within(sim.Second))
	uses := g.piped + g.station
	g.makes = g.rate
	if uses < g.rate && g.tank == p.room() {
		g.makes = uses
	}
	level := uses == g.makes
	g.empty = level && p.room() > 0 && (starved || g.tank < p.dregs())
	g.full = p.room() > 0 && g.tank == p.room() && uses <= g.rate
	w.set(gasTurned, i, w.nextGas(p))
	if p.cfg.Fill != nil {
		w.bind(p, i)
	}
}

// pipesWant returns what all pipes of a plant would carry.
func (w *World) pipesWant(g *gasworks) (sum Flow) {
	for _, h := range g.pipes {
		sum += min(w.pipes[h].need, w.pipes[h].most)
	}
	return sum
}

// sharePipes gives each pipe what it wants while there is any.
func (w *World) sharePipes(g *gasworks, open bool, give Flow) {
	g.piped = 0
	for _, h := range g.pipes {
		x := &w.pipes[h]
		x.grant = 0
		if open {
			x.grant = min(x.need, x.most, give)
		}
		give -= x.grant
		g.piped += x.grant
	}
}

// shareStation gives the filling station what its fills could take, at most
// what there is and what the booster compresses, in equal parts to all fills
// but no more than they could take.
func (w *World) shareStation(i int, can Flow) {
	p := &w.plants[i]
	g := &p.gas
	var wanted Flow
	for _, k := range p.positions {
		q := &w.positions[k]
		q.flow = q.wants(w.now)
		wanted += q.flow
	}
	got := min(wanted, can)
	g.boosted = false
	if b := p.cfg.Make.Booster; b > 0 && b < got {
		got, g.boosted = b, true
	}
	if !w.powered(i) {
		got = 0
	}
	g.short, g.station = got < wanted, got
	if !g.short {
		return
	}
	g.station = 0
	most := w.level(p, got)
	for _, k := range p.positions {
		q := &w.positions[k]
		q.flow = min(q.flow, most)
		g.station += q.flow
	}
}

// level returns the greatest flow to which the fills of a plant can be limited
// so that together they take no more than the given flow.
func (w *World) level(p *plant, give Flow) Flow {
	level := Flow(0)
	for {
		rest, many := give, Flow(0)
		for _, k := range p.positions {
			if wants := w.positions[k].flow; wants > level {
				many++
			} else {
				rest -= wants
			}
		}
		if many == 0 || rest/many <= level {
			return level
		}
		level = rest / many
	}
}

// wants returns the flow with which a fill has its gas when its time is over,
// or in a second if it is over already.
func (q *position) wants(now sim.Time) Flow {
	if q.count == 0 || q.gas == 0 {
		return 0
	}
	return q.gas.Within(max(q.until.Sub(now), sim.Second))
}

// nextGas returns when the tank of a plant will be empty or full, or a fill
// whose time is over has its gas.
func (w *World) nextGas(p *plant) sim.Time {
	g := &p.gas
	next := sim.Never
	switch into := g.makes - g.piped - g.station; {
	case into < 0:
		next = w.now.Add(g.tank.Lasts(-into))
	case into > 0:
		next = w.now.Add((p.room() - g.tank).Needs(into))
	}
	for _, k := range p.positions {
		if q := &w.positions[k]; q.ripe && q.flow > 0 {
			next = min(next, w.now.Add(q.gas.Needs(q.flow)))
		}
	}
	return next
}

// tellPipes tells each hospital whose share of a plant's gas has changed.
func (w *World) tellPipes(i int) {
	for _, h := range w.plants[i].gas.pipes {
		if x := &w.pipes[h]; x.grant != x.told {
			x.told = x.grant
			w.wardPiped(int(h))
		}
	}
}

// gasTurned: the tank of a plant is empty or full, or fills have their gas.
func (w *World) gasTurned(i int) {
	w.settleGas(i)
	for _, k := range w.plants[i].positions {
		if q := &w.positions[k]; q.ripe && q.gas == 0 {
			w.takeOff(&w.plants[i], q, int(k))
		}
	}
	w.gasChanged(i)
}

// drawGas lets a fill that has begun draw its gas: what its cylinders need to
// reach their share of the nominal content.
func (w *World) drawGas(p *plant, k int) {
	q := &w.positions[k]
	number := q.number
	q.gas, q.taken, q.flow = 0, 0, 0
	for t := range w.ledger.types {
		for c := w.ledger.first(q.pile + pileID(t)); c != noCylinder; c = w.ledger.cylinders[c].next {
			q.gas += w.ledger.cylinders[c].lacks(w.content[t].Share(p.contentShare(number)))
			number++
		}
	}
}

// ripen notes that the time of a fill is over, and reports whether it has its
// gas. If not, it draws all it can get.
func (w *World) ripen(k int) bool {
	q := &w.positions[k]
	w.settleGas(int(q.plant))
	if q.gas == 0 {
		return true
	}
	q.ripe = true
	w.cancel(filled, k)
	w.balance(int(q.plant))
	return false
}

// gasBinds returns what keeps a station with limited gas from filling more.
func (w *World) gasBinds(i int) Constraint {
	g := &w.plants[i].gas
	switch {
	case !g.short:
		return Positions
	case g.boosted:
		return Booster
	}
	return PlantFlow
}
