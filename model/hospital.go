package model

import (
	"oxysim/sim"
	"oxysim/sim/rng"
)

// hospital is a place where oxygen is used.
type hospital struct {
	cfg     *Hospital
	lines   []int32
	demands []int32
	ward    int32     // its patients and flow, or None
	meanUse []float64 // cylinders a day, by type: what a planner would expect
	needy   int32     // lines and wards that are short
	short   spells    // any of them is

	cover cover
}

// cover is what is counted of the days of cover, once a day.
type cover struct {
	days  int64   // counted
	sum   float64 // days of cover
	least float64
	low   int64 // days with less than one day of cover
}

func (w *World) makeHospitals() {
	for i := range w.cfg.Hospitals {
		c := &w.cfg.Hospitals[i]
		h := hospital{cfg: c, ward: None, meanUse: make([]float64, len(w.cfg.Types))}
		var lines []int
		for j := range c.Lines {
			k := len(w.lines)
			name := c.Name + "." + w.cfg.Types[c.Lines[j].Type].Name
			w.lines = append(w.lines, line{
				cfg: &c.Lines[j], supply: c.Lines[j].Supply, calm: calmAbove(c.Lines[j].Supply), hospital: int32(i), typ: int32(c.Lines[j].Type),
				names: lineNames{
					out: rng.NameOf(name + ".courier"), back: rng.NameOf(name + ".return"), delay: rng.NameOf(name + ".report"), inUse: rng.NameOf(name + ".in use"),
				},
			})
			h.lines = append(h.lines, int32(k))
			lines = append(lines, k)
		}
		w.hospitals = append(w.hospitals, h)
		first := len(w.demands)
		w.makeDemands(i, lines)
		for d := first; d < len(w.demands); d++ {
			w.hospitals[i].demands = append(w.hospitals[i].demands, int32(d))
		}
		w.makeWard(i)
		w.expectUse(i)
	}
}

// expectUse computes the mean use of cylinders that a planner would expect.
func (w *World) expectUse(i int) {
	h := &w.hospitals[i]
	for _, d := range h.demands {
		c := w.demands[d].cfg
		t := w.lines[w.demands[d].line].typ
		switch {
		case c.Places > 0 && c.Use.Mean() > 0:
			h.meanUse[t] += float64(c.Places) * float64(sim.Day) / c.Use.Mean()
		case c.Mean > 0:
			h.meanUse[t] += float64(c.Batch.Mean() * float64(sim.Day) / c.Mean * meanOf(c.Profile) * w.meanStorm(&w.demands[d].pace))
		case c.Interval.Mean() > 0:
			h.meanUse[t] += c.Batch.Mean() * float64(sim.Day) / c.Interval.Mean()
		}
	}
	w.expectWardUse(i)
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

func (w *World) lineUses(i int) bool {
	for _, d := range w.hospitals[w.lines[i].hospital].demands {
		if x := &w.demands[d]; int(x.line) == i && (!x.instant || x.cfg.Unmet == Leaves) {
			return true
		}
	}
	return false
}

func (w *World) resetHospitals() {
	for i := range w.lines {
		l := &w.lines[i]
		l.shipped, l.delivered, l.ordered, l.orders, l.lots = 0, 0, 0, 0, 0
		l.asked, l.urgent = sim.Never, false
		l.queue.clear()
		l.uses.Clear()
		l.impatient.Clear()
		l.parcels.Clear()
		l.refused = false
		l.least = int32(l.cfg.Full)
		l.short, l.zero = spells{first: sim.Never}, spells{first: sim.Never}
		l.tally = lineTally{}
		l.out, l.back = w.stream(l.names.out), w.stream(l.names.back)
		l.delay = w.stream(l.names.delay)
		l.seen, l.mail, l.counts = w.count(l), l.mail[:0], w.reportsBefore(l)
		if l.cfg.Full == 0 {
			l.zero.turn(w.now)
		}
	}
	for i := range w.hospitals {
		h := &w.hospitals[i]
		h.needy, h.short, h.cover = 0, spells{first: sim.Never}, cover{}
	}
	w.resetParcels()
	w.resetComing()
	w.resetDemands()
	w.resetWards()
}

func (w *World) startHospitals() {
	for i := range w.lines {
		l := &w.lines[i]
		if l.supply == nil {
			continue
		}
		if l.supply.Policy.Every > 0 {
			w.set(reviewed, i, w.firstReview(&l.supply.Policy))
		}
		if l.supply.Report != nil {
			w.set(reported, i, sim.Time(l.supply.Report.First).Add(sim.Span(l.counts)*l.supply.Report.Every))
		}
	}
	w.startUses()
	w.startDemands()
	w.startWards()
	for i := range w.lines {
		w.stockMoved(i)
	}
}

func (w *World) forgetHospitals() {
	for i := range w.lines {
		l := &w.lines[i]
		l.tally = lineTally{}
		l.least = w.ledger.piles[l.full].count
		l.queue.tick(w.now)
		l.queue.area = 0
		l.short.clear(w.now)
		l.zero.clear(w.now)
	}
	for i := range w.hospitals {
		w.hospitals[i].short.clear(w.now)
		w.hospitals[i].cover = cover{}
	}
	w.forgetWards()
}

// shortageTurned is called when a line or the ward of a hospital becomes or
// ceases to be short.
func (w *World) shortageTurned(i int, short bool) {
	h := &w.hospitals[i]
	if short {
		h.needy++
	} else {
		h.needy--
	}
	if (h.needy > 0) != h.short.on {
		h.short.turn(w.now)
		if w.trace != nil {
			w.trace.shortage(w.now, i, h.short.on)
		}
	}
}

// dayAtHospital counts the days of cover once a day.
func (w *World) dayAtHospital(i int) {
	h := &w.hospitals[i]
	w.dayAtWard(i)
	if days, ok := w.daysOfCover(i); ok {
		c := &h.cover
		if c.days == 0 || days < c.least {
			c.least = days
		}
		c.days++
		c.sum += days
		if days < 1 {
			c.low++
		}
	}
}

// daysOfCover returns for how many days what is on hand would last at the mean
// use, over all types; ok is false if no cylinders are used.
func (w *World) daysOfCover(i int) (days float64, ok bool) {
	h := &w.hospitals[i]
	gas, use := 0.0, 0.0
	for t, perDay := range h.meanUse {
		use += float64(perDay * w.cfg.Types[t].Content.Litres())
	}
	for _, k := range h.lines {
		l := &w.lines[k]
		gas += float64(float64(w.ledger.count(l.full)) * w.cfg.Types[l.typ].Content.Litres())
	}
	if use == 0 {
		return 0, false
	}
	return gas / use, true
}
