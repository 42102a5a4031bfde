package scenarios

import (
	"cmp"
	"maps"
	"slices"
	"strconv"

	"oxysim/model"
)

// plantsAndVendors fills in the places where cylinders become full.
func (b *builder) plantsAndVendors() {
	for _, name := range b.plants.list {
		if b.vendors[name] {
			b.vendor(name)
		} else {
			b.plant(name)
		}
	}
}

var shares = map[string]model.Allocation{"first come": model.FirstCome, "fair": model.FairShare, "priority": model.ByPriority}

func (b *builder) vendor(name string) {
	key := "vendor." + name
	f := b.file.Vendor[name]
	b.config.Plants = append(b.config.Plants, model.Plant{
		Name: key, Power: model.Power{Grid: model.None}, Docks: f.Docks, Share: shares[f.Share], Reserve: f.Reserve,
		Full:   b.byType(key+".cylinders", f.Cylinders),
		Empty:  b.byType(key+".empties", f.Empties),
		Vendor: &model.Vendor{Quota: f.Quota, Refuse: f.Refuses.Fraction()},
	})
}

func (b *builder) plant(name string) {
	key := "plant." + name
	f := b.file.Plant[name]
	p := model.Plant{
		Name: key, Power: b.electricity(key, f.Electricity), Docks: f.Docks, Share: shares[f.Share], Reserve: f.Reserve,
		Full:  b.byType(key+".cylinders", f.Cylinders),
		Empty: b.byType(key+".empties", f.Empties),
	}
	if f.Machines != nil {
		p.Make = b.psa(key, &f)
	} else if f.Tank.Units() > 0 || f.Booster != nil {
		b.bad(key, "want machines.flow beside a tank or a booster: without it gas is never short")
	}
	if s := f.Filling; s != nil {
		p.Fill = b.filling(key+".filling", s)
	}
	b.config.Plants = append(b.config.Plants, p)
}

func (b *builder) psa(key string, f *Plant) *model.Make {
	m := f.Machines
	k := &model.Make{
		Machines: b.machines(key+".machines", m.Machines),
		Tank:     model.Gas(f.Tank.Units()), Stored: model.Gas(f.Tank.Units()),
		KWh: m.Energy.KWhPerM3(), BoostKWh: f.BoosterEnergy.KWhPerM3(),
	}
	if m.Flow != nil {
		k.Flow = model.Flow(m.Flow.MilliLitresPerMinute())
		if k.Flow <= 0 {
			b.bad(key+".machines.flow", "want a flow above 0, such as \"30 Nm3/h\", not %v", m.Flow)
		}
	} else if k.Tank > 0 || f.Booster != nil {
		b.bad(key+".machines.flow", "want a flow, such as \"30 Nm3/h\", beside a tank or a booster")
	}
	if f.Stored != nil {
		k.Stored = model.Gas(f.Stored.Units())
		if k.Stored > k.Tank {
			b.bad(key+".stored", "want at most what the tank holds, %v, not %v", f.Tank, f.Stored)
		}
	}
	if f.Booster != nil {
		k.Booster = model.Flow(f.Booster.MilliLitresPerMinute())
	}
	whole := m.Derate.Fraction()
	if b.twelve(key+".machines.derate_months", m.DerateMonths) && (whole != 1 || len(m.DerateMonths) > 0) {
		k.Derate = b.perDay(func(_ int, d model.Date) float64 {
			if len(m.DerateMonths) > 0 {
				return whole * m.DerateMonths[d.Month()]
			}
			return whole
		})
	}
	return k
}

