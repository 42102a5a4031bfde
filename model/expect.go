package model

import (
	"oxysim/sim"
	"oxysim/sim/rng"
)

// expectWardUse adds the cylinders a day that the ward of a hospital is
// expected to take to what a planner would expect the hospital to use: its mean
// need, less what the sources before cylinders in its stack give on average.
//
// It is an estimate, for days of cover and fair shares: it takes the means of
// need and supply for need and supply, machines always to have power, and a pipe
// to bring all that its plant can make.
func (w *World) expectWardUse(h int) {
	i := w.hospitals[h].ward
	if i == None {
		return
	}
	x := &w.wards[i]
	need := w.meanNeed(x, 0)
	for _, s := range x.cfg.Sources {
		switch s {
		case FromConcentrators:
			c := x.cfg.Concentrators
			give := float64(c.Flow) * float64(c.Machines.Count) * c.Machines.uptime()
			need -= min(give, w.meanNeed(x, c.Flow))
		case FromPipe:
			need -= w.meanPipe(x.cfg.Pipe)
		case FromBulk:
			need -= x.cfg.Bulk.meanSupply()
		case FromManifold:
			w.expectTaken(x, x.cfg.Manifold.Line, need)
			return
		case FromBedside:
			w.expectTaken(x, x.cfg.Bedside.Lines[0], need)
			return
		}
		need = max(need, 0)
	}
}

// expectTaken adds the cylinders of a line that a flow in mL/min takes.
func (w *World) expectTaken(x *ward, i int, flow float64) {
	l, _ := w.lineOf(x, i)
	t := &w.cfg.Types[l.typ]
	if content := t.Content.Share(t.Usable); content > 0 {
		w.hospitals[x.hospital].meanUse[l.typ] += flow * float64(sim.Day) / float64(content)
	}
}

// meanNeed returns the mean need of a ward in mL/min; of that which
// concentrators of a given flow can serve, if that is not 0.
func (w *World) meanNeed(x *ward, concentrator Flow) (sum float64) {
	for k := x.from; k < x.to; k++ {
		g := &w.groups[k]
		if g.cfg == nil {
			mean := 0.0
			for _, f := range g.flow.Daily {
				mean += float64(f) / float64(len(g.flow.Daily))
			}
			sum += float64(mean * g.flow.Vary.Mean() * w.meanStorm(&g.pace))
			continue
		}
		flow := g.cfg.Flow.Mean()
		if concentrator > 0 {
			flow = meanUpTo(&g.cfg.Flow, float64(concentrator))
		}
		if g.cfg.Mean > 0 {
			sum += float64(flow * g.cfg.Stay.Mean() / g.cfg.Mean * meanOf(g.cfg.Profile) * w.meanStorm(&g.pace))
		}
	}
	return sum
}

// meanUpTo returns the mean of a number if it is at most a limit, and 0 if it
// is above: from a fixed sample.
func meanUpTo(l *rng.Law, limit float64) float64 {
	const n = 1000
	sum := 0.0
	for i := range uint64(n) {
		if f := l.At(rng.Stream{}, i); f <= limit {
			sum += f / n
		}
	}
	return sum
}

// meanStorm returns the mean multiplier of a pace's weather.
func (w *World) meanStorm(p *pace) float64 {
	if p.storm == None {
		return 1
	}
	return 1 + float64((p.factor-1)*meanOf(w.cfg.Weathers[p.storm].Wet))
}

// uptime returns the share of the time in which a machine is not under repair.
func (m *Machine) uptime() float64 {
	down := 0.0
	for i := range m.Modes {
		if f := &m.Modes[i]; f.After.Mean() > 0 {
			down += (f.Lasts.Mean() + f.Spare.Mean()) / f.After.Mean()
		}
	}
	return 1 / (1 + down)
}

// meanPipe returns what a pipe brings on average: all it can carry, or what its
// plant makes if that is less.
func (w *World) meanPipe(p *Pipe) float64 {
	most := float64(Unlimited)
	if p.Limit > 0 {
		most = float64(p.Limit)
	}
	if m := w.cfg.Plants[p.Plant].Make; m != nil && m.Flow > 0 {
		made := float64(m.Flow) * float64(m.Machines.Count) * m.Machines.uptime() * meanOf(m.Derate)
		most = min(most, made)
	}
	return most
}

// meanSupply returns what a bulk tank gives on average: what comes into it, at
// most what its vaporiser gives.
func (b *Bulk) meanSupply() (sum float64) {
	for _, f := range b.Inflow {
		sum += float64(f) / float64(len(b.Inflow))
	}
	for i := range b.Tankers {
		if t := &b.Tankers[i]; !t.Once && t.Every.Mean() > 0 {
			sum += t.Load.Mean() * (1 - t.Fails) / t.Every.Mean()
		}
	}
	sum = max(sum-float64(b.BoilOff), 0)
	if b.Limit > 0 {
		sum = min(sum, float64(b.Limit))
	}
	return sum
}

// MeanUse returns how many cylinders of a type a hospital uses a day, by what a
// planner would expect.
func (w *World) MeanUse(hospital, typ int) float64 { return w.hospitals[hospital].meanUse[typ] }
