package model

// plantMeasures are reported for every plant and vendor.
var plantMeasures = []measure{
	{name: "filled", unit: "cylinders", adds: true, better: More, meaning: "cylinders filled and released",
		of: func(w *World, i int) float64 { return float64(w.plants[i].tally.filled) }, when: fills},
	{name: "filled_per_day", unit: "cylinders/d", better: More, meaning: "cylinders filled and released per day",
		of: func(w *World, i int) float64 { return float64(w.plants[i].tally.filled) * 86400 / w.span() }, when: fills},
	{name: "rejected", unit: "cylinders", adds: true, better: Less, meaning: "filled cylinders that failed inspection",
		of: func(w *World, i int) float64 { return float64(w.plants[i].tally.rejected) }, when: hasStation},
	{name: "tested", unit: "cylinders", adds: true, meaning: "cylinders sent to their periodic test",
		of: func(w *World, i int) float64 { return float64(w.plants[i].tally.tested) }, when: hasStation},
	{name: "fill_wait", unit: "h", better: Less, meaning: "mean wait of an empty cylinder for a filling position",
		of: func(w *World, i int) float64 { t := &w.plants[i].tally; return ratio(t.waits, t.begun) / 3600 }, when: hasStation},
	{name: "fill_wait_over", unit: "1", better: Less, meaning: "share of fills whose wait was longer than wait_limit",
		of:   func(w *World, i int) float64 { t := &w.plants[i].tally; return ratio(t.long, t.begun) },
		when: func(w *World, i int) bool { return hasStation(w, i) && w.cfg.Plants[i].Fill.WaitLimit > 0 }},
	{name: "queue_over", unit: "1", better: Less, meaning: "share of the time with at least queue_limit cylinders waiting or being filled",
		of:   func(w *World, i int) float64 { return w.plants[i].crowded.hours(w.now) * 3600 / w.span() },
		when: func(w *World, i int) bool { return hasStation(w, i) && w.cfg.Plants[i].Fill.QueueLimit > 0 }},
	{name: "empties", unit: "cylinders", meaning: "mean number of empty cylinders waiting to be filled",
		of: func(w *World, i int) float64 { return w.sumTypes(w.plants[i].empty) }},
	{name: "filling", unit: "cylinders", meaning: "mean number of cylinders being filled",
		of: func(w *World, i int) (sum float64) {
			for _, q := range w.plants[i].positions {
				sum += w.sumTypes(w.positions[q].pile)
			}
			return sum
		}, when: hasStation},
	{name: "on_hand", unit: "cylinders", better: More, meaning: "mean number of full cylinders on hand",
		of: func(w *World, i int) float64 { return w.sumTypes(w.plants[i].full) }},
	{name: "shipped", unit: "cylinders", adds: true, meaning: "full cylinders sent",
		of: func(w *World, i int) float64 { return float64(w.plants[i].tally.shipped) }},
	bound(Empties, "nothing waited to be filled"),
	bound(Shift, "cylinders waited, outside working hours"),
	bound(PowerCut, "cylinders waited, without electricity"),
	bound(Outage, "cylinders waited, and no machine ran"),
	bound(PlantFlow, "the machines made less gas than the station could fill"),
	bound(Booster, "the booster compressed less gas than the station could fill"),
	bound(Positions, "all filling positions were busy while cylinders waited"),
}

// bound is the share of the time during which a constraint bound.
func bound(c Constraint, meaning string) measure {
	return measure{name: "bound_" + c.String(), unit: "1", meaning: "share of the time during which " + meaning,
		of:   func(w *World, i int) float64 { return float64(w.plants[i].bound[c]) / w.span() },
		when: hasStation}
}

func fills(w *World, i int) bool { return w.cfg.Plants[i].Fill != nil || w.cfg.Plants[i].Vendor != nil }

func hasStation(w *World, i int) bool { return w.cfg.Plants[i].Fill != nil }

// sumTypes returns the mean number of cylinders of all types in the piles from
// the given one on.
func (w *World) sumTypes(first pileID) (sum float64) {
	for t := range pileID(w.ledger.types) {
		sum += w.ledger.mean(first+t, w.begin, w.now)
	}
	return sum
}