func (b *builder) filling(key string, f *Filling) *model.Fill {
	s := &model.Fill{
		Positions: f.Positions, Time: f.Time.Law(), Batch: f.Batch, Content: f.Content.Law(), Reject: f.Reject.Fraction(),
		Inspect: f.Inspection.Law(), Vent: f.Residual == "vent", Hours: windows(f.Hours), Days: weekdays(f.Days),
		WaitLimit: span(f.WaitLimit), QueueLimit: f.QueueLimit,
	}
	if f.Batch > f.Positions {
		b.bad(key+".batch", "want at most the %d positions, not %d", f.Positions, f.Batch)
	}
	if !(s.Time.Mean() > 0) {
		b.bad(key+".time", "want a time above 0, such as \"1.6 h\", not %v", f.Time)
	}
	if lo, _ := s.Content.Support(); lo < 0 {
		b.bad(key+".content", "want shares from 0 to 1, not %v", f.Content)
	}
	return s
}

// byType lists numbers of cylinders by type.
func (b *builder) byType(key string, m map[string]int) []int {
	list := make([]int, len(b.types.list))
	for _, t := range slices.Sorted(maps.Keys(m)) {
		if i := b.find(&b.types, key+"."+t, t); i != model.None {
			list[i] = m[t]
		}
		if m[t] < 0 {
			b.bad(key+"."+t, "want 0 or more cylinders, not %d", m[t])
		}
	}
	return list
}

// hospitalsAll fills in the hospitals.
func (b *builder) hospitalsAll() {
	for _, name := range b.hospitals.list {
		b.hospital(name)
	}
}

func (b *builder) hospital(name string) {
	key := "hospital." + name
	f := b.file.Hospital[name]
	h := model.Hospital{
		Name: key, Beds: f.Beds, Priority: f.Priority, Power: b.electricity(key, f.Electricity), CensusLimit: f.CensusLimit,
	}
	lines := b.lines(key, &f, &h)
	for _, n := range slices.Sorted(maps.Keys(f.Cylinders)) {
		b.cylinderDemand(key+".cylinders."+n, f.Cylinders[n], lines, &h)
	}
	b.patients(key, &f, &h)
	for _, n := range slices.Sorted(maps.Keys(f.Flow)) {
		b.flowDemand(key+".flow."+n, f.Flow[n], &h)
	}
	b.sources(key, &f, lines, &h)
	b.config.Hospitals = append(b.config.Hospitals, h)
}

// kept finds the lines of a hospital by the name of their type.
type kept struct {
	own    int // line of the hospital's own type, or None
	byType map[string]int
}

// lines fills in the types a hospital keeps: its own, then further ones.
func (b *builder) lines(key string, f *Hospital, h *model.Hospital) kept {
	k := kept{own: model.None, byType: map[string]int{}}
	if f.Buffer > 0 || f.Supply != nil || f.CylinderType != "" || f.Full != nil || f.Empty > 0 || len(f.Cylinders) > 0 ||
		f.Manifold != nil || f.Bedside != nil {
		if t := b.findOnly(&b.types, key+".type", f.CylinderType); t != model.None {
			k.own = 0
			k.byType[b.types.list[t]] = 0
			h.Lines = append(h.Lines, b.line(key, f.Kept, t))
		}
	}
	for _, name := range slices.Sorted(maps.Keys(f.Cylinder)) {
		at := key + ".cylinder." + name
		t := b.find(&b.types, at, name)
		if t == model.None {
			continue
		}
		if _, twice := k.byType[name]; twice {
			b.bad(at, "this is the hospital's own type; write its keys directly under %s", key)
			continue
		}
		k.byType[name] = len(h.Lines)
		h.Lines = append(h.Lines, b.line(at, f.Cylinder[name], t))
	}
	return k
}

func (b *builder) line(key string, f Kept, typ int) model.Line {
	l := model.Line{Type: typ, Full: f.Buffer, Empty: f.Empty}
	if f.Full != nil {
		l.Full = *f.Full
	}
	if f.Supply != nil {
		l.Supply = b.supply(key+".supply", f.Supply, f.Buffer)
	}
	return l
}

