package model

import "oxysim/sim"

// networkMeasures are reported once.
var networkMeasures = []measure{
	{name: "stockout", unit: "1", better: Less, meaning: "1 if any hospital had a stockout",
		of: func(w *World, _ int) float64 {
			return indicator(w.sumHospitals(func(h *hospital) float64 { return float64(h.short.count) }) > 0)
		}},
	{name: "hospitals_out", unit: "1", better: Less, meaning: "number of hospitals that had a stockout",
		of: func(w *World, _ int) float64 {
			return w.sumHospitals(func(h *hospital) float64 { return indicator(h.short.count > 0) })
		}},
	{name: "stockout_hours", unit: "h", adds: true, better: Less, meaning: "time in stockout, summed over hospitals",
		of: func(w *World, _ int) float64 {
			sum := sim.Span(0)
			for i := range w.hospitals {
				total, _ := w.hospitals[i].short.until(w.now)
				sum += total
			}
			return sum.Hours()
		}},
	{name: "stockout_hours_worst", unit: "h", better: Less, meaning: "time in stockout of the hospital with most",
		of: func(w *World, _ int) (most float64) {
			for i := range w.hospitals {
				most = max(most, w.hospitals[i].short.hours(w.now))
			}
			return most
		}},
	{name: "stockout_first", unit: "d", better: More, meaning: "time to the first stockout anywhere; the length of the run if there was none",
		of: func(w *World, _ int) float64 {
			first := w.now.Sub(w.begin).Days()
			for i := range w.hospitals {
				first = min(first, w.firstDay(&w.hospitals[i].short))
			}
			return first
		}},
	{name: "demanded", unit: "cylinders", adds: true, meaning: "cylinders asked for", of: networkSum(func(t *lineTally) int64 { return t.demanded })},
	{name: "lost_share", unit: "1", better: Less, meaning: "share of the cylinders asked for that were lost or given up",
		of: func(w *World, _ int) float64 {
			lost, all := int64(0), int64(0)
			for i := range w.lines {
				t := &w.lines[i].tally
				lost += t.lost + t.left
				all += t.demanded
			}
			return ratio(lost, all)
		}},
	{name: "fill_rate", unit: "1", better: More, meaning: "share of the cylinders asked for that were on hand; 1 if none was asked for",
		of: func(w *World, _ int) float64 {
			prompt, all := int64(0), int64(0)
			for i := range w.lines {
				prompt += w.lines[i].tally.prompt
				all += w.lines[i].tally.demanded
			}
			return rate(prompt, all)
		}},
	{name: "filled", unit: "cylinders", adds: true, better: More, meaning: "cylinders filled and released",
		of: func(w *World, _ int) float64 { return float64(w.allFilled()) }},
	{name: "turns_per_week", unit: "1/week", meaning: "fills per cylinder and week",
		of: func(w *World, _ int) float64 {
			return ratio(float64(w.allFilled())*7*86400/w.span(), float64(len(w.ledger.cylinders)))
		}},
	{name: "cycle_days", unit: "d", better: Less, meaning: "mean time for one turn of a cylinder: cylinders in the loop over fills per day (Little's law)",
		of: func(w *World, _ int) float64 {
			return ratio(float64(len(w.ledger.cylinders))*w.span()/86400, w.allFilled())
		}},
	stageShare("at_plants_empty", "empty at plants", EmptyAtPlant, AtTest),
	stageShare("filling", "being filled or inspected", Filling, Inspecting),
	stageShare("at_plants_full", "full at plants", FullAtPlant),
	stageShare("outbound", "full under way", FullOnTruck, FullInParcel),
	stageShare("at_hospitals_full", "full at hospitals", FullAtHospital),
	stageShare("in_use", "in use", InUse),
	stageShare("at_hospitals_empty", "empty at hospitals", EmptyAtHospital),
	stageShare("inbound", "empty under way", EmptyOnTruck, EmptyInParcel),
	{name: "missing", unit: "cylinders", adds: true, whole: true, better: Less, meaning: "cylinders lost by the end", of: countStage(Missing)},
	{name: "condemned", unit: "cylinders", adds: true, whole: true, better: Less, meaning: "cylinders condemned by the end", of: countStage(Condemned)},
	gasMeasure("made", gasMade, "gas made"),
	gasMeasure("bought", gasBought, "gas bought from vendors or in bulk"),
	gasMeasure("breathed", gasBreathed, "gas that patients used"),
	gasMeasure("leaked", gasLeaked, "gas leaked from cylinders"),
	gasMeasure("vented", gasVented, "gas vented before filling and after rejection"),
	gasMeasure("boiled", gasBoiled, "liquid boiled off"),
	{name: "km", unit: "km", adds: true, meaning: "distance driven", of: truckSum(func(t *truckTally) float64 { return t.km })},
	{name: "trips", unit: "1", adds: true, meaning: "trips of trucks", of: truckSum(func(t *truckTally) float64 { return float64(t.trips) })},
	{name: "diesel_trucks", unit: "L", adds: true, better: Less, meaning: "diesel burnt by trucks",
		of: func(w *World, _ int) (sum float64) {
			for i := range w.trucks {
				sum += float64(w.trucks[i].tally.km * w.trucks[i].cfg.LitresKm)
			}
			return sum
		}},
}

