package model

// gasMeasures are reported for every plant that makes gas or feeds a pipe.
var gasMeasures = []measure{
	{name: "made_m3", unit: "m3", adds: true, better: More, meaning: "gas made",
		of: func(w *World, i int) float64 { return w.plants[i].gas.tally.made.CubicMetres() }, when: makesGas},
	{name: "piped_m3", unit: "m3", adds: true, better: More, meaning: "gas that went to hospitals through pipes",
		of:   func(w *World, i int) float64 { return w.plants[i].gas.tally.piped.CubicMetres() },
		when: func(w *World, i int) bool { return len(w.plants[i].gas.pipes) > 0 }},
	{name: "tank_mean", unit: "m3", better: More, meaning: "mean amount in the buffer tank",
		of: func(w *World, i int) float64 {
			return w.plants[i].gas.tally.stored / float64(CubicMetre) / w.span()
		}, when: hasTank},
	{name: "tank_empty_share", unit: "1", better: Less, meaning: "share of the time during which the buffer tank was empty",
		of: func(w *World, i int) float64 { return float64(w.plants[i].gas.tally.empty) / w.span() }, when: hasTank},
	{name: "tank_full_share", unit: "1", meaning: "share of the time during which the buffer tank was full",
		of: func(w *World, i int) float64 { return float64(w.plants[i].gas.tally.full) / w.span() }, when: hasTank},
	{name: "kwh", unit: "kWh", adds: true, better: Less, meaning: "electricity used to make gas and to compress it into cylinders",
		of: func(w *World, i int) float64 {
			m, t := w.plants[i].cfg.Make, &w.plants[i].gas.tally
			return float64(t.made.CubicMetres()*m.KWh) + float64(t.compressed.CubicMetres()*m.BoostKWh)
		}, when: makesGas},
}

func makesGas(w *World, i int) bool { return w.plants[i].cfg.Make != nil }

func hasTank(w *World, i int) bool { return w.plants[i].room() > 0 }

// machineMeasures are reported for every plant or hospital with machines that
// make oxygen.
var machineMeasures = []measure{
	{name: "machines_producing", unit: "1", better: More, meaning: "mean number of machines that made gas in specification",
		of: func(w *World, i int) float64 { return float64(w.pools[i].area) / w.span() }, when: hasMachines},
	{name: "machines_all", unit: "1", better: More, meaning: "share of the time during which all machines that are needed made gas in specification",
		of: func(w *World, i int) float64 { return float64(w.pools[i].all) / w.span() }, when: hasMachines},
	{name: "uptime", unit: "1", better: More, meaning: "share of the time during which at least one machine made gas in specification",
		of: func(w *World, i int) float64 { return float64(w.pools[i].some) / w.span() }, when: hasMachines},
	{name: "failures", unit: "1", adds: true, better: Less, meaning: "failures of machines",
		of: func(w *World, i int) float64 { return float64(w.pools[i].failed) }, when: hasMachines},
}

func hasMachines(w *World, i int) bool { return w.pools[i].cfg != nil }

// powerMeasures are reported for every plant or hospital with a grid or a
// generator.
var powerMeasures = []measure{
	{name: "power_off_hours", unit: "h", adds: true, better: Less, meaning: "time without electricity, from the grid or a generator",
		of: func(w *World, i int) float64 { return w.power[i].dark.hours(w.now) }, when: wired},
	{name: "grid_off_hours", unit: "h", adds: true, better: Less, meaning: "time without electricity from the grid",
		of: func(w *World, i int) float64 { return w.power[i].unfed.hours(w.now) }, when: hasGrid},
	{name: "power_outages", unit: "1", adds: true, better: Less, meaning: "outages of the grid, whether or not a generator took over",
		of: func(w *World, i int) float64 { return float64(w.power[i].unfed.count) }, when: hasGrid},
	{name: "generator_hours", unit: "h", adds: true, better: Less, meaning: "time during which the generator ran",
		of: func(w *World, i int) float64 { return w.power[i].generator.ran.Hours() }, when: hasGenerator},
	{name: "diesel", unit: "L", adds: true, better: Less, meaning: "diesel burnt by the generator",
		of: func(w *World, i int) float64 {
			g := &w.power[i].generator
			return g.ran.Hours() * g.cfg.LitresHour
		}, when: hasGenerator},
}

func hasGrid(w *World, i int) bool { return w.power[i].cfg.Grid != None }

func hasGenerator(w *World, i int) bool { return w.power[i].cfg.Generator != nil }

func wired(w *World, i int) bool { return hasGrid(w, i) || hasGenerator(w, i) }

// poweredPlaces returns the names of plants, then of hospitals.
func (w *World) poweredPlaces() []string {
	names := make([]string, len(w.power))
	for i := range names {
		names[i] = w.placeName(i)
	}
	return names
}
