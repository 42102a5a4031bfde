package model

import (
	"fmt"
	"testing"

	"oxysim/sim"
)

// networks returns how many random networks a test looks at: all of n, or few
// in a short run and where each event costs more because the laws are checked.
func networks(n int) uint64 {
	if checked || testing.Short() {
		n /= 20
	}
	return uint64(max(n, 5))
}

// Gas and cylinders are conserved to the last unit after every event, in
// networks of every kind, and nobody waits for what is there.
func TestRandomNetworksObeyTheLaws(t *testing.T) {
	seen := seen{}
	for seed := range networks(1000) {
		w := New(anyNetwork(seed))
		w.reset(7, int(seed))
		for w.step() {
			if broken := w.brokenLaw(); broken != "" {
				t.Fatalf("anyNetwork(%d), seed 7, replication %d, %v: %s", seed, seed, w.now, broken)
			}
			if broken := w.brokenDispatch(); broken != "" {
				t.Fatalf("anyNetwork(%d), seed 7, replication %d, %v: %s", seed, seed, w.now, broken)
			}
		}
		w.now = w.end
		seen.add(w)
	}
	seen.missing(t)
}

// seen is what has happened in some networks: a test of a law means something
// only if what might break it came about.
type seen map[string]float64

func (s seen) add(w *World) {
	for i, x := range w.outcome() {
		s[lastOf(w.Metrics()[i].Name)] += x
	}
	for i := range w.lines {
		s["reports on their way"] += float64(max(len(w.lines[i].mail)-1, 0))
	}
	for i := range w.trucks {
		for p, d := range w.trucks[i].tally.spent {
			s[phaseNames[p]] += d.Hours()
		}
	}
}

func (s seen) missing(t *testing.T) {
	names := []string{
		"lost", "left", "filled", "rejected", "tested", "missing", "condemned", "gas_leaked", "urgent_trips",
		"breakdowns", "skipped", "done", "reports on their way",
	}
	for _, name := range append(names, phaseNames[:]...) {
		if s[name] == 0 {
			t.Errorf("in no network was there any of %q", name)
		}
	}
}

// brokenDispatch says what is wrong with trucks, couriers and their orders.
// Before time goes on, whoever can be served has been.
func (w *World) brokenDispatch() string {
	for i := range w.trucks {
		if broken := w.brokenTruck(i); broken != "" {
			return fmt.Sprintf("%s, %v: %s", w.cfg.Trucks[i].Name, w.trucks[i].phase, broken)
		}
	}
	for i := range w.lines {
		l := &w.lines[i]
		n := 0
		for _, x := range l.queue.waiters[l.queue.head:] {
			if !x.gone {
				n++
			}
		}
		switch {
		case n != int(l.queue.n):
			return fmt.Sprintf("line %d says that %d wait, and %d do", i, l.queue.n, n)
		case n > 0 && w.ledger.count(l.full) > 0:
			return fmt.Sprintf("line %d has %d full cylinders while %d wait", i, w.ledger.count(l.full), n)
		case w.coming(l) != int(l.shipped-l.delivered):
			return fmt.Sprintf("line %d has shipped %d, and %d are on their way", i, l.shipped-l.delivered, w.coming(l))
		}
	}
	if _, at, ok := w.calendar.Next(); ok && at == w.now {
		return "" // the instant is not over
	}
	for i := range w.plants {
		if broken := w.idlePlant(i); broken != "" {
			return fmt.Sprintf("%s: %s", w.cfg.Plants[i].Name, broken)
		}
	}
	return ""
}

// coming counts the cylinders that are on their way to a line.
func (w *World) coming(l *line) (n int) {
	for i := range w.trucks {
		t := &w.trucks[i]
		for k := int(t.next); k < len(t.stops); k++ {
			if t.stops[k].hospital == l.hospital {
				n += int(t.loadAt(w, k)[l.typ])
			}
		}
		if t.fetches(w) && t.next > 0 && t.stops[0].hospital == l.hospital {
			n += w.ledger.count(t.full + pileID(l.typ))
		}
	}
	for id, x := range w.parcels.all {
		if p := w.ledger.base[FullInParcel]; &w.lines[x.line] == l {
			n += w.ledger.count(p + pileID(id*w.ledger.types) + pileID(l.typ))
		}
	}
	return n
}

