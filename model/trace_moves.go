package model

import (
	"fmt"
	"strings"

	"oxysim/sim"
)

// moved tells that cylinders have gone from one pile to another, the given one
// first.
func (t *tracer) moved(now sim.Time, n int, from, to pileID, first cylinderID) {
	l := &t.w.ledger
	a, b := l.stage(from), l.stage(to)
	giver, taker := t.w.ownerName(from), t.w.ownerName(to)
	what := t.cylinders(n, first)
	left, have := l.count(from), l.count(to) // afterwards
	tell := func(who, other, format string, args ...any) {
		t.with(now, who, other, fmt.Sprintf(format, args...))
	}
	switch {
	case b == Filling:
		tell(taker, "", "begins to fill %s (%d empty left)", what, left)
	case b == Inspecting:
		tell(taker, "", "has filled %s and inspects it", what)
	case a == Filling && b == FullAtPlant:
		tell(taker, "", "has filled %s (%d full)", what, have)
	case a == Inspecting && b == FullAtPlant:
		tell(taker, "", "releases %s (%d full)", what, have)
	case (a == Filling || a == Inspecting) && b == EmptyAtPlant:
		tell(taker, "", "rejects %s: it is vented, to be filled again", what)
	case b == AtTest:
		tell(taker, "", "sends %s to its periodic test", what)
	case a == AtTest && b == Condemned:
		tell(giver, "", "loses %s, condemned at its test", what)
	case a == AtTest:
		tell(taker, "", "has %s back from its test", what)
	case a == EmptyAtPlant && b == FullAtPlant:
		tell(taker, "", "hands out full ones for %s (%d full)", what, have)
	case b == FullOnTruck:
		tell(taker, giver, "takes %s, full, at %s (%d full left there)", what, giver, left)
	case b == FullInParcel:
		tell(giver, taker, "gives %s, full, to a courier for %s (%d full left)", what, taker, left)
	case b == FullAtHospital && a == FullOnTruck:
		tell(taker, giver, "receives %s from %s (%d full)", what, giver, have)
	case b == FullAtHospital && a == FullInParcel:
		tell(taker, "", "receives %s by courier (%d full)", what, have)
	case a == FullOnTruck && b == FullAtPlant:
		tell(taker, giver, "has %s back from %s, not delivered (%d full)", what, giver, have)
	case a == FullAtHospital && b == InUse:
		tell(giver, "", "connects %s (%d full left)", what, left)
	case a == FullAtHospital && b == EmptyAtHospital:
		tell(giver, "", "uses %s up (%d full left)", what, left)
	case a == InUse && b == EmptyAtHospital:
		tell(giver, "", "has emptied %s (%d empty)", what, have)
	case a == InUse && b == FullAtHospital:
		tell(giver, "", "disconnects %s, not empty yet (%d full)", what, have)
	case b == EmptyOnTruck:
		tell(taker, giver, "takes %s, empty, at %s (%d empty left there)", what, giver, left)
	case b == EmptyInParcel:
		tell(giver, "", "gives %s, empty, to a courier (%d empty left)", what, left)
	case a == EmptyOnTruck:
		tell(taker, giver, "receives %s, empty, from %s (%d empty)", what, giver, have)
	case a == EmptyInParcel:
		tell(taker, giver, "receives %s, empty, by courier (%d empty)", what, have)
	case b == Missing:
		tell(giver, "", "misses %s: lost or stolen", what)
	default:
		tell(taker, giver, "%s: %v, was %v (%d there now)", what, b, a, have)
	}
}

// cylinders names the n cylinders that begin with a given one in its pile: each
// of a few, or how many.
func (t *tracer) cylinders(n int, first cylinderID) string {
	const few = 5
	l := &t.w.ledger
	if n > few {
		return t.number(n, int(l.typeOf[first]))
	}
	var ids []string
	for c := first; len(ids) < n && c != noCylinder; c = l.cylinders[c].next {
		ids = append(ids, fmt.Sprint(c))
	}
	s := "cylinder "
	if n > 1 {
		s = "cylinders "
	}
	if l.types > 1 {
		s = t.w.cfg.Types[l.typeOf[first]].Name + " " + s
	}
	if last := len(ids) - 1; last > 0 {
		return s + strings.Join(ids[:last], ", ") + " and " + ids[last]
	}
	return s + ids[0]
}

// ownerName returns the dotted name of whose pile it is.
func (w *World) ownerName(p pileID) string {
	s := w.ledger.stage(p)
	owner := int(p-w.ledger.base[s]) / w.ledger.types
	switch s {
	case EmptyAtPlant, Inspecting, FullAtPlant, AtTest:
		return w.cfg.Plants[owner].Name
	case Filling:
		return w.cfg.Plants[w.positions[owner].plant].Name
	case FullAtHospital, InUse, EmptyAtHospital:
		return w.cfg.Hospitals[owner].Name
	case FullOnTruck, EmptyOnTruck:
		return w.cfg.Trucks[owner].Name
	case FullInParcel, EmptyInParcel:
		return w.cfg.Hospitals[w.lines[w.parcels.all[owner].line].hospital].Name
	}
	return "network"
}