var orders = map[string]model.PolicyKind{
	"one for one": model.OneForOne, "up to": model.OrderUpTo, "lot": model.OrderLot,
	"every lot": model.LotEach, "cover": model.DaysOfCover, "rounds": model.NoOrders,
}

func (b *builder) supply(key string, f *Supply, buffer int) *model.Supply {
	s := &model.Supply{
		Plant: b.findOnly(&b.plants, key+".from", f.From), Urgent: -1, AllEmpties: f.Empties == "all",
		Policy: model.Policy{
			Kind: orders[f.Order], Point: buffer / 2, UpTo: buffer, Lot: f.Lot,
			Every: span(f.Every), First: span(f.First), Cover: span(f.Cover).Days(),
		},
	}
	if s.Plant == model.None {
		s.Plant = 0 // a problem has been noted
	}
	if f.ReorderAt != nil {
		s.Policy.Point = *f.ReorderAt
	}
	if f.UrgentAt != nil {
		s.Urgent = *f.UrgentAt
	}
	p := &s.Policy
	if (p.Kind == model.OrderLot || p.Kind == model.LotEach) && p.Lot < 1 {
		b.bad(key+".lot", "want the size of a lot, such as 20, for order = %q", f.Order)
	}
	if p.Kind == model.LotEach && p.Every == 0 {
		b.bad(key+".every", "want the time between lots, such as \"7 d\", for order = %q", f.Order)
	}
	if p.Kind == model.OrderUpTo && p.Point >= p.UpTo && buffer > 0 {
		b.bad(key+".reorder_at", "want less than the buffer of %d, not %d: nothing would ever be ordered up to", buffer, p.Point)
	}
	switch f.By {
	case "courier":
		if f.Delay == nil {
			b.bad(key+".delay", "want the time a courier takes, such as \"exponential(3 d)\"")
			break
		}
		s.Courier = &model.Courier{Out: f.Delay.Law(), Back: f.ReturnDelay.Law(), AtOnce: f.Returns == "at once"}
	case "own truck":
		if p.Kind != model.OrderUpTo {
			b.bad(key+".order", "want \"up to\" for a hospital that fetches with its own truck, not %q", f.Order)
		}
		p.Kind = model.Collect
	}
	if f.By != "courier" && f.Delay != nil {
		b.bad(key+".delay", "only a courier has a delay; want by = \"courier\", or no delay")
	}
	if every := span(f.ReportEvery); every > 0 {
		s.Report = &model.Report{Every: every, First: span(f.ReportFirst), Late: f.ReportLate.Law()}
	}
	return s
}

func (b *builder) lineOf(key, name string, k kept) int {
	if name == "" {
		if k.own == model.None && len(k.byType) > 0 {
			b.bad(key+".type", "want a type that the hospital keeps: %s", someOf(slices.Sorted(maps.Keys(k.byType))))
		}
		return max(k.own, 0)
	}
	if i, ok := k.byType[name]; ok {
		return i
	}
	b.bad(key+".type", "the hospital keeps no cylinders of type %q", name)
	return 0
}

var unmets = map[string]model.Unmet{"lost": model.Lost, "waits": model.Waits, "leaves": model.Leaves}