// brokenTruck says what is wrong with a truck.
func (w *World) brokenTruck(i int) string {
	t := &w.trucks[i]
	mass := Kg(0)
	for k := range w.cfg.Types {
		mass += Kg(w.ledger.count(t.full+pileID(k)))*w.cfg.Types[k].Full + Kg(w.ledger.count(t.empty+pileID(k)))*w.cfg.Types[k].Empty
	}
	switch {
	case w.aboard(t) > t.cfg.Room:
		return fmt.Sprintf("carries %d cylinders and has room for %d", w.aboard(t), t.cfg.Room)
	case t.cfg.Payload > 0 && mass > t.cfg.Payload+1e-9:
		return fmt.Sprintf("carries %v kg of %v", mass, t.cfg.Payload)
	case t.phase == parked && (w.aboard(t) > 0 || int(t.at) != t.cfg.Home || t.docked || len(t.stops) > 0):
		return "is not as a parked truck is"
	case t.cfg.Driving > 0 && t.driven > t.cfg.Driving:
		return fmt.Sprintf("was driven for %v", t.driven)
	case t.left < 0 || t.rolls < 0 || t.rolls > t.left && t.phase == driving:
		return fmt.Sprintf("has %v to go, and goes for %v", t.left, t.rolls)
	case t.phase == driving && w.calendar.At(w.slotOf(truckMoved, i)) > w.now && w.blockedUntil(int(t.link), w.now) > w.now:
		return "drives on a closed road"
	case t.phase != parked && t.phase != docking && t.phase != collecting && w.calendar.At(w.slotOf(truckMoved, i)) == sim.Never:
		return "waits for nothing"
	}
	return ""
}

func (w *World) slotOf(kind event, owner int) int { return int(w.slots.first[kind]) + owner }

// idlePlant says who at a plant waits for what is there.
func (w *World) idlePlant(i int) string {
	p := &w.plants[i]
	inUse := 0
	for k := range w.trucks {
		if t := &w.trucks[k]; t.docked && int(t.plant) == i {
			inUse++
		}
	}
	if inUse != p.docked || inUse < p.cfg.Docks && len(p.atDocks) > 0 {
		return fmt.Sprintf("%d of %d docks are in use, %d by its count, and %d trucks wait", inUse, p.cfg.Docks, p.docked, len(p.atDocks))
	}
	for _, o := range p.pending.waiting() {
		// Under fair sharing, some may be kept for those who wait for a truck.
		if n := w.free(p, &w.lines[o.line]); n > 0 && (p.cfg.Share != FairShare || len(p.queue) == 0) {
			return fmt.Sprintf("a courier waits for %d of line %d, and there are %d", o.count, o.line, n)
		}
	}
	for _, k := range p.fetchers {
		if l := &w.lines[w.trucks[k].fetch]; w.wantedBy(l) > 0 && w.free(p, l) > 0 {
			return fmt.Sprintf("truck %d waits for full cylinders, and there are %d", k, w.free(p, l))
		}
	}
	for _, k := range p.queue {
		l := &w.lines[k]
		if w.wanted(int(k)) == 0 || w.calendar.At(w.slotOf(dispatched, i)) == w.now {
			continue
		}
		t, _ := w.freeTruck(l)
		from, to, free := i, w.placeOf(l), w.free(p, l) > 0
		if w.fetchedByItself(int(k)) {
			from, to, free = to, from, true
			for _, own := range l.trucks {
				free = free && (w.trucks[own].fetch != k || w.trucks[own].next > 0)
			}
		}
		kept := p.cfg.Share == FairShare && len(p.queue)+p.pending.len() > 1
		if t != None && free && !kept && w.passable(from, to) == w.now {
			return fmt.Sprintf("line %d wants %d, truck %d is at home, and there are %d full ones", k, w.wanted(int(k)), t, w.free(p, l))
		}
	}
	for k := range w.rounds {
		if r := &w.rounds[k]; r.waits && r.cfg.Plant == i && w.tourOpens(r.cfg) == w.now {
			if t, _ := w.roundTruck(r.cfg); t != None {
				return fmt.Sprintf("round %d waits, and truck %d is at home", k, t)
			}
		}
	}
	if v := p.cfg.Vendor; v != nil && p.quota > 0 && w.empties(p) > 0 {
		return fmt.Sprintf("the vendor could sell %d and has %d empties", p.quota, w.empties(p))
	}
	return ""
}
