package model

import (
	"fmt"
	"strings"

	"oxysim/sim"
)

// recent holds the last events, for the message of a broken law.
type recent struct {
	events [16]happening
	n      int
}

type happening struct {
	at    sim.Time
	kind  event
	owner int
}

func (r *recent) add(at sim.Time, kind event, owner int) {
	r.events[r.n%len(r.events)] = happening{at, kind, owner}
	r.n++
}

// String returns the last events, a line each. They are kept in checked builds
// only.
func (r *recent) String() string {
	if r == nil || r.n == 0 {
		return "; built with -tags laws, this message has the last events"
	}
	var b strings.Builder
	b.WriteString("; the last events were")
	for i := max(0, r.n-len(r.events)); i < r.n; i++ {
		e := r.events[i%len(r.events)]
		fmt.Fprintf(&b, "\n\t%v %v %d", e.at, e.kind, e.owner)
	}
	return b.String()
}

// mustBeLawful panics if the world has broken one of its laws: every cylinder
// is in one pile, and all gas that came is somewhere.
func (w *World) mustBeLawful() {
	if broken := w.brokenLaw(); broken != "" {
		panic(fmt.Sprintf("model: %v: %s%v", w.now, broken, &w.happenings))
	}
}

// brokenLaw says which law is broken, or nothing.
func (w *World) brokenLaw() string {
	l := &w.ledger
	seen := 0
	var stored Gas
	for i := range l.piles {
		p := &l.piles[i]
		n := int32(0)
		last := noCylinder
		for c := p.head; c != noCylinder; c = l.cylinders[c].next {
			if l.cylinders[c].pile != pileID(i) {
				return fmt.Sprintf("cylinder %d is listed %q but says it is elsewhere", c, l.stage(pileID(i)))
			}
			if g := l.cylinders[c].gas; g < 0 || g > w.cfg.Types[l.typeOf[c]].Content {
				return fmt.Sprintf("cylinder %d, %q, holds %v", c, l.stage(pileID(i)), g)
			}
			stored += l.cylinders[c].gas
			last = c
			n++
		}
		if n != p.count || n > 0 && last != p.tail {
			return fmt.Sprintf("a pile %q says it has %d cylinders and has %d", l.stage(pileID(i)), p.count, n)
		}
		seen += int(n)
	}
	if seen != len(l.cylinders) {
		return fmt.Sprintf("of %d cylinders %d can be found", len(l.cylinders), seen)
	}
	if broken := w.brokenTank(); broken != "" {
		return broken
	}
	stored += w.storedGas() + w.bulkGas()
	came := l.gas[gasInitial] + l.gas[gasMade] + l.gas[gasBought]
	went := l.gas[gasBreathed] + l.gas[gasLeaked] + l.gas[gasVented] + l.gas[gasBoiled] + l.gas[gasGone]
	if came != went+stored {
		return fmt.Sprintf("of %d units of gas (1/60 mL) that came, %d went and %d are stored: %+d too many", came, went, stored, went+stored-came)
	}
	return ""
}
