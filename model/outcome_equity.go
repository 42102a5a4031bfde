package model

// equityMeasures say how evenly hospitals are served. They are reported once.
var equityMeasures = []measure{
	{name: "fill_rate_worst", unit: "1", better: More, meaning: "share of the cylinders asked for that were on hand, in the hospital where it is least",
		of: func(w *World, _ int) float64 { least, _ := w.fillRates(); return least }, when: anyDemandsCylinders},
	{name: "fill_rate_spread", unit: "1", better: Less, meaning: "greatest less least share of the cylinders asked for that were on hand, over hospitals",
		of: func(w *World, _ int) float64 { least, most := w.fillRates(); return most - least }, when: anyDemandsCylinders},
	{name: "m3_per_bed_day_least", unit: "m3/bed/d", better: More, meaning: "oxygen used per bed and day, in the hospital where it is least",
		of: func(w *World, _ int) float64 { least, _ := w.perBeds(); return least }, when: anyBeds},
	{name: "m3_per_bed_day_most", unit: "m3/bed/d", meaning: "oxygen used per bed and day, in the hospital where it is most",
		of: func(w *World, _ int) float64 { _, most := w.perBeds(); return most }, when: anyBeds},
}

// bedMeasures are reported for every hospital whose beds are known.
var bedMeasures = []measure{
	{name: "m3_per_bed_day", unit: "m3/bed/d", meaning: "oxygen used per bed and day",
		of: func(w *World, i int) float64 { return w.perBed(i) }, when: hasBeds},
}

// hasBeds reports whether the oxygen used per bed of a hospital is known.
func hasBeds(w *World, i int) bool {
	h := &w.hospitals[i]
	return h.cfg.Beds > 0 && (h.ward == None) != (len(h.demands) == 0)
}

func anyBeds(w *World, _ int) bool { return anyHospital(w, hasBeds) }

func anyDemandsCylinders(w *World, _ int) bool { return anyHospital(w, demandsCylinders) }

func anyHospital(w *World, has func(*World, int) bool) bool {
	for i := range w.hospitals {
		if has(w, i) {
			return true
		}
	}
	return false
}

// perBed returns the oxygen used in a hospital, in m³ per bed and day: what its
// patients were given or, where whole cylinders are asked for, what can be drawn
// from those that were emptied.
func (w *World) perBed(i int) float64 {
	h := &w.hospitals[i]
	used := Gas(0)
	if h.ward != None {
		used = w.wardOf(i).tally.supplied()
	} else {
		for _, k := range h.lines {
			l := &w.lines[k]
			used += Gas(w.ledger.piles[l.empty].came) * (w.content[l.typ] - l.residual)
		}
	}
	return used.CubicMetres() / float64(h.cfg.Beds) / (w.span() / 86400)
}

// perBeds returns the least and the most oxygen used per bed and day.
func (w *World) perBeds() (least, most float64) { return w.extremes(hasBeds, (*World).perBed) }

// fillRates returns the least and the greatest fill rate of those asked for any.
func (w *World) fillRates() (least, most float64) {
	return w.extremes(demandsCylinders, func(w *World, i int) float64 {
		t := w.tally(i)
		return rate(t.prompt, t.demanded)
	})
}

// extremes returns the least and the greatest value over the hospitals that have it.
func (w *World) extremes(has func(*World, int) bool, value func(*World, int) float64) (least, most float64) {
	first := true
	for i := range w.hospitals {
		if !has(w, i) {
			continue
		}
		x := value(w, i)
		if first {
			least, most, first = x, x, false
		}
		least, most = min(least, x), max(most, x)
	}
	return least, most
}
