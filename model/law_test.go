package model

import (
	"fmt"
	"strings"
	"testing"
)

// corruptions break a law each, on purpose.
var corruptions = map[string]func(w *World){
	"miscounts a pile": func(w *World) { w.ledger.piles[w.lines[0].full].count++ },
	"loses a cylinder": func(w *World) {
		p := &w.ledger.piles[w.lines[0].full]
		p.head = w.ledger.cylinders[p.head].next
		p.count--
	},
	"puts a cylinder elsewhere":     func(w *World) { w.ledger.cylinders[3].pile++ },
	"makes gas of nothing":          func(w *World) { w.ledger.cylinders[3].gas -= 5 },
	"fills more than there is room": func(w *World) { w.ledger.cylinders[3].gas += CubicMetre },
}

// A world that breaks a law stops, and its last words are what happened last.
func TestBrokenLawStopsTheRun(t *testing.T) {
	for what, corrupt := range corruptions {
		w := New(closedLoop(1, 10))
		w.reset(1, 0)
		last := w.now
		for range 100 {
			slot, at, _ := w.calendar.Next()
			who := w.slots.of[slot]
			w.happenings.add(at, who.kind, int(who.owner))
			w.step()
			w.mustBeLawful()
			last = at
		}
		corrupt(w)
		said := panicked(w.mustBeLawful)
		if !strings.HasPrefix(said, fmt.Sprintf("model: %v: ", last)) || strings.Count(said, "\n") != len(w.happenings.events) ||
			!strings.Contains(said, fmt.Sprintf("\n\t%v ", last)) {
			t.Errorf("a world that %s: want the instant %v, the law and the last %d events, not %q", what, last, len(w.happenings.events), said)
		}
	}
}

// The ledger refuses to move cylinders that are not there.
func TestLedgerRefuses(t *testing.T) {
	w := New(closedLoop(1, 10))
	w.reset(1, 0)
	l := &w.lines[0]
	said := panicked(func() { w.ledger.move(w.now, 21, l.full, l.empty) })
	if want := `model: d000 00:00: want 21 cylinders to go from "full at hospital" to "empty at hospital", but there are 20`; !strings.HasPrefix(said, want) {
		t.Errorf("got %q, want %q", said, want)
	}
	said = panicked(func() { w.ledger.move(w.now, 1, l.full, w.plants[0].full) })
	if want := `model: d000 00:00: cylinder 40 cannot go from "full at hospital" to "full at plant"`; checked && !strings.HasPrefix(said, want) {
		t.Errorf("got %q, want %q", said, want)
	}
}

// panicked returns what a function panics with, in words.
func panicked(f func()) (said string) {
	defer func() { said = fmt.Sprint(recover()) }()
	f()
	return ""
}

// An owner to whom nothing ever happens has a slot if others of its kind act,
// and nothing is ever put into it.
func TestNobodyActsWhoNeverActs(t *testing.T) {
	for seed := range networks(100) {
		w := New(anyNetwork(seed))
		idle := map[event]func(owner int) bool{
			powerTurned:     func(i int) bool { return w.power[i].cfg.Generator == nil },
			machineTurned:   func(i int) bool { return !w.machineActs(i) },
			stationTurned:   func(i int) bool { return !w.plants[i].turns() },
			released:        func(i int) bool { return w.plants[i].cfg.Fill == nil },
			gasTurned:       func(i int) bool { return !w.plants[i].limits },
			parcelCame:      func(i int) bool { return !w.lines[i].couriers() },
			reported:        func(i int) bool { return !w.lines[i].reports() },
			demanded:        func(i int) bool { return w.demands[i].cfg.Places > 0 },
			cylinderEmptied: func(i int) bool { return !w.lineUses(i) },
			reviewed:        func(i int) bool { return !w.lines[i].reviews() },
		}
		for w.reset(7, 1); w.step(); {
			slot, _, ok := w.calendar.Next()
			if !ok {
				break
			}
			who := w.slots.of[slot]
			if never := idle[who.kind]; never != nil && never(int(who.owner)) {
				t.Fatalf("anyNetwork(%d), seed 7, replication 1, %v: %v %d acts, and never should", seed, w.now, who.kind, who.owner)
			}
		}
	}
}
