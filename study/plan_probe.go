package study

import (
	"strings"
	"sync"
)

// designs are the scenarios that settings make of a subject. They may be used
// by several goroutines.
type designs struct {
	subject *Subject
	mu      sync.Mutex
	made    map[string]*Subject
}

func newDesigns(s *Subject) *designs { return &designs{subject: s, made: map[string]*Subject{}} }

// at returns the subject with settings laid over it. The error is a
// scenarios.Problems.
func (d *designs) at(settings []string) (*Subject, error) {
	if len(settings) == 0 {
		return d.subject, nil
	}
	key := strings.Join(settings, "\n")
	d.mu.Lock()
	defer d.mu.Unlock()
	if s := d.made[key]; s != nil {
		return s, nil
	}
	s, problems := d.subject.Vary(settings...)
	if len(problems) > 0 {
		return nil, problems
	}
	d.made[key] = s
	return s, nil
}

// stopper is a world that can end a replication at a stockout.
type stopper interface {
	StopAtStockout(seed uint64, replication int, hospitals []int, first bool, had []bool)
}

// mostWorlds is how many worlds a probe keeps.
const mostWorlds = 24

// probe simulates replications of designs and says whether they are bad. It
// belongs to one goroutine.
type probe struct {
	plan   *Plan
	worlds []probeWorld // the one that was used last comes last
	of     []int        // hospitals whose stockouts the goal is about, by judged metric
	all    []int        // every hospital, if the goal is about a stockout anywhere
	watch  []int        // scratch
	had    []bool
}

type probeWorld struct {
	key   string
	world World
	pick  []int // places of the judged metrics
}

func (p *Plan) newProbe() *probe {
	b := &probe{plan: p}
	g := p.Goal
	if g.Form != OfChance || !g.kind.Indicator() || !g.over {
		return b
	}
	for _, name := range p.judged {
		thing, part := Thing(name)
		for i := range p.Subject.Config.Hospitals {
			switch {
			case part == "stockout" && p.Subject.Config.Hospitals[i].Name == thing:
				b.of = append(b.of, i)
			case name == "network.stockout":
				b.all = append(b.all, i)
			}
		}
	}
	if len(b.of) != len(p.judged) {
		b.of = nil
	}
	b.had = make([]bool, max(len(b.of), len(b.all)))
	return b
}

// world returns the world of a design.
func (b *probe) world(settings []string) (*probeWorld, error) {
	key := strings.Join(settings, "\n")
	last := len(b.worlds) - 1
	for i := last; i >= 0; i-- {
		if b.worlds[i].key == key {
			w := b.worlds[i]
			copy(b.worlds[i:], b.worlds[i+1:])
			b.worlds[last] = w
			return &b.worlds[last], nil
		}
	}
	s, err := b.plan.designs.at(settings)
	if err != nil {
		return nil, err
	}
	w := probeWorld{key: key, world: s.NewWorld()}
	if c, ok := w.world.(confined); ok {
		c.Confine(thingsOf(b.plan.judged)...)
	}
	if w.pick, err = places(w.world.Metrics(), b.plan.judged); err != nil {
		return nil, err
	}
	if len(b.worlds) == mostWorlds {
		b.worlds = append(b.worlds[:0], b.worlds[1:]...)
	}
	b.worlds = append(b.worlds, w)
	return &b.worlds[len(b.worlds)-1], nil
}

// values writes the judged metrics of a replication of a design.
func (b *probe) values(settings []string, replication int, into []float64) error {
	w, err := b.world(settings)
	if err != nil {
		return err
	}
	all := w.world.Run(b.plan.Subject.Seed, replication)
	metrics := w.world.Metrics()
	for j, at := range w.pick {
		if err := lawfulValue(&metrics[at], all[at]); err != nil {
			return err
		}
		into[j] = all[at]
	}
	return nil
}

// bad says of which judged metrics a replication of a design is bad, of those
// that are wanted; of others it says nothing. It simulates no more of it than
// that takes.
func (b *probe) bad(settings []string, replication int, wanted, bad []bool) error {
	w, err := b.world(settings)
	if err != nil {
		return err
	}
	s, stops := w.world.(stopper)
	switch {
	case stops && b.of != nil:
		b.watch = b.watch[:0]
		for j, h := range b.of {
			if wanted[j] {
				b.watch = append(b.watch, h)
			}
		}
		had := b.had[:len(b.watch)]
		s.StopAtStockout(b.plan.Subject.Seed, replication, b.watch, false, had)
		at := 0
		for j := range b.of {
			if wanted[j] {
				bad[j] = had[at]
				at++
			}
		}
		return nil
	case stops && b.all != nil:
		clear(b.had)
		s.StopAtStockout(b.plan.Subject.Seed, replication, b.all, true, b.had)
		bad[0] = false
		for _, had := range b.had {
			bad[0] = bad[0] || had
		}
		return nil
	}
	all := w.world.Run(b.plan.Subject.Seed, replication)
	metrics := w.world.Metrics()
	for j, at := range w.pick {
		if err := lawfulValue(&metrics[at], all[at]); err != nil {
			return err
		}
		bad[j] = b.plan.Goal.Bad(all[at])
	}
	return nil
}
