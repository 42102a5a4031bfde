package study

import (
	"context"
	"fmt"
	"math"
	"slices"
	"strings"

	"oxysim/sim/stats"
)

// BufferPlan is the buffer that each hospital needs.
type BufferPlan struct {
	Hospitals []HospitalBuffer
	Cylinders int     // of all buffers
	Before    int     // of all buffers as they are
	Yearly    float64 // cost of the difference in a year; NaN if there is no price
	Currency  string
	Trained   int // replications on which it was found
}

// HospitalBuffer is what one hospital needs.
type HospitalBuffer struct {
	Thing    string // dotted
	Before   int
	Buffer   int
	Bad      int            // fresh replications that were bad
	Risk     stats.Interval // on fresh replications; each end one-sided
	Verdict  Verdict
	lever    *Lever
	farthest bool // no buffer within reach does
	least    int  // that it can have; -1 if not known
}

// mostMore is by how much a buffer is multiplied at most.
const mostMore = 64

// buffers finds for every judged hospital the least buffer that does, all at
// once, as they share plants, trucks and cylinders: a replication with all
// buffers tells of each hospital whether its own is too small. Every buffer is
// halved or doubled by what it tells, until each is as small as it can be to a
// step, or to 5 %. What is found so on training futures is shown on fresh ones;
// where they do not show it, the buffer grows.
func (p *Plan) buffers(ctx context.Context, k *Work, a *PlanAnswer) error {
	a.Method = OwnBuffers
	if p.Goal.Form != OfChance {
		return fmt.Errorf("--per-hospital wants a target that is a probability or a quantile, %s, not %s", examplesOfChances, p.Goal)
	}
	m := len(p.judged)
	b := &BufferPlan{Trained: min(p.Most, 4*p.fewest()), Yearly: math.NaN()}
	a.Buffers = b
	for _, name := range p.judged {
		thing, _ := Thing(name)
		if !strings.HasPrefix(thing, "hospital.") {
			return fmt.Errorf("--per-hospital wants a target on hospitals, such as \"P(stockout) <= 5%%\", not %s", p.Goal)
		}
		before := p.Subject.File.Hospital[strings.TrimPrefix(thing, "hospital.")].Buffer
		l, err := NewLever(p.Subject, thing+".buffer")
		if err != nil {
			return err
		}
		b.Hospitals = append(b.Hospitals, HospitalBuffer{Thing: thing, Before: before, Buffer: before, lever: l, least: -1})
		b.Before += before
	}
	// The most bad replications of training with which fresh ones are likely to
	// show it, too.
	most := -1
	for stats.ClopperPearsonUpper(most+1, b.Trained, 1-p.delta()/float64(2*m)) <= p.Goal.Allowed {
		most++
	}
	if err := p.train(ctx, k, b, max(most, 0)); err != nil {
		return err
	}
	if err := p.validate(ctx, k, a, b); err != nil {
		return err
	}
	for _, h := range b.Hospitals {
		b.Cylinders += h.Buffer
	}
	if _, currency, err := p.yearly(b.Hospitals[0].Thing + ".buffer"); err == nil {
		b.Yearly, b.Currency = 0, currency
		for _, h := range b.Hospitals {
			yearly, _, err := p.yearly(h.Thing + ".buffer")
			if err != nil {
				return err
			}
			b.Yearly += yearly * float64(h.Buffer-h.Before)
		}
	}
	if a.Verdict == Met && !b.Huge() {
		return nil
	}
	return p.binding(ctx, k, a, b.Settings())
}

// Huge reports whether there would be so many more cylinders that something else
// must be what is short.
func (b *BufferPlan) Huge() bool { return b.Cylinders > 10*max(1, b.Before) }

// Settings returns what to lay over the scenario for the hospital to have its
// buffer: that, and what turns with it.
func (h *HospitalBuffer) Settings() []string { return h.lever.Settings(float64(h.Buffer)) }