func (b *builder) cylinderDemand(key string, f CylinderDemand, k kept, h *model.Hospital) {
	p := b.profile(key+".profile", f.Profile)
	d := model.CylinderDemand{
		Name: key, Line: b.lineOf(key, f.CylinderType, k), Batch: f.Batch.Law(), Use: f.Use.Law(), Places: f.Places,
		Unmet: unmets[f.Unmet], Patience: f.Patience.Law(), First: span(f.First),
		Profile: p.table, Storm: p.storm, Factor: p.factor, Steady: f.Steady != nil && *f.Steady,
	}
	ways := 0
	if f.Rate != nil {
		ways++
		if r := f.Rate.PerSecond(); r > 0 {
			d.Mean = 1 / r
		} else {
			return // nobody asks
		}
	}
	if f.Every != nil {
		ways++
		d.Interval = f.Every.Law()
		if !(d.Interval.Mean() >= 1) {
			b.bad(key+".every", "want a time of at least 1 s, not %v", f.Every)
		}
		if f.Profile != "" {
			b.bad(key+".profile", "only a rate can have a profile; want rate, or no profile")
		}
	}
	if f.Places > 0 {
		ways++
		if !(d.Use.Mean() > 0) {
			b.bad(key+".use", "want how long a cylinder is in use, such as \"12 h\", for places")
		}
		d.Unmet = model.Waits
	}
	if ways != 1 {
		b.bad(key, "want one of rate, every and places, not %d of them", ways)
	}
	if lo, hi := d.Batch.Support(); lo < 0 || hi > 1e6 && d.Batch.Mean() > 1e4 {
		b.bad(key+".batch", "want a number of cylinders, not %v", f.Batch)
	}
	h.Cylinders = append(h.Cylinders, d)
}

// patients fills in the groups, in triage order.
func (b *builder) patients(key string, f *Hospital, h *model.Hospital) {
	groups := slices.Sorted(maps.Keys(f.Patients))
	slices.SortStableFunc(groups, func(x, y string) int { return cmp.Compare(f.Patients[x].Triage, f.Patients[y].Triage) })
	for _, n := range groups {
		g := f.Patients[n]
		at := key + ".patients." + n
		p := b.profile(at+".profile", g.Profile)
		d := model.PatientDemand{
			Name: at, Profile: p.table, Storm: p.storm, Factor: p.factor,
			Flow: g.Flow.Law(), Stay: g.Stay.Law(), Hazard: g.Hazard.Float(), Steady: g.Steady != nil && *g.Steady,
		}
		r := g.Rate.PerSecond()
		if r > 0 {
			d.Mean = 1 / r
		}
		d.Initial = int(float64(r*d.Stay.Mean()*first(p.table)) + 0.5)
		if g.Initial != nil {
			d.Initial = *g.Initial
		}
		if g.ReferAfter != nil {
			d.Refers, d.Refer = true, g.ReferAfter.Law()
		}
		if !(d.Flow.Mean() > 0) {
			b.bad(at+".flow", "want a flow above 0, such as \"5 L/min\", not %v", g.Flow)
		}
		h.Patients = append(h.Patients, d)
	}
}

func first(table []float64) float64 {
	if len(table) == 0 {
		return 1
	}
	return table[0]
}

func (b *builder) flowDemand(key string, f FlowDemand, h *model.Hospital) {
	p := b.profile(key+".profile", f.Profile)
	d := model.FlowDemand{Name: key, Vary: f.Vary.Law(), Storm: p.storm, Factor: p.factor, Steady: f.Steady != nil && *f.Steady}
	daily := b.series(f.Daily)
	switch {
	case f.Mean != nil && daily != nil:
		b.bad(key, "want mean or daily, not both")
		return
	case f.Mean == nil && daily == nil:
		b.bad(key, "want mean, such as \"12 m3/day\", or daily, such as \"demand.csv#Erbil\"")
		return
	}
	table := b.perDay(func(day int, _ model.Date) float64 {
		x := f.Scale.Float()
		if daily != nil {
			x *= daily[day]
		} else {
			x *= float64(f.Mean.MilliLitresPerMinute())
		}
		if p.table != nil {
			x *= p.table[day]
		}
		return x
	})
	for _, x := range table {
		d.Daily = append(d.Daily, model.Flow(x+0.5))
	}
	h.Flow = append(h.Flow, d)
}

// vehicles names the trucks of a fleet: the name itself if there is one.
func vehicles(name string, count int) []string {
	if count == 1 {
		return []string{"truck." + name}
	}
	list := make([]string, count)
	for i := range list {
		list[i] = "truck." + name + "." + strconv.Itoa(i+1)
	}
	return list
}