// truckMeasures are reported for every truck.
var truckMeasures = []measure{
	{name: "trips", unit: "1", adds: true, meaning: "trips", of: ofTruck(func(t *truckTally) float64 { return float64(t.trips) })},
	{name: "km", unit: "km", adds: true, meaning: "distance driven", of: ofTruck(func(t *truckTally) float64 { return t.km })},
	{name: "driving_hours", unit: "h", adds: true, meaning: "time on the road, breakdowns included, closures apart",
		of: ofTruck(func(t *truckTally) float64 { return t.hours(driving, broken) })},
	{name: "held_hours", unit: "h", adds: true, better: Less, meaning: "time held up by closed roads", of: ofTruck(func(t *truckTally) float64 { return t.hours(held) })},
	{name: "away_share", unit: "1", meaning: "share of the time on trips, from loading to unloading",
		of: func(w *World, i int) float64 { return 1 - float64(w.trucks[i].tally.spent[parked])/w.span() }},
	{name: "load", unit: "cylinders", better: More, meaning: "mean number of full cylinders of a trip",
		of: func(w *World, i int) float64 { t := &w.trucks[i].tally; return ratio(t.carried, t.trips) }},
	{name: "breakdowns", unit: "1", adds: true, better: Less, meaning: "breakdowns", of: ofTruck(func(t *truckTally) float64 { return float64(t.breakdown) })},
	{name: "urgent_trips", unit: "1", adds: true, better: Less, meaning: "trips for an urgent order", of: ofTruck(func(t *truckTally) float64 { return float64(t.urgent) })},
}

// linkMeasures are reported for every link.
var linkMeasures = []measure{
	{name: "trips", unit: "1", adds: true, meaning: "times a truck went over it", of: func(w *World, i int) float64 { return float64(w.links[i].trips) }},
	{name: "held_hours", unit: "h", adds: true, better: Less, meaning: "time for which its closures held trucks up",
		of: func(w *World, i int) float64 { return w.links[i].caught.Hours() }},
}

// roundMeasures are reported for every round.
var roundMeasures = []measure{
	{name: "due", unit: "1", adds: true, meaning: "times it was due", of: func(w *World, i int) float64 { return float64(w.rounds[i].due) }},
	{name: "done", unit: "1", adds: true, better: More, meaning: "times a truck went", of: func(w *World, i int) float64 { return float64(w.rounds[i].done) }},
	{name: "skipped", unit: "1", adds: true, better: Less, meaning: "times it was skipped because its road was closed",
		of: func(w *World, i int) float64 { return float64(w.rounds[i].skipped) }},
	{name: "owing_share", unit: "1", better: Less, meaning: "share of the times it was due when somebody at its stops was waiting for oxygen",
		of: func(w *World, i int) float64 { return ratio(w.rounds[i].owing, w.rounds[i].due) }},
}

func (w *World) sumHospitals(of func(*hospital) float64) (sum float64) {
	for i := range w.hospitals {
		sum += of(&w.hospitals[i])
	}
	return sum
}

func (w *World) allFilled() (sum int64) {
	for i := range w.plants {
		sum += w.plants[i].tally.filled
	}
	return sum
}

func networkSum(of func(*lineTally) int64) func(*World, int) float64 {
	return func(w *World, _ int) float64 {
		sum := int64(0)
		for i := range w.lines {
			sum += of(&w.lines[i].tally)
		}
		return float64(sum)
	}
}

func ofTruck(of func(*truckTally) float64) func(*World, int) float64 {
	return func(w *World, i int) float64 { return of(&w.trucks[i].tally) }
}

func truckSum(of func(*truckTally) float64) func(*World, int) float64 {
	return func(w *World, _ int) (sum float64) {
		for i := range w.trucks {
			sum += of(&w.trucks[i].tally)
		}
		return sum
	}
}

// stageShare is the mean number of cylinders in some stages. Over the fills per
// day it is the mean time a cylinder spends there in one turn.
func stageShare(name, meaning string, in ...Stage) measure {
	return measure{name: "fleet_" + name, unit: "cylinders", meaning: "mean number of cylinders " + meaning,
		of: func(w *World, _ int) float64 {
			area := int64(0)
			for _, s := range in {
				for p := w.ledger.base[s]; p < w.ledger.end(s); p++ {
					area += w.ledger.area(p, w.now)
				}
			}
			return float64(area) / w.span()
		}}
}

func countStage(s Stage) func(*World, int) float64 {
	return func(w *World, _ int) (n float64) {
		for p := w.ledger.base[s]; p < w.ledger.end(s); p++ {
			n += float64(w.ledger.count(p))
		}
		return n
	}
}

func gasMeasure(name string, a account, meaning string) measure {
	return measure{name: "gas_" + name, unit: "m3", adds: true, whole: true, meaning: meaning + ", since the start of the run",
		of: func(w *World, _ int) float64 { return w.ledger.gas[a].CubicMetres() }}
}