// Settings returns what to lay over the scenario.
func (b *BufferPlan) Settings() (list []string) {
	for _, h := range b.Hospitals {
		if h.Buffer != h.Before {
			list = append(list, h.lever.Settings(float64(h.Buffer))...)
		}
	}
	return list
}

// train finds buffers with at most so many bad replications of training.
func (p *Plan) train(ctx context.Context, k *Work, b *BufferPlan, most int) error {
	m := len(b.Hospitals)
	lo, hi := slices.Repeat([]int{-1}, m), slices.Repeat([]int{math.MaxInt}, m)
	for i := range b.Hospitals {
		b.Hospitals[i].Buffer = max(1, b.Hospitals[i].Before)
	}
	for {
		bad := make([]int, m)
		if err := p.addBad(ctx, k, b.Settings(), 0, 0, b.Trained, bad); err != nil {
			return err
		}
		moved := false
		for i := range b.Hospitals {
			h := &b.Hospitals[i]
			if bad[i] > most {
				lo[i] = max(lo[i], h.Buffer)
				if hi[i] <= lo[i] { // another's buffer has made it worse
					hi[i] = math.MaxInt
				}
			} else {
				hi[i] = min(hi[i], h.Buffer)
			}
			next := h.Buffer
			switch {
			case hi[i] == math.MaxInt && h.Buffer >= mostMore*max(1, h.Before):
				h.farthest = true
			case hi[i] == math.MaxInt:
				next = 2 * h.Buffer
			case hi[i]-lo[i] > 1+hi[i]/20:
				next = max(p.leastBuffer(h), lo[i]+(hi[i]-lo[i])/2)
				if next >= hi[i] {
					next = hi[i]
				}
			default:
				next = hi[i]
			}
			moved = moved || next != h.Buffer
			h.Buffer = next
		}
		if !moved {
			return nil
		}
	}
}

// leastBuffer returns the least buffer that a hospital can have.
func (p *Plan) leastBuffer(h *HospitalBuffer) int {
	for n := 0; h.least < 0; n++ {
		if _, err := p.designs.at(h.lever.Settings(float64(n))); err == nil || n >= h.Before {
			h.least = n
		}
	}
	return h.least
}

// validate runs buffers on fresh replications, and lets those grow that are not
// shown to do.
func (p *Plan) validate(ctx context.Context, k *Work, a *PlanAnswer, b *BufferPlan) error {
	delta := p.delta()
	m := len(b.Hospitals)
	first := b.Trained
	for len(a.Checks) < mostProofs {
		delta /= 2
		bad, err := p.countBad(ctx, k, "proof", b.Settings(), first, b.Trained)
		if err != nil {
			return err
		}
		x := Proof{Step: -1, First: first, N: b.Trained, Bad: slices.Max(bad), Verdict: Met}
		x.Estimate = float64(x.Bad) / float64(x.N)
		x.Interval = oneSided(x.Bad, x.N, 1-delta/float64(m))
		grown := false
		for i := range b.Hospitals {
			h := &b.Hospitals[i]
			h.Bad, h.Risk = bad[i], oneSided(bad[i], x.N, 1-delta/float64(m))
			if h.Verdict = p.verdictOn(h.Risk); h.Verdict == Met {
				continue
			}
			if x.Verdict = Undecided; !h.farthest && len(a.Checks) < mostProofs-1 {
				h.Buffer += 1 + h.Buffer/10
				grown = true
			}
		}
		a.Checks = append(a.Checks, x)
		a.N = x.N
		if x.Verdict == Met {
			a.Verdict, a.Settled = Met, true
			return nil
		}
		if slices.ContainsFunc(b.Hospitals, func(h HospitalBuffer) bool { return h.farthest && h.Verdict == Missed }) {
			a.Verdict = Missed
			return nil
		}
		if !grown {
			return nil
		}
		first += b.Trained
	}
	return nil
}
