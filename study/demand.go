package study

import (
	"math"

	"oxysim/model"
	"oxysim/sim"
)

// Need is what a hospital asks for on an average day.
type Need struct {
	Hospital  string          // dotted
	Beds      int             // 0 if unknown
	Gas       float64         // m³ a day, in whatever form
	ByType    map[int]float64 // whole cylinders a day, by type: asked for, or needed to carry what no other source does
	Sources   float64         // m³ a day that its sources other than cylinders can give at most
	Unserved  bool            // it needs cylinders and nobody brings any
	Cylinders float64         // a day, of all types
}

// needs returns what each hospital asks for on an average day.
func needs(cfg *model.Config) []Need {
	brought := map[int]bool{} // hospitals on a round
	for _, r := range cfg.Rounds {
		for _, h := range r.Stops {
			brought[h] = true
		}
	}
	list := make([]Need, len(cfg.Hospitals))
	for i := range cfg.Hospitals {
		h := &cfg.Hospitals[i]
		n := Need{Hospital: h.Name, Beds: h.Beds, ByType: map[int]float64{}}
		for _, d := range h.Cylinders {
			t := h.Lines[d.Line].Type
			perDay := demandPerDay(cfg, &d)
			n.ByType[t] += perDay
			n.Gas += perDay * usable(&cfg.Types[t])
		}
		flowing := flowPerDay(cfg, h)
		n.Gas += flowing
		n.Sources = sourcesPerDay(cfg, h)
		if t, ok := carries(h); ok {
			n.ByType[t] += max(0, flowing-n.Sources-piped(h)) / usable(&cfg.Types[t])
		}
		for t, perDay := range n.ByType {
			n.Cylinders += perDay
			n.Unserved = n.Unserved || perDay > 0 && !supplied(h, t) && !brought[i]
		}
		list[i] = n
	}
	return list
}

// usable returns the m³ that can be drawn from a full cylinder.
func usable(t *model.CylinderType) float64 { return t.Content.CubicMetres() * t.Usable }

// supplied reports whether somebody brings cylinders of a type to a hospital.
func supplied(h *model.Hospital, typ int) bool {
	for _, l := range h.Lines {
		if l.Type == typ && l.Supply != nil {
			return true
		}
	}
	return false
}

// carries returns the type of cylinder that serves patients and flow at a
// hospital; ok is false if none does.
func carries(h *model.Hospital) (typ int, ok bool) {
	for _, s := range h.Sources {
		switch {
		case s == model.FromManifold:
			return h.Lines[h.Manifold.Line].Type, true
		case s == model.FromBedside && len(h.Bedside.Lines) > 0:
			return h.Lines[h.Bedside.Lines[0]].Type, true
		}
	}
	return 0, false
}

// demandPerDay returns the cylinders that a demand asks for per day.
func demandPerDay(cfg *model.Config, d *model.CylinderDemand) float64 {
	day := float64(sim.Day)
	switch {
	case d.Places > 0 && d.Use.Mean() > 0:
		return float64(d.Places) * day / d.Use.Mean()
	case d.Mean > 0:
		return d.Batch.Mean() * day / d.Mean * meanOf(d.Profile) * storms(cfg, d.Storm, d.Factor)
	case d.Interval.Mean() > 0:
		return d.Batch.Mean() * day / d.Interval.Mean()
	}
	return 0
}

// flowPerDay returns the m³ that patients and flow demands need per day.
func flowPerDay(cfg *model.Config, h *model.Hospital) (sum float64) {
	for _, d := range h.Patients {
		if d.Mean > 0 {
			present := d.Stay.Mean() / d.Mean * meanOf(d.Profile) * storms(cfg, d.Storm, d.Factor)
			sum += present * cubicMetresPerDay(model.Flow(d.Flow.Mean()))
		}
	}
	for _, d := range h.Flow {
		total := 0.0
		for _, f := range d.Daily {
			total += cubicMetresPerDay(f)
		}
		if len(d.Daily) > 0 {
			sum += total / float64(len(d.Daily)) * d.Vary.Mean() * storms(cfg, d.Storm, d.Factor)
		}
	}
	return sum
}

// cubicMetresPerDay returns what a flow brings in a day.
func cubicMetresPerDay(f model.Flow) float64 { return f.Over(sim.Day).CubicMetres() }

// sourcesPerDay returns the m³ that a hospital's own concentrators and its bulk
// tank can give per day on average, not those of a pipe.
func sourcesPerDay(cfg *model.Config, h *model.Hospital) (sum float64) {
	if c := h.Concentrators; c != nil {
		sum += float64(c.Machines.Count) * cubicMetresPerDay(c.Flow) * runs(&c.Machines) * electrified(cfg, h.Power)
	}
	if b := h.Bulk; b != nil {
		in := 0.0
		for _, f := range b.Inflow {
			in += cubicMetresPerDay(f) / float64(len(b.Inflow))
		}
		for _, t := range b.Tankers {
			if every := t.Every.Mean(); !t.Once && every > 0 {
				in += t.Load.Mean() / float64(model.CubicMetre) * (1 - t.Fails) * float64(sim.Day) / every
			} else {
				in += t.Load.Mean() / float64(model.CubicMetre) * (1 - t.Fails) / cfg.Horizon.Days()
			}
		}
		sum += in + b.Stored.CubicMetres()/cfg.Horizon.Days()
	}
	return sum
}

// piped returns the m³ that come through a hospital's pipe per day at most;
// +Inf if the pipe has no limit, 0 if there is none.
func piped(h *model.Hospital) float64 {
	switch {
	case h.Pipe == nil:
		return 0
	case h.Pipe.Limit == 0:
		return math.Inf(1)
	}
	return cubicMetresPerDay(h.Pipe.Limit)
}

// meanOf returns the mean of a daily table, or 1 if there is none.
func meanOf(table []float64) float64 {
	if len(table) == 0 {
		return 1
	}
	sum := 0.0
	for _, x := range table {
		sum += x
	}
	return sum / float64(len(table))
}

// storms returns by what wet days multiply something on average.
func storms(cfg *model.Config, weather int, factor float64) float64 {
	if weather == model.None || weather >= len(cfg.Weathers) {
		return 1
	}
	return 1 + (factor-1)*meanOf(cfg.Weathers[weather].Wet)
}
