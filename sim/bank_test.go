package sim_test

import (
	"fmt"

	"oxysim/sim"
	"oxysim/sim/rng"
)

// Slots of the bank. A customer who leaves makes room for one who comes at the
// same second.
const (
	leaves = iota
	comes
	slots
)

// A bank with one counter: customers come every ten minutes on average, each
// needs eight minutes on average, and the first come are served first. How
// long do they spend in the bank?
func Example() {
	calendar := sim.NewCalendar(slots)
	nature := rng.New(1, 0) // seed 1, replication 0
	gaps, needs := nature.Stream(rng.NameOf("customer.gap")), nature.Stream(rng.NameOf("customer.need"))
	gap, need := rng.Exponential(float64(10*sim.Minute)), rng.Exponential(float64(8*sim.Minute))

	var inside []sim.Time // when each customer in the bank came; the first is at the counter
	served, total := 0, sim.Span(0)
	serve := func(now sim.Time) { calendar.Set(leaves, now.Add(sim.Seconds(need.Draw(&needs)))) }

	calendar.Set(comes, sim.Time(sim.Seconds(gap.Draw(&gaps))))
	for {
		slot, now, _ := calendar.Next()
		if now >= sim.Time(1000*sim.Day) {
			break
		}
		switch slot {
		case comes:
			inside = append(inside, now)
			if len(inside) == 1 {
				serve(now)
			}
			calendar.Set(comes, now.Add(sim.Seconds(gap.Draw(&gaps))))
		case leaves:
			served++
			total += now.Sub(inside[0])
			if inside = inside[1:]; len(inside) > 0 {
				serve(now)
			} else {
				calendar.Cancel(leaves)
			}
		}
	}
	fmt.Println("customers served, of about 144000:", served)
	fmt.Printf("minutes in the bank, 40 in theory: %.1f\n", float64(total)/float64(served)/60)
	// Output:
	// customers served, of about 144000: 143029
	// minutes in the bank, 40 in theory: 39.4
}
