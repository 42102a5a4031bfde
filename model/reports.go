package model

import "oxysim/sim"

// stock is a count of what a line has, as it was when it was taken.
type stock struct {
	full      int32
	hand      int32 // full and in use
	owed      int32
	delivered int32
}

// report is a stock and when word of it arrives.
type report struct {
	stock
	arrives sim.Time
}

// sight returns what the dispatcher knows of a line: its true stock or, if
// stock is reported, the last count that has arrived.
func (w *World) sight(l *line) stock {
	if l.supply.Report != nil {
		return l.seen
	}
	return w.count(l)
}

// count returns the true stock of a line.
func (w *World) count(l *line) stock {
	full := w.ledger.piles[l.full].count
	return stock{
		full:      full,
		hand:      full + w.ledger.piles[l.use].count,
		owed:      l.queue.n,
		delivered: l.delivered,
	}
}

// mail is reports on their way, in the order in which they were taken and will
// arrive. One that would arrive after a later one is left out: it says nothing
// new.
type mail []report

// post adds a report, taken now.
func (m *mail) post(r report) {
	list := *m
	for len(list) > 0 && list[len(list)-1].arrives >= r.arrives {
		list = list[:len(list)-1]
	}
	*m = append(list, r)
}

// next returns when the next report arrives, or [sim.Never].
func (m mail) next() sim.Time {
	if len(m) == 0 {
		return sim.Never
	}
	return m[0].arrives
}

// open removes and returns the next report.
func (m *mail) open() report {
	r := (*m)[0]
	*m = append((*m)[:0], (*m)[1:]...)
	return r
}

// reported: a count of stock is taken, or arrives at the dispatcher.
func (w *World) reported(i int) {
	l := &w.lines[i]
	r := l.supply.Report
	due := func() sim.Time { return sim.Time(r.First).Add(sim.Span(l.counts) * r.Every) }
	if w.now >= due() {
		arrives := w.now.Add(sim.Seconds(r.Late.At(l.delay, l.counts)))
		l.counts++
		l.mail.post(report{w.count(l), arrives})
	}
	if l.mail.next() <= w.now {
		l.seen = l.mail.open().stock
		w.consider(i)
	}
	w.set(reported, i, min(due(), l.mail.next()))
}
