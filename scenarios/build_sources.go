package scenarios

import (
	"maps"
	"slices"

	"oxysim/model"
	"oxysim/sim"
)

// usual is the order in which sources are used if a file does not say.
var usual = []string{"concentrators", "pipe", "bulk", "manifold", "bedside"}

var sourceKinds = map[string]model.Source{
	"concentrators": model.FromConcentrators, "pipe": model.FromPipe, "bulk": model.FromBulk,
	"manifold": model.FromManifold, "bedside": model.FromBedside,
}

// sources fills in a hospital's stack of sources.
func (b *builder) sources(key string, f *Hospital, k kept, h *model.Hospital) {
	described := map[string]bool{
		"concentrators": f.Concentrators != nil, "pipe": f.Pipe != nil, "bulk": f.Bulk != nil,
		"manifold": f.Manifold != nil, "bedside": f.Bedside != nil,
	}
	order := f.Sources
	if order == nil {
		order = usual
	}
	used := map[string]bool{}
	for _, s := range order {
		if used[s] {
			b.bad(key+".sources", "%q is there twice", s)
		}
		used[s] = true
		if described[s] {
			h.Sources = append(h.Sources, sourceKinds[s])
		} else if f.Sources != nil {
			b.bad(key+".sources", "want [%s.%s] to describe the source %q", key, s, s)
		}
	}
	for _, s := range usual {
		if described[s] && !used[s] {
			b.bad(key+".sources", "want %q in the list too, or its table left out", s)
		}
	}
	if len(h.Sources) == 0 && (len(h.Patients) > 0 || len(h.Flow) > 0) {
		b.bad(key, "want a source for its patients or flow: concentrators, pipe, bulk, manifold or bedside")
	}
	if len(h.Patients) == 0 && slices.Contains(h.Sources, model.FromBedside) {
		b.bad(key+".bedside", "want patients: bedside cylinders serve one patient each")
	}
	b.concentrators(key+".concentrators", f.Concentrators, h)
	b.pipe(key+".pipe", f.Pipe, h)
	b.bulk(key+".bulk", f.Bulk, h)
	if m := f.Manifold; m != nil {
		h.Manifold = &model.Manifold{
			Line: b.lineOf(key+".manifold", m.CylinderType, k), Bank: m.Bank,
			Connect: m.Connect.Law(), Change: m.ChangeOver.Law(),
		}
	}
	if x := f.Bedside; x != nil {
		h.Bedside = &model.Bedside{Connect: x.Connect.Law()}
		for _, t := range x.Types {
			h.Bedside.Lines = append(h.Bedside.Lines, b.lineOf(key+".bedside", t, k))
		}
		if len(x.Types) == 0 {
			h.Bedside.Lines = []int{b.lineOf(key+".bedside", "", k)}
		}
	}
}

func (b *builder) concentrators(key string, f *Concentrators, h *model.Hospital) {
	if f == nil {
		return
	}
	h.Concentrators = &model.Concentrators{
		Machines: b.machines(key, f.Machines), Flow: model.Flow(f.Flow.MilliLitresPerMinute()), KW: f.Power.KW(),
	}
}

func (b *builder) pipe(key string, f *Pipe, h *model.Hospital) {
	if f == nil {
		return
	}
	p := b.findOnly(&b.plants, key+".from", f.From)
	if p == model.None {
		return
	}
	if m := b.config.Plants[p].Make; m == nil || m.Flow == 0 {
		b.bad(key+".from", "want a plant with machines.flow to feed a pipe; %s has none", b.config.Plants[p].Name)
	}
	h.Pipe = &model.Pipe{Plant: p}
	if f.Limit != nil {
		h.Pipe.Limit = model.Flow(f.Limit.MilliLitresPerMinute())
	}
}

func (b *builder) bulk(key string, f *Bulk, h *model.Hospital) {
	if f == nil {
		return
	}
	tank := model.Gas(f.Tank.Units())
	h.Bulk = &model.Bulk{
		Tank: tank, Stored: tank,
		BoilOff: model.Flow(float64(tank)*f.BoilOff.Fraction()/float64(sim.Day) + 0.5),
	}
	if f.Stored != nil {
		h.Bulk.Stored = model.Gas(f.Stored.Units())
		if h.Bulk.Stored > tank {
			b.bad(key+".stored", "want at most what the tank holds, %v, not %v", f.Tank, f.Stored)
		}
	}
	if f.Limit != nil {
		h.Bulk.Limit = model.Flow(f.Limit.MilliLitresPerMinute())
	}
	for _, x := range b.series(f.Inflow) {
		h.Bulk.Inflow = append(h.Bulk.Inflow, model.Flow(x+0.5))
	}
	for _, n := range slices.Sorted(maps.Keys(f.Tanker)) {
		t := f.Tanker[n]
		x := model.Tanker{
			Name: key + ".tanker." + n, First: span(t.First), Once: t.Every == nil,
			Load: t.Load.Law(), Late: t.Travel.Law(), Fails: t.Fails.Fraction(),
		}
		if t.Every != nil {
			x.Every = t.Every.Law()
			if !(x.Every.Mean() >= 60) {
				b.bad(key+".tanker."+n+".every", "want a time of at least 1 min, not %v", t.Every)
			}
		}
		if t.Last != nil {
			x.Last = span(*t.Last)
		}
		h.Bulk.Tankers = append(h.Bulk.Tankers, x)
	}
}
