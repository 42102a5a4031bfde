package model

import "oxysim/sim"

// StopAtStockout simulates a replication only as far as needed to know which of
// some hospitals, by index, have a stockout in it: until all have had one, or
// until the first if one is enough. It says so in had, which is as long as
// hospitals; if it ended early, a hospital that is not said to have had one may
// have had one later. Nothing is counted as in Run: a stockout is one of which
// the metric "stockout" is 1.
//
// It looks once a day, so that an event costs what it costs in Run. At midnight
// everything before it has happened: a spell that is on then has a length.
func (w *World) StopAtStockout(seed uint64, replication int, hospitals []int, first bool, had []bool) {
	w.Begin(seed, replication)
	t := max(w.now, w.Begins()) // what is before the end of the warm-up is forgotten
	for t < w.end {
		t = min(t.Add(sim.Day), w.end)
		w.RunTo(t)
		missing := 0
		for i, h := range hospitals {
			had[i] = w.hospitals[h].short.count > 0
			if !had[i] {
				missing++
			}
		}
		if missing == 0 || first && missing < len(hospitals) {
			return
		}
	}
}
