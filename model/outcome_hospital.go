package model

import "oxysim/sim"

// hospitalMeasures are reported for every hospital.
var hospitalMeasures = []measure{
	{name: "stockout", unit: "1", better: Less, meaning: "1 if there was a stockout: an interval in which need exceeded supply",
		of: func(w *World, i int) float64 { return indicator(w.hospitals[i].short.count > 0) }},
	{name: "stockouts", unit: "1", adds: true, better: Less, meaning: "number of stockouts",
		of: func(w *World, i int) float64 { return float64(w.hospitals[i].short.count) }},
	{name: "stockout_hours", unit: "h", adds: true, better: Less, meaning: "time in stockout",
		of: func(w *World, i int) float64 { return w.hospitals[i].short.hours(w.now) }},
	{name: "stockout_longest", unit: "h", better: Less, meaning: "longest stockout",
		of: func(w *World, i int) float64 { _, longest := w.hospitals[i].short.until(w.now); return longest.Hours() }},
	{name: "stockout_first", unit: "d", better: More, meaning: "time to the first stockout, from the end of the warm-up; the length of the run if there was none",
		of: func(w *World, i int) float64 { return w.firstDay(&w.hospitals[i].short) }},
	{name: "empty", unit: "1", better: Less, meaning: "1 if at some time no full cylinder of a kept type was on hand, whether or not anybody needed one",
		of: func(w *World, i int) float64 {
			return indicator(w.sumLines(i, func(l *line) float64 { return float64(l.zero.count) }) > 0)
		}, when: keepsCylinders},
	{name: "empty_share", unit: "1", better: Less, meaning: "share of the time with no full cylinder on hand; the largest over its types",
		of: func(w *World, i int) float64 {
			return w.mostLines(i, func(l *line) float64 { return l.zero.hours(w.now) * 3600 / w.span() })
		}, when: keepsCylinders},
	{name: "demanded", unit: "cylinders", adds: true, meaning: "cylinders asked for",
		of: lineSum(func(t *lineTally) int64 { return t.demanded }), when: demandsCylinders},
	{name: "lost", unit: "cylinders", adds: true, better: Less, meaning: "asked for when none was on hand, and lost",
		of: lineSum(func(t *lineTally) int64 { return t.lost }), when: demandsCylinders},
	{name: "left", unit: "cylinders", adds: true, better: Less, meaning: "asked for, waited for in vain, and given up",
		of: lineSum(func(t *lineTally) int64 { return t.left }), when: demandsCylinders},
	{name: "lost_share", unit: "1", better: Less, meaning: "share of the cylinders asked for that were lost or given up",
		of: func(w *World, i int) float64 {
			t := w.tally(i)
			return ratio(t.lost+t.left, t.demanded)
		}, when: demandsCylinders},
	{name: "fill_rate", unit: "1", better: More, meaning: "share of the cylinders asked for that were on hand; 1 if none was asked for",
		of: func(w *World, i int) float64 { t := w.tally(i); return rate(t.prompt, t.demanded) }, when: demandsCylinders},
	{name: "wait_hours", unit: "h", better: Less, meaning: "mean wait of those served, over all who were served",
		of: func(w *World, i int) float64 { t := w.tally(i); return ratio(t.waits, t.served) / 3600 }, when: demandsCylinders},
	{name: "waiting", unit: "cylinders", better: Less, meaning: "mean number of cylinders that were asked for and waited for",
		of: func(w *World, i int) float64 {
			return w.sumLines(i, func(l *line) float64 { return float64(l.queue.area) / w.span() })
		}, when: demandsCylinders},
	{name: "on_hand", unit: "cylinders", better: More, meaning: "mean number of full cylinders on hand",
		of: func(w *World, i int) float64 {
			return w.sumLines(i, func(l *line) float64 { return w.ledger.mean(l.full, w.begin, w.now) })
		}, when: keepsCylinders},
	{name: "on_hand_least", unit: "cylinders", better: More, meaning: "least number of full cylinders on hand",
		of: func(w *World, i int) float64 {
			return w.sumLines(i, func(l *line) float64 { return float64(l.least) })
		}, when: keepsCylinders},
	{name: "on_hand_end", unit: "cylinders", better: More, meaning: "full cylinders on hand at the end",
		of: func(w *World, i int) float64 {
			return w.sumLines(i, func(l *line) float64 { return float64(w.ledger.count(l.full)) })
		}, when: keepsCylinders},
	{name: "in_use", unit: "cylinders", meaning: "mean number of cylinders in use",
		of: func(w *World, i int) float64 {
			return w.sumLines(i, func(l *line) float64 { return w.ledger.mean(l.use, w.begin, w.now) })
		}, when: keepsCylinders},
	{name: "empties", unit: "cylinders", better: Less, meaning: "mean number of empty cylinders on hand",
		of: func(w *World, i int) float64 {
			return w.sumLines(i, func(l *line) float64 { return w.ledger.mean(l.empty, w.begin, w.now) })
		}, when: keepsCylinders},
	{name: "orders", unit: "1", adds: true, meaning: "orders placed",
		of: lineSum(func(t *lineTally) int64 { return t.orders }), when: keepsCylinders},
	{name: "ordered", unit: "cylinders", adds: true, meaning: "cylinders ordered",
		of: lineSum(func(t *lineTally) int64 { return t.asked }), when: keepsCylinders},
	{name: "deliveries", unit: "1", adds: true, meaning: "deliveries received",
		of: lineSum(func(t *lineTally) int64 { return t.received }), when: keepsCylinders},
	{name: "delivered", unit: "cylinders", adds: true, meaning: "full cylinders received",
		of: lineSum(func(t *lineTally) int64 { return t.got }), when: keepsCylinders},
	{name: "used", unit: "cylinders", adds: true, meaning: "cylinders emptied",
		of: func(w *World, i int) float64 {
			return w.sumLines(i, func(l *line) float64 { return float64(w.ledger.piles[l.empty].came) })
		}, when: keepsCylinders},
	{name: "cover_days", unit: "d", better: More, meaning: "mean days of cover: full cylinders on hand over mean use, counted once a day",
		of: func(w *World, i int) float64 { c := &w.hospitals[i].cover; return ratio(c.sum, c.days) }, when: usesCylinders},
	{name: "cover_least", unit: "d", better: More, meaning: "least days of cover, counted once a day",
		of: func(w *World, i int) float64 { return w.hospitals[i].cover.least }, when: usesCylinders},
	{name: "cover_low", unit: "d", adds: true, better: Less, meaning: "days that began with less than one day of cover",
		of: func(w *World, i int) float64 { return float64(w.hospitals[i].cover.low) }, when: usesCylinders},
}

