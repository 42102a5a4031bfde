package model

import "oxysim/sim"

// rank is the place of an order among those of a plant: the urgent first, then
// the lower key by the plant's rule, then the one that came first.
type rank struct {
	urgent bool
	key    float64
}

// rankOf returns the rank of a line's order.
func (w *World) rankOf(p *plant, l *line) rank {
	switch p.cfg.Share {
	case FairShare:
		return rank{l.urgent, w.coverAt(l)}
	case ByPriority:
		return rank{l.urgent, float64(w.hospitals[l.hospital].cfg.Priority)}
	}
	return rank{urgent: l.urgent}
}

// before reports whether an order is served before another that came first.
func (a rank) before(b rank) bool {
	if a.urgent != b.urgent {
		return a.urgent
	}
	return a.key < b.key
}

// coverAt returns the days of cover of a line, by its position, as the
// dispatcher knows it.
func (w *World) coverAt(l *line) float64 {
	use := w.hospitals[l.hospital].meanUse[l.typ]
	if use == 0 {
		return float64(sim.Never)
	}
	return float64(w.position(l)) / use
}

// free returns how many full cylinders of its type a plant may send to a line.
func (w *World) free(p *plant, l *line) int {
	n := w.ledger.count(p.full + pileID(l.typ))
	if !l.urgent && w.hospitals[l.hospital].cfg.Priority != 1 {
		n -= p.cfg.Reserve
	}
	return max(n, 0)
}

// granted returns how many full cylinders a line gets that wants some: as many
// as may be sent to it or, if sharing is fair and those not yet served want its
// type too, its share.
func (w *World) granted(p *plant, l *line, want int) int {
	all := want
	if p.cfg.Share == FairShare && !l.urgent {
		all += w.wantedOf(p, l.typ)
	}
	return shareOf(want, all, w.free(p, l))
}

// wantedOf returns how many cylinders of a type are ordered from a plant by
// those who have not been served at this instant.
func (w *World) wantedOf(p *plant, typ int32) (n int) {
	for k, line := range p.queue {
		if served := k < len(w.tried) && w.tried[k]; !served && w.lines[line].typ == typ {
			n += w.wanted(int(line))
		}
	}
	for _, o := range p.pending.waiting() {
		if !o.served && w.lines[o.line].typ == typ {
			n += int(o.count)
		}
	}
	return n
}

// shareOf returns how many of the free cylinders one gets who wants some of all
// that are wanted: in proportion, at least one while there is one, and no more
// than it wants.
func shareOf(want, all, free int) int {
	if all <= free {
		return want
	}
	return min(want, free, max(1, want*free/all))
}
