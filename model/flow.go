package model

import "math"

// flowsOfDay gives each flow demand of a ward the size of the day, and reports
// whether that changes any. The size belongs to the day: it is drawn at its
// index.
func (w *World) flowsOfDay(x *ward) (changed bool) {
	for i := x.from; i < x.to; i++ {
		g := &w.groups[i]
		if g.flow == nil {
			continue
		}
		day := w.now.Day()
		mean := g.flow.Daily[min(day, len(g.flow.Daily)-1)]
		vary := g.flow.Vary.At(g.size, uint64(day)) * w.on(&g.pace, w.now)
		need := max(Flow(math.Round(float64(mean)*vary)), 0)
		p := &x.patients[g.last]
		if need == p.flow {
			continue
		}
		x.need += need - p.flow
		g.need = need
		p.flow = need
		changed = true
	}
	return changed
}