// lineMeasures are reported for each type of cylinder of a hospital that keeps
// several.
var lineMeasures = []measure{
	{name: "on_hand", unit: "cylinders", better: More, meaning: "mean number of full cylinders of this type on hand",
		of: func(w *World, i int) float64 { return w.ledger.mean(w.lines[i].full, w.begin, w.now) }, when: severalTypes},
	{name: "in_use", unit: "cylinders", meaning: "mean number of cylinders of this type in use",
		of: func(w *World, i int) float64 { return w.ledger.mean(w.lines[i].use, w.begin, w.now) }, when: severalTypes},
	{name: "empties", unit: "cylinders", better: Less, meaning: "mean number of empty cylinders of this type on hand",
		of: func(w *World, i int) float64 { return w.ledger.mean(w.lines[i].empty, w.begin, w.now) }, when: severalTypes},
	{name: "empty_share", unit: "1", better: Less, meaning: "share of the time with no full cylinder of this type on hand",
		of: func(w *World, i int) float64 { return w.lines[i].zero.hours(w.now) * 3600 / w.span() }, when: severalTypes},
	{name: "used", unit: "cylinders", adds: true, meaning: "cylinders of this type emptied",
		of: func(w *World, i int) float64 { return float64(w.ledger.piles[w.lines[i].empty].came) }, when: severalTypes},
}

func severalTypes(w *World, i int) bool { return len(w.hospitals[w.lines[i].hospital].lines) > 1 }

// usesCylinders reports whether a hospital is expected to use any, without which
// days of cover mean nothing.
func usesCylinders(w *World, i int) bool {
	for _, perDay := range w.hospitals[i].meanUse {
		if perDay > 0 {
			return true
		}
	}
	return false
}

func keepsCylinders(w *World, i int) bool { return len(w.hospitals[i].lines) > 0 }

func demandsCylinders(w *World, i int) bool {
	return len(w.hospitals[i].demands) > 0 || takesCylinders(w, i)
}

// hours returns the time so far in spells, in hours.
func (s *spells) hours(now sim.Time) float64 {
	total, _ := s.until(now)
	return total.Hours()
}

// firstDay returns the days from the end of the warm-up to the first spell, or
// to the end of the run.
func (w *World) firstDay(s *spells) float64 { return min(s.first, w.now).Sub(w.begin).Days() }

// tally returns what is counted of all lines of a hospital.
func (w *World) tally(i int) (sum lineTally) {
	for _, k := range w.hospitals[i].lines {
		t := &w.lines[k].tally
		sum.demanded += t.demanded
		sum.prompt += t.prompt
		sum.served += t.served
		sum.lost += t.lost
		sum.left += t.left
		sum.waits += t.waits
	}
	return sum
}

func (w *World) sumLines(i int, of func(*line) float64) (sum float64) {
	for _, k := range w.hospitals[i].lines {
		sum += of(&w.lines[k])
	}
	return sum
}

func (w *World) mostLines(i int, of func(*line) float64) (most float64) {
	for _, k := range w.hospitals[i].lines {
		most = max(most, of(&w.lines[k]))
	}
	return most
}

func lineSum(of func(*lineTally) int64) func(*World, int) float64 {
	return func(w *World, i int) float64 {
		return w.sumLines(i, func(l *line) float64 { return float64(of(&l.tally)) })
	}
}
